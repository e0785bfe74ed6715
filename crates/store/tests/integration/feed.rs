//! The change feed: numbers are given to committed transactions only, so a follower misses nothing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::catalog::{ProductFilter, SortField, product};
use domain::kinds;
use domain::plan::{BatchCounts, BatchState, Operation, Origin, Write};
use domain::purchasing::supplier::{self, SUPPLIER};
use domain::record::Kind;
use domain::values::RecordId;

use testing::{Place, applied, batch, create, number, on_each_database, text, update, write};

/// A follower as an offline replica will be: what it knows, and up to which number.
#[derive(Default)]
struct Follower {
    since: i64,
    stock: BTreeMap<String, i64>,
}

impl Follower {
    async fn pull(&mut self, place: &Place) {
        let sql = format!(
            "select concat(p.sku, ' ', p.stock), c.seq from change_tx c join products p on p.tx_id = c.id \
             where c.seq > {} order by c.seq, p.pk",
            self.since
        );
        let sql = match place {
            Place::File(_) => sql.replace("concat(p.sku, ' ', p.stock)", "p.sku || ' ' || p.stock"),
            Place::Server(_) => sql,
        };
        for (row, seq) in place.rows(&sql).await {
            let (sku, stock) = row.split_once(' ').unwrap();
            self.stock.insert(sku.to_owned(), stock.parse().unwrap());
            self.since = seq;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_follower_misses_nothing_while_many_write() {
    on_each_database(async |store| {
        let done = Arc::new(AtomicBool::new(false));
        let mut writers = Vec::new();
        for desk in 0..4 {
            let desktop = store.second_desktop().await;
            writers.push(tokio::spawn(async move {
                let batch = batch(&desktop, Origin::Form).await;
                // Few and many records in turn, so that transactions take short and long.
                for round in 0..12 {
                    let size = if round % 3 == 0 { 200 } else { 1 };
                    let new: Vec<_> = (0..size)
                        .map(|n| create(&format!("{desk}-{round}-{n}"), "Thing", &[]))
                        .collect();
                    desktop.apply(batch, &new).await.unwrap();
                    let changed = update(new[0].id, 1, &[(product::STOCK, number(round + 1))]);
                    desktop.apply(batch, &[changed]).await.unwrap();
                }
                desktop.close().await;
            }));
        }
        let follower = {
            let (desktop, place, done) = (
                store.second_desktop().await,
                store.place.clone(),
                done.clone(),
            );
            tokio::spawn(async move {
                let mut follower = Follower::default();
                let mut last = 0;
                loop {
                    let ending = done.load(Ordering::SeqCst);
                    let now = desktop.last_change().await.unwrap();
                    assert!(now >= last, "the number never goes back");
                    last = now;
                    follower.pull(&place).await;
                    if ending {
                        break;
                    }
                }
                desktop.close().await;
                follower
            })
        };
        for writer in writers {
            writer.await.unwrap();
        }
        done.store(true, Ordering::SeqCst);
        let follower = follower.await.unwrap();

        let mut truth = BTreeMap::new();
        let all = ProductFilter::default();
        for offset in (0..4000).step_by(1000) {
            let page = store
                .list(&all, SortField::Sku, false, offset, 1000)
                .await
                .unwrap();
            truth.extend(page.rows.into_iter().map(|row| (row.sku, row.stock)));
        }
        assert_eq!(truth.len(), 4 * (4 * 200 + 8));
        assert_eq!(follower.stock, truth, "on {}", store.name);
    })
    .await;
}

#[tokio::test]
async fn the_number_moves_when_anybody_saves_and_only_then() {
    on_each_database(async |store| {
        let start = store.last_change().await.unwrap();
        assert_eq!(store.last_change().await.unwrap(), start);
        let other = store.second_desktop().await;
        let mug = create("MUG", "Mug", &[]);
        applied(&other, std::slice::from_ref(&mug)).await;
        let after = store.last_change().await.unwrap();
        assert!(after > start);
        // Refused, so nothing changed.
        applied(&other, &[update(mug.id, 9, &[(product::STOCK, number(1))])]).await;
        assert_eq!(store.last_change().await.unwrap(), after);
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_feed_says_of_which_kinds_records_changed() {
    on_each_database(async |store| {
        let start = store.last_change().await.unwrap();
        let mut seen = start;
        let changed = async |seen: &mut i64| {
            let last = store.last_change().await.unwrap();
            let kinds = store.changed_kinds(*seen, last).await.unwrap();
            *seen = last;
            kinds.into_iter().map(Kind::key).collect::<Vec<_>>()
        };
        assert!(changed(&mut seen).await.is_empty());
        let new_supplier = |code: &str| Write {
            kind: SUPPLIER,
            ..write(
                RecordId::new(),
                Operation::Create,
                0,
                &[(supplier::CODE, text(code)), (supplier::NAME, text(code))],
            )
        };
        let one = batch(store, Origin::Form).await;
        store.apply(one, &[new_supplier("ACME")]).await.unwrap();
        assert_eq!(changed(&mut seen).await, ["supplier"]);
        // A batch of several kinds, of which the last transaction touches one.
        let mixed = batch(store, Origin::Import).await;
        let mug = create("MUG", "Mug", &[]);
        store.apply(mixed, &[new_supplier("KILN")]).await.unwrap();
        assert_eq!(changed(&mut seen).await, ["supplier"]);
        store
            .apply(mixed, std::slice::from_ref(&mug))
            .await
            .unwrap();
        assert_eq!(changed(&mut seen).await, ["product"]);
        // The end of a batch changes no record, and is a change all the same.
        let (done, counts) = (BatchState::Done, BatchCounts::default());
        store.finish_batch(mixed, done, &counts).await.unwrap();
        assert!(store.last_change().await.unwrap() > seen);
        assert!(changed(&mut seen).await.is_empty());
        // More transactions than are looked at: anything may have changed.
        for stock in 0..120 {
            let change = update(mug.id, stock + 1, &[(product::STOCK, number(stock + 1))]);
            store.apply(one, &[change]).await.unwrap();
        }
        assert_eq!(changed(&mut seen).await.len(), kinds::all().count());
        assert_eq!(store.changed_kinds(start, start).await.unwrap().len(), 0);
    })
    .await;
}
