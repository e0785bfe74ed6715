//! `GetItem`: what is looked for, pages, selectors.

use sandbox::Edit;
use sandbox::maropost::{Bounds, NoRecords, UnknownSelector};
use serde_json::{Value, json};

use super::Practice;

async fn with_items(count: usize) -> Practice {
    let shop = Practice::empty();
    let item = |at: usize| json!({ "SKU": format!("A-{at}"), "Name": format!("Item {at}") });
    shop.add((0..count).map(item).collect()).await;
    shop
}

#[tokio::test]
async fn the_first_page_is_page_zero() {
    let shop = with_items(5).await;
    assert_eq!(
        shop.skus(json!({ "Page": 0, "Limit": 2 })).await,
        ["A-0", "A-1"]
    );
    assert_eq!(
        shop.skus(json!({ "Page": "1", "Limit": "2" })).await,
        ["A-2", "A-3"]
    );
    assert_eq!(shop.skus(json!({ "Page": 2, "Limit": 2 })).await, ["A-4"]);
}

#[tokio::test]
async fn past_the_end_there_is_an_empty_list_or_an_empty_text_and_no_total_anywhere() {
    let shop = with_items(2).await;
    let body = json!({ "Filter": { "Page": 1, "Limit": 2 } });
    let answer = shop.done("GetItem", body.clone()).await;
    assert_eq!(answer["Item"], json!([]));
    let names: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(names, ["Item", "CurrentTime", "Ack"]);
    shop.configure(|settings| settings.no_records = NoRecords::Text);
    assert_eq!(shop.done("GetItem", body).await["Item"], "");
}

#[tokio::test]
async fn a_short_page_is_no_proof_of_the_end() {
    let shop = with_items(5).await;
    shop.configure(|settings| settings.highest_limit = Some(2));
    let mut seen = Vec::new();
    for page in 0..3 {
        let skus = shop.skus(json!({ "Page": page, "Limit": 100 })).await;
        assert!(skus.len() < 100);
        seen.extend(skus);
    }
    assert_eq!(seen, ["A-0", "A-1", "A-2", "A-3", "A-4"]);
}

#[tokio::test]
async fn rows_shift_between_pages_when_the_shop_changes_meanwhile() {
    let shop = with_items(4).await;
    assert_eq!(
        shop.skus(json!({ "Page": 0, "Limit": 2 })).await,
        ["A-0", "A-1"]
    );
    let gone = Edit::Delete {
        on: "A-0".to_owned(),
    };
    shop.server.edit(&gone).unwrap();
    assert_eq!(
        shop.skus(json!({ "Page": 1, "Limit": 2 })).await,
        ["A-3"],
        "A-2 was on no page"
    );
}

#[tokio::test]
async fn without_a_limit_the_shop_has_its_own_or_none() {
    let shop = with_items(5).await;
    assert_eq!(shop.skus(json!({})).await.len(), 5);
    shop.configure(|settings| settings.default_limit = Some(3));
    assert_eq!(shop.skus(json!({})).await.len(), 3);
}

