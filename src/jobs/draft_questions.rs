//! The questions of an import that only a person can answer.

use super::import_draft::{EncodingReading, ImportQuestion};
use super::import_settings::ImportSettings;
use super::sent_draft::Sent;
use csv_io::{
    COUNTED, ColumnMap, Contest, Currency, DateOrderGuess, DecimalMarkGuess, Encoding, Reading,
    Scan,
};
use domain::error::Error;

/// What is known of a file when questions are asked.
pub(super) struct Asked<'a> {
    pub map: &'a ColumnMap,
    pub scan: &'a Scan,
    pub settings: &'a ImportSettings,
    pub readings: &'a [Reading],
    pub contests: &'a [Contest],
    pub currency: Option<Currency>,
    pub sent: Option<Sent<'a>>,
}

impl Asked<'_> {
    /// What is still open, in the order in which it matters.
    pub fn questions(&self) -> Vec<ImportQuestion> {
        let mut questions: Vec<ImportQuestion> = self.encoding().into_iter().collect();
        questions.extend(self.code_column());
        questions.extend(self.price_columns());
        questions.extend(self.foreign_money());
        questions.extend(self.sent.and_then(|sent| sent.question()));
        questions.extend(self.date_order());
        questions.extend(self.decimal_mark());
        questions.extend(self.stock_words());
        questions
    }

    fn code_column(&self) -> Option<ImportQuestion> {
        if self.map.identifies_records() {
            return None;
        }
        if let Some(sent) = self.sent {
            let labels = sent.missing_ways();
            return Some(ImportQuestion::CodeColumn { labels });
        }
        let fields = self.map.kind().identified_by().into_iter();
        let missing = fields.filter(|field| self.map.index_of(*field).is_none());
        Some(ImportQuestion::CodeColumn {
            labels: missing
                .filter_map(|field| Some(field.def()?.label.to_owned()))
                .collect(),
        })
    }

    fn encoding(&self) -> Option<ImportQuestion> {
        if self.settings.encoding_chosen || self.readings.is_empty() {
            return None;
        }
        let reading = |reading: &Reading| EncodingReading {
            key: reading.encoding.key(),
            label: reading.encoding.label(),
            words: reading.words.clone(),
        };
        Some(ImportQuestion::Encoding {
            readings: self.readings.iter().map(reading).collect(),
        })
    }

    fn price_columns(&self) -> impl Iterator<Item = ImportQuestion> + '_ {
        let is_open = |contest: &&Contest| {
            let is_fed = contest
                .target
                .field()
                .is_some_and(|field| self.map.index_of(field).is_some());
            let is_unwanted = self
                .settings
                .unwanted
                .iter()
                .any(|key| *key == contest.target.key());
            !is_fed && !is_unwanted
        };
        let open = self.contests.iter().filter(is_open);
        open.map(|contest| ImportQuestion::PriceColumn {
            target: contest.target.key().into_owned(),
            label: contest.target.label(self.map.schema()).to_owned(),
            columns: contest
                .columns
                .iter()
                .filter_map(|index| u32::try_from(*index).ok())
                .collect(),
        })
    }

    fn foreign_money(&self) -> Option<ImportQuestion> {
        let examples = self.scan.foreign_money(self.map, self.currency);
        let is_open = self.settings.foreign_money.is_none() && !examples.is_empty();
        is_open.then(|| ImportQuestion::ForeignMoney {
            currency: self.currency.map(|own| own.code().to_owned()),
            examples,
        })
    }

    /// A file that contradicts itself says nothing about the values that can be read either way.
    fn date_order(&self) -> Option<ImportQuestion> {
        let dates = self.scan.date_order(self.map);
        let is_known = matches!(dates, DateOrderGuess::Certain { .. });
        let is_open = !is_known && self.settings.date_order.is_none();
        let example = self.scan.date_example(self.map).filter(|_| is_open)?;
        Some(ImportQuestion::DateOrder {
            example: example.to_owned(),
        })
    }

    fn decimal_mark(&self) -> Option<ImportQuestion> {
        let decimals = self.scan.decimal_mark(self.map);
        let is_known = matches!(decimals, DecimalMarkGuess::Certain { .. });
        let is_open = !is_known && self.settings.decimal_mark.is_none();
        let example = self.scan.decimal_example(self.map).filter(|_| is_open)?;
        Some(ImportQuestion::DecimalMark {
            example: example.to_owned(),
        })
    }

    fn stock_words(&self) -> Option<ImportQuestion> {
        let words = self.scan.stock_words(self.map);
        let is_open = self.settings.stock_words.is_none() && !words.is_empty();
        let stock = self.map.index_of(COUNTED).filter(|_| is_open)?;
        Some(ImportQuestion::StockWords {
            column: self.map.columns()[stock].name.clone(),
            words: words.to_vec(),
        })
    }
}

