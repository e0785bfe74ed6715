//! Refunds.

use super::super::engine::{Args, Context, Refusal, Thing, Val};
use super::super::read::order_with_id;
use super::super::store::{Money, Order, RefundUnits, RefundWish, Restock, State};
use super::complaint::{Complaint, payload};

/// What a `RefundInput` may hold that the practice shop does nothing with.
const NOT_HERE: [&str; 2] = ["refundDuties", "processedAt"];

/// `refundCreate`.
pub(super) fn create(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let ended = |refund: Option<Thing>, order: Option<u64>, complaints: &[Complaint]| {
        let fields = vec![
            ("refund", Val::from(refund)),
            ("order", Val::from(order.map(Thing::Order))),
        ];
        payload("RefundCreatePayload", "UserError", fields, complaints)
    };
    let input = args.object("input").unwrap_or_default();
    input.without("RefundInput", &NOT_HERE)?;
    if input
        .list("refundMethods")
        .is_some_and(|list| !list.is_empty())
    {
        return Err(Refusal::unknown_here("RefundInput.refundMethods"));
    }
    let wanted = input.must_id("orderId", "Order")?;
    let Some(id) = order_with_id(context, wanted) else {
        let complaint = Complaint::without_code(&["orderId"], "Order does not exist");
        return Ok(ended(None, None, &[complaint]));
    };
    let wish = {
        let state = context.state();
        match state
            .orders
            .get(&id)
            .map(|order| read(&state, order, &input))
        {
            Some(wish) => wish?,
            None => return Ok(Val::NULL),
        }
    };
    let wish = match wish {
        Ok(wish) => wish,
        Err(complaint) => return Ok(ended(None, Some(id), &[complaint])),
    };
    let now = context.now;
    let done = context
        .change()
        .change_order(id, now, |state, order| state.refund(order, &wish, now));
    Ok(ended(
        done.map(|refund| Thing::Refund(refund, id)),
        Some(id),
        &[],
    ))
}

fn read(
    state: &State,
    order: &Order,
    input: &Args,
) -> Result<Result<RefundWish, Complaint>, Refusal> {
    if input
        .text("currency")
        .is_some_and(|one| *one != *order.currency)
    {
        return Err(Refusal::unknown_here(
            "refunds in another currency than the order's",
        ));
    }
    let mut wish = RefundWish {
        note: input
            .text("note")
            .filter(|note| !note.is_empty())
            .map(Box::from),
        ..RefundWish::default()
    };
    for (place, line) in input
        .objects("refundLineItems")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        match units(state, order, line, &wish.lines)? {
            Ok(units) => wish.lines.push(units),
            Err(complaint) => {
                let within = ["refundLineItems", &place.to_string()];
                return Ok(Err(complaint.within(&within)));
            }
        }
    }
    if let Some(shipping) = input.object("shipping") {
        let sums = order.sums();
        let most = sums.shipping - sums.refunded_shipping;
        let asked = shipping.text("amount").and_then(amount).unwrap_or_default();
        let full = shipping.flag("fullRefund").unwrap_or_default();
        wish.shipping = if full { most } else { asked };
        if wish.shipping > most {
            let message = "Shipping amount cannot exceed the amount that can be refunded.";
            let field = ["shipping", "amount"];
            return Ok(Err(Complaint::without_code(&field, message)));
        }
    }
    if input.flag("allowOverRefunding") == Some(true) {
        return Err(Refusal::unknown_here("refunding more than was paid"));
    }
    match money(order, input)? {
        Ok(money) => wish.money = money,
        Err(complaint) => return Ok(Err(complaint)),
    }
    if wish.lines.is_empty() && wish.shipping == 0 && wish.money.is_empty() {
        let message = "Refund must have line items, shipping or transactions.";
        return Ok(Err(Complaint::without_code(&[], message)));
    }
    Ok(Ok(wish))
}

fn units(
    state: &State,
    order: &Order,
    wish: &Args,
    before: &[RefundUnits],
) -> Result<Result<RefundUnits, Complaint>, Refusal> {
    let id = wish.must_id("lineItemId", "LineItem")?;
    let Some(line) = order.line(id) else {
        let message = "Line item does not exist";
        return Ok(Err(Complaint::without_code(&["lineItemId"], message)));
    };
    let asked = wish.int("quantity").unwrap_or_default();
    let taken: u32 = before
        .iter()
        .filter(|one| one.line == id)
        .map(|one| one.units)
        .sum();
    let left = i64::from(line.current().saturating_sub(taken));
    if asked <= 0 || asked > left {
        let message = "Quantity cannot refund more items than were purchased";
        return Ok(Err(Complaint::without_code(&["quantity"], message)));
    }
    let location = wish.id("locationId", "Location")?;
    if location.is_some_and(|id| !state.locations.contains_key(&id)) {
        let message = "Location does not exist";
        return Ok(Err(Complaint::without_code(&["locationId"], message)));
    }
    let restock = match wish.text("restockType") {
        Some("CANCEL") => Restock::Cancel,
        Some("RETURN") => Restock::Return,
        Some("LEGACY_RESTOCK") => {
            let message = "Restock type legacy_restock is not accepted";
            return Ok(Err(Complaint::without_code(&["restockType"], message)));
        }
        _ => Restock::No,
    };
    Ok(Ok(RefundUnits {
        line: id,
        units: u32::try_from(asked).unwrap_or_default(),
        restock,
        location,
    }))
}

fn amount(text: &str) -> Option<i64> {
    i64::try_from(Money::parse(text)?.0).ok()
}

/// Which payments are given back, and how much of each. The amounts are in the order's own currency.
fn money(order: &Order, input: &Args) -> Result<Result<Vec<(u64, i64)>, Complaint>, Refusal> {
    let mut money: Vec<(u64, i64)> = Vec::new();
    let plain = |message: String| Ok(Err(Complaint::without_code(&[], message)));
    for wish in input.objects("transactions").unwrap_or_default() {
        let kind = wish.text("kind").unwrap_or_default();
        if kind != "REFUND" && kind != "SUGGESTED_REFUND" {
            let kind = kind.to_lowercase();
            return plain(format!("Kind {kind} is not a valid transaction"));
        }
        let parent = wish.id("parentId", "OrderTransaction")?;
        let parent = parent.filter(|id| order.transactions.iter().any(|one| one.id == *id));
        let Some(parent) = parent else {
            let message = "Transactions require a parent_id associated with the order";
            return Ok(Err(Complaint::without_code(&["transactions"], message)));
        };
        let asked = amount(wish.text("amount").unwrap_or_default());
        let Some(asked) = asked.filter(|asked| *asked > 0) else {
            return plain(String::from("Refund amount should be positive"));
        };
        money.push((parent, asked));
    }
    let sums = order.sums();
    let (asked, left) = (
        money.iter().map(|(_, asked)| asked).sum::<i64>(),
        sums.received - sums.refunded,
    );
    if asked > left {
        let shown = |amount: i64| Money(i128::from(amount)).plain();
        return plain(format!(
            "Refund amount {} is greater than net payment received {}",
            shown(asked),
            shown(left)
        ));
    }
    Ok(Ok(money))
}
