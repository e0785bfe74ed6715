//! The one error that leaves the core: a code the window can act on, a message a person can act on.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of failure it is. A code exists only when a host acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request breaks a rule; `fields` says which field breaks which.
    Invalid,
    /// The record, file, plan or batch is not there (any more).
    NotFound,
    /// Another user changed the same thing since it was read; `fields` names what.
    Conflict,
    /// The person lacks the right.
    Forbidden,
    /// No user is signed in, or the session was ended.
    SignedOut,
    /// The session is locked until its password is given.
    Locked,
    /// The person must choose a password of their own first.
    PasswordExpired,
    /// E-mail or password is wrong, or the account is locked for a while.
    SignInFailed,
    /// The database cannot be reached.
    Unreachable,
    /// The database refused the user, lacks a grant, or holds something that is not ours.
    DatabaseRefused,
    /// The workspace was written by a newer version of the app.
    NewerSchema,
    /// The shared workspace needs its password before it can be opened.
    PasswordNeeded,
    /// The person (or the program) asked to stop.
    Cancelled,
    /// A file could not be read or written.
    File,
    /// Anything unexpected: a defect or a broken machine.
    Internal,
}

/// An error with everything a person needs: what happened, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Error {
    /// What a host acts on.
    pub code: Code,
    /// What happened and where, in plain words, as one sentence.
    pub message: String,
    /// What to do about it, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hint: Option<String>,
    /// The message of each field at fault, by field key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    pub fields: BTreeMap<String, String>,
    /// From when on it makes sense to try again, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry_at: Option<i64>,
}

/// The core's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of `code` that says `message`.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
            fields: BTreeMap::new(),
            retry_at: None,
        }
    }

    /// A broken rule.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::Invalid, message)
    }

    /// Something that is not there.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// Something unexpected.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Code::Internal, message)
    }

    /// A file that could not be read or written; `doing` completes "Cannot …".
    pub fn file(doing: &str, path: &std::path::Path, cause: &std::io::Error) -> Self {
        let why = io_reason(cause);
        Self::new(
            Code::File,
            format!("Cannot {doing} {}: {why}.", path.display()),
        )
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds from when on it makes sense to try again.
    #[must_use]
    pub const fn retry_at(mut self, moment: i64) -> Self {
        self.retry_at = Some(moment);
        self
    }

    /// Adds the message of one field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.fields.insert(field.into(), message.into());
        self
    }
}

/// Why the system refuses a file, in words for people: its own end in a number that tells them nothing.
pub fn io_reason(cause: &std::io::Error) -> String {
    let said = match cause.kind() {
        ErrorKind::NotFound => "the file or its folder does not exist",
        ErrorKind::PermissionDenied => "this account may not do that there",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full",
        ErrorKind::ReadOnlyFilesystem => "what lies there can only be read",
        _ => {
            let text = cause.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            return text[..end].trim_end_matches('.').to_owned();
        }
    };
    said.to_owned()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use std::io::Error as Cause;

    use super::io_reason;

    #[test]
    fn a_refused_file_is_told_without_numbers() {
        for number in [1, 2, 5, 13, 17, 20, 21, 28, 30, 36, 122] {
            let reason = io_reason(&Cause::from_raw_os_error(number));
            assert!(!reason.contains("os error"), "{number}: {reason}");
            assert!(
                !reason.is_empty() && !reason.ends_with(['.', ' ']),
                "{number}: {reason}"
            );
        }
        let full = io_reason(&std::io::ErrorKind::StorageFull.into());
        assert_eq!(full, "the disk is full");
    }
}
