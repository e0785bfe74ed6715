//! From proposed values of one record to what would happen to it: create, update, restore, leave.

use crate::record::Kind;
use crate::record::Schema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::{Change, Operation};
use super::planned::Outcome;
use crate::record::{Field, Fields, Fixed, Record, Value, check_record};

/// Which rows an import takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOnly {
    /// New and existing records.
    #[default]
    Both,
    /// Only new records; existing ones are skipped.
    Create,
    /// Only existing records; new ones are skipped.
    Update,
}

/// A field that cannot be set, since it is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Computed {
    /// The field.
    pub field: Field,
    /// From what; completes "Stock 5 is not used: …".
    pub why: &'static str,
}

/// What is there now, as far as a proposal needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Existing<'a> {
    /// The kind of the proposed record.
    pub kind: Kind,
    /// The record that has the proposed code.
    pub record: Option<&'a Record>,
    /// The fields of this record that are computed.
    pub computed: &'a [Computed],
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
pub fn propose(
    schema: &Schema,
    existing: Existing<'_>,
    values: &[(Field, Value)],
    only: ImportOnly,
) -> Decision {
    let blank = || Fields::blank(existing.kind);
    let before = existing
        .record
        .map_or_else(blank, |record| record.fields.clone());
    let mut notes = Vec::new();
    let mut after = before.clone();
    for (field, value) in values {
        match existing.computed.iter().find(|of| of.field == *field) {
            Some(computed) => notes.extend(note_unused(schema, *computed, value, &before)),
            None => after.set(*field, schema.tidied(*field, value.clone())),
        }
    }
    after.derive();
    let problems = new_problems(schema, &before, &after, existing.record.is_some());
    let changes = changes(&before, &after);
    let (outcome, operation) = decide(existing, &changes, &problems, only, &mut notes);
    Decision {
        outcome,
        operation,
        changes,
        problems,
        notes,
        after,
    }
}

/// Says that a value is not used, unless it is the computed one or a plain zero.
fn note_unused(
    schema: &Schema,
    computed: Computed,
    value: &Value,
    before: &Fields,
) -> Option<String> {
    let says_nothing = matches!(value, Value::Empty | Value::Number(0));
    let view = schema.view(computed.field);
    (!says_nothing && before.get(computed.field) != value).then(|| {
        let (label, value) = (view.label, value.display(view.kind));
        format!("{label} {value} is not used: {}", computed.why)
    })
}

/// The rules that are broken by what is proposed; a record that broke one before may keep to.
fn new_problems(
    schema: &Schema,
    before: &Fields,
    after: &Fields,
    exists: bool,
) -> Vec<(Field, String)> {
    let mut problems = check_record(schema, after);
    if exists {
        let old = check_record(schema, before);
        problems.retain(|problem| !old.contains(problem));
        problems.extend(fixed_changes(schema, before, after));
    }
    problems
}

/// The fields that are changed and cannot be, once a record is there.
pub fn fixed_changes(schema: &Schema, before: &Fields, after: &Fields) -> Vec<(Field, String)> {
    let is_fixed = |field: &Field| field.def().is_some_and(|def| def.fixed == Fixed::Once);
    let fixed = before.kind().fields().filter(is_fixed);
    let changed = fixed.filter(|field| before.get(*field) != after.get(*field));
    changed
        .map(|field| {
            (
                field,
                format!("{} cannot be changed any more.", schema.label(field)),
            )
        })
        .collect()
}

/// The fields that differ, in reading order.
fn changes(before: &Fields, after: &Fields) -> Vec<Change> {
    let mut fields: Vec<Field> = after.iter().map(|(field, _)| field).collect();
    fields.extend(
        before
            .iter()
            .map(|(field, _)| field)
            .filter(|field| matches!(field, Field::Custom(_)) && after.get(*field).is_empty()),
    );
    let differing = fields
        .into_iter()
        .filter(|field| before.get(*field) != after.get(*field));
    differing
        .map(|field| Change {
            field,
            old: before.get(field).clone(),
            new: after.get(field).clone(),
        })
        .collect()
}

