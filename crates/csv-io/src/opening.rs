//! The opening of a file: its first rows, and which of them names the columns.

use std::io::Read;
use std::sync::Arc;

use super::cell::without_edges;
use super::columns::ColumnMap;
use super::format::Format;
use super::guard::unguarded;
use super::records::{Record, RecordReader};
use domain::error::{Code, Error, Result};
use domain::purchasing::supplier::SUPPLIER;
use domain::purchasing::supplier_product::SUPPLIER_PRODUCT;

/// No product list has more columns; a file that does has the wrong delimiter.
const MAX_COLUMNS: usize = 1000;
/// Rows that are together longer than this are no header and what follows it.
const MOST_BYTES: usize = 1024 * 1024;

/// The first rows with content, among them the header. Suppliers like to put their name, a title or a
/// date above it.
#[derive(Debug)]
pub(super) struct Opening {
    /// The rows with content; those above a header that a person named are not among them.
    pub records: Vec<Record>,
    /// How many rows, blank ones counted, stand before each of them.
    pub before: Vec<u64>,
    /// How many rows were read, blank ones counted.
    pub rows: u64,
}

impl Opening {
    /// So many rows with content are looked at, and may stand above the header.
    pub(super) const ROWS: usize = 20;

    pub(super) fn read<R: Read>(reader: &mut RecordReader<R>, format: Format) -> Result<Self> {
        let mut opening = Self {
            records: Vec::new(),
            before: Vec::new(),
            rows: 0,
        };
        let first = format
            .header_line
            .filter(|_| format.has_header)
            .unwrap_or(0);
        let mut record = Record::default();
        let mut bytes = 0;
        while opening.records.len() < Self::ROWS
            && bytes < MOST_BYTES
            && reader.read(&mut record)?
        {
            if record.line >= first && !record.is_blank() {
                bytes += record.held();
                opening.records.push(std::mem::take(&mut record));
                opening.before.push(opening.rows);
            }
            opening.rows += 1;
        }
        Ok(opening)
    }

    /// The row that says how many columns there are, and names them when there is a header: the one that a
    /// person named, or that with the most names of fields, or else the first. Nothing in an empty file.
    pub(super) fn naming_row(&self, format: Format) -> Result<Option<usize>> {
        if let Some(line) = format.header_line.filter(|_| format.has_header) {
            let found = self.records.first().filter(|record| record.line == line);
            return found.map(|_| Some(0)).ok_or_else(|| {
                Error::new(
                    Code::File,
                    format!("No row with content starts on line {line}."),
                )
                .hint("Say the line on which the names of the columns stand.")
            });
        }
        if self.records.is_empty() {
            return Ok(None);
        }
        let mut best = ((1, 0), 0);
        for (index, record) in self
            .records
            .iter()
            .enumerate()
            .filter(|_| format.has_header)
        {
            // Of labels and the names of a program below them, those win that products have.
            let names = (names_of_any_kind(record), known_names(record));
            if names.0 > 1 && names > best.0 {
                best = (names, index);
            }
        }
        Ok(Some(best.1))
    }

    /// Whether the row at `index` is a header: it has a name that is known, or names only, each once. Above
    /// numbers, a column may be without a name.
    pub(super) fn is_header(&self, index: usize) -> bool {
        let record = &self.records[index];
        if known_names(record) > 0 || names_of_any_kind(record) > 1 {
            return true;
        }
        let cells: Vec<&str> = record.cells().map(str::trim).collect();
        let width = cells
            .iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |last| last + 1);
        let mut names: Vec<&str> = cells[..width]
            .iter()
            .copied()
            .filter(|n| !n.is_empty())
            .collect();
        if !names.iter().all(|name| is_name(name)) {
            return false;
        }
        let (filled, has_gaps) = (names.len(), names.len() < width);
        names.sort_unstable();
        names.dedup();
        names.len() == filled && (!has_gaps || self.has_numbers_below(index))
    }

    fn has_numbers_below(&self, index: usize) -> bool {
        let below = self.records[index + 1..].iter();
        let mut cells = below.flat_map(Record::cells);
        cells.any(|cell| cell.trim().starts_with(|c: char| c.is_ascii_digit()))
    }
}

pub(super) fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// How many different fields of products the cells of a row name.
fn known_names(record: &Record) -> usize {
    mapped(record, |names| ColumnMap::guess(names))
}

