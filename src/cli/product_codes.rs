//! Products by the SKUs that were typed.

use backstock::commands::products::FindProducts;
use domain::error::{Error, Result};
use domain::record::Record;

use super::session::Session;

/// The product with this SKU.
pub async fn find_one(session: &Session, sku: &str) -> Result<Record> {
    let found = find(session, &[sku.to_owned()]).await?;
    found.into_iter().next().ok_or_else(|| missing(&[sku]))
}

/// The products with these SKUs; an error that names those that are not there.
pub async fn find(session: &Session, skus: &[String]) -> Result<Vec<Record>> {
    let request = FindProducts {
        skus: skus.to_vec(),
    };
    let found: Vec<Record> = session.call("products.find", &request).await?;
    let absent: Vec<&str> = skus
        .iter()
        .map(|sku| sku.trim())
        .filter(|sku| found.iter().all(|product| product.code() != *sku))
        .collect();
    if absent.is_empty() {
        Ok(found)
    } else {
        Err(missing(&absent))
    }
}

fn missing(skus: &[&str]) -> Error {
    Error::not_found(format!(
        "There is no product with the SKU {}.",
        skus.join(", ")
    ))
    .hint(
        "A SKU is compared exactly as written. Look it up with `backstock products list --search`.",
    )
}
