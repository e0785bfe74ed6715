//! Batches: one per applied change, be it a saved form, an import of a million rows or an undo.

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row};
use uuid::Uuid;

use super::chain;
use crate::changes;
use crate::db::{Tx, on_tx};
use crate::retry::retrying;
use crate::word::{from_word, word};
use crate::{Store, by_id};
use domain::error::{Error, Result};
use domain::plan::{Batch, BatchCounts, BatchState, Origin};
use domain::values::{BatchId, Timestamp, UserId};

/// A batch that begins.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// Where the changes come from.
    pub origin: Origin,
    /// What a person reads in the list of batches.
    pub label: String,
    /// Who does it.
    pub user_id: Option<UserId>,
    /// That person's name now.
    pub user_name: String,
    /// The batch that it undoes.
    pub undo_of: Option<BatchId>,
    /// What is known of the records before any is written.
    pub counts: BatchCounts,
}

/// After so many milliseconds without a write, a running batch is taken for one whose program died.
const SILENCE: i64 = 120_000;

pub(super) const COLUMNS: &str = "select id, origin, label, user_name, started_at, finished_at, state, \
    rows_read, created, updated, unchanged, skipped, kept, rejected, not_reached, implied, \
    undo_of, undone_by, trashed, restored, user_id from batches ";

/// A batch as its table has it.
pub(super) struct BatchRow(pub(super) Batch);

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for BatchRow {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(BatchRow(Batch {
                    id: row.try_get::<Uuid, _>(0)?.into(),
                    origin: from_word(row.try_get(1)?)?,
                    label: row.try_get(2)?,
                    person: row.try_get(3)?,
                    person_id: row.try_get::<Option<Uuid>, _>(20)?.map(UserId::from),
                    started_at: Timestamp(row.try_get(4)?),
                    finished_at: row.try_get::<Option<i64>, _>(5)?.map(Timestamp),
                    state: from_word(row.try_get(6)?)?,
                    counts: BatchCounts {
                        read: row.try_get(7)?,
                        created: row.try_get(8)?,
                        updated: row.try_get(9)?,
                        unchanged: row.try_get(10)?,
                        skipped: row.try_get(11)?,
                        kept: row.try_get(12)?,
                        rejected: row.try_get(13)?,
                        not_reached: row.try_get(14)?,
                        implied: row.try_get(15)?,
                        trashed: row.try_get(18)?,
                        restored: row.try_get(19)?,
                    },
                    undo_of: row.try_get::<Option<Uuid>, _>(16)?.map(BatchId::from),
                    undone_by: row.try_get::<Option<Uuid>, _>(17)?.map(BatchId::from),
                    sums: Vec::new(),
                    title: String::new(),
                    undo_title: String::new(),
                    // Plans lie on a computer, not in the database.
                    plan: None,
                }))
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
            insert(&mut tx, id, batch, now, None).await?;
            tx.commit().await
        })?;
        Ok(id)
    }

    /// Ends a batch with its final counts. An undo that wrote something marks what it undid.
    pub async fn finish_batch(
        &self,
        id: BatchId,
        state: BatchState,
        counts: &BatchCounts,
    ) -> Result<()> {
        let now = self.now();
        let found = retrying!({
            let mut tx = self.db.begin().await?;
            let Some(before) = state_of(&mut tx, id).await? else {
                return Ok(false);
            };
            // What is done stays so; this may also be a second attempt after a lost connection.
            if chain::is_final(&before) {
                return Ok(true);
            }
            finish(&mut tx, id, state, counts, now).await?;
            // An undo that met nothing but later changes can be planned again.
            let written = counts.created + counts.updated + counts.implied;
            if written > 0 || state == BatchState::Done && counts.kept == 0 {
                mark_undone(&mut tx, id).await?;
            }
            changes::record(&mut tx, now, Some(id)).await?;
            chain::seal(&mut tx, id).await?;
            tx.commit().await?;
            Ok(true)
        })?;
        if found { Ok(()) } else { Err(no_batch()) }
    }

    /// One batch.
    pub async fn batch(&self, id: BatchId) -> Result<Batch> {
        let found: Option<BatchRow> = retrying!(by_id::find(&self.db, COLUMNS, id.uuid()).await)?;
        let BatchRow(mut batch) = found.ok_or_else(no_batch)?;
        self.stop_silent(&mut batch).await?;
        self.entitle(std::slice::from_mut(&mut batch)).await?;
        Ok(batch)
    }

    /// A batch that no program goes on with says so: its program died, or lost the database for
    /// good. It is sealed as it is; should its program wake up after all, it goes on and is sealed
    /// anew.
    async fn stop_silent(&self, batch: &mut Batch) -> Result<()> {
        if batch.state != BatchState::Running {
            return Ok(());
        }
        let last = self.last_write(batch).await?;
        if self.now().0 - last > SILENCE {
            batch.state = BatchState::Cancelled;
            batch.finished_at = Some(Timestamp(last));
            // A caller who only reads is not bothered: the next one who looks tries again.
            self.seal_stopped(batch.id, last).await.ok();
        }
        Ok(())
    }

    /// The batches of rows, with the states and titles that they have now.
    pub(super) async fn told_batches(&self, rows: Vec<BatchRow>) -> Result<Vec<Batch>> {
        let mut batches: Vec<Batch> = rows.into_iter().map(|BatchRow(batch)| batch).collect();
        for batch in &mut batches {
            self.stop_silent(batch).await?;
        }
        self.entitle(&mut batches).await?;
        Ok(batches)
    }
}

