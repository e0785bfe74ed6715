//! Applies a plan exactly as it was shown: in whole transactions, stoppable, resumable. What
//! another user changed meanwhile is merged when it is another field, and held back when it is the
//! same, until a person decides; what they took is applied in the same way, after all that was
//! planned.

use std::collections::HashSet;
use std::time::Instant;

use tokio::task::JoinHandle;

use super::apply_records::{Left, RecordSet, Writer};
use super::apply_span::{BREATH, ON_FILE, ON_SERVER, Span, WHEN_FILLING};
use super::author::Author;
use super::hold_back::hold_back;
use super::plan::{Plan, PlanMeta, PlanState};
use super::reconcile::{AppliedBefore, Replay, reconcile};
use super::registry::Progress;
use super::sync::{Sending, SendingRun, is_sent};
use domain::error::{Code, Error, Result};
use domain::plan::{BatchCounts, BatchState};
use domain::values::BatchId;
use store::{ApplyOrder, Fill, NewBatch, PlanFile, StagedRecord, Store, Taken, ToApply};

/// Records that are written together: one transaction of them is short enough that other people
/// hardly wait, and long enough to be fast.
const RECORDS_PER_SET: i64 = 5_000;

/// Applies `plan`, the rest of it when it was interrupted, or what was taken of its conflicts
/// since.
pub async fn apply_plan(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    author: &Author,
) -> Result<BatchId> {
    apply_and_send(progress, store, plan, (author, None)).await
}

/// The same for a plan of which a part goes to a shop: after all that is written here.
pub async fn apply_and_send(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    (author, to): (&Author, Option<&Sending>),
) -> Result<BatchId> {
    let mut meta = plan.meta().await?;
    let found = reconcile(store, plan, &mut meta).await?;
    let taken = plan.file.taken().await?;
    meta.outline.counts.taken = taken.records;
    if let (AppliedBefore::Done(batch), 0) = (&found, taken.records) {
        return Ok(*batch);
    }
    let batch = begin(store, &mut meta, taken, author).await?;
    plan.save(&meta).await?;
    let _held = plan.hold_batch(batch)?;
    progress.batch(batch);
    progress.step("Applying", to_do(&meta));
    let applying = Applying {
        progress,
        store,
        plan,
        batch,
        replay: found.replay(batch),
        meta: &mut meta,
        reached: 0,
    };
    let mut ended = applying.run().await;
    if let (Ok(()), Some(to)) = (&ended, to) {
        let run = SendingRun {
            progress,
            store,
            plan,
            batch,
            meta: &mut meta,
            to,
            to_reach: 0,
        };
        ended = run.run().await;
    }
    end(store, plan, meta, batch, ended).await
}

/// Ends the batch first and then says so in the plan: the database is the truth.
async fn end(
    store: &Store,
    plan: &Plan,
    mut meta: PlanMeta,
    batch: BatchId,
    ended: Result<()>,
) -> Result<BatchId> {
    let state = match &ended {
        Ok(()) => BatchState::Done,
        Err(error) if error.code == Code::Cancelled => BatchState::Cancelled,
        Err(_) => BatchState::Failed,
    };
    let finished = store.finish_batch(batch, state, &meta.applied).await;
    let is_applied = ended.is_ok() && finished.is_ok();
    meta.outline.state = match is_applied {
        true => PlanState::Applied,
        false => PlanState::Interrupted,
    };
    // Why the records could not be written says more than why that could not be noted.
    let noted = plan.save(&meta).await;
    ended.map_err(|error| told_with_counts(error, &meta.applied))?;
    finished?;
    noted?;
    Ok(batch)
}

/// An error half-way says what stays written.
fn told_with_counts(error: Error, applied: &BatchCounts) -> Error {
    let written = applied.created + applied.updated + applied.implied;
    if error.code == Code::Cancelled || written == 0 {
        return error;
    }
    let records = match written {
        1 => "1 record that was".to_owned(),
        _ => format!("{written} records that were"),
    };
    let message = format!(
        "{} The {records} applied before stay applied.",
        error.message
    );
    Error { message, ..error }
}

