//! Coming in: keys, names, limits, and what is no answer.

use std::sync::{Arc, Mutex};

use channels::channel::{Channel, Reading};
use channels::failure::FailureKind;
use sandbox::maropost::{Key, RefusedKey, Settings, Username};
use sandbox::{Aim, Catalogue, Clock, Fault, Moment};

use super::{KEY, Practice, failure, kind, opened, settings};

#[tokio::test]
async fn a_check_names_the_warehouses_of_the_shop() {
    for seed in 0..14 {
        let shop = Practice::of(&Catalogue::new(seed, 12), settings(seed));
        let check = shop.client.check().await.unwrap();
        assert_eq!(check.problems, [], "seed {seed}");
        let places: Vec<_> = check
            .places
            .iter()
            .map(|place| (&*place.id, &*place.name, place.active, place.primary))
            .collect();
        assert_eq!(
            places,
            [("1", "Main", true, true), ("2", "Outlet", true, false)]
        );
        assert_eq!(check.currency, "");
    }
}

#[tokio::test]
async fn each_right_that_a_key_lacks_is_named_by_itself() {
    let all = ["GetItem", "GetCategory", "GetWarehouse", "UpdateItem"];
    for refused_key in [
        RefusedKey::Ack,
        RefusedKey::Status401,
        RefusedKey::Status403,
    ] {
        for lacking in all {
            let rest: Vec<&str> = all.into_iter().filter(|right| *right != lacking).collect();
            let keys = vec![Key::global(KEY).only(&rest)];
            let shop = Practice::of(
                &Catalogue::new(1, 12),
                Settings {
                    keys,
                    refused_key,
                    ..Settings::default()
                },
            );
            let check = shop.client.check().await.unwrap();
            let [problem] = &check.problems[..] else {
                panic!("{check:?}")
            };
            assert!(problem.hint.contains(lacking), "{problem:?}");
            assert_eq!(problem.is_fatal, lacking == "GetItem");
        }
    }
}

#[tokio::test]
async fn a_key_that_does_not_open_is_denied_with_the_four_things_that_it_can_mean() {
    for refused_key in [
        RefusedKey::Ack,
        RefusedKey::Status401,
        RefusedKey::Status403,
    ] {
        let shop = Practice::of(
            &Catalogue::new(1, 12),
            Settings {
                refused_key,
                ..Settings::default()
            },
        );
        let other = opened(
            shop.server.url(),
            "another-key",
            "",
            &shop.log,
            shop.server.clock(),
        )
        .unwrap();
        let failure = failure(other.check().await);
        assert_eq!(failure.kind, FailureKind::Denied);
        let hint = failure.hint.unwrap();
        for word in ["key", "user name", "permission group", "address"] {
            assert!(hint.contains(word), "{hint}");
        }
        assert_eq!(
            kind(&other.page(&Reading::default(), None).await),
            FailureKind::Denied
        );
    }
}

#[tokio::test]
async fn a_key_of_a_user_comes_with_their_name_and_the_key_of_the_shop_without() {
    let shop = Practice::of(
        &Catalogue::new(1, 12),
        Settings {
            username: Username::Enforced,
            ..Settings::default()
        },
    );
    for (key, username, opens) in [
        (KEY, "", true),
        (KEY, "  ", true),
        (KEY, "practice", false),
        ("practice-user-key", "practice", true),
        (" practice-user-key ", " practice ", true),
        ("practice-user-key", "", false),
    ] {
        let client = opened(
            shop.server.url(),
            key,
            username,
            &shop.log,
            shop.server.clock(),
        )
        .unwrap();
        assert_eq!(client.check().await.is_ok(), opens, "{key} {username}");
    }
}

#[test]
fn an_address_leads_to_the_interface_whatever_was_copied() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let clock = Clock::standing(Moment::START);
    let open = |address: &str, key: &str| opened(address, key, "", &log, &clock);
    for address in [
        "north.neto.com.au",
        "https://north.neto.com.au/_cpanel/orders?x=1",
        "https://north.neto.com.au/do/WS/NetoAPI",
    ] {
        let client = open(address, KEY).unwrap();
        let shown = format!("{client:?}");
        assert!(
            shown.contains("https://north.neto.com.au/do/WS/NetoAPI"),
            "{shown}"
        );
        assert!(!shown.contains(KEY), "{shown}");
    }
    let gateway = open("https://api.example/v1/stores/7/do/WS/NetoAPI", KEY).unwrap();
    assert!(format!("{gateway:?}").contains("/v1/stores/7/do/WS/NetoAPI"));
    assert_eq!(
        kind(&open("http://north.example", KEY)),
        FailureKind::Denied
    );
    assert_eq!(kind(&open("north.neto.com.au", " ")), FailureKind::Denied);
    assert_eq!(
        kind(&open("north.neto.com.au", "a\nb")),
        FailureKind::Denied
    );
}

