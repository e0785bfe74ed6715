//! Channels: connect shops, set them up, sync with them.
//!
//! `connect.rs` lets a shop in, `forget.rs` deletes one for good, `account.rs` opens it with its secret, `sync.rs`
//! fetches, matches and plans, `practice.rs` opens practice shops, `log.rs` tells what was said to them. Which field goes where stands beside it in
//! `channel_fields.rs`, what shops have in `listings.rs`, what is synced by itself in `schedule.rs`.

mod account;
mod connect;
mod forget;
mod log;
mod practice;
mod sync;

pub use connect::{
    ChannelCheck, ChannelPlace, ChannelProblem, ConnectChannel, ConnectedChannel, ReconnectChannel,
};
pub use log::{ChannelExchange, ExchangePage, ListExchanges};
pub use practice::OpenPractice;
pub use sync::{
    ChannelStatus, FetchChannel, ListChannelStatus, ListingSums, MatchedListings, SyncChannel,
    SyncOnly, SyncedByItself,
};

pub(super) use account::{sending_of, shop_of};
pub(super) use connect::{connect, reconnect, test};
pub(super) use forget::forget;
pub(super) use log::exchanges;
pub(super) use practice::practice;
pub(super) use sync::{fetch, match_all, status, sync};

super::records::commands_of!(domain::channel::shop::CHANNEL);