#[tokio::test]
async fn one_item_is_an_array_all_the_same() {
    let shop = with_items(1).await;
    let answer = shop
        .done("GetItem", json!({ "Filter": { "SKU": "A-0" } }))
        .await;
    assert_eq!(answer["Item"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn keys_are_answered_always_and_the_rest_only_when_it_is_selected() {
    let shop = with_items(1).await;
    assert_eq!(
        shop.item("A-0", &["Name", "Subtitle", "SKU"]).await,
        json!({ "SKU": "A-0", "InventoryID": "1001", "Name": "Item 0", "Subtitle": "" })
    );
    assert_eq!(
        shop.item("A-0", &[]).await,
        json!({ "SKU": "A-0", "InventoryID": "1001" })
    );
}

#[tokio::test]
async fn an_unknown_selector_is_an_error_or_is_passed_over() {
    let shop = with_items(1).await;
    // These two are in the documented answer, and are no selectors.
    for name in [
        "Nonsense",
        "Visible",
        "ApprovedForPOS",
        "name",
        "DateCreated",
    ] {
        let body = json!({ "Filter": { "SKU": "A-0", "OutputSelector": ["Name", name] } });
        shop.configure(|settings| settings.unknown_selector = UnknownSelector::RefuseRequest);
        let refused = shop.call("GetItem", body.clone()).await;
        assert_eq!(
            (&refused["Ack"], &refused["Item"]),
            (&json!("Error"), &json!("")),
            "{name}"
        );
        shop.configure(|settings| settings.unknown_selector = UnknownSelector::Ignore);
        let answer = shop.done("GetItem", body).await;
        assert!(answer["Item"][0].get(name).is_none());
        assert_eq!(answer["Item"][0]["Name"], "Item 0");
    }
}

#[tokio::test]
async fn filters_take_one_value_or_several() {
    let shop = with_items(4).await;
    shop.update(json!([
        { "SKU": "A-1", "Brand": "Acme", "IsActive": "False" },
        { "SKU": "A-2", "Brand": "Other" },
    ]))
    .await;
    assert_eq!(
        shop.skus(json!({ "SKU": ["A-3", "A-0", "A-9"] })).await,
        ["A-0", "A-3"]
    );
    assert_eq!(shop.skus(json!({ "InventoryID": 1002 })).await, ["A-1"]);
    assert_eq!(
        shop.skus(json!({ "InventoryID": ["1002"], "SKU": "A-0" }))
            .await
            .len(),
        0
    );
    assert_eq!(
        shop.skus(json!({ "Brand": ["Acme", "Other"] })).await,
        ["A-1", "A-2"]
    );
    assert_eq!(
        shop.skus(json!({ "IsActive": [true] })).await,
        ["A-0", "A-2", "A-3"]
    );
    assert_eq!(shop.skus(json!({ "IsActive": "False" })).await, ["A-1"]);
    assert_eq!(
        shop.skus(json!({ "IsActive": ["True", "False"] }))
            .await
            .len(),
        4
    );
}

#[tokio::test]
async fn an_undocumented_filter_is_a_gap() {
    let shop = with_items(1).await;
    for (filter, gap) in [
        (json!({ "Nonsense": "1" }), "UnknownFilter"),
        (json!({ "SalesChannels": {} }), "UnknownFilter"),
        (json!({ "ParentSKU": ["A", "B"] }), "SeveralValues"),
        (json!({ "Page": "first" }), "MalformedValue"),
        (json!({ "Limit": 0 }), "LimitZero"),
        (json!({ "OrderBy": "Brand" }), "UnknownOrder"),
        (json!({ "DateUpdatedFrom": "yesterday" }), "MalformedValue"),
        (json!({ "SKU": null }), "Null"),
        (json!({ "SKU": [] }), "EmptyFilter"),
        (json!({ "SKU": ["A-0", ""] }), "EmptyFilter"),
        (json!({ "DateUpdatedFrom": "" }), "EmptyFilter"),
    ] {
        assert_eq!(shop.gap("GetItem", json!({ "Filter": filter })).await, gap);
    }
    assert_eq!(shop.gap("GetItem", json!({})).await, "UndocumentedShape");
}

#[tokio::test]
async fn items_are_sorted_by_what_is_documented() {
    let shop = with_items(3).await;
    shop.later(60);
    shop.update(json!({ "SKU": "A-0", "Name": "Zebra" })).await;
    let by = |name: &str, direction: &str| {
        shop.skus(json!({ "OrderBy": name, "OrderDirection": direction }))
    };
    assert_eq!(by("ID", "DESC").await, ["A-2", "A-1", "A-0"]);
    assert_eq!(by("Name", "ASC").await, ["A-1", "A-2", "A-0"]);
    assert_eq!(by("DateUpdated", "ASC").await, ["A-1", "A-2", "A-0"]);
}

#[tokio::test]
async fn an_empty_parent_finds_what_is_no_variant_and_a_parent_its_variants() {
    let shop = Practice::empty();
    shop.add(json!([
        { "SKU": "ALONE" },
        { "SKU": "SHIRT" },
        { "SKU": "SHIRT-S", "ParentSKU": "SHIRT" },
        { "SKU": "SHIRT-L", "ParentSKU": "SHIRT" },
    ]))
    .await;
    assert_eq!(
        shop.skus(json!({ "ParentSKU": "" })).await,
        ["ALONE", "SHIRT"]
    );
    assert_eq!(
        shop.skus(json!({ "ParentSKU": "SHIRT" })).await,
        ["SHIRT-S", "SHIRT-L"]
    );
    let selectors = ["IsVariant", "VariantInventoryIDs", "ParentSKU"];
    let parent = shop.item("SHIRT", &selectors).await;
    assert_eq!(parent["VariantInventoryIDs"], json!(["1003", "1004"]));
    assert_eq!(parent["IsVariant"], "False");
    let variant = shop.item("SHIRT-S", &selectors).await;
    assert_eq!(variant["IsVariant"], "True");
    assert_eq!(variant["VariantInventoryIDs"], json!([""]));
}

#[tokio::test]
async fn changed_items_are_found_by_utc_in_every_form_that_was_seen() {
    let shop = with_items(2).await;
    shop.later(3600);
    shop.update(json!({ "SKU": "A-1", "Name": "Changed" }))
        .await;
    for from in [
        "2026-11-01 00:30:00",
        "2026-11-01T00:30:00",
        "2026-11-01T00:30:00.000Z",
    ] {
        assert_eq!(shop.skus(json!({ "DateUpdatedFrom": from })).await, ["A-1"]);
        assert_eq!(shop.skus(json!({ "DateUpdatedTo": from })).await, ["A-0"]);
    }
    assert_eq!(
        shop.skus(json!({ "DateUpdatedFrom": "2026-11-01" }))
            .await
            .len(),
        2
    );
    assert_eq!(
        shop.skus(json!({ "DateAddedFrom": "2026-11-01 00:00:01" }))
            .await
            .len(),
        0
    );
}

#[tokio::test]
async fn a_bound_is_inclusive_or_exclusive() {
    let shop = with_items(1).await;
    let filter = json!({ "DateUpdatedFrom": "2026-11-01 00:00:00" });
    assert_eq!(shop.skus(filter.clone()).await, ["A-0"]);
    shop.configure(|settings| settings.bounds = Bounds::Exclusive);
    assert_eq!(shop.skus(filter).await.len(), 0);
}

#[tokio::test]
async fn an_error_is_never_an_empty_list() {
    let shop = with_items(1).await;
    let body = json!({ "Filter": { "OutputSelector": ["Nonsense"] } });
    let answer = shop.call("GetItem", body).await;
    assert_eq!(answer["Ack"], "Error");
    assert_eq!(answer["Item"], Value::from(""));
}
