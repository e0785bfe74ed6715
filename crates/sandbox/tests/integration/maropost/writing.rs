//! `AddItem` and `UpdateItem`: what is documented or was seen.

use serde_json::json;

use super::Practice;

#[tokio::test]
async fn one_written_item_is_answered_as_an_object_and_several_as_an_array() {
    let shop = Practice::empty();
    let one = shop.add(json!({ "SKU": "A" })).await;
    assert_eq!(one["Item"], json!({ "InventoryID": "1001", "SKU": "A" }));
    let many = shop.add(json!([{ "SKU": "B" }, { "SKU": "C" }])).await;
    assert_eq!(
        many["Item"][1],
        json!({ "InventoryID": "1003", "SKU": "C" })
    );
    let one = shop.update(json!([{ "SKU": "A", "Name": "N" }])).await;
    assert_eq!(one["Item"], json!({ "SKU": "A" }));
    let many = shop
        .update(json!([{ "SKU": "A", "RRP": 1 }, { "SKU": "B", "RRP": 1 }]))
        .await;
    assert_eq!(many["Item"], json!([{ "SKU": "A" }, { "SKU": "B" }]));
}

#[tokio::test]
async fn a_batch_with_an_unknown_sku_is_written_in_part() {
    let shop = Practice::empty();
    shop.add(json!([{ "SKU": "A" }, { "SKU": "B" }])).await;
    let items = json!([
        { "SKU": "A", "Name": "New A" },
        { "SKU": "NOPE", "Name": "New" },
        { "SKU": "B", "Name": "New B" },
    ]);
    let answer = shop.call("UpdateItem", json!({ "Item": items })).await;
    assert_eq!(answer["Ack"], "Warning");
    assert_eq!(answer["Item"], json!([{ "SKU": "A" }, { "SKU": "B" }]));
    assert_eq!(
        answer["Messages"]["Warning"]["Message"],
        "Cannot find Item NOPE"
    );
    assert_eq!(shop.item("B", &["Name"]).await["Name"], "New B");
    assert_eq!(shop.skus(json!({})).await, ["A", "B"], "nothing was made");
}

#[tokio::test]
async fn a_batch_of_unknown_skus_has_no_element_at_all() {
    let shop = Practice::empty();
    let answer = shop
        .call("UpdateItem", json!({ "Item": { "SKU": "NOPE" } }))
        .await;
    assert_eq!(answer["Ack"], "Warning");
    assert!(answer.get("Item").is_none());
}

#[tokio::test]
async fn fields_that_are_not_sent_stay_and_an_empty_text_clears() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A", "Name": "Name", "Subtitle": "Sub", "RRP": "5.00" }))
        .await;
    shop.update(json!({ "SKU": "A", "Subtitle": "" })).await;
    let item = shop.item("A", &["Name", "Subtitle", "RRP"]).await;
    assert_eq!(item["Name"], "Name");
    assert_eq!(item["Subtitle"], "");
    assert_eq!(item["RRP"], "5.00");
}

#[tokio::test]
async fn scalars_may_be_texts_numbers_or_booleans() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A", "IsActive": false, "Approved": "false", "RRP": 12.5 }))
        .await;
    let item = shop.item("A", &["IsActive", "Approved", "RRP"]).await;
    assert_eq!(item["IsActive"], "False");
    assert_eq!(item["Approved"], "False");
    assert_eq!(item["RRP"], "12.50");
    assert_eq!(
        shop.gap("UpdateItem", json!({ "Item": { "SKU": "A", "RRP": null } }))
            .await,
        "Null"
    );
}

#[tokio::test]
async fn what_has_a_wrong_format_is_ignored_with_a_warning() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A", "RRP": "5.00" })).await;
    for (name, value) in [
        ("RRP", "$7"),
        ("RRP", "1,50"),
        ("IsActive", "perhaps"),
        ("SortOrder1", "2.5"),
        ("PromotionStartDate", "next week"),
        ("PickPriority", "ANY"),
    ] {
        let item = json!({ "SKU": "A", name: value, "Subtitle": value });
        let answer = shop.call("UpdateItem", json!({ "Item": item })).await;
        assert_eq!(answer["Ack"], "Warning", "{name}");
        assert_eq!(answer["Item"]["SKU"], "A");
        assert_eq!(shop.item("A", &["Subtitle"]).await["Subtitle"], value);
    }
    assert_eq!(shop.item("A", &["RRP"]).await["RRP"], "5.00");
}