/// Begins the batch, or takes up the one that was interrupted. A batch that is done stays as it
/// is: what was taken since is written as another one.
async fn begin(
    store: &Store,
    meta: &mut PlanMeta,
    taken: Taken,
    author: &Author,
) -> Result<BatchId> {
    if meta.outline.state == PlanState::Applied {
        if taken.records == 0 {
            return Err(Error::invalid("This plan was applied already."));
        }
        meta.outline.is_follow_up = true;
        meta.outline.batch_id = None;
        meta.applied = BatchCounts::default();
    }
    meta.outline.state = PlanState::Applying;
    meta.applied = before_any(meta);
    count_ahead(meta, taken);
    if let Some(batch) = meta.outline.batch_id {
        return Ok(batch);
    }
    let batch = NewBatch {
        origin: meta.outline.origin,
        label: meta.outline.label.clone(),
        user_id: Some(author.id),
        user_name: author.name.clone(),
        undo_of: meta.outline.undo_of,
        counts: meta.applied,
    };
    let batch = store.begin_batch(&batch).await?;
    meta.outline.batch_id = Some(batch);
    Ok(batch)
}

/// The counts of the batch before anything is written.
fn before_any(meta: &PlanMeta) -> BatchCounts {
    let planned = meta.outline.counts;
    if meta.outline.is_follow_up {
        // What it left as it was is no conflict any more: it is not gone through again.
        return BatchCounts {
            unchanged: meta.applied.unchanged,
            kept: meta.applied.kept,
            ..BatchCounts::default()
        };
    }
    BatchCounts {
        unchanged: planned.unchanged,
        skipped: planned.skipped,
        rejected: planned.error,
        ..BatchCounts::default()
    }
}

/// Counts what is still to be written: what is taken may have changed since it was interrupted.
fn count_ahead(meta: &mut PlanMeta, taken: Taken) {
    let planned = meta.outline.counts;
    let applied = &mut meta.applied;
    let written = applied.created + applied.updated + applied.unchanged;
    if meta.outline.is_follow_up {
        applied.not_reached = taken.rows;
        applied.read = written + applied.kept + taken.rows;
    } else {
        applied.read = planned.read();
        applied.kept = planned.conflict - taken.rows;
        let through = written + applied.skipped + applied.rejected + applied.kept;
        applied.not_reached = applied.read - through;
    }
}

/// How many records are still to be written, as far as that is known.
fn to_do(meta: &PlanMeta) -> i64 {
    let (planned, applied) = (meta.outline.counts, meta.applied);
    if meta.outline.is_follow_up {
        return planned.taken;
    }
    applied.not_reached + planned.implied - applied.implied
}

/// What is applied, and how far it is.
struct Applying<'a> {
    progress: &'a Progress,
    store: &'a Store,
    plan: &'a Plan,
    batch: BatchId,
    /// What was written before, when it is taken up again.
    replay: Option<Replay>,
    /// As it stands after the last transaction.
    meta: &'a mut PlanMeta,
    /// How many records were gone through.
    reached: i64,
}

