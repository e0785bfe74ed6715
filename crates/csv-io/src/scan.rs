//! The scan: one pass over a file that says what a person must be asked before it is read. It
//! looks at every column, so that the answer is there whatever the columns are mapped to.

use std::io::Read;

use serde::{Deserialize, Serialize};

use super::calendar::written_date;
use super::columns::ColumnMap;
use super::currency::Currency;
use super::format::Format;
use super::header_again::HeaderAgain;
use super::number::{Spoken, mark_evidence};
use super::odd_lines::{code_column, may_be_odd, odd_line};
use super::oddities::Oddities;
use super::opening::{Opening, names_of};
use super::records::{Record, RecordReader};
use super::target::Target;
use super::words::COUNTED;
use domain::error::Result;
use domain::record::FieldKind;

mod evidence;

use evidence::{DateEvidence, MarkLines};
pub use evidence::{DateOrderGuess, DecimalMarkGuess};

const SAMPLES: usize = 5;
const SAMPLE_CHARS: usize = 80;
const ODD_LINES: usize = 20;
const HEADER_LINES: usize = 5;
/// `progress` hears of every so many rows.
const ROWS_PER_PROGRESS: u64 = 4096;

/// What stands in a file, column by column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scan {
    /// How many rows it has: those that [`Reader`](super::Reader) hands out, the header not.
    pub rows: u64,
    columns: Vec<ColumnScan>,
    odd_lines: Vec<OddLine>,
    /// How often the header comes again, and on which lines first.
    #[serde(default)]
    repeated: u64,
    #[serde(default)]
    repeated_lines: Vec<u64>,
}

/// A line that may be no product: a total, or a note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OddLine {
    /// Where it starts.
    pub line: u64,
    /// Its cells, each cut to what shows what it is.
    pub cells: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct ColumnScan {
    samples: Vec<String>,
    oddities: Oddities,
    dates: DateEvidence,
    marks: MarkLines,
}

