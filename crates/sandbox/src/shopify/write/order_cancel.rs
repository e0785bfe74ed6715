//! Cancelling an order, which goes on in the background.

use super::super::engine::{Args, Context, Record, Refusal, Thing, Val, gid};
use super::super::read::order_with_id;
use super::super::store::{Cancelling, State};
use super::complaint::{Complaint, told};
use crate::frame::Moment;

/// How long it takes, in milliseconds.
const TAKES: i64 = 2000;
/// How long a note for the staff may be.
const LONGEST_NOTE: usize = 255;
const ALREADY: &str = "Cannot cancel an order that has already been canceled";

/// `orderCancel`.
pub(super) fn cancel(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let wanted = args.must_id("orderId", "Order")?;
    if let Some(complaint) = refuse(context, wanted, args)? {
        return Ok(ended(Val::NULL, Val::NULL, &[complaint]));
    }
    let method = args.object("refundMethod").unwrap_or_default();
    let refund = args.flag("refund").unwrap_or_default()
        || method
            .flag("originalPaymentMethodsRefund")
            .unwrap_or_default();
    let number = context.change().number();
    let cancelling = Cancelling {
        order: wanted,
        reason: Box::from(args.text("reason").unwrap_or("OTHER")),
        restock: args.flag("restock").unwrap_or_default(),
        refund,
        due: context.now.plus(TAKES),
        ended: None,
    };
    context.change().cancelling.insert(number, cancelling);
    let job = vec![
        ("id", Val::from(job_id(number))),
        ("done", Val::from(false)),
    ];
    let result = cancel_result(context, number).map_or(Val::NULL, Val::Thing);
    Ok(ended(Val::record("Job", job), result, &[]))
}

fn refuse(context: &Context<'_>, order: u64, args: &Args) -> Result<Option<Complaint>, Refusal> {
    let invalid = |field: &str, message: &str| Some(Complaint::new("INVALID", &[field], message));
    let method = args.object("refundMethod");
    if method
        .as_ref()
        .is_some_and(|one| one.get("storeCreditRefund").is_some())
    {
        return Err(Refusal::unknown_here("refunds to store credit"));
    }
    if args.get("refund").is_some() && method.is_some() {
        let message = "Only one of the arguments `refund` or `refund_method` is allowed.";
        return Ok(invalid("refund", message));
    }
    let note = args.text("staffNote").unwrap_or_default();
    if note.chars().count() > LONGEST_NOTE {
        let message = "Staff note is too long. Maximum length is 255 characters.";
        return Ok(invalid("staffNote", message));
    }
    if order_with_id(context, order).is_none() {
        let message = "Order does not exist";
        return Ok(Some(Complaint::new("NOT_FOUND", &["orderId"], message)));
    }
    let state = context.state();
    let cancelled = state
        .orders
        .get(&order)
        .is_some_and(|one| one.cancelled.is_some());
    Ok(if cancelled {
        invalid("orderId", ALREADY)
    } else {
        None
    })
}

fn ended(job: Val, result: Val, complaints: &[Complaint]) -> Val {
    let errors = told("OrderCancelUserError", complaints);
    let plain = told("UserError", complaints);
    Val::record(
        "OrderCancelPayload",
        vec![
            ("job", job),
            ("jobResult", result),
            ("orderCancelUserErrors", errors),
            ("userErrors", plain),
        ],
    )
}

/// The id of a job: it has no number, as those of the platform have none.
fn job_id(number: u64) -> String {
    let mixed = u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    let hex = format!("{mixed:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "gid://shopify/Job/{}-{}-4{}-9{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 15),
        part(15, 18),
        part(18, 30)
    )
}

/// Whether a job that cancels an order is done; nothing for a job that does not.
pub(super) fn is_done(context: &Context<'_>, id: &str) -> Option<bool> {
    let state = context.state();
    let mut all = state.cancelling.iter();
    let found = all.find(|(number, _)| job_id(**number) == id);
    found.map(|(_, one)| one.ended.is_some())
}

/// How a cancellation fares.
pub(crate) fn cancel_result(context: &Context<'_>, number: u64) -> Option<Thing> {
    let state = context.state();
    let one = state.cancelling.get(&number)?;
    let status = match &one.ended {
        None => "STARTED",
        Some(Ok(())) => "SUCCEEDED",
        Some(Err(_)) => "FAILED",
    };
    let errors: Vec<Complaint> = match &one.ended {
        Some(Err(why)) => vec![Complaint::new("INVALID", &["orderId"], why.as_str())],
        _ => Vec::new(),
    };
    let fields = vec![
        ("id", Val::from(gid("OrderCancelJobResult", number))),
        ("done", Val::from(one.ended.is_some())),
        ("status", Val::from(status)),
        ("errors", told("OrderCancelUserError", &errors)),
        ("order", Val::from(Thing::Order(one.order))),
    ];
    Some(Thing::Record(Record {
        kind: "OrderCancelJobResult",
        fields,
    }))
}

/// Cancels what is due.
pub(crate) fn settle(state: &mut State, now: Moment) {
    let is_due = |one: &Cancelling| one.ended.is_none() && one.due <= now;
    let all = state.cancelling.iter();
    let due: Vec<u64> = all
        .filter(|(_, one)| is_due(one))
        .map(|(number, _)| *number)
        .collect();
    for number in due {
        let Some(one) = state.cancelling.get(&number).cloned() else {
            continue;
        };
        let open = state
            .orders
            .get(&one.order)
            .filter(|order| order.cancelled.is_none());
        let ended = if open.is_some() {
            let how = (one.restock, one.refund);
            let done = state.change_order(one.order, one.due, |state, order| {
                state.cancel(order, &one.reason, how, one.due)
            });
            done.unwrap_or(Ok(()))
        } else {
            Err(String::from(ALREADY))
        };
        if let Some(one) = state.cancelling.get_mut(&number) {
            one.ended = Some(ended);
        }
    }
}
