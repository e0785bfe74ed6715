//! Values on their way into columns.

use domain::record::{Blank, Field, FieldKind, Value};
use uuid::Uuid;

/// A value as a column takes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Bind {
    /// Text; empty when there is none.
    Text(String),
    /// Text, or null.
    OptionalText(Option<String>),
    /// A number.
    Number(i64),
    /// A number, or null.
    OptionalNumber(Option<i64>),
    /// 1 or 0.
    Flag(bool),
    /// An id, or null.
    Id(Option<Uuid>),
}

/// How a column keeps the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// Text that is never null.
    Text,
    /// Text, or null.
    OptionalText,
    /// A number that is never null.
    Number,
    /// A number, or null.
    OptionalNumber,
    /// 1 or 0.
    Flag,
    /// A JSON array of words, or an empty text.
    List,
}

impl Storage {
    /// How the column of a declared field keeps its values.
    pub(crate) const fn of(kind: FieldKind, blank: Blank) -> Self {
        match kind {
            FieldKind::Code
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Html
            | FieldKind::Choice
            | FieldKind::Image => Self::Text,
            FieldKind::Date => Self::OptionalText,
            FieldKind::Integer if matches!(blank, Blank::Zero) => Self::Number,
            FieldKind::Integer | FieldKind::Money | FieldKind::Decimal => Self::OptionalNumber,
            FieldKind::Flag => Self::Flag,
            FieldKind::Tags | FieldKind::Choices | FieldKind::Images => Self::List,
        }
    }

    fn of_field(field: Field) -> Self {
        let def = field.def();
        def.map_or(Self::Text, |def| Self::of(def.kind, def.blank))
    }
}

impl Bind {
    /// The value of a declared field for its column.
    pub(crate) fn of(field: Field, value: Value) -> Self {
        match Storage::of_field(field) {
            Storage::Text => Bind::Text(text_of(value).unwrap_or_default()),
            Storage::OptionalText => Bind::OptionalText(text_of(value)),
            Storage::OptionalNumber => Bind::OptionalNumber(value.as_number()),
            Storage::Number => Bind::Number(value.as_number().unwrap_or_default()),
            Storage::Flag => Bind::Flag(value.is_yes()),
            Storage::List => Bind::Text(match value.as_list() {
                [] => String::new(),
                words => serde_json::json!(words).to_string(),
            }),
        }
    }

    /// Whether it is this text, and not null.
    pub(crate) fn is_text(&self, text: &str) -> bool {
        match self {
            Bind::Text(own) | Bind::OptionalText(Some(own)) => own == text,
            _ => false,
        }
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// About how many bytes a value takes.
pub(crate) fn size_of(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len() + 8,
        Value::List(words) => words.iter().map(|word| word.len() + 8).sum(),
        _ => 8,
    }
}

/// Binds a [`Bind`] to the next place of a statement.
macro_rules! push {
    ($to:expr, $bind:expr) => {
        match $bind {
            $crate::bind::Bind::Text(text) => $to.push_bind(text),
            $crate::bind::Bind::OptionalText(text) => $to.push_bind(text),
            $crate::bind::Bind::Number(number) => $to.push_bind(number),
            $crate::bind::Bind::OptionalNumber(number) => $to.push_bind(number),
            $crate::bind::Bind::Flag(yes) => $to.push_bind(i64::from(yes)),
            $crate::bind::Bind::Id(id) => $to.push_bind(id),
        }
    };
}

pub(crate) use push;

/// The value as its field keeps it.
pub(crate) fn kept(field: Field, value: Value) -> Value {
    match field.def() {
        Some(def) => value.tidied(def.kind, def.blank),
        None => value,
    }
}
