//! The rows that are written, as they will be.

use std::collections::BTreeSet;

use domain::record::{Field, Record};

/// A record that is written, as it will be.
pub(crate) struct Written {
    /// Its row number; none for a new record.
    pub(crate) pk: Option<i64>,
    pub(crate) record: Record,
    /// The fields that differ from what is there.
    pub(crate) changed: BTreeSet<Field>,
    /// Whether it goes to the trash or comes from it.
    pub(crate) moves: bool,
}

/// The rows of one kind that are written.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) inserts: Vec<Written>,
    pub(crate) updates: Vec<Written>,
    /// What is deleted for good.
    pub(crate) purges: Vec<Written>,
}
