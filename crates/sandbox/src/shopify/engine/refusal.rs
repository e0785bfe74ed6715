//! Errors that stand at the top of an answer.

use apollo_compiler::resolvers::FieldError;
use serde_json::{Map, Value, json};

/// Why a field, or a whole operation, is refused.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) extensions: Map<String, Value>,
}

/// The code of what this program does not know. No such thing comes from Shopify.
const UNKNOWN_HERE: &str = "PRACTICE_SHOP_DOES_NOT_KNOW";

impl Refusal {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        let mut extensions = Map::new();
        extensions.insert(String::from("code"), json!(code));
        Self {
            message: message.into(),
            extensions,
        }
    }

    /// Something that Shopify knows and the practice shop does not.
    pub(crate) fn unknown_here(what: impl std::fmt::Display) -> Self {
        Self::new(
            UNKNOWN_HERE,
            format!("The practice shop does not know {what} yet."),
        )
    }

    /// An id that is none, or one of another type.
    pub(crate) fn bad_id(id: &str) -> Self {
        Self::new("RESOURCE_NOT_FOUND", format!("Invalid id: {id}"))
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new("BAD_REQUEST", message)
    }

    #[must_use]
    pub(crate) fn with(mut self, key: &str, value: Value) -> Self {
        self.extensions.insert(String::from(key), value);
        self
    }

    pub(crate) fn is_unknown_here(&self) -> bool {
        self.extensions.get("code") == Some(&json!(UNKNOWN_HERE))
    }

    /// As an entry of `errors`.
    pub(crate) fn entry(&self) -> Value {
        json!({"message": self.message, "extensions": self.extensions})
    }

    /// Packs the refusal into what the executor carries: one text.
    pub(crate) fn pack(&self) -> FieldError {
        FieldError {
            message: self.entry().to_string(),
        }
    }

    /// Unpacks what the executor carried. A text that was never packed is the executor's own
    /// complaint about a resolver: a fault of the practice shop.
    pub(crate) fn unpack(message: &str) -> Self {
        let packed = message.strip_prefix("resolver error: ").unwrap_or(message);
        let Ok(Value::Object(mut entry)) = serde_json::from_str(packed) else {
            return Self::unknown_here(format_args!("how to answer this ({message})"));
        };
        let text = entry.remove("message");
        let extensions = match entry.remove("extensions") {
            Some(Value::Object(extensions)) => extensions,
            _ => Map::new(),
        };
        Self {
            message: text
                .as_ref()
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            extensions,
        }
    }
}
