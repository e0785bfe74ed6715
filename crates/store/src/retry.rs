//! Doing a whole transaction again when the database undid it, a bounded number of times.

use std::time::{Duration, Instant};

use super::fault::{Cure, cure};

/// How often one transaction is tried.
const ATTEMPTS: u32 = 10;

/// How long a person waits for a lock that others hold, all attempts together.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// How long one attempt waits for a lock.
pub(super) const LOCK_WAIT: Duration = Duration::from_secs(5);

/// Counts the attempts of one transaction and waits between them.
pub(super) struct Attempts {
    made: u32,
    began: Instant,
    /// Whether an attempt may have been committed without our hearing of it.
    pub(super) in_doubt: bool,
    /// Whether a duplicate key is worth another attempt: one that reads first and then knows it.
    pub(super) duplicates_too: bool,
}

impl Attempts {
    /// Before the first attempt.
    pub(super) fn new() -> Self {
        Self {
            made: 0,
            began: Instant::now(),
            in_doubt: false,
            duplicates_too: false,
        }
    }

    /// The same, for a transaction that looks first at what it would collide with.
    pub(super) fn looking_first() -> Self {
        Self {
            duplicates_too: true,
            ..Self::new()
        }
    }

    /// Waits before the next attempt, or gives the error back when another one would not help.
    pub(super) async fn again(&mut self, error: sqlx::Error) -> Result<(), sqlx::Error> {
        self.made += 1;
        let duplicate = error
            .as_database_error()
            .is_some_and(|cause| cause.is_unique_violation());
        match cure(&error) {
            Cure::None if duplicate && self.duplicates_too => {}
            Cure::None => return Err(error),
            // A server that stays away is for the person to know about soon.
            Cure::Reconnect if self.made >= 3 => return Err(error),
            Cure::Reconnect => self.in_doubt = true,
            Cure::Again => {}
        }
        let is_late = self.began.elapsed() + LOCK_WAIT > PATIENCE;
        if self.made >= ATTEMPTS || is_late {
            return Err(error);
        }
        let longest = 8 << self.made.min(7);
        let millis = rand::random_range(longest / 2..=longest);
        tokio::time::sleep(Duration::from_millis(millis)).await;
        Ok(())
    }
}

/// Runs a body that ends in `sqlx::Result` until it succeeds or stops being worth repeating.
macro_rules! retrying {
    ($body:expr) => {
        retrying!($crate::retry::Attempts::new(), attempts => $body)
    };
    ($start:expr, $attempts:ident => $body:expr) => {{
        let mut $attempts = $start;
        loop {
            let outcome: sqlx::Result<_> = async { $body }.await;
            match outcome {
                Ok(value) => break Ok::<_, domain::error::Error>(value),
                Err(error) => match $attempts.again(error).await {
                    Ok(()) => {}
                    Err(error) => break Err($crate::fault::told(error)),
                },
            }
        }
    }};
}

pub(super) use retrying;
