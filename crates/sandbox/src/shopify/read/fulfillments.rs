//! What is to be sent, and what was.

use super::super::auth::allows;
use super::super::engine::{Args, Context, Key, Kinds, Refusal, Thing, Val, gid, page};
use super::super::store::{
    Fulfillment, FulfillmentOrder, FulfillmentOrderStatus as Status, Hold, Order, Tracking,
};
use super::order_search::visible;
use super::orders::{first, node};
use super::roots::{listed, moment, search, sort_key};
use super::{not_here, product_search::whole_second};
use crate::frame::Moment;

const KINDS: Kinds = Kinds {
    connection: "FulfillmentOrderConnection",
    edge: "FulfillmentOrderEdge",
    root: true,
};
/// What a search for fulfilment orders knows.
const FIELDS: [&str; 5] = [
    "id",
    "status",
    "updated_at",
    "assigned_location_id",
    "order_id",
];

/// A place as a number.
pub(super) fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

/// A connection of things that are at hand, in the order in which they stand.
pub(super) fn connection_of(
    context: &Context<'_>,
    kinds: (&'static str, &'static str),
    args: &Args,
    nodes: Vec<(Key, Thing)>,
) -> Result<Val, Refusal> {
    listed(context, kinds, args, nodes)
}

/// Refuses who may see no fulfilment orders of any kind.
pub(crate) fn need_scope(context: &Context<'_>, access: &str, field: &str) -> Result<(), Refusal> {
    let kinds = [
        "merchant_managed_fulfillment_orders",
        "third_party_fulfillment_orders",
        "assigned_fulfillment_orders",
    ];
    let may = |kind: &&str| allows(context.scopes, &format!("{access}_{kind}"));
    if kinds.iter().any(may) {
        return Ok(());
    }
    super::super::auth::need(context.scopes, &format!("{access}_{}", kinds[0]), field)
}

/// `fulfillmentOrder`.
pub(super) fn one_order(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    need_scope(context, "read", "fulfillmentOrder")?;
    let id = args.must_id("id", "FulfillmentOrder")?;
    Ok(node(context, "FulfillmentOrder", id).flatten().into())
}

/// A page of `fulfillmentOrders`.
pub(super) fn page_of_orders(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    need_scope(context, "read", "fulfillmentOrders")?;
    let query = args.text("query").unwrap_or_default();
    let search = search(context, "fulfillmentOrders", query, &FIELDS)?;
    let sort = sort_key(args, &["ID", "UPDATED_AT"], "ID")?;
    let closed = args.flag("includeClosed").unwrap_or_default();
    let state = context.state();
    let mut all: Vec<(Key, Thing)> = Vec::new();
    let mut add = |order: &Order, one: &FulfillmentOrder| {
        let key = if sort == "ID" {
            Key::Number(0, one.id)
        } else {
            Key::Number(one.updated.0, one.id)
        };
        all.push((key, Thing::FulfillmentOrder(one.id, order.id)));
    };
    if closed {
        for order in state.orders.values() {
            order
                .fulfillment_orders
                .iter()
                .for_each(|one| add(order, one));
        }
    } else {
        for (_, id) in state.open_fulfillment_orders() {
            let order = state.order_with(id);
            if let Some((order, one)) = order.and_then(|it| Some((it, it.fulfillment_order(id)?))) {
                add(order, one);
            }
        }
    }
    all.sort_by(|(one, _), (two, _)| one.cmp(two));
    let keep = |thing: &Thing| {
        let Thing::FulfillmentOrder(id, order) = thing else {
            return false;
        };
        let found = state.orders.get(order);
        let Some((order, one)) = found.and_then(|it| Some((it, it.fulfillment_order(*id)?))) else {
            return false;
        };
        visible(context, order)
            && search.finds(|term| {
                Some(match term.field.as_deref()? {
                    "id" => term.is(&id.to_string()),
                    "status" => term.is(one.status.word()),
                    "order_id" => term.is(&order.id.to_string()),
                    "assigned_location_id" => term.is(&one.location.to_string()),
                    "updated_at" => {
                        term.compares(&whole_second(one.updated), &moment(&term.value)?)
                    }
                    _ => return None,
                })
            })
    };
    page(context, KINDS, args, all.into_iter(), keep)
}

