//! A plan that is taken up again asks the journal what was written: neither its staging file nor
//! the end of the program decides.

use domain::catalog::product;
use std::sync::Arc;

use backstock::jobs::{Plan, PlanState, apply_plan, stop_dead_batches};
use domain::error::Code;
use domain::plan::{BatchState, Resolution};
use domain::record::Value;
use domain::values::{BatchId, SystemClock};

use super::workbench::{Planned, Workbench};
use testing::{TestStore, applied, number, on_each_database, update};

/// The id of a batch as both databases read it in a statement.
fn literal(batch: BatchId) -> String {
    format!("x'{}'", batch.uuid().simple())
}

/// Takes the last commits of a batch away: what these products became, and that it ended.
async fn lose(store: &TestStore, batch: BatchId, skus: &str) {
    let batch = literal(batch);
    let lost = format!("select id from products where sku in ({skus})");
    store
        .place
        .execute(&format!(
            "update batches set state = 'running', finished_at = null where id = {batch}; \
             delete from journal where batch_id = {batch} and entity_id in ({lost})"
        ))
        .await;
}

/// What the plan says when the program died while it applied.
async fn died(planned: &Planned) {
    let mut meta = planned.plan.meta().await.unwrap();
    meta.outline.state = PlanState::Applying;
    planned.plan.save(&meta).await.unwrap();
}

#[tokio::test]
async fn rows_that_the_database_lost_are_written_again_and_the_others_are_not() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench
            .plan(store, "sku,name,qty\nA,A,1\nB,B,2\nC,C,3\n")
            .await;
        let batch = bench.apply(store, &planned).await.unwrap();
        lose(store, batch.id, "'B', 'C'").await;
        store
            .place
            .execute("delete from products where sku in ('B', 'C')")
            .await;
        for heard in [false, true] {
            if !heard {
                died(&planned).await;
            }
            let again = bench.apply(store, &planned).await.unwrap();
            assert_eq!(again.id, batch.id);
            assert_eq!(again.state, BatchState::Done);
            let counts = again.counts;
            assert_eq!(
                (counts.read, counts.created, counts.kept, counts.not_reached),
                (3, 3, 0, 0)
            );
            for sku in ["A", "B", "C"] {
                assert_eq!(bench.product(store, sku).await.version, 1, "written once");
            }
            // The staging file says that all is applied, the restored database that it is not.
            lose(store, batch.id, "'C'").await;
            store
                .place
                .execute("delete from products where sku = 'C'")
                .await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_others_changed_after_it_was_written_is_no_conflict() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, "sku,name,qty\nA,A,1\nB,B,1\n").await;
        let planned = bench.plan(store, "sku,name,qty\nA,A,7\nB,B,7\n").await;
        let batch = bench.apply(store, &planned).await.unwrap();
        let a = bench.product(store, "A").await;
        applied(
            store,
            &[update(a.id, a.version, &[(product::STOCK, number(9))])],
        )
        .await;
        store
            .place
            .execute(&format!(
                "update batches set state = 'running', finished_at = null where id = {}",
                literal(batch.id)
            ))
            .await;
        died(&planned).await;
        let again = bench.apply(store, &planned).await.unwrap();
        assert_eq!((again.counts.updated, again.counts.kept), (2, 0));
        let a = bench.product(store, "A").await;
        assert_eq!(a.fields.get(product::STOCK), &number(9), "the later edit");
    })
    .await;
}

#[tokio::test]
async fn a_batch_that_is_done_is_heard_of() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench.plan(store, "sku,name,qty\nA,A,1\nB,B,2\n").await;
        let batch = bench.apply(store, &planned).await.unwrap();
        died(&planned).await;
        let again = bench.apply(store, &planned).await.unwrap();
        assert_eq!(again, batch);
        let meta = planned.plan.meta().await.unwrap();
        assert_eq!(meta.outline.state, PlanState::Applied);
        assert_eq!(meta.applied, batch.counts);
        let error = bench.apply(store, &planned).await.unwrap_err();
        assert!(error.message.contains("applied already"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_the_database_lost_is_written_again() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, "sku,name\nA,A\nB,B\nC,C\n").await;
        let planned = bench.plan(store, "sku,name\nA,A2\nB,B2\nC,C2\n").await;
        for sku in ["A", "B"] {
            let product = bench.product(store, sku).await;
            let name = [(product::NAME, Value::text("Vic's"))];
            applied(store, &[update(product.id, product.version, &name)]).await;
        }
        bench.apply(store, &planned).await.unwrap();
        let take = Some(Resolution::Take);
        planned
            .plan
            .resolve(take, None, store::RecordFilter::default())
            .await
            .unwrap();
        let decided = bench.apply(store, &planned).await.unwrap();
        assert_eq!(decided.counts.updated, 2);
        lose(store, decided.id, "'B'").await;
        store
            .place
            .execute("update products set name = 'Vic''s', version = version - 1 where sku = 'B'")
            .await;
        died(&planned).await;
        let again = bench.apply(store, &planned).await.unwrap();
        assert_eq!(again.id, decided.id);
        assert_eq!(
            (again.counts.read, again.counts.updated, again.counts.kept),
            (2, 2, 0)
        );
        for (sku, name) in [("A", "A2"), ("B", "B2"), ("C", "C2")] {
            let product = bench.product(store, sku).await;
            assert_eq!(product.fields.text(product::NAME), name);
        }
        assert_eq!(bench.product(store, "C").await.version, 2, "of the plan");
        assert_eq!(bench.product(store, "A").await.version, 3, "written once");
    })
    .await;
}

#[tokio::test]
async fn a_batch_whose_program_died_is_stopped_and_one_that_runs_is_not() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench.plan(store, "sku,name,qty\nA,A,1\n").await;
        let batch = bench.apply(store, &planned).await.unwrap();
        lose(store, batch.id, "''").await;
        let held = planned.plan.hold_batch(batch.id).unwrap();
        let elsewhere = Plan::open(&bench.plans(), planned.plan.id).await.unwrap();
        let error = elsewhere.hold_batch(batch.id).unwrap_err();
        assert_eq!(error.code, Code::Invalid);
        stop_dead_batches(store, &bench.plans()).await.unwrap();
        assert_eq!(store.running_batches().await.unwrap(), [batch.id]);
        drop(held);
        stop_dead_batches(store, &bench.plans()).await.unwrap();
        let stopped = store.batch(batch.id).await.unwrap();
        assert_eq!(stopped.state, BatchState::Cancelled);
        assert_eq!(store.running_batches().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_applied_by_one_program_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.backstock");
    let store = store::Store::open_sqlite(&path, Arc::new(SystemClock))
        .await
        .unwrap();
    let bench = Workbench::new();
    let planned = bench.plan(&store, "sku,name\nA,A\n").await;
    let batch = bench.apply(&store, &planned).await.unwrap();
    let at = format!(
        "update batches set state = 'running' where id = {}",
        literal(batch.id)
    );
    let place = testing::Place::File(Arc::new(folder));
    place.execute(&at).await;
    died(&planned).await;
    let other = planned.plan.hold_batch(batch.id).unwrap();
    let (author, plan, shop) = (bench.author.clone(), planned.plan.clone(), store.clone());
    let refused =
        bench
            .run(move |progress| async move {
                apply_plan(&progress, &shop, &plan, &author).await.map(drop)
            })
            .await
            .unwrap_err();
    assert!(refused.message.contains("another window"), "{refused}");
    drop(other);
    store.close().await;
}
