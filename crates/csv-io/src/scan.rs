//! The scan: one pass over a file that says what a person must be asked before it is read. It
//! looks at every column, so that the answer is there whatever the columns are mapped to.

use domain::catalog::product;
use std::io::Read;

use serde::{Deserialize, Serialize};

use super::calendar::{WrittenDate, written_date};
use super::columns::ColumnMap;
use super::currency::Currency;
use super::number::{DecimalMark, MarkEvidence, Spoken, mark_evidence};
use super::odd_lines::{code_column, may_be_odd, odd_line};
use super::oddities::Oddities;
use super::opening::{Opening, names_of};
use super::records::{Record, RecordReader};
use super::source::Format;
use super::target::Target;
use domain::error::Result;
use domain::record::FieldKind;
use domain::values::DateOrder;

const SAMPLES: usize = 5;
const SAMPLE_CHARS: usize = 80;
const ODD_LINES: usize = 20;
/// `progress` hears of every so many rows.
const ROWS_PER_PROGRESS: u64 = 4096;

/// What the dates of the mapped columns say about their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateOrderGuess {
    /// No date needs an order.
    None,
    /// Only this order reads every date.
    Certain {
        /// The order.
        order: DateOrder,
    },
    /// Several orders read every date, and not as the same days: a person must say.
    Ambiguous {
        /// The orders that are possible.
        orders: Vec<DateOrder>,
    },
    /// No order reads every date.
    Inconsistent {
        /// The line of the first date that contradicts those above it.
        line: u64,
    },
}

/// What the numbers of the mapped columns say about their decimal mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecimalMarkGuess {
    /// No number has one.
    None,
    /// The numbers show it.
    Certain {
        /// The mark.
        mark: DecimalMark,
    },
    /// There are numbers such as `1,234` and none that shows which it is: a person must say.
    Ambiguous,
    /// Both marks are used.
    Inconsistent {
        /// The line of the first number that contradicts those above it.
        line: u64,
    },
}

/// What stands in a file, column by column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scan {
    /// How many rows it has: those that [`Reader`](super::Reader) hands out, the header not.
    pub rows: u64,
    columns: Vec<ColumnScan>,
    odd_lines: Vec<OddLine>,
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

/// Where dates rule an order out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct DateEvidence {
    /// A date was seen that needs an order.
    seen: bool,
    /// The first date that means different days in different orders.
    depends: Option<String>,
    /// For each of [`ORDERS`], the first line that cannot be read in it.
    ruled_out: [Option<u64>; 3],
}

/// Where numbers show a decimal mark.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct MarkLines {
    point: Option<u64>,
    comma: Option<u64>,
    /// The first number that means different amounts with either mark.
    ambiguous: Option<String>,
}

const ORDERS: [DateOrder; 3] = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];

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
    let width = names_of(&opening.records[naming], format.has_header)?.len();
    scan.columns = vec![ColumnScan::default(); width];
    let data = naming + usize::from(format.has_header);
    for record in &opening.records[data..] {
        scan.take(record);
    }
    scan.rows = opening.rows - u64::from(format.has_header);
    let mut record = Record::default();
    while records.read(&mut record)? {
        scan.take(&record);
        if scan.rows.is_multiple_of(ROWS_PER_PROGRESS) {
            progress(records.offset())?;
        }
    }
    progress(records.offset())?;
    Ok(scan)
}

