//! Secrets of the workspace, such as the tokens of its sales channels, and the wrapped copies of
//! the key that they are encrypted with. The database never sees either in clear.

use std::fmt;

use sqlx::QueryBuilder;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Store;
use super::db::{Tx, on, on_tx};
use super::retry::{Attempts, retrying};
use domain::error::{Code, Error, Result};
use domain::people::{SealedSecret, WorkspaceKey, Wrap};
use domain::values::{Timestamp, UserId};

/// The longest name of a secret.
const MAX_NAME: usize = 200;

/// What became of a secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// Here it is.
    Known(Zeroizing<String>),
    /// It was never entered.
    Missing,
    /// The key that it was encrypted with is lost: it has to be entered anew.
    Lost,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Known(_) => "Known(..)",
            Self::Missing => "Missing",
            Self::Lost => "Lost",
        })
    }
}

type WrapRow = (Uuid, String, Vec<u8>, Vec<u8>);

impl Store {
    /// A person's copy of the workspace's key.
    pub async fn wrap_of(&self, user: UserId) -> Result<Option<Wrap>> {
        let row: Option<WrapRow> = retrying!(on!(&self.db, pool => {
            sqlx::query_as("select key_id, parameters, salt, sealed from key_wraps where user_id = ?")
                .bind(user.uuid())
                .fetch_optional(pool)
                .await
        }))?;
        // A salt of another length was not written by the app: such a copy opens nothing.
        Ok(row.and_then(|(key_id, parameters, salt, sealed)| {
            let salt = salt.try_into().ok()?;
            Some(Wrap {
                key_id,
                parameters,
                salt,
                sealed,
            })
        }))
    }

    /// Gives a person a copy of the key, in place of the one they have.
    pub async fn put_wrap(&self, user: UserId, wrap: &Wrap) -> Result<()> {
        let now = self.now();
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            put_wrap(&mut tx, user, wrap, now).await?;
            tx.commit().await
        })?)
    }

    /// Gives the first copy of a new key to a person; not when there is a copy already, of
    /// whichever key. Two who come first at the same moment wait for each other.
    pub async fn put_first_wrap(&self, user: UserId, wrap: &Wrap) -> Result<bool> {
        let now = self.now();
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            let dialect = tx.dialect();
            let there: i64 = on_tx!(&mut tx, DB, conn => {
                let mut lock = QueryBuilder::<DB>::new("select id from workspace where id = 1");
                lock.push(dialect.for_update()).build().execute(&mut *conn).await?;
                sqlx::query_scalar("select count(*) from key_wraps").fetch_one(conn).await
            })?;
            if there > 0 {
                return Ok(false);
            }
            put_wrap(&mut tx, user, wrap, now).await?;
            tx.commit().await?;
            Ok(true)
        })?)
    }

    /// Whether any person has a copy of the key.
    pub async fn has_wraps(&self) -> Result<bool> {
        let count: i64 = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select count(*) from key_wraps").fetch_one(pool).await
        }))?;
        Ok(count > 0)
    }

    /// Keeps a secret under its name, encrypted.
    pub async fn put_secret(&self, key: &WorkspaceKey, name: &str, secret: &str) -> Result<()> {
        if name.is_empty() || name.len() > MAX_NAME {
            return Err(Error::internal("A secret needs a short name."));
        }
        let (sealed, now) = (key.seal(name, secret)?, self.now());
        let written = retrying!(Attempts::looking_first(), attempts => {
            let mut tx = self.db.begin().await?;
            let current = is_current(&mut tx, key.id()).await?;
            if current {
                write_secret(&mut tx, name, &sealed, now).await?;
                tx.commit().await?;
            }
            Ok(current)
        })?;
        if written {
            return Ok(());
        }
        Err(Error::new(
            Code::Conflict,
            "The key of the workspace was replaced meanwhile.",
        )
        .hint("Sign out and in again, then enter the secret once more."))
    }

    /// The secret of this name.
    pub async fn secret(&self, key: &WorkspaceKey, name: &str) -> Result<Secret> {
        let row: Option<(Uuid, Vec<u8>)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as("select key_id, sealed from secrets where name = ?")
                .bind(name)
                .fetch_optional(pool)
                .await
        }))?;
        let Some((key_id, sealed)) = row else {
            return Ok(Secret::Missing);
        };
        let opened = key.open(name, &SealedSecret { key_id, sealed });
        Ok(opened.map_or(Secret::Lost, Secret::Known))
    }

    /// Forgets a secret.
    pub async fn delete_secret(&self, name: &str) -> Result<()> {
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query("delete from secrets where name = ?")
                    .bind(name)
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            tx.commit().await
        })?)
    }

    /// The names of the secrets that were encrypted with another key than `key`: these have to be
    /// entered anew.
    pub async fn lost_secrets(&self, key: &WorkspaceKey) -> Result<Vec<String>> {
        Ok(retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select name from secrets where key_id <> ? order by name")
                .bind(key.id())
                .fetch_all(pool)
                .await
        }))?)
    }
}

/// Gives a person a copy of the key, in the transaction that changes their password. A copy of a
/// key that was replaced meanwhile is of no use, and is left out.
pub(super) async fn put_wrap(
    tx: &mut Tx,
    user: UserId,
    wrap: &Wrap,
    now: Timestamp,
) -> sqlx::Result<()> {
    delete_wrap(tx, user).await?;
    if !is_current(tx, wrap.key_id).await? {
        return Ok(());
    }
    on_tx!(tx, conn => {
        sqlx::query(
            "insert into key_wraps (user_id, key_id, parameters, salt, sealed, created_at) \
             values (?, ?, ?, ?, ?, ?)",
        )
        .bind(user.uuid())
        .bind(wrap.key_id)
        .bind(&wrap.parameters)
        .bind(wrap.salt.to_vec())
        .bind(&wrap.sealed)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop)
    })
}

/// Whether no person has a copy of another key.
async fn is_current(tx: &mut Tx, key_id: Uuid) -> sqlx::Result<bool> {
    let others: i64 = on_tx!(tx, conn => {
        sqlx::query_scalar("select count(*) from key_wraps where key_id <> ?")
            .bind(key_id)
            .fetch_one(conn)
            .await
    })?;
    Ok(others == 0)
}

/// Takes a person's copy away: their password was reset by a person who has no key, or they go.
pub(super) async fn delete_wrap(tx: &mut Tx, user: UserId) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query("delete from key_wraps where user_id = ?")
            .bind(user.uuid())
            .execute(conn)
            .await
            .map(drop)
    })
}

async fn write_secret(
    tx: &mut Tx,
    name: &str,
    secret: &SealedSecret,
    now: Timestamp,
) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query("delete from secrets where name = ?")
            .bind(name)
            .execute(&mut *conn)
            .await?;
        sqlx::query("insert into secrets (name, key_id, sealed, updated_at) values (?, ?, ?, ?)")
            .bind(name)
            .bind(secret.key_id)
            .bind(&secret.sealed)
            .bind(now.0)
            .execute(conn)
            .await
            .map(drop)
    })
}
