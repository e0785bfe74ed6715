//! Fields of the workspace's own: what is known of them, and their values beside the records.
//!
//! The values of a record stand in the column `custom` of its table, as JSON. Those of fields that
//! lists can be filtered and sorted by stand in `custom_values`, too, kept in step by the one write
//! path (`upkeep.rs`). What a change of a field asks of all records is done in steps (`steps.rs`).

pub(crate) mod definitions;
mod json;
mod keys;
mod schema;
mod steps;
pub(crate) mod upkeep;

pub(crate) use json::{from_json, to_json};
pub(crate) use keys::{ValueKey, keys_of};
pub(crate) use schema::{Loaded, load};
