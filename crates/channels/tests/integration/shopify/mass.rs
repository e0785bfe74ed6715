//! Changing very much at once, and what it costs.

use channels::channel::Channel as _;
use channels::channel::{Created, ItemUpdate, NewFamily, Written};
use channels::failure::{Answered, FailureKind};
use channels::shopify::{Bulk, Manner, ShopifyAccount};
use domain::channel::{ShopField, ShopItem};
use domain::record::Value as Held;
use sandbox::shopify::ShopifyOptions;
use sandbox::{Aim, Catalogue, Edit, Fault};

use super::creating::{mug, shirt};
use super::reading::{Read, all, reference};
use super::writing::{change, kinds, now};
use super::{Practice, while_time_passes};

fn roomy(products: u64) -> Practice {
    let mut options = ShopifyOptions::new(Catalogue::new(7, products));
    options.bucket = 1e9;
    Practice::with(options)
}

/// With the thresholds that are usual.
fn usual(products: u64) -> Practice {
    with(products, Bulk::default())
}

fn with(products: u64, bulk: Bulk) -> Practice {
    let mut practice = roomy(products);
    let token = practice.server.shop().token().to_owned();
    let account = ShopifyAccount::Token(token.into());
    let manner = Manner {
        bulk,
        ..super::manner()
    };
    let url = practice.server.url().to_owned();
    practice.channel = super::channel_in(&url, account, &practice.log, manner);
    practice
}

async fn update(practice: &Practice, updates: &[ItemUpdate]) -> Vec<Answered<Written>> {
    while_time_passes(practice, practice.channel.update(updates)).await
}

fn singles(read: &Read) -> Vec<&ShopItem> {
    let items = read.items.iter();
    items
        .filter(|item| !item.is_parent && item.parent.is_none())
        .collect()
}

fn dearer(items: &[&ShopItem]) -> Vec<ItemUpdate> {
    let change = |(place, item): (usize, &&ShopItem)| {
        let price = 10_000 * (i64::try_from(place).unwrap() + 1);
        change(item, &[("variant.price", Held::Number(price))])
    };
    items.iter().enumerate().map(change).collect()
}

#[tokio::test]
async fn a_thousand_changed_products_cost_few_points_or_few_requests() {
    let practice = usual(1_600);
    let read = all(&practice).await;
    let singles = singles(&read);
    let updates = dearer(&singles[..1_000]);
    practice.server.journal().forget();
    for part in updates.chunks(250) {
        let results = update(&practice, part).await;
        assert!(results.iter().all(Result::is_ok));
    }
    let below = practice.server.journal().all();
    practice.server.journal().forget();
    let results = update(&practice, &updates).await;
    assert!(results.iter().all(Result::is_ok));
    let above = practice.server.journal().all();
    println!(
        "1,000 products below the threshold: {} points, {} requests",
        below.points, below.requests
    );
    println!(
        "1,000 products above the threshold: {} points, {} requests",
        above.points, above.requests
    );
    assert!(
        below.points <= 13_000.0 && below.requests <= 1_000,
        "{below:?}"
    );
    assert!(above.requests <= 20, "{above:?}");
}

#[tokio::test]
async fn a_mass_push_tells_each_item_apart_and_changes_nothing_else() {
    let practice = roomy(280);
    let read = all(&practice).await;
    let singles = singles(&read);
    let mut updates = dearer(&singles[..120]);
    updates[7] = change(singles[7], &[("variant.price", Held::Number(-10_000))]);
    practice
        .server
        .edit(&Edit::Delete {
            on: singles[8].remote_id.clone(),
        })
        .unwrap();
    for (place, item) in singles[..90].iter().enumerate() {
        let title = format!("Mass {place}");
        updates.push(change(item, &[("title", Held::text(title))]));
    }
    practice.server.journal().forget();
    let results = update(&practice, &updates).await;
    assert!(practice.server.journal().all().requests <= 20);
    for (place, kind) in kinds(&results).into_iter().enumerate() {
        let expected = match place {
            7 => Err(FailureKind::Rejected),
            8 | 128 => Err(FailureKind::Gone),
            _ => Ok(()),
        };
        assert_eq!(kind, expected, "{place}");
    }
    let after = all(&practice).await;
    for item in &read.items {
        let Some(now) = after
            .items
            .iter()
            .find(|now| now.remote_id == item.remote_id)
        else {
            continue;
        };
        let mut expected = item.values.clone();
        for (update, result) in updates.iter().zip(&results) {
            if update.item.remote_id == item.remote_id && result.is_ok() {
                expected.extend(update.values.clone());
            }
        }
        assert_eq!(now.values, expected, "{}", item.title);
    }
}

