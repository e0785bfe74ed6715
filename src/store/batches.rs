//! Batches: one per applied change, be it a saved form, an import of a million rows or an undo.

use serde::{Deserialize, Serialize};
use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row};
use ts_rs::TS;
use uuid::Uuid;

use super::Store;
use super::changes;
use super::db::{Tx, on, on_tx};
use super::retry::retrying;
use crate::error::{Error, Result};
use crate::plan::{Counts, Origin};
use crate::values::{BatchId, Timestamp, UserId};

/// How far a batch came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// It is being applied, or the program ended while it was.
    Running,
    /// Everything that could be applied was.
    Done,
    /// A person stopped it; what was written until then stays.
    Cancelled,
    /// It could not go on; what was written until then stays.
    Failed,
}

/// A batch that begins.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// Where the changes come from.
    pub origin: Origin,
    /// What a person reads in the list of batches.
    pub label: String,
    /// The file that it comes from; may be empty.
    pub source: String,
    /// Who does it.
    pub user_id: Option<UserId>,
    /// That person's name now.
    pub user_name: String,
    /// The batch that it undoes.
    pub undo_of: Option<BatchId>,
}

/// A batch as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// Its id; later batches have larger ids.
    pub id: BatchId,
    /// Where the changes come from.
    pub origin: Origin,
    /// What a person reads.
    pub label: String,
    /// The file that it comes from; may be empty.
    pub source: String,
    /// Who did it.
    pub user_id: Option<UserId>,
    /// That person's name then.
    pub user_name: String,
    /// How far it came.
    pub state: BatchState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What became of the records: while it runs, what is written so far.
    pub counts: Counts,
    /// The batch that it undoes.
    pub undo_of: Option<BatchId>,
    /// The batch that undid it.
    pub undone_by: Option<BatchId>,
}

/// Which batches are listed.
#[derive(Debug, Clone, Default)]
pub struct BatchFilter {
    /// Only of these origins; of all when empty.
    pub origins: Vec<Origin>,
    /// Only those that began before this one: the last of the page before.
    pub before: Option<BatchId>,
    /// How many at most.
    pub limit: i64,
}

const COLUMNS: &str = "select id, origin, label, source, user_id, user_name, state, started_at, \
    finished_at, created, updated, unchanged, skipped, kept, rejected, implied, undo_of, undone_by \
    from batches ";

/// The word by which an enum without data is kept: the one that it has in JSON.
pub(super) fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The enum that is kept as `word`.
pub(super) fn from_word<T: serde::de::DeserializeOwned>(word: String) -> sqlx::Result<T> {
    serde_json::from_value(serde_json::Value::String(word))
        .map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for Batch {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(Batch {
                    id: row.try_get::<Uuid, _>(0)?.into(),
                    origin: from_word(row.try_get(1)?)?,
                    label: row.try_get(2)?,
                    source: row.try_get(3)?,
                    user_id: row.try_get::<Option<Uuid>, _>(4)?.map(UserId::from),
                    user_name: row.try_get(5)?,
                    state: from_word(row.try_get(6)?)?,
                    started_at: Timestamp(row.try_get(7)?),
                    finished_at: row.try_get::<Option<i64>, _>(8)?.map(Timestamp),
                    counts: Counts {
                        create: row.try_get(9)?,
                        update: row.try_get(10)?,
                        unchanged: row.try_get(11)?,
                        skipped: row.try_get(12)?,
                        conflict: row.try_get(13)?,
                        error: row.try_get(14)?,
                        implied: row.try_get(15)?,
                    },
                    undo_of: row.try_get::<Option<Uuid>, _>(16)?.map(BatchId::from),
                    undone_by: row.try_get::<Option<Uuid>, _>(17)?.map(BatchId::from),
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

impl Store {
    /// Begins a batch.
    pub async fn begin_batch(&self, batch: &NewBatch) -> Result<BatchId> {
        let id = BatchId::new();
        let now = self.now();
        retrying!({
            let mut tx = self.db.begin().await?;
            insert(&mut tx, id, batch, now).await?;
            tx.commit().await
        })?;
        Ok(id)
    }

    /// Ends a batch with its final counts. An undo that wrote something marks what it undid.
    pub async fn finish_batch(
        &self,
        id: BatchId,
        state: BatchState,
        counts: &Counts,
    ) -> Result<()> {
        let now = self.now();
        let found = retrying!({
            let mut tx = self.db.begin().await?;
            let found = finish(&mut tx, id, state, counts, now).await?;
            if state == BatchState::Done || counts.applied() > 0 {
                mark_undone(&mut tx, id).await?;
            }
            changes::record(&mut tx, now, Some(id)).await?;
            tx.commit().await?;
            Ok(found)
        })?;
        if found { Ok(()) } else { Err(no_batch()) }
    }

    /// One batch.
    pub async fn batch(&self, id: BatchId) -> Result<Batch> {
        let found: Option<Batch> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(COLUMNS)
                .push("where id = ")
                .push_bind(id.uuid())
                .build_query_as()
                .fetch_optional(pool)
                .await
        }))?;
        found.ok_or_else(no_batch)
    }

    /// Batches, the newest first.
    pub async fn batches(&self, filter: &BatchFilter) -> Result<Vec<Batch>> {
        let found = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(COLUMNS);
            query.push("where 1 = 1");
            if let Some(before) = filter.before {
                query.push(" and id < ").push_bind(before.uuid());
            }
            if !filter.origins.is_empty() {
                query.push(" and origin in (");
                let mut origins = query.separated(",");
                for origin in &filter.origins {
                    origins.push_bind(word(origin));
                }
                query.push(")");
            }
            query.push(" order by id desc limit ").push_bind(filter.limit);
            query.build_query_as().fetch_all(pool).await
        }))?;
        Ok(found)
    }
}

