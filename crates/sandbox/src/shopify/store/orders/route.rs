//! From where an order is sent: its fulfilment orders, and how they are divided.

use super::super::model::State;
use super::model::{
    Delivery, FulfillmentOrder, FulfillmentOrderLine, FulfillmentOrderStatus, Hold, Line, Method,
    Order,
};
use super::stock::{Move, Moved};
use crate::frame::Moment;

const HOUR: i64 = 3_600_000;

/// Units of the lines of a fulfilment order: which line of it, and how many.
pub(crate) type Picks = Vec<(u64, u32)>;

impl State {
    /// Divides lines among the places that they are sent from. Stock is left alone.
    pub(crate) fn route(&mut self, order: &mut Order, lines: &[u64], now: Moment) {
        for id in lines {
            let Some(line) = order.line(*id).filter(|line| line.quantity > 0) else {
                continue;
            };
            let (location, method) = (self.source_of(line), method_of(order, line));
            let units = line.quantity;
            self.assign(order, (*id, location, method), units, now);
        }
    }

    /// Puts units of a line into a fulfilment order that is open at the place, or into a new one.
    pub(crate) fn assign(
        &mut self,
        order: &mut Order,
        (line, location, method): (u64, u64, Method),
        units: u32,
        now: Moment,
    ) {
        let number = self.number();
        let mut fits = order.fulfillment_orders.iter_mut();
        let found = fits.find(|one| {
            one.location == location
                && one.method == method
                && one.status == FulfillmentOrderStatus::Open
        });
        let added = FulfillmentOrderLine {
            id: number,
            line,
            total: units,
            remaining: units,
        };
        match found {
            Some(there) => {
                there.updated = now;
                match there.lines.iter_mut().find(|one| one.line == line) {
                    Some(same) => {
                        same.total += units;
                        same.remaining += units;
                    }
                    None => there.lines.push(added),
                }
            }
            None => {
                let id = self.number();
                order.fulfillment_orders.push(FulfillmentOrder {
                    id,
                    location,
                    status: FulfillmentOrderStatus::Open,
                    method,
                    updated: now,
                    fulfill_at: Moment(now.0.div_euclid(HOUR) * HOUR),
                    holds: Vec::new(),
                    lines: vec![added],
                });
            }
        }
    }

    /// Sets stock aside for everything that is still to be sent.
    pub(crate) fn commit(&mut self, order: &Order, now: Moment) {
        for moved in waiting(order, Move::Commit) {
            self.move_stock(order, &moved, now);
        }
    }

    /// Leaves `picks` in a fulfilment order and puts the rest into a new one; without picks all of it
    /// stays. Says which one is new.
    fn split(&mut self, order: &mut Order, id: u64, picks: &Picks, now: Moment) -> Option<u64> {
        let count = order.fulfillment_order(id)?.lines.len();
        if picks.is_empty() {
            return None;
        }
        let new = self.number();
        let numbers: Vec<u64> = (0..count).map(|_| self.number()).collect();
        let one = find(order, id)?;
        let mut rest = FulfillmentOrder {
            id: new,
            holds: Vec::new(),
            status: FulfillmentOrderStatus::Open,
            lines: Vec::new(),
            updated: now,
            ..one.clone()
        };
        for (number, line) in numbers.into_iter().zip(&mut one.lines) {
            let kept = picks.iter().filter(|(pick, _)| *pick == line.id);
            let kept: u32 = kept.map(|(_, units)| *units).sum();
            let left = line.remaining.saturating_sub(kept);
            line.total -= left;
            line.remaining -= left;
            if left > 0 {
                rest.lines.push(FulfillmentOrderLine {
                    id: number,
                    line: line.line,
                    total: left,
                    remaining: left,
                });
            }
        }
        one.lines.retain(|line| line.total > 0);
        if rest.lines.is_empty() {
            return None;
        }
        order.fulfillment_orders.push(rest);
        Some(new)
    }

