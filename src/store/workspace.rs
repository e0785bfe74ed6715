//! The workspace's own row, and its first owner.

use uuid::Uuid;

use super::db::{on, on_tx};
use super::retry::retrying;
use super::users::{self, NewUser};
use super::{Store, changes};
use crate::error::{Code, Error, Result};
use crate::values::{Timestamp, UserId, WorkspaceId};

/// A workspace that is set up.
#[derive(Debug, Clone)]
pub struct NewWorkspace {
    /// What people call it.
    pub name: String,
    /// The currency of all its money, such as `AUD`.
    pub currency: String,
}

/// A workspace as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceRecord {
    /// Its id.
    pub id: WorkspaceId,
    /// What people call it.
    pub name: String,
    /// The currency of all its money.
    pub currency: String,
    /// When it was set up.
    pub created_at: Timestamp,
}

pub(super) const SELECT: &str =
    "select workspace_id, name, currency, created_at from workspace where id = 1";

impl Store {
    /// The workspace; nothing until it was set up.
    pub async fn workspace(&self) -> Result<Option<WorkspaceRecord>> {
        let row: Option<(Uuid, String, String, i64)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(SELECT).fetch_optional(pool).await
        }))?;
        Ok(row.map(|(id, name, currency, created_at)| WorkspaceRecord {
            id: id.into(),
            name,
            currency,
            created_at: Timestamp(created_at),
        }))
    }

    /// Names the workspace and makes its first owner: both or neither, and only once.
    pub async fn set_up(&self, workspace: &NewWorkspace, owner: &NewUser) -> Result<UserId> {
        let (id, now) = (UserId::new(), self.now());
        let workspace_id = WorkspaceId::new();
        let made = retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query(
                    "insert into workspace (id, workspace_id, name, currency, created_at) \
                     values (1, ?, ?, ?, ?)",
                )
                .bind(workspace_id.uuid())
                .bind(&workspace.name)
                .bind(&workspace.currency)
                .bind(now.0)
                .execute(conn)
                .await
                .map(drop)
            })?;
            users::insert(&mut tx, id, owner, now).await?;
            changes::record(&mut tx, now, None).await?;
            tx.commit().await
        });
        match made {
            Ok(()) => Ok(id),
            Err(error)
                if error
                    .as_database_error()
                    .is_some_and(|cause| cause.is_unique_violation()) =>
            {
                Err(
                    Error::new(Code::Conflict, "This workspace has an owner already.")
                        .hint("Sign in, or ask the owner for an account."),
                )
            }
            Err(error) => Err(error.into()),
        }
    }
}