pub(super) fn no_batch() -> Error {
    Error::not_found("There is no such batch.").hint("List the batches to see their ids.")
}

/// Writes the row of a batch that is over as soon as it begins.
pub(super) async fn insert_done(
    tx: &mut Tx,
    id: BatchId,
    batch: &NewBatch,
    now: Timestamp,
) -> sqlx::Result<()> {
    insert(tx, id, batch, now, Some(now)).await
}

async fn insert(
    tx: &mut Tx,
    id: BatchId,
    batch: &NewBatch,
    started: Timestamp,
    done: Option<Timestamp>,
) -> sqlx::Result<()> {
    let state = match done {
        Some(_) => BatchState::Done,
        None => BatchState::Running,
    };
    on_tx!(tx, conn => {
        sqlx::query(
            "insert into batches (id, origin, label, user_id, user_name, state, started_at, finished_at, \
             undo_of, rows_read, unchanged, skipped, kept, rejected, not_reached) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.uuid())
        .bind(word(batch.origin))
        .bind(cut(&batch.label))
        .bind(batch.user_id.map(UserId::uuid))
        .bind(&batch.user_name)
        .bind(word(state))
        .bind(started.0)
        .bind(done.map(|done| done.0))
        .bind(batch.undo_of.map(BatchId::uuid))
        .bind(batch.counts.read)
        .bind(batch.counts.unchanged)
        .bind(batch.counts.skipped)
        .bind(batch.counts.kept)
        .bind(batch.counts.rejected)
        .bind(batch.counts.not_reached)
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
    counts: &BatchCounts,
    now: Timestamp,
) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "update batches set state = ?, finished_at = ?, rows_read = ?, created = ?, updated = ?, \
             unchanged = ?, skipped = ?, kept = ?, rejected = ?, not_reached = ?, implied = ? \
             where id = ?",
        )
        .bind(word(state))
        .bind(now.0)
        .bind(counts.read)
        .bind(counts.created)
        .bind(counts.updated)
        .bind(counts.unchanged)
        .bind(counts.skipped)
        .bind(counts.kept)
        .bind(counts.rejected)
        .bind(counts.not_reached)
        .bind(counts.implied)
        .bind(id.uuid())
        .execute(conn)
        .await
        .map(drop)
    })
}

pub(super) async fn state_of(tx: &mut Tx, id: BatchId) -> sqlx::Result<Option<String>> {
    let for_update = tx.dialect().for_update();
    on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new("select state from batches where id = ")
            .push_bind(id.uuid())
            .push(for_update)
            .build_query_scalar()
            .fetch_optional(conn)
            .await
    })
}

/// The first undo stays the mark: what a person decides to undo after it is a batch of its own.
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
        sqlx::query("update batches set undone_by = ? where id = ? and undone_by is null")
            .bind(undo.uuid())
            .bind(undone)
            .execute(conn)
            .await
            .map(drop)
    })
}

/// What a transaction writes, by record.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WrittenCounts {
    /// Created.
    pub(crate) created: i64,
    /// Everything else.
    pub(crate) updated: i64,
    /// How many of those updated were moved to the trash.
    pub(crate) trashed: i64,
    /// How many of those updated came back from it.
    pub(crate) restored: i64,
}

/// Adds to the counts of a batch what a transaction writes. One that was stopped runs again.
pub(crate) async fn count_written(
    tx: &mut Tx,
    id: BatchId,
    counts: WrittenCounts,
) -> sqlx::Result<()> {
    let written = counts.created + counts.updated;
    on_tx!(tx, conn => {
        sqlx::query(
            "update batches set created = created + ?, updated = updated + ?, \
             trashed = trashed + ?, restored = restored + ?, not_reached = \
             case when not_reached > ? then not_reached - ? else 0 end, \
             finished_at = case when state = 'done' then finished_at end, \
             state = case when state = 'done' then state else 'running' end where id = ?",
        )
            .bind(counts.created)
            .bind(counts.updated)
            .bind(counts.trashed)
            .bind(counts.restored)
            .bind(written)
            .bind(written)
            .bind(id.uuid())
            .execute(conn)
            .await
            .map(drop)
    })
}
