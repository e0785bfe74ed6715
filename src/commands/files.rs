//! Files a person chose or dropped. The window only ever sees a token, never a path.

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

/// `files.choose`: opens the native dialog to choose a CSV file. The answer is null when the
/// person closed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChooseFile {}

/// `files.choose_save`: opens the native dialog to name a file to write. The answer is null when
/// the person closed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChooseSave {
    /// The name that is proposed, such as `products.csv`.
    pub suggested_name: String,
}
