//! What an item holds, however the shop wraps and words it.

use channels::channel::Channel;
use channels::failure::FailureKind;
use domain::channel::{ItemState, ParentRef, ShopField};
use domain::record::Value;
use sandbox::Catalogue;
use sandbox::Edit;
use sandbox::maropost::Settings;
use serde_json::json;

use super::{Practice, kind, reference, settings, value};

/// A shop with a parent, a variant, and things that are odd about them.
fn shirts(settings: Settings) -> Practice {
    let shop = Practice::of(&Catalogue::new(1, 0), settings);
    let apparel = shop.category("Apparel", "0");
    let shirts = shop.category("Shirts", &apparel);
    shop.stock_up(json!([
        {"SKU": "TSHIRT", "Name": "Cotton T-Shirt", "Brand": "TeeCo", "Description": "<p>A &amp; B</p>", "IsActive": "True",
         "Approved": "True", "Categories": {"Category": [{"CategoryID": shirts}]}},
        {"SKU": "TSHIRT-BLK-S", "ParentSKU": "TSHIRT", "Name": "Cotton T-Shirt - Black / Small", "RRP": "39.95",
         "CostPrice": "12.5", "DefaultPrice": "29.95", "UPC": "9300000000017", "IsActive": "True", "Approved": "False",
         "ShippingWeight": "0.25", "PromotionStartDate": "2026-12-01 02:00:00",
         "PriceGroups": {"PriceGroup": [{"Group": "2", "Price": "19.95", "MinimumQuantity": "0"}]},
         "ItemSpecifics": {"ItemSpecific": [{"Name": "Colour", "Value": "Black"}, {"Name": "Size", "Value": "Small"}]},
         "Images": {"Image": [{"Name": "Main", "URL": "https://cdn.example/t.jpg"}, {"Name": "Alt 2", "URL": "https://cdn.example/u.jpg"}]},
         "IsInventoried": "False", "Misc07": "seven"},
    ]));
    shop
}

#[tokio::test]
async fn an_item_is_the_same_in_whatever_shapes_and_words_it_is_answered() {
    let mut first = None;
    for seed in 0..14 {
        let shop = shirts(Settings {
            // What the dates of the promotion mean depends on the zone in which they were written.
            promotion_written_in: sandbox::maropost::Zone::Utc,
            zone_minutes: 600,
            ..settings(seed)
        });
        let mut items = shop.all(None).await;
        for item in &mut items {
            item.updated_at = None;
            for image in ["image.main", "image.others"] {
                item.values.remove(&ShopField::new(image));
            }
        }
        assert_eq!(
            *first.get_or_insert_with(|| items.clone()),
            items,
            "seed {seed}"
        );
    }
    let items = first.unwrap();
    let [parent, variant] = &items[..] else {
        panic!("{items:?}")
    };
    assert!(parent.is_parent && parent.parent.is_none() && parent.state == ItemState::Live);
    assert_eq!(variant.parent, Some(ParentRef::Sku("TSHIRT".into())));
    assert_eq!(
        (variant.state, variant.barcode.as_str()),
        (ItemState::Hidden, "9300000000017")
    );
    for (key, expected) in [
        ("Name", Value::text("Cotton T-Shirt - Black / Small")),
        ("DefaultPrice", Value::Number(299_500)),
        ("RRP", Value::Number(399_500)),
        ("PromotionPrice", Value::Empty),
        ("PromotionStartDate", Value::text("2026-12-01")),
        ("PromotionExpiryDate", Value::Empty),
        ("ShippingWeight", Value::Number(2_500)),
        ("ItemLength", Value::Empty),
        ("IsInventoried", Value::Flag(false)),
        ("Approved", Value::Flag(false)),
        ("option1.name", Value::text("Colour")),
        ("option2.value", Value::text("Small")),
        ("option3.name", Value::Empty),
        ("Categories", Value::Empty),
        ("PriceGroup:Wholesale", Value::Number(199_500)),
        ("Misc07", Value::text("seven")),
        ("Misc52", Value::Empty),
        ("SKU", Value::text("TSHIRT-BLK-S")),
    ] {
        assert_eq!(value(variant, key), &expected, "{key}");
    }
    assert_eq!(
        value(parent, "Categories"),
        &Value::text("Apparel > Shirts")
    );
    assert_eq!(value(parent, "DefaultPrice"), &Value::Empty);
    assert_eq!(
        value(parent, "Description"),
        &Value::text("<p>A &amp; B</p>")
    );
    assert_eq!(value(parent, "PriceGroup:Wholesale"), &Value::Empty);
    assert!(!parent.values.contains_key(&ShopField::new("option1.name")));
}

