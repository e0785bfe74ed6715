//! How enums without data are kept: as the words that they have in JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The word by which an enum without data is kept: the one that it has in JSON.
pub(crate) fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The enum that is kept as `word`.
pub(crate) fn from_word<T: DeserializeOwned>(word: String) -> sqlx::Result<T> {
    serde_json::from_value(serde_json::Value::String(word))
        .map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}
