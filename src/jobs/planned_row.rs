//! What a row of a file becomes in the plan, once all that speaks against it is known.

use super::file_index::RowPosition;
use super::place_rows::Fate;
use csv_io::Row;
use domain::plan::{Decision, Operation, Outcome, PlannedRecord, Problem};
use domain::record::Record;
use domain::values::lost_its_zeros;
use store::unique_texts;

/// A row that was held against its own record, but not yet against others.
pub(super) struct Draft {
    /// Where it stands.
    pub(super) position: RowPosition,
    /// What was read.
    pub(super) row: Row,
    /// What comes of it by itself.
    pub(super) decision: Decision,
    /// The record as it would be.
    pub(super) record: Record,
}

impl Draft {
    /// Whether the record refers to others than before, or refers to them again.
    pub(super) fn moves(&self) -> bool {
        let mut changes = self.decision.changes.iter();
        changes.any(|change| change.field.reference().is_some())
            || self.decision.operation == Some(Operation::Restore)
    }

    /// Whether the record has to be held against the others: it moves, or has texts that only one of
    /// them may have.
    pub(super) fn is_placed(&self) -> bool {
        refers(&self.record) && (self.moves() || !unique_texts(&self.record).is_empty())
    }
}

/// Leaves the barcode as it is where the row has it without the zeros at its start: a spreadsheet
/// program dropped them, and that is never meant.
pub(super) fn keep_whole_barcode(row: &mut Row, there: &Record) {
    let Some(field) = there.kind.barcode_field() else {
        return;
    };
    let kept = there.fields.get(field).as_text().unwrap_or_default();
    let lost = lost_its_zeros(kept, row.text(field));
    if lost {
        row.notes.push(format!(
            "The barcode stays {kept}: the file has it without the zeros at its start."
        ));
        row.values.retain(|(of, _)| *of != field);
    }
}

/// Whether a record names any other.
fn refers(record: &Record) -> bool {
    let mut references = record.kind.references();
    references.any(|field| !record.fields.get(field).is_empty())
}

/// Whether a record names a parent.
pub(super) fn refers_to_parent(record: &Record) -> bool {
    let parent = record.kind.parent_field();
    parent.is_some_and(|field| !record.fields.get(field).is_empty())
}

/// What becomes of a record that others name as their parent.
pub(super) fn fate(record: &PlannedRecord, existing: Option<&Record>, becomes_child: bool) -> Fate {
    let is_planned = matches!(
        record.outcome,
        Outcome::Create | Outcome::Update | Outcome::Unchanged
    );
    match existing.filter(|there| !there.trashed) {
        _ if is_planned && becomes_child => Fate::Child,
        _ if is_planned => Fate::Ready,
        Some(there) if there.parent().is_some() => Fate::Child,
        Some(_) => Fate::Ready,
        None => Fate::Rejected,
    }
}

/// The planned record of a row, with all that is wrong with it.
pub(super) fn planned(
    code: &str,
    existing: Option<&Record>,
    draft: Draft,
    problems: Vec<Problem>,
) -> PlannedRecord {
    let decision = draft.decision;
    let rejected = !problems.is_empty();
    let skipped = decision.outcome == Outcome::Skipped;
    let outcome = if rejected {
        Outcome::Error
    } else {
        decision.outcome
    };
    let operation = decision.operation.filter(|_| !rejected);
    PlannedRecord {
        operation,
        record_id: match operation {
            Some(Operation::Create) => Some(draft.record.id),
            _ => existing.map(|record| record.id),
        },
        expected_version: existing.map_or(0, |record| record.version),
        code: code.to_owned(),
        title: draft.record.title().to_owned(),
        changes: if skipped {
            Vec::new()
        } else {
            decision.changes
        },
        problems,
        notes: decision.notes,
        ..PlannedRecord::new(draft.record.kind, outcome)
    }
}
