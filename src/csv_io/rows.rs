//! Rows: the records of a file read as products. Every record comes out exactly once, with its
//! line, as values, as problems, or as skipped with the reason.

use std::collections::VecDeque;
use std::io::Read;

use super::cell::parse;
use super::columns::{ColumnMap, Layout, Target};
use super::item::{Body, EmptyCells, Item, ReadOptions, Row, Skip};
use super::records::{QuoteFault, Record, RecordReader};
use super::shopify::Families;
use super::source::{Format, Opening, names_of};
use crate::catalog::{Field, FieldKind, Value};
use crate::error::{Error, Result};
use crate::plan::Problem;

/// A problem quotes at most so many characters of a cell.
const QUOTED_CHARS: usize = 200;

/// Reads the UTF-8 copy of a file as items, in the order of the file, in flat memory.
/// An error ends the reading; everything that is wrong with a single row is a [`Problem`] of it.
#[derive(Debug)]
pub struct Reader<R> {
    records: RecordReader<R>,
    record: Record,
    cells: CellReader,
    has_header: bool,
    header: Option<Record>,
    above_header: usize,
    families: Option<Families>,
    ready: VecDeque<Item>,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// Reads `input`, laid out as `format` says, whose columns feed what `map` says.
    pub fn new(input: R, format: Format, map: &ColumnMap, options: ReadOptions) -> Result<Self> {
        let cells = CellReader::new(map, options);
        let families = match map.layout() {
            Layout::Shopify => Some(Families::new(&cells)),
            Layout::Rows => None,
        };
        Ok(Self {
            records: RecordReader::new(input, format.delimiter)?,
            record: Record::default(),
            cells,
            has_header: format.has_header,
            header: None,
            above_header: 0,
            families,
            ready: VecDeque::new(),
            ended: false,
        })
    }

    /// How many bytes of the copy have been read: what progress is shown by.
    pub fn offset(&self) -> u64 {
        self.records.offset()
    }

    /// Reads one record and puts what it makes into `ready`; false at the end of the file.
    fn advance(&mut self) -> Result<bool> {
        if !self.records.read(&mut self.record)? {
            if self.above_header > 0 && self.header.is_none() {
                return Err(self.other_file());
            }
            if let Some(families) = &mut self.families {
                families.finish(&mut self.ready);
            }
            return Ok(false);
        }
        if self.record.is_blank() {
            self.skip(Skip::Blank);
        } else if self.has_header && self.header.is_none() {
            self.check_header()?;
        } else if self
            .header
            .as_ref()
            .is_some_and(|header| repeats(header, &self.record))
        {
            self.skip(Skip::RepeatedHeader);
        } else {
            let row = self.cells.read(&self.record);
            match &mut self.families {
                Some(families) => families.take(row, &mut self.ready),
                None => self.ready.push_back(self.cells.plain(row)),
            }
        }
        Ok(true)
    }

    /// Passes over what stands above the header, and the header itself.
    fn check_header(&mut self) -> Result<()> {
        if names_of(&self.record, true)? == self.cells.names {
            self.header = Some(std::mem::take(&mut self.record));
            return Ok(());
        }
        if self.above_header == Opening::ROWS {
            return Err(self.other_file());
        }
        self.above_header += 1;
        self.skip(Skip::AboveHeader);
        Ok(())
    }

    fn other_file(&self) -> Error {
        let names = self.cells.names.join(", ");
        Error::invalid(format!("The file has no header \"{names}\"."))
            .hint("It may have changed; start the import again.")
    }

