//! The three-way merge, per field: what both sides last agreed on, what is there now, what is
//! proposed.

use super::change::Change;
use super::resolve::FieldConflict;
use crate::record::{Fields, Value};

/// What the merge of one field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldMerge {
    /// Nothing is proposed, or both sides already agree.
    Same,
    /// The proposed value is taken: no other user changed the field.
    Take,
    /// Ours stays: the proposal does not touch the field.
    Keep,
    /// Both sides changed it to different values: a person decides.
    Conflict,
}

/// Merges one field. Exhaustive over which of the three values are equal.
pub fn merge_field(base: &Value, ours: &Value, theirs: &Value) -> FieldMerge {
    match (ours == base, theirs == base, ours == theirs) {
        (_, _, true) => FieldMerge::Same,
        (true, false, false) => FieldMerge::Take,
        (false, true, false) => FieldMerge::Keep,
        (false, false, false) => FieldMerge::Conflict,
        (true, true, false) => unreachable!("equality is transitive"),
    }
}

/// The merge of one record: what may be written, and what a person must decide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merge {
    /// Changes without a conflict; `old` is what is there now.
    pub take: Vec<Change>,
    /// Fields that another user changed to another value than the proposed one.
    pub conflicts: Vec<FieldConflict>,
}

/// Merges proposed changes (base → proposal, as `old` → `new`) into what is there now.
pub fn merge(proposed: &[Change], ours: &Fields) -> Merge {
    let mut merged = Merge::default();
    for change in proposed {
        let now = ours.get(change.field);
        match merge_field(&change.old, now, &change.new) {
            FieldMerge::Same | FieldMerge::Keep => {}
            FieldMerge::Take => merged.take.push(change.clone()),
            FieldMerge::Conflict => merged.conflicts.push(FieldConflict {
                field: change.field,
                base: change.old.clone(),
                current: now.clone(),
                proposed: change.new.clone(),
            }),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use crate::catalog::product;
    use crate::catalog::product::PRODUCT;
    use proptest::prelude::*;

    use super::{FieldMerge, Merge, merge, merge_field};
    use crate::plan::Change;
    use crate::record::{Fields, Value};

    #[test]
    fn every_case_of_three_values_is_named() {
        let value = Value::Number;
        for (base, ours, theirs, expected) in [
            (1, 1, 1, FieldMerge::Same),
            (1, 2, 2, FieldMerge::Same),
            (1, 1, 2, FieldMerge::Take),
            (1, 2, 1, FieldMerge::Keep),
            (1, 2, 3, FieldMerge::Conflict),
        ] {
            assert_eq!(
                merge_field(&value(base), &value(ours), &value(theirs)),
                expected,
                "base {base}, ours {ours}, theirs {theirs}"
            );
        }
    }

    fn with_stock(stock: i64) -> Fields {
        let mut fields = Fields::blank(PRODUCT);
        fields.set(product::STOCK, Value::Number(stock));
        fields
    }

    proptest! {
        /// No silent overwrite: what is written either was the base or was already proposed.
        #[test]
        fn a_value_that_another_user_changed_is_never_overwritten(base in 0i64..4, ours in 0i64..4, theirs in 0i64..4) {
            let proposed =
                [Change { field: product::STOCK, old: Value::Number(base), new: Value::Number(theirs) }];
            let merged = merge(&proposed, &with_stock(ours));
            for change in &merged.take {
                prop_assert_eq!(&change.old, &Value::Number(base));
                prop_assert_eq!(&change.new, &Value::Number(theirs));
            }
            let somebody_else_changed_it = ours != base && ours != theirs && theirs != base;
            prop_assert_eq!(!merged.conflicts.is_empty(), somebody_else_changed_it);
        }

        /// Merging the same proposal again after it was taken changes nothing.
        #[test]
        fn a_merge_is_idempotent(base in 0i64..4, theirs in 0i64..4) {
            let proposed =
                [Change { field: product::STOCK, old: Value::Number(base), new: Value::Number(theirs) }];
            let mut ours = with_stock(base);
            for change in merge(&proposed, &ours).take {
                ours.set(change.field, change.new);
            }
            prop_assert_eq!(merge(&proposed, &ours), Merge::default());
        }
    }
}
