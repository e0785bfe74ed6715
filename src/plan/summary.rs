//! The counts of a plan: they always add up to what was read.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::Operation;
use super::planned::{Outcome, PlannedRecord};

/// How many records have each outcome. `create + … + error = read`; implied records are beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// New records.
    pub create: i64,
    /// Changed records.
    pub update: i64,
    /// Records that are as proposed already.
    pub unchanged: i64,
    /// Records left out.
    pub skipped: i64,
    /// Records that somebody else changed.
    pub conflict: i64,
    /// Records that break a rule.
    pub error: i64,
    /// Records that no row stands for and that are created or changed too (parents of variants).
    pub implied: i64,
}

impl Counts {
    /// Counts one record.
    pub fn add(&mut self, record: &PlannedRecord) {
        if record.implied {
            if record.outcome.is_applied() {
                self.implied += 1;
            }
            return;
        }
        *match record.outcome {
            Outcome::Create => &mut self.create,
            Outcome::Update => &mut self.update,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Skipped => &mut self.skipped,
            Outcome::Conflict => &mut self.conflict,
            Outcome::Error => &mut self.error,
        } += 1;
    }

    /// Moves a record that was to be written to the conflicts, since applying held it back.
    pub fn hold_back(&mut self, record: &PlannedRecord) {
        if record.implied {
            self.implied -= 1;
            return;
        }
        if record.operation == Some(Operation::Create) {
            self.create -= 1;
        } else {
            self.update -= 1;
        }
        self.conflict += 1;
    }

    /// How many rows were read.
    pub fn read(&self) -> i64 {
        self.create + self.update + self.unchanged + self.skipped + self.conflict + self.error
    }

    /// How many records applying the plan writes.
    pub fn applied(&self) -> i64 {
        self.create + self.update + self.implied
    }
}
