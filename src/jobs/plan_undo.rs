//! Plans the undo of a batch: its journal read backwards, against what is there now.

use std::collections::{BTreeMap, HashMap};

use super::plan::{Plan, PlanMeta};
use super::plan_rows::{CHILDREN, PARENTS};
use super::registry::Progress;
use super::sync::{SentRecords, by_product_fields, is_sent, phase_of};
use super::tally::Tally;
use domain::error::{Error, Result};
use domain::plan::{
    Batch, BatchState, Change, Done, Operation, Origin, Outcome, PlannedRecord, Undone, undo,
};
use domain::record::{Kind, Record, Value};
use domain::values::{BatchId, RecordId, Timestamp};
use store::{DoneEntry, StagedRecord, Store};

/// Children go to the trash before anything else, so that others can have their place.
const CHILDREN_TO_TRASH: i64 = 0;
/// Parents go last, or get back what was their own before, when their children are gone or have another parent.
const PARENTS_ALONE: i64 = 4;

/// Entries of the journal that are planned together.
const CHUNK: i64 = 5_000;

/// Makes the plan that undoes `batch` in the empty `plan`.
pub async fn plan_undo(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    batch: BatchId,
    now: Timestamp,
) -> Result<()> {
    let batch = store.batch(batch).await?;
    refuse(store, &batch).await?;
    let counts = batch.counts;
    progress.step("Planning", counts.created + counts.updated + counts.implied);
    let mut planner = UndoPlanner {
        store,
        plan,
        tally: Tally::default(),
        number: 0,
        leaving: HashMap::new(),
        sent: SentRecords::default(),
    };
    // Two passes: a parent can only go to the trash when all of its children leave it.
    planner.pass(progress, batch.id, Pass::Children).await?;
    planner.pass(progress, batch.id, Pass::Others).await?;
    let label = batch.label.clone();
    let schema = store.schema();
    let mut meta = PlanMeta::ready(&schema, Origin::Undo, label, now, &planner.tally);
    meta.outline.undo_of = Some(batch.id);
    meta.outline.channel = planner.sent.channel();
    meta.outline.title = batch.undo_title;
    plan.save(&meta).await
}

async fn refuse(store: &Store, batch: &Batch) -> Result<()> {
    if batch.state == BatchState::Running {
        return Err(Error::invalid("This batch is still being applied.")
            .hint("Wait for its end, or stop it; then undo it."));
    }
    let mut undos = 0;
    let mut undone_by = batch.undone_by;
    while let Some(undo) = undone_by {
        undone_by = store.batch(undo).await?.undone_by;
        undos += 1;
    }
    match undos {
        0 => Ok(()),
        1 => Err(Error::invalid("This batch was undone already.")
            .hint("To bring its changes back, undo the undo.")),
        _ => Err(
            Error::invalid("This batch was undone, and its undo as well.")
                .hint("To go on from there, undo the latest of these undos."),
        ),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    Children,
    Others,
}

struct UndoPlanner<'a> {
    store: &'a Store,
    plan: &'a Plan,
    tally: Tally,
    number: i64,
    /// For each parent: how many of its children go to the trash or elsewhere by this plan.
    leaving: HashMap<RecordId, i64>,
    /// What shops hold of what was sent to them.
    sent: SentRecords,
}

