//! Fetching, against a server that does everything wrong that a server can do.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; clippy exempts test functions alone"
)]

mod server;

use std::time::{Duration, Instant};

use images::{FetchLimits, Fetcher, Picture, Retry};
use server::{picture, serve};

const LIMITS: FetchLimits = FetchLimits {
    connect: Duration::from_secs(2),
    silence: Duration::from_millis(300),
    total: Duration::from_millis(900),
    bytes: 1 << 20,
};

#[tokio::test]
async fn a_picture_is_fetched_and_its_type_is_not_believed() {
    let server = serve().await;
    let fetcher = Fetcher::in_place_of_all(server.address, LIMITS).unwrap();
    for address in [
        "https://shop.test/picture",
        "http://shop.test/picture#part",
        "https://shop.test/once",
        "https://shop.test/elsewhere",
        "https://shop.test/lies",
    ] {
        let content = fetcher.fetch(address).await.unwrap();
        assert_eq!(content, picture(), "{address}");
        assert!(Picture::read(&content).is_ok());
    }
    let asked = server.asked.lock().unwrap().clone();
    assert!(asked[0].contains("host: shop.test\r\n"), "{}", asked[0]);
    assert!(!asked[0].contains("accept-encoding"), "{}", asked[0]);
    assert!(asked.last().unwrap().contains("/lies"));
    let page = fetcher.fetch("https://shop.test/page").await.unwrap();
    assert!(Picture::read(&page).is_err());
}

#[tokio::test]
async fn what_may_come_later_is_told_from_what_will_not() {
    let server = serve().await;
    let fetcher = Fetcher::in_place_of_all(server.address, LIMITS).unwrap();
    for (path, retry, part) in [
        ("gone", Retry::Never, "nothing at its address"),
        ("secret", Retry::Never, "only after signing in"),
        ("broken", Retry::Later, "(500)"),
        ("busy", Retry::After(Duration::from_secs(7)), "(429)"),
        (
            "busy-for-years",
            Retry::After(Duration::from_secs(86_400)),
            "(503)",
        ),
        ("nowhere", Retry::Never, "sent on to no address"),
        ("in-circles", Retry::Never, "more than 5 times"),
        ("cut", Retry::Later, "broke"),
        ("claims-much", Retry::Never, "20 MB"),
        ("never-ends", Retry::Never, "20 MB"),
        ("silent", Retry::Later, "too slow"),
        ("drips", Retry::Later, "too slow"),
    ] {
        let began = Instant::now();
        let failure = fetcher
            .fetch(&format!("https://shop.test/{path}"))
            .await
            .unwrap_err();
        assert_eq!(failure.retry, retry, "{path}: {failure}");
        assert!(failure.reason.contains(part), "{path}: {failure}");
        assert!(began.elapsed() < Duration::from_secs(5), "{path} hung");
    }
    let packed = fetcher.fetch("https://shop.test/packed").await.unwrap();
    assert!(packed.len() < 2_000 && Picture::read(&packed).is_err());
}

#[tokio::test]
async fn no_redirect_leads_into_the_house() {
    let server = serve().await;
    let fetcher = Fetcher::in_place_of_all(server.address, LIMITS).unwrap();
    for path in [
        "to/127.0.0.1",
        "to/10.0.0.1:8080",
        "to/169.254.169.254",
        "to/[::1]",
        "to/[::ffff:192.168.0.1]",
        "to/localhost",
        "to/0x7f000001",
        "to/user:secret@a.test",
        "in-the-open",
        "to-a-file",
    ] {
        let before = server.asked.lock().unwrap().len();
        let failure = fetcher
            .fetch(&format!("https://shop.test/{path}"))
            .await
            .unwrap_err();
        assert_eq!(failure.retry, Retry::Never, "{path}: {failure}");
        let asked = server.asked.lock().unwrap().len();
        assert_eq!(asked, before + 1, "{path} was followed");
    }
}

#[tokio::test]
async fn the_real_fetcher_connects_to_nothing_in_the_house() {
    let server = serve().await;
    let fetcher = Fetcher::new(LIMITS).unwrap();
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"] {
        for scheme in ["http", "https"] {
            let address = format!("{scheme}://{host}:{port}/picture");
            let failure = fetcher.fetch(&address).await.unwrap_err();
            assert_eq!(failure.retry, Retry::Never, "{address}: {failure}");
        }
    }
    assert_eq!(server.asked.lock().unwrap().len(), 0);
}
