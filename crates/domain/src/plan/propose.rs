//! From proposed values of one record to what would happen to it: create, update, restore, leave.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::{Change, Operation};
use super::planned::Outcome;
use crate::catalog::{Field, Fields, Product, Value, check_record};

/// Which rows an import takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOnly {
    /// New and existing products.
    #[default]
    Both,
    /// Only new products; existing ones are skipped.
    Create,
    /// Only existing products; new ones are skipped.
    Update,
}

/// What is there now, as far as a proposal needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Existing<'a> {
    /// The product with the proposed SKU.
    pub product: Option<&'a Product>,
    /// Whether it has variants, or will have: then its stock is their sum.
    pub has_variants: bool,
}

/// What would happen to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What happens.
    pub outcome: Outcome,
    /// What is written, when something is.
    pub operation: Option<Operation>,
    /// The changed fields.
    pub changes: Vec<Change>,
    /// The broken rules: the field to mend and the rule.
    pub problems: Vec<(Field, String)>,
    /// What a person should know.
    pub notes: Vec<String>,
    /// The fields as they would be.
    pub after: Fields,
}

/// Decides what `values` do to what is there. Fields that are not proposed stay as they are.
pub fn propose(existing: Existing<'_>, values: &[(Field, Value)], only: ImportOnly) -> Decision {
    let before = existing
        .product
        .map_or_else(Fields::blank, |product| product.fields.clone());
    let mut notes = Vec::new();
    let mut after = before.clone();
    for (field, value) in values {
        if *field == Field::Stock && existing.has_variants {
            notes.extend(note_unused_stock(value, &before));
        } else {
            after.set(*field, value.clone());
        }
    }
    let problems = new_problems(&before, &after, existing.product.is_some());
    let changes = changes(&before, &after);
    let (outcome, operation) = decide(existing.product, &changes, &problems, only, &mut notes);
    Decision {
        outcome,
        operation,
        changes,
        problems,
        notes,
        after,
    }
}

fn note_unused_stock(value: &Value, before: &Fields) -> Option<String> {
    let stock = value.as_number().filter(|stock| *stock != 0)?;
    (before.get(Field::Stock) != value).then(|| {
        format!("Stock {stock} is not used: this product's stock is the sum of its variants.")
    })
}

/// The rules that are broken by what is proposed; a record that broke one before may keep to.
fn new_problems(before: &Fields, after: &Fields, exists: bool) -> Vec<(Field, String)> {
    let mut problems = check_record(after);
    if exists {
        let old = check_record(before);
        problems.retain(|problem| !old.contains(problem));
    }
    problems
}

fn changes(before: &Fields, after: &Fields) -> Vec<Change> {
    before
        .iter()
        .zip(after.iter())
        .filter(|((_, old), (_, new))| old != new)
        .map(|((field, old), (_, new))| Change {
            field,
            old: old.clone(),
            new: new.clone(),
        })
        .collect()
}

