//! Lists of products: which ones, in what order, and what a row shows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::coverage::Coverage;
use super::custom_filter::CustomFilter;
use crate::record::{Field, Value};
use crate::values::{RecordId, Timestamp};

/// Which products by their stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StockFilter {
    /// One or more.
    InStock,
    /// None, or less.
    OutOfStock,
    /// Between 1 and 5.
    Low,
}

/// Which products by their place in a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FamilyFilter {
    /// Products that are no variant.
    TopLevel,
    /// Variants.
    Variants,
}

/// Which products by their store price, in 1/10000 of the currency's unit, both ends included. One
/// without a price is in no range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct PriceRange {
    /// The least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// The most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
}

/// Which products. Every part narrows; nothing set means all that are not in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct ProductFilter {
    /// Words of name or brand, or a part of a SKU or barcode; all must be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Any of these brands; an empty text stands for "no brand".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brands: Option<Vec<String>>,
    /// Any of these categories; an empty text stands for "no category".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<String>>,
    /// Active or inactive ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// By stock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<StockFilter>,
    /// By store price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<PriceRange>,
    /// By how well suppliers cover them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// By family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyFilter>,
    /// By fields of the workspace's own; all must hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Vec<CustomFilter>>,
    /// The trash instead of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trashed: Option<bool>,
}

/// What a list is sorted by: each column that it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortField {
    /// By name.
    #[default]
    Name,
    /// By SKU.
    Sku,
    /// By brand.
    Brand,
    /// By category.
    Category,
    /// By barcode.
    Barcode,
    /// By whether it is for sale.
    Active,
    /// By stock.
    Stock,
    /// By recommended retail price.
    Rrp,
    /// By cost.
    Cost,
    /// By store price.
    StorePrice,
    /// By promotion price.
    PromoPrice,
    /// By how well suppliers cover it.
    Coverage,
    /// By the last change.
    UpdatedAt,
}

/// How a product stands in a shop, as a list tells it in one word: the most telling one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InShop {
    /// It could not be synced.
    Failed,
    /// The shop has it no more.
    Gone,
    /// Something is on its way.
    Pending,
    /// It shall be created there.
    Wanted,
    /// Something is to be synced.
    Waiting,
    /// It is for sale there, and in step.
    Live,
    /// It is there and not for sale, and in step.
    Hidden,
    /// It was put away there, and is in step.
    Archived,
}

/// A product as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductRow {
    /// Its id.
    pub id: RecordId,
    /// Its version, for trash and restore.
    pub version: i64,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// The SKU of the product that it is a variant of.
    pub parent_sku: Option<String>,
    /// The name of that product; none for any other.
    pub parent_name: Option<String>,
    /// How many variants it has.
    pub variants: i64,
    /// From which store price to which they are; null when none has one.
    pub variant_prices: Option<PriceRange>,
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its brand; may be empty.
    pub brand: String,
    /// Its category; may be empty.
    pub category: String,
    /// Its barcode; may be empty.
    pub barcode: String,
    /// The address of its main image, and what that shows; may be empty.
    pub main_image: String,
    /// Whether it is for sale.
    pub active: bool,
    /// Stock on hand; for a parent the sum of its variants.
    pub stock: i64,
    /// Recommended retail price in 1/10000.
    pub rrp: Option<i64>,
    /// Cost in 1/10000; null for people who may not see it.
    pub cost: Option<i64>,
    /// Store price in 1/10000.
    pub store_price: Option<i64>,
    /// Promotion price in 1/10000.
    pub promo_price: Option<i64>,
    /// How well suppliers cover it.
    pub coverage: Coverage,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What stands in fields of the workspace's own, empty ones left out.
    pub custom: BTreeMap<Field, Value>,
    /// How it stands in the shops that have it or shall have it, by their channels; told by lists alone.
    pub shops: BTreeMap<RecordId, InShop>,
}

/// The answer to `products.list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductPage {
    /// The rows.
    pub rows: Vec<ProductRow>,
    /// Whether the list is sorted as asked. A search that matches very many products comes in the
    /// order in which they were added, and very many products that no index has in that order by name.
    pub sorted: bool,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// The number.
    pub count: i64,
    /// Whether it is exact; otherwise there are at least so many.
    pub exact: bool,
}

/// A value of a filter and how many products have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Facet {
    /// The value; may be empty.
    pub value: String,
    /// How many products have it.
    pub count: i64,
}

/// The answer to `products.facets`: the most frequent values, at most 500 each, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// Brands.
    pub brands: Vec<Facet>,
    /// Categories.
    pub categories: Vec<Facet>,
    /// Choices and yes or no of the fields of the workspace's own that lists can be filtered by.
    pub custom: Vec<CustomFacet>,
}

/// The values of a field of the workspace's own, and how many products have each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CustomFacet {
    /// The field.
    pub field: Field,
    /// The keys of choices, in the order of the list; `true` and `false`.
    pub values: Vec<Facet>,
}