#[tokio::test]
async fn a_mass_push_is_lost_only_where_it_is_not_known() {
    let lost = Err(FailureKind::Lost);
    let practice = roomy(130);
    let read = all(&practice).await;
    let singles = singles(&read);
    let mut price = 500;
    for (operation, fault, expected, written) in [
        ("Stage", Fault::LostReply, Ok(()), true),
        ("upload", Fault::LostReply, Ok(()), true),
        ("upload", Fault::LostRequest, Ok(()), true),
        ("RunMutation", Fault::LostReply, lost, true),
        ("RunMutation", Fault::LostRequest, lost, false),
        ("RunMutation", Fault::CutReply, lost, true),
        ("RunMutation", Fault::Throttled, Ok(()), true),
        (
            "RunMutation",
            Fault::ServerError {
                status: 502,
                done: true,
            },
            lost,
            true,
        ),
        ("Operations", Fault::LostReply, Ok(()), true),
        ("download", Fault::CutReply, Ok(()), true),
        (
            "download",
            Fault::ServerError {
                status: 503,
                done: false,
            },
            Ok(()),
            true,
        ),
        (
            "download",
            Fault::ServerError {
                status: 403,
                done: false,
            },
            lost,
            true,
        ),
    ] {
        price += 1;
        let updates: Vec<_> = singles[..70]
            .iter()
            .map(|item| change(item, &[("variant.price", Held::Number(price * 10_000))]))
            .collect();
        practice.server.journal().forget();
        practice.fault(fault.clone(), operation);
        let results = update(&practice, &updates).await;
        assert!(
            kinds(&results).iter().all(|kind| *kind == expected),
            "{operation} {fault:?}: {:?}",
            results[0]
        );
        let repeated = operation == "RunMutation" && fault == Fault::Throttled;
        assert_eq!(practice.asked("RunMutation") > 1, repeated);
        practice.server.clock().advance(10_000);
        let there = now(&practice, singles[3]).await;
        let held = &there.values[&ShopField::new("variant.price")];
        assert_eq!(
            *held == Held::Number(price * 10_000),
            written,
            "{operation} {fault:?}"
        );
    }
}

#[tokio::test]
async fn a_mass_push_waits_while_other_bulk_operations_run() {
    let practice = roomy(130);
    let read = all(&practice).await;
    let singles = singles(&read);
    let updates = dearer(&singles[..70]);
    let (one, two) = tokio::join!(update(&practice, &updates), async {
        let mut all = Vec::new();
        for _ in 0..6 {
            all.push(update(&practice, &updates));
        }
        futures_util::future::join_all(all).await
    });
    assert!(one.iter().chain(two.iter().flatten()).all(Result::is_ok));
}

/// The same updates, gathered in parts and sent together; each is told once.
async fn gather(practice: &Practice, parts: &[&[ItemUpdate]]) -> Vec<Answered<Written>> {
    let all: usize = parts.iter().map(|part| part.len()).sum();
    let mut bulk = practice.channel.bulk_update(all).unwrap();
    let gathered = async {
        for part in parts {
            bulk.add(part).await;
        }
        let mut told = std::collections::BTreeMap::new();
        while let Some(some) = bulk.next().await {
            assert!(!some.is_empty());
            for (number, answer) in some {
                assert!(told.insert(number, answer).is_none(), "{number} twice");
            }
        }
        told
    };
    let told = while_time_passes(practice, gathered).await;
    assert!(told.keys().copied().eq(0..all));
    told.into_values().collect()
}

