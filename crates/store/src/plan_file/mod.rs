//! The staging area of a plan: a scratch SQLite file on this machine, so that a plan of a million
//! records lives neither in memory nor in the shared database. It is data that can be made again:
//! no sync, no journal.
//!
//! `row.rs` turns a record into a row, `marks.rs` keeps what records are pointed out for, `query.rs`
//! reads them, `resolve.rs` keeps what a person decides about conflicts.

mod marks;
mod phase;
mod query;
mod resolve;
mod row;
#[cfg(test)]
mod tests;

use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

pub use marks::{MarkCount, Remark};
pub use query::{ApplyOrder, FileRow, RecordFilter, RecordOrder, ToApply};
pub use resolve::Taken;
use row::{body_of, operation_code, outcome_code, resolution_code, said};

use domain::error::{Error, Result};
use domain::plan::{Mark, PlannedRecord, size_of_change};
use domain::values::RecordId;

/// Rows per INSERT statement: with a dozen columns far below SQLite's limit of bound values.
const ROWS_PER_STATEMENT: usize = 200;

/// Counts the layouts of the file, so that one that another version of the app made is recognised.
const LAYOUT: i64 = 5;

/// A plan's staging file.
#[derive(Debug, Clone)]
pub struct PlanFile {
    pool: SqlitePool,
}

/// A record on its way into or out of the staging file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRecord {
    /// The record as it is shown.
    pub record: PlannedRecord,
    /// Records are applied by phase, parents before their variants, and within one in an [`ApplyOrder`].
    pub phase: i64,
    /// Where the record starts in the UTF-8 copy of its file, in bytes.
    pub byte: i64,
    /// What it is pointed out for besides what shows of itself; not read again.
    pub marks: Vec<Mark>,
}

impl PlanFile {
    /// Makes an empty staging file at `path`; what was there before is thrown away.
    pub async fn create(path: &Path) -> Result<Self> {
        Self::delete(path)?;
        let file = Self::connect(path, true).await?;
        let schema = format!(
            "create table meta (key text primary key, value text not null) without rowid;
             create table record (
               number integer primary key, line integer, byte integer not null, implied integer not null,
               phase integer not null, outcome integer not null, operation integer, resolution integer,
               kind text not null, record_id blob, version integer not null, code text not null,
               title text not null, said text not null, size integer not null,
               open_size integer not null, body text not null);
             create index record_outcome on record (outcome, number, operation);
             create table mark_name (id integer primary key, name text not null unique);
             create table mark (mark integer not null, number integer not null,
               primary key (mark, number)) without rowid;
             pragma user_version = {LAYOUT};"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(schema))
            .execute(&file.pool)
            .await
            .map_err(failed)?;
        Ok(file)
    }

    /// Deletes the staging file at `path` and its log, where there is one.
    pub fn delete(path: &Path) -> Result<()> {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            match std::fs::remove_file(&name) {
                Ok(()) => {}
                Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => {}
                Err(cause) => return Err(Error::file("replace", Path::new(&name), &cause)),
            }
        }
        Ok(())
    }

