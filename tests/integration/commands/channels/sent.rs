//! What is sent to a shop: created there, rehearsed, told of stock.

use sandbox::{Aim, Edit, Fault, Shop as _};
use serde_json::json;

use super::{Connected, edit, in_step, maropost, north, outlet, product, shopify, told};
use crate::support::{TestApp, on_each_desktop, on_each_hurried_desktop};

#[tokio::test]
async fn a_family_made_here_is_created_in_both_shops_once() {
    on_each_desktop(async |desktop: &TestApp| {
        let (first, second) = (shopify(3), maropost(3));
        let one = Connected::to(desktop, north(&first)).await;
        let other = Connected::to(desktop, outlet(&second)).await;
        let parent = json!({ "sku": "TEE", "name": "T-shirt", "brand": "BrandX" });
        let mut ids = vec![desktop.create(parent).await["id"].clone()];
        for size in ["S", "M"] {
            let fields = json!({
                "sku": format!("TEE-{size}"), "name": format!("T-shirt {size}"), "parent_sku": "TEE",
                "store_price": 190_000, "option1_name": "Size", "option1_value": size,
            });
            ids.push(desktop.create(fields).await["id"].clone());
        }
        for channel in [&one, &other] {
            channel.plan().await;
            let request = json!({ "channel": channel.id, "records": ids, "wanted": true });
            assert_eq!(desktop.ok("listings.want", request).await["changed"], 3);
            let plan = channel.plan().await;
            assert_eq!(plan["counts"]["create"], 3, "{:#?}", channel.rows(&plan).await);
            let applied = channel.apply(&plan).await;
            assert_eq!(applied["state"], "applied");
            assert_eq!(applied["counts"]["error"], 0, "{:#?}", channel.rows(&applied).await);
            assert_eq!(channel.sums().await["linked"], 3);
            let unmatched = channel.sums().await["unmatched"].clone();
            let whole = json!({ "id": channel.id, "whole": true });
            let started = desktop.ok("channels.fetch", whole).await;
            desktop.finish(&started).await;
            assert_eq!(channel.sums().await["unmatched"], unmatched, "nothing stands there twice");
            assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_rehearsal_sends_nothing() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let mut request = outlet(&shop);
        request["rehearse"] = json!(true);
        let channel = Connected::to(desktop, request).await;
        channel.plan().await;
        channel.want_all_here().await;
        channel.sync().await;
        edit(desktop, "DM-000004", json!({ "store_price": 10_000 })).await;
        let before = shop.journal().of("UpdateItem").requests;
        let applied = channel.sync().await;
        assert_eq!(applied["counts"]["skipped"], 1, "{applied}");
        assert_eq!(shop.journal().of("UpdateItem").requests, before);
        assert_eq!(
            channel.sums().await["waiting"],
            1,
            "it waits until the shop is in earnest"
        );
    })
    .await;
}

#[tokio::test]
async fn stock_begins_with_what_the_shop_has_and_is_told_when_it_changes_here() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        let stock = product(desktop, "DM-000004").await["fields"]["stock"].clone();
        assert_ne!(stock, 0, "what the shop has is where it begins");
        edit(desktop, "DM-000004", json!({ "stock": 3 })).await;
        let plan = channel.plan().await;
        let expected = format!("→ update DM-000004 stock: {stock} → 3");
        assert_eq!(told(&channel.rows(&plan).await), [expected]);
        channel.apply(&plan).await;
        assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
        // Some are kept back from the shop.
        channel.set(json!({ "channel.buffer": 2 })).await;
        let rows = told(&channel.rows(&channel.plan().await).await);
        assert!(
            rows.contains(&"→ update DM-000004 stock: 3 → 1".to_owned()),
            "{rows:#?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_goes_both_ways_counts_what_is_sent_apart() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        for on in ["DM-000005", "HS-000002"] {
            let on = on.to_owned();
            shop.edit(&Edit::Price { on, price: 4_200 }).unwrap();
        }
        edit(desktop, "DM-000004", json!({ "name": "Blanket" })).await;
        let plan = channel.plan().await;
        let rows = told(&channel.rows(&plan).await);
        assert_eq!(rows.len(), 3, "{rows:#?}");
        let started = desktop.ok("plans.apply", json!({ "id": plan["id"] })).await;
        desktop.finish(&started).await;
        let jobs = desktop.ok("jobs.list", json!({})).await;
        let mut jobs = jobs.as_array().unwrap().iter();
        let job = jobs.find(|job| job["id"] == started["job"]).unwrap();
        let told = [&job["step"], &job["done"], &job["total"]];
        assert_eq!(told, [&json!("Sending"), &json!(1), &json!(1)]);
    })
    .await;
}

