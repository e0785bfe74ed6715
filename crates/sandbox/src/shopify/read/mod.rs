//! What is asked for.

mod definitions;
mod files;
mod fulfillments;
mod inventory;
mod order_lines;
mod order_money;
mod order_search;
mod orders;
mod product_search;
mod products;
mod roots;
mod shop;
mod variants;

pub(super) use files::status as file_status;
pub(super) use fulfillments::{hold as shown_hold, need_scope as need_fulfillment_scope};
pub(super) use order_money::payment_named;
pub(super) use orders::{country_name, order_with_id};
pub(super) use products::{metafield, namespace_of, product_of};
pub(super) use roots::{root, search};

use super::engine::{Args, Context, Refusal, Thing, Val, gid};

/// One field of a thing that is no record.
pub(super) fn field(
    context: &Context<'_>,
    thing: &Thing,
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    match thing {
        Thing::Product(id) => products::field(context, *id, name, args),
        Thing::Variant(id) => variants::field(context, *id, name, args),
        Thing::Item(variant) => inventory::item(context, *variant, name, args),
        Thing::Level { variant, location } => {
            inventory::level(context, (*variant, *location), name, args)
        }
        Thing::Location(id) => inventory::location(context, *id, name, args),
        Thing::File(id) => files::field(context, *id, name, args),
        Thing::Collection(id) => shop::collection(context, *id, name),
        Thing::Publication(id) => shop::publication(context, *id, name),
        Thing::Order(id) => orders::field(context, *id, name, args),
        Thing::Line(id, order) => order_lines::field(context, (*id, *order), name, args),
        Thing::FulfillmentOrder(id, order) => {
            fulfillments::order_field(context, (*id, *order), name, args)
        }
        Thing::Fulfillment(id, order) => fulfillments::field(context, (*id, *order), name, args),
        Thing::Refund(id, order) => order_money::refund_field(context, (*id, *order), name, args),
        Thing::Query | Thing::Mutation | Thing::Record(_) => Err(not_here(thing.kind(), name)),
    }
}

/// A field that the practice shop does not know.
fn not_here(kind: &str, name: &str) -> Refusal {
    Refusal::unknown_here(format_args!("{kind}.{name}"))
}

/// The id of a thing, as it is written.
pub(super) fn id_of(context: &Context<'_>, thing: &Thing) -> String {
    let state = context.state();
    match thing {
        Thing::Product(id)
        | Thing::Variant(id)
        | Thing::Location(id)
        | Thing::File(id)
        | Thing::Collection(id)
        | Thing::Publication(id)
        | Thing::Order(id)
        | Thing::Line(id, _)
        | Thing::FulfillmentOrder(id, _)
        | Thing::Fulfillment(id, _)
        | Thing::Refund(id, _) => gid(thing.kind(), *id),
        Thing::Item(variant) => {
            let item = state
                .variants
                .get(variant)
                .map_or(0, |variant| variant.item);
            gid("InventoryItem", item)
        }
        Thing::Level { variant, location } => {
            let item = state
                .variants
                .get(variant)
                .map_or(0, |variant| variant.item);
            format!(
                "{}?inventory_item_id={item}",
                gid("InventoryLevel", *location)
            )
        }
        Thing::Query | Thing::Mutation | Thing::Record(_) => String::new(),
    }
}

/// How many there are.
fn count(count: usize) -> Val {
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    Val::record(
        "Count",
        vec![
            ("count", Val::from(count)),
            ("precision", Val::from("EXACT")),
        ],
    )
}

/// An amount with its currency.
fn amount(context: &Context<'_>, money: super::store::Money) -> Val {
    let currency = context.state().facts.currency.clone();
    let fields = vec![
        ("amount", Val::from(money.short())),
        ("currencyCode", Val::from(currency)),
    ];
    Val::record("MoneyV2", fields)
}
