//! What becomes of each write, given what is there: pure, in the order of the writes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::plan::{Change, Operation, Write};
use domain::record::{Field, Fixed, Kind, Record, Value};
use domain::values::RecordId;

use super::WriteOutcome;
use super::before::Before;
use super::gather::Stirred;
use super::names::may_name;
use super::neighbours::{Known, Neighbours, Refusal};
use super::rows::{Rows, Written};
use super::taken::{changes_texts, needs_place, take_changes};
use crate::history::WrittenCounts;
use crate::history::journal::NewEntry;
use crate::kinds::{self, KindRules};

/// What the writes come to.
#[derive(Default)]
pub(super) struct Decided {
    pub(super) outcomes: Vec<WriteOutcome>,
    pub(super) rows: BTreeMap<Kind, Rows>,
    pub(super) entries: Vec<NewEntry>,
    /// Parents whose sum may be another one now.
    pub(super) parents: BTreeMap<Kind, BTreeSet<RecordId>>,
    /// What columns that are gathered from other records have to be brought up to date for.
    pub(super) stirred: Stirred,
    /// Records whose code is another one now.
    pub(super) renamed: BTreeMap<Kind, BTreeSet<RecordId>>,
    /// What is counted in the batch.
    pub(super) counts: WrittenCounts,
    /// Records that were expected to give up a text and did not: the set has to be decided anew
    /// with them.
    pub(super) stubborn: HashSet<RecordId>,
}

/// Decides. The records in `stubborn` keep their unique texts until their own write is decided; all
/// others give theirs up beforehand, so that two records of a set can swap them.
pub(super) fn decide(
    before: Before,
    writes: &[Write],
    stubborn: &HashSet<RecordId>,
) -> sqlx::Result<Decided> {
    let mut desk = Desk::of(before);
    desk.release(writes, stubborn)?;
    let mut outcomes = Vec::with_capacity(writes.len());
    for write in writes {
        let outcome = desk.decide(write)?;
        if !outcome.is_applied() && desk.released.contains(&write.id) {
            desk.decided.stubborn.insert(write.id);
        }
        outcomes.push(outcome);
    }
    Ok(desk.finish(outcomes))
}

/// What is known while the writes are gone through, one after the other.
struct Desk {
    rows: HashMap<RecordId, Written>,
    /// Ids of the rows to be written, in the order in which they were first touched.
    touched: Vec<RecordId>,
    is_touched: HashSet<RecordId>,
    neighbours: Neighbours,
    released: HashSet<RecordId>,
    used: HashSet<RecordId>,
    decided: Decided,
}

impl Desk {
    fn of(before: Before) -> Self {
        let rows = before.rows.into_iter().map(|(id, (pk, record))| {
            let written = Written {
                pk: Some(pk),
                record,
                changed: BTreeSet::new(),
                moves: false,
            };
            (id, written)
        });
        Self {
            rows: rows.collect(),
            touched: Vec::new(),
            is_touched: HashSet::new(),
            neighbours: before.neighbours,
            released: HashSet::new(),
            used: before.used,
            decided: Decided::default(),
        }
    }

    fn release(&mut self, writes: &[Write], stubborn: &HashSet<RecordId>) -> sqlx::Result<()> {
        for write in writes.iter().filter(|write| !stubborn.contains(&write.id)) {
            let rules = kinds::rules_in_tx(write.kind)?;
            let changes_texts = changes_texts(rules, write);
            if let Some(row) = self.rows.get(&write.id)
                && changes_texts
            {
                self.neighbours.release_texts(rules, &row.record);
                self.released.insert(write.id);
            }
        }
        Ok(())
    }

    fn finish(mut self, outcomes: Vec<WriteOutcome>) -> Decided {
        for id in self.touched {
            let Some(written) = self.rows.remove(&id) else {
                continue;
            };
            let rows = self.decided.rows.entry(written.record.kind).or_default();
            match written.pk {
                None => rows.inserts.push(written),
                Some(_) => rows.updates.push(written),
            }
        }
        Decided {
            outcomes,
            ..self.decided
        }
    }

    fn decide(&mut self, write: &Write) -> sqlx::Result<WriteOutcome> {
        let rules = kinds::rules_in_tx(write.kind)?;
        let Some(row) = self.rows.get(&write.id) else {
            return Ok(match write.operation {
                Operation::Create => self.create(rules, write),
                _ => WriteOutcome::Gone,
            });
        };
        let wants_trashed = matches!(write.operation, Operation::Restore | Operation::Purge);
        if write.operation == Operation::Create
            || row.record.version != write.expected_version
            || row.record.trashed != wants_trashed
        {
            return Ok(WriteOutcome::Moved {
                current: Box::new(row.record.clone()),
            });
        }
        Ok(match write.operation {
            Operation::Purge => self.purge(rules, write),
            _ => self.update(rules, write),
        })
    }

