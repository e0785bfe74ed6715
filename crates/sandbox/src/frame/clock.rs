//! The time in a practice shop.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970 in UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// When every practice shop begins unless told otherwise: 1 November 2026, 00:00 UTC.
    pub const START: Self = Self(1_793_491_200_000);

    /// The moment as `2026-11-01T00:00:00Z`; milliseconds are left out, as both platforms do.
    pub fn rfc3339(self) -> String {
        let whole = jiff::Timestamp::from_second(self.0.div_euclid(1000));
        whole.map_or_else(
            |_| String::from("9999-12-30T22:00:00Z"),
            |at| at.to_string(),
        )
    }

    /// Reads `2026-11-01T00:00:00Z` or any other form of RFC 3339 with an offset.
    pub fn parse(text: &str) -> Option<Self> {
        let at: jiff::Timestamp = text.parse().ok()?;
        Some(Self(at.as_millisecond()))
    }

    /// The moment `millis` later.
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// A clock that several hold, and that tests move.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    at: AtomicI64,
    step: i64,
    running_since: Option<Instant>,
}

impl Clock {
    /// A clock that stands at `start` until it is moved.
    pub fn standing(start: Moment) -> Self {
        Self::stepping(start, 0)
    }

    /// A clock that each request moves on by `step` milliseconds, so that what follows each other
    /// has different times and a bucket of points fills again, whatever the machine is doing.
    pub fn stepping(start: Moment, step: i64) -> Self {
        Self(Arc::new(Inner {
            at: AtomicI64::new(start.0),
            step,
            running_since: None,
        }))
    }

    /// A clock that runs from `start` as fast as time does. It can be moved all the same.
    pub fn running(start: Moment) -> Self {
        Self(Arc::new(Inner {
            at: AtomicI64::new(start.0),
            step: 0,
            running_since: Some(Instant::now()),
        }))
    }

    /// A clock that goes with this machine's.
    pub fn now_on() -> Self {
        Self::running(Moment(jiff::Timestamp::now().as_millisecond()))
    }

    /// The time now.
    pub fn now(&self) -> Moment {
        let run = self.0.running_since.map_or(0, |since| {
            i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)
        });
        Moment(self.0.at.load(Ordering::SeqCst)).plus(run)
    }

    /// Moves the clock on by `millis`, or back if there are fewer than none.
    pub fn advance(&self, millis: i64) {
        self.0.at.fetch_add(millis, Ordering::SeqCst);
    }

    /// Takes the step of one request.
    pub(crate) fn tick(&self) {
        self.advance(self.0.step);
    }
}
