//! What a column that no field takes may hold: which type of field would take all of its values.

use std::collections::HashSet;
use std::io::Read;

use domain::error::Result;
use domain::record::{FieldKind, has_control};
use domain::values::Date;

use super::calendar::written_date;
use super::format::Format;
use super::number::{DecimalMark, parse_plain};
use super::records::{Record, RecordReader};

/// The longest line that a field of one line takes, in characters.
const ONE_LINE: usize = 1_000;

/// So many different values of a column are told; one that has more has no choices.
pub const MOST_VALUES: usize = 400;

/// What stands in a column, as far as it decides which field would take it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnValues {
    /// The different values in the order in which they come, at most one more than [`MOST_VALUES`].
    pub different: Vec<String>,
    seen: HashSet<String>,
    filled: bool,
    not_flag: bool,
    not_integer: bool,
    not_decimal: bool,
    not_date: bool,
    long: bool,
    html: bool,
}

impl ColumnValues {
    /// What these cells of a column show.
    pub fn of<S: AsRef<str>>(cells: &[S]) -> Self {
        let mut values = Self::default();
        for cell in cells {
            values.look_at(cell.as_ref());
        }
        values
    }

    fn look_at(&mut self, cell: &str) {
        let text = cell.trim();
        if text.is_empty() {
            return;
        }
        self.filled = true;
        self.not_flag |= !is_flag(text);
        let number = || parse_plain(text, DecimalMark::Point);
        // What begins with a zero is a code, and a number would lose it.
        let is_code = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
        self.not_integer |= is_code || text.parse::<i32>().is_err();
        self.not_decimal |= is_code || text.contains(',') || number().is_none_or(|of| of.rounded);
        self.not_date |= Date::parse_iso(text).is_none() && written_date(text).is_none();
        let has_lines = has_control(text, char::is_control);
        self.long |= has_lines || text.chars().nth(ONE_LINE).is_some();
        self.html |= text.contains("</") || text.contains("/>");
        if self.different.len() <= MOST_VALUES && !self.seen.contains(text) {
            self.seen.insert(text.to_owned());
            self.different.push(text.to_owned());
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        !self.filled
    }

    /// The type of field that takes all of it.
    pub fn fitting(&self) -> FieldKind {
        match () {
            () if !self.filled => FieldKind::Text,
            () if !self.not_flag => FieldKind::Flag,
            () if !self.not_integer => FieldKind::Integer,
            () if !self.not_decimal => FieldKind::Decimal,
            () if !self.not_date => FieldKind::Date,
            () if self.html => FieldKind::Html,
            () if self.long => FieldKind::LongText,
            () => FieldKind::Text,
        }
    }

    /// The different parts of its values, where each may name several choices.
    pub fn parts(&self) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for value in &self.different {
            for part in super::cell::parts_of(value).map(str::trim) {
                if !part.is_empty() && !parts.iter().any(|known| known == part) {
                    parts.push(part.to_owned());
                }
            }
        }
        parts
    }
}

/// Words only: 0 and 1 may just as well be numbers.
fn is_flag(text: &str) -> bool {
    let words = ["yes", "no", "true", "false", "y", "n"];
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a column is called as one of those that programs keep for whatever a shop needs: `Misc01`.
pub fn is_spare_column(header: &str) -> bool {
    let lower = header.trim().to_lowercase();
    let number = lower.strip_prefix("misc").map(str::trim);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Reads all of a column, below the line of the header.
pub fn column_values(
    input: impl Read,
    format: Format,
    header_line: Option<u64>,
    column: usize,
) -> Result<ColumnValues> {
    let mut records = RecordReader::new(input, format.delimiter)?;
    let mut record = Record::default();
    let mut values = ColumnValues::default();
    while records.read(&mut record)? {
        if header_line.is_none_or(|line| record.line > line) {
            values.look_at(record.cell(column));
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use domain::record::FieldKind;

    use super::{ColumnValues, column_values, is_spare_column};
    use crate::{Delimiter, Format};

    #[test]
    fn the_type_that_takes_all_values_is_offered() {
        for (cells, kind) in [
            (&["yes", "", "No"][..], FieldKind::Flag),
            (&["1", "0"], FieldKind::Integer),
            (&["1", "-2.5"], FieldKind::Decimal),
            (&["007"], FieldKind::Text),
            (&["1,5"], FieldKind::Text),
            (&["2026-12-31", "31/12/2026"], FieldKind::Date),
            (&["2026-12-31", "soon"], FieldKind::Text),
            (&["<p>a</p>"], FieldKind::Html),
            (&["a\nb"], FieldKind::LongText),
            (&["Summer"], FieldKind::Text),
            (&["", " "], FieldKind::Text),
        ] {
            assert_eq!(ColumnValues::of(cells).fitting(), kind, "{cells:?}");
        }
    }

    #[test]
    fn a_whole_column_is_read_below_its_header() {
        let text = "sku,Season\nA,Summer\nB,Winter\n\nC,Summer\nD\n";
        let format = Format::new(Delimiter::Comma, true);
        let values = column_values(text.as_bytes(), format, Some(1), 1).unwrap();
        assert_eq!(values.different, ["Summer", "Winter"]);
        let several = ColumnValues::of(&["a, b", "b", "c; d"]);
        assert_eq!(several.parts(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn spare_columns_are_known_by_their_names() {
        assert!(is_spare_column("Misc01") && is_spare_column("misc 20"));
        assert!(!is_spare_column("Misc") && !is_spare_column("Miscellaneous"));
    }
}