    fn skip(&mut self, reason: Skip) {
        let item = Item {
            line: self.record.line,
            offset: self.record.offset,
            implied: false,
            body: Body::Skipped(reason),
        };
        match &mut self.families {
            Some(families) => families.pass(item, &mut self.ready),
            None => self.ready.push_back(item),
        }
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Item>;

    fn next(&mut self) -> Option<Result<Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            if self.ended {
                return None;
            }
            match self.advance() {
                Ok(more) => self.ended = !more,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Whether `record` says what the header says; a header of one name may well be a value.
fn repeats(header: &Record, record: &Record) -> bool {
    header.width() > 1
        && header.width() == record.width()
        && header
            .cells()
            .zip(record.cells())
            .all(|(name, cell)| name.trim() == cell.trim())
}

/// A record whose cells were read, before the layout says which product it is about.
#[derive(Debug, Default)]
pub(super) struct CellRow {
    pub line: u64,
    pub offset: u64,
    pub handle: String,
    pub row: Row,
    /// The fields whose cells are not empty, readable or not: a bit for each.
    filled: u64,
}

impl CellRow {
    /// Whether the cell of `field` holds anything, readable or not.
    pub fn fills(&self, field: Field) -> bool {
        self.filled & (1 << field.index()) != 0
    }

    /// The item that stands for this record.
    pub fn into_item(self) -> Item {
        Item {
            line: self.line,
            offset: self.offset,
            implied: false,
            body: Body::Record(self.row),
        }
    }
}

/// Reads the cells of records by the map.
#[derive(Debug, Clone)]
pub(super) struct CellReader {
    names: Vec<String>,
    mapped: Vec<(usize, Target)>,
    options: ReadOptions,
}

impl CellReader {
    fn new(map: &ColumnMap, options: ReadOptions) -> Self {
        let columns = map.columns();
        let target =
            |(index, column): (usize, &super::columns::Column)| Some((index, column.target?));
        Self {
            names: columns.iter().map(|column| column.name.clone()).collect(),
            mapped: columns.iter().enumerate().filter_map(target).collect(),
            options,
        }
    }

    /// What an empty cell does.
    pub fn empty_cells(&self) -> EmptyCells {
        self.options.empty_cells
    }

    /// The name of the column that feeds `target`, or else what people call it.
    pub fn name_of(&self, target: Target) -> &str {
        let found = self.mapped.iter().find(|(_, other)| *other == target);
        found.map_or(target.label(), |(index, _)| &self.names[*index])
    }

    fn read(&self, record: &Record) -> CellRow {
        let mut read = CellRow {
            line: record.line,
            offset: record.offset,
            ..CellRow::default()
        };
        read.row.values.reserve(self.mapped.len());
        // What is wrong with the row as a whole explains what is wrong with its cells.
        self.judge_text(record, &mut read.row);
        self.judge_width(record, &mut read.row);
        for (index, target) in &self.mapped {
            self.read_cell(*index, *target, record.cell(*index), &mut read);
        }
        read
    }

    fn read_cell(&self, index: usize, target: Target, text: &str, read: &mut CellRow) {
        let parsed = match parse(target, text, &self.options) {
            Ok(parsed) => parsed,
            Err(problem) => {
                read.filled |= target.field().map_or(0, |field| 1 << field.index());
                read.row.problems.push(Problem {
                    column: self.names[index].clone(),
                    field: target.field(),
                    value: quoted(text.trim()),
                    message: problem.message,
                    hint: problem.hint,
                });
                return;
            }
        };
        read.row.notes.extend(parsed.note);
        let Some(field) = target.field() else {
            read.handle = parsed.value.as_text().unwrap_or_default().to_owned();
            return;
        };
        if !parsed.value.is_empty() {
            read.filled |= 1 << field.index();
            read.row.values.push((field, parsed.value));
        } else if self.options.empty_cells == EmptyCells::Clear
            && field != Field::Sku
            && field.kind() != FieldKind::Flag
        {
            read.row.values.push((field, Value::Empty));
        }
    }

    /// The item of a row that is one product.
    fn plain(&self, mut read: CellRow) -> Item {
        let has_sku_column = self
            .mapped
            .iter()
            .any(|(_, t)| *t == Target::Field(Field::Sku));
        if has_sku_column && !read.fills(Field::Sku) {
            read.row.problems.push(Problem {
                column: self.name_of(Target::Field(Field::Sku)).to_owned(),
                field: Some(Field::Sku),
                value: String::new(),
                message: "A SKU is needed: it is what identifies the product.".into(),
                hint: Some("Fill it in, or remove the row.".into()),
            });
        }
        read.into_item()
    }

    fn judge_width(&self, record: &Record, row: &mut Row) {
        let (width, expected) = (record.width(), self.names.len());
        let surplus: Vec<&str> = (expected..width)
            .map(|index| record.cell(index).trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        if width < expected && record.fault.is_none() {
            row.notes.push(format!(
                "The row has {width} of {expected} columns; the others were read as empty."
            ));
            return;
        }
        if width >= expected && surplus.is_empty() {
            return;
        }
        row.problems.push(Problem {
            column: format!("Column {}", width.min(expected) + 1),
            field: None,
            value: quoted(&surplus.join(" ")),
            message: format!("The row has {width} columns, and the file has {expected}."),
            hint: Some(
                "Put a cell that holds the delimiter in quotes, and write a quote inside it twice."
                    .into(),
            ),
        });
    }

    fn judge_text(&self, record: &Record, row: &mut Row) {
        match record.fault {
            Some(QuoteFault::NotClosed) => {
                let opened = record
                    .cells()
                    .position(|cell| cell.trim_start().starts_with('"'));
                let index = opened.unwrap_or(0);
                row.problems.push(Problem {
                    column: self.names.get(index).cloned().unwrap_or_default(),
                    field: None,
                    value: quoted(record.cell(index).trim()),
                    message: "The quote that starts this cell is never closed.".into(),
                    hint: Some(
                        "Close it, or remove it; a quote that means inches is written twice."
                            .into(),
                    ),
                });
            }
            Some(QuoteFault::NotDoubled) => row
                .notes
                .push("Quotes inside a cell are not doubled; they were read as text.".into()),
            None => {}
        }
        if !record.is_damaged() {
            return;
        }
        for (index, _) in &self.mapped {
            if record.cell(*index).contains(char::REPLACEMENT_CHARACTER) {
                row.notes.push(format!(
                    "{}: a character could not be read in the file's encoding.",
                    self.names[*index]
                ));
            }
        }
    }
}

/// A cell as a problem quotes it.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::csv_io::{DecimalMark, Delimiter, column_names};
    use crate::values::DateOrder;

    const DIRTY: &str = include_str!("../../tests/fixtures/csv/dirty.csv");

    fn format(delimiter: Delimiter) -> Format {
        Format {
            delimiter,
            has_header: true,
        }
    }

    fn items(text: &str, format: Format, options: ReadOptions) -> Vec<Item> {
        let names = column_names(text.as_bytes(), format).unwrap();
        let map = ColumnMap::guess(&names);
        let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
        reader.collect::<Result<_>>().unwrap()
    }

    fn comma(text: &str) -> Vec<Item> {
        items(text, format(Delimiter::Comma), ReadOptions::default())
    }

    fn row(item: &Item) -> &Row {
        match &item.body {
            Body::Record(row) => row,
            Body::Skipped(reason) => panic!("line {} is skipped: {reason}", item.line),
        }
    }

    fn dirty() -> Vec<Item> {
        let options = ReadOptions {
            date_order: DateOrder::Dmy,
            decimal_mark: DecimalMark::Comma,
            ..ReadOptions::default()
        };
        items(DIRTY, format(Delimiter::Semicolon), options)
    }

    #[test]
    fn a_dirty_file_is_accounted_for_row_by_row() {
        let told: Vec<(u64, String)> = dirty()
            .iter()
            .map(|item| {
                let text = match &item.body {
                    Body::Skipped(reason) => reason.to_string(),
                    Body::Record(row) if row.problems.is_empty() => row.text(Field::Sku).into(),
                    Body::Record(row) => row.problems[0].message.clone(),
                };
                (item.line, text)
            })
            .collect();
        let expected = [
            (2, "A-1"),
            (3, "Blank row."),
            (4, "\"1O\" is not a number."),
            (6, "Blank row."),
            (7, "A-3"),
            (8, "The header again."),
            (9, "The row has 6 columns, and the file has 5."),
            (10, "A-5"),
            (11, "The quote that starts this cell is never closed."),
            (12, "A-7"),
            (13, "A SKU is needed: it is what identifies the product."),
            (14, "A-8"),
        ];
        assert_eq!(told, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_row_has_the_values_of_its_mapped_columns() {
        let items = dirty();
        assert_eq!(
            row(&items[0]).values,
            [
                (Field::Sku, Value::text("A-1")),
                (Field::Name, Value::text("Shirt")),
                (Field::Stock, Value::Number(10)),
                (Field::StorePrice, Value::Number(129_000)),
                (Field::PromoStart, Value::text("2026-12-31")),
            ]
        );
        assert_eq!(row(&items[7]).text(Field::Name), "Pipe 3/4\" wide");
        assert!(row(&items[4]).notes[0].contains("3 of 5 columns"));
    }

    #[test]
    fn a_problem_says_where_what_and_what_to_do() {
        let items = dirty();
        assert_eq!(
            row(&items[2]).problems,
            [Problem {
                column: "qty".into(),
                field: Some(Field::Stock),
                value: "1O".into(),
                message: "\"1O\" is not a number.".into(),
                hint: Some("Look for letters in place of digits: O for 0, or l for 1.".into()),
            }]
        );
        let surplus = &row(&items[6]).problems[0];
        assert_eq!(
            (surplus.column.as_str(), surplus.value.as_str()),
            ("Column 6", "extra")
        );
        let open = &row(&items[8]).problems[0];
        assert_eq!(
            (open.column.as_str(), open.value.as_str()),
            ("name", "\"5 inch pipe")
        );
    }

    #[test]
    fn empty_cells_are_left_out_or_clear_the_value() {
        let text = "sku,name,active,qty\nA,,,\n";
        let kept = comma(text);
        assert_eq!(row(&kept[0]).values, [(Field::Sku, Value::text("A"))]);
        let options = ReadOptions {
            empty_cells: EmptyCells::Clear,
            ..ReadOptions::default()
        };
        let cleared = items(text, format(Delimiter::Comma), options);
        assert_eq!(
            row(&cleared[0]).values,
            [
                (Field::Sku, Value::text("A")),
                (Field::Name, Value::Empty),
                (Field::Stock, Value::Empty),
            ]
        );
    }

    #[test]
    fn a_file_without_a_header_is_read_by_the_map() {
        let format = Format {
            delimiter: Delimiter::Comma,
            has_header: false,
        };
        let text = "A-1,Shirt\nA-2,Hat\n";
        let names = column_names(text.as_bytes(), format).unwrap();
        let mut map = ColumnMap::guess(&names);
        map.assign(0, Some(Target::Field(Field::Sku)));
        let reader = Reader::new(text.as_bytes(), format, &map, ReadOptions::default()).unwrap();
        let skus: Vec<String> = reader
            .map(|item| row(&item.unwrap()).text(Field::Sku).to_owned())
            .collect();
        assert_eq!(skus, ["A-1", "A-2"]);
    }

    #[test]
    fn a_map_of_another_file_is_refused() {
        let map = ColumnMap::guess(&["sku", "name"]);
        let rows = "A,B,1\n".repeat(50);
        for text in ["sku,name,qty\nA,B,1\n", &rows] {
            let format = format(Delimiter::Comma);
            let options = ReadOptions::default();
            let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
            let error = reader.last().unwrap().unwrap_err();
            assert_eq!(error.message, "The file has no header \"sku, name\".");
        }
    }

    #[test]
    fn what_stands_above_the_header_is_skipped() {
        let items = comma("Acme Trading\n\nPrice list,,\nCode,Title,Price\nA,Hat,1\n");
        let bodies: Vec<_> = items.iter().map(|item| (item.line, &item.body)).collect();
        assert_eq!(bodies[0], (1, &Body::Skipped(Skip::AboveHeader)));
        assert_eq!(bodies[1], (2, &Body::Skipped(Skip::Blank)));
        assert_eq!(bodies[2], (3, &Body::Skipped(Skip::AboveHeader)));
        assert_eq!(
            (items[3].line, row(&items[3]).text(Field::Name)),
            (5, "Hat")
        );
    }

    #[test]
    fn an_unreadable_character_is_noted() {
        let items = comma("sku,name,other\nA,K\u{fffd}se,x\nB,x,\u{fffd}\n");
        assert!(row(&items[0]).notes[0].starts_with("name: a character"));
        assert_eq!(row(&items[1]).notes, Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn every_record_comes_out_exactly_once(
            rows in prop::collection::vec("[ab1,\"\n -]{0,12}", 0..12),
            header in prop::sample::select(vec![
                "sku,name,qty",
                "Handle,Title,Variant SKU,Variant Price",
                "Handle,Option1 Name,Option1 Value",
            ]),
        ) {
            let text = format!("{header}\n{}", rows.join("\n"));
            let mut records = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
            let mut record = Record::default();
            let mut places = Vec::new();
            while records.read(&mut record).unwrap() {
                places.push((record.line, record.offset));
            }
            let read: Vec<_> = comma(&text)
                .iter()
                .filter(|item| !item.implied)
                .map(|item| (item.line, item.offset))
                .collect();
            prop_assert_eq!(&read[..], &places[1..]);
        }
    }
}
