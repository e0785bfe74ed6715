//! By what a value is found and sorted.

use domain::record::{FieldKind, Value};

use crate::fold::sort_key;

/// A value as the index keeps it: numbers by their number, all else by text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ValueKey {
    pub(crate) number: i64,
    pub(crate) text: String,
}

impl ValueKey {
    fn number(number: i64) -> Self {
        Self {
            number,
            text: String::new(),
        }
    }

    fn text(text: impl Into<String>) -> Self {
        Self {
            number: 0,
            text: text.into(),
        }
    }
}

/// The keys of a value: none when it is empty, one for each of several choices.
pub(crate) fn keys_of(kind: FieldKind, value: &Value) -> Vec<ValueKey> {
    match value {
        Value::Empty => Vec::new(),
        Value::Flag(yes) => vec![ValueKey::number(i64::from(*yes))],
        Value::Number(number) => vec![ValueKey::number(*number)],
        Value::Text(text)
            if matches!(
                kind,
                FieldKind::Text | FieldKind::LongText | FieldKind::Html
            ) =>
        {
            vec![ValueKey::text(sort_key(text))]
        }
        Value::Text(text) => vec![ValueKey::text(text.clone())],
        Value::List(words) => words
            .iter()
            .map(|word| ValueKey::text(word.clone()))
            .collect(),
    }
}
