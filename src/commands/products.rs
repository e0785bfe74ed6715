//! Products: list, look, create, change, trash, restore, delete for good.

mod read;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::records::{
    self, CheckRecord, CreateRecord, FieldProblem, MergeRecord, MergedRecord, Moved, SavedRecord,
    SelectRecord, SelectRecords, UpdateRecord, UpdateRecords, UpdatedRecords,
};
use domain::catalog::Coverage;
use domain::catalog::product::PRODUCT;
use domain::catalog::{ProductFilter, ProductRow, SortField};
use domain::error::Result;
use domain::plan::HistoryEntry;
use domain::record::{Field, Record};

pub(super) use read::{count, facets, find, get, list};

/// The rules of a product, for a form that is being typed.
pub(super) async fn check(call: &Call, request: CheckRecord) -> Result<Vec<FieldProblem>> {
    records::check(call, PRODUCT, request).await
}

/// Puts a form over a product as it is now.
pub(super) async fn merge(call: &Call, request: MergeRecord) -> Result<MergedRecord> {
    records::merge(call, PRODUCT, request).await
}

/// Creates a product, or a variant when `parent_sku` is given.
pub(super) async fn create(call: &Call, request: CreateRecord) -> Result<SavedRecord> {
    records::create(call, PRODUCT, request).await
}

/// Saves changed fields of a product.
pub(super) async fn update(call: &Call, request: UpdateRecord) -> Result<SavedRecord> {
    records::update(call, PRODUCT, request).await
}

/// Saves cells of several products.
pub(super) async fn update_many(call: &Call, request: UpdateRecords) -> Result<UpdatedRecords> {
    records::update_many(call, PRODUCT, request).await
}

/// Moves products to the trash.
pub(super) async fn trash(call: &Call, request: SelectRecords) -> Result<Moved> {
    records::trash(call, PRODUCT, request).await
}

/// Brings products back from the trash.
pub(super) async fn restore(call: &Call, request: SelectRecords) -> Result<Moved> {
    records::restore(call, PRODUCT, request).await
}

/// Deletes products for good that lie in the trash.
pub(super) async fn purge(call: &Call, request: SelectRecords) -> Result<Moved> {
    records::purge(call, PRODUCT, request).await
}

/// What happened to a product, the latest first.
pub(super) async fn history(call: &Call, request: SelectRecord) -> Result<Vec<HistoryEntry>> {
    records::history(call, PRODUCT, request.id).await
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
    /// Sorted by this field of the workspace's own instead.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sort_by: Option<Field>,
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
    /// How well suppliers cover it.
    pub coverage: Coverage,
}
