//! What the app tells its host without being asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::files::ChosenFile;
use crate::jobs::JobStatus;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Event {
    /// The answer to `app.state` is another one now.
    StateChanged,
    /// Products or batches changed: by this person, by another one, by another program.
    DataChanged,
    /// A job started, went on or ended; at most 20 times a second.
    Job {
        /// How it stands.
        job: Box<JobStatus>,
    },
    /// Files are being dragged over the window.
    DragEntered {
        /// Their names.
        names: Vec<String>,
    },
    /// The files are not over the window any more.
    DragLeft,
    /// Files were dropped on the window.
    FilesDropped {
        /// The files.
        files: Vec<ChosenFile>,
    },
}
