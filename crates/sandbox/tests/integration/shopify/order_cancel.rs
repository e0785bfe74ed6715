//! Cancelling orders, which takes a while.

use serde_json::{Value, json};

use super::Practice;

fn wish(id: &str, more: &Value) -> Value {
    let mut wish = json!({"orderId": id, "reason": "CUSTOMER", "restock": true});
    for (key, value) in more.as_object().unwrap() {
        wish[key] = value.clone();
    }
    wish
}

async fn cancel(practice: &Practice, wish: Value) -> Value {
    practice.data("order_cancel", wish).await["orderCancel"].clone()
}

#[tokio::test]
async fn a_cancellation_is_a_job() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 3)]).await;
    assert_eq!(practice.shelf(&mug).await, (7, 3, 10));
    let refund = json!({"refundMethod": {"originalPaymentMethodsRefund": true}});
    let asked = cancel(&practice, wish(&id, &refund)).await;
    assert_eq!(asked["orderCancelUserErrors"], json!([]));
    assert_eq!(asked["job"]["done"], false);
    assert_eq!(asked["jobResult"]["status"], "STARTED");
    let job = json!({"id": asked["job"]["id"]});
    let result = json!({"id": asked["jobResult"]["id"]});
    assert_eq!(
        practice.data("job_status", job.clone()).await["job"]["done"],
        false
    );
    assert_eq!(practice.order(&id).await["cancelledAt"], Value::Null);
    practice.wait(3_000);
    assert_eq!(practice.data("job_status", job).await["job"]["done"], true);
    let node = practice.data("order_cancel_result", result).await["node"].clone();
    assert_eq!(
        (&node["status"], &node["errors"]),
        (&json!("SUCCEEDED"), &json!([]))
    );
    assert_eq!(node["order"]["cancelReason"], "CUSTOMER");
    let order = practice.order(&id).await;
    assert_eq!(order["cancelledAt"], order["closedAt"]);
    assert_eq!(order["displayFinancialStatus"], "REFUNDED");
    assert_eq!(order["displayFulfillmentStatus"], "UNFULFILLED");
    assert_eq!(order["lineItems"]["nodes"][0]["currentQuantity"], 0);
    let part = practice.parts(&id).await[0].clone();
    let line = &part["lineItems"]["nodes"][0];
    assert_eq!(
        (&part["status"], &line["totalQuantity"]),
        (&json!("CLOSED"), &json!(0))
    );
    let shown = practice.orders("status:cancelled").await[0].clone();
    for (field, amount) in [
        ("currentTotalPriceSet", "0.0"),
        ("totalOutstandingSet", "0.0"),
    ] {
        assert_eq!(shown[field]["shopMoney"]["amount"], amount, "{field}");
    }
    assert_eq!(shown["totalRefundedSet"], shown["totalPriceSet"]);
    assert_eq!(practice.shelf(&mug).await, (10, 0, 10));
}

#[tokio::test]
async fn an_order_is_cancelled_once() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 3)]).await;
    let first = cancel(&practice, wish(&id, &json!({}))).await;
    let second = cancel(&practice, wish(&id, &json!({}))).await;
    assert_ne!(
        first["job"]["id"], second["job"]["id"],
        "the first is still going on"
    );
    practice.wait(5_000);
    let result = json!({"id": second["jobResult"]["id"]});
    let node = practice.data("order_cancel_result", result).await["node"].clone();
    let message = "Cannot cancel an order that has already been canceled";
    assert_eq!(
        (&node["status"], &node["done"]),
        (&json!("FAILED"), &json!(true))
    );
    assert_eq!(node["errors"][0]["message"], message);
    let third = cancel(&practice, wish(&id, &json!({}))).await;
    assert_eq!(third["job"], Value::Null);
    let error = json!({"code": "INVALID", "field": ["orderId"], "message": message});
    assert_eq!(third["orderCancelUserErrors"], json!([error]));
    assert_eq!(practice.shelf(&mug).await, (10, 0, 10));
    let shown = practice.orders("status:cancelled").await[0].clone();
    assert_eq!(
        shown["totalRefundedSet"]["shopMoney"]["amount"], "0.0",
        "nobody asked for it"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_cancellation_is_said() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 1)]).await;
    let long = json!({"staffNote": "x".repeat(256)});
    let answer = cancel(&practice, wish(&id, &long)).await;
    let message = "Staff note is too long. Maximum length is 255 characters.";
    assert_eq!(answer["orderCancelUserErrors"][0]["message"], message);
    let answer = cancel(&practice, wish("gid://shopify/Order/1", &json!({}))).await;
    assert_eq!(answer["orderCancelUserErrors"][0]["code"], "NOT_FOUND");
    practice.wait(5_000);
    assert_eq!(practice.order(&id).await["cancelledAt"], Value::Null);
}

#[tokio::test]
async fn what_was_not_paid_is_let_go() {
    let practice = Practice::with_orders(48);
    for status in ["pending", "authorized"] {
        let found = practice.orders(&format!("financial_status:{status}")).await;
        let id = found[0]["id"].as_str().unwrap().to_owned();
        cancel(&practice, wish(&id, &json!({}))).await;
        practice.wait(3_000);
        let order = practice.order(&id).await;
        assert_eq!(order["displayFinancialStatus"], "VOIDED", "{status}");
    }
}
