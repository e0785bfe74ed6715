//! Edits of an order that is there already: quantities and lines.

use super::super::model::State;
use super::model::{Line, Order, rounded};
use super::route::method_of;
use super::stock::{Move, Moved};
use crate::frame::Moment;

impl State {
    /// Sets how many units of a line are wanted.
    ///
    /// # Errors
    /// The order is cancelled, or fewer are wanted than were sent.
    pub(crate) fn set_quantity(
        &mut self,
        order: &mut Order,
        line: u64,
        units: u32,
        now: Moment,
    ) -> Result<(), String> {
        if order.cancelled.is_some() {
            return Err(String::from("The order is cancelled."));
        }
        let before = order.line(line).map_or(0, Line::current);
        if units < before {
            let fewer = before - units;
            if fewer > order.unsent(line) {
                return Err(String::from("So many of it were sent already."));
            }
            self.withdraw(order, line, fewer, (Move::Uncommit, now));
            if let Some(line) = order.lines.iter_mut().find(|one| one.id == line) {
                line.removed += fewer;
            }
        } else if units > before {
            let more = units - before;
            let included = order.taxes_included;
            if let Some(line) = order.lines.iter_mut().find(|one| one.id == line) {
                line.quantity += more;
                line.retax(included);
            }
            self.want_more(order, line, more, now);
        }
        order.edited = true;
        order.closed = None;
        Ok(())
    }

    /// Puts one line more into an order.
    pub(crate) fn add_line(&mut self, order: &mut Order, mut line: Line, now: Moment) {
        line.retax(order.taxes_included);
        let (id, units) = (line.id, line.quantity);
        order.lines.push(line);
        self.want_more(order, id, units, now);
        order.edited = true;
        order.closed = None;
    }

    fn want_more(&mut self, order: &mut Order, line: u64, units: u32, now: Moment) {
        let Some(found) = order.line(line) else {
            return;
        };
        let (location, method) = (self.source_of(found), method_of(order, found));
        self.assign(order, (line, location, method), units, now);
        let moved = Moved {
            line,
            location,
            units,
            step: Move::Commit,
        };
        self.move_stock(order, &moved, now);
    }
}

impl Line {
    /// Works its taxes out anew.
    pub(crate) fn retax(&mut self, included: bool) {
        let net = self.net();
        let rates: i64 = self.taxes.iter().map(|tax| tax.rate).sum();
        for tax in &mut self.taxes {
            let whole = if included {
                1_000_000 + rates
            } else {
                1_000_000
            };
            tax.amount = rounded(net, tax.rate, whole);
        }
    }
}
