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
    /// How many records were not reached when this step began.
    pub(in crate::jobs) to_reach: i64,
}

impl SendingRun<'_> {
    /// Begins a step in which records are reached.
    pub(super) fn step(&mut self, step: &str) {
        self.to_reach = self.meta.applied.not_reached;
        self.progress.step(step, self.to_reach);
    }

    /// Tells how many were reached, whatever became of them.
    pub(super) fn reached(&self) {
        self.progress
            .done(self.to_reach - self.meta.applied.not_reached);
    }
}
