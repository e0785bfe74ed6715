//! The numbers that say which page of a list is meant.

use clap::builder::RangedI64ValueParser;

/// How many rows a page may have.
pub fn page_length() -> RangedI64ValueParser {
    RangedI64ValueParser::new().range(1..=500)
}

/// How many rows may come before a page.
pub fn page_start() -> RangedI64ValueParser {
    RangedI64ValueParser::new().range(0..)
}
