//! What a cell is found to be: a value, or a problem.

use domain::record::Value;

/// A problem quotes at most so many characters of a cell.
const QUOTED_CHARS: usize = 200;

/// What is wrong with a cell, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// The rule that is broken, as a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl CellProblem {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

/// A value that was read, with what a person should know about the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The value; empty when the cell is.
    pub value: Value,
    /// What was changed on the way, such as decimals that were rounded.
    pub note: Option<String>,
}

impl From<Value> for Parsed {
    fn from(value: Value) -> Self {
        Self { value, note: None }
    }
}

/// A cell as a problem quotes it.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
