//! Changes as the journal keeps them: `{"name": "new"}` for a creation, whose old values are those
//! of a blank record, and `{"name": ["old", "new"]}` for the rest. An import writes millions.

use std::collections::BTreeMap;

use serde::Serialize;

use domain::catalog::{Field, Fields, Value};
use domain::plan::{Change, Operation};

/// Changes in words.
pub(super) fn to_json(operation: Operation, changes: &[Change]) -> sqlx::Result<String> {
    let json = match operation {
        Operation::Create => serde_json::to_string(&Ordered(|| {
            changes.iter().map(|change| (change.field, &change.new))
        })),
        _ => serde_json::to_string(&Ordered(|| {
            changes
                .iter()
                .map(|change| (change.field, (&change.old, &change.new)))
        })),
    };
    json.map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}

/// Pairs as a JSON object, in their order.
struct Ordered<F>(F);

impl<F, I, K, V> Serialize for Ordered<F>
where
    F: Fn() -> I,
    I: Iterator<Item = (K, V)>,
    K: Serialize,
    V: Serialize,
{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

/// Changes from their words.
pub(super) fn from_json(operation: Operation, json: &str) -> sqlx::Result<Vec<Change>> {
    let changes = match operation {
        Operation::Create => serde_json::from_str::<BTreeMap<Field, Value>>(json).map(|created| {
            let blank = Fields::blank();
            created
                .into_iter()
                .map(|(field, new)| {
                    let old = blank.get(field).clone();
                    Change { field, old, new }
                })
                .collect()
        }),
        _ => serde_json::from_str::<BTreeMap<Field, (Value, Value)>>(json).map(|changed| {
            changed
                .into_iter()
                .map(|(field, (old, new))| Change { field, old, new })
                .collect()
        }),
    };
    changes.map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}

#[cfg(test)]
mod tests {
    use super::{from_json, to_json};
    use domain::catalog::{Field, Value};
    use domain::plan::{Change, Operation};

    #[test]
    fn changes_are_kept_short_and_read_again() {
        let change = |field, old, new| Change { field, old, new };
        let tags = Value::list(["a", "b"]);
        for (operation, changes, json) in [
            (
                Operation::Create,
                vec![
                    change(Field::Sku, Value::Empty, Value::text("A")),
                    change(Field::Tags, Value::Empty, tags.clone()),
                    change(Field::Active, Value::Flag(true), Value::Flag(false)),
                ],
                r#"{"sku":"A","tags":["a","b"],"active":false}"#,
            ),
            (
                Operation::Update,
                vec![
                    change(Field::Tags, tags, Value::Empty),
                    change(Field::Stock, Value::Number(0), Value::Number(5)),
                ],
                r#"{"tags":[["a","b"],null],"stock":[0,5]}"#,
            ),
            (Operation::Trash, vec![], "{}"),
        ] {
            assert_eq!(to_json(operation, &changes).unwrap(), json);
            assert_eq!(from_json(operation, json).unwrap(), changes);
        }
    }
}