#[tokio::test]
async fn active_is_another_name_of_is_active_and_subtype_is_written_in_another_case() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A", "Active": "False", "Subtype": "Deluxe" }))
        .await;
    let item = shop.item("A", &["IsActive", "SubType"]).await;
    assert_eq!(item["IsActive"], "False");
    assert_eq!(item["SubType"], "Deluxe");
    let misspelt = json!({ "Item": { "SKU": "A", "SubType": "Deluxe" } });
    assert_eq!(shop.gap("UpdateItem", misspelt).await, "UnknownField");
}

#[tokio::test]
async fn a_parent_and_its_variants_are_added_by_one_request_parent_first() {
    let shop = Practice::empty();
    let answer = shop
        .add(json!([
            { "SKU": "SHIRT", "Name": "Shirt" },
            { "SKU": "SHIRT-S", "ParentSKU": "SHIRT" },
        ]))
        .await;
    assert_eq!(answer["Item"][1]["SKU"], "SHIRT-S");
    let parent = shop.item("SHIRT", &["VariantInventoryIDs"]).await;
    assert_eq!(parent["VariantInventoryIDs"], json!(["1002"]));
    shop.update(json!({ "SKU": "SHIRT-S", "ParentSKU": "" }))
        .await;
    assert_eq!(
        shop.skus(json!({ "ParentSKU": "" })).await,
        ["SHIRT", "SHIRT-S"]
    );
}

#[tokio::test]
async fn nothing_is_deleted_by_the_interface() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A" })).await;
    for action in ["DeleteItem", "DeleteOrder", "DeleteCategory"] {
        assert_eq!(
            shop.gap(action, json!({ "Item": { "SKU": "A" } })).await,
            "ActionNotSimulated"
        );
    }
    shop.update(json!({ "SKU": "A", "IsActive": "False", "Approved": "False" }))
        .await;
    assert_eq!(shop.skus(json!({ "IsActive": "False" })).await, ["A"]);
    assert_eq!(
        shop.skus(json!({})).await,
        ["A"],
        "it is found all the same"
    );
}

#[tokio::test]
async fn ids_are_given_and_never_written() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A" })).await;
    for name in ["ID", "InventoryID"] {
        let item = json!({ "Item": { "SKU": "A", name: "7" } });
        assert_eq!(shop.gap("UpdateItem", item).await, "ReadOnlyField");
    }
    for name in ["DateUpdated", "AvailableSellQuantity", "CommittedQuantity"] {
        let item = json!({ "Item": { "SKU": "A", name: "7" } });
        assert_eq!(shop.gap("UpdateItem", item).await, "UnknownField");
    }
}

#[tokio::test]
async fn a_gap_in_a_later_row_leaves_nothing_written() {
    let shop = Practice::empty();
    let items = json!({ "Item": [{ "SKU": "A" }, { "SKU": "B", "FreeGifts": {} }] });
    assert_eq!(shop.gap("AddItem", items).await, "UnknownField");
    assert_eq!(shop.skus(json!({})).await.len(), 0);
}

#[tokio::test]
async fn requests_are_wrapped_as_documented() {
    let shop = Practice::empty();
    for (body, gap) in [
        (json!({}), "UndocumentedShape"),
        (
            json!({ "Item": { "SKU": "A" }, "Order": {} }),
            "UndocumentedShape",
        ),
        (json!({ "Item": "A" }), "NotAnObject"),
        (json!({ "Item": [] }), "NoRows"),
        (json!({ "Item": { "SKU": ["A"] } }), "NotAScalar"),
    ] {
        assert_eq!(shop.gap("AddItem", body).await, gap);
    }
}
