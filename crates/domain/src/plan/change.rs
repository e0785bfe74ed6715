//! What is written: a change of one field, and all changes of one product.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::catalog::{Field, Value};
use crate::values::ProductId;

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
    /// A person moved products to the trash.
    Trash,
    /// A person brought products back from the trash.
    Restore,
    /// A person deleted products for good; nothing can undo that.
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

impl Origin {
    /// The origins of what is no change of a record that an undo could take back: these stand in
    /// the history and not in the list of batches.
    pub const EVENTS: [Origin; 3] = [Origin::People, Origin::Settings, Origin::SignIn];

    /// Whether batches of this origin change products.
    pub fn is_about_products(self) -> bool {
        !Self::EVENTS.contains(&self)
    }
}

/// All changes of one product: the unit that is checked, applied and journalled as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductWrite {
    /// The product; for a creation an id made by the planner.
    pub id: ProductId,
    /// What happens to it.
    pub operation: Operation,
    /// The version that the plan was made against; 0 for a creation.
    pub expected_version: i64,
    /// The changed fields. `ParentSku` is resolved to the parent's id when it is applied.
    pub changes: Vec<Change>,
}
