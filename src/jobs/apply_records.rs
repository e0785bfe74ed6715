//! What becomes of the records of a plan as they are written: done, merged anew with what another
//! user changed meanwhile, or refused.

use std::collections::HashSet;

use super::hold_back::Refused;
use super::plan::PlanMeta;
use domain::error::Result;
use domain::plan::{Operation, Outcome, Write, dispute};
use domain::record::Record;
use domain::record::Schema;
use domain::values::{BatchId, RecordId};
use store::{StagedRecord, Store, Together, WriteOutcome};

/// How often a record is merged anew while others keep changing it, before it is held back.
const MERGES: usize = 3;

/// Where records are written.
pub(super) enum Writer {
    /// Into a transaction on a file.
    File(Together),
    /// On a server, a transaction for each set.
    Server(Store),
}

impl Writer {
    async fn apply(&mut self, batch: BatchId, writes: &[Write]) -> Result<Vec<WriteOutcome>> {
        match self {
            Self::File(together) => together.apply(writes).await,
            Self::Server(store) => store.apply(batch, writes).await,
        }
    }

    /// Makes everything lasting.
    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Self::File(together) => together.commit().await,
            Self::Server(_) => Ok(()),
        }
    }
}

/// Records that are written together.
pub(super) struct RecordSet<'a> {
    /// What is known of every field.
    pub(super) schema: &'a Schema,
    /// The batch that is written.
    pub(super) batch: BatchId,
    /// What became of the records of the plan so far.
    pub(super) meta: &'a mut PlanMeta,
    /// Which of these products the batch wrote before it was interrupted, as its journal says.
    pub(super) written_before: HashSet<RecordId>,
}

/// Records of which the plan has to hear.
#[derive(Default)]
pub(super) struct Left {
    /// Conflicts that are settled.
    pub(super) settled: Vec<StagedRecord>,
    /// Writes that were refused.
    pub(super) refused: Vec<Refused>,
}

/// What follows from the outcome of a write.
enum Next {
    Written(Write),
    /// Another user did the very same meanwhile.
    AsPlanned,
    Retry(Write),
    Refused(Write, WriteOutcome),
}

impl RecordSet<'_> {
    /// Writes the records, and tells in `left` of which the plan has to hear.
    pub(super) async fn apply(
        mut self,
        writer: &mut Writer,
        staged: Vec<StagedRecord>,
        left: &mut Left,
    ) -> Result<()> {
        let writes = staged
            .into_iter()
            .filter_map(|mut staged| staged.record.take_write().map(|write| (staged, write)));
        let (before, mut todo): (Vec<_>, Vec<_>) =
            writes.partition(|(_, write)| self.written_before.contains(&write.id));
        for (staged, write) in before {
            self.written(staged, write, left);
        }
        let mut merges = 0;
        while !todo.is_empty() {
            let (staged, writes): (Vec<_>, Vec<_>) = todo.into_iter().unzip();
            let outcomes = writer.apply(self.batch, &writes).await?;
            todo = Vec::new();
            for ((staged, write), outcome) in staged.into_iter().zip(writes).zip(outcomes) {
                match next(self.schema, write, outcome, merges < MERGES) {
                    Next::Retry(write) => todo.push((staged, write)),
                    Next::Written(write) => self.written(staged, write, left),
                    Next::AsPlanned => self.unchanged(staged, left),
                    Next::Refused(write, outcome) => left.refused.push(Refused {
                        staged,
                        write,
                        outcome,
                    }),
                }
            }
            merges += 1;
        }
        Ok(())
    }

    fn written(&mut self, mut staged: StagedRecord, write: Write, left: &mut Left) {
        let record = &mut staged.record;
        let applied = &mut self.meta.applied;
        if record.implied {
            applied.implied += 1;
        } else if record.operation == Some(Operation::Create) {
            applied.not_reached -= 1;
            applied.created += 1;
        } else {
            applied.not_reached -= 1;
            applied.updated += 1;
        }
        if record.is_taken() {
            record.changes = write.changes;
            self.close_conflict(staged, Outcome::Update, left);
        }
    }

    fn unchanged(&mut self, staged: StagedRecord, left: &mut Left) {
        if !staged.record.implied {
            self.meta.applied.not_reached -= 1;
            self.meta.applied.unchanged += 1;
        }
        if staged.record.is_taken() {
            self.close_conflict(staged, Outcome::Unchanged, left);
        }
    }

    /// What was a conflict is none any more.
    fn close_conflict(&mut self, mut staged: StagedRecord, outcome: Outcome, left: &mut Left) {
        let counts = &mut self.meta.outline.counts;
        counts.remove(&staged.record);
        staged.record.outcome = outcome;
        counts.add(&staged.record);
        left.settled.push(staged);
    }
}