impl UndoPlanner<'_> {
    async fn pass(&mut self, progress: &Progress, batch: BatchId, pass: Pass) -> Result<()> {
        let mut after = 0;
        loop {
            progress.check()?;
            let entries = self.store.done_by_batch(batch, after, CHUNK).await?;
            let Some(last) = entries.last() else {
                return Ok(());
            };
            after = last.number;
            self.plan_entries(batch, entries, pass).await?;
            progress.done(self.tally.counts.read());
        }
    }

    async fn plan_entries(
        &mut self,
        batch: BatchId,
        entries: Vec<DoneEntry>,
        pass: Pass,
    ) -> Result<()> {
        let mut by_kind: BTreeMap<Kind, Vec<RecordId>> = BTreeMap::new();
        for entry in &entries {
            by_kind.entry(entry.kind).or_default().push(entry.record_id);
        }
        let mut records = HashMap::new();
        let mut living = HashMap::new();
        for (kind, ids) in by_kind {
            if is_sent(kind) {
                let found = self.sent.read(self.store, &ids).await?.into_iter();
                records.extend(found.map(|record| (record.id, record)));
                continue;
            }
            let found = self.store.get_many(kind, &ids).await?.into_iter();
            records.extend(found.map(|record| (record.id, record)));
            if pass == Pass::Others {
                let children = self.store.children(kind, &ids).await?.into_iter();
                living.extend(children.map(|(id, children)| (id, children.live)));
            }
        }
        let mut staged = Vec::new();
        for mut entry in entries {
            let record = records.get(&entry.record_id);
            if is_sent(entry.kind) {
                by_product_fields(&mut entry.done);
            }
            let is_child = record.is_some_and(|record| record.parent().is_some());
            if is_child == (pass == Pass::Children) {
                let children = living.get(&entry.record_id).copied().unwrap_or_default();
                staged.push(self.plan_entry(entry, record, children));
            }
        }
        self.name_who_edited(batch, &mut staged).await?;
        for planned in &staged {
            self.tally.add(&planned.record);
        }
        self.plan.file.insert(&staged).await
    }

    fn plan_entry(
        &mut self,
        mut entry: DoneEntry,
        record: Option<&Record>,
        living_children: i64,
    ) -> StagedRecord {
        let leaving = self.leaving.get(&entry.record_id).copied();
        let staying = living_children - leaving.unwrap_or_default();
        let settled = record.cloned().map(|mut record| {
            if living_children > 0 {
                settle_sum(&mut entry.done, &mut record, staying);
            }
            record
        });
        let record = settled.as_ref();
        let mut undone = undo(&self.store.schema(), &entry.done, record);
        if entry.has_unknown_fields && undone.operation.is_some() {
            undone.outcome = Outcome::Conflict;
            undone.operation = None;
            undone.note = Some(
                "It changed fields that this version of the app does not know. Update Backstock."
                    .into(),
            );
        }
        self.keep_parent(&entry, &mut undone, record, staying);
        if is_sent(entry.kind) && undone.operation == Some(Operation::Trash) {
            undone.outcome = Outcome::Conflict;
            undone.operation = None;
            undone.note = Some("It stays in the shop. Archive it there.".into());
        }
        self.number += 1;
        let own = entry.kind.sum_field();
        StagedRecord {
            phase: match undone
                .changes
                .iter()
                .any(|change| Some(change.field) == own)
            {
                _ if is_sent(entry.kind) => phase_of(&undone.changes),
                true if living_children > 0 => PARENTS_ALONE,
                _ => phase(undone.operation, record, &undone.changes),
            },
            byte: 0,
            marks: Vec::new(),
            record: PlannedRecord {
                number: self.number,
                operation: undone.operation,
                record_id: Some(entry.record_id),
                expected_version: record.map_or(0, |record| record.version),
                code: record.map(Record::code).unwrap_or_default().to_owned(),
                title: record.map(Record::title).unwrap_or_default().to_owned(),
                changes: undone.changes,
                conflicts: undone.conflicts,
                notes: undone.note.into_iter().collect(),
                ..PlannedRecord::new(entry.kind, undone.outcome)
            },
        }
    }

    /// A parent that keeps children stays, too.
    fn keep_parent(
        &mut self,
        entry: &DoneEntry,
        undone: &mut Undone,
        record: Option<&Record>,
        left: i64,
    ) {
        let trashes = undone.operation == Some(Operation::Trash);
        if trashes && left > 0 {
            let nesting = entry.kind.nesting();
            let children = nesting.map_or("children", |nesting| nesting.children);
            undone.outcome = Outcome::Conflict;
            undone.operation = None;
            undone.note = Some(format!("It keeps {left} {children}, so it stays too."));
        } else if (trashes || parent_after(record, &undone.changes).is_some())
            && undone.outcome == Outcome::Update
            && let Some(parent) = record
                .filter(|record| !record.trashed)
                .and_then(Record::parent)
        {
            *self.leaving.entry(parent).or_default() += 1;
        }
    }

    /// Names who changed the records that are kept, where it was not the batch itself.
    async fn name_who_edited(&self, batch: BatchId, staged: &mut [StagedRecord]) -> Result<()> {
        let is_kept = |record: &PlannedRecord| record.outcome == Outcome::Conflict;
        let kept = staged.iter().filter(|staged| is_kept(&staged.record));
        let ids: Vec<RecordId> = kept.filter_map(|staged| staged.record.record_id).collect();
        let last = self.store.last_changes(&ids).await?;
        for record in staged.iter_mut().map(|staged| &mut staged.record) {
            let change = record.record_id.and_then(|id| last.get(&id));
            if let Some(change) = change.filter(|change| is_kept(record) && change.batch != batch) {
                record.changed_by = Some(change.person.clone());
                record.changed_at = Some(change.at);
            }
        }
        Ok(())
    }
}

/// Of a record that is a parent, what the batch did to the field that is the sum of its children's: what
/// is there now is no edit of it. It goes back when no child stays, and otherwise is a sum as before.
fn settle_sum(done: &mut Done, record: &mut Record, staying: i64) {
    let Some(sum) = record.kind.sum_field() else {
        return;
    };
    if staying > 0 {
        done.changes.retain(|change| change.field != sum);
    } else if let Some(change) = done.changes.iter().find(|change| change.field == sum) {
        record.fields.set(sum, change.new.clone());
    }
}

/// The code of the parent that changes give a record, empty for none; nothing where they leave it with
/// the one that it has.
fn parent_after<'a>(record: Option<&Record>, changes: &'a [Change]) -> Option<&'a Value> {
    let parent = record?.kind.parent_field()?;
    let change = changes.iter().find(|change| change.field == parent)?;
    Some(&change.new)
}

/// When a record is written: children leave before their parents, and come after them.
pub(super) fn phase(
    operation: Option<Operation>,
    record: Option<&Record>,
    changes: &[Change],
) -> i64 {
    let was_child = record.is_some_and(|record| record.parent().is_some());
    let is_child = match operation {
        Some(Operation::Trash | Operation::Purge) => was_child,
        _ => parent_after(record, changes).map_or(was_child, |parent| !parent.is_empty()),
    };
    match (operation, is_child) {
        (Some(Operation::Trash | Operation::Purge), true) => CHILDREN_TO_TRASH,
        (Some(Operation::Trash | Operation::Purge), false) => PARENTS_ALONE,
        (_, false) => PARENTS,
        (_, true) => CHILDREN,
    }
}
