//! `UpdateOrder`: status, tracking, notes.

use sandbox::Moment;
use sandbox::maropost::{LineId, PartSent, UnpackedStock};
use serde_json::{Value, json};

use super::Practice;
use super::orders::{order, ordered, place};

/// A shop whose order `N1000` is approved.
async fn approved() -> Practice {
    let shop = ordered().await;
    shop.server
        .shop()
        .pay("N1000", "66.95", "Credit Card", Moment::START)
        .unwrap();
    shop
}

async fn update(shop: &Practice, order: Value) -> Value {
    shop.done("UpdateOrder", json!({ "Order": order })).await
}

async fn status(shop: &Practice, id: &str) -> Value {
    order(shop, id, &["OrderStatus"]).await["OrderStatus"].clone()
}

async fn on_hand(shop: &Practice, sku: &str) -> Value {
    let item = shop.item(sku, &["WarehouseQuantity"]).await;
    item["WarehouseQuantity"][0]["Quantity"].clone()
}

fn tracked(sku: &str, quantity: &str, number: &str) -> Value {
    json!({
        "SKU": sku,
        "QuantityShipped": quantity,
        "TrackingDetails": {
            "ShippingMethod": "StarTrack",
            "TrackingNumber": number,
            "DateShipped": "2026-11-01 01:30:00",
        },
    })
}

#[tokio::test]
async fn only_the_id_is_needed_and_it_comes_back() {
    let shop = approved().await;
    let answer = update(&shop, json!({ "OrderID": "N1000", "OrderStatus": "Pick" })).await;
    assert_eq!(answer["Order"], json!({ "OrderID": "N1000" }));
    assert_eq!(status(&shop, "N1000").await, "Pick");
    let body = json!({ "Order": { "OrderStatus": "Pick" } });
    assert_eq!(shop.call("UpdateOrder", body).await["Ack"], "Error");
    let body = json!({ "Order": [{ "OrderID": "N9" }, { "OrderID": "N1000" }] });
    let answer = shop.call("UpdateOrder", body).await;
    assert_eq!(answer["Ack"], "Warning");
    assert_eq!(answer["Order"], json!({ "OrderID": "N1000" }));
}

#[tokio::test]
async fn a_status_that_does_not_exist_sets_the_order_back_to_new() {
    let shop = approved().await;
    update(&shop, json!({ "OrderID": "N1000", "OrderStatus": "Pick" })).await;
    for unknown in ["Delivered", "Ship", "pick"] {
        let body = json!({ "Order": { "OrderID": "N1000", "OrderStatus": unknown } });
        assert_eq!(shop.call("UpdateOrder", body).await["Ack"], "Warning");
        assert_eq!(status(&shop, "N1000").await, "New");
    }
}

#[tokio::test]
async fn tracking_is_written_to_lines_and_read_back_from_them() {
    let shop = approved().await;
    shop.later(3600);
    let body = json!({
        "OrderID": "N1000",
        "OrderStatus": "Dispatched",
        "SendOrderEmail": "tracking",
        "OrderLine": [tracked("SHIRT-S", "2", "ST1")],
    });
    update(&shop, body).await;
    let selectors = [
        "OrderStatus",
        "DateCompleted",
        "DateCompletedUTC",
        "DateUpdated",
        "OrderLine.ShippingMethod",
        "OrderLine.ShippingTracking",
        "OrderLine.QuantityShipped",
    ];
    let shown = order(&shop, "N1000", &selectors).await;
    let line = &shown["OrderLine"][0];
    assert_eq!(line["ShippingMethod"], "StarTrack");
    assert_eq!(line["ShippingTracking"], "ST1");
    assert_eq!(line["QuantityShipped"], "2");
    assert_eq!(shown["DateCompleted"], "2026-11-01", "a day without a time");
    assert_eq!(shown["DateCompletedUTC"], "2026-11-01 01:00:00");
    assert_eq!(shown["DateUpdated"], "2026-11-01 01:00:00");
}

