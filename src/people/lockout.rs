//! How repeated wrong passwords are slowed down.

use std::collections::HashMap;

use crate::error::{Code, Error};
use crate::values::Timestamp;

/// So many wrong passwords in a row are an honest mistake.
const FREE_ATTEMPTS: i64 = 5;

/// The first pause.
const FIRST_PAUSE: i64 = 30_000;

/// The longest pause.
const LONGEST_PAUSE: i64 = 15 * 60_000;

/// How many unknown addresses are remembered.
const REMEMBERED: usize = 1_000;

/// Until when nobody may try again after `failed` wrong passwords in a row, the last one at `now`:
/// 30 seconds after the fifth, then twice as long each time, up to a quarter of an hour.
pub fn locked_until(failed: i64, now: Timestamp) -> Option<Timestamp> {
    let beyond = failed - FREE_ATTEMPTS;
    if beyond < 0 {
        return None;
    }
    let doublings = u32::try_from(beyond).unwrap_or(u32::MAX).min(10);
    Some(Timestamp(
        now.0 + (FIRST_PAUSE << doublings).min(LONGEST_PAUSE),
    ))
}

/// What a person reads who has to wait.
pub fn locked_error(until: Timestamp, now: Timestamp) -> Error {
    let seconds = (until.0 - now.0 + 999) / 1_000;
    let wait = match seconds {
        ..=1 => "1 second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    };
    Error::new(
        Code::SignInFailed,
        format!("Too many wrong passwords. The next try is possible in {wait}."),
    )
}

/// Slows down guesses at addresses that have no account the same way as at those that have one, so
/// that the pause does not tell which is which.
#[derive(Debug, Default)]
pub struct GuessGuard(HashMap<String, Guesses>);

#[derive(Debug, Clone, Copy)]
struct Guesses {
    failed: i64,
    last: Timestamp,
    until: Option<Timestamp>,
}

impl GuessGuard {
    /// Until when nobody may try this address again.
    pub fn locked_until(&self, email_key: &str) -> Option<Timestamp> {
        self.0.get(email_key).and_then(|guesses| guesses.until)
    }

    /// Counts a wrong guess.
    pub fn failed(&mut self, email_key: &str, now: Timestamp) {
        if self.0.len() >= REMEMBERED && !self.0.contains_key(email_key) {
            let oldest = self.0.iter().min_by_key(|(_, guesses)| guesses.last);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                self.0.remove(&oldest);
            }
        }
        let failed = self
            .0
            .get(email_key)
            .map_or(1, |guesses| guesses.failed + 1);
        let guesses = Guesses {
            failed,
            last: now,
            until: locked_until(failed, now),
        };
        self.0.insert(email_key.to_owned(), guesses);
    }
}

#[cfg(test)]
mod tests {
    use super::{GuessGuard, locked_error, locked_until};
    use crate::values::Timestamp;

    #[test]
    fn the_pause_starts_at_the_fifth_wrong_password_and_doubles() {
        let now = Timestamp(1_000_000);
        let pauses: Vec<Option<i64>> = (1..=12)
            .map(|failed| locked_until(failed, now).map(|until| (until.0 - now.0) / 1_000))
            .collect();
        let expected = [30, 60, 120, 240, 480, 900, 900, 900].map(Some);
        assert_eq!(pauses[..4], [None; 4]);
        assert_eq!(pauses[4..], expected);
        assert_eq!(
            locked_until(i64::MAX, now),
            Some(Timestamp(now.0 + 900_000)),
            "the number never runs over"
        );
    }

    #[test]
    fn the_wait_is_told_in_words() {
        for (millis, wait) in [
            (1, "1 second."),
            (29_500, "30 seconds."),
            (900_000, "15 minutes."),
        ] {
            let error = locked_error(Timestamp(millis), Timestamp(0));
            assert!(error.message.ends_with(wait), "{}", error.message);
        }
    }

    #[test]
    fn unknown_addresses_are_slowed_down_too_in_bounded_memory() {
        let mut guard = GuessGuard::default();
        for attempt in 0..5 {
            assert_eq!(guard.locked_until("eve@example.com"), None);
            guard.failed("eve@example.com", Timestamp(attempt));
        }
        assert_eq!(
            guard.locked_until("eve@example.com"),
            Some(Timestamp(30_004))
        );
        for other in 0..2_000 {
            guard.failed(&format!("{other}@example.com"), Timestamp(100 + other));
        }
        assert!(guard.0.len() <= 1_000);
    }
}
