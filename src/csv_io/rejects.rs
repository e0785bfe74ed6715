//! Rejected rows as CSV: the rows as they stand in the file, each with its line and the reason, to
//! be mended and imported again.

use std::io::{Read, Seek, Write};

use super::number::{DecimalMark, parse_number};
use super::records::{Record, RecordReader};
use super::source::Format;
use super::write::failed;
use crate::error::Result;

/// Writes rejected rows. `Line` and `Reason` come first, where people see them in wide files, and
/// where rows with too many cells cannot push them aside. The delimiter is the file's own.
#[derive(Debug)]
pub struct RejectsWriter<W: Write, R> {
    rows: csv::Writer<W>,
    records: RecordReader<R>,
    record: Record,
}

impl<W: Write, R: Read + Seek> RejectsWriter<W, R> {
    /// Starts a file of rows from `copy`, whose columns have these names.
    pub fn new(mut output: W, copy: R, format: Format, names: &[String]) -> Result<Self> {
        output.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        let mut rows = csv::WriterBuilder::new()
            .delimiter(format.delimiter.byte())
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(output);
        let own = ["Line", "Reason"].into_iter();
        let header = own.chain(names.iter().map(String::as_str));
        rows.write_record(header).map_err(failed)?;
        Ok(Self {
            rows,
            records: RecordReader::new(copy, format.delimiter)?,
            record: Record::default(),
        })
    }

    /// Writes the row that starts on `line` at `offset` of the copy. Rows that come in the order
    /// of the file are found fastest.
    pub fn write(&mut self, line: u64, offset: u64, reason: &str) -> Result<()> {
        self.records.seek(offset, line)?;
        self.records.read(&mut self.record)?;
        self.rows
            .write_field(line.to_string())
            .and_then(|()| self.rows.write_field(reason))
            .map_err(failed)?;
        for cell in self.record.cells() {
            let guard = if would_run(cell) { "'" } else { "" };
            self.rows
                .write_field(format!("{guard}{cell}"))
                .map_err(failed)?;
        }
        self.rows.write_record(None::<&[u8]>).map_err(failed)
    }

    /// Writes what is left, and gives the output back.
    pub fn finish(self) -> Result<W> {
        self.rows
            .into_inner()
            .map_err(|error| failed(error.error()))
    }
}

/// Whether a spreadsheet program would run the cell. What it would only rewrite stays as it is:
/// a guard would turn a shortened number, which is refused, into text, which is not.
fn would_run(cell: &str) -> bool {
    let is_number = |mark| parse_number(cell, mark).is_some();
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
        && !is_number(DecimalMark::Point)
        && !is_number(DecimalMark::Comma)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::csv_io::{Body, ColumnMap, Delimiter, ReadOptions, Reader, column_names};

    const FORMAT: Format = Format {
        delimiter: Delimiter::Semicolon,
        has_header: true,
    };

    fn problems(text: &str) -> Vec<(u64, u64, String)> {
        let names = column_names(text.as_bytes(), FORMAT).unwrap();
        let map = ColumnMap::guess(&names);
        let options = ReadOptions::default();
        let reader = Reader::new(text.as_bytes(), FORMAT, &map, options).unwrap();
        let problem = |item: crate::csv_io::Item| match item.body {
            Body::Record(row) if !row.problems.is_empty() => {
                Some((item.line, item.offset, row.problems[0].message.clone()))
            }
            _ => None,
        };
        reader.filter_map(|item| problem(item.unwrap())).collect()
    }

    fn rejected(text: &str) -> String {
        let names = column_names(text.as_bytes(), FORMAT).unwrap();
        let copy = Cursor::new(text);
        let mut writer = RejectsWriter::new(Vec::new(), copy, FORMAT, &names).unwrap();
        for (line, offset, reason) in problems(text) {
            writer.write(line, offset, &reason).unwrap();
        }
        let bytes = writer.finish().unwrap();
        String::from_utf8(bytes[3..].to_vec()).unwrap()
    }

    const FILE: &str = "sku;name;qty\nA;Shirt;1\nB;\"Hat;\nwide\";1O\nC;=cmd;-x;more\n\
                        D;Belt;-5.5\n8.7E+12;Sock;1\n";

    #[test]
    fn rejected_rows_keep_their_cells_and_gain_line_and_reason() {
        assert_eq!(
            rejected(FILE),
            "Line;Reason;sku;name;qty\r\n\
             3;\"\"\"1O\"\" is not a number.\";B;\"Hat;\nwide\";1O\r\n\
             5;The row has 4 columns, and the file has 3.;C;'=cmd;'-x;more\r\n\
             6;\"\"\"-5.5\"\" is not a whole number.\";D;Belt;-5.5\r\n\
             7;\"\"\"8.7E+12\"\" is a number that a spreadsheet program shortened; digits are lost.\";8.7E+12;Sock;1\r\n"
        );
    }

    #[test]
    fn rejected_rows_that_are_not_mended_are_rejected_again_for_the_same_reasons() {
        // The file of rejected rows has two columns more, so counts of columns differ.
        let reasons = |text: &str| -> Vec<String> {
            problems(text)
                .into_iter()
                .map(|(_, _, reason)| reason.replace(|c: char| c.is_ascii_digit(), "#"))
                .collect()
        };
        assert_eq!(reasons(&rejected(FILE)), reasons(FILE));
    }
}
