//! Variants.

use super::super::engine::{
    Args, Context, Key, Kinds, Refusal, Search, Term, Thing, Val, gid, page,
};
use super::super::store::{State, Variant};
use super::product_search::whole_second;
use super::products::files;
use super::roots::{listed, moment, search, sort_key};
use super::{count, not_here};

const KINDS: Kinds = Kinds {
    connection: "ProductVariantConnection",
    edge: "ProductVariantEdge",
    root: true,
};

/// The fields that a search for variants knows.
const FIELDS: [&str; 13] = [
    "id",
    "sku",
    "barcode",
    "title",
    "product_id",
    "product_ids",
    "product_status",
    "option1",
    "option2",
    "option3",
    "updated_at",
    "inventory_quantity",
    "vendor",
];

/// A page of `productVariants`.
pub(super) fn page_of_variants(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("QueryRoot.productVariants", &["savedSearchId"])?;
    sort_key(args, &["ID"], "ID")?;
    let query = args.text("query").unwrap_or_default();
    let search = search(context, "productVariants", query, &FIELDS)?;
    let state = context.state();
    let keep = |thing: &Thing| match thing {
        Thing::Variant(id) => state
            .variants
            .get(id)
            .is_some_and(|one| found(&state, one, &search)),
        _ => false,
    };
    let node = |id: u64| (Key::Number(0, id), Thing::Variant(id));
    match at_hand(&state, &search) {
        Some(ids) => page(context, KINDS, args, ids.into_iter().map(node), keep),
        None => page(
            context,
            KINDS,
            args,
            state.variants.keys().copied().map(node),
            keep,
        ),
    }
}

/// The variants that can be found at all, in order, where an index knows them.
fn at_hand(state: &State, search: &Search) -> Option<Vec<u64>> {
    let terms = search.only()?;
    let sku = |term: &&Term| {
        let whole = term.quoted || !term.value.contains(',');
        term.field.as_deref() == Some("sku")
            && term.is_wanted()
            && whole
            && term.comparison.is_empty()
    };
    let product = |term: &&Term| {
        let field = term.field.as_deref();
        matches!(field, Some("product_id" | "product_ids"))
            && term.is_wanted()
            && term.comparison.is_empty()
    };
    let mut ids: Vec<u64> = if let Some(term) = terms.iter().find(sku) {
        let start = term.value.trim_end_matches('*');
        state.skus_from(start).collect()
    } else {
        let term = terms.iter().find(product)?;
        let products = term
            .value
            .split(',')
            .filter_map(|id| state.products.get(&id.trim().parse::<u64>().ok()?));
        products
            .flat_map(|product| product.variants.iter().copied())
            .collect()
    };
    ids.sort_unstable();
    ids.dedup();
    Some(ids)
}

fn found(state: &State, variant: &Variant, search: &Search) -> bool {
    search.finds(|term| holds(state, variant, term))
}

fn holds(state: &State, variant: &Variant, term: &Term) -> Option<bool> {
    let product = state.products.get(&variant.product)?;
    let in_list = |number: u64| {
        term.value
            .split(',')
            .any(|one| one.trim() == number.to_string())
    };
    let option = |place: usize| {
        let chosen = product.chosen(&variant.values).nth(place);
        chosen.is_some_and(|(_, value, _)| term.is(value))
    };
    Some(match term.field.as_deref() {
        None => {
            term.contains(&product.title)
                || variant.sku.as_ref().is_some_and(|sku| term.contains(sku))
        }
        Some("id") => in_list(variant.id),
        Some("sku") => variant.sku.as_ref().is_some_and(|sku| term.begins(sku)),
        Some("barcode") => variant.barcode.as_ref().is_some_and(|code| term.is(code)),
        Some("title") => term.contains(&product.title_of(&variant.values)),
        Some("product_id" | "product_ids") => in_list(variant.product),
        Some("product_status") => term.is(&product.status),
        Some("option1") => option(0),
        Some("option2") => option(1),
        Some("option3") => option(2),
        Some("vendor") => term.is(&product.vendor),
        Some("updated_at") => term.compares(&whole_second(variant.updated), &moment(&term.value)?),
        Some("inventory_quantity") => {
            term.compares(&variant.available(), &term.value.parse().ok()?)
        }
        Some(_) => return None,
    })
}

/// One field of a variant.
pub(super) fn field(
    context: &Context<'_>,
    id: u64,
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(variant) = state.variants.get(&id) else {
        return Ok(Val::NULL);
    };
    let Some(product) = state.products.get(&variant.product) else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("ProductVariant", id)),
        "legacyResourceId" => Val::from(id.to_string()),
        "title" => Val::from(product.title_of(&variant.values)),
        "sku" => Val::from(variant.sku.clone()),
        "barcode" => Val::from(variant.barcode.clone()),
        "position" => {
            let place = product
                .variants
                .iter()
                .position(|one| *one == id)
                .unwrap_or_default();
            Val::from(place + 1)
        }
        "price" => Val::from(variant.price.plain()),
        "compareAtPrice" => Val::from(variant.compare_at.map(|one| one.plain())),
        "taxable" => Val::from(variant.taxable),
        "inventoryPolicy" => Val::from(variant.policy.as_str()),
        "inventoryQuantity" => Val::from(variant.available()),
        "updatedAt" => Val::from(variant.updated.rfc3339()),
        "product" => Val::from(Thing::Product(variant.product)),
        "inventoryItem" => Val::from(Thing::Item(id)),
        "resourcePublicationsCount" => count(product.published.len()),
        "availablePublicationsCount" => count(state.publications.len()),
        "media" => {
            return listed(
                context,
                ("MediaConnection", "MediaEdge"),
                args,
                files(&variant.files),
            );
        }
        "selectedOptions" => selected(product.chosen(&variant.values)),
        _ => return Err(not_here("ProductVariant", name)),
    })
}

/// The values that a variant has, each with the name of its option.
fn selected<'a>(chosen: impl Iterator<Item = (&'a str, &'a str, u64)>) -> Val {
    let one = |(name, value, id): (&str, &str, u64)| {
        let inner = vec![
            ("id", Val::from(gid("ProductOptionValue", id))),
            ("name", Val::from(value)),
            ("hasVariants", Val::from(true)),
        ];
        let fields = vec![
            ("name", Val::from(name)),
            ("value", Val::from(value)),
            ("optionValue", Val::record("ProductOptionValue", inner)),
        ];
        Val::record("SelectedOption", fields)
    };
    Val::List(chosen.map(one).collect())
}
