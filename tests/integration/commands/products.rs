//! Products: create, check, list, look.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

fn shirt(sku: &str, colour: &str) -> Json {
    json!({
        "sku": sku, "name": "Shirt", "parent_sku": "SHIRT", "stock": 2,
        "option1_name": "Colour", "option1_value": colour,
    })
}

async fn family(desktop: &TestApp) -> (Json, Json) {
    let parent = desktop
        .create(json!({ "sku": "SHIRT", "name": "Shirt" }))
        .await;
    let black = desktop.create(shirt("SHIRT-B", "Black")).await;
    (parent, black)
}

#[tokio::test]
async fn what_is_created_is_tidied_listed_found_and_counted() {
    on_each_desktop(async |desktop| {
        let fields = json!({
            "sku": " AB-1 ", "name": " Blue mug ", "tags": ["sale", "blue", "sale"], "stock": null,
        });
        let mug = desktop.create(fields).await;
        assert_eq!(mug["fields"]["sku"], "AB-1");
        assert_eq!(mug["fields"]["name"], "Blue mug");
        assert_eq!(mug["fields"]["tags"], json!(["blue", "sale"]));
        assert_eq!(mug["fields"]["stock"], 0);
        let request = json!({ "filter": { "search": "mug" }, "offset": 0, "limit": 10 });
        let page = desktop.ok("products.list", request).await;
        assert_eq!(page["rows"][0]["sku"], "AB-1");
        let count = desktop.ok("products.count", json!({})).await;
        assert_eq!(count, json!({ "count": 1, "exact": true }));
        let request = json!({ "skus": ["nothing", "AB-1 ", "ab-1"] });
        let found = desktop.ok("products.find", request).await;
        assert_eq!(
            found.as_array().unwrap().len(),
            1,
            "a SKU is compared exactly: {found}"
        );
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["empty"], false);
    })
    .await;
}

