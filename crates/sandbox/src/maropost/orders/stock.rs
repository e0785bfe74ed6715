//! What the status of an order does: to its stock, its dates and what was sent of it.

use jiff::Timestamp;

use super::fields::STATUSES;
use super::get::payment_status;
use super::order::Order;
use crate::maropost::dates;
use crate::maropost::settings::{PartSent, Settings, UnpackedStock, Zone};
use crate::maropost::state::State;

/// The status that was meant: one that does not exist becomes `New`, and a warning says so.
pub(crate) fn known_status(status: &str) -> (String, Option<String>) {
    if STATUSES.contains(&status) {
        return (status.to_owned(), None);
    }
    let warning = format!("OrderStatus {status} does not exist, setting as New");
    ("New".to_owned(), Some(warning))
}

/// Brings the rest into line with what was written into the order of that id: full payment approves
/// it, and stock leaves the warehouses when it is packed.
pub(crate) fn settle(state: &mut State, settings: &Settings, id: &str, now: Timestamp) {
    let Some(order) = state.orders.find_mut(id) else {
        return;
    };
    if payment_status(order) == "FullyPaid" {
        order.put("CompleteStatus", "Approved");
    }
    let returns = settings.unpacked_stock == UnpackedStock::Returns;
    let sign = match (order.takes(), order.is_taken) {
        (true, false) => -1,
        (false, true) if returns => 1,
        _ => return,
    };
    order.is_taken = sign < 0;
    let lines = order.lines.iter();
    let moves = lines.map(|line| {
        (
            line.sku.clone(),
            line.warehouse,
            line.quantity.saturating_mul(sign),
        )
    });
    for (sku, warehouse, quantity) in moves.collect::<Vec<_>>() {
        if let Some(item) = state.items.find(&sku) {
            state.items.change(item, |item| {
                let there = item.stock.entry(warehouse).or_default();
                *there = there.saturating_add(quantity);
                if settings.stock_moves_date_updated {
                    item.updated = now;
                }
            });
        }
    }
}

/// Notes that an order was dispatched, or that a part of it was.
pub(crate) fn note_sent(order: &mut Order, settings: &Settings, now: Timestamp) {
    if order.status() == "Dispatched" {
        for line in &mut order.lines {
            let quantity = line.quantity.to_string();
            line.put("QuantityShipped", &quantity);
        }
        let moment = dates::show(now, Zone::Utc, 0);
        order.put("DateCompleted", &moment[..10]);
        order.put("DateCompletedUTC", &moment);
        return;
    }
    let sent = |line: &super::order::Line| line.value("QuantityShipped").parse().unwrap_or(0_i64);
    let any = order.lines.iter().any(|line| sent(line) > 0);
    let all = order.lines.iter().all(|line| sent(line) >= line.quantity);
    if any && !all && settings.part_sent == PartSent::PendingDispatch {
        order.put("OrderStatus", "Pending Dispatch");
    }
}
