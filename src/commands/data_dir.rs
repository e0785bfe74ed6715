//! Where the app keeps its own data, the same for every host.

use std::path::PathBuf;

use crate::error::{Code, Error, Result};

/// The folder that `BACKSTOCK_DATA_DIR` names, otherwise the platform's usual place for an app's
/// data.
pub fn default_data_dir() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("BACKSTOCK_DATA_DIR").filter(|name| !name.is_empty()) {
        return Ok(folder.into());
    }
    let folders = directories::ProjectDirs::from("", "", "Backstock");
    let folder = folders.map(|folders| folders.data_local_dir().to_path_buf());
    folder.ok_or_else(|| {
        Error::new(
            Code::File,
            "This machine has no home folder to keep data in.",
        )
        .hint("Set BACKSTOCK_DATA_DIR to a folder.")
    })
}
