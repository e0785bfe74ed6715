//! To the trash and back.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

async fn id(desktop: &TestApp, sku: &str) -> Json {
    let found = desktop.ok("products.find", json!({ "skus": [sku] })).await;
    found[0]["id"].clone()
}

async fn family(desktop: &TestApp) {
    desktop
        .create(json!({ "sku": "SHIRT", "name": "Shirt" }))
        .await;
    for colour in ["Black", "White", "Red"] {
        desktop
            .create(json!({
                "sku": format!("SHIRT-{colour}"), "name": "Shirt", "parent_sku": "SHIRT",
                "stock": 1, "option1_name": "Colour", "option1_value": colour,
            }))
            .await;
    }
}

async fn live(desktop: &TestApp) -> Vec<String> {
    let request = json!({ "offset": 0, "limit": 100, "sort": "sku" });
    let page = desktop.ok("products.list", request).await;
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| row["sku"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_variant_goes_and_comes_with_its_parent() {
    on_each_desktop(async |desktop| {
        family(desktop).await;
        let red = id(desktop, "SHIRT-Red").await;
        desktop.ok("products.trash", json!({ "ids": [red] })).await;
        let shirt = id(desktop, "SHIRT").await;
        let moved = desktop
            .ok("products.trash", json!({ "ids": [shirt, shirt] }))
            .await;
        assert_eq!((&moved["moved"], &moved["kept"]), (&json!(3), &json!([])));
        assert_eq!(live(desktop).await, Vec::<String>::new());
        let batch = desktop
            .ok("batches.get", json!({ "id": moved["batchId"] }))
            .await;
        assert_eq!(batch["label"], "SHIRT and 2 more");
        let counts = &batch["counts"];
        assert_eq!(
            (&counts["updated"], &counts["trashed"]),
            (&json!(3), &json!(3))
        );

        let restored = desktop
            .ok("products.restore", json!({ "ids": [shirt] }))
            .await;
        assert_eq!(restored["moved"], 3);
        assert_eq!(
            live(desktop).await,
            ["SHIRT", "SHIRT-Black", "SHIRT-White"],
            "the red one was trashed by itself before"
        );
        let detail = desktop.ok("products.get", json!({ "id": shirt })).await;
        assert_eq!(detail["product"]["fields"]["stock"], 2);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_moved_is_kept_and_named() {
    on_each_desktop(async |desktop| {
        family(desktop).await;
        let (shirt, black) = (id(desktop, "SHIRT").await, id(desktop, "SHIRT-Black").await);
        let kept = desktop
            .ok("products.restore", json!({ "ids": [black] }))
            .await;
        assert_eq!(kept["kept"][0]["reason"], "It does not lie in the trash.");
        assert_eq!(kept["batchId"], json!(null));
        desktop
            .ok("products.trash", json!({ "ids": [shirt] }))
            .await;
        let kept = desktop
            .ok("products.restore", json!({ "ids": [black] }))
            .await;
        assert_eq!(kept["moved"], 0);
        assert_eq!(kept["kept"][0]["code"], "SHIRT-Black");
        let reason = "Its parent SHIRT lies in the trash. Restore SHIRT.";
        assert_eq!(kept["kept"][0]["reason"], reason);
        let nobody = "0198c5b2-7c11-7000-8000-000000000001";
        let kept = desktop
            .ok("products.trash", json!({ "ids": [shirt, nobody] }))
            .await;
        assert_eq!(kept["kept"].as_array().unwrap().len(), 2, "{kept}");
    })
    .await;
}

#[tokio::test]
async fn a_selection_has_a_limit() {
    on_each_desktop(async |desktop| {
        let ids: Vec<_> = (0..5_001)
            .map(|_| domain::values::RecordId::new())
            .collect();
        let error = desktop
            .refused("products.trash", json!({ "ids": ids }), Code::Invalid)
            .await;
        assert!(error.message.contains("5000"), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_place_that_was_taken_meanwhile_is_not_taken_back() {
    on_each_desktop(async |desktop| {
        family(desktop).await;
        let black = id(desktop, "SHIRT-Black").await;
        desktop
            .ok("products.trash", json!({ "ids": [black] }))
            .await;
        desktop
            .create(json!({
                "sku": "SHIRT-B2", "name": "Shirt", "parent_sku": "SHIRT",
                "option1_name": "Colour", "option1_value": "black",
            }))
            .await;
        let kept = desktop
            .ok("products.restore", json!({ "ids": [black] }))
            .await;
        let reason = "The variant SHIRT-B2 has the same options.";
        assert_eq!(kept["kept"][0]["reason"], reason);
    })
    .await;
}

#[tokio::test]
async fn what_lies_in_the_trash_is_not_edited() {
    on_each_desktop(async |desktop| {
        let mug = desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        desktop
            .ok("products.trash", json!({ "ids": [mug["id"]] }))
            .await;
        let change = json!([{ "field": "name", "old": "Mug", "new": "Bowl" }]);
        let request = json!({ "id": mug["id"], "version": 1, "changes": change });
        let error = desktop
            .refused("products.update", request, Code::Conflict)
            .await;
        assert_eq!(error.message, "AB-1 lies in the trash.");
        let request = json!({ "filter": { "trashed": true }, "offset": 0, "limit": 10 });
        let page = desktop.ok("products.list", request).await;
        assert_eq!(page["rows"][0]["sku"], "AB-1");
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_for_good_is_gone_with_its_variants_and_its_history_stays() {
    on_each_desktop(async |desktop| {
        family(desktop).await;
        let (shirt, red) = (id(desktop, "SHIRT").await, id(desktop, "SHIRT-Red").await);
        let both = json!({ "ids": [shirt, red] });
        let kept = desktop.ok("products.purge", both.clone()).await;
        assert_eq!(kept["moved"], 0);
        assert_eq!(kept["kept"][0]["reason"], "It does not lie in the trash.");

        desktop
            .ok("products.trash", json!({ "ids": [shirt] }))
            .await;
        let one = desktop.ok("products.purge", json!({ "ids": [red] })).await;
        assert_eq!((&one["moved"], &one["kept"]), (&json!(1), &json!([])));
        let rest = desktop
            .ok("products.purge", json!({ "ids": [shirt] }))
            .await;
        assert_eq!((&rest["moved"], &rest["kept"]), (&json!(3), &json!([])));
        let skus = json!({ "skus": ["SHIRT", "SHIRT-Red", "SHIRT-Black", "SHIRT-White"] });
        assert_eq!(desktop.ok("products.find", skus).await, json!([]));

        let history = desktop.ok("products.history", json!({ "id": shirt })).await;
        assert_eq!(history[0]["operation"], "purge");
        assert_eq!(history[0]["label"], "SHIRT");
        let again = desktop.ok("products.purge", both).await;
        assert_eq!(again["kept"][1]["reason"], "It is not there any more.");
        desktop
            .create(json!({ "sku": "SHIRT", "name": "Another shirt" }))
            .await;
    })
    .await;
}
