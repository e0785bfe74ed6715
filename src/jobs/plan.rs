//! A plan on this machine: its folder, its staging file and what is known of it as a whole.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::making;
use super::plan_warning::PlanWarning;
use super::tally::Tally;
use domain::error::{Error, Result};
use domain::plan::{BatchCounts, Counts, Origin, Resolution, title};
use domain::record::{Field, Kind, Schema};
use domain::values::{BatchId, PlanId, RecordId, Timestamp};
use store::{PlanFile, RecordFilter, StagedRecord};

/// How a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// It waits to be read and applied.
    Ready,
    /// It is being applied.
    Applying,
    /// All of it that could be applied was applied.
    Applied,
    /// Applying it was stopped half-way, in whole batches.
    Interrupted,
}

/// What people are told of a plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanOutline {
    /// What it is.
    pub origin: Origin,
    /// What it is about: the file's name, or the batch that is undone.
    pub label: String,
    /// What it is called: `Import june.csv`, `Redo edit of KIT-1200`.
    #[serde(default)]
    pub title: String,
    /// How it stands.
    pub state: PlanState,
    /// When it was made.
    pub planned_at: Timestamp,
    /// Planned records by outcome.
    pub counts: Counts,
    /// Which kinds its records are of.
    pub kinds: Vec<Kind>,
    /// The fields that change anywhere in it, in reading order.
    pub changed_fields: Vec<Field>,
    /// What to look at.
    pub warnings: Vec<PlanWarning>,
    /// What was changed of it in the review.
    #[serde(default)]
    pub revision: Revisions,
    /// The channel that it is sent to, or comes from.
    #[serde(default)]
    pub channel: Option<RecordId>,
    /// The batch that is undone.
    pub undo_of: Option<BatchId>,
    /// The batch that was written last, once applying began.
    pub batch_id: Option<BatchId>,
    /// Whether that batch has decisions only, since the plan itself was applied before.
    pub is_follow_up: bool,
}

/// What was changed of a plan in the review.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Revisions {
    /// How many rows were left out.
    pub left_out: i64,
    /// In how many rows a value was corrected.
    pub fixed: i64,
    /// The fields whose columns were left out.
    pub columns: Vec<Field>,
}

/// What is known of a plan as a whole; kept in its staging file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMeta {
    /// What people are told.
    pub outline: PlanOutline,
    /// What the batch did so far.
    pub applied: BatchCounts,
    /// The fields that the file has columns for.
    #[serde(default)]
    pub fed: Vec<Field>,
}

impl PlanMeta {
    /// A plan that is not applied yet.
    pub fn ready(
        schema: &Schema,
        origin: Origin,
        label: String,
        planned_at: Timestamp,
        tally: &Tally,
    ) -> Self {
        let outline = PlanOutline {
            origin,
            title: title(origin, false, None, &label),
            label,
            state: PlanState::Ready,
            planned_at,
            counts: tally.counts,
            changed_fields: tally.changed_fields(),
            warnings: tally.warnings(schema, origin),
            revision: Revisions::default(),
            kinds: tally.kinds(),
            channel: None,
            undo_of: None,
            batch_id: None,
            is_follow_up: false,
        };
        Self {
            outline,
            applied: BatchCounts::default(),
            fed: Vec::new(),
        }
    }
}

/// A plan: its folder holds the staging file and, for an import, a copy of the source.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its id, the name of its folder.
    pub id: PlanId,
    /// Its folder.
    pub folder: PathBuf,
    /// Its records.
    pub file: PlanFile,
}

const META: &str = "plan";

const NOTE: &str = "batch-";

fn note_of(batch: BatchId) -> String {
    format!("{NOTE}{batch}")
}

fn batches_in(folder: &Path) -> Vec<BatchId> {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    names
        .filter_map(|name| name.strip_prefix(NOTE)?.parse().ok())
        .collect()
}

impl Plan {
    /// Makes an empty plan in `plans`, the folder of all plans of a workspace.
    pub async fn create(plans: &Path, id: PlanId) -> Result<Self> {
        let folder = plans.join(id.to_string());
        std::fs::create_dir_all(&folder).map_err(|cause| Error::file("make", &folder, &cause))?;
        let file = PlanFile::create(&making::current(&folder)).await?;
        Ok(Self { id, folder, file })
    }

