//! Which of the items in the shop is which of those that were to be created.

use domain::channel::ShopItem;
use serde_json::Value;
use uuid::Uuid;

use super::item::{Reader, Whole};
use super::json::{nodes, text};
use super::new_input::{Options, options};
use crate::channel::{Created, NewFamily, NewItem};
use crate::failure::{Answered, Failure, FailureKind};

/// By what a variant is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// The product is known to be ours: options are enough, if the shop tidied a SKU.
    Ours,
    /// It is known by its SKUs alone.
    Skus,
}

/// The items of a product that was created, by the keys of what was asked for.
pub(super) fn of_family(
    reader: Reader<'_>,
    family: &NewFamily,
    whole: &Whole,
    trust: Trust,
) -> Answered<Created> {
    let item = reader.product(whole);
    if item.is_parent == family.variants.is_empty() {
        let message = format!(
            "The product {} is there in Shopify, and is put together in another way.",
            item.title
        );
        let failure = Failure::new(FailureKind::Rejected, message);
        return Err(failure.hint("Look at it in Shopify, and link it by hand."));
    }
    let (found, missing) = variants(reader, &family.variants, whole, trust);
    let product = family.product.as_ref().map(|product| (product.key, item));
    Ok(Created {
        items: product.into_iter().chain(found).collect(),
        failed: missing.into_iter().map(|key| (key, not_there())).collect(),
        warnings: Vec::new(),
        request_id: None,
    })
}

/// The variants of a product that are those that were asked for, and the keys of those that are not
/// among them.
pub(super) fn variants(
    reader: Reader<'_>,
    wanted: &[NewItem],
    whole: &Whole,
    trust: Trust,
) -> (Vec<(Uuid, ShopItem)>, Vec<Uuid>) {
    let mut left: Vec<&Value> = whole.variants.iter().collect();
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for item in wanted {
        let chosen = options(&item.values).unwrap_or_default();
        match place_of(item, &chosen, &left, trust) {
            Some(place) => {
                let variant = left.remove(place);
                found.push((item.key, reader.variant(&whole.product, variant)));
            }
            None => missing.push(item.key),
        }
    }
    (found, missing)
}

fn place_of(item: &NewItem, chosen: &Options, left: &[&Value], trust: Trust) -> Option<usize> {
    let same_sku = |variant: &&Value| text(variant, "sku") == item.sku;
    let same_options = |variant: &&Value| has_options(variant, chosen);
    let both = |variant: &&Value| same_sku(variant) && same_options(variant);
    if let Some(place) = left.iter().position(both) {
        return Some(place);
    }
    let mut by_sku = (0..left.len()).filter(|place| same_sku(&left[*place]));
    let first = by_sku.next().filter(|_| !item.sku.is_empty());
    if first.is_some() && by_sku.next().is_none() {
        return first;
    }
    let by_options = || left.iter().position(same_options);
    (trust == Trust::Ours).then(by_options).flatten()
}

/// Whether a variant in the shop has these options, whatever their order.
pub(super) fn has_options(variant: &Value, chosen: &Options) -> bool {
    let there = nodes(&variant["selectedOptions"]);
    let has = |(name, value): &(String, String)| {
        let mut there = there.iter();
        there.any(|one| text(one, "name") == name && text(one, "value") == value)
    };
    there.len() == chosen.len() && chosen.iter().all(has)
}

fn not_there() -> Failure {
    let message = "The variant is not among those of the product in Shopify.";
    Failure::new(FailureKind::Rejected, message)
}
