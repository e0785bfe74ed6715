//! Writes products to a CSV file, page by page, to a name beside the target until it is whole.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::registry::Progress;
use crate::catalog::{Field, ProductFilter};
use crate::csv_io::ProductWriter;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::values::ProductId;

/// What is exported.
#[derive(Debug, Clone)]
pub struct Export {
    /// The file to write.
    pub path: PathBuf,
    /// Which products, unless `ids` says so.
    pub filter: ProductFilter,
    /// Just these products.
    pub ids: Option<Vec<ProductId>>,
    /// Which columns, in this order.
    pub columns: Vec<Field>,
}

/// Writes the file; an earlier file of that name stays until the new one is whole.
pub async fn export(progress: &Progress, store: &Store, export: &Export) -> Result<i64> {
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
    export: &Export,
    unfinished: &Path,
) -> Result<i64> {
    let failed = |cause: &std::io::Error| {
        Error::file("write", &export.path, cause)
            .hint("Choose another folder, or close the file in the program that has it open.")
    };
    let file = File::create(unfinished).map_err(|cause| failed(&cause))?;
    let mut writer = ProductWriter::new(BufWriter::new(file), &export.columns, true)?;
    let (mut products, total) = match &export.ids {
        Some(ids) => (
            store.stream_ids(ids.clone()),
            i64::try_from(ids.len()).unwrap_or_default(),
        ),
        None => (
            store.stream(export.filter.clone()),
            store.count(&export.filter).await?.count,
        ),
    };
    progress.step("Exporting", total);
    let mut rows = 0;
    loop {
        progress.check()?;
        let page = products.next().await?;
        if page.is_empty() {
            break;
        }
        for product in &page {
            writer.write(&product.fields)?;
        }
        rows += i64::try_from(page.len()).unwrap_or_default();
        progress.done(rows);
    }
    let mut file = writer.finish()?;
    file.flush().map_err(|cause| failed(&cause))?;
    Ok(rows)
}

/// The name under which a file is written until it is whole.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}
