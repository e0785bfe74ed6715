//! What becomes of the records of a plan as they are written: done, merged anew with what somebody
//! changed meanwhile, or held back.

use crate::catalog::Product;
use crate::error::Result;
use crate::plan::{BatchCounts, Change, Operation, Outcome, PlannedRecord, ProductWrite, merge};
use crate::store::{StagedRecord, Store, Together, WriteOutcome};
use crate::values::BatchId;

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
    async fn apply(
        &mut self,
        batch: BatchId,
        writes: &[ProductWrite],
    ) -> Result<Vec<WriteOutcome>> {
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
    /// The batch that is written.
    pub(super) batch: BatchId,
    /// What became of the records of the plan so far.
    pub(super) counts: &'a mut BatchCounts,
    /// Whether a part of these records may have been written before the app died.
    pub(super) resumed: bool,
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
    changes: Vec<Change>,
}

impl RecordSet<'_> {
    /// Writes the records, and gives back those that had to be held back.
    pub(super) async fn apply(
        mut self,
        writer: &mut Writer,
        staged: Vec<StagedRecord>,
    ) -> Result<Vec<StagedRecord>> {
        let mut held_back = Vec::new();
        let mut todo: Vec<(StagedRecord, ProductWrite)> = staged
            .into_iter()
            .filter_map(|mut staged| write_of(&mut staged.record).map(|write| (staged, write)))
            .collect();
        let mut merges = 0;
        while !todo.is_empty() {
            let (staged, writes): (Vec<_>, Vec<_>) = todo.into_iter().unzip();
            let outcomes = writer.apply(self.batch, &writes).await?;
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
                        held_back.push(hold_back(staged, reason));
                    }
                }
            }
            merges += 1;
        }
        Ok(held_back)
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

/// Moves what is to be written out of the record; what is held back goes in again.
fn write_of(record: &mut PlannedRecord) -> Option<ProductWrite> {
    Some(ProductWrite {
        id: record.product_id?,
        operation: record.operation?,
        expected_version: record.expected_version,
        changes: std::mem::take(&mut record.changes),
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
        changes: write.changes,
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
            changes: merged.conflicts,
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
    Next::HoldBack(HeldBack {
        why,
        changes: write.changes,
    })
}

fn hold_back(mut staged: StagedRecord, reason: HeldBack) -> StagedRecord {
    let record = &mut staged.record;
    record.outcome = Outcome::Conflict;
    record.notes.push(reason.why);
    record.changes = reason.changes;
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
