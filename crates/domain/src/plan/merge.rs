//! The three-way merge, per field: what both sides last agreed on, what is there now, what is
//! proposed.

use std::collections::BTreeMap;

use super::change::Change;
use super::conflict::FieldConflict;
use crate::record::{Field, Fields, Value};

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

/// What became of a form whose record was saved by another user meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rebase {
    /// Fields that others changed and that this user did not.
    pub taken_over: Vec<Field>,
    /// Fields that others gave the value that was typed as well.
    pub agreed: Vec<Field>,
    /// Fields that both gave different values.
    pub conflicts: Vec<FieldConflict>,
}

/// Puts a form over what is there now: `seen` is what its user saw, `typed` what they made of it. A
/// typed value may be text that is no value of its field yet: it is their own all the same.
pub fn rebase(
    seen: &BTreeMap<Field, Value>,
    typed: &BTreeMap<Field, Value>,
    now: &Fields,
) -> Rebase {
    let mut rebased = Rebase::default();
    for (&field, base) in seen {
        let current = now.get(field);
        if current == base {
            continue;
        }
        let mine = typed.get(&field).unwrap_or(base);
        match merge_field(base, current, mine) {
            FieldMerge::Keep => rebased.taken_over.push(field),
            FieldMerge::Same => rebased.agreed.push(field),
            FieldMerge::Take => {}
            FieldMerge::Conflict => rebased.conflicts.push(FieldConflict {
                field,
                base: base.clone(),
                current: current.clone(),
                proposed: mine.clone(),
            }),
        }
    }
    rebased
}

#[cfg(test)]
mod tests {
    use crate::catalog::product;
    use crate::catalog::product::PRODUCT;
    use proptest::prelude::*;

    use super::{FieldMerge, Merge, Rebase, merge, merge_field, rebase};
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

        /// Of a form over a newer version, each field ends in one way: what was typed is never lost,
        /// and what others set is never silently undone.
        #[test]
        fn a_form_over_a_newer_version_loses_nothing_of_either(base in 0i64..4, ours in 0i64..4, theirs in 0i64..4, touched: bool) {
            let field = product::STOCK;
            let seen = [(field, Value::Number(base))].into();
            let typed = touched.then_some((field, Value::Number(theirs))).into_iter().collect();
            let rebased = rebase(&seen, &typed, &with_stock(ours));
            let is_mine = touched && theirs != base;
            let is_theirs = ours != base;
            prop_assert_eq!(!rebased.taken_over.is_empty(), is_theirs && !is_mine);
            prop_assert_eq!(!rebased.agreed.is_empty(), is_theirs && is_mine && ours == theirs);
            prop_assert_eq!(!rebased.conflicts.is_empty(), is_theirs && is_mine && ours != theirs);
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
    #[test]
    fn text_that_is_no_value_yet_contradicts_what_others_set() {
        let field = product::STOCK;
        let seen = [(field, Value::Number(5))].into();
        let typed = [(field, Value::text("1O"))].into();
        assert_eq!(rebase(&seen, &typed, &with_stock(5)), Rebase::default());
        let rebased = rebase(&seen, &typed, &with_stock(7));
        assert_eq!(rebased.conflicts[0].proposed, Value::text("1O"));
        assert_eq!(rebased.conflicts[0].current, Value::Number(7));
    }
}
