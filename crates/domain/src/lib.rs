//! Backstock's domain: what the product is about, without any input or output. No SQL, no files,
//! no network, nothing async.
//!
//! The rooms, in reading order; imports point from the bottom of this list to the top:
//!
//! - [`error`]: the one error that leaves the core.
//! - [`values`]: ids, SKU, money, dates, the clock.
//! - [`record`]: what every kind of record is made of: fields, values, rules that come from them.
//! - [`catalog`]: products and their fields: types and rules.
//! - [`purchasing`]: suppliers and what they sell: types and rules.
//! - [`workspace`]: what a workspace sets up for itself: fields of its own.
//! - [`channel`]: shops: what they have, and how it is merged with what is here.
//! - [`people`]: users, roles, permissions, passwords.
//! - [`kinds`]: which kinds of record there are.
//! - [`plan`]: the three-way merge and the plan: what a bulk change would do.

pub mod catalog;
pub mod channel;
pub mod error;
pub mod kinds;
pub mod people;
pub mod plan;
pub mod purchasing;
pub mod record;
pub mod values;
pub mod workspace;
