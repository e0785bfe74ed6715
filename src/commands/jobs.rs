//! Long runs: what runs, how far it is, and Cancel.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::jobs::JobId;

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

// PLACEHOLDERS until the bodies are merged.
pub(super) async fn list(
    call: &super::call::Call,
    _: ListJobs,
) -> crate::error::Result<Vec<crate::jobs::JobStatus>> {
    Ok(call.jobs().list())
}
pub(super) async fn get(
    call: &super::call::Call,
    request: SelectJob,
) -> crate::error::Result<crate::jobs::JobStatus> {
    call.jobs().get(request.id)
}
pub(super) async fn cancel(
    call: &super::call::Call,
    request: SelectJob,
) -> crate::error::Result<crate::jobs::JobStatus> {
    call.jobs().cancel(request.id)
}
