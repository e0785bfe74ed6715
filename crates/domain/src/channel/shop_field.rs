//! A field of what a shop has, as its platform names it.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::record::FieldKind;

/// The key of a field in the shop: `title`, `variant.price`, `metafield:custom.material`, `Misc07`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct ShopField(pub String);

impl ShopField {
    /// The field with this key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShopField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which items of a family have a field. One that is no part of a family has both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldLevel {
    /// The product: what its variants share.
    Product,
    /// What is sold: each variant, or the product that has none.
    Variant,
    /// Each of them for itself.
    Both,
}

/// What a platform says of one of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShopFieldDef {
    /// Its key.
    pub field: ShopField,
    /// Its name for people, as the platform's own window has it.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Which items have it.
    pub level: FieldLevel,
    /// Whether it can be written.
    pub writable: bool,
    /// The longest text, in characters; 0 where there is no limit.
    pub max_chars: u32,
    /// How many decimals are kept, of money and measures.
    pub places: u8,
}
