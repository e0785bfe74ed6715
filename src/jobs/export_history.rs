//! Writes the history to a CSV file, page by page, the latest entry first.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::export::beside;
use super::registry::Progress;
use crate::catalog::Field;
use crate::csv_io::HistoryWriter;
use crate::error::{Error, Result};
use crate::plan::HistoryFilter;
use crate::store::{Store, Visible};

/// How many entries are read at once.
const PAGE: i64 = 2_000;

/// What is written.
#[derive(Debug, Clone)]
pub struct HistoryExport {
    /// The file to write.
    pub path: PathBuf,
    /// Which entries.
    pub filter: HistoryFilter,
    /// Which of these the person may read.
    pub visible: Visible,
    /// Whether the person may see costs.
    pub costs: bool,
}

/// Writes the file; an earlier file of that name stays until the new one is whole.
pub async fn export_history(
    progress: &Progress,
    store: &Store,
    export: &HistoryExport,
) -> Result<i64> {
    let unfinished = beside(&export.path);
    let written = write(progress, store, export, &unfinished).await;
    if written.is_err() {
        std::fs::remove_file(&unfinished).ok();
        return written;
    }
    std::fs::rename(&unfinished, &export.path)
        .map_err(|cause| Error::file("replace", &export.path, &cause))?;
    written
}

async fn write(
    progress: &Progress,
    store: &Store,
    export: &HistoryExport,
    unfinished: &Path,
) -> Result<i64> {
    let failed = |cause: &std::io::Error| {
        Error::file("write", &export.path, cause)
            .hint("Choose another folder, or close the file in the program that has it open.")
    };
    let file = File::create(unfinished).map_err(|cause| failed(&cause))?;
    let mut writer = HistoryWriter::new(BufWriter::new(file))?;
    progress.step("Exporting", 0);
    let (mut before, mut entries) = (None, 0);
    loop {
        progress.check()?;
        let page = store
            .history(&export.filter, export.visible, before, PAGE)
            .await?;
        let Some(last) = page.last() else { break };
        before = Some(last.number);
        entries += i64::try_from(page.len()).unwrap_or_default();
        for mut entry in page {
            if !export.costs {
                entry.changes.retain(|change| !is_cost(&change.field));
            }
            writer.write(&entry)?;
        }
        progress.done(entries);
    }
    let mut file = writer.finish()?;
    file.flush().map_err(|cause| failed(&cause))?;
    Ok(entries)
}

fn is_cost(field: &str) -> bool {
    Field::from_key(field).is_some_and(Field::is_cost)
}
