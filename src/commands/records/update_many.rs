//! Saving cells of several records at once: what keeps to the rules is written as one batch, and what does
//! not is told at its cell.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::batch::FormBatch;
use super::check::{is_fixed, refused};
use super::merge::Setters;
use super::save::{read_changes, who_set};
use super::{FieldProblem, UpdateRecord, hidden};
use crate::commands::call::Call;
use crate::jobs::grouped;
use domain::error::{Error, Result};
use domain::plan::{Change, Operation, Origin, Write, fixed_changes, merge};
use domain::record::{Field, Kind, Record, check_record};
use domain::values::{BatchId, RecordId};
use store::{Refusal, Store, WriteOutcome};

/// How many records can be changed at once.
const MOST: usize = 5_000;

/// How often records are written again when others keep changing them meanwhile, or a value is refused.
const ATTEMPTS: usize = 8;

/// The changed fields of up to 5,000 records, written as one batch. A value that cannot be taken leaves the
/// others alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateRecords {
    /// The records, each once.
    pub records: Vec<UpdateRecord>,
}

/// What became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdatedRecords {
    /// How many were changed.
    pub changed: i64,
    /// The values that were not taken, and why.
    pub refused: Vec<RefusedRecord>,
    /// The batch, for undo; null when nothing was changed.
    pub batch_id: Option<BatchId>,
}

/// The values of one record that were not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RefusedRecord {
    /// Which record.
    pub id: RecordId,
    /// What identifies it for people.
    pub code: String,
    /// Its fields and the rules that they break.
    pub problems: Vec<FieldProblem>,
}

/// Saves the cells.
pub(in crate::commands) async fn update_many(
    call: &Call,
    kind: Kind,
    request: UpdateRecords,
) -> Result<UpdatedRecords> {
    let mut seen = std::collections::HashSet::new();
    if request.records.len() > MOST || !request.records.iter().all(|one| seen.insert(one.id)) {
        let message = format!(
            "At most {} records are changed at once, each once.",
            grouped(MOST)
        );
        return Err(Error::invalid(message).hint("Change fewer."));
    }
    let store = call.store()?;
    let schema = store.schema();
    let mut cells = Vec::with_capacity(request.records.len());
    for UpdateRecord { id, changes, .. } in request.records {
        hidden::refuse_changes(call, &changes)?;
        cells.push(Cells {
            id,
            changes: read_changes(kind, &schema, changes)?,
            problems: Vec::new(),
        });
    }
    let ids: Vec<RecordId> = cells.iter().map(|cells| cells.id).collect();
    let found = store.get_many(kind, &ids).await?.into_iter();
    let editing = Editing {
        call,
        store: &store,
        current: found.map(|record| (record.id, record)).collect(),
        parents: store
            .children(kind, &ids)
            .await?
            .into_iter()
            .filter(|(_, of)| of.live > 0)
            .map(|(id, _)| id)
            .collect(),
    };
    editing.save(cells).await
}

/// What was typed into the cells of one record.
struct Cells {
    id: RecordId,
    /// What is still to be written.
    changes: Vec<Change>,
    problems: Vec<FieldProblem>,
}

impl Cells {
    /// Refuses the value of a field; of one that nothing was typed into, all of them.
    fn refuse(&mut self, field: Field, message: &str) {
        let is_typed = self.changes.iter().any(|change| change.field == field);
        let refused = self
            .changes
            .extract_if(.., |change| !is_typed || change.field == field);
        self.problems.extend(refused.map(|change| FieldProblem {
            field: change.field,
            message: message.to_owned(),
            value: change.new,
        }));
    }

    fn refuse_all(&mut self, message: &str) {
        let refused = self.changes.drain(..);
        self.problems.extend(refused.map(|change| FieldProblem {
            field: change.field,
            message: message.to_owned(),
            value: change.new,
        }));
    }
}

struct Editing<'a> {
    call: &'a Call,
    store: &'a Store,
    /// The records as they are now, as far as is known.
    current: HashMap<RecordId, Record>,
    /// Those whose sums are computed.
    parents: std::collections::HashSet<RecordId>,
}

