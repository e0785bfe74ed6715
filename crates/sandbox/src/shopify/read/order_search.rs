//! Finding orders.

use super::super::auth::allows;
use super::super::engine::{Args, Context, Key, Kinds, Refusal, Search, Term, Thing, Val, page};
use super::super::store::{Order, State};
use super::product_search::whole_second;
use super::roots::{moment, search, sort_key};
use crate::frame::Moment;

const KINDS: Kinds = Kinds {
    connection: "OrderConnection",
    edge: "OrderEdge",
    root: true,
};
/// How far back an app sees that was not granted all orders.
const SEEN: i64 = 60 * 86_400_000;

/// The fields that a search for orders knows.
const FIELDS: [&str; 21] = [
    "id",
    "name",
    "created_at",
    "processed_at",
    "updated_at",
    "status",
    "financial_status",
    "fulfillment_status",
    "return_status",
    "tag",
    "tag_not",
    "sku",
    "email",
    "customer_id",
    "location_id",
    "source_name",
    "test",
    "po_number",
    "gateway",
    "discount_code",
    "delivery_method",
];

/// Whether the app may see the order: old ones need a scope of their own.
pub(crate) fn visible(context: &Context<'_>, order: &Order) -> bool {
    allows(context.scopes, "read_all_orders") || order.created >= context.now.plus(-SEEN)
}

/// A page of `orders`.
pub(super) fn page_of_orders(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("QueryRoot.orders", &["savedSearchId"])?;
    let query = args.text("query").unwrap_or_default();
    let search = search(context, "orders", query, &FIELDS)?;
    let state = context.state();
    let keep = |thing: &Thing| match thing {
        Thing::Order(id) => state.orders.get(id).is_some_and(|one| {
            visible(context, one) && search.finds(|term| holds(&state, one, term))
        }),
        _ => false,
    };
    let keys = [
        "ID",
        "UPDATED_AT",
        "CREATED_AT",
        "PROCESSED_AT",
        "ORDER_NUMBER",
    ];
    match sort_key(args, &keys, "PROCESSED_AT")? {
        "ID" => {
            let all = state.orders.keys();
            let all = all.map(|id| (Key::Number(0, *id), Thing::Order(*id)));
            page(context, KINDS, args, all, keep)
        }
        "UPDATED_AT" => {
            let key = |(at, id): (Moment, u64)| (Key::Number(at.0, id), Thing::Order(id));
            let all = state.orders_from(earliest(&search)).map(key);
            page(context, KINDS, args, all, keep)
        }
        sort => {
            let key = |order: &Order| match sort {
                "CREATED_AT" => Key::Number(order.created.0, order.id),
                "ORDER_NUMBER" => Key::Number(i64::from(order.number), order.id),
                _ => Key::Number(order.processed.0, order.id),
            };
            let all = state.orders.values();
            let mut all: Vec<_> = all.map(|one| (key(one), Thing::Order(one.id))).collect();
            all.sort_by(|(one, _), (two, _)| one.cmp(two));
            page(context, KINDS, args, all.into_iter(), keep)
        }
    }
}

/// `ordersCount`.
pub(super) fn count_orders(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("QueryRoot.ordersCount", &["savedSearchId"])?;
    let query = args.text("query").unwrap_or_default();
    let search = search(context, "ordersCount", query, &FIELDS)?;
    let state = context.state();
    let limit = args.int("limit").unwrap_or(10_000);
    let limit = usize::try_from(limit).unwrap_or_default();
    let found = state
        .orders
        .values()
        .filter(|one| visible(context, one) && search.finds(|term| holds(&state, one, term)));
    let counted = found.take(limit + 1).count();
    let precision = if counted > limit { "AT_LEAST" } else { "EXACT" };
    let counted = i32::try_from(counted.min(limit)).unwrap_or(i32::MAX);
    let fields = vec![
        ("count", Val::from(counted)),
        ("precision", Val::from(precision)),
    ];
    Ok(Val::record("Count", fields))
}

