//! The points of a shop: how many there are, and how long to wait for those that are needed.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

/// What an operation is taken to cost until one was seen.
const GUESS: f64 = 50.0;

/// What is known of the points of one shop.
#[derive(Debug, Default)]
pub(super) struct Points(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// As of the last answer, less what was sent since.
    left: Option<Left>,
    /// What the requests cost at most that are on their way.
    under_way: f64,
    /// What each operation was said to cost at most.
    costs: HashMap<&'static str, f64>,
}

#[derive(Debug, Clone, Copy)]
struct Left {
    points: f64,
    most: f64,
    restored: f64,
    at: Instant,
}

/// Points that were set aside for a request. They are given back when it is over.
#[derive(Debug)]
pub(super) struct Reserved<'a> {
    of: &'a Points,
    points: f64,
}

impl Points {
    /// Sets points aside for an operation, or says how long to wait for them.
    pub(super) fn reserve(&self, operation: &'static str) -> Result<Reserved<'_>, Duration> {
        let mut known = self.known();
        let cost = known.costs.get(operation).copied().unwrap_or(GUESS);
        if let Some(left) = known.left {
            let now = left.now() - known.under_way;
            let cost = cost.min(left.most);
            if now < cost {
                let seconds = (cost - now) / left.restored.max(1.0);
                return Err(Duration::from_secs_f64(seconds.clamp(0.01, 600.0)));
            }
        }
        known.under_way += cost;
        Ok(Reserved {
            of: self,
            points: cost,
        })
    }

    /// Learns from the `extensions.cost` of an answer. It tells how long to wait for as many points as
    /// the operation needs.
    pub(super) fn learn(&self, operation: &'static str, cost: &Value) -> Duration {
        let mut known = self.known();
        let requested = cost["requestedQueryCost"].as_f64();
        if let Some(requested) = requested {
            known.costs.insert(operation, requested);
        }
        let status = &cost["throttleStatus"];
        let (Some(points), Some(most), Some(restored)) = (
            status["currentlyAvailable"].as_f64(),
            status["maximumAvailable"].as_f64(),
            status["restoreRate"].as_f64(),
        ) else {
            return Duration::from_secs(1);
        };
        known.left = Some(Left {
            points,
            most,
            restored,
            at: Instant::now(),
        });
        let missing = requested.unwrap_or(GUESS) - points;
        Duration::from_secs_f64((missing / restored.max(1.0)).clamp(0.05, 600.0))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Left {
    fn now(self) -> f64 {
        let since = self.at.elapsed().as_secs_f64();
        (self.points + since * self.restored).min(self.most)
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        let mut known = self.of.known();
        known.under_way = (known.under_way - self.points).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Points;

    fn said(requested: u32, left: u32) -> serde_json::Value {
        json!({"requestedQueryCost": requested, "throttleStatus": {
            "maximumAvailable": 2000.0, "currentlyAvailable": left, "restoreRate": 100.0}})
    }

    #[test]
    fn nothing_is_waited_for_while_points_are_left() {
        let points = Points::default();
        assert!(points.reserve("A").is_ok());
        points.learn("A", &said(10, 1_990));
        assert!(points.reserve("A").is_ok());
    }

    #[test]
    fn what_is_missing_is_waited_for_as_long_as_it_takes_to_come_back() {
        let points = Points::default();
        points.learn("A", &said(400, 100));
        let wait = points.reserve("A").unwrap_err().as_secs_f64();
        assert!((2.5..=3.0).contains(&wait), "{wait}");
    }

    #[test]
    fn what_is_under_way_is_not_spent_twice() {
        let points = Points::default();
        points.learn("A", &said(400, 700));
        let first = points.reserve("A").unwrap();
        assert!(points.reserve("A").is_err());
        drop(first);
        assert!(points.reserve("A").is_ok());
    }

    #[test]
    fn an_operation_dearer_than_the_bucket_is_sent_when_it_is_full() {
        let points = Points::default();
        points.learn("A", &said(2_500, 2_000));
        assert!(points.reserve("A").is_ok());
    }
}
