//! Points: what things cost, and what happens when there are none left.

use sandbox::shopify::ShopifyOptions;
use sandbox::{Aim, Catalogue, Fault};
use serde_json::{Value, json};

use super::{Practice, operation_named};

#[tokio::test]
async fn every_answer_says_what_it_cost() {
    let practice = Practice::open(30);
    let variables = json!({"first": 50, "variantsFirst": 25, "mediaFirst": 5});
    let answer = practice.run("products_page", variables).await;
    let cost = &answer["extensions"]["cost"];
    assert_eq!(cost["requestedQueryCost"], 401);
    let actual = cost["actualQueryCost"].as_i64().unwrap();
    assert!((10..401).contains(&actual), "{actual}");
    assert_eq!(
        cost["throttleStatus"]["currentlyAvailable"],
        2000 - actual,
        "the rest is given back"
    );
    let counted = practice.server.journal().of("ProductsPage").points;
    assert_eq!(counted.to_string(), actual.to_string());
    practice.wait(60_000);
    let answer = practice.run("products_count", json!({})).await;
    assert_eq!(
        answer["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"],
        1990
    );
}

#[tokio::test]
async fn an_empty_bucket_refuses_and_fills_again() {
    let mut options = ShopifyOptions::new(Catalogue::new(7, 10));
    options.bucket = 100.0;
    options.restored = 10.0;
    let practice = Practice::with(options);
    let mug = json!({"input": {"title": "Mug"}});
    practice.done("product_set", mug.clone()).await;
    practice.done("product_set", mug.clone()).await;
    let mut refused = Value::Null;
    for _ in 0..20 {
        refused = practice.run("product_set", mug.clone()).await;
        if refused.get("errors").is_some() {
            break;
        }
    }
    assert_eq!(refused["errors"][0]["extensions"]["code"], "THROTTLED");
    assert_eq!(refused.get("data"), None);
    assert_eq!(
        refused["extensions"]["cost"]["actualQueryCost"],
        Value::Null
    );
    let left = refused["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"]
        .as_i64()
        .unwrap();
    practice.wait((41 - left) * 100 + 100);
    practice.done("product_set", mug).await;
}

#[tokio::test]
async fn one_operation_costs_a_thousand_at_most() {
    let practice = Practice::open(10);
    let variables = json!({"first": 250, "variantsFirst": 250, "mediaFirst": 250});
    let answer = practice.run("products_page", variables).await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "MAX_COST_EXCEEDED");
    assert_eq!(error["extensions"]["maxCost"], 1000);
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("exceeds the single query max cost limit (1000)"),
        "{message}"
    );
}

#[tokio::test]
async fn throttling_and_429_are_had_on_request() {
    let practice = Practice::open(10);
    practice
        .server
        .fault(Aim::next(Fault::Throttled, "ProductsCount"));
    assert_eq!(
        practice.error("products_count", json!({})).await,
        "THROTTLED"
    );
    practice.data("products_count", json!({})).await;
    let fault = Fault::TooManyRequests {
        retry_after: Some(2),
    };
    practice.server.fault(Aim::next(fault, "ProductsCount"));
    let body = json!({"query": operation_named("products_count")});
    let answer = practice.send("2026-10", &body).await;
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "2.0");
    assert!(
        answer.json::<Value>().await.is_err(),
        "the edge does not speak JSON"
    );
}
