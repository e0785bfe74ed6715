//! `GetOrder` and `AddOrder`.

use sandbox::Moment;
use sandbox::maropost::UnknownSelector;
use serde_json::{Value, json};

use super::Practice;

/// A shop with two items of which ten are there, and its first order, `N1000`: two shirts.
pub(super) async fn ordered() -> Practice {
    let shop = Practice::empty();
    let ten = json!({ "WarehouseID": "1", "Quantity": "10", "Action": "set" });
    let size = json!({ "ItemSpecific": { "Name": "Size", "Value": "Small" } });
    shop.add(json!([
        { "SKU": "SHIRT", "Name": "Cotton T-Shirt" },
        {
            "SKU": "SHIRT-S",
            "ParentSKU": "SHIRT",
            "DefaultPrice": "29.95",
            "CostPrice": "12.50",
            "ItemSpecifics": size,
            "WarehouseQuantity": ten,
        },
        { "SKU": "MUG", "Name": "Mug", "DefaultPrice": "5.00", "WarehouseQuantity": ten },
    ]))
    .await;
    place(&shop, json!([{ "SKU": "SHIRT-S", "Quantity": "2" }]));
    shop
}

/// Has a customer order these lines.
pub(super) fn place(shop: &Practice, lines: Value) -> String {
    let order = json!({
        "Email": "j.smith@example.com",
        "Username": "jsmith",
        "ShipFirstName": "John",
        "ShipStreet1": "123 Sample Street",
        "ShipContactPhone": "0400000000",
        "BillCity": "CAPALABA",
        "ShippingMethod": "Express Shipping",
        "ShipInstructions": "Ring twice",
        "ShippingCost": "7.05",
        "OrderLine": lines,
    });
    let now = shop.server.clock().now();
    shop.server.shop().place_order(&order, now).unwrap()
}

pub(super) async fn order(shop: &Practice, id: &str, selectors: &[&str]) -> Value {
    let filter = json!({ "OrderID": id, "OutputSelector": selectors });
    shop.done("GetOrder", json!({ "Filter": filter })).await["Order"][0].clone()
}

