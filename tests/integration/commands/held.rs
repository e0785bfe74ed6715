//! A form that waits for others who write: not for ever, and it says for whom.

use std::time::{Duration, Instant};

use domain::error::Code;
use domain::plan::Origin;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::support::TestApp;
use testing::{Place, batch};

#[tokio::test]
async fn a_form_waits_fifteen_seconds_at_most_and_says_who_is_writing() {
    let place = Place::fresh().await.swap_remove(0).1;
    let desktop = TestApp::start(&place).with_owner().await;
    let store = place.open(desktop.clock.clone()).await;
    batch(&store, Origin::Import).await;
    let Place::File(folder) = &place else {
        unreachable!("the first place is a file")
    };
    let options = SqliteConnectOptions::new().filename(folder.path().join("shop.backstock"));
    let mut other = options.connect().await.unwrap();
    sqlx::raw_sql("begin immediate")
        .execute(&mut other)
        .await
        .unwrap();

    let began = Instant::now();
    let new = json!({ "fields": { "sku": "AB-1", "name": "Mug" } });
    let error = desktop
        .refused("products.create", new.clone(), Code::Conflict)
        .await;
    let waited = began.elapsed();
    assert!(waited > Duration::from_secs(4), "{waited:?}");
    assert!(waited < Duration::from_secs(17), "{waited:?}");
    assert!(error.message.contains("was not saved"), "{error:?}");
    let hint = error.hint.unwrap();
    assert!(
        hint.contains("is applying") || hint.contains("is being applied"),
        "{hint}"
    );

    sqlx::raw_sql("rollback").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    desktop.ok("products.create", new).await;
    store.close().await;
    desktop.app.close().await;
}
