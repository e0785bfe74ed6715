//! What customers and the merchant do with orders behind our back.

use sandbox::maropost::Settings;
use sandbox::{Catalogue, Edit, Ordered, Random, Shop as _};
use serde_json::{Value, json};

use super::Practice;
use super::orders::{order, ordered};

const SHOWN: [&str; 12] = [
    "OrderStatus",
    "CompleteStatus",
    "GrandTotal",
    "OrderTax",
    "ShipAddress",
    "InternalOrderNotes",
    "DateUpdated",
    "OrderPayment",
    "OrderLine",
    "OrderLine.QuantityShipped",
    "OrderLine.ShippingMethod",
    "OrderLine.ShippingTracking",
];

fn text(text: &str) -> String {
    text.to_owned()
}

fn make(shop: &Practice, edit: Edit) -> Result<(), String> {
    shop.server.edit(&edit)
}

fn mugs(quantity: u32) -> Edit {
    Edit::PlaceOrder {
        lines: vec![Ordered {
            on: text("MUG"),
            quantity,
        }],
        email: text("paula@example.com"),
    }
}

async fn mugs_left(shop: &Practice) -> (Value, Value) {
    let filter =
        json!({"SKU": "MUG", "OutputSelector": ["WarehouseQuantity", "CommittedQuantity"]});
    let item = shop.done("GetItem", json!({ "Filter": filter })).await["Item"][0].clone();
    let stock = &item["WarehouseQuantity"];
    let first = if stock.is_array() { &stock[0] } else { stock };
    (first["Quantity"].clone(), item["CommittedQuantity"].clone())
}

/// An edit of the order `N1001`, written as it is asked for over HTTP.
fn about(kind: &str, mut fields: Value) -> Edit {
    fields["edit"] = json!(kind);
    fields["on"] = json!("N1001");
    serde_json::from_value(fields).unwrap()
}

#[tokio::test]
async fn an_order_comes_is_edited_and_paid() {
    let shop = ordered().await;
    make(&shop, mugs(2)).unwrap();
    let shown = order(&shop, "N1001", &SHOWN).await;
    assert_eq!(shown["GrandTotal"], "17.05");
    assert_eq!(shown["CompleteStatus"], "Approved");
    assert_eq!(mugs_left(&shop).await, (json!("10"), json!("2")));
    shop.server.clock().advance(60_000);
    let more = json!({"line": 0, "quantity": 3});
    make(&shop, about("change_order_quantity", more)).unwrap();
    let shirt = json!({"sku": "SHIRT-S", "quantity": 1});
    make(&shop, about("add_order_line", shirt)).unwrap();
    let edited = order(&shop, "N1001", &SHOWN).await;
    assert_eq!(edited["GrandTotal"], "52.00", "15.00, 29.95 and 7.05");
    assert_ne!(edited["DateUpdated"], shown["DateUpdated"]);
    assert_eq!(edited["OrderLine"].as_array().unwrap().len(), 2);
    make(&shop, about("pay_order", json!({}))).unwrap();
    let paid = order(&shop, "N1001", &SHOWN).await;
    assert_eq!(paid["OrderPayment"][1]["Amount"], "34.95");
    let again = make(&shop, about("pay_order", json!({})));
    assert_eq!(again.unwrap_err(), "Nothing is owed.");
}

#[tokio::test]
async fn an_order_is_held_and_sent_elsewhere() {
    let shop = ordered().await;
    make(&shop, mugs(3)).unwrap();
    make(&shop, about("hold_order", json!({"reason": "Call first"}))).unwrap();
    let held = order(&shop, "N1001", &SHOWN).await;
    assert_eq!(held["OrderStatus"], "On Hold");
    let address = json!({"street": "1 New Road", "city": "Perth", "zip": "6000"});
    make(&shop, about("readdress_order", address)).unwrap();
    make(&shop, about("note_order", json!({"note": "Fragile"}))).unwrap();
    let strange = json!({"carrier": "Owl", "number": "S1"});
    let refused = make(&shop, about("ship_order", strange)).unwrap_err();
    assert_eq!(refused, "There is no shipping service Owl.");
    let parcel = json!({"carrier": "StarTrack", "number": "S1"});
    make(&shop, about("ship_order", parcel)).unwrap();
    let sent = order(&shop, "N1001", &SHOWN).await;
    assert_eq!(sent["OrderStatus"], "Dispatched");
    assert_eq!(sent["InternalOrderNotes"], "Fragile");
    assert_eq!(sent["ShipStreetLine1"], "1 New Road");
    let line = &sent["OrderLine"][0];
    assert_eq!(line["QuantityShipped"], "3");
    assert_eq!(line["ShippingMethod"], "StarTrack");
    assert_eq!(line["ShippingTracking"], "S1");
    assert_eq!(mugs_left(&shop).await, (json!("7"), json!("0")));
}

#[tokio::test]
async fn an_order_is_called_off() {
    let shop = ordered().await;
    make(&shop, mugs(4)).unwrap();
    let cancel = || about("cancel_order", json!({"restock": true, "refund": false}));
    make(&shop, cancel()).unwrap();
    assert_eq!(
        order(&shop, "N1001", &SHOWN).await["OrderStatus"],
        "Cancelled"
    );
    assert_eq!(mugs_left(&shop).await, (json!("10"), json!("0")));
    assert_eq!(
        make(&shop, cancel()).unwrap_err(),
        "The order is Cancelled."
    );
    let more = about("change_order_quantity", json!({"line": 0, "quantity": 1}));
    assert_eq!(make(&shop, more).unwrap_err(), "The order is Cancelled.");
    let back = about(
        "refund_order",
        json!({"line": 0, "quantity": 1, "restock": true}),
    );
    assert!(make(&shop, back).is_err());
    let on = text("N1000");
    let unpaid = Edit::ShipOrder {
        on,
        carrier: text(""),
        number: text(""),
    };
    assert_eq!(
        make(&shop, unpaid).unwrap_err(),
        "The order is not approved."
    );
    let gone = Edit::NoteOrder {
        on: text("N77"),
        note: text("x"),
    };
    assert_eq!(make(&shop, gone).unwrap_err(), "There is no order N77.");
}

#[tokio::test]
async fn chance_works_orders_too() {
    let open = || {
        let shop = Practice::filled(&Catalogue::new(7, 40), |_: &mut Settings| {});
        let first = shop.server.edit_by_chance(1, 30);
        assert!(
            !first
                .iter()
                .any(|edit| matches!(edit, Edit::ShipOrder { .. }))
        );
        // Not everything can be ordered: parents cannot.
        let mut random = Random::new(2);
        let placed = (0..50).any(|_| {
            let on = shop.server.shop().pick(&mut random).unwrap();
            let lines = vec![Ordered { on, quantity: 1 }];
            let email = text("a@example.com");
            make(&shop, Edit::PlaceOrder { lines, email }).is_ok()
        });
        assert!(placed);
        shop
    };
    let (one, two) = (open(), open());
    let made = one.server.edit_by_chance(5, 600);
    assert_eq!(
        made,
        two.server.edit_by_chance(5, 600),
        "chance repeats itself"
    );
    for wanted in [
        "place_order",
        "ship_order",
        "cancel_order",
        "add_order_line",
        "note_order",
    ] {
        let made = made.iter().map(|edit| serde_json::to_value(edit).unwrap());
        assert!(
            made.into_iter().any(|edit| edit["edit"] == wanted),
            "no {wanted}"
        );
    }
}
