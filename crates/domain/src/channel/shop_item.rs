//! What a shop has: one thing that is sold, or the parent of some.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::shop_field::ShopField;
use crate::record::Value;
use crate::values::Timestamp;

/// Values by the platform's fields: money and measures in 1/10000, kilograms and metres, dates in ISO
/// form, as the fields of our own records hold them. A field that was not read is not among them; one
/// that is empty there is [`Value::Empty`].
pub type ShopValues = BTreeMap<ShopField, Value>;

/// Whether customers can see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// It is for sale.
    Live,
    /// It is there and not for sale: a draft, unlisted, not approved.
    Hidden,
    /// It was put away: archived, inactive.
    Archived,
}

/// By what a variant names its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParentRef {
    /// The id of the parent in the shop.
    Id(String),
    /// Its SKU, exactly as written.
    Sku(String),
}

/// One row of a shop's catalogue. A product without variants is one item; one with variants is an item
/// without a price and stock of its own, and one for each variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShopItem {
    /// What identifies it in the shop, for good.
    pub remote_id: String,
    /// Of a variant, its parent.
    pub parent: Option<ParentRef>,
    /// Whether it has variants.
    pub is_parent: bool,
    /// Its SKU exactly as written, empty where it has none. Nothing keeps two from having the same.
    pub sku: String,
    /// Its barcode, empty where it has none.
    pub barcode: String,
    /// What people call it; of a variant, with its options.
    pub title: String,
    /// Whether customers can see it.
    pub state: ItemState,
    /// Other ids that the client needs to write it, which nothing else reads.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub handles: BTreeMap<String, String>,
    /// What the shop says of it.
    pub values: ShopValues,
    /// When it was changed last in the shop, as far as that is known. Some things change without it, and
    /// it changes without some.
    pub updated_at: Option<Timestamp>,
    /// Where people see it in the platform's own window; empty when that is not known.
    #[serde(default)]
    pub address: String,
}
