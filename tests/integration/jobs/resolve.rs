//! Deciding conflicts: what is taken is written exactly, what is kept or undecided never is.

use backstock::jobs::{Plan, PlanState};
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::{BatchState, FieldConflict, Operation, Outcome, PlannedRecord, Resolution};
use domain::record::{Field, Value};
use store::Store;

use super::workbench::{Planned, Workbench};
use testing::{applied, create, number, on_each_database, trash, update, write};

const BEFORE: &str = "sku,name,qty,store_price\nA,A,1,10\nB,B,1,10\nC,C,1,10\n";
const AFTER: &str = "sku,name,qty,store_price\nA,A,2,11\nB,B,2,11\nC,C,2,11\n";

const TAKE: Option<Resolution> = Some(Resolution::Take);
const KEEP: Option<Resolution> = Some(Resolution::Keep);

/// Sets the price of a product as another user.
async fn price(store: &Store, bench: &Workbench, sku: &str, price: i64) {
    let there = bench.product(store, sku).await;
    let change = [(product::STORE_PRICE, number(price))];
    applied(store, &[update(there.id, there.version, &change)]).await;
}

/// An import that was applied after another user had changed the prices of A and B.
async fn held_back(store: &Store, bench: &Workbench) -> Planned {
    bench.import(store, BEFORE).await;
    let planned = bench.plan(store, AFTER).await;
    price(store, bench, "A", 95_000).await;
    price(store, bench, "B", 95_000).await;
    let batch = bench.apply(store, &planned).await.unwrap();
    assert_eq!((batch.counts.updated, batch.counts.kept), (1, 2));
    planned
}

async fn resolve(planned: &Planned, resolution: Option<Resolution>, numbers: Option<&[i64]>) {
    let resolved = planned
        .plan
        .resolve(resolution, numbers, store::RecordFilter::default())
        .await;
    resolved.unwrap();
}

async fn row(planned: &Planned, sku: &str) -> PlannedRecord {
    let mut rows = planned.rows().await.into_iter();
    rows.find(|row| row.code == sku).unwrap()
}

async fn price_of(store: &Store, bench: &Workbench, sku: &str) -> Value {
    let fields = bench.product(store, sku).await.fields;
    fields.get(product::STORE_PRICE).clone()
}

#[tokio::test]
async fn a_conflict_shows_three_values_and_who_it_was() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = held_back(store, &bench).await;
        let a = row(&planned, "A").await;
        assert_eq!(
            a.conflicts,
            [FieldConflict {
                field: product::STORE_PRICE,
                base: number(100_000),
                current: number(95_000),
                proposed: number(110_000),
            }]
        );
        let along: Vec<Field> = a.changes.iter().map(|change| change.field).collect();
        assert_eq!(
            along,
            [product::STOCK],
            "what no other user contradicts goes along"
        );
        assert_eq!(a.changed_by.as_deref(), Some("Ada"));
        assert!(a.changed_at.is_some());
        assert_eq!(a.resolution, None);
        let there = bench.product(store, "A").await;
        assert_eq!(a.expected_version, there.version);
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_is_a_batch_of_its_own_and_the_rest_stays() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = held_back(store, &bench).await;
        let first = planned.plan.meta().await.unwrap().outline;
        let a = row(&planned, "A").await.number;
        resolve(&planned, TAKE, Some(&[a])).await;
        resolve(&planned, KEEP, Some(&[row(&planned, "B").await.number])).await;
        let counts = planned.plan.meta().await.unwrap().outline.counts;
        assert_eq!(
            (counts.conflict, counts.resolvable, counts.taken),
            (2, 2, 1)
        );

        let batch = bench.apply(store, &planned).await.unwrap();
        let counts = batch.counts;
        assert_eq!((counts.read, counts.updated, counts.kept), (1, 1, 0));
        assert_eq!(batch.state, BatchState::Done);
        assert_ne!(Some(batch.id), first.batch_id, "what is done is final");
        assert_eq!((batch.origin, &batch.label), (first.origin, &first.label));
        let sealed = store.batch(first.batch_id.unwrap()).await.unwrap();
        assert_eq!((sealed.counts.updated, sealed.counts.kept), (1, 2));
        for id in [first.batch_id.unwrap(), batch.id] {
            let plan = Plan::written_as(&bench.plans(), id);
            assert_eq!(plan, Some(planned.plan.id), "both lead to the plan");
        }

        let there = bench.product(store, "A").await.fields;
        assert_eq!(there.get(product::STORE_PRICE), &number(110_000));
        assert_eq!(there.get(product::STOCK), &number(2));
        assert_eq!(price_of(store, &bench, "B").await, number(95_000), "kept");
        let counts = planned.plan.meta().await.unwrap().outline.counts;
        assert_eq!((counts.update, counts.conflict, counts.taken), (2, 1, 0));
        assert_eq!(counts.read(), 3);
        let a = row(&planned, "A").await;
        assert_eq!((a.outcome, a.resolution), (Outcome::Update, TAKE));
        let error = bench.apply(store, &planned).await.unwrap_err();
        assert!(error.message.contains("applied already"));

        // It is in the history like all others, and is undone like all others.
        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        bench.apply(store, &undo).await.unwrap();
        assert_eq!(price_of(store, &bench, "A").await, number(95_000));
    })
    .await;
}

