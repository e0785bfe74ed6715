//! One order.

use serde_json::json;

use super::super::auth::need;
use super::super::engine::{Args, Context, Key, Refusal, Thing, Val, gid};
use super::super::store::{Address, Order, State, Sums};
use super::fulfillments::{connection_of, number};
use super::order_search::visible;
use super::roots::listed;
use super::{not_here, order_money};

/// The order with that number, if the app may see it.
pub(crate) fn order_with_id(context: &Context<'_>, id: u64) -> Option<u64> {
    let state = context.state();
    let order = state.orders.get(&id)?;
    visible(context, order).then_some(id)
}

/// `order`.
pub(super) fn order(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let id = args.must_id("id", "Order")?;
    Ok(order_with_id(context, id).map(Thing::Order).into())
}

/// Orders and what is in them, for `node`; nothing for what is of another kind.
pub(super) fn node(context: &Context<'_>, kind: &str, number: u64) -> Option<Option<Thing>> {
    let state = context.state();
    let part = || state.order_with(number).filter(|one| visible(context, one));
    Some(match kind {
        "Order" => state
            .orders
            .get(&number)
            .filter(|one| visible(context, one))
            .map(|_| Thing::Order(number)),
        "FulfillmentOrder" => part()
            .filter(|one| one.fulfillment_order(number).is_some())
            .map(|one| Thing::FulfillmentOrder(number, one.id)),
        "Fulfillment" => part()
            .filter(|one| one.fulfillment(number).is_some())
            .map(|one| Thing::Fulfillment(number, one.id)),
        _ => return None,
    })
}

/// One field of an order.
pub(super) fn field(
    context: &Context<'_>,
    id: u64,
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(order) = state.orders.get(&id) else {
        return Ok(Val::NULL);
    };
    if let Some(value) = plain(order, name) {
        return Ok(value);
    }
    if let Some(value) = sum(&state, order, name) {
        return Ok(value);
    }
    match name {
        "customer" => {
            need(context.scopes, "read_customers", "customer")?;
            Ok(customer(&state, order))
        }
        "currencyCode" => Ok(Val::from(state.facts.currency.as_str())),
        "lineItems" => {
            let nodes = order.lines.iter().enumerate();
            let nodes = nodes.map(|(place, line)| {
                (
                    Key::Number(number(place), line.id),
                    Thing::Line(line.id, id),
                )
            });
            connection_of(
                context,
                ("LineItemConnection", "LineItemEdge"),
                args,
                nodes.collect(),
            )
        }
        "shippingLines" => shipping_lines(context, &state, order, args),
        "fulfillmentOrders" => {
            args.without("Order.fulfillmentOrders", &["query"])?;
            super::fulfillments::of_order(context, order, args)
        }
        "fulfillments" => {
            args.without("Order.fulfillments", &["query"])?;
            let all = order.fulfillments.iter();
            let all = all.map(|one| Thing::Fulfillment(one.id, id));
            Ok(Val::things(first(all, args)))
        }
        "refunds" => {
            let all = order.refunds.iter().map(|one| Thing::Refund(one.id, id));
            Ok(Val::things(first(all, args)))
        }
        "transactions" => {
            args.without("Order.transactions", &["capturable", "manuallyResolvable"])?;
            let all = order.transactions.iter();
            let all = all.map(|one| order_money::transaction(&state, order, one));
            Ok(Val::List(first(all, args).collect()))
        }
        "suggestedRefund" => order_money::suggested(&state, order, args),
        _ => Err(not_here("Order", name)),
    }
}

/// As many as `first` asks for; all where it does not.
pub(super) fn first<T>(all: impl Iterator<Item = T>, args: &Args) -> impl Iterator<Item = T> {
    let count = args.int("first").map_or(usize::MAX, |count| {
        usize::try_from(count).unwrap_or_default()
    });
    all.take(count)
}

