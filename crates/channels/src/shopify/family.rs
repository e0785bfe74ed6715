//! A product with everything that belongs to it, however many answers that takes.

use serde_json::{Value, json};

use super::documents::{Document, FAMILY, MORE_MEDIA, MORE_METAFIELDS, MORE_VARIANTS};
use super::item::Whole;
use super::json::{next_of, nodes, text};
use super::transport::{Repeat, Transport};
use crate::failure::{Answered, Failure, FailureKind};

/// Makes an answer about a product whole: what did not fit into it is asked for.
pub(super) async fn completed(transport: &Transport, product: Value) -> Answered<Whole> {
    let id = text(&product, "id").to_owned();
    let variants = rest(transport, MORE_VARIANTS, &id, &product["variants"]).await?;
    let media = rest(transport, MORE_MEDIA, &id, &product["media"]).await?;
    let metafields = rest(transport, MORE_METAFIELDS, &id, &product["metafields"]).await?;
    Ok(Whole {
        product,
        variants,
        media,
        metafields,
        is_brief: false,
    })
}

/// All of a connection, given its first part.
pub(super) async fn rest(
    transport: &Transport,
    document: Document,
    id: &str,
    first: &Value,
) -> Answered<Vec<Value>> {
    let mut all = nodes(first).to_vec();
    let mut next = next_of(first);
    while let Some(after) = next {
        let variables = json!({"id": id, "after": after});
        let asked = transport.ask(document, variables, Repeat::Question);
        let data = asked.await?.data;
        let part = &data["product"]["part"];
        if part.is_null() {
            let message = "A product was deleted in Shopify while it was read.";
            return Err(Failure::new(FailureKind::Gone, message));
        }
        all.extend_from_slice(nodes(part));
        next = next_of(part);
    }
    Ok(all)
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
