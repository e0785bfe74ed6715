//! Long runs with progress and cancel: plan an import, plan an undo, apply a plan, export.

mod status;

pub use status::{JobId, JobKind, JobState, JobStatus};
