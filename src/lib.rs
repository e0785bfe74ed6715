//! Backstock's core: everything the product does, without a window.
//!
//! The rooms, in reading order. Imports point one way, from the bottom of this list to the top;
//! `tests/integration/architecture.rs` keeps it so.
//!
//! - [`error`]: the one error that leaves the core.
//! - [`values`]: ids, SKU, money, dates, the clock.
//! - [`catalog`]: products and their fields: types and rules.
//! - [`people`]: users, roles, permissions, passwords.
//! - [`plan`]: the three-way merge and the plan: what a bulk change would do.
//! - [`csv_io`]: CSV in and out: encodings, dialects, column maps.
//! - [`store`]: the only SQL: two databases, migrations, journal.
//! - [`jobs`]: long runs with progress and cancel.
//! - [`commands`]: every operation a host may ask for.

pub mod catalog;
pub mod commands;
pub mod csv_io;
pub mod error;
pub mod jobs;
pub mod people;
pub mod plan;
pub mod store;
pub mod values;
