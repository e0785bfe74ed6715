//! The values of the fields of one record.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::field::Field;
use super::kind::Kind;
use super::value::Value;
use crate::values::CustomFieldId;

/// The values of all fields of one record, in a box of their own: records are moved about a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    kind: Kind,
    fixed: Box<[Value]>,
    /// Those of the workspace's own that are not empty, in the order of their ids.
    custom: Vec<(CustomFieldId, Value)>,
}

/// What a field holds that a record lacks.
static EMPTY: Value = Value::Empty;

impl Fields {
    /// A record before anyone said anything about it.
    pub fn blank(kind: Kind) -> Self {
        let fixed = kind.def().fields.iter().map(|def| def.blank.value());
        Self {
            kind,
            fixed: fixed.collect(),
            custom: Vec::new(),
        }
    }

    /// Which kind of record has them.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The value of `field`; nothing for a field of another kind.
    pub fn get(&self, field: Field) -> &Value {
        match field {
            Field::Fixed(kind, at) if kind == self.kind => &self.fixed[at as usize],
            Field::Fixed(..) => &EMPTY,
            Field::Custom(id) => match self.find(id) {
                Ok(at) => &self.custom[at].1,
                Err(_) => &EMPTY,
            },
        }
    }

    /// Sets `field`. The value must fit the field's kind ([`Value::fits`]).
    pub fn set(&mut self, field: Field, value: Value) {
        match field {
            Field::Fixed(kind, at) => {
                debug_assert!(kind == self.kind, "{field} is no field of a {}", self.kind);
                debug_assert!(
                    value.fits(kind.def().fields[at as usize].kind),
                    "{value:?} does not fit {field}"
                );
                self.fixed[at as usize] = value;
            }
            Field::Custom(id) => match (self.find(id), value) {
                (Ok(at), Value::Empty) => drop(self.custom.remove(at)),
                (Ok(at), value) => self.custom[at].1 = value,
                (Err(_), Value::Empty) => {}
                (Err(at), value) => self.custom.insert(at, (id, value)),
            },
        }
    }

    /// Makes the code anew, where users do not choose it, and every other field that is made of what
    /// was typed.
    pub fn derive(&mut self) {
        if let Some(code_of) = self.kind.def().code_of {
            let code = Value::text(code_of(self));
            self.set(self.kind.code(), code);
        }
        for field in self.kind.fields() {
            if let Some(derive) = field.def().and_then(|def| def.derive) {
                let value = derive(self);
                self.set(field, value);
            }
        }
    }

    /// The values of fields of the workspace's own, without empty ones, in the order of the ids.
    pub fn custom(&self) -> &[(CustomFieldId, Value)] {
        &self.custom
    }

    /// Takes the value of `field` out.
    pub fn take(&mut self, field: Field) -> Value {
        match field {
            Field::Fixed(kind, at) if kind == self.kind => {
                std::mem::take(&mut self.fixed[at as usize])
            }
            Field::Fixed(..) => Value::Empty,
            Field::Custom(id) => match self.find(id) {
                Ok(at) => self.custom.remove(at).1,
                Err(_) => Value::Empty,
            },
        }
    }

    /// The text of `field`; empty when there is none.
    pub fn text(&self, field: Field) -> &str {
        self.get(field).as_text().unwrap_or_default()
    }

    /// Each declared field with its value, then those of the workspace's own that are not empty.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Value)> {
        let custom = self.custom.iter();
        self.kind
            .fields()
            .zip(self.fixed.iter())
            .chain(custom.map(|(id, value)| (Field::Custom(*id), value)))
    }

    fn find(&self, id: CustomFieldId) -> Result<usize, usize> {
        self.custom.binary_search_by_key(&id, |(id, _)| *id)
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fixed.len() + self.custom.len()))?;
        for (field, value) in self.iter() {
            map.serialize_entry(&field, value)?;
        }
        map.end()
    }
}

/// The fields name their kind; those that are left out are blank.
impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = BTreeMap::<Field, Value>::deserialize(deserializer)?;
        let kind = given.keys().find_map(|field| match field {
            Field::Fixed(kind, _) => Some(*kind),
            Field::Custom(_) => None,
        });
        let mut fields = Fields::blank(kind.ok_or_else(|| D::Error::custom("no field is named"))?);
        for (field, value) in given {
            let fits = field.def().is_none_or(|def| value.fits(def.kind));
            if !fits || matches!(field, Field::Fixed(of, _) if of != fields.kind) {
                return Err(D::Error::custom(format!("{value:?} does not fit {field}")));
            }
            fields.set(field, value);
        }
        Ok(fields)
    }
}

impl TS for Fields {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "Fields".to_owned()
    }

    fn decl(cfg: &ts_rs::Config) -> String {
        format!("type Fields = {};", Self::inline(cfg))
    }

    fn decl_concrete(cfg: &ts_rs::Config) -> String {
        Self::decl(cfg)
    }

    fn inline(cfg: &ts_rs::Config) -> String {
        format!("{{ [field: string]: {} }}", Value::inline(cfg))
    }

    fn inline_flattened(cfg: &ts_rs::Config) -> String {
        Self::inline(cfg)
    }

    fn output_path() -> Option<std::path::PathBuf> {
        Some("Fields.ts".into())
    }
}
