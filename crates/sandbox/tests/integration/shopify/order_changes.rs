//! What an order says: notes, tags, addresses, and whether it is open and paid.

use serde_json::{Value, json};

use super::Practice;

#[tokio::test]
async fn an_order_is_written_on() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 1)]).await;
    let update = async |mut input: Value| {
        input["id"] = json!(id);
        practice.done("order_update", json!({"input": input})).await["order"].clone()
    };
    let order = update(json!({"note": "Ring 🔔", "tags": ["b", "A", "a"], "poNumber": "7"})).await;
    assert_eq!(
        (&order["note"], &order["poNumber"]),
        (&json!("Ring 🔔"), &json!("7"))
    );
    assert_eq!(order["tags"], json!(["A", "b"]));
    let order = update(json!({"customAttributes": [{"key": "k", "value": "v"}]})).await;
    assert_eq!(
        order["customAttributes"],
        json!([{"key": "k", "value": "v"}])
    );
    assert_eq!(order["note"], "Ring 🔔", "what is not said stays");
    let order = update(json!({"note": null})).await;
    assert_eq!(order["note"], Value::Null);
    practice
        .done("tags_add", json!({"id": id, "tags": ["b", "c"]}))
        .await;
    practice
        .done("tags_remove", json!({"id": id, "tags": ["a"]}))
        .await;
    assert_eq!(practice.order(&id).await["tags"], json!(["b", "c"]));
    let refused = async |mut input: Value, id: &str| {
        input["id"] = json!(id);
        practice
            .refused("order_update", json!({"input": input}))
            .await
    };
    let errors = refused(json!({}), &id).await;
    let message = "No valid update parameters have been provided";
    assert_eq!(errors[0], json!({"field": null, "message": message}));
    let errors = refused(json!({"note": "x"}), "gid://shopify/Order/1").await;
    assert_eq!(
        errors[0],
        json!({"field": ["id"], "message": "Order does not exist"})
    );
    let errors = refused(json!({"phone": "not a phone"}), &id).await;
    assert_eq!(
        errors[0],
        json!({"field": ["phone"], "message": "Phone is invalid"})
    );
    let address = json!({"address1": "3 Road", "city": "Kiel", "countryCode": "DE"});
    let errors = refused(json!({"shippingAddress": address}), &id).await;
    assert_eq!(errors[0]["field"], json!(["shippingAddress", "lastName"]));
    assert_eq!(
        errors[1],
        json!({"field": ["shippingAddress", "zip"], "message": "Enter a ZIP code"})
    );
    let errors = practice
        .refused(
            "tags_add",
            json!({"id": "gid://shopify/Order/1", "tags": ["x"]}),
        )
        .await;
    assert_eq!(errors[0]["message"], "Order does not exist");
}

#[tokio::test]
async fn an_address_is_written_anew() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 1)]).await;
    let address = json!({
        "firstName": "Ada", "lastName": "Byron", "address1": "12 St James's Square",
        "city": "London", "zip": "SW1Y 4JH", "countryCode": "GB",
    });
    practice
        .done(
            "order_update",
            json!({"input": {"id": id, "shippingAddress": address}}),
        )
        .await;
    let order = practice.orders("").await[0].clone();
    let shown = &order["shippingAddress"];
    assert_eq!(
        (&shown["name"], &shown["country"]),
        (&json!("Ada Byron"), &json!("United Kingdom"))
    );
    assert_eq!(
        practice.parts(&id).await[0]["destination"]["city"],
        "London"
    );
    assert_eq!(order["billingAddress"]["city"], "Lübeck");
}

