//! Stock: read, and set where nothing changed meanwhile.

use channels::channel::{Channel as _, ItemRef, StockChange, StockSet, StockThere};
use channels::failure::{Answered, FailureKind};
use domain::channel::{ShopField, ShopItem};
use domain::record::Value as Held;
use sandbox::{Edit, Fault};
use uuid::Uuid;

use super::Practice;
use super::reading::{Read, all, reference};

async fn place(practice: &Practice) -> String {
    let check = practice.channel.check().await.unwrap();
    let primary = check.places.into_iter().find(|place| place.primary);
    primary.unwrap().id
}

fn tracked(item: &ShopItem) -> bool {
    item.values.get(&ShopField::new("inventoryItem.tracked")) == Some(&Held::Flag(true))
}

fn counted(read: &Read) -> Vec<ItemRef> {
    read.items
        .iter()
        .filter(|item| tracked(item))
        .map(reference)
        .collect()
}

async fn there(practice: &Practice, place: &str, items: &[ItemRef]) -> Vec<StockThere> {
    practice.channel.read_stock(place, items).await.unwrap()
}

fn count(there: &StockThere) -> i64 {
    match there {
        StockThere::Counted(count) => *count,
        other => panic!("{other:?}"),
    }
}

fn change(key: u128, item: &ItemRef, from: i64, to: i64) -> StockChange {
    StockChange {
        key: Uuid::from_u128(key),
        item: item.clone(),
        from: Some(from),
        to,
    }
}

fn kinds(results: &[Answered<StockSet>]) -> Vec<Result<StockSet, FailureKind>> {
    let kind = |result: &Answered<StockSet>| result.clone().map_err(|failure| failure.kind);
    results.iter().map(kind).collect()
}

#[tokio::test]
async fn stock_is_told_in_the_order_that_was_asked_for() {
    let practice = Practice::open(60);
    let place = place(&practice).await;
    let read = all(&practice).await;
    let mut items: Vec<ItemRef> = read
        .items
        .iter()
        .filter(|item| !item.is_parent)
        .map(reference)
        .collect();
    items.reverse();
    let gone = items[0].clone();
    let product = gone.handles.get("product").unwrap_or(&gone.remote_id);
    practice
        .server
        .edit(&Edit::Delete {
            on: product.clone(),
        })
        .unwrap();
    let there = there(&practice, &place, &items).await;
    assert_eq!((there.len(), there[0]), (items.len(), StockThere::Gone));
    let untracked = read
        .items
        .iter()
        .find(|item| !item.is_parent && !tracked(item))
        .unwrap();
    let at = items
        .iter()
        .position(|item| item.remote_id == untracked.remote_id)
        .unwrap();
    assert_eq!(there[at], StockThere::Untracked);
    let parent = read
        .items
        .iter()
        .find(|item| item.is_parent)
        .map(reference)
        .unwrap();
    let failure = practice
        .channel
        .read_stock(&place, &[parent])
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Rejected);
}

#[tokio::test]
async fn stock_is_set_only_where_nothing_changed_meanwhile() {
    let practice = Practice::open(60);
    let place = place(&practice).await;
    let read = all(&practice).await;
    let items = counted(&read);
    let before = there(&practice, &place, &items).await;
    practice
        .server
        .edit(&Edit::Sale {
            on: items[1].remote_id.clone(),
            quantity: 1,
        })
        .unwrap();
    let untracked = read
        .items
        .iter()
        .find(|item| !item.is_parent && !tracked(item))
        .map(reference)
        .unwrap();
    let changes = [
        change(1, &items[0], count(&before[0]), 77),
        change(2, &items[1], count(&before[1]), 78),
        change(3, &untracked, 0, 79),
        change(4, &items[2], count(&before[2]), -1),
        change(5, &items[3], count(&before[3]), 80),
    ];
    let results = practice.channel.set_stock(&place, &changes).await;
    assert_eq!(
        kinds(&results),
        [
            Ok(StockSet::Set(77)),
            Err(FailureKind::Stale),
            Ok(StockSet::Untracked),
            Err(FailureKind::Rejected),
            Ok(StockSet::Set(80)),
        ]
    );
    let after = there(&practice, &place, &items[..4]).await;
    let expected = [77, count(&before[1]) - 1, count(&before[2]), 80];
    assert_eq!(after.iter().map(count).collect::<Vec<_>>(), expected);
    let parent = read
        .items
        .iter()
        .find(|item| item.is_parent)
        .map(reference)
        .unwrap();
    let results = practice
        .channel
        .set_stock(&place, &[change(6, &parent, 0, 1)])
        .await;
    assert_eq!(kinds(&results), [Err(FailureKind::Rejected)]);
}

#[tokio::test]
async fn an_item_that_is_not_kept_there_yet_gets_its_first_stock() {
    let practice = Practice::open(60);
    let check = practice.channel.check().await.unwrap();
    let place = check
        .places
        .into_iter()
        .find(|place| place.name == "Store room")
        .unwrap()
        .id;
    let read = all(&practice).await;
    let items = counted(&read);
    let before = there(&practice, &place, &items).await;
    let at = before
        .iter()
        .position(|one| *one == StockThere::NotKept)
        .unwrap();
    let first = StockChange {
        from: None,
        ..change(1, &items[at], 0, 9)
    };
    let results = practice
        .channel
        .set_stock(&place, std::slice::from_ref(&first))
        .await;
    assert_eq!(kinds(&results), [Ok(StockSet::Set(9))]);
    let after = there(&practice, &place, &items[at..=at]).await;
    assert_eq!(after, [StockThere::Counted(9)]);
    let second = StockChange { to: 10, ..first };
    let results = practice.channel.set_stock(&place, &[second]).await;
    assert_eq!(kinds(&results), [Err(FailureKind::Stale)]);
}

