//! A program that is killed in the middle of an import leaves whole transactions.

use domain::catalog::product::PRODUCT;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use store::{BatchOrder, Visible};

use domain::catalog::ProductFilter;
use domain::plan::{BatchFilter, Origin};
use domain::values::{FixedClock, Timestamp};
use store::Store;

use testing::{Place, batch, create};

const CHILD: &str = "BACKSTOCK_TEST_CRASHING_CHILD";
const CHUNK: usize = 500;

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at(Timestamp(0)))
}

/// Imports for ever, until it is killed.
async fn import_for_ever(file: &std::path::Path) {
    let store = Store::open_sqlite(file, clock()).await.unwrap();
    let batch = batch(&store, Origin::Import).await;
    for round in 0.. {
        let writes: Vec<_> = (0..CHUNK)
            .map(|n| create(&format!("{batch}-{round}-{n}"), "Mug", &[]))
            .collect();
        store.apply(batch, &writes).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_import_leaves_whole_transactions_with_their_journal() {
    if let Some(file) = std::env::var_os(CHILD) {
        import_for_ever(file.as_ref()).await;
        return;
    }
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let file = folder.path().join("shop.backstock");
    Store::open_sqlite(&file, clock())
        .await
        .unwrap()
        .close()
        .await;
    for pause in [300, 450, 700] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::a_killed_import_leaves_whole_transactions_with_their_journal",
            ])
            .env(CHILD, &file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(pause)).await;
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let store = Store::open_sqlite(&file, clock()).await.unwrap();
    let all = store.count(&ProductFilter::default()).await.unwrap().count;
    assert!(all > 0, "the import got somewhere");
    assert_eq!(all % i64::try_from(CHUNK).unwrap(), 0);
    let (batches, _) = store
        .batches(&BatchFilter::default(), BatchOrder::LATEST, (0, 10))
        .await
        .unwrap();
    let mut counted = 0;
    for batch in batches {
        let (_, journalled) = store
            .entries_of_batch(batch.id, &Visible(vec![PRODUCT]), 0, 1)
            .await
            .unwrap();
        assert_eq!(
            batch.counts.created, journalled,
            "the batch says what was done"
        );
        counted += journalled;
    }
    assert_eq!(counted, all);
    let place = Place::File(folder);
    assert_eq!(
        place
            .rows("select integrity_check, 1 from pragma_integrity_check")
            .await,
        [("ok".into(), 1)]
    );
    for table in ["products_words", "products_codes"] {
        place
            .execute(&format!(
                "insert into {table}({table}, rank) values ('integrity-check', 1)"
            ))
            .await;
    }
    store.close().await;
}
