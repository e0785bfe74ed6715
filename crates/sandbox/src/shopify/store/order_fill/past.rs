//! What became of an order before the shop opened.

use super::super::model::State;
use super::super::orders::{
    FulfillmentOrderStatus, Hold, Order, Payment, Picks, RefundUnits, RefundWish, Restock,
    Tracking, fulfillment_order_of, method_of,
};
use super::oddity::Oddity;
use super::people::words;
use super::{DAY, Fill, line_of};
use crate::frame::Moment;

/// Sends each line from another place.
pub(super) fn route_apart(state: &mut State, order: &mut Order, lines: &[u64]) {
    let places = state.locations.values().filter(|one| one.active);
    let places: Vec<u64> = places.map(|one| one.id).collect();
    let created = order.created;
    for (line, place) in lines.iter().zip(places.iter().cycle()) {
        let Some(found) = order.line(*line) else {
            continue;
        };
        let (method, units) = (method_of(order, found), found.quantity);
        state.assign(order, (*line, *place, method), units, created);
    }
}

/// Lets happen what happened.
pub(super) fn tell(state: &mut State, fill: &Fill, order: &mut Order, odd: Oddity) {
    let created = order.created;
    let old = fill.opens.0 - created.0 > 10 * DAY;
    let (soon, next, sent) = (
        fill.later(created, 1),
        fill.later(created, 6),
        fill.later(created, 40),
    );
    match odd {
        Oddity::PartlySent => send_one(state, order, next),
        Oddity::Held => hold(state, order, soon),
        Oddity::Scheduled => schedule(order, fill.opens.plus(7 * DAY)),
        Oddity::Cancelled => {
            order.updated = soon;
            // An order that was just made can be cancelled.
            let _ = state.cancel(order, "CUSTOMER", (true, true), soon);
        }
        Oddity::PartlyRefunded => refund_one(state, order, (old, sent)),
        Oddity::TakenOut => {
            let line = order.lines.first().map_or(0, |line| line.id);
            // Nothing of it was sent yet.
            let _ = state.set_quantity(order, line, 2, soon);
            order.updated = soon;
        }
        Oddity::LineAdded => add_line(state, order, soon),
        Oddity::Refunded => refund_all(state, order, sent),
        Oddity::Voided => {
            let reserved = order.transactions.first();
            let reserved = reserved.map(|one| (one.id, one.amount));
            if let Some((id, amount)) = reserved {
                let from = ("shopify_payments", Some(id));
                state.transact(order, (Payment::Void, amount), from, next);
            }
            order.updated = next;
        }
        Oddity::OverTheCounter => {
            state.send_all(order, &[], created);
        }
        Oddity::NoNumber => send(state, order, &[], sent),
        Oddity::TwoParcels => {
            let parcels = [
                parcel("DHL Express", order.number),
                parcel("UPS", order.number + 1),
            ];
            send(state, order, &parcels, sent);
        }
        Oddity::Pending | Oddity::Authorized | Oddity::Expired | Oddity::Unpriced => {}
        _ if old => {
            let parcel = parcel("DHL", order.number);
            send(state, order, &[parcel], sent);
        }
        _ => {}
    }
}

fn parcel(company: &str, number: u32) -> Tracking {
    Tracking {
        company: words(company),
        number: Some(Box::from(format!("00340{number:09}"))),
        url: Some(Box::from(format!("https://track.example/00340{number:09}"))),
    }
}

fn send(state: &mut State, order: &mut Order, parcels: &[Tracking], at: Moment) {
    state.send_all(order, parcels, at);
    order.updated = at;
}

/// One unit of the first line goes ahead.
fn send_one(state: &mut State, order: &mut Order, at: Moment) {
    let first = order.fulfillment_orders.first();
    let pick = first.and_then(|one| Some((one.id, one.lines.first()?.id)));
    if let Some((id, line)) = pick {
        let picks: Picks = vec![(line, 1)];
        let parcel = parcel("DHL", order.number);
        state.send(order, &[(id, picks)], vec![parcel], at);
        order.updated = at;
    }
}

fn hold(state: &mut State, order: &mut Order, at: Moment) {
    let parts: Vec<u64> = order.fulfillment_orders.iter().map(|one| one.id).collect();
    for part in parts {
        let hold = Hold {
            id: state.number(),
            handle: Box::default(),
            reason: Box::from("HIGH_RISK_OF_FRAUD"),
            notes: words("Anruf abwarten 📞"),
        };
        state.hold(order, part, hold, &Vec::new(), at);
    }
    order.updated = at;
}

fn schedule(order: &mut Order, at: Moment) {
    let parts: Vec<u64> = order.fulfillment_orders.iter().map(|one| one.id).collect();
    for part in parts {
        if let Some(one) = fulfillment_order_of(order, part) {
            one.status = FulfillmentOrderStatus::Scheduled;
            one.fulfill_at = at;
        }
    }
}

fn refund_one(state: &mut State, order: &mut Order, (sent, at): (bool, Moment)) {
    let Some((line, price)) = order.lines.first().map(|line| (line.id, line.net_of(1))) else {
        return;
    };
    if sent {
        let parcel = parcel("DHL", order.number);
        send(state, order, &[parcel], at.plus(-60_000));
    }
    let restock = if sent {
        Restock::Return
    } else {
        Restock::Cancel
    };
    let money = State::refundable(order);
    let wish = RefundWish {
        lines: vec![RefundUnits {
            line,
            units: 1,
            restock,
            location: None,
        }],
        shipping: 0,
        money: money
            .first()
            .map(|(id, _)| (*id, price))
            .into_iter()
            .collect(),
        note: words("Kratzer am Henkel"),
    };
    state.refund(order, &wish, at);
    order.updated = at;
}

/// The money goes back, and so do shipping's and the units'.
fn refund_all(state: &mut State, order: &mut Order, at: Moment) {
    let parcel = parcel("DHL", order.number);
    send(state, order, &[parcel], at.plus(-60_000));
    let units = order.lines.iter().map(|line| RefundUnits {
        line: line.id,
        units: line.current(),
        restock: Restock::No,
        location: None,
    });
    let wish = RefundWish {
        lines: units.collect(),
        shipping: order.sums().shipping,
        money: State::refundable(order),
        note: None,
    };
    state.refund(order, &wish, at);
    order.updated = at;
}

fn add_line(state: &mut State, order: &mut Order, at: Moment) {
    let variant = order.lines.first().and_then(|line| line.variant);
    let Some(mut line) = variant.and_then(|id| line_of(state, id)) else {
        return;
    };
    line.id = state.number();
    line.quantity = 1;
    line.taxes = order.lines[0].taxes.clone();
    state.add_line(order, line, at);
    order.updated = at;
}
