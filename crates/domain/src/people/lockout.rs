//! How guesses at a password are counted and slowed down: each one is counted before it is looked
//! at, so that guesses at the same moment are as many guesses.

use crate::error::{Code, Error};
use crate::values::Timestamp;

/// So many wrong passwords in a row are an honest mistake.
const FREE_ATTEMPTS: i64 = 5;

/// The first pause.
const FIRST_PAUSE: i64 = 30_000;

/// The longest pause.
const LONGEST_PAUSE: i64 = 15 * 60_000;

/// So long after the last guess, all of them are forgotten. With the longest pause, a guesser gains
/// nothing by waiting for it.
pub const REMEMBERED: i64 = 60 * 60_000;

/// The guesses at one password that are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guesses {
    /// How many there were since the right password was given.
    pub failed: i64,
    /// When the last one was made.
    pub last_at: Option<Timestamp>,
    /// Until when none is looked at.
    pub locked_until: Option<Timestamp>,
}

/// What becomes of a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It is counted, and the password is looked at.
    Counted(Guesses),
    /// It is too early; the password is not looked at.
    Refused(Guesses),
}

impl Guesses {
    /// Counts one more guess at `now`.
    pub fn count(self, now: Timestamp) -> Admission {
        if let Some(until) = self.bounded(now).filter(|until| *until > now) {
            return Admission::Refused(Self {
                locked_until: Some(until),
                ..self
            });
        }
        let is_forgotten = self
            .last_at
            .is_some_and(|last| now.0.saturating_sub(last.0) > REMEMBERED);
        let failed = if is_forgotten { 0 } else { self.failed };
        let failed = failed.max(0).saturating_add(1);
        Admission::Counted(Self {
            failed,
            last_at: Some(now),
            locked_until: pause_after(failed).map(|pause| Timestamp(now.0.saturating_add(pause))),
        })
    }

    /// The end of the pause. No pause is longer than its length from now on: the clock of a file
    /// may have been set back since it began.
    fn bounded(&self, now: Timestamp) -> Option<Timestamp> {
        let pause = pause_after(self.failed).unwrap_or(LONGEST_PAUSE);
        let latest = now.0.saturating_add(pause);
        self.locked_until
            .map(|until| Timestamp(until.0.min(latest)))
    }
}

/// How long no password is looked at after `failed` guesses in a row: 30 seconds after the fifth,
/// then twice as long each time, up to a quarter of an hour.
fn pause_after(failed: i64) -> Option<i64> {
    let beyond = failed
        .checked_sub(FREE_ATTEMPTS)
        .filter(|beyond| *beyond >= 0)?;
    let doublings = u32::try_from(beyond).unwrap_or(u32::MAX).min(10);
    Some((FIRST_PAUSE << doublings).min(LONGEST_PAUSE))
}

/// What a person reads who has to wait for `wait` milliseconds from `now` on.
pub fn locked_error(wait: i64, now: Timestamp) -> Error {
    let seconds = wait.saturating_add(999) / 1_000;
    let told = match seconds {
        ..=1 => "1 second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    };
    Error::new(
        Code::SignInFailed,
        format!("Too many wrong passwords. The next try is possible in {told}."),
    )
    .retry_at(now.0.saturating_add(wait))
}

#[cfg(test)]
mod tests {
    use super::{Admission, Guesses, locked_error};
    use crate::values::Timestamp;

    /// Guesses as often as it is let, each time as soon as it may; gives the pauses in seconds.
    fn pauses(guesses: &mut Guesses, now: &mut i64, count: usize) -> Vec<i64> {
        let mut pauses = Vec::new();
        for _ in 0..count {
            let Admission::Counted(counted) = guesses.count(Timestamp(*now)) else {
                panic!("{guesses:?} at {now}");
            };
            let until = counted.locked_until.map_or(*now, |until| until.0);
            pauses.push((until - *now) / 1_000);
            (*guesses, *now) = (counted, until);
        }
        pauses
    }

    #[test]
    fn the_pause_starts_at_the_fifth_guess_and_doubles() {
        let (mut guesses, mut now) = (Guesses::default(), 1_000_000);
        let found = pauses(&mut guesses, &mut now, 12);
        assert_eq!(found, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(guesses.failed, 12);
        guesses.failed = i64::MAX;
        assert_eq!(pauses(&mut guesses, &mut now, 2), [900, 900]);
    }

    #[test]
    fn a_pause_ends_at_its_time_however_the_clock_was_set_back() {
        let (mut guesses, mut now) = (Guesses::default(), 1_000_000);
        pauses(&mut guesses, &mut now, 5);
        let year = 365 * 24 * 3_600_000;
        for back in [0, 10_000, year] {
            let at = now - 30_000 - back;
            let Admission::Refused(bounded) = guesses.count(Timestamp(at)) else {
                panic!("back by {back}");
            };
            let until = bounded.locked_until.unwrap();
            assert!(until.0 <= at + 30_000, "back by {back}: {until:?}");
            assert!(matches!(bounded.count(until), Admission::Counted(_)));
        }
    }

    #[test]
    fn guesses_are_forgotten_an_hour_after_the_last() {
        let (mut guesses, mut now) = (Guesses::default(), 0);
        pauses(&mut guesses, &mut now, 6);
        let last = guesses.last_at.unwrap().0;
        for (later, failed) in [(3_600_000, 7), (3_600_001, 1)] {
            let Admission::Counted(counted) = guesses.count(Timestamp(last + later)) else {
                panic!("after {later}");
            };
            assert_eq!(counted.failed, failed);
        }
        let edges = [i64::MIN, -1, 0, i64::MAX];
        for (last_at, now) in edges.iter().flat_map(|a| edges.map(|b| (*a, b))) {
            let odd = Guesses {
                last_at: Some(Timestamp(last_at)),
                locked_until: Some(Timestamp(last_at)),
                ..guesses
            };
            // Neither a panic nor a pause without end.
            odd.count(Timestamp(now));
        }
    }

    #[test]
    fn the_wait_is_told_in_words() {
        for (millis, wait) in [
            (1, "1 second."),
            (29_500, "30 seconds."),
            (900_000, "15 minutes."),
        ] {
            let error = locked_error(millis, Timestamp(7));
            assert!(error.message.ends_with(wait), "{}", error.message);
            assert_eq!(error.retry_at, Some(millis + 7));
        }
    }
}
