//! The cells of a row, read by the map: what each column feeds, and what other columns of the row say about
//! it.

use std::collections::BTreeMap;

use super::cell::{parse, without_edges};
use super::column::Column;
use super::columns::ColumnMap;
use super::item::{Body, EmptyCells, Item, ReadOptions, Row, Skip};
use super::odd_lines::{code_column, odd_line};
use super::opening::unnamed;
use super::parsed::quoted;
use super::records::Record;
use super::row_images::{RowImages, is_of_images};
use super::target::{RowUnit, Sense, Target};
use super::units::{Measure, Unit};
use super::words::{COUNTED, StockWords, stock_in_words};
use domain::catalog::product;
use domain::plan::{FieldNote, Problem};
use domain::record::{Field, Fields, Kind, Schema, Value};
use std::sync::Arc;

/// A record whose cells were read, before the layout says which product it is about.
#[derive(Debug, Default)]
pub(super) struct CellRow {
    pub line: u64,
    pub offset: u64,
    pub handle: String,
    pub row: Row,
    pub images: RowImages,
    /// The fields whose cells are not empty, readable or not: a bit for each.
    filled: u64,
}

/// The bit that stands for a field that is declared.
fn bit(field: Field) -> u64 {
    match field {
        Field::Fixed(_, at) => 1 << at,
        Field::Custom(_) => 0,
    }
}

impl CellRow {
    /// Whether the cell of `field` holds anything, readable or not.
    pub fn fills(&self, field: Field) -> bool {
        self.filled & bit(field) != 0
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
    pub names: Vec<String>,
    kind: Kind,
    pub(super) schema: Arc<Schema>,
    /// Whether what a row is about is looked up later, by what it holds.
    is_matched: bool,
    pub(super) mapped: Vec<(usize, Sense)>,
    /// The column that says which product a row is about.
    code: Option<usize>,
    pub(super) companions: Companions,
    /// A row that is shorter than this lacks something; columns behind it have neither a name nor
    /// a target.
    pub(super) least_width: usize,
    pub(super) options: ReadOptions,
}

/// Columns that say how the others of their row are meant.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Companions {
    weight_unit: Option<usize>,
    dimension_unit: Option<usize>,
    pub(super) currency: Option<usize>,
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
    pub fn new(map: &ColumnMap, options: ReadOptions) -> Self {
        let columns = map.columns();
        let is_woocommerces = is_woocommerces(columns);
        let sense = |(index, column): (usize, &Column)| {
            let sense = column.sense()?;
            let escaped = is_woocommerces;
            Some((index, Sense { escaped, ..sense }))
        };
        let counts = |(index, column): (usize, &Column)| {
            column.target.is_some() || column.name != unnamed(index)
        };
        let mut numbered = columns.iter().enumerate();
        let last = numbered.rfind(|column| counts(*column));
        Self {
            names: columns.iter().map(|column| column.name.clone()).collect(),
            kind: map.kind(),
            schema: Arc::clone(map.schema()),
            is_matched: map.is_matched(),
            mapped: columns.iter().enumerate().filter_map(sense).collect(),
            code: code_column(map),
            companions: Companions::of(columns),
            least_width: last.map_or(columns.len(), |(index, _)| index + 1),
            options,
        }
    }

    /// Why the record is no product, when it is none and such lines are left out.
    pub fn odd_line(&self, record: &Record) -> Option<Skip> {
        if self.options.keep_odd_lines {
            return None;
        }
        odd_line(record.cells(), self.code, self.names.len())
    }

    /// Reads from here on no columns but those that identify a record and its parent.
    pub fn only_identify(&mut self) {
        let kind = self.kind;
        let named = kind.identified_by().into_iter();
        let named: Vec<Field> = named
            .chain([kind.code()])
            .chain(kind.parent_field())
            .collect();
        let names = |sense: &Sense| sense.target.field().is_some_and(|of| named.contains(&of));
        self.mapped.retain(|(_, sense)| names(sense));
    }

    /// What a person should know of cells that were corrected.
    pub fn notes_of(&self, record: &Record, cells: &BTreeMap<usize, String>) -> Row {
        let mut told = Row {
            fixed: true,
            ..Row::default()
        };
        for (index, text) in cells {
            let name = self.names.get(*index).map_or("", String::as_str);
            let (was, is) = (quoted(record.cell(*index).trim()), quoted(text));
            let text = format!("{name}: \"{was}\" was corrected to \"{is}\" in the review.");
            let mut mapped = self.mapped.iter();
            let fed = mapped.find(|(column, _)| column == index);
            let field = fed.and_then(|(_, sense)| sense.target.field());
            match field.filter(|field| field.needs().is_some()) {
                Some(field) => told.field_notes.push(FieldNote { field, text }),
                None => told.notes.push(text),
            }
        }
        told
    }