/// Reads the UTF-8 copy of a file from end to end. `progress` hears the bytes read so far, and
/// stops the work with its error.
pub fn scan(
    input: impl Read,
    format: Format,
    progress: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Scan> {
    let mut records = RecordReader::new(input, format.delimiter)?;
    let opening = Opening::read(&mut records, format)?;
    let mut scan = Scan::default();
    let Some(naming) = opening.naming_row(format)? else {
        // Blank rows only, of which the first ones were counted.
        scan.rows = opening.rows;
        return Ok(scan);
    };
    let names = names_of(&opening.records[naming], format.has_header)?;
    scan.columns = vec![ColumnScan::default(); names.len()];
    let mut again = HeaderAgain::default();
    let mut is_header = |record: &Record| format.has_header && again.is_in(&names, record);
    let data = naming + usize::from(format.has_header);
    for record in &opening.records[data..] {
        scan.observe(record, is_header(record));
    }
    scan.rows = opening.rows - u64::from(format.has_header);
    let mut record = Record::default();
    while records.read(&mut record)? {
        scan.observe(&record, is_header(&record));
        if scan.rows.is_multiple_of(ROWS_PER_PROGRESS) {
            progress(records.offset())?;
        }
    }
    progress(records.offset())?;
    Ok(scan)
}

impl Scan {
    fn observe(&mut self, record: &Record, is_header: bool) {
        self.rows += 1;
        if is_header {
            self.repeated += 1;
            if self.repeated_lines.len() < HEADER_LINES {
                self.repeated_lines.push(record.line);
            }
            return;
        }
        if self.odd_lines.len() < ODD_LINES && may_be_odd(record.cells()).is_some() {
            let cells = record.cells().take(self.columns.len());
            self.odd_lines.push(OddLine {
                line: record.line,
                cells: cells.map(|cell| cut(cell.trim()).to_owned()).collect(),
            });
        }
        if record.fault.is_none() {
            for (column, cell) in self.columns.iter_mut().zip(record.cells()) {
                column.look_at(cell.trim(), record.line);
            }
        }
    }

    /// The first lines that are no products, as the columns are mapped.
    pub fn odd_lines(&self, map: &ColumnMap) -> Vec<&OddLine> {
        let code = code_column(map);
        let is_odd = |line: &&OddLine| {
            let cells = line.cells.iter().map(String::as_str);
            odd_line(cells, code, self.columns.len()).is_some()
        };
        self.odd_lines.iter().filter(is_odd).collect()
    }

    /// How often the header comes again, and the first lines on which it does.
    pub fn repeated_headers(&self) -> (u64, &[u64]) {
        (self.repeated, &self.repeated_lines)
    }

    /// The words for nothing in the column at `index`, such as `NULL`, and how many cells hold one.
    pub fn empty_words(&self, index: usize) -> (&[String], u64) {
        let column = self.columns.get(index);
        column.map_or((&[], 0), |column| {
            let oddities = &column.oddities;
            (&oddities.empty_words[..], oddities.empty_cells)
        })
    }

    /// Texts of the mapped columns that another program read in a wrong encoding before, each with what it was.
    pub fn garbled(&self, map: &ColumnMap) -> Vec<&(String, String)> {
        let columns = self.columns.iter().zip(map.columns());
        let fed = columns.filter(|(_, column)| column.target.is_some());
        fed.flat_map(|(scan, _)| &scan.oddities.garbled).collect()
    }

    /// The stocks that are written in words, such as `10+`.
    pub fn stock_words(&self, map: &ColumnMap) -> &[String] {
        let stock = map.index_of(COUNTED);
        let column = stock.and_then(|index| self.columns.get(index));
        column.map_or(&[], |column| &column.oddities.stock_words)
    }

    /// The amounts that are in another currency than the workspace's; where it has none, those that are in
    /// more than one. What the name of a column says counts.
    pub fn foreign_money(&self, map: &ColumnMap, own: Option<Currency>) -> Vec<String> {
        let mut said: Vec<(String, Spoken)> = Vec::new();
        for (scan, column) in self.columns.iter().zip(map.columns()) {
            let Some(target) = column.target else {
                continue;
            };
            if let Some(currency) = column.currency(map.schema()) {
                said.push((column.name.clone(), Spoken::code(currency)));
            }
            if target.is_money(map.schema()) || target == Target::Currency {
                let oddities = &scan.oddities;
                said.extend(oddities.currencies.iter().cloned().zip(oddities.spoken()));
            }
        }
        let is_mixed = own.is_none() && {
            let all: Vec<Spoken> = said.iter().map(|(_, spoken)| *spoken).collect();
            !Spoken::share_one(&all)
        };
        let is_foreign = |spoken: Spoken| own.map_or(is_mixed, |own| !spoken.may_be(own));
        said.retain(|(_, spoken)| is_foreign(*spoken));
        said.into_iter().map(|(text, _)| text).collect()
    }

    /// Some of the texts that stand in the column at `index`.
    pub fn samples(&self, index: usize) -> &[String] {
        self.columns
            .get(index)
            .map_or(&[], |column| &column.samples)
    }

    /// In which order the columns that feed dates write them.
    pub fn date_order(&self, map: &ColumnMap) -> DateOrderGuess {
        let mut all = DateEvidence::default();
        for column in self.feeding(map, is_date) {
            all.add(&column.dates);
        }
        all.guess()
    }

    /// Which decimal mark the columns that feed numbers use.
    pub fn decimal_mark(&self, map: &ColumnMap) -> DecimalMarkGuess {
        let mut all = MarkLines::default();
        for column in self.feeding(map, is_number) {
            all.add(&column.marks);
        }
        all.guess()
    }

    /// The first date of the mapped columns that means different days in different orders: what
    /// a person is asked about.
    pub fn date_example(&self, map: &ColumnMap) -> Option<&str> {
        self.feeding(map, is_date)
            .find_map(|column| column.dates.depends.as_deref())
    }

    /// The first number of the mapped columns that may have decimals or thousands.
    pub fn decimal_example(&self, map: &ColumnMap) -> Option<&str> {
        self.feeding(map, is_number)
            .find_map(|column| column.marks.ambiguous.as_deref())
    }

    /// The columns that feed a field of this kind.
    fn feeding(
        &self,
        map: &ColumnMap,
        is_kind: impl Fn(FieldKind) -> bool,
    ) -> impl Iterator<Item = &ColumnScan> {
        let columns = self.columns.iter().zip(map.columns());
        columns.filter_map(move |(scan, column)| {
            let kind = map.schema().kind(column.target.and_then(Target::field)?);
            is_kind(kind).then_some(scan)
        })
    }
}

impl ColumnScan {
    fn look_at(&mut self, cell: &str, line: u64) {
        if cell.is_empty() {
            return;
        }
        if self.samples.len() < SAMPLES {
            let sample = cut(cell);
            if !self.samples.iter().any(|seen| seen == sample) {
                self.samples.push(sample.to_owned());
            }
        }
        if self.oddities.look_at(cell) {
            return;
        }
        if let Some(evidence) = mark_evidence(cell) {
            self.marks.observe(evidence, cell, line);
        }
        // Dates that start with a word are the same in every order.
        if cell.starts_with(|c: char| c.is_ascii_digit())
            && let Some(date) = written_date(cell)
        {
            self.dates.observe(date, cell, line);
        }
    }
}

/// As much of a cell as tells what it holds.
fn cut(cell: &str) -> &str {
    let end = cell.char_indices().nth(SAMPLE_CHARS).map(|(end, _)| end);
    &cell[..end.unwrap_or(cell.len())]
}

fn is_date(kind: FieldKind) -> bool {
    kind == FieldKind::Date
}

fn is_number(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Money | FieldKind::Decimal | FieldKind::Integer
    )
}

#[cfg(test)]
mod tests;
