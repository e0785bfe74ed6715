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
mod guess;
mod history;
mod item;
mod number;
mod opening;
mod records;
mod refusal;
mod rejects;
mod rows;
mod scan;
mod shopify;
mod source;
mod split;
mod synonyms;
mod transcode;
mod window;
mod write;

pub use columns::{ColumnMap, Layout, Target};
pub use delimiter::Delimiter;
pub use encoding::Encoding;
pub use guess::Reading;
pub use history::HistoryWriter;
pub use item::{Body, EmptyCells, Item, ReadOptions, Row, Skip};
pub use number::DecimalMark;
pub use opening::{column_names, first_rows, header_line};
pub use rejects::RejectsWriter;
pub use rows::Reader;
pub use scan::{DateOrderGuess, DecimalMarkGuess, Scan, scan};
pub use source::{Detected, Format, Overrides, detect};
pub use transcode::{Copied, copy_as_utf8};
pub use write::{ProductWriter, write_template};
