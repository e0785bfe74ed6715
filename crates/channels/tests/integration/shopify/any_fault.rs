//! Whatever goes wrong, what is said is true.

use std::time::Duration;

use channels::channel::{Channel as _, StockChange, StockSet, StockThere};
use channels::failure::FailureKind;
use domain::channel::{ShopField, ShopItem};
use domain::record::Value as Held;
use sandbox::{Chance, Fault};
use uuid::Uuid;

use super::Practice;
use super::creating::{mug, shirt};
use super::reading::{all, reference};
use super::writing::{change, kinds, now, single};

fn faults(seed: u64) -> Chance {
    Chance {
        seed,
        per_million: 250_000,
        faults: vec![
            Fault::LostRequest,
            Fault::LostReply,
            Fault::CutReply,
            Fault::Delay { millis: 3 },
            Fault::SlowReply { millis: 3 },
            Fault::TooManyRequests { retry_after: None },
            Fault::ServerError {
                status: 503,
                done: true,
            },
            Fault::ServerError {
                status: 500,
                done: false,
            },
            Fault::ServerError {
                status: 200,
                done: true,
            },
            Fault::Throttled,
        ],
    }
}

#[tokio::test]
async fn what_is_said_of_an_update_is_true() {
    for seed in 1..=6 {
        let practice = Practice::open(60);
        let read = all(&practice).await;
        let items: Vec<&ShopItem> = read
            .items
            .iter()
            .filter(|item| !item.is_parent)
            .take(60)
            .collect();
        let price = ShopField::new("variant.price");
        let wanted = Held::Number(7_770_000);
        let updates: Vec<_> = items
            .iter()
            .map(|item| change(item, &[("variant.price", wanted.clone())]))
            .collect();
        practice.server.faults().by_chance(faults(seed));
        let results = practice.channel.update(&updates).await;
        practice.server.faults().clear();
        for (item, kind) in items.iter().zip(kinds(&results)) {
            let there = now(&practice, item).await.values[&price].clone();
            match kind {
                Ok(()) => assert_eq!(there, wanted, "{seed}"),
                Err(FailureKind::Lost) => {
                    assert!(there == wanted || there == item.values[&price], "{seed}")
                }
                Err(_) => assert_eq!(there, item.values[&price], "{seed} {kind:?}"),
            }
        }
        assert!(kinds(&results).contains(&Ok(())), "{seed}");
    }
}

#[tokio::test]
async fn what_is_said_of_a_new_product_is_true_and_none_stands_twice() {
    for seed in 1..=6 {
        let practice = Practice::open(20);
        practice.channel.fields().await.unwrap();
        let families: Vec<_> = (0..16)
            .map(|nth| match nth % 4 {
                0 => shirt(100 * (nth + 1), &["S", "M"]),
                _ => mug(100 * (nth + 1), &format!("ANY-{nth}")),
            })
            .collect();
        practice.server.faults().by_chance(faults(seed));
        let mut left = families.clone();
        for _ in 0..20 {
            let results = practice.channel.create(&left).await;
            let failed = left
                .iter()
                .zip(&results)
                .filter(|(_, result)| result.is_err());
            left = failed.map(|(family, _)| family.clone()).collect();
        }
        practice.server.faults().clear();
        assert!(left.is_empty(), "{seed}: {} are left", left.len());
        let read = all(&practice).await;
        let stands = |sku: &str| read.items.iter().filter(|item| item.sku == sku).count();
        for family in &families {
            let items = family.product.iter().chain(&family.variants);
            for item in items.filter(|item| !item.sku.is_empty()) {
                assert_eq!(stands(&item.sku), 1, "{seed} {}", item.sku);
            }
        }
        let parents = read
            .items
            .iter()
            .filter(|item| item.parent.is_none())
            .count();
        assert_eq!(parents, 20 + families.len(), "{seed}");
    }
}

#[tokio::test]
async fn what_is_said_of_stock_is_true() {
    for seed in 1..=6 {
        let practice = Practice::open(40);
        let place = practice.channel.check().await.unwrap().places.remove(1).id;
        let read = all(&practice).await;
        let items: Vec<_> = read
            .items
            .iter()
            .filter(|item| !item.is_parent)
            .map(reference)
            .collect();
        let before = practice.channel.read_stock(&place, &items).await.unwrap();
        let counted = items
            .iter()
            .zip(&before)
            .filter_map(|(item, there)| match there {
                StockThere::Counted(count) => Some((item, *count)),
                _ => None,
            });
        let changes: Vec<_> = counted
            .enumerate()
            .map(|(nth, (item, from))| StockChange {
                key: Uuid::from_u128(u128::try_from(nth).unwrap()),
                item: item.clone(),
                from: Some(from),
                to: from + 100,
            })
            .collect();
        practice.server.faults().by_chance(faults(seed));
        let mut results = Vec::new();
        for part in changes.chunks(5) {
            results.extend(practice.channel.set_stock(&place, part).await);
        }
        practice.server.faults().clear();
        for (change, result) in changes.iter().zip(results) {
            let there = practice
                .channel
                .read_stock(&place, std::slice::from_ref(&change.item))
                .await
                .unwrap();
            let (done, undone) = (
                StockThere::Counted(change.to),
                StockThere::Counted(change.to - 100),
            );
            match result.map_err(|failure| failure.kind) {
                Ok(set) => assert_eq!((set, there[0]), (StockSet::Set(change.to), done), "{seed}"),
                Err(FailureKind::Lost) => assert!(there[0] == done || there[0] == undone, "{seed}"),
                Err(kind) => assert_eq!(there[0], undone, "{seed} {kind:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_does_no_harm_to_the_next_one() {
    let practice = Practice::by_app(20);
    let read = all(&practice).await;
    for (nth, operation) in ["ProductUpdate", "token"].iter().enumerate() {
        super::connecting::take_tokens_back(&practice).await;
        practice.fault(Fault::Delay { millis: 500 }, operation);
        let updates = [change(single(&read), &[("title", Held::text("Dropped"))])];
        let met = async {
            while practice.server.faults().happened().len() <= nth {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            results = practice.channel.update(&updates) => panic!("{results:?}"),
            () = met => {}
        }
        tokio::time::sleep(Duration::from_millis(600)).await;
        let title = format!("After {operation}");
        let update = change(single(&read), &[("title", Held::text(&title))]);
        let results = practice.channel.update(&[update]).await;
        assert_eq!(kinds(&results), [Ok(())]);
        assert_eq!(now(&practice, single(&read)).await.title, title);
    }
}

#[tokio::test]
async fn an_item_that_is_named_twice_is_changed_once() {
    let practice = Practice::open(20);
    let read = all(&practice).await;
    for key in ["title", "variant.barcode"] {
        let one = change(single(&read), &[(key, Held::text("One"))]);
        let other = change(single(&read), &[(key, Held::text("Other"))]);
        let results = practice.channel.update(&[one, other]).await;
        assert_eq!(kinds(&results), [Ok(()), Err(FailureKind::Rejected)]);
        let there = now(&practice, single(&read)).await;
        assert_eq!(there.values[&ShopField::new(key)], Held::text("One"));
    }
}
