//! What shows, without reading it, that a file was written to, and that such a file is refused.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::open_import::Draft;
use domain::error::{Code, Error, Result};

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

impl Draft {
    /// Refuses a file that was written to since it was opened: what would be planned is not what stands in it.
    pub fn refuse_changed(&self) -> Result<()> {
        match self.state.differs_from(&self.original) {
            true => Err(self.being_written()),
            false => Ok(()),
        }
    }

    pub(super) fn being_written(&self) -> Error {
        let name = self.file_name();
        Error::new(
            Code::File,
            format!(
                "{name} changed since it was opened: it is still being written, or was saved again."
            ),
        )
        .hint("Wait until the program that writes it is done, and choose the file again.")
    }
}
