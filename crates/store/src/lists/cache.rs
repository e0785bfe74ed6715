//! Answers that cost a walk over the whole catalogue, kept until something was committed.

use super::field_cursor::{FieldCursor, FieldList};
use super::kept::{Cursors, Kept, List, Recent};
use super::order::Cursor;
use super::search::SearchResult;
use super::sorted_search::Sorted;
use super::survey::Surveys;
use domain::catalog::{Count, Facets, ProductFilter};

/// The kept answers.
#[derive(Default)]
pub(crate) struct Cache {
    pub(super) counts: Kept<ProductFilter, Count>,
    pub(super) facets: Kept<(), Facets>,
    pub(super) cursors: Cursors<List, Cursor>,
    /// The same of lists that are sorted by a field of the workspace's own.
    pub(super) field_cursors: Cursors<FieldList, FieldCursor>,
    /// The last searches: a window asks for the number of what was found and for page after page of it.
    pub(super) searches: Recent<ProductFilter, SearchResult, 8>,
    /// The row numbers of the last short lists by fields of the workspace's own.
    pub(super) short: Recent<List, Vec<i64>, 4>,
    /// The row numbers of the last searches that found many, in their order.
    pub(super) sorted_searches: Recent<List, Sorted, 4>,
    /// The same of those that are sorted by a field of the workspace's own.
    pub(super) sorted_by_field: Recent<FieldList, Sorted, 4>,
    pub(super) surveys: Surveys,
}
