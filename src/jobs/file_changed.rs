//! Refuses a file that was written to since it was opened.

use super::open_import::Draft;
use domain::error::{Code, Error, Result};

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
