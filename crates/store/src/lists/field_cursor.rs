//! Where a product stands in a list that is sorted by a field of the workspace's own.

use domain::catalog::ProductFilter;
use domain::record::Field;

/// A list: which products by which field, and whether the largest come first.
pub(super) type FieldList = (ProductFilter, (Field, bool));

/// The cursor of one product, or where a stretch begins: what has one choice, what has any value, what
/// has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FieldCursor {
    pub(super) stretch: usize,
    pub(super) key: Option<Key>,
}

/// By what a product stands where it stands: number, text and row number, as the index has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) number: i64,
    pub(super) text: String,
    pub(super) record: i64,
}
