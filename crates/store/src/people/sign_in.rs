//! Sign-ins and wrong passwords, counted in the database: a pause holds on every desktop and after
//! a restart. Addresses that nobody has are slowed down like those that somebody has, so that the
//! pause does not tell which is which.

use domain::people::kinds::USER;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::Store;
use crate::db::{Tx, on, on_tx};
use crate::history::events::{Event, record_event};
use crate::retry::{Attempts, retrying};
use domain::error::Result;
use domain::people::{Email, locked_until};
use domain::plan::{HistoryOperation, Origin};
use domain::values::{Timestamp, UserId};

/// How many addresses without an account are remembered.
const REMEMBERED: i64 = 1_000;

/// How many of them are forgotten at a time, those tried longest ago first.
const FORGOTTEN: i64 = 100;

impl Store {
    /// Notes that a person signed in: wrong passwords before that are forgotten.
    pub async fn record_sign_in(&self, id: UserId, name: &str) -> Result<()> {
        let now = self.now();
        let event = event(id, name, HistoryOperation::SignIn, true);
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
            record_event(&mut tx, now, &event).await?;
            tx.commit().await
        })?)
    }

    /// Notes that a person signed out.
    pub async fn record_sign_out(&self, id: UserId, name: &str) -> Result<()> {
        self.record(&event(id, name, HistoryOperation::SignOut, true))
            .await
    }

    /// Forgets wrong passwords: the right one was given.
    pub async fn forget_wrong_passwords(&self, id: UserId) -> Result<()> {
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query("update users set failed_attempts = 0, locked_until = null where id = ?")
                    .bind(id.uuid())
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            tx.commit().await
        })?)
    }

    /// Counts a wrong password of a person. Says until when no password is looked at now.
    pub async fn record_wrong_password(&self, id: UserId, name: &str) -> Result<Option<Timestamp>> {
        let now = self.now();
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
            let until = locked_until(failed.unwrap_or_default(), now);
            let event = event(id, name, failure(until), false);
            if let Some(until) = until {
                on_tx!(&mut tx, conn => {
                    sqlx::query("update users set locked_until = ? where id = ?")
                        .bind(until.0)
                        .bind(id.uuid())
                        .execute(conn)
                        .await
                        .map(drop)
                })?;
            }
            record_event(&mut tx, now, &event).await?;
            tx.commit().await?;
            Ok(until)
        })?)
    }

    /// Until when nobody may guess at this address, which no account has.
    pub async fn guesses_locked_until(&self, email: &Email) -> Result<Option<Timestamp>> {
        let key = email.key();
        let until: Option<Option<i64>> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select locked_until from sign_in_guesses where email_key = ?")
                .bind(&key)
                .fetch_optional(pool)
                .await
        }))?;
        Ok(until.flatten().map(Timestamp))
    }

    /// Counts a guess at an address that no account has. Says until when nobody may guess again.
    pub async fn record_guess(&self, email: &Email) -> Result<Option<Timestamp>> {
        let (key, now) = (email.key(), self.now());
        Ok(retrying!(Attempts::looking_first(), attempts => {
            let mut tx = self.db.begin().await?;
            let before: Option<i64> = failed_guesses(&mut tx, &key).await?;
            if before.is_none() {
                forget_oldest(&mut tx).await?;
            }
            let failed = before.unwrap_or_default() + 1;
            let until = locked_until(failed, now);
            write_guess(&mut tx, &key, before.is_none(), failed, now, until).await?;
            let nobody = UserId::from(Uuid::nil());
            let event = event(nobody, email.as_str(), failure(until), false);
            record_event(&mut tx, now, &event).await?;
            tx.commit().await?;
            Ok(until)
        })?)
    }
}

/// What the history says about a wrong password.
fn failure(until: Option<Timestamp>) -> HistoryOperation {
    match until {
        Some(_) => HistoryOperation::LockedOut,
        None => HistoryOperation::SignInFailed,
    }
}

/// What the history says about somebody who signs in or out. Who failed to is nobody.
fn event(id: UserId, label: &str, operation: HistoryOperation, is_proven: bool) -> Event {
    Event {
        origin: Origin::SignIn,
        author: is_proven.then(|| (id, label.to_owned())),
        label: label.to_owned(),
        kind: USER,
        id: id.uuid().into(),
        operation,
        changes: Vec::new(),
    }
}

async fn failed_guesses(tx: &mut Tx, key: &str) -> sqlx::Result<Option<i64>> {
    let lock = tx.dialect().for_update();
    on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new("select failed from sign_in_guesses where email_key = ")
            .push_bind(key.to_owned())
            .push(lock)
            .build_query_scalar()
            .fetch_optional(conn)
            .await
    })
}

async fn write_guess(
    tx: &mut Tx,
    key: &str,
    is_new: bool,
    failed: i64,
    now: Timestamp,
    until: Option<Timestamp>,
) -> sqlx::Result<()> {
    let sql = if is_new {
        "insert into sign_in_guesses (failed, last_at, locked_until, email_key) values (?, ?, ?, ?)"
    } else {
        "update sign_in_guesses set failed = ?, last_at = ?, locked_until = ? where email_key = ?"
    };
    on_tx!(tx, conn => {
        sqlx::query(sql)
            .bind(failed)
            .bind(now.0)
            .bind(until.map(|until| until.0))
            .bind(key)
            .execute(conn)
            .await
            .map(drop)
    })
}

/// Makes room, so that guessing at ever new addresses fills no disk.
async fn forget_oldest(tx: &mut Tx) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        let known: i64 = sqlx::query_scalar("select count(*) from sign_in_guesses")
            .fetch_one(&mut *conn)
            .await?;
        if known < REMEMBERED {
            return Ok(());
        }
        let last: Option<i64> = sqlx::query_scalar(
            "select last_at from sign_in_guesses order by last_at limit 1 offset ?",
        )
        .bind(FORGOTTEN - 1)
        .fetch_optional(&mut *conn)
        .await?;
        sqlx::query("delete from sign_in_guesses where last_at <= ?")
            .bind(last)
            .execute(&mut *conn)
            .await
            .map(drop)
    })
}
