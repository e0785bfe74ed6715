//! The limits of a page, the same for every list.

use domain::error::{Error, Result};

/// The most rows of one page.
pub(super) const MOST: i64 = 500;

/// No list is as long.
const FARTHEST: i64 = 1_000_000_000_000;

/// Refuses a page that is before the beginning, empty or too long.
pub(super) fn check(offset: i64, limit: i64) -> Result<()> {
    let mut error = Error::invalid("There is no such page.");
    if !(0..=FARTHEST).contains(&offset) {
        error = error.field("offset", format!("The offset is from 0 to {FARTHEST}."));
    }
    if !(1..=MOST).contains(&limit) {
        error = error.field("limit", format!("The limit is from 1 to {MOST}."));
    }
    if error.fields.is_empty() {
        Ok(())
    } else {
        Err(error)
    }
}
