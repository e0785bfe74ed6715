//! `AddItem` and `UpdateItem`: what no source settles, under every answer.

use sandbox::maropost::{
    BadReference, BadRow, EmptyValue, ExistingSku, OddSku, SkuCase, TooLong, UnknownField,
    UpdatedItem, Zone,
};
use serde_json::{Value, json};

use super::Practice;

/// Adds `items` and says `Ack`, with the SKUs that are there afterwards.
async fn adding(shop: &Practice, items: Value) -> (String, Vec<String>) {
    let answer = shop.call("AddItem", json!({ "Item": items })).await;
    (
        answer["Ack"].as_str().unwrap().to_owned(),
        shop.skus(json!({})).await,
    )
}

#[tokio::test]
async fn a_row_without_a_sku_refuses_the_batch_or_only_itself() {
    let rows = json!([{ "SKU": "A" }, { "Name": "No SKU" }, { "SKU": "B" }]);
    let shop = Practice::empty();
    assert_eq!(adding(&shop, rows.clone()).await, ("Error".into(), vec![]));
    shop.configure(|settings| settings.bad_row = BadRow::RefuseRow);
    let (ack, skus) = adding(&shop, rows).await;
    assert_eq!(
        (ack.as_str(), skus),
        ("Warning", vec!["A".to_owned(), "B".to_owned()])
    );
    let alone = shop
        .call("AddItem", json!({ "Item": { "Name": "No SKU" } }))
        .await;
    assert_eq!(alone["Ack"], "Error", "alone it is an error either way");
}

#[tokio::test]
async fn adding_a_sku_that_is_there_is_an_error_a_warning_or_an_update() {
    for (existing, ack, name, count) in [
        (ExistingSku::Error, "Error", "Old", 1),
        (ExistingSku::Warning, "Warning", "Old", 2),
        (ExistingSku::Update, "Success", "New", 2),
    ] {
        let shop = Practice::set(|settings| settings.existing_sku = existing);
        shop.add(json!({ "SKU": "A", "Name": "Old" })).await;
        let rows = json!([{ "SKU": "A", "Name": "New" }, { "SKU": "B" }]);
        let (answered, skus) = adding(&shop, rows).await;
        assert_eq!(
            (answered.as_str(), skus.len()),
            (ack, count),
            "{existing:?}"
        );
        assert_eq!(
            shop.item("A", &["Name"]).await["Name"],
            name,
            "{existing:?}"
        );
    }
}

#[tokio::test]
async fn a_sku_twice_in_one_request_is_added_once() {
    let shop = Practice::set(|settings| settings.existing_sku = ExistingSku::Warning);
    let (ack, skus) = adding(&shop, json!([{ "SKU": "A" }, { "SKU": "A" }])).await;
    assert_eq!((ack.as_str(), skus), ("Warning", vec!["A".to_owned()]));
}

#[tokio::test]
async fn a_text_that_is_too_long_is_refused_or_cut() {
    let long = "ä".repeat(51);
    for (too_long, ack, kept) in [
        (TooLong::RefuseRow, "Error", 0),
        (TooLong::Cut, "Success", 50),
        (TooLong::CutWithWarning, "Warning", 50),
    ] {
        let shop = Practice::set(|settings| settings.too_long = too_long);
        shop.add(json!({ "SKU": "A" })).await;
        let item = json!({ "SKU": "A", "Brand": long });
        let answer = shop.call("UpdateItem", json!({ "Item": item })).await;
        assert_eq!(answer["Ack"], ack, "{too_long:?}");
        let brand = shop.item("A", &["Brand"]).await["Brand"].clone();
        assert_eq!(
            brand.as_str().unwrap().chars().count(),
            kept,
            "{too_long:?}"
        );
    }
}

