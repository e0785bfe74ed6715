//! An import before it is a plan: how its file is understood, and what a person must still say.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::import_settings::ImportSettings;
use csv_io::{OddLine, Target};
use domain::error::{Error, Result};
use domain::record::{Field, Kind, Schema};
use domain::values::{PlanId, RecordId, Timestamp};

/// A field of the workspace's own that would take a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldOffer {
    /// Its name: the header.
    pub label: String,
    /// Its type, as custom fields have it; another one can be chosen.
    pub r#type: String,
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
    /// The field that can be made for it; null while another one takes it.
    pub offer: Option<FieldOffer>,
}

/// A target that a column can feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportTarget {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The field that it fills in the end; null for `handle` and for what says how others are read.
    pub field: Option<Field>,
    /// Its short name on the command line: `sku`, `season`.
    pub code: String,
}

impl ImportTarget {
    /// The target as a person sees it.
    pub(super) fn of(schema: &Schema, target: Target) -> Self {
        Self {
            key: target.key().into_owned(),
            label: target.label(schema).to_owned(),
            field: target.field(),
            code: code_of(schema, target),
        }
    }
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
    /// No column is the code (or the handle): rows cannot be matched.
    CodeColumn {
        /// What people call the fields that no column feeds: the SKU.
        labels: Vec<String>,
    },
    /// In which encoding do the words make sense?
    Encoding {
        /// The file's odd words in each encoding that it may have, the likeliest first.
        readings: Vec<EncodingReading>,
    },
    /// Which of several prices is the field's?
    PriceColumn {
        /// The field's key.
        target: String,
        /// The field's name.
        label: String,
        /// The places of the columns, from 0.
        columns: Vec<u32>,
    },
    /// What of amounts in another currency?
    ForeignMoney {
        /// The workspace's currency; null when it has none.
        currency: Option<String>,
        /// Amounts of the file.
        examples: Vec<String>,
    },
    /// Are amounts for one, or for a pack?
    AmountFor {
        /// The header of the column of the amounts.
        amount: String,
        /// The header of the column of the pack sizes.
        pack: String,
    },
    /// What does a stock in words mean?
    StockWords {
        /// The header of the column.
        column: String,
        /// The words of the file.
        words: Vec<String>,
    },
}

/// An encoding that the file may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EncodingReading {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// What the file's odd words are in it.
    pub words: Vec<String>,
}

/// A line of the file that looks like a total or a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OddImportLine {
    /// Where it starts.
    pub line: i64,
    /// What stands in it.
    pub text: String,
}

impl OddImportLine {
    /// The line as a person sees it: its cells that hold something.
    pub(super) fn of(line: &OddLine) -> Self {
        let cells = line.cells.iter().map(String::as_str);
        let filled = cells.filter(|cell| !cell.is_empty());
        Self {
            line: i64::try_from(line.line).unwrap_or(i64::MAX),
            text: filled.collect::<Vec<_>>().join(" · "),
        }
    }
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

impl Choice {
    /// A choice by its key and its name.
    pub(super) fn new(key: String, label: String) -> Self {
        Self { key, label }
    }
}

/// Who sent a file: all of its rows refer to this record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// The field by which the rows refer to it.
    pub field: Field,
    /// Which record.
    pub id: RecordId,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
}

/// By what the rows of a file are matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportMatching {
    /// The way that comes first: the key of a column; null while no column says what a row is about.
    pub by: Option<String>,
    /// Whether a person chose it.
    pub chosen: bool,
    /// The ways that there are columns for, the surest first.
    pub choices: Vec<Choice>,
}

/// A mapping that a draft took over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Remembered {
    /// The name that a person gave it; empty when it is that of the last file of this shape.
    pub name: String,
    /// The file that it was used for last.
    pub file_name: String,
    /// When that was.
    pub used_at: Timestamp,
    /// Columns that it knows and the file does not have.
    pub missing: Vec<String>,
}

/// An import before it is a plan: how the file is understood, with samples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportDraft {
    /// Its id; the plan keeps it.
    pub id: PlanId,
    /// Of what kind its rows are.
    pub kind: Kind,
    /// Whether that was guessed from the names of its columns.
    pub kind_guessed: bool,
    /// Who sent it, when all of its rows refer to one record.
    pub sender: Option<Sender>,
    /// By what the rows of such a file are matched.
    pub matching: Option<ImportMatching>,
    /// The file's name.
    pub file_name: String,
    /// The file's size in bytes.
    pub size: i64,
    /// How many rows it has, blank ones among them; the header is none.
    pub rows: i64,
    /// The line on which the names of the columns stand; null without a header.
    pub header_line: Option<i64>,
    /// How it is understood.
    pub settings: ImportSettings,
    /// The mapping that was taken over from an earlier file; null when it is as proposed.
    pub remembered: Option<Remembered>,
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
    /// What a person should look at before going on.
    pub warnings: Vec<String>,
    /// The headers of columns that hold something and are not imported.
    pub left_out: Vec<String>,
    /// The first lines that look like totals and notes.
    pub odd_lines: Vec<OddImportLine>,
}

/// The target with this key.
pub(super) fn target_of(schema: &Schema, kind: Kind, key: &str) -> Result<Target> {
    Target::from_key(schema, kind, key).ok_or_else(|| {
        let keys: Vec<String> = Target::all(schema, kind)
            .map(|target| code_of(schema, target))
            .collect();
        Error::invalid(format!("There is no field \"{key}\"."))
            .hint(format!("The fields are {}.", keys.join(", ")))
    })
}

/// What a target is called on the command line.
fn code_of(schema: &Schema, target: Target) -> String {
    match target {
        Target::Field(field) => schema.code(field),
        target => target.key().into_owned(),
    }
}
