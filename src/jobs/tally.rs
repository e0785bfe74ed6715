//! Adds up a plan while it is made: outcomes, kinds, fields, and what is to be pointed out.

use std::collections::{BTreeMap, BTreeSet};

use super::plan_warning::PlanWarning;
use domain::plan::{Change, Counts, Outcome, PlannedRecord};
use domain::record::{Field, Kind, Schema, Watch};

/// Adds up a plan while it is made.
#[derive(Debug, Default)]
pub struct Tally {
    /// Records by outcome.
    pub counts: Counts,
    kinds: BTreeSet<Kind>,
    changed_fields: BTreeSet<Field>,
    /// How many changes of each field are to be pointed out.
    watched: BTreeMap<Field, i64>,
}

impl Tally {
    /// Counts one record.
    pub fn add(&mut self, record: &PlannedRecord) {
        self.counts.add(record);
        let is_applied = record.outcome.is_applied();
        if !is_applied && !record.can_be_resolved() {
            return;
        }
        self.kinds.insert(record.kind);
        let conflicts = record.conflicts.iter().map(|conflict| conflict.field);
        self.changed_fields.extend(conflicts);
        for change in &record.changes {
            self.changed_fields.insert(change.field);
            if record.outcome == Outcome::Update && is_watched(change) {
                *self.watched.entry(change.field).or_default() += 1;
            }
        }
    }

    /// Which kinds of record it changes.
    pub fn kinds(&self) -> Vec<Kind> {
        self.kinds.iter().copied().collect()
    }

    /// The fields that change anywhere, in reading order.
    pub fn changed_fields(&self) -> Vec<Field> {
        self.changed_fields.iter().copied().collect()
    }

    /// What a person should look at.
    pub fn warnings(&self, schema: &Schema) -> Vec<PlanWarning> {
        let watched = self.watched.iter();
        let warnings = watched.filter_map(|(field, count)| {
            let (field, label, count) = (*field, schema.label(*field).to_owned(), *count);
            Some(match field.def()?.watch? {
                Watch::Jumps => PlanWarning::Jumps {
                    field,
                    label,
                    count,
                },
                Watch::FallsToZero => PlanWarning::FallsToZero {
                    field,
                    label,
                    count,
                },
            })
        });
        warnings.collect()
    }
}

fn is_watched(change: &Change) -> bool {
    let watch = change.field.def().and_then(|def| def.watch);
    let numbers = change.old.as_number().zip(change.new.as_number());
    watch
        .zip(numbers)
        .is_some_and(|(watch, (old, new))| watch.is_met(old, new))
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
