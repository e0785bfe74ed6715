//! Sending, and taking back what was sent.

use super::super::model::State;
use super::model::{Fulfillment, FulfillmentLine, FulfillmentOrderStatus, Order, Tracking};
use super::route::{Picks, find, method_of};
use super::stock::{Move, Moved};
use crate::frame::Moment;

impl State {
    /// Sends units of fulfilment orders, all at one place, together. Says which fulfilment it is.
    pub(crate) fn send(
        &mut self,
        order: &mut Order,
        picks: &[(u64, Picks)],
        tracking: Vec<Tracking>,
        now: Moment,
    ) -> u64 {
        let id = self.number();
        let mut sent: Vec<FulfillmentLine> = Vec::new();
        let mut location = 0;
        for (part, units) in picks {
            let Some(one) = find(order, *part) else {
                continue;
            };
            location = one.location;
            one.updated = now;
            for line in &mut one.lines {
                let wanted = units.iter().filter(|(pick, _)| *pick == line.id);
                let units = wanted
                    .map(|(_, units)| *units)
                    .sum::<u32>()
                    .min(line.remaining);
                line.remaining -= units;
                match sent.iter_mut().find(|there| there.line == line.line) {
                    Some(there) => there.quantity += units,
                    None if units > 0 => sent.push(FulfillmentLine {
                        id: 0,
                        line: line.line,
                        quantity: units,
                    }),
                    None => {}
                }
            }
            one.status = if one.remaining() == 0 {
                FulfillmentOrderStatus::Closed
            } else {
                FulfillmentOrderStatus::InProgress
            };
        }
        for line in &mut sent {
            line.id = self.number();
        }
        let place = u32::try_from(order.fulfillments.len()).unwrap_or_default() + 1;
        let fulfillment = Fulfillment {
            id,
            place,
            location,
            cancelled: false,
            created: now,
            updated: now,
            delivered: None,
            event: None,
            tracking,
            lines: sent,
        };
        self.move_all(order, &fulfillment, Move::Send, now);
        order.fulfillments.push(fulfillment);
        order.close_when_done(now);
        id
    }

    fn move_all(&mut self, order: &Order, sent: &Fulfillment, step: Move, now: Moment) {
        for line in &sent.lines {
            let moved = Moved {
                line: line.line,
                location: sent.location,
                units: line.quantity,
                step,
            };
            self.move_stock(order, &moved, now);
        }
    }

    /// Takes a fulfilment back: what was in it is to be sent again, unless it was taken out of the
    /// order meanwhile. A second time changes nothing.
    pub(crate) fn unsend(&mut self, order: &mut Order, id: u64, now: Moment) {
        let found = order.fulfillments.iter_mut().find(|one| one.id == id);
        let Some(one) = found.filter(|one| !one.cancelled) else {
            return;
        };
        one.cancelled = true;
        one.updated = now;
        let (lines, location) = (one.lines.clone(), one.location);
        order.closed = None;
        for sent in lines {
            let Some(line) = order.line(sent.line) else {
                continue;
            };
            let busy = order.unsent(sent.line) + order.sent(sent.line);
            let units = sent.quantity.min(line.current().saturating_sub(busy));
            if units == 0 {
                continue;
            }
            let method = method_of(order, line);
            self.assign(order, (sent.line, location, method), units, now);
            let moved = Moved {
                line: sent.line,
                location,
                units,
                step: Move::Unsend,
            };
            self.move_stock(order, &moved, now);
        }
    }

    /// Sends everything that can be sent, as the merchant does with one click: one fulfilment for
    /// each place. Says whether there was something.
    pub(crate) fn send_all(
        &mut self,
        order: &mut Order,
        tracking: &[Tracking],
        now: Moment,
    ) -> bool {
        let ready = order.fulfillment_orders.iter().filter(|one| {
            one.is_open() && one.status != FulfillmentOrderStatus::OnHold && one.remaining() > 0
        });
        let picks: Vec<(u64, Picks)> = ready
            .map(|one| {
                let lines = one.lines.iter().filter(|line| line.remaining > 0);
                (
                    one.id,
                    lines.map(|line| (line.id, line.remaining)).collect(),
                )
            })
            .collect();
        for pick in &picks {
            self.send(order, std::slice::from_ref(pick), tracking.to_vec(), now);
        }
        !picks.is_empty()
    }
}