impl Editing<'_> {
    async fn save(mut self, mut cells: Vec<Cells>) -> Result<UpdatedRecords> {
        let mut updated = UpdatedRecords {
            changed: 0,
            refused: Vec::new(),
            batch_id: None,
        };
        let mut batch: Option<FormBatch<'_>> = None;
        let (mut written, mut outcomes) = (Vec::new(), Vec::new());
        for _ in 0..ATTEMPTS {
            let mut writes = Vec::new();
            for one in cells.iter_mut().filter(|one| !one.changes.is_empty()) {
                writes.extend(self.plan(one).await?);
            }
            if writes.is_empty() {
                break;
            }
            let form = match batch.take() {
                Some(form) => form,
                None => FormBatch::begin(self.call, origin(&cells), self.label(&writes)).await?,
            };
            let done = form.apply(&writes).await?;
            batch = Some(form);
            // Who takes a text from a record that kept it after all may have it in the next attempt.
            let is_open = |outcome: &WriteOutcome| {
                matches!(
                    outcome,
                    WriteOutcome::Moved { .. } | WriteOutcome::Refused(Refusal::CodeTaken { .. })
                )
            };
            let waits = done.iter().any(is_open);
            for (write, outcome) in writes.into_iter().zip(done) {
                if waits && matches!(outcome, WriteOutcome::Refused(Refusal::Twin { .. })) {
                    continue;
                }
                if let Some(one) = cells.iter_mut().find(|one| one.id == write.id) {
                    self.settle(one, &outcome).await?;
                }
                if outcome.is_applied() {
                    written.push(write);
                    outcomes.push(outcome);
                }
            }
        }
        if let Some(form) = batch {
            updated.batch_id = Some(form.id).filter(|_| !written.is_empty());
            form.finish(&written, &outcomes).await?;
        }
        updated.changed = i64::try_from(written.len()).unwrap_or(i64::MAX);
        for mut one in cells {
            one.refuse_all("Others are changing it all the time. Save again in a moment.");
            if !one.problems.is_empty() {
                updated.refused.push(self.refused(one));
            }
        }
        Ok(updated)
    }

    /// What would be written; cells that break a rule are taken out before.
    async fn plan(&self, cells: &mut Cells) -> Result<Option<Write>> {
        let Some(current) = self.current.get(&cells.id) else {
            cells.refuse_all("It is not there any more.");
            return Ok(None);
        };
        if current.trashed {
            cells.refuse_all("It lies in the trash. Restore it first.");
            return Ok(None);
        }
        self.refuse_contested(cells, current).await?;
        while let Some((field, message)) = self.first_problem(cells, current) {
            cells.refuse(field, &message);
        }
        let taken = merge(&cells.changes, &current.fields).take;
        if taken.is_empty() {
            cells.changes.clear();
            return Ok(None);
        }
        Ok(Some(Write {
            kind: current.kind,
            id: current.id,
            operation: Operation::Update,
            expected_version: current.version,
            changes: taken,
        }))
    }

    /// Takes out what another user changed to another value meanwhile.
    async fn refuse_contested(&self, cells: &mut Cells, current: &Record) -> Result<()> {
        let conflicts = merge(&cells.changes, &current.fields).conflicts;
        if conflicts.is_empty() {
            return Ok(());
        }
        let who = Setters::read(self.call, self.store, current).await?;
        for overlap in who.overlaps(conflicts) {
            let told = who_set(&self.store.schema(), &overlap);
            cells.refuse(overlap.field, &told);
        }
        Ok(())
    }

    /// The first rule that the cells break.
    fn first_problem(&self, cells: &Cells, current: &Record) -> Option<(Field, String)> {
        if cells.changes.is_empty() {
            return None;
        }
        let schema = self.store.schema();
        let sum = current
            .kind
            .sum_field()
            .filter(|_| self.parents.contains(&current.id));
        if let Some(field) = sum.filter(|sum| cells.changes.iter().any(|of| of.field == *sum)) {
            return Some((field, super::save::is_sum(&schema, field)));
        }
        let mut fields = current.fields.clone();
        for change in &cells.changes {
            fields.set(change.field, change.new.clone());
        }
        fields.derive();
        let before = check_record(&schema, &current.fields);
        let mut problems = check_record(&schema, &fields);
        problems.retain(|problem| !before.contains(problem));
        problems.extend(fixed_changes(&schema, &current.fields, &fields));
        problems.into_iter().next()
    }

    /// Takes in what became of a write: done, or to be tried again without what was refused.
    async fn settle(&mut self, cells: &mut Cells, outcome: &WriteOutcome) -> Result<()> {
        match outcome {
            WriteOutcome::Applied { .. } => cells.changes.clear(),
            WriteOutcome::Gone => cells.refuse_all("It was deleted for good meanwhile."),
            WriteOutcome::Moved { current } => {
                self.current.insert(cells.id, (**current).clone());
            }
            WriteOutcome::Refused(refusal) => {
                let Some(current) = self.current.get(&cells.id) else {
                    return Ok(());
                };
                let mut record = current.clone();
                for change in &cells.changes {
                    record.fields.set(change.field, change.new.clone());
                }
                let schema = self.store.schema();
                match refused(self.store, &record, refusal).await? {
                    Some((field, message)) => cells.refuse(field, &message),
                    None => cells.refuse_all(&is_fixed(&schema, current.kind.code())),
                }
            }
        }
        Ok(())
    }

    fn label(&self, writes: &[Write]) -> String {
        let first = writes.first().and_then(|write| self.current.get(&write.id));
        let first = first.map(Record::code).unwrap_or_default();
        match writes.len() {
            0 | 1 => first.to_owned(),
            many => format!("{first} and {} more", grouped(many - 1)),
        }
    }

    fn refused(&self, cells: Cells) -> RefusedRecord {
        let current = self.current.get(&cells.id);
        RefusedRecord {
            id: cells.id,
            code: current.map(Record::code).unwrap_or_default().to_owned(),
            problems: cells.problems,
        }
    }
}

/// One record is edited as in a form; several are a bulk edit.
fn origin(cells: &[Cells]) -> Origin {
    match cells {
        [_] => Origin::Form,
        _ => Origin::BulkEdit,
    }
}
