//! How a shop is asked: how long is waited for what, and from when on a bulk operation does it.

use std::time::Duration;

use crate::http::Patience;

/// How a shop is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// How long an exchange may take.
    pub patience: Patience,
    /// How long is waited before something is tried or asked again.
    pub pace: Pace,
    /// From when on a bulk operation is cheaper.
    pub bulk: Bulk,
}

/// How long is waited before something is tried or asked again.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Before the first repetition; twice as long before each further one.
    pub retry: Duration,
    /// Before a bulk operation is looked at for the first time; longer and longer after that.
    pub poll: Duration,
    /// The longest wait in one call for points or for a shop that asks to be left alone.
    pub longest: Duration,
}

/// From when on a bulk operation is cheaper.
#[derive(Debug, Clone, Copy)]
pub struct Bulk {
    /// More products than these are read by an export.
    pub products: u64,
    /// More items, or keys of items, than these are looked up in an export.
    pub reads: usize,
    /// More mutations than these are made by bulk operations.
    pub updates: usize,
    /// More updates of one plan than these go to the shop together, however many they are.
    pub together: usize,
    /// More families than these are created by one.
    pub families: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            retry: Duration::from_secs(1),
            poll: Duration::from_secs(2),
            longest: Duration::from_secs(300),
        }
    }
}

impl Default for Bulk {
    fn default() -> Self {
        Self {
            products: 1_000,
            reads: 2_500,
            updates: 250,
            together: 10_000,
            families: 100,
        }
    }
}

/// How often something that failed on the way is tried again.
pub(super) const TRIES: u32 = 5;

impl Pace {
    /// How long is waited before the repetition of this number, from 0.
    pub(super) fn before(self, repetition: u32) -> Duration {
        self.retry * 2_u32.saturating_pow(repetition.min(4))
    }

    /// How long is waited before looking for the time of this number, from 0: each time half as long
    /// again, so that few looks are enough for what takes hours.
    pub(super) fn look(self, number: u32) -> Duration {
        let steps = i32::try_from(number.min(14)).unwrap_or(14);
        let wait = self.poll.mul_f64(1.5_f64.powi(steps));
        wait.min(Duration::from_secs(600))
    }
}
