//! Before a plan is taken up again, what its staging file says is compared with the journal of its
//! batch. The database is the truth: a power cut or a restored backup may have taken its last
//! commits away, and the program may have died before the staging file heard of a commit.

use std::collections::HashSet;
use std::path::Path;

use super::apply_records::{Left, RecordSet, Writer};
use super::plan::{Plan, PlanMeta, PlanState};
use domain::error::{Code, Result};
use domain::plan::{BatchCounts, BatchState, Resolution};
use domain::values::{BatchId, RecordId};
use store::{ApplyOrder, StagedRecord, Store, ToApply};

/// How many decisions are looked at together.
const PAGE: i64 = 1_000;

/// What the database knows of a plan.
pub(super) enum AppliedBefore {
    /// Nothing that was begun: it is applied from its first record on, or a new batch begins.
    Nothing,
    /// All of it was written; the plan had not heard of it.
    Done(BatchId),
    /// A part of it was written, by these batches.
    Part(Vec<BatchId>),
}

impl AppliedBefore {
    /// What to leave out while the plan is gone through again as `batch`.
    pub(super) fn replay(self, batch: BatchId) -> Option<Replay> {
        let Self::Part(mut earlier) = self else {
            return None;
        };
        earlier.retain(|other| *other != batch);
        Some(Replay { batch, earlier })
    }
}

/// Sets the state of a plan to what the database says of its last batch.
pub(super) async fn reconcile(
    store: &Store,
    plan: &Plan,
    meta: &mut PlanMeta,
) -> Result<AppliedBefore> {
    let Some(id) = meta.outline.batch_id else {
        return Ok(AppliedBefore::Nothing);
    };
    let batch = match store.batch(id).await {
        Ok(batch) => Some(batch),
        Err(error) if error.code == Code::NotFound => None,
        Err(error) => return Err(error),
    };
    let heard = meta.outline.state == PlanState::Applied;
    match batch {
        Some(batch) if batch.state == BatchState::Done => {
            meta.outline.state = PlanState::Applied;
            if heard {
                return Ok(AppliedBefore::Nothing);
            }
            settle_decided(store, plan, meta, id).await?;
            meta.applied = batch.counts;
            plan.save(meta).await?;
            return Ok(AppliedBefore::Done(id));
        }
        Some(_) => {}
        None => meta.outline.batch_id = None,
    }
    meta.outline.state = PlanState::Interrupted;
    Ok(AppliedBefore::Part(plan.batches()))
}

/// Settles the decisions that a batch wrote which is done: nothing is written into it any more.
async fn settle_decided(
    store: &Store,
    plan: &Plan,
    meta: &mut PlanMeta,
    batch: BatchId,
) -> Result<()> {
    let which = (ToApply::Taken, ApplyOrder::Number);
    let mut after: Option<StagedRecord> = None;
    loop {
        let next = plan.file.next_to_apply(which, after.as_ref(), PAGE);
        let mut staged = next.await?;
        let Some(last) = staged.last() else {
            return Ok(());
        };
        after = Some(last.clone());
        let written_before = store.written_by(&[batch], &ids(&staged)).await?;
        staged.retain(|staged| {
            let id = staged.record.record_id;
            id.is_some_and(|id| written_before.contains(&id))
        });
        let mut left = Left::default();
        let schema = store.schema();
        let set = RecordSet {
            schema: &schema,
            batch,
            meta,
            written_before,
        };
        set.apply(&mut Writer::Server(store.clone()), staged, &mut left)
            .await?;
        plan.settle(&left.settled, meta).await?;
    }
}

/// Going through a plan again that was applied in part.
pub(super) struct Replay {
    /// The batch that goes on.
    batch: BatchId,
    /// The batches of the plan before it.
    earlier: Vec<BatchId>,
}

impl Replay {
    /// Looks up which of the next records the batch wrote, and leaves those out that are not its
    /// own: a batch of decisions is made of records that were decided, after the other batches.
    pub(super) async fn look(
        &self,
        store: &Store,
        which: ToApply,
        staged: &mut Vec<StagedRecord>,
        meta: &mut PlanMeta,
    ) -> Result<HashSet<RecordId>> {
        if meta.outline.is_follow_up && which == ToApply::Planned {
            staged.retain(|staged| staged.record.resolution == Some(Resolution::Take));
            let earlier = store.written_by(&self.earlier, &ids(staged)).await?;
            staged.retain(|staged| {
                let id = staged.record.record_id;
                id.is_none_or(|id| !earlier.contains(&id))
            });
            count_again(staged, &mut meta.applied);
        }
        store.written_by(&[self.batch], &ids(staged)).await
    }
}

/// Batches of plans on this computer whose program ended, however it ended, are stopped: they can
/// be gone on with or undone.
pub async fn stop_dead_batches(store: &Store, plans: &Path) -> Result<()> {
    for batch in store.running_batches().await? {
        if Plan::is_idle(plans, batch) {
            store.mark_stopped(batch).await?;
        }
    }
    Ok(())
}

fn ids(staged: &[StagedRecord]) -> Vec<RecordId> {
    let ids = staged.iter().filter_map(|staged| staged.record.record_id);
    ids.collect()
}

/// Decisions that the plan took for written are counted as records that are still to be written.
fn count_again(staged: &[StagedRecord], applied: &mut BatchCounts) {
    let rows = staged.iter().filter(|staged| !staged.record.implied);
    let rows = i64::try_from(rows.count()).unwrap_or_default();
    applied.read += rows;
    applied.not_reached += rows;
}
