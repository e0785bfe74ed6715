//! What an order says, and whether it is open and paid.

use super::super::engine::{Args, Context, Refusal, Thing, Val};
use super::super::read::{country_name, order_with_id};
use super::super::store::{Address, Order, State, Words, sorted_tags};
use super::complaint::{Complaint, payload};
use std::sync::Arc;

/// What an `OrderInput` may hold that the practice shop does nothing with.
const NOT_HERE: [&str; 3] = ["localizationExtensions", "localizedFields", "metafields"];
/// What an `OrderInput` can change.
const CHANGES: [&str; 7] = [
    "customAttributes",
    "email",
    "note",
    "phone",
    "poNumber",
    "shippingAddress",
    "tags",
];

/// Ends a mutation that is about one order.
fn ended(kind: &'static str, order: Option<u64>, complaints: &[Complaint]) -> Val {
    let fields = vec![("order", Val::from(order.map(Thing::Order)))];
    payload(kind, "UserError", fields, complaints)
}

fn missing(kind: &'static str) -> Val {
    let complaint = Complaint::without_code(&["id"], "Order does not exist");
    ended(kind, None, &[complaint])
}

/// The order of an input that names it as `id`, if the app may see it.
fn named(context: &Context<'_>, args: &Args) -> Result<(Args, Option<u64>), Refusal> {
    let input = args.object("input").unwrap_or_default();
    let id = input.must_id("id", "Order")?;
    Ok((input, order_with_id(context, id)))
}

/// `orderUpdate`.
pub(super) fn update(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KIND: &str = "OrderUpdatePayload";
    let (input, order) = named(context, args)?;
    input.without("OrderInput", &NOT_HERE)?;
    let Some(id) = order else {
        return Ok(missing(KIND));
    };
    if !CHANGES.iter().any(|key| input.has(key)) {
        let message = "No valid update parameters have been provided";
        let complaint = Complaint::without_code(&[], message);
        return Ok(ended(KIND, Some(id), &[complaint]));
    }
    let mut complaints = Vec::new();
    if input.text("phone").is_some_and(|phone| !is_phone(phone)) {
        complaints.push(Complaint::without_code(&["phone"], "Phone is invalid"));
    }
    if input.text("email").is_some_and(|email| !is_email(email)) {
        complaints.push(Complaint::without_code(&["email"], "Email is invalid"));
    }
    let address = match input.object("shippingAddress") {
        Some(address) => match read_address(context, &address)? {
            Ok(address) => Some(address),
            Err(wrong) => {
                let within = |one: Complaint| one.within(&["shippingAddress"]);
                complaints.extend(wrong.into_iter().map(within));
                None
            }
        },
        None => None,
    };
    if complaints.is_empty() {
        let now = context.now;
        let mut state = context.change();
        state.change_order(id, now, |_, order| write(order, &input, address));
    }
    Ok(ended(KIND, Some(id), &complaints))
}

fn write(order: &mut Order, input: &Args, address: Option<Address>) {
    let words = |key: &str| -> Words {
        input
            .text(key)
            .filter(|text| !text.is_empty())
            .map(Box::from)
    };
    if input.has("note") {
        order.note = words("note");
    }
    if input.has("poNumber") {
        order.po_number = words("poNumber");
    }
    if input.has("email") {
        order.email = words("email");
    }
    if input.has("phone") {
        order.phone = words("phone");
    }
    if let Some(tags) = input.texts("tags") {
        order.tags = sorted_tags(tags);
    }
    if let Some(attributes) = input.objects("customAttributes") {
        order.attributes = pairs(&attributes, "key");
    }
    if let Some(address) = address {
        order.shipping = Some(Arc::new(address));
    }
}

/// Names and values, of which the names stand under `key`.
pub(super) fn pairs(objects: &[Args], key: &str) -> Vec<(String, String)> {
    let text = |one: &Args, key: &str| String::from(one.text(key).unwrap_or_default());
    objects
        .iter()
        .map(|one| (text(one, key), text(one, "value")))
        .collect()
}

fn is_phone(phone: &str) -> bool {
    phone.is_empty() || phone.chars().filter(char::is_ascii_digit).count() >= 5
}

pub(super) fn is_email(email: &str) -> bool {
    email.is_empty()
        || email
            .split_once('@')
            .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

/// The address of an input, or what is wrong with it.
pub(super) fn read_address(
    context: &Context<'_>,
    input: &Args,
) -> Result<Result<Address, Vec<Complaint>>, Refusal> {
    input.without("MailingAddressInput", &["country", "province", "id"])?;
    let words = |key: &str| -> Words {
        let text = input.text(key).map(str::trim);
        text.filter(|text| !text.is_empty()).map(Box::from)
    };
    let country = words("countryCode");
    if let Some(code) = &country
        && country_name(code).is_none()
    {
        return Err(Refusal::unknown_here(format_args!("the country {code}")));
    }
    let mut complaints = Vec::new();
    if words("lastName").is_none() {
        complaints.push(Complaint::without_code(&["lastName"], "Enter a last name"));
    }
    if words("zip").is_none() {
        complaints.push(Complaint::without_code(&["zip"], "Enter a ZIP code"));
    }
    if !complaints.is_empty() {
        return Ok(Err(complaints));
    }
    Ok(Ok(Address {
        id: context.change().number(),
        first: words("firstName"),
        last: words("lastName"),
        company: words("company"),
        address1: words("address1"),
        address2: words("address2"),
        city: words("city"),
        // The names of provinces are not known here.
        province: words("provinceCode"),
        province_code: words("provinceCode"),
        zip: words("zip"),
        country,
        phone: words("phone"),
    }))
}

/// `orderClose`: what is closed stays so.
pub(super) fn close(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let (now, kind) = (context.now, "OrderClosePayload");
    change(context, args, kind, |_, order| {
        order.closed = order.closed.or(Some(now));
        None
    })
}

/// `orderOpen`: what is open stays so.
pub(super) fn open(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    change(context, args, "OrderOpenPayload", |_, order| {
        order.closed = None;
        None
    })
}

/// `orderMarkAsPaid`.
pub(super) fn mark_as_paid(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let now = context.now;
    change(context, args, "OrderMarkAsPaidPayload", |state, order| {
        if !order.can_be_marked_as_paid() {
            let message = "Order cannot be marked as paid.";
            return Some(Complaint::without_code(&["id"], message));
        }
        state.pay(order, "manual", now);
        None
    })
}

/// Changes an order, unless there is something to complain about; what is as it was is no update.
fn change(
    context: &Context<'_>,
    args: &Args,
    kind: &'static str,
    change: impl FnOnce(&mut State, &mut Order) -> Option<Complaint>,
) -> Result<Val, Refusal> {
    let (_, order) = named(context, args)?;
    let Some(id) = order else {
        return Ok(missing(kind));
    };
    let mut state = context.change();
    let before = state
        .orders
        .get(&id)
        .map(|one| (one.closed, one.transactions.len(), one.updated));
    let complaint = state.change_order(id, context.now, change).flatten();
    let after = state
        .orders
        .get(&id)
        .map(|one| (one.closed, one.transactions.len()));
    if let Some((closed, count, updated)) = before
        && after == Some((closed, count))
    {
        state.change_order(id, updated, |_, _| ());
    }
    drop(state);
    let complaints: Vec<Complaint> = complaint.into_iter().collect();
    Ok(ended(kind, Some(id), &complaints))
}
