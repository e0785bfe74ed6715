//! Products: list, look, create, change, trash, restore, delete for good.

mod check;
mod read;
mod relocate;
mod save;
mod write;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use domain::catalog::{ProductFilter, ProductRow, SortField};
use domain::plan::Change;
use domain::record::{Field, Fields, Record, Value};
use domain::values::{BatchId, RecordId};

pub(super) use check::check;
pub(super) use read::{count, facets, find, get, history, list};
pub(super) use relocate::{purge, restore, trash};
pub(super) use save::{create, update};

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

/// `products.count`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CountProducts {
    /// Which products.
    #[serde(default)]
    pub filter: ProductFilter,
}

/// `products.facets`: what the filters can choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetFacets {}

/// `products.get`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetProduct {
    /// Which one.
    pub id: RecordId,
}

/// `products.find`: the products with exactly these SKUs, those in the trash included. They come
/// in the order asked for; what is not there is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FindProducts {
    /// The SKUs, at most 500.
    pub skus: Vec<String>,
}

/// A product with its family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductDetail {
    /// The product.
    pub product: Record,
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
    pub id: RecordId,
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
    pub product: Record,
    /// The batch of this save, for undo; null when nothing was changed.
    pub batch_id: Option<BatchId>,
}

/// `products.trash`, `products.restore` and `products.purge`: up to 5,000 products, a variant goes
/// with its parent. Only what lies in the trash can be purged, and that for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectProducts {
    /// Which ones.
    pub ids: Vec<RecordId>,
}

/// What `products.trash`, `products.restore` and `products.purge` did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// How many were moved or purged, variants included.
    pub moved: i64,
    /// What could not be moved, and why: SKU and reason.
    pub kept: Vec<KeptRecord>,
    /// The batch, for undo (a purge has none); null when nothing was moved.
    pub batch_id: Option<BatchId>,
}

/// A record that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptRecord {
    /// Which product; null when it is not there any more.
    pub product_id: Option<RecordId>,
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
    pub id: RecordId,
}

/// `products.check`: the rules, for a form that is being typed: nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckProduct {
    /// The fields as they are typed.
    pub fields: Fields,
    /// The product, when it exists already.
    #[ts(optional = nullable)]
    pub id: Option<RecordId>,
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
