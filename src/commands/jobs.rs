//! Long runs: what runs, how far it is, and Cancel.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use crate::jobs::{JobId, JobStatus};
use domain::error::Result;
use domain::values::PlanId;

/// `jobs.list`: what runs, and what ended since the app started; the latest first, at most 50.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListJobs {}

/// `jobs.get`, and `jobs.cancel`: asks a job to stop at the next whole step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectJob {
    /// Which one.
    pub id: JobId,
}

/// A job that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Started {
    /// The job.
    pub job: JobId,
    /// The plan that it makes or applies, when there is one.
    pub plan: Option<PlanId>,
}

/// What runs, and what ended since the app started.
pub(super) async fn list(call: &Call, _: ListJobs) -> Result<Vec<JobStatus>> {
    Ok(call.jobs().list())
}

/// One job.
pub(super) async fn get(call: &Call, request: SelectJob) -> Result<JobStatus> {
    call.jobs().get(request.id)
}

/// Asks a job to stop.
pub(super) async fn cancel(call: &Call, request: SelectJob) -> Result<JobStatus> {
    call.jobs().cancel(request.id)
}
