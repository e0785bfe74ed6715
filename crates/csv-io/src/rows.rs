//! Rows: the records of a file read as products. Every record comes out exactly once, with its
//! line, as values, as problems, or as skipped with the reason.

use std::collections::VecDeque;
use std::io::Read;

use super::amount::foreign;
use super::cell::{parse, without_edges};
use super::columns::{Column, ColumnMap, Layout, RowUnit, Sense, Target};
use super::currency::beside;
use super::item::{Body, EmptyCells, ForeignMoney, Item, ReadOptions, Row, Skip};
use super::odd_lines::{code_column, odd_line};
use super::opening::{Opening, names_of, names_the_same, repeats, unnamed};
use super::records::{QuoteFault, Record, RecordReader};
use super::shopify::Families;
use super::source::Format;
use super::units::{Measure, Unit};
use super::words::{StockWords, stock_in_words};
use domain::catalog::{Field, FieldKind, Value};
use domain::error::{Error, Result};
use domain::plan::Problem;

/// A problem quotes at most so many characters of a cell.
const QUOTED_CHARS: usize = 200;

/// Reads the UTF-8 copy of a file as items, in the order of the file, in flat memory.
/// An error ends the reading; everything that is wrong with a single row is a [`Problem`] of it.
#[derive(Debug)]
pub struct Reader<R> {
    records: RecordReader<R>,
    record: Record,
    cells: CellReader,
    format: Format,
    /// How many rows were read since the header.
    below_header: Option<u64>,
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
            format,
            below_header: None,
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
            if self.above_header > 0 && self.below_header.is_none() {
                return Err(self.other_file());
            }
            if let Some(families) = &mut self.families {
                families.finish(&mut self.ready);
            }
            return Ok(false);
        }
        if self.record.is_blank() {
            self.skip(Skip::Blank);
        } else if self.format.has_header && self.below_header.is_none() {
            self.check_header()?;
        } else if self.is_header_again() {
            self.skip(Skip::RepeatedHeader);
        } else if let Some(reason) = self.cells.odd_line(&self.record) {
            self.skip(reason);
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
        let is_named = self.format.header_line == Some(self.record.line);
        let may_be = self.format.header_line.is_none() || is_named;
        if may_be && names_of(&self.record, true)? == self.cells.names {
            self.below_header = Some(0);
            return Ok(());
        }
        let is_too_far = self.format.header_line.is_none() && self.above_header == Opening::ROWS;
        if is_too_far || is_named {
            return Err(self.other_file());
        }
        self.above_header += 1;
        self.skip(Skip::AboveHeader);
        Ok(())
    }

    /// Whether the row says again what the header says.
    fn is_header_again(&mut self) -> bool {
        let Some(below) = &mut self.below_header else {
            return false;
        };
        *below += 1;
        repeats(&self.cells.names, &self.record)
            || (*below == 1 && names_the_same(&self.cells.names, &self.record))
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
    mapped: Vec<(usize, Sense)>,
    /// The column that says which product a row is about.
    code: Option<usize>,
    companions: Companions,
    /// A row that is shorter than this lacks something; columns behind it have neither a name nor
    /// a target.
    least_width: usize,
    options: ReadOptions,
}

/// Columns that say how the others of their row are meant.
#[derive(Debug, Clone, Copy, Default)]
struct Companions {
    weight_unit: Option<usize>,
    dimension_unit: Option<usize>,
    currency: Option<usize>,
    /// WooCommerce's: whether the row is a product whose option values are those of all its variants.
    kind: Option<usize>,
}

impl Companions {
    fn of(columns: &[Column]) -> Self {
        let feeding = |target| {
            columns
                .iter()
                .position(|column| column.target == Some(target))
        };
        let named = |name: &str| {
            columns
                .iter()
                .position(|column| column.name.eq_ignore_ascii_case(name))
        };
        let kind = named("Type").filter(|kind| columns[*kind].target.is_none());
        Self {
            weight_unit: feeding(Target::WeightUnit),
            dimension_unit: feeding(Target::DimensionUnit),
            currency: feeding(Target::Currency),
            kind: kind.filter(|_| named("Attribute 1 value(s)").is_some()),
        }
    }
}

impl CellReader {
    fn new(map: &ColumnMap, options: ReadOptions) -> Self {
        let columns = map.columns();
        let sense = |(index, column): (usize, &Column)| Some((index, column.sense()?));
        let counts = |(index, column): (usize, &Column)| {
            column.target.is_some() || column.name != unnamed(index)
        };
        let mut numbered = columns.iter().enumerate();
        let last = numbered.rfind(|column| counts(*column));
        Self {
            names: columns.iter().map(|column| column.name.clone()).collect(),
            mapped: columns.iter().enumerate().filter_map(sense).collect(),
            code: code_column(map),
            companions: Companions::of(columns),
            least_width: last.map_or(columns.len(), |(index, _)| index + 1),
            options,
        }
    }

