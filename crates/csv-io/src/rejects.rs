//! Rejected rows as CSV: the rows as they stand in the file, each with its line and the reason, to
//! be mended and imported again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Read, Seek, Write};

use super::cell::without_edges;
use super::columns::ColumnMap;
use super::format::Format;
use super::guard;
use super::number::{DecimalMark, parse_number};
use super::records::{FilePosition, Record, RecordReader};
use super::write::failed;
use domain::error::Result;
use domain::values::hash;

const FIRST_ROW: &str = "Not rejected: it has what the rows below share, such as the title.";

/// Writes rejected rows. `Line` and `Reason` come first, where people see them in wide files, and
/// where rows with too many cells cannot push them aside. The delimiter is the file's own.
#[derive(Debug)]
pub struct RejectsWriter<W: Write, R> {
    rows: csv::Writer<W>,
    records: RecordReader<R>,
    record: Record,
    first_rows: Option<FirstRows>,
}

impl<W: Write, R: Read + Seek> RejectsWriter<W, R> {
    /// Starts a file of rows from `copy`, whose columns feed what `map` says.
    pub fn new(mut output: W, copy: R, format: Format, map: &ColumnMap) -> Result<Self> {
        output.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        let mut rows = csv::WriterBuilder::new()
            .delimiter(format.delimiter.byte())
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(output);
        let own = ["Line", "Reason"].into_iter();
        let names = map.columns().iter().map(|column| column.name.as_str());
        let header = own.chain(names).map(guard::guarded);
        rows.write_record(header.map(|cell| cell.as_bytes().to_vec()))
            .map_err(failed)?;
        let records = RecordReader::new(copy, format.delimiter)?;
        let first_rows = map.handle().map(|handle| FirstRows {
            handle,
            next: records.position(),
            positions: HashMap::new(),
        });
        Ok(Self {
            rows,
            records,
            record: Record::default(),
            first_rows,
        })
    }

    /// Writes the row that starts on `line` at `offset` of the copy, and before it the first row of
    /// its product, without which it could not be imported. Rows come in the order of the file.
    pub fn write(&mut self, line: u64, offset: u64, reason: &str) -> Result<()> {
        if let Some(first_rows) = &mut self.first_rows
            && let Some(first) = first_rows.before(&mut self.records, &mut self.record, offset)?
        {
            self.write_row(first, FIRST_ROW)?;
        }
        self.write_row(FilePosition { offset, line }, reason)
    }

    fn write_row(&mut self, position: FilePosition, reason: &str) -> Result<()> {
        self.records.seek(position)?;
        self.records.read(&mut self.record)?;
        self.rows
            .write_field(position.line.to_string())
            .and_then(|()| self.rows.write_field(guard::guarded(reason).as_bytes()))
            .map_err(failed)?;
        for cell in self.record.cells() {
            self.rows
                .write_field(guarded(cell).as_bytes())
                .map_err(failed)?;
        }
        self.rows.write_record(None::<&[u8]>).map_err(failed)
    }

    /// Writes what is left, and gives the output back.
    pub fn finish(self) -> Result<W> {
        self.rows
            .into_inner()
            .map_err(|error| failed(error.error().kind()))
    }
}

/// Where the first row of each product of Shopify's layout stands: only that row has the title and
/// the names of the options.
#[derive(Debug)]
struct FirstRows {
    /// The column of the handle.
    handle: usize,
    /// How far the copy was read.
    next: FilePosition,
    /// By a hash of the handle; none once the row is written.
    positions: HashMap<u64, Option<FilePosition>>,
}

impl FirstRows {
    /// The first row of the product that the row at `offset` belongs to, unless it is that row or
    /// was written already.
    fn before(
        &mut self,
        records: &mut RecordReader<impl Read + Seek>,
        record: &mut Record,
        offset: u64,
    ) -> Result<Option<FilePosition>> {
        records.seek(self.next)?;
        let mut product = None;
        while self.next.offset <= offset && records.read(record)? {
            let position = std::mem::replace(&mut self.next, records.position());
            let handle = without_edges(record.cell(self.handle));
            product = (!handle.is_empty()).then(|| hash(handle));
            if let Some(product) = product {
                self.positions.entry(product).or_insert(Some(position));
            }
        }
        let first = product.and_then(|product| self.positions.get_mut(&product)?.take());
        Ok(first.filter(|first| first.offset != offset))
    }
}

