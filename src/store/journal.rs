//! The journal: every change of every record, field by field, written in the transaction that
//! makes the change. Who and when stand in the batch and in `change_tx`.

use serde::{Deserialize, Serialize};
use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row};
use ts_rs::TS;
use uuid::Uuid;

use super::Store;
use super::batches::{from_word, word};
use super::db::{Tx, on, on_tx};
use super::dialect::BYTES_PER_INSERT;
use super::retry::retrying;
use crate::error::Result;
use crate::plan::{Change, Operation, Origin, ProductWrite};
use crate::values::{BatchId, ProductId, Timestamp};

/// What kind of record an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    /// A product or variant.
    Product,
    /// A person who can sign in.
    User,
    /// The workspace's settings.
    Settings,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// Its number; later entries of one record have larger numbers.
    pub id: i64,
    /// The batch that it belongs to.
    pub batch_id: BatchId,
    /// Where the batch came from.
    pub origin: Origin,
    /// What the batch is called.
    pub batch_label: String,
    /// Who did it.
    pub user_name: String,
    /// When.
    pub at: Timestamp,
    /// What kind of record changed.
    pub entity: Entity,
    /// The record's id; a product's for now.
    pub entity_id: ProductId,
    /// What happened to it.
    pub operation: Operation,
    /// Its version afterwards.
    pub version: i64,
    /// Its fields, old and new.
    pub changes: Vec<Change>,
}

/// An entry that is about to be written.
pub(super) struct NewEntry {
    pub(super) entity: Entity,
    pub(super) entity_id: Uuid,
    pub(super) operation: Operation,
    pub(super) version: i64,
    pub(super) changes: Vec<Change>,
}

const SELECT: &str = "select j.id, j.batch_id, b.origin, b.label, b.user_name, t.at_ms, j.entity, \
    j.entity_id, j.operation, j.version, j.changes from journal j \
    join batches b on b.id = j.batch_id join change_tx t on t.id = j.tx_id ";

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for JournalEntry {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(JournalEntry {
                    id: row.try_get(0)?,
                    batch_id: row.try_get::<Uuid, _>(1)?.into(),
                    origin: from_word(row.try_get(2)?)?,
                    batch_label: row.try_get(3)?,
                    user_name: row.try_get(4)?,
                    at: Timestamp(row.try_get(5)?),
                    entity: from_word(row.try_get(6)?)?,
                    entity_id: row.try_get::<Uuid, _>(7)?.into(),
                    operation: from_word(row.try_get(8)?)?,
                    version: row.try_get(9)?,
                    changes: serde_json::from_str(&row.try_get::<String, _>(10)?)
                        .map_err(|cause| sqlx::Error::Decode(Box::new(cause)))?,
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

impl Store {
    /// The entries of a batch after the one numbered `after` (0 for the first page), in the order
    /// in which they were written.
    pub async fn journal_of_batch(
        &self,
        batch: BatchId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<JournalEntry>> {
        let entries = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("where j.batch_id = ")
                .push_bind(batch.uuid())
                .push(" and j.id > ")
                .push_bind(after)
                .push(" order by j.id limit ")
                .push_bind(limit)
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?;
        Ok(entries)
    }

    /// The entries of one record, the newest first, at most 1,000.
    pub async fn journal_of_record(&self, id: ProductId) -> Result<Vec<JournalEntry>> {
        let entries = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("where j.entity_id = ")
                .push_bind(id.uuid())
                .push(" order by j.id desc limit 1000")
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?;
        Ok(entries)
    }
}

/// Writes entries in the transaction of the change itself.
pub(super) async fn write(
    tx: &mut Tx,
    batch: BatchId,
    tx_id: i64,
    entries: &[NewEntry],
) -> sqlx::Result<()> {
    let most = tx.dialect().rows_per_insert();
    let mut rows: Vec<(&NewEntry, String)> = Vec::with_capacity(most);
    let mut bytes = 0;
    for entry in entries {
        let json = serde_json::to_string(&entry.changes)
            .map_err(|cause| sqlx::Error::Encode(Box::new(cause)))?;
        bytes += json.len();
        rows.push((entry, json));
        if rows.len() == most || bytes >= BYTES_PER_INSERT {
            insert(tx, batch, tx_id, std::mem::take(&mut rows)).await?;
            bytes = 0;
        }
    }
    insert(tx, batch, tx_id, rows).await
}

async fn insert(
    tx: &mut Tx,
    batch: BatchId,
    tx_id: i64,
    rows: Vec<(&NewEntry, String)>,
) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let insert_into = tx.dialect().insert_into();
    on_tx!(tx, DB, conn => {
        let mut insert = QueryBuilder::<DB>::new(insert_into);
        insert.push("journal (batch_id, tx_id, entity, entity_id, operation, version, changes) ");
        insert.push_values(rows, |mut row, (entry, json)| {
            row.push_bind(batch.uuid())
                .push_bind(tx_id)
                .push_bind(word(entry.entity))
                .push_bind(entry.entity_id)
                .push_bind(word(entry.operation))
                .push_bind(entry.version)
                .push_bind(json);
        });
        insert.build().execute(conn).await.map(drop)
    })
}

/// The version that this batch gave the product by this very write, when it did.
pub(super) async fn version_written(
    tx: &mut Tx,
    batch: BatchId,
    write: &ProductWrite,
) -> sqlx::Result<Option<i64>> {
    on_tx!(tx, conn => {
        sqlx::query_scalar(
            "select version from journal \
             where entity_id = ? and batch_id = ? and operation = ? and version = ?",
        )
        .bind(write.id.uuid())
        .bind(batch.uuid())
        .bind(word(write.operation))
        .bind(write.expected_version + 1)
        .fetch_optional(conn)
        .await
    })
}
