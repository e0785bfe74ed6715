//! Variants that go, and the order of those that stay.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal, Val, number_of};
use super::complaint::Complaint;
use super::variants::{Kinds, done, failed, product};

/// `productVariantsBulkDelete`.
pub(super) fn delete(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: Kinds = (
        "ProductVariantsBulkDeletePayload",
        "ProductVariantsBulkDeleteUserError",
    );
    let mut product = match product(context, args)? {
        Ok(product) => product,
        Err(complaint) => return Ok(failed(KINDS, None, &[complaint])),
    };
    let mut gone = HashSet::new();
    for (place, id) in args
        .texts("variantsIds")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let number = number_of("ProductVariant", id).ok_or_else(|| Refusal::bad_id(id))?;
        if !product.variants.contains(&number) {
            let message = "At least one variant does not belong to the product";
            let code = "AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT";
            let complaint = Complaint::new(code, &["variantsIds", &place.to_string()], message);
            return Ok(failed(KINDS, Some(product.id), &[complaint]));
        }
        gone.insert(number);
    }
    if gone.len() == product.variants.len() {
        let message = "Cannot delete the last variant of a product";
        let complaint = Complaint::new("CANNOT_DELETE_LAST_VARIANT", &["variantsIds"], message);
        return Ok(failed(KINDS, Some(product.id), &[complaint]));
    }
    let id = product.id;
    product.variants.retain(|one| !gone.contains(one));
    let mut state = context.change();
    for variant in gone {
        state.remove_variant(variant);
    }
    state.change_product(id, context.now, |one| *one = product);
    drop(state);
    Ok(done(KINDS, id, &[], &[]))
}

/// `productVariantsBulkReorder`: each one named goes to its position, one after the other.
pub(super) fn reorder(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: Kinds = (
        "ProductVariantsBulkReorderPayload",
        "ProductVariantsBulkReorderUserError",
    );
    let mut product = match product(context, args)? {
        Ok(product) => product,
        Err(complaint) => return Ok(failed(KINDS, None, &[complaint])),
    };
    let id = product.id;
    let mut seen = HashSet::new();
    for (place, input) in args
        .objects("positions")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let at = place.to_string();
        let variant = input.must_id("id", "ProductVariant")?;
        let position = input
            .int("position")
            .and_then(|position| usize::try_from(position).ok());
        let (code, message) = match (
            position,
            product.variants.iter().position(|one| *one == variant),
        ) {
            _ if !seen.insert(variant) => ("DUPLICATED_VARIANT_ID", "The variant is given twice"),
            (None | Some(0), _) => ("INVALID_POSITION", "The position must be greater than 0"),
            (_, None) => ("MISSING_VARIANT", "Product variant does not exist"),
            (Some(position), Some(now)) => {
                product.variants.remove(now);
                let position = (position - 1).min(product.variants.len());
                product.variants.insert(position, variant);
                continue;
            }
        };
        let complaint = Complaint::new(code, &["positions", &at], message);
        return Ok(failed(KINDS, Some(id), &[complaint]));
    }
    context
        .change()
        .change_product(id, context.now, |one| *one = product);
    Ok(done(KINDS, id, &[], &[]))
}