fn no_batch() -> Error {
    Error::not_found("There is no such batch.").hint("List the batches to see their ids.")
}

async fn insert(tx: &mut Tx, id: BatchId, batch: &NewBatch, now: Timestamp) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "insert into batches (id, origin, label, source, user_id, user_name, state, started_at, undo_of) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.uuid())
        .bind(word(batch.origin))
        .bind(cut(&batch.label))
        .bind(cut(&batch.source))
        .bind(batch.user_id.map(UserId::uuid))
        .bind(&batch.user_name)
        .bind(word(BatchState::Running))
        .bind(now.0)
        .bind(batch.undo_of.map(BatchId::uuid))
        .execute(conn)
        .await
        .map(drop)
    })
}

/// As much of a label as its column takes.
fn cut(text: &str) -> String {
    text.chars().take(500).collect()
}

async fn finish(
    tx: &mut Tx,
    id: BatchId,
    state: BatchState,
    counts: &Counts,
    now: Timestamp,
) -> sqlx::Result<bool> {
    on_tx!(tx, conn => {
        let done = sqlx::query(
            "update batches set state = ?, finished_at = ?, created = ?, updated = ?, unchanged = ?, \
             skipped = ?, kept = ?, rejected = ?, implied = ? where id = ?",
        )
        .bind(word(state))
        .bind(now.0)
        .bind(counts.create)
        .bind(counts.update)
        .bind(counts.unchanged)
        .bind(counts.skipped)
        .bind(counts.conflict)
        .bind(counts.error)
        .bind(counts.implied)
        .bind(id.uuid())
        .execute(conn)
        .await?;
        Ok(done.rows_affected() == 1)
    })
}

async fn mark_undone(tx: &mut Tx, undo: BatchId) -> sqlx::Result<()> {
    let undone: Option<Option<Uuid>> = on_tx!(tx, conn => {
        sqlx::query_scalar("select undo_of from batches where id = ?")
            .bind(undo.uuid())
            .fetch_optional(conn)
            .await
    })?;
    let Some(Some(undone)) = undone else {
        return Ok(());
    };
    on_tx!(tx, conn => {
        sqlx::query("update batches set undone_by = ? where id = ?")
            .bind(undo.uuid())
            .bind(undone)
            .execute(conn)
            .await
            .map(drop)
    })
}

/// Adds to the counts of a running batch what a transaction writes.
pub(super) async fn count_written(
    tx: &mut Tx,
    id: BatchId,
    created: i64,
    updated: i64,
) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query("update batches set created = created + ?, updated = updated + ? where id = ?")
            .bind(created)
            .bind(updated)
            .bind(id.uuid())
            .execute(conn)
            .await
            .map(drop)
    })
}