impl Scan {
    fn take(&mut self, record: &Record) {
        self.rows += 1;
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

    /// The words for nothing in the column at `index`, such as `NULL`, and how many cells hold one.
    pub fn empty_words(&self, index: usize) -> (&[String], u64) {
        let column = self.columns.get(index);
        column.map_or((&[], 0), |column| {
            let oddities = &column.oddities;
            (&oddities.empty_words[..], oddities.empty_cells)
        })
    }

    /// The stocks that are written in words, such as `10+`.
    pub fn stock_words(&self, map: &ColumnMap) -> &[String] {
        let stock = map.index_of(product::STOCK);
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
            if let Some(currency) = column.currency() {
                said.push((column.name.clone(), Spoken::code(currency)));
            }
            if target.is_money() || target == Target::Currency {
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
            all.seen |= column.dates.seen;
            all.depends = all.depends.or_else(|| column.dates.depends.clone());
            for (line, other) in all.ruled_out.iter_mut().zip(column.dates.ruled_out) {
                *line = earlier(*line, other);
            }
        }
        all.guess()
    }

    /// Which decimal mark the columns that feed numbers use.
    pub fn decimal_mark(&self, map: &ColumnMap) -> DecimalMarkGuess {
        let mut all = MarkLines::default();
        for column in self.feeding(map, is_number) {
            all.ambiguous = all.ambiguous.or_else(|| column.marks.ambiguous.clone());
            all.point = earlier(all.point, column.marks.point);
            all.comma = earlier(all.comma, column.marks.comma);
        }
        match (all.point, all.comma) {
            (Some(point), Some(comma)) => DecimalMarkGuess::Inconsistent {
                line: point.max(comma),
            },
            (Some(_), None) => DecimalMarkGuess::Certain {
                mark: DecimalMark::Point,
            },
            (None, Some(_)) => DecimalMarkGuess::Certain {
                mark: DecimalMark::Comma,
            },
            (None, None) if all.ambiguous.is_some() => DecimalMarkGuess::Ambiguous,
            (None, None) => DecimalMarkGuess::None,
        }
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
            let kind = column.target.and_then(Target::field).map(crate::kind_of)?;
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
            self.marks.take(evidence, cell, line);
        }
        // Dates that start with a word are the same in every order.
        if cell.starts_with(|c: char| c.is_ascii_digit())
            && let Some(date) = written_date(cell)
        {
            self.dates.take(date, cell, line);
        }
    }
}

/// As much of a cell as tells what it holds.
fn cut(cell: &str) -> &str {
    let end = cell.char_indices().nth(SAMPLE_CHARS).map(|(end, _)| end);
    &cell[..end.unwrap_or(cell.len())]
}

impl DateEvidence {
    fn take(&mut self, date: WrittenDate, cell: &str, line: u64) {
        let read = ORDERS.map(|order| date.in_order(order).is_some());
        if matches!(date, WrittenDate::Plain(_)) || !read.contains(&true) {
            return;
        }
        self.seen = true;
        if self.depends.is_none() && date.depends_on_order() {
            self.depends = Some(cell.to_owned());
        }
        for (ruled_out, read) in self.ruled_out.iter_mut().zip(read) {
            if !read {
                ruled_out.get_or_insert(line);
            }
        }
    }

    fn guess(&self) -> DateOrderGuess {
        let possible = ORDERS.into_iter().zip(self.ruled_out);
        let orders: Vec<DateOrder> = possible
            .filter(|(_, ruled_out)| ruled_out.is_none())
            .map(|(order, _)| order)
            .collect();
        match orders[..] {
            _ if !self.seen => DateOrderGuess::None,
            [] => DateOrderGuess::Inconsistent {
                line: self.ruled_out.iter().flatten().copied().max().unwrap_or(0),
            },
            [order] => DateOrderGuess::Certain { order },
            // 5/5/2026 is the same day in either order.
            [order, ..] if self.depends.is_none() => DateOrderGuess::Certain { order },
            _ => DateOrderGuess::Ambiguous { orders },
        }
    }
}

impl MarkLines {
    fn take(&mut self, evidence: MarkEvidence, cell: &str, line: u64) {
        match evidence {
            MarkEvidence::Certain(DecimalMark::Point) => self.point = self.point.or(Some(line)),
            MarkEvidence::Certain(DecimalMark::Comma) => self.comma = self.comma.or(Some(line)),
            MarkEvidence::Ambiguous => {
                self.ambiguous.get_or_insert_with(|| cell.to_owned());
            }
        }
    }
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

fn earlier(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Delimiter, column_names};

    fn scanned(text: &str) -> (Scan, ColumnMap) {
        let format = Format::new(Delimiter::Semicolon, true);
        let map = ColumnMap::guess(&column_names(text.as_bytes(), format).unwrap());
        (scan(text.as_bytes(), format, &mut |_| Ok(())).unwrap(), map)
    }

    fn dates(cells: &[&str]) -> DateOrderGuess {
        let (scan, map) = scanned(&format!("promo_start\n{}\n", cells.join("\n")));
        scan.date_order(&map)
    }

    fn marks(cells: &[&str]) -> DecimalMarkGuess {
        let (scan, map) = scanned(&format!("cost\n{}\n", cells.join("\n")));
        scan.decimal_mark(&map)
    }

