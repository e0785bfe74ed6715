//! What a job does and how far it is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use domain::error::Error;
use domain::values::{BatchId, PlanId, Timestamp};

/// A job's number, good until the app closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct JobId(pub i64);

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Looks at a file that is to be imported. It counts kilobytes.
    OpenImport,
    /// Makes the plan of an import.
    PlanImport,
    /// Makes the plan of an undo.
    PlanUndo,
    /// Makes the plan of a move to the trash, or out of it.
    PlanMove,
    /// Applies a plan.
    ApplyPlan,
    /// Writes products, or the history, to a file.
    Export,
    /// Checks the history.
    VerifyHistory,
    /// Fills the workspace with the practice catalogue.
    Practice,
    /// Stores pictures that a person gives.
    StoreImages,
    /// Fetches the pictures that records name.
    FetchImages,
    /// Removes pictures that nothing needs.
    CleanImages,
    /// Reads what a shop has, and links it.
    FetchChannel,
    /// The same, and makes the plan of a sync.
    PlanSync,
    /// Asks a shop whether it lets us in.
    CheckChannel,
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// It runs.
    Running,
    /// It has done everything.
    Done,
    /// It was stopped; what was done stays and is told.
    Cancelled,
    /// It failed; `error` says why.
    Failed,
}

/// A job and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JobStatus {
    /// Its number.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// What it works on, such as the file's name.
    pub label: String,
    /// How it stands.
    pub state: JobState,
    /// What it does right now, such as "Reading" or "Applying".
    pub step: String,
    /// Rows done in this step.
    pub done: i64,
    /// Rows to do in this step; 0 while that is not known.
    pub total: i64,
    /// When it started.
    pub started_at: Timestamp,
    /// When this was measured; with `done` it gives the rate.
    pub at: Timestamp,
    /// When this step started.
    pub step_started_at: Timestamp,
    /// The plan that it makes or applies.
    pub plan: Option<PlanId>,
    /// The batch that it writes.
    pub batch: Option<BatchId>,
    /// Why it failed.
    pub error: Option<Error>,
}
