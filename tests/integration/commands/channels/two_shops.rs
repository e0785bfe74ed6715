//! Two populated shops that overlap: matched without a duplicate, edited on every side, synced.

use sandbox::Edit;
use serde_json::{Value as Json, json};

use super::{Connected, edit, maropost, north, outlet, product, shopify, told};
use crate::support::{TestApp, on_each_desktop};

async fn skus(desktop: &TestApp) -> Vec<String> {
    let request = json!({ "offset": 0, "limit": 500 });
    let page = desktop.ok("products.list", request).await;
    let rows = page["rows"].as_array().unwrap().iter();
    let mut skus: Vec<String> = rows
        .map(|row| row["sku"].as_str().unwrap().to_owned())
        .collect();
    skus.sort();
    skus
}

#[tokio::test]
async fn two_shops_that_overlap_are_matched_without_a_duplicate() {
    on_each_desktop(async |desktop: &TestApp| {
        let (first, second) = (shopify(20), maropost(20));
        let one = Connected::to(desktop, north(&first)).await;
        one.plan().await;
        one.want_all_here().await;
        one.sync().await;
        let here = skus(desktop).await;
        let other = Connected::to(desktop, outlet(&second)).await;
        // What both have is linked by itself; nothing is made twice.
        let plan = other.plan().await;
        let sums = other.sums().await;
        let linked = sums["linked"].as_i64().unwrap();
        assert!(linked > 10, "{sums}");
        assert_eq!(plan["counts"]["create"], 0);
        // Where the two say different things, the first word is the shop's here.
        let request = json!({ "id": plan["id"], "resolution": "take" });
        desktop.ok("plans.resolve", request.clone()).await;
        let applied = other.apply(&plan).await;
        assert_eq!(applied["state"], "applied", "{applied}");
        let unmatched = other.listings("unmatched").await;
        let is_new = |row: &&Json| row["candidates"].as_array().unwrap().is_empty();
        for row in unmatched.iter().filter(is_new) {
            let links = json!([{ "listing": row["id"], "link": "wanted_here" }]);
            desktop
                .ok(
                    "listings.link",
                    json!({ "channel": other.id, "links": links }),
                )
                .await;
        }
        other.sync().await;
        let both = skus(desktop).await;
        let mut once = both.clone();
        once.dedup();
        assert_eq!(both, once, "no SKU stands twice");
        assert!(both.len() > here.len());
        // What came of the second shop goes to the first, where it is an edit like any other.
        let sync = one.sync().await;
        assert_eq!(sync["state"], "applied", "{sync}");
        assert_eq!(
            told(&one.rows(&one.plan().await).await),
            still_refused(&one).await
        );
    })
    .await;
}

/// What stays refused however often it is synced: records that need a person.
async fn still_refused(channel: &Connected<'_>) -> Vec<String> {
    let plan = channel.plan().await;
    let rows = channel.rows(&plan).await;
    let refused: Vec<Json> = rows
        .into_iter()
        .filter(|row| row["outcome"] == "error")
        .collect();
    told(&refused)
}

#[tokio::test]
async fn a_merchant_and_a_user_edit_the_same_products_at_a_time() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = shopify(12);
        let channel = Connected::to(desktop, north(&shop)).await;
        channel.plan().await;
        channel.want_all_here().await;
        channel.sync().await;
        edit(
            desktop,
            "CL-000010",
            json!({ "store_price": 500_000, "name": "Kettle" }),
        )
        .await;
        let on = || "CL-000010".to_owned();
        let html = "<p>Boils.</p>".to_owned();
        shop.edit(&Edit::Description { on: on(), html }).unwrap();
        shop.edit(&Edit::Price {
            on: on(),
            price: 6_000,
        })
        .unwrap();
        let plan = channel.plan().await;
        let rows = told(&channel.rows(&plan).await);
        let about = |what: &str| rows.iter().filter(|row| row.contains(what)).count();
        assert_eq!(
            about("← conflict CL-000010 store_price: agreed 529500, here 500000, there 600000"),
            1,
            "{rows:#?}"
        );
        assert_eq!(about("← update CL-000010 description:"), 1, "{rows:#?}");
        assert_eq!(about("→ update CL-000010 name:"), 1, "{rows:#?}");
        let request = json!({ "id": plan["id"], "resolution": "take" });
        desktop.ok("plans.resolve", request).await;
        channel.apply(&plan).await;
        let mug = product(desktop, "CL-000010").await;
        assert_eq!(mug["fields"]["store_price"], 600_000);
        assert_eq!(mug["fields"]["description"], "<p>Boils.</p>");
        assert_eq!(mug["fields"]["name"], "Kettle");
        let whole = json!({ "id": channel.id, "whole": true });
        let started = desktop.ok("channels.fetch", whole).await;
        desktop.finish(&started).await;
        let rows = told(&channel.rows(&channel.plan().await).await);
        assert!(
            !rows.iter().any(|row| row.contains("CL-000010")),
            "{rows:#?}"
        );
    })
    .await;
}
