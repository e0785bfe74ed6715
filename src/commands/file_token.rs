//! What the window gets of a file that a person chose or dropped: a token, never a path.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Stands for a file that a person chose; good until the app closes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct FileToken(pub String);

/// A file that a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChosenFile {
    /// What commands take.
    pub token: FileToken,
    /// Its name, without folders.
    pub name: String,
    /// Its size in bytes; 0 for a file that is yet to be written.
    pub size: i64,
}

/// What people and the window know a file by: its name, without folders.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
