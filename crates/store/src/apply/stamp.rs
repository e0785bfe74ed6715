//! What all rows of one transaction share.

use domain::values::Timestamp;

/// What all rows of one transaction share.
#[derive(Clone, Copy)]
pub(super) struct Stamp {
    pub(super) now: Timestamp,
    pub(super) tx_id: i64,
    /// Whether the search tables are kept in step.
    pub(super) is_searched: bool,
}
