//! The log of every exchange with a shop. It holds no secret.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// One request and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// What was asked for: `ProductSet`, `UpdateItem`, `upload`.
    pub operation: String,
    /// The HTTP status; none when there was no answer.
    pub status: Option<u16>,
    /// What the platform calls the request.
    pub request_id: Option<String>,
    /// From sending to the last byte.
    pub took: Duration,
    /// What it cost, in whole points of the platform, where it says so.
    pub cost: Option<u32>,
    /// How many bytes were sent.
    pub sent: u64,
    /// How many came.
    pub received: u64,
    /// What was sent, as far as it is kept: the first [`KEPT`] bytes, without secrets.
    pub request: String,
    /// What went wrong; of an answer with errors, the first [`KEPT`] bytes of it. Empty when nothing did.
    pub error: String,
}

/// How much is kept of what was sent, and of an answer with errors, in bytes.
pub const KEPT: usize = 4_096;

/// Who keeps the log.
#[derive(Clone)]
pub struct ExchangeLog(Arc<dyn Fn(Exchange) + Send + Sync>);

impl ExchangeLog {
    /// A log that hands each exchange on.
    pub fn new(keep: impl Fn(Exchange) + Send + Sync + 'static) -> Self {
        Self(Arc::new(keep))
    }

    /// A log that keeps nothing.
    pub fn none() -> Self {
        Self::new(drop)
    }

    /// Keeps an exchange.
    pub fn keep(&self, exchange: Exchange) {
        (self.0)(exchange);
    }
}

impl fmt::Debug for ExchangeLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExchangeLog")
    }
}

/// The beginning of a text, as much of it as is kept.
pub fn beginning(text: &str) -> &str {
    match text.char_indices().map(|(at, _)| at).find(|at| *at > KEPT) {
        Some(end) => &text[..end],
        None => text,
    }
}