/// The fulfilment orders of an order.
pub(super) fn of_order(context: &Context<'_>, order: &Order, args: &Args) -> Result<Val, Refusal> {
    need_scope(context, "read", "fulfillmentOrders")?;
    let nodes = order.fulfillment_orders.iter().enumerate();
    let nodes = nodes.map(|(place, one)| {
        let key = Key::Number(number(place), one.id);
        (key, Thing::FulfillmentOrder(one.id, order.id))
    });
    let kinds = (KINDS.connection, KINDS.edge);
    connection_of(context, kinds, args, nodes.collect())
}

/// One field of a fulfilment order.
pub(super) fn order_field(
    context: &Context<'_>,
    (id, order): (u64, u64),
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let found = state.orders.get(&order);
    let Some((order, one)) = found.and_then(|it| Some((it, it.fulfillment_order(id)?))) else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("FulfillmentOrder", id)),
        "status" => Val::from(one.status.word()),
        "requestStatus" => Val::from("UNSUBMITTED"),
        "updatedAt" => Val::from(one.updated.rfc3339()),
        "fulfillAt" => Val::from(one.fulfill_at.rfc3339()),
        "fulfillBy" => Val::NULL,
        "orderId" => Val::from(gid("Order", order.id)),
        "orderName" => Val::from(order.name()),
        "assignedLocation" => {
            let name = state.locations.get(&one.location);
            let name = name.map_or("", |place| place.name.as_str());
            Val::record(
                "FulfillmentOrderAssignedLocation",
                vec![
                    ("name", Val::from(name)),
                    ("location", Val::from(Thing::Location(one.location))),
                ],
            )
        }
        "deliveryMethod" => {
            let title = order.deliveries.first().map(|line| line.title.to_string());
            Val::record(
                "DeliveryMethod",
                vec![
                    ("id", Val::from(gid("DeliveryMethod", id))),
                    ("methodType", Val::from(one.method.word())),
                    ("presentedName", Val::from(title)),
                ],
            )
        }
        "supportedActions" => Val::List(actions(one).iter().map(|it| action(it)).collect()),
        "fulfillmentHolds" => Val::List(one.holds.iter().map(hold).collect()),
        "destination" => destination(order, one),
        "lineItems" => {
            let nodes = one.lines.iter().enumerate().map(|(place, line)| {
                (
                    Key::Number(number(place), line.id),
                    part(&state, order, line),
                )
            });
            let kinds = (
                "FulfillmentOrderLineItemConnection",
                "FulfillmentOrderLineItemEdge",
            );
            return connection_of(context, kinds, args, nodes.collect());
        }
        _ => return Err(not_here("FulfillmentOrder", name)),
    })
}

fn part(
    state: &super::super::store::State,
    order: &Order,
    line: &super::super::store::FulfillmentOrderLine,
) -> Thing {
    let sold = order.line(line.line);
    let variant = sold.and_then(|sold| state.variants.get(&sold.variant?));
    let item = variant.map(|one| gid("InventoryItem", one.item));
    let fields = vec![
        ("id", Val::from(gid("FulfillmentOrderLineItem", line.id))),
        ("totalQuantity", Val::from(i64::from(line.total))),
        ("remainingQuantity", Val::from(i64::from(line.remaining))),
        ("sku", Val::from(sold.and_then(|sold| sold.sku.as_deref()))),
        ("inventoryItemId", Val::from(item)),
        ("lineItem", Val::from(Thing::Line(line.line, order.id))),
    ];
    thing("FulfillmentOrderLineItem", fields)
}

fn thing(kind: &'static str, fields: Vec<(&'static str, Val)>) -> Thing {
    Thing::Record(super::super::engine::Record { kind, fields })
}

/// What can be done with a fulfilment order.
fn actions(one: &FulfillmentOrder) -> &'static [&'static str] {
    match one.status {
        Status::Open if one.remaining() > 1 => &[
            "CREATE_FULFILLMENT",
            "REPORT_PROGRESS",
            "MOVE",
            "HOLD",
            "SPLIT",
        ],
        Status::Open => &["CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD"],
        Status::InProgress => &["CREATE_FULFILLMENT", "REPORT_PROGRESS", "HOLD"],
        Status::Scheduled => &["MARK_AS_OPEN"],
        Status::OnHold => &["RELEASE_HOLD", "HOLD", "MOVE"],
        Status::Closed => &[],
    }
}