/// Before which no order can be found, by when it was changed.
fn earliest(search: &Search) -> Moment {
    let terms = search.only().unwrap_or_default().iter();
    let bounds = terms.filter(|term| {
        term.field.as_deref() == Some("updated_at")
            && term.comparison.starts_with('>')
            && term.is_wanted()
    });
    let latest = bounds.filter_map(|term| moment(&term.value)).max();
    latest.map_or(Moment(i64::MIN), whole_second)
}

fn holds(state: &State, order: &Order, term: &Term) -> Option<bool> {
    let any = |text: Option<&str>| text.is_some_and(|text| term.is(text));
    let at = |one: Moment| Some(term.compares(&whole_second(one), &moment(&term.value)?));
    Some(match term.field.as_deref() {
        None => {
            let lines = order.lines.iter();
            term.contains(&order.name())
                || order
                    .email
                    .as_deref()
                    .is_some_and(|email| term.contains(email))
                || lines
                    .filter_map(|line| line.sku.as_deref())
                    .any(|sku| term.begins(sku))
        }
        Some("id") if term.comparison.is_empty() => term.is(&order.id.to_string()),
        Some("id") => term.compares(&order.id, &term.value.parse().ok()?),
        Some("name") => term.is(&order.name()) || term.is(&order.number.to_string()),
        Some("created_at") => at(order.created)?,
        Some("processed_at") => at(order.processed)?,
        Some("updated_at") => at(order.updated)?,
        Some("status") => term.value.split(',').any(|word| stands(order, word.trim())),
        Some("financial_status") => any(order.financial_status()),
        Some("fulfillment_status") => {
            let status = order.fulfillment_status();
            term.value.split(',').any(|word| sent(status, word.trim()))
        }
        Some("return_status") => term.is("NO_RETURN"),
        Some("tag") => order.tags.iter().any(|tag| term.is(tag)),
        Some("tag_not") => !order.tags.iter().any(|tag| term.is(tag)),
        Some("sku") => {
            let skus = order.lines.iter().filter_map(|line| line.sku.as_deref());
            skus.into_iter().any(|sku| term.begins(sku))
        }
        Some("email") => any(order.email.as_deref()),
        Some("customer_id") => order.customer.is_some_and(|id| term.is(&id.to_string())),
        Some("location_id") => {
            let parts = order.fulfillment_orders.iter();
            parts.into_iter().any(|one| {
                state.locations.contains_key(&one.location) && term.is(&one.location.to_string())
            })
        }
        Some("source_name") => term.is(&order.source),
        Some("test") => term.is(if order.test { "true" } else { "false" }),
        Some("po_number") => any(order.po_number.as_deref()),
        Some("gateway") => order.transactions.iter().any(|one| term.is(&one.gateway)),
        Some("discount_code") => order.discount_codes.iter().any(|code| term.is(code)),
        Some("delivery_method") => {
            let mut methods = order.fulfillment_orders.iter().map(|one| one.method.word());
            methods.any(|word| term.is(word) || term.is(&word.replace('_', "-")))
        }
        Some(_) => return None,
    })
}

/// Whether an order is `open`, `closed`, `cancelled` or `not_closed`.
fn stands(order: &Order, word: &str) -> bool {
    let (closed, cancelled) = (order.closed.is_some(), order.cancelled.is_some());
    match word {
        "open" => !closed && !cancelled,
        "closed" => closed && !cancelled,
        "cancelled" => cancelled,
        "not_closed" => !closed,
        _ => false,
    }
}

/// Whether what is shown of an order is what a search calls by another word.
fn sent(status: &str, word: &str) -> bool {
    match word {
        "shipped" | "fulfilled" => status == "FULFILLED",
        "partial" => status == "PARTIALLY_FULFILLED",
        "unshipped" => status == "UNFULFILLED",
        "unfulfilled" => !["FULFILLED", "FULFILLMENT_NOT_REQUIRED"].contains(&status),
        _ => status.eq_ignore_ascii_case(word),
    }
}
