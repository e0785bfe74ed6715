//! A product with everything that belongs to it, however many answers that takes.

use serde_json::{Value, json};

use super::documents::{Document, FAMILY, MORE_MEDIA, MORE_METAFIELDS, MORE_VARIANTS};
use super::item::Whole;
use super::json::text;
use super::rest::rest;
use super::transport::{Repeat, Transport};
use crate::failure::{Answered, Failure, FailureKind};

/// Makes an answer about a product whole: what did not fit into it is asked for.
pub(super) async fn completed(transport: &Transport, product: Value) -> Answered<Whole> {
    let id = text(&product, "id").to_owned();
    let variants = all_of(transport, MORE_VARIANTS, &id, &product["variants"]).await?;
    let media = all_of(transport, MORE_MEDIA, &id, &product["media"]).await?;
    let metafields = all_of(transport, MORE_METAFIELDS, &id, &product["metafields"]).await?;
    Ok(Whole {
        product,
        variants,
        media,
        metafields,
        is_brief: false,
    })
}

/// All of a list of a product, given its first part.
pub(super) async fn all_of(
    transport: &Transport,
    document: Document,
    id: &str,
    first: &Value,
) -> Answered<Vec<Value>> {
    let all = rest(transport, document, id, first).await?;
    all.ok_or_else(|| {
        let message = "A product was deleted in Shopify while it was read.";
        Failure::new(FailureKind::Gone, message)
    })
}

/// A product by its id, whole; none when it is gone. `variants` is how many it is thought to have.
pub(super) async fn whole(
    transport: &Transport,
    id: &str,
    variants: usize,
) -> Answered<Option<Whole>> {
    let variables = json!({"id": id, "first": variants.clamp(1, 250)});
    let asked = transport.ask(FAMILY, variables, Repeat::Question);
    let mut data = asked.await?.data;
    let product = data["product"].take();
    if product.is_null() {
        return Ok(None);
    }
    match completed(transport, product).await {
        Ok(whole) => Ok(Some(whole)),
        Err(failure) if failure.kind == FailureKind::Gone => Ok(None),
        Err(failure) => Err(failure),
    }
}
