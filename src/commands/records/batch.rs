//! What saving a form, trashing and restoring share: one batch around one set of writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::commands::call::Call;
use crate::commands::events::Event;
use domain::error::{Error, Result};
use domain::plan::{BatchCounts, BatchState, Operation, Origin, Write};
use domain::record::{Kind, Schema};
use domain::values::BatchId;
use store::{NewBatch, Store, WriteOutcome};

/// How many writes one transaction takes.
const TOGETHER: usize = 5_000;

/// A batch of the person's that is being written.
pub(super) struct FormBatch<'a> {
    call: &'a Call,
    store: Store,
    /// The fields as they were before.
    schema: Arc<Schema>,
    /// Its id.
    pub(super) id: BatchId,
}

impl<'a> FormBatch<'a> {
    /// Begins a batch.
    pub(super) async fn begin(call: &'a Call, origin: Origin, label: String) -> Result<Self> {
        let store = call.store()?;
        let person = call.person()?;
        let batch = NewBatch {
            origin,
            label,
            user_id: Some(person.id),
            user_name: person.name.clone(),
            undo_of: None,
            counts: BatchCounts::default(),
        };
        let id = store.begin_batch(&batch).await?;
        let schema = store.schema();
        Ok(Self {
            call,
            store,
            schema,
            id,
        })
    }

    /// Applies one write. The batch stays open: the write may be tried again.
    pub(super) async fn apply_one(&self, write: &Write) -> Result<WriteOutcome> {
        let outcomes = self.apply(std::slice::from_ref(write)).await?;
        let outcome = outcomes.into_iter().next();
        outcome.ok_or_else(|| Error::internal("The store gave no outcome."))
    }

    /// Applies writes; the outcomes stand in their order.
    pub(super) async fn apply(&self, writes: &[Write]) -> Result<Vec<WriteOutcome>> {
        let mut outcomes = Vec::with_capacity(writes.len());
        for writes in writes.chunks(TOGETHER) {
            match self.store.apply(self.id, writes).await {
                Ok(done) => outcomes.extend(done),
                Err(error) => {
                    // When even this cannot be noted, the batch stays a running one.
                    let (failed, none) = (BatchState::Failed, BatchCounts::default());
                    self.store.finish_batch(self.id, failed, &none).await.ok();
                    return Err(error);
                }
            }
        }
        Ok(outcomes)
    }

    /// Ends the batch with what became of its writes.
    pub(super) async fn finish(self, writes: &[Write], outcomes: &[WriteOutcome]) -> Result<()> {
        let counts = count(writes, outcomes);
        self.store
            .finish_batch(self.id, BatchState::Done, &counts)
            .await?;
        let kinds: BTreeSet<Kind> = writes.iter().map(|write| write.kind).collect();
        let kinds = kinds.into_iter().collect();
        self.call.emit(Event::DataChanged { kinds });
        if self.schema != self.store.schema() {
            // Forms and lists have other fields now.
            self.call.emit(Event::StateChanged);
        }
        Ok(())
    }
}

fn count(writes: &[Write], outcomes: &[WriteOutcome]) -> BatchCounts {
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
