//! Points: none lie idle, and none are asked for that are not there.

use channels::channel::Channel as _;
use channels::exchange::ExchangeLog;
use channels::failure::FailureKind;
use channels::shopify::{Shopify, ShopifyAccount};
use domain::record::Value as Held;
use sandbox::shopify::{Shopify as Shop, ShopifyOptions};
use sandbox::{Catalogue, Clock, Fault, Server};
use std::time::Duration;

use super::Practice;
use super::reading::all;
use super::writing::{change, kinds, single};

/// A shop whose clock runs, with a small bucket that fills quickly.
fn scarce() -> Practice {
    let mut options = ShopifyOptions::new(Catalogue::new(7, 60));
    options.bucket = 600.0;
    options.restored = 700.0;
    let server = Server::open(Shop::new(&options), Clock::running(options.opens), 0).unwrap();
    let token = server.shop().token().to_owned();
    Practice::on(server, ShopifyAccount::Token(token.into()))
}

#[tokio::test]
async fn what_is_needed_is_waited_for_before_it_is_asked() {
    let practice = scarce();
    let read = all(&practice).await;
    for round in 0..6 {
        let title = format!("Often {round}");
        let singles = read
            .items
            .iter()
            .filter(|item| !item.is_parent && item.parent.is_none());
        let updates: Vec<_> = singles
            .map(|item| change(item, &[("title", Held::text(&title))]))
            .collect();
        let results = practice.channel.update(&updates).await;
        assert!(kinds(&results).iter().all(Result::is_ok));
    }
    let throttled = practice.exchanges();
    let throttled = throttled
        .iter()
        .filter(|one| one.error.contains("THROTTLED"))
        .count();
    assert!(throttled <= 4, "{throttled} requests were refused");
}

#[tokio::test]
async fn a_shop_that_never_has_points_is_given_up_for_later() {
    let options = ShopifyOptions::new(Catalogue::new(7, 20));
    let server = Server::open(Shop::new(&options), Clock::stepping(options.opens, 20), 0).unwrap();
    let token = server.shop().token().to_owned();
    let mut manner = super::manner();
    manner.pace.longest = Duration::from_millis(200);
    let account = ShopifyAccount::Token(token.into());
    let shop = Shopify::open_with(server.url(), account, ExchangeLog::none(), manner);
    let mut aim = sandbox::Aim::next(Fault::Throttled, "Connection");
    aim.times = 10_000;
    server.fault(aim);
    let failure = shop.unwrap().check().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Later);
    assert!(failure.wait.is_some());
    assert!(server.journal().of("Connection").requests < 100);
}

#[tokio::test]
async fn a_shop_that_asks_to_be_left_alone_too_long_is_left_alone() {
    let practice = Practice::open(20);
    practice.fault(
        Fault::TooManyRequests {
            retry_after: Some(3_600),
        },
        "Connection",
    );
    let failure = practice.channel.check().await.unwrap_err();
    assert_eq!(
        (failure.kind, failure.wait),
        (FailureKind::Later, Some(Duration::from_secs(3_600)))
    );
    let read = all(&practice).await;
    practice.fault(
        Fault::TooManyRequests {
            retry_after: Some(3_600),
        },
        "ProductUpdate",
    );
    let update = change(single(&read), &[("title", Held::text("Not now"))]);
    let results = practice.channel.update(&[update]).await;
    assert_eq!(kinds(&results), [Err(FailureKind::Later)]);
}
