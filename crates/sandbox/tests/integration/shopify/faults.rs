//! Lost answers: what was done is done once.

use sandbox::{Aim, Chance, Fault};
use serde_json::{Value, json};

use super::{Practice, operation_named};

pub(super) async fn try_to(
    practice: &Practice,
    operation: &str,
    variables: &Value,
) -> Option<Value> {
    let url = format!("{}/admin/api/2026-10/graphql.json", practice.server.url());
    let body = json!({"query": operation_named(operation), "variables": variables});
    let request = practice
        .client
        .post(url)
        .header("x-shopify-access-token", &practice.token);
    let answer = request.json(&body).send().await.ok()?;
    answer.json().await.ok()
}

#[tokio::test]
async fn a_product_whose_answer_was_lost_is_there() {
    let practice = Practice::open(10);
    practice
        .server
        .fault(Aim::next(Fault::LostReply, "ProductCreate"));
    let variables = json!({"product": {"title": "Lost mug"}});
    assert_eq!(try_to(&practice, "product_create", &variables).await, None);
    let count = practice
        .data("products_count", json!({"query": "title:'Lost mug'"}))
        .await;
    assert_eq!(count["productsCount"]["count"], 1);
    practice
        .server
        .fault(Aim::next(Fault::LostRequest, "ProductCreate"));
    assert_eq!(try_to(&practice, "product_create", &variables).await, None);
    let count = practice
        .data("products_count", json!({"query": "title:'Lost mug'"}))
        .await;
    assert_eq!(
        count["productsCount"]["count"], 1,
        "what never came was not done"
    );
    try_to(&practice, "product_create", &variables)
        .await
        .unwrap();
    let count = practice
        .data("products_count", json!({"query": "title:'Lost mug'"}))
        .await;
    assert_eq!(
        count["productsCount"]["count"], 2,
        "a blind repetition doubles"
    );
}

#[tokio::test]
async fn stock_with_a_key_is_right_after_a_hundred_lost_answers() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let shop = practice.locations().await[0].clone();
    let chance = Chance {
        seed: 11,
        per_million: 400_000,
        faults: Vec::new(),
    };
    practice.server.faults().by_chance(chance);
    for nth in 0..100 {
        let change = json!({
            "inventoryItemId": mug.item, "locationId": shop, "delta": 1, "changeFromQuantity": null,
        });
        let input = json!({"name": "available", "reason": "received", "changes": [change]});
        let variables = json!({"input": input, "idempotencyKey": format!("key-{nth}")});
        loop {
            practice.wait(1_000);
            let answer = try_to(&practice, "inventory_adjust_quantities", &variables).await;
            if answer.is_some_and(|answer| {
                answer["data"]["inventoryAdjustQuantities"]["userErrors"] == json!([])
            }) {
                break;
            }
        }
    }
    practice.server.faults().clear();
    assert!(practice.server.faults().happened().len() > 30);
    let data = practice
        .data("inventory_levels_for_item", json!({"id": mug.item}))
        .await;
    let level = &data["inventoryItem"]["inventoryLevels"]["nodes"][0];
    assert_eq!(level["quantities"][0]["quantity"], 100);
}