    /// Opens the staging file at `path`.
    pub async fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(gone("This plan is not on this computer any more."));
        }
        let file = Self::connect(path, false).await?;
        let layout: i64 = sqlx::query_scalar("pragma user_version")
            .fetch_one(&file.pool)
            .await
            .map_err(failed)?;
        if layout == LAYOUT {
            return Ok(file);
        }
        file.close().await;
        Err(gone("This plan was made by another version of the app."))
    }

    async fn connect(path: &Path, create: bool) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-8192")
            .pragma("temp_store", "memory");
        let pool = SqlitePoolOptions::new()
            .max_connections(2)
            .connect_with(options)
            .await
            .map_err(failed)?;
        Ok(Self { pool })
    }

    /// Closes the file, so that it can be deleted on every platform.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Keeps `value` under `key`.
    pub async fn set_meta<T: Serialize>(&self, key: &str, value: &T) -> Result<()> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        set_meta(&mut transaction, key, value).await?;
        transaction.commit().await.map_err(failed)
    }

    /// What is kept under `key`.
    pub async fn meta<T: for<'de> Deserialize<'de>>(&self, key: &str) -> Result<Option<T>> {
        let text: Option<String> = sqlx::query_scalar("select value from meta where key = ?")
            .bind(key)
            .fetch_optional(&self.pool)
            .await
            .map_err(failed)?;
        text.map(|text| serde_json::from_str(&text).map_err(unreadable))
            .transpose()
    }

    /// Adds records; their numbers must be new.
    pub async fn insert(&self, records: &[StagedRecord]) -> Result<()> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        for rows in records.chunks(ROWS_PER_STATEMENT) {
            let bodies = rows.iter().map(|staged| body_of(&staged.record));
            let bodies: Vec<String> = bodies.collect::<Result<_>>()?;
            let mut insert = QueryBuilder::<Sqlite>::new("insert into record ");
            insert.push_values(rows.iter().zip(bodies), |mut row, (staged, body)| {
                let record = &staged.record;
                row.push_bind(record.number)
                    .push_bind(record.line)
                    .push_bind(staged.byte)
                    .push_bind(record.implied)
                    .push_bind(staged.phase)
                    .push_bind(outcome_code(record.outcome))
                    .push_bind(record.operation.map(operation_code))
                    .push_bind(record.resolution.map(resolution_code))
                    .push_bind(record.kind.key())
                    .push_bind(record.record_id.map(RecordId::uuid))
                    .push_bind(record.expected_version)
                    .push_bind(record.code.clone())
                    .push_bind(record.title.clone())
                    .push_bind(said(record))
                    .push_bind(size_of_change(record, |_| true))
                    .push_bind(size_of_change(record, |field| field.needs().is_none()))
                    .push_bind(body);
            });
            insert
                .build()
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        marks::add(&mut transaction, records).await?;
        transaction.commit().await.map_err(failed)
    }

    /// Keeps what became of records that are there, found by their numbers, and `value` under `key`
    /// in the same transaction, so that the counts never differ from the records.
    pub async fn settle<T: Serialize>(
        &self,
        records: &[StagedRecord],
        key: &str,
        value: &T,
    ) -> Result<()> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        for StagedRecord { record, .. } in records {
            sqlx::query(
                "update record set kind = ?, outcome = ?, operation = ?, resolution = ?, record_id = ?, \
                 version = ?, said = ?, body = ? where number = ?",
            )
            .bind(record.kind.key())
            .bind(outcome_code(record.outcome))
            .bind(record.operation.map(operation_code))
            .bind(record.resolution.map(resolution_code))
            .bind(record.record_id.map(RecordId::uuid))
            .bind(record.expected_version)
            .bind(said(record))
            .bind(body_of(record)?)
            .bind(record.number)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        }
        marks::add(&mut transaction, records).await?;
        set_meta(&mut transaction, key, value).await?;
        transaction.commit().await.map_err(failed)
    }
}

async fn set_meta<T: Serialize>(conn: &mut SqliteConnection, key: &str, value: &T) -> Result<()> {
    let text = serde_json::to_string(value).map_err(unreadable)?;
    sqlx::query(
        "insert into meta values (?, ?) on conflict (key) do update set value = excluded.value",
    )
    .bind(key)
    .bind(text)
    .execute(conn)
    .await
    .map_err(failed)?;
    Ok(())
}

fn gone(message: &str) -> Error {
    Error::not_found(message)
        .hint("Import the file again, or undo the batch again, to make a new plan.")
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is the shape that map_err wants"
)]
fn failed(cause: sqlx::Error) -> Error {
    Error::internal(format!("The plan's staging file failed: {cause}."))
        .hint("Check that the disk is not full, then make the plan again.")
}

fn unreadable(cause: impl std::fmt::Display) -> Error {
    Error::internal(format!("The plan's staging file cannot be read: {cause}."))
        .hint("Make the plan again.")
}
