//! Files a person chooses: the dialogs, and what must not be written over.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::blocking::blocking;
use super::call::Call;
use super::file_token::{ChosenFile, FileToken};
use super::host::Host;
use domain::error::{Code, Error, Result};

/// What every SQLite file begins with.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// `files.choose`: opens the native dialog to choose a file. The answer is null when the
/// person closed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChooseFile {}

/// `files.choose_images`: opens the native dialog to choose pictures. The answer is empty when the
/// person closed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChooseImages {}

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

/// Opens the dialog to choose pictures.
pub(super) async fn choose_images(call: &Call, _: ChooseImages) -> Result<Vec<ChosenFile>> {
    let chosen = asked(call, |host| host.choose_images("Choose pictures")).await?;
    Ok(chosen
        .iter()
        .map(|path| call.app().grant_file(path))
        .collect())
}

/// Opens the dialog to name a file.
pub(super) async fn choose_save(call: &Call, request: ChooseSave) -> Result<Option<ChosenFile>> {
    ask_host(call, move |host| host.choose_save(&request.suggested_name)).await
}

async fn ask_host(
    call: &Call,
    ask: impl FnOnce(&dyn Host) -> Option<PathBuf> + Send + 'static,
) -> Result<Option<ChosenFile>> {
    let path = asked(call, ask).await?;
    Ok(path.map(|path| call.app().grant_file(&path)))
}

async fn asked<T: Send + 'static>(
    call: &Call,
    ask: impl FnOnce(&dyn Host) -> T + Send + 'static,
) -> Result<T> {
    let host = Arc::clone(&call.app().parts().host);
    let answer = tokio::task::spawn_blocking(move || ask(host.as_ref())).await;
    answer.map_err(|error| Error::internal(format!("The dialog failed: {error}.")))
}

/// The file that a token stands for, to put a new one in its place. A workspace is never replaced,
/// even when it is named by mistake, nor what is no file: a folder, a device, a pipe.
pub(super) async fn to_write(call: &Call, token: &FileToken) -> Result<PathBuf> {
    let path = call.file(token)?;
    blocking(move || {
        refuse_name(&path)?;
        match why_to_keep(&path) {
            None => Ok(path),
            Some(why) => Err(refused(&path, why)),
        }
    })
    .await
}

/// Refuses names that no new file should have: some systems cannot keep them, or keep them for
/// something else.
pub(super) fn refuse_name(path: &Path) -> Result<()> {
    match name_problem(path) {
        None => Ok(()),
        Some(why) => Err(refused(path, &why)),
    }
}

fn refused(path: &Path, why: &str) -> Error {
    let name = match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.display().to_string(),
    };
    Error::new(Code::File, format!("{name} {why}.")).hint("Choose another name for the new file.")
}

/// The longest name of a file, in bytes, that file systems keep.
const LONGEST_NAME: usize = 255;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// What a database writes beside its file.
const SIDE_FILES: &[&str] = &["-wal", "-shm", "-journal"];

fn name_problem(path: &Path) -> Option<String> {
    let Some(name) = path.file_name() else {
        let folder = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        return Some(format!("is the folder {}", folder.display()));
    };
    let name = name.to_string_lossy();
    if name.len() > LONGEST_NAME {
        let more = name.len() - LONGEST_NAME;
        let unit = if more == 1 { "byte" } else { "bytes" };
        return Some(format!("is too long a name, by {more} {unit}"));
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends with a dot or a space, which Windows takes off".to_owned());
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    if is_device(&stem.to_lowercase()) {
        return Some(format!(
            "cannot be used: Windows keeps the name {stem} for a device"
        ));
    }
    let owner = SIDE_FILES.iter().find_map(|side| name.strip_suffix(side))?;
    is_sqlite(&path.with_file_name(owner))
        .then(|| format!("belongs to the database {owner} beside it"))
}

fn is_device(stem: &str) -> bool {
    let is_port = ["com", "lpt"].iter().any(|port| {
        let number = stem.strip_prefix(port);
        number.is_some_and(|number| {
            matches!(
                number,
                "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    });
    is_port || DEVICES.contains(&stem)
}

/// Why what stands at a path must stay.
fn why_to_keep(path: &Path) -> Option<&'static str> {
    let there = std::fs::metadata(path).ok()?;
    if there.is_dir() {
        return Some("is a folder");
    }
    if !there.is_file() {
        return Some("is there already and is no file");
    }
    is_sqlite(path).then_some("is a workspace, or another database")
}

fn is_sqlite(path: &Path) -> bool {
    let is_file = std::fs::metadata(path).is_ok_and(|there| there.is_file());
    let mut start = [0; SQLITE.len()];
    let mut read = || File::open(path).and_then(|mut file| file.read_exact(&mut start));
    is_file && read().is_ok() && start == *SQLITE
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{SQLITE, name_problem};

    #[test]
    fn names_that_some_system_cannot_keep_are_refused_with_the_reason() {
        for (path, part) in [
            ("NUL", "for a device"),
            ("out/nul.csv", "for a device"),
            ("Com1.tar.gz", "for a device"),
            ("report.", "ends with a dot"),
            ("report ", "ends with a dot or a space"),
            (".", "is the folder"),
            ("..", "is the folder"),
            (&"x".repeat(256), "by 1 byte"),
        ] {
            let problem = name_problem(Path::new(path)).unwrap_or_default();
            assert!(problem.contains(part), "{path}: {problem}");
        }
        for path in ["null.csv", "com10.csv", "a.nul", ".csv", &"x".repeat(255)] {
            assert_eq!(name_problem(Path::new(path)), None, "{path}");
        }
    }

    #[test]
    fn what_belongs_to_a_database_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let shop = folder.path().join("shop.sqlite");
        let beside = |suffix: &str| folder.path().join(format!("shop.sqlite{suffix}"));
        std::fs::write(&shop, "sku,name").unwrap();
        assert_eq!(name_problem(&beside("-wal")), None, "of no database");
        std::fs::write(&shop, SQLITE).unwrap();
        for suffix in ["-wal", "-shm", "-journal"] {
            let problem = name_problem(&beside(suffix)).unwrap_or_default();
            assert!(
                problem.contains("belongs to the database shop.sqlite"),
                "{problem}"
            );
        }
        assert_eq!(name_problem(&beside("-copy")), None);
    }
}
