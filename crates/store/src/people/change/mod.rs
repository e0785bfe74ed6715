//! Changes of people and roles: one at a time over all desktops, checked and written in one
//! transaction, so that two administrators at the same moment cannot remove the last owner between
//! them, give a role that is just being deleted, or act with rights that were just taken away.

mod account;
mod roles;
mod users;

pub use users::UserEdit;

use domain::people::kinds::ROLE;
use domain::people::kinds::USER;
use domain::record::Kind;
use uuid::Uuid;

use super::roles::RoleRecord;
use super::users::{UserRecord, UserStatus};
use super::{roles as role_rows, seals, users as user_rows};
use crate::db::{Db, Tx, on_tx};
use crate::history::events::{Event, between, last_author, record_event};
use domain::error::{Code, Error, Result};
use domain::people::{Rights, RoleKey};
use domain::plan::{Change, HistoryOperation, Origin};
use domain::record::Permission;
use domain::record::Value;
use domain::values::{Timestamp, UserId};

/// Why a change stops: the database failed, or a rule refuses it.
enum Stop {
    Failed(sqlx::Error),
    Refused(Error),
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// A transaction that changes people or roles.
struct PeopleTx {
    tx: Tx,
    now: Timestamp,
    /// Who does it.
    by: UserId,
    /// Their name, once it was looked up.
    by_name: String,
    /// What the history will say; nothing when nothing changes.
    happened: Option<Event>,
}

impl PeopleTx {
    /// Begins, and waits for other desktops that are changing people. All of them write the same
    /// row, which holds on a cluster too, where a lock is known to one node only.
    async fn begin(db: &Db, now: Timestamp, by: UserId) -> sqlx::Result<Self> {
        let mut tx = db.begin().await?;
        on_tx!(&mut tx, conn => {
            sqlx::query("update workspace set people_changes = people_changes + 1 where id = 1")
                .execute(conn)
                .await
                .map(drop)
        })?;
        Ok(Self {
            tx,
            now,
            by,
            by_name: String::new(),
            happened: None,
        })
    }

    /// Makes the change lasting together with its entry in the history, unless it was refused or
    /// changes nothing.
    async fn end<T>(mut self, outcome: Result<T, Stop>) -> sqlx::Result<Result<T>> {
        let done = match outcome {
            Ok(done) => done,
            Err(Stop::Refused(error)) => return Ok(Err(error)),
            Err(Stop::Failed(error)) => return Err(error),
        };
        if let Some(event) = &self.happened {
            record_event(&mut self.tx, self.now, event).await?;
            self.tx.commit().await?;
        }
        Ok(Ok(done))
    }

    /// Notes what happens to a person, for the history, and seals what their account is then.
    fn note_user(&mut self, after: &UserRecord, operation: HistoryOperation, changes: Vec<Change>) {
        self.happened = Some(Event {
            seal: Some(seals::of_user(after)),
            ..self.event((USER, after.id.uuid()), &after.name, operation, changes)
        });
    }

    /// The same of a role.
    fn note_role(&mut self, after: &RoleRecord, operation: HistoryOperation, changes: Vec<Change>) {
        self.happened = Some(Event {
            seal: Some(seals::of_role(after)),
            ..self.event((ROLE, after.id.uuid()), &after.name, operation, changes)
        });
    }

    fn event(
        &self,
        (kind, id): (Kind, Uuid),
        label: &str,
        operation: HistoryOperation,
        changes: Vec<Change>,
    ) -> Event {
        Event {
            origin: Origin::People,
            author: Some((self.by, self.by_name.clone())),
            label: label.to_owned(),
            kind,
            id: id.into(),
            operation,
            changes,
            seal: None,
        }
    }

    /// That another desktop was quicker to change a person or a role.
    async fn moved(&mut self, of: (Kind, Uuid), what: &str) -> Stop {
        match last_author(&mut self.tx, of, Origin::People, self.by).await {
            Ok(author) => moved(author.as_deref(), what).into(),
            Err(error) => error.into(),
        }
    }

    /// Who does it, as they are now.
    async fn actor(&mut self) -> Result<UserRecord, Stop> {
        let actor = user_rows::read(&mut self.tx, self.by).await?;
        let active = actor.filter(|actor| actor.status == UserStatus::Active);
        let active = active.ok_or_else(signed_out)?;
        self.by_name.clone_from(&active.name);
        Ok(active)
    }

    /// The rights of the user, who manages people.
    async fn manager(&mut self) -> Result<Rights, Stop> {
        let actor = self.actor().await?;
        let rights = self.rights(actor.role).await?.unwrap_or_default();
        if rights.may(Permission::ManageUsers) {
            return Ok(rights);
        }
        Err(forbidden("You may not manage people.").into())
    }

    /// What a role lets people do; nothing when there is no such role.
    async fn rights(&mut self, role: RoleKey) -> Result<Option<Rights>, Stop> {
        Ok(match role {
            RoleKey::BuiltIn(role) => Some(role.into()),
            RoleKey::Made(id) => role_rows::read(&mut self.tx, id)
                .await?
                .map(|role| role.rights),
        })
    }
}

/// A change of a text in the history; nothing when it stays the same.
fn changed(kind: Kind, key: &str, old: &str, new: &str) -> Option<Change> {
    between(kind, key, Value::text(old), Value::text(new))
}

fn signed_out() -> Error {
    Error::new(Code::SignedOut, "Your account was deactivated.").hint("Ask the owner.")
}

fn forbidden(message: impl Into<String>) -> Error {
    Error::new(Code::Forbidden, message).hint("Ask an owner of the workspace.")
}

/// Another desktop was quicker.
pub(crate) fn moved(author: Option<&str>, what: &str) -> Error {
    let author = author.unwrap_or("Another person");
    Error::new(Code::Conflict, format!("{author} changed {what} just now."))
        .hint("Look at it again, then repeat the change.")
}
