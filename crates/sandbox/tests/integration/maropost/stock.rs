//! Stock: quantities by warehouse, and what they do to `DateUpdated`.

use sandbox::maropost::{NegativeStock, QuantityAction};
use serde_json::{Value, json};

use super::Practice;

async fn shop() -> Practice {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A" })).await;
    shop
}

fn moving(warehouse: &str, quantity: i64, action: &str) -> Value {
    let mut row = json!({ "WarehouseID": warehouse, "Quantity": quantity.to_string() });
    if !action.is_empty() {
        row["Action"] = json!(action);
    }
    json!({ "SKU": "A", "WarehouseQuantity": row })
}

async fn quantities(shop: &Practice) -> Vec<(String, String)> {
    let item = shop.item("A", &["WarehouseQuantity"]).await;
    let rows = item["WarehouseQuantity"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let row = |row: &Value| (text(&row["WarehouseID"]), text(&row["Quantity"]));
    rows.iter().map(row).collect()
}

#[tokio::test]
async fn quantities_are_set_raised_and_lowered_in_each_warehouse() {
    let shop = shop().await;
    shop.update(moving("1", 10, "set")).await;
    shop.update(moving("2", 4, "increment")).await;
    shop.update(moving("1", 3, "decrement")).await;
    let expected = [("1", "7"), ("2", "4")].map(|(id, count)| (id.to_owned(), count.to_owned()));
    assert_eq!(quantities(&shop).await, expected);
    assert_eq!(
        shop.item("A", &["AvailableSellQuantity"]).await["AvailableSellQuantity"],
        "11"
    );
}

#[tokio::test]
async fn the_action_is_written_with_and_without_a_capital() {
    let shop = shop().await;
    shop.update(moving("1", 10, "Set")).await;
    shop.update(moving("1", 1, "Increment")).await;
    assert_eq!(quantities(&shop).await, [("1".to_owned(), "11".to_owned())]);
    let other = json!({ "Item": moving("1", 1, "add") });
    assert_eq!(shop.gap("UpdateItem", other).await, "UnknownQuantityAction");
}

#[tokio::test]
async fn a_quantity_without_an_action_is_a_gap_or_either_of_two() {
    let shop = shop().await;
    shop.update(moving("1", 10, "set")).await;
    let body = json!({ "Item": moving("1", 3, "") });
    assert_eq!(shop.gap("UpdateItem", body).await, "NoQuantityAction");
    shop.configure(|settings| settings.quantity_action = QuantityAction::Increment);
    shop.update(moving("1", 3, "")).await;
    assert_eq!(quantities(&shop).await[0].1, "13");
    shop.configure(|settings| settings.quantity_action = QuantityAction::Set);
    shop.update(moving("1", 3, "")).await;
    assert_eq!(quantities(&shop).await[0].1, "3");
}

#[tokio::test]
async fn several_warehouses_are_moved_by_one_request() {
    let shop = shop().await;
    let rows = json!([
        { "WarehouseID": "1", "Quantity": "5", "Action": "set" },
        { "WarehouseID": 2, "Quantity": 6, "Action": "set" },
        { "WarehouseID": "1", "Quantity": "2", "Action": "decrement" },
    ]);
    shop.update(json!({ "SKU": "A", "WarehouseQuantity": rows }))
        .await;
    let counts: Vec<String> = quantities(&shop)
        .await
        .into_iter()
        .map(|(_, count)| count)
        .collect();
    assert_eq!(counts, ["3", "6"]);
}

#[tokio::test]
async fn stock_without_a_warehouse_lies_in_the_primary_one() {
    let shop = shop().await;
    let quantity = json!({ "Quantity": "9", "Action": "set" });
    shop.update(json!({ "SKU": "A", "StoreQuantity": quantity }))
        .await;
    assert_eq!(quantities(&shop).await, [("1".to_owned(), "9".to_owned())]);
}

#[tokio::test]
async fn a_movement_that_is_sent_twice_moves_twice() {
    let shop = shop().await;
    shop.update(moving("1", 10, "set")).await;
    shop.update(moving("1", 3, "decrement")).await;
    shop.update(moving("1", 3, "decrement")).await;
    assert_eq!(quantities(&shop).await[0].1, "4");
}

#[tokio::test]
async fn stock_falls_below_zero_or_stops_there() {
    for (negative, left) in [
        (NegativeStock::Allowed, "-2"),
        (NegativeStock::StopsAtZero, "0"),
    ] {
        let shop = shop().await;
        shop.configure(|settings| settings.negative_stock = negative);
        shop.update(moving("1", 1, "set")).await;
        shop.update(moving("1", 3, "decrement")).await;
        assert_eq!(quantities(&shop).await[0].1, left);
    }
}

#[tokio::test]
async fn quantities_are_whole_and_movements_are_not_negative() {
    let shop = shop().await;
    let mut item = moving("1", 1, "set");
    item["WarehouseQuantity"]["Quantity"] = json!("1.5");
    assert_eq!(
        shop.gap("UpdateItem", json!({ "Item": item })).await,
        "MalformedValue"
    );
    let body = json!({ "Item": moving("1", -1, "increment") });
    assert_eq!(shop.gap("UpdateItem", body).await, "NegativeQuantity");
}

#[tokio::test]
async fn a_movement_moves_the_date_of_the_item_or_does_not() {
    let shop = shop().await;
    let since = json!({ "DateUpdatedFrom": "2026-11-01 00:00:30" });
    shop.later(60);
    shop.update(moving("1", 3, "set")).await;
    assert_eq!(shop.skus(since.clone()).await.len(), 0);
    shop.configure(|settings| settings.stock_moves_date_updated = true);
    shop.update(moving("1", 4, "set")).await;
    assert_eq!(shop.skus(since).await, ["A"]);
}

#[tokio::test]
async fn an_update_that_changes_nothing_moves_the_date_or_does_not() {
    let shop = shop().await;
    shop.update(json!({ "SKU": "A", "Name": "Same" })).await;
    let since = json!({ "DateUpdatedFrom": "2026-11-01 00:00:30" });
    shop.later(60);
    shop.configure(|settings| settings.unchanged_moves_date_updated = false);
    shop.update(json!({ "SKU": "A", "Name": "Same" })).await;
    assert_eq!(shop.skus(since.clone()).await.len(), 0);
    shop.configure(|settings| settings.unchanged_moves_date_updated = true);
    shop.update(json!({ "SKU": "A", "Name": "Same" })).await;
    assert_eq!(shop.skus(since).await, ["A"]);
}

#[tokio::test]
async fn warehouses_are_read_with_what_is_selected() {
    let shop = shop().await;
    let selectors = [
        "WarehouseID",
        "WarehouseName",
        "WarehouseReference",
        "IsPrimary",
    ];
    let filter = json!({ "OutputSelector": selectors });
    let answer = shop.done("GetWarehouse", json!({ "Filter": filter })).await;
    assert_eq!(
        answer["Warehouse"][0],
        json!({
            "WarehouseID": "1",
            "WarehouseName": "Main",
            "WarehouseReference": "MAIN",
            "IsPrimary": "True",
        })
    );
    assert_eq!(answer["Warehouse"][1]["IsPrimary"], "False");
    let filter = json!({ "WarehouseReference": "OUT", "OutputSelector": ["ID"] });
    let answer = shop.done("GetWarehouse", json!({ "Filter": filter })).await;
    assert_eq!(answer["Warehouse"], json!([{ "ID": "2" }]));
    // A list of two: asking from page 1 finds nothing and looks like a shop without any.
    let filter = json!({ "Page": 1, "Limit": 10, "OutputSelector": ["ID"] });
    let answer = shop.done("GetWarehouse", json!({ "Filter": filter })).await;
    assert_eq!(answer["Warehouse"], json!([]));
}