#[tokio::test]
async fn an_order_is_closed_and_opened() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 1)]).await;
    let input = json!({"input": {"id": id}});
    let closed = practice.done("order_close", input.clone()).await["order"].clone();
    assert_eq!(closed["closed"], true);
    let updated = practice.order(&id).await["updatedAt"].clone();
    practice.wait(5_000);
    let again = practice.done("order_close", input.clone()).await["order"].clone();
    assert_eq!(again, closed);
    assert_eq!(
        practice.order(&id).await["updatedAt"],
        updated,
        "nothing changed"
    );
    let opened = practice.done("order_open", input.clone()).await["order"].clone();
    assert_eq!(opened["closed"], false);
    practice.done("order_open", input).await;
    let errors = practice
        .refused(
            "order_close",
            json!({"input": {"id": "gid://shopify/Order/1"}}),
        )
        .await;
    assert_eq!(errors[0]["message"], "Order does not exist");
}

#[tokio::test]
async fn what_is_owed_is_marked_as_paid_once() {
    let practice = Practice::with_orders(48);
    let pending = practice.orders("financial_status:pending").await[0].clone();
    let id = pending["id"].as_str().unwrap();
    assert_eq!(practice.order(id).await["canMarkAsPaid"], true);
    let input = json!({"input": {"id": id}});
    let paid = practice.done("order_mark_as_paid", input.clone()).await;
    assert_eq!(paid["order"]["displayFinancialStatus"], "PAID");
    let order = practice.order(id).await;
    assert_eq!(order["canMarkAsPaid"], false);
    let last = order["transactions"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["kind"], &last["status"]),
        (&json!("SALE"), &json!("SUCCESS"))
    );
    assert_eq!(
        last["amountSet"]["shopMoney"],
        pending["totalPriceSet"]["shopMoney"]
    );
    let errors = practice.refused("order_mark_as_paid", input).await;
    assert_eq!(errors[0]["message"], "Order cannot be marked as paid.");
}

#[tokio::test]
async fn an_app_puts_an_order_in() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let money = |amount: &str| json!({"shopMoney": {"amount": amount, "currencyCode": "EUR"}});
    let order = json!({
        "email": "app@example.com", "test": true, "tags": ["app"], "taxesIncluded": true,
        "lineItems": [
            {"variantId": mug.variant, "quantity": 2, "taxLines": [{"title": "VAT", "rate": 0.19}]},
            {"title": "Engraving", "quantity": 1, "priceSet": money("5.00"), "requiresShipping": true},
        ],
        "shippingLines": [{"title": "Post", "priceSet": money("4.90")}],
        "transactions": [{"kind": "SALE", "amountSet": money("29.70")}],
    });
    let made = practice
        .done("order_create_test", json!({"order": order}))
        .await;
    let id = made["order"]["id"].as_str().unwrap();
    let shown = practice.orders("").await[0].clone();
    assert_eq!(shown["totalPriceSet"]["shopMoney"]["amount"], "29.7");
    assert_eq!(shown["totalTaxSet"]["shopMoney"]["amount"], "3.16");
    assert_eq!(shown["displayFinancialStatus"], "PAID");
    assert_eq!(shown["customer"]["displayName"], "app@example.com");
    assert_eq!(
        practice.parts(id).await[0]["lineItems"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        practice.shelf(&mug).await,
        (10, 0, 10),
        "stock is bypassed unless it is asked for"
    );
    let obeying = |quantity: u32| {
        let lines = json!([{"variantId": mug.variant, "quantity": quantity}]);
        let options = json!({"inventoryBehaviour": "DECREMENT_OBEYING_POLICY"});
        json!({"order": {"lineItems": lines}, "options": options})
    };
    practice.done("order_create_test", obeying(4)).await;
    assert_eq!(practice.shelf(&mug).await, (6, 4, 10));
    let errors = practice.refused("order_create_test", obeying(7)).await;
    assert_eq!(errors[0]["code"], "INVENTORY_CLAIM_FAILED");
    let empty = json!({"order": {"lineItems": []}});
    let errors = practice.refused("order_create_test", empty).await;
    assert_eq!(errors[0]["field"], json!(["order", "lineItems"]));
}