fn decide(
    product: Option<&Product>,
    changes: &[Change],
    problems: &[(Field, String)],
    only: ImportOnly,
    notes: &mut Vec<String>,
) -> (Outcome, Option<Operation>) {
    match (product, only) {
        (None, ImportOnly::Update) => {
            notes
                .push("It is not in the catalogue, and only existing products are updated.".into());
            (Outcome::Skipped, None)
        }
        (Some(_), ImportOnly::Create) => {
            notes.push("It is in the catalogue already, and only new products are created.".into());
            (Outcome::Skipped, None)
        }
        _ if !problems.is_empty() => (Outcome::Error, None),
        (None, _) => (Outcome::Create, Some(Operation::Create)),
        (Some(product), _) if product.trashed => {
            notes.push("It comes back from the trash.".into());
            (Outcome::Update, Some(Operation::Restore))
        }
        (Some(_), _) if changes.is_empty() => (Outcome::Unchanged, None),
        (Some(_), _) => (Outcome::Update, Some(Operation::Update)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Decision, Existing, ImportOnly, propose};
    use crate::catalog::{Field, Fields, Product, Value};
    use crate::plan::{Operation, Outcome};
    use crate::values::{ProductId, Timestamp};

    fn mug(trashed: bool) -> Product {
        let mut fields = Fields::blank();
        fields.set(Field::Sku, Value::text("MUG"));
        fields.set(Field::Name, Value::text("Mug"));
        fields.set(Field::StorePrice, Value::Number(95_000));
        Product {
            id: ProductId::new(),
            version: 3,
            trashed,
            parent_id: None,
            fields,
            updated_at: Timestamp(0),
        }
    }

    fn check(product: Option<&Product>, values: &[(Field, Value)], only: ImportOnly) -> Decision {
        propose(
            Existing {
                product,
                has_variants: false,
            },
            values,
            only,
        )
    }

    fn named(name: &str) -> Vec<(Field, Value)> {
        vec![
            (Field::Sku, Value::text("MUG")),
            (Field::Name, Value::text(name)),
        ]
    }

    #[test]
    fn a_record_is_created_updated_restored_or_left() {
        let (there, trashed) = (mug(false), mug(true));
        for (product, name, only, outcome, operation) in [
            (
                None,
                "Mug",
                ImportOnly::Both,
                Outcome::Create,
                Some(Operation::Create),
            ),
            (None, "Mug", ImportOnly::Update, Outcome::Skipped, None),
            (None, "", ImportOnly::Both, Outcome::Error, None),
            (
                Some(&there),
                "Mug",
                ImportOnly::Both,
                Outcome::Unchanged,
                None,
            ),
            (
                Some(&there),
                "Cup",
                ImportOnly::Both,
                Outcome::Update,
                Some(Operation::Update),
            ),
            (
                Some(&there),
                "Cup",
                ImportOnly::Create,
                Outcome::Skipped,
                None,
            ),
            (Some(&there), "", ImportOnly::Both, Outcome::Error, None),
            (
                Some(&trashed),
                "Mug",
                ImportOnly::Both,
                Outcome::Update,
                Some(Operation::Restore),
            ),
        ] {
            let decision = check(product, &named(name), only);
            assert_eq!(
                (decision.outcome, decision.operation),
                (outcome, operation),
                "{name} {only:?}"
            );
        }
    }

    #[test]
    fn only_changed_fields_are_listed_and_others_stay() {
        let decision = check(Some(&mug(false)), &named("Cup"), ImportOnly::Both);
        let changed: Vec<Field> = decision.changes.iter().map(|change| change.field).collect();
        assert_eq!(changed, [Field::Name]);
        assert_eq!(
            decision.after.get(Field::StorePrice),
            &Value::Number(95_000)
        );
    }

    #[test]
    fn a_rule_that_was_broken_before_does_not_stop_another_change() {
        let mut product = mug(false);
        product
            .fields
            .set(Field::PromoStart, Value::text("2026-02-01"));
        product
            .fields
            .set(Field::PromoEnd, Value::text("2026-01-01"));
        let decision = check(Some(&product), &named("Cup"), ImportOnly::Both);
        assert_eq!(decision.outcome, Outcome::Update);
    }

    #[test]
    fn the_stock_of_a_parent_is_not_taken_from_a_file() {
        let product = mug(false);
        let existing = Existing {
            product: Some(&product),
            has_variants: true,
        };
        let decision = propose(
            existing,
            &[(Field::Stock, Value::Number(5))],
            ImportOnly::Both,
        );
        assert_eq!(decision.outcome, Outcome::Unchanged);
        assert!(decision.notes[0].contains("sum of its variants"));
    }

    proptest! {
        /// What a plan writes, planned again, is unchanged.
        #[test]
        fn proposing_twice_changes_nothing(name in "[a-c]{1,2}", stock in 0i64..3, price in 0i64..3) {
            let values = vec![
                (Field::Name, Value::text(name)),
                (Field::Stock, Value::Number(stock)),
                (Field::StorePrice, Value::Number(price)),
            ];
            let mut product = mug(false);
            product.fields = check(Some(&product), &values, ImportOnly::Both).after;
            let again = check(Some(&product), &values, ImportOnly::Both);
            prop_assert_eq!(again.outcome, Outcome::Unchanged);
        }
    }
}