#[tokio::test]
async fn what_moved_again_is_merged_anew_or_held_back_again() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = held_back(store, &bench).await;
        resolve(&planned, TAKE, None).await;
        price(store, &bench, "A", 80_000).await;
        let b = bench.product(store, "B").await;
        let brand = [(product::BRAND, Value::text("Vic"))];
        applied(store, &[update(b.id, b.version, &brand)]).await;

        let batch = bench.apply(store, &planned).await.unwrap();
        let counts = batch.counts;
        assert_eq!((counts.read, counts.updated, counts.kept), (2, 1, 1));
        assert_eq!(price_of(store, &bench, "A").await, number(80_000));
        let b = bench.product(store, "B").await.fields;
        assert_eq!(b.get(product::STORE_PRICE), &number(110_000));
        assert_eq!(
            b.text(product::BRAND),
            "Vic",
            "another field is no conflict"
        );
        let a = row(&planned, "A").await;
        assert_eq!((a.outcome, a.resolution), (Outcome::Conflict, None));
        assert_eq!(a.conflicts[0].current, number(80_000));

        resolve(&planned, TAKE, None).await;
        let batch = bench.apply(store, &planned).await.unwrap();
        assert_eq!((batch.counts.read, batch.counts.updated), (1, 1));
        assert_eq!(price_of(store, &bench, "A").await, number(110_000));
    })
    .await;
}

#[tokio::test]
async fn what_was_trashed_meanwhile_comes_back_when_it_is_taken() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, BEFORE).await;
        let planned = bench.plan(store, AFTER).await;
        let a = bench.product(store, "A").await;
        applied(store, &[trash(a.id, a.version)]).await;
        bench.apply(store, &planned).await.unwrap();
        let note = &row(&planned, "A").await.notes[0];
        assert!(note.contains("trash"), "{note}");
        assert!(bench.product(store, "A").await.trashed, "not unasked");
        resolve(&planned, TAKE, None).await;
        bench.apply(store, &planned).await.unwrap();
        let a = bench.product(store, "A").await;
        assert!(!a.trashed);
        assert_eq!(a.fields.get(product::STORE_PRICE), &number(110_000));
    })
    .await;
}

#[tokio::test]
async fn two_people_import_the_same_file() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let file = "sku,name,qty\nSAME,Same,1\nOTHER,Other,1\n";
        let planned = bench.plan(store, file).await;
        let same = create("SAME", "Same", &[(product::STOCK, number(1))]);
        let other = create(
            "OTHER",
            "Their name",
            &[(product::BRAND, Value::text("Vic"))],
        );
        applied(store, &[same, other]).await;
        let batch = bench.apply(store, &planned).await.unwrap();
        let counts = batch.counts;
        assert_eq!((counts.created, counts.unchanged, counts.kept), (0, 1, 1));
        assert_eq!(row(&planned, "SAME").await.outcome, Outcome::Unchanged);

        let theirs = bench.product(store, "OTHER").await;
        let held = row(&planned, "OTHER").await;
        assert_eq!(held.record_id, Some(theirs.id));
        let contested: Vec<Field> = held.conflicts.iter().map(|c| c.field).collect();
        assert_eq!(contested, [product::NAME]);
        resolve(&planned, TAKE, None).await;
        bench.apply(store, &planned).await.unwrap();
        let there = store.find_by_codes(PRODUCT, &["OTHER"]).await.unwrap();
        assert_eq!(there.len(), 1, "no second product");
        assert_eq!(there[0].id, theirs.id);
        assert_eq!(there[0].fields.text(product::NAME), "Other");
        assert_eq!(there[0].fields.text(product::BRAND), "Vic");
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_offers_nothing_to_decide() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let batch = bench.import(store, BEFORE).await;
        let a = bench.product(store, "A").await;
        applied(store, &[trash(a.id, a.version)]).await;
        let purge = write(a.id, Operation::Purge, a.version + 1, &[]);
        applied(store, &[purge]).await;
        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        let rows = undo.rows().await;
        let gone = rows.iter().find(|row| row.record_id == Some(a.id));
        let gone = gone.unwrap();
        assert_eq!((gone.outcome, gone.operation), (Outcome::Conflict, None));
        let refused = undo
            .plan
            .resolve(TAKE, Some(&[gone.number]), store::RecordFilter::default())
            .await;
        assert!(refused.unwrap_err().message.contains("nothing to decide"));
        resolve(&undo, TAKE, None).await;
        let counts = undo.plan.meta().await.unwrap().outline.counts;
        assert_eq!((counts.conflict, counts.taken), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn an_edited_record_is_undone_anyway_when_somebody_says_so() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, BEFORE).await;
        let batch = bench.import(store, AFTER).await;
        price(store, &bench, "A", 95_000).await;
        price(store, &bench, "B", 95_000).await;
        let undo = bench.plan_undo(store, batch.id).await.unwrap();
        resolve(&undo, TAKE, Some(&[row(&undo, "A").await.number])).await;
        let planned = undo.plan.meta().await.unwrap().outline.counts;
        assert_eq!((planned.applied(), planned.conflict), (2, 2));
        let undone = bench.apply(store, &undo).await.unwrap();
        let counts = undone.counts;
        assert_eq!((counts.read, counts.updated, counts.kept), (3, 2, 1));
        assert_eq!(counts.not_reached, 0);
        assert_eq!(price_of(store, &bench, "A").await, number(100_000));
        assert_eq!(price_of(store, &bench, "B").await, number(95_000));

        // The other one is decided later: the undone batch keeps its first undo.
        resolve(&undo, TAKE, None).await;
        let later = bench.apply(store, &undo).await.unwrap();
        assert_eq!((later.counts.read, later.counts.updated), (1, 1));
        assert_eq!(price_of(store, &bench, "B").await, number(100_000));
        let undone_by = store.batch(batch.id).await.unwrap().undone_by;
        assert_eq!(undone_by, Some(undone.id));
    })
    .await;
}

