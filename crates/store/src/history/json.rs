//! Changes as the journal keeps them: `{"name": "new"}` for the creation of a record, whose old
//! values are those of a blank one, and `{"name": ["old", "new"]}` for the rest. An import writes
//! millions.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use domain::plan::Change;
use domain::record::{Field, Fields, Kind, Value};

use crate::kinds;

/// The word by which a creation is kept.
const CREATE: &str = "create";

/// Whether the old values are left out. People, roles and settings, which have commands of their
/// own, keep them always.
fn is_short(kind: Kind, operation: &str) -> bool {
    operation == CREATE && kinds::rules(kind).is_ok()
}

/// Among the changes of an entry, the key of the seal.
const SEAL: &str = "seal";

/// Changes as JSON, and the seal of what the record is after them, where it has one.
pub(super) fn to_json(
    kind: Kind,
    operation: &str,
    changes: &[Change],
    seal: Option<&str>,
) -> sqlx::Result<String> {
    let json = if let Some(seal) = seal {
        let sealed = (Key::Seal, (Value::Empty, Value::text(seal)));
        serde_json::to_string(&Ordered(|| {
            let changes = changes.iter();
            let pairs = changes.map(|change| {
                let sides = (change.old.clone(), change.new.clone());
                (Key::Field(change.field), sides)
            });
            pairs.chain([sealed.clone()])
        }))
    } else if is_short(kind, operation) {
        serde_json::to_string(&Ordered(|| {
            changes
                .iter()
                .map(|change| (Key::Field(change.field), &change.new))
        }))
    } else {
        serde_json::to_string(&Ordered(|| {
            let changes = changes.iter();
            changes.map(|change| (Key::Field(change.field), (&change.old, &change.new)))
        }))
    };
    json.map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}

/// A field by its key within its kind, which the journal names beside it; or the seal.
#[derive(Clone)]
enum Key {
    Field(Field),
    Seal,
}

impl Serialize for Key {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Key::Seal => serializer.serialize_str(SEAL),
            Key::Field(field) => match field.def() {
                Some(def) => serializer.serialize_str(def.key),
                None => field.serialize(serializer),
            },
        }
    }
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

/// A change as it is read: of a field that another version of the app knows, only the key is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyedChange {
    pub(super) key: String,
    pub(super) field: Option<Field>,
    pub(super) old: Value,
    pub(super) new: Value,
}

/// Changes from their JSON, in reading order, those of unknown fields last.
pub(super) fn from_json(kind: Kind, operation: &str, json: &str) -> sqlx::Result<Vec<KeyedChange>> {
    let decode = |cause| sqlx::Error::Decode(Box::new(cause));
    let mut changes: Vec<KeyedChange> = if is_short(kind, operation) {
        let created: Pairs<Value> = serde_json::from_str(json).map_err(decode)?;
        let blank = Fields::blank(kind);
        let changes = created.0.into_iter().map(|(key, new)| {
            let field = field_of(kind, &key);
            let old = field.map_or(Value::Empty, |field| blank.get(field).clone());
            KeyedChange {
                key,
                field,
                old,
                new,
            }
        });
        changes.collect()
    } else {
        let changed: Pairs<(Value, Value)> = serde_json::from_str(json).map_err(decode)?;
        let told = changed.0.into_iter().filter(|(key, _)| key != SEAL);
        let changes = told.map(|(key, (old, new))| {
            let field = field_of(kind, &key);
            KeyedChange {
                key,
                field,
                old,
                new,
            }
        });
        changes.collect()
    };
    changes.sort_by_key(|change| (change.field.is_none(), change.field));
    Ok(changes)
}

/// A field, and what it had before and after.
pub(crate) type FieldChange = (Field, Value, Value);

