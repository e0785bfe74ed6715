//! Syncing with a shop: read what it has, say which product is which listing, plan both directions, send.
//!
//! `shop.rs` knows the rules of one channel, `fetch.rs` reads, `matching.rs` links, `plan_sync.rs` plans with
//! `planned.rs`, `new_here.rs` and `new_there.rs`, `send.rs`, `send_in_bulk.rs` and
//! `create_there.rs` send what a plan says, `arrived.rs`
//! keeps what came of it, `recover.rs` looks up what was on its way, `stock.rs`, `send_stock.rs` and
//! `taken_stock.rs` keep stock in step, `waits.rs` tells what waits.

mod arrived;
mod booking;
mod create_there;
mod exchange_log;
mod fetch;
mod matching;
mod new_here;
mod new_there;
mod parcel;
mod plan_sync;
mod planned;
mod recover;
mod rehearse;
mod send;
mod send_in_bulk;
mod send_kept;
mod send_stock;
mod sending;
mod shop;
mod stock;
mod taken_stock;
mod undo_sent;
mod waits;

pub use exchange_log::keep_exchanges;
pub use fetch::{Fetched, fetch, while_wanted};
pub use matching::{MatchCounts, match_listings, want_new_there};
pub use plan_sync::{SyncWish, let_rest, plan_sync, plan_sync_of};
pub use recover::recover_sent;
pub use sending::Sending;
pub(super) use sending::SendingRun;
pub use shop::Shop;
pub(super) use undo_sent::{SentRecords, by_product_fields, is_sent, phase_of};
pub use waits::{Waiting, waiting_of};
