//! Deciding conflicts in the real window: a colleague changed a price between the review and its
//! application, and a person takes the file's value after all.

use serde_json::{Value as Json, json};

use crate::harness::DesktopApp;
use crate::shop;

const JUNE: &str = "SKU,Name,Store price\nMUG,Mug,12.90\nTEA,Tea,6.50\n";
const JULY: &str = "SKU,Name,Store price\nMUG,Mug,14.50\nTEA,Tea,7.00\n";

#[tokio::test]
async fn what_is_held_back_is_decided_and_applied() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    let june = folder.path().join("june.csv");
    std::fs::write(&june, JUNE).unwrap();
    app.drop_files(&[&june]);
    app.click("button", "Review 2 rows").await;
    app.click("button", "Apply 2 changes").await;
    app.by_test_id("plan-done").await;

    let july = folder.path().join("july.csv");
    std::fs::write(&july, JULY).unwrap();
    app.drop_files(&[&july]);
    app.click("button", "Review 2 rows").await;
    app.by_role("button", "Apply 2 changes").await;
    change_price(&app, "MUG", 95_000).await;
    change_price(&app, "TEA", 60_000).await;
    app.click("button", "Apply 2 changes").await;
    app.wait_text("2 records kept until you decide.").await;
    app.click("button", "Decide").await;
    app.wait_text("file ").await;
    app.wait_text("9.50").await;
    app.picture("decisions");

    app.run("document.querySelector('[role=grid]').focus()")
        .await;
    app.press("1").await;
    app.by_role("button", "Apply 1 decision").await;
    app.press("2").await;
    app.wait_text_gone("Apply 1 decision").await;
    app.click("button", "Take the file's values").await;
    app.picture("decisions-taken");
    app.click("button", "Apply 2 decisions").await;
    app.wait_text_gone("Apply 2 decisions").await;
    let counts = shop::plan_counts(&app, ["update", "conflict"]).await;
    assert_eq!(counts, ["2", "0"]);
    assert_eq!(product(&app, "MUG").await["fields"]["store_price"], 145_000);
    app.picture("decisions-done");
}

async fn product(app: &DesktopApp, sku: &str) -> Json {
    app.begin_call("products.find", json!({ "skus": [sku] }))
        .await;
    app.answer().await.unwrap()[0].clone()
}

/// As another desktop would, while the plan is being read.
async fn change_price(app: &DesktopApp, sku: &str, price: i64) {
    let there = product(app, sku).await;
    let old = &there["fields"]["store_price"];
    let change = json!([{ "field": "store_price", "old": old, "new": price }]);
    let request = json!({ "id": there["id"], "version": there["version"], "changes": change });
    app.begin_call("products.update", request).await;
    app.answer().await.unwrap();
}
