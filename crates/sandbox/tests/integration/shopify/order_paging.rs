//! Finding orders, and paging through them.

use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Edit, Server};
use serde_json::{Value, json};

use super::{Practice, START};

#[tokio::test]
async fn what_changed_since_comes_again_and_last() {
    let practice = Practice::with_orders(60);
    let all = practice.orders("").await;
    let times: Vec<&str> = all
        .iter()
        .map(|one| one["updatedAt"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted());
    let watermark = *times.last().unwrap();
    let since = format!("updated_at:>='{watermark}'");
    assert_eq!(
        practice.orders(&since).await.len(),
        1,
        "the last one itself"
    );
    practice.wait(5_000);
    let on = all[3]["id"].as_str().unwrap().to_owned();
    let note = String::from("Ring twice");
    practice
        .server
        .edit(&Edit::NoteOrder {
            on: on.clone(),
            note,
        })
        .unwrap();
    let changed = practice.orders(&since).await;
    assert_eq!(changed.len(), 2);
    assert_eq!(
        (&changed[1]["id"], &changed[1]["note"]),
        (&json!(on), &json!("Ring twice"))
    );
    let after = format!("updated_at:>'{watermark}'");
    assert_eq!(practice.orders(&after).await.len(), 1);
}

#[tokio::test]
async fn searches_find_what_they_say() {
    let practice = Practice::with_orders(96);
    let all = practice.orders("").await;
    let count = async |query: &str| practice.orders(query).await.len();
    let cancelled = all
        .iter()
        .filter(|one| !one["cancelledAt"].is_null())
        .count();
    assert_eq!(count("status:cancelled").await, cancelled);
    let open = all.iter().filter(|one| one["closedAt"].is_null()).count();
    assert_eq!(count("status:open").await, open);
    assert_eq!(count("status:not_closed").await, open);
    assert_eq!(count("status:open,closed,cancelled").await, 96);
    let partial = |one: &&Value| one["displayFulfillmentStatus"] == "PARTIALLY_FULFILLED";
    assert_eq!(
        count("fulfillment_status:partial").await,
        all.iter().filter(partial).count()
    );
    let refunded = |one: &&Value| one["displayFinancialStatus"] == "PARTIALLY_REFUNDED";
    let found = count("financial_status:partially_refunded").await;
    assert_eq!(found, all.iter().filter(refunded).count());
    assert_eq!(
        count(&format!("name:{}", all[7]["name"].as_str().unwrap())).await,
        1
    );
    assert_eq!(count("sku:OLD-POT-1").await, 2);
    assert_eq!(count("tag:VIP").await, 2);
    assert_eq!(count("test:true").await, 2);
    let query = json!({"first": 5, "linesFirst": 1, "query": "colour:red"});
    let answer = practice.run("orders_page", query).await;
    let warning = &answer["extensions"]["search"][0]["warnings"][0];
    assert_eq!(
        (&warning["code"], &warning["field"]),
        (&json!("invalid_field"), &json!("colour"))
    );
    let query = json!({"first": 5, "linesFirst": 1, "query": "updated_at:>='yesterday'"});
    assert_eq!(practice.error("orders_page", query).await, "BAD_REQUEST");
}

#[tokio::test]
async fn lines_are_paged_too() {
    let practice = Practice::with_orders(48);
    let all = practice.orders("").await;
    let long = |one: &&Value| one["lineItems"]["pageInfo"]["hasNextPage"] == true;
    let order = all.iter().find(long).unwrap();
    let mut count = 0;
    let mut after = Value::Null;
    loop {
        let variables = json!({"id": order["id"], "linesFirst": 25, "after": after});
        let lines = practice.data("order_by_id", variables).await["order"]["lineItems"].clone();
        count += lines["nodes"].as_array().unwrap().len();
        if lines["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = lines["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(count, 60);
}

#[tokio::test]
async fn fifty_thousand_orders_are_paged_from_anywhere() {
    let mut options = ShopifyOptions::new(Catalogue::new(3, 500));
    options.orders = 50_000;
    let server = Server::open(Shopify::new(&options), Clock::stepping(START, 20_000), 0).unwrap();
    let token = server.shop().token().to_owned();
    let practice = Practice {
        client: crate::client(),
        token,
        server,
    };
    let counted = practice
        .ask(
            "{ ordersCount(limit: null) { count precision } }",
            json!({}),
        )
        .await;
    assert_eq!(
        counted["data"]["ordersCount"],
        json!({"count": 10_000, "precision": "AT_LEAST"})
    );
    let mut after = Value::Null;
    let mut last = String::new();
    for _ in 0..5 {
        let query = "updated_at:>='2026-09-01T00:00:00Z'";
        let variables = json!({"first": 250, "linesFirst": 20, "after": after, "query": query});
        let page = practice.data("orders_page", variables).await["orders"].clone();
        let edges = page["edges"].as_array().unwrap();
        assert_eq!(edges.len(), 250);
        let first = edges[0]["node"]["updatedAt"].as_str().unwrap();
        assert!(*last <= *first && *first >= *"2026-09-01");
        last = edges[249]["node"]["updatedAt"].as_str().unwrap().to_owned();
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn all_orders_come_as_rows() {
    let practice = Practice::with_orders(60);
    let query = super::operation_named("bulk/bulk_orders_export");
    let started = practice
        .done("bulk_run_query", json!({"query": query}))
        .await;
    practice.wait(5_000);
    let id = &started["bulkOperation"]["id"];
    let done = practice.data("bulk_operation", json!({"id": id})).await["bulkOperation"].clone();
    assert_eq!(
        (&done["status"], &done["rootObjectCount"]),
        (&json!("COMPLETED"), &json!("60"))
    );
    let answer = practice
        .client
        .get(done["url"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    let text = answer.text().await.unwrap();
    let rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let orders = rows
        .iter()
        .filter(|row| row["__typename"] == "Order")
        .count();
    let lines = rows.iter().filter(|row| row["__typename"] == "LineItem");
    assert_eq!(orders, 60);
    assert!(lines.clone().count() > 100);
    assert!(
        lines
            .clone()
            .all(|row| row["__parentId"].as_str().unwrap().contains("/Order/"))
    );
}
