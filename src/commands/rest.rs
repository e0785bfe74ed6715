//! Products that changed in nothing that a shop has do not wait for it: they are let rest as soon as that is seen.

use std::time::{Duration, Instant};

use super::call::Call;
use super::channels::shop_of;
use crate::jobs::let_rest;
use domain::channel::shop::CHANNEL;
use domain::error::Result;
use store::RecordQuery;

/// No workspace has more channels.
const MOST_CHANNELS: i64 = 1_000;

/// So many times as long as a look takes nothing is looked at after it.
const PAUSES: u32 = 20;

/// What was looked at.
#[derive(Debug, Default)]
pub(super) struct Resting {
    /// The last change that was seen.
    seen: i64,
    /// Before which moment it is not looked again.
    pause: Option<Instant>,
}

impl Resting {
    /// Looks again where something changed, and not all of the time.
    pub(super) async fn look(&mut self, call: &Call) -> Result<()> {
        let store = call.store()?;
        let is_pause = self.pause.is_some_and(|pause| Instant::now() < pause);
        if is_pause || store.last_change().await? == self.seen {
            return Ok(());
        }
        let began = Instant::now();
        let looked = let_all_rest(call).await;
        let took = began.elapsed().max(Duration::from_millis(1));
        self.pause = Some(Instant::now() + took * PAUSES);
        looked?;
        self.seen = store.last_change().await?;
        Ok(())
    }
}

/// Lets those products rest that changed in nothing that a shop has. Gives how many there were.
pub(super) async fn let_all_rest(call: &Call) -> Result<usize> {
    let store = call.store()?;
    let all = RecordQuery::default();
    let (channels, _) = store.list_records(CHANNEL, &all, 0, MOST_CHANNELS).await?;
    let mut count = 0;
    for channel in channels.iter().filter(|channel| !channel.trashed) {
        count += let_rest(&store, &shop_of(call, channel.id).await?).await?;
    }
    Ok(count)
}