#[tokio::test]
async fn a_page_has_limits() {
    on_each_desktop(async |desktop| {
        for (name, more) in [
            ("products.list", json!({})),
            ("batches.list", json!({})),
            (
                "batches.entries",
                json!({ "id": "0198c5b2-7c11-7000-8000-000000000001" }),
            ),
        ] {
            for (offset, limit) in [(-1, 10), (0, 0), (0, 501)] {
                let mut request = more.clone();
                (request["offset"], request["limit"]) = (json!(offset), json!(limit));
                desktop.refused(name, request, Code::Invalid).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_broken_rule_stands_at_its_field() {
    on_each_desktop(async |desktop| {
        family(desktop).await;
        desktop
            .create(json!({ "sku": "OLD", "name": "Old mug" }))
            .await;
        let old = desktop
            .ok("products.find", json!({ "skus": ["OLD"] }))
            .await;
        desktop
            .ok("products.trash", json!({ "ids": [old[0]["id"]] }))
            .await;
        let twin = shirt("SHIRT-B2", "black");
        for (fields, field, part) in [
            (json!({ "name": "Mug" }), "sku", "SKU is needed"),
            (json!({ "sku": "A" }), "name", "Name is needed"),
            (
                json!({ "sku": "SHIRT", "name": "Mug" }),
                "sku",
                "Shirt has this SKU already",
            ),
            (
                json!({ "sku": "OLD", "name": "Mug" }),
                "sku",
                "lies in the trash (Old mug). Restore",
            ),
            (
                json!({ "sku": "A", "name": "A", "parent_sku": "NO" }),
                "parent_sku",
                "no product",
            ),
            (
                json!({ "sku": "A", "name": "A", "parent_sku": "OLD" }),
                "parent_sku",
                "trash",
            ),
            (
                json!({ "sku": "A", "name": "A", "parent_sku": "A" }),
                "parent_sku",
                "itself",
            ),
            (
                json!({ "sku": "A", "name": "A", "parent_sku": "SHIRT-B" }),
                "parent_sku",
                "a variant has no variants",
            ),
            (
                twin,
                "option1_value",
                "The variant SHIRT-B has the same options",
            ),
        ] {
            let request = json!({ "fields": fields });
            let problems = desktop.ok("products.check", request.clone()).await;
            let found = problems
                .as_array()
                .unwrap()
                .iter()
                .find(|p| p["field"] == field);
            let message = found.unwrap_or_else(|| panic!("{field}: {problems}"))["message"].clone();
            assert!(message.as_str().unwrap().contains(part), "{message}");
            let error = desktop
                .refused("products.create", request, Code::Invalid)
                .await;
            assert_eq!(json!(error.fields[field]), message);
        }
    })
    .await;
}

#[tokio::test]
async fn a_family_keeps_its_rules_when_it_changes() {
    on_each_desktop(async |desktop| {
        let (parent, black) = family(desktop).await;
        desktop.create(shirt("SHIRT-W", "White")).await;
        desktop.create(json!({ "sku": "HAT", "name": "Hat" })).await;
        let detail = desktop
            .ok("products.get", json!({ "id": parent["id"] }))
            .await;
        assert_eq!(
            detail["product"]["fields"]["stock"], 4,
            "the sum of its variants"
        );
        let skus: Vec<_> = detail["variants"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["sku"])
            .collect();
        assert_eq!(skus, ["SHIRT-B", "SHIRT-W"]);
        for (product, field, old, new, part) in [
            (
                &parent,
                "stock",
                json!(4),
                json!(9),
                "is the sum of the variants",
            ),
            (
                &parent,
                "parent_sku",
                json!(null),
                json!("HAT"),
                "it cannot become one",
            ),
            (
                &black,
                "option1_value",
                json!("Black"),
                json!("WHITE"),
                "same options",
            ),
            (
                &black,
                "sku",
                json!("SHIRT-B"),
                json!("HAT"),
                "has this SKU already",
            ),
            (
                &black,
                "sku",
                json!("SHIRT-B"),
                json!(null),
                "SKU is needed",
            ),
            (&black, "stock", json!(2), json!("many"), "another kind"),
        ] {
            let change = json!([{ "field": field, "old": old, "new": new }]);
            let request = json!({ "id": product["id"], "version": 1, "changes": change });
            let error = desktop
                .refused("products.update", request, Code::Invalid)
                .await;
            assert!(error.fields[field].contains(part), "{error:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_save_is_a_batch_of_one_in_the_persons_name() {
    on_each_desktop(async |desktop| {
        let fields = json!({ "sku": "AB-1", "name": "Mug", "store_price": 125_000 });
        let saved = desktop
            .ok("products.create", json!({ "fields": fields }))
            .await;
        let batch = desktop
            .ok("batches.get", json!({ "id": saved["batchId"] }))
            .await;
        assert_eq!(
            (&batch["origin"], &batch["label"]),
            (&json!("form"), &json!("AB-1"))
        );
        assert_eq!(
            (&batch["person"], &batch["state"]),
            (&json!("Ada"), &json!("done"))
        );
        assert_eq!(
            (&batch["counts"]["read"], &batch["counts"]["created"]),
            (&json!(1), &json!(1))
        );
        let page = desktop
            .ok("batches.list", json!({ "offset": 0, "limit": 10 }))
            .await;
        assert_eq!((&page["total"], &page["rows"][0]), (&json!(1), &batch));
        let request = json!({ "id": saved["batchId"], "offset": 0, "limit": 10 });
        let entries = desktop.ok("batches.entries", request).await;
        let changes = entries["rows"][0]["changes"].as_array().unwrap();
        let price = changes
            .iter()
            .find(|change| change["field"] == "store_price")
            .unwrap();
        assert_eq!(
            *price,
            json!({
                "field": "store_price", "label": "Store price", "kind": "money",
                "old": null, "new": 125_000,
            })
        );
    })
    .await;
}

#[tokio::test]
async fn a_huge_filter_is_answered_or_refused_in_words() {
    on_each_desktop(async |desktop| {
        let words = |count: usize| vec!["a"; count].join(" ");
        let brands = |count: usize| (0..count).map(|at| format!("b{at}")).collect::<Vec<_>>();
        for filter in [
            json!({ "search": words(250) }),
            json!({ "search": "x".repeat(500) }),
            json!({ "search": "\"'%_\\*^ -".repeat(50) }),
            json!({ "brands": brands(1_000) }),
        ] {
            let list = json!({ "filter": filter, "offset": 0, "limit": 10 });
            desktop.ok("products.list", list).await;
            desktop
                .ok("products.count", json!({ "filter": filter }))
                .await;
        }
        for filter in [
            json!({ "search": words(251) }),
            json!({ "brands": brands(1_001) }),
        ] {
            let list = json!({ "filter": filter, "offset": 0, "limit": 10 });
            desktop.refused("products.list", list, Code::Invalid).await;
        }
    })
    .await;
}
