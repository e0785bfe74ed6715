//! What the merchant does behind our back, seen through the interface.

use sandbox::{Catalogue, Edit};
use serde_json::{Value, json};

use super::Practice;

/// A family of two and a single item.
async fn shop() -> Practice {
    let shop = Practice::empty();
    let colour = |value: &str| json!({ "ItemSpecific": { "Name": "Colour", "Value": value } });
    shop.add(json!([
        { "SKU": "SHIRT", "Name": "Shirt" },
        { "SKU": "SHIRT-R", "ParentSKU": "SHIRT", "ItemSpecifics": colour("Red") },
        { "SKU": "SHIRT-B", "ParentSKU": "SHIRT", "ItemSpecifics": colour("Blue") },
        { "SKU": "MUG", "Name": "Mug", "DefaultPrice": "5.00" },
    ]))
    .await;
    shop.later(60);
    shop
}

fn on(sku: &str) -> String {
    sku.to_owned()
}

async fn value(shop: &Practice, sku: &str, name: &str) -> Value {
    shop.item(sku, &[name]).await[name].clone()
}

#[tokio::test]
async fn an_edit_of_the_merchants_is_seen_and_moves_the_date() {
    let shop = shop().await;
    shop.server
        .edit(&Edit::Price {
            on: on("MUG"),
            price: 649,
        })
        .unwrap();
    assert_eq!(value(&shop, "MUG", "DefaultPrice").await, "6.49");
    let title = "Tall mug".to_owned();
    shop.server
        .edit(&Edit::Title {
            on: on("1004"),
            title,
        })
        .unwrap();
    assert_eq!(value(&shop, "MUG", "Name").await, "Tall mug");
    shop.server
        .edit(&Edit::Barcode {
            on: on("MUG"),
            barcode: "93".to_owned(),
        })
        .unwrap();
    assert_eq!(value(&shop, "MUG", "UPC").await, "93");
    let since = json!({ "DateUpdatedFrom": "2026-11-01 00:00:30" });
    assert_eq!(shop.skus(since).await, ["MUG"]);
}

#[tokio::test]
async fn what_is_about_a_whole_product_is_about_its_parent() {
    let shop = shop().await;
    let html = "<p>New</p>".to_owned();
    shop.server
        .edit(&Edit::Description {
            on: on("SHIRT-R"),
            html,
        })
        .unwrap();
    assert_eq!(value(&shop, "SHIRT", "Description").await, "<p>New</p>");
    shop.server
        .edit(&Edit::Archive { on: on("SHIRT-B") })
        .unwrap();
    let inactive = shop.skus(json!({ "IsActive": "False" })).await;
    assert_eq!(inactive, ["SHIRT", "SHIRT-R", "SHIRT-B"]);
    shop.server
        .edit(&Edit::Delete { on: on("SHIRT-B") })
        .unwrap();
    assert_eq!(shop.skus(json!({})).await, ["MUG"]);
}

#[tokio::test]
async fn a_renamed_sku_keeps_its_id_and_its_variants() {
    let shop = shop().await;
    shop.server
        .edit(&Edit::Sku {
            on: on("SHIRT"),
            sku: on("TOP"),
        })
        .unwrap();
    assert_eq!(shop.skus(json!({ "InventoryID": "1001" })).await, ["TOP"]);
    assert_eq!(value(&shop, "SHIRT-R", "ParentSKU").await, "TOP");
    assert_eq!(shop.skus(json!({ "ParentSKU": "TOP" })).await.len(), 2);
    let answer = shop
        .call("UpdateItem", json!({ "Item": { "SKU": "SHIRT" } }))
        .await;
    assert_eq!(
        answer["Messages"]["Warning"]["Message"],
        "Cannot find Item SHIRT"
    );
    for sku in ["", "MUG"] {
        assert!(
            shop.server
                .edit(&Edit::Sku {
                    on: on("TOP"),
                    sku: on(sku)
                })
                .is_err()
        );
    }
}

#[tokio::test]
async fn the_merchant_sells_and_counts() {
    let shop = shop().await;
    shop.server
        .edit(&Edit::Stock {
            on: on("MUG"),
            quantity: 10,
        })
        .unwrap();
    shop.server
        .edit(&Edit::Sale {
            on: on("MUG"),
            quantity: 3,
        })
        .unwrap();
    assert_eq!(
        value(&shop, "MUG", "WarehouseQuantity").await[0]["Quantity"],
        "7"
    );
    assert!(
        shop.server
            .edit(&Edit::Sale {
                on: on("SHIRT"),
                quantity: 1
            })
            .is_err()
    );
}

#[tokio::test]
async fn the_merchant_adds_and_takes_away_variants() {
    let shop = shop().await;
    let green = Edit::AddVariant {
        on: on("SHIRT-R"),
        value: "Green".to_owned(),
        sku: on("SHIRT-G"),
        price: 100,
    };
    shop.server.edit(&green).unwrap();
    let specifics = value(&shop, "SHIRT-G", "ItemSpecifics").await;
    assert_eq!(
        specifics[0]["ItemSpecific"],
        json!({ "Name": "Colour", "Value": "Green" })
    );
    let rename = Edit::RenameOption {
        on: on("SHIRT"),
        from: on("Colour"),
        to: on("Shade"),
    };
    shop.server.edit(&rename).unwrap();
    let specifics = value(&shop, "SHIRT-B", "ItemSpecifics").await;
    assert_eq!(specifics[0]["ItemSpecific"]["Name"], "Shade");
    for sku in ["SHIRT-R", "SHIRT-G"] {
        shop.server
            .edit(&Edit::DeleteVariant { on: on(sku) })
            .unwrap();
    }
    assert_eq!(
        shop.skus(json!({ "ParentSKU": "SHIRT" })).await,
        ["SHIRT-B"]
    );
    for sku in ["SHIRT-B", "SHIRT", "MUG"] {
        assert!(
            shop.server
                .edit(&Edit::DeleteVariant { on: on(sku) })
                .is_err(),
            "{sku}"
        );
    }
}

#[tokio::test]
async fn the_merchant_adds_a_product() {
    let shop = shop().await;
    let new = Edit::AddProduct {
        title: "Jug".to_owned(),
        sku: on("JUG"),
        price: 1250,
    };
    shop.server.edit(&new).unwrap();
    assert_eq!(value(&shop, "JUG", "DefaultPrice").await, "12.50");
    assert_eq!(value(&shop, "JUG", "IsActive").await, "True");
    assert!(shop.server.edit(&new).is_err(), "the SKU is taken");
}

#[tokio::test]
async fn a_thousand_edits_by_chance_leave_a_shop_that_answers() {
    let shop = Practice::filled(&Catalogue::new(7, 50), |_| {});
    let made = shop.server.edit_by_chance(3, 1_000);
    assert!(made.len() > 700, "{}", made.len());
    let skus = shop.skus(json!({})).await;
    let distinct: std::collections::BTreeSet<_> = skus.iter().collect();
    assert_eq!(distinct.len(), skus.len());
    let again = Practice::filled(&Catalogue::new(7, 50), |_| {});
    assert_eq!(again.server.edit_by_chance(3, 1_000), made);
    assert_eq!(again.skus(json!({})).await, skus);
}
