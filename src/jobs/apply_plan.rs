//! Applies a plan exactly as it was shown: in whole transactions, stoppable, resumable. What
//! somebody changed meanwhile is merged when it is another field, and held back when it is the same.

use tokio::task::JoinHandle;

use super::apply_records::{RecordSet, Writer};
use super::plan::{Plan, PlanMeta, PlanState};
use super::registry::Progress;
use crate::error::{Code, Error, Result};
use crate::plan::{BatchCounts, BatchState};
use crate::store::{Fill, NewBatch, PlanFile, StagedRecord, Store};
use crate::values::{BatchId, UserId};

/// Records that are written together: one transaction of them is short enough that other people
/// hardly wait, and long enough to be fast.
const RECORDS_PER_SET: i64 = 5_000;

/// Sets per transaction while an empty workspace file is filled: nobody waits for the writer, and
/// a commit costs as much as some thousand records.
const SETS_WHEN_FILLING: usize = 10;

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
    let applying = Applying {
        progress,
        store,
        plan,
        batch,
        meta: &mut meta,
        resumed,
    };
    let ended = applying.run().await;
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

/// What is applied, and how far it is.
struct Applying<'a> {
    progress: &'a Progress,
    store: &'a Store,
    plan: &'a Plan,
    batch: BatchId,
    /// As it stands after the last transaction.
    meta: &'a mut PlanMeta,
    /// Whether the first transaction may have been written before the app died.
    resumed: bool,
}

impl Applying<'_> {
    async fn run(mut self) -> Result<()> {
        let fill = self.store.begin_fill(self.meta.counts.create).await?;
        let written = self.write(fill.as_ref()).await;
        let Some(fill) = fill else {
            return written;
        };
        // Also when it was stopped: what was written is to be found.
        self.progress.step("Building the indexes", fill.steps());
        let finished = fill.finish(|step| self.progress.done(step)).await;
        written.and(finished)?;
        self.store.analyze().await
    }

    async fn write(&mut self, fill: Option<&Fill>) -> Result<()> {
        let sets = if fill.is_some() { SETS_WHEN_FILLING } else { 1 };
        let mut records = ReadAhead::start(self.plan, self.meta.position);
        loop {
            self.progress.check()?;
            let writer = match self.store.apply_together(self.batch, fill).await? {
                Some(together) => Writer::File(together),
                None => Writer::Server(self.store.clone()),
            };
            if !self.transaction(&mut records, writer, sets).await? {
                return Ok(());
            }
            self.resumed = false;
        }
    }

    /// Applies some sets of records in one transaction; tells whether there may be more.
    async fn transaction(
        &mut self,
        records: &mut ReadAhead,
        mut writer: Writer,
        sets: usize,
    ) -> Result<bool> {
        let mut meta = self.meta.clone();
        let mut held_back = Vec::new();
        let mut more = true;
        for _ in 0..sets {
            let staged = records.next().await?;
            more = !staged.is_empty();
            let stop = self.progress.check().is_err();
            if let Some(last) = staged.last() {
                meta.position = (last.phase, last.record.number);
            }
            let set = RecordSet {
                batch: self.batch,
                counts: &mut meta.applied,
                resumed: self.resumed,
            };
            held_back.extend(set.apply(&mut writer, staged).await?);
            self.progress.done(reached(&meta));
            if !more || stop {
                break;
            }
        }
        writer.commit().await?;
        for staged in &held_back {
            meta.counts.hold_back(&staged.record);
        }
        self.plan.file.replace(&held_back).await?;
        meta.held_back += i64::try_from(held_back.len()).unwrap_or_default();
        self.plan.save(&meta).await?;
        *self.meta = meta;
        Ok(more)
    }
}

/// How many records were gone through.
fn reached(meta: &PlanMeta) -> i64 {
    let planned = meta.counts.create + meta.counts.update;
    planned - meta.applied.not_reached + meta.applied.implied
}

/// Reads the next records of a plan while the ones before are written.
struct ReadAhead {
    file: PlanFile,
    reading: JoinHandle<Result<Vec<StagedRecord>>>,
}

impl ReadAhead {
    fn start(plan: &Plan, after: (i64, i64)) -> Self {
        let file = plan.file.clone();
        let reading = Self::read(file.clone(), after);
        Self { file, reading }
    }

    fn read(file: PlanFile, after: (i64, i64)) -> JoinHandle<Result<Vec<StagedRecord>>> {
        tokio::spawn(async move { file.next_to_apply(after, RECORDS_PER_SET).await })
    }

    /// The next records; none at the end.
    async fn next(&mut self) -> Result<Vec<StagedRecord>> {
        let read = (&mut self.reading).await;
        let staged = read.map_err(|panic| {
            Error::internal(format!("Reading the plan stopped unexpectedly: {panic}."))
        })??;
        if let Some(last) = staged.last() {
            let after = (last.phase, last.record.number);
            self.reading = Self::read(self.file.clone(), after);
        }
        Ok(staged)
    }
}

impl Drop for ReadAhead {
    fn drop(&mut self) {
        self.reading.abort();
    }
}