#[tokio::test]
async fn too_many_requests_are_never_made_and_none_waits_while_some_are_left() {
    let shop = Practice::of(
        &Catalogue::new(4, 40),
        Settings {
            highest_limit: Some(2),
            ..Settings::default()
        },
    );
    while shop.server.journal().all().requests < 1_200 {
        shop.all(None).await;
    }
    let refused = shop
        .server
        .journal()
        .recent()
        .filter(|one| one.status == Some(429))
        .count();
    assert_eq!(refused, 0);
    let minutes = (shop.server.clock().now().0 - Moment::START.0) / 60_000;
    let requests = shop.server.journal().all().requests;
    assert!(
        minutes.unsigned_abs() <= requests / 400,
        "{requests} in {minutes} minutes"
    );
}

#[tokio::test]
async fn after_too_many_requests_it_is_quiet_for_a_minute_and_then_goes_on() {
    for seed in 0..8 {
        let shop = Practice::of(
            &Catalogue::new(1, 12),
            Settings {
                requests_per_minute: 3,
                ..settings(seed)
            },
        );
        let items = shop.all(None).await;
        assert!(!items.is_empty(), "seed {seed}");
        let waited = shop.server.clock().now().0 - Moment::START.0;
        assert!(waited >= 60_000);
    }
}

#[tokio::test]
async fn a_shop_that_always_says_too_many_is_left_for_later() {
    let shop = Practice::empty();
    shop.server.fault(Aim {
        times: 100,
        ..Aim::next(
            Fault::TooManyRequests {
                retry_after: Some(7),
            },
            "GetItem",
        )
    });
    let failure = failure(shop.client.page(&Reading::default(), None).await);
    assert_eq!(failure.kind, FailureKind::Later);
    assert!(failure.wait.is_some());
    assert_eq!(shop.count("GetItem"), 3);
}

#[tokio::test]
async fn a_page_for_people_is_never_an_empty_shop() {
    let shop = Practice::of(&Catalogue::new(1, 12), Settings::default());
    shop.configure(|settings| settings.outage = true);
    let failure = failure(shop.client.page(&Reading::default(), None).await);
    assert_eq!(failure.kind, FailureKind::Later);
    assert!(failure.message.contains("page for people"));
    shop.configure(|settings| settings.outage = false);
    assert!(!shop.all(None).await.is_empty());
}

#[tokio::test]
async fn a_reading_is_made_again_after_what_broke_it() {
    let faults = [
        Fault::LostRequest,
        Fault::LostReply,
        Fault::CutReply,
        Fault::Delay { millis: 20 },
        Fault::SlowReply { millis: 20 },
        Fault::TooManyRequests { retry_after: None },
        Fault::ServerError {
            status: 503,
            done: false,
        },
        Fault::ServerError {
            status: 500,
            done: true,
        },
        Fault::Throttled,
    ];
    let shop = Practice::of(&Catalogue::new(1, 12), Settings::default());
    let whole = shop.all(None).await;
    for fault in faults {
        shop.server.fault(Aim {
            times: 2,
            ..Aim::next(fault.clone(), "GetItem")
        });
        assert_eq!(shop.all(None).await, whole, "{fault:?}");
    }
    shop.server.fault(Aim {
        times: 9,
        ..Aim::next(Fault::LostReply, "GetItem")
    });
    assert_eq!(
        kind(&shop.client.page(&Reading::default(), None).await),
        FailureKind::Later
    );
}

#[tokio::test]
async fn no_key_stands_in_the_log_in_an_error_or_in_what_is_shown() {
    let secret = "planted-key-0123456789";
    let keys = vec![Key::global(secret).only(&["GetItem", "UpdateItem"])];
    let shop = Practice::of(
        &Catalogue::new(1, 12),
        Settings {
            keys,
            ..Settings::default()
        },
    );
    let user = "planted-user-42";
    let client = opened(
        shop.server.url(),
        secret,
        user,
        &shop.log,
        shop.server.clock(),
    )
    .unwrap();
    let check = client.check().await;
    let page = client.page(&Reading::default(), None).await;
    shop.server.fault(Aim {
        times: 4,
        ..Aim::next(Fault::LostReply, "GetItem")
    });
    let lost = client.page(&Reading::default(), None).await;
    shop.configure(|settings| settings.keys.clear());
    let denied = client.page(&Reading::default(), None).await;
    let log = format!("{:?}", shop.log.lock().unwrap());
    assert!(log.contains("GetItem") && log.contains("Invalid API Key"));
    for shown in [
        log,
        format!("{client:?} {check:?} {page:?} {lost:?} {denied:?}"),
    ] {
        assert!(!shown.contains(secret) && !shown.contains(user), "{shown}");
    }
}