    /// Why the record is no product, when it is none and such lines are left out.
    fn odd_line(&self, record: &Record) -> Option<Skip> {
        if self.options.keep_odd_lines {
            return None;
        }
        odd_line(record.cells(), self.code, self.names.len())
    }

    /// What an empty cell does.
    pub fn empty_cells(&self) -> EmptyCells {
        self.options.empty_cells
    }

    /// The name of the column that feeds `target`, or else what people call it.
    pub fn name_of(&self, target: Target) -> &str {
        let found = self.mapped.iter().find(|(_, other)| other.target == target);
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
        let is_whole = self.is_whole_product(record);
        for (index, sense) in &self.mapped {
            match self.sense_in(*sense, record) {
                Some(_) if is_whole && is_option(sense.target) => {}
                Some(sense) => self.read_cell(*index, sense, record.cell(*index), &mut read),
                None => {}
            }
        }
        self.judge_currency(record, &mut read.row);
        read
    }

    /// Whether the row is WooCommerce's product above its variants.
    fn is_whole_product(&self, record: &Record) -> bool {
        let kind = self.companions.kind.map_or("", |index| record.cell(index));
        kind.split(',')
            .any(|word| word.trim().eq_ignore_ascii_case("variable"))
    }

    /// How the cell of a column is read in this row; nothing for what only says how others are read.
    fn sense_in(&self, sense: Sense, record: &Record) -> Option<Sense> {
        let column = match sense.target {
            Target::WeightUnit | Target::DimensionUnit | Target::Currency => return None,
            Target::Field(Field::Weight) => self.companions.weight_unit,
            Target::Field(Field::Length | Field::Width | Field::Height) => {
                self.companions.dimension_unit
            }
            _ => None,
        };
        let Some(written) = column.map(|index| record.cell(index).trim()) else {
            return Some(sense);
        };
        let measure = sense.target.field().and_then(Measure::of)?;
        let unit = Unit::named(written, measure);
        Some(Sense {
            row_unit: match (written.is_empty(), unit) {
                (true, _) => RowUnit::None,
                (false, Some(unit)) => RowUnit::Known(unit),
                (false, None) => RowUnit::Unknown,
            },
            ..sense
        })
    }

    /// Refuses the amounts of a row that is in another currency.
    fn judge_currency(&self, record: &Record, row: &mut Row) {
        let (Some(index), Some(own)) = (self.companions.currency, self.options.currency) else {
            return;
        };
        let written = record.cell(index).trim();
        let has_money = row
            .values
            .iter()
            .any(|(field, value)| field.kind() == FieldKind::Money && !value.is_empty());
        let is_own = beside(written, true).may_be(own);
        if is_own || !has_money || self.options.foreign_money == ForeignMoney::TakeAsIs {
            return;
        }
        let problem = foreign(written, own);
        row.problems.push(Problem {
            column: self.names[index].clone(),
            field: None,
            value: quoted(written),
            message: format!(
                "The amounts of this row are in {}, and this workspace has {}.",
                quoted(written),
                own.code()
            ),
            hint: problem.hint,
        });
    }

    fn read_cell(&self, index: usize, sense: Sense, text: &str, read: &mut CellRow) {
        let target = sense.target;
        let parsed = match parse(sense, text, &self.options) {
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
            && !is_kept_stock(field, text, &self.options)
        {
            read.row.values.push((field, Value::Empty));
        }
    }

    /// The item of a row that is one product.
    fn plain(&self, mut read: CellRow) -> Item {
        let has_sku_column = self
            .mapped
            .iter()
            .any(|(_, sense)| sense.target == Target::Field(Field::Sku));
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
            if width < self.least_width {
                row.notes.push(format!(
                    "The row has {width} of {expected} columns; the others were read as empty."
                ));
            }
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

fn is_option(target: Target) -> bool {
    let field = target.field();
    Field::OPTIONS
        .iter()
        .any(|(name, value)| field == Some(*name) || field == Some(*value))
}

/// Whether a stock in words leaves the stock as it is, which clearing would not.
fn is_kept_stock(field: Field, text: &str, options: &ReadOptions) -> bool {
    field == Field::Stock
        && options.stock_words == StockWords::Keep
        && stock_in_words(without_edges(text)).is_some()
}

/// A cell as a problem quotes it.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
