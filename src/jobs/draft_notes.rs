//! What a person is told of a file before it is planned.

use super::import_settings::ImportSettings;
use super::plan_warning::grouped;
use super::sent_draft::Sent;
use csv_io::{
    COUNTED, Column, ColumnMap, Contest, DateOrderGuess, DecimalMarkGuess, Delimiter, Encoding,
    Layout, Scan, says_tax,
};

/// What is known of a file when it is told.
pub(super) struct Told<'a> {
    pub map: &'a ColumnMap,
    pub scan: &'a Scan,
    pub settings: &'a ImportSettings,
    pub header_line: Option<u64>,
    pub uncommon: Option<Delimiter>,
    pub contests: &'a [Contest],
    pub malformed: u64,
    pub malformed_lines: &'a [u64],
    pub sent: Option<Sent<'a>>,
    pub kind_guessed: bool,
}

/// Parts of names that prices and stock have in the languages of suppliers.
const PRICES: &[&str] = &[
    "price", "cost", "rrp", "msrp", "preis", "prix", "precio", "prezzo", "prijs", "cena", "pris",
    "цена", "uvp", "pvp",
];
const STOCK: &[&str] = &[
    "qty",
    "quantity",
    "stock",
    "inventory",
    "soh",
    "bestand",
    "menge",
    "lager",
    "quantité",
    "cantidad",
];
/// How many totals and notes are told.
const ODD_LINES: usize = 3;
/// How many texts in a wrong encoding are told.
const GARBLED: usize = 3;
/// The columns that the file of rejected rows has of its own.
const OF_REJECTS: [&str; 2] = ["Line", "Reason"];

