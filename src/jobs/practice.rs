//! The practice catalogue: a small shop to try things on, imported like any other file.

use std::path::Path;
use std::sync::Arc;

use super::plan_import::ImportSource;
use csv_io::{ColumnMap, Delimiter, Format, ReadOptions, column_names};
use domain::catalog::product::PRODUCT;
use domain::error::{Error, Result};
use domain::plan::{ImportOnly, Origin};

const CATALOGUE: &str = include_str!("practice_catalogue.csv");

/// The practice catalogue as a source, written into `folder`.
pub fn practice_source(folder: &Path) -> Result<ImportSource> {
    let copy = folder.join("source.csv");
    std::fs::write(&copy, CATALOGUE).map_err(|cause| Error::file("write", &copy, &cause))?;
    let format = Format::new(Delimiter::Comma, true);
    let columns = ColumnMap::guess(&column_names(CATALOGUE.as_bytes(), format)?);
    Ok(ImportSource {
        kind: PRODUCT,
        name: "Practice catalogue".to_owned(),
        copy,
        format,
        columns,
        options: ReadOptions::default(),
        only: ImportOnly::Both,
        sent: None,
        origin: Origin::Practice,
        edits: Arc::default(),
        columns_out: Vec::new(),
    })
}
