//! What an attempt to create something left in the shop.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use super::created::{self, Trust};
use super::documents::BY_SKUS;
use super::family::whole;
use super::json::{next_of, nodes, quoted, text};
use super::making::Making;
use super::new_variants;
use super::transport::Repeat;
use crate::channel::{Created, NewFamily};
use crate::failure::{Answered, Failure, FailureKind};

/// How many SKUs one search names.
const AT_ONCE: usize = 25;

/// By the key and, where that is not there, by exact SKUs.
pub(super) async fn find(making: Making<'_>, family: &NewFamily) -> Answered<Option<Created>> {
    if let Some(into) = &family.into {
        return new_variants::find(making, into, &family.variants).await;
    }
    let Some(product) = &family.product else {
        return Ok(None);
    };
    if let Some(found) = by_key(making, product.key, family).await? {
        return Ok(Some(found));
    }
    let skus: BTreeSet<&str> = match family.variants.as_slice() {
        [] => BTreeSet::from([product.sku.as_str()]),
        variants => variants
            .iter()
            .map(|variant| variant.sku.as_str())
            .collect(),
    };
    let skus: Vec<&str> = skus.into_iter().filter(|sku| !sku.is_empty()).collect();
    by_skus(making, &skus, family).await
}

/// The family that was created under a key.
pub(super) async fn by_key(
    making: Making<'_>,
    key: Uuid,
    family: &NewFamily,
) -> Answered<Option<Created>> {
    match making.keys.find(making.transport, key).await? {
        Some(id) => read(making, &id, family, Trust::Ours).await,
        None => Ok(None),
    }
}

/// A product that was found, as what was to be created.
pub(super) async fn read(
    making: Making<'_>,
    id: &str,
    family: &NewFamily,
    trust: Trust,
) -> Answered<Option<Created>> {
    let whole = whole(making.transport, id, family.variants.len()).await?;
    let created = whole.map(|whole| created::of_family(making.reader, family, &whole, trust));
    created.transpose()
}

async fn by_skus(
    making: Making<'_>,
    skus: &[&str],
    family: &NewFamily,
) -> Answered<Option<Created>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut products: BTreeSet<String> = BTreeSet::new();
    for part in skus.chunks(AT_ONCE) {
        for variant in search(making, part).await? {
            // The search finds more than was asked for: what begins so, whatever the case.
            let sku = text(&variant, "sku");
            if part.contains(&sku) {
                let of = found.entry(sku.to_owned()).or_default();
                of.insert(text(&variant, "id").to_owned());
                products.insert(text(&variant["product"], "id").to_owned());
            }
        }
    }
    if let Some((sku, ids)) = found.iter().find(|(_, ids)| ids.len() > 1) {
        let message = format!("The SKU {sku} stands {} times in Shopify.", ids.len());
        return Err(ambiguous(message));
    }
    match products.len() {
        0 => Ok(None),
        1 => match products.first() {
            Some(id) => read(making, id, family, Trust::Skus).await,
            None => Ok(None),
        },
        several => {
            let message = format!("The SKUs are those of {several} products in Shopify.");
            Err(ambiguous(message))
        }
    }
}

async fn search(making: Making<'_>, skus: &[&str]) -> Answered<Vec<Value>> {
    let terms: Vec<String> = skus
        .iter()
        .map(|sku| format!("sku:{}", quoted(sku)))
        .collect();
    let query = terms.join(" OR ");
    let mut variants = Vec::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({"query": query, "after": after});
        let asked = making.transport.ask(BY_SKUS, variables, Repeat::Question);
        let data = asked.await?.data;
        let page = &data["productVariants"];
        variants.extend_from_slice(nodes(page));
        match next_of(page) {
            Some(next) => after = Value::from(next),
            None => return Ok(variants),
        }
    }
}

fn ambiguous(message: String) -> Failure {
    let failure = Failure::new(FailureKind::Rejected, message);
    failure.hint("Look which one is meant, and link it by hand.")
}
