//! The value of a field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::field::{Field, FieldKind};
use crate::values::Decimal;

/// The value of a field. Which variant is allowed depends on the field's kind: money and measures
/// are `Number` in 1/10000, whole numbers are `Number`, dates are `Text` in ISO form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Value {
    /// Nothing: no price, no date, no text.
    #[default]
    Empty,
    /// Yes or no.
    Flag(bool),
    /// A whole number, or 1/10000 of money or a measure.
    Number(i64),
    /// Text that is not empty.
    Text(String),
    /// Words that are not empty, sorted, each once.
    List(Vec<String>),
}

impl Value {
    /// Text, or nothing when it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// A list of words: trimmed, without empty ones, sorted, each once; nothing when none is left.
    pub fn list<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let mut words: Vec<String> = words
            .into_iter()
            .map(|word| word.as_ref().trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        words.sort();
        words.dedup();
        if words.is_empty() {
            Self::Empty
        } else {
            Self::List(words)
        }
    }

    /// Whether it is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, when it is one.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The words, none when it is no list.
    pub fn as_list(&self) -> &[String] {
        match self {
            Self::List(words) => words,
            _ => &[],
        }
    }

    /// Whether it is yes.
    pub fn is_yes(&self) -> bool {
        *self == Self::Flag(true)
    }

    /// Whether a field of `kind` may hold it.
    pub fn fits(&self, kind: FieldKind) -> bool {
        match (self, kind) {
            (Self::Empty, kind) => !matches!(kind, FieldKind::Flag),
            (Self::Flag(_), FieldKind::Flag)
            | (Self::Number(_), FieldKind::Integer | FieldKind::Money | FieldKind::Decimal)
            | (Self::List(_), FieldKind::Tags)
            | (
                Self::Text(_),
                FieldKind::Sku
                | FieldKind::Text
                | FieldKind::LongText
                | FieldKind::Html
                | FieldKind::Date,
            ) => true,
            (Self::Flag(_) | Self::Number(_) | Self::List(_) | Self::Text(_), _) => false,
        }
    }

    /// The value as plain text, the way CSV files and the command line write it; `parse` of
    /// `csv_io` reads it again.
    pub fn display(&self, field: Field) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Flag(yes) => (if *yes { "true" } else { "false" }).to_owned(),
            Self::Number(number) => match field.kind() {
                FieldKind::Money | FieldKind::Decimal => Decimal::from_units(*number).to_string(),
                _ => number.to_string(),
            },
            Self::Text(text) => text.clone(),
            Self::List(words) => words.join(", "),
        }
    }
}
