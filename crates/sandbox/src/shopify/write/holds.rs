//! Holding fulfilment orders back, letting them go, and moving them to other places.

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid, number_of};
use super::super::read::{order_with_id, shown_hold};
use super::super::store::{
    FulfillmentOrder, FulfillmentOrderStatus as Status, Hold, Order, Picks, State,
    release as let_go,
};
use super::complaint::{Complaint, payload};
use super::fulfil::{PickError, read_picks};

/// How many holds one app may have on a fulfilment order.
const MOST_HOLDS: usize = 10;

/// The fulfilment order that is meant, with its order. One that is not there is an error of the whole
/// field.
fn meant(context: &Context<'_>, args: &Args) -> Result<(u64, u64), Refusal> {
    let id = args.must_id("id", "FulfillmentOrder")?;
    let state = context.state();
    let order = state
        .order_with(id)
        .filter(|one| one.fulfillment_order(id).is_some());
    let order = order.and_then(|one| order_with_id(context, one.id));
    order
        .map(|order| (id, order))
        .ok_or_else(|| Refusal::bad_id(&gid("FulfillmentOrder", id)))
}

fn part(state: &State, (id, order): (u64, u64)) -> Option<(&Order, &FulfillmentOrder)> {
    let order = state.orders.get(&order)?;
    Some((order, order.fulfillment_order(id)?))
}

/// `fulfillmentOrderHold`.
pub(super) fn hold(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let ended = |hold: Val, parts: [Option<Thing>; 2], complaints: &[Complaint]| {
        let [held, rest] = parts.map(Val::from);
        let fields = vec![
            ("fulfillmentHold", hold),
            ("fulfillmentOrder", held),
            ("remainingFulfillmentOrder", rest),
        ];
        let kind = "FulfillmentOrderHoldPayload";
        payload(kind, "FulfillmentOrderHoldUserError", fields, complaints)
    };
    let (id, order) = meant(context, args)?;
    let input = args.object("fulfillmentHold").unwrap_or_default();
    let picks = match hold_picks(context, (id, order), &input)? {
        Ok(picks) => picks,
        Err(complaint) => return Ok(ended(Val::NULL, [None, None], &[complaint])),
    };
    let notes = input.text("reasonNotes").filter(|it| !it.is_empty());
    let hold = Hold {
        id: context.change().number(),
        handle: Box::from(input.text("handle").unwrap_or_default()),
        reason: Box::from(input.text("reason").unwrap_or("OTHER")),
        notes: notes.map(Box::from),
    };
    let shown = shown_hold(&hold);
    let now = context.now;
    let rest = context.change().change_order(order, now, |state, order| {
        state.hold(order, id, hold, &picks, now)
    });
    let rest = rest
        .flatten()
        .map(|rest| Thing::FulfillmentOrder(rest, order));
    let held = Some(Thing::FulfillmentOrder(id, order));
    Ok(ended(shown, [held, rest], &[]))
}

/// Which units are to be held back, or why none are.
fn hold_picks(
    context: &Context<'_>,
    part_of: (u64, u64),
    input: &Args,
) -> Result<Result<Picks, Complaint>, Refusal> {
    let state = context.state();
    let Some((_, one)) = part(&state, part_of) else {
        return Err(Refusal::bad_id(""));
    };
    let no = |code, field: &[&str], message: &str| Ok(Err(Complaint::new(code, field, message)));
    let handle = input.text("handle").unwrap_or_default();
    if !one.is_open() || one.remaining() == 0 {
        let message = "The fulfillment order is not in a holdable state.";
        return Ok(Err(Complaint::without_code(&["id"], message)));
    }
    if one.holds.len() >= MOST_HOLDS {
        let message = "The maximum number of fulfillment holds for this fulfillment order has been reached for this app. \
                       An app can only have up to 10 holds on a single fulfillment order at any one time.";
        return no("FULFILLMENT_ORDER_HOLD_LIMIT_REACHED", &["id"], message);
    }
    if one.holds.iter().any(|hold| *hold.handle == *handle) {
        let message = "The handle provided for the fulfillment hold is already in use by this app for another hold on \
                       this fulfillment order.";
        let field = ["fulfillmentHold", "handle"];
        return no("DUPLICATE_FULFILLMENT_HOLD_HANDLE", &field, message);
    }
    let named = input
        .objects("fulfillmentOrderLineItems")
        .unwrap_or_default();
    if !named.is_empty() && one.status == Status::OnHold {
        let message = "The fulfillment order is not in a splittable state.";
        let field = ["fulfillmentHold", "fulfillmentOrderLineItems"];
        return no("FULFILLMENT_ORDER_NOT_SPLITTABLE", &field, message);
    }
    Ok(read_picks(one, &named)?.map_err(|wrong| pick_complaint(&wrong)))
}

