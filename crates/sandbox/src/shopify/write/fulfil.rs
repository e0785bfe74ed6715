//! Sending: fulfilments, their parcels, and what is told of them.

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid};
use super::super::read::order_with_id;
use super::super::store::{
    Fulfillment, FulfillmentOrder, FulfillmentOrderStatus, Picks, Tracking, Words,
};
use super::complaint::{Complaint, payload};
use crate::frame::Moment;

/// What is to be sent: from which order, and what of its fulfilment orders.
type Parcel = (u64, Vec<(u64, Picks)>);

fn wrong(message: impl Into<String>) -> Complaint {
    Complaint::without_code(&["fulfillment"], message)
}

/// `fulfillmentCreate`. It has no key: asked twice, it is refused the second time because nothing is
/// left, or sends again what is.
pub(super) fn create(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KIND: &str = "FulfillmentCreatePayload";
    let ended = |fulfillment: Option<Thing>, complaints: &[Complaint]| {
        let fields = vec![("fulfillment", Val::from(fulfillment))];
        payload(KIND, "UserError", fields, complaints)
    };
    let input = args.object("fulfillment").unwrap_or_default();
    let (order, picks) = match read(context, &input)? {
        Ok(parcel) => parcel,
        Err(complaint) => return Ok(ended(None, &[complaint])),
    };
    let tracking = read_tracking(&input.object("trackingInfo").unwrap_or_default());
    let now = context.now;
    let sent = context.change().change_order(order, now, |state, order| {
        state.send(order, &picks, tracking, now)
    });
    Ok(ended(sent.map(|id| Thing::Fulfillment(id, order)), &[]))
}

fn read(context: &Context<'_>, input: &Args) -> Result<Result<Parcel, Complaint>, Refusal> {
    let mut found: Option<(u64, u64)> = None;
    let mut picks = Vec::new();
    let groups = input
        .objects("lineItemsByFulfillmentOrder")
        .unwrap_or_default();
    for (place, group) in groups.iter().enumerate() {
        let id = group.must_id("fulfillmentOrderId", "FulfillmentOrder")?;
        let state = context.state();
        let order = state.order_with(id);
        let order = order.filter(|order| order_with_id(context, order.id).is_some());
        let Some((order, one)) = order.and_then(|it| Some((it, it.fulfillment_order(id)?))) else {
            return Ok(Err(wrong("Fulfillment order does not exist.")));
        };
        let (first, location) = *found.get_or_insert((order.id, one.location));
        if first != order.id {
            let message = "All fulfillment orders must belong to the same order.";
            return Ok(Err(wrong(message)));
        }
        if location != one.location {
            let message = "All fulfillment orders must be assigned to a single location.";
            return Ok(Err(wrong(message)));
        }
        match pick(one, group, place)? {
            Ok(units) => picks.push((id, units)),
            Err(complaint) => return Ok(Err(complaint)),
        }
    }
    let Some((order, _)) = found else {
        return Ok(Err(wrong("Fulfillment order does not exist.")));
    };
    Ok(Ok((order, picks)))
}

/// What of a fulfilment order is to be sent: what is named, or all that remains.
fn pick(
    one: &FulfillmentOrder,
    group: &Args,
    place: usize,
) -> Result<Result<Picks, Complaint>, Refusal> {
    let can_be_sent = [
        FulfillmentOrderStatus::Open,
        FulfillmentOrderStatus::InProgress,
    ];
    if !can_be_sent.contains(&one.status) {
        let status = one.status.word().to_lowercase();
        let message = format!(
            "Fulfillment order {} has an unfulfillable status= {status}.",
            one.id
        );
        return Ok(Err(wrong(message)));
    }
    let named = group
        .objects("fulfillmentOrderLineItems")
        .unwrap_or_default();
    if named.is_empty() {
        let rest = one.lines.iter().filter(|line| line.remaining > 0);
        return Ok(Ok(rest.map(|line| (line.id, line.remaining)).collect()));
    }
    let groups = [
        "fulfillment",
        "lineItemsByFulfillmentOrder",
        &place.to_string(),
    ];
    Ok(match read_picks(one, &named)? {
        Ok(picks) => Ok(picks),
        Err(PickError::NoLine) => Err(wrong("Fulfillment order line item does not exist.")),
        Err(PickError::TooMany) => Err(wrong(
            "Invalid fulfillment order line item quantity requested.",
        )),
        Err(PickError::None(nth)) => {
            let field = ["fulfillmentOrderLineItems", &nth.to_string(), "quantity"];
            Err(Complaint::without_code(&field, "Quantity must be greater than 0").within(&groups))
        }
    })
}

/// Why units of a fulfilment order cannot be taken.
pub(super) enum PickError {
    NoLine,
    TooMany,
    /// Of the nth line there are none asked for.
    None(usize),
}

