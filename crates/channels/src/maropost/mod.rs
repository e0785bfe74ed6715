//! Maropost Commerce Cloud, once called Neto: one address, the action in a header, everything a text.
//!
//! - [`pace`]: never more requests than the account may make, and a minute of quiet when it said no.
//! - `door`, `envelope`, `loose`: sending an action, and reading answers in which one is many and
//!   nothing has four forms.
//! - `fields`, `decode`, `encode` and the parts of an item: `scalar`, `dates`, `pictures`,
//!   `specifics`, `categories`.
//! - `orders`, `order_row`, `order_decode`: what the shop sold.
//! - `plan`, `page`, `read`, `update`, `create`, `find`, `stock`, `check`: what a channel can do.
//!
//! No source settles how the platform answers everything. Where it may be one way or the other, the
//! client does what is right under both, and reads again what it cannot tell.

mod categories;
mod channel;
mod check;
mod client;
mod create;
mod dates;
mod decode;
mod door;
mod encode;
mod envelope;
mod family;
mod fields;
mod find;
mod loose;
mod new_sku;
mod order_decode;
mod order_row;
mod orders;
pub mod pace;
mod page;
mod pictures;
mod plan;
mod read;
mod scalar;
mod sending;
mod specifics;
mod stock;
mod tree;
mod update;

pub use client::{Maropost, Options};
pub use fields::usual_fields;
pub use pace::SkippedTime;
