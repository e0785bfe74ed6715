//! Writes the history to a CSV file, page by page, the latest entry first.

use std::path::PathBuf;

use super::new_file::NewFile;
use super::registry::Progress;
use csv_io::HistoryWriter;
use domain::error::Result;
use domain::people::Rights;
use domain::plan::HistoryFilter;
use domain::record::Field;
use store::{Store, Visible};

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
    /// What the user may do: fields that they may not see are left out.
    pub rights: Rights,
}

/// Writes the file; an earlier file of that name stays until the new one is whole.
pub async fn export_history(
    progress: &Progress,
    store: &Store,
    export: &HistoryExport,
) -> Result<i64> {
    let (new, file) = NewFile::create(&export.path)?;
    let mut writer = HistoryWriter::new(file)?;
    progress.step("Exporting", 0);
    let (mut before, mut entries) = (None, 0);
    loop {
        progress.check()?;
        let page = store
            .history(&export.filter, &export.visible, before, PAGE)
            .await?;
        let Some(last) = page.last() else { break };
        before = Some(last.number);
        entries += i64::try_from(page.len()).unwrap_or_default();
        for mut entry in page {
            entry.changes.retain(|change| {
                let field = Field::from_key(&change.field);
                field.is_none_or(|field| export.rights.sees(field))
            });
            writer.write(&entry)?;
        }
        progress.done(entries);
    }
    new.finish(writer.finish()?)?;
    Ok(entries)
}
