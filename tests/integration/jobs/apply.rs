//! Applying a plan: exactly as shown, stoppable, resumable, and never over what others did.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use std::sync::Arc;
use std::time::Duration;

use backstock::jobs::{Plan, PlanState, apply_plan, plan_import};
use domain::error::Code;
use domain::plan::{BatchState, Outcome};
use domain::record::Value;
use domain::values::{SystemClock, Timestamp};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use store::{RecordFilter, Store};

use super::workbench::Workbench;
use testing::{applied, create, number, on_each_database, update};

const BEFORE: &str = "sku,name,qty,store_price\nA,A,1,10\nB,B,1,10\n";
const AFTER: &str = "sku,name,qty,store_price\nA,A,1,11\nB,B,1,11\n";

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_reported_not_overwritten() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, BEFORE).await;
        let planned = bench.plan(store, AFTER).await;
        let a = bench.product(store, "A").await;
        let b = bench.product(store, "B").await;
        let price = [(product::STORE_PRICE, number(123_000))];
        applied(store, &[update(a.id, a.version, &price)]).await;
        let brand = [(product::BRAND, Value::text("Vic"))];
        applied(store, &[update(b.id, b.version, &brand)]).await;

        let batch = bench.apply(store, &planned).await.unwrap();
        assert_eq!((batch.counts.updated, batch.counts.kept), (1, 1));
        let a = bench.product(store, "A").await.fields;
        assert_eq!(a.get(product::STORE_PRICE), &number(123_000), "Vic's price");
        let b = bench.product(store, "B").await.fields;
        assert_eq!(b.get(product::STORE_PRICE), &number(110_000), "merged");
        assert_eq!(b.get(product::BRAND), &Value::text("Vic"));
        let rows = planned.rows().await;
        assert_eq!(rows[0].outcome, Outcome::Conflict);
        assert_eq!(rows[0].notes, ["Ada changed it meanwhile: Store price."]);
        let meta = planned.plan.meta().await.unwrap();
        assert_eq!(
            (meta.outline.counts.conflict, meta.outline.counts.update),
            (1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn a_sku_that_somebody_used_meanwhile_is_held_back() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench.plan(store, "sku,name\nC,C\nD,D\n").await;
        applied(store, &[create("D", "Somebody else's D", &[])]).await;
        let batch = bench.apply(store, &planned).await.unwrap();
        assert_eq!((batch.counts.created, batch.counts.kept), (1, 1));
        let d = bench.product(store, "D").await.fields;
        assert_eq!(d.text(product::NAME), "Somebody else's D");
    })
    .await;
}

#[tokio::test]
async fn a_stopped_import_leaves_whole_batches_and_can_be_finished() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let mut file = String::from("sku,name,qty\n");
        for row in 0..19_000 {
            file.push_str(&format!("P{row:05},Product {row},{}\n", row % 50));
        }
        let planned = bench.plan(store, &file).await;
        let (author, plan, shop) = (
            bench.author.clone(),
            planned.plan.clone(),
            store.store.clone(),
        );
        let stopped = bench
            .run(move |progress| async move {
                let stopper = progress.clone();
                let watched = shop.clone();
                // Stops it as soon as the first transaction is through.
                tokio::spawn(async move {
                    // It only reads: nothing that waits for the writer would be in time.
                    while watched.is_empty(PRODUCT).await.unwrap() {
                        tokio::task::yield_now().await;
                    }
                    stopper.cancel();
                });
                apply_plan(&progress, &shop, &plan, &author).await.map(drop)
            })
            .await;
        assert!(stopped.is_err());
        let meta = planned.plan.meta().await.unwrap();
        assert_eq!(meta.outline.state, PlanState::Interrupted);
        let batch = store.batch(meta.outline.batch_id.unwrap()).await.unwrap();
        assert_eq!(batch.state, BatchState::Cancelled);
        assert_eq!(batch.counts.created % 5_000, 0, "whole transactions");
        assert_eq!(batch.counts.created + batch.counts.not_reached, 19_000);
        let found = Plan::written_as(&bench.plans(), batch.id);
        assert_eq!(found, Some(planned.plan.id), "the way back to its plan");

        let finished = bench.apply(store, &planned).await.unwrap();
        assert_eq!(finished.id, batch.id, "the rest belongs to the same batch");
        assert_eq!(
            (finished.counts.created, finished.counts.not_reached),
            (19_000, 0)
        );
        assert_eq!(finished.state, BatchState::Done);
    })
    .await;
}

#[tokio::test]
async fn planning_stops_in_the_middle_of_a_large_file() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let mut file = String::from("sku,name\n");
        for row in 0..40_000 {
            file.push_str(&format!("P{row:05},Product {row}\n"));
        }
        let draft = bench.draft(file.as_bytes()).unwrap();
        let id = draft.look().unwrap().id;
        let plan = Plan::create(&bench.plans(), id).await.unwrap();
        let (shop, source) = (store.store.clone(), draft.source().unwrap());
        let planning = bench.run(move |progress| async move {
            let (stopper, staged) = (progress.clone(), plan.clone());
            // Stops it as soon as the first rows are staged: many more are still to be read.
            tokio::spawn(async move {
                let any = RecordFilter::default();
                while staged.file.page(any, 0, 1).await.unwrap().is_empty() {
                    tokio::task::yield_now().await;
                }
                stopper.cancel();
            });
            plan_import(&progress, &shop, &plan, source, Timestamp(0)).await
        });
        let stopped = tokio::time::timeout(Duration::from_secs(60), planning).await;
        let stopped = stopped.expect("it ends").unwrap_err();
        assert_eq!(stopped.code, Code::Cancelled);
    })
    .await;
}

async fn execute(
    other: &mut sqlx::SqliteConnection,
    statement: &'static str,
) -> Result<(), sqlx::Error> {
    sqlx::query(statement).execute(other).await.map(drop)
}

#[tokio::test]
async fn another_program_can_write_while_a_large_import_is_applied() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.backstock");
    let store = Store::open_sqlite(&path, Arc::new(SystemClock))
        .await
        .unwrap();
    let bench = Workbench::new();
    let mut file = String::from("sku,name\n");
    for row in 0..19_000 {
        file.push_str(&format!("P{row:05},Product {row}\n"));
    }
    let planned = bench.plan(&store, &file).await;
    let other = SqliteConnectOptions::new()
        .filename(&path)
        .busy_timeout(Duration::ZERO);
    let mut other = other.connect().await.unwrap();
    let importing = bench.apply(&store, &planned);
    let writing = async {
        while store.is_empty(PRODUCT).await.unwrap() {
            tokio::task::yield_now().await;
        }
        // Not one moment is left out, however busy the machine is.
        while execute(&mut other, "begin immediate").await.is_err() {
            tokio::task::yield_now().await;
        }
        // The import stands still for as long as the other program writes.
        let written: i64 = sqlx::query_scalar("select count(*) from products")
            .fetch_one(&mut other)
            .await
            .unwrap();
        let renamed = "update workspace set name = 'Renamed'";
        execute(&mut other, renamed).await.unwrap();
        execute(&mut other, "commit").await.unwrap();
        written
    };
    let (batch, written) = tokio::join!(importing, writing);
    assert_eq!(batch.unwrap().counts.created, 19_000);
    assert!(written < 19_000, "it did not wait for the end");
    store.close().await;
}

#[tokio::test]
async fn a_plan_is_applied_once() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench.plan(store, "sku,name\nA,A\n").await;
        bench.apply(store, &planned).await.unwrap();
        let error = bench.apply(store, &planned).await.unwrap_err();
        assert!(error.message.contains("applied already"));
    })
    .await;
}
