//! Sign-ins and guesses at passwords, counted in the database: a pause holds on every desktop and
//! after a restart. A guess is counted in one transaction before its password is looked at.
//! Addresses without an account are counted and forgotten like those with one, so that the pause
//! does not tell which is which.

use domain::people::kinds::USER;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::Store;
use crate::db::{Tx, on, on_tx};
use crate::history::events::{Event, record_event};
use crate::retry::{Attempts, retrying};
use domain::error::{Code, Result};
use domain::people::{Admission, Email, Guesses, REMEMBERED};
use domain::plan::{HistoryOperation, Origin};
use domain::values::{Timestamp, UserId};

/// How many addresses without an account are told of in the history at a time: guessing at ever new
/// ones fills no disk.
const TOLD: i64 = 10;

const FORGET: &str = "update users set failed_attempts = 0, locked_until = null, \
    last_failed_at = null where id = ?";

/// Whose password is guessed.
#[derive(Debug, Clone)]
pub enum Guessed {
    /// A person who has an account, and their name.
    Person(UserId, String),
    /// An address without an account.
    Nobody(Email),
}

/// What became of a guess, by the clock that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedGuess {
    /// Whether the password is looked at.
    pub admission: Admission,
    /// When it was made.
    pub at: Timestamp,
}

impl Store {
    /// Notes that a person signed in: wrong passwords before that are forgotten.
    pub async fn record_sign_in(&self, id: UserId, name: &str) -> Result<()> {
        let now = self.now();
        let event = event(id, name, HistoryOperation::SignIn, true);
        self.if_writable(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query(
                    "update users set failed_attempts = 0, locked_until = null, \
                     last_failed_at = null, last_sign_in_at = ? where id = ?",
                )
                .bind(now.0)
                .bind(id.uuid())
                .execute(conn)
                .await
                .map(drop)
            })?;
            record_event(&mut tx, now, &event).await?;
            tx.commit().await
        }))
    }

    /// Notes that a person signed out.
    pub async fn record_sign_out(&self, id: UserId, name: &str) -> Result<()> {
        let event = event(id, name, HistoryOperation::SignOut, true);
        self.if_writable(self.record(&event).await)
    }

    /// What signing in and out leaves behind is left out in a file that cannot be written now,
    /// because its disk is full, say: people can still sign in and read. What a server cannot write
    /// is an error.
    fn if_writable<T: Default>(&self, written: Result<T>) -> Result<T> {
        match written {
            Err(error) if error.code == Code::File && self.is_file() => Ok(T::default()),
            written => written,
        }
    }

    /// Forgets wrong passwords: the right one was given.
    pub async fn forget_wrong_passwords(&self, id: UserId) -> Result<()> {
        self.if_writable(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query(FORGET)
                    .bind(id.uuid())
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            tx.commit().await
        }))
    }

    /// Counts a guess before its password is looked at, unless it comes too early.
    pub async fn count_guess(&self, guessed: &Guessed) -> Result<CountedGuess> {
        let uncounted = CountedGuess {
            admission: Admission::Counted(Guesses::default()),
            at: self.now(),
        };
        let counted = retrying!(Attempts::looking_first(), attempts => {
            let mut tx = self.db.begin().await?;
            let at = counting_clock(&mut tx, self.now()).await?;
            let before = read_guesses(&mut tx, guessed).await?;
            let admission = before.unwrap_or_default().count(at);
            let (Admission::Counted(after) | Admission::Refused(after)) = admission;
            if before != Some(after) {
                write_guesses(&mut tx, guessed, before.is_none(), after).await?;
                tx.commit().await?;
            }
            Ok(Some(CountedGuess { admission, at }))
        });
        Ok(self.if_writable(counted)?.unwrap_or(uncounted))
    }

    /// Notes in the history that the password was wrong.
    pub async fn record_wrong_password(&self, guessed: &Guessed, guesses: Guesses) -> Result<()> {
        let operation = match guesses.locked_until {
            Some(_) => HistoryOperation::LockedOut,
            None => HistoryOperation::SignInFailed,
        };
        let event = match guessed {
            Guessed::Person(id, name) => event(*id, name, operation, false),
            Guessed::Nobody(email) => {
                if self.has_many_guesses().await? {
                    return Ok(());
                }
                let nobody = UserId::from(Uuid::nil());
                event(nobody, email.as_str(), operation, false)
            }
        };
        self.if_writable(self.record(&event).await)
    }

    async fn has_many_guesses(&self) -> Result<bool> {
        let known: i64 = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select count(*) from (select 1 from sign_in_guesses limit ?) some",
            )
            .bind(TOLD + 1)
            .fetch_one(pool)
            .await
        }))?;
        Ok(known > TOLD)
    }
}

