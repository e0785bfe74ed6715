//! Where a reading goes on.

use domain::values::Timestamp;
use serde::{Deserialize, Serialize};

use super::json::written;
use crate::channel::Cursor;
use crate::failure::{Answered, Failure, FailureKind};

/// The shop pages no deeper than 25,000 objects: before that, the search begins anew where it is.
const DEEP: usize = 20_000;

/// Where a reading goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub(super) enum At {
    /// Page by page, those that were changed last at the end.
    Pages(Pages),
    /// In the result of an export.
    Export(Export),
}

/// Page by page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pages {
    /// From when on.
    pub(super) since: Option<Timestamp>,
    /// Where the shop goes on.
    pub(super) after: Option<String>,
    /// The latest change that was seen.
    pub(super) latest: Option<Timestamp>,
    /// How many were passed since `since`.
    pub(super) passed: usize,
}

/// In the result of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Export {
    /// From when on.
    pub(super) since: Option<Timestamp>,
    /// The bulk operation; none while there was no room for one.
    pub(super) operation: Option<String>,
    /// How many products were passed.
    pub(super) passed: usize,
    /// How often it was looked whether it is done.
    pub(super) looks: u32,
    /// How many were begun.
    pub(super) begun: u32,
}

impl Pages {
    /// Those that were changed since a time, from the first one on.
    pub(super) fn since(since: Option<Timestamp>) -> Self {
        Self {
            since,
            after: None,
            latest: since,
            passed: 0,
        }
    }

    /// Where it goes on once so many more were passed.
    pub(super) fn further(&self, after: String, passed: usize, latest: Option<Timestamp>) -> Self {
        let passed = self.passed + passed;
        let next = Self {
            since: self.since,
            after: Some(after),
            latest,
            passed,
        };
        match passed >= DEEP && latest > self.since {
            true => next.anew(),
            false => next,
        }
    }

    /// The search for what was changed after the last one that was seen.
    pub(super) fn anew(&self) -> Self {
        Self {
            since: self.latest,
            after: None,
            latest: self.latest,
            passed: 0,
        }
    }
}

impl Export {
    /// That of the whole shop, not begun yet.
    pub(super) const fn whole() -> Self {
        Self {
            since: None,
            operation: None,
            passed: 0,
            looks: 0,
            begun: 0,
        }
    }
}

impl At {
    pub(super) fn read(cursor: &Cursor) -> Answered<Self> {
        serde_json::from_str(&cursor.0).map_err(|_| {
            let message = "The reading of the shop cannot go on where it stopped.";
            Failure::new(FailureKind::Broken, message).hint("Begin it anew.")
        })
    }

    pub(super) fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }
}

/// The search for what may have changed since then. Every status is named, since the shop leaves some
/// out otherwise.
pub(super) fn search(since: Option<Timestamp>) -> String {
    let statuses = "status:active,draft,archived,unlisted";
    match since {
        Some(since) => format!("{statuses} updated_at:>='{}'", written(since)),
        None => String::from(statuses),
    }
}
