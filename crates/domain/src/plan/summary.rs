//! The counts of a plan: they always add up to what was read.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Records that another user changed.
    pub conflict: i64,
    /// Records that break a rule.
    pub error: i64,
    /// Records that no row stands for and that are created or changed too (parents of variants).
    pub implied: i64,
    /// How many of the conflicts a person can decide.
    pub resolvable: i64,
    /// How many of these are decided in favour of the proposal: applying writes them too.
    pub taken: i64,
}

impl Counts {
    /// Counts one record.
    pub fn add(&mut self, record: &PlannedRecord) {
        self.count(record, 1);
    }

    /// Takes a record out again, before it is counted as something else.
    pub fn remove(&mut self, record: &PlannedRecord) {
        self.count(record, -1);
    }

    fn count(&mut self, record: &PlannedRecord, by: i64) {
        if record.can_be_resolved() {
            self.resolvable += by;
        }
        if record.is_taken() {
            self.taken += by;
        }
        let counter = match record.outcome {
            outcome if record.implied && outcome.is_applied() => &mut self.implied,
            _ if record.implied => return,
            Outcome::Create => &mut self.create,
            Outcome::Update => &mut self.update,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Skipped => &mut self.skipped,
            Outcome::Conflict => &mut self.conflict,
            Outcome::Error => &mut self.error,
        };
        *counter += by;
    }

    /// How many rows were read.
    pub fn read(&self) -> i64 {
        self.create + self.update + self.unchanged + self.skipped + self.conflict + self.error
    }

    /// How many records applying the whole plan writes.
    pub fn applied(&self) -> i64 {
        self.create + self.update + self.implied + self.taken
    }
}
