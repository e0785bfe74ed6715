//! `productSet`: a product as a whole. Lists that are given replace what is there.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid};
use super::super::read::{namespace_of, product_of};
use super::super::store::{Metafield, Product, ProductOperation, Variant};
use super::complaint::{Complaint, payload, told};
use super::product_fields::set_product;
use super::set_options::{default_option, options_of};
use super::set_variants::{new_variant, variants_of};
use super::{files, metafields};

const ERRORS: &str = "ProductSetUserError";

/// What the product is to be, before anything is changed.
struct Draft {
    product: Product,
    /// All of them, if they were given or the product is new.
    variants: Option<Vec<Variant>>,
    is_new: bool,
}

/// `productSet`.
pub(super) fn product_set(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let outcome = match draft(context, args)? {
        Ok(draft) => Ok(save(context, draft)),
        Err(complaints) => Err(complaints),
    };
    let target = target(context, args)?.ok().flatten();
    let (product, complaints) = match outcome {
        Ok(id) => (Some(id), Vec::new()),
        Err(complaints) => (target, complaints),
    };
    if args.flag("synchronous").unwrap_or(true) || context.bulk.is_some() {
        let fields = vec![
            ("product", Val::from(product.map(Thing::Product))),
            ("productSetOperation", Val::NULL),
        ];
        return Ok(payload("ProductSetPayload", ERRORS, fields, &complaints));
    }
    let mut state = context.change();
    let id = state.number();
    let operation = ProductOperation {
        kind: "ProductSetOperation",
        product,
        errors: told(ERRORS, &complaints),
        done: context.now.plus(2000),
    };
    state.operations.insert(id, operation);
    let told = vec![
        ("id", Val::from(gid("ProductSetOperation", id))),
        ("status", Val::from("CREATED")),
    ];
    let fields = vec![
        ("product", Val::NULL),
        (
            "productSetOperation",
            Val::record("ProductSetOperation", told),
        ),
    ];
    Ok(payload("ProductSetPayload", ERRORS, fields, &[]))
}

/// The product that is meant, if there is one; nothing if one is to be made.
fn target(context: &Context<'_>, args: &Args) -> Result<Result<Option<u64>, Complaint>, Refusal> {
    let input = args.object("input").unwrap_or_default();
    let identifier = args.object("identifier");
    let own_id = input.id("id", "Product")?;
    let missing = || {
        Complaint::new(
            "PRODUCT_DOES_NOT_EXIST",
            &["input", "id"],
            "Product does not exist",
        )
    };
    match (identifier, own_id) {
        (Some(_), Some(_)) => {
            let message = "The id of the input is not allowed beside an identifier.";
            Ok(Err(Complaint::new(
                "ID_NOT_ALLOWED",
                &["input", "id"],
                message,
            )))
        }
        (Some(identifier), None) => {
            let found = product_of(context, &identifier)?;
            Ok(match found {
                None if identifier.has("id") => Err(missing()),
                found => Ok(found),
            })
        }
        (None, Some(id)) => {
            let is_there = context.state().products.contains_key(&id);
            Ok(if is_there {
                Ok(Some(id))
            } else {
                Err(missing())
            })
        }
        (None, None) => Ok(Ok(None)),
    }
}

fn draft(context: &Context<'_>, args: &Args) -> Result<Result<Draft, Vec<Complaint>>, Refusal> {
    let input = args.object("input").unwrap_or_default();
    let target = match target(context, args)? {
        Ok(target) => target,
        Err(complaint) => return Ok(Err(vec![complaint])),
    };
    let before = target.and_then(|id| context.state().products.get(&id).cloned());
    let is_new = before.is_none();
    let mut product = before.unwrap_or_else(|| new_product(context));
    let mut input_with_handle = input.clone();
    let identifier = args.object("identifier").unwrap_or_default();
    if is_new && let (Some(handle), false) = (identifier.get("handle"), input.has("handle")) {
        input_with_handle
            .0
            .insert(String::from("handle"), handle.clone());
    }
    let within = |one: Complaint| one.within(&["input"]);
    let complaints = set_product(context, &mut product, &input_with_handle, is_new)?;
    if !complaints.is_empty() {
        return Ok(Err(complaints.into_iter().map(within).collect()));
    }
    if let Some(fields) = input.objects("metafields") {
        match metafields::replaced(context, &product.metafields, &fields, "PRODUCT", product.id)? {
            Ok(fields) => product.metafields = fields,
            Err(one) => return Ok(Err(vec![within(one).coded("INVALID_METAFIELD")])),
        }
    }
    if is_new
        && let Some(custom) = identifier.object("customId")
        && let Err(one) = name_it(context, &mut product, &custom)
    {
        return Ok(Err(vec![one]));
    }
    if let Some(given) = input.objects("files") {
        match files::replaced(context, &given)? {
            Ok(files) => product.files = files,
            Err(one) => return Ok(Err(vec![within(one).coded("INVALID_INPUT")])),
        }
    }
    let variants = match lists(context, &mut product, &input, is_new)? {
        Ok(variants) => variants,
        Err(complaints) => return Ok(Err(complaints)),
    };
    Ok(Ok(Draft {
        product,
        variants,
        is_new,
    }))
}

