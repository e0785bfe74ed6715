//! What goes wrong on the way: nothing is done twice, and a lost answer is told exactly where it is not
//! known what was done.

use channels::channel::{Channel, ItemUpdate, StockChange, StockSet, StockThere};
use channels::failure::FailureKind;
use domain::channel::ShopField;
use domain::record::Value;
use sandbox::maropost::Settings;
use sandbox::{Aim, Catalogue, Chance, Fault};
use serde_json::json;
use uuid::Uuid;

use super::{Practice, kind, new_item, reference, settings, shirt, update_of};

/// Every fault, with whether a write is repeated after it and so succeeds.
fn faults() -> Vec<(Fault, bool)> {
    vec![
        (Fault::LostRequest, false),
        (Fault::LostReply, false),
        (Fault::CutReply, false),
        (Fault::Delay { millis: 20 }, true),
        (Fault::SlowReply { millis: 20 }, true),
        (Fault::TooManyRequests { retry_after: None }, true),
        (
            Fault::TooManyRequests {
                retry_after: Some(2),
            },
            true,
        ),
        (
            Fault::ServerError {
                status: 503,
                done: false,
            },
            false,
        ),
        (
            Fault::ServerError {
                status: 500,
                done: true,
            },
            false,
        ),
        (Fault::Throttled, true),
    ]
}

#[tokio::test]
async fn an_update_is_lost_exactly_for_the_items_that_were_in_what_was_lost() {
    for (fault, goes_on) in faults() {
        let shop = Practice::plain(130);
        let items = shop.all(None).await;
        assert_eq!(items.len(), 130);
        let updates: Vec<ItemUpdate> = items
            .iter()
            .map(|item| update_of(item, &[("Subtitle", Value::text("New"))]))
            .collect();
        shop.server.fault(Aim {
            nth: 2,
            ..Aim::next(fault.clone(), "UpdateItem")
        });
        let results = shop.client.update(&updates).await;
        for (at, (result, item)) in results.iter().zip(&items).enumerate() {
            let was_in = (50..100).contains(&at);
            match was_in && !goes_on {
                true => assert_eq!(kind(result), FailureKind::Lost, "{fault:?}: {at}"),
                false => assert!(result.is_ok(), "{fault:?}: {at}: {result:?}"),
            }
            let is_new = shop.shown(&item.sku, "Subtitle") == json!("New");
            assert_eq!(
                is_new,
                !was_in || fault.is_done() || goes_on,
                "{fault:?}: {at}"
            );
        }
        let repeated = u64::from(matches!(
            fault,
            Fault::TooManyRequests { .. } | Fault::Throttled
        ));
        assert!(shop.count("UpdateItem") == 3 + repeated, "{fault:?}");
    }
}

