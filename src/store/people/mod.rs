//! Changes of people and roles: one at a time over all desktops, checked and written in one
//! transaction, so that two administrators at the same moment cannot remove the last owner between
//! them, give a role that is just being deleted, or act with rights that were just taken away.

mod account;
mod roles;
mod users;

pub use users::UserEdit;

use super::db::{Db, Tx, on_tx};
use super::users::{UserRecord, UserStatus};
use super::{changes, roles as role_rows, users as user_rows};
use crate::error::{Code, Error, Result};
use crate::people::{Permission, Rights, RoleKey};
use crate::values::{Timestamp, UserId};

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
}

impl PeopleTx {
    /// Begins, and waits for whoever else is changing people. All of them write the same row, which
    /// holds on a cluster too, where a lock is known to one node only.
    async fn begin(db: &Db, now: Timestamp, by: UserId) -> sqlx::Result<Self> {
        let mut tx = db.begin().await?;
        on_tx!(&mut tx, conn => {
            sqlx::query("update workspace set people_changes = people_changes + 1 where id = 1")
                .execute(conn)
                .await
                .map(drop)
        })?;
        Ok(Self { tx, now, by })
    }

    /// Makes the change lasting, unless it was refused.
    async fn end<T>(mut self, outcome: Result<T, Stop>) -> sqlx::Result<Result<T>> {
        match outcome {
            Ok(done) => {
                changes::record(&mut self.tx, self.now, None).await?;
                self.tx.commit().await?;
                Ok(Ok(done))
            }
            Err(Stop::Refused(error)) => Ok(Err(error)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Who does it, as they are now.
    async fn actor(&mut self) -> Result<UserRecord, Stop> {
        let actor = user_rows::read(&mut self.tx, self.by).await?;
        let active = actor.filter(|actor| actor.status == UserStatus::Active);
        active.ok_or_else(|| Stop::Refused(signed_out()))
    }

    /// The rights of whoever does it, who manages people.
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

fn signed_out() -> Error {
    Error::new(Code::SignedOut, "Your account was deactivated.").hint("Ask the owner.")
}

fn forbidden(message: impl Into<String>) -> Error {
    Error::new(Code::Forbidden, message).hint("Ask an owner of the workspace.")
}

/// Somebody else was quicker.
fn moved(what: &str) -> Error {
    Error::new(
        Code::Conflict,
        format!("Somebody else changed {what} meanwhile."),
    )
    .hint("Look at it again, then repeat the change.")
}
