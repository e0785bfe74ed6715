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
    /// Changed records, those that move to the trash, come back or are deleted for good among them.
    pub update: i64,
    /// How many of those move to the trash.
    #[serde(default)]
    pub trash: i64,
    /// How many of those come back from the trash.
    #[serde(default)]
    pub restore: i64,
    /// How many of those are deleted for good.
    #[serde(default)]
    pub purge: i64,
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
    /// How many of these are decided in favour of what is here, of a plan with a shop: applying sends that
    /// there.
    #[serde(default)]
    pub kept_to_send: i64,
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
            Outcome::Update => {
                self.count_moved(record.operation, by);
                &mut self.update
            }
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Skipped => &mut self.skipped,
            Outcome::Conflict => &mut self.conflict,
            Outcome::Error => &mut self.error,
        };
        *counter += by;
    }

    fn count_moved(&mut self, operation: Option<Operation>, by: i64) {
        match operation {
            Some(Operation::Trash) => self.trash += by,
            Some(Operation::Restore) => self.restore += by,
            Some(Operation::Purge) => self.purge += by,
            Some(Operation::Create | Operation::Update) | None => {}
        }
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
