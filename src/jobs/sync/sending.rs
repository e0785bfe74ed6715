//! What a plan is sent to, and one run of it. What it does stands in `send.rs`, `send_kept.rs`, `create_there.rs` and
//! `send_stock.rs`.

use std::sync::Arc;

use channels::channel::Channel;
use domain::values::BatchId;
use store::Store;

use super::shop::Shop;
use crate::jobs::plan::{Plan, PlanMeta};
use crate::jobs::registry::Progress;

/// What a plan is sent to.
#[derive(Clone)]
pub struct Sending {
    /// The rules of the channel.
    pub shop: Shop,
    /// The shop.
    pub channel: Arc<dyn Channel>,
}

/// One run of sending.
pub(in crate::jobs) struct SendingRun<'a> {
    pub(in crate::jobs) progress: &'a Progress,
    pub(in crate::jobs) store: &'a Store,
    pub(in crate::jobs) plan: &'a Plan,
    pub(in crate::jobs) batch: BatchId,
    pub(in crate::jobs) meta: &'a mut PlanMeta,
    pub(in crate::jobs) to: &'a Sending,
}
