//! Orders, and what becomes of them.

mod amend;
mod index;
mod line;
mod model;
mod route;
mod send;
mod settle;
mod stock;
mod sums;

pub(crate) use model::{
    Address, Cancelling, Customer, Delivery, Fulfillment, FulfillmentOrder, FulfillmentOrderLine,
    FulfillmentOrderStatus, Hold, Line, Order, PAR, Payment, RefundLine, Restock, Tax, Tracking,
    Transaction, Words, has_no_hundredths, rounded,
};
pub(crate) use route::{Picks, find as fulfillment_order_of, method_of, release, waiting};
pub(crate) use settle::{RefundUnits, RefundWish};
pub(crate) use stock::Move;
pub(crate) use sums::Sums;
