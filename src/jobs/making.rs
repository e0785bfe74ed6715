//! The staging files of one plan. A plan that is made again gets a file of its own and counts from the
//! moment it is finished. A file is never renamed: SQLite finds the log of a file by its name, and
//! would put the log of one into the other while a user reads.

use std::fs::File;
use std::path::{Path, PathBuf};

use domain::error::{Error, Result};
use store::PlanFile;

const PREFIX: &str = "plan-";
const FINISHED: &str = ".finished";

/// The staging file that counts.
pub(super) fn current(folder: &Path) -> PathBuf {
    staging_file(folder, latest(folder))
}

/// The staging file of the plan that is made after the one that counts.
pub(super) fn next(folder: &Path) -> PathBuf {
    staging_file(folder, latest(folder) + 1)
}

/// Makes the next staging file the one that counts, and deletes the one before. On Windows a file
/// that is read stays; it goes with its plan.
pub(super) fn finish_next(folder: &Path) -> Result<()> {
    let before = latest(folder);
    let finished = mark(folder, before + 1);
    File::create(&finished).map_err(|cause| Error::file("write", &finished, &cause))?;
    PlanFile::delete(&staging_file(folder, before)).ok();
    std::fs::remove_file(mark(folder, before)).ok();
    Ok(())
}

/// How often the plan was made again, up to the one that counts.
fn latest(folder: &Path) -> u32 {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let finished = names.filter_map(|name| {
        let number = name.strip_prefix(PREFIX)?.strip_suffix(FINISHED)?;
        number.parse().ok()
    });
    finished.max().unwrap_or(0)
}

fn staging_file(folder: &Path, number: u32) -> PathBuf {
    match number {
        0 => folder.join("plan.sqlite"),
        number => folder.join(format!("{PREFIX}{number}.sqlite")),
    }
}

fn mark(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{PREFIX}{number}{FINISHED}"))
}
