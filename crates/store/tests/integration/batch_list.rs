//! The list of batches: narrowed by origin, standing and time, and sorted by what an index holds.

use domain::plan::{BatchCounts, BatchFilter, BatchSort, BatchStanding, BatchState, Origin};
use domain::values::{BatchId, Clock, Timestamp, UserId};
use store::{BatchOrder, NewBatch, Store};

use testing::on_each_database;

async fn begun(store: &Store, origin: Origin, label: &str, undo_of: Option<BatchId>) -> BatchId {
    let batch = NewBatch {
        origin,
        label: label.into(),
        user_id: None,
        user_name: "Ada".into(),
        undo_of,
        counts: BatchCounts::default(),
    };
    store.begin_batch(&batch).await.unwrap()
}

async fn ended(store: &Store, id: BatchId, state: BatchState) {
    let counts = BatchCounts {
        read: 1,
        created: 1,
        ..BatchCounts::default()
    };
    store.finish_batch(id, state, &counts).await.unwrap();
}

async fn labels(store: &Store, filter: &BatchFilter, order: BatchOrder) -> Vec<String> {
    let (rows, total) = store.batches(filter, order, (0, 10)).await.unwrap();
    assert_eq!(total, i64::try_from(rows.len()).unwrap());
    rows.into_iter().map(|batch| batch.label).collect()
}

/// A file whose import was undone, one that was stopped, one that failed, a form, one that runs.
async fn five(store: &Store) {
    let undone = begun(store, Origin::Import, "undone", None).await;
    ended(store, undone, BatchState::Done).await;
    let stopped = begun(store, Origin::Import, "stopped", None).await;
    ended(store, stopped, BatchState::Cancelled).await;
    let failed = begun(store, Origin::Import, "failed", None).await;
    ended(store, failed, BatchState::Failed).await;
    let form = begun(store, Origin::Form, "form", None).await;
    ended(store, form, BatchState::Done).await;
    let undo = begun(store, Origin::Undo, "undo", Some(undone)).await;
    ended(store, undo, BatchState::Done).await;
    begun(store, Origin::Sync, "runs", None).await;
}

#[tokio::test]
async fn batches_are_found_by_how_they_stand() {
    on_each_database(async |store| {
        five(store).await;
        for (standing, found) in [
            (BatchStanding::Running, &["runs"][..]),
            (BatchStanding::Done, &["undo", "form"]),
            (BatchStanding::Stopped, &["stopped"]),
            (BatchStanding::Failed, &["failed"]),
            (BatchStanding::Undone, &["undone"]),
        ] {
            let filter = BatchFilter {
                standing: Some(standing),
                ..BatchFilter::default()
            };
            let labels = labels(store, &filter, BatchOrder::LATEST).await;
            assert_eq!(labels, found, "{standing:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn batches_are_sorted_by_time_and_by_origin_both_ways() {
    on_each_database(async |store| {
        five(store).await;
        let sorted = async |by, descending| {
            let order = BatchOrder { by, descending };
            labels(store, &BatchFilter::default(), order).await
        };
        let mut by_time = sorted(BatchSort::Started, false).await;
        assert_eq!(
            by_time,
            ["undone", "stopped", "failed", "form", "undo", "runs"]
        );
        by_time.reverse();
        assert_eq!(sorted(BatchSort::Started, true).await, by_time);
        let mut by_origin = sorted(BatchSort::Origin, false).await;
        assert_eq!(
            by_origin,
            ["form", "undone", "stopped", "failed", "runs", "undo"]
        );
        by_origin.reverse();
        assert_eq!(sorted(BatchSort::Origin, true).await, by_origin);
    })
    .await;
}

#[tokio::test]
async fn every_part_of_a_filter_must_hold() {
    on_each_database(async |store| {
        five(store).await;
        let began = store.clock.now();
        let found = async |filter: BatchFilter| labels(store, &filter, BatchOrder::LATEST).await;
        let some = BatchFilter {
            origins: Some(vec![Origin::Import]),
            from: Some(began),
            to: Some(began),
            ..BatchFilter::default()
        };
        assert_eq!(found(some.clone()).await, ["failed", "stopped", "undone"]);
        for none in [
            BatchFilter {
                from: Some(Timestamp(began.0 + 1)),
                ..some.clone()
            },
            BatchFilter {
                to: Some(Timestamp(began.0 - 1)),
                ..some.clone()
            },
            BatchFilter {
                person: Some(UserId::new()),
                ..some
            },
        ] {
            assert!(found(none.clone()).await.is_empty(), "{none:?}");
        }
    })
    .await;
}
