//! 500 requests a minute.

use std::collections::VecDeque;

use crate::Moment;

use super::settings::Settings;

/// How long a request counts, in milliseconds.
const WINDOW: i64 = 60_000;

/// The requests of the last minute.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rate {
    recent: VecDeque<Moment>,
}

impl Rate {
    /// Counts a request and says whether it may pass.
    pub(crate) fn passes(&mut self, now: Moment, settings: &Settings) -> bool {
        let since = now.plus(-WINDOW);
        while self.recent.front().is_some_and(|first| *first <= since) {
            self.recent.pop_front();
        }
        let passes = self.recent.len() < settings.requests_per_minute;
        if passes || settings.refused_requests_count {
            self.recent.push_back(now);
        }
        // Only the newest ones decide, so that a client that never pauses costs no memory.
        while self.recent.len() > settings.requests_per_minute {
            self.recent.pop_front();
        }
        passes
    }
}
