//! Any family: whatever is generated over it, no two variants are the same, and undo gives back what was.

use std::collections::HashSet;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

/// How many families are made up.
const FAMILIES: u64 = 30;

/// Names and values of which every family is made, some of them the same but for case.
const NAMES: [&str; 4] = ["Colour", "Size", "size", "Fit"];
const VALUES: [&str; 6] = ["Red", "red", "Dark blue", "S", "M", "Extra long"];
const PATTERNS: [&str; 5] = [
    "{sku}-{1:upper}-{2}-{3}",
    "{sku}-{1:1}{2:1}",
    "{sku}-{1:2:lower}/{2:3}",
    "{1}",
    "{sku}-{2:upper}{1:upper}",
];

struct Chance(StdRng);

impl Chance {
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.0.random_range(0..of.len())]
    }

    fn some<'a>(&mut self, of: &[&'a str]) -> Vec<&'a str> {
        let count = self.0.random_range(1..4);
        (0..count).map(|_| self.one(of)).collect()
    }

    fn options(&mut self) -> Json {
        let count = self.0.random_range(1..4);
        let first = self.0.random_range(0..NAMES.len());
        let names = (first..first + count).map(|at| NAMES[at % NAMES.len()]);
        let options = names.map(|name| json!({ "name": name, "values": self.some(&VALUES) }));
        options.collect()
    }
}

/// Everything that undo can bring back of the catalogue.
async fn everything(desktop: &TestApp) -> Vec<(String, String)> {
    let request = json!({ "offset": 0, "limit": 500 });
    let list = desktop.ok("products.list", request).await;
    let mut all = Vec::new();
    for row in list["rows"].as_array().unwrap() {
        let detail = desktop.ok("products.get", json!({ "id": row["id"] })).await;
        all.push((
            row["id"].to_string(),
            detail["product"]["fields"].to_string(),
        ));
    }
    all.sort();
    all
}

async fn undo(desktop: &TestApp, batch: &Json) {
    let planned = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
    desktop.finish(&planned).await;
    let applied = desktop
        .ok("plans.apply", json!({ "id": planned["plan"] }))
        .await;
    desktop.finish(&applied).await;
}

/// That no two variants of a product have the same options, nor any two products the same SKU.
async fn check(desktop: &TestApp, id: &Json, seed: u64) {
    let list = desktop.ok("products.variants", json!({ "id": id })).await;
    let (mut skus, mut sets) = (HashSet::new(), HashSet::new());
    for variant in list["variants"].as_array().unwrap() {
        let text = |field: &str| {
            variant["fields"][field]
                .as_str()
                .unwrap_or_default()
                .to_lowercase()
        };
        let mut pairs: Vec<String> = (1..4)
            .map(|at| {
                (
                    text(&format!("option{at}_name")),
                    text(&format!("option{at}_value")),
                )
            })
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.sort();
        assert!(
            skus.insert(variant["fields"]["sku"].to_string()),
            "{seed}: {list}"
        );
        assert!(pairs.is_empty() || sets.insert(pairs), "{seed}: {list}");
    }
}

#[tokio::test]
async fn what_is_generated_is_never_twice_there_and_can_be_taken_back() {
    on_each_desktop(async |desktop| {
        let mut made = 0;
        for seed in 0..FAMILIES {
            let mut chance = Chance(StdRng::seed_from_u64(seed));
            let fields = json!({
                "sku": format!("F{seed}"), "name": "Family", "store_price": 10_000 * seed,
                "stock": chance.0.random_range(0..3),
            });
            let id = desktop.create(fields).await["id"].clone();
            for _ in 0..3 {
                let before = everything(desktop).await;
                let pattern = chance.one(&PATTERNS);
                let mut request = json!({
                    "id": id, "options": chance.options(), "skuPattern": pattern,
                    "copyStock": chance.0.random_bool(0.5),
                });
                let Ok(plan) = desktop
                    .call("products.plan_variants", request.clone())
                    .await
                else {
                    continue;
                };
                let rows = plan["rows"].as_array().unwrap().iter();
                let wrong = rows.filter(|row| row["outcome"] == "error");
                request["except"] = wrong.map(|row| row["values"].clone()).collect();
                let done = desktop.ok("products.generate_variants", request).await;
                assert_eq!(done["changed"], plan["created"], "{seed}: {plan}");
                assert_eq!(done["kept"], json!([]), "{seed}");
                check(desktop, &id, seed).await;
                made += done["changed"].as_i64().unwrap();
                if done["batchId"].is_string() && chance.0.random_bool(0.6) {
                    undo(desktop, &done["batchId"]).await;
                    assert_eq!(everything(desktop).await, before, "{seed}");
                }
            }
        }
        assert!(made > 50, "only {made} were made");
    })
    .await;
}