#[tokio::test]
async fn what_is_gathered_goes_together_and_comes_to_the_same() {
    let practice = roomy(280);
    let read = all(&practice).await;
    let singles = singles(&read);
    let mut updates = dearer(&singles[..120]);
    updates[7] = change(singles[7], &[("variant.price", Held::Number(-10_000))]);
    let gone = singles[8].remote_id.clone();
    practice.server.edit(&Edit::Delete { on: gone }).unwrap();
    // Of one, two mutations tell; another is nothing that can be sent; a third one says nothing.
    updates[3] = change(
        singles[3],
        &[
            ("title", Held::text("Both")),
            ("variant.price", Held::Number(70_000)),
        ],
    );
    updates[4] = change(singles[4], &[("option1", Held::text("Red"))]);
    updates[5] = change(singles[5], &[]);
    practice.server.journal().forget();
    let together = gather(&practice, &[&updates[..50], &updates[50..]]).await;
    let requests = practice.server.journal().all().requests;
    assert!(requests <= 20, "{requests}");
    for (place, kind) in kinds(&together).into_iter().enumerate() {
        let expected = match place {
            4 | 7 => Err(FailureKind::Rejected),
            8 => Err(FailureKind::Gone),
            _ => Ok(()),
        };
        assert_eq!(kind, expected, "{place}");
    }
    let both = now(&practice, singles[3]).await;
    assert_eq!(both.title, "Both");
    let price = &both.values[&ShopField::new("variant.price")];
    assert_eq!(*price, Held::Number(70_000));
    let written = together[3].as_ref().unwrap();
    assert_eq!(written.values.len(), 2, "{written:?}");
    let again = gather(&practice, &[&[], &updates]).await;
    assert_eq!(kinds(&again), kinds(&together));
}

#[tokio::test]
async fn what_is_gathered_is_lost_only_where_it_is_not_known() {
    let practice = roomy(130);
    let read = all(&practice).await;
    let singles = singles(&read);
    let updates = dearer(&singles[..70]);
    for (operation, fault, expected) in [
        ("Stage", Fault::LostReply, Ok(())),
        ("upload", Fault::LostRequest, Ok(())),
        ("RunMutation", Fault::LostReply, Err(FailureKind::Lost)),
        ("RunMutation", Fault::Throttled, Ok(())),
        ("download", Fault::CutReply, Ok(())),
    ] {
        practice.fault(fault.clone(), operation);
        let results = gather(&practice, &[&updates]).await;
        assert!(
            kinds(&results).iter().all(|kind| *kind == expected),
            "{operation} {fault:?}: {:?}",
            results[0]
        );
        practice.server.clock().advance(10_000);
    }
}

fn many(from: u128, count: u128) -> Vec<NewFamily> {
    let family = |nth: u128| match nth % 10 {
        0 => shirt(from + nth * 10, &["S", "M"]),
        _ => mug(from + nth * 10, &format!("MANY-{}", from + nth)),
    };
    (0..count).map(family).collect()
}

async fn create(practice: &Practice, families: &[NewFamily]) -> Vec<Answered<Created>> {
    while_time_passes(practice, practice.channel.create(families)).await
}