fn no_code(what: &str) -> Error {
    Error::invalid(format!("No column is the {what}."))
        .hint(format!(
            "Say which column holds the {what} (--map \"Column=field\")."
        ))
        .field(
            "columns",
            format!("Choose the column that holds the {what}."),
        )
}

/// The error of a plan that is made while a question is open. `names` are the headers.
pub fn open_question(question: &ImportQuestion, names: &[String]) -> Error {
    match question {
        ImportQuestion::DateOrder { example } => Error::invalid(format!(
            "The file writes dates as {example}: day or month first?"
        ))
        .hint("Say the order of day and month (--date-order dmy, mdy or ymd).")
        .field("date_order", "Choose the order of day and month."),
        ImportQuestion::DecimalMark { example } => {
            Error::invalid(format!("The file writes {example}: thousands or decimals?"))
                .hint("Say the decimal mark (--decimal-mark point or comma).")
                .field("decimal_mark", "Choose the decimal mark.")
        }
        ImportQuestion::CodeColumn { labels } => no_code(&labels.join(" or the ")),
        ImportQuestion::Encoding { readings } => no_encoding(readings),
        ImportQuestion::PriceColumn {
            target,
            label,
            columns,
        } => {
            let named = columns
                .iter()
                .filter_map(|index| names.get(usize::try_from(*index).ok()?));
            Error::invalid(format!(
                "Several columns may be the {label}: {}.",
                listed(named)
            ))
            .hint(format!(
                "Say which it is (--map \"Column={target}\"), or leave all of them out."
            ))
            .field("columns", format!("Choose the column of the {label}."))
        }
        ImportQuestion::ForeignMoney { currency, examples } => {
            let found = examples.join(", ");
            let message = match currency {
                Some(own) => {
                    format!("Amounts are not in {own}, the currency that is expected: {found}.")
                }
                None => format!("Amounts are in more than one currency: {found}."),
            };
            Error::invalid(message)
                .hint("Say what they do (--foreign-money refuse, or take-as-is).")
                .field(
                    "foreign_money",
                    "Choose what amounts in another currency do.",
                )
        }
        ImportQuestion::AmountFor { amount, pack } => Error::invalid(format!(
            "The file has packs (column \"{pack}\"): is \"{amount}\" for one or for a pack?"
        ))
        .hint("Say what it is for (--cost-per each, or pack).")
        .field("amount_for", "Choose what the amounts are for."),
        ImportQuestion::StockWords { column, words } => {
            Error::invalid(format!("{column} holds words: {}.", listed(words.iter())))
                .hint("Say what they mean (--stock-words refuse, keep or number).")
                .field("stock_words", "Choose what a stock in words means.")
        }
    }
}

fn no_encoding(readings: &[EncodingReading]) -> Error {
    let words: Vec<String> = readings.iter().map(words_in).collect();
    let keys: Vec<&str> = readings
        .iter()
        .map(|reading| reading.key.as_str())
        .collect();
    Error::invalid(format!(
        "The encoding of the file is not clear. Its words may be {}.",
        words.join("; or ")
    ))
    .hint(format!(
        "Say the encoding (--encoding {}). Where the words are right in none of them, try another one, or save \
         the file as UTF-8.",
        keys.join(", or ")
    ))
    .field(
        "encoding",
        "Choose the encoding in which the words are right.",
    )
}

fn listed<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    let quoted: Vec<String> = texts.map(|text| format!("\"{text}\"")).collect();
    quoted.join(", ")
}

fn words_in(reading: &EncodingReading) -> String {
    let encoding = Encoding::from_key(&reading.key).map_or(String::new(), Encoding::label);
    format!("\"{}\" in {encoding}", reading.words.join(" "))
}
