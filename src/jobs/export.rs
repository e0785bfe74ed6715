//! Writes records to a CSV file, page by page.

use std::collections::HashSet;
use std::path::PathBuf;

use super::new_file::NewFile;
use super::registry::Progress;
use csv_io::{Shape, ShapeWriter};
use domain::catalog::ProductFilter;
use domain::error::Result;
use domain::record::{Field, Kind, Record};
use domain::values::RecordId;
use store::{FamilyStream, RecordQuery, RecordStream, Store};

/// What is exported.
#[derive(Debug, Clone)]
pub struct Export {
    /// The file to write.
    pub path: PathBuf,
    /// Of which kind.
    pub kind: Kind,
    /// Which ones, unless `ids` says so.
    pub which: Exported,
    /// Which of them are left out.
    pub except: HashSet<RecordId>,
    /// Just these records.
    pub ids: Option<Vec<RecordId>>,
    /// Which columns, in this order; another shape than our own has those of them that it knows, in an order of
    /// its own.
    pub columns: Vec<Field>,
    /// The shape of the file.
    pub shape: Shape,
}

/// Which records are exported.
#[derive(Debug, Clone)]
pub enum Exported {
    /// The products of a filter.
    Products(ProductFilter),
    /// Those of any kind that a list shows.
    Records(RecordQuery),
}

/// Writes the file, families together; an earlier file of that name stays until the new one is whole. How many
/// records were written.
pub async fn export(progress: &Progress, store: &Store, export: &Export) -> Result<i64> {
    let (new, file) = NewFile::create(&export.path)?;
    let mut writer = ShapeWriter::new(file, export.shape, &store.schema(), &export.columns)?;
    let mut records = families(store, export);
    let left_out = i64::try_from(export.except.len()).unwrap_or_default();
    let total = records.left().await?;
    progress.step("Exporting", (total - left_out).max(0));
    let mut rows = 0;
    loop {
        progress.check()?;
        let page = records.next().await?;
        if page.is_empty() {
            break;
        }
        for record in &page {
            if !export.except.contains(&record.id) {
                writer.write(&record.fields)?;
                rows += 1;
            }
        }
        progress.done(rows);
    }
    new.finish(writer.finish()?)?;
    Ok(rows)
}

/// What is exported, in families. A product is nothing in Shopify's shape without its variants, and they are
/// nothing without it.
fn families(store: &Store, export: &Export) -> FamilyStream {
    let records = match (&export.ids, &export.which) {
        (Some(ids), _) => store.stream_ids(export.kind, ids.clone()),
        (None, Exported::Products(filter)) => store.stream(filter.clone()),
        (None, Exported::Records(which)) => store.stream_records(export.kind, which.clone()),
    };
    match export.shape {
        Shape::Backstock => records.in_families(),
        Shape::Shopify => records.in_families().whole(),
    }
}

/// The records that are asked for, page by page.
pub(super) struct Chosen {
    records: RecordStream,
    except: HashSet<RecordId>,
}

impl Chosen {
    /// The next page; empty at the end.
    pub(super) async fn next(&mut self) -> Result<Vec<Record>> {
        loop {
            let mut page = self.records.next().await?;
            let is_end = page.is_empty();
            page.retain(|record| !self.except.contains(&record.id));
            if is_end || !page.is_empty() {
                return Ok(page);
            }
        }
    }
}

/// The records but for some, and how many there are.
pub(super) async fn stream(
    store: &Store,
    kind: Kind,
    (which, except): (&Exported, &HashSet<RecordId>),
) -> Result<(Chosen, i64)> {
    let (records, total) = match which {
        Exported::Products(filter) => (
            store.stream(filter.clone()),
            store.count(filter).await?.count,
        ),
        Exported::Records(which) => {
            let (_, total) = store.list_records(kind, which, 0, 0).await?;
            (store.stream_records(kind, which.clone()), total)
        }
    };
    let without = i64::try_from(except.len()).unwrap_or_default();
    let chosen = Chosen {
        records,
        except: except.clone(),
    };
    Ok((chosen, (total - without).max(0)))
}
