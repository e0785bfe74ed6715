//! Sending orders: in whole and in part, with parcels, and back again.

use serde_json::{Value, json};

use super::{Practice, codes};

/// What `fulfillment_create` is asked for.
fn parcel(part: &Value, lines: Value, number: &str) -> Value {
    let mut group = json!({"fulfillmentOrderId": part["id"]});
    if !lines.is_null() {
        group["fulfillmentOrderLineItems"] = lines;
    }
    json!({"fulfillment": {
        "lineItemsByFulfillmentOrder": [group],
        "trackingInfo": {"company": "DHL Express", "number": number, "url": "https://dhl.example/1"},
        "notifyCustomer": false,
    }})
}

#[tokio::test]
async fn an_order_goes_out_in_two_parcels() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 3)]).await;
    let part = practice.parts(&id).await[0].clone();
    assert_eq!(
        (&part["status"], &part["requestStatus"]),
        (&json!("OPEN"), &json!("UNSUBMITTED"))
    );
    assert_eq!(part["supportedActions"][0]["action"], "CREATE_FULFILLMENT");
    let line = part["lineItems"]["nodes"][0].clone();
    assert_eq!(
        (&line["totalQuantity"], &line["remainingQuantity"]),
        (&json!(3), &json!(3))
    );
    let one = json!([{"id": line["id"], "quantity": 1}]);
    let sent = practice
        .done("fulfillment_create", parcel(&part, one, "A1"))
        .await;
    let sent = &sent["fulfillment"];
    assert_eq!(
        (&sent["status"], &sent["totalQuantity"]),
        (&json!("SUCCESS"), &json!(1))
    );
    assert_eq!(sent["trackingInfo"][0]["number"], "A1");
    assert_eq!(
        sent["fulfillmentLineItems"]["nodes"][0]["lineItem"]["id"],
        line["lineItem"]["id"]
    );
    let order = practice.order(&id).await;
    assert_eq!(order["displayFulfillmentStatus"], "PARTIALLY_FULFILLED");
    assert_eq!(order["lineItems"]["nodes"][0]["unfulfilledQuantity"], 2);
    let part = practice.parts(&id).await[0].clone();
    assert_eq!(part["status"], "IN_PROGRESS");
    assert_eq!(part["lineItems"]["nodes"][0]["remainingQuantity"], 2);
    practice
        .done("fulfillment_create", parcel(&part, Value::Null, "A2"))
        .await;
    let order = practice.order(&id).await;
    assert_eq!(order["displayFulfillmentStatus"], "FULFILLED");
    assert!(
        !order["closedAt"].is_null(),
        "what is sent and paid is archived"
    );
    let numbers: Vec<&Value> = order["fulfillments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["trackingInfo"][0]["number"])
        .collect();
    assert_eq!(numbers, ["A1", "A2"]);
    assert_eq!(
        order["fulfillments"][1]["name"],
        format!("{}-F2", order["name"].as_str().unwrap())
    );
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let practice = Practice::with_orders(48);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let part = practice.parts(&id).await[0].clone();
    let line = &part["lineItems"]["nodes"][0]["id"];
    let refused = async |variables: Value| {
        let errors = practice.refused("fulfillment_create", variables).await;
        (
            errors[0]["field"].clone(),
            errors[0]["message"].as_str().unwrap().to_owned(),
        )
    };
    let fulfillment = json!(["fulfillment"]);
    let three = json!([{"id": line, "quantity": 3}]);
    let message = "Invalid fulfillment order line item quantity requested.";
    let told = refused(parcel(&part, three, "A")).await;
    assert_eq!(told, (fulfillment.clone(), message.to_owned()));
    let strange = json!([{"id": "gid://shopify/FulfillmentOrderLineItem/1", "quantity": 1}]);
    let message = "Fulfillment order line item does not exist.";
    let told = refused(parcel(&part, strange, "A")).await;
    assert_eq!(told, (fulfillment.clone(), message.to_owned()));
    let none = json!([{"id": line, "quantity": 0}]);
    let told = refused(parcel(&part, none, "A")).await;
    assert_eq!(told.1, "Quantity must be greater than 0");
    assert_eq!(told.0[5], "quantity");
    let missing = json!({"id": "gid://shopify/FulfillmentOrder/1"});
    let told = refused(parcel(&missing, Value::Null, "A")).await;
    assert_eq!(
        told,
        (
            fulfillment.clone(),
            String::from("Fulfillment order does not exist.")
        )
    );
    let code = practice
        .error(
            "fulfillment_create",
            parcel(&json!({"id": "12"}), Value::Null, "A"),
        )
        .await;
    assert_eq!(code, "RESOURCE_NOT_FOUND");
    practice
        .done("fulfillment_create", parcel(&part, Value::Null, "A"))
        .await;
    let number = part["id"].as_str().unwrap().rsplit('/').next().unwrap();
    let message = format!("Fulfillment order {number} has an unfulfillable status= closed.");
    let told = refused(parcel(&part, Value::Null, "A")).await;
    assert_eq!(told, (fulfillment.clone(), message), "nothing remains");
    let held = practice.orders("fulfillment_status:on_hold").await[0]["id"].clone();
    let held = practice.parts(held.as_str().unwrap()).await[0].clone();
    let told = refused(parcel(&held, Value::Null, "A")).await;
    assert!(told.1.ends_with("status= on_hold."), "{told:?}");
}