    #[test]
    fn the_order_of_dates_is_found_asked_or_contradicted() {
        use DateOrder::{Dmy, Mdy, Ymd};
        use DateOrderGuess::{Ambiguous, Certain, Inconsistent, None};
        for (cells, expected) in [
            (&["", "soon", "2099-12-31", "31 Dec 2026"][..], None),
            (&["11/9/2025", "31/12/2026"], Certain { order: Dmy }),
            (&["11/9/2025", "12/31/2026"], Certain { order: Mdy }),
            (&["99-12-31"], Certain { order: Ymd }),
            (&["5/5/2026"], Certain { order: Dmy }),
            (
                &["11/9/2025"],
                Ambiguous {
                    orders: vec![Dmy, Mdy],
                },
            ),
            (
                &["1/2/3"],
                Ambiguous {
                    orders: vec![Dmy, Mdy, Ymd],
                },
            ),
            (
                &["31/12/2026", "1/1/2026", "12/31/2026"],
                Inconsistent { line: 4 },
            ),
            (&["99/99/2026", "31/12/2026"], Certain { order: Dmy }),
        ] {
            assert_eq!(dates(cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn the_decimal_mark_is_found_asked_or_contradicted() {
        use DecimalMark::{Comma, Point};
        use DecimalMarkGuess::{Ambiguous, Certain, Inconsistent, None};
        for (cells, expected) in [
            (&["12", "", "x"][..], None),
            (&["1,234", "12.5"], Certain { mark: Point }),
            (&["1,234", "12,5"], Certain { mark: Comma }),
            (&["1,234", "$1.234"], Ambiguous),
            (&["12.50", "3", "12,50"], Inconsistent { line: 4 }),
        ] {
            assert_eq!(marks(cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn a_question_has_an_example_however_far_down_it_stands() {
        let plain = "A;;12\n".repeat(50);
        let (scan, map) = scanned(&format!("sku;promo_end;cost\n{plain}B;11/9/2025;$1,234\n"));
        assert_eq!(scan.date_example(&map), Some("11/9/2025"));
        assert_eq!(scan.decimal_example(&map), Some("$1,234"));
        let (scan, map) = scanned("sku;promo_end;cost\nB;5/5/2025;1.5\n");
        assert_eq!(
            (scan.date_example(&map), scan.decimal_example(&map)),
            (None, None)
        );
    }

    #[test]
    fn only_the_mapped_columns_count() {
        let (scan, map) = scanned("sku;note;when;cost\nA;1,5;11/9/2025;2.5\n");
        assert_eq!(scan.date_order(&map), DateOrderGuess::None);
        let mark = DecimalMark::Point;
        assert_eq!(scan.decimal_mark(&map), DecimalMarkGuess::Certain { mark });
        let end = Some(Target::Field(product::PROMO_END));
        let map = ColumnMap::chosen(
            domain::catalog::product::PRODUCT,
            &["sku", "note", "when", "cost"],
            &[None, None, end, None],
        );
        let map = map.unwrap();
        let orders = vec![DateOrder::Dmy, DateOrder::Mdy];
        assert_eq!(scan.date_order(&map), DateOrderGuess::Ambiguous { orders });
    }

    #[test]
    fn samples_are_the_first_different_texts_of_a_column() {
        let (scan, _) = scanned("Title\nsku;name\nA;\nB; x \n\nC;x\nD;1\nE;2\nF;3\nG;4\nH;5\n");
        assert_eq!(scan.rows, 10);
        assert_eq!(scan.samples(0), ["A", "B", "C", "D", "E"]);
        assert_eq!(scan.samples(1), ["x", "1", "2", "3", "4"]);
        assert_eq!(scan.samples(7), [""; 0]);
    }

    #[test]
    fn a_scan_stops_when_it_is_told_to() {
        let format = Format::new(Delimiter::Comma, false);
        let text = "A,1\n".repeat(10_000);
        let mut heard = Vec::new();
        let stop = domain::error::Error::invalid("Stopped.");
        let result = scan(text.as_bytes(), format, &mut |bytes| {
            heard.push(bytes);
            Err(stop.clone())
        });
        assert_eq!(result, Err(stop));
        assert_eq!(heard, [ROWS_PER_PROGRESS * 4]);
    }
}
