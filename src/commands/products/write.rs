//! What saving a form, trashing and restoring share: one batch around one set of writes.

use crate::commands::call::Call;
use crate::commands::events::Event;
use crate::error::Result;
use crate::plan::{BatchCounts, BatchState, Operation, Origin, ProductWrite};
use crate::store::{NewBatch, Store, WriteOutcome};
use crate::values::BatchId;

/// How many writes one transaction takes.
const TOGETHER: usize = 5_000;

/// Applies writes as one batch of the person's; the outcomes stand in the order of the writes.
pub(super) async fn apply(
    call: &Call,
    label: String,
    writes: &[ProductWrite],
) -> Result<(BatchId, Vec<WriteOutcome>)> {
    let store = call.store()?;
    let person = call.person()?;
    let batch = NewBatch {
        origin: Origin::Form,
        label,
        user_id: Some(person.id),
        user_name: person.name.clone(),
        undo_of: None,
        counts: BatchCounts::default(),
    };
    let id = store.begin_batch(&batch).await?;
    let outcomes = match apply_all(&store, id, writes).await {
        Ok(outcomes) => outcomes,
        Err(error) => {
            // The batch stays open as a running one when even this cannot be noted.
            let counts = BatchCounts::default();
            store
                .finish_batch(id, BatchState::Failed, &counts)
                .await
                .ok();
            return Err(error);
        }
    };
    let counts = count(writes, &outcomes);
    store.finish_batch(id, BatchState::Done, &counts).await?;
    call.emit(Event::DataChanged);
    Ok((id, outcomes))
}

async fn apply_all(
    store: &Store,
    batch: BatchId,
    writes: &[ProductWrite],
) -> Result<Vec<WriteOutcome>> {
    let mut outcomes = Vec::with_capacity(writes.len());
    for writes in writes.chunks(TOGETHER) {
        outcomes.extend(store.apply(batch, writes).await?);
    }
    Ok(outcomes)
}

fn count(writes: &[ProductWrite], outcomes: &[WriteOutcome]) -> BatchCounts {
    let mut counts = BatchCounts::default();
    for (write, outcome) in writes.iter().zip(outcomes) {
        counts.read += 1;
        *match (outcome, write.operation) {
            (WriteOutcome::Applied { .. }, Operation::Create) => &mut counts.created,
            (WriteOutcome::Applied { .. }, _) => &mut counts.updated,
            (WriteOutcome::Moved { .. } | WriteOutcome::Gone, _) => &mut counts.kept,
            (_, _) => &mut counts.rejected,
        } += 1;
    }
    counts
}
