//! Batches: everything that was ever applied, with who, when, counts and undo.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::plan::{Batch, JournalEntry, Origin};
use crate::values::BatchId;

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

// PLACEHOLDERS until the bodies are merged.
pub(super) async fn list(_: &super::call::Call, _: ListBatches) -> crate::error::Result<BatchPage> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn get(
    _: &super::call::Call,
    _: GetBatch,
) -> crate::error::Result<crate::plan::Batch> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn entries(
    _: &super::call::Call,
    _: ListEntries,
) -> crate::error::Result<EntryPage> {
    Err(crate::error::Error::internal("not merged yet"))
}