#[tokio::test]
async fn many_changes_go_in_few_requests() {
    let practice = Practice::open(420);
    let place = place(&practice).await;
    let items = counted(&all(&practice).await);
    let items = &items[..600];
    let before = there(&practice, &place, items).await;
    let changes: Vec<_> = items
        .iter()
        .zip(&before)
        .enumerate()
        .map(|(nth, (item, before))| change(u128::try_from(nth).unwrap(), item, count(before), 500))
        .collect();
    practice.server.journal().forget();
    let results = practice.channel.set_stock(&place, &changes).await;
    assert!(
        results
            .iter()
            .all(|result| *result == Ok(StockSet::Set(500)))
    );
    assert_eq!(
        (practice.asked("Stock"), practice.asked("SetStock")),
        (3, 3)
    );
    let points = practice.server.journal().all().points;
    println!("600 stock changes: {points} points, 6 requests");
    assert!(points <= 60.0, "{points}");
}

#[tokio::test]
async fn whatever_breaks_stock_is_set_once() {
    for (fault, expected) in [
        (Fault::LostRequest, Ok(StockSet::Set(70))),
        (Fault::LostReply, Ok(StockSet::Set(70))),
        (Fault::CutReply, Ok(StockSet::Set(70))),
        (Fault::Throttled, Ok(StockSet::Set(70))),
        (
            Fault::TooManyRequests { retry_after: None },
            Ok(StockSet::Set(70)),
        ),
        (
            Fault::ServerError {
                status: 500,
                done: true,
            },
            Ok(StockSet::Set(70)),
        ),
        (
            Fault::ServerError {
                status: 200,
                done: true,
            },
            Ok(StockSet::Set(70)),
        ),
        (Fault::Delay { millis: 100 }, Ok(StockSet::Set(70))),
    ] {
        let practice = Practice::open(30);
        let place = place(&practice).await;
        let items = counted(&all(&practice).await);
        let before = there(&practice, &place, &items[..1]).await;
        practice.fault(fault.clone(), "SetStock");
        let changes = [change(1, &items[0], count(&before[0]), 70)];
        let results = practice.channel.set_stock(&place, &changes).await;
        assert_eq!(kinds(&results), [expected], "{fault:?}");
        let again = practice.channel.set_stock(&place, &changes).await;
        assert_eq!(kinds(&again), [Ok(StockSet::Set(70))], "{fault:?}");
        let after = there(&practice, &place, &items[..1]).await;
        assert_eq!(count(&after[0]), 70, "{fault:?}");
    }
}

#[tokio::test]
async fn stock_whose_answer_never_comes_is_lost() {
    let practice = Practice::open(30);
    let place = place(&practice).await;
    let items = counted(&all(&practice).await);
    let before = there(&practice, &place, &items[..1]).await;
    let mut aim = sandbox::Aim::next(Fault::LostReply, "SetStock");
    aim.times = 100;
    practice.server.fault(aim);
    let changes = [change(1, &items[0], count(&before[0]), 70)];
    let results = practice.channel.set_stock(&place, &changes).await;
    assert_eq!(kinds(&results), [Err(FailureKind::Lost)]);
    practice.server.faults().clear();
    let results = practice.channel.set_stock(&place, &changes).await;
    assert_eq!(kinds(&results), [Ok(StockSet::Set(70))]);
}

#[tokio::test]
async fn a_sale_between_looking_and_setting_is_stale_for_its_item_alone() {
    let practice = Practice::open(30);
    let place = place(&practice).await;
    let items = counted(&all(&practice).await);
    let before = there(&practice, &place, &items[..2]).await;
    practice.fault(Fault::Delay { millis: 1_000 }, "SetStock");
    let changes = [
        change(1, &items[0], count(&before[0]), 70),
        change(2, &items[1], count(&before[1]), 71),
    ];
    let (results, ()) = tokio::join!(practice.channel.set_stock(&place, &changes), async {
        while practice.server.faults().happened().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        practice
            .server
            .edit(&Edit::Sale {
                on: items[0].remote_id.clone(),
                quantity: 1,
            })
            .unwrap();
    });
    assert_eq!(
        kinds(&results),
        [Err(FailureKind::Stale), Ok(StockSet::Set(71))]
    );
    let after = there(&practice, &place, &items[..2]).await;
    assert_eq!(
        after.iter().map(count).collect::<Vec<_>>(),
        [count(&before[0]) - 1, 71]
    );
}

#[tokio::test]
async fn a_refused_attempt_whose_answer_was_lost_is_made_under_another_key() {
    let practice = Practice::open(30);
    let place = place(&practice).await;
    let items = counted(&all(&practice).await);
    let before = there(&practice, &place, &items[..2]).await;
    practice.fault(Fault::LostReply, "SetStock");
    let changes = [
        change(1, &items[0], count(&before[0]), -5),
        change(2, &items[1], count(&before[1]), 71),
    ];
    let results = practice.channel.set_stock(&place, &changes).await;
    assert_eq!(
        kinds(&results),
        [Err(FailureKind::Rejected), Ok(StockSet::Set(71))]
    );
}
