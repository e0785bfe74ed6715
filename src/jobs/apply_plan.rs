//! Applies a plan exactly as it was shown: in whole transactions, stoppable, resumable. What
//! somebody changed meanwhile is merged when it is another field, and held back when it is the same.

use super::plan::{Plan, PlanMeta, PlanState};
use super::registry::Progress;
use crate::catalog::Product;
use crate::error::{Code, Error, Result};
use crate::plan::{
    BatchCounts, BatchState, Change, Operation, Outcome, PlannedRecord, ProductWrite, merge,
};
use crate::store::{NewBatch, StagedRecord, Store, WriteOutcome};
use crate::values::{BatchId, UserId};

/// Records per transaction: short enough that other people hardly wait, long enough to be fast.
const RECORDS_PER_TRANSACTION: i64 = 5_000;

/// How often a record is merged anew while others keep changing it, before it is held back.
const MERGES: usize = 3;

/// Who applies a plan.
#[derive(Debug, Clone)]
pub struct Author {
    /// The person.
    pub id: UserId,
    /// Their name, as the journal keeps it.
    pub name: String,
}

/// Applies `plan`, or the rest of it when it was interrupted.
pub async fn apply_plan(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    author: &Author,
) -> Result<BatchId> {
    let mut meta = plan.meta().await?;
    let resumed = meta.batch_id.is_some();
    let batch = begin(store, &mut meta, author).await?;
    plan.save(&meta).await?;
    progress.batch(batch);
    progress.step("Applying", meta.counts.applied());
    let ended = apply_rest(progress, store, plan, batch, &mut meta, resumed).await;
    let (plan_state, batch_state) = match &ended {
        Ok(()) => (PlanState::Applied, BatchState::Done),
        Err(error) if error.code == Code::Cancelled => {
            (PlanState::Interrupted, BatchState::Cancelled)
        }
        Err(_) => (PlanState::Interrupted, BatchState::Failed),
    };
    meta.state = plan_state;
    plan.save(&meta).await?;
    store
        .finish_batch(batch, batch_state, &meta.applied)
        .await?;
    ended.map(|()| batch)
}

/// Begins the batch, or takes up the one that was interrupted.
async fn begin(store: &Store, meta: &mut PlanMeta, author: &Author) -> Result<BatchId> {
    if meta.state == PlanState::Applied {
        return Err(Error::invalid("This plan was applied already."));
    }
    meta.state = PlanState::Applying;
    if let Some(batch) = meta.batch_id {
        return Ok(batch);
    }
    let planned = meta.counts;
    meta.applied = BatchCounts {
        read: planned.read(),
        unchanged: planned.unchanged,
        skipped: planned.skipped,
        kept: planned.conflict,
        rejected: planned.error,
        not_reached: planned.create + planned.update,
        ..BatchCounts::default()
    };
    let batch = NewBatch {
        origin: meta.origin,
        label: meta.label.clone(),
        user_id: Some(author.id),
        user_name: author.name.clone(),
        undo_of: meta.undo_of,
        counts: meta.applied,
    };
    let batch = store.begin_batch(&batch).await?;
    meta.batch_id = Some(batch);
    Ok(batch)
}

async fn apply_rest(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    batch: BatchId,
    meta: &mut PlanMeta,
    mut resumed: bool,
) -> Result<()> {
    let planned = meta.counts.create + meta.counts.update;
    let mut done = planned - meta.applied.not_reached + meta.applied.implied;
    loop {
        progress.check()?;
        let staged = plan
            .file
            .next_to_apply(meta.position, RECORDS_PER_TRANSACTION)
            .await?;
        let Some(last) = staged.last() else {
            return Ok(());
        };
        meta.position = (last.phase, last.record.number);
        done += i64::try_from(staged.len()).unwrap_or_default();
        let mut chunk = Chunk {
            store,
            batch,
            counts: &mut meta.applied,
            resumed,
            held_back: vec![],
        };
        chunk.apply(staged).await?;
        let held_back = chunk.held_back;
        for staged in &held_back {
            meta.counts.hold_back(&staged.record);
        }
        plan.file.replace(&held_back).await?;
        meta.held_back += i64::try_from(held_back.len()).unwrap_or_default();
        plan.save(meta).await?;
        progress.done(done);
        resumed = false;
    }
}

/// The records of one transaction.
struct Chunk<'a> {
    store: &'a Store,
    batch: BatchId,
    counts: &'a mut BatchCounts,
    /// Whether a part of these records may have been written before the app died.
    resumed: bool,
    held_back: Vec<StagedRecord>,
}

/// What follows from the outcome of a write.
enum Next {
    Written,
    /// Somebody else did the very same meanwhile, or we did before the app died.
    AsPlanned,
    Retry(ProductWrite),
    HoldBack(HeldBack),
}

struct HeldBack {
    why: String,
    changes: Option<Vec<Change>>,
}

