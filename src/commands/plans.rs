//! Plans: read, apply, take the rejected rows away. The same for an import and an undo.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::files::FileToken;
use crate::catalog::Field;
use crate::plan::{Counts, Origin, Outcome, PlannedRecord};
use crate::values::{BatchId, PlanId, Timestamp};

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

/// What a person should look at before applying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum PlanWarning {
    /// Store prices that rise or fall by more than a fifth.
    PriceJumps {
        /// How many.
        count: i64,
    },
    /// Products whose stock falls to nothing.
    StockToZero {
        /// How many.
        count: i64,
    },
    /// SKUs that differ from another one only in case or spaces.
    LookAlikes {
        /// How many.
        count: i64,
        /// Some of them.
        examples: Vec<String>,
    },
}

/// A plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanSummary {
    /// Its id.
    pub id: PlanId,
    /// What it is.
    pub origin: Origin,
    /// What it is about: the file's name, or the batch that is undone.
    pub label: String,
    /// How it stands.
    pub state: PlanState,
    /// When it was made.
    pub planned_at: Timestamp,
    /// Planned records by outcome.
    pub counts: Counts,
    /// The fields that change anywhere in it, in reading order.
    pub changed_fields: Vec<Field>,
    /// What to look at.
    pub warnings: Vec<PlanWarning>,
    /// The batch that was written, once it was applied.
    pub batch_id: Option<BatchId>,
    /// The batch that this plan undoes.
    pub undo_of: Option<BatchId>,
    /// After applying: records that were held back because somebody changed them meanwhile.
    pub held_back: i64,
}

/// `plans.get`, `plans.apply` (starts a job) and `plans.discard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectPlan {
    /// Which one.
    pub id: PlanId,
}

/// `plans.rows`: a page of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListPlanRows {
    /// Which plan.
    pub id: PlanId,
    /// Only records with this outcome.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outcome: Option<Outcome>,
    /// Only records with this text in SKU, name or problem.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// How many records come before.
    pub offset: i64,
    /// How many records, at most 500.
    pub limit: i64,
}

/// The answer to `plans.rows`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanRows {
    /// The records.
    pub rows: Vec<PlannedRecord>,
    /// How many the filter matches in all.
    pub total: i64,
}

/// `plans.save_rejects`: writes the rejected rows with their reasons to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveRejects {
    /// Which plan.
    pub id: PlanId,
    /// The file to write.
    pub file: FileToken,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    /// How many rows stand in it, the header left out.
    pub rows: i64,
    /// Its name.
    pub name: String,
}

/// `plans.undo`: starts to plan the undo of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanUndo {
    /// Which batch.
    pub batch_id: BatchId,
}

// PLACEHOLDERS until the bodies are merged.
pub(super) async fn get(_: &super::call::Call, _: SelectPlan) -> crate::error::Result<PlanSummary> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn rows(_: &super::call::Call, _: ListPlanRows) -> crate::error::Result<PlanRows> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn apply(
    _: &super::call::Call,
    _: SelectPlan,
) -> crate::error::Result<super::imports::Started> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn discard(_: &super::call::Call, _: SelectPlan) -> crate::error::Result<()> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn save_rejects(
    _: &super::call::Call,
    _: SaveRejects,
) -> crate::error::Result<Written> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn undo(
    _: &super::call::Call,
    _: PlanUndo,
) -> crate::error::Result<super::imports::Started> {
    Err(crate::error::Error::internal("not merged yet"))
}
