//! Money, and what goes with it: paying, refunding, cancelling.

use std::sync::Arc;

use super::super::model::State;
use super::model::{
    FulfillmentOrderStatus, Order, Payment, Refund, RefundLine, Restock, Transaction, Words,
};
use super::route::waiting;
use super::stock::{Move, Moved};
use crate::frame::Moment;

/// What is to be refunded.
#[derive(Debug, Clone, Default)]
pub(crate) struct RefundWish {
    pub(crate) lines: Vec<RefundUnits>,
    pub(crate) shipping: i64,
    /// Which payments are given back, and how much of each.
    pub(crate) money: Vec<(u64, i64)>,
    pub(crate) note: Words,
}

/// Units of a line that are to be refunded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefundUnits {
    pub(crate) line: u64,
    pub(crate) units: u32,
    pub(crate) restock: Restock,
    pub(crate) location: Option<u64>,
}

impl State {
    /// Notes a transaction, and says which one it is.
    pub(crate) fn transact(
        &mut self,
        order: &mut Order,
        (kind, amount): (Payment, i64),
        (gateway, parent): (&str, Option<u64>),
        now: Moment,
    ) -> u64 {
        let id = self.number();
        order.transactions.push(Transaction {
            id,
            kind,
            status: "SUCCESS",
            gateway: Arc::from(gateway),
            processed: now,
            amount,
            parent,
            error: None,
        });
        id
    }

    /// The customer pays what is owed; says whether anything was.
    pub(crate) fn pay(&mut self, order: &mut Order, gateway: &str, now: Moment) -> bool {
        let owed = order.sums().outstanding();
        if owed <= 0 || order.cancelled.is_some() {
            return false;
        }
        let pending = order.transactions.iter().rev();
        let parent = pending
            .clone()
            .find(|one| one.status == "PENDING" || one.kind == Payment::Authorization)
            .map(|one| (one.id, one.kind, Arc::clone(&one.gateway)));
        match parent {
            Some((id, Payment::Authorization, gateway)) if !order.expired => {
                self.transact(order, (Payment::Capture, owed), (&gateway, Some(id)), now);
            }
            Some((id, _, gateway)) => {
                self.transact(order, (Payment::Sale, owed), (&gateway, Some(id)), now);
            }
            None => {
                self.transact(order, (Payment::Sale, owed), (gateway, None), now);
            }
        }
        order.close_when_done(now);
        true
    }

    /// Refunds, and says which refund it is.
    pub(crate) fn refund(&mut self, order: &mut Order, wish: &RefundWish, now: Moment) -> u64 {
        let id = self.number();
        let mut lines = Vec::new();
        for units in &wish.lines {
            lines.push(self.take_back(order, units, now));
        }
        let mut total = 0;
        for (parent, amount) in &wish.money {
            let gateway = order.transactions.iter().find(|one| one.id == *parent);
            let gateway =
                gateway.map_or_else(|| Arc::from("manual"), |one| Arc::clone(&one.gateway));
            self.transact(
                order,
                (Payment::Refund, *amount),
                (&gateway, Some(*parent)),
                now,
            );
            total += amount;
        }
        order.refunds.push(Refund {
            id,
            created: now,
            note: wish.note.clone(),
            lines,
            shipping: wish.shipping,
            total,
        });
        id
    }

    fn take_back(&mut self, order: &mut Order, wish: &RefundUnits, now: Moment) -> RefundLine {
        let mut location = wish.location;
        match wish.restock {
            Restock::Cancel => {
                let from = self.withdraw(order, wish.line, wish.units, (Move::Uncommit, now));
                location = from.or(location);
            }
            Restock::Return => {
                let sent = order.fulfillments.iter().filter(|one| !one.cancelled);
                let mut sent = sent.filter(|one| one.lines.iter().any(|it| it.line == wish.line));
                location = location.or_else(|| sent.next_back().map(|one| one.location));
                if let Some(location) = location {
                    let moved = Moved {
                        line: wish.line,
                        location,
                        units: wish.units,
                        step: Move::Return,
                    };
                    self.move_stock(order, &moved, now);
                }
            }
            Restock::No => location = None,
        }
        let mut subtotal = 0;
        if let Some(line) = order.lines.iter_mut().find(|line| line.id == wish.line) {
            subtotal = line.net_of(wish.units);
            line.removed += wish.units;
        }
        RefundLine {
            line: wish.line,
            quantity: wish.units,
            restock: wish.restock,
            location,
            subtotal,
        }
    }

