//! What customers and the merchant do with orders behind our back.

use sandbox::{Edit, Ordered};
use serde_json::{Value, json};

use super::{Practice, hundredths};

#[tokio::test]
async fn an_order_is_edited_in_the_window() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    practice.stocked_mug("CUP").await;
    let id = practice.ordered(&[("MUG", 3)]).await;
    let on = || id.clone();
    let edit = |edit: Edit| practice.server.edit(&edit);
    edit(Edit::ChangeOrderQuantity {
        on: on(),
        line: 0,
        quantity: 2,
    })
    .unwrap();
    let order = practice.order(&id).await;
    let line = &order["lineItems"]["nodes"][0];
    assert_eq!(
        (&line["quantity"], &line["currentQuantity"]),
        (&json!(3), &json!(2))
    );
    assert_eq!(practice.shelf(&mug).await, (8, 2, 10));
    edit(Edit::ChangeOrderQuantity {
        on: on(),
        line: 0,
        quantity: 4,
    })
    .unwrap();
    edit(Edit::AddOrderLine {
        on: on(),
        sku: String::from("CUP"),
        quantity: 1,
    })
    .unwrap();
    let order = practice.order(&id).await;
    let lines = order["lineItems"]["nodes"].as_array().unwrap();
    assert_eq!(
        (&lines[0]["quantity"], &lines[0]["currentQuantity"]),
        (&json!(5), &json!(4))
    );
    assert_eq!(lines[1]["sku"], "CUP");
    assert_eq!(order["displayFinancialStatus"], "PARTIALLY_PAID");
    assert_eq!(practice.parts(&id).await.len(), 1, "it goes out together");
    let shown = practice.orders("").await[0].clone();
    assert_eq!(shown["edited"], true);
    let owed = hundredths(&shown["totalOutstandingSet"]["shopMoney"]["amount"]);
    assert_eq!(owed, 2 * 990, "one mug and a cup more than were paid");
    edit(Edit::PayOrder { on: on() }).unwrap();
    assert_eq!(practice.order(&id).await["displayFinancialStatus"], "PAID");
    assert!(edit(Edit::PayOrder { on: on() }).is_err());
    let updated = practice.order(&id).await["updatedAt"].clone();
    practice.wait(5_000);
    let many = Edit::ChangeOrderQuantity {
        on: on(),
        line: 7,
        quantity: 1,
    };
    assert_eq!(edit(many).unwrap_err(), "The order has no line 7.");
    assert_eq!(
        practice.order(&id).await["updatedAt"],
        updated,
        "what was refused is no update"
    );
}

#[tokio::test]
async fn an_order_is_worked_in_the_window() {
    let practice = Practice::with_orders(0);
    practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let on = || id.clone();
    let edit = |edit: Edit| practice.server.edit(&edit);
    let text = String::from;
    edit(Edit::HoldOrder {
        on: on(),
        reason: text("Call first"),
    })
    .unwrap();
    let part = practice.parts(&id).await[0].clone();
    assert_eq!(part["fulfillmentHolds"][0]["reasonNotes"], "Call first");
    let ship = || Edit::ShipOrder {
        on: on(),
        carrier: text("GLS"),
        number: text("G1"),
    };
    assert_eq!(
        edit(ship()).unwrap_err(),
        "There is nothing that could be sent."
    );
    practice
        .done("fulfillment_order_release_hold", json!({"id": part["id"]}))
        .await;
    let address = Edit::ReaddressOrder {
        on: on(),
        street: text("Neue Straße 1"),
        city: text("Kiel"),
        zip: text("24103"),
    };
    edit(address).unwrap();
    assert_eq!(practice.parts(&id).await[0]["destination"]["city"], "Kiel");
    edit(ship()).unwrap();
    let order = practice.order(&id).await;
    assert_eq!(
        order["fulfillments"][0]["trackingInfo"],
        json!([{"company": "GLS", "number": "G1", "url": null}])
    );
}

