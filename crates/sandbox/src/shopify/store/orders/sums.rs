//! What an order comes to, and how it stands.

use super::model::{FulfillmentOrderStatus, Order, Payment};

/// The sums of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) subtotal: i64,
    pub(crate) discounts: i64,
    pub(crate) tax: i64,
    pub(crate) shipping: i64,
    /// Before anything was taken back.
    pub(crate) total: i64,
    pub(crate) current_subtotal: i64,
    pub(crate) current_tax: i64,
    pub(crate) current_total: i64,
    pub(crate) received: i64,
    pub(crate) refunded: i64,
    pub(crate) refunded_shipping: i64,
}

impl Sums {
    /// What the customer still owes; less than nothing where the shop does.
    pub(crate) fn outstanding(&self) -> i64 {
        self.current_total - (self.received - self.refunded)
    }
}

impl Order {
    pub(crate) fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for line in &self.lines {
            sums.subtotal += line.net();
            sums.discounts += line.discount + line.share;
            sums.tax += line.tax();
            sums.current_subtotal += line.net_of(line.current());
            sums.current_tax += line.tax_of(line.current());
        }
        sums.refunded_shipping = self.refunds.iter().map(|one| one.shipping).sum();
        for delivery in &self.deliveries {
            let tax: i64 = delivery.taxes.iter().map(|tax| tax.amount).sum();
            sums.shipping += delivery.price;
            sums.tax += tax;
            sums.current_tax += tax;
        }
        if sums.shipping > 0 && sums.refunded_shipping >= sums.shipping {
            let taxes = self.deliveries.iter().flat_map(|one| &one.taxes);
            sums.current_tax -= taxes.map(|tax| tax.amount).sum::<i64>();
        }
        let on_top = |tax: i64| if self.taxes_included { 0 } else { tax };
        sums.total = sums.subtotal + sums.shipping + on_top(sums.tax);
        sums.current_total = sums.current_subtotal + sums.shipping - sums.refunded_shipping
            + on_top(sums.current_tax);
        if self.cancelled.is_some() {
            (sums.current_subtotal, sums.current_tax, sums.current_total) = (0, 0, 0);
        }
        for one in self
            .transactions
            .iter()
            .filter(|one| one.status == "SUCCESS")
        {
            match one.kind {
                Payment::Sale | Payment::Capture => sums.received += one.amount,
                Payment::Refund => sums.refunded += one.amount,
                Payment::Authorization | Payment::Void => {}
            }
        }
        sums
    }

    fn has(&self, kind: Payment, status: &str) -> bool {
        let fits = |one: &super::model::Transaction| one.kind == kind && one.status == status;
        self.transactions.iter().any(fits)
    }

    /// How it is paid; nothing is said of an order that no money was ever to move for.
    pub(crate) fn financial_status(&self) -> Option<&'static str> {
        let sums = self.sums();
        if sums.received == 0 {
            if self.has(Payment::Void, "SUCCESS") {
                return Some("VOIDED");
            }
            if self.has(Payment::Authorization, "SUCCESS") {
                return Some(if self.expired {
                    "EXPIRED"
                } else {
                    "AUTHORIZED"
                });
            }
            if self.transactions.is_empty() {
                return (sums.total == 0).then_some("PAID");
            }
            return Some(if sums.total == 0 { "PAID" } else { "PENDING" });
        }
        Some(if sums.refunded >= sums.received {
            "REFUNDED"
        } else if sums.refunded > 0 {
            "PARTIALLY_REFUNDED"
        } else if sums.received < sums.current_total {
            "PARTIALLY_PAID"
        } else {
            "PAID"
        })
    }

    pub(crate) fn can_be_marked_as_paid(&self) -> bool {
        let open = matches!(
            self.financial_status(),
            None | Some("PENDING" | "PARTIALLY_PAID" | "EXPIRED")
        );
        open && self.cancelled.is_none() && self.sums().outstanding() > 0
    }

    /// How many units of a line were sent.
    pub(crate) fn sent(&self, line: u64) -> u32 {
        let there = self.fulfillments.iter().filter(|one| !one.cancelled);
        let lines = there.flat_map(|one| &one.lines);
        lines
            .filter(|one| one.line == line)
            .map(|one| one.quantity)
            .sum()
    }

    /// How many units of a line are still to be sent.
    pub(crate) fn unsent(&self, line: u64) -> u32 {
        let open = self.fulfillment_orders.iter().filter(|one| one.is_open());
        let lines = open.flat_map(|one| &one.lines);
        lines
            .filter(|one| one.line == line)
            .map(|one| one.remaining)
            .sum()
    }

    pub(crate) fn fulfillment_status(&self) -> &'static str {
        let waiting = || {
            let open = self.fulfillment_orders.iter();
            open.filter(|one| one.is_open() && one.remaining() > 0)
        };
        let sent = self.fulfillments.iter().any(|one| !one.cancelled);
        if waiting().next().is_none() {
            return match (sent, self.cancelled) {
                (true, _) => "FULFILLED",
                (false, Some(_)) => "UNFULFILLED",
                (false, None) => "FULFILLMENT_NOT_REQUIRED",
            };
        }
        let all = |status| waiting().all(|one| one.status == status);
        if all(FulfillmentOrderStatus::OnHold) {
            "ON_HOLD"
        } else if sent {
            "PARTIALLY_FULFILLED"
        } else if all(FulfillmentOrderStatus::Scheduled) {
            "SCHEDULED"
        } else if all(FulfillmentOrderStatus::InProgress) {
            "IN_PROGRESS"
        } else {
            "UNFULFILLED"
        }
    }

    /// Archives it when there is nothing left to do, as shops are set up to.
    pub(crate) fn close_when_done(&mut self, now: crate::frame::Moment) {
        let done = self.fulfillment_status() == "FULFILLED"
            && matches!(
                self.financial_status(),
                Some("PAID" | "REFUNDED" | "PARTIALLY_REFUNDED")
            );
        if done && self.closed.is_none() {
            self.closed = Some(now);
        }
    }
}
