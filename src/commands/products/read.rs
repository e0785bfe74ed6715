//! Looking at products.

use super::{
    CountProducts, FindProducts, GetFacets, GetHistory, GetProduct, ListProducts, ProductDetail,
};
use crate::commands::call::Call;
use crate::commands::{costs, paging};
use domain::catalog::{Count, Facets, ProductPage};
use domain::error::{Error, Result};
use domain::plan::JournalEntry;
use domain::record::Record;

/// A page of a filtered, sorted list.
pub(in crate::commands) async fn list(call: &Call, request: ListProducts) -> Result<ProductPage> {
    paging::check(request.offset, request.limit)?;
    let store = call.store()?;
    let (sort, descending) = (request.sort, request.descending);
    let (offset, limit) = (request.offset, request.limit);
    let mut page = store
        .list(&request.filter, sort, descending, offset, limit)
        .await?;
    costs::hide_rows(call, &mut page.rows);
    Ok(page)
}

/// How many products a filter lets through.
pub(in crate::commands) async fn count(call: &Call, request: CountProducts) -> Result<Count> {
    call.store()?.count(&request.filter).await
}

/// What filters can choose from.
pub(in crate::commands) async fn facets(call: &Call, _: GetFacets) -> Result<Facets> {
    call.store()?.facets().await
}

/// One product with its variants.
pub(in crate::commands) async fn get(call: &Call, request: GetProduct) -> Result<ProductDetail> {
    let store = call.store()?;
    let product = store.get(request.id).await?;
    let mut variants = store.variants_of(product.id).await?;
    costs::hide_rows(call, &mut variants);
    Ok(ProductDetail {
        product: costs::hide(call, product),
        variants,
    })
}

/// The products with exactly these SKUs, in their order; those that are not there are left out.
pub(in crate::commands) async fn find(call: &Call, request: FindProducts) -> Result<Vec<Record>> {
    let skus: Vec<&str> = request.skus.iter().map(|sku| sku.trim()).collect();
    let most = usize::try_from(paging::MOST).unwrap_or(usize::MAX);
    if skus.len() > most {
        return Err(Error::invalid(format!(
            "At most {most} SKUs can be looked up at once."
        )));
    }
    let mut found = call.store()?.find_by_skus(&skus).await?;
    found.sort_by_key(|product| skus.iter().position(|sku| *sku == product.sku()));
    Ok(found
        .into_iter()
        .map(|product| costs::hide(call, product))
        .collect())
}

/// What happened to one product, the latest first.
pub(in crate::commands) async fn history(
    call: &Call,
    request: GetHistory,
) -> Result<Vec<JournalEntry>> {
    let mut entries = call.store()?.journal_of_record(request.id).await?;
    costs::hide_entries(call, &mut entries);
    Ok(entries)
}
