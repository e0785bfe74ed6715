//! Changing items: only what changed, one by one, and never an item that is another one by now.

use channels::channel::{Channel, ItemUpdate};
use channels::failure::FailureKind;
use domain::channel::{ShopField, ShopItem};
use domain::record::Value;
use proptest::prelude::*;
use sandbox::maropost::{BadRow, Settings, SkuCase, Specifics, Zone};
use sandbox::{Catalogue, Edit};
use serde_json::json;

use super::{Practice, failure, kind, update_of, value};

/// A change of everything that can be changed.
fn everything() -> Vec<(&'static str, Value)> {
    vec![
        ("Name", Value::text("Named anew")),
        ("Brand", Value::Empty),
        ("Description", Value::text("<p>\"New\" &amp; improved</p>")),
        ("DefaultPrice", Value::Number(199_500)),
        ("RRP", Value::Number(249_500)),
        ("CostPrice", Value::Empty),
        ("PromotionPrice", Value::Number(149_500)),
        ("PromotionStartDate", Value::text("2026-12-01")),
        ("PromotionExpiryDate", Value::text("2026-12-31")),
        ("ShippingWeight", Value::Number(12_500)),
        ("IsActive", Value::Flag(true)),
        ("Approved", Value::Flag(false)),
        ("TaxFreeItem", Value::Flag(true)),
        ("UPC", Value::text("9300000000017")),
        ("SubType", Value::text("Odd")),
        ("SortOrder1", Value::Number(7)),
        ("Misc52", Value::text("last")),
        ("PriceGroup:Wholesale", Value::Number(99_500)),
        (
            "image.main",
            Value::text("https://cdn.example/new.jpg A mug"),
        ),
        (
            "image.others",
            Value::images(["https://cdn.example/1.jpg", "https://cdn.example/2.jpg"]),
        ),
        ("Categories", Value::text("Apparel > Shirts")),
    ]
}

/// The field holds what it was given, as far as the shop can: pictures lie at an address of the shop's.
fn assert_holds(item: &ShopItem, key: &str, wanted: &Value) {
    let there = value(item, key);
    match key {
        "image.main" => assert!(!there.is_empty()),
        "image.others" => assert_eq!(there.as_list().len(), wanted.as_list().len()),
        _ => assert_eq!(there, wanted, "{key}"),
    }
}

fn single(items: &[ShopItem]) -> &ShopItem {
    items
        .iter()
        .find(|item| !item.is_parent && item.parent.is_none())
        .unwrap()
}

#[tokio::test]
async fn everything_that_is_changed_is_there_and_all_else_stays_on_every_shop() {
    for seed in 0..16 {
        let shop = Practice::by_chance(seed, 20);
        let apparel = shop.category("Apparel", "0");
        shop.category("Shirts", &apparel);
        let before = shop.all(None).await;
        let item = single(&before);
        let written = shop.update(item, &everything()).await.unwrap();
        assert_eq!(written.warnings, [""; 0], "seed {seed}");
        let mut after = shop.all(None).await;
        let at = after
            .iter()
            .position(|one| one.remote_id == item.remote_id)
            .unwrap();
        let changed = after.remove(at);
        for (key, wanted) in everything() {
            assert_holds(&changed, key, &wanted);
            assert_eq!(
                written.values.get(&ShopField::new(key)),
                Some(value(&changed, key)),
                "seed {seed}: {key}"
            );
        }
        for (field, value) in &item.values {
            let is_named = everything().iter().any(|(key, _)| *key == field.key());
            assert!(
                is_named || changed.values.get(field) == Some(value),
                "seed {seed}: {field}"
            );
        }
        let others = before
            .into_iter()
            .filter(|one| one.remote_id != changed.remote_id);
        assert_eq!(after, others.collect::<Vec<_>>(), "seed {seed}");
        // A second time there is nothing left to send.
        let writes = shop.count("UpdateItem");
        let pictures = |key: &str| key.starts_with("image");
        let again: Vec<_> = everything()
            .into_iter()
            .filter(|(key, _)| !pictures(key))
            .collect();
        shop.update(&changed, &again).await.unwrap();
        assert_eq!(shop.count("UpdateItem"), writes, "seed {seed}");
    }
}

