//! The settings of the workspace, in its own row.

use super::Store;
use super::db::{Tx, on_tx};
use super::history::events::{Event, between, last_author, record_event};
use super::people::{moved, users};
use super::retry::retrying;
use super::workspace::{self, WorkspaceRecord};
use domain::error::Result;
use domain::people::kinds::WORKSPACE;
use domain::plan::{HistoryOperation, Origin};
use domain::record::Value;
use domain::values::UserId;

/// Settings that were saved.
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
    /// Changes the settings, which the user saw at `version`.
    pub async fn update_settings(
        &self,
        by: UserId,
        version: i64,
        new: &NewSettings,
    ) -> Result<WorkspaceRecord> {
        let now = self.now();
        let updated = retrying!({
            let mut tx = self.db.begin().await?;
            let Some(before) = workspace::read(&mut tx).await? else {
                return Ok(Err(None));
            };
            if before.version != version {
                let of = (WORKSPACE, before.id.uuid());
                return Ok(Err(last_author(&mut tx, of, Origin::Settings, by).await?));
            }
            let after = WorkspaceRecord {
                name: new.name.clone(),
                currency: new.currency.clone(),
                idle_lock_minutes: new.idle_lock_minutes,
                ..before.clone()
            };
            if after == before {
                return Ok(Ok(after));
            }
            let author = users::read(&mut tx, by).await?.map(|user| (by, user.name));
            write(&mut tx, new).await?;
            record_event(&mut tx, now, &event(author, &before, &after)).await?;
            tx.commit().await?;
            Ok(Ok(WorkspaceRecord {
                version: version + 1,
                ..after
            }))
        })?;
        updated.map_err(|author: Option<String>| moved(author.as_deref(), "the settings"))
    }
}

async fn write(tx: &mut Tx, new: &NewSettings) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "update workspace set name = ?, currency = ?, idle_lock_minutes = ?, \
             version = version + 1 where id = 1",
        )
        .bind(&new.name)
        .bind(&new.currency)
        .bind(new.idle_lock_minutes)
        .execute(conn)
        .await
        .map(drop)
    })
}

fn event(
    author: Option<(UserId, String)>,
    before: &WorkspaceRecord,
    after: &WorkspaceRecord,
) -> Event {
    let text =
        |field, old: &str, new: &str| between(WORKSPACE, field, Value::text(old), Value::text(new));
    let changes = [
        text("name", &before.name, &after.name),
        text("currency", &before.currency, &after.currency),
        between(
            WORKSPACE,
            "idle_lock_minutes",
            Value::Number(before.idle_lock_minutes),
            Value::Number(after.idle_lock_minutes),
        ),
    ];
    Event {
        origin: Origin::Settings,
        author,
        label: after.name.clone(),
        kind: WORKSPACE,
        id: after.id.uuid().into(),
        operation: HistoryOperation::Update,
        changes: changes.into_iter().flatten().collect(),
        seal: None,
    }
}
