//! Reading the chain of the history again, page by page, to see whether it still fits.

use crate::fault::Told;
use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row as _};
use uuid::Uuid;

use super::chain::{self, HEADER, Header, Sealed};
use super::digest::{EntriesDigest, Hash};
use super::sealed::{BatchToVerify, ChainLink, ChainedBatch, EntriesReader, Raw};
use crate::db::on;
use crate::retry::retrying;
use crate::{Store, by_id};
use domain::error::Result;
use domain::values::{BatchId, Timestamp};

const LINKS: &str = "select position, batch_id, state, entries, digest, identity, ending, link \
    from history_chain where ";

/// How many entries are read at once.
const PAGE: i64 = 2_000;

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for ChainLink {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let hash = |at: usize| Hash::from_column(&row.try_get::<Vec<u8>, _>(at)?);
                Ok(ChainLink {
                    sealed: Sealed {
                        position: row.try_get(0)?,
                        batch: row.try_get(1)?,
                        state: row.try_get(2)?,
                        entries: EntriesDigest { entries: row.try_get(3)?, digest: hash(4)? },
                        identity: hash(5)?,
                        ending: hash(6)?,
                    },
                    link: hash(7)?,
                })
            }
        }

        impl FromRow<'_, $row> for Raw {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(Raw {
                    id: row.try_get(0)?,
                    at: Timestamp(row.try_get::<Option<i64>, _>(1)?.unwrap_or_default()),
                    entity: row.try_get(2)?,
                    entity_id: row.try_get(3)?,
                    operation: row.try_get(4)?,
                    version: row.try_get(5)?,
                    changes: row.try_get(6)?,
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

impl Store {
    /// What the first link follows, and the last batch from before the chain began.
    pub async fn chain_start(&self) -> Result<(Hash, Option<BatchId>)> {
        let older: Option<Option<Uuid>> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select older_batches from history_head where id = 1")
                .fetch_optional(pool)
                .await
        }))?;
        let older = older.flatten();
        Ok((chain::genesis(older), older.map(BatchId::from)))
    }

    /// A page of links, after the position `after`.
    pub async fn chain_links(&self, after: i64, limit: i64) -> Result<Vec<ChainLink>> {
        Ok(retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(LINKS)
                .push("position > ")
                .push_bind(after)
                .push(" order by position limit ")
                .push_bind(limit)
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?)
    }

    /// A batch with its links, as the chain is checked by.
    pub async fn batch_to_verify(&self, id: BatchId) -> Result<BatchToVerify> {
        let links = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(LINKS)
                .push("batch_id = ")
                .push_bind(id.uuid())
                .push(" order by position")
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?;
        let header: Option<Header> = retrying!(by_id::find(&self.db, HEADER, id.uuid()).await)?;
        let noted: Option<(i64, Vec<u8>)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as("select entries, digest from batch_digests where batch_id = ?")
                .bind(id.uuid())
                .fetch_optional(pool)
                .await
        }))?;
        let noted = noted.map(|(entries, digest)| {
            let digest = Hash::from_column(&digest)?;
            Ok::<_, sqlx::Error>(EntriesDigest { entries, digest })
        });
        Ok(BatchToVerify {
            id,
            batch: header.map(ChainedBatch::of),
            links,
            noted: noted.transpose().told()?,
        })
    }

    /// The next batches that no link seals, by id, after `after`.
    pub async fn unsealed_batches(
        &self,
        after: Option<BatchId>,
        limit: i64,
    ) -> Result<Vec<BatchId>> {
        let after = after.map_or(Uuid::nil(), BatchId::uuid);
        let ids: Vec<Uuid> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select b.id from batches b where b.id > ? and not exists \
                 (select 1 from history_chain c where c.batch_id = b.id) order by b.id limit ?",
            )
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await
        }))?;
        Ok(ids.into_iter().map(BatchId::from).collect())
    }

    /// Entries whose batch is not there, which the history does not show.
    pub async fn entries_without_batch(&self) -> Result<i64> {
        Ok(retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select count(*) from journal j where not exists \
                 (select 1 from batches b where b.id = j.batch_id)",
            )
            .fetch_one(pool)
            .await
        }))?)
    }

    /// Reads the next entries of a batch; false when there are none left.
    pub async fn read_entries(&self, reader: &mut EntriesReader) -> Result<bool> {
        let rows: Vec<Raw> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select j.id, t.at_ms, j.entity, j.entity_id, j.operation, j.version, j.changes \
                 from journal j left join change_tx t on t.id = j.tx_id \
                 where j.batch_id = ? and j.id > ? order by j.id limit ?",
            )
            .bind(reader.batch.uuid())
            .bind(reader.last)
            .bind(PAGE)
            .fetch_all(pool)
            .await
        }))?;
        let full = i64::try_from(rows.len()).unwrap_or(PAGE) == PAGE;
        for row in rows {
            reader.digest(&row);
        }
        Ok(full)
    }
}
