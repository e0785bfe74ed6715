//! Never more requests than the account may make: 500 a minute are allowed to all of its programs
//! together, and one that goes over has to be quiet for a minute.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::values::{Clock as _, SystemClock, Timestamp};

/// How many requests are made within a [`WINDOW`] at most; the rest is left to other programs.
const MOST: usize = 400;
/// In what time.
const WINDOW: Duration = Duration::from_secs(60);
/// How long it is quiet after too many requests, if the shop asks for no longer.
const QUIET: Duration = Duration::from_secs(60);
/// The longest that it is quiet, whatever the shop asks for.
const LONGEST_QUIET: Duration = Duration::from_secs(300);

/// Time, which tests let pass as they like.
#[async_trait]
pub trait Time: Send + Sync {
    /// How long it has been since some moment, by a clock that only runs forward.
    fn running(&self) -> Duration;

    /// The time now, as far as this computer knows.
    fn now(&self) -> Timestamp;

    /// Lets so much time pass.
    async fn wait(&self, time: Duration);
}

/// The time of this computer.
#[derive(Debug)]
pub struct RealTime(Instant);

impl Default for RealTime {
    fn default() -> Self {
        Self(Instant::now())
    }
}

#[async_trait]
impl Time for RealTime {
    fn running(&self) -> Duration {
        self.0.elapsed()
    }

    fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    async fn wait(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Time that is over once it is waited for.
#[derive(Debug, Default)]
pub struct SkippedTime {
    since: RealTime,
    skipped: AtomicU64,
}

#[async_trait]
impl Time for SkippedTime {
    fn running(&self) -> Duration {
        self.since.running() + Duration::from_millis(self.skipped.load(Ordering::SeqCst))
    }

    fn now(&self) -> Timestamp {
        self.since.now()
    }

    async fn wait(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.skipped.fetch_add(millis + 1, Ordering::SeqCst);
    }
}

/// Lets requests pass, as many as may be made.
pub(super) struct Pace {
    time: Arc<dyn Time>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When the last requests passed, the oldest first.
    passed: VecDeque<Duration>,
    /// Until when none may.
    quiet_until: Duration,
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pace")
    }
}

impl Pace {
    /// A pace that goes by `time`.
    pub(super) fn new(time: Arc<dyn Time>) -> Self {
        Self {
            time,
            state: Mutex::default(),
        }
    }

    /// The time that it goes by.
    pub(super) fn time(&self) -> &dyn Time {
        &*self.time
    }

    /// Waits until a request may be made, and counts it.
    pub(super) async fn pass(&self) {
        while let Some(wait) = self.claim() {
            self.time.wait(wait).await;
        }
    }

    /// Takes the place of one request; how long to wait when there is none.
    fn claim(&self) -> Option<Duration> {
        let now = self.time.running();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if now < state.quiet_until {
            return Some(state.quiet_until - now);
        }
        while state.passed.front().is_some_and(|at| *at + WINDOW <= now) {
            state.passed.pop_front();
        }
        match state.passed.front() {
            Some(oldest) if state.passed.len() >= MOST => Some(*oldest + WINDOW - now),
            _ => {
                state.passed.push_back(now);
                None
            }
        }
    }

    /// Lets nothing pass for a while, since the shop said that there were too many requests. Returns how
    /// long.
    pub(super) fn be_quiet(&self, asked: Option<Duration>) -> Duration {
        let quiet = asked.unwrap_or(QUIET).clamp(QUIET, LONGEST_QUIET);
        let until = self.time.running() + quiet;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.quiet_until = state.quiet_until.max(until);
        quiet
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use async_trait::async_trait;
    use domain::values::Timestamp;
    use proptest::prelude::*;

    use super::{MOST, Pace, Time, WINDOW};

    /// Time that passes when it is waited for.
    #[derive(Default)]
    struct Told(AtomicU64);

    #[async_trait]
    impl Time for Told {
        fn running(&self) -> Duration {
            Duration::from_millis(self.0.load(Ordering::SeqCst))
        }

        fn now(&self) -> Timestamp {
            Timestamp(0)
        }

        async fn wait(&self, time: Duration) {
            let millis = u64::try_from(time.as_millis()).unwrap();
            self.0.fetch_add(millis, Ordering::SeqCst);
        }
    }

    fn block<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(future)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn no_minute_has_more_requests_than_may_be_made(steps in prop::collection::vec(0u64..400, 1000)) {
            let time = Arc::new(Told::default());
            let pace = Pace::new(time.clone());
            let mut passed = Vec::new();
            block(async {
                for step in steps {
                    time.0.fetch_add(step, Ordering::SeqCst);
                    pace.pass().await;
                    passed.push(time.running());
                }
            });
            for (at, first) in passed.iter().enumerate() {
                if let Some(later) = passed.get(at + MOST) {
                    prop_assert!(*later - *first >= WINDOW);
                }
            }
        }
    }

    #[test]
    fn requests_do_not_wait_while_some_are_left_and_wait_a_minute_after_a_refusal() {
        let time = Arc::new(Told::default());
        let pace = Pace::new(time.clone());
        block(async {
            for _ in 0..MOST {
                pace.pass().await;
            }
            assert_eq!(time.running(), Duration::ZERO);
            assert_eq!(pace.be_quiet(Some(Duration::from_secs(5))), WINDOW);
            pace.pass().await;
            assert_eq!(time.running(), WINDOW);
            let longest = pace.be_quiet(Some(Duration::from_secs(86_400)));
            assert_eq!(longest, Duration::from_secs(300));
        });
    }
}
