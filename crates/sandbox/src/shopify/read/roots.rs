//! The fields of the root.

use apollo_compiler::resolvers::ResolveInfo;
use serde_json::Value;

use super::super::auth::need;
use super::super::engine::{
    Args, Context, Key, Kinds, Refusal, Search, Thing, Val, gid, number_of, page,
};
use super::super::write;
use super::{
    definitions, fulfillments, inventory, not_here, order_search, orders, product_search, products,
    shop, variants,
};
use crate::frame::Moment;

/// One field of the root.
pub(crate) fn root(
    context: &Context<'_>,
    info: &ResolveInfo<'_>,
    args: &Args,
) -> Result<Val, Refusal> {
    let name = info.field_name();
    if let Some(scope) = scope(name) {
        need(context.scopes, scope, name)?;
    }
    match name {
        "shop" => Ok(shop::shop(context)),
        "currentAppInstallation" => Ok(shop::installation(context)),
        "publicApiVersions" => Ok(shop::versions()),
        "locations" => inventory::locations(context, args),
        "location" => location(context, args),
        "products" => product_search::page_of_products(context, args),
        "productsCount" => product_search::count_products(context, args),
        "product" => {
            let id = args.must_id("id", "Product")?;
            Ok(context
                .state()
                .products
                .contains_key(&id)
                .then_some(Thing::Product(id))
                .into())
        }
        "productByIdentifier" => {
            let identifier = args.object("identifier").unwrap_or_default();
            Ok(products::product_of(context, &identifier)?
                .map(Thing::Product)
                .into())
        }
        "productVariants" => variants::page_of_variants(context, args),
        "inventoryItem" => {
            let id = args.must_id("id", "InventoryItem")?;
            Ok(context
                .state()
                .variant_of_item(id)
                .map(|one| Thing::Item(one.id))
                .into())
        }
        "inventoryItems" => inventory::page_of_items(context, args),
        "inventoryProperties" => Ok(inventory::properties()),
        "collections" => shop::collections(context, args),
        "publications" => shop::publications(context, args),
        "taxonomy" => Ok(Val::record("Taxonomy", vec![])),
        "node" => Ok(node(context, args.text("id").unwrap_or_default())?.into()),
        "nodes" => nodes(context, args),
        "events" => events(context, args),
        "job" => write::job(context, args),
        "orders" => order_search::page_of_orders(context, args),
        "order" => orders::order(context, args),
        "ordersCount" => order_search::count_orders(context, args),
        "fulfillmentOrders" => fulfillments::page_of_orders(context, args),
        "fulfillmentOrder" => fulfillments::one_order(context, args),
        "metafieldDefinitions" => definitions::page_of_definitions(context, args),
        "productOperation" => write::product_operation(context, args),
        "bulkOperation" => write::bulk_operation(context, args),
        "bulkOperations" => write::bulk_operations(context, args),
        _ => Err(not_here("QueryRoot", name)),
    }
}

/// The scope that a root field needs.
fn scope(name: &str) -> Option<&'static str> {
    Some(match name {
        "locations" | "location" => "read_locations",
        "products"
        | "productsCount"
        | "product"
        | "productByIdentifier"
        | "productVariants"
        | "collections"
        | "metafieldDefinitions"
        | "productOperation"
        | "events" => "read_products",
        "inventoryItem" | "inventoryItems" | "inventoryProperties" => "read_inventory",
        "publications" => "read_publications",
        "orders" | "order" | "ordersCount" => "read_orders",
        _ => return None,
    })
}

fn location(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let state = context.state();
    let first = state
        .locations
        .values()
        .find(|one| one.active)
        .map(|one| one.id);
    let wanted = args.id("id", "Location")?.or(first);
    Ok(wanted
        .filter(|id| state.locations.contains_key(id))
        .map(Thing::Location)
        .into())
}

fn nodes(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let ids = args.texts("ids").unwrap_or_default();
    let found = ids.iter().map(|id| node(context, id).map(Val::from));
    Ok(Val::List(found.collect::<Result<_, _>>()?))
}

