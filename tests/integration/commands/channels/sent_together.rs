//! Very many changes of one plan, which go to the shop together: each is looked at and told apart all the same.

use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Aim, Catalogue, Clock, Edit, Fault, Moment, Server, Shop as _, Shown};
use serde_json::json;

use super::sent::stopped_while;
use super::{Connected, edit, north, told};
use crate::support::{TestApp, on_each_hurried_desktop};

/// A shop in which some time passes with each request, so that a bulk operation ends.
fn busy_shop(products: u64) -> Server<Shopify> {
    let clock = Clock::stepping(Moment::START, 500);
    let shop = Shopify::new(&ShopifyOptions::new(Catalogue::new(7, products)));
    Server::open(shop, clock, 0).unwrap()
}

/// A shop whose products are here, and in step.
async fn in_step<'a>(desktop: &'a TestApp, shop: &Server<Shopify>) -> Connected<'a> {
    let channel = Connected::to(desktop, north(shop)).await;
    channel.plan().await;
    channel.want_all_here().await;
    channel.sync().await;
    channel.sync().await;
    assert_eq!(left(&channel).await, [""; 0]);
    channel
}

/// What a sync would do now. What has no SKU in the shop, or the SKU of another, cannot come here.
async fn left(channel: &Connected<'_>) -> Vec<String> {
    let mut rows = told(&channel.rows(&channel.plan().await).await);
    rows.retain(|row| !row.starts_with("← error"));
    rows
}

/// Some of what the shop sells that is here under the same SKU.
async fn sold(channel: &Connected<'_>, shop: &Server<Shopify>) -> Vec<Shown> {
    let linked = channel.listings("linked").await;
    let is_linked = |item: &Shown| {
        let mut linked = linked.iter();
        linked.any(|row| row["sku"] == json!(item.sku) && !row["record"].is_null())
    };
    let mut sold = shop.shop().shown();
    let all = sold.clone();
    sold.retain(|item| {
        let is_one = all.iter().filter(|other| other.sku == item.sku).count() == 1;
        is_one
            && item.parent.is_none()
            && item.price.is_some()
            && !item.sku.is_empty()
            && is_linked(item)
    });
    sold.truncate(12);
    assert_eq!(sold.len(), 12, "more than go one by one");
    sold
}

/// What each costs from now on here, in 1/10000.
async fn dearer(desktop: &TestApp, sold: &[Shown], more: i64) {
    for (place, item) in sold.iter().enumerate() {
        let price = 7_000_000 + more + 10_000 * i64::try_from(place).unwrap();
        edit(desktop, &item.sku, json!({ "store_price": price })).await;
    }
}

/// What the shop asks for each of these now, in hundredths.
fn prices(shop: &Server<Shopify>, sold: &[Shown]) -> Vec<Option<i64>> {
    let shown = shop.shop().shown();
    let price = |item: &Shown| {
        let now = shown.iter().find(|now| now.id == item.id)?;
        now.price
    };
    sold.iter().map(price).collect()
}

fn expected(more: i64) -> Vec<Option<i64>> {
    (0..12)
        .map(|place| Some(70_000 + more + 100 * place))
        .collect()
}

fn asked(shop: &Server<Shopify>, operation: &str) -> u64 {
    shop.journal().of(operation).requests
}

