//! The key of a field: how it is written where no kind is known, in JSON, in files, in the journal.

use std::fmt;

use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::field::Field;
use crate::kinds;

/// What the key of a custom field begins with.
const CUSTOM: &str = "custom.";

impl Field {
    /// The field with this key, whatever its kind: `sku`, `supplier.name`, `custom.<id>`.
    pub fn from_key(key: &str) -> Option<Self> {
        match key.strip_prefix(CUSTOM) {
            Some(id) => id.parse().ok().map(Field::Custom),
            None => kinds::field(key),
        }
    }

    /// Its key where its kind is known: a column, a CSV header, a key of the journal.
    pub fn short_key(self) -> String {
        match self.def() {
            Some(def) => def.key.to_owned(),
            None => self.to_string(),
        }
    }
}

/// Its key, read without context: a product's fields are written bare.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Custom(id) => write!(f, "{CUSTOM}{id}"),
            Field::Fixed(kind, at) => {
                let key = kind.def().fields[*at as usize].key;
                if kinds::is_bare(*kind) {
                    f.write_str(key)
                } else {
                    write!(f, "{kind}.{key}")
                }
            }
        }
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Field::Fixed(kind, at) if kinds::is_bare(*kind) => {
                serializer.serialize_str(kind.def().fields[*at as usize].key)
            }
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Field;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the key of a field")
            }

            fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Field, E> {
                Field::from_key(key).ok_or_else(|| E::invalid_value(Unexpected::Str(key), &self))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl TS for Field {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "Field".to_owned()
    }

    fn decl(cfg: &ts_rs::Config) -> String {
        format!("type Field = {};", Self::inline(cfg))
    }

    fn decl_concrete(cfg: &ts_rs::Config) -> String {
        Self::decl(cfg)
    }

    fn inline(_: &ts_rs::Config) -> String {
        "string".to_owned()
    }

    fn inline_flattened(cfg: &ts_rs::Config) -> String {
        Self::inline(cfg)
    }

    fn output_path() -> Option<std::path::PathBuf> {
        Some("Field.ts".into())
    }
}
