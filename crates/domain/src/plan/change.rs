//! What is written: a change of one field, and all changes of one record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::record::{Field, Kind, Value};
use crate::values::RecordId;

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// Which field.
    pub field: Field,
    /// What it was.
    pub old: Value,
    /// What it becomes.
    pub new: Value,
}

/// What happens to a record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// It comes to be; `old` of every change is what a blank record has.
    Create,
    /// Its fields change.
    Update,
    /// It goes to the trash.
    Trash,
    /// It comes back from the trash; its fields may change too.
    Restore,
    /// It is deleted for good, from the trash.
    Purge,
}

/// Where a batch of changes comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A person saved a form.
    Form,
    /// A person moved records to the trash.
    Trash,
    /// A person brought records back from the trash.
    Restore,
    /// A person deleted records for good; nothing can undo that.
    Purge,
    /// A CSV file.
    Import,
    /// Many records changed at once in the window.
    BulkEdit,
    /// A sales channel.
    Sync,
    /// The undo of another batch.
    Undo,
    /// Edits made offline, replayed.
    OfflineReplay,
    /// The practice catalogue.
    Practice,
    /// People, their roles and their passwords.
    People,
    /// The settings of the workspace.
    Settings,
    /// Signing in and out, and failing to.
    SignIn,
}

/// All changes of one record: the unit that is checked, applied and journalled as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// What kind of record it is.
    pub kind: Kind,
    /// Which record; for a creation an id made by the planner.
    pub id: RecordId,
    /// What happens to it.
    pub operation: Operation,
    /// The version that the plan was made against; 0 for a creation.
    pub expected_version: i64,
    /// The changed fields. A reference is resolved to an id when it is applied.
    pub changes: Vec<Change>,
}
