//! What a decision writes: exactly the proposal, or nothing.

use crate::catalog::product;
use crate::catalog::product::PRODUCT;
use crate::record::Schema;
use proptest::prelude::*;

use super::{Resolution, dispute};
use crate::plan::{Change, Counts, Operation, Outcome, PlannedRecord, Write};
use crate::record::{Field, Fields, Record, Value};
use crate::values::RecordId;

fn product(stock: i64, price: i64, trashed: bool) -> Record {
    let mut fields = Fields::blank(PRODUCT);
    fields.set(product::SKU, Value::text("MUG"));
    fields.set(product::NAME, Value::text("Mug"));
    fields.set(product::STOCK, Value::Number(stock));
    fields.set(product::STORE_PRICE, Value::Number(price));
    Record {
        version: 8,
        trashed,
        fields,
        ..Record::blank(PRODUCT, RecordId::new())
    }
}

fn change(field: Field, old: i64, new: i64) -> Change {
    Change {
        field,
        old: Value::Number(old),
        new: Value::Number(new),
    }
}

fn planned(operation: Operation, changes: Vec<Change>) -> PlannedRecord {
    PlannedRecord {
        operation: Some(operation),
        record_id: Some(RecordId::new()),
        expected_version: 7,
        changes,
        ..PlannedRecord::new(PRODUCT, Outcome::Update)
    }
}

/// The record as applying it left it, since `current` was met.
fn held_back(mut record: PlannedRecord, current: &Record) -> PlannedRecord {
    let write = record.take_write().unwrap();
    record.expected_version = current.version;
    record.hold_back(
        "Somebody changed it.".into(),
        Some(dispute(&Schema::default(), &write, current)),
    );
    record
}

fn written(write: &Write, current: &Record) -> Fields {
    let mut fields = current.fields.clone();
    for change in &write.changes {
        fields.set(change.field, change.new.clone());
    }
    fields
}

#[test]
fn what_taking_writes_depends_on_where_the_record_is_now() {
    use Operation::{Create, Restore, Trash, Update};
    for (operation, trashed, takes) in [
        (Update, false, Update),
        (Update, true, Restore),
        (Create, false, Update),
        (Create, true, Restore),
        (Restore, true, Restore),
        (Restore, false, Update),
        (Trash, false, Trash),
    ] {
        let record = planned(operation, vec![change(product::STOCK, 40, 0)]);
        let held = held_back(record, &product(39, 0, trashed));
        assert_eq!(held.operation, Some(takes), "{operation:?} {trashed}");
        assert!(held.can_be_resolved());
    }
}

#[test]
fn the_three_values_are_shown_and_what_nobody_contradicts_goes_along() {
    let changes = vec![
        change(product::STOCK, 40, 0),
        change(product::STORE_PRICE, 95, 99),
    ];
    let current = product(39, 95, false);
    let mut held = held_back(planned(Operation::Update, changes), &current);
    let [conflict] = held.conflicts.as_slice() else {
        panic!("one field is contradicted: {held:?}");
    };
    let number = Value::Number;
    assert_eq!(
        (&conflict.base, &conflict.current, &conflict.proposed),
        (&number(40), &number(39), &number(0))
    );
    assert_eq!(held.changes, [change(product::STORE_PRICE, 95, 99)]);
    held.resolution = Some(Resolution::Take);
    let write = held.take_write().unwrap();
    assert_eq!(write.expected_version, current.version);
    assert_eq!(
        write.changes,
        [
            change(product::STORE_PRICE, 95, 99),
            change(product::STOCK, 39, 0)
        ]
    );
}

#[test]
fn what_would_break_a_rule_cannot_be_taken_and_says_so() {
    let changes = vec![Change {
        field: product::NAME,
        old: Value::text("Cup"),
        new: Value::Empty,
    }];
    let mut held = held_back(planned(Operation::Update, changes), &product(1, 1, false));
    assert!(held.notes[1].contains("Name is needed"), "{held:?}");
    held.resolution = Some(Resolution::Take);
    assert!(!held.is_taken());
    assert_eq!(held.take_write(), None);
}

proptest! {
    /// Undecided and kept write nothing; taken writes exactly what was proposed, and nothing else.
    #[test]
    fn only_a_taken_conflict_is_written_and_then_exactly(
        bases in [0i64..4, 0i64..4], nows in [0i64..4, 0i64..4], news in [0i64..4, 0i64..4],
        resolution in prop_oneof![Just(None), Just(Some(Resolution::Keep)), Just(Some(Resolution::Take))],
        trashed: bool,
    ) {
        let fields = [product::STOCK, product::STORE_PRICE];
        let changes: Vec<Change> = (0..2)
            .filter(|at| bases[*at] != news[*at])
            .map(|at| change(fields[at], bases[at], news[at]))
            .collect();
        let current = product(nows[0], nows[1], trashed);
        let mut held = held_back(planned(Operation::Update, changes.clone()), &current);
        held.resolution = resolution;
        let contested = held.conflicts.len();
        let write = held.take_write();
        prop_assert_eq!(write.is_some(), resolution == Some(Resolution::Take));
        let Some(write) = write else {
            prop_assert_eq!(held.conflicts.len(), contested, "nothing is lost");
            return Ok(());
        };
        let after = written(&write, &current);
        for change in &changes {
            prop_assert_eq!(after.get(change.field), &change.new);
        }
        for (field, value) in after.iter() {
            if !changes.iter().any(|change| change.field == field) {
                prop_assert_eq!(value, current.fields.get(field), "nothing else moves");
            }
        }
        for change in &write.changes {
            prop_assert_eq!(&change.old, current.fields.get(change.field), "as it was seen");
        }
    }

    /// Whatever is decided, the tabs add up, and taking a record out again leaves nothing behind.
    #[test]
    fn decisions_never_change_how_many_rows_were_read(
        resolution in prop_oneof![Just(None), Just(Some(Resolution::Keep)), Just(Some(Resolution::Take))],
        implied: bool,
    ) {
        let mut record = planned(Operation::Update, vec![change(product::STOCK, 1, 2)]);
        record.implied = implied;
        let mut counts = Counts::default();
        counts.add(&record);
        let read = counts.read();
        counts.remove(&record);
        record = held_back(record, &product(3, 0, false));
        record.resolution = resolution;
        counts.add(&record);
        prop_assert_eq!(counts.read(), read);
        prop_assert_eq!(counts.applied(), i64::from(resolution == Some(Resolution::Take)));
        counts.remove(&record);
        prop_assert_eq!(counts, Counts::default());
    }
}
