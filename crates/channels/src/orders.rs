//! Orders, as every platform has them.

use async_trait::async_trait;
use domain::channel::ShopOrder;
use domain::values::Timestamp;

use crate::channel::Cursor;
use crate::failure::{Answered, Failure};

/// What a shop sold.
#[async_trait]
pub trait Orders: Send + Sync {
    /// Some orders that were changed since a time, or some of all of them, those that were changed first before
    /// the others; each with all of its lines. Without a cursor the reading begins; it is over when the page has
    /// none. An order that changes meanwhile may come twice, and is newer the second time; none is left out.
    async fn order_page(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Answered<OrderPage>;

    /// How these orders are now, by their ids, in the order in which they were asked for; none where one is gone, and
    /// a failure of its own where one cannot be read.
    async fn read_orders(&self, ids: &[String]) -> Answered<Vec<Answered<Option<ShopOrder>>>>;
}

/// A part of the orders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrderPage {
    /// The orders.
    pub orders: Vec<ShopOrder>,
    /// Those of which something cannot be read: the others go on.
    pub unread: Vec<UnreadOrder>,
    /// Where it goes on; none at the end.
    pub next: Option<Cursor>,
    /// From when on the next reading has to ask, so that it misses nothing; known at the end.
    pub as_of: Option<Timestamp>,
}

/// An order that is there and cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub struct UnreadOrder {
    /// What identifies it in the shop.
    pub remote_id: String,
    /// Why.
    pub failure: Failure,
}

impl OrderPage {
    /// Adds an order, or why it cannot be read.
    pub(crate) fn add(&mut self, remote_id: &str, order: Answered<ShopOrder>) {
        match order {
            Ok(order) => self.orders.push(order),
            Err(failure) => self.unread.push(UnreadOrder {
                remote_id: remote_id.to_owned(),
                failure,
            }),
        }
    }
}
