//! Files a person chose or dropped. The window only ever sees a token, never a path.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::Host;
use super::call::Call;
use super::imports::blocking;
use domain::error::{Code, Error, Result};

/// What every SQLite file begins with.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

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

/// `files.choose`: opens the native dialog to choose a file. The answer is null when the
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

/// Opens the dialog to choose a file.
pub(super) async fn choose(call: &Call, _: ChooseFile) -> Result<Option<ChosenFile>> {
    ask_host(call, |host| host.choose_file("Choose a file")).await
}

/// Opens the dialog to name a file.
pub(super) async fn choose_save(call: &Call, request: ChooseSave) -> Result<Option<ChosenFile>> {
    ask_host(call, move |host| host.choose_save(&request.suggested_name)).await
}

async fn ask_host(
    call: &Call,
    ask: impl FnOnce(&dyn Host) -> Option<PathBuf> + Send + 'static,
) -> Result<Option<ChosenFile>> {
    let host = Arc::clone(&call.app().parts().host);
    let path = tokio::task::spawn_blocking(move || ask(host.as_ref())).await;
    let path = path.map_err(|error| Error::internal(format!("The dialog failed: {error}.")))?;
    Ok(path.map(|path| call.app().grant_file(&path)))
}

/// What people and the window know a file by: its name, without folders.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The file that a token stands for, to put a new one in its place. A workspace is never replaced,
/// even by whoever names it by mistake, nor what is no file: a folder, a device, a pipe.
pub(super) async fn to_write(call: &Call, token: &FileToken) -> Result<PathBuf> {
    let path = call.file(token)?;
    blocking(move || match why_to_keep(&path) {
        None => Ok(path),
        Some(why) => {
            let error = Error::new(Code::File, format!("{} {why}.", name_of(&path)));
            Err(error.hint("Choose another name for the new file."))
        }
    })
    .await
}

/// Why what stands at a path must stay.
fn why_to_keep(path: &Path) -> Option<&'static str> {
    let there = std::fs::metadata(path).ok()?;
    if !there.is_file() {
        return Some("is there already and is no file");
    }
    is_sqlite(path).then_some("is a workspace, or another database")
}

fn is_sqlite(path: &Path) -> bool {
    let mut start = [0; SQLITE.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *SQLITE
}