fn action(name: &str) -> Val {
    let fields = vec![("action", Val::from(name)), ("externalUrl", Val::NULL)];
    Val::record("FulfillmentOrderSupportedAction", fields)
}

/// A hold, as it is told.
pub(crate) fn hold(hold: &Hold) -> Val {
    Val::record(
        "FulfillmentHold",
        vec![
            ("id", Val::from(gid("FulfillmentHold", hold.id))),
            (
                "handle",
                Val::from((!hold.handle.is_empty()).then_some(&*hold.handle)),
            ),
            ("reason", Val::from(&*hold.reason)),
            ("reasonNotes", Val::from(hold.notes.as_deref())),
        ],
    )
}

fn destination(order: &Order, one: &FulfillmentOrder) -> Val {
    let Some(address) = &order.shipping else {
        return Val::NULL;
    };
    Val::record(
        "FulfillmentOrderDestination",
        vec![
            ("id", Val::from(gid("FulfillmentOrderDestination", one.id))),
            ("firstName", Val::from(address.first.as_deref())),
            ("lastName", Val::from(address.last.as_deref())),
            ("company", Val::from(address.company.as_deref())),
            ("address1", Val::from(address.address1.as_deref())),
            ("address2", Val::from(address.address2.as_deref())),
            ("city", Val::from(address.city.as_deref())),
            ("province", Val::from(address.province.as_deref())),
            ("zip", Val::from(address.zip.as_deref())),
            ("countryCode", Val::from(address.country.as_deref())),
            ("phone", Val::from(address.phone.as_deref())),
            ("email", Val::from(order.email.as_deref())),
        ],
    )
}

/// One field of a fulfilment.
pub(super) fn field(
    context: &Context<'_>,
    (id, order): (u64, u64),
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let found = state.orders.get(&order);
    let Some((order, one)) = found.and_then(|it| Some((it, it.fulfillment(id)?))) else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("Fulfillment", id)),
        "name" => Val::from(format!("{}-F{}", order.name(), one.place)),
        "status" => Val::from(if one.cancelled {
            "CANCELLED"
        } else {
            "SUCCESS"
        }),
        "displayStatus" => Val::from(shown_status(one)),
        "createdAt" => Val::from(one.created.rfc3339()),
        "updatedAt" => Val::from(one.updated.rfc3339()),
        "deliveredAt" => Val::from(one.delivered.map(Moment::rfc3339)),
        "totalQuantity" => Val::from(
            one.lines
                .iter()
                .map(|line| i64::from(line.quantity))
                .sum::<i64>(),
        ),
        "location" => Val::from(Thing::Location(one.location)),
        "trackingInfo" => {
            let all = one.tracking.iter().map(tracking);
            Val::List(first(all, args).collect())
        }
        "fulfillmentLineItems" => {
            let nodes = one.lines.iter().enumerate().map(|(place, line)| {
                let fields = vec![
                    ("id", Val::from(gid("FulfillmentLineItem", line.id))),
                    ("quantity", Val::from(i64::from(line.quantity))),
                    ("lineItem", Val::from(Thing::Line(line.line, order.id))),
                ];
                let key = Key::Number(number(place), line.id);
                (key, thing("FulfillmentLineItem", fields))
            });
            let kinds = ("FulfillmentLineItemConnection", "FulfillmentLineItemEdge");
            return connection_of(context, kinds, args, nodes.collect());
        }
        _ => return Err(not_here("Fulfillment", name)),
    })
}

fn shown_status(one: &Fulfillment) -> String {
    if one.cancelled {
        return String::from("CANCELED");
    }
    String::from(one.event.as_deref().unwrap_or("FULFILLED"))
}

fn tracking(one: &Tracking) -> Val {
    Val::record(
        "FulfillmentTrackingInfo",
        vec![
            ("company", Val::from(one.company.as_deref())),
            ("number", Val::from(one.number.as_deref())),
            ("url", Val::from(one.url.as_deref())),
        ],
    )
}
