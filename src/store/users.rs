//! The people who can sign in, as rows. What a role may do and how a password is checked is not
//! decided here.

use std::fmt;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row};
use uuid::Uuid;

use super::Store;
use super::batches::{from_word, word};
use super::db::{Tx, on, on_tx};
use super::retry::retrying;
use crate::error::{Error, Result};
use crate::people::{Email, Role};
use crate::values::{Timestamp, UserId};

/// Whether a person can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// They can.
    Active,
    /// They cannot any more.
    Deactivated,
}

/// A person who gets an account.
#[derive(Clone)]
pub struct NewUser {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: Email,
    /// Their role.
    pub role: Role,
    /// The hash of their password; never shown.
    pub password_hash: String,
}

/// A person as the database holds them.
#[derive(Clone, PartialEq, Eq)]
pub struct UserRecord {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address, as they wrote it.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// The hash of their password; never shown.
    pub password_hash: String,
    /// Whether they can sign in.
    pub status: UserStatus,
    /// Wrong passwords since the last right one.
    pub failed_attempts: i64,
    /// Until when no password is looked at.
    pub locked_until: Option<Timestamp>,
    /// When they signed in last.
    pub last_sign_in_at: Option<Timestamp>,
    /// When they got the account.
    pub created_at: Timestamp,
    /// Counts the changes of their account.
    pub version: i64,
}

impl fmt::Debug for NewUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewUser")
            .field("email", &self.email)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for UserRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserRecord")
            .field("id", &self.id)
            .field("email", &self.email)
            .field("role", &self.role)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

const SELECT: &str = "select id, name, email, role, password_hash, status, failed_attempts, \
    locked_until, last_sign_in_at, created_at, version from users ";

fn role(key: String) -> sqlx::Result<Role> {
    Role::from_key(&key)
        .ok_or_else(|| sqlx::Error::Decode(format!("there is no role \"{key}\"").into()))
}

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for UserRecord {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(UserRecord {
                    id: row.try_get::<Uuid, _>(0)?.into(),
                    name: row.try_get(1)?,
                    email: row.try_get(2)?,
                    role: role(row.try_get(3)?)?,
                    password_hash: row.try_get(4)?,
                    status: from_word(row.try_get(5)?)?,
                    failed_attempts: row.try_get(6)?,
                    locked_until: row.try_get::<Option<i64>, _>(7)?.map(Timestamp),
                    last_sign_in_at: row.try_get::<Option<i64>, _>(8)?.map(Timestamp),
                    created_at: Timestamp(row.try_get(9)?),
                    version: row.try_get(10)?,
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

pub(super) async fn insert(
    tx: &mut Tx,
    id: UserId,
    user: &NewUser,
    now: Timestamp,
) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "insert into users (id, name, email, email_key, role, password_hash, status, created_at, version) \
             values (?, ?, ?, ?, ?, ?, ?, ?, 1)",
        )
        .bind(id.uuid())
        .bind(user.name.trim())
        .bind(user.email.as_str())
        .bind(user.email.key())
        .bind(user.role.key())
        .bind(&user.password_hash)
        .bind(word(UserStatus::Active))
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop)
    })
}

impl Store {
    /// The person with this e-mail address, however it is capitalised.
    pub async fn find_user_by_email(&self, email: &Email) -> Result<Option<UserRecord>> {
        let key = email.key();
        Ok(retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("where email_key = ")
                .push_bind(key.clone())
                .build_query_as()
                .fetch_optional(pool)
                .await
        }))?)
    }

    /// The person with this id.
    pub async fn user(&self, id: UserId) -> Result<UserRecord> {
        let found: Option<UserRecord> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("where id = ")
                .push_bind(id.uuid())
                .build_query_as()
                .fetch_optional(pool)
                .await
        }))?;
        found.ok_or_else(|| Error::not_found("There is no such person any more."))
    }

    /// How many people have an account.
    pub async fn user_count(&self) -> Result<i64> {
        Ok(retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select count(*) from users").fetch_one(pool).await
        }))?)
    }

    /// Notes that a person signed in: wrong passwords before that are forgotten.
    pub async fn record_sign_in(&self, id: UserId) -> Result<()> {
        let now = self.now();
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query(
                    "update users set failed_attempts = 0, locked_until = null, last_sign_in_at = ? \
                     where id = ?",
                )
                .bind(now.0)
                .bind(id.uuid())
                .execute(conn)
                .await
                .map(drop)
            })?;
            tx.commit().await
        })?)
    }

    /// Notes a wrong password and says how many there were in a row.
    pub async fn record_failed_sign_in(&self, id: UserId) -> Result<i64> {
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query("update users set failed_attempts = failed_attempts + 1 where id = ?")
                    .bind(id.uuid())
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            let failed: Option<i64> = on_tx!(&mut tx, conn => {
                sqlx::query_scalar("select failed_attempts from users where id = ?")
                    .bind(id.uuid())
                    .fetch_optional(conn)
                    .await
            })?;
            tx.commit().await?;
            Ok(failed.unwrap_or_default())
        })?)
    }

    /// Locks a person out until then.
    pub async fn lock_user(&self, id: UserId, until: Timestamp) -> Result<()> {
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query("update users set locked_until = ? where id = ?")
                    .bind(until.0)
                    .bind(id.uuid())
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            tx.commit().await
        })?)
    }
}
