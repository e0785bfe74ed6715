//! Reading everything, or what may have changed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use channels::channel::{Channel, Cursor, Reading};
use channels::failure::FailureKind;
use domain::channel::{ParentRef, ShopItem};
use domain::values::Timestamp;
use sandbox::maropost::{Bounds, Settings, Zone};
use sandbox::{Catalogue, Edit};
use serde_json::json;

use super::{Practice, kind, settings};

/// The ids and SKUs of all items, past the door.
fn in_shop(shop: &Practice) -> BTreeMap<String, String> {
    let mut highest = None;
    shop.configure(|settings| highest = settings.highest_limit.take());
    let filter = json!({ "Limit": 100_000, "OutputSelector": ["ID"] });
    let answer = shop.look("GetItem", &json!({ "Filter": filter }));
    shop.configure(|settings| settings.highest_limit = highest);
    let text = |item: &serde_json::Value, name: &str| item[name].as_str().unwrap().to_owned();
    let items = answer["Item"].as_array().cloned().unwrap_or_default();
    items
        .iter()
        .map(|item| (text(item, "InventoryID"), text(item, "SKU")))
        .collect()
}

fn ids(items: &[ShopItem]) -> BTreeMap<String, String> {
    items
        .iter()
        .map(|item| (item.remote_id.clone(), item.sku.clone()))
        .collect()
}

