//! Faults on the way, as a client of this platform meets them.

use sandbox::{Aim, Fault};
use serde_json::json;

use super::Practice;

/// Lowers the stock of A by 3 under a fault and says how much is left, and what came back.
async fn sold_under(fault: Fault) -> (String, Option<u16>) {
    let shop = Practice::empty();
    let ten = json!({ "WarehouseID": "1", "Quantity": "10", "Action": "set" });
    shop.add(json!({ "SKU": "A", "WarehouseQuantity": ten }))
        .await;
    shop.server.fault(Aim::next(fault, "UpdateItem"));
    let three = json!({ "WarehouseID": "1", "Quantity": "3", "Action": "decrement" });
    let body = json!({ "Item": { "SKU": "A", "WarehouseQuantity": three } });
    let request = shop
        .client
        .post(format!("{}/do/WS/NetoAPI", shop.server.url()))
        .header("NETOAPI_ACTION", "UpdateItem")
        .header("NETOAPI_KEY", "practice-key")
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .body(body.to_string());
    let status = match request.send().await {
        Ok(response) => {
            let status = response.status().as_u16();
            response.text().await.ok().map(|_| status)
        }
        Err(_) => None,
    };
    let item = shop.item("A", &["WarehouseQuantity"]).await;
    let left = item["WarehouseQuantity"][0]["Quantity"]
        .as_str()
        .unwrap()
        .to_owned();
    (left, status)
}

#[tokio::test]
async fn a_lost_request_moves_nothing_and_a_lost_answer_hides_a_movement() {
    assert_eq!(
        sold_under(Fault::LostRequest).await,
        ("10".to_owned(), None)
    );
    assert_eq!(sold_under(Fault::LostReply).await, ("7".to_owned(), None));
    assert_eq!(sold_under(Fault::CutReply).await, ("7".to_owned(), None));
}

#[tokio::test]
async fn a_refusal_moves_nothing_and_a_broken_server_may_have() {
    let too_many = Fault::TooManyRequests { retry_after: None };
    assert_eq!(sold_under(too_many).await, ("10".to_owned(), Some(429)));
    assert_eq!(
        sold_under(Fault::Throttled).await,
        ("10".to_owned(), Some(429))
    );
    let broken = |done| Fault::ServerError { status: 503, done };
    assert_eq!(
        sold_under(broken(false)).await,
        ("10".to_owned(), Some(503))
    );
    assert_eq!(sold_under(broken(true)).await, ("7".to_owned(), Some(503)));
}

#[tokio::test]
async fn a_delay_changes_nothing() {
    let delayed = sold_under(Fault::Delay { millis: 5 }).await;
    assert_eq!(delayed, ("7".to_owned(), Some(200)));
}

#[tokio::test]
async fn requests_are_counted_by_their_action() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A" })).await;
    shop.item("A", &[]).await;
    shop.item("A", &[]).await;
    let url = format!("{}/practice/journal", shop.server.url());
    let text = shop
        .client
        .get(url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let journal: serde_json::Value = serde_json::from_str(&text).unwrap();
    let recent = journal["recent"].as_array().unwrap();
    let operations: Vec<_> = recent
        .iter()
        .map(|one| one["operation"].as_str().unwrap())
        .collect();
    assert_eq!(operations, ["AddItem", "GetItem", "GetItem"]);
}