    fn create(&mut self, rules: &KindRules, write: &Write) -> WriteOutcome {
        let mut record = Record::blank(write.kind, write.id);
        let mut changes = take_changes(&mut record.fields, &write.changes, None);
        let placed = self.neighbours.place(rules, &mut record);
        let placed = placed.and_then(|()| self.neighbours.place_names(&record));
        if let Err(refusal) = placed {
            return WriteOutcome::Refused(refusal);
        }
        self.neighbours.names.expect(write.id);
        self.neighbours.take_place(None, &mut record, &mut changes);
        self.decided.counts.created += 1;
        self.decided.stirred.note(None, Some(&record));
        if let Some(parent) = record.parent() {
            self.hand_over(write.kind, parent);
            self.parent_of(write.kind, parent);
            self.neighbours.count_child(parent, 1, 1);
        }
        let written = Written {
            pk: None,
            record,
            changed: BTreeSet::new(),
            moves: false,
        };
        self.accept(rules, written, write.operation, changes)
    }

    fn update(&mut self, rules: &KindRules, write: &Write) -> WriteOutcome {
        let Some(row) = self.rows.remove(&write.id) else {
            return WriteOutcome::Gone;
        };
        let mut record = row.record.clone();
        let is_parent = self.neighbours.children(write.id).live > 0;
        let computed = write.kind.sum_field().filter(|_| is_parent);
        let mut changes = take_changes(&mut record.fields, &write.changes, computed);
        record.trashed = write.operation == Operation::Trash;
        if changes.is_empty() && write.operation == Operation::Update {
            // It keeps what it was expected to give up.
            if self.released.contains(&write.id) {
                self.decided.stubborn.insert(write.id);
            }
            self.rows.insert(write.id, row);
            return WriteOutcome::Applied {
                version: record.version,
            };
        }
        self.neighbours.names.release(&row.record);
        if let Err(refusal) = self.allowed(rules, write, &changes, &mut record) {
            self.neighbours.names.take(&row.record);
            self.rows.insert(write.id, row);
            return WriteOutcome::Refused(refusal);
        }
        let before = row.record;
        self.neighbours
            .take_place(Some(&before), &mut record, &mut changes);
        self.note_parents(&before, &record, &changes);
        self.decided.stirred.note(Some(&before), Some(&record));
        if before.code() != record.code() {
            let renamed = self.decided.renamed.entry(write.kind).or_default();
            renamed.insert(write.id);
        }
        self.decided.counts.updated += 1;
        match write.operation {
            Operation::Trash => self.decided.counts.trashed += 1,
            Operation::Restore => self.decided.counts.restored += 1,
            Operation::Create | Operation::Update | Operation::Purge => {}
        }
        let mut changed = row.changed;
        changed.extend(changes.iter().map(|change| change.field));
        let written = Written {
            pk: row.pk,
            moves: row.moves || before.trashed != record.trashed,
            record,
            changed,
        };
        self.neighbours.release_texts(rules, &before);
        self.accept(rules, written, write.operation, changes)
    }

    /// Whether a record may become this, which finds its place among the others.
    fn allowed(
        &self,
        rules: &KindRules,
        write: &Write,
        changes: &[Change],
        record: &mut Record,
    ) -> Result<(), Refusal> {
        if let Some(field) = self.fixed(write.id, changes) {
            return Err(Refusal::Fixed { field });
        }
        // Its children go before it; what is left has come since, and would be without a parent.
        if write.operation == Operation::Trash && self.neighbours.children(write.id).live > 0 {
            return Err(Refusal::HasChildren);
        }
        if needs_place(rules, write.operation, changes) {
            self.neighbours.place(rules, record)?;
        }
        if may_name(write) {
            self.neighbours.place_names(record)?;
        }
        Ok(())
    }

    /// A changed field that cannot change any more.
    fn fixed(&self, id: RecordId, changes: &[Change]) -> Option<Field> {
        let is_fixed = |field: &Field| match field.def().map(|def| def.fixed) {
            Some(Fixed::Once) => true,
            Some(Fixed::WhenUsed) => self.used.contains(&id),
            Some(Fixed::No) | None => false,
        };
        changes.iter().map(|change| change.field).find(is_fixed)
    }

