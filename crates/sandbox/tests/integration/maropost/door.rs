//! The endpoint: address, headers, key, rate.

use sandbox::maropost::{Key, RefusedKey, Username};
use serde_json::{Value, json};

use super::{Practice, answered};

const BODY: &str = r#"{"Filter": {"Limit": 5, "Page": 0}}"#;

fn headers<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut headers = vec![
        ("netoapi_action", "GetItem"),
        ("netoapi_key", "practice-key"),
        ("accept", "application/json"),
        ("content-type", "application/json"),
    ];
    headers.retain(|(header, _)| *header != name);
    if !value.is_empty() {
        headers.push((name, value));
    }
    headers
}

#[tokio::test]
async fn the_names_of_headers_have_no_case() {
    let shop = Practice::empty();
    let lower = shop.send(&headers("", ""), BODY).await;
    assert_eq!(lower.json()["Ack"], "Success");
    let upper = shop
        .ask("GetItem", &serde_json::from_str(BODY).unwrap())
        .await;
    assert_eq!(upper.text, lower.text);
}

#[tokio::test]
async fn without_accept_the_answer_is_xml() {
    let shop = Practice::empty();
    shop.add(json!({ "SKU": "A-1", "Name": "Fish & Chips" }))
        .await;
    let body = r#"{"Filter": {"SKU": "A-1", "OutputSelector": ["Name", "Images"]}}"#;
    for accept in ["", "*/*", "text/html"] {
        let answer = shop.send(&headers("accept", accept), body).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text.starts_with("<?xml"), "{}", answer.text);
        assert!(
            answer
                .text
                .contains("<GetItemResponse><Item><SKU>A-1</SKU>")
        );
        assert!(
            answer
                .text
                .contains("<Name>Fish &amp; Chips</Name><Images /></Item>")
        );
        assert!(answer.text.contains("<Ack>Success</Ack></GetItemResponse>"));
    }
}

#[tokio::test]
async fn a_wrong_or_missing_key_is_an_error_with_status_200() {
    let shop = Practice::empty();
    for key in ["", "wrong", "PRACTICE-KEY"] {
        let answer = shop.send(&headers("netoapi_key", key), BODY).await;
        assert_eq!(answer.status, 200);
        let answer = answer.json();
        assert_eq!(answer["Ack"], "Error");
        assert_eq!(answer["Messages"]["Error"]["Message"], "Invalid API Key");
        assert!(
            answer.get("Item").is_none(),
            "no empty list to mistake for an empty shop"
        );
    }
}