#[tokio::test]
async fn each_field_has_its_documented_length() {
    let shop = Practice::set(|settings| settings.too_long = TooLong::Cut);
    shop.add(json!({ "SKU": "A" })).await;
    for (name, length) in [
        ("Name", 150),
        ("Subtitle", 50),
        ("UPC", 100),
        ("SEOMetaDescription", 320),
        ("Misc14", 50),
        ("Misc52", 50),
        ("Misc01", 400),
        ("Description", 400),
        ("ModelNumber", 20),
    ] {
        shop.update(json!({ "SKU": "A", name: "x".repeat(400) }))
            .await;
        let item = shop.item("A", &[name]).await;
        assert_eq!(item[name].as_str().unwrap().len(), length, "{name}");
    }
}

#[tokio::test]
async fn a_sku_with_spaces_is_refused_or_taken_and_one_of_26_characters_is_refused() {
    let shop = Practice::empty();
    assert_eq!(adding(&shop, json!({ "SKU": "A 1" })).await.0, "Error");
    assert_eq!(
        adding(&shop, json!({ "SKU": "x".repeat(26) })).await.0,
        "Error"
    );
    shop.configure(|settings| settings.odd_sku = OddSku::Take);
    assert_eq!(
        adding(&shop, json!({ "SKU": "A 1" })).await,
        ("Success".into(), vec!["A 1".into()])
    );
}

#[tokio::test]
async fn the_case_of_a_sku_matters_or_not() {
    let shop = Practice::empty();
    shop.add(json!([{ "SKU": "ab-1" }, { "SKU": "AB-1" }]))
        .await;
    assert_eq!(shop.skus(json!({ "SKU": "AB-1" })).await, ["AB-1"]);
    let shop = Practice::set(|settings| settings.sku_case = SkuCase::Ignored);
    shop.add(json!({ "SKU": "ab-1" })).await;
    assert_eq!(adding(&shop, json!({ "SKU": "AB-1" })).await.0, "Error");
    let answer = shop.update(json!({ "SKU": "AB-1", "Name": "Found" })).await;
    assert_eq!(
        answer["Item"]["SKU"], "ab-1",
        "the SKU that comes back is not the one sent"
    );
}

#[tokio::test]
async fn an_updated_item_is_an_object_or_a_plain_text_in_an_array() {
    let shop = Practice::set(|settings| settings.updated_item = UpdatedItem::PlainText);
    let added = shop.add(json!({ "SKU": "A" })).await;
    assert_eq!(added["Item"]["SKU"], "A");
    assert_eq!(
        shop.update(json!({ "SKU": "A", "Name": "N" })).await["Item"],
        json!(["A"])
    );
}

#[tokio::test]
async fn an_undocumented_field_is_a_gap_or_is_passed_over() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A" })).await;
    for name in ["Nonsense", "name", "Misc53", "Price"] {
        let item = json!({ "SKU": "A", name: "x", "Subtitle": name });
        shop.configure(|settings| settings.unknown_field = UnknownField::NotSimulated);
        assert_eq!(
            shop.gap("UpdateItem", json!({ "Item": item })).await,
            "UnknownField"
        );
        shop.configure(|settings| settings.unknown_field = UnknownField::Ignore);
        shop.update(item).await;
        assert_eq!(shop.item("A", &["Subtitle"]).await["Subtitle"], name);
    }
    // What is documented and not kept here is a gap whatever the shop does with nonsense.
    let item = json!({ "SKU": "A", "KitComponents": {} });
    assert_eq!(
        shop.gap("UpdateItem", json!({ "Item": item })).await,
        "UnknownField"
    );
}

