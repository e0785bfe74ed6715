//! The variants of a product as `productSet` gives them: the whole list.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal};
use super::super::store::{Level, Product, State, Variant};
use super::complaint::Complaint;
use super::options::{Chosen, chosen, twice};
use super::variant_fields::{NOT_HERE, NOT_HERE_OF_ITEMS, set_variant};
use super::{LONGEST_LIST, MOST_VARIANTS, files, metafields};
use crate::frame::Moment;

/// The variants that the inputs describe, of a product that has its new options already. Nothing is
/// changed yet, except that files are made.
///
/// # Errors
/// `Refusal` for ids that are none and fields that are not known here; complaints otherwise.
pub(super) fn variants_of(
    context: &Context<'_>,
    product: &Product,
    inputs: &[Args],
) -> Result<Result<Vec<Variant>, Vec<Complaint>>, Refusal> {
    let within = ["input", "variants"];
    if inputs.is_empty() {
        let message = "At least one variant is needed.";
        return Ok(Err(vec![Complaint::new(
            "VARIANTS_INPUT_MISSING",
            &within,
            message,
        )]));
    }
    if inputs.len() > MOST_VARIANTS {
        let message = format!("A product can have {MOST_VARIANTS} variants at most.");
        return Ok(Err(vec![Complaint::new(
            "VARIANTS_OVER_LIMIT",
            &within,
            message,
        )]));
    }
    let mut complaints = Vec::new();
    let mut made: Vec<(i64, Variant)> = Vec::with_capacity(inputs.len());
    let mut combinations = HashSet::new();
    let mut ids = HashSet::new();
    for (place, input) in inputs.iter().enumerate() {
        let at = place.to_string();
        let position = input
            .int("position")
            .unwrap_or(i64::try_from(place).unwrap_or_default() + 1);
        match variant_of(context, product, input)? {
            Ok(variant) => {
                if !combinations.insert(variant.values.clone()) {
                    let message = twice(product, &variant.values);
                    complaints.push(Complaint::without_code(&[&at], message));
                } else if !ids.insert(variant.id) {
                    let message = "The variant is given twice.";
                    complaints.push(Complaint::new("INVALID_INPUT", &[&at, "id"], message));
                }
                made.push((position, variant));
            }
            Err(complaint) => complaints.push(complaint.within(&[&at])),
        }
    }
    if !complaints.is_empty() {
        return Ok(Err(complaints
            .into_iter()
            .map(|one| one.within(&within))
            .collect()));
    }
    made.sort_by_key(|(position, _)| *position);
    Ok(Ok(made.into_iter().map(|(_, variant)| variant).collect()))
}

fn variant_of(
    context: &Context<'_>,
    product: &Product,
    input: &Args,
) -> Result<Result<Variant, Complaint>, Refusal> {
    input.without("ProductVariantSetInput", &NOT_HERE)?;
    let item = input.object("inventoryItem").unwrap_or_default();
    item.without("InventoryItemInput", &NOT_HERE_OF_ITEMS)?;
    let id = input.id("id", "ProductVariant")?;
    let before = id.and_then(|id| context.state().variants.get(&id).cloned());
    let is_of_product = before.as_ref().is_some_and(|one| one.product == product.id);
    if id.is_some() && !is_of_product {
        let message = "Product variant does not exist";
        return Ok(Err(Complaint::new(
            "PRODUCT_VARIANT_DOES_NOT_EXIST",
            &["id"],
            message,
        )));
    }
    let is_new = before.is_none();
    let mut variant = before.unwrap_or_else(|| new_variant(context, product.id));
    let values = input.objects("optionValues").unwrap_or_default();
    match chosen(&product.options, &values)? {
        Ok(Chosen::Values(values)) => variant.values = values,
        Ok(Chosen::Missing(_)) => {
            let message = "Option value does not exist";
            return Ok(Err(Complaint::new(
                "OPTION_VALUE_DOES_NOT_EXIST",
                &["optionValues"],
                message,
            )));
        }
        Err(complaint) => {
            return Ok(Err(complaint.coded("INVALID_VARIANT")));
        }
    }
    if let Err(complaint) = set_variant(&mut variant, input, context.now) {
        return Ok(Err(complaint.coded("INVALID_VARIANT")));
    }
    if let Some(fields) = input.objects("metafields") {
        match metafields::replaced(
            context,
            &variant.metafields,
            &fields,
            "PRODUCTVARIANT",
            variant.id,
        )? {
            Ok(fields) => variant.metafields = fields,
            Err(complaint) => return Ok(Err(complaint.coded("INVALID_METAFIELD"))),
        }
    }
    if let Some(file) = input.object("file") {
        match files::file_of(context, &file)? {
            Ok(file) => variant.files = vec![file],
            Err(complaint) => return Ok(Err(complaint.within(&["file"]).coded("INVALID_VARIANT"))),
        }
    }
    match set_quantities(context, &mut variant, input, is_new)? {
        Ok(()) => Ok(Ok(variant)),
        Err(complaint) => Ok(Err(complaint.within(&["inventoryQuantities"]))),
    }
}

