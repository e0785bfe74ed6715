//! A product: an id, a version and its fields. A variant is a product with a parent.

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::field::{Field, FieldKind};
use super::value::Value;
use crate::values::{ProductId, Timestamp};

/// The values of all fields of one product, in a box of their own: products are moved about a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields(Box<[Value; Field::COUNT]>);

impl Fields {
    /// A product before anyone said anything about it: active, nothing in stock.
    pub fn blank() -> Self {
        let mut fields = Self(Box::new(std::array::from_fn(|_| Value::Empty)));
        fields.set(Field::Active, Value::Flag(true));
        fields.set(Field::TaxFree, Value::Flag(false));
        fields.set(Field::Stock, Value::Number(0));
        fields
    }

    /// The value of `field`.
    pub fn get(&self, field: Field) -> &Value {
        &self.0[field.index()]
    }

    /// Sets `field`. The value must fit the field's kind ([`Value::fits`]).
    pub fn set(&mut self, field: Field, value: Value) {
        debug_assert!(value.fits(field.kind()), "{value:?} does not fit {field}");
        self.0[field.index()] = value;
    }

    /// Takes the value of `field` out.
    pub fn take(&mut self, field: Field) -> Value {
        std::mem::take(&mut self.0[field.index()])
    }

    /// The text of `field`; empty when there is none.
    pub fn text(&self, field: Field) -> &str {
        self.get(field).as_text().unwrap_or_default()
    }

    /// Each field with its value.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Value)> {
        Field::ALL.iter().map(|field| (*field, self.get(*field)))
    }
}

impl Default for Fields {
    fn default() -> Self {
        Self::blank()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Field::COUNT))?;
        for (field, value) in self.iter() {
            map.serialize_entry(field.key(), value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the fields of a product")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::blank();
                while let Some((field, value)) = map.next_entry::<Field, Value>()? {
                    if !value.fits(field.kind()) {
                        return Err(A::Error::custom(format!("{value:?} does not fit {field}")));
                    }
                    fields.set(field, value);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
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

    fn inline(_: &ts_rs::Config) -> String {
        let members = Field::ALL.iter().map(|field| {
            let ts_type = match field.kind() {
                FieldKind::Flag => "boolean",
                FieldKind::Money | FieldKind::Decimal | FieldKind::Integer => "number | null",
                FieldKind::Tags => "Array<string> | null",
                _ => "string | null",
            };
            format!("{}: {ts_type}, ", field.key())
        });
        format!("{{ {}}}", members.collect::<String>())
    }

    fn inline_flattened(cfg: &ts_rs::Config) -> String {
        Self::inline(cfg)
    }

    fn output_path() -> Option<std::path::PathBuf> {
        Some("Fields.ts".into())
    }
}

/// A product or variant as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Counts its changes; an update says which version it saw.
    pub version: i64,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// The id of the product that it is a variant of.
    pub parent_id: Option<ProductId>,
    /// Its fields.
    pub fields: Fields,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Product {
    /// Its SKU as text.
    pub fn sku(&self) -> &str {
        self.fields.text(Field::Sku)
    }
}
