//! `orderCreate`, by which an app puts orders in.

use std::sync::Arc;

use super::super::engine::{Args, Context, Refusal, Thing, Val};
use super::super::read::payment_named;
use super::super::store::{
    Customer, Delivery, Line, Order, PAR, Payment, State, Transaction, Words, line_of, sorted_tags,
};
use super::complaint::{Complaint, payload};
use super::order_amounts::{Checked, amount, taxes};
use super::orders::{is_email, pairs, read_address};
use crate::frame::Moment;

/// What the input may hold that the practice shop does nothing with.
const NOT_HERE: [&str; 14] = [
    "closedAt",
    "companyLocationId",
    "customer",
    "customerId",
    "discountCode",
    "fulfillment",
    "fulfillmentStatus",
    "metafields",
    "name",
    "referringSite",
    "sourceUrl",
    "taxLines",
    "userId",
    "presentmentCurrency",
];
const NOT_HERE_OF_LINES: [&str; 3] = ["fulfillmentService", "productId", "weight"];

/// `orderCreate`.
pub(super) fn create(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let ended = |order: Option<u64>, complaints: &[Complaint]| {
        let fields = vec![("order", Val::from(order.map(Thing::Order)))];
        let errors = "OrderCreateUserError";
        payload("OrderCreatePayload", errors, fields, complaints)
    };
    let input = args.object("order").unwrap_or_default();
    let options = args.object("options").unwrap_or_default();
    input.without("OrderCreateOrderInput", &NOT_HERE)?;
    let behaviour = options.text("inventoryBehaviour").unwrap_or("BYPASS");
    match read(context, &input, behaviour)? {
        Ok(order) => Ok(ended(Some(put(context, order)), &[])),
        Err(complaint) => Ok(ended(None, &[complaint.within(&["order"])])),
    }
}

fn put(context: &Context<'_>, mut order: Order) -> u64 {
    let mut state = context.change();
    let (id, now) = (order.id, context.now);
    let lines: Vec<u64> = order.lines.iter().map(|line| line.id).collect();
    state.route(&mut order, &lines, now);
    state.commit(&order, now);
    state.put_order(order);
    id
}

fn read(context: &Context<'_>, input: &Args, behaviour: &str) -> Checked<Order> {
    let currency = context.state().facts.currency.clone();
    if input.text("currency").is_some_and(|one| one != currency) {
        return Err(Refusal::unknown_here(
            "orders in another currency than the shop's",
        ));
    }
    let processed = match checked(context, input) {
        Ok(processed) => processed,
        Err(complaint) => return Ok(Err(complaint)),
    };
    let words = |key: &str| -> Words { input.text(key).filter(|it| !it.is_empty()).map(Box::from) };
    let id = context.change().number();
    let number = context.state().next_order();
    let customer = customer(context, &words("email"));
    let mut order = Order {
        id,
        number,
        source: Arc::from(input.text("sourceName").unwrap_or("practice-app")),
        source_identifier: words("sourceIdentifier"),
        po_number: words("poNumber"),
        created: context.now,
        processed,
        updated: context.now,
        test: input.flag("test").unwrap_or_default(),
        taxes_included: input.flag("taxesIncluded").unwrap_or_default(),
        claims: behaviour != "BYPASS",
        email: words("email"),
        phone: words("phone"),
        note: words("note"),
        tags: sorted_tags(input.texts("tags").unwrap_or_default()),
        attributes: pairs(
            &input.objects("customAttributes").unwrap_or_default(),
            "key",
        ),
        currency: Arc::from(currency),
        rate: PAR,
        customer,
        ..Order::default()
    };
    if let Err(complaint) = addresses(context, input, &mut order)? {
        return Ok(Err(complaint));
    }
    if let Err(complaint) = goods(context, input, &mut order, behaviour)? {
        return Ok(Err(complaint));
    }
    match pay(context, input, &mut order)? {
        Ok(()) => Ok(Ok(order)),
        Err(complaint) => Ok(Err(complaint)),
    }
}

