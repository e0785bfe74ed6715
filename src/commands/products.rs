//! Products: list, look, create, change, trash, restore.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::catalog::{Field, Fields, Product, Value};
use crate::plan::{Change, Operation, Origin};
use crate::values::{BatchId, ProductId, Timestamp};

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
    /// By family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyFilter>,
    /// The trash instead of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trashed: Option<bool>,
}

/// What a list is sorted by.
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
    /// By stock.
    Stock,
    /// By store price.
    StorePrice,
    /// By the last change.
    UpdatedAt,
}

/// `products.list`: rows `offset … offset + limit` of a filtered, sorted list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListProducts {
    /// Which products.
    #[serde(default)]
    pub filter: ProductFilter,
    /// Sorted by what.
    #[serde(default)]
    pub sort: SortField,
    /// From the largest to the smallest.
    #[serde(default)]
    pub descending: bool,
    /// How many rows come before.
    pub offset: i64,
    /// How many rows, at most 500.
    pub limit: i64,
}

/// A product as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductRow {
    /// Its id.
    pub id: ProductId,
    /// Its version, for trash and restore.
    pub version: i64,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// The SKU of the product that it is a variant of.
    pub parent_sku: Option<String>,
    /// How many variants it has.
    pub variants: i64,
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
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The answer to `products.list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductPage {
    /// The rows.
    pub rows: Vec<ProductRow>,
    /// Whether the list is sorted as asked. A search that matches very many products comes in the
    /// order in which they were added.
    pub sorted: bool,
}

/// `products.count`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CountProducts {
    /// Which products.
    #[serde(default)]
    pub filter: ProductFilter,
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

/// `products.facets`: what the filters can choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetFacets {}

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
}

/// `products.get`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetProduct {
    /// Which one.
    pub id: ProductId,
}

/// A product with its family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductDetail {
    /// The product.
    pub product: Product,
    /// Its variants, by SKU.
    pub variants: Vec<ProductRow>,
}

/// `products.create`: a new product, or a variant when `parent_sku` is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateProduct {
    /// Its fields.
    pub fields: Fields,
}

/// `products.update`: the changed fields of one product. Fields that somebody else changed
/// meanwhile to another value come back as a `conflict` error; other people's changes of other
/// fields stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateProduct {
    /// Which one.
    pub id: ProductId,
    /// The version that the person saw.
    pub version: i64,
    /// The changed fields: `old` is what the person saw.
    pub changes: Vec<Change>,
}

/// What a saved form answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedProduct {
    /// The product as it is now.
    pub product: Product,
    /// The batch of this save, for undo; null when nothing was changed.
    pub batch_id: Option<BatchId>,
}

/// `products.trash` and `products.restore`: up to 5,000 products, a variant goes with its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectProducts {
    /// Which ones.
    pub ids: Vec<ProductId>,
}

/// What `products.trash` and `products.restore` did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// How many were moved, variants included.
    pub moved: i64,
    /// What could not be moved, and why: SKU and reason.
    pub kept: Vec<KeptRecord>,
    /// The batch, for undo; null when nothing was moved.
    pub batch_id: Option<BatchId>,
}

/// A record that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptRecord {
    /// Which product; null when it is not there any more.
    pub product_id: Option<ProductId>,
    /// Its SKU.
    pub sku: String,
    /// Why.
    pub reason: String,
}

/// `products.history`: what happened to one product, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetHistory {
    /// Which one.
    pub id: ProductId,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// The batch that it belongs to.
    pub batch_id: BatchId,
    /// When.
    pub at: Timestamp,
    /// Who; empty for the system itself.
    pub person: String,
    /// Where the change came from.
    pub origin: Origin,
    /// Which product.
    pub product_id: ProductId,
    /// Its SKU.
    pub sku: String,
    /// What happened to it.
    pub operation: Operation,
    /// Field by field.
    pub changes: Vec<Change>,
}

/// `products.check`: the rules, for a form that is being typed: nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckProduct {
    /// The fields as they are typed.
    pub fields: Fields,
    /// The product, when it exists already.
    #[ts(optional = nullable)]
    pub id: Option<ProductId>,
}

/// A broken rule of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// Where to mend it.
    pub field: Field,
    /// The rule, and what to do.
    pub message: String,
    /// The value at fault.
    pub value: Value,
}