    /// What an empty cell does.
    pub fn empty_cells(&self) -> EmptyCells {
        self.options.empty_cells
    }

    /// Whether a column feeds `target`.
    pub fn reads(&self, target: Target) -> bool {
        self.mapped.iter().any(|(_, sense)| sense.target == target)
    }

    /// The name of the column that feeds `target`, or else what people call it.
    pub fn name_of(&self, target: Target) -> &str {
        let found = self.mapped.iter().find(|(_, other)| other.target == target);
        found.map_or_else(
            || target.label(&self.schema),
            |(index, _)| &self.names[*index],
        )
    }

    pub fn read(&self, record: &Record) -> CellRow {
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
                Some(sense) if is_of_images(sense.target) => {
                    let clear = self.options.empty_cells == EmptyCells::Clear;
                    let cell = (self.names[*index].as_str(), record.cell(*index));
                    read.images.read(sense.target, cell, &mut read.row, clear);
                }
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
            Target::Field(field) => match Measure::of(field) {
                Some(Measure::Weight) => self.companions.weight_unit,
                Some(Measure::Length) => self.companions.dimension_unit,
                Some(Measure::Volume) | None => None,
            },
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

    fn read_cell(&self, index: usize, sense: Sense, text: &str, read: &mut CellRow) {
        let target = sense.target;
        let view = target.field().map(|field| self.schema.view(field));
        let parsed = match parse(sense, view, text, &self.options) {
            Ok(parsed) => parsed,
            Err(problem) => {
                read.filled |= target.field().map_or(0, bit);
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
        let hidden = target.field().filter(|field| field.needs().is_some());
        match (parsed.note, hidden) {
            (Some(text), Some(field)) => read.row.field_notes.push(FieldNote { field, text }),
            (note, _) => read.row.notes.extend(note),
        }
        let Some(field) = target.field() else {
            let text = parsed.value.as_text().unwrap_or_default().to_owned();
            match target {
                Target::Barcode => read.row.barcode = text,
                _ => read.handle = text,
            }
            return;
        };
        if !parsed.value.is_empty() {
            read.filled |= bit(field);
            read.row.values.push((field, parsed.value));
        } else if self.options.empty_cells == EmptyCells::Clear
            && field != self.kind.code()
            && self.schema.view(field).holds(&Value::Empty)
            && !is_kept_stock(field, text, &self.options)
        {
            read.row.values.push((field, Value::Empty));
        }
    }

    /// The item of a row that is one record.
    pub fn plain(&self, mut read: CellRow) -> Item {
        if self.is_matched {
            return read.into_item();
        }
        for field in self.kind.identified_by() {
            let target = Target::Field(field);
            let is_mapped = self.mapped.iter().any(|(_, sense)| sense.target == target);
            if is_mapped && !read.fills(field) {
                let (label, kind) = (self.schema.label(field), self.kind.def().label);
                read.row.problems.push(Problem {
                    column: self.name_of(target).to_owned(),
                    field: Some(field),
                    value: String::new(),
                    message: format!("The {label} is needed: it is what identifies the {kind}."),
                    hint: Some("Fill it in, or remove the row.".into()),
                });
            }
        }
        let column = self.name_of(Target::Images);
        std::mem::take(&mut read.images).settle(column, &mut read.row, self.options.empty_cells);
        self.make_code(&mut read.row);
        read.into_item()
    }

    /// Adds the code where it is made of other fields.
    fn make_code(&self, row: &mut Row) {
        if self.kind.def().code_of.is_none() {
            return;
        }
        let mut fields = Fields::blank(self.kind);
        for field in self.kind.references() {
            fields.set(field, Value::text(row.text(field)));
        }
        fields.derive();
        let code = fields.take(self.kind.code());
        if !code.is_empty() {
            row.values.push((self.kind.code(), code));
        }
    }
}

/// Whether only WooCommerce's export has such columns.
fn is_woocommerces(columns: &[Column]) -> bool {
    let has = |name: &str| {
        columns
            .iter()
            .any(|column| column.name.trim().eq_ignore_ascii_case(name))
    };
    has("Visibility in catalog") && has("Regular price")
}

fn is_option(target: Target) -> bool {
    let field = target.field();
    product::OPTIONS
        .iter()
        .any(|(name, value)| field == Some(*name) || field == Some(*value))
}

/// Whether a stock in words leaves the stock as it is, which clearing would not.
fn is_kept_stock(field: Field, text: &str, options: &ReadOptions) -> bool {
    field == COUNTED
        && options.stock_words == StockWords::Keep
        && stock_in_words(without_edges(text)).is_some()
}
