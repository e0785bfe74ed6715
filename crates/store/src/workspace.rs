//! The workspace's own row, and its first owner.

use domain::people::kinds::USER;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::Store;
use super::db::{Tx, on, on_tx};
use super::history::events::{Event, between, record_event};
use super::people::seals;
use super::people::users::{self, NewUser, UserRecord};
use super::retry::retrying;
use domain::error::{Code, Error, Result};
use domain::people::BuiltInRole;
use domain::plan::{HistoryOperation, Origin};
use domain::record::Value;
use domain::values::{Timestamp, UserId, WorkspaceId};

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
    /// After how many minutes without a hand on it a window locks; 0 for never.
    pub idle_lock_minutes: i64,
    /// Counts the changes of its settings.
    pub version: i64,
}

/// What is read of the workspace's row on a server whose schema may be an older one.
pub(super) const SELECT_NAME: &str = "select name from workspace where id = 1";

const SELECT: &str = "select workspace_id, name, currency, created_at, idle_lock_minutes, version \
    from workspace where id = 1";

/// A row of the workspace's table.
type Row = (Uuid, String, String, i64, i64, i64);

fn record((id, name, currency, created_at, idle, version): Row) -> WorkspaceRecord {
    WorkspaceRecord {
        id: id.into(),
        name,
        currency,
        created_at: Timestamp(created_at),
        idle_lock_minutes: idle,
        version,
    }
}

impl Store {
    /// The workspace; nothing until it was set up.
    pub async fn workspace(&self) -> Result<Option<WorkspaceRecord>> {
        let row: Option<Row> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(SELECT).fetch_optional(pool).await
        }))?;
        Ok(row.map(record))
    }

    /// Numbers that change with every change of people and roles, and of the settings.
    pub async fn rules_version(&self) -> Result<(i64, i64)> {
        let row: Option<(i64, i64)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as("select people_changes, version from workspace where id = 1")
                .fetch_optional(pool)
                .await
        }))?;
        Ok(row.unwrap_or_default())
    }

    /// Names the workspace and makes its first owner: both or neither, and only once.
    pub async fn set_up(&self, workspace: &NewWorkspace, owner: &NewUser) -> Result<UserId> {
        let (id, now) = (UserId::new(), self.now());
        let workspace_id = WorkspaceId::new();
        let made = retrying!({
            let mut tx = self.db.begin().await?;
            let inserted = on_tx!(&mut tx, conn => {
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
            });
            if is_taken(&inserted) {
                return Ok(false);
            }
            inserted?;
            let made = users::insert(&mut tx, id, owner, now).await?;
            record_event(&mut tx, now, &first_owner(&made)).await?;
            tx.commit().await?;
            Ok(true)
        })?;
        if made {
            return Ok(id);
        }
        Err(
            Error::new(Code::Conflict, "This workspace has an owner already.")
                .hint("Sign in, or ask the owner for an account."),
        )
    }
}

fn is_taken(inserted: &sqlx::Result<()>) -> bool {
    let error = inserted
        .as_ref()
        .err()
        .and_then(|error| error.as_database_error());
    error.is_some_and(|cause| cause.is_unique_violation())
}

/// The workspace inside a transaction; on a server its row is kept for it.
pub(super) async fn read(tx: &mut Tx) -> sqlx::Result<Option<WorkspaceRecord>> {
    let lock = tx.dialect().for_update();
    let row: Option<Row> = on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new(SELECT)
            .push(lock)
            .build_query_as()
            .fetch_optional(conn)
            .await
    })?;
    Ok(row.map(record))
}

/// What the history says about the first owner, who made themselves.
fn first_owner(owner: &UserRecord) -> Event {
    let text = |key, new: &str| between(USER, key, Value::Empty, Value::text(new));
    let changes = [
        text("name", &owner.name),
        text("email", &owner.email),
        text("role", BuiltInRole::Owner.name()),
    ];
    Event {
        origin: Origin::People,
        author: Some((owner.id, owner.name.clone())),
        label: owner.name.clone(),
        kind: USER,
        id: owner.id.uuid().into(),
        operation: HistoryOperation::Create,
        changes: changes.into_iter().flatten().collect(),
        seal: Some(seals::of_user(owner)),
    }
}
