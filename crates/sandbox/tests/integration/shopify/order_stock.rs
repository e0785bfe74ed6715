//! What orders do to stock, and that it fits with what was there.

use sandbox::Edit;
use serde_json::{Value, json};

use super::Practice;

#[tokio::test]
async fn an_order_sets_aside_and_sending_takes_away() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let product = json!({"id": mug.product});
    let before =
        practice.data("product_by_id", product.clone()).await["product"]["updatedAt"].clone();
    practice.wait(2_000);
    let id = practice.ordered(&[("MUG", 3)]).await;
    assert_eq!(practice.shelf(&mug).await, (7, 3, 10));
    let after = practice.data("product_by_id", product).await["product"]["updatedAt"].clone();
    assert_ne!(before, after, "an order is an update of the product");
    let part = practice.parts(&id).await[0].clone();
    let line = &part["lineItems"]["nodes"][0]["id"];
    let group = json!({"fulfillmentOrderId": part["id"], "fulfillmentOrderLineItems": [{"id": line, "quantity": 2}]});
    let sent = json!({"fulfillment": {"lineItemsByFulfillmentOrder": [group]}});
    let sent = practice.done("fulfillment_create", sent).await;
    assert_eq!(practice.shelf(&mug).await, (7, 1, 8));
    practice
        .done(
            "fulfillment_cancel",
            json!({"id": sent["fulfillment"]["id"]}),
        )
        .await;
    assert_eq!(practice.shelf(&mug).await, (7, 3, 10));
    let cancel = json!({"orderId": id, "reason": "OTHER", "restock": false});
    practice.data("order_cancel", cancel).await;
    practice.wait(3_000);
    assert_eq!(
        practice.shelf(&mug).await,
        (7, 0, 7),
        "they are gone without restocking"
    );
}

/// What of an inventory item is set aside, by the orders themselves.
async fn set_aside(practice: &Practice, item: &str) -> i64 {
    let mut sum = 0;
    let mut after = Value::Null;
    loop {
        let variables = json!({"first": 100, "after": after});
        let data = practice.ask(OPEN, variables).await["data"]["fulfillmentOrders"].clone();
        for part in data["nodes"].as_array().unwrap() {
            for line in part["lineItems"]["nodes"].as_array().unwrap() {
                if line["inventoryItemId"] == item {
                    sum += line["remainingQuantity"].as_i64().unwrap();
                }
            }
        }
        if data["pageInfo"]["hasNextPage"] == false {
            return sum;
        }
        after = data["pageInfo"]["endCursor"].clone();
    }
}

const OPEN: &str = "query Open($first: Int!, $after: String) {
    fulfillmentOrders(first: $first, after: $after, includeClosed: false) {
        nodes { id lineItems(first: 100) { nodes { remainingQuantity inventoryItemId } } }
        pageInfo { hasNextPage endCursor } } }";

const LEVELS: &str = "{ inventoryItems(first: 250) { nodes { id tracked inventoryLevels(first: 5) {
    nodes { quantities(names: [\"available\", \"committed\", \"on_hand\"]) { quantity } } } } } }";

#[tokio::test]
async fn what_is_committed_is_what_orders_wait_for() {
    let practice = Practice::with_orders(96);
    let made = practice.server.edit_by_chance(3, 400);
    let about_orders =
        |edit: &&Edit| matches!(edit, Edit::PlaceOrder { .. } | Edit::ShipOrder { .. });
    assert!(made.iter().filter(about_orders).count() > 20);
    practice.wait(5_000);
    let data = practice.ask(LEVELS, json!({})).await["data"].clone();
    let mut busy = 0;
    for item in data["inventoryItems"]["nodes"].as_array().unwrap() {
        let mut committed = 0;
        for level in item["inventoryLevels"]["nodes"].as_array().unwrap() {
            let quantity = |place: usize| level["quantities"][place]["quantity"].as_i64().unwrap();
            assert_eq!(quantity(0) + quantity(1), quantity(2), "{item}");
            committed += quantity(1);
        }
        if committed != 0 && item["tracked"] == true {
            busy += 1;
            let id = item["id"].as_str().unwrap();
            assert_eq!(committed, set_aside(&practice, id).await, "{item}");
        }
    }
    assert!(busy > 5, "{busy}");
}
