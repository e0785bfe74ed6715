//! The envelope: `Ack`, `CurrentTime`, `Messages`.

use sandbox::maropost::{MessageShape, Zone};
use serde_json::{Value, json};

use super::Practice;

async fn with_unknown(shop: &Practice, skus: &[&str]) -> Value {
    let items: Vec<Value> = skus
        .iter()
        .map(|sku| json!({ "SKU": sku, "Name": "N" }))
        .collect();
    shop.call("UpdateItem", json!({ "Item": items })).await
}

#[tokio::test]
async fn one_message_is_an_object_and_several_are_an_array() {
    let shop = Practice::empty();
    let one = with_unknown(&shop, &["A"]).await;
    assert_eq!(
        one["Messages"],
        json!({ "Warning": { "Message": "Cannot find Item A", "SeverityCode": "Warning" } })
    );
    let two = with_unknown(&shop, &["A", "B"]).await;
    let texts = two["Messages"]["Warning"].as_array().unwrap();
    assert_eq!(texts[1]["Message"], "Cannot find Item B");
}

#[tokio::test]
async fn messages_come_in_the_documented_shape_and_in_a_third_one() {
    let shop = Practice::set(|settings| settings.messages = MessageShape::Arrays);
    let answer = with_unknown(&shop, &["A"]).await;
    assert_eq!(
        answer["Messages"]["Warning"][0]["Message"],
        "Cannot find Item A"
    );
    shop.configure(|settings| settings.messages = MessageShape::OuterArray);
    let answer = with_unknown(&shop, &["A", "B"]).await;
    assert_eq!(
        answer["Messages"][0]["Warning"]["Message"],
        "Cannot find Item A"
    );
    assert_eq!(
        answer["Messages"][1]["Warning"]["Message"],
        "Cannot find Item B"
    );
}

#[tokio::test]
async fn an_error_has_a_description_and_an_empty_element() {
    let shop = Practice::empty();
    let answer = shop
        .call("AddItem", json!({ "Item": { "Name": "No key" } }))
        .await;
    assert_eq!(answer["Ack"], "Error");
    assert_eq!(answer["Item"], "");
    assert_eq!(
        answer["Messages"]["Error"],
        json!({
            "Message": "SKU is a required field and is missing",
            "SeverityCode": "Error",
            "Description": "",
        })
    );
}

#[tokio::test]
async fn the_current_time_is_utc_or_the_shops_own() {
    let shop = Practice::empty();
    let read = || async { shop.call("GetItem", json!({ "Filter": {} })).await };
    assert_eq!(read().await["CurrentTime"], "2026-11-01 00:00:00");
    shop.configure(|settings| settings.current_time = Zone::Shop);
    assert_eq!(read().await["CurrentTime"], "2026-11-01 10:00:00");
    shop.later(3661);
    assert_eq!(read().await["CurrentTime"], "2026-11-01 11:01:01");
}