fn next(schema: &Schema, write: Write, outcome: WriteOutcome, may_merge: bool) -> Next {
    match outcome {
        WriteOutcome::Applied { .. } => Next::Written(write),
        WriteOutcome::Moved { current } => merge_anew(schema, write, current, may_merge),
        refused => Next::Refused(write, refused),
    }
}

/// The record is not as it was when it was planned: changes without a conflict are still written.
fn merge_anew(schema: &Schema, mut write: Write, current: Box<Record>, may_merge: bool) -> Next {
    let disputed = dispute(schema, &write, &current);
    if disputed.is_settled(write.operation, &current) {
        return Next::AsPlanned;
    }
    let is_undisputed = disputed.conflicts.is_empty() && disputed.operation.is_some();
    let only_fields = write.operation == Operation::Update && !current.trashed;
    let comes_back = write.operation == Operation::Restore && current.trashed;
    if may_merge && is_undisputed && (only_fields || comes_back) {
        write.expected_version = current.version;
        write.changes = disputed.changes;
        return Next::Retry(write);
    }
    Next::Refused(write, WriteOutcome::Moved { current })
}

#[cfg(test)]
mod tests {
    use super::{Next, merge_anew};
    use domain::catalog::product;
    use domain::catalog::product::PRODUCT;
    use domain::plan::{Change, Operation, Write};
    use domain::record::Schema;
    use domain::record::{Fields, Record, Value};
    use domain::values::RecordId;

    fn current(stock: i64, trashed: bool) -> Record {
        let mut fields = Fields::blank(PRODUCT);
        fields.set(product::STOCK, Value::Number(stock));
        fields.set(product::NAME, Value::text("Renamed meanwhile"));
        Record {
            version: 8,
            trashed,
            fields,
            ..Record::blank(PRODUCT, RecordId::new())
        }
    }

    fn write(operation: Operation) -> Write {
        let change = Change {
            field: product::STOCK,
            old: Value::Number(40),
            new: Value::Number(0),
        };
        Write {
            kind: PRODUCT,
            id: RecordId::new(),
            operation,
            expected_version: 7,
            changes: vec![change],
        }
    }

    #[test]
    fn what_moved_is_merged_or_held_back_but_never_overwritten() {
        let anew = |operation, stock, trashed| {
            let current = Box::new(current(stock, trashed));
            merge_anew(&Schema::default(), write(operation), current, true)
        };
        assert!(
            matches!(anew(Operation::Update, 40, false), Next::Retry(write) if write.expected_version == 8),
            "another user changed another field"
        );
        assert!(
            matches!(anew(Operation::Update, 39, false), Next::Refused(..)),
            "another user changed the same field"
        );
        assert!(
            matches!(anew(Operation::Update, 0, false), Next::AsPlanned),
            "another user changed the same field to the same value"
        );
        assert!(
            matches!(anew(Operation::Update, 40, true), Next::Refused(..)),
            "another user moved it to the trash"
        );
        assert!(
            matches!(anew(Operation::Trash, 40, false), Next::Refused(..)),
            "it was edited since"
        );
        assert!(
            matches!(
                merge_anew(
                    &Schema::default(),
                    write(Operation::Update),
                    Box::new(current(40, false)),
                    false
                ),
                Next::Refused(..)
            ),
            "an end to merging"
        );
    }
}
