//! An import before it is a plan: how its file is understood, and what a person must still say.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use csv_io::{DecimalMark, Delimiter, EmptyCells, Encoding};
use domain::plan::ImportOnly;
use domain::record::Field;
use domain::values::{DateOrder, PlanId};

/// How a file is understood. Every part can be changed by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportSettings {
    /// The encoding.
    pub encoding: Encoding,
    /// The delimiter.
    pub delimiter: Delimiter,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// What each column feeds: a field's key, or `handle`, `grams`, `taxable`; null is not imported.
    pub columns: Vec<Option<String>>,
    /// The order of day and month; null until it is known.
    pub date_order: Option<DateOrder>,
    /// The decimal mark; null until it is known.
    pub decimal_mark: Option<DecimalMark>,
    /// What an empty cell means.
    pub empty_cells: EmptyCells,
    /// Which rows are taken.
    pub only: ImportOnly,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    /// Its header, or `Column 3` when the file has none.
    pub header: String,
    /// Up to five different values of it.
    pub samples: Vec<String>,
    /// What was proposed for it by its name; null when nothing fits.
    pub proposed: Option<String>,
}

/// A target that a column can feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportTarget {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The field that it fills in the end; null for `handle`.
    pub field: Option<Field>,
}

/// A question that only a person can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum ImportQuestion {
    /// Is 11/9/2026 the 11th of September or the 9th of November?
    DateOrder {
        /// A value of the file that shows the question.
        example: String,
    },
    /// Is 1,234 more than a thousand or less than two?
    DecimalMark {
        /// A value of the file that shows the question.
        example: String,
    },
    /// No column is the SKU (or the handle): rows cannot be matched.
    SkuColumn,
}

/// A choice of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
}

/// An import before it is a plan: how the file is understood, with samples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportDraft {
    /// Its id; the plan keeps it.
    pub id: PlanId,
    /// The file's name.
    pub file_name: String,
    /// The file's size in bytes.
    pub size: i64,
    /// How many rows it has, blank ones among them; the header is none.
    pub rows: i64,
    /// How it is understood.
    pub settings: ImportSettings,
    /// The columns.
    pub columns: Vec<ImportColumn>,
    /// The first rows, cell by cell, at most 20.
    pub preview: Vec<Vec<String>>,
    /// What a column can feed.
    pub targets: Vec<ImportTarget>,
    /// The encodings to choose from.
    pub encodings: Vec<Choice>,
    /// The delimiters to choose from.
    pub delimiters: Vec<Choice>,
    /// What must be answered before it can be planned.
    pub questions: Vec<ImportQuestion>,
    /// What a person should know, such as "Understood as Shopify's product file".
    pub notes: Vec<String>,
}