/// Applies a plan, and is stopped while the shop has done it and not answered yet.
pub async fn stopped_while(channel: &Connected<'_>, requests: impl Fn() -> u64) {
    let desktop = channel.desktop;
    let plan = channel.plan().await;
    let before = requests();
    let started = desktop.ok("plans.apply", json!({ "id": plan["id"] })).await;
    while requests() == before {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    desktop
        .ok("jobs.cancel", json!({ "id": started["job"] }))
        .await;
    desktop.finish(&started).await;
}

#[tokio::test]
async fn what_was_on_its_way_when_the_program_stopped_is_looked_up_and_not_sent_again() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        let slow = || Fault::SlowReply { millis: 3_000 };
        let asked = |operation: &'static str| {
            let shop = &shop;
            move || shop.journal().of(operation).requests
        };
        edit(desktop, "DM-000004", json!({ "store_price": 10_000 })).await;
        shop.fault(Aim::next(slow(), "UpdateItem"));
        stopped_while(&channel, asked("UpdateItem")).await;
        assert_eq!(channel.sums().await["pending"], 1);
        let sent = asked("UpdateItem")();
        assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
        assert_eq!(channel.sums().await["pending"], 0);
        assert_eq!(
            asked("UpdateItem")(),
            sent,
            "it arrived, so it is not sent again"
        );

        let mug = desktop
            .create(json!({ "sku": "MUG-9", "name": "Mug" }))
            .await;
        let want = json!({ "channel": channel.id, "records": [mug["id"]], "wanted": true });
        desktop.ok("listings.want", want).await;
        shop.fault(Aim::next(slow(), "AddItem"));
        stopped_while(&channel, asked("AddItem")).await;
        assert_eq!(channel.sums().await["pending"], 1);
        let made = asked("AddItem")();
        assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
        assert_eq!(
            asked("AddItem")(),
            made,
            "it was created, so it is not created again"
        );
        assert_eq!(channel.sums().await["wantedThere"], 0);
    })
    .await;
}

/// How many readings there are of one record before it is sent.
const LOOKS: u32 = 2;
/// How often it is asked what became of a lost answer.
const TRIES: u32 = 4;

/// What the history says of listings: the field and what it was set to.
async fn told_of_listings(desktop: &TestApp) -> Vec<String> {
    let history = desktop.ok("history.list", json!({ "limit": 500 })).await;
    let entries = history["entries"].as_array().unwrap().iter();
    entries
        .filter(|entry| entry["kind"] == "listing")
        .flat_map(|entry| entry["changes"].as_array().unwrap())
        .map(|change| format!("{}|{}", change["field"], change["new"]))
        .collect()
}

