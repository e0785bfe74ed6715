//! The parts of a sum and what they are called: the one place where they get their names.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::Origin;

/// A part of what a plan would do, or a batch did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SumPart {
    /// New records.
    Create,
    /// Records of which fields change.
    Update,
    /// Records that move to the trash.
    Trash,
    /// Records that come back from the trash.
    Restore,
    /// Records that are deleted for good.
    Purge,
    /// Records kept because of what another user changed.
    Conflict,
    /// Records that break a rule.
    Error,
    /// Records whose turn has not come, or that a stop left out.
    Rest,
    /// Records that are as proposed already.
    Unchanged,
    /// Records left out.
    Skipped,
    /// Records that no row stands for, written beside the others.
    Implied,
}

/// How many records make a part of a sum, and what they are called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sum {
    /// Which part.
    pub part: SumPart,
    /// How many records.
    pub count: i64,
    /// What they are called behind that number: "moved to the trash".
    pub words: String,
}

/// From when a sum is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before anything is done.
    Planned,
    /// While it is being done.
    Running,
    /// When it is over, be it half-way.
    Over,
}

impl SumPart {
    /// What so many records of the part are called.
    pub(super) const fn words(self, when: When, origin: Origin, count: i64) -> &'static str {
        let is_planned = matches!(when, When::Planned);
        let undoes = matches!(origin, Origin::Undo);
        let (planned, done) = match self {
            Self::Create => ("create", "created"),
            Self::Update if undoes => ("put back", "put back"),
            Self::Update => ("update", "updated"),
            Self::Trash => ("move to the trash", "moved to the trash"),
            Self::Restore => ("restore", "restored"),
            Self::Purge => ("delete for good", "deleted for good"),
            Self::Conflict if undoes => ("kept", "not changed, waiting for you"),
            Self::Conflict if count == 1 => ("conflict", "not changed, waiting for you"),
            Self::Conflict => ("conflicts", "not changed, waiting for you"),
            Self::Error if count == 1 => ("error", "rejected"),
            Self::Error => ("errors", "rejected"),
            Self::Rest => match when {
                When::Planned | When::Running => ("waiting", "waiting"),
                When::Over => ("not reached", "not reached"),
            },
            Self::Unchanged => ("unchanged", "unchanged"),
            Self::Skipped => ("skipped", "skipped"),
            Self::Implied if count == 1 => ("made from its variants", "made from its variants"),
            Self::Implied => ("made from their variants", "made from their variants"),
        };
        if is_planned { planned } else { done }
    }

    /// Whether applying writes such records.
    pub const fn is_written(self) -> bool {
        matches!(
            self,
            Self::Create | Self::Update | Self::Trash | Self::Restore | Self::Purge
        )
    }

    /// Whether a reader looks for it even where there is none.
    pub(super) const fn is_expected(self, origin: Origin) -> bool {
        match self {
            Self::Update => !matches!(origin, Origin::Trash | Origin::Restore | Origin::Purge),
            Self::Trash => matches!(origin, Origin::Trash),
            Self::Restore => matches!(origin, Origin::Restore),
            Self::Purge => matches!(origin, Origin::Purge),
            Self::Rest | Self::Implied => false,
            Self::Create | Self::Conflict | Self::Error | Self::Unchanged | Self::Skipped => true,
        }
    }
}
