//! Time: UTC milliseconds from a clock that is passed in, so that tests can set it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::{ContextV7, Uuid};

use crate::error::{Error, Result};

/// A moment: milliseconds since 1970 in UTC. Time zones live in the window and at a channel's edge.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(i64::try_from(since_epoch().as_millis()).unwrap_or(i64::MAX))
    }
}

/// How long ago 1970 began; nothing while the machine's clock stands before it.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks the machine"
)]
fn since_epoch() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}

/// Keeps ids in order that are made in the same millisecond.
static ORDER: Mutex<ContextV7> = Mutex::new(ContextV7::new());

/// A new id, which sorts after those made before it. Unlike the library's own, it is had whatever
/// the clock says.
pub(crate) fn new_id() -> Uuid {
    let now = since_epoch();
    let now = uuid::Timestamp::from_unix(&ORDER, now.as_secs(), now.subsec_nanos());
    Uuid::new_v7(now)
}

/// No time before this was ever right for this program: 1 January 2020.
const EARLIEST: Timestamp = Timestamp(1_577_836_800_000);

/// Refuses a clock that cannot be right: what is written at a wrong time cannot be put in order
/// later.
pub fn refuse_wrong_clock(now: Timestamp) -> Result<()> {
    if now >= EARLIEST {
        return Ok(());
    }
    let message = "The clock of this computer is wrong: it stands before the year 2020.";
    Err(Error::invalid(message).hint("Set its date and time, then open the workspace again."))
}

/// A clock that stands still until it is moved: for tests.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that stands at `start`.
    pub fn at(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.0))
    }

    /// Moves the clock on by `millis`.
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::new_id;

    #[test]
    fn ids_sort_as_they_were_made() {
        let made: Vec<_> = (0..10_000).map(|_| new_id()).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
    }
}