#[tokio::test]
async fn one_parcel_is_for_one_order() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let other = practice.ordered(&[("MUG", 1)]).await;
    let other = practice.parts(&other).await[0].clone();
    let third = practice.ordered(&[("MUG", 1)]).await;
    let third = practice.parts(&third).await[0].clone();
    let mut both = parcel(&other, Value::Null, "A");
    let group = json!({"fulfillmentOrderId": third["id"]});
    both["fulfillment"]["lineItemsByFulfillmentOrder"]
        .as_array_mut()
        .unwrap()
        .push(group);
    let errors = practice.refused("fulfillment_create", both).await;
    let message = "All fulfillment orders must belong to the same order.";
    assert_eq!(errors[0]["message"], message);
}

#[tokio::test]
async fn a_number_is_corrected_and_the_way_is_told() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 1)]).await;
    let part = practice.parts(&id).await[0].clone();
    let sent = practice
        .done("fulfillment_create", parcel(&part, Value::Null, "WRONG"))
        .await;
    let fulfillment = sent["fulfillment"]["id"].clone();
    let before = practice.order(&id).await["updatedAt"].clone();
    practice.wait(2_000);
    let tracking =
        json!({"company": "UPS", "numbers": ["1Z1", "1Z2"], "urls": ["https://ups.example/1"]});
    let variables = json!({"fulfillmentId": fulfillment, "trackingInfoInput": tracking, "notifyCustomer": true});
    let updated = practice
        .done("fulfillment_tracking_update", variables)
        .await;
    assert_eq!(
        updated["fulfillment"]["trackingInfo"],
        json!([
            {"company": "UPS", "number": "1Z1", "url": "https://ups.example/1"},
            {"company": "UPS", "number": "1Z2", "url": null},
        ])
    );
    let order = practice.order(&id).await;
    assert_ne!(
        order["updatedAt"], before,
        "it comes again when orders are asked for"
    );
    let event = json!({
        "fulfillmentId": fulfillment, "status": "DELIVERED", "message": "At the door",
        "happenedAt": "2026-10-31T12:00:00Z",
    });
    let told = practice
        .done("fulfillment_event_create", json!({"event": event}))
        .await;
    assert_eq!(told["fulfillmentEvent"]["message"], "At the door");
    let order = practice.order(&id).await;
    let one = &order["fulfillments"][0];
    assert_eq!(
        (&one["displayStatus"], &one["deliveredAt"]),
        (&json!("DELIVERED"), &json!("2026-10-31T12:00:00Z"))
    );
    let variables = json!({"fulfillmentId": "gid://shopify/Fulfillment/1", "trackingInfoInput": {"number": "1"}});
    let errors = practice
        .refused("fulfillment_tracking_update", variables)
        .await;
    assert_eq!(errors[0]["message"], "Fulfillment does not exist.");
}

#[tokio::test]
async fn a_fulfilment_that_is_cancelled_is_to_be_sent_again() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let part = practice.parts(&id).await[0].clone();
    let sent = practice
        .done("fulfillment_create", parcel(&part, Value::Null, "A"))
        .await;
    let fulfillment = json!({"id": sent["fulfillment"]["id"]});
    let gone = practice
        .done("fulfillment_cancel", fulfillment.clone())
        .await;
    assert_eq!(gone["fulfillment"]["status"], "CANCELLED");
    practice.done("fulfillment_cancel", fulfillment).await;
    let order = practice.order(&id).await;
    assert_eq!(order["displayFulfillmentStatus"], "UNFULFILLED");
    assert_eq!(order["closedAt"], Value::Null);
    let parts = practice.parts(&id).await;
    assert_eq!(parts.len(), 2, "a second cancellation added none");
    assert_eq!(parts[0]["status"], "CLOSED");
    let again = &parts[1]["lineItems"]["nodes"][0];
    assert_ne!(parts[1]["id"], part["id"]);
    assert_eq!(again["remainingQuantity"], 2);
    practice
        .done("fulfillment_create", parcel(&parts[1], Value::Null, "B"))
        .await;
    let open = practice
        .data("fulfillment_orders_open", json!({"first": 50}))
        .await;
    assert_eq!(open["fulfillmentOrders"]["nodes"], json!([]));
}

#[tokio::test]
async fn who_may_not_send_is_told_so() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 1)]).await;
    let part = practice.parts(&id).await[0].clone();
    let shop = || practice.server.shop();
    shop().grant(&["write_orders", "read_merchant_managed_fulfillment_orders"]);
    let code = practice
        .error("fulfillment_create", parcel(&part, Value::Null, "A"))
        .await;
    assert_eq!(code, "ACCESS_DENIED");
    assert_eq!(practice.parts(&id).await.len(), 1);
    shop().grant(&["write_orders"]);
    let code = practice
        .error("order_fulfillment_orders", json!({"id": id}))
        .await;
    assert_eq!(code, "ACCESS_DENIED");
    shop().grant(&["read_orders", "write_third_party_fulfillment_orders"]);
    practice
        .done("fulfillment_create", parcel(&part, Value::Null, "A"))
        .await;
    let errors = practice
        .run("order_update", json!({"input": {"id": id, "note": "x"}}))
        .await;
    let errors = errors["errors"].as_array().unwrap();
    assert_eq!(codes(&[errors[0]["extensions"].clone()]), ["ACCESS_DENIED"]);
}