impl Chunk<'_> {
    async fn apply(&mut self, staged: Vec<StagedRecord>) -> Result<()> {
        let mut todo: Vec<(StagedRecord, ProductWrite)> = staged
            .into_iter()
            .filter_map(|staged| Some((write_of(&staged.record)?, staged)))
            .map(|(write, staged)| (staged, write))
            .collect();
        let mut merges = 0;
        while !todo.is_empty() {
            let (staged, writes): (Vec<_>, Vec<_>) = todo.into_iter().unzip();
            let outcomes = self.store.apply(self.batch, &writes).await?;
            todo = Vec::new();
            for ((staged, write), outcome) in staged.into_iter().zip(writes).zip(outcomes) {
                match next(write, outcome, merges < MERGES) {
                    Next::Retry(write) => todo.push((staged, write)),
                    Next::Written => self.count_written(&staged.record),
                    Next::AsPlanned if self.resumed => self.count_written(&staged.record),
                    Next::AsPlanned => {
                        self.count_other(&staged.record, |counts| &mut counts.unchanged)
                    }
                    Next::HoldBack(reason) => {
                        self.count_other(&staged.record, |counts| &mut counts.kept);
                        self.held_back.push(hold_back(staged, reason));
                    }
                }
            }
            merges += 1;
        }
        Ok(())
    }

    fn count_written(&mut self, record: &PlannedRecord) {
        if record.implied {
            self.counts.implied += 1;
            return;
        }
        self.counts.not_reached -= 1;
        if record.operation == Some(Operation::Create) {
            self.counts.created += 1;
        } else {
            self.counts.updated += 1;
        }
    }

    fn count_other(
        &mut self,
        record: &PlannedRecord,
        counter: impl FnOnce(&mut BatchCounts) -> &mut i64,
    ) {
        if !record.implied {
            self.counts.not_reached -= 1;
            *counter(self.counts) += 1;
        }
    }
}

fn write_of(record: &PlannedRecord) -> Option<ProductWrite> {
    Some(ProductWrite {
        id: record.product_id?,
        operation: record.operation?,
        expected_version: record.expected_version,
        changes: record.changes.clone(),
    })
}

fn next(write: ProductWrite, outcome: WriteOutcome, may_merge: bool) -> Next {
    let why = match outcome {
        WriteOutcome::Applied { .. } => return Next::Written,
        WriteOutcome::Moved { current } => return merge_anew(write, &current, may_merge),
        WriteOutcome::SkuTaken { .. } => "Somebody used this SKU for another product meanwhile.",
        WriteOutcome::ParentMissing => "Its parent is not there, or is itself a variant.",
        WriteOutcome::HasVariants => "It has variants of its own meanwhile.",
        WriteOutcome::Gone => "Somebody deleted it for good meanwhile.",
    };
    Next::HoldBack(HeldBack {
        why: why.to_owned(),
        changes: None,
    })
}

/// The record is not as it was when it was planned: what nobody contradicts is still written.
fn merge_anew(mut write: ProductWrite, current: &Product, may_merge: bool) -> Next {
    let merged = merge(&write.changes, &current.fields);
    let is_trashed_as_planned = current.trashed == (write.operation == Operation::Trash);
    if merged.is_unchanged() && is_trashed_as_planned {
        return Next::AsPlanned;
    }
    if !merged.conflicts.is_empty() {
        let fields: Vec<&str> = merged.conflicts.iter().map(|c| c.field.label()).collect();
        let why = format!("Somebody changed it meanwhile: {}.", fields.join(", "));
        return Next::HoldBack(HeldBack {
            why,
            changes: Some(merged.conflicts),
        });
    }
    let only_fields = write.operation == Operation::Update && !current.trashed;
    let comes_back = write.operation == Operation::Restore && current.trashed;
    if may_merge && (only_fields || comes_back) {
        write.expected_version = current.version;
        write.changes = merged.take;
        return Next::Retry(write);
    }
    let why = "Somebody edited, trashed or restored it meanwhile.".to_owned();
    Next::HoldBack(HeldBack { why, changes: None })
}

fn hold_back(mut staged: StagedRecord, reason: HeldBack) -> StagedRecord {
    let record = &mut staged.record;
    record.outcome = Outcome::Conflict;
    record.notes.push(reason.why);
    if let Some(changes) = reason.changes {
        record.changes = changes;
    }
    staged
}

#[cfg(test)]
mod tests {
    use super::{Next, merge_anew};
    use crate::catalog::{Field, Fields, Product, Value};
    use crate::plan::{Change, Operation, ProductWrite};
    use crate::values::{ProductId, Timestamp};

    fn current(stock: i64, trashed: bool) -> Product {
        let mut fields = Fields::blank();
        fields.set(Field::Stock, Value::Number(stock));
        fields.set(Field::Name, Value::text("Renamed meanwhile"));
        let (id, updated_at) = (ProductId::new(), Timestamp(0));
        Product {
            id,
            version: 8,
            trashed,
            parent_id: None,
            fields,
            updated_at,
        }
    }

    fn write(operation: Operation) -> ProductWrite {
        let change = Change {
            field: Field::Stock,
            old: Value::Number(40),
            new: Value::Number(0),
        };
        ProductWrite {
            id: ProductId::new(),
            operation,
            expected_version: 7,
            changes: vec![change],
        }
    }

    #[test]
    fn what_moved_is_merged_or_held_back_but_never_overwritten() {
        let anew = |operation, stock, trashed| {
            merge_anew(write(operation), &current(stock, trashed), true)
        };
        assert!(
            matches!(anew(Operation::Update, 40, false), Next::Retry(write) if write.expected_version == 8),
            "somebody changed another field"
        );
        assert!(
            matches!(anew(Operation::Update, 39, false), Next::HoldBack(_)),
            "somebody changed the same field"
        );
        assert!(
            matches!(anew(Operation::Update, 0, false), Next::AsPlanned),
            "somebody changed the same field to the same value"
        );
        assert!(
            matches!(anew(Operation::Update, 40, true), Next::HoldBack(_)),
            "somebody moved it to the trash"
        );
        assert!(
            matches!(anew(Operation::Trash, 40, false), Next::HoldBack(_)),
            "it was edited since"
        );
        assert!(
            matches!(
                merge_anew(write(Operation::Update), &current(40, false), false),
                Next::HoldBack(_)
            ),
            "an end to merging"
        );
    }
}
