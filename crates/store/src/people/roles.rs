//! Roles made by people, as rows. The built-in ones are code and have none.

use std::collections::BTreeMap;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row};
use uuid::Uuid;

use crate::Store;
use crate::by_id;
use crate::db::{Tx, on, on_tx};
use crate::retry::retrying;
use domain::error::Result;
use domain::people::{Rights, RoleKey};
use domain::record::Permission;
use domain::values::{RoleId, Timestamp};

/// A role made by people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRecord {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it lets people do.
    pub rights: Rights,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

const SELECT: &str = "select id, name, permissions, created_at, version from roles ";

/// Permissions as a column keeps them.
pub(super) fn to_column(rights: &Rights) -> String {
    let keys: Vec<&str> = rights.list().iter().map(|known| known.key()).collect();
    keys.join(",")
}

/// A permission that this version does not know is one that it cannot give.
fn from_column(text: &str) -> Rights {
    Rights::of(text.split(',').filter_map(Permission::from_key))
}

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for RoleRecord {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(RoleRecord {
                    id: row.try_get::<Uuid, _>(0)?.into(),
                    name: row.try_get(1)?,
                    rights: from_column(&row.try_get::<String, _>(2)?),
                    created_at: Timestamp(row.try_get(3)?),
                    version: row.try_get(4)?,
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

/// What roles are told apart by.
pub(super) fn name_key(name: &str) -> String {
    name.to_lowercase()
}

impl Store {
    /// The roles made by people, by name.
    pub async fn roles(&self) -> Result<Vec<RoleRecord>> {
        Ok(retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("order by name_key")
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?)
    }

    /// One role made by people; nothing when it is not there any more.
    pub async fn role(&self, id: RoleId) -> Result<Option<RoleRecord>> {
        Ok(retrying!(by_id::find(&self.db, SELECT, id.uuid()).await)?)
    }

    /// How many people have each role; roles without people are left out.
    pub async fn role_users(&self) -> Result<BTreeMap<String, i64>> {
        let rows: Vec<(String, i64)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select role, count(*) from users where status <> 'deleted' group by role",
            )
            .fetch_all(pool)
            .await
        }))?;
        Ok(rows.into_iter().collect())
    }
}

/// A role inside a transaction; on a server its row is kept for it.
pub(super) async fn read(tx: &mut Tx, id: RoleId) -> sqlx::Result<Option<RoleRecord>> {
    by_id::keep(tx, SELECT, id.uuid()).await
}

/// Which role has this name inside a transaction.
pub(super) async fn id_by_name(tx: &mut Tx, name: &str) -> sqlx::Result<Option<RoleId>> {
    let id: Option<Uuid> = on_tx!(tx, conn => {
        sqlx::query_scalar("select id from roles where name_key = ?")
            .bind(name_key(name))
            .fetch_optional(conn)
            .await
    })?;
    Ok(id.map(RoleId::from))
}

/// How many people have a role inside a transaction.
pub(super) async fn users(tx: &mut Tx, id: RoleId) -> sqlx::Result<i64> {
    on_tx!(tx, conn => {
        sqlx::query_scalar("select count(*) from users where role = ? and status <> 'deleted'")
            .bind(RoleKey::Made(id).to_string())
            .fetch_one(conn)
            .await
    })
}

/// Writes a new role.
pub(super) async fn insert(tx: &mut Tx, role: &RoleRecord) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "insert into roles (id, name, name_key, permissions, created_at, version) \
             values (?, ?, ?, ?, ?, ?)",
        )
        .bind(role.id.uuid())
        .bind(&role.name)
        .bind(name_key(&role.name))
        .bind(to_column(&role.rights))
        .bind(role.created_at.0)
        .bind(role.version)
        .execute(conn)
        .await
        .map(drop)
    })
}

/// Writes what can change about a role.
pub(super) async fn write(tx: &mut Tx, role: &RoleRecord) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "update roles set name = ?, name_key = ?, permissions = ?, version = ? where id = ?",
        )
        .bind(&role.name)
        .bind(name_key(&role.name))
        .bind(to_column(&role.rights))
        .bind(role.version)
        .bind(role.id.uuid())
        .execute(conn)
        .await
        .map(drop)
    })
}

/// Takes a role away.
pub(super) async fn delete(tx: &mut Tx, id: RoleId) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query("delete from roles where id = ?")
            .bind(id.uuid())
            .execute(conn)
            .await
            .map(drop)
    })
}

#[cfg(test)]
mod tests {
    use super::{from_column, to_column};
    use domain::people::Rights;
    use domain::record::Permission;

    #[test]
    fn permissions_are_kept_by_their_keys_and_unknown_ones_give_nothing() {
        let rights = Rights::of([Permission::Export, Permission::ViewProducts]);
        assert_eq!(to_column(&rights), "view_products,export");
        assert_eq!(from_column("view_products,export"), rights);
        assert_eq!(from_column("view_products,paint,export"), rights);
        assert_eq!(from_column(""), Rights::default());
    }
}