/// The options and the variants, which are given together or not at all.
fn lists(
    context: &Context<'_>,
    product: &mut Product,
    input: &Args,
    is_new: bool,
) -> Result<Result<Option<Vec<Variant>>, Vec<Complaint>>, Refusal> {
    match (input.objects("productOptions"), input.objects("variants")) {
        (Some(options), Some(variants)) => {
            match options_of(context, product, &options, &["input", "productOptions"])? {
                Ok(options) => product.options = options,
                Err(complaints) => return Ok(Err(complaints)),
            }
            Ok(variants_of(context, product, &variants)?.map(Some))
        }
        (Some(_), None) => {
            let message = "Variants input is required when updating product options";
            Ok(Err(vec![Complaint::new(
                "VARIANTS_INPUT_MISSING",
                &["input", "variants"],
                message,
            )]))
        }
        (None, Some(_)) => {
            let message = "Product options input is required when updating variants";
            let field = ["input", "productOptions"];
            Ok(Err(vec![Complaint::new(
                "PRODUCT_OPTIONS_INPUT_MISSING",
                &field,
                message,
            )]))
        }
        (None, None) if is_new => {
            let option = default_option(context);
            let mut variant = new_variant(context, product.id);
            variant.values = option.values.iter().map(|value| value.id).collect();
            product.options = vec![option];
            Ok(Ok(Some(vec![variant])))
        }
        (None, None) => Ok(Ok(None)),
    }
}

/// A product with nothing in it yet.
pub(super) fn new_product(context: &Context<'_>) -> Product {
    Product {
        id: context.change().number(),
        status: String::from("ACTIVE"),
        created: context.now,
        updated: context.now,
        ..Product::default()
    }
}

/// Gives a new product the custom id by which it was asked for.
fn name_it(context: &Context<'_>, product: &mut Product, custom: &Args) -> Result<(), Complaint> {
    let namespace = namespace_of(custom.text("namespace"));
    let key = custom.text("key").unwrap_or_default().to_owned();
    let value = custom.text("value").unwrap_or_default().to_owned();
    let mut state = context.change();
    let is_defined = state.definitions.values().any(|one| {
        one.owner == "PRODUCT" && one.unique && one.namespace == namespace && one.key == key
    });
    if !is_defined {
        let message = "There is no definition of a unique metafield for the custom id.";
        return Err(Complaint::new(
            "NOT_FOUND",
            &["identifier", "customId"],
            message,
        ));
    }
    let is_it = |field: &Metafield| field.namespace == namespace && field.key == key;
    if !product.metafields.iter().any(is_it) {
        let id = state.number();
        product.metafields.push(Metafield {
            id,
            namespace,
            key,
            sort: String::from("id"),
            value,
            updated: context.now,
        });
    }
    Ok(())
}

/// Changes the shop to what the draft says.
fn save(context: &Context<'_>, draft: Draft) -> u64 {
    let mut state = context.change();
    let mut product = draft.product;
    let id = product.id;
    if let Some(variants) = draft.variants {
        let kept: HashSet<u64> = variants.iter().map(|variant| variant.id).collect();
        for gone in product.variants.iter().filter(|id| !kept.contains(id)) {
            state.remove_variant(*gone);
        }
        product.variants = variants.iter().map(|variant| variant.id).collect();
        for variant in variants {
            if state.variants.contains_key(&variant.id) {
                state.change_variant(variant.id, |one| *one = variant);
            } else {
                state.insert_variant(variant);
            }
        }
    }
    if draft.is_new {
        state.insert_product(product);
    } else {
        state.change_product(id, context.now, |one| *one = product);
    }
    id
}
