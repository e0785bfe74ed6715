//! A shop in the real window: connected, matched, and brought in step with a conflict that a person decides.

use sandbox::maropost::{Maropost, Settings};
use sandbox::{Catalogue, Clock, Edit, Moment, Server};
use serde_json::{Value as Json, json};

use crate::harness::DesktopApp;
use crate::shop;

/// A practice Maropost on this computer, on a port of its own.
fn outlet() -> Server<Maropost> {
    let clock = Clock::standing(Moment::START);
    let shop = Maropost::new(&Catalogue::new(7, 6), Settings::default(), clock.now());
    Server::open(shop, clock, 0).unwrap()
}

#[tokio::test]
async fn a_shop_is_connected_matched_and_synced_with_a_conflict_decided() {
    let outlet = outlet();
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    connect(&app, &outlet).await;
    match_all(&app).await;

    // Both sides change the same price.
    let product = product(&app, "DM-000004").await;
    let price = product["fields"]["store_price"].clone();
    change_price(&app, &product, 77_000).await;
    app.wait_text("1 product waits for North Outlet").await;
    let on = "DM-000004".to_owned();
    outlet.edit(&Edit::Price { on, price: 660 }).unwrap();
    app.click_test_id("area-channels").await;
    app.by_test_id("channel-row").await;
    app.click_test_id("sync").await;
    app.click_test_id("plan-tab-conflict").await;
    app.wait_text("agreed").await;
    let line = app.by_test_id("plan-line").await.text().await.unwrap();
    let agreed = price.as_i64().unwrap();
    let money = |units: i64| format!("{}.{:02}", units / 10_000, units / 100 % 100);
    for value in [
        format!("agreed €{}", money(agreed)),
        "here €7.70".to_owned(),
        "there €6.60".to_owned(),
    ] {
        assert!(line.contains(&value), "{value} is missing in {line}");
    }
    app.picture("sync-conflict");
    app.click("button", "Keep ours").await;
    app.picture("sync-decided");
    app.click_test_id("plan-apply").await;
    app.by_test_id("plan-done").await;
    app.picture("sync-done");
    assert_eq!(price_there(&outlet, "DM-000004"), "7.70");
}

/// What the shop asks for an item now.
fn price_there(outlet: &Server<Maropost>, sku: &str) -> String {
    let body = json!({ "Filter": { "SKU": [sku], "OutputSelector": ["DefaultPrice"] } });
    let now = outlet.clock().now();
    let answer = outlet.shop().look("GetItem", &body, now).unwrap();
    let price = answer["Item"][0]["DefaultPrice"].as_str();
    price.unwrap_or_default().to_owned()
}

async fn connect(app: &DesktopApp, outlet: &Server<Maropost>) {
    app.click_test_id("area-channels").await;
    app.click_test_id("connect-shop").await;
    app.choose("channel-platform", "Maropost").await;
    app.fill_test_id("channel-name", "North Outlet").await;
    app.fill_test_id("channel-address", outlet.url()).await;
    app.fill_test_id("channel-secret", "practice-key").await;
    app.click_test_id("channel-rehearse").await;
    app.click_test_id("connect-channel").await;
    app.by_test_id("channel-check").await;
    app.picture("channel-connected");
    app.click_test_id("open-connected").await;
    // The list has a button "Sync" as well: a click while it gives way to the shop's page hits neither.
    app.by_test_id("tab-match").await;
}

/// Reads the shop, and makes here what it has.
async fn match_all(app: &DesktopApp) {
    app.click_test_id("sync").await;
    app.by_test_id("review").await;
    app.click_test_id("plan-close").await;
    app.click_test_id("tab-match").await;
    app.click_test_id("select-all").await;
    app.picture("channel-match");
    app.click_test_id("bulk-create").await;
    app.wait_text("Nothing is unmatched").await;
    app.click_test_id("sync").await;
    app.click_test_id("plan-apply").await;
    app.by_test_id("plan-done").await;
}

async fn product(app: &DesktopApp, sku: &str) -> Json {
    app.begin_call("products.find", json!({ "skus": [sku] }))
        .await;
    app.answer().await.unwrap()[0].clone()
}

async fn change_price(app: &DesktopApp, product: &Json, price: i64) {
    let old = &product["fields"]["store_price"];
    let change = json!([{ "field": "store_price", "old": old, "new": price }]);
    let request = json!({ "id": product["id"], "version": product["version"], "changes": change });
    app.begin_call("products.update", request).await;
    app.answer().await.unwrap();
}
