//! What can go wrong between here and a shop, by what is to be done about it.

use std::fmt;
use std::time::Duration;

use domain::error::{Code, Error};

/// What is to be done about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The shop did not do it, and will not do it unless something changes: a broken rule.
    Rejected,
    /// What was meant is not there any more.
    Gone,
    /// It changed in the shop since it was read: read it again and decide again.
    Stale,
    /// Whether it was done is not known: the answer was lost. Read before anything is repeated.
    Lost,
    /// It was not done, and may be later: no connection, too many requests, the shop is down.
    Later,
    /// The shop does not let us in, or the account lacks a right: nothing else will work either.
    Denied,
    /// The answer is none that this version understands.
    Broken,
}

/// Why something was not done, or not known to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is to be done about it.
    pub kind: FailureKind,
    /// What happened, in plain words, as one sentence. It holds no secret.
    pub message: String,
    /// What to do, when that is known.
    pub hint: Option<String>,
    /// How long the shop asked to be left alone.
    pub wait: Option<Duration>,
    /// What the platform calls the request, for its support.
    pub request_id: Option<String>,
}

/// The result of asking a shop.
pub type Answered<T> = Result<T, Failure>;

impl Failure {
    /// One of a kind that says what happened.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            wait: None,
            request_id: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let code = match failure.kind {
            FailureKind::Later | FailureKind::Lost => Code::Unreachable,
            FailureKind::Gone => Code::NotFound,
            FailureKind::Stale => Code::Conflict,
            FailureKind::Rejected | FailureKind::Denied => Code::Invalid,
            FailureKind::Broken => Code::Internal,
        };
        let error = Error::new(code, failure.message);
        match failure.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}
