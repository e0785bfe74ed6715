//! Imports: from a chosen file to a plan. What follows (rows, apply, rejects) is in `plans`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::files::FileToken;
use crate::catalog::Field;
use crate::jobs::JobId;
use crate::plan::ImportOnly;
use crate::values::{DateOrder, PlanId};

/// `imports.open`: reads the beginning of a file and proposes how to understand it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenImport {
    /// The file.
    pub file: FileToken,
}

/// How empty cells are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EmptyCells {
    /// The field keeps what it has.
    #[default]
    Keep,
    /// The field is emptied.
    Clear,
}

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

/// How a file is understood. Every part can be changed by a person; the keys of encodings and
/// delimiters are those of `ImportDraft.encodings` and `ImportDraft.delimiters`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportSettings {
    /// The encoding: `utf8`, `utf16_le`, `utf16_be` or `windows1252`.
    pub encoding: String,
    /// The delimiter: `comma`, `semicolon`, `tab` or `pipe`.
    pub delimiter: String,
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
    /// How many rows it has, header and blank ones left out.
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

/// `imports.configure`: understands the file in another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfigureImport {
    /// The draft.
    pub id: PlanId,
    /// The settings. When encoding, delimiter or header change, `columns` is proposed anew.
    pub settings: ImportSettings,
}

/// `imports.plan`: starts to plan; the job's end brings the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanImport {
    /// The draft.
    pub id: PlanId,
}

/// A job that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Started {
    /// The job.
    pub job: JobId,
    /// The plan that it makes or applies, when there is one.
    pub plan: Option<PlanId>,
}

// PLACEHOLDERS until the bodies are merged.
pub(super) async fn load_practice(
    _: &super::call::Call,
    _: super::session::LoadPractice,
) -> crate::error::Result<Started> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn open(
    _: &super::call::Call,
    _: OpenImport,
) -> crate::error::Result<ImportDraft> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn configure(
    _: &super::call::Call,
    _: ConfigureImport,
) -> crate::error::Result<ImportDraft> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn plan(_: &super::call::Call, _: PlanImport) -> crate::error::Result<Started> {
    Err(crate::error::Error::internal("not merged yet"))
}