impl Told<'_> {
    /// What is good to know.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.sent.map_or_else(Vec::new, |sent| sent.notes());
        if self.kind_guessed {
            let plural = self.map.kind().def().plural;
            notes.push(format!(
                "Its columns are those of {plural}, so its rows are read as {plural}."
            ));
        }
        if self.map.layout() == Layout::Shopify {
            notes.push(
                "Understood as Shopify's product file: the rows of one handle are one product with \
                 its variants."
                    .to_owned(),
            );
        }
        let unicode = [Encoding::UTF_8, Encoding::UTF_16LE, Encoding::UTF_16BE];
        if !self.settings.encoding_chosen && !unicode.contains(&self.settings.encoding) {
            notes.push(format!("Read as {}.", self.settings.encoding.label()));
        }
        if let Some(line) = self.header_line.filter(|line| *line > 1) {
            notes.push(format!("The names of the columns stand on line {line}."));
        }
        notes.extend(self.repeated_headers());
        notes.extend(self.taxes());
        notes.extend(self.units());
        notes.extend(self.empty_words());
        notes.extend(self.odd_lines());
        notes
    }

    /// What should be looked at before going on.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        warnings.extend(self.malformed());
        warnings.extend(self.garbled());
        warnings.extend(self.delimiter());
        warnings.extend(self.same_names());
        warnings.extend(self.missed());
        if let DecimalMarkGuess::Inconsistent { line } = self.scan.decimal_mark(self.map) {
            warnings.push(format!(
                "Numbers are written with a decimal point and with a decimal comma, see line {line}. \
                 Rows whose number does not fit are rejected."
            ));
        }
        if let DateOrderGuess::Inconsistent { line } = self.scan.date_order(self.map) {
            warnings.push(format!(
                "Dates are written in more than one order, see line {line}. Rows whose date does \
                 not fit are rejected."
            ));
        }
        warnings
    }

    /// The headers of the columns that hold something and are not imported.
    pub fn left_out(&self) -> Vec<String> {
        let is_ours = |(index, name): (usize, &str)| OF_REJECTS.get(index) == Some(&name);
        self.unmapped()
            .filter(|(index, name)| !is_ours((*index, name)))
            .map(|(_, name)| name.to_owned())
            .collect()
    }

    fn unmapped(&self) -> impl Iterator<Item = (usize, &str)> {
        let columns = self.map.columns().iter().enumerate();
        columns
            .filter(|(index, column)| {
                column.target.is_none() && !self.scan.samples(*index).is_empty()
            })
            .map(|(index, column)| (index, column.name.as_str()))
    }

    fn repeated_headers(&self) -> Option<String> {
        let (count, lines) = self.scan.repeated_headers();
        let rows = if count == 1 {
            "this row is"
        } else {
            "these rows are"
        };
        let more = match count.saturating_sub(lines.len() as u64) {
            0 => String::new(),
            more => format!(" and {} more", grouped(more)),
        };
        let lines = listed(lines.iter().copied());
        (count > 0).then(|| {
            format!("The names of the columns come again on {lines}{more}; {rows} left out.")
        })
    }

    /// Whether our prices have tax in them is for the shop to say; a column that says it of its own is told.
    fn taxes(&self) -> impl Iterator<Item = String> {
        let columns = self.map.columns().iter();
        let says = |column: &&Column| {
            let target = column.target.filter(|_| says_tax(&column.name));
            target.is_some_and(|target| target.is_money(self.map.schema()))
        };
        columns.filter(says).map(|column| {
            format!(
                "\"{}\" speaks of tax: its amounts are taken as they are.",
                column.name
            )
        })
    }

    fn units(&self) -> impl Iterator<Item = String> {
        self.map.columns().iter().filter_map(|column| {
            let unit = column.unit().filter(|unit| !unit.is_own())?;
            let label = column
                .target
                .map_or("", |target| target.label(self.map.schema()));
            Some(format!(
                "{}: numbers without a unit are {}, and are converted for {label}.",
                column.name, unit.name
            ))
        })
    }

    fn empty_words(&self) -> impl Iterator<Item = String> {
        let columns = self.map.columns().iter().enumerate();
        columns.filter_map(|(index, column)| {
            let target = column.target?;
            let (words, _) = self.scan.empty_words(index);
            let read: Vec<&str> = words
                .iter()
                .map(String::as_str)
                .filter(|word| target.reads_as_empty(word))
                .collect();
            let is_one = read.len() == 1;
            (!read.is_empty()).then(|| {
                let verb = if is_one { "is" } else { "are" };
                format!("{}: {} {verb} read as empty.", column.name, read.join(", "))
            })
        })
    }

    fn odd_lines(&self) -> Option<String> {
        let found = self.scan.odd_lines(self.map);
        if found.is_empty() {
            return None;
        }
        let told = found.iter().take(ODD_LINES).map(|odd| {
            let text = odd.cells.iter().find(|cell| !cell.is_empty());
            format!("line {} \"{}\"", odd.line, text.map_or("", String::as_str))
        });
        let told: Vec<String> = told.collect();
        let more = match found.len().saturating_sub(ODD_LINES) {
            0 => String::new(),
            more => format!(" and {} more", grouped(more)),
        };
        let what = match self.settings.keep_odd_lines {
            true => "imported like all others",
            false => "left out",
        };
        Some(format!(
            "Totals and notes are {what}: {}{more}.",
            told.join(", ")
        ))
    }

    fn garbled(&self) -> Option<String> {
        let found = self.scan.garbled(self.map);
        let told: Vec<String> = found
            .iter()
            .take(GARBLED)
            .map(|(text, was)| format!("\"{text}\" was \"{was}\""))
            .collect();
        (!told.is_empty()).then(|| {
            format!(
                "Text was read in a wrong encoding before this file was written: {}. Ask for the file \
                 anew, as UTF-8.",
                told.join(", ")
            )
        })
    }

    fn malformed(&self) -> Option<String> {
        if self.malformed == 0 {
            return None;
        }
        let count = match self.malformed {
            1 => "1 character does".to_owned(),
            many => format!("{} characters do", grouped(many)),
        };
        let lines = listed(self.malformed_lines.iter().copied());
        let encoding = self.settings.encoding.label();
        Some(format!(
            "{count} not fit the encoding {encoding} and would be read as \u{fffd} ({lines}). \
             Correct the file, or try another encoding."
        ))
    }

    fn delimiter(&self) -> Option<String> {
        if self.map.columns().len() > 1 {
            return None;
        }
        match self.uncommon {
            Some(other) => Some(format!(
                "No common delimiter was found, so each line is one column. Choose {} if it separates \
                 the columns.",
                other.label()
            )),
            None if !self.map.identifies_records() || self.has_gaps() => Some(
                "No delimiter was found, so each line is one column. A file with columns of fixed width \
                 must be saved as CSV first."
                    .to_owned(),
            ),
            None => None,
        }
    }

    /// Whether the header stands in columns of fixed width: words far from each other.
    fn has_gaps(&self) -> bool {
        let mut columns = self.map.columns().iter();
        columns.any(|column| column.name.trim().contains("  "))
    }

    fn is_told_as_same(&self, name: &str) -> bool {
        let mut columns = self.map.columns().iter();
        columns.any(|column| column.target.is_some() && column.name.eq_ignore_ascii_case(name))
    }

    /// Columns of one name of which one is imported: which one should be seen.
    fn same_names(&self) -> Vec<String> {
        let columns = self.map.columns();
        let mut told = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            let Some(target) = column.target else {
                continue;
            };
            let is_same = |other: &&str| other.eq_ignore_ascii_case(&column.name);
            let names = || columns.iter().map(|other| other.name.as_str());
            if names().filter(is_same).count() > 1 {
                told.push(format!(
                    "Several columns are called \"{}\": column {} feeds {}. Choose another one if that \
                     is wrong.",
                    column.name,
                    index + 1,
                    target.label(self.map.schema())
                ));
            }
        }
        told
    }

    /// Columns that seem to hold prices or stock and are not imported. Where the stock is fed, others tell
    /// what is reserved, or whether there is any.
    fn missed(&self) -> impl Iterator<Item = String> {
        let stock = COUNTED;
        let mut fields = self.map.schema().fields(self.map.kind());
        let wants_stock = fields.any(|field| field == stock) && self.map.index_of(stock).is_none();
        let prices = self.missed_columns(|name| is_named(name, PRICES));
        let stocks = self.missed_columns(|name| !is_named(name, PRICES) && is_named(name, STOCK));
        let told = |columns: Vec<String>, one: &str, many: &str| match columns.len() {
            0 => None,
            1 => Some(format!(
                "{} looks like {one} and is not imported.",
                columns[0]
            )),
            _ => Some(format!(
                "{} look like {many} and are not imported.",
                columns.join(", ")
            )),
        };
        [
            told(prices, "a price", "prices"),
            told(stocks, "stock", "stock").filter(|_| wants_stock),
        ]
        .into_iter()
        .flatten()
    }

    /// The columns of numbers that nothing is imported of, nor asked about, by their names.
    fn missed_columns(&self, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
        let is_asked = |index: usize| {
            let mut asked = self.contests.iter().flat_map(|contest| &contest.columns);
            asked.any(|column| *column == index)
        };
        let is_number =
            |sample: &&String| sample.len() < 20 && sample.contains(|c: char| c.is_ascii_digit());
        // A total or a note may stand in the column, too.
        let holds_numbers = |index: usize| {
            let samples = self.scan.samples(index);
            samples.iter().filter(is_number).count() * 2 >= samples.len()
        };
        self.unmapped()
            .filter(|(index, name)| !is_asked(*index) && is_meant(name) && holds_numbers(*index))
            .filter(|(_, name)| self.map.columns().len() > 1 && !self.is_told_as_same(name))
            .map(|(_, name)| format!("\"{name}\""))
            .collect()
    }
}

fn is_named(name: &str, parts: &[&str]) -> bool {
    let lower = name.to_lowercase();
    parts.iter().any(|part| lower.contains(part))
}

fn listed(lines: impl Iterator<Item = u64>) -> String {
    let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
    match lines.len() {
        1 => format!("line {}", lines[0]),
        _ => format!("lines {}", lines.join(", ")),
    }
}
