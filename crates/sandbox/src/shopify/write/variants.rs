//! Variants of one product, several at a time.

use super::super::engine::{Args, Context, Refusal, Thing, Val};
use super::super::store::{Level, Product, Variant};
use super::complaint::{Complaint, payload};
use super::options::{Chosen, add_values, chosen, drop_unused_default, twice};
use super::set_variants::{is_there, new_variant};
use super::variant_fields::{NOT_HERE, NOT_HERE_OF_ITEMS, set_variant};
use super::{MOST_VARIANTS, inventory, metafields};

/// The product of the mutation, or the complaint that there is none.
pub(super) fn product(
    context: &Context<'_>,
    args: &Args,
) -> Result<Result<Product, Complaint>, Refusal> {
    let id = args.must_id("productId", "Product")?;
    let found = context.state().products.get(&id).cloned();
    let missing = || {
        Complaint::new(
            "PRODUCT_DOES_NOT_EXIST",
            &["productId"],
            "Product does not exist",
        )
    };
    Ok(found.ok_or_else(missing))
}

/// The names of a mutation's payload and of its errors.
pub(super) type Kinds = (&'static str, &'static str);

pub(super) fn failed(kinds: Kinds, product: Option<u64>, complaints: &[Complaint]) -> Val {
    let fields = vec![
        ("product", Val::from(product.map(Thing::Product))),
        ("productVariants", Val::NULL),
    ];
    payload(kinds.0, kinds.1, fields, complaints)
}

pub(super) fn done(kinds: Kinds, product: u64, variants: &[u64], complaints: &[Complaint]) -> Val {
    let variants = Val::things(variants.iter().map(|id| Thing::Variant(*id)));
    let fields = vec![
        ("product", Val::from(Thing::Product(product))),
        ("productVariants", variants),
    ];
    payload(kinds.0, kinds.1, fields, complaints)
}

const CREATE: Kinds = (
    "ProductVariantsBulkCreatePayload",
    "ProductVariantsBulkCreateUserError",
);

/// `productVariantsBulkCreate`.
pub(super) fn create(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("Mutation.productVariantsBulkCreate", &["media"])?;
    let mut product = match product(context, args)? {
        Ok(product) => product,
        Err(complaint) => return Ok(failed(CREATE, None, &[complaint])),
    };
    let inputs = args.objects("variants").unwrap_or_default();
    if product.variants.len() + inputs.len() > MOST_VARIANTS {
        let message = format!("A product can have {MOST_VARIANTS} variants at most.");
        let complaint = Complaint::new("INVALID", &["variants"], message);
        return Ok(failed(CREATE, Some(product.id), &[complaint]));
    }
    let standalone = match args.text("strategy").unwrap_or("DEFAULT") {
        "REMOVE_STANDALONE_VARIANT" => product.variants.len() == 1,
        "PRESERVE_STANDALONE_VARIANT" => false,
        _ => product.has_only_default(),
    } && !inputs.is_empty();
    let mut made: Vec<Variant> = Vec::new();
    let mut complaints = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        match new_one(context, &mut product, &made, input)? {
            Ok(variant) => made.push(variant),
            Err(complaint) => complaints.push(complaint.within(&["variants", &place.to_string()])),
        }
    }
    if !complaints.is_empty() {
        return Ok(failed(CREATE, Some(product.id), &complaints));
    }
    let ids: Vec<u64> = made.iter().map(|one| one.id).collect();
    let mut state = context.change();
    if standalone {
        for gone in std::mem::take(&mut product.variants) {
            state.remove_variant(gone);
        }
    }
    product.variants.extend(&ids);
    for variant in made {
        state.insert_variant(variant);
    }
    if standalone {
        drop_unused_default(&state, &mut product);
    }
    let id = product.id;
    state.change_product(id, context.now, |one| *one = product);
    drop(state);
    Ok(done(CREATE, id, &ids, &[]))
}