#[tokio::test]
async fn stock_that_was_lost_is_told_and_set_once() {
    for (fault, goes_on) in faults() {
        let shop = Practice::of(&Catalogue::new(1, 12), Settings::default());
        let items = shop.all(None).await;
        let item = items
            .iter()
            .find(|item| !item.is_parent && super::value(item, "IsInventoried").is_yes())
            .unwrap();
        let read = async || {
            shop.client
                .read_stock("1", &[reference(item)])
                .await
                .unwrap()[0]
        };
        let StockThere::Counted(count) = read().await else {
            panic!("it is counted")
        };
        let change = StockChange {
            key: Uuid::nil(),
            item: reference(item),
            from: Some(count),
            to: count + 7,
        };
        shop.server.fault(Aim::next(fault.clone(), "UpdateItem"));
        let set = shop
            .client
            .set_stock("1", std::slice::from_ref(&change))
            .await;
        match goes_on {
            true => assert_eq!(set, [Ok(StockSet::Set(count + 7))], "{fault:?}"),
            false => assert_eq!(kind(&set[0]), FailureKind::Lost, "{fault:?}"),
        }
        let done = fault.is_done() || goes_on;
        assert_eq!(
            read().await,
            StockThere::Counted(if done { count + 7 } else { count }),
            "{fault:?}"
        );
        let writes = shop.count("UpdateItem");
        assert_eq!(
            writes,
            1 + u64::from(goes_on && !fault.is_done()),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_creation_is_lost_only_where_it_is_not_known_and_makes_nothing_twice() {
    for (fault, goes_on) in faults() {
        for seed in 0..3 {
            let shop = Practice::by_chance(seed, 0);
            shop.server.fault(Aim::next(fault.clone(), "AddItem"));
            let created = shop.create(&shirt()).await;
            match goes_on {
                true => assert_eq!(created.unwrap().items.len(), 3, "{fault:?}"),
                false => assert_eq!(kind(&created), FailureKind::Lost, "{fault:?}"),
            }
            let count = shop.all(None).await.len();
            let left = if goes_on {
                3
            } else {
                usize::from(fault.is_done())
            };
            assert_eq!(count, left, "{fault:?}");
            let found = shop.client.find_created(&shirt()).await.unwrap();
            assert_eq!(
                found.map_or(0, |found| found.items.len()),
                left,
                "{fault:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_shop_that_answers_nothing_any_more_is_left_alone() {
    let shop = Practice::plain(400);
    let items = shop.all(None).await;
    let updates: Vec<ItemUpdate> = items
        .iter()
        .take(400)
        .map(|item| update_of(item, &[("Subtitle", Value::text("New"))]))
        .collect();
    shop.server.fault(Aim {
        times: 1_000,
        ..Aim::next(Fault::LostRequest, "UpdateItem")
    });
    let results = shop.client.update(&updates).await;
    let lost = results
        .iter()
        .filter(|result| kind(result) == FailureKind::Lost)
        .count();
    let later = results
        .iter()
        .filter(|result| kind(result) == FailureKind::Later)
        .count();
    assert_eq!((lost, later), (100, 300));
    assert_eq!(shop.count("UpdateItem"), 2);
    // A key that is taken back in the middle fails the rest at once.
    shop.server.faults().clear();
    shop.configure(|settings| settings.keys.clear());
    let asked = shop.server.journal().all().requests;
    let results = shop.client.update(&updates).await;
    assert!(
        results
            .iter()
            .all(|result| kind(result) == FailureKind::Denied)
    );
    assert_eq!(shop.server.journal().all().requests, asked + 1);
}

#[tokio::test]
async fn an_outage_in_the_middle_of_a_write_is_lost_and_nothing_is_taken_for_done() {
    let shop = Practice::of(&Catalogue::new(1, 12), Settings::default());
    let items = shop.all(None).await;
    let item = items.iter().find(|item| !item.is_parent).unwrap();
    shop.server
        .fault(Aim::next(Fault::Delay { millis: 150 }, "UpdateItem"));
    let asked = shop.count("GetItem");
    let outage = async {
        while shop.count("GetItem") == asked {
            tokio::task::yield_now().await;
        }
        shop.configure(|settings| settings.outage = true);
    };
    let brand = [("Brand", Value::text("New"))];
    let (written, ()) = tokio::join!(shop.update(item, &brand), outage);
    assert_eq!(kind(&written), FailureKind::Lost);
    shop.configure(|settings| settings.outage = false);
    assert_ne!(shop.shown(&item.sku, "Brand"), json!("New"));
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_the_client_as_good_as_before() {
    let shop = Practice::of(&Catalogue::new(1, 12), Settings::default());
    let whole = shop.all(None).await;
    shop.server
        .fault(Aim::next(Fault::Delay { millis: 300 }, "GetItem"));
    let dropped = tokio::time::timeout(std::time::Duration::from_millis(20), shop.all(None)).await;
    assert!(dropped.is_err());
    assert_eq!(shop.all(None).await, whole);
}

#[tokio::test]
async fn whatever_goes_wrong_by_chance_what_is_told_is_true() {
    for seed in 0..12 {
        let shop = Practice::of(&Catalogue::new(seed, 30), settings(seed));
        let items = shop.all(None).await;
        let updates: Vec<ItemUpdate> = items
            .iter()
            .map(|item| update_of(item, &[("Misc33", Value::text(format!("v{seed}")))]))
            .collect();
        shop.server.faults().by_chance(Chance {
            seed,
            per_million: 200_000,
            faults: Vec::new(),
        });
        let results = shop.client.update(&updates).await;
        let family = shop.create(&shirt()).await;
        let single = channels::channel::NewFamily {
            product: Some(new_item(9, "SINGLE", &[])),
            into: None,
            variants: Vec::new(),
        };
        let alone = shop.create(&single).await;
        shop.server.faults().clear();
        for (result, item) in results.iter().zip(&items) {
            let is_new = shop.shown(&item.sku, "Misc33") == json!(format!("v{seed}"));
            match result {
                Ok(written) => {
                    assert!(is_new, "seed {seed}");
                    assert_eq!(
                        written.values[&ShopField::new("Misc33")],
                        Value::text(format!("v{seed}"))
                    );
                }
                Err(failure) => match failure.kind {
                    FailureKind::Lost => {}
                    FailureKind::Later => assert!(!is_new, "seed {seed}: {failure}"),
                    other => panic!("seed {seed}: {other:?} {failure}"),
                },
            }
        }
        let after = shop.all(None).await;
        let named = |sku: &str| after.iter().filter(|item| item.sku == sku).count();
        for (sku, answered) in [("SHIRT", &family), ("SINGLE", &alone)] {
            match answered {
                Ok(created) => {
                    assert_eq!((named(sku), created.failed.len()), (1, 0), "seed {seed}")
                }
                Err(failure) if failure.kind == FailureKind::Later => {
                    assert_eq!(named(sku), 0, "seed {seed}")
                }
                Err(failure) => assert_eq!(failure.kind, FailureKind::Lost, "seed {seed}"),
            }
            assert!(named(sku) <= 1);
        }
    }
}