#[tokio::test]
async fn what_is_emptied_is_empty_on_every_shop() {
    for seed in 0..10 {
        let shop = Practice::by_chance(seed, 20);
        let all = shop.all(None).await;
        let item = single(&all);
        shop.update(
            item,
            &[
                ("PromotionStartDate", Value::text("2026-12-01")),
                ("PromotionPrice", Value::Number(10_000)),
            ],
        )
        .await
        .unwrap();
        let item = shop.item(&item.sku).await;
        let empty: Vec<_> = [
            "Name",
            "UPC",
            "RRP",
            "PromotionPrice",
            "PromotionStartDate",
            "PromotionExpiryDate",
            "ShippingWeight",
            "Categories",
            "PriceGroup:Wholesale",
            "image.main",
            "image.others",
            "Misc01",
            "DateArrival",
        ]
        .map(|key| (key, Value::Empty))
        .into();
        let written = shop.update(&item, &empty).await.unwrap();
        assert_eq!(written.warnings, [""; 0], "seed {seed}");
        let after = shop.item(&item.sku).await;
        for (key, _) in empty {
            assert_eq!(value(&after, key), &Value::Empty, "seed {seed}: {key}");
        }
    }
}

#[tokio::test]
async fn an_sku_that_changed_hands_is_never_written() {
    for seed in 0..12 {
        let shop = Practice::by_chance(seed, 20);
        let before = shop.all(None).await;
        let [item, gone] = [
            single(&before),
            before
                .iter()
                .rev()
                .find(|item| item.parent.is_none() && !item.is_parent)
                .unwrap(),
        ];
        let renamed = Edit::Sku {
            on: item.remote_id.clone(),
            sku: "RENAMED".into(),
        };
        shop.server.edit(&renamed).unwrap();
        // Another item takes its SKU, and a third one is taken away with another in its place.
        for (title, sku) in [("Other", &item.sku), ("Reborn", &gone.sku)] {
            if title == "Reborn" {
                shop.server
                    .edit(&Edit::Delete {
                        on: gone.remote_id.clone(),
                    })
                    .unwrap();
            }
            let added = Edit::AddProduct {
                title: title.into(),
                sku: sku.clone(),
                price: 1,
            };
            shop.server.edit(&added).unwrap();
        }
        let price = [("DefaultPrice", Value::Number(770_000))];
        let updates = [update_of(item, &price), update_of(gone, &price)];
        let results = shop.client.update(&updates).await;
        assert_eq!(kind(&results[0]), FailureKind::Stale, "seed {seed}");
        assert_eq!(kind(&results[1]), FailureKind::Gone, "seed {seed}");
        assert_eq!(shop.count("UpdateItem"), 0);
    }
}

#[tokio::test]
async fn what_the_merchant_changed_meanwhile_is_not_written_over() {
    let shop = Practice::of(&Catalogue::new(1, 20), Settings::default());
    let all = shop.all(None).await;
    let item = single(&all);
    shop.server
        .edit(&Edit::Price {
            on: item.remote_id.clone(),
            price: 4_242,
        })
        .unwrap();
    let price = [("DefaultPrice", Value::Number(10_000))];
    assert_eq!(kind(&shop.update(item, &price).await), FailureKind::Stale);
    // Another field is none of its business, and the same price is no conflict.
    shop.update(item, &[("Brand", Value::text("Other"))])
        .await
        .unwrap();
    shop.update(item, &[("DefaultPrice", Value::Number(424_200))])
        .await
        .unwrap();
    assert_eq!(shop.count("UpdateItem"), 1);
}