    /// What of each payment can still be given back.
    pub(crate) fn refundable(order: &Order) -> Vec<(u64, i64)> {
        let good = |kind: &[Payment]| {
            let kind = kind.to_vec();
            let all = order.transactions.iter();
            all.filter(move |one| one.status == "SUCCESS" && kind.contains(&one.kind))
        };
        let mut left: Vec<(u64, i64)> = good(&[Payment::Sale, Payment::Capture])
            .map(|one| (one.id, one.amount))
            .collect();
        for refund in good(&[Payment::Refund]) {
            let mut paid = left.iter_mut();
            if let Some((_, rest)) = paid.find(|(id, _)| Some(*id) == refund.parent) {
                *rest -= refund.amount;
            }
        }
        left.retain(|(_, rest)| *rest > 0);
        left
    }

    /// Cancels: nothing of it will be sent, what was sent counts as not sent.
    pub(crate) fn cancel(
        &mut self,
        order: &mut Order,
        reason: &str,
        (restock, refund): (bool, bool),
        now: Moment,
    ) -> Result<(), String> {
        if order.cancelled.is_some() {
            return Err(String::from(
                "Cannot cancel an order that has already been canceled",
            ));
        }
        let step = if restock { Move::Uncommit } else { Move::Drop };
        for moved in waiting(order, step) {
            self.move_stock(order, &moved, now);
        }
        self.bring_back(order, restock, now);
        for one in &mut order.fulfillment_orders {
            for line in &mut one.lines {
                line.total -= line.remaining;
                line.remaining = 0;
            }
            one.status = FulfillmentOrderStatus::Closed;
            one.holds.clear();
            one.updated = now;
        }
        let money = Self::refundable(order);
        if refund && !money.is_empty() {
            self.give_back(order, money, restock, now);
        } else if money.is_empty() {
            self.void(order, now);
        }
        for line in &mut order.lines {
            line.removed = line.quantity;
        }
        order.cancelled = Some(now);
        order.closed = Some(now);
        order.cancel_reason = Some(Box::from(reason));
        Ok(())
    }

    /// What was sent is cancelled along.
    fn bring_back(&mut self, order: &mut Order, restock: bool, now: Moment) {
        let sent: Vec<(u64, u64, u32)> = order
            .fulfillments
            .iter()
            .filter(|one| !one.cancelled)
            .flat_map(|one| {
                one.lines
                    .iter()
                    .map(|it| (one.location, it.line, it.quantity))
            })
            .collect();
        for one in &mut order.fulfillments {
            one.updated = if one.cancelled { one.updated } else { now };
            one.cancelled = true;
        }
        for (location, line, units) in sent.into_iter().filter(|_| restock) {
            let moved = Moved {
                line,
                location,
                units,
                step: Move::Return,
            };
            self.move_stock(order, &moved, now);
        }
    }

    /// All the money of an order that is cancelled, with all its units.
    fn give_back(&mut self, order: &mut Order, money: Vec<(u64, i64)>, restock: bool, now: Moment) {
        let restock = if restock {
            Restock::Cancel
        } else {
            Restock::No
        };
        let left = order.lines.iter().filter(|line| line.current() > 0);
        let lines = left.map(|line| RefundUnits {
            line: line.id,
            units: line.current(),
            restock,
            location: None,
        });
        let sums = order.sums();
        let wish = RefundWish {
            lines: lines.collect(),
            shipping: sums.shipping - sums.refunded_shipping,
            money,
            note: None,
        };
        self.refund(order, &wish, now);
    }

    /// What was never paid will not be.
    fn void(&mut self, order: &mut Order, now: Moment) {
        let open = order.transactions.iter().find(|one| {
            one.status == "PENDING" || (one.kind == Payment::Authorization && !order.expired)
        });
        let Some((id, amount, gateway)) =
            open.map(|one| (one.id, one.amount, Arc::clone(&one.gateway)))
        else {
            return;
        };
        self.transact(order, (Payment::Void, amount), (&gateway, Some(id)), now);
    }
}
