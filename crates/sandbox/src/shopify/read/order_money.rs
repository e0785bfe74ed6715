//! The money of an order: amounts, taxes, transactions and refunds.

use super::super::engine::{Args, Context, Key, Refusal, Thing, Val, gid};
use super::super::store::{Money, Order, Payment, Restock, State, Tax, Transaction};
use super::fulfillments::number;
use super::not_here;
use super::roots::listed;

/// An amount as the shop counts it and as the customer saw it.
pub(super) fn bag(state: &State, order: &Order, amount: i64) -> Val {
    let money = |amount: i64, currency: &str| {
        let fields = vec![
            ("amount", Val::from(Money(i128::from(amount)).short())),
            ("currencyCode", Val::from(currency)),
        ];
        Val::record("MoneyV2", fields)
    };
    Val::record(
        "MoneyBag",
        vec![
            (
                "shopMoney",
                money(order.in_shop_currency(amount), &state.facts.currency),
            ),
            ("presentmentMoney", money(amount, &order.currency)),
        ],
    )
}

pub(super) fn taxes(state: &State, order: &Order, taxes: &[Tax]) -> Val {
    let one = |tax: &Tax| {
        let millionths = u32::try_from(tax.rate).unwrap_or_default();
        let fields = vec![
            ("title", Val::from(&*tax.title)),
            ("rate", Val::from(f64::from(millionths) / 1_000_000.0)),
            ("priceSet", bag(state, order, tax.amount)),
        ];
        Val::record("TaxLine", fields)
    };
    Val::List(taxes.iter().map(one).collect())
}

/// One transaction, with what it belongs to.
pub(super) fn transaction(state: &State, order: &Order, one: &Transaction) -> Val {
    let parent = order
        .transactions
        .iter()
        .find(|other| Some(other.id) == one.parent);
    let parent = parent.map_or(Val::NULL, |parent| transaction(state, order, parent));
    Val::record(
        "OrderTransaction",
        vec![
            ("id", Val::from(gid("OrderTransaction", one.id))),
            ("kind", Val::from(one.kind.word())),
            ("status", Val::from(one.status)),
            ("gateway", Val::from(&*one.gateway)),
            ("formattedGateway", Val::from(formatted(&one.gateway))),
            ("processedAt", Val::from(one.processed.rfc3339())),
            ("test", Val::from(order.test)),
            ("errorCode", Val::from(one.error)),
            ("amountSet", bag(state, order, one.amount)),
            ("parentTransaction", parent),
        ],
    )
}

/// `Shopify Payments`
fn formatted(gateway: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|one| one.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    let words: Vec<String> = gateway.split(['_', ' ']).map(word).collect();
    words.join(" ")
}

/// One field of a refund.
pub(super) fn refund_field(
    context: &Context<'_>,
    (id, order): (u64, u64),
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let order = state.orders.get(&order);
    let found = order.and_then(|order| {
        let refund = order.refunds.iter().find(|one| one.id == id)?;
        Some((order, refund))
    });
    let Some((order, refund)) = found else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("Refund", id)),
        "createdAt" | "processedAt" => Val::from(refund.created.rfc3339()),
        "note" => Val::from(refund.note.as_deref()),
        "totalRefundedSet" => bag(&state, order, refund.total),
        "refundLineItems" => {
            let one = |(place, line): (usize, &super::super::store::RefundLine)| {
                let fields = vec![
                    ("quantity", Val::from(i64::from(line.quantity))),
                    ("restockType", Val::from(line.restock.word())),
                    ("restocked", Val::from(line.restock != Restock::No)),
                    ("lineItem", Val::from(Thing::Line(line.line, order.id))),
                    ("location", Val::from(line.location.map(Thing::Location))),
                    ("subtotalSet", bag(&state, order, line.subtotal)),
                ];
                let key = Key::Number(number(place), line.line);
                match Val::record("RefundLineItem", fields) {
                    Val::Thing(thing) => (key, thing),
                    _ => (key, Thing::Query),
                }
            };
            let nodes = refund.lines.iter().enumerate().map(one).collect();
            let kinds = ("RefundLineItemConnection", "RefundLineItemEdge");
            return listed(context, kinds, args, nodes);
        }
        _ => return Err(not_here("Refund", name)),
    })
}

/// What the shop would give back for units of lines, and for shipping.
pub(super) fn suggested(state: &State, order: &Order, args: &Args) -> Result<Val, Refusal> {
    args.without("Order.suggestedRefund", &["refundDuties", "shippingAmount"])?;
    if args.text("refundMethodAllocation") == Some("STORE_CREDIT") {
        return Err(Refusal::unknown_here("refunds to store credit"));
    }
    let sums = order.sums();
    let full = args.flag("suggestFullRefund").unwrap_or_default();
    let mut amount = 0;
    for wish in args.objects("refundLineItems").unwrap_or_default() {
        let id = wish.must_id("lineItemId", "LineItem")?;
        let units = wish.int("quantity").and_then(|one| u32::try_from(one).ok());
        if let (Some(line), Some(units)) = (order.line(id), units) {
            let units = units.min(line.current());
            amount += line.net_of(units);
            amount += on_top(order, line.tax_of(units));
        }
    }
    if args.flag("refundShipping").unwrap_or_default() {
        amount += sums.shipping - sums.refunded_shipping;
    }
    let most: i64 = State::refundable(order).iter().map(|(_, rest)| rest).sum();
    let amount = if full { most } else { amount.min(most) };
    let mut left = amount;
    let mut transactions = Vec::new();
    for (id, rest) in State::refundable(order) {
        let part = rest.min(left);
        left -= part;
        let parent = order.transactions.iter().find(|one| one.id == id);
        if let Some(parent) = parent.filter(|_| part > 0) {
            let fields = vec![
                ("amountSet", bag(state, order, part)),
                ("gateway", Val::from(&*parent.gateway)),
                ("kind", Val::from("SUGGESTED_REFUND")),
                ("parentTransaction", transaction(state, order, parent)),
            ];
            transactions.push(Val::record("SuggestedOrderTransaction", fields));
        }
    }
    Ok(Val::record(
        "SuggestedRefund",
        vec![
            ("amountSet", bag(state, order, amount)),
            ("maximumRefundableSet", bag(state, order, most)),
            ("suggestedTransactions", Val::List(transactions)),
        ],
    ))
}

fn on_top(order: &Order, tax: i64) -> i64 {
    if order.taxes_included { 0 } else { tax }
}

/// The kind of a transaction by its word; nothing for one that no order here has.
pub(crate) fn payment_named(word: &str) -> Option<Payment> {
    let all = [
        Payment::Authorization,
        Payment::Capture,
        Payment::Sale,
        Payment::Refund,
        Payment::Void,
    ];
    all.into_iter().find(|one| one.word() == word)
}