#[tokio::test]
async fn a_bad_row_does_not_stop_its_neighbours_on_every_shop() {
    for seed in 0..14 {
        let shop = Practice::by_chance(seed, 60);
        let items = shop.all(None).await;
        let items: Vec<&ShopItem> = items
            .iter()
            .filter(|item| !item.is_parent && item.parent.is_none())
            .take(30)
            .collect();
        let parent = Value::text("NO-SUCH-PARENT");
        let bad = [3, 4, 17];
        let updates: Vec<ItemUpdate> = items
            .iter()
            .enumerate()
            .map(|(at, item)| match bad.contains(&at) {
                true => update_of(item, &[("ParentSKU", parent.clone())]),
                false => update_of(item, &[("Subtitle", Value::text(format!("Anew {at}")))]),
            })
            .collect();
        let results = shop.client.update(&updates).await;
        for (at, (result, item)) in results.iter().zip(&items).enumerate() {
            let subtitle = shop.shown(&item.sku, "Subtitle");
            match bad.contains(&at) {
                true => {
                    assert_eq!(kind(result), FailureKind::Rejected, "seed {seed}: {at}");
                    assert_eq!(shop.shown(&item.sku, "ParentSKU"), json!(""));
                }
                false => {
                    assert!(result.is_ok(), "seed {seed}: {at}: {result:?}");
                    assert_eq!(subtitle, json!(format!("Anew {at}")));
                }
            }
        }
    }
}

