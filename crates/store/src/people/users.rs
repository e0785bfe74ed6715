//! The people who can sign in, as rows. What a role may do and how a password is checked is not
//! decided here.

use std::fmt;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row};
use ts_rs::TS;
use uuid::Uuid;

use crate::Store;
use crate::by_id;
use crate::db::{Tx, on, on_tx};
use crate::retry::retrying;
use crate::word::{from_word, word};
use domain::error::{Error, Result};
use domain::people::{Email, RoleKey};
use domain::values::{Timestamp, UserId};

/// Whether a person can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// They can.
    Active,
    /// They cannot any more, until they are reactivated.
    Deactivated,
    /// The account is gone; the row keeps the name of what they did.
    Deleted,
}

/// A person who gets an account.
#[derive(Clone)]
pub struct NewUser {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: Email,
    /// Their role.
    pub role: RoleKey,
    /// The hash of their password; never shown.
    pub password_hash: String,
    /// Whether they must choose a password of their own before anything else.
    pub must_change_password: bool,
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
    pub role: RoleKey,
    /// The hash of their password; never shown.
    pub password_hash: String,
    /// Whether they must choose a password of their own before anything else.
    pub must_change_password: bool,
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
    locked_until, last_sign_in_at, created_at, version, must_change_password from users ";

fn role(key: String) -> sqlx::Result<RoleKey> {
    RoleKey::parse(&key)
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
                    must_change_password: row.try_get::<i64, _>(11)? != 0,
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

/// Writes a new person; gives the account as it is now.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: UserId,
    user: &NewUser,
    now: Timestamp,
) -> sqlx::Result<UserRecord> {
    on_tx!(tx, conn => {
        sqlx::query(
            "insert into users (id, name, email, email_key, role, password_hash, \
             must_change_password, status, created_at, version) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        )
        .bind(id.uuid())
        .bind(user.name.trim())
        .bind(user.email.as_str())
        .bind(user.email.key())
        .bind(user.role.to_string())
        .bind(&user.password_hash)
        .bind(i64::from(user.must_change_password))
        .bind(word(UserStatus::Active))
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop)
    })?;
    Ok(UserRecord {
        id,
        name: user.name.trim().to_owned(),
        email: user.email.as_str().to_owned(),
        role: user.role,
        password_hash: user.password_hash.clone(),
        must_change_password: user.must_change_password,
        status: UserStatus::Active,
        failed_attempts: 0,
        locked_until: None,
        last_sign_in_at: None,
        created_at: now,
        version: 1,
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
        let found: Option<UserRecord> = retrying!(by_id::find(&self.db, SELECT, id.uuid()).await)?;
        found.ok_or_else(|| Error::not_found("There is no such person any more."))
    }

    /// How many people have an account.
    pub async fn user_count(&self) -> Result<i64> {
        Ok(retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select count(*) from users where status <> 'deleted'")
                .fetch_one(pool)
                .await
        }))?)
    }

    /// Everyone who has an account, active or not.
    pub async fn users(&self) -> Result<Vec<UserRecord>> {
        Ok(retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("where status <> 'deleted' order by id")
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?)
    }
}

/// A person inside a transaction; on a server their row is kept for it.
pub(crate) async fn read(tx: &mut Tx, id: UserId) -> sqlx::Result<Option<UserRecord>> {
    by_id::keep(tx, SELECT, id.uuid()).await
}

/// Who has this address inside a transaction.
pub(super) async fn id_by_email(tx: &mut Tx, email: &Email) -> sqlx::Result<Option<UserId>> {
    let id: Option<Uuid> = on_tx!(tx, conn => {
        sqlx::query_scalar("select id from users where email_key = ?")
            .bind(email.key())
            .fetch_optional(conn)
            .await
    })?;
    Ok(id.map(UserId::from))
}

/// How many active owners there are beside this person; on a server their rows are kept.
pub(super) async fn other_owners(tx: &mut Tx, id: UserId) -> sqlx::Result<usize> {
    let lock = tx.dialect().for_update();
    let others: Vec<Uuid> = on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new(
            "select id from users where role = 'owner' and status = 'active' and id <> ",
        )
        .push_bind(id.uuid())
        .push(" order by id")
        .push(lock)
        .build_query_scalar()
        .fetch_all(conn)
        .await
    })?;
    Ok(others.len())
}

/// What an account is known by when its owner signs in.
pub(super) fn email_key(user: &UserRecord) -> String {
    match user.status {
        // The address is free for another person; no address has a space in it.
        UserStatus::Deleted => format!("deleted {}", user.id),
        UserStatus::Active | UserStatus::Deactivated => Email::key_of(&user.email),
    }
}

/// Writes everything that can change about a person.
pub(super) async fn write(tx: &mut Tx, user: &UserRecord) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "update users set name = ?, email = ?, email_key = ?, role = ?, password_hash = ?, \
             must_change_password = ?, status = ?, failed_attempts = ?, locked_until = ?, \
             version = ? where id = ?",
        )
        .bind(&user.name)
        .bind(&user.email)
        .bind(email_key(user))
        .bind(user.role.to_string())
        .bind(&user.password_hash)
        .bind(i64::from(user.must_change_password))
        .bind(word(user.status))
        .bind(user.failed_attempts)
        .bind(user.locked_until.map(|until| until.0))
        .bind(user.version)
        .bind(user.id.uuid())
        .execute(conn)
        .await
        .map(drop)
    })
}
