//! Filters by fields of the workspace's own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::record::{Field, Value};

/// Which products by a field of the workspace's own that lists can be filtered by. Every part that is
/// set narrows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(optional_fields)]
pub struct CustomFilter {
    /// The field.
    pub field: Field,
    /// Any of these values: choices by their keys, text without regard to case and accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub any: Option<Vec<Value>>,
    /// At least this number or date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// At most this number or date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Value>,
    /// Whether nothing stands in it, or anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empty: Option<bool>,
}

impl CustomFilter {
    /// The filter that lets everything through.
    pub const fn on(field: Field) -> Self {
        Self {
            field,
            any: None,
            from: None,
            to: None,
            empty: None,
        }
    }
}
