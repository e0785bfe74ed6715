//! What shows, without reading it, that a file was written to.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

/// What shows without reading it that a file was written to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileState {
    size: Option<u64>,
    modified: Option<SystemTime>,
}

impl FileState {
    /// How the file is now.
    pub(super) fn of(path: &Path) -> Self {
        let about = std::fs::metadata(path).ok();
        Self {
            size: about.as_ref().map(Metadata::len),
            modified: about.and_then(|about| about.modified().ok()),
        }
    }
}
