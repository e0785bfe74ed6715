//! History: the journal as people read it, and what its check found.

use crate::record::Field;
use crate::record::FieldKind;
use crate::record::Kind;
use crate::values::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::batch::Batch;
use super::change::{Operation, Origin};
use crate::record::Value;
use crate::values::{BatchId, Timestamp, UserId};

/// What happened to a record, or what a person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistoryOperation {
    /// It came to be.
    Create,
    /// Its fields changed.
    Update,
    /// It went to the trash.
    Trash,
    /// It came back from the trash.
    Restore,
    /// It was deleted for good.
    Purge,
    /// It was deleted: a person or a role.
    Delete,
    /// The person can no longer sign in.
    Deactivate,
    /// The person can sign in again.
    Reactivate,
    /// The person was given a new password.
    ResetPassword,
    /// The person changed their own password.
    ChangePassword,
    /// The person signed in.
    SignIn,
    /// A failed sign-in.
    SignInFailed,
    /// Too many wrong passwords: the account was closed for a while.
    LockedOut,
    /// The person signed out.
    SignOut,
}

impl HistoryOperation {
    /// The word by which it is kept.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Trash => "trash",
            Self::Restore => "restore",
            Self::Purge => "purge",
            Self::Delete => "delete",
            Self::Deactivate => "deactivate",
            Self::Reactivate => "reactivate",
            Self::ResetPassword => "reset_password",
            Self::ChangePassword => "change_password",
            Self::SignIn => "sign_in",
            Self::SignInFailed => "sign_in_failed",
            Self::LockedOut => "locked_out",
            Self::SignOut => "sign_out",
        }
    }
}

impl From<Operation> for HistoryOperation {
    fn from(operation: Operation) -> Self {
        match operation {
            Operation::Create => Self::Create,
            Operation::Update => Self::Update,
            Operation::Trash => Self::Trash,
            Operation::Restore => Self::Restore,
            Operation::Purge => Self::Purge,
        }
    }
}

/// Which entries of the history are wanted: all of what is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HistoryFilter {
    /// Only this kind of record.
    #[ts(optional = nullable)]
    pub kind: Option<Kind>,
    /// Only this record, by its id.
    #[ts(optional = nullable)]
    pub record: Option<RecordId>,
    /// Only what this person did.
    #[ts(optional = nullable)]
    pub person: Option<UserId>,
    /// Only this batch.
    #[ts(optional = nullable)]
    pub batch: Option<BatchId>,
    /// Only these origins.
    #[ts(optional = nullable)]
    pub origins: Option<Vec<Origin>>,
    /// Only entries that changed this field.
    #[ts(optional = nullable)]
    pub field: Option<Field>,
    /// Not before.
    #[ts(optional = nullable)]
    pub from: Option<Timestamp>,
    /// Not after.
    #[ts(optional = nullable)]
    pub to: Option<Timestamp>,
    /// Only records whose label contains this: a SKU, a name, an e-mail address.
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// One entry for each batch, its last, in place of all of them. The record, its kind, the field and
    /// the search, which single out entries, are not asked for then.
    #[ts(optional = nullable)]
    pub by_batch: Option<bool>,
}

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryChange {
    /// The key of the field.
    pub field: String,
    /// Its name for people.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// What it was.
    pub old: Value,
    /// What it became.
    pub new: Value,
}

/// One entry of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Its number: later entries have larger ones.
    pub number: i64,
    /// The batch that it belongs to.
    pub batch_id: BatchId,
    /// When.
    pub at: Timestamp,
    /// Who; empty for the system itself, and for a caller who was not signed in.
    pub person: String,
    /// Who, when they have an account.
    pub person_id: Option<UserId>,
    /// Where the change came from.
    pub origin: Origin,
    /// What its batch is called: `Edit KIT-1200`, `Redo edit of KIT-1200`.
    pub title: String,
    /// What kind of record it is about.
    pub kind: Kind,
    /// Which record.
    pub record_id: RecordId,
    /// What people call the record: a SKU, a name, an e-mail address.
    pub label: String,
    /// What happened.
    pub operation: HistoryOperation,
    /// Field by field.
    pub changes: Vec<HistoryChange>,
    /// The batch that it stands for, when that has more entries than this.
    pub batch: Option<Box<Batch>>,
}

/// A page of the history, the latest entry first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// The entries.
    pub entries: Vec<HistoryEntry>,
    /// What `before` takes for the next page; nothing when this is the last one.
    pub next: Option<i64>,
}

/// What the check of the history found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// When it was checked.
    pub checked_at: Timestamp,
    /// Batches checked.
    pub batches: i64,
    /// Entries checked.
    pub entries: i64,
    /// Records whose values were compared with their entries.
    pub records: i64,
    /// When the last batch of the chain ended.
    pub head_at: Option<Timestamp>,
    /// The end of the chain, to note elsewhere: `position:link`.
    pub head: String,
    /// Batches that are not finished yet, and so not sealed.
    pub open: i64,
    /// Batches from before the chain began: nothing protects these.
    pub older: i64,
    /// How many problems there are; `problems` holds the first 100 of them.
    pub problem_count: i64,
    /// What does not fit.
    pub problems: Vec<VerificationProblem>,
}

/// Something in the history that was changed past the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerificationProblem {
    /// The batch, when it is about one.
    pub batch: Option<BatchId>,
    /// What the batch is about, as the database has it now.
    pub label: String,
    /// Whose batch it is, as the database has it now.
    pub person: String,
    /// When the batch started, as the database has it now.
    pub at: Option<Timestamp>,
    /// What is wrong, as a sentence.
    pub what: String,
}

#[cfg(test)]
mod tests {
    use super::HistoryOperation;

    #[test]
    fn what_is_kept_is_what_the_window_gets() {
        for word in [
            "create",
            "update",
            "trash",
            "restore",
            "purge",
            "delete",
            "deactivate",
            "reactivate",
            "reset_password",
            "change_password",
            "sign_in",
            "sign_in_failed",
            "locked_out",
            "sign_out",
        ] {
            let operation: HistoryOperation = serde_json::from_str(&format!("\"{word}\"")).unwrap();
            assert_eq!(operation.key(), word);
        }
    }
}