#[tokio::test]
async fn of_what_is_sent_together_each_is_looked_at_and_told_apart() {
    on_each_hurried_desktop(async |desktop: &TestApp| {
        let shop = busy_shop(40);
        let channel = in_step(desktop, &shop).await;
        let sold = sold(&channel, &shop).await;
        dearer(desktop, &sold, 0).await;
        let plan = channel.plan().await;
        assert_eq!(
            plan["counts"]["update"],
            12,
            "{:#?}",
            channel.rows(&plan).await
        );
        let on = |place: usize| sold[place].id.clone();
        shop.edit(&Edit::Price {
            on: on(2),
            price: 4_300,
        })
        .unwrap();
        shop.edit(&Edit::Delete { on: on(4) }).unwrap();
        // One was sent by another way before.
        shop.edit(&Edit::Price {
            on: on(6),
            price: 70_600,
        })
        .unwrap();
        shop.journal().forget();
        let applied = channel.apply(&plan).await;
        assert_eq!(applied["state"], "applied", "{applied:#}");
        assert_eq!(applied["counts"]["update"], 10, "{applied:#}");
        assert_eq!(applied["counts"]["conflict"], 2, "{applied:#}");
        assert_eq!(asked(&shop, "VariantsUpdate"), 0, "none goes by itself");
        let requests = shop.journal().all().requests;
        assert!(requests <= 20, "{requests}");
        let mut wanted = expected(0);
        (wanted[2], wanted[4]) = (Some(4_300), None);
        assert_eq!(prices(&shop, &sold), wanted);
        let rows = left(&channel).await;
        let conflict = format!("conflict {}", sold[2].sku);
        assert!(rows.iter().any(|row| row.contains(&conflict)), "{rows:#?}");
        assert_eq!(channel.sums().await["pending"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_together_when_its_answer_was_lost_is_looked_up_and_not_sent_again() {
    on_each_hurried_desktop(async |desktop: &TestApp| {
        let shop = busy_shop(40);
        let channel = in_step(desktop, &shop).await;
        let sold = sold(&channel, &shop).await;
        for (fault, operation, arrives, more) in [
            (Fault::LostReply, "RunMutation", true, 1),
            (Fault::LostRequest, "RunMutation", false, 2),
            (
                Fault::ServerError {
                    status: 403,
                    done: false,
                },
                "download",
                true,
                3,
            ),
        ] {
            dearer(desktop, &sold, more * 100).await;
            let plan = channel.plan().await;
            shop.fault(Aim::next(fault, operation));
            channel.apply(&plan).await;
            shop.clock().advance(60_000);
            let sent = asked(&shop, "RunMutation");
            channel.sync().await;
            let sent_again = asked(&shop, "RunMutation") > sent;
            assert_eq!(sent_again, !arrives, "{operation}");
            assert_eq!(prices(&shop, &sold), expected(more), "{operation}");
            assert_eq!(channel.sums().await["pending"], 0);
            assert_eq!(left(&channel).await, [""; 0]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_together_when_the_program_stopped_arrives_once() {
    on_each_hurried_desktop(async |desktop: &TestApp| {
        let shop = busy_shop(40);
        let channel = in_step(desktop, &shop).await;
        let sold = sold(&channel, &shop).await;
        for (operation, more) in [("upload", 1), ("RunMutation", 2), ("Operations", 3)] {
            dearer(desktop, &sold, more * 100).await;
            shop.fault(Aim::next(Fault::SlowReply { millis: 3_000 }, operation));
            stopped_while(&channel, || asked(&shop, operation)).await;
            assert_eq!(channel.sums().await["pending"], 12, "{operation}");
            shop.clock().advance(60_000);
            channel.sync().await;
            assert_eq!(prices(&shop, &sold), expected(more), "{operation}");
            assert_eq!(left(&channel).await, [""; 0], "{operation}");
            assert_eq!(channel.sums().await["pending"], 0);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_gathered_when_it_was_stopped_is_not_on_its_way() {
    on_each_hurried_desktop(async |desktop: &TestApp| {
        let shop = busy_shop(150);
        let channel = in_step(desktop, &shop).await;
        let sold = sold(&channel, &shop).await;
        let before = prices(&shop, &sold);
        dearer(desktop, &sold, 100).await;
        let plan = channel.plan().await;
        let (pages, sent) = (asked(&shop, "ProductPage"), asked(&shop, "RunMutation"));
        // The second part of the shop is long in coming.
        let slow = Fault::SlowReply { millis: 20_000 };
        shop.fault(Aim {
            nth: 2,
            ..Aim::next(slow, "ProductPage")
        });
        let started = desktop.ok("plans.apply", json!({ "id": plan["id"] })).await;
        while asked(&shop, "ProductPage") < pages + 2 || channel.sums().await["pending"] == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let job = json!({ "id": started["job"] });
        desktop.ok("jobs.cancel", job).await;
        desktop.finish(&started).await;
        assert_eq!(channel.sums().await["pending"], 0);
        assert_eq!(asked(&shop, "RunMutation"), sent);
        assert_eq!(prices(&shop, &sold), before);
        channel.sync().await;
        assert_eq!(prices(&shop, &sold), expected(1));
    })
    .await;
}
