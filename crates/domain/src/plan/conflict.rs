//! A conflict, and what a person decides about it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::Change;
use crate::record::{Field, Value};

/// What a person decides about a conflict. What is undecided is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// The proposed values are written.
    Take,
    /// What is there stays.
    Keep,
}

/// One field that was changed on both sides: the three values that a person decides by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldConflict {
    /// Which field.
    pub field: Field,
    /// What both sides last agreed on.
    pub base: Value,
    /// What is there now.
    pub current: Value,
    /// What the plan proposes.
    pub proposed: Value,
}

impl FieldConflict {
    pub(super) fn taken(self) -> Change {
        Change {
            field: self.field,
            old: self.current,
            new: self.proposed,
        }
    }
}
