//! Backstock's core: everything the product does, without a window.
//!
//! What lies below stands in crates of its own, so that the compiler keeps the arrows:
//! `domain` ← `csv_io` · `store` ← [`jobs`] ← [`commands`] ← hosts.
//!
//! - [`jobs`]: long runs with progress and cancel.
//! - [`commands`]: every operation a host may ask for.

pub mod commands;
pub mod jobs;
