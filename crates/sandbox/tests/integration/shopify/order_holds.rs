//! Holding fulfilment orders back, letting them go, and moving them.

use serde_json::{Value, json};

use super::{Practice, codes};

fn hold(part: &Value, handle: &str, lines: Value) -> Value {
    let hold = json!({
        "reason": "OTHER", "reasonNotes": "Waits for the customer", "handle": handle,
        "fulfillmentOrderLineItems": lines,
    });
    json!({"id": part["id"], "hold": hold})
}

#[tokio::test]
async fn a_hold_is_released_by_name() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let part = practice.parts(&id).await[0].clone();
    let one = practice
        .done("fulfillment_order_hold", hold(&part, "a", json!([])))
        .await;
    let two = practice
        .done("fulfillment_order_hold", hold(&part, "b", json!([])))
        .await;
    assert_eq!(two["fulfillmentOrder"]["status"], "ON_HOLD");
    let errors = practice
        .refused("fulfillment_order_hold", hold(&part, "b", json!([])))
        .await;
    assert_eq!(codes(&errors), ["DUPLICATE_FULFILLMENT_HOLD_HANDLE"]);
    assert_eq!(
        practice.order(&id).await["displayFulfillmentStatus"],
        "ON_HOLD"
    );
    let held = practice.parts(&id).await[0].clone();
    assert_eq!(held["fulfillmentHolds"].as_array().unwrap().len(), 2);
    assert_eq!(
        held["fulfillmentHolds"][0]["reasonNotes"],
        "Waits for the customer"
    );
    let actions: Vec<&Value> = held["supportedActions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["action"])
        .collect();
    assert_eq!(actions, ["RELEASE_HOLD", "HOLD", "MOVE"]);
    let release = |holds: Value| json!({"id": part["id"], "holdIds": holds});
    let first = release(json!([one["fulfillmentHold"]["id"]]));
    let still = practice.done("fulfillment_order_release_hold", first).await;
    assert_eq!(still["fulfillmentOrder"]["status"], "ON_HOLD");
    let open = practice
        .done("fulfillment_order_release_hold", release(Value::Null))
        .await;
    assert_eq!(open["fulfillmentOrder"]["status"], "OPEN");
    let missing = json!({"id": "gid://shopify/FulfillmentOrder/1"});
    let code = practice
        .error("fulfillment_order_hold", hold(&missing, "a", json!([])))
        .await;
    assert_eq!(code, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn a_part_is_held_and_the_rest_can_go() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 5)]).await;
    let part = practice.parts(&id).await[0].clone();
    let line = &part["lineItems"]["nodes"][0]["id"];
    let six = json!([{"id": line, "quantity": 6}]);
    let errors = practice
        .refused("fulfillment_order_hold", hold(&part, "a", six))
        .await;
    assert_eq!(codes(&errors), ["INVALID_LINE_ITEM_QUANTITY"]);
    let two = json!([{"id": line, "quantity": 2}]);
    practice
        .done("fulfillment_order_hold", hold(&part, "a", two.clone()))
        .await;
    let parts = practice.parts(&id).await;
    let quantity = |part: &Value| part["lineItems"]["nodes"][0]["remainingQuantity"].clone();
    assert_eq!(
        (&parts[0]["status"], quantity(&parts[0])),
        (&json!("ON_HOLD"), json!(2))
    );
    assert_eq!(
        (&parts[1]["status"], quantity(&parts[1])),
        (&json!("OPEN"), json!(3))
    );
    let errors = practice
        .refused("fulfillment_order_hold", hold(&part, "b", two))
        .await;
    assert_eq!(codes(&errors), ["FULFILLMENT_ORDER_NOT_SPLITTABLE"]);
    let order = practice.order(&id).await;
    assert_eq!(order["displayFulfillmentStatus"], "UNFULFILLED");
    assert_eq!(order["lineItems"]["nodes"][0]["unfulfilledQuantity"], 5);
    let rest = json!({"lineItemsByFulfillmentOrder": [{"fulfillmentOrderId": parts[1]["id"]}]});
    practice
        .done("fulfillment_create", json!({"fulfillment": rest}))
        .await;
    let order = practice.order(&id).await;
    assert_eq!(
        order["displayFulfillmentStatus"], "ON_HOLD",
        "all that is unsent is held"
    );
}

#[tokio::test]
async fn it_is_sent_from_another_place() {
    let practice = Practice::with_orders(0);
    let (mug, shop) = practice.stocked_mug("MUG").await;
    let other = practice.locations().await[1].clone();
    let id = practice.ordered(&[("MUG", 4)]).await;
    let part = practice.parts(&id).await[0].clone();
    assert_eq!(part["assignedLocation"]["location"]["id"], shop);
    let line = &part["lineItems"]["nodes"][0]["id"];
    let one = json!([{"id": line, "quantity": 1}]);
    let wish = json!({"id": part["id"], "newLocationId": other, "lineItems": one});
    let errors = practice
        .refused("fulfillment_order_move", wish.clone())
        .await;
    assert_eq!(
        errors[0]["field"],
        json!(["newLocationId"]),
        "it is not stocked there"
    );
    let stocked = json!({"inventoryItemId": mug.item, "locationId": other, "available": 7, "idempotencyKey": "k"});
    practice.done("inventory_activate", stocked).await;
    let moved = practice.done("fulfillment_order_move", wish).await;
    assert_eq!(moved["movedFulfillmentOrder"]["id"], part["id"]);
    let rest = &moved["remainingFulfillmentOrder"]["id"];
    let parts = practice.parts(&id).await;
    assert_eq!(parts[0]["assignedLocation"]["location"]["id"], other);
    assert_eq!(
        (
            &parts[1]["id"],
            &parts[1]["assignedLocation"]["location"]["id"]
        ),
        (rest, &json!(shop))
    );
    let data = practice
        .data("inventory_levels_for_item", json!({"id": mug.item}))
        .await;
    let levels = data["inventoryItem"]["inventoryLevels"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    let shown: Vec<(&Value, &Value)> = levels
        .iter()
        .map(|level| {
            (
                &level["quantities"][0]["quantity"],
                &level["quantities"][2]["quantity"],
            )
        })
        .collect();
    assert_eq!(shown, [(&json!(7), &json!(3)), (&json!(6), &json!(1))]);
    let sent = json!({"lineItemsByFulfillmentOrder": [
        {"fulfillmentOrderId": parts[0]["id"]}, {"fulfillmentOrderId": parts[1]["id"]},
    ]});
    let errors = practice
        .refused("fulfillment_create", json!({"fulfillment": sent}))
        .await;
    let message = "All fulfillment orders must be assigned to a single location.";
    assert_eq!(errors[0]["message"], message);
}
