//! A record that another user changed too: what the plan and they disagree on, and what a person
//! decides about it.

use super::change::{Change, Operation, Write};
use super::conflict::{FieldConflict, Resolution};
use super::merge::merge;
use super::planned::{Outcome, PlannedRecord};
use crate::record::Schema;
use crate::record::{Record, check_record};

/// What is left of a write that met a record other than the one it was planned against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// What taking the proposal writes; none where it would break a rule.
    pub operation: Option<Operation>,
    /// The changes without a conflict; they go along when the proposal is taken.
    pub changes: Vec<Change>,
    /// The fields that another user changed too.
    pub conflicts: Vec<FieldConflict>,
    /// Why it cannot be taken, when it cannot.
    pub problem: Option<String>,
}

impl Dispute {
    /// Whether the record is already as the write would leave it.
    pub fn is_settled(&self, operation: Operation, current: &Record) -> bool {
        let is_where_it_belongs = current.trashed == (operation == Operation::Trash);
        self.changes.is_empty() && self.conflicts.is_empty() && is_where_it_belongs
    }
}

/// Holds what was to be written against what is there now. Taking a write of fields brings a
/// record back that lies in the trash meanwhile.
pub fn dispute(schema: &Schema, write: &Write, current: &Record) -> Dispute {
    let merged = merge(&write.changes, &current.fields);
    let operation = match write.operation {
        Operation::Trash => Operation::Trash,
        Operation::Purge => Operation::Purge,
        _ if current.trashed => Operation::Restore,
        _ => Operation::Update,
    };
    let mut after = current.fields.clone();
    for change in &merged.take {
        after.set(change.field, change.new.clone());
    }
    for conflict in &merged.conflicts {
        after.set(conflict.field, conflict.proposed.clone());
    }
    let broken_before = check_record(schema, &current.fields);
    let broken = check_record(schema, &after)
        .into_iter()
        .find(|problem| !broken_before.contains(problem));
    Dispute {
        operation: broken.is_none().then_some(operation),
        changes: merged.take,
        conflicts: merged.conflicts,
        problem: broken.map(|(_, rule)| rule),
    }
}

impl PlannedRecord {
    /// Whether a person can choose between the proposal and what is there.
    pub fn can_be_resolved(&self) -> bool {
        self.outcome == Outcome::Conflict && self.operation.is_some()
    }

    /// Whether it is a conflict that is decided in favour of the proposal.
    pub fn is_taken(&self) -> bool {
        self.can_be_resolved() && self.resolution == Some(Resolution::Take)
    }

    /// Moves what is to be written out of the record; nothing, where nothing is. What is held back
    /// goes in again.
    pub fn take_write(&mut self) -> Option<Write> {
        let is_taken = self.is_taken();
        if !is_taken && !self.outcome.is_applied() {
            return None;
        }
        let mut changes = std::mem::take(&mut self.changes);
        if is_taken {
            let conflicts = std::mem::take(&mut self.conflicts);
            changes.extend(conflicts.into_iter().map(FieldConflict::taken));
        }
        Some(Write {
            kind: self.kind,
            id: self.record_id?,
            operation: self.operation?,
            expected_version: self.expected_version,
            changes,
        })
    }

    /// Turns it into an undecided conflict; without a dispute, there is nothing to
    /// choose and `changes` only tells what was meant.
    pub fn hold_back(&mut self, why: String, dispute: Option<Dispute>) {
        self.outcome = Outcome::Conflict;
        self.resolution = None;
        let mut notes = vec![why];
        match dispute {
            Some(dispute) => {
                self.operation = dispute.operation;
                self.changes = dispute.changes;
                self.conflicts = dispute.conflicts;
                let problem = dispute.problem;
                notes.extend(problem.map(|rule| format!("It cannot be taken as it is: {rule}")));
            }
            None => self.operation = None,
        }
        notes.retain(|note| !self.notes.contains(note));
        self.notes.extend(notes);
    }
}

#[cfg(test)]
mod tests;