#[tokio::test]
async fn pictures_come_in_their_order_under_the_shops_addresses() {
    let shop = shirts(Settings::default());
    let variant = shop.item("TSHIRT-BLK-S").await;
    let url = |folder: &str| format!("{}/assets/{folder}/TSHIRT-BLK-S.png", shop.server.url());
    assert_eq!(value(&variant, "image.main"), &Value::text(url("full")));
    assert_eq!(
        value(&variant, "image.others"),
        &Value::images([url("alt_2")])
    );
}

#[tokio::test]
async fn what_is_gone_is_none_and_the_rest_comes_in_the_order_in_which_it_was_asked_for() {
    for seed in 0..12 {
        let shop = Practice::by_chance(seed, 40);
        let mut items = shop.all(None).await;
        items.reverse();
        let gone = items
            .iter()
            .position(|item| !item.is_parent && item.parent.is_none())
            .unwrap();
        let on = items[gone].remote_id.clone();
        shop.server.edit(&Edit::Delete { on }).unwrap();
        let wanted: Vec<_> = items.iter().map(reference).collect();
        let read = shop.client.read(&wanted).await.unwrap();
        assert_eq!(read.len(), items.len());
        for (at, (read, item)) in read.iter().zip(&items).enumerate() {
            match read {
                None => assert_eq!(at, gone, "seed {seed}"),
                Some(read) => assert_eq!(read.remote_id, item.remote_id),
            }
        }
        assert_eq!(shop.client.read(&[]).await.unwrap(), []);
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_refused_before_it_is_asked_for() {
    let shop = Practice::empty();
    let mut wrong = reference(&shirts(Settings::default()).item("TSHIRT").await);
    wrong.remote_id = String::from("gid://shopify/Product/1");
    assert_eq!(
        kind(&shop.client.read(&[wrong]).await),
        FailureKind::Rejected
    );
    assert_eq!(shop.count("GetItem"), 0);
}

#[tokio::test]
async fn the_fields_of_the_shop_are_those_that_its_items_hold_and_groups_with_prices() {
    for seed in 0..6 {
        let shop = shirts(settings(seed));
        let fields = shop.client.fields().await.unwrap();
        let has = |key: &str| fields.iter().find(|def| def.field.key() == key);
        for item in shop.all(None).await {
            for (field, value) in &item.values {
                let def = has(field.key()).unwrap_or_else(|| panic!("{field} is no field"));
                assert!(value.fits(def.kind), "{field}: {value:?}");
            }
        }
        assert!(has("PriceGroup:Wholesale").is_some());
        assert_eq!(has("Name").unwrap().max_chars, 150);
        assert!(!has("SKU").unwrap().writable);
        for (ours, theirs) in channels::maropost::usual_fields() {
            let def =
                has(theirs.key()).unwrap_or_else(|| panic!("{ours:?} goes nowhere: {theirs}"));
            assert!(def.writable);
        }
    }
}

#[tokio::test]
async fn a_category_that_was_made_meanwhile_is_named_and_a_key_without_the_right_leaves_them_out() {
    let shop = shirts(Settings::default());
    shop.item("TSHIRT").await;
    let hats = shop.category("Hats", "0");
    shop.stock_up(json!([{"SKU": "HAT", "Categories": {"Category": [{"CategoryID": hats}]}}]));
    shop.server.clock().advance(61_000);
    assert_eq!(
        value(&shop.item("HAT").await, "Categories"),
        &Value::text("Hats")
    );

    let mut shop = shop;
    let only = ["GetItem", "UpdateItem"];
    shop.configure(|settings| {
        settings.keys = vec![sandbox::maropost::Key::global(super::KEY).only(&only)]
    });
    shop.reopen();
    let hat = shop.item("HAT").await;
    assert!(!hat.values.contains_key(&ShopField::new("Categories")));
    let failure = super::failure(
        shop.update(&hat, &[("Categories", Value::text("Hats"))])
            .await,
    );
    assert_eq!(failure.kind, FailureKind::Rejected);
    assert!(failure.hint.unwrap().contains("GetCategory"));
}

#[tokio::test]
async fn what_was_put_away_or_is_not_approved_is_told_from_what_is_for_sale() {
    for seed in 0..6 {
        let shop = Practice::by_chance(seed, 0);
        shop.stock_up(json!([
            {"SKU": "LIVE", "IsActive": "True", "Approved": "True"},
            {"SKU": "HIDDEN", "IsActive": "True", "Approved": "False"},
            {"SKU": "ARCHIVED", "IsActive": "False", "Approved": "True"},
        ]));
        for (sku, state) in [
            ("LIVE", ItemState::Live),
            ("HIDDEN", ItemState::Hidden),
            ("ARCHIVED", ItemState::Archived),
        ] {
            assert_eq!(shop.item(sku).await.state, state, "seed {seed}");
        }
    }
}