    /// Holds a fulfilment order back, or only `picks` of it: then the rest is in a new one, which is
    /// said.
    pub(crate) fn hold(
        &mut self,
        order: &mut Order,
        id: u64,
        hold: Hold,
        picks: &Picks,
        now: Moment,
    ) -> Option<u64> {
        let rest = self.split(order, id, picks, now);
        let one = find(order, id)?;
        one.status = FulfillmentOrderStatus::OnHold;
        one.holds.push(hold);
        one.updated = now;
        rest
    }

    /// Moves a fulfilment order to another place, or only `picks` of it: then the rest is in a new
    /// one, which is said.
    pub(crate) fn relocate(
        &mut self,
        order: &mut Order,
        (id, location): (u64, u64),
        picks: &Picks,
        now: Moment,
    ) -> Option<u64> {
        let rest = self.split(order, id, picks, now);
        let one = find(order, id)?;
        let before = std::mem::replace(&mut one.location, location);
        one.updated = now;
        let lines: Vec<(u64, u32)> = one
            .lines
            .iter()
            .map(|one| (one.line, one.remaining))
            .collect();
        for (line, units) in lines {
            for (location, step) in [(before, Move::Uncommit), (location, Move::Commit)] {
                let moved = Moved {
                    line,
                    location,
                    units,
                    step,
                };
                self.move_stock(order, &moved, now);
            }
        }
        rest
    }

    /// Takes units of a line out of what is still to be sent, as many as there are; says from where.
    pub(crate) fn withdraw(
        &mut self,
        order: &mut Order,
        line: u64,
        mut units: u32,
        (step, now): (Move, Moment),
    ) -> Option<u64> {
        let mut taken = Vec::new();
        let open = order.fulfillment_orders.iter_mut();
        for one in open.filter(|one| one.is_open()) {
            for there in one.lines.iter_mut().filter(|there| there.line == line) {
                let some = units.min(there.remaining);
                there.remaining -= some;
                there.total -= some;
                units -= some;
                if some > 0 {
                    one.updated = now;
                    taken.push((one.location, some));
                }
            }
            if one.remaining() == 0 {
                one.status = FulfillmentOrderStatus::Closed;
                one.holds.clear();
            }
        }
        for (location, units) in &taken {
            let moved = Moved {
                line,
                location: *location,
                units: *units,
                step,
            };
            self.move_stock(order, &moved, now);
        }
        taken.first().map(|(location, _)| *location)
    }
}

/// Lets a fulfilment order go on: the holds that are named, or all of them.
pub(crate) fn release(order: &mut Order, id: u64, holds: Option<&[u64]>, now: Moment) {
    let Some(one) = find(order, id) else { return };
    one.holds
        .retain(|hold| holds.is_some_and(|named| !named.contains(&hold.id)));
    one.updated = now;
    if one.holds.is_empty() && one.status == FulfillmentOrderStatus::OnHold {
        let begun = one.lines.iter().any(|line| line.remaining < line.total);
        one.status = if begun {
            FulfillmentOrderStatus::InProgress
        } else {
            FulfillmentOrderStatus::Open
        };
    }
}

/// What is still to be sent, as a step of stock.
pub(crate) fn waiting(order: &Order, step: Move) -> Vec<Moved> {
    let mut all = Vec::new();
    for one in order.fulfillment_orders.iter().filter(|one| one.is_open()) {
        all.extend(one.lines.iter().map(|line| Moved {
            line: line.line,
            location: one.location,
            units: line.remaining,
            step,
        }));
    }
    all
}

pub(crate) fn find(order: &mut Order, id: u64) -> Option<&mut FulfillmentOrder> {
    order.fulfillment_orders.iter_mut().find(|one| one.id == id)
}

/// How a line of the order reaches the customer.
pub(crate) fn method_of(order: &Order, line: &Line) -> Method {
    if !line.ships || line.gift_card {
        return Method::None;
    }
    let is_picked_up = |one: &Delivery| one.code.as_deref() == Some("pickup");
    if order.shipping.is_none() && &*order.source == "pos" {
        Method::Retail
    } else if order.deliveries.iter().any(is_picked_up) {
        Method::PickUp
    } else {
        Method::Shipping
    }
}
