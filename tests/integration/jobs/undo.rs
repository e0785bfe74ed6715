//! Undo is a plan of its own: reversed, or kept because another user changed it since.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::{BatchState, Origin, Outcome};
use domain::record::Value;

use super::workbench::Workbench;
use testing::{applied, batch, create, number, on_each_database, update};

#[tokio::test]
async fn an_import_is_taken_back_but_what_was_edited_since_is_kept_and_named() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench
            .import(store, "sku,name,qty\nOLD,Old,1\nSTAY,Stay,1\n")
            .await;
        let batch = bench
            .import(store, "sku,name,qty\nOLD,Old,5\nNEW,New,2\nSTAY,Stay,9\n")
            .await;
        let stay = store
            .find_by_codes(PRODUCT, &["STAY"])
            .await
            .unwrap()
            .remove(0);
        applied(
            store,
            &[update(
                stay.id,
                stay.version,
                &[(product::STOCK, number(30))],
            )],
        )
        .await;

        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        let rows = undo.rows().await;
        let of = |sku: &str| rows.iter().find(|row| row.code == sku).unwrap();
        assert_eq!(of("OLD").outcome, Outcome::Update);
        assert_eq!(of("NEW").outcome, Outcome::Update);
        assert_eq!(of("STAY").outcome, Outcome::Conflict);
        assert!(
            of("STAY").notes[0].contains("Stock on hand"),
            "{:?}",
            of("STAY").notes
        );
        assert_eq!(of("STAY").changed_by.as_deref(), Some("Ada"));

        let undone = bench.apply(store, &undo).await.unwrap();
        assert_eq!((undone.counts.updated, undone.counts.kept), (2, 1));
        assert_eq!(
            undone.counts.trashed, 1,
            "NEW, which the import had created"
        );
        let found = store
            .find_by_codes(PRODUCT, &["OLD", "NEW", "STAY"])
            .await
            .unwrap();
        let stock = |sku: &str| {
            found
                .iter()
                .find(|p| p.code() == sku)
                .unwrap()
                .fields
                .get(product::STOCK)
        };
        assert_eq!((stock("OLD"), stock("STAY")), (&number(1), &number(30)));
        assert!(found.iter().find(|p| p.code() == "NEW").unwrap().trashed);

        assert_eq!(
            store.batch(batch.id).await.unwrap().undone_by,
            Some(undone.id)
        );
        let twice = bench
            .plan_undo(store, batch.id)
            .await
            .map(drop)
            .unwrap_err();
        assert!(twice.message.contains("undone already"));
    })
    .await;
}

#[tokio::test]
async fn an_undo_that_could_put_nothing_back_can_be_planned_again() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, "sku,name,qty\nMUG,Mug,1\n").await;
        let batch = bench.import(store, "sku,qty\nMUG,2\n").await;
        let mug = bench.product(store, "MUG").await;
        let sold = update(mug.id, mug.version, &[(product::STOCK, number(9))]);
        applied(store, &[sold]).await;

        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        let undone = bench.apply(store, &undo).await.unwrap();
        assert_eq!((undone.counts.updated, undone.counts.kept), (0, 1));
        assert_eq!(store.batch(batch.id).await.unwrap().undone_by, None);
        let again = bench.plan_undo(store, batch.id).await.unwrap();
        assert_eq!(again.rows().await[0].outcome, Outcome::Conflict);
    })
    .await;
}

#[tokio::test]
async fn the_undo_of_an_undo_brings_everything_back() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let file = "sku,parent_sku,name,qty,option1_name,option1_value\n\
                    TEE,,Tee,0,,\nTEE-S,TEE,Small,2,Size,S\nTEE-M,TEE,Medium,3,Size,M\n";
        let batch = bench.import(store, file).await;
        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        let undone = bench.apply(store, &undo).await.unwrap();
        assert_eq!(
            undone.counts.updated, 3,
            "the parent goes once its variants are gone"
        );
        let redo = bench.plan_undo(store, undone.id).await.unwrap();
        let redone = bench.apply(store, &redo).await.unwrap();
        assert_eq!((redone.counts.updated, redone.counts.kept), (3, 0));
        let label = &batch.label;
        assert_eq!(batch.title, format!("Import {label}"));
        assert_eq!(undone.title, format!("Undo {label}"));
        let redo_title = format!("Redo import of {label}");
        for called in [&redo.meta.outline.title, &undone.undo_title, &redone.title] {
            assert_eq!(*called, redo_title);
        }
        assert_eq!(redone.undo_title, format!("Undo {label}"));
        let found = store
            .find_by_codes(PRODUCT, &["TEE", "TEE-S", "TEE-M"])
            .await
            .unwrap();
        assert!(found.iter().all(|product| !product.trashed));
        let tee = found
            .iter()
            .find(|product| product.code() == "TEE")
            .unwrap();
        assert_eq!(tee.fields.get(product::STOCK), &Value::Number(5));

        let again = bench.plan_undo(store, batch.id).await.map(drop);
        let hint = again.unwrap_err().hint.unwrap();
        assert!(hint.contains("latest of these undos"), "{hint}");
    })
    .await;
}

#[tokio::test]
async fn a_parent_stays_when_one_of_its_variants_stays() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let file = "sku,parent_sku,name,qty,option1_name,option1_value\n\
                    TEE,,Tee,0,,\nTEE-S,TEE,Small,2,Size,S\nTEE-M,TEE,Medium,3,Size,M\n";
        let batch = bench.import(store, file).await;
        let small = store
            .find_by_codes(PRODUCT, &["TEE-S"])
            .await
            .unwrap()
            .remove(0);
        applied(
            store,
            &[update(
                small.id,
                small.version,
                &[(product::NAME, Value::text("S"))],
            )],
        )
        .await;
        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        let rows = undo.rows().await;
        let outcome = |sku: &str| rows.iter().find(|row| row.code == sku).unwrap().outcome;
        assert_eq!(outcome("TEE-M"), Outcome::Update);
        assert_eq!(
            (outcome("TEE-S"), outcome("TEE")),
            (Outcome::Conflict, Outcome::Conflict)
        );
    })
    .await;
}

#[tokio::test]
async fn a_batch_whose_program_died_can_be_undone() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let left = batch(store, Origin::Import).await;
        store.apply(left, &[create("A", "A", &[])]).await.unwrap();
        let error = bench.plan_undo(store, left).await.map(drop).unwrap_err();
        assert!(error.message.contains("still being applied"));
        store.clock.advance(121_000);
        assert_eq!(
            store.batch(left).await.unwrap().state,
            BatchState::Cancelled
        );
        let undo = bench.plan_undo(store, left).await.unwrap();
        assert_eq!(bench.apply(store, &undo).await.unwrap().counts.updated, 1);
    })
    .await;
}
