//! A large first import goes without indexes and builds them at its end.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use std::path::Path;
use std::sync::Arc;

use domain::catalog::ProductFilter;
use domain::plan::Origin;
use domain::values::{FixedClock, Timestamp};
use sqlx::{Connection, SqliteConnection};
use store::{Fill, Store};
use tempfile::TempDir;

use testing::{applied, batch, create, update};

const MANY: i64 = 1_000_000;

async fn open(file: &Path) -> Store {
    let clock = Arc::new(FixedClock::at(Timestamp(0)));
    Store::open_sqlite(file, clock).await.unwrap()
}

/// A workspace that is being filled, with one product so far.
async fn filling() -> (TempDir, Store, Fill) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("shop.backstock")).await;
    let fill = store.begin_fill(PRODUCT, MANY).await.unwrap().unwrap();
    let batch = batch(&store, Origin::Import).await;
    let mut together = store
        .apply_together(batch, Some(&fill))
        .await
        .unwrap()
        .unwrap();
    together
        .apply(&[create("MUG-1", "Blue mug", &[])])
        .await
        .unwrap();
    together.commit().await.unwrap();
    (folder, store, fill)
}

/// Everything that makes up the schema of a file.
async fn schema(file: &Path) -> Vec<(String, String)> {
    let url = format!("sqlite://{}", file.display());
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query_as("select name, coalesce(sql, '') from sqlite_master where name not like 'sqlite_stat%' order by name")
        .fetch_all(&mut conn)
        .await
        .unwrap()
}

async fn found(store: &Store, words: &str) -> i64 {
    let filter = ProductFilter {
        search: Some(words.to_owned()),
        ..ProductFilter::default()
    };
    store.count(&filter).await.unwrap().count
}

async fn assert_in_order(folder: &TempDir, store: Store) {
    assert_eq!(found(&store, "blue").await, 1);
    assert_eq!(found(&store, "UG-1").await, 1);
    store.close().await;
    let fresh = folder.path().join("fresh.backstock");
    open(&fresh).await.close().await;
    assert_eq!(
        schema(&folder.path().join("shop.backstock")).await,
        schema(&fresh).await
    );
}

#[tokio::test]
async fn what_a_fill_wrote_is_found_at_its_end() {
    let (folder, store, fill) = filling().await;
    assert_eq!(found(&store, "blue").await, 0, "not yet");
    fill.finish(|_| {}).await.unwrap();
    assert_in_order(&folder, store).await;
}

#[tokio::test]
async fn an_interrupted_fill_is_brought_to_order_when_the_file_is_opened_again() {
    let (folder, store, fill) = filling().await;
    drop(fill);
    store.close().await;
    let store = open(&folder.path().join("shop.backstock")).await;
    assert_in_order(&folder, store).await;
}

#[tokio::test]
async fn what_others_write_during_a_fill_is_found_too() {
    let (folder, store, fill) = filling().await;
    let vase = create("VASE-1", "White vase", &[]);
    applied(&store, std::slice::from_ref(&vase)).await;
    let name = [(product::NAME, testing::text("Red vase"))];
    let changed = applied(&store, &[update(vase.id, 1, &name)]).await;
    assert!(changed[0].is_applied());
    fill.finish(|_| {}).await.unwrap();
    assert_eq!(found(&store, "red vase").await, 1);
    assert_eq!(found(&store, "white").await, 0);
    assert_in_order(&folder, store).await;
}

#[tokio::test]
async fn a_file_that_is_opened_during_a_fill_is_in_order_after_a_crash_of_the_fill() {
    let (folder, store, fill) = filling().await;
    let file = folder.path().join("shop.backstock");
    open(&file).await.close().await;
    let batch = batch(&store, Origin::Import).await;
    let together = store.apply_together(batch, Some(&fill)).await.unwrap();
    let mut together = together.unwrap();
    let late = create("LATE-1", "Late lamp", &[]);
    together.apply(&[late]).await.unwrap();
    together.commit().await.unwrap();
    drop(fill);
    store.close().await;
    let store = open(&file).await;
    assert_eq!(found(&store, "late").await, 1);
    assert_in_order(&folder, store).await;
}

#[tokio::test]
async fn only_an_empty_workspace_is_filled_and_only_with_many_products() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("shop.backstock")).await;
    assert!(store.begin_fill(PRODUCT, 10).await.unwrap().is_none());
    applied(&store, &[create("A", "A", &[])]).await;
    assert!(store.begin_fill(PRODUCT, MANY).await.unwrap().is_none());
}
