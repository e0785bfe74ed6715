//! What the app tells its host without being asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::file_token::ChosenFile;
use crate::jobs::JobStatus;
use domain::kinds;
use domain::record::Kind;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Event {
    /// The answer to `app.state` is another one now.
    StateChanged,
    /// Records or batches changed: by this user, by another one, by another program.
    DataChanged {
        /// The kinds of the records that did; none when batches alone did.
        kinds: Vec<Kind>,
    },
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
    /// Pictures came, or are known not to come: what shows some looks again.
    ImagesChanged,
    /// The workspace's database does not answer, as was noticed without a command.
    Unreachable,
    /// The window should close while jobs run: the user is asked what becomes of them.
    CloseAsked,
}

impl Event {
    /// Records of one kind changed.
    pub(super) fn changed(kind: Kind) -> Self {
        Self::DataChanged { kinds: vec![kind] }
    }

    /// What changed is not known, so anything may have.
    pub fn anything_changed() -> Self {
        Self::DataChanged {
            kinds: kinds::all().collect(),
        }
    }
}