fn new_one(
    context: &Context<'_>,
    product: &mut Product,
    made: &[Variant],
    input: &Args,
) -> Result<Result<Variant, Complaint>, Refusal> {
    check_known(input)?;
    let mut variant = new_variant(context, product.id);
    variant.values = match values(context, product, input)? {
        Ok(values) => values,
        Err(complaint) => return Ok(Err(complaint.coded("INVALID_INPUT"))),
    };
    let state = context.state();
    let before = product
        .variants
        .iter()
        .filter_map(|id| state.variants.get(id));
    if before.chain(made).any(|one| one.values == variant.values) {
        let message = twice(product, &variant.values);
        return Ok(Err(Complaint::new("VARIANT_ALREADY_EXISTS", &[], message)));
    }
    drop(state);
    if let Err(complaint) = set_variant(&mut variant, input, context.now) {
        return Ok(Err(complaint.coded("GREATER_THAN_OR_EQUAL_TO")));
    }
    for field in input.objects("metafields").unwrap_or_default() {
        match metafields::merged(
            context,
            &variant.metafields,
            &field,
            "PRODUCTVARIANT",
            variant.id,
        )? {
            Ok(fields) => variant.metafields = fields,
            Err(complaint) => return Ok(Err(complaint.coded("INVALID_INPUT"))),
        }
    }
    let quantities = input.objects("inventoryQuantities").unwrap_or_default();
    for (place, quantity) in quantities.iter().enumerate() {
        let location = quantity.must_id("locationId", "Location")?;
        if !is_there(&context.state(), location) {
            let at = place.to_string();
            let message = "The specified location could not be found.";
            let field = ["inventoryQuantities", &at];
            return Ok(Err(Complaint::new(
                "TRACKED_VARIANT_LOCATION_NOT_FOUND",
                &field,
                message,
            )));
        }
        let mut level = Level::empty(location, context.now);
        level.available = quantity.int("availableQuantity").unwrap_or_default();
        variant.levels.retain(|one| one.location != location);
        variant.levels.push(level);
    }
    Ok(Ok(variant))
}

fn check_known(input: &Args) -> Result<(), Refusal> {
    input.without("ProductVariantsBulkInput", &NOT_HERE)?;
    let item = input.object("inventoryItem").unwrap_or_default();
    item.without("InventoryItemInput", &NOT_HERE_OF_ITEMS)
}

/// The values of the input's options; those that are not there yet are made.
fn values(
    context: &Context<'_>,
    product: &mut Product,
    input: &Args,
) -> Result<Result<Vec<u64>, Complaint>, Refusal> {
    let inputs = input.objects("optionValues").unwrap_or_default();
    match chosen(&product.options, &inputs)? {
        Ok(Chosen::Values(values)) => return Ok(Ok(values)),
        Ok(Chosen::Missing(missing)) => add_values(context, product, missing),
        Err(complaint) => return Ok(Err(complaint)),
    }
    Ok(match chosen(&product.options, &inputs)? {
        Ok(Chosen::Values(values)) => Ok(values),
        Ok(Chosen::Missing(_)) => Err(Complaint::new(
            "NEED_TO_ADD_OPTION_VALUES",
            &[],
            "Option values are missing",
        )),
        Err(complaint) => Err(complaint),
    })
}

const UPDATE: Kinds = (
    "ProductVariantsBulkUpdatePayload",
    "ProductVariantsBulkUpdateUserError",
);