/// The fields that are words, moments and answers of yes or no.
fn plain(order: &Order, name: &str) -> Option<Val> {
    let at = |at: Option<crate::frame::Moment>| Val::from(at.map(crate::frame::Moment::rfc3339));
    Some(match name {
        "id" => Val::from(gid("Order", order.id)),
        "legacyResourceId" => Val::from(order.id.to_string()),
        "name" => Val::from(order.name()),
        "number" => Val::from(i64::from(order.number)),
        "confirmationNumber" => Val::from(confirmation(order.id)),
        "sourceName" => Val::from(&*order.source),
        "sourceIdentifier" => Val::from(order.source_identifier.as_deref()),
        "poNumber" => Val::from(order.po_number.as_deref()),
        "createdAt" => Val::from(order.created.rfc3339()),
        "processedAt" => Val::from(order.processed.rfc3339()),
        "updatedAt" => Val::from(order.updated.rfc3339()),
        "closedAt" => at(order.closed),
        "cancelledAt" => at(order.cancelled),
        "cancelReason" => Val::from(order.cancel_reason.as_deref()),
        "test" => Val::from(order.test),
        "confirmed" => Val::from(true),
        "closed" => Val::from(order.closed.is_some()),
        "edited" => Val::from(order.edited),
        "email" => Val::from(order.email.as_deref()),
        "phone" => Val::from(order.phone.as_deref()),
        "note" => Val::from(order.note.as_deref()),
        "tags" => Val::words(order.tags.iter().map(String::as_str)),
        "customAttributes" => attributes(&order.attributes),
        "displayFinancialStatus" => Val::from(order.financial_status()),
        "displayFulfillmentStatus" => Val::from(order.fulfillment_status()),
        "returnStatus" => Val::from("NO_RETURN"),
        "requiresShipping" => Val::from(order.lines.iter().any(|line| line.ships)),
        "taxesIncluded" => Val::from(order.taxes_included),
        "taxExempt" => Val::from(order.tax_exempt),
        "presentmentCurrencyCode" => Val::from(&*order.currency),
        "paymentGatewayNames" => Val::words(gateways(order)),
        "discountCodes" => Val::words(order.discount_codes.iter().map(String::as_str)),
        "canMarkAsPaid" => Val::from(order.can_be_marked_as_paid()),
        "fulfillable" => Val::from(
            order
                .fulfillment_orders
                .iter()
                .any(|one| one.remaining() > 0),
        ),
        "shippingAddress" => address(order.shipping.as_deref()),
        "billingAddress" => address(order.billing.as_deref()),
        _ => return None,
    })
}

/// The fields that are amounts.
fn sum(state: &State, order: &Order, name: &str) -> Option<Val> {
    let of: fn(&Sums) -> i64 = match name {
        "subtotalPriceSet" => |sums| sums.subtotal,
        "totalDiscountsSet" => |sums| sums.discounts,
        "totalTaxSet" => |sums| sums.tax,
        "totalShippingPriceSet" => |sums| sums.shipping,
        "totalPriceSet" => |sums| sums.total,
        "currentSubtotalPriceSet" => |sums| sums.current_subtotal,
        "currentShippingPriceSet" => |sums| sums.shipping - sums.refunded_shipping,
        "currentTotalTaxSet" => |sums| sums.current_tax,
        "currentTotalPriceSet" => |sums| sums.current_total,
        "totalRefundedSet" => |sums| sums.refunded,
        "totalRefundedShippingSet" => |sums| sums.refunded_shipping,
        "totalReceivedSet" => |sums| sums.received,
        "totalOutstandingSet" => Sums::outstanding,
        _ => return None,
    };
    Some(order_money::bag(state, order, of(&order.sums())))
}

/// What the customer is shown in place of the number.
fn confirmation(id: u64) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut rest = id.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let letter = |_| {
        let place = usize::try_from(rest % 32).unwrap_or_default();
        rest /= 32;
        char::from(LETTERS[place])
    };
    (0..9).map(letter).collect()
}

fn gateways(order: &Order) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for one in &order.transactions {
        if !names.contains(&&*one.gateway) {
            names.push(&one.gateway);
        }
    }
    names
}

pub(super) fn attributes(attributes: &[(String, String)]) -> Val {
    let one = |(key, value): &(String, String)| {
        let fields = vec![
            ("key", Val::from(key.as_str())),
            ("value", Val::from(value.as_str())),
        ];
        Val::record("Attribute", fields)
    };
    Val::List(attributes.iter().map(one).collect())
}

