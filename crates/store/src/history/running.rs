//! Batches that run, and those whose program died while they did.

use uuid::Uuid;

use super::batches::{BatchRow, COLUMNS, no_batch, state_of};
use super::chain;
use crate::db::{on, on_tx};
use crate::retry::retrying;
use crate::word::word;
use crate::{Store, by_id, changes};
use domain::error::Result;
use domain::plan::{Batch, BatchState};
use domain::values::BatchId;

impl Store {
    /// When a batch wrote last; when it began, if it wrote nothing.
    pub(super) async fn last_write(&self, batch: &Batch) -> Result<i64> {
        let last: Option<i64> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select t.at_ms from journal j join change_tx t on t.id = j.tx_id \
                 where j.batch_id = ? order by j.id desc limit 1",
            )
            .bind(batch.id.uuid())
            .fetch_optional(pool)
            .await
        }))?;
        Ok(last.unwrap_or(batch.started_at.0))
    }

    /// The batches that run, or whose program died while they did.
    pub async fn running_batches(&self) -> Result<Vec<BatchId>> {
        let rows: Vec<Uuid> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select id from batches where state = 'running' order by id")
                .fetch_all(pool)
                .await
        }))?;
        Ok(rows.into_iter().map(BatchId::from).collect())
    }

    /// Marks the batches as stopped that no program goes on with.
    pub(super) async fn stop_all_silent(&self) -> Result<()> {
        for id in self.running_batches().await? {
            self.batch(id).await?;
        }
        Ok(())
    }

    /// Who is writing many records now, and what, as a sentence.
    pub(crate) async fn writing_now(&self) -> Result<Option<String>> {
        let row: Option<(String, String)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select user_name, label from batches where state = 'running' \
                 order by id desc limit 1",
            )
            .fetch_optional(pool)
            .await
        }))?;
        Ok(row.map(|(person, label)| match person.as_str() {
            "" => format!("\"{label}\" is being applied."),
            _ => format!("{person} is applying \"{label}\"."),
        }))
    }

    /// Marks a batch as stopped of which the caller knows that its program died.
    pub async fn mark_stopped(&self, id: BatchId) -> Result<()> {
        let found: Option<BatchRow> = retrying!(by_id::find(&self.db, COLUMNS, id.uuid()).await)?;
        let BatchRow(batch) = found.ok_or_else(no_batch)?;
        self.seal_stopped(id, self.last_write(&batch).await?).await
    }

    /// Marks a batch as stopped after its last write, unless it ended meanwhile.
    pub(super) async fn seal_stopped(&self, id: BatchId, last: i64) -> Result<()> {
        let now = self.now();
        retrying!({
            let mut tx = self.db.begin().await?;
            if state_of(&mut tx, id).await? != Some(word(BatchState::Running)) {
                return Ok(());
            }
            on_tx!(&mut tx, conn => {
                sqlx::query("update batches set state = 'cancelled', finished_at = ? where id = ?")
                    .bind(last)
                    .bind(id.uuid())
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            changes::record(&mut tx, now, Some(id)).await?;
            chain::seal(&mut tx, id).await?;
            tx.commit().await
        })
    }
}