    /// Makes an empty plan beside the one with this id, which stays until [`replace`](Self::replace).
    pub async fn again(plans: &Path, id: PlanId) -> Result<Self> {
        let folder = plans.join(id.to_string());
        let file = PlanFile::create(&making::next(&folder)).await?;
        Ok(Self { id, folder, file })
    }

    /// Puts a plan that was made [`again`](Self::again) in the place of the one before, which may
    /// still be read.
    pub async fn replace(&self) -> Result<()> {
        self.file.close().await;
        making::finish_next(&self.folder)
    }

    /// Throws a plan away that was made [`again`](Self::again).
    pub async fn give_up(&self) {
        self.file.close().await;
        PlanFile::delete(&making::next(&self.folder)).ok();
    }

    /// Opens a plan.
    pub async fn open(plans: &Path, id: PlanId) -> Result<Self> {
        let folder = plans.join(id.to_string());
        let file = PlanFile::open(&making::current(&folder)).await?;
        Ok(Self { id, folder, file })
    }

    /// Notes beside the plan which batch it is written as, to be found again from that batch. The
    /// note is locked for as long as it is held: a note without a lock is of a batch that is over,
    /// or whose program died.
    pub fn hold_batch(&self, batch: BatchId) -> Result<File> {
        let note = self.folder.join(note_of(batch));
        let made = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&note);
        let file = made.map_err(|cause| Error::file("write", &note, &cause))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(Error::invalid(
                "This plan is being applied by another window or program.",
            )
            .hint("Wait for its end, then look at the plan again.")),
            // Not every file system has locks; then two minutes of silence tell that it is over.
            Err(TryLockError::Error(_)) => Ok(file),
        }
    }

    /// The batches that it was or is written as, the first one first.
    pub fn batches(&self) -> Vec<BatchId> {
        let mut batches = batches_in(&self.folder);
        batches.sort_unstable();
        batches
    }

    /// Whether a batch is written from one of these plans and no program works on it now.
    pub fn is_idle(plans: &Path, batch: BatchId) -> bool {
        let folders = std::fs::read_dir(plans).into_iter().flatten();
        let mut notes = folders.filter_map(|folder| Some(folder.ok()?.path().join(note_of(batch))));
        notes.any(|note| File::open(note).is_ok_and(|note| note.try_lock().is_ok()))
    }

    /// The plan that was or is written as this batch, when it is on this computer.
    pub fn written_as(plans: &Path, batch: BatchId) -> Option<PlanId> {
        let folders = std::fs::read_dir(plans).ok()?.filter_map(Result::ok);
        let noted = folders.map(|folder| folder.path()).find(|folder| {
            folder.join(note_of(batch)).exists() && making::current(folder).exists()
        })?;
        noted.file_name()?.to_str()?.parse().ok()
    }

    /// Deletes plans untouched for `days`: what they wrote is undone from the journal.
    pub fn prune(plans: &Path, days: u64) {
        let Ok(folders) = std::fs::read_dir(plans) else {
            return;
        };
        let age = Duration::from_secs(days * 24 * 60 * 60);
        for folder in folders.filter_map(Result::ok) {
            let touched = making::current(&folder.path()).metadata();
            let touched = touched.or_else(|_| folder.metadata());
            let is_old = touched
                .and_then(|about| about.modified())
                .is_ok_and(|when| when.elapsed().is_ok_and(|since| since > age));
            if is_old {
                // One that is in use or not ours to delete stays.
                std::fs::remove_dir_all(folder.path()).ok();
            }
        }
    }

    /// Deletes a plan, or the draft of one; nothing that was applied is touched.
    pub fn discard(plans: &Path, id: PlanId) -> Result<()> {
        let folder = plans.join(id.to_string());
        if !folder.exists() {
            return Err(Error::not_found("This plan is not there any more."));
        }
        std::fs::remove_dir_all(&folder).map_err(|cause| Error::file("delete", &folder, &cause))
    }

    /// What is known of it as a whole.
    pub async fn meta(&self) -> Result<PlanMeta> {
        let meta = self.file.meta(META).await?;
        meta.ok_or_else(|| Error::not_found("This plan was not finished.").hint("Make it again."))
    }

    /// Keeps what is known of it.
    pub async fn save(&self, meta: &PlanMeta) -> Result<()> {
        self.file.set_meta(META, meta).await
    }

    /// Decides conflicts, or takes decisions back: those with these numbers, otherwise all that the
    /// filter lets through.
    pub async fn resolve(
        &self,
        resolution: Option<Resolution>,
        numbers: Option<&[i64]>,
        filter: RecordFilter<'_>,
    ) -> Result<PlanMeta> {
        let mut meta = self.meta().await?;
        let decided = self.file.resolve(resolution, numbers, filter).await?;
        if decided == 0 && numbers.is_some() {
            return Err(
                Error::invalid("There is nothing to decide about this record.").hint(
                    "Only what another user changed too, and is still there, can be decided.",
                ),
            );
        }
        meta.outline.counts.taken = self.file.taken().await?.records;
        if meta.outline.channel.is_some() {
            meta.outline.counts.kept_to_send = self.file.kept().await?;
        }
        self.save(&meta).await?;
        Ok(meta)
    }

    /// Keeps what became of these records and what is known of the whole, both or neither.
    pub async fn settle(&self, records: &[StagedRecord], meta: &PlanMeta) -> Result<()> {
        self.file.settle(records, META, meta).await
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::Duration;

    use super::Plan;
    use domain::values::{BatchId, PlanId};

    #[tokio::test]
    async fn plans_are_kept_while_they_are_used_and_found_by_their_batch() {
        let folder = tempfile::tempdir().unwrap();
        let plans = folder.path();
        let (old, recent) = (PlanId::new(), PlanId::new());
        let batch = BatchId::new();
        for id in [old, recent] {
            let plan = Plan::create(plans, id).await.unwrap();
            drop(plan.hold_batch(batch).unwrap());
            plan.file.close().await;
        }
        let file = plans.join(old.to_string()).join("plan.sqlite");
        let file = File::options().write(true).open(file).unwrap();
        let touched = file.metadata().unwrap().modified().unwrap();
        let month_ago = touched - Duration::from_secs(31 * 24 * 60 * 60);
        file.set_modified(month_ago).unwrap();
        drop(file);
        Plan::prune(plans, 30);
        assert_eq!(Plan::written_as(plans, batch), Some(recent));
        assert!(!plans.join(old.to_string()).exists());
        assert_eq!(Plan::written_as(plans, BatchId::new()), None);
    }

    #[tokio::test]
    async fn a_plan_that_is_made_again_counts_while_the_one_before_is_still_read() {
        let folder = tempfile::tempdir().unwrap();
        let (plans, id) = (folder.path(), PlanId::new());
        let read = async || {
            let plan = Plan::open(plans, id).await.unwrap();
            let said: Option<u32> = plan.file.meta("making").await.unwrap();
            (plan, said)
        };
        let first = Plan::create(plans, id).await.unwrap();
        first.file.set_meta("making", &0).await.unwrap();
        let mut readers = Vec::new();
        for making in 1..4 {
            let again = Plan::again(plans, id).await.unwrap();
            again.file.set_meta("making", &making).await.unwrap();
            let (reader, said) = read().await;
            assert_eq!(
                said,
                Some(making - 1),
                "what is not finished does not count"
            );
            readers.push(reader);
            again.replace().await.unwrap();
            assert_eq!(read().await.1, Some(making));
        }
        let given_up = Plan::again(plans, id).await.unwrap();
        given_up.file.set_meta("making", &9).await.unwrap();
        given_up.give_up().await;
        assert_eq!(read().await.1, Some(3));
        for (making, reader) in (0_u32..).zip(readers) {
            let said: Option<u32> = reader.file.meta("making").await.unwrap();
            assert_eq!(said, Some(making), "a reader goes on with what it opened");
        }
    }
}