/// What has that id, if it is still there.
fn node(context: &Context<'_>, id: &str) -> Result<Option<Thing>, Refusal> {
    let kind = id
        .strip_prefix("gid://shopify/")
        .and_then(|rest| rest.split('/').next());
    let kind = kind.ok_or_else(|| Refusal::bad_id(id))?;
    let number = number_of(kind, id).ok_or_else(|| Refusal::bad_id(id))?;
    if [
        "Order",
        "FulfillmentOrder",
        "Fulfillment",
        "OrderCancelJobResult",
    ]
    .contains(&kind)
    {
        need(context.scopes, "read_orders", "node")?;
    }
    if kind == "OrderCancelJobResult" {
        return Ok(write::cancel_result(context, number));
    }
    if let Some(part) = orders::node(context, kind, number) {
        return Ok(part);
    }
    let state = context.state();
    Ok(match kind {
        "Product" => state
            .products
            .contains_key(&number)
            .then_some(Thing::Product(number)),
        "ProductVariant" => state
            .variants
            .contains_key(&number)
            .then_some(Thing::Variant(number)),
        "InventoryItem" => state.variant_of_item(number).map(|one| Thing::Item(one.id)),
        "Location" => state
            .locations
            .contains_key(&number)
            .then_some(Thing::Location(number)),
        "MediaImage" => state
            .files
            .contains_key(&number)
            .then_some(Thing::File(number)),
        "Collection" => state
            .collections
            .contains_key(&number)
            .then_some(Thing::Collection(number)),
        "Publication" => state
            .publications
            .contains_key(&number)
            .then_some(Thing::Publication(number)),
        _ => {
            return Err(Refusal::unknown_here(format_args!(
                "nodes of the type {kind}"
            )));
        }
    })
}

const EVENT_FIELDS: [&str; 5] = ["id", "action", "created_at", "subject_type", "comments"];

fn events(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let query = args.text("query").unwrap_or_default().to_owned();
    let search = search(context, "events", &query, &EVENT_FIELDS)?;
    let events = context.state().events.clone();
    let found = events.iter().filter(|event| {
        search.finds(|term| {
            Some(match term.field.as_deref()? {
                "action" => term.is(event.action),
                "subject_type" => term.is(event.kind),
                "id" => term.is(&event.id.to_string()),
                "created_at" => term.compares(&event.at, &Moment::parse(&term.value)?),
                _ => return None,
            })
        })
    });
    let nodes: Vec<(Key, Thing)> = found
        .map(|event| {
            let kind = if event.kind == "PRODUCT" {
                "Product"
            } else {
                "ProductVariant"
            };
            let fields = vec![
                ("id", Val::from(gid("BasicEvent", event.id))),
                ("action", Val::from(event.action)),
                ("createdAt", Val::from(event.at.rfc3339())),
                ("subjectId", Val::from(gid(kind, event.subject))),
                ("subjectType", Val::from(event.kind)),
            ];
            let Val::Thing(record) = Val::record("BasicEvent", fields) else {
                return (Key::Number(0, event.id), Thing::Query);
            };
            (Key::Number(0, event.id), record)
        })
        .collect();
    let kinds = Kinds {
        connection: "EventConnection",
        edge: "EventEdge",
        root: true,
    };
    page(context, kinds, args, nodes.into_iter(), |_| true)
}

/// Reads a search, warns about fields that are not `known`, and refuses moments that are none.
pub(crate) fn search(
    context: &Context<'_>,
    path: &str,
    query: &str,
    known: &[&str],
) -> Result<Search, Refusal> {
    let search = Search::read(query);
    if let Some(warnings) = search.warnings(path, query, known) {
        context.warnings.borrow_mut().push(warnings);
    }
    for term in search.terms() {
        let Some(field) = &term.field else { continue };
        if field.ends_with("_at")
            && known.contains(&field.as_str())
            && moment(&term.value).is_none()
        {
            let message = format!("Invalid timestamp for query filter `{field}`.");
            return Err(Refusal::bad_request(message));
        }
    }
    Ok(search)
}

/// The moment of a search: a day begins at midnight in UTC.
pub(super) fn moment(text: &str) -> Option<Moment> {
    Moment::parse(text).or_else(|| Moment::parse(&format!("{text}T00:00:00Z")))
}

/// A connection of things that are at hand.
pub(super) fn listed(
    context: &Context<'_>,
    (connection, edge): (&'static str, &'static str),
    args: &Args,
    nodes: Vec<(Key, Thing)>,
) -> Result<Val, Refusal> {
    let kinds = Kinds {
        connection,
        edge,
        root: false,
    };
    page(context, kinds, args, nodes.into_iter(), |_| true)
}

/// The argument `sortKey`, which must be one of those that are known here.
pub(super) fn sort_key<'a>(
    args: &'a Args,
    known: &[&str],
    usual: &'a str,
) -> Result<&'a str, Refusal> {
    let key = args.get("sortKey").and_then(Value::as_str).unwrap_or(usual);
    if known.contains(&key) {
        return Ok(key);
    }
    Err(Refusal::unknown_here(format_args!(
        "the sort key {key} here"
    )))
}