/// What the history says about a person who signs in or out. A failed sign-in names no person.
fn event(id: UserId, label: &str, operation: HistoryOperation, is_proven: bool) -> Event {
    Event {
        origin: Origin::SignIn,
        author: is_proven.then(|| (id, label.to_owned())),
        label: label.to_owned(),
        kind: USER,
        id: id.uuid().into(),
        operation,
        changes: Vec::new(),
        seal: None,
    }
}

/// The clock that pauses are counted by: that of a server, which all desktops share.
async fn counting_clock(tx: &mut Tx, here: Timestamp) -> sqlx::Result<Timestamp> {
    match tx {
        Tx::Sqlite(_) => Ok(here),
        Tx::MySql(tx) => {
            let millis = sqlx::query_scalar(
                "select cast(unix_timestamp(current_timestamp(3)) * 1000 as signed)",
            );
            Ok(Timestamp(millis.fetch_one(&mut **tx).await?))
        }
    }
}

/// The guesses that are remembered; the row is locked for this transaction.
async fn read_guesses(tx: &mut Tx, guessed: &Guessed) -> sqlx::Result<Option<Guesses>> {
    let lock = tx.dialect().for_update();
    let row: Option<(i64, Option<i64>, Option<i64>)> = on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new("");
        match guessed {
            Guessed::Person(id, _) => query
                .push("select failed_attempts, last_failed_at, locked_until from users where id = ")
                .push_bind(id.uuid()),
            Guessed::Nobody(email) => query
                .push("select failed, last_at, locked_until from sign_in_guesses where email_key = ")
                .push_bind(email.key()),
        };
        query.push(lock).build_query_as().fetch_optional(conn).await
    })?;
    Ok(row.map(|(failed, last_at, locked_until)| Guesses {
        failed,
        last_at: last_at.map(Timestamp),
        locked_until: locked_until.map(Timestamp),
    }))
}

async fn write_guesses(
    tx: &mut Tx,
    guessed: &Guessed,
    is_new: bool,
    guesses: Guesses,
) -> sqlx::Result<()> {
    let sql = match guessed {
        Guessed::Person(..) => {
            "update users set failed_attempts = ?, last_failed_at = ?, locked_until = ? where id = ?"
        }
        Guessed::Nobody(_) if is_new => {
            "insert into sign_in_guesses (failed, last_at, locked_until, email_key) values (?, ?, ?, ?)"
        }
        Guessed::Nobody(_) => {
            "update sign_in_guesses set failed = ?, last_at = ?, locked_until = ? where email_key = ?"
        }
    };
    if let (Guessed::Nobody(_), true, Some(now)) = (guessed, is_new, guesses.last_at) {
        forget_old(tx, now).await?;
    }
    on_tx!(tx, conn => {
        let query = sqlx::query(sql)
            .bind(guesses.failed)
            .bind(guesses.last_at.map(|at| at.0))
            .bind(guesses.locked_until.map(|until| until.0));
        let query = match guessed {
            Guessed::Person(id, _) => query.bind(id.uuid()),
            Guessed::Nobody(email) => query.bind(email.key()),
        };
        query.execute(conn).await.map(drop)
    })
}

/// Guesses at addresses without an account are forgotten as those at the others are; so are those
/// that a clock made which has been set back since.
async fn forget_old(tx: &mut Tx, now: Timestamp) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query("delete from sign_in_guesses where last_at < ? or last_at > ?")
            .bind(now.0.saturating_sub(REMEMBERED))
            .bind(now.0.saturating_add(REMEMBERED))
            .execute(conn)
            .await
            .map(drop)
    })
}
