//! Writes products to a CSV file, page by page.

use std::path::PathBuf;

use super::new_file::NewFile;
use super::registry::Progress;
use csv_io::ProductWriter;
use domain::catalog::ProductFilter;
use domain::error::Result;
use domain::record::Field;
use domain::values::RecordId;
use store::Store;

/// What is exported.
#[derive(Debug, Clone)]
pub struct Export {
    /// The file to write.
    pub path: PathBuf,
    /// Which products, unless `ids` says so.
    pub filter: ProductFilter,
    /// Just these products.
    pub ids: Option<Vec<RecordId>>,
    /// Which columns, in this order.
    pub columns: Vec<Field>,
}

/// Writes the file; an earlier file of that name stays until the new one is whole.
pub async fn export(progress: &Progress, store: &Store, export: &Export) -> Result<i64> {
    let (new, file) = NewFile::create(&export.path)?;
    let mut writer = ProductWriter::new(file, &store.schema(), &export.columns, true)?;
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
    new.finish(writer.finish()?)?;
    Ok(rows)
}
