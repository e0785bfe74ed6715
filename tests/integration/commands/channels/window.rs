//! What the window tells of shops beside the plan: what waits, what is a shop's own, where it is, what failed.

use std::time::Duration;

use domain::error::Code;
use sandbox::{Aim, Fault};
use serde_json::{Value as Json, json};

use super::{Connected, edit, in_step, maropost, north, outlet, product, shopify, told};
use crate::support::{TestApp, on_each_desktop};

/// The listing of a product, by its SKU.
async fn listing(desktop: &TestApp, sku: &str) -> Json {
    let request = json!({ "id": product(desktop, sku).await["id"] });
    desktop.ok("listings.of", request).await[0].clone()
}

/// How the product with a SKU stands in the shops, in a list of products.
async fn in_list(desktop: &TestApp, sku: &str) -> Json {
    let filter = json!({ "search": sku });
    let request = json!({ "filter": filter, "offset": 0, "limit": 10 });
    let page = desktop.ok("products.list", request).await;
    let mut rows = page["rows"].as_array().unwrap().iter();
    rows.find(|row| row["sku"] == sku).unwrap()["shops"].clone()
}

#[tokio::test]
async fn what_waits_is_told_with_its_fields_and_the_way_it_goes() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        let key = channel.id.as_str().unwrap();
        let before = listing(desktop, "DM-000004").await;
        assert_eq!(before["state"], "hidden");
        assert_eq!(in_list(desktop, "DM-000004").await[key], "hidden");
        assert_eq!(before["waits"], Json::Null);
        edit(desktop, "DM-000004", json!({ "store_price": 10_000 })).await;
        let queue = channel.listings("waiting").await;
        assert_eq!(queue.len(), 1);
        assert_eq!(queue[0]["waits"]["toShop"], json!(["store_price"]));
        assert_eq!(queue[0]["waits"]["toHere"], json!([]));
        let record = product(desktop, "DM-000004").await;
        assert_eq!(queue[0]["waits"]["since"], record["updatedAt"]);
        assert_eq!(
            listing(desktop, "DM-000004").await["waits"],
            queue[0]["waits"]
        );
        assert_eq!(in_list(desktop, "DM-000004").await[key], "waiting");
        channel.sync().await;
        assert_eq!(in_list(desktop, "DM-000004").await[key], "hidden");
    })
    .await;
}

#[tokio::test]
async fn a_value_for_one_shop_alone_is_told_and_taken_back_and_costs_stay_hidden() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        let id = listing(desktop, "DM-000004").await["id"].clone();
        let set = async |values: Json| {
            let request = json!({ "listing": id, "values": values });
            desktop.ok("listings.set_values", request).await;
        };
        set(json!({ "name": "Blanket, outlet", "cost": 4_200 })).await;
        let own = listing(desktop, "DM-000004").await["own"].clone();
        assert_eq!(own, json!({ "name": "Blanket, outlet", "cost": 4_200 }));
        channel.sync().await;
        set(json!({ "name": null })).await;
        let own = listing(desktop, "DM-000004").await["own"].clone();
        assert_eq!(own, json!({ "cost": 4_200 }));
        let plan = channel.plan().await;
        let rows = told(&channel.rows(&plan).await);
        assert!(
            rows.contains(&"→ update DM-000004 name: Blanket, outlet → Ivory Blanket 4".to_owned()),
            "{rows:?}"
        );
        desktop.set_role("operator").await;
        let own = listing(desktop, "DM-000004").await["own"].clone();
        assert_eq!(own, json!({}), "an operator may not see costs");
        let request = json!({ "listing": id, "values": { "cost": 1 } });
        desktop
            .refused("listings.set_values", request, Code::Forbidden)
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_listing_is_found_in_its_shop_and_nowhere_else() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = shopify(3);
        let channel = in_step(desktop, north(&shop)).await;
        let linked = channel.listings("linked").await;
        let request = json!({ "id": linked[0]["id"] });
        let found = desktop.ok("listings.address", request.clone()).await;
        assert_eq!(found["address"], linked[0]["address"]);
        assert!(found["address"].as_str().unwrap().starts_with(shop.url()));
        // What the shop said before it moved leads nowhere any more.
        let record = desktop
            .ok("channels.get", json!({ "id": channel.id }))
            .await;
        let changes = json!([{ "field": "channel.address", "old": shop.url(), "new": "south" }]);
        let moved = json!({ "id": channel.id, "version": record["version"], "changes": changes });
        desktop.ok("channels.update", moved).await;
        desktop
            .refused("listings.address", request, Code::Invalid)
            .await;
        let nowhere = json!({ "id": channel.id });
        desktop
            .refused("listings.address", nowhere, Code::NotFound)
            .await;
    })
    .await;
}

#[tokio::test]
async fn what_failed_is_tried_again_alone() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        edit(desktop, "DM-000004", json!({ "store_price": 10_000 })).await;
        edit(desktop, "DM-000005", json!({ "store_price": 20_000 })).await;
        let wanted = listing(desktop, "DM-000004").await["id"].clone();
        let request = json!({ "id": channel.id, "listings": [wanted] });
        let started = desktop.ok("channels.sync", request).await;
        desktop.finish(&started).await;
        let plan = desktop
            .ok("plans.get", json!({ "id": started["plan"] }))
            .await;
        let rows = channel.rows(&plan).await;
        let mut codes: Vec<&Json> = rows.iter().map(|row| &row["code"]).collect();
        codes.dedup();
        assert_eq!(codes, [&json!("DM-000004")], "{rows:#?}");
        channel.apply(&plan).await;
        let waiting = channel.listings("waiting").await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0]["sku"], "DM-000005");
    })
    .await;
}

#[tokio::test]
async fn a_shop_that_does_not_answer_is_waited_for_until_a_person_stops_it() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(3);
        shop.fault(Aim {
            fault: Fault::Delay { millis: 60_000 },
            operation: None,
            nth: 1,
            times: 100,
        });
        let connecting = desktop.call("channels.connect", outlet(&shop));
        let stopping = async {
            loop {
                let jobs = desktop.ok("jobs.list", json!({})).await;
                let mut jobs = jobs.as_array().unwrap().iter();
                if let Some(job) = jobs.find(|job| job["kind"] == "check_channel") {
                    assert_eq!(job["label"], "North Outlet");
                    desktop.ok("jobs.cancel", json!({ "id": job["id"] })).await;
                    return;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let (connected, ()) = tokio::join!(connecting, stopping);
        assert_eq!(connected.unwrap_err().code, Code::Cancelled);
        let request = json!({ "offset": 0, "limit": 10 });
        let channels = desktop.ok("channels.list", request).await;
        assert_eq!(channels["total"], 0, "nothing was connected");
    })
    .await;
}

#[tokio::test]
async fn words_that_a_channel_is_worked_by_cannot_be_cleared() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(3);
        let channel = Connected::to(desktop, outlet(&shop)).await;
        let record = desktop
            .ok("channels.get", json!({ "id": channel.id }))
            .await;
        for field in ["state", "new_here", "new_there", "stock"] {
            let key = format!("channel.{field}");
            let old = record["fields"][&key].clone();
            let changes = json!([{ "field": key, "old": old, "new": null }]);
            let request =
                json!({ "id": channel.id, "version": record["version"], "changes": changes });
            desktop
                .refused("channels.update", request, Code::Invalid)
                .await;
        }
    })
    .await;
}
