//! Backstock's domain: what the product is about, without any input or output. No SQL, no files,
//! no network, nothing async.
//!
//! The rooms, in reading order; imports point from the bottom of this list to the top:
//!
//! - [`error`]: the one error that leaves the core.
//! - [`values`]: ids, SKU, money, dates, the clock.
//! - [`catalog`]: products and their fields: types and rules.
//! - [`people`]: users, roles, permissions, passwords.
//! - [`plan`]: the three-way merge and the plan: what a bulk change would do.

pub mod catalog;
pub mod error;
pub mod people;
pub mod plan;
pub mod values;
