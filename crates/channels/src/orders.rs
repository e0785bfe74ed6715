//! Orders, as every platform has them.

use async_trait::async_trait;
use domain::channel::ShopOrder;
use domain::values::Timestamp;

use crate::channel::Cursor;
use crate::failure::Answered;

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

    /// How these orders are now, by their ids, in the order in which they were asked for; none where one is gone.
    async fn read_orders(&self, ids: &[String]) -> Answered<Vec<Option<ShopOrder>>>;
}

/// A part of the orders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrderPage {
    /// The orders.
    pub orders: Vec<ShopOrder>,
    /// Where it goes on; none at the end.
    pub next: Option<Cursor>,
    /// From when on the next reading has to ask, so that it misses nothing; known at the end.
    pub as_of: Option<Timestamp>,
}