#[tokio::test]
async fn after_a_crash_the_rest_of_the_decisions_is_written_and_nothing_twice() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = held_back(store, &bench).await;
        resolve(&planned, TAKE, None).await;
        let before = planned.plan.meta().await.unwrap();
        let rows = planned.rows().await;
        let batch = bench.apply(store, &planned).await.unwrap();
        let version = bench.product(store, "A").await.version;
        // The app died after the database committed and before the plan heard of it.
        let staged = planned.plan.file.with_outcomes(&[Outcome::Update], 0, 10);
        let mut staged = staged.await.unwrap();
        for staged in &mut staged {
            staged.record = rows[usize::try_from(staged.record.number).unwrap() - 1].clone();
        }
        let mut meta = before.clone();
        meta.outline.state = PlanState::Applying;
        meta.outline.batch_id = Some(batch.id);
        meta.outline.is_follow_up = true;
        meta.applied = Default::default();
        planned.plan.settle(&staged, &meta).await.unwrap();

        let again = bench.apply(store, &planned).await.unwrap();
        assert_eq!(again.id, batch.id, "the same batch");
        let meta = planned.plan.meta().await.unwrap();
        let counts = meta.applied;
        assert_eq!((counts.read, counts.updated, counts.kept), (2, 2, 0));
        assert_eq!(counts.not_reached, 0);
        assert_eq!(meta.outline.counts.conflict, 0);
        assert_eq!(bench.product(store, "A").await.version, version, "once");
    })
    .await;
}

#[tokio::test]
async fn what_was_stopped_half_way_is_finished_with_the_decisions_of_now() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = held_back(store, &bench).await;
        resolve(&planned, TAKE, None).await;
        let (author, plan, shop) = (
            bench.author.clone(),
            planned.plan.clone(),
            store.store.clone(),
        );
        let stopped = bench.run(move |progress| async move {
            progress.cancel();
            backstock::jobs::apply_plan(&progress, &shop, &plan, &author)
                .await
                .map(drop)
        });
        assert!(stopped.await.is_err());
        let meta = planned.plan.meta().await.unwrap();
        assert_eq!(meta.outline.state, PlanState::Interrupted);
        let batch = store.batch(meta.outline.batch_id.unwrap()).await.unwrap();
        assert_eq!((batch.counts.read, batch.counts.not_reached), (2, 2));

        resolve(&planned, None, Some(&[row(&planned, "B").await.number])).await;
        let finished = bench.apply(store, &planned).await.unwrap();
        let counts = finished.counts;
        assert_eq!(finished.id, batch.id);
        assert_eq!((counts.read, counts.updated, counts.not_reached), (1, 1, 0));
        assert_eq!(price_of(store, &bench, "A").await, number(110_000));
        assert_eq!(price_of(store, &bench, "B").await, number(95_000));
    })
    .await;
}

#[tokio::test]
async fn the_rejects_have_only_what_is_still_kept() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, BEFORE).await;
        let draft = bench.draft(AFTER.as_bytes()).unwrap();
        let id = draft.look().unwrap().id;
        let planned = bench.plan_draft(store, draft).await;
        price(store, &bench, "A", 95_000).await;
        price(store, &bench, "B", 95_000).await;
        bench.apply(store, &planned).await.unwrap();
        resolve(&planned, TAKE, Some(&[1])).await;
        bench.apply(store, &planned).await.unwrap();
        let draft =
            backstock::jobs::Draft::load(&bench.plans(), id, &std::sync::Arc::default()).unwrap();
        let path = bench.path("rejects.csv");
        let rows = backstock::jobs::save_rejects(&planned.plan, &draft, &path).await;
        assert_eq!(rows.unwrap(), 1);
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written.contains("B,B,2,11") && !written.contains("A,A,2,11"));
    })
    .await;
}
