//! Families in files and in undos: not more variants than a product may have, in an order that a file keeps.

use std::fmt::Write as _;

use domain::catalog::product::{MOST_VARIANTS, OPTION1_VALUE, PARENT_SKU, STOCK, VARIANT_POSITION};
use domain::plan::Outcome;
use domain::record::Value;
use store::{RecordFilter, WriteOutcome};
use testing::{applied, create, number, on_each_database, text, trash, update};

use super::workbench::Workbench;

fn family(variants: i64) -> String {
    let mut file = "sku,name,parent_sku,option1_name,option1_value\nTEE,T-shirt,,,\n".to_owned();
    for at in 1..=variants {
        writeln!(file, "TEE-{at},T-shirt {at},TEE,Size,{at}").unwrap();
    }
    file
}

#[tokio::test]
async fn a_file_with_one_variant_too_many_says_so_before_it_is_applied() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench.plan(store, &family(MOST_VARIANTS + 1)).await;
        let counts = planned.meta.outline.counts;
        assert_eq!((counts.create, counts.error), (MOST_VARIANTS + 1, 1));
        let page = planned
            .plan
            .file
            .page(RecordFilter::default(), MOST_VARIANTS, 10);
        let last = page.await.unwrap().pop().unwrap();
        assert_eq!(last.line, Some(MOST_VARIANTS + 3));
        let problem = &last.problems[0].message;
        assert!(
            problem.contains("\"TEE\" would have more than 2,048 variants"),
            "{problem}"
        );
        let batch = bench.apply(store, &planned).await.unwrap();
        assert_eq!(batch.counts.created, MOST_VARIANTS + 1, "as it was planned");

        // The same file plans the same again, and one variant more has no room.
        let again = bench.plan(store, &family(MOST_VARIANTS + 1)).await;
        let counts = again.meta.outline.counts;
        assert_eq!((counts.unchanged, counts.error), (MOST_VARIANTS + 1, 1));

        // What went to the trash cannot come back by an undo when another one took its place.
        let first = bench.product(store, "TEE-1").await;
        let gone = testing::batch(store, domain::plan::Origin::Trash).await;
        store.apply(gone, &[trash(first.id, 1)]).await.unwrap();
        let counts = domain::plan::BatchCounts::default();
        store
            .finish_batch(gone, domain::plan::BatchState::Done, &counts)
            .await
            .unwrap();
        let other = create("TEE-X", "Another", &[(PARENT_SKU, text("TEE"))]);
        assert!(applied(store, &[other]).await[0].is_applied());
        let undo = bench.plan_undo(store, gone).await.unwrap();
        let undone = bench.apply(store, &undo).await.unwrap();
        assert_eq!((undone.counts.updated, undone.counts.kept), (0, 1));
        let notes = undo.rows().await.remove(0).notes;
        assert_eq!(notes, ["Its parent has as many variants as one may have."]);
    })
    .await;
}

#[tokio::test]
async fn new_rows_stand_in_the_order_of_the_file_behind_those_that_are_there() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, &family(3)).await;
        let mut file = "sku,name,parent_sku,option1_name,option1_value\n".to_owned();
        for size in ["XL", "L", "2"] {
            writeln!(file, "TEE-{size},T-shirt {size},TEE,Size,{size}").unwrap();
        }
        bench.import(store, &file).await;
        let parent = bench.product(store, "TEE").await;
        let order = async || {
            let rows = store.variants_of(parent.id).await.unwrap();
            rows.into_iter().map(|row| row.sku).collect::<Vec<_>>()
        };
        assert_eq!(
            order().await,
            ["TEE-1", "TEE-2", "TEE-3", "TEE-XL", "TEE-L"]
        );
        let large = bench.product(store, "TEE-L").await;
        applied(
            store,
            &[update(large.id, 1, &[(VARIANT_POSITION, number(0))])],
        )
        .await;
        // A file without positions leaves them alone; one with them sets them.
        let unchanged = bench.plan(store, &file).await;
        assert_eq!(unchanged.meta.outline.counts.unchanged, 3);
        bench
            .import(store, "sku,variant position\nTEE-3,1\nTEE-1,3\n")
            .await;
        assert_eq!(
            order().await,
            ["TEE-L", "TEE-3", "TEE-2", "TEE-1", "TEE-XL"]
        );
    })
    .await;
}

#[tokio::test]
async fn an_import_that_makes_a_parent_of_a_product_gives_its_stock_back_when_it_is_undone() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, "sku,name,qty\nTEE,T-shirt,12\n").await;
        let batch = bench
            .import(
                store,
                "sku,name,parent_sku,qty,option1_name,option1_value\nTEE-S,S,TEE,4,Size,S\n",
            )
            .await;
        let stock = async || bench.product(store, "TEE").await.fields.get(STOCK).clone();
        assert_eq!(stock().await, number(4));
        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        let rows = undo.rows().await;
        assert!(
            rows.iter().all(|row| row.outcome == Outcome::Update),
            "{rows:?}"
        );
        bench.apply(store, &undo).await.unwrap();
        assert_eq!(stock().await, number(12));
        let again = [(OPTION1_VALUE, Value::Empty)];
        let small = bench.product(store, "TEE-S").await;
        let outcome = applied(store, &[update(small.id, small.version, &again)]).await;
        assert!(
            matches!(outcome[0], WriteOutcome::Moved { .. }),
            "it lies in the trash"
        );
    })
    .await;
}
