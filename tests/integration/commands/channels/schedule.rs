//! Channels that are synced by themselves.

use sandbox::maropost::Maropost;
use sandbox::{Edit, Server};
use serde_json::{Value as Json, json};
use testing::Place;

use super::story::price_there;
use super::{Connected, edit, maropost, outlet, product};
use crate::support::{TestApp, at_each_place, on_each_desktop};

const MINUTE: i64 = 60_000;

/// A channel that is in step, and synced by itself as these fields say.
async fn in_step<'a>(desktop: &'a TestApp, shop: &Server<Maropost>, fields: Json) -> Connected<'a> {
    let channel = Connected::to(desktop, outlet(shop)).await;
    channel.plan().await;
    channel.want_all_here().await;
    channel.sync().await;
    channel.sync().await;
    channel.set(fields).await;
    channel
}

#[tokio::test]
async fn a_shop_is_synced_every_so_many_minutes() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let every = json!({ "channel.every": 15, "channel.unasked": true });
        let channel = in_step(desktop, &shop, every).await;
        edit(desktop, "CL-000010", json!({ "store_price": 410_000 })).await;
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 1);
        assert_eq!(price_there(&shop, "CL-000010"), 4_100);
        edit(desktop, "CL-000010", json!({ "store_price": 420_000 })).await;
        desktop.clock.advance(14 * MINUTE);
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 0);
        desktop.clock.advance(MINUTE);
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 1);
        assert_eq!(price_there(&shop, "CL-000010"), 4_200);
        assert_eq!(channel.sums().await["waiting"], 0);
        // Nothing to do leaves no batch behind.
        let batches = desktop
            .ok("batches.list", json!({ "offset": 0, "limit": 50 }))
            .await;
        desktop.clock.advance(15 * MINUTE);
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 1);
        let after = desktop
            .ok("batches.list", json!({ "offset": 0, "limit": 50 }))
            .await;
        assert_eq!(after, batches);
    })
    .await;
}

#[tokio::test]
async fn a_conflict_is_kept_for_a_person() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let every = json!({ "channel.every": 15, "channel.unasked": true });
        let channel = in_step(desktop, &shop, every).await;
        edit(desktop, "CL-000010", json!({ "store_price": 410_000 })).await;
        let on = "CL-000010".to_owned();
        shop.edit(&Edit::Price { on, price: 4_300 }).unwrap();
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 1);
        assert_eq!(price_there(&shop, "CL-000010"), 4_300);
        let here = product(desktop, "CL-000010").await;
        assert_eq!(here["fields"]["store_price"], 410_000);
        assert_eq!(channel.sums().await["conflicts"], 1);
        assert_eq!(channel.listings("conflict").await.len(), 1);
        let plan = channel.plan().await;
        let request = json!({ "id": plan["id"], "resolution": "take" });
        desktop.ok("plans.resolve", request).await;
        channel.apply(&plan).await;
        assert_eq!(channel.sums().await["conflicts"], 0);
    })
    .await;
}

#[tokio::test]
async fn without_leave_to_apply_the_shop_is_read_alone() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let channel = in_step(desktop, &shop, json!({ "channel.every": 15 })).await;
        edit(desktop, "CL-000010", json!({ "store_price": 410_000 })).await;
        let on = "DM-000008".to_owned();
        shop.edit(&Edit::Price { on, price: 4_300 }).unwrap();
        let before = price_there(&shop, "CL-000010");
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 1);
        assert_eq!(price_there(&shop, "CL-000010"), before);
        assert_eq!(channel.sums().await["waiting"], 2);
    })
    .await;
}

#[tokio::test]
async fn what_keeps_a_sync_from_its_end_is_told() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        in_step(
            desktop,
            &shop,
            json!({ "channel.every": 15, "channel.unasked": true }),
        )
        .await;
        drop(shop);
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 1);
        let status = desktop.ok("channels.status", json!({})).await;
        let by_itself = &status[0]["byItself"];
        assert_eq!(by_itself["isRunning"], false);
        assert!(!by_itself["problem"].as_str().unwrap().is_empty());
        assert_eq!(by_itself["productsAt"], desktop.clock_now());
    })
    .await;
}

#[tokio::test]
async fn of_two_desktops_one_syncs_and_the_other_takes_over_when_it_dies() {
    at_each_place(async |place: &Place| {
        let desktop = TestApp::start(place).with_owner().await;
        let shop = maropost(12);
        let every = json!({ "channel.every": 15, "channel.unasked": true });
        let channel = in_step(&desktop, &shop, every).await;
        let second = desktop.second_desktop().await;
        second.sign_in("ada@example.com").await;
        let both = tokio::join!(
            desktop.app.sync_what_is_due(),
            second.app.sync_what_is_due()
        );
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 1);
        // One that died in its turn holds it for a while.
        for one in [&desktop, &second] {
            one.clock.advance(15 * MINUTE);
        }
        let until = desktop.clock_now() + 5 * MINUTE;
        let dead = format!("update sync_turns set held_until = {until}");
        desktop.sql(&dead).await;
        assert_eq!(second.app.sync_what_is_due().await.unwrap(), 0);
        second.clock.advance(6 * MINUTE);
        assert_eq!(second.app.sync_what_is_due().await.unwrap(), 1);
        assert_eq!(channel.sums().await["waiting"], 0);
        second.app.close().await;
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_syncs_while_no_user_is_there() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let every = json!({ "channel.every": 15, "channel.unasked": true });
        in_step(desktop, &shop, every).await;
        desktop.ok("session.lock", json!({})).await;
        assert!(desktop.app.sync_what_is_due().await.is_err());
        let unlock = json!({ "password": crate::support::PASSWORD });
        desktop.ok("session.unlock", unlock).await;
        assert_eq!(desktop.app.sync_what_is_due().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_changed_in_nothing_that_the_shop_has_does_not_wait_for_it() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let channel = in_step(desktop, &shop, json!({ "channel.every": 15 })).await;
        let season = json!({ "custom_field.label": "Season", "custom_field.type": "text" });
        let made = desktop
            .ok("custom_fields.create", json!({ "fields": season }))
            .await;
        let field = format!("custom.{}", made["record"]["id"].as_str().unwrap());
        edit(desktop, "CL-000010", json!({ field.as_str(): "Spring" })).await;
        edit(
            desktop,
            "DM-000004",
            json!({ "store_price": 410_000, field.as_str(): "Spring" }),
        )
        .await;
        let on = "HS-000002".to_owned();
        shop.edit(&Edit::Price { on, price: 660 }).unwrap();
        let fetch = json!({ "id": channel.id });
        desktop
            .finish(&desktop.ok("channels.fetch", fetch).await)
            .await;
        assert_eq!(channel.sums().await["waiting"], 3);
        let asked = shop.journal().all().requests;
        assert_eq!(desktop.app.let_settled_rest().await.unwrap(), 1);
        assert_eq!(
            channel.sums().await["waiting"],
            2,
            "a price here, and one there"
        );
        assert_eq!(
            shop.journal().all().requests,
            asked,
            "the shop is not asked"
        );
        assert_eq!(desktop.app.let_settled_rest().await.unwrap(), 0);
        let rows = channel.rows(&channel.plan().await).await;
        assert_eq!(rows.len(), 2, "{rows:#?}");
    })
    .await;
}
