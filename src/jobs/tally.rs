//! Adds up a plan while it is made: outcomes, kinds, fields, and what is to be pointed out.

use std::collections::{BTreeMap, BTreeSet};

use super::plan_warning::PlanWarning;
use domain::plan::{Counts, Mark, Origin, PlannedRecord};
use domain::record::{Field, Kind, Schema};

/// Adds up a plan while it is made.
#[derive(Debug, Default)]
pub struct Tally {
    /// Records by outcome.
    pub counts: Counts,
    kinds: BTreeSet<Kind>,
    changed_fields: BTreeSet<Field>,
    /// How many records of a kind are pointed out for what shows of them.
    marked: BTreeMap<(Kind, Mark), i64>,
}

impl Tally {
    /// Counts one record.
    pub fn add(&mut self, record: &PlannedRecord) {
        self.counts.add(record);
        self.kinds.insert(record.kind);
        let is_applied = record.outcome.is_applied();
        if !is_applied && !record.can_be_resolved() {
            return;
        }
        let conflicts = record.conflicts.iter().map(|conflict| conflict.field);
        self.changed_fields.extend(conflicts);
        for change in &record.changes {
            self.changed_fields.insert(change.field);
        }
        for mark in Mark::of(record) {
            if mark.field().is_some() || matches!(mark, Mark::Restores | Mark::OddBarcode) {
                *self.marked.entry((record.kind, mark)).or_default() += 1;
            }
        }
    }

    /// Which kinds its records are of.
    pub fn kinds(&self) -> Vec<Kind> {
        self.kinds.iter().copied().collect()
    }

    /// The fields that change anywhere, in reading order.
    pub fn changed_fields(&self) -> Vec<Field> {
        self.changed_fields.iter().copied().collect()
    }

    /// What a person should look at. That an undo brings records back is what it is for.
    pub fn warnings(&self, schema: &Schema, origin: Origin) -> Vec<PlanWarning> {
        let marked = self.marked.iter();
        let told = marked
            .filter(|((_, mark), _)| origin != Origin::Undo || *mark != Mark::Restores)
            .filter_map(|((kind, mark), count)| {
                PlanWarning::of(mark.clone(), (*kind, schema), *count, &[])
            });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::record::Watch;

    #[test]
    fn a_price_that_changes_by_more_than_a_fifth_is_a_jump() {
        for (old, new, jumps) in [
            (100, 120, false),
            (100, 121, true),
            (100, 79, true),
            (0, 1, true),
            (0, 0, false),
            (i64::MIN, i64::MAX, true),
            (i64::MAX, i64::MAX, false),
        ] {
            assert_eq!(Watch::Jumps.is_met(old, new), jumps, "{old} {new}");
        }
    }
}
