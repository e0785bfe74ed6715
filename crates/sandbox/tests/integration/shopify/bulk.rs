//! Bulk operations.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::files::upload;
use super::{Practice, codes, operation_named};

async fn finished(practice: &Practice, id: &Value) -> Value {
    practice.wait(5_000);
    practice.data("bulk_operation", json!({"id": id})).await["bulkOperation"].clone()
}

async fn rows(practice: &Practice, operation: &Value) -> Vec<Value> {
    let answer = practice
        .client
        .get(operation["url"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "a result needs no token");
    let text = answer.text().await.unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

async fn start(practice: &Practice, query: &str) -> Value {
    let started = practice
        .done("bulk_run_query", json!({"query": query}))
        .await;
    started["bulkOperation"].clone()
}

#[tokio::test]
async fn the_whole_shop_comes_as_rows() {
    let practice = Practice::open(2_100);
    let query = "{ products { edges { node { __typename id title
        variants { edges { node { __typename id sku inventoryItem { id tracked } } } } } } } }";
    let started = start(&practice, query).await;
    assert_eq!(started["status"], "CREATED");
    practice.wait(1_000);
    let running = practice.data("bulk_operations_running", json!({})).await;
    assert_eq!(running["bulkOperations"]["nodes"][0]["id"], started["id"]);
    let done = finished(&practice, &started["id"]).await;
    assert_eq!(done["status"], "COMPLETED");
    assert_eq!(done["rootObjectCount"], "2100");
    let rows = rows(&practice, &done).await;
    assert_eq!(done["objectCount"], rows.len().to_string());
    let mut parents = HashSet::new();
    let mut children: HashMap<&str, u32> = HashMap::new();
    for row in &rows {
        if row["__typename"] == "Product" {
            parents.insert(row["id"].as_str().unwrap());
            assert_eq!(row.get("variants"), None);
        } else {
            let parent = row["__parentId"].as_str().unwrap();
            assert!(parents.contains(parent), "a child stands after its parent");
            *children.entry(parent).or_default() += 1;
        }
    }
    assert_eq!(parents.len(), 2_100);
    assert_eq!(children.len(), 2_100);
    assert!(children.values().any(|count| *count == 2_048));
}

#[tokio::test]
async fn the_checked_exports_run() {
    let practice = Practice::open(30);
    for name in ["bulk/bulk_inventory_export", "bulk/bulk_products_export"] {
        let query = operation_named(name).replace("2026-01-01", "2020-01-01");
        let started = start(&practice, &query).await;
        let done = finished(&practice, &started["id"]).await;
        assert_eq!(done["status"], "COMPLETED", "{name}");
        assert!(rows(&practice, &done).await.len() > 30, "{name}");
    }
}

#[tokio::test]
async fn what_is_no_bulk_query_is_refused() {
    let practice = Practice::open(10);
    for (query, message) in [
        (
            "{ shop { name } }",
            "Bulk queries must contain at least one connection.",
        ),
        (
            "{ productVariants { nodes { id } } }",
            "Selecting via 'nodes' is not supported",
        ),
        (
            "{ products { edges { node { title variants { edges { node { id } } } } } } }",
            "must select the 'id' field",
        ),
        ("{ nodes(ids: []) { id } }", "cannot contain a top level"),
        (
            "mutation { tagsAdd(id: \"1\", tags: []) { node { id } } }",
            "only support queries",
        ),
        ("{ nonsense }", "Invalid bulk query"),
    ] {
        let errors = practice
            .refused("bulk_run_query", json!({"query": query}))
            .await;
        assert_eq!(codes(&errors), ["INVALID"], "{query}");
        assert!(
            errors[0]["message"].as_str().unwrap().contains(message),
            "{query}: {}",
            errors[0]
        );
    }
}

#[tokio::test]
async fn five_run_at_once_and_one_can_be_stopped() {
    let practice = Practice::open(10);
    let query = "{ products { edges { node { id } } } }";
    let mut last = Value::Null;
    for _ in 0..5 {
        last = start(&practice, query).await["id"].clone();
    }
    let errors = practice
        .refused("bulk_run_query", json!({"query": query}))
        .await;
    assert_eq!(codes(&errors), ["OPERATION_IN_PROGRESS"]);
    assert!(
        errors[0]["message"]
            .as_str()
            .unwrap()
            .contains(last.as_str().unwrap())
    );
    let stopped = practice.done("bulk_cancel", json!({"id": last})).await;
    assert_eq!(stopped["bulkOperation"]["status"], "CANCELED");
    start(&practice, query).await;
    let nothing = finished(&practice, &last).await;
    assert_eq!(
        (&nothing["status"], &nothing["url"]),
        (&json!("CANCELED"), &Value::Null)
    );
}

