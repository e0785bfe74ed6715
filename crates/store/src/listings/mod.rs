//! Listings: what the workspace knows of products in shops. What a shop has, as it was read last, is kept
//! beside what both sides last agreed on, so that a sync is planned without asking the shop again.
//!
//! `reading.rs` takes in what is read, `find.rs` gives out `which.rs` are meant, `counts.rs` counts them, `link.rs` says which product each is,
//! `settle.rs` keeps what was sent and agreed, with its entry in the journal, `standing.rs` tells lists of
//! products how they stand, `exchanges.rs` keeps the log, `turns.rs` says which desktop syncs by itself,
//! `unmatched.rs` tells what is to be matched, `many.rs` writes many at once.

mod counts;
mod exchanges;
mod find;
mod link;
mod many;
mod reading;
mod rest;
mod row;
mod settle;
mod standing;
mod turns;
mod unmatched;
mod which;

pub use counts::ListingCounts;
pub use exchanges::KeptExchange;
pub use link::Linking;
pub use reading::{PageKept, ReadingState};
pub use row::{ListedListing, parent_key};
pub use settle::{Dirt, ListingEntry, SettledListing};
pub use turns::{SyncTurn, TurnDone};
pub use unmatched::UnmatchedListing;
pub use which::WhichListings;
