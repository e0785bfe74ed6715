//! Sales channels over HTTP: what a shop has is read and written in one language, whatever its platform.
//!
//! - [`channel`]: the trait that every platform implements, and what passes through it.
//! - [`orders`]: the same for what it sold.
//! - [`failure`]: what can go wrong, by what is to be done about it.
//! - [`http`]: the one way out: limits, secrets, the log of every exchange.
//! - [`shopify`]: Shopify, by its Admin GraphQL API.
//! - [`maropost`]: Maropost Commerce Cloud.
//! - [`open`]: an account becomes a channel.
//!
//! No database and no plan: who calls decides what is read and written, and keeps what comes back.

pub mod channel;
pub mod exchange;
pub mod failure;
pub mod http;
pub mod maropost;
pub mod open;
pub mod orders;
pub mod shopify;