#[tokio::test]
async fn a_shipping_method_has_to_be_one_of_the_shops() {
    let shop = approved().await;
    let methods = shop.done("GetShippingMethods", json!({})).await;
    let names = methods["ShippingMethods"]["ShippingMethod"]
        .as_array()
        .unwrap();
    assert!(names.iter().any(|method| method["name"] == "StarTrack"));
    let mut line = tracked("SHIRT-S", "2", "ST1");
    line["TrackingDetails"]["ShippingMethod"] = json!("Startrack");
    let body = json!({ "Order": { "OrderID": "N1000", "OrderLine": line } });
    assert_eq!(shop.call("UpdateOrder", body).await["Ack"], "Warning");
    let shown = order(&shop, "N1000", &["OrderLine.ShippingMethod"]).await;
    assert_eq!(shown["OrderLine"][0]["ShippingMethod"], "");
}

#[tokio::test]
async fn a_part_that_is_sent_leaves_the_status_or_makes_it_pending_dispatch() {
    for (part_sent, expected) in [
        (PartSent::AsWritten, "Pick"),
        (PartSent::PendingDispatch, "Pending Dispatch"),
    ] {
        let shop = approved().await;
        shop.configure(|settings| settings.part_sent = part_sent);
        let body = json!({
            "OrderID": "N1000",
            "OrderStatus": "Pick",
            "OrderLine": tracked("SHIRT-S", "1", "ST1"),
        });
        update(&shop, body).await;
        assert_eq!(status(&shop, "N1000").await, expected);
    }
}

#[tokio::test]
async fn stock_leaves_at_pack_and_not_before() {
    let shop = approved().await;
    update(&shop, json!({ "OrderID": "N1000", "OrderStatus": "Pick" })).await;
    assert_eq!(on_hand(&shop, "SHIRT-S").await, "10");
    for status in ["Pack", "Dispatched"] {
        update(&shop, json!({ "OrderID": "N1000", "OrderStatus": status })).await;
        let item = shop
            .item("SHIRT-S", &["CommittedQuantity", "AvailableSellQuantity"])
            .await;
        assert_eq!(on_hand(&shop, "SHIRT-S").await, "8");
        assert_eq!(item["CommittedQuantity"], "0");
        assert_eq!(item["AvailableSellQuantity"], "8");
    }
}

#[tokio::test]
async fn stock_that_leaves_moves_the_date_of_the_item_or_does_not() {
    for (moves, found) in [(false, 0), (true, 1)] {
        let shop = approved().await;
        shop.configure(|settings| settings.stock_moves_date_updated = moves);
        shop.later(3600);
        update(&shop, json!({ "OrderID": "N1000", "OrderStatus": "Pack" })).await;
        let since = json!({ "DateUpdatedFrom": "2026-11-01 00:30:00" });
        assert_eq!(shop.skus(since).await.len(), found);
    }
}

#[tokio::test]
async fn stock_of_a_cancelled_order_returns_or_stays_away() {
    for (unpacked, left) in [
        (UnpackedStock::Returns, "10"),
        (UnpackedStock::StaysAway, "8"),
    ] {
        let shop = approved().await;
        shop.configure(|settings| settings.unpacked_stock = unpacked);
        update(&shop, json!({ "OrderID": "N1000", "OrderStatus": "Pack" })).await;
        update(
            &shop,
            json!({ "OrderID": "N1000", "OrderStatus": "Cancelled" }),
        )
        .await;
        assert_eq!(on_hand(&shop, "SHIRT-S").await, left);
    }
    let shop = approved().await;
    update(
        &shop,
        json!({ "OrderID": "N1000", "OrderStatus": "Cancelled" }),
    )
    .await;
    let item = shop.item("SHIRT-S", &["AvailableSellQuantity"]).await;
    assert_eq!(
        item["AvailableSellQuantity"], "10",
        "nothing is reserved any more"
    );
}

#[tokio::test]
async fn an_order_that_is_not_approved_is_picked_and_not_packed() {
    let shop = ordered().await;
    update(&shop, json!({ "OrderID": "N1000", "OrderStatus": "Pick" })).await;
    let body = json!({ "Order": { "OrderID": "N1000", "OrderStatus": "Pack" } });
    assert_eq!(shop.gap("UpdateOrder", body).await, "NotApproved");
    let approving = json!({ "OrderID": "N1000", "OrderStatus": "Pack", "OrderApproval": "True" });
    update(&shop, approving).await;
    assert_eq!(status(&shop, "N1000").await, "Pack");
}

