//! What shows, without reading it, that a file was written to.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// What shows without reading it that a file was written to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileState {
    size: Option<u64>,
    modified: Option<SystemTime>,
}

impl FileState {
    /// Whether the file at `path` is there and is another one now; a file that is gone is no other.
    pub(super) fn differs_from(&self, path: &Path) -> bool {
        let now = Self::of(path);
        self.size.is_some() && now.size.is_some() && now != *self
    }

    /// How the file is now.
    pub(super) fn of(path: &Path) -> Self {
        let about = std::fs::metadata(path).ok();
        Self {
            size: about.as_ref().map(Metadata::len),
            modified: about.and_then(|about| about.modified().ok()),
        }
    }
}