#[tokio::test]
async fn a_row_that_is_gone_when_it_is_written_is_told_from_its_neighbours() {
    // The merchant deletes it between our reading and our writing.
    let shop = Practice::of(
        &Catalogue::new(1, 30),
        Settings {
            bad_row: BadRow::RefuseRow,
            ..Settings::default()
        },
    );
    let items = shop.all(None).await;
    let items: Vec<&ShopItem> = items
        .iter()
        .filter(|item| !item.is_parent && item.parent.is_none())
        .take(5)
        .collect();
    shop.server.fault(sandbox::Aim::next(
        sandbox::Fault::Delay { millis: 200 },
        "UpdateItem",
    ));
    let updates: Vec<_> = items
        .iter()
        .map(|item| update_of(item, &[("Subtitle", Value::text("New"))]))
        .collect();
    let asked = shop.count("GetItem");
    let merchant = async {
        while shop.count("GetItem") == asked {
            tokio::task::yield_now().await;
        }
        shop.server
            .edit(&Edit::Delete {
                on: items[2].remote_id.clone(),
            })
            .unwrap();
    };
    let (results, ()) = tokio::join!(shop.client.update(&updates), merchant);
    for (at, result) in results.iter().enumerate() {
        match at {
            2 => assert_eq!(kind(result), FailureKind::Gone),
            _ => assert!(result.is_ok(), "{at}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_refused_before_it_is_sent() {
    let shop = Practice::of(&Catalogue::new(1, 20), Settings::default());
    let all = shop.all(None).await;
    let item = single(&all);
    for (key, value, said) in [
        ("Name", Value::text("x".repeat(151)), "150"),
        ("Misc14", Value::text("x".repeat(51)), "50"),
        (
            "Categories",
            Value::text("Apparel > Nowhere"),
            "no category",
        ),
        ("SKU", Value::text("OTHER"), "no field"),
        ("InventoryID", Value::text("1"), "no field"),
        ("option4.name", Value::text("Colour"), "no field"),
        ("IsActive", Value::Empty, "Active"),
        ("RRP", Value::text("cheap"), "RRP"),
        ("image.main", Value::text("image:00"), "Internet"),
        (
            "PromotionStartDate",
            Value::text("1.12.2026"),
            "Promotion starts",
        ),
    ] {
        let failure = failure(shop.update(item, &[(key, value)]).await);
        assert_eq!(failure.kind, FailureKind::Rejected, "{key}");
        assert!(failure.message.contains(said), "{key}: {failure}");
    }
    assert_eq!(shop.count("UpdateItem"), 0);
}

#[tokio::test]
async fn a_category_gives_way_to_another_and_those_that_are_not_shown_stay() {
    for seed in 0..12 {
        let shop = Practice::by_chance(seed, 0);
        let ids = ["A", "B", "C"].map(|name| shop.category(name, "0"));
        let rows = [(&ids[0], "1"), (&ids[1], "2")]
            .map(|(id, priority)| json!({"CategoryID": id, "Priority": priority}));
        shop.stock_up(json!([{"SKU": "X", "Categories": {"Category": rows}}]));
        let x = shop.item("X").await;
        assert_eq!(value(&x, "Categories"), &Value::text("A"));
        let written = shop
            .update(&x, &[("Categories", Value::text("C"))])
            .await
            .unwrap();
        assert_eq!(written.warnings, [""; 0]);
        let x = shop.item("X").await;
        assert_eq!(value(&x, "Categories"), &Value::text("C"));
        // The one that was not shown comes forward, which is told.
        let written = shop
            .update(&x, &[("Categories", Value::Empty)])
            .await
            .unwrap();
        assert_eq!(
            written.values[&ShopField::new("Categories")],
            Value::text("B")
        );
        assert_eq!(written.warnings.len(), 1);
    }
}

#[tokio::test]
async fn options_change_without_losing_others_whether_the_shop_adds_or_replaces() {
    for specifics in [Specifics::Merge, Specifics::Replace] {
        let shop = Practice::of(
            &Catalogue::new(1, 0),
            Settings {
                specifics,
                ..Settings::default()
            },
        );
        let rows = [
            ("Colour", "Red"),
            ("Size", "S"),
            ("Fit", "Slim"),
            ("Care", "Cold"),
        ]
        .map(|(name, value)| json!({"Name": name, "Value": value}));
        shop.stock_up(json!([{"SKU": "P"}, {"SKU": "V", "ParentSKU": "P", "ItemSpecifics": {"ItemSpecific": rows}}]));
        let v = shop.item("V").await;
        let written = shop
            .update(&v, &[("option2.value", Value::text("M"))])
            .await
            .unwrap();
        assert_eq!(written.warnings, [""; 0]);
        let shown = shop.shown("V", "ItemSpecifics").to_string();
        for (name, value) in [
            ("Colour", "Red"),
            ("Size", "M"),
            ("Fit", "Slim"),
            ("Care", "Cold"),
        ] {
            assert!(
                shown.contains(&json!({"Name": name, "Value": value}).to_string()),
                "{shown}"
            );
        }
        let failure = failure(
            shop.update(&v, &[("option1.name", Value::text("Color"))])
                .await,
        );
        assert_eq!(failure.kind, FailureKind::Rejected);
    }
}

#[tokio::test]
async fn where_the_shop_keeps_a_picture_is_told() {
    let shop = Practice::plain(1);
    let item = shop.item("P-00000").await;
    let picture = [(
        "image.main",
        Value::text("https://cdn.example/mug.jpg A mug"),
    )];
    let written = shop.update(&item, &picture).await.unwrap();
    let main = &written.values[&ShopField::new("image.main")];
    assert_eq!(
        main,
        &Value::text(format!("{}/assets/full/P-00000.png", shop.server.url()))
    );
    assert_eq!(value(&shop.item("P-00000").await, "image.main"), main);
}

#[tokio::test]
async fn a_price_that_the_shop_rounds_is_told() {
    let shop = Practice::of(
        &Catalogue::new(1, 20),
        Settings {
            price_decimals: 2,
            ..Settings::default()
        },
    );
    let all = shop.all(None).await;
    let written = shop
        .update(single(&all), &[("RRP", Value::Number(123_456))])
        .await
        .unwrap();
    assert_eq!(
        written.values[&ShopField::new("RRP")],
        Value::Number(123_500)
    );
    assert!(written.warnings[0].contains("RRP"));
}

#[tokio::test]
async fn the_days_of_a_promotion_are_right_in_whatever_zone_they_are_read() {
    for zone_minutes in [-480, 0, 330, 600, 660, 780] {
        for promotion_written_in in [Zone::Utc, Zone::Shop] {
            let shop = Practice::of(
                &Catalogue::new(1, 20),
                Settings {
                    zone_minutes,
                    promotion_written_in,
                    ..Settings::default()
                },
            );
            let all = shop.all(None).await;
            let item = single(&all);
            let days = [
                ("PromotionStartDate", Value::text("2026-12-01")),
                ("PromotionExpiryDate", Value::text("2026-12-31")),
            ];
            let written = shop.update(item, &days).await.unwrap();
            assert_eq!(
                written.warnings, [""; 0],
                "{zone_minutes} {promotion_written_in:?}"
            );
            let item = shop.item(&item.sku).await;
            for (key, day) in &days {
                assert_eq!(value(&item, key), day);
            }
        }
    }
}

#[tokio::test]
async fn a_thousand_changes_take_thirty_requests() {
    let shop = Practice::plain(1_000);
    let items = shop.all(None).await;
    assert_eq!(items.len(), 1_000);
    shop.server.journal().forget();
    let updates: Vec<_> = items
        .iter()
        .map(|item| update_of(item, &[("DefaultPrice", Value::Number(1_230_000))]))
        .collect();
    let results = shop.client.update(&updates).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(shop.server.journal().all().requests, 30);
}

#[tokio::test]
async fn the_same_item_twice_is_changed_one_after_the_other() {
    let shop = Practice::of(
        &Catalogue::new(1, 20),
        Settings {
            sku_case: SkuCase::Ignored,
            ..Settings::default()
        },
    );
    let all = shop.all(None).await;
    let item = single(&all);
    let updates = ["One", "Two"].map(|brand| ItemUpdate {
        seen: Default::default(),
        ..update_of(item, &[("Brand", Value::text(brand))])
    });
    let results = shop.client.update(&updates).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(shop.shown(&item.sku, "Brand"), json!("Two"));
    assert_eq!(shop.client.update(&[]).await, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_is_told_of_an_update_is_what_the_shop_holds(
        seed in 0u64..1_000_000,
        changes in prop::collection::vec((0usize..12, 0usize..9, 0i64..5_000_000, "[a-z<>&äß \"]{0,60}"), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let shop = Practice::by_chance(seed, 14);
            let items = shop.all(None).await;
            let updates: Vec<ItemUpdate> = changes.iter().map(|(at, what, number, text)| {
                let (key, value) = match what {
                    0 => ("DefaultPrice", Value::Number(*number)),
                    1 => ("RRP", Value::Number(*number)),
                    2 => ("Subtitle", Value::text(text.clone())),
                    3 => ("Description", Value::text(text.clone())),
                    4 => ("IsActive", Value::Flag(number % 2 == 0)),
                    5 => ("PriceGroup:Wholesale", Value::Number(*number)),
                    6 => ("ShippingWeight", Value::Empty),
                    7 => ("ParentSKU", Value::text(text.trim().to_owned())),
                    _ => ("PromotionStartDate", Value::text("2027-02-28")),
                };
                ItemUpdate { seen: Default::default(), ..update_of(&items[at % items.len()], &[(key, value)]) }
            }).collect();
            let results = shop.client.update(&updates).await;
            let after = shop.all(None).await;
            for (at, (update, result)) in updates.iter().zip(&results).enumerate() {
                let field = update.values.keys().next().unwrap();
                let is_last = !updates[at + 1..].iter().any(|later| later.item == update.item && later.values.contains_key(field));
                let item = after.iter().find(|item| item.remote_id == update.item.remote_id).unwrap();
                match result {
                    Ok(written) if is_last && written.values.contains_key(field) => {
                        // A variant is told by its parent whether it has a price of zero.
                        assert_eq!(written.values.get(field), item.values.get(field), "{field}");
                    }
                    Ok(_) => {}
                    Err(failure) => assert_eq!(failure.kind, FailureKind::Rejected, "{failure}"),
                }
            }
        });
    }
}