/// A variant that is not there yet, with nothing on the shelf of the first location.
pub(super) fn new_variant(context: &Context<'_>, product: u64) -> Variant {
    let mut state = context.change();
    let (id, item) = (state.number(), state.number());
    let mut variant = Variant::new(id, item, product, context.now);
    let first = state.locations.values().find(|one| one.active);
    variant
        .levels
        .extend(first.map(|one| Level::empty(one.id, context.now)));
    variant
}

/// Takes over `inventoryQuantities`: an overwrite without a compare.
fn set_quantities(
    context: &Context<'_>,
    variant: &mut Variant,
    input: &Args,
    is_new: bool,
) -> Result<Result<(), Complaint>, Refusal> {
    let quantities = input.objects("inventoryQuantities").unwrap_or_default();
    if quantities.len() > LONGEST_LIST {
        let message = format!("A variant can be given {LONGEST_LIST} quantities at most.");
        return Ok(Err(Complaint::new(
            "INVENTORY_QUANTITIES_LIMIT_EXCEEDED",
            &[],
            message,
        )));
    }
    for (place, wanted) in quantities.iter().enumerate() {
        let location = wanted.must_id("locationId", "Location")?;
        let done = stock_at(context, variant, location, is_new)
            .and_then(|level| set_level(level, wanted, context.now));
        if let Err((field, message)) = done {
            let field = [place.to_string(), String::from(field)];
            let field = [field[0].as_str(), field[1].as_str()];
            return Ok(Err(Complaint::new("INVALID_INPUT", &field, message)));
        }
    }
    Ok(Ok(()))
}

/// The field that is wrong, and why.
type Wrong = (&'static str, &'static str);

/// The level at a location, which only a new variant gets here.
fn stock_at<'a>(
    context: &Context<'_>,
    variant: &'a mut Variant,
    location: u64,
    is_new: bool,
) -> Result<&'a mut Level, Wrong> {
    if !is_there(&context.state(), location) {
        return Err(("locationId", "The specified location could not be found."));
    }
    let stocked = variant
        .levels
        .iter()
        .position(|level| level.location == location && level.active);
    let place = match stocked {
        Some(place) => place,
        None if is_new => {
            variant.levels.push(Level::empty(location, context.now));
            variant.levels.len() - 1
        }
        None => return Err(("locationId", "The variant is not stocked at the location.")),
    };
    Ok(&mut variant.levels[place])
}

fn set_level(level: &mut Level, wanted: &Args, now: Moment) -> Result<(), Wrong> {
    let quantity = wanted.int("quantity").unwrap_or_default();
    match wanted.text("name") {
        Some("available") => level.available = quantity,
        Some("on_hand") if quantity >= 0 => level.available += quantity - level.on_hand(),
        Some("on_hand") => return Err(("quantity", "The quantity must be 0 or more.")),
        _ => return Err(("name", "The name must be available or on_hand.")),
    }
    level.updated = now;
    Ok(())
}

/// Whether there is such a location that is in use.
pub(super) fn is_there(state: &State, location: u64) -> bool {
    state.locations.get(&location).is_some_and(|one| one.active)
}
