//! CSV in and out: encodings, dialects, column maps, cells, rows. Pure reading and writing over
//! files and streams; no database, no network, no async, and flat memory whatever the file's size.
//!
//! The way of a file: [`detect`] says what it is, [`copy_as_utf8`] makes the UTF-8 copy that
//! everything else reads, [`column_names`] and [`ColumnMap::guess`] propose what each column feeds,
//! [`scan()`] says whether a person must be asked about dates or decimals, and [`Reader`] turns the
//! copy into items, every row of the file exactly once. [`ProductWriter`] and [`RejectsWriter`] write.

mod calendar;
mod cell;
mod columns;
mod delimiter;
mod encoding;
mod guard;
mod history;
mod item;
mod number;
mod records;
mod refusal;
mod rejects;
mod rows;
mod scan;
mod shopify;
mod source;
mod split;
mod synonyms;
mod window;
mod write;

use std::sync::LazyLock;

use domain::record::{Field, FieldKind, FieldView, Schema};

pub use columns::{ColumnMap, Layout, Target};
pub use delimiter::Delimiter;
pub use encoding::{Copied, Encoding, copy_as_utf8};
pub use history::HistoryWriter;
pub use item::{Body, EmptyCells, Item, ReadOptions, Row, Skip};
pub use number::DecimalMark;
pub use rejects::RejectsWriter;
pub use rows::Reader;
pub use scan::{DateOrderGuess, DecimalMarkGuess, Scan, scan};
pub use source::{Detected, Format, Overrides, column_names, detect, first_rows};
pub use write::{ProductWriter, write_template};

/// What is known of a field of a file.
fn view(field: Field) -> FieldView<'static> {
    static DECLARED: LazyLock<Schema> = LazyLock::new(Schema::default);
    DECLARED.view(field)
}

/// What a field of a file holds.
fn kind_of(field: Field) -> FieldKind {
    view(field).kind
}

/// The name of a field for people.
fn label_of(field: Field) -> &'static str {
    view(field).label
}