fn decide(
    existing: Existing<'_>,
    changes: &[Change],
    problems: &[(Field, String)],
    only: ImportOnly,
    notes: &mut Vec<String>,
) -> (Outcome, Option<Operation>) {
    let (plural, there) = (existing.kind.def().plural, existing.kind.def().place);
    match (existing.record, only) {
        (None, ImportOnly::Update) => {
            notes.push(format!(
                "It is new, and only existing {plural} are updated."
            ));
            (Outcome::Skipped, None)
        }
        (Some(_), ImportOnly::Create) => {
            notes.push(format!(
                "It is {there} already, and only new {plural} are created."
            ));
            (Outcome::Skipped, None)
        }
        _ if !problems.is_empty() => (Outcome::Error, None),
        (None, _) => (Outcome::Create, Some(Operation::Create)),
        (Some(record), _) if record.trashed => {
            notes.push("It comes back from the trash.".into());
            (Outcome::Update, Some(Operation::Restore))
        }
        (Some(_), _) if changes.is_empty() => (Outcome::Unchanged, None),
        (Some(_), _) => (Outcome::Update, Some(Operation::Update)),
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::product;
    use crate::catalog::product::PRODUCT;
    use crate::record::Schema;
    use proptest::prelude::*;

    use super::{Computed, Decision, Existing, ImportOnly, propose};
    use crate::plan::{Operation, Outcome};
    use crate::record::{Field, Fields, Record, Value};
    use crate::values::RecordId;

    fn mug(trashed: bool) -> Record {
        let mut fields = Fields::blank(PRODUCT);
        fields.set(product::SKU, Value::text("MUG"));
        fields.set(product::NAME, Value::text("Mug"));
        fields.set(product::STORE_PRICE, Value::Number(95_000));
        Record {
            version: 3,
            trashed,
            fields,
            ..Record::blank(PRODUCT, RecordId::new())
        }
    }

    fn check(product: Option<&Record>, values: &[(Field, Value)], only: ImportOnly) -> Decision {
        let existing = Existing {
            kind: PRODUCT,
            record: product,
            computed: &[],
        };
        propose(&Schema::default(), existing, values, only)
    }

    #[test]
    fn a_value_is_proposed_as_its_field_keeps_it() {
        let there = mug(false);
        let values = [
            (product::SKU, Value::text("MUG")),
            (product::NAME, Value::Text(" Mug ".into())),
            (product::STOCK, Value::Empty),
        ];
        let decision = check(Some(&there), &values, ImportOnly::Both);
        assert_eq!(decision.outcome, Outcome::Unchanged, "{decision:?}");
        let values = [
            (product::SKU, Value::text("CUP")),
            (product::NAME, Value::Text("Cup\t".into())),
            (product::DESCRIPTION, Value::Text("One\r\ntwo".into())),
            (
                product::TAGS,
                Value::List(vec![" b".into(), "a".into(), "b".into()]),
            ),
        ];
        let after = check(None, &values, ImportOnly::Both).after;
        assert_eq!(after.text(product::NAME), "Cup");
        assert_eq!(after.text(product::DESCRIPTION), "One\ntwo");
        assert_eq!(after.get(product::TAGS).as_list(), ["a", "b"]);
    }

    fn named(name: &str) -> Vec<(Field, Value)> {
        vec![
            (product::SKU, Value::text("MUG")),
            (product::NAME, Value::text(name)),
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
        assert_eq!(changed, [product::NAME]);
        assert_eq!(
            decision.after.get(product::STORE_PRICE),
            &Value::Number(95_000)
        );
    }

    #[test]
    fn a_rule_that_was_broken_before_does_not_stop_another_change() {
        let mut product = mug(false);
        product
            .fields
            .set(product::PROMO_START, Value::text("2026-02-01"));
        product
            .fields
            .set(product::PROMO_END, Value::text("2026-01-01"));
        let decision = check(Some(&product), &named("Cup"), ImportOnly::Both);
        assert_eq!(decision.outcome, Outcome::Update);
    }

    #[test]
    fn a_computed_field_is_not_taken_from_a_file() {
        let product = mug(false);
        let existing = Existing {
            kind: PRODUCT,
            record: Some(&product),
            computed: &[Computed {
                field: product::STOCK,
                why: "it is the sum of the variants.",
            }],
        };
        for (stock, note) in [
            (
                5,
                Some("Stock on hand 5 is not used: it is the sum of the variants."),
            ),
            (0, None),
        ] {
            let values = [(product::STOCK, Value::Number(stock))];
            let decision = propose(&Schema::default(), existing, &values, ImportOnly::Both);
            assert_eq!(decision.outcome, Outcome::Unchanged);
            assert_eq!(decision.notes.first().map(String::as_str), note);
        }
    }

    proptest! {
        /// What a plan writes, planned again, is unchanged.
        #[test]
        fn proposing_twice_changes_nothing(name in "[a-c]{1,2}", stock in 0i64..3, price in 0i64..3) {
            let values = vec![
                (product::NAME, Value::text(name)),
                (product::STOCK, Value::Number(stock)),
                (product::STORE_PRICE, Value::Number(price)),
            ];
            let mut product = mug(false);
            product.fields = check(Some(&product), &values, ImportOnly::Both).after;
            let again = check(Some(&product), &values, ImportOnly::Both);
            prop_assert_eq!(again.outcome, Outcome::Unchanged);
        }
    }
}