fn addresses(context: &Context<'_>, input: &Args, order: &mut Order) -> Checked<()> {
    for (key, billing) in [("shippingAddress", false), ("billingAddress", true)] {
        let Some(address) = input.object(key) else {
            continue;
        };
        match read_address(context, &address)? {
            Ok(address) if billing => order.billing = Some(Arc::new(address)),
            Ok(address) => order.shipping = Some(Arc::new(address)),
            Err(mut wrong) => return Ok(Err(wrong.remove(0).within(&[key]).coded("INVALID"))),
        }
    }
    Ok(Ok(()))
}

/// When the order counts as processed, unless that, or the e-mail address, is none.
fn checked(context: &Context<'_>, input: &Args) -> Result<Moment, Complaint> {
    if !is_email(input.text("email").unwrap_or_default()) {
        return Err(Complaint::new("INVALID", &["email"], "Email is invalid"));
    }
    match input.text("processedAt").map(Moment::parse) {
        Some(Some(at)) if at <= context.now => Ok(at),
        None => Ok(context.now),
        Some(_) => {
            let message = "Processed at must be in the past";
            let field = ["processedAt"];
            Err(Complaint::new("PROCESSED_AT_INVALID", &field, message))
        }
    }
}

/// Who gives an address is a customer from then on.
fn customer(context: &Context<'_>, email: &Words) -> Option<u64> {
    let email = email.as_ref()?;
    let known = |one: &Customer| one.email.as_ref() == Some(email);
    let mut state = context.change();
    let found = state.customers.iter().find(|(_, one)| known(one));
    if let Some(id) = found.map(|(id, _)| *id) {
        return Some(id);
    }
    let id = state.number();
    let made = Customer {
        first: None,
        last: None,
        email: Some(email.clone()),
        phone: None,
    };
    state.customers.insert(id, made);
    Some(id)
}

fn goods(context: &Context<'_>, input: &Args, order: &mut Order, behaviour: &str) -> Checked<()> {
    let wishes = input.objects("lineItems").unwrap_or_default();
    if wishes.is_empty() {
        let message = "Line items must have at least one line item";
        return Ok(Err(Complaint::new("INVALID", &["lineItems"], message)));
    }
    for (place, wish) in wishes.iter().enumerate() {
        let at = place.to_string();
        match line(context, wish, order.taxes_included)? {
            Ok(line) => order.lines.push(line),
            Err(complaint) => return Ok(Err(complaint.within(&["lineItems", &at]))),
        }
    }
    if behaviour == "DECREMENT_OBEYING_POLICY" {
        let state = context.state();
        if order.lines.iter().any(|line| is_short(&state, line)) {
            let message = "Unable to claim inventory";
            return Ok(Err(Complaint::new("INVENTORY_CLAIM_FAILED", &[], message)));
        }
    }
    for (place, wish) in input
        .objects("shippingLines")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let at = place.to_string();
        let within = ["shippingLines", at.as_str(), "priceSet"];
        let price = match amount(wish, "priceSet")? {
            Ok(price) => price.unwrap_or_default(),
            Err(complaint) => return Ok(Err(complaint.within(&within))),
        };
        let mut taxed = Line {
            quantity: 1,
            price,
            ..Line::default()
        };
        if let Err(complaint) = taxes(wish, &mut taxed, order.taxes_included)? {
            return Ok(Err(complaint.within(&within)));
        }
        order.deliveries.push(Delivery {
            id: context.change().number(),
            title: Arc::from(wish.text("title").unwrap_or_default()),
            code: wish.text("code").map(Arc::from),
            price,
            taxes: taxed.taxes,
        });
    }
    Ok(Ok(()))
}

/// Whether there is not enough of what must not be sold when it is out.
fn is_short(state: &State, line: &Line) -> bool {
    let variant = line.variant.and_then(|id| state.variants.get(&id));
    variant.is_some_and(|one| {
        one.tracked && one.policy == "DENY" && one.available() < i64::from(line.quantity)
    })
}

