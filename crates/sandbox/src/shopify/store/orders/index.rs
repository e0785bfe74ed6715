//! Finding orders, and changing them so that what finds them stays right.

use super::super::model::State;
use super::model::Order;
use crate::frame::Moment;

impl State {
    /// Orders as they were changed, the longest unchanged first, from those changed at `from` on.
    pub(crate) fn orders_from(
        &self,
        from: Moment,
    ) -> impl DoubleEndedIterator<Item = (Moment, u64)> + '_ {
        self.orders_by_updated.range((from, 0)..).copied()
    }

    /// What may still be sent, the longest unchanged first.
    pub(crate) fn open_fulfillment_orders(
        &self,
    ) -> impl DoubleEndedIterator<Item = (Moment, u64)> + '_ {
        self.open_fulfillment_orders.iter().copied()
    }

    /// The order that has a fulfilment order or a fulfilment of that number.
    pub(crate) fn order_with(&self, part: u64) -> Option<&Order> {
        let order = self.orders.get(self.order_of.get(&part)?)?;
        Some(order)
    }

    /// An order by its id, its number or its name: `#1001`.
    pub(crate) fn order_named(&self, on: &str) -> Option<u64> {
        use super::super::super::engine::number_of;
        if let Some(id) = number_of("Order", on) {
            return self.orders.contains_key(&id).then_some(id);
        }
        let number: u32 = on.trim_start_matches('#').parse().ok()?;
        let mut orders = self.orders.values();
        orders.find(|one| one.number == number).map(|one| one.id)
    }

    /// The number of the next order.
    pub(crate) fn next_order(&self) -> u32 {
        self.next_order
    }

    /// Takes an order out, to be changed and put in again.
    pub(crate) fn take_order(&mut self, id: u64) -> Option<Order> {
        let order = *self.orders.remove(&id)?;
        self.orders_by_updated.remove(&(order.updated, id));
        for one in &order.fulfillment_orders {
            self.open_fulfillment_orders.remove(&(one.updated, one.id));
        }
        Some(order)
    }

    /// Puts in an order, new or changed: it counts as updated when it says so.
    pub(crate) fn put_order(&mut self, order: Order) {
        self.orders_by_updated.insert((order.updated, order.id));
        for one in &order.fulfillment_orders {
            self.order_of.insert(one.id, order.id);
            if one.is_open() {
                self.open_fulfillment_orders.insert((one.updated, one.id));
            }
        }
        for one in &order.fulfillments {
            self.order_of.insert(one.id, order.id);
        }
        self.next_order = self.next_order.max(order.number + 1);
        self.orders.insert(order.id, Box::new(order));
    }

    /// Changes an order, which counts as an update.
    pub(crate) fn change_order<R>(
        &mut self,
        id: u64,
        now: Moment,
        change: impl FnOnce(&mut Self, &mut Order) -> R,
    ) -> Option<R> {
        let mut order = self.take_order(id)?;
        order.updated = now;
        let result = change(self, &mut order);
        self.put_order(order);
        Some(result)
    }
}
