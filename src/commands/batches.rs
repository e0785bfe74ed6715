//! Batches: everything that was ever applied, with who, when, counts and undo.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::products::JournalEntry;
use crate::plan::Origin;
use crate::values::{BatchId, Timestamp};

/// How a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// It is being applied; or the app died while it was.
    Running,
    /// Everything that could be applied was.
    Done,
    /// A person stopped it half-way.
    Cancelled,
    /// It failed half-way.
    Failed,
}

/// What a batch did, by record. `read` is the sum of the rest, `implied` left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BatchCounts {
    /// Records (rows) read.
    pub read: i64,
    /// Created.
    pub created: i64,
    /// Updated, trashed or restored.
    pub updated: i64,
    /// Left as they were since they were as proposed.
    pub unchanged: i64,
    /// Left out.
    pub skipped: i64,
    /// Kept since somebody else changed them.
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
    /// What it is about: the file's name, the product's SKU.
    pub label: String,
    /// Who applied it; empty for the system itself.
    pub person: String,
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// How it stands.
    pub state: BatchState,
    /// What it did.
    pub counts: BatchCounts,
    /// The batch that it undid.
    pub undo_of: Option<BatchId>,
    /// The batch that undid it.
    pub undone_by: Option<BatchId>,
}

/// `batches.list`: the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListBatches {
    /// Only these origins; null for all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub origins: Option<Vec<Origin>>,
    /// How many come before.
    pub offset: i64,
    /// How many, at most 500.
    pub limit: i64,
}

/// The answer to `batches.list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BatchPage {
    /// The batches.
    pub rows: Vec<Batch>,
    /// How many there are in all.
    pub total: i64,
}

/// `batches.get`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetBatch {
    /// Which one.
    pub id: BatchId,
}

/// `batches.entries`: the journal of a batch, in the order in which it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListEntries {
    /// Which batch.
    pub id: BatchId,
    /// How many entries come before.
    pub offset: i64,
    /// How many, at most 500.
    pub limit: i64,
}

/// The answer to `batches.entries`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryPage {
    /// The entries.
    pub rows: Vec<JournalEntry>,
    /// How many there are in all.
    pub total: i64,
}
