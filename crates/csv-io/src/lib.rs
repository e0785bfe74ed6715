//! CSV in and out: encodings, dialects, column maps, cells, rows. Pure reading and writing over
//! files and streams; no database, no network, no async, and flat memory whatever the file's size.
//!
//! The way of a file: [`detect`] says what it is, [`copy_as_utf8`] makes the UTF-8 copy that
//! everything else reads, [`column_names`] and [`ColumnMap::guess`] propose what each column feeds,
//! [`scan()`] says whether a person must be asked about dates or decimals, and [`Reader`] turns the
//! copy into items, every row of the file exactly once. [`ProductWriter`] and [`RejectsWriter`] write.

mod amount;
#[cfg(test)]
mod any_bytes;
mod calendar;
mod cell;
mod code;
mod column;
mod columns;
mod currency;
mod custom_names;
mod delimiter;
mod delimiter_guess;
mod dos;
mod edits;
mod encoding;
mod format;
mod guard;
mod guess;
mod header_again;
mod headers;
mod history;
mod item;
mod likely_kind;
mod number;
mod odd_lines;
mod oddities;
mod offer;
mod opening;
mod parsed;
mod price_names;
mod qualifiers;
mod records;
mod refusal;
mod rejects;
mod row_cells;
mod row_faults;
mod row_images;
mod rows;
mod scan;
mod shape;
mod shopify;
mod source;
mod split;
mod supplier_names;
mod synonyms;
mod target;
mod transcode;
mod units;
mod window;
mod words;
mod write;

use std::sync::LazyLock;

use domain::record::{Field, FieldKind, FieldView, Schema};

pub use column::Column;
pub use columns::{ColumnMap, Layout};
pub use currency::Currency;
pub use delimiter::Delimiter;
pub use edits::Edits;
pub use encoding::Encoding;
pub use format::Format;
pub use guess::Reading;
pub use headers::Contest;
pub use history::HistoryWriter;
pub use item::{Body, EmptyCells, ForeignMoney, Item, ReadOptions, Row, Skip};
pub use likely_kind::likely_kind;
pub use number::DecimalMark;
pub use offer::{ColumnValues, MOST_VALUES, column_values, is_spare_column};
pub use opening::{column_names, first_rows, header_line};
pub use qualifiers::says_tax;
pub use rejects::RejectsWriter;
pub use rows::Reader;
pub use scan::{DateOrderGuess, DecimalMarkGuess, OddLine, Scan, scan};
pub use shape::{Shape, ShapeWriter};
pub use shopify::ShopifyWriter;
pub use source::{Detected, Overrides, detect};
pub use target::Target;
pub use transcode::{Copied, copy_as_utf8};
pub use units::Unit;
pub use words::{COUNTED, StockWords};
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