#[tokio::test]
async fn stock_that_was_on_its_way_when_the_program_stopped_is_in_the_history_once() {
    on_each_desktop(async |desktop: &TestApp| {
        let (first, second) = (shopify(6), maropost(6));
        let asked = |operation: &'static str| {
            let (first, second) = (&first, &second);
            move || first.journal().of(operation).requests + second.journal().of(operation).requests
        };
        let one = Connected::to(desktop, north(&first)).await;
        let other = Connected::to(desktop, outlet(&second)).await;
        for channel in [&one, &other] {
            channel.plan().await;
            channel.want_all_here().await;
            channel.sync().await;
            channel.sync().await;
        }
        let slow = || Fault::SlowReply { millis: 3_000 };
        first.fault(Aim::next(slow(), "SetStock"));
        second.fault(Aim::next(slow(), "UpdateItem"));
        for (channel, operation, told_of) in [(&one, "SetStock", 31), (&other, "UpdateItem", 32)] {
            edit(desktop, "DM-000004", json!({ "stock": told_of })).await;
            stopped_while(channel, asked(operation)).await;
            assert_eq!(
                channel.sums().await["pending"],
                1,
                "it is known to be on its way"
            );
            let sent = asked(operation)();
            let planned = told(&channel.rows(&channel.plan().await).await);
            let is_planned = planned.iter().any(|line| line.contains("DM-000004"));
            assert!(!is_planned, "nothing is left to do: {planned:#?}");
            assert_eq!(channel.sums().await["pending"], 0);
            assert_eq!(
                asked(operation)(),
                sent,
                "it arrived, so it is not sent again"
            );
            let lines = told_of_listings(desktop).await;
            let told = format!("\"listing.stock\"|{told_of}");
            let said = lines.iter().filter(|line| **line == told);
            assert_eq!(said.count(), 1, "{lines:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_being_created_is_found_though_it_was_trashed_meanwhile() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        let mug = desktop
            .create(json!({ "sku": "MUG-9", "name": "Mug", "store_price": 190_000 }))
            .await;
        let ids = json!([mug["id"]]);
        let want = json!({ "channel": channel.id, "records": ids, "wanted": true });
        desktop.ok("listings.want", want).await;
        shop.fault(Aim::next(Fault::SlowReply { millis: 3_000 }, "AddItem"));
        stopped_while(&channel, || shop.journal().of("AddItem").requests).await;
        desktop.ok("products.trash", json!({ "ids": ids })).await;
        let linked = channel.sums().await["linked"].as_i64().unwrap();
        let planned = told(&channel.rows(&channel.plan().await).await);
        assert_eq!(
            planned,
            ["← skipped MUG-9"],
            "it is there, and in the trash here"
        );
        assert_eq!(channel.sums().await["linked"], linked + 1);
        assert_eq!(channel.sums().await["pending"], 0);
        let lines = told_of_listings(desktop).await;
        let price = "\"listing.store_price\"|190000".to_owned();
        assert!(lines.contains(&price), "{lines:#?}");
    })
    .await;
}

#[tokio::test]
async fn while_an_answer_is_lost_nothing_else_of_the_same_product_is_sent() {
    on_each_hurried_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        // A decided conflict goes first, and the name, which is planned, after it.
        let item = shop
            .shop()
            .shown()
            .into_iter()
            .find(|item| item.sku == "DM-000004");
        let on = item.unwrap().id;
        let html = "<p>Theirs</p>".to_owned();
        shop.edit(&Edit::Description { on, html }).unwrap();
        let ours = json!({ "description": "<p>Ours</p>", "name": "Blanket" });
        edit(desktop, "DM-000004", ours).await;
        let plan = channel.plan().await;
        let keep = json!({ "id": plan["id"], "resolution": "keep" });
        desktop.ok("plans.resolve", keep).await;
        shop.fault(Aim::next(Fault::LostReply, "UpdateItem"));
        shop.fault(Aim {
            nth: 1 + LOOKS,
            times: TRIES,
            ..Aim::next(Fault::LostReply, "GetItem")
        });
        let before = shop.journal().of("UpdateItem").requests;
        let applied = channel.apply(&plan).await;
        let sent = shop.journal().of("UpdateItem").requests - before;
        assert_eq!(sent, 1, "{:#?}", channel.rows(&applied).await);
        assert_eq!(channel.sums().await["pending"], 1);
        channel.sync().await;
        let lines = told_of_listings(desktop).await;
        for field in ["description", "name"] {
            let field = format!("\"listing.{field}\"|");
            let said = lines.iter().filter(|line| line.starts_with(&field));
            assert_eq!(said.count(), 1, "{field}: {lines:#?}");
        }
        assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_a_merchant_edits_before_a_new_product_is_read_again_is_no_rounding() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(3);
        let channel = Connected::to(desktop, outlet(&shop)).await;
        channel.plan().await;
        let mug = json!({ "sku": "MUG-9", "name": "Mug", "store_price": 190_000 });
        let mug = desktop.create(mug).await;
        let want = json!({ "channel": channel.id, "records": [mug["id"]], "wanted": true });
        desktop.ok("listings.want", want).await;
        let slow = Fault::SlowReply { millis: 3_000 };
        shop.fault(Aim::next(slow, "AddItem"));
        stopped_while(&channel, || shop.journal().of("AddItem").requests).await;
        let on = || "MUG-9".to_owned();
        let title = "Mug, large".to_owned();
        shop.edit(&Edit::Price {
            on: on(),
            price: 2_100,
        })
        .unwrap();
        shop.edit(&Edit::Title { on: on(), title }).unwrap();
        assert_eq!(
            told(&channel.rows(&channel.plan().await).await),
            ["← update MUG-9 name: Mug → Mug, large, store_price: 190000 → 210000"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_shop_has_a_name_of_its_own_for_a_product_and_a_field_gets_another_owner() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        let linked = channel.listings("linked").await;
        let blanket = linked.iter().find(|row| row["sku"] == "DM-000004").unwrap();
        let values = json!({ "name": "Blanket, outlet" });
        let request = json!({ "listing": blanket["id"], "values": values });
        desktop.ok("listings.set_values", request).await;
        let plan = channel.plan().await;
        let expected = "→ update DM-000004 name: Ivory Blanket 4 → Blanket, outlet";
        assert_eq!(told(&channel.rows(&plan).await), [expected]);
        channel.apply(&plan).await;
        let here = product(desktop, "DM-000004").await["fields"]["name"].clone();
        assert_eq!(here, "Ivory Blanket 4", "the product keeps its own");

        // The merchant changes a price; once we have the last word on it, ours goes back.
        let on = "DM-000005".to_owned();
        shop.edit(&Edit::Price { on, price: 100 }).unwrap();
        let fields = desktop
            .ok("channel_fields.list", json!({ "offset": 0, "limit": 100 }))
            .await;
        let mut fields = fields["rows"].as_array().unwrap().iter();
        let price = fields
            .find(|row| row["fields"]["channel_field.field"] == "store_price")
            .unwrap();
        let changes = json!([{ "field": "channel_field.owner", "old": "ask", "new": "we" }]);
        let request = json!({ "id": price["id"], "version": price["version"], "changes": changes });
        desktop.ok("channel_fields.update", request).await;
        let plan = channel.plan().await;
        assert_eq!(
            told(&channel.rows(&plan).await),
            ["→ update DM-000005 store_price: 10000 → 939500"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_shop_that_is_deleted_for_good_leaves_nothing_behind_here() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = Connected::to(desktop, outlet(&shop)).await;
        channel.plan().await;
        channel.want_all_here().await;
        channel.sync().await;
        let ids = json!({ "ids": [channel.id] });
        let there = desktop.ok("channels.purge", ids.clone()).await;
        assert_eq!(there["moved"], 0, "it is not removed yet");
        assert_eq!(channel.sums().await["linked"], 8);
        desktop.ok("channels.trash", ids.clone()).await;
        assert_eq!(channel.listings("linked").await.len(), 8, "links are kept");
        let gone = desktop.ok("channels.purge", ids).await;
        assert_eq!(gone["moved"], 1, "{gone}");
        assert_eq!(channel.listings("linked").await.len(), 0);
        let fields = json!({ "offset": 0, "limit": 10 });
        let fields = desktop.ok("channel_fields.list", fields).await;
        assert_eq!(fields["total"], 0, "{fields}");
        // It can be connected again, and what is here is found by its SKU.
        let again = Connected::to(desktop, outlet(&shop)).await;
        again.plan().await;
        assert_eq!(again.sums().await["linked"], 8);
    })
    .await;
}

#[tokio::test]
async fn stock_that_both_sides_changed_is_decided_either_way_and_then_agreed_on() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let channel = in_step(desktop, outlet(&shop)).await;
        channel.set(json!({ "channel.stock": "ask" })).await;
        channel.sync().await;
        for (on, here, there, resolution) in
            [("CL-000010", 31, 27, "keep"), ("CL-000010", 35, 29, "take")]
        {
            edit(desktop, on, json!({ "stock": here })).await;
            let on = on.to_owned();
            shop.edit(&Edit::Stock {
                on,
                quantity: there,
            })
            .unwrap();
            let plan = channel.plan().await;
            assert_eq!(plan["counts"]["conflict"], 1, "{plan}");
            let request = json!({ "id": plan["id"], "resolution": resolution });
            desktop.ok("plans.resolve", request).await;
            let applied = channel.apply(&plan).await;
            assert_eq!(applied["state"], "applied");
            let agreed = if resolution == "keep" { here } else { there };
            let stock = product(desktop, "CL-000010").await["fields"]["stock"].clone();
            assert_eq!(stock, agreed, "{resolution}");
            assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_sold_in_a_shop_that_is_told_of_ten_is_taken_from_all_that_is_on_hand() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(6);
        let channel = in_step(desktop, outlet(&shop)).await;
        let rules = json!({ "channel.stock": "ask", "channel.most": 10 });
        channel.set(rules).await;
        edit(desktop, "DM-000004", json!({ "stock": 100 })).await;
        channel.sync().await;
        let on = "DM-000004".to_owned();
        shop.edit(&Edit::Sale { on, quantity: 2 }).unwrap();
        let of_it = |rows: Vec<String>| -> Vec<String> {
            let mine = rows.into_iter().filter(|row| row.contains("DM-000004"));
            mine.collect()
        };
        let plan = channel.plan().await;
        let rows = of_it(told(&channel.rows(&plan).await));
        assert_eq!(rows, ["← update DM-000004 stock: 100 → 98"]);
        channel.apply(&plan).await;
        let plan = channel.plan().await;
        let rows = of_it(told(&channel.rows(&plan).await));
        assert_eq!(rows, ["→ update DM-000004 stock: 8 → 10"]);
        channel.apply(&plan).await;
        assert_eq!(
            of_it(told(&channel.rows(&channel.plan().await).await)),
            [""; 0]
        );
        let stock = product(desktop, "DM-000004").await["fields"]["stock"].clone();
        assert_eq!(stock, 98);
    })
    .await;
}
