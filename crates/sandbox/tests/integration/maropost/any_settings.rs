//! The shop under any answers to what no source settles.

use std::collections::{BTreeMap, BTreeSet};

use sandbox::maropost::{Maropost, Settings};
use sandbox::{Catalogue, Moment, Random};
use serde_json::{Value, json};

const SEEDS: u64 = 200;

#[test]
fn chance_turns_every_switch_and_repeats_itself() {
    let mut met: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for seed in 0..SEEDS {
        let settings = Settings::by_chance(&mut Random::new(seed));
        assert_eq!(settings, Settings::by_chance(&mut Random::new(seed)));
        let Value::Object(settings) = serde_json::to_value(settings).unwrap() else {
            panic!("settings are an object");
        };
        for (name, value) in settings {
            met.entry(name).or_default().insert(value.to_string());
        }
    }
    let fixed: Vec<&str> = met
        .iter()
        .filter(|(_, values)| values.len() < 2)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        fixed,
        ["keys", "odd_sku", "outage", "requests_per_minute", "unsaid"]
    );
}

#[test]
fn the_same_goods_are_found_under_any_settings() {
    let now = Moment::START;
    for seed in 0..SEEDS {
        let settings = Settings::by_chance(&mut Random::new(seed));
        let mut shop = Maropost::new(&Catalogue::new(1, 20), settings, now);
        let mut found = BTreeSet::new();
        for page in 0.. {
            let filter = json!({ "Page": page, "Limit": 9, "OutputSelector": ["Name"] });
            let answer = shop
                .look("GetItem", &json!({ "Filter": filter }), now)
                .unwrap();
            let before = found.len();
            let items = answer["Item"].as_array().cloned().unwrap_or_default();
            found.extend(items.iter().map(|item| item["InventoryID"].to_string()));
            if found.len() == before {
                break;
            }
        }
        let about = sandbox::Shop::about(&shop);
        assert_eq!(about["items"], found.len(), "seed {seed}");
    }
}