#[tokio::test]
async fn an_order_is_taken_back_in_the_window() {
    let practice = Practice::with_orders(0);
    let (mug, _) = practice.stocked_mug("MUG").await;
    let id = practice.ordered(&[("MUG", 2)]).await;
    let on = || id.clone();
    let edit = |edit: Edit| practice.server.edit(&edit);
    let text = String::from;
    edit(Edit::ShipOrder {
        on: on(),
        carrier: text(""),
        number: text(""),
    })
    .unwrap();
    edit(Edit::RefundOrder {
        on: on(),
        line: 0,
        quantity: 1,
        restock: true,
    })
    .unwrap();
    assert_eq!(practice.shelf(&mug).await, (9, 0, 9));
    assert_eq!(
        practice.order(&id).await["refunds"][0]["refundLineItems"]["nodes"][0]["restockType"],
        "RETURN"
    );
    let name = practice.order(&id).await["name"]
        .as_str()
        .unwrap()
        .to_owned();
    let cancel = || Edit::CancelOrder {
        on: name.clone(),
        restock: true,
        refund: true,
    };
    edit(cancel()).unwrap();
    assert_eq!(
        practice.order(&id).await["displayFinancialStatus"],
        "REFUNDED"
    );
    assert!(edit(cancel()).is_err());
    let gone = Edit::NoteOrder {
        on: text("#77"),
        note: text("x"),
    };
    assert_eq!(edit(gone).unwrap_err(), "There is no order #77.");
}

#[tokio::test]
async fn orders_are_edited_over_http_and_by_chance() {
    let practice = Practice::with_orders(48);
    practice.stocked_mug("MUG").await;
    let url = format!("{}/practice/edits", practice.server.url());
    let placed = Edit::PlaceOrder {
        lines: vec![Ordered {
            on: String::from("MUG"),
            quantity: 1,
        }],
        email: String::from("http@example.com"),
    };
    let told = json!({"edit": "place_order", "lines": [{"on": "MUG", "quantity": 1}], "email": "http@example.com"});
    assert_eq!(serde_json::to_value(&placed).unwrap(), told);
    let answer = practice.client.post(&url).json(&told).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(practice.orders("email:http@example.com").await.len(), 1);
    let bad = json!({"edit": "ship_order", "on": "#1", "carrier": "", "number": ""});
    let answer = practice.client.post(&url).json(&bad).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let made = practice.server.edit_by_chance(9, 1_500);
    let twin = Practice::with_orders(48);
    twin.stocked_mug("MUG").await;
    twin.server.edit(&placed).unwrap();
    assert_eq!(
        twin.server.edit_by_chance(9, 1_500),
        made,
        "chance repeats itself"
    );
    let kinds: std::collections::HashSet<String> = made
        .iter()
        .map(|edit| {
            serde_json::to_value(edit).unwrap()["edit"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    for kind in [
        "place_order",
        "change_order_quantity",
        "add_order_line",
        "cancel_order",
        "refund_order",
        "readdress_order",
        "pay_order",
        "ship_order",
        "hold_order",
        "note_order",
    ] {
        assert!(kinds.contains(kind), "no {kind} by chance");
    }
    for order in practice.orders("").await {
        whole(&practice.order(order["id"].as_str().unwrap()).await);
    }
}

/// No more is left, sent or waiting than was ordered.
fn whole(order: &Value) {
    for line in order["lineItems"]["nodes"].as_array().unwrap() {
        let number = |field: &str| line[field].as_i64().unwrap();
        assert!(number("currentQuantity") <= number("quantity"), "{order}");
        assert!(
            number("unfulfilledQuantity") <= number("quantity"),
            "{order}"
        );
        let sent = order["fulfillments"].as_array().unwrap().iter();
        let sent = sent.filter(|one| one["status"] == "SUCCESS");
        let units = sent.flat_map(|one| one["fulfillmentLineItems"]["nodes"].as_array().unwrap());
        let units = units.filter(|one| one["lineItem"]["id"] == line["id"]);
        let units: i64 = units.map(|one| one["quantity"].as_i64().unwrap()).sum();
        assert!(
            units + number("unfulfilledQuantity") <= number("quantity"),
            "{order}"
        );
    }
}
