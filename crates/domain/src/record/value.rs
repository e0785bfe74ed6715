//! The value of a field.

use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use super::field::{Blank, FieldKind};
use super::image;
use crate::values::Decimal;

/// The value of a field. Which variant is allowed depends on the field's kind: money and measures
/// are `Number` in 1/10000, whole numbers are `Number`, dates are `Text` in ISO form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, TS)]
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
    /// Words that are not empty, each once: sorted, or images in their order.
    List(Vec<String>),
}

impl Value {
    /// Text, or nothing when it is empty. Lines end with `\n`, so that a file that was saved by
    /// another program does not seem to change them.
    pub fn text(text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
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

    /// Images in their order, each once; nothing when there is none.
    pub fn images<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let words = image::each_once(words);
        if words.is_empty() {
            Self::Empty
        } else {
            Self::List(words)
        }
    }

    /// The value as a field keeps it: without spaces around a line, lists in order, 0 where a field
    /// is never empty.
    #[must_use]
    pub fn tidied(self, kind: FieldKind, blank: Blank) -> Self {
        match (kind, self) {
            (
                FieldKind::Code | FieldKind::Text | FieldKind::Date | FieldKind::Choice,
                Self::Text(text),
            ) => match text.trim() {
                trimmed if trimmed.len() < text.len() => Self::text(trimmed),
                _ => Self::text(text),
            },
            (FieldKind::Tags | FieldKind::Choices, Self::List(words)) => Self::list(words),
            (FieldKind::Image, Self::Text(text)) => Self::text(image::tidied(&text)),
            (FieldKind::Images, Self::List(words)) => Self::images(words),
            (FieldKind::Integer, Self::Empty) => blank.value(),
            (_, Self::Text(text)) => Self::text(text),
            (_, value) => value,
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
            | (Self::List(_), FieldKind::Tags | FieldKind::Choices | FieldKind::Images)
            | (
                Self::Text(_),
                FieldKind::Code
                | FieldKind::Text
                | FieldKind::LongText
                | FieldKind::Html
                | FieldKind::Date
                | FieldKind::Choice
                | FieldKind::Image,
            ) => true,
            (Self::Flag(_) | Self::Number(_) | Self::List(_) | Self::Text(_), _) => false,
        }
    }

    /// The value as plain text, the way CSV files and the command line write it; `parse` of
    /// `csv_io` reads it again.
    pub fn display(&self, kind: FieldKind) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Flag(yes) => (if *yes { "true" } else { "false" }).to_owned(),
            Self::Number(number) => match kind {
                FieldKind::Money | FieldKind::Decimal => Decimal::from_units(*number).to_string(),
                _ => number.to_string(),
            },
            Self::Text(text) => text.clone(),
            Self::List(words) if kind == FieldKind::Images => words.join("\n"),
            Self::List(words) => words.join(", "),
        }
    }
}

/// Written by hand, since imports read millions of values, and a derived reader tries one variant
/// after the other.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing, yes or no, a whole number, text or a list of words")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Empty)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Flag(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number)
            .map(Value::Number)
            .map_err(|_| E::custom("the number is too large"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<Value, A::Error> {
        let mut list = Vec::with_capacity(words.size_hint().unwrap_or_default());
        while let Some(word) = words.next_element()? {
            list.push(word);
        }
        Ok(Value::List(list))
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn the_lines_of_a_text_end_in_one_way() {
        assert_eq!(Value::text("a\r\nb\rc\n"), Value::text("a\nb\nc\n"));
    }

    #[test]
    fn every_value_is_read_again_from_json_and_nothing_else_is() {
        for value in [
            Value::Empty,
            Value::Flag(true),
            Value::Number(-5),
            Value::Number(i64::MAX),
            Value::text("1O"),
            Value::list(["b", "a"]),
        ] {
            let json = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
        }
        for json in ["1.5", "18446744073709551615", "{}", "[1]"] {
            assert!(serde_json::from_str::<Value>(json).is_err(), "{json}");
        }
    }
}
