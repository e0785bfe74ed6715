//! Finding products.

use super::super::engine::{Args, Context, Key, Kinds, Refusal, Search, Term, Thing, Val, page};
use super::super::store::{Money, Product, State};
use super::roots::{moment, search, sort_key};
use crate::frame::Moment;

const KINDS: Kinds = Kinds {
    connection: "ProductConnection",
    edge: "ProductEdge",
    root: true,
};

/// The fields that a search for products knows.
const FIELDS: [&str; 16] = [
    "id",
    "handle",
    "title",
    "sku",
    "barcode",
    "status",
    "vendor",
    "product_type",
    "tag",
    "tag_not",
    "created_at",
    "updated_at",
    "inventory_total",
    "collection_id",
    "gift_card",
    "price",
];

/// Counts stop here.
const MOST_COUNTED: usize = 25_001;

/// A page of `products`.
pub(super) fn page_of_products(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("QueryRoot.products", &["savedSearchId"])?;
    let query = args.text("query").unwrap_or_default();
    let search = search(context, "products", query, &FIELDS)?;
    let state = context.state();
    let keep = |thing: &Thing| match thing {
        Thing::Product(id) => state
            .products
            .get(id)
            .is_some_and(|one| found(&state, one, &search)),
        _ => false,
    };
    let keys = [
        "ID",
        "UPDATED_AT",
        "CREATED_AT",
        "TITLE",
        "VENDOR",
        "PRODUCT_TYPE",
    ];
    match sort_key(args, &keys, "ID")? {
        "ID" => {
            let all = state
                .products
                .keys()
                .map(|id| (Key::Number(0, *id), Thing::Product(*id)));
            page(context, KINDS, args, all, keep)
        }
        "UPDATED_AT" => {
            let key = |(at, id): (Moment, u64)| (Key::Number(at.0, id), Thing::Product(id));
            page(context, KINDS, args, state.by_updated().map(key), keep)
        }
        sort => {
            let key = |product: &Product| match sort {
                "CREATED_AT" => Key::Number(product.created.0, product.id),
                "TITLE" => Key::Text(product.title.clone(), product.id),
                "VENDOR" => Key::Text(product.vendor.clone(), product.id),
                _ => Key::Text(product.sort.clone(), product.id),
            };
            let mut all: Vec<_> = state
                .products
                .values()
                .map(|one| (key(one), Thing::Product(one.id)))
                .collect();
            all.sort_by(|(one, _), (two, _)| one.cmp(two));
            page(context, KINDS, args, all.into_iter(), keep)
        }
    }
}

/// `productsCount`.
pub(super) fn count_products(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("QueryRoot.productsCount", &["savedSearchId"])?;
    let query = args.text("query").unwrap_or_default();
    let search = search(context, "productsCount", query, &FIELDS)?;
    let state = context.state();
    let limit = args
        .int("limit")
        .and_then(|limit| usize::try_from(limit).ok());
    let limit = limit.unwrap_or(MOST_COUNTED).min(MOST_COUNTED);
    let found = state
        .products
        .values()
        .filter(|one| found(&state, one, &search));
    let counted = found.take(limit + 1).count();
    let precision = if counted > limit { "AT_LEAST" } else { "EXACT" };
    let counted = i32::try_from(counted.min(limit)).unwrap_or(i32::MAX);
    Ok(Val::record(
        "Count",
        vec![
            ("count", Val::from(counted)),
            ("precision", Val::from(precision)),
        ],
    ))
}

fn found(state: &State, product: &Product, search: &Search) -> bool {
    search.finds(|term| holds(state, product, term))
}

fn holds(state: &State, product: &Product, term: &Term) -> Option<bool> {
    let variants = || {
        product
            .variants
            .iter()
            .filter_map(|id| state.variants.get(id))
    };
    let in_list = |number: u64| {
        term.value
            .split(',')
            .any(|one| one.trim() == number.to_string())
    };
    Some(match term.field.as_deref() {
        None => {
            term.contains(&product.title)
                || term.contains(&product.vendor)
                || term.contains(&product.sort)
        }
        Some("id") if term.comparison.is_empty() => in_list(product.id),
        Some("id") => term.compares(&product.id, &term.value.parse().ok()?),
        Some("handle") => term.is(&product.handle),
        Some("title") => term.contains(&product.title),
        Some("sku") => variants().any(|one| one.sku.as_ref().is_some_and(|sku| term.begins(sku))),
        Some("barcode") => {
            variants().any(|one| one.barcode.as_ref().is_some_and(|code| term.is(code)))
        }
        Some("status") => term.is(&product.status),
        Some("vendor") => term.is(&product.vendor),
        Some("product_type") => term.is(&product.sort),
        Some("tag") => product.tags.iter().any(|tag| term.is(tag)),
        Some("tag_not") => !product.tags.iter().any(|tag| term.is(tag)),
        Some("created_at") => term.compares(&product.created, &moment(&term.value)?),
        Some("updated_at") => term.compares(&whole_second(product.updated), &moment(&term.value)?),
        Some("inventory_total") => {
            let total: i64 = variants().map(|one| one.available()).sum();
            term.compares(&total, &term.value.parse().ok()?)
        }
        Some("collection_id") => product.collections.iter().any(|id| in_list(*id)),
        Some("gift_card") => term.is(if product.gift_card { "true" } else { "false" }),
        Some("price") => {
            let price = Money::parse(&term.value)?;
            variants().any(|one| term.compares(&one.price, &price))
        }
        Some(_) => return None,
    })
}

/// What is told is in seconds, so that is what can be searched for.
pub(super) fn whole_second(at: Moment) -> Moment {
    Moment(at.0.div_euclid(1000) * 1000)
}
