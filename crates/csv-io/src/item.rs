//! Items: what comes of reading a file, and the choices of the reading.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::currency::Currency;
use super::number::DecimalMark;
use super::words::StockWords;
use domain::plan::{FieldNote, Problem};
use domain::record::{Field, Value};
use domain::values::DateOrder;

/// What an empty cell does to the value that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EmptyCells {
    /// It leaves the value as it is.
    #[default]
    Keep,
    /// It clears the value. Yes-or-no fields have no empty value and stay as they are.
    Clear,
}

/// What an amount in another currency than the workspace's does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ForeignMoney {
    /// Such rows are rejected.
    #[default]
    Refuse,
    /// The number is taken as it is: a person said that it is an amount of the workspace's currency.
    TakeAsIs,
}

impl ForeignMoney {
    /// Its name on the command line and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::TakeAsIs => "take_as_is",
        }
    }
}

/// How the cells of a file are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// The order of day, month and year. Dates with the year first are read in any case.
    pub date_order: DateOrder,
    /// The character before decimals.
    pub decimal_mark: DecimalMark,
    /// What an empty cell does.
    pub empty_cells: EmptyCells,
    /// The workspace's currency, when it has one.
    pub currency: Option<Currency>,
    /// What an amount in another one does.
    pub foreign_money: ForeignMoney,
    /// What a stock that is written in words does.
    pub stock_words: StockWords,
    /// Whether lines that look like totals and notes are read as products.
    pub keep_odd_lines: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            date_order: DateOrder::Ymd,
            decimal_mark: DecimalMark::Point,
            empty_cells: EmptyCells::Keep,
            currency: None,
            foreign_money: ForeignMoney::Refuse,
            stock_words: StockWords::Refuse,
            keep_odd_lines: false,
        }
    }
}

/// One step of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The line on which the record starts; the first line of the file is 1.
    pub line: u64,
    /// Where the record starts in the copy, in bytes.
    pub offset: u64,
    /// Whether no row of its own stands behind it: the parent that Shopify's rows of several
    /// variants imply. Its line and place are those of the first of these rows.
    pub implied: bool,
    /// What the record is.
    pub body: Body,
}

/// What a record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing to import.
    Skipped(Skip),
    /// A product, or what of it could be read.
    Record(Row),
}

/// Why a record is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    /// All its cells are empty.
    Blank,
    /// It stands above the header: a title, or a date.
    AboveHeader,
    /// It repeats the header.
    RepeatedHeader,
    /// It adds up the rows above it.
    Total,
    /// It is a note, such as a line of conditions below the rows.
    Note,
    /// In Shopify's layout, it only adds an image to its product.
    Image,
    /// It only adds an image, and images are not read.
    OtherImage,
    /// It was left out in the review.
    LeftOut,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Blank => "Blank row.",
            Self::AboveHeader => "Above the header.",
            Self::RepeatedHeader => "The header again.",
            Self::Total => "A line of totals, not a product.",
            Self::Note => "A note, not a product.",
            Self::Image => "An image of the product above.",
            Self::OtherImage => "Image row; the column of images is left out.",
            Self::LeftOut => "Left out in the review.",
        })
    }
}

/// A product as a record describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The values of the mapped columns, each field once. A field that is missing stays as it is.
    pub values: Vec<(Field, Value)>,
    /// What keeps the row from being imported; empty when nothing does.
    pub problems: Vec<Problem>,
    /// What a person should know about the reading.
    pub notes: Vec<String>,
    /// Whether a cell of it was corrected in the review.
    pub fixed: bool,
    /// Whether what it is about is not there, in a file that is matched.
    pub missing: bool,
    /// The same of fields that not everyone may see.
    pub field_notes: Vec<FieldNote>,
    /// The barcode of what the row is about, in a file that is matched.
    pub barcode: String,
}

impl Row {
    /// The value that the row gives `field`.
    pub fn get(&self, field: Field) -> Option<&Value> {
        let found = self.values.iter().find(|(other, _)| *other == field);
        found.map(|(_, value)| value)
    }

    /// The text that the row gives `field`; empty when it gives none.
    pub fn text(&self, field: Field) -> &str {
        self.get(field).and_then(Value::as_text).unwrap_or_default()
    }
}
