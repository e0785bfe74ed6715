//! How a file is understood: what was found out about it, and what a person said.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use csv_io::{DecimalMark, Delimiter, Detected, EmptyCells, Encoding, ForeignMoney, StockWords};
use domain::plan::ImportOnly;
use domain::values::DateOrder;

/// How a file is understood. Every part can be changed by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportSettings {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether a person chose it; one that is guessed without being sure is asked about until then.
    #[serde(default)]
    pub encoding_chosen: bool,
    /// The delimiter.
    pub delimiter: Delimiter,
    /// Whether a row names the columns.
    pub has_header: bool,
    /// The line on which that row starts; null finds it by its names.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub header_line: Option<u64>,
    /// What each column feeds: a field's key, or `handle`, `grams`, `taxable`, `weight_unit`,
    /// `dimension_unit`, `currency`; null is not imported.
    pub columns: Vec<Option<String>>,
    /// Fields for which a person wants none of the columns that could feed them.
    #[serde(default)]
    pub unwanted: Vec<String>,
    /// The order of day and month; null until it is known.
    pub date_order: Option<DateOrder>,
    /// The decimal mark; null until it is known.
    pub decimal_mark: Option<DecimalMark>,
    /// What an empty cell means.
    pub empty_cells: EmptyCells,
    /// Which rows are taken.
    pub only: ImportOnly,
    /// What amounts in another currency than the workspace's do; null until it is known.
    #[serde(default)]
    pub foreign_money: Option<ForeignMoney>,
    /// What a stock that is written in words does; null until it is known.
    #[serde(default)]
    pub stock_words: Option<StockWords>,
    /// Whether lines that look like totals and notes are imported as products.
    #[serde(default)]
    pub keep_odd_lines: bool,
    /// By which column the rows of a file that one record sent are matched first; null for the surest.
    #[serde(default)]
    pub match_by: Option<String>,
    /// What the amounts of such a file are for; null until it is known.
    #[serde(default)]
    pub amount_for: Option<AmountFor>,
}

impl ImportSettings {
    /// How a file is understood before anything was said.
    pub(super) fn first(detected: &Detected) -> Self {
        Self {
            encoding: detected.encoding,
            encoding_chosen: false,
            delimiter: detected.format.delimiter,
            has_header: detected.format.has_header,
            header_line: None,
            columns: Vec::new(),
            unwanted: Vec::new(),
            date_order: None,
            decimal_mark: None,
            empty_cells: EmptyCells::Keep,
            only: ImportOnly::Both,
            foreign_money: None,
            stock_words: None,
            keep_odd_lines: false,
            match_by: None,
            amount_for: None,
        }
    }
}

/// What the amounts of a price file are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmountFor {
    /// For one.
    Each,
    /// For a pack.
    Pack,
}