/// The changes of fields that are known, from their JSON.
pub(crate) fn keyed_changes(
    kind: Kind,
    operation: &str,
    json: &str,
) -> sqlx::Result<Vec<FieldChange>> {
    let changes = from_json(kind, operation, json)?.into_iter();
    let known = changes.filter_map(|change| Some((change.field?, change.old, change.new)));
    Ok(known.collect())
}

/// The seal among the changes of an entry.
pub(crate) fn seal_in(changes: &str) -> Option<String> {
    let changes: Pairs<(Value, Value)> = serde_json::from_str(changes).ok()?;
    let (_, (_, seal)) = changes.0.into_iter().find(|(key, _)| key == SEAL)?;
    seal.as_text().map(str::to_owned)
}

fn field_of(kind: Kind, key: &str) -> Option<Field> {
    let custom = || Field::from_key(key).filter(|field| matches!(field, Field::Custom(_)));
    kind.field(key).or_else(custom)
}

/// A JSON object in its order.
struct Pairs<V>(Vec<(String, V)>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for PairsVisitor<V> {
            type Value = Pairs<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the changes of a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or_default());
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyedChange, from_json, seal_in, to_json};
    use domain::catalog::product::{ACTIVE, PRODUCT, SKU, STOCK, TAGS};
    use domain::people::kinds::{USER, WORKSPACE};
    use domain::plan::Change;
    use domain::record::{Field, Kind, Value};

    fn check(kind: Kind, operation: &str, changes: &[Change], json: &str) {
        assert_eq!(to_json(kind, operation, changes, None).unwrap(), json);
        let read = from_json(kind, operation, json).unwrap();
        let read: Vec<Change> = read
            .into_iter()
            .map(
                |KeyedChange {
                     field, old, new, ..
                 }| Change {
                    field: field.unwrap(),
                    old,
                    new,
                },
            )
            .collect();
        assert_eq!(read, changes);
    }

    #[test]
    fn changes_are_kept_short_and_read_again() {
        let change = |field: Field, old, new| Change { field, old, new };
        let tags = Value::list(["a", "b"]);
        let created = [
            change(SKU, Value::Empty, Value::text("A")),
            change(TAGS, Value::Empty, tags.clone()),
            change(ACTIVE, Value::Flag(true), Value::Flag(false)),
        ];
        let json = r#"{"sku":"A","tags":["a","b"],"active":false}"#;
        check(PRODUCT, "create", &created, json);
        let updated = [
            change(TAGS, tags, Value::Empty),
            change(STOCK, Value::Number(0), Value::Number(5)),
        ];
        let json = r#"{"tags":[["a","b"],null],"stock":[0,5]}"#;
        check(PRODUCT, "update", &updated, json);
        check(PRODUCT, "trash", &[], "{}");
        let hired = [change(
            USER.field("name").unwrap(),
            Value::Empty,
            Value::text("Ada"),
        )];
        check(USER, "create", &hired, r#"{"name":[null,"Ada"]}"#);
        assert_eq!(from_json(WORKSPACE, "update", "{}").unwrap(), []);
    }

    #[test]
    fn a_seal_is_kept_beside_the_changes_and_shown_to_nobody() {
        let json = to_json(USER, "update", &[], Some("ab12")).unwrap();
        assert_eq!(json, r#"{"seal":[null,"ab12"]}"#);
        assert_eq!(seal_in(&json).as_deref(), Some("ab12"));
        assert_eq!(from_json(USER, "update", &json).unwrap(), []);
        assert_eq!(seal_in("{}"), None);
    }

    #[test]
    fn a_field_that_is_not_known_is_shown_as_it_stands() {
        let json = r#"{"colour":[null,"red"],"stock":[0,5]}"#;
        let read = from_json(PRODUCT, "update", json).unwrap();
        let keys: Vec<&str> = read.iter().map(|change| change.key.as_str()).collect();
        assert_eq!(keys, ["stock", "colour"]);
        assert_eq!(read[1].field, None);
        assert_eq!(read[1].new, Value::text("red"));
    }
}
