//! How repeated wrong passwords are slowed down.

use crate::error::{Code, Error};
use crate::values::Timestamp;

/// So many wrong passwords in a row are an honest mistake.
const FREE_ATTEMPTS: i64 = 5;

/// The first pause.
const FIRST_PAUSE: i64 = 30_000;

/// The longest pause.
const LONGEST_PAUSE: i64 = 15 * 60_000;

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
    .retry_at(until.0)
}

#[cfg(test)]
mod tests {
    use super::{locked_error, locked_until};
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
            assert_eq!(error.retry_at, Some(millis));
        }
    }
}
