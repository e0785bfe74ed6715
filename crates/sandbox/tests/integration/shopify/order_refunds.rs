//! Refunds, whole and in part.

use serde_json::{Value, json};

use super::{Practice, codes};

struct Sold {
    practice: Practice,
    mug: super::Mug,
    id: String,
    line: Value,
    payment: Value,
}

async fn sold(units: u32) -> Sold {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", units)]).await;
    let order = practice.order(&id).await;
    Sold {
        mug,
        line: order["lineItems"]["nodes"][0]["id"].clone(),
        payment: order["transactions"][0]["id"].clone(),
        id,
        practice,
    }
}

impl Sold {
    fn refund(&self, quantity: u32, restock: &str, amount: &str, key: &str) -> Value {
        let lines =
            json!([{"lineItemId": self.line, "quantity": quantity, "restockType": restock}]);
        let money = json!([{
            "orderId": self.id, "parentId": self.payment, "kind": "REFUND", "gateway": "shopify_payments",
            "amount": amount,
        }]);
        let input = json!({
            "orderId": self.id, "note": "Broken", "refundLineItems": lines, "transactions": money,
        });
        json!({"input": input, "idempotencyKey": key})
    }
}

#[tokio::test]
async fn units_and_their_money_are_given_back_once() {
    let sold = sold(3).await;
    let lines = json!([{"lineItemId": sold.line, "quantity": 1}]);
    let variables = json!({"id": sold.id, "lines": lines, "refundShipping": true});
    let data = sold.practice.data("suggested_refund", variables).await;
    let suggested = &data["order"]["suggestedRefund"];
    assert_eq!(suggested["amountSet"]["shopMoney"]["amount"], "14.8");
    assert_eq!(
        suggested["maximumRefundableSet"]["shopMoney"]["amount"],
        "34.6"
    );
    assert_eq!(
        suggested["suggestedTransactions"][0]["parentTransaction"]["id"],
        sold.payment
    );
    let wish = sold.refund(1, "CANCEL", "9.90", "once");
    let first = sold.practice.done("refund_create", wish.clone()).await;
    let again = sold.practice.done("refund_create", wish).await;
    assert_eq!(first["refund"]["id"], again["refund"]["id"]);
    assert_eq!(
        first["order"]["displayFinancialStatus"],
        "PARTIALLY_REFUNDED"
    );
    let order = sold.practice.order(&sold.id).await;
    assert_eq!(order["refunds"].as_array().unwrap().len(), 1);
    let refund = &order["refunds"][0];
    assert_eq!(
        (
            &refund["note"],
            &refund["totalRefundedSet"]["shopMoney"]["amount"]
        ),
        (&json!("Broken"), &json!("9.9"))
    );
    let line = &refund["refundLineItems"]["nodes"][0];
    assert_eq!(
        (&line["restockType"], &line["restocked"]),
        (&json!("CANCEL"), &json!(true))
    );
    let line = &order["lineItems"]["nodes"][0];
    assert_eq!(
        (
            &line["quantity"],
            &line["currentQuantity"],
            &line["unfulfilledQuantity"]
        ),
        (&json!(3), &json!(2), &json!(2))
    );
    assert_eq!(sold.practice.shelf(&sold.mug).await, (8, 2, 10));
}

#[tokio::test]
async fn a_key_is_needed_and_kept() {
    let sold = sold(2).await;
    let wish = sold.refund(1, "CANCEL", "9.90", "k");
    let bare =
        super::operation_named("refund_create").replace("@idempotent(key: $idempotencyKey)", "");
    let bare = bare.replace(", $idempotencyKey: String!", "");
    let answer = sold
        .practice
        .ask(&bare, json!({"input": wish["input"]}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    sold.practice.done("refund_create", wish).await;
    let other = sold.refund(1, "CANCEL", "1.00", "k");
    let query = super::operation_named("refund_create");
    let answer = sold.practice.ask(&query, other).await;
    let errors = answer["data"]["refundCreate"]["userErrors"]
        .as_array()
        .unwrap();
    assert_eq!(
        errors[0]["message"],
        "The idempotency key was used with other parameters."
    );
    assert_eq!(codes(errors), ["none"], "a UserError has no code");
}

#[tokio::test]
async fn more_than_there_is_is_refused() {
    let sold = sold(2).await;
    let refused = async |wish: Value| {
        let errors = sold.practice.refused("refund_create", wish).await;
        (
            errors[0]["field"].clone(),
            errors[0]["message"].as_str().unwrap().to_owned(),
        )
    };
    let told = refused(sold.refund(3, "CANCEL", "9.90", "a")).await;
    assert_eq!(told.0, json!(["refundLineItems", "0", "quantity"]));
    assert_eq!(
        told.1,
        "Quantity cannot refund more items than were purchased"
    );
    let told = refused(sold.refund(1, "CANCEL", "99.00", "b")).await;
    assert!(
        told.1.contains("is greater than net payment received"),
        "{told:?}"
    );
    let mut wish = sold.refund(1, "CANCEL", "1.00", "c");
    wish["input"]["transactions"][0]["kind"] = json!("AUTHORIZATION");
    let told = refused(wish).await;
    assert_eq!(
        told,
        (
            Value::Null,
            String::from("Kind authorization is not a valid transaction")
        )
    );
    let mut wish = sold.refund(1, "CANCEL", "1.00", "d");
    wish["input"]["transactions"][0]["parentId"] = json!("gid://shopify/OrderTransaction/1");
    let told = refused(wish).await;
    let message = "Transactions require a parent_id associated with the order";
    assert_eq!(told, (json!(["transactions"]), message.to_owned()));
    assert_eq!(sold.practice.shelf(&sold.mug).await, (8, 2, 10));
}

#[tokio::test]
async fn what_becomes_of_the_units() {
    let sold = sold(4).await;
    sold.practice
        .done("refund_create", sold.refund(1, "NO_RESTOCK", "1.00", "a"))
        .await;
    let order = sold.practice.order(&sold.id).await;
    let line = &order["lineItems"]["nodes"][0];
    assert_eq!(
        (&line["currentQuantity"], &line["unfulfilledQuantity"]),
        (&json!(3), &json!(4)),
        "it may still be sent"
    );
    assert_eq!(sold.practice.shelf(&sold.mug).await, (6, 4, 10));
    let part = sold.practice.parts(&sold.id).await[0].clone();
    let all = json!({"lineItemsByFulfillmentOrder": [{"fulfillmentOrderId": part["id"]}]});
    sold.practice
        .done("fulfillment_create", json!({"fulfillment": all}))
        .await;
    assert_eq!(sold.practice.shelf(&sold.mug).await, (6, 0, 6));
    sold.practice
        .done("refund_create", sold.refund(2, "RETURN", "19.80", "b"))
        .await;
    assert_eq!(sold.practice.shelf(&sold.mug).await, (8, 0, 8));
    let order = sold.practice.order(&sold.id).await;
    let back = &order["refunds"][1]["refundLineItems"]["nodes"][0];
    assert!(back["location"]["id"].is_string(), "{back}");
}