#[tokio::test]
async fn a_wrong_key_can_be_a_status_as_well() {
    for (refused, status) in [(RefusedKey::Status401, 401), (RefusedKey::Status403, 403)] {
        let shop = Practice::set(|settings| settings.refused_key = refused);
        let answer = shop.send(&headers("netoapi_key", "wrong"), BODY).await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn the_username_is_ignored_or_enforced() {
    let cases = [
        ("practice-key", "", true),
        ("practice-key", "practice", false),
        ("practice-user-key", "practice", true),
        ("practice-user-key", "", false),
        ("practice-user-key", "somebody", false),
    ];
    let ignored = Practice::empty();
    let enforced = Practice::set(|settings| settings.username = Username::Enforced);
    for (key, username, fits) in cases {
        let mut sent = headers("netoapi_key", key);
        sent.push(("netoapi_username", username));
        let ack = |text: &str| serde_json::from_str::<Value>(text).unwrap()["Ack"].clone();
        assert_eq!(ack(&ignored.send(&sent, BODY).await.text), "Success");
        let expected = if fits { "Success" } else { "Error" };
        assert_eq!(
            ack(&enforced.send(&sent, BODY).await.text),
            expected,
            "{key} {username}"
        );
    }
}

#[tokio::test]
async fn what_a_key_does_not_permit_looks_like_a_wrong_key() {
    let shop = Practice::set(|settings| {
        settings.keys = vec![Key::of("practice-key", "reader").only(&["GetItem"])];
    });
    assert_eq!(
        shop.call("GetItem", json!({ "Filter": {} })).await["Ack"],
        "Success"
    );
    let answer = shop
        .call("AddItem", json!({ "Item": { "SKU": "A" } }))
        .await;
    assert_eq!(answer["Messages"]["Error"]["Message"], "Invalid API Key");
    assert_eq!(shop.skus(json!({})).await.len(), 0);
}

#[tokio::test]
async fn another_address_answers_a_page_with_status_200() {
    let shop = Practice::empty();
    for path in ["/", "/do/WS/NetoAPI/", "/do/ws/netoapi", "/api"] {
        let url = format!("{}{path}", shop.server.url());
        let answer = answered(shop.client.post(url).body(BODY).send().await.unwrap()).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text.starts_with("<!DOCTYPE html>"), "{path}");
    }
}

#[tokio::test]
async fn an_outage_is_a_page_with_status_200() {
    let shop = Practice::set(|settings| settings.outage = true);
    let answer = shop.send(&headers("", ""), BODY).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
    shop.configure(|settings| settings.outage = false);
    assert_eq!(
        shop.send(&headers("", ""), BODY).await.json()["Ack"],
        "Success"
    );
}

#[tokio::test]
async fn a_body_that_is_no_json_is_a_json_error() {
    let shop = Practice::empty();
    for body in ["", "{", "{\"Filter\": {}", "<GetItem/>"] {
        let answer = shop.send(&headers("", ""), body).await.json();
        assert_eq!(answer["Ack"], "Error");
        assert_eq!(answer["Messages"]["Error"]["Message"], "JSON Error");
        assert_ne!(answer["Messages"]["Error"]["Description"], "");
    }
}

#[tokio::test]
async fn what_no_source_describes_is_a_loud_gap_of_the_practice_shop() {
    let shop = Practice::empty();
    for (name, value, gap) in [
        ("netoapi_action", "", "NoAction"),
        ("netoapi_action", "DeleteItem", "ActionNotSimulated"),
        ("netoapi_action", "getitem", "ActionNotSimulated"),
        ("content-type", "", "RequestNotJson"),
        ("content-type", "text/xml", "RequestNotJson"),
        ("authorization", "Bearer x", "OAuthNotSimulated"),
        ("x_access_key", "x", "OAuthNotSimulated"),
    ] {
        let answer = shop.send(&headers(name, value), BODY).await;
        assert_eq!((answer.status, answer.gap()), (501, gap), "{name}: {value}");
        assert!(answer.json().get("Ack").is_none());
    }
    let url = format!("{}/do/WS/NetoAPI", shop.server.url());
    let answer = answered(shop.client.get(url).send().await.unwrap()).await;
    assert_eq!((answer.status, answer.gap()), (501, "MethodNotPost"));
    assert_eq!(
        shop.send(&headers("", ""), "[]").await.gap(),
        "BodyNotAnObject"
    );
}

#[tokio::test]
async fn after_500_requests_a_minute_only_a_pause_helps() {
    let shop = Practice::empty();
    for _ in 0..500 {
        assert_eq!(shop.send(&headers("", ""), BODY).await.status, 200);
    }
    let refused = shop.send(&headers("", ""), BODY).await;
    assert_eq!(refused.status, 429);
    assert!(
        refused.headers.get("retry-after").is_none(),
        "it is not documented"
    );
    shop.later(61);
    assert_eq!(shop.send(&headers("", ""), BODY).await.status, 200);
}

#[tokio::test]
async fn whoever_goes_on_asking_stays_shut_out() {
    let shop = Practice::set(|settings| {
        settings.requests_per_minute = 3;
        settings.retry_after = Some(60);
    });
    for _ in 0..3 {
        shop.send(&headers("", ""), BODY).await;
    }
    for _ in 0..6 {
        let refused = shop.send(&headers("", ""), BODY).await;
        assert_eq!(refused.status, 429);
        assert_eq!(refused.headers["retry-after"], "60");
        shop.later(19);
    }
    shop.configure(|settings| settings.refused_requests_count = false);
    shop.later(60);
    assert_eq!(shop.send(&headers("", ""), BODY).await.status, 200);
}

#[tokio::test]
async fn a_look_at_the_shop_is_not_counted_and_never_refused() {
    let shop = Practice::set(|settings| {
        settings.requests_per_minute = 2;
        settings.outage = true;
    });
    let now = shop.server.clock().now();
    let body = json!({ "Item": { "SKU": "A" } });
    shop.server.shop().look("AddItem", &body, now).unwrap();
    let filter = json!({ "Filter": { "SKU": "A" } });
    for _ in 0..5 {
        let seen = shop.server.shop().look("GetItem", &filter, now).unwrap();
        assert_eq!(seen["Item"][0]["SKU"], "A");
    }
    let gap = shop
        .server
        .shop()
        .look("DeleteItem", &body, now)
        .unwrap_err();
    assert!(gap.starts_with("ActionNotSimulated"), "{gap}");
    shop.configure(|settings| settings.outage = false);
    assert_eq!(shop.skus(json!({})).await, ["A"]);
}

#[tokio::test]
async fn settings_can_be_changed_over_http() {
    let shop = Practice::empty();
    let url = format!("{}/practice/settings", shop.server.url());
    let change = json!({ "outage": true, "sku_case": "Ignored" }).to_string();
    let answer = shop.client.post(&url).body(change).send().await.unwrap();
    let answer = answered(answer).await;
    assert_eq!(
        (answer.status, &answer.json()["outage"]),
        (200, &json!(true))
    );
    assert!(shop.server.shop().settings().outage);
    let wrong = json!({ "no_such_switch": 1 }).to_string();
    assert_eq!(
        shop.client
            .post(&url)
            .body(wrong)
            .send()
            .await
            .unwrap()
            .status(),
        422
    );
    let read = answered(shop.client.get(&url).send().await.unwrap())
        .await
        .json();
    assert_eq!(read["sku_case"], "Ignored");
}
