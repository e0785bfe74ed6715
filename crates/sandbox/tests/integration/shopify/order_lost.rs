//! Lost answers to what is done with orders: it is done once, and reading shows it.

use sandbox::{Aim, Chance, Fault};
use serde_json::{Value, json};

use super::Practice;
use super::faults::try_to;

fn everything(part: &Value) -> Value {
    let group = json!({"fulfillmentOrderId": part["id"]});
    json!({"fulfillment": {"lineItemsByFulfillmentOrder": [group], "trackingInfo": {"number": "T1"}}})
}

#[tokio::test]
async fn a_parcel_whose_answer_was_lost_is_there_once() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let part = practice.parts(&id).await[0].clone();
    for fault in [Fault::LostReply, Fault::CutReply] {
        practice.server.fault(Aim::next(fault, "FulfillmentCreate"));
        assert_eq!(
            try_to(&practice, "fulfillment_create", &everything(&part)).await,
            None
        );
        let order = practice.order(&id).await;
        assert_eq!(order["fulfillments"].as_array().unwrap().len(), 1);
        assert_eq!(order["fulfillments"][0]["trackingInfo"][0]["number"], "T1");
    }
    let errors = practice
        .refused("fulfillment_create", everything(&part))
        .await;
    assert!(
        errors[0]["message"]
            .as_str()
            .unwrap()
            .contains("unfulfillable"),
        "nothing remains"
    );
    assert_eq!(practice.shelf(&mug).await, (8, 0, 8));
}

#[tokio::test]
async fn half_of_an_order_is_sent_twice_by_who_repeats_blindly() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let part = practice.parts(&id).await[0].clone();
    let mut half = everything(&part);
    let line = json!([{"id": part["lineItems"]["nodes"][0]["id"], "quantity": 1}]);
    half["fulfillment"]["lineItemsByFulfillmentOrder"][0]["fulfillmentOrderLineItems"] = line;
    practice
        .server
        .fault(Aim::next(Fault::LostReply, "FulfillmentCreate"));
    assert_eq!(try_to(&practice, "fulfillment_create", &half).await, None);
    practice.done("fulfillment_create", half).await;
    assert_eq!(
        practice.order(&id).await["fulfillments"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn what_never_came_was_not_done() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 1)]).await;
    let part = practice.parts(&id).await[0].clone();
    let server_error = Fault::ServerError {
        status: 502,
        done: false,
    };
    for fault in [Fault::LostRequest, Fault::Throttled, server_error] {
        practice.server.fault(Aim::next(fault, "FulfillmentCreate"));
        let answer = try_to(&practice, "fulfillment_create", &everything(&part)).await;
        let said = answer.unwrap_or_default();
        assert_eq!(said["data"], Value::Null);
        assert_eq!(practice.parts(&id).await[0]["status"], "OPEN");
    }
}

#[tokio::test]
async fn cancelling_and_refunding_are_done_once_too() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let order = practice.order(&id).await;
    let money = json!([{
        "orderId": id, "parentId": order["transactions"][0]["id"], "kind": "REFUND", "gateway": "x", "amount": "5.00",
    }]);
    let refund = json!({"input": {"orderId": id, "transactions": money}, "idempotencyKey": "lost"});
    practice
        .server
        .fault(Aim::next(Fault::LostReply, "RefundCreate"));
    assert_eq!(try_to(&practice, "refund_create", &refund).await, None);
    practice.done("refund_create", refund).await;
    assert_eq!(
        practice.order(&id).await["refunds"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let method = json!({"originalPaymentMethodsRefund": true});
    let cancel = json!({"orderId": id, "reason": "STAFF", "restock": true, "refundMethod": method});
    practice
        .server
        .fault(Aim::next(Fault::LostReply, "OrderCancel"));
    assert_eq!(try_to(&practice, "order_cancel", &cancel).await, None);
    practice.wait(5_000);
    let order = practice.order(&id).await;
    assert!(!order["cancelledAt"].is_null());
    assert_eq!(order["refunds"].as_array().unwrap().len(), 2);
    assert_eq!(practice.shelf(&mug).await, (10, 0, 10));
    let shown = practice.orders("").await[0].clone();
    assert_eq!(shown["totalRefundedSet"], shown["totalReceivedSet"]);
}

#[tokio::test]
async fn thirty_orders_are_sent_once_through_storms() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let mut ids = Vec::new();
    for _ in 0..30 {
        ids.push(practice.ordered(&[("MUG", 2)]).await);
    }
    let chance = Chance {
        seed: 4,
        per_million: 350_000,
        faults: Vec::new(),
    };
    practice.server.faults().by_chance(chance);
    for id in &ids {
        loop {
            practice.wait(1_000);
            let variables = json!({"id": id});
            let Some(read) = try_to(&practice, "order_fulfillment_orders", &variables).await else {
                continue;
            };
            let Some(parts) = read["data"]["order"]["fulfillmentOrders"]["nodes"].as_array() else {
                continue;
            };
            // What remains is read before anything is repeated.
            match parts.iter().find(|part| part["status"] == "OPEN") {
                Some(part) => {
                    drop(try_to(&practice, "fulfillment_create", &everything(part)).await)
                }
                None => break,
            }
        }
    }
    practice.server.faults().clear();
    assert!(practice.server.faults().happened().len() > 20);
    for id in &ids {
        let order = practice.order(id).await;
        assert_eq!(order["displayFulfillmentStatus"], "FULFILLED");
        assert_eq!(order["fulfillments"].as_array().unwrap().len(), 1);
    }
    assert_eq!(practice.shelf(&mug).await, (-50, 0, -50));
}