/// A cell of the file with an apostrophe in front when a spreadsheet program would run it. One that has an
/// apostrophe already stays, and so does what a program would only rewrite: a guard would turn a shortened
/// number, which is refused, into text, which is not. The import takes `="0017"` and `'0017` for the same.
fn guarded(cell: &str) -> Cow<'_, str> {
    let is_number = |mark| parse_number(cell, mark).is_some();
    if let Some(inside) = guard::quoted_by_formula(cell) {
        let is_code = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
        return match is_code {
            true => Cow::Owned(format!("'{inside}")),
            false => guarded(inside),
        };
    }
    let is_amount = is_number(DecimalMark::Point) || is_number(DecimalMark::Comma);
    match guard::would_run(cell) && !is_amount {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::{Body, ColumnMap, Delimiter, ReadOptions, Reader, column_names};

    const FORMAT: Format = Format::new(Delimiter::Semicolon, true);

    fn problems(text: &str) -> Vec<(u64, u64, String)> {
        let names = column_names(text.as_bytes(), FORMAT).unwrap();
        let map = ColumnMap::guess(&names);
        let options = ReadOptions::default();
        let reader = Reader::new(text.as_bytes(), FORMAT, &map, options).unwrap();
        let problem = |item: crate::Item| match item.body {
            Body::Record(row) if !row.problems.is_empty() => {
                Some((item.line, item.offset, row.problems[0].message.clone()))
            }
            _ => None,
        };
        reader.filter_map(|item| problem(item.unwrap())).collect()
    }

    fn rejected(text: &str) -> String {
        let map = ColumnMap::guess(&column_names(text.as_bytes(), FORMAT).unwrap());
        let mut writer = RejectsWriter::new(Vec::new(), Cursor::new(text), FORMAT, &map).unwrap();
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

    #[test]
    fn no_cell_and_no_header_is_run_and_what_guards_them_is_taken_off_again() {
        let file = "sku;=HYPERLINK(1);qty\n\n=1+1;\u{200b}=2;＝3\n-A;\"\n@x\";1O\n'=B;''=c;1O\n=\"0017\";d;1O\n";
        let text = rejected(file);
        let mut records = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .from_reader(text.as_bytes());
        let cells: Vec<String> = records
            .records()
            .flat_map(|record| {
                record
                    .unwrap()
                    .iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(cells.len(), 25, "a header and four rows");
        for cell in &cells {
            assert!(!guard::would_run(cell), "{cell:?}");
        }
        let names = |text: &str| column_names(text.as_bytes(), FORMAT).unwrap();
        assert_eq!(names(&text)[2..], names(file));
        let skus = |text: &str| -> Vec<String> {
            let map = ColumnMap::guess(&names(text));
            let options = ReadOptions::default();
            let items = Reader::new(text.as_bytes(), FORMAT, &map, options).unwrap();
            items
                .filter_map(|item| match item.unwrap().body {
                    Body::Record(row) => Some(row.text(domain::catalog::product::SKU).to_owned()),
                    Body::Skipped(_) => None,
                })
                .collect()
        };
        assert_eq!(skus(&text), skus(file));
    }

    #[test]
    fn the_first_row_of_a_shopify_product_comes_along_with_those_that_were_rejected() {
        let file = "Handle;Title;Option1 Name;Option1 Value;Variant SKU;Variant Price\n\
                    cap;Cap;Size;S;CAP-S;1\n\
                    tee;Tee;Size;S;TEE-S;1\ntee;;;M;TEE-M;x\n;;;;;\ntee;;;L;TEE-L;x\n\
                    hat;Hat;Size;S;HAT-S;x\nhat;;;M;HAT-M;x\n";
        let rejected = rejected(file);
        let lines: Vec<&str> = rejected.lines().skip(1).collect();
        let skus: Vec<&str> = lines.iter().map(|l| l.split(';').nth(6).unwrap()).collect();
        assert_eq!(skus, ["TEE-S", "TEE-M", "TEE-L", "HAT-S", "HAT-M"]);
        assert!(lines[0].starts_with("3;Not rejected"), "{}", lines[0]);

        let mended = rejected.replace(";x\r\n", ";2\r\n");
        let names = column_names(mended.as_bytes(), FORMAT).unwrap();
        let map = ColumnMap::guess(&names);
        let options = ReadOptions::default();
        let items = Reader::new(mended.as_bytes(), FORMAT, &map, options).unwrap();
        let names: Vec<String> = items
            .filter_map(|item| match item.unwrap().body {
                Body::Record(row) => Some(row.text(domain::catalog::product::NAME).to_owned()),
                Body::Skipped(_) => None,
            })
            .collect();
        assert_eq!(
            names,
            [
                "Tee", "Tee - S", "Tee - M", "Tee - L", "Hat", "Hat - S", "Hat - M"
            ]
        );
        assert_eq!(problems(&mended), []);
    }
}