fn line(context: &Context<'_>, wish: &Args, included: bool) -> Checked<Line> {
    wish.without("OrderCreateLineItemInput", &NOT_HERE_OF_LINES)?;
    let number = context.change().number();
    let state = context.state();
    let mut line = match wish.id("variantId", "ProductVariant")? {
        Some(variant) => match line_of(&state, variant) {
            Some(line) => line,
            None => {
                let message = "Variant does not exist";
                return Ok(Err(Complaint::new("INVALID", &["variantId"], message)));
            }
        },
        None => Line {
            ships: wish.flag("requiresShipping").unwrap_or_default(),
            gift_card: wish.flag("giftCard").unwrap_or_default(),
            ..Line::default()
        },
    };
    line.id = number;
    line.taxable = wish.flag("taxable").unwrap_or(true);
    for (key, into) in [
        ("sku", &mut line.sku),
        ("variantTitle", &mut line.variant_title),
        ("vendor", &mut line.vendor),
    ] {
        if let Some(text) = wish.text(key) {
            *into = Some(Arc::from(text));
        }
    }
    if let Some(title) = wish.text("title") {
        line.title = Arc::from(title);
    }
    if line.title.is_empty() {
        return Ok(Err(Complaint::new(
            "INVALID",
            &["title"],
            "Title can't be blank",
        )));
    }
    let quantity = wish.int("quantity").and_then(|one| u32::try_from(one).ok());
    let Some(quantity) = quantity.filter(|one| (1..=1_000_000).contains(one)) else {
        let message = "Quantity must be greater than 0";
        return Ok(Err(Complaint::new("INVALID", &["quantity"], message)));
    };
    line.quantity = quantity;
    match amount(wish, "priceSet")? {
        Ok(Some(price)) => line.price = price,
        Ok(None) => {}
        Err(complaint) => return Ok(Err(complaint.within(&["priceSet"]))),
    }
    line.attributes = pairs(&wish.objects("properties").unwrap_or_default(), "name");
    match taxes(wish, &mut line, included)? {
        Ok(()) => Ok(Ok(line)),
        Err(complaint) => Ok(Err(complaint)),
    }
}

fn pay(context: &Context<'_>, input: &Args, order: &mut Order) -> Checked<()> {
    let wishes = input.objects("transactions").unwrap_or_default();
    for (place, wish) in wishes.iter().enumerate() {
        let at = place.to_string();
        let kind = payment_named(wish.text("kind").unwrap_or("SALE"));
        let status = match wish.text("status") {
            None | Some("SUCCESS") => "SUCCESS",
            Some("PENDING") => "PENDING",
            Some("FAILURE") => "FAILURE",
            Some(other) => {
                return Err(Refusal::unknown_here(format_args!(
                    "transactions that are {other}"
                )));
            }
        };
        let sum = match amount(wish, "amountSet")? {
            Ok(sum) => sum.unwrap_or_default(),
            Err(complaint) => {
                let within = ["transactions", at.as_str(), "amountSet"];
                return Ok(Err(complaint.within(&within)));
            }
        };
        let Some(kind @ (Payment::Sale | Payment::Authorization | Payment::Capture)) = kind else {
            return Err(Refusal::unknown_here(
                "transactions of this kind in orderCreate",
            ));
        };
        let gateway = wish.text("gateway").unwrap_or("manual");
        note(context, order, (kind, status, sum), gateway);
    }
    let total = order.sums().total;
    let whole = match input.text("financialStatus").filter(|_| wishes.is_empty()) {
        None => return Ok(Ok(())),
        Some("PENDING") => (Payment::Sale, "PENDING", total),
        Some("PAID") => (Payment::Sale, "SUCCESS", total),
        Some("AUTHORIZED") => (Payment::Authorization, "SUCCESS", total),
        Some(other) => {
            return Err(Refusal::unknown_here(format_args!(
                "new orders that are {other}"
            )));
        }
    };
    note(context, order, whole, "manual");
    Ok(Ok(()))
}

fn note(
    context: &Context<'_>,
    order: &mut Order,
    (kind, status, amount): (Payment, &'static str, i64),
    gateway: &str,
) {
    order.transactions.push(Transaction {
        id: context.change().number(),
        kind,
        status,
        gateway: Arc::from(gateway),
        processed: order.processed,
        amount,
        parent: None,
        error: None,
    });
}
