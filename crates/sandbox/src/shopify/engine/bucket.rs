//! The leaky bucket of points.

use serde_json::{Value, json};

use crate::frame::Moment;

/// The most that one operation may cost, whatever the bucket holds.
pub(crate) const MOST_PER_OPERATION: f64 = 1000.0;

/// Points of one app in one shop, which come back by the clock.
#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    maximum: f64,
    per_second: f64,
    available: f64,
    at: Moment,
}

impl Bucket {
    pub(crate) fn new(maximum: f64, per_second: f64) -> Self {
        Self {
            maximum,
            per_second,
            available: maximum,
            at: Moment(0),
        }
    }

    fn restore(&mut self, now: Moment) {
        let seconds = (now.0 - self.at.0).max(0) as f64 / 1000.0;
        self.available = (self.available + seconds * self.per_second).min(self.maximum);
        self.at = now;
    }

    /// Takes `cost` points if they are there.
    pub(crate) fn take(&mut self, cost: f64, now: Moment) -> bool {
        self.restore(now);
        let enough = self.available >= cost;
        if enough {
            self.available -= cost;
        }
        enough
    }

    /// Gives back what was taken too much.
    pub(crate) fn give_back(&mut self, points: f64) {
        self.available = (self.available + points.max(0.0)).min(self.maximum);
    }

    /// The state, as every answer has it.
    pub(crate) fn status(&mut self, now: Moment) -> Value {
        self.restore(now);
        json!({
            "maximumAvailable": whole(self.maximum),
            "currentlyAvailable": whole(self.available),
            "restoreRate": whole(self.per_second),
        })
    }
}

/// Points as they are told: without a fraction.
pub(crate) fn whole(points: f64) -> Value {
    let whole = points.floor() as i64;
    json!(whole)
}
