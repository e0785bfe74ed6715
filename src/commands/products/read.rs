//! Looking at products.

use super::{CountProducts, FindProducts, GetFacets, ListProducts, ProductDetail};
use crate::commands::call::Call;
use crate::commands::paging;
use crate::commands::records::{SelectRecord, hidden};
use domain::catalog::product::{self, PRODUCT};
use domain::catalog::{Count, Facets, ProductPage, ProductRow, SortField};
use domain::error::{Error, Result};
use domain::record::Record;
use domain::values::RecordId;

/// A page of a filtered, sorted list.
pub(in crate::commands) async fn list(call: &Call, request: ListProducts) -> Result<ProductPage> {
    paging::check(request.offset, request.limit)?;
    let store = call.store()?;
    let (sort, descending) = (request.sort, request.descending);
    // The order would tell what a user may not see.
    hidden::refuse(call, (sort == SortField::Cost).then_some(product::COST))?;
    let (offset, limit) = (request.offset, request.limit);
    let filter = &request.filter;
    let mut page = match request.sort_by {
        Some(field) => {
            let by = (field, descending);
            store.list_by(filter, by, offset, limit).await?
        }
        None => store.list(filter, sort, descending, offset, limit).await?,
    };
    hide_rows(call, &mut page.rows);
    let ids: Vec<RecordId> = page.rows.iter().map(|row| row.id).collect();
    for (record, channel, standing) in store
        .standing_in_shops(&ids, hidden::sight(call, PRODUCT))
        .await?
    {
        if let Some(row) = page.rows.iter_mut().find(|row| row.id == record) {
            row.shops.insert(channel, standing);
        }
    }
    let schema = store.schema();
    for row in &mut page.rows {
        row.custom.retain(|field, _| schema.is_shown(*field));
    }
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
pub(in crate::commands) async fn get(call: &Call, request: SelectRecord) -> Result<ProductDetail> {
    let store = call.store()?;
    let product = store.get(PRODUCT, request.id).await?;
    let coverage = store.coverage(product.id).await?;
    let mut variants = store.variants_of(product.id).await?;
    hide_rows(call, &mut variants);
    Ok(ProductDetail {
        product: hidden::hide(call, product),
        variants,
        coverage,
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
    let mut found = call.store()?.find_by_codes(PRODUCT, &skus).await?;
    found.sort_by_key(|product| skus.iter().position(|sku| *sku == product.code()));
    Ok(found
        .into_iter()
        .map(|product| hidden::hide(call, product))
        .collect())
}

/// Takes what the user may not see out of the rows of a list.
fn hide_rows(call: &Call, rows: &mut [ProductRow]) {
    if !hidden::sees(call, product::COST) {
        for row in rows {
            row.cost = None;
        }
    }
}