#[tokio::test]
async fn a_line_is_named_by_its_sku_or_by_number_where_skus_repeat() {
    let shop = approved().await;
    let id = place(
        &shop,
        json!([
            { "SKU": "MUG", "Quantity": "1" },
            { "SKU": "MUG", "Quantity": "4" },
        ]),
    );
    let send = |line: Value| json!({ "OrderID": id, "OrderLine": line });
    let line = |key: &str, value: Value| json!({ "SKU": "MUG", key: value, "QuantityShipped": 1 });
    let body = json!({ "Order": send(json!({ "SKU": "MUG", "QuantityShipped": "1" })) });
    assert_eq!(shop.gap("UpdateOrder", body).await, "AmbiguousLine");
    update(&shop, send(line("OrderLineNumber", json!("1")))).await;
    let body = json!({ "Order": send(line("OrderLineNumber", json!("2"))) });
    assert_eq!(shop.gap("UpdateOrder", body).await, "UnknownLine");
    update(&shop, send(line("OrderLineID", json!(format!("{id}-0"))))).await;
    shop.configure(|settings| {
        settings.line_id = LineId::Integer;
        settings.first_line_number = 1;
    });
    let body = json!({ "Order": send(line("OrderLineID", json!(format!("{id}-0")))) });
    assert_eq!(shop.gap("UpdateOrder", body).await, "UnknownLine");
    update(&shop, send(line("OrderLineID", json!(0)))).await;
    update(&shop, send(line("OrderLineNumber", json!("2")))).await;
}

#[tokio::test]
async fn prices_and_quantities_of_lines_cannot_be_changed() {
    let shop = approved().await;
    for name in ["UnitPrice", "Quantity", "ProductName"] {
        let line = json!({ "SKU": "SHIRT-S", name: "1" });
        let body = json!({ "Order": { "OrderID": "N1000", "OrderLine": line } });
        assert_eq!(shop.gap("UpdateOrder", body).await, "UnknownField");
    }
    let line = json!({ "SKU": "MUG", "QuantityShipped": "1" });
    let body = json!({ "Order": { "OrderID": "N1000", "OrderLine": line } });
    assert_eq!(shop.gap("UpdateOrder", body).await, "UnknownLine");
    let line = json!({ "SKU": "SHIRT-S", "QuantityShipped": "3" });
    let body = json!({ "Order": { "OrderID": "N1000", "OrderLine": line } });
    assert_eq!(shop.gap("UpdateOrder", body).await, "QuantityShipped");
    let body = json!({ "Order": { "OrderID": "N1000", "ShippingTracking": "X" } });
    assert_eq!(shop.gap("UpdateOrder", body).await, "UnknownField");
}

#[tokio::test]
async fn one_sticky_note_is_an_object_and_several_are_an_array() {
    let shop = approved().await;
    let note =
        |text: &str| json!({ "OrderID": "N1000", "StickyNoteTitle": text, "StickyNote": text });
    update(&shop, note("Call")).await;
    let one = order(&shop, "N1000", &["StickyNotes"]).await;
    let call = json!({ "StickyNoteID": "1", "Title": "Call", "Description": "Call" });
    assert_eq!(one["StickyNotes"], call);
    update(&shop, note("Wait")).await;
    let two = order(&shop, "N1000", &["StickyNotes"]).await;
    assert_eq!(two["StickyNotes"][1]["StickyNoteID"], "2");
    let change = json!({ "StickyNote": { "StickyNoteID": 1, "Title": "Done", "Description": "" } });
    update(&shop, json!({ "OrderID": "N1000", "StickyNotes": change })).await;
    let two = order(&shop, "N1000", &["StickyNotes"]).await;
    assert_eq!(two["StickyNotes"][0]["Title"], "Done");
}

#[tokio::test]
async fn ways_to_pay_have_booleans_of_another_kind() {
    let shop = approved().await;
    let methods = shop.done("GetPaymentMethods", json!({})).await;
    let method = &methods["PaymentMethods"][0]["PaymentMethod"][0];
    assert_eq!(method["active"], "y");
    assert_eq!(method["visible"], "y");
}