fn pick_complaint(wrong: &PickError) -> Complaint {
    let lines = ["fulfillmentHold", "fulfillmentOrderLineItems"];
    match wrong {
        PickError::NoLine | PickError::TooMany => Complaint::new(
            "INVALID_LINE_ITEM_QUANTITY",
            &lines,
            "The fulfillment order line item quantity is invalid.",
        ),
        PickError::None(nth) => Complaint::new(
            "GREATER_THAN_ZERO",
            &[&nth.to_string(), "quantity"],
            "The fulfillment order line item quantity must be greater than 0.",
        )
        .within(&lines),
    }
}

/// `fulfillmentOrderReleaseHold`: the holds that are named, or all of them.
pub(super) fn release(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KIND: &str = "FulfillmentOrderReleaseHoldPayload";
    args.without("fulfillmentOrderReleaseHold", &["externalId"])?;
    let (id, order) = meant(context, args)?;
    let named = args.texts("holdIds").filter(|named| !named.is_empty());
    let holds = named.map(|named| {
        let number = |id: &String| number_of("FulfillmentHold", id);
        named.iter().filter_map(number).collect::<Vec<u64>>()
    });
    let now = context.now;
    context.change().change_order(order, now, |_, order| {
        let_go(order, id, holds.as_deref(), now);
    });
    let fields = vec![(
        "fulfillmentOrder",
        Val::from(Thing::FulfillmentOrder(id, order)),
    )];
    let errors = "FulfillmentOrderReleaseHoldUserError";
    Ok(payload(KIND, errors, fields, &[]))
}

/// `fulfillmentOrderMove`: what is named of it, or all of it, is sent from another place.
pub(super) fn relocate(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let (id, order) = meant(context, args)?;
    let location = args.must_id("newLocationId", "Location")?;
    let ended = |parts: [Option<Thing>; 3], complaints: &[Complaint]| {
        let [moved, original, rest] = parts.map(Val::from);
        let fields = vec![
            ("movedFulfillmentOrder", moved),
            ("originalFulfillmentOrder", original),
            ("remainingFulfillmentOrder", rest),
        ];
        let errors = "FulfillmentOrderMoveFulfillmentOrderMoveUserError";
        payload("FulfillmentOrderMovePayload", errors, fields, complaints)
    };
    let picks = match move_picks(context, (id, order), location, args)? {
        Ok(picks) => picks,
        Err(complaint) => return Ok(ended([None, None, None], &[complaint])),
    };
    let now = context.now;
    let rest = context.change().change_order(order, now, |state, order| {
        state.relocate(order, (id, location), &picks, now)
    });
    let rest = rest
        .flatten()
        .map(|rest| Thing::FulfillmentOrder(rest, order));
    let moved = Some(Thing::FulfillmentOrder(id, order));
    Ok(ended([moved.clone(), moved, rest], &[]))
}

fn move_picks(
    context: &Context<'_>,
    part_of: (u64, u64),
    location: u64,
    args: &Args,
) -> Result<Result<Picks, Complaint>, Refusal> {
    let state = context.state();
    let Some((order, one)) = part(&state, part_of) else {
        return Err(Refusal::bad_id(""));
    };
    let no = |field: &str, message: &str| Ok(Err(Complaint::without_code(&[field], message)));
    if !state.locations.get(&location).is_some_and(|one| one.active) {
        return no("newLocationId", "Location not found.");
    }
    if one.status == Status::InProgress {
        let message = "Cannot move a fulfillment order that has progress reported.";
        let code = "CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS";
        return Ok(Err(Complaint::new(code, &["id"], message)));
    }
    if !one.is_open() {
        return no("id", "The fulfillment order cannot be moved.");
    }
    let stocked = |line: u64| {
        let variant = order.line(line).and_then(|line| line.variant);
        let variant = variant.and_then(|id| state.variants.get(&id));
        variant.is_none_or(|one| !one.tracked || one.level(location).is_some())
    };
    if !one.lines.iter().all(|line| stocked(line.line)) {
        let message = "The items are not stocked at the new location.";
        return no("newLocationId", message);
    }
    let named = args
        .objects("fulfillmentOrderLineItems")
        .unwrap_or_default();
    Ok(read_picks(one, &named)?.map_err(|_| {
        let field = ["fulfillmentOrderLineItems"];
        Complaint::without_code(
            &field,
            "The fulfillment order line item quantity is invalid.",
        )
    }))
}