/// How many different fields of one kind the cells of a row name: of products, of what a supplier sells, or of
/// suppliers.
fn names_of_any_kind(record: &Record) -> usize {
    let price_file = |names: &[&str]| {
        ColumnMap::guess_matched((SUPPLIER_PRODUCT, &Arc::default()), names, None).0
    };
    let suppliers =
        |names: &[&str]| ColumnMap::guess_for((SUPPLIER, &Arc::default()), names, None).0;
    known_names(record)
        .max(mapped(record, price_file))
        .max(mapped(record, suppliers))
}

fn mapped(record: &Record, guess: impl Fn(&[&str]) -> ColumnMap) -> usize {
    if record.width() > MAX_COLUMNS {
        return 0;
    }
    let names: Vec<&str> = record.cells().map(str::trim).collect();
    let map = guess(&names);
    let columns = map.columns().iter();
    columns.filter(|column| column.target.is_some()).count()
}

/// The names of the columns of a UTF-8 copy: the header, or `Column 1`, `Column 2`… where a name
/// is missing. Rows above the header are passed over.
pub fn column_names(input: impl Read, format: Format) -> Result<Vec<String>> {
    let opening = Opening::read(&mut RecordReader::new(input, format.delimiter)?, format)?;
    match opening.naming_row(format)? {
        Some(index) => names_of(&opening.records[index], format.has_header),
        None => Ok(Vec::new()),
    }
}

/// The line on which the header of a UTF-8 copy starts; nothing when there is none.
pub fn header_line(input: impl Read, format: Format) -> Result<Option<u64>> {
    let opening = Opening::read(&mut RecordReader::new(input, format.delimiter)?, format)?;
    let naming = opening.naming_row(format)?.filter(|_| format.has_header);
    Ok(naming.map(|index| opening.records[index].line))
}

/// The first rows with content below the header, cell by cell: for a person to look at.
pub fn first_rows(input: impl Read, format: Format, count: usize) -> Result<Vec<Vec<String>>> {
    let mut reader = RecordReader::new(input, format.delimiter)?;
    let mut opening = Opening::read(&mut reader, format)?;
    let naming = opening.naming_row(format)?.unwrap_or(0);
    let data = naming + usize::from(format.has_header);
    let mut records = opening.records.split_off(data.min(opening.records.len()));
    let mut record = Record::default();
    while records.len() < count && reader.read(&mut record)? {
        if !record.is_blank() {
            records.push(record.clone());
        }
    }
    let cells = |record: &Record| record.cells().map(str::to_owned).collect();
    Ok(records.iter().take(count).map(cells).collect())
}

/// The names that `record`, the header or any row, gives the columns.
pub(super) fn names_of(record: &Record, has_header: bool) -> Result<Vec<String>> {
    if record.width() > MAX_COLUMNS {
        let message = format!("The file has {} columns.", record.width());
        return Err(Error::new(Code::File, message).hint(format!(
            "At most {MAX_COLUMNS} are read. Check the delimiter."
        )));
    }
    let name = |(index, cell): (usize, &str)| match header_text(cell) {
        name if has_header && !name.is_empty() => name.to_owned(),
        _ => unnamed(index),
    };
    Ok(record.cells().enumerate().map(name).collect())
}

/// The text of a cell as a header, without what guards it.
pub(super) fn header_text(cell: &str) -> &str {
    without_edges(unguarded(without_edges(cell)))
}