impl Applying<'_> {
    async fn run(mut self) -> Result<()> {
        let outline = &self.meta.outline;
        let fill = match outline.kinds.as_slice() {
            [kind] if !outline.is_follow_up && !is_sent(*kind) => {
                self.store.begin_fill(*kind, outline.counts.create).await?
            }
            _ => None,
        };
        let written = self.write_all(fill.as_ref()).await;
        let Some(fill) = fill else {
            return written;
        };
        // Also when it was stopped: what was written is to be found.
        self.progress.step("Building the indexes", fill.steps());
        let finished = fill.finish(|step| self.progress.done(step)).await;
        written.and(finished)?;
        self.store.analyze().await
    }

    async fn write_all(&mut self, fill: Option<&Fill>) -> Result<()> {
        if !self.meta.outline.is_follow_up || self.replay.is_some() {
            self.write(ToApply::Planned, fill).await?;
        }
        if self.meta.outline.counts.taken > 0 {
            self.write(ToApply::Taken, fill).await?;
        }
        Ok(())
    }

    async fn write(&mut self, which: ToApply, fill: Option<&Fill>) -> Result<()> {
        let many = self.meta.outline.counts.update > RECORDS_PER_SET;
        let order = if many {
            ApplyOrder::Record
        } else {
            ApplyOrder::Number
        };
        let mut records = ReadAhead::start(self.plan, (which, order));
        let mut next = records.next().await?;
        while !next.is_empty() {
            self.progress.check()?;
            let (writer, span) = match self.store.apply_together(self.batch, fill).await? {
                Some(together) if fill.is_some() => (Writer::File(together), WHEN_FILLING),
                Some(together) => (Writer::File(together), ON_FILE),
                None => (Writer::Server(self.store.clone()), ON_SERVER),
            };
            let is_file = matches!(writer, Writer::File(_));
            next = self.transaction(&mut records, writer, next, span).await?;
            if is_file && !next.is_empty() {
                tokio::time::sleep(BREATH).await;
            }
        }
        Ok(())
    }

    /// Applies some sets of records in one transaction, and gives the set after them.
    async fn transaction(
        &mut self,
        records: &mut ReadAhead,
        mut writer: Writer,
        first: Vec<StagedRecord>,
        span: Span,
    ) -> Result<Vec<StagedRecord>> {
        let began = Instant::now();
        let mut meta = self.meta.clone();
        let mut left = Left::default();
        let mut next = first;
        for _ in 0..span.sets {
            if next.is_empty() || began.elapsed() > span.longest {
                break;
            }
            let mut staged = std::mem::take(&mut next);
            self.reached += i64::try_from(staged.len()).unwrap_or_default();
            leave_out_sent(&mut staged, &mut meta);
            let schema = self.store.schema();
            let written_before = match &self.replay {
                Some(replay) => {
                    replay
                        .look(self.store, records.which.0, &mut staged, &mut meta)
                        .await?
                }
                None => HashSet::new(),
            };
            let set = RecordSet {
                schema: &schema,
                batch: self.batch,
                meta: &mut meta,
                written_before,
            };
            set.apply(&mut writer, staged, &mut left).await?;
            self.progress.done(self.reached);
            next = records.next().await?;
            if self.progress.check().is_err() {
                break;
            }
        }
        writer.commit().await?;
        let mut settled = hold_back(self.store, &mut meta, left.refused).await?;
        settled.extend(left.settled);
        self.plan.settle(&settled, &meta).await?;
        *self.meta = meta;
        Ok(next)
    }
}

/// What was sent to a shop before the program was stopped is written already, and not here.
fn leave_out_sent(staged: &mut Vec<StagedRecord>, meta: &mut PlanMeta) {
    let before = staged.len();
    staged.retain(|staged| !is_sent(staged.record.kind));
    let sent = i64::try_from(before - staged.len()).unwrap_or_default();
    meta.applied.updated += sent;
    meta.applied.not_reached -= sent;
}

/// Reads the next records of a plan while the ones before are written.
struct ReadAhead {
    file: PlanFile,
    which: (ToApply, ApplyOrder),
    reading: JoinHandle<Result<Vec<StagedRecord>>>,
}

impl ReadAhead {
    /// Reads from the first record on: what is settled is not among them any more.
    fn start(plan: &Plan, which: (ToApply, ApplyOrder)) -> Self {
        let file = plan.file.clone();
        let reading = Self::read(file.clone(), which, None);
        Self {
            file,
            which,
            reading,
        }
    }

    fn read(
        file: PlanFile,
        which: (ToApply, ApplyOrder),
        after: Option<StagedRecord>,
    ) -> JoinHandle<Result<Vec<StagedRecord>>> {
        tokio::spawn(async move {
            file.next_to_apply(which, after.as_ref(), RECORDS_PER_SET)
                .await
        })
    }

    /// The next records; none at the end.
    async fn next(&mut self) -> Result<Vec<StagedRecord>> {
        let read = (&mut self.reading).await;
        let staged = read.map_err(|panic| {
            Error::internal(format!("Reading the plan stopped unexpectedly: {panic}."))
        })??;
        if let Some(last) = staged.last() {
            self.reading = Self::read(self.file.clone(), self.which, Some(last.clone()));
        }
        Ok(staged)
    }
}

impl Drop for ReadAhead {
    fn drop(&mut self) {
        self.reading.abort();
    }
}
