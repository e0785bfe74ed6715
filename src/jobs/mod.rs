//! Long runs with progress and cancel: plan an import, plan an undo, apply a plan, export.

mod registry;
mod status;

pub use registry::{JobSubject, Jobs, Progress};
pub use status::{JobId, JobKind, JobState, JobStatus};