/// What a column without a name is called.
pub(super) fn unnamed(index: usize) -> String {
    format!("Column {}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Delimiter;

    fn comma(text: &str) -> Opening {
        let format = Format::new(Delimiter::Comma, true);
        let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
        Opening::read(&mut reader, format).unwrap()
    }

    #[test]
    fn blank_rows_are_counted_and_not_kept() {
        let text = format!(
            "{}sku,name\n{}A,Hat\n",
            "\n".repeat(200_000),
            ",,,\n".repeat(200_000)
        );
        let opening = comma(&text);
        assert_eq!((opening.records.len(), opening.rows), (2, 400_002));
        assert_eq!(opening.before, [200_000, 400_001]);
    }

    #[test]
    fn rows_as_long_as_a_record_may_be_are_not_all_kept() {
        let row = "x".repeat(1_000_000);
        let opening = comma(&format!("{row}\n").repeat(20));
        let held: usize = opening.records.iter().map(Record::held).sum();
        assert!(held < 6 * 1024 * 1024, "{held}");
    }

    #[test]
    fn the_row_with_the_most_names_is_the_header() {
        let header = |text: &str| {
            let format = Format::new(Delimiter::Comma, true);
            let line = header_line(text.as_bytes(), format).unwrap().unwrap();
            (
                line,
                column_names(text.as_bytes(), format).unwrap()[0].clone(),
            )
        };
        let groups = "Product,,Price,,Stock\nCode,Name,RRP,Cost,Qty\nA,Hat,1,2,3\n";
        assert_eq!(header(groups), (2, "Code".into()));
        let labels = "SKU,Name,Price\nsku,name,store_price\nA,Hat,1\n";
        assert_eq!(header(labels), (1, "SKU".into()));
        let foreign = "Artikel,Bezeichnung,Preis\nsku,name,store_price\nA,Hat,1\n";
        assert_eq!(header(foreign), (2, "sku".into()));
        let foreign = "Artikelnummer,Bezeichnung,Preis\nsku,name,store_price\nA,Hat,1\n";
        assert_eq!(header(foreign), (2, "sku".into()));
        let titled =
            "Muster GmbH – Preisliste,,\ngültig ab 1.1.,,\nArtikelnummer,EK netto,VPE\nA,1,12\n";
        assert_eq!(header(titled), (3, "Artikelnummer".into()));
        let suppliers = "Our suppliers,,\nLieferantennummer,Firma,Telefon\nL1,Acme,1\n";
        assert_eq!(header(suppliers), (2, "Lieferantennummer".into()));
    }

    #[test]
    fn a_person_says_where_the_header_is() {
        let text = "Some notes\n\nName,Colour\nArtikel,Farbe\n\nHut,rot\n";
        let named = |line| Format {
            header_line: Some(line),
            ..Format::new(Delimiter::Comma, true)
        };
        assert_eq!(
            column_names(text.as_bytes(), named(4)).unwrap(),
            ["Artikel", "Farbe"]
        );
        assert_eq!(header_line(text.as_bytes(), named(4)).unwrap(), Some(4));
        assert_eq!(
            first_rows(text.as_bytes(), named(4), 5).unwrap(),
            [["Hut", "rot"]]
        );
        for line in [2, 5, 9] {
            let error = column_names(text.as_bytes(), named(line)).unwrap_err();
            assert!(error.message.contains(&format!("line {line}")), "{error}");
        }
        let far = format!("{}sku,name\nA,Hat\n", "note\n".repeat(5_000));
        assert_eq!(
            column_names(far.as_bytes(), named(5_001)).unwrap(),
            ["sku", "name"]
        );
    }

    #[test]
    fn the_first_rows_are_those_below_the_header() {
        let format = |has_header| Format::new(Delimiter::Comma, has_header);
        let rows = |has_header, count| {
            let text = "Price list\nsku,name\n\nA,\"x\ny\"\nB,z\nC,w\n";
            first_rows(text.as_bytes(), format(has_header), count).unwrap()
        };
        assert_eq!(rows(true, 2), [["A", "x\ny"], ["B", "z"]]);
        assert_eq!(rows(true, 9).len(), 3);
        assert_eq!(rows(false, 1), [["Price list"]]);
        let long = "sku\n".to_owned() + &"A\n".repeat(100);
        assert_eq!(
            first_rows(long.as_bytes(), format(true), 50).unwrap().len(),
            50
        );
        assert_eq!(
            first_rows("".as_bytes(), format(true), 5).unwrap(),
            [[""; 0]; 0]
        );
    }

    #[test]
    fn columns_without_a_name_are_numbered() {
        let format = |has_header| Format::new(Delimiter::Comma, has_header);
        let names = |text: &str, has_header| column_names(text.as_bytes(), format(has_header));
        assert_eq!(
            names("sku,, name \n", true).unwrap(),
            ["sku", "Column 2", "name"]
        );
        assert_eq!(names("A,B\n", false).unwrap(), ["Column 1", "Column 2"]);
        let wide = "x,".repeat(2000);
        assert!(
            names(&wide, true)
                .unwrap_err()
                .message
                .contains("2001 columns")
        );
    }
}
