//! What was sent to a shop and is taken back there by an undo.

use sandbox::Edit;
use serde_json::json;

use super::{edit, in_step, maropost, outlet, product, told};
use crate::support::{TestApp, on_each_desktop};

async fn undo(desktop: &TestApp, plan: &serde_json::Value) -> serde_json::Value {
    let request = json!({ "batchId": plan["batchId"] });
    let started = desktop.ok("plans.undo", request).await;
    desktop.finish(&started).await;
    desktop
        .ok("plans.get", json!({ "id": started["plan"] }))
        .await
}

#[tokio::test]
async fn a_sent_price_is_taken_back_by_an_undo_and_not_sent_again() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        edit(desktop, "DM-000004", json!({ "store_price": 10_000 })).await;
        let sent = channel.sync().await;
        let plan = undo(desktop, &sent).await;
        assert_eq!(
            told(&channel.rows(&plan).await),
            ["→ update DM-000004 store_price: 10000 → 1749500"]
        );
        channel.apply(&plan).await;
        let whole = json!({ "id": channel.id, "whole": true });
        let started = desktop.ok("channels.fetch", whole).await;
        desktop.finish(&started).await;
        let rows = told(&channel.rows(&channel.plan().await).await);
        assert_eq!(rows, [""; 0], "both are agreed to differ");
        assert_eq!(
            product(desktop, "DM-000004").await["fields"]["store_price"],
            10_000
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_here_after_it_was_sent_is_not_lost_by_the_undo() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        channel.set(json!({ "channel.stock": "ask" })).await;
        let stock = product(desktop, "DM-000004").await["fields"]["stock"].clone();
        let first = json!({ "store_price": 10_000, "stock": 31 });
        edit(desktop, "DM-000004", first).await;
        let sent = channel.sync().await;
        let newer = json!({ "store_price": 20_000, "stock": 35 });
        edit(desktop, "DM-000004", newer).await;
        let plan = undo(desktop, &sent).await;
        channel.apply(&plan).await;
        assert_eq!(
            told(&channel.rows(&channel.plan().await).await),
            [
                format!("→ update DM-000004 stock: {stock} → 35"),
                "→ update DM-000004 store_price: 1749500 → 20000".to_owned(),
            ],
            "it was never sent, so it is not what was taken back"
        );
        let on = || "DM-000004".to_owned();
        let (on_hand, price) = (27, 777);
        shop.edit(&Edit::Stock {
            on: on(),
            quantity: on_hand,
        })
        .unwrap();
        shop.edit(&Edit::Price { on: on(), price }).unwrap();
        let plan = channel.plan().await;
        let rows = told(&channel.rows(&plan).await);
        assert_eq!(plan["counts"]["conflict"], 2, "both are newer: {rows:#?}");
    })
    .await;
}