#[tokio::test]
async fn every_item_comes_once_with_its_family_whole_and_behind_its_parent() {
    for seed in 0..10 {
        let shop = Practice::by_chance(seed, 40);
        let (mut cursor, mut seen) = (None, Vec::new());
        loop {
            let page = shop
                .client
                .page(&Reading::default(), cursor.as_ref())
                .await
                .unwrap();
            let mut parents = HashSet::new();
            for item in &page.items {
                if let Some(ParentRef::Sku(parent)) = &item.parent {
                    assert!(
                        parents.contains(parent),
                        "{} comes before {parent}",
                        item.sku
                    );
                } else if item.is_parent {
                    parents.insert(item.sku.clone());
                }
            }
            seen.extend(page.items);
            assert_eq!(page.total, Some(in_shop(&shop).len() as u64));
            assert!(page.as_of.unwrap().0 <= shop.server.clock().now().0);
            match page.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(ids(&seen), in_shop(&shop), "seed {seed}");
        assert_eq!(ids(&seen).len(), seen.len(), "nothing comes twice");
    }
}

#[tokio::test]
async fn a_family_of_two_thousand_comes_in_one_page() {
    let shop = Practice::of(&Catalogue::new(3, 70), Settings::default());
    let items = shop.all(None).await;
    let giants = items.iter().filter(|item| item.parent.is_some()).fold(
        BTreeMap::new(),
        |mut counts, item| {
            *counts.entry(format!("{:?}", item.parent)).or_insert(0) += 1;
            counts
        },
    );
    assert_eq!(giants.values().max(), Some(&2048));
    assert_eq!(ids(&items), in_shop(&shop));
}

#[tokio::test]
async fn an_empty_shop_has_an_end_at_once() {
    for seed in 0..8 {
        let shop = Practice::by_chance(seed, 0);
        let page = shop.client.page(&Reading::default(), None).await.unwrap();
        assert!(page.items.is_empty() && page.next.is_none());
    }
}

#[tokio::test]
async fn a_reading_goes_on_after_a_restart_and_loses_nothing_that_stays() {
    for seed in 0..6 {
        let highest_limit = Some(100);
        let mut shop = Practice::of(
            &Catalogue::new(seed, 0),
            Settings {
                highest_limit,
                ..settings(seed)
            },
        );
        let families = (0..230).flat_map(|number| {
            let parent = format!("F-{number:03}");
            let specific = json!({"Name": "Size", "Value": "S"});
            let variants = (0..2).map(move |at| {
                json!({"SKU": format!("V-{at}-{number}"), "ParentSKU": format!("F-{number:03}"),
                "ItemSpecifics": {"ItemSpecific": specific}})
            });
            std::iter::once(json!({ "SKU": parent })).chain(variants)
        });
        shop.stock_up(families.collect());
        let (mut cursor, mut read): (Option<Cursor>, BTreeSet<String>) = (None, BTreeSet::new());
        let before = in_shop(&shop);
        let mut pages = 0;
        loop {
            let page = shop
                .client
                .page(&Reading::default(), cursor.as_ref())
                .await
                .unwrap();
            read.extend(page.items.into_iter().map(|item| item.remote_id));
            pages += 1;
            // The merchant goes on working meanwhile, and takes things away.
            shop.server.edit_by_chance(seed * 100 + pages, 5);
            shop.reopen();
            match page.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        let after = in_shop(&shop);
        let stayed = before
            .iter()
            .filter(|(id, sku)| after.get(*id) == Some(sku));
        for (id, sku) in stayed {
            assert!(read.contains(id), "seed {seed}: {sku} was lost");
        }
        assert!(pages >= 2);
    }
}

#[tokio::test]
async fn rows_that_shift_between_pages_are_not_lost() {
    // So small a page that the ids alone take many, while the merchant deletes what was read before.
    let shop = Practice::of(
        &Catalogue::new(5, 60),
        Settings {
            highest_limit: Some(7),
            ..Settings::default()
        },
    );
    let before = in_shop(&shop);
    let is_read = std::cell::Cell::new(false);
    let reading = async {
        let page = shop.client.page(&Reading::default(), None).await;
        is_read.set(true);
        page
    };
    let merchant = async {
        for on in before.keys().take(5) {
            let asked = shop.count("GetItem");
            while shop.count("GetItem") < asked + 3 && !is_read.get() {
                tokio::task::yield_now().await;
            }
            let _ = shop.server.edit(&Edit::Delete { on: on.clone() });
        }
    };
    let (page, ()) = tokio::join!(reading, merchant);
    let mut page = page.unwrap();
    let mut read = page.items;
    while let Some(next) = page.next {
        page = shop
            .client
            .page(&Reading::default(), Some(&next))
            .await
            .unwrap();
        read.extend(page.items);
    }
    let (read, after) = (ids(&read), in_shop(&shop));
    assert!(after.len() < before.len());
    for (id, sku) in &after {
        assert!(read.contains_key(id), "{sku} was lost");
    }
}

#[tokio::test]
async fn what_changed_since_is_read_whatever_zone_and_bounds_the_shop_has() {
    for seed in 0..14 {
        let shop = Practice::by_chance(seed, 30);
        let first = shop.client.page(&Reading::default(), None).await.unwrap();
        let as_of = first.as_of.unwrap();
        let started = shop.server.clock().now().0;
        assert!(
            as_of.0 <= started,
            "seed {seed}: a later time would leave a hole"
        );
        assert!(started - as_of.0 < 25 * 60_000 || shop.server.clock().now().0 > as_of.0);
        shop.server.clock().advance(3_600_000);
        let changed = &first.items[first.items.len() / 2];
        let price = Edit::Price {
            on: changed.remote_id.clone(),
            price: 123,
        };
        shop.server.edit(&price).unwrap();
        let since = shop.all(Some(as_of)).await;
        assert!(
            since.iter().any(|item| item.remote_id == changed.remote_id),
            "seed {seed}"
        );
        let later = Timestamp(shop.server.clock().now().0 + 60_000);
        assert_eq!(shop.all(Some(later)).await, [], "seed {seed}");
    }
}

#[tokio::test]
async fn a_parent_that_changed_comes_with_its_variants() {
    for seed in 0..6 {
        let shop = Practice::by_chance(seed, 40);
        let items = shop.all(None).await;
        let parent = items.iter().find(|item| item.is_parent).unwrap();
        shop.server.clock().advance(3_600_000);
        let since = Some(Timestamp(shop.server.clock().now().0));
        let on = parent.remote_id.clone();
        shop.server
            .edit(&Edit::Sku {
                on,
                sku: "NEW-NAME".into(),
            })
            .unwrap();
        let read = shop.all(since).await;
        let was = Some(ParentRef::Sku(parent.sku.clone()));
        let variants = items.iter().filter(|item| item.parent == was).count();
        assert_eq!(read.len(), 1 + variants, "seed {seed}");
        assert_eq!(read[0].sku, "NEW-NAME");
        let is = Some(ParentRef::Sku("NEW-NAME".into()));
        assert!(read[1..].iter().all(|item| item.parent == is));
    }
}

#[tokio::test]
async fn what_is_read_time_after_time_is_what_the_shop_has() {
    for seed in 0..8 {
        let shop = Practice::by_chance(seed, 30);
        let told = |item: ShopItem| (item.remote_id.clone(), item);
        let (mut mirror, mut since) = (BTreeMap::new(), None);
        for round in 0..6 {
            let (mut cursor, mut as_of) = (None, None);
            loop {
                let page = shop
                    .client
                    .page(&Reading { since }, cursor.as_ref())
                    .await
                    .unwrap();
                as_of = as_of.or(page.as_of);
                mirror.extend(page.items.into_iter().map(told));
                match page.next {
                    Some(next) => cursor = Some(next),
                    None => break,
                }
            }
            since = as_of;
            shop.server.clock().advance(977_000 * (round + 1));
            shop.server
                .edit_by_chance(seed * 100 + u64::try_from(round).unwrap(), 12);
        }
        mirror.extend(shop.all(since).await.into_iter().map(told));
        let whole: BTreeMap<_, _> = shop.all(None).await.into_iter().map(told).collect();
        mirror.retain(|id, _| whole.contains_key(id));
        assert_eq!(mirror, whole, "seed {seed}");
    }
}

#[tokio::test]
async fn the_very_second_of_a_change_belongs_to_what_changed_since_then() {
    for bounds in [Bounds::Inclusive, Bounds::Exclusive] {
        let shop = Practice::of(
            &Catalogue::new(2, 12),
            Settings {
                bounds,
                current_time: Zone::Shop,
                ..Settings::default()
            },
        );
        let on = shop.all(None).await[0].remote_id.clone();
        shop.server.clock().advance(3_600_000);
        shop.server
            .edit(&Edit::Price {
                on: on.clone(),
                price: 5,
            })
            .unwrap();
        let now = Timestamp(shop.server.clock().now().0);
        let read = shop.all(Some(now)).await;
        assert_eq!(
            read.iter().map(|item| &item.remote_id).collect::<Vec<_>>(),
            [&on]
        );
    }
}

#[tokio::test]
async fn a_cursor_of_something_else_is_refused() {
    let shop = Practice::empty();
    let cursor = Cursor(String::from("eyJ"));
    let answered = shop.client.page(&Reading::default(), Some(&cursor)).await;
    assert_eq!(kind(&answered), FailureKind::Rejected);
}

#[tokio::test]
async fn a_thousand_items_take_few_requests() {
    let shop = Practice::of(&Catalogue::new(9, 60), Settings::default());
    let count = shop.all(None).await.len() as u64;
    // A look, two passes of ids with their empty last pages, then the items a hundred at a time.
    let most = 1 + 2 * (count / 1_000 + 2) + count / 50 + 2;
    assert!(
        shop.count("GetItem") <= most,
        "{} for {count}",
        shop.count("GetItem")
    );
    assert!(shop.count("GetCategory") <= 2);
}