#[tokio::test]
async fn a_thousand_products_are_created_by_few_requests_and_never_twice() {
    let practice = usual(20);
    let families = many(1_000_000, 1_000);
    practice.channel.fields().await.unwrap();
    practice.server.journal().forget();
    let first = create(&practice, &families).await;
    let all_of_it = practice.server.journal().all();
    println!(
        "1,000 products created: {} points, {} requests",
        all_of_it.points, all_of_it.requests
    );
    assert!(all_of_it.requests <= 20, "{all_of_it:?}");
    for (family, created) in families.iter().zip(&first) {
        let created = created.as_ref().unwrap();
        assert_eq!(created.items.len(), family.variants.len() + 1);
        assert_eq!(created.failed, []);
    }
    let references: Vec<_> = first
        .iter()
        .map(|one| reference(&one.as_ref().unwrap().items[0].1))
        .collect();
    let read = practice.channel.read(&references[..50]).await.unwrap();
    for (created, read) in first.iter().zip(read) {
        let (created, read) = (&created.as_ref().unwrap().items[0].1, read.unwrap());
        assert_eq!(created.handles, read.handles);
        for (field, value) in &created.values {
            assert_eq!(read.values[field], *value, "{field}");
        }
    }
    let again = create(&practice, &families[..150]).await;
    for (first, again) in first.iter().zip(&again) {
        let ids = |one: &Answered<Created>| {
            one.as_ref()
                .unwrap()
                .items
                .iter()
                .map(|(key, item)| (*key, item.remote_id.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(first), ids(again));
    }
}

#[tokio::test]
async fn of_many_new_products_each_is_told_apart() {
    let practice = roomy(60);
    let read = all(&practice).await;
    let mut families = many(2_000_000, 40);
    let price = ShopField::new("variant.price");
    families[3]
        .product
        .as_mut()
        .unwrap()
        .values
        .insert(price, Held::Number(-10_000));
    families[4]
        .product
        .as_mut()
        .unwrap()
        .values
        .remove(&ShopField::new("title"));
    let family = read.items.iter().find(|item| item.is_parent).unwrap();
    families[5].product = None;
    families[5].into = Some(reference(family));
    let sizes: Vec<String> = (0..130).map(|nth| format!("No {nth}")).collect();
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    families[6] = shirt(3_000_000, &sizes);
    let results = create(&practice, &families).await;
    assert_eq!(results[6].as_ref().unwrap().items.len(), 131);
    for (place, result) in results.iter().enumerate() {
        match place {
            3 | 4 => assert_eq!(
                result.as_ref().unwrap_err().kind,
                FailureKind::Rejected,
                "{place}"
            ),
            _ => assert!(result.is_ok(), "{place}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn many_new_products_whose_answer_was_lost_are_found() {
    for (operation, fault, expected, left) in [
        ("ByKeys", Fault::LostReply, Ok(()), true),
        (
            "RunMutation",
            Fault::LostReply,
            Err(FailureKind::Lost),
            true,
        ),
        (
            "RunMutation",
            Fault::LostRequest,
            Err(FailureKind::Lost),
            false,
        ),
        ("download", Fault::LostReply, Ok(()), true),
        ("Operations", Fault::CutReply, Ok(()), true),
    ] {
        let practice = roomy(20);
        let families = many(4_000_000, 40);
        practice.fault(fault.clone(), operation);
        let results = create(&practice, &families).await;
        for result in &results {
            let kind = result.as_ref().map(|_| ()).map_err(|failure| failure.kind);
            assert_eq!(kind, expected, "{operation} {fault:?}");
        }
        practice.server.clock().advance(10_000);
        practice.channel.check().await.unwrap();
        let found = practice.channel.find_created(&families[7]).await.unwrap();
        assert_eq!(found.is_some(), left, "{operation} {fault:?}");
        let again = create(&practice, &families).await;
        assert!(again.iter().all(Result::is_ok));
        let read = all(&practice).await;
        let made = read
            .items
            .iter()
            .filter(|item| item.sku.starts_with("MANY-"))
            .count();
        assert_eq!(made, 36, "{operation} {fault:?}");
    }
}

#[tokio::test]
async fn the_keys_of_very_many_come_out_of_an_export_and_are_asked_for_where_it_breaks_off() {
    let bulk = Bulk {
        reads: 30,
        ..super::manner().bulk
    };
    for (fault, times, asked) in [
        (None, 0, 0),
        (Some((Fault::LostReply, "RunExport")), 1, 0),
        (Some((Fault::CutReply, "download")), 1, 0),
        (Some((Fault::CutReply, "download")), 20, 1),
        (Some((Fault::LostReply, "RunExport")), 20, 1),
    ] {
        let practice = with(20, bulk);
        let families = many(5_000_000, 40);
        let first = create(&practice, &families).await;
        assert!(first.iter().all(Result::is_ok), "{first:?}");
        practice.server.journal().forget();
        if let Some((fault, operation)) = fault.clone() {
            practice.server.fault(Aim {
                times,
                ..Aim::next(fault, operation)
            });
        }
        let again = create(&practice, &families).await;
        assert!(again.iter().all(Result::is_ok), "{fault:?}: {again:?}");
        let of = |operation| practice.server.journal().of(operation).requests;
        assert!(of("RunExport") > 0, "{fault:?}");
        assert_eq!((of("ByKeys"), of("RunMutation")), (asked, 0), "{fault:?}");
    }
}