/// `productVariantsBulkUpdate`: all of them or none, unless part of them is allowed.
pub(super) fn update(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("Mutation.productVariantsBulkUpdate", &["media"])?;
    let mut product = match product(context, args)? {
        Ok(product) => product,
        Err(complaint) => return Ok(failed(UPDATE, None, &[complaint])),
    };
    let id = product.id;
    let mut changed: Vec<Variant> = Vec::new();
    let mut complaints = Vec::new();
    for (place, input) in args
        .objects("variants")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        match changed_one(context, &mut product, &changed, input)? {
            Ok(variant) => {
                changed.retain(|one| one.id != variant.id);
                changed.push(variant);
            }
            Err(complaint) => complaints.push(complaint.within(&["variants", &place.to_string()])),
        }
    }
    let partly = args.flag("allowPartialUpdates").unwrap_or_default();
    if !complaints.is_empty() && !partly {
        return Ok(failed(UPDATE, Some(id), &complaints));
    }
    let ids: Vec<u64> = changed.iter().map(|one| one.id).collect();
    let mut state = context.change();
    for variant in changed {
        state.change_variant(variant.id, |one| *one = variant);
    }
    if !ids.is_empty() {
        state.change_product(id, context.now, |one| *one = product);
    }
    drop(state);
    Ok(done(UPDATE, id, &ids, &complaints))
}

fn changed_one(
    context: &Context<'_>,
    product: &mut Product,
    changed: &[Variant],
    input: &Args,
) -> Result<Result<Variant, Complaint>, Refusal> {
    check_known(input)?;
    let Some(id) = input.id("id", "ProductVariant")? else {
        let message = "Product variant ID is missing";
        return Ok(Err(Complaint::new(
            "PRODUCT_VARIANT_ID_MISSING",
            &["id"],
            message,
        )));
    };
    if input.has("inventoryQuantities") {
        let message = "Inventory quantities can only be provided during create.";
        let field = ["inventoryQuantities"];
        return Ok(Err(Complaint::new(
            "NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE",
            &field,
            message,
        )));
    }
    let just_changed = changed.iter().find(|one| one.id == id).cloned();
    let before = just_changed.or_else(|| context.state().variants.get(&id).cloned());
    let Some(mut variant) = before.filter(|one| one.product == product.id) else {
        let message = "Product variant does not exist";
        return Ok(Err(Complaint::new(
            "PRODUCT_VARIANT_DOES_NOT_EXIST",
            &["id"],
            message,
        )));
    };
    if input.objects("optionValues").is_some()
        && let Err(complaint) = rearrange(context, product, changed, (&mut variant, input))?
    {
        return Ok(Err(complaint));
    }
    if let Err(complaint) = set_variant(&mut variant, input, context.now) {
        return Ok(Err(complaint.coded("GREATER_THAN_OR_EQUAL_TO")));
    }
    for field in input.objects("metafields").unwrap_or_default() {
        match metafields::merged(context, &variant.metafields, &field, "PRODUCTVARIANT", id)? {
            Ok(fields) => variant.metafields = fields,
            Err(complaint) => return Ok(Err(complaint.coded("INVALID_INPUT"))),
        }
    }
    for (place, change) in input
        .objects("quantityAdjustments")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        if let Err(complaint) = inventory::adjust_one(context, &mut variant, change)? {
            let at = place.to_string();
            return Ok(Err(complaint
                .within(&["quantityAdjustments", &at])
                .coded("INVALID_INPUT")));
        }
    }
    Ok(Ok(variant))
}

/// Gives a variant other values of the options, if no other variant has them.
fn rearrange(
    context: &Context<'_>,
    product: &mut Product,
    changed: &[Variant],
    (variant, input): (&mut Variant, &Args),
) -> Result<Result<(), Complaint>, Refusal> {
    let values = match values(context, product, input)? {
        Ok(values) => values,
        Err(complaint) => return Ok(Err(complaint)),
    };
    let state = context.state();
    let is_as_before = |one: &&Variant| !changed.iter().any(|other| other.id == one.id);
    let others = product
        .variants
        .iter()
        .filter_map(|id| state.variants.get(id))
        .filter(is_as_before);
    if others
        .chain(changed)
        .any(|one| one.id != variant.id && one.values == values)
    {
        let message = twice(product, &values);
        return Ok(Err(Complaint::new("VARIANT_ALREADY_EXISTS", &[], message)));
    }
    variant.values = values;
    Ok(Ok(()))
}