    /// Notes the parents whose sums may be others now.
    fn note_parents(&mut self, before: &Record, after: &Record, changes: &[Change]) {
        let sum = after.kind.sum_field();
        let counts_differently = before.trashed != after.trashed
            || before.parent() != after.parent()
            || changes.iter().any(|change| Some(change.field) == sum);
        if !counts_differently {
            return;
        }
        let comes = before.trashed || before.parent() != after.parent();
        if let Some(parent) = after.parent().filter(|_| comes && !after.trashed) {
            self.hand_over(after.kind, parent);
        }
        for parent in [before.parent(), after.parent()].into_iter().flatten() {
            self.parent_of(after.kind, parent);
        }
        if before.parent().is_none() && changes.iter().any(|change| Some(change.field) == sum) {
            // It is no parent any more, and what it has of its own is no sum.
            self.decided
                .parents
                .entry(after.kind)
                .or_default()
                .remove(&after.id);
        }
        let lives = |record: &Record| i64::from(!record.trashed);
        if let Some(parent) = before.parent() {
            self.neighbours.count_child(parent, -lives(before), -1);
        }
        if let Some(parent) = after.parent() {
            self.neighbours.count_child(parent, lives(after), 1);
        }
    }

    /// A record that gets its first child gives up its own of what is the sum of its children's from now on,
    /// which is journalled: an undo brings it back.
    fn hand_over(&mut self, kind: Kind, parent: RecordId) {
        let is_first = self.neighbours.children(parent).live == 0;
        let row = self.rows.get_mut(&parent).filter(|_| is_first);
        let (Some(sum), Some(row)) = (kind.sum_field(), row) else {
            return;
        };
        let zero = Change {
            field: sum,
            old: Value::Empty,
            new: Value::Number(0),
        };
        let changes = take_changes(&mut row.record.fields, &[zero], None);
        if changes.is_empty() {
            return;
        }
        row.record.version += 1;
        row.changed.insert(sum);
        let version = row.record.version;
        if self.is_touched.insert(parent) {
            self.touched.push(parent);
        }
        self.journal(kind, parent, Operation::Update, version, changes);
    }

    fn parent_of(&mut self, kind: Kind, parent: RecordId) {
        if kind.sum_field().is_some() {
            let parents = self.decided.parents.entry(kind).or_default();
            parents.insert(parent);
        }
    }

    fn purge(&mut self, rules: &KindRules, write: &Write) -> WriteOutcome {
        if self.neighbours.children(write.id).all > 0 {
            return WriteOutcome::Refused(Refusal::HasChildren);
        }
        if let Some(by) = self.neighbours.referred_by(write.id) {
            return WriteOutcome::Refused(Refusal::Referred { by });
        }
        let Some(row) = self.rows.remove(&write.id) else {
            return WriteOutcome::Gone;
        };
        // The journal keeps what it was, so that its history still has a name.
        let fields = row.record.fields.iter();
        let changes = fields
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, old)| Change {
                field,
                old: old.clone(),
                new: Value::Empty,
            })
            .collect();
        self.neighbours.release_texts(rules, &row.record);
        self.neighbours.remove(write.id);
        self.decided.stirred.note(Some(&row.record), None);
        if let Some(parent) = row.record.parent() {
            self.parent_of(write.kind, parent);
            // What is purged lay in the trash, so it was not among the living ones.
            self.neighbours.count_child(parent, 0, -1);
        }
        self.decided.counts.updated += 1;
        let version = row.record.version + 1;
        let rows = self.decided.rows.entry(write.kind).or_default();
        rows.purges.push(row);
        self.journal(write.kind, write.id, write.operation, version, changes);
        WriteOutcome::Applied { version }
    }

    fn accept(
        &mut self,
        rules: &KindRules,
        mut written: Written,
        operation: Operation,
        changes: Vec<Change>,
    ) -> WriteOutcome {
        written.record.version += 1;
        let (kind, id) = (written.record.kind, written.record.id);
        let version = written.record.version;
        self.neighbours.add(Known::of(&written.record));
        self.neighbours.take_texts(rules, &written.record);
        if self.is_touched.insert(id) {
            self.touched.push(id);
        }
        self.rows.insert(id, written);
        self.journal(kind, id, operation, version, changes);
        WriteOutcome::Applied { version }
    }

    fn journal(
        &mut self,
        kind: Kind,
        id: RecordId,
        operation: Operation,
        version: i64,
        changes: Vec<Change>,
    ) {
        self.decided.entries.push(NewEntry {
            kind,
            id,
            operation: operation.into(),
            version,
            changes,
            seal: None,
        });
    }
}