fn address(address: Option<&Address>) -> Val {
    let Some(one) = address else {
        return Val::NULL;
    };
    let names: Vec<&str> = [&one.first, &one.last]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    let country = one.country.as_deref();
    Val::record(
        "MailingAddress",
        vec![
            (
                "id",
                Val::from(format!(
                    "{}?model_name=Address",
                    gid("MailingAddress", one.id)
                )),
            ),
            (
                "name",
                Val::from((!names.is_empty()).then(|| names.join(" "))),
            ),
            ("firstName", Val::from(one.first.as_deref())),
            ("lastName", Val::from(one.last.as_deref())),
            ("company", Val::from(one.company.as_deref())),
            ("address1", Val::from(one.address1.as_deref())),
            ("address2", Val::from(one.address2.as_deref())),
            ("city", Val::from(one.city.as_deref())),
            ("province", Val::from(one.province.as_deref())),
            ("provinceCode", Val::from(one.province_code.as_deref())),
            ("zip", Val::from(one.zip.as_deref())),
            ("country", Val::from(country.and_then(country_name))),
            ("countryCodeV2", Val::from(country)),
            ("phone", Val::from(one.phone.as_deref())),
        ],
    )
}

/// The countries that the practice shop sends to.
const COUNTRIES: [(&str, &str); 16] = [
    ("AT", "Austria"),
    ("AU", "Australia"),
    ("BE", "Belgium"),
    ("CA", "Canada"),
    ("CH", "Switzerland"),
    ("DE", "Germany"),
    ("DK", "Denmark"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("IE", "Ireland"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("NL", "Netherlands"),
    ("PL", "Poland"),
    ("US", "United States"),
];

/// What a country is called; nothing for one that the practice shop does not know.
pub(crate) fn country_name(code: &str) -> Option<&'static str> {
    let found = COUNTRIES.iter().find(|(one, _)| *one == code);
    found.map(|(_, name)| *name)
}

fn customer(state: &State, order: &Order) -> Val {
    let found = order
        .customer
        .and_then(|id| Some((id, state.customers.get(&id)?)));
    let Some((id, one)) = found else {
        return Val::NULL;
    };
    let names: Vec<&str> = [&one.first, &one.last]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    let shown = if names.is_empty() {
        one.email.as_deref().unwrap_or_default().to_owned()
    } else {
        names.join(" ")
    };
    let boxed = |kind: &'static str, field: &'static str, text: Option<&str>| {
        text.map_or(Val::NULL, |text| {
            Val::record(kind, vec![(field, Val::from(json!(text)))])
        })
    };
    Val::record(
        "Customer",
        vec![
            ("id", Val::from(gid("Customer", id))),
            ("displayName", Val::from(shown)),
            ("firstName", Val::from(one.first.as_deref())),
            ("lastName", Val::from(one.last.as_deref())),
            (
                "defaultEmailAddress",
                boxed("CustomerEmailAddress", "emailAddress", one.email.as_deref()),
            ),
            (
                "defaultPhoneNumber",
                boxed("CustomerPhoneNumber", "phoneNumber", one.phone.as_deref()),
            ),
        ],
    )
}

fn shipping_lines(
    context: &Context<'_>,
    state: &State,
    order: &Order,
    args: &Args,
) -> Result<Val, Refusal> {
    let one = |(place, line): (usize, &super::super::store::Delivery)| {
        let price = order_money::bag(state, order, line.price);
        let fields = vec![
            ("id", Val::from(gid("ShippingLine", line.id))),
            ("title", Val::from(&*line.title)),
            ("code", Val::from(line.code.as_deref())),
            ("source", Val::from("shopify")),
            ("originalPriceSet", price.clone()),
            ("discountedPriceSet", price),
            ("taxLines", order_money::taxes(state, order, &line.taxes)),
        ];
        let key = Key::Number(number(place), line.id);
        match Val::record("ShippingLine", fields) {
            Val::Thing(thing) => (key, thing),
            _ => (key, Thing::Query),
        }
    };
    let nodes = order.deliveries.iter().enumerate().map(one).collect();
    listed(
        context,
        ("ShippingLineConnection", "ShippingLineEdge"),
        args,
        nodes,
    )
}
