//! The inverse of what a batch did to one record: undo is a plan made of the journal.

use super::change::{Change, Operation};
use super::conflict::FieldConflict;
use super::merge::{Merge, merge};
use super::planned::Outcome;
use crate::record::Record;
use crate::record::Schema;

/// What a batch did to one record, from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What happened to the record.
    pub operation: Operation,
    /// The version that it had afterwards.
    pub version: i64,
    /// Field by field.
    pub changes: Vec<Change>,
}

/// What the undo would do to the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// What happens.
    pub outcome: Outcome,
    /// What is written, when something is; of a record that is kept, what undoing it anyway writes.
    pub operation: Option<Operation>,
    /// The fields that go back; of a record that is kept, those that are unchanged since.
    pub changes: Vec<Change>,
    /// Of a record that is kept, the fields that were changed since.
    pub conflicts: Vec<FieldConflict>,
    /// Why it is kept or cannot be undone.
    pub note: Option<String>,
}

/// Undoes `done`, unless the same was changed since. `current` is none for a record that was
/// deleted for good.
pub fn undo(schema: &Schema, done: &Done, current: Option<&Record>) -> Undone {
    let Some(current) = current else {
        return kept("It was deleted for good since, and cannot be brought back.");
    };
    match done.operation {
        Operation::Create => undo_creation(done, current),
        Operation::Update => undo_fields(schema, done, current, Operation::Update),
        Operation::Restore if current.trashed => unchanged("It is in the trash already."),
        Operation::Restore => undo_restore(done, current),
        Operation::Trash if !current.trashed => unchanged("It was restored already."),
        Operation::Trash => undo_fields(schema, done, current, Operation::Restore),
        Operation::Purge => kept("It was deleted for good, and cannot be brought back."),
    }
}

fn undo_creation(done: &Done, current: &Record) -> Undone {
    if current.trashed {
        return unchanged("It is in the trash already.");
    }
    if current.version != done.version {
        return contested("It was edited since.", Operation::Trash, Merge::default());
    }
    write(Operation::Trash, Vec::new())
}

fn undo_restore(done: &Done, current: &Record) -> Undone {
    let merged = merge(&inverse(&done.changes), &current.fields);
    if current.version != done.version {
        return contested("It was edited since.", Operation::Trash, merged);
    }
    write(Operation::Trash, merged.take)
}

/// Reverses the fields. A record of which one field was changed to another value since is kept
/// whole, unless a person decides otherwise: half an undo would leave a record that never was.
fn undo_fields(schema: &Schema, done: &Done, current: &Record, operation: Operation) -> Undone {
    let merged = merge(&inverse(&done.changes), &current.fields);
    if operation == Operation::Update && current.trashed {
        let note = "It was moved to the trash since.";
        return contested(note, Operation::Restore, merged);
    }
    if !merged.conflicts.is_empty() {
        let fields: Vec<&str> = merged
            .conflicts
            .iter()
            .map(|c| schema.label(c.field))
            .collect();
        let note = format!("It was edited since: {}.", fields.join(", "));
        return contested(&note, operation, merged);
    }
    if merged.take.is_empty() && operation == Operation::Update {
        return unchanged("It is as it was before already.");
    }
    write(operation, merged.take)
}

fn inverse(changes: &[Change]) -> Vec<Change> {
    changes
        .iter()
        .map(|c| Change {
            field: c.field,
            old: c.new.clone(),
            new: c.old.clone(),
        })
        .collect()
}

fn write(operation: Operation, changes: Vec<Change>) -> Undone {
    Undone {
        outcome: Outcome::Update,
        operation: Some(operation),
        changes,
        conflicts: Vec::new(),
        note: None,
    }
}

/// It is kept, unless a person wants it undone anyway by `operation`.
fn contested(note: &str, operation: Operation, merged: Merge) -> Undone {
    Undone {
        operation: Some(operation),
        changes: merged.take,
        conflicts: merged.conflicts,
        ..kept(note)
    }
}

/// It is kept, and there is nothing to choose.
fn kept(note: &str) -> Undone {
    Undone {
        outcome: Outcome::Conflict,
        ..unchanged(note)
    }
}

fn unchanged(note: &str) -> Undone {
    Undone {
        outcome: Outcome::Unchanged,
        operation: None,
        changes: Vec::new(),
        conflicts: Vec::new(),
        note: Some(note.into()),
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::product;
    use crate::catalog::product::PRODUCT;
    use crate::record::Schema;
    use proptest::prelude::*;

    use super::{Done, undo};
    use crate::plan::{Change, Operation, Outcome};
    use crate::record::{Fields, Record, Value};
    use crate::values::RecordId;

    fn product(version: i64, trashed: bool, stock: i64) -> Record {
        let mut fields = Fields::blank(PRODUCT);
        fields.set(product::STOCK, Value::Number(stock));
        Record {
            version,
            trashed,
            fields,
            ..Record::blank(PRODUCT, RecordId::new())
        }
    }

    fn stock(old: i64, new: i64) -> Change {
        Change {
            field: product::STOCK,
            old: Value::Number(old),
            new: Value::Number(new),
        }
    }

    #[test]
    fn each_operation_has_its_inverse_unless_somebody_was_there_since() {
        use Operation::{Create, Purge, Restore, Trash, Update};
        use Outcome::{Conflict, Unchanged};
        let write = Outcome::Update;
        for (operation, version_now, trashed_now, stock_now, outcome, inverse) in [
            (Create, 1, false, 7, write, Some(Trash)),
            (Create, 2, false, 7, Conflict, Some(Trash)),
            (Create, 2, true, 7, Unchanged, None),
            (Update, 1, false, 7, write, Some(Update)),
            (Update, 9, false, 7, write, Some(Update)),
            (Update, 9, false, 8, Conflict, Some(Update)),
            (Update, 9, false, 5, Unchanged, None),
            (Update, 9, true, 7, Conflict, Some(Restore)),
            (Trash, 1, true, 7, write, Some(Restore)),
            (Trash, 2, false, 7, Unchanged, None),
            (Restore, 1, false, 7, write, Some(Trash)),
            (Restore, 2, false, 7, Conflict, Some(Trash)),
            (Restore, 2, true, 7, Unchanged, None),
            (Purge, 1, true, 7, Conflict, None),
        ] {
            let done = Done {
                operation,
                version: 1,
                changes: vec![stock(5, 7)],
            };
            let undone = undo(
                &Schema::default(),
                &done,
                Some(&product(version_now, trashed_now, stock_now)),
            );
            assert_eq!(
                (undone.outcome, undone.operation),
                (outcome, inverse),
                "{operation:?}, now version {version_now}, trashed {trashed_now}, stock {stock_now}"
            );
            assert_eq!(
                undone.note.is_some(),
                undone.outcome != write,
                "what stays is explained"
            );
        }
        assert_eq!(
            undo(
                &Schema::default(),
                &Done {
                    operation: Update,
                    version: 1,
                    changes: vec![]
                },
                None
            )
            .outcome,
            Conflict
        );
    }

    proptest! {
        /// Applying a change and then its undo gives back what was there.
        #[test]
        fn an_undo_gives_back_what_was_there(old in 0i64..5, new in 0i64..5) {
            prop_assume!(old != new);
            let done = Done { operation: Operation::Update, version: 2, changes: vec![stock(old, new)] };
            let mut after = product(2, false, new);
            for change in undo(&Schema::default(), &done, Some(&after)).changes {
                after.fields.set(change.field, change.new);
            }
            prop_assert_eq!(after.fields.get(product::STOCK), &Value::Number(old));
        }
    }
}