async fn ids(shop: &Practice, filter: Value) -> Vec<String> {
    let answer = shop.done("GetOrder", json!({ "Filter": filter })).await;
    let orders = answer["Order"].as_array().cloned().unwrap_or_default();
    orders
        .iter()
        .map(|order| order["OrderID"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn orders_without_a_filter_are_none_and_no_error() {
    let shop = ordered().await;
    for filter in [
        json!({}),
        json!({ "Page": 0, "Limit": 10, "OutputSelector": ["ID"] }),
    ] {
        assert_eq!(ids(&shop, filter).await.len(), 0);
    }
    assert_eq!(
        ids(&shop, json!({ "OrderStatus": ["New", "Pick"] })).await,
        ["N1000"]
    );
}

#[tokio::test]
async fn a_supplier_finds_no_order_whatever_it_is() {
    let shop = ordered().await;
    assert_eq!(
        ids(&shop, json!({ "Supplier": "ACME", "OrderStatus": "New" }))
            .await
            .len(),
        0
    );
}

#[tokio::test]
async fn an_address_is_selected_whole_and_answered_flat() {
    let shop = ordered().await;
    let shown = order(&shop, "N1000", &["ShipAddress"]).await;
    assert_eq!(shown["ShipFirstName"], "John");
    assert_eq!(shown["ShipLastName"], "");
    assert!(shown.get("ShipAddress").is_none());
    assert!(shown.get("BillCity").is_none());
    shop.configure(|settings| settings.unknown_selector = UnknownSelector::Ignore);
    let shown = order(&shop, "N1000", &["ShipFirstName", "ID"]).await;
    assert_eq!(shown, json!({ "OrderID": "N1000", "ID": "N1000" }));
}

#[tokio::test]
async fn what_is_written_by_one_name_is_read_by_another() {
    let shop = ordered().await;
    let selectors = ["ShipAddress", "ShippingOption", "DeliveryInstruction"];
    let shown = order(&shop, "N1000", &selectors).await;
    assert_eq!(shown["ShipStreetLine1"], "123 Sample Street");
    assert_eq!(shown["ShipPhone"], "0400000000");
    assert_eq!(shown["ShippingOption"], "Express Shipping");
    assert_eq!(shown["DeliveryInstruction"], "Ring twice");
}

#[tokio::test]
async fn each_column_of_a_line_is_selected_by_itself() {
    let shop = ordered().await;
    let line = json!({ "OrderLineID": "N1000-0", "SKU": "SHIRT-S", "Quantity": "2" });
    assert_eq!(
        order(&shop, "N1000", &["OrderLine"]).await["OrderLine"],
        json!([line])
    );
    let selectors = [
        "OrderLine",
        "OrderLine.ProductName",
        "OrderLine.UnitPrice",
        "OrderLine.Tax",
    ];
    let shown = order(&shop, "N1000", &selectors).await["OrderLine"][0].clone();
    assert_eq!(shown["ProductName"], "Cotton T-Shirt [Size: Small]");
    assert_eq!(shown["UnitPrice"], "29.95000000");
    assert_eq!(shown["Tax"], "5.45");
    assert!(shown.get("CostPrice").is_none());
}

#[tokio::test]
async fn a_single_line_is_an_array_or_an_object_and_quantities_may_have_decimals() {
    let shop = ordered().await;
    shop.configure(|settings| {
        settings.one_line_bare = true;
        settings.quantity_decimals = 3;
    });
    let lines = order(&shop, "N1000", &["OrderLine"]).await["OrderLine"].clone();
    assert_eq!(lines["Quantity"], "2.000");
}

#[tokio::test]
async fn the_sums_of_an_order_contain_the_tax() {
    let shop = ordered().await;
    let selectors = [
        "GrandTotal",
        "ProductSubtotal",
        "ShippingTotal",
        "ShippingTax",
        "OrderTax",
        "OrderStatus",
    ];
    let shown = order(&shop, "N1000", &selectors).await;
    assert_eq!(shown["ProductSubtotal"], "59.90");
    assert_eq!(shown["ShippingTotal"], "7.05");
    assert_eq!(shown["ShippingTax"], "0.64");
    assert_eq!(shown["OrderTax"], "6.09");
    assert_eq!(shown["GrandTotal"], "66.95");
    assert_eq!(shown["OrderStatus"], "New");
}

#[tokio::test]
async fn payments_are_an_array_and_full_payment_approves() {
    let shop = ordered().await;
    let selectors = [
        "OrderPayment",
        "OrderPayment.PaymentType",
        "CompleteStatus",
        "DatePaid",
    ];
    let shown = order(&shop, "N1000", &selectors).await;
    assert_eq!(shown["OrderPayment"], json!([""]));
    assert_eq!(shown["CompleteStatus"], "Incomplete");
    assert_eq!(shown["DatePaid"], "0000-00-00 00:00:00");
    for (amount, status) in [("60", "PartialPaid"), ("6.95", "FullyPaid")] {
        let pay = |shop: &Practice| {
            shop.server
                .shop()
                .pay("N1000", amount, "PayPal Checkout", Moment::START)
        };
        pay(&shop).unwrap();
        assert_eq!(
            ids(&shop, json!({ "PaymentStatus": status })).await,
            ["N1000"]
        );
    }
    let shown = order(&shop, "N1000", &selectors).await;
    let payment = json!({ "Id": "1", "Amount": "60.00", "PaymentType": "PayPal Checkout" });
    assert_eq!(shown["OrderPayment"][0], payment);
    assert_eq!(shown["CompleteStatus"], "Approved");
}

#[tokio::test]
async fn waiting_orders_reserve_stock() {
    let shop = ordered().await;
    let selectors = [
        "CommittedQuantity",
        "AvailableSellQuantity",
        "WarehouseQuantity",
    ];
    let item = shop.item("SHIRT-S", &selectors).await;
    assert_eq!(item["CommittedQuantity"], "2");
    assert_eq!(item["AvailableSellQuantity"], "8");
    assert_eq!(item["WarehouseQuantity"][0]["Quantity"], "10");
}

#[tokio::test]
async fn orders_are_found_by_status_date_sku_and_customer_oldest_first() {
    let shop = ordered().await;
    shop.later(3600);
    place(&shop, json!([{ "SKU": "MUG", "Quantity": 1 }]));
    let since = json!({ "DateUpdatedFrom": "2026-11-01 00:30:00" });
    assert_eq!(ids(&shop, since).await, ["N1001"]);
    assert_eq!(
        ids(&shop, json!({ "DatePlacedTo": "2026-11-01 00:30:00" })).await,
        ["N1000"]
    );
    assert_eq!(ids(&shop, json!({ "SKU": "MUG" })).await, ["N1001"]);
    assert_eq!(
        ids(&shop, json!({ "Username": "jsmith" })).await,
        ["N1000", "N1001"]
    );
    let second = json!({ "Username": "jsmith", "Page": 1, "Limit": 1 });
    assert_eq!(ids(&shop, second).await, ["N1001"]);
    let unknown = json!({ "Filter": { "OrderComplete": "True" } });
    assert_eq!(shop.gap("GetOrder", unknown).await, "UnknownFilter");
}

#[tokio::test]
async fn what_was_answered_can_be_marked_as_exported_by_the_same_request() {
    let shop = ordered().await;
    let filter = json!({
        "ExportStatus": "Pending",
        "OutputSelector": ["ID"],
        "UpdateResults": { "ExportStatus": "Exported" },
    });
    assert_eq!(ids(&shop, filter.clone()).await, ["N1000"]);
    assert_eq!(
        ids(&shop, filter).await.len(),
        0,
        "at most once, whoever lost the answer"
    );
    assert_eq!(
        ids(&shop, json!({ "ExportStatus": "Exported" })).await,
        ["N1000"]
    );
}

#[tokio::test]
async fn add_order_takes_the_documented_body() {
    let shop = ordered().await;
    let body = json!({
        "Email": "a@example.com",
        "BillCompany": "A",
        "ShipCompany": "A",
        "OrderLine": [{ "SKU": "MUG", "Quantity": "3", "UnitPrice": "4.5" }],
    });
    let answer = shop.done("AddOrder", json!({ "Order": body })).await;
    assert_eq!(answer["Order"], json!({ "OrderID": "N1001" }));
    assert_eq!(
        order(&shop, "N1001", &["GrandTotal"]).await["GrandTotal"],
        "13.50"
    );
    for name in ["Email", "BillCompany", "ShipCompany", "OrderLine"] {
        let mut body = body.clone();
        body.as_object_mut().unwrap().remove(name);
        let answer = shop.call("AddOrder", json!({ "Order": body })).await;
        assert_eq!(answer["Ack"], "Error", "{name}");
        assert_eq!(answer["Order"], "");
    }
    let mut lost = body.clone();
    lost["OrderStatus"] = json!("Lost");
    let answer = shop.call("AddOrder", json!({ "Order": lost })).await;
    assert_eq!(answer["Ack"], "Warning");
    let message = "OrderStatus Lost does not exist, setting as New";
    assert_eq!(answer["Messages"]["Warning"]["Message"], message);
}