#[tokio::test]
async fn an_empty_text_in_a_number_is_a_gap_clears_or_is_passed_over() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A", "RRP": "5.00", "PromotionExpiryDate": "2026-12-01" }))
        .await;
    let item = json!({ "SKU": "A", "RRP": "" });
    assert_eq!(
        shop.gap("UpdateItem", json!({ "Item": item })).await,
        "EmptyValue"
    );
    for (empty_value, rrp) in [(EmptyValue::Ignore, "5.00"), (EmptyValue::Clear, "0.00")] {
        shop.configure(|settings| settings.empty_value = empty_value);
        shop.update(item.clone()).await;
        assert_eq!(shop.item("A", &["RRP"]).await["RRP"], rrp);
    }
    shop.update(json!({ "SKU": "A", "PromotionExpiryDate": "" }))
        .await;
    let item = shop.item("A", &["PromotionExpiryDateUTC"]).await;
    assert_eq!(item["PromotionExpiryDateUTC"], "0000-00-00 00:00:00");
}

#[tokio::test]
async fn the_dates_of_a_promotion_are_written_in_utc_or_in_the_shops_own_time() {
    let shop = Practice::empty();
    for (zone, utc, local) in [
        (Zone::Utc, "2026-11-28 00:00:00", "2026-11-28 10:00:00"),
        (Zone::Shop, "2026-11-27 14:00:00", "2026-11-28 00:00:00"),
    ] {
        shop.configure(|settings| {
            settings.promotion_written_in = zone;
            settings.existing_sku = ExistingSku::Update;
        });
        shop.add(json!({ "SKU": "A", "PromotionStartDate": "2026-11-28 00:00:00" }))
            .await;
        let item = shop
            .item("A", &["PromotionStartDateUTC", "PromotionStartDateLocal"])
            .await;
        assert_eq!(item["PromotionStartDateUTC"], utc);
        assert_eq!(item["PromotionStartDateLocal"], local);
    }
}

#[tokio::test]
async fn prices_have_two_to_four_decimals() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A", "RRP": "1.23456", "DefaultPrice": "7" }))
        .await;
    let item = shop.item("A", &["RRP", "DefaultPrice", "CostPrice"]).await;
    assert_eq!(item["RRP"], "1.2346");
    assert_eq!(item["DefaultPrice"], "7.00");
    assert_eq!(item["CostPrice"], "0.00");
    shop.configure(|settings| settings.price_decimals = 2);
    shop.update(json!({ "SKU": "A", "RRP": "1.2345" })).await;
    assert_eq!(shop.item("A", &["RRP"]).await["RRP"], "1.23");
}

#[tokio::test]
async fn a_reference_to_nothing_is_ignored_with_a_warning_or_refuses_the_row() {
    let parts = [
        json!({ "ParentSKU": "NOPE" }),
        json!({ "Categories": { "Category": { "CategoryID": "99" } } }),
        json!({ "PriceGroups": { "PriceGroup": { "Group": "99", "Price": "1" } } }),
        json!({ "WarehouseQuantity": { "WarehouseID": "9", "Quantity": "1", "Action": "set" } }),
    ];
    for part in parts {
        let shop = Practice::empty();
        shop.add(json!({ "SKU": "A" })).await;
        let mut item = part.clone();
        item["SKU"] = json!("A");
        item["Name"] = json!("Written");
        let answer = shop.call("UpdateItem", json!({ "Item": item })).await;
        assert_eq!(answer["Ack"], "Warning", "{part}");
        assert_eq!(shop.item("A", &["Name"]).await["Name"], "Written");
        shop.configure(|settings| settings.bad_reference = BadReference::RefuseRow);
        item["Name"] = json!("Refused");
        let answer = shop.call("UpdateItem", json!({ "Item": item })).await;
        assert_eq!(answer["Ack"], "Error", "{part}");
        assert_eq!(shop.item("A", &["Name"]).await["Name"], "Written");
    }
}

#[tokio::test]
async fn what_an_added_item_has_where_nothing_is_said_can_be_set() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A" })).await;
    assert_eq!(shop.item("A", &["IsActive"]).await["IsActive"], "True");
    shop.configure(|settings| drop(settings.unsaid.insert("IsActive".into(), "False".into())));
    shop.add(json!({ "SKU": "B" })).await;
    assert_eq!(shop.item("B", &["IsActive"]).await["IsActive"], "False");
}
