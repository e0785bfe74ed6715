//! The settings of the workspace, in its own row.

use super::Store;
use super::changes;
use super::db::on_tx;
use super::retry::retrying;
use super::workspace::{self, WorkspaceRecord};
use crate::error::{Code, Error, Result};
use crate::values::UserId;

/// Settings that somebody saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSettings {
    /// What people call the workspace.
    pub name: String,
    /// The currency of all its money; empty for none.
    pub currency: String,
    /// After how many minutes without a hand on it a window locks; 0 for never.
    pub idle_lock_minutes: i64,
}

impl Store {
    /// Changes the settings, which whoever does it saw at `version`.
    pub async fn update_settings(
        &self,
        _by: UserId,
        version: i64,
        new: &NewSettings,
    ) -> Result<WorkspaceRecord> {
        let now = self.now();
        let updated = retrying!({
            let mut tx = self.db.begin().await?;
            let done = on_tx!(&mut tx, conn => {
                sqlx::query(
                    "update workspace set name = ?, currency = ?, idle_lock_minutes = ?, \
                     version = version + 1 where id = 1 and version = ?",
                )
                .bind(&new.name)
                .bind(&new.currency)
                .bind(new.idle_lock_minutes)
                .bind(version)
                .execute(conn)
                .await
                .map(|done| done.rows_affected())
            })?;
            if done == 0 {
                return Ok(None);
            }
            let after = workspace::read(&mut tx).await?;
            changes::record(&mut tx, now, None).await?;
            tx.commit().await?;
            Ok(after)
        })?;
        updated.ok_or_else(|| {
            Error::new(
                Code::Conflict,
                "Somebody else changed the settings meanwhile.",
            )
            .hint("Look at them again, then repeat the change.")
        })
    }
}
