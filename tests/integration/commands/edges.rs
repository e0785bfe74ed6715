//! Numbers at their edges: every command that takes some answers in words, whatever they are.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};
use testing::Place;

const EDGES: [i64; 9] = [
    i64::MIN,
    i64::MIN + 1,
    -1_000_000_001,
    -1,
    0,
    1,
    1_000_000_001,
    i64::MAX - 1,
    i64::MAX,
];

#[tokio::test]
async fn numbers_at_their_edges_are_answered_or_refused() {
    on_each_desktop(async |desktop| {
        let made = desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        let ada = desktop.person("Ada").await;
        let record = uuid::Uuid::now_v7();
        for edge in EDGES {
            let requests: &[(&str, Json)] = &[
                ("products.list", json!({ "offset": edge, "limit": 10 })),
                ("products.list", json!({ "offset": 0, "limit": edge })),
                ("batches.list", json!({ "offset": edge, "limit": 10 })),
                ("batches.list", json!({ "offset": 0, "limit": edge })),
                ("history.list", json!({ "before": edge, "limit": 10 })),
                ("history.list", json!({ "limit": edge })),
                (
                    "history.list",
                    json!({ "filter": { "from": edge, "to": edge } }),
                ),
                (
                    "plans.rows",
                    json!({ "id": record, "offset": edge, "limit": edge }),
                ),
                ("jobs.cancel", json!({ "id": edge })),
                (
                    "products.trash",
                    json!({ "ids": [made["id"]], "version": edge }),
                ),
                (
                    "users.update",
                    json!({
                        "id": ada["id"], "version": edge, "name": "Ada",
                        "email": "ada@example.com", "role": "owner",
                    }),
                ),
            ];
            for (name, request) in requests {
                let answer = desktop.call(name, request.clone()).await;
                let code = answer.as_ref().err().map(|error| error.code);
                assert_ne!(code, Some(Code::Internal), "{name} {request}: {answer:?}");
            }
            for field in ["stock", "store_price", "weight"] {
                let sku = format!("{field} {edge}");
                let fields = json!({ "sku": sku, "name": "Mug", field: edge });
                let saved = desktop
                    .call("products.create", json!({ "fields": fields }))
                    .await;
                if let Err(error) = saved {
                    assert_eq!(error.code, Code::Invalid, "{field} {edge}: {error:?}");
                }
            }
        }
        let fields = json!({ "sku": "LOW", "name": "Mug", "stock": i64::MIN });
        let request = json!({ "fields": fields });
        let error = desktop
            .refused("products.create", request, Code::Invalid)
            .await;
        let told = &error.fields["stock"];
        assert_eq!(told, "Stock on hand is -1,000,000,000 or more.");
        let page = json!({ "offset": 0, "limit": 100 });
        let listed = desktop.ok("products.list", page).await;
        for row in listed["rows"].as_array().unwrap() {
            let stock = row["stock"].as_i64().unwrap_or_default();
            assert!(stock.abs_diff(0) <= 1_000_000_000, "{row}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_sum_that_runs_over_is_an_error_with_a_name() {
    let place = Place::fresh().await.swap_remove(0).1;
    let desktop = TestApp::start(&place).with_owner().await;
    desktop.create(json!({ "sku": "P", "name": "Shirt" })).await;
    for size in ["S", "M", "L"] {
        let fields = json!({
            "sku": size, "name": "Shirt", "parent_sku": "P",
            "option1_name": "Size", "option1_value": size,
        });
        desktop.create(fields).await;
    }
    let large = format!(
        "update products set stock = {} where sku in ('S', 'M')",
        i64::MAX
    );
    desktop.sql(&large).await;
    let fields = json!({
        "sku": "XL", "name": "Shirt", "parent_sku": "P",
        "option1_name": "Size", "option1_value": "XL", "stock": 1,
    });
    let error = desktop
        .refused(
            "products.create",
            json!({ "fields": fields }),
            Code::Invalid,
        )
        .await;
    assert!(error.message.contains("sum is too large"), "{error:?}");
    desktop.app.close().await;
}
