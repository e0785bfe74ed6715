//! Batches and the journal: what was applied, by whom, when, field by field.

use crate::record::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::{Change, Operation, Origin};
use super::sum::Sum;
use crate::values::{BatchId, PlanId, RecordId, Timestamp, UserId};

/// How a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// It is being applied.
    Running,
    /// Everything that could be applied was.
    Done,
    /// It was stopped half-way: by a person, or because its program ended.
    Cancelled,
    /// It failed half-way.
    Failed,
}

/// How a batch stands for people: one that was taken back is undone, whatever it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchStanding {
    /// It is being applied.
    Running,
    /// Everything that could be applied was.
    Done,
    /// It was stopped half-way.
    Stopped,
    /// It failed half-way.
    Failed,
    /// It was taken back.
    Undone,
}

/// What batches are sorted by; those of one origin by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchSort {
    /// When they began.
    #[default]
    Started,
    /// Where they came from.
    Origin,
}

/// Which batches are wanted: all of what is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct BatchFilter {
    /// Only these origins; without, those that change records.
    #[ts(optional = nullable)]
    pub origins: Option<Vec<Origin>>,
    /// Only what this person did.
    #[ts(optional = nullable)]
    pub person: Option<UserId>,
    /// Only those that stand so.
    #[ts(optional = nullable)]
    pub standing: Option<BatchStanding>,
    /// Only those that began then or later.
    #[ts(optional = nullable)]
    pub from: Option<Timestamp>,
    /// Only those that began then or before.
    #[ts(optional = nullable)]
    pub to: Option<Timestamp>,
}

/// What a batch did, by record. `read` is the sum of the rest, `implied` left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BatchCounts {
    /// Records (rows) read.
    pub read: i64,
    /// Created.
    pub created: i64,
    /// Updated, trashed, restored or deleted for good.
    pub updated: i64,
    /// How many of those updated were moved to the trash. Only the database counts them.
    #[serde(default)]
    pub trashed: i64,
    /// How many of those updated came back from the trash. Only the database counts them.
    #[serde(default)]
    pub restored: i64,
    /// Left as they were since they were as proposed.
    pub unchanged: i64,
    /// Left out.
    pub skipped: i64,
    /// Kept since another user changed them.
    pub kept: i64,
    /// Refused.
    pub rejected: i64,
    /// Planned, but not reached when it was stopped.
    pub not_reached: i64,
    /// Written beside the rows read: parents that no row stands for.
    pub implied: i64,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Where it came from.
    pub origin: Origin,
    /// What it is about: the file's name, the code of a record.
    pub label: String,
    /// What it is called: `Import june.csv`, `Redo edit of KIT-1200`.
    pub title: String,
    /// What undoing it is called: `Undo june.csv`, or `Redo edit of KIT-1200` where it is an undo itself.
    pub undo_title: String,
    /// Who applied it; empty for the system itself.
    pub person: String,
    /// That person; none for the system itself.
    pub person_id: Option<UserId>,
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// How it stands.
    pub state: BatchState,
    /// What it did.
    pub counts: BatchCounts,
    /// The same in words.
    pub sums: Vec<Sum>,
    /// The batch that it undid.
    pub undo_of: Option<BatchId>,
    /// The batch that undid it.
    pub undone_by: Option<BatchId>,
    /// The plan on this computer whose rest can still be applied, when it was stopped half-way, or
    /// of which something was kept that a person can still decide.
    pub plan: Option<PlanId>,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// The batch that it belongs to.
    pub batch_id: BatchId,
    /// When.
    pub at: Timestamp,
    /// Who; empty for the system itself.
    pub person: String,
    /// Where the change came from.
    pub origin: Origin,
    /// What kind of record it is.
    pub kind: Kind,
    /// Which record.
    pub record_id: RecordId,
    /// What identifies it for people.
    pub code: String,
    /// What happened to it.
    pub operation: Operation,
    /// Field by field.
    pub changes: Vec<Change>,
}