#[tokio::test]
async fn a_mutation_runs_for_each_line() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let lines = [
        json!({"productId": mug.product, "variants": [{"id": mug.variant, "price": "1.50"}]})
            .to_string(),
        json!({"productId": mug.product, "variants": [{"id": mug.variant, "price": "-1"}]})
            .to_string(),
        json!({"productId": mug.product}).to_string(),
        String::from("no json"),
    ];
    let key = upload(
        &practice,
        "BULK_MUTATION_VARIABLES",
        lines.join("\n").as_bytes(),
    )
    .await;
    let mutation = operation_named("bulk/bulk_variants_update");
    let variables = json!({"mutation": mutation, "stagedUploadPath": key});
    let started = practice.done("bulk_run_mutation", variables).await;
    let done = finished(&practice, &started["bulkOperation"]["id"]).await;
    assert_eq!(
        (&done["status"], &done["type"]),
        (&json!("COMPLETED"), &json!("MUTATION"))
    );
    let mut rows = rows(&practice, &done).await;
    assert_ne!(rows[0]["__lineNumber"], 0, "lines come in any order");
    rows.sort_by_key(|row| row["__lineNumber"].as_u64().unwrap());
    let payload = |row: &Value| row["data"]["productVariantsBulkUpdate"].clone();
    assert_eq!(payload(&rows[0])["userErrors"], json!([]));
    assert_eq!(
        payload(&rows[1])["userErrors"][0]["code"],
        "GREATER_THAN_OR_EQUAL_TO"
    );
    assert!(rows[2]["errors"].is_array());
    assert!(rows[3]["errors"].is_array());
    let data = practice
        .data("product_by_id", json!({"id": mug.product}))
        .await;
    assert_eq!(data["product"]["variants"]["nodes"][0]["price"], "1.50");
}

#[tokio::test]
async fn many_products_are_set_in_bulk() {
    let practice = Practice::open(10);
    let line = |nth: u32| json!({"identifier": {"handle": format!("bulk-{nth}")}, "input": {"title": format!("Bulk {nth}")}});
    let lines: Vec<String> = (0..300).map(|nth| line(nth).to_string()).collect();
    let key = upload(
        &practice,
        "BULK_MUTATION_VARIABLES",
        lines.join("\n").as_bytes(),
    )
    .await;
    let mutation = operation_named("bulk/bulk_product_set");
    let variables = json!({"mutation": mutation, "stagedUploadPath": key});
    let started = practice.done("bulk_run_mutation", variables).await;
    let done = finished(&practice, &started["bulkOperation"]["id"]).await;
    assert_eq!(done["objectCount"], "300");
    let count = practice.data("products_count", json!({})).await;
    assert_eq!(count["productsCount"]["count"], 310);
}

#[tokio::test]
async fn what_is_no_bulk_mutation_is_refused() {
    let practice = Practice::open(10);
    let run = operation_named("bulk/bulk_product_set");
    let empty = upload(&practice, "BULK_MUTATION_VARIABLES", b"\n").await;
    for (mutation, key, code) in [
        (run.as_str(), json!("tmp/none"), "NO_SUCH_FILE"),
        (run.as_str(), empty.clone(), "INVALID_STAGED_UPLOAD_FILE"),
        ("mutation {", empty.clone(), "INVALID_MUTATION"),
        ("{ shop { name } }", empty.clone(), "INVALID_MUTATION"),
        (
            "mutation A($id: ID!) { bulkOperationCancel(id: $id) { userErrors { message } } }",
            empty.clone(),
            "none",
        ),
    ] {
        let variables = json!({"mutation": mutation, "stagedUploadPath": key});
        let errors = practice.refused("bulk_run_mutation", variables).await;
        assert_eq!(codes(&errors), [code], "{mutation}");
    }
}