/// Reads which units of a fulfilment order are meant.
pub(super) fn read_picks(
    one: &FulfillmentOrder,
    named: &[Args],
) -> Result<Result<Picks, PickError>, Refusal> {
    let mut picks: Picks = Vec::new();
    for (nth, wish) in named.iter().enumerate() {
        let id = wish.must_id("id", "FulfillmentOrderLineItem")?;
        let Some(line) = one.lines.iter().find(|line| line.id == id) else {
            return Ok(Err(PickError::NoLine));
        };
        let units = wish.int("quantity").unwrap_or_default();
        if units <= 0 {
            return Ok(Err(PickError::None(nth)));
        }
        let before = picks.iter().filter(|(pick, _)| *pick == id);
        let before: u32 = before.map(|(_, units)| *units).sum();
        let rest = line.remaining.saturating_sub(before);
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        if units > rest {
            return Ok(Err(PickError::TooMany));
        }
        picks.push((id, units));
    }
    Ok(Ok(picks))
}

/// One parcel, or several with a number each.
fn read_tracking(input: &Args) -> Vec<Tracking> {
    let words = |key: &str| -> Words { input.text(key).filter(|it| !it.is_empty()).map(Box::from) };
    let list = |many: &str, one: &str| -> Vec<Words> {
        let texts = input.texts(many).unwrap_or_default();
        if texts.is_empty() {
            return vec![words(one)];
        }
        texts.into_iter().map(|it| Some(Box::from(it))).collect()
    };
    let (numbers, urls) = (list("numbers", "number"), list("urls", "url"));
    let count = numbers.len().max(urls.len());
    let all = (0..count).map(|place| Tracking {
        company: words("company"),
        number: numbers.get(place).cloned().flatten(),
        url: urls.get(place).cloned().flatten(),
    });
    all.filter(|one| *one != Tracking::default()).collect()
}

/// The fulfilment of an id, with its order, if the app may see it.
fn there(context: &Context<'_>, id: u64) -> Option<u64> {
    let state = context.state();
    let order = state
        .order_with(id)
        .filter(|one| one.fulfillment(id).is_some());
    order_with_id(context, order?.id)
}

/// `fulfillmentTrackingInfoUpdate`: one that was cancelled too.
pub(super) fn update_tracking(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KIND: &str = "FulfillmentTrackingInfoUpdatePayload";
    let id = args.must_id("fulfillmentId", "Fulfillment")?;
    let tracking = read_tracking(&args.object("trackingInfoInput").unwrap_or_default());
    change(context, id, (KIND, "fulfillmentId"), |one, now| {
        one.tracking = tracking;
        one.updated = now;
    })
}

fn change(
    context: &Context<'_>,
    id: u64,
    (kind, field): (&'static str, &str),
    change: impl FnOnce(&mut Fulfillment, Moment),
) -> Result<Val, Refusal> {
    let Some(order) = there(context, id) else {
        return Ok(missing(kind, field));
    };
    let now = context.now;
    context.change().change_order(order, now, |_, order| {
        let found = order.fulfillments.iter_mut().find(|one| one.id == id);
        if let Some(one) = found {
            change(one, now);
        }
    });
    let fields = vec![("fulfillment", Val::from(Thing::Fulfillment(id, order)))];
    Ok(payload(kind, "UserError", fields, &[]))
}

fn missing(kind: &'static str, field: &str) -> Val {
    let complaint = Complaint::without_code(&[field], "Fulfillment does not exist.");
    let fields = vec![("fulfillment", Val::NULL), ("fulfillmentEvent", Val::NULL)];
    payload(kind, "UserError", fields, &[complaint])
}

/// `fulfillmentCancel`: a second time changes nothing, and is no error.
pub(super) fn cancel(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KIND: &str = "FulfillmentCancelPayload";
    let id = args.must_id("id", "Fulfillment")?;
    let Some(order) = there(context, id) else {
        return Ok(missing(KIND, "id"));
    };
    let now = context.now;
    let is_sent = context
        .state()
        .orders
        .get(&order)
        .and_then(|order| order.fulfillment(id))
        .is_some_and(|one| !one.cancelled);
    if is_sent {
        context
            .change()
            .change_order(order, now, |state, order| state.unsend(order, id, now));
    }
    let fields = vec![("fulfillment", Val::from(Thing::Fulfillment(id, order)))];
    Ok(payload(KIND, "UserError", fields, &[]))
}

/// `fulfillmentEventCreate`.
pub(super) fn tell(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KIND: &str = "FulfillmentEventCreatePayload";
    let input = args.object("fulfillmentEvent").unwrap_or_default();
    let id = input.must_id("fulfillmentId", "Fulfillment")?;
    let Some(order) = there(context, id) else {
        return Ok(missing(KIND, "fulfillmentId"));
    };
    let now = context.now;
    let said = input.text("happenedAt").and_then(Moment::parse);
    let happened = said.unwrap_or(now);
    let status = input.text("status").unwrap_or_default().to_owned();
    let number = context.change().number();
    context.change().change_order(order, now, |_, order| {
        let found = order.fulfillments.iter_mut().find(|one| one.id == id);
        if let Some(one) = found {
            one.event = Some(Box::from(status.as_str()));
            one.updated = now;
            if status == "DELIVERED" {
                one.delivered = Some(happened);
            }
        }
    });
    let event = vec![
        ("id", Val::from(gid("FulfillmentEvent", number))),
        ("status", Val::from(status)),
        ("happenedAt", Val::from(happened.rfc3339())),
        (
            "message",
            Val::from(input.text("message").map(String::from)),
        ),
    ];
    let fields = vec![("fulfillmentEvent", Val::record("FulfillmentEvent", event))];
    Ok(payload(KIND, "UserError", fields, &[]))
}
