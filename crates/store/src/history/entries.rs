//! The entries of the journal, read for a batch, for a product and for an undo.

use crate::fault::Told;
use std::collections::HashMap;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row as _};
use uuid::Uuid;

use super::batches::from_word;
use super::json::from_json;
use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use domain::catalog::Field;
use domain::error::Result;
use domain::plan::{Change, Done, JournalEntry, Origin};
use domain::values::{BatchId, ProductId, Timestamp};

/// What a batch did to one product, for its undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneEntry {
    /// The number of the entry; later entries have larger ones.
    pub number: i64,
    /// Which product.
    pub product_id: ProductId,
    /// What was done to it.
    pub done: Done,
}

/// Who changed a product last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// The batch of the change.
    pub batch: BatchId,
    /// Who; empty for the system itself.
    pub person: String,
    /// When.
    pub at: Timestamp,
}

const SELECT: &str = "select j.batch_id, t.at_ms, b.user_name, b.origin, j.entity_id, p.sku, \
    j.operation, j.changes from journal j \
    join batches b on b.id = j.batch_id join change_tx t on t.id = j.tx_id \
    left join products p on p.id = j.entity_id ";

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for Row {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let operation = from_word(row.try_get(6)?)?;
                let changes = from_json(operation, &row.try_get::<String, _>(7)?)?;
                let sku = match row.try_get::<Option<String>, _>(5)? {
                    Some(sku) => sku,
                    None => sku_in(&changes),
                };
                Ok(Row(JournalEntry {
                    batch_id: row.try_get::<Uuid, _>(0)?.into(),
                    at: Timestamp(row.try_get(1)?),
                    person: row.try_get(2)?,
                    origin: from_word(row.try_get(3)?)?,
                    product_id: row.try_get::<Uuid, _>(4)?.into(),
                    sku,
                    operation,
                    changes,
                }))
            }
        }

        impl FromRow<'_, $row> for DoneEntry {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let operation = from_word(row.try_get(2)?)?;
                Ok(DoneEntry {
                    number: row.try_get(0)?,
                    product_id: row.try_get::<Uuid, _>(1)?.into(),
                    done: Done {
                        operation,
                        version: row.try_get(3)?,
                        changes: from_json(operation, &row.try_get::<String, _>(4)?)?,
                    },
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

/// An entry as it is read.
struct Row(JournalEntry);

/// The SKU of a product that was deleted for good, as far as the entry knows it.
pub(super) fn sku_in(changes: &[Change]) -> String {
    let sku = changes.iter().find(|change| change.field == Field::Sku);
    let text = sku.and_then(|change| change.new.as_text().or(change.old.as_text()));
    text.unwrap_or_default().to_owned()
}

impl Store {
    /// A page of the entries of a batch, in the order in which they were written, and how many
    /// there are in all.
    pub async fn journal_of_batch(
        &self,
        batch: BatchId,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<JournalEntry>, i64)> {
        if !self.is_about_products(batch).await? {
            return Ok((vec![], 0));
        }
        let total = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select count(*) from journal where batch_id = ?")
                .bind(batch.uuid())
                .fetch_one(pool)
                .await
        }))?;
        let rows: Vec<Row> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("where j.id in (select id from (select id from journal where batch_id = ")
                .push_bind(batch.uuid())
                .push(" order by id limit ")
                .push_bind(limit.max(0))
                .push(" offset ")
                .push_bind(offset.max(0))
                .push(") page) order by j.id")
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?;
        Ok((rows.into_iter().map(|row| row.0).collect(), total))
    }

    /// Whether a batch changes products: its entries are all of one kind.
    async fn is_about_products(&self, batch: BatchId) -> Result<bool> {
        let origin: Option<String> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select origin from batches where id = ?")
                .bind(batch.uuid())
                .fetch_optional(pool)
                .await
        }))?;
        let origin: Option<Origin> = origin.map(from_word).transpose().told()?;
        Ok(origin.is_some_and(Origin::is_about_products))
    }

    /// The entries of one product, the latest first, at most 1,000.
    pub async fn journal_of_record(&self, id: ProductId) -> Result<Vec<JournalEntry>> {
        let rows: Vec<Row> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(SELECT)
                .push("where j.entity = 'product' and j.entity_id = ")
                .push_bind(id.uuid())
                .push(" order by j.id desc limit 1000")
                .build_query_as()
                .fetch_all(pool)
                .await
        }))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Who changed these products last, as far as the journal knows them.
    pub async fn last_changes(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, LastChange>> {
        let mut found = HashMap::new();
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<(Uuid, Uuid, String, i64)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select j.entity_id, j.batch_id, b.user_name, t.at_ms from \
                     (select max(id) as id from journal where entity_id in (",
                );
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(
                    ") group by entity_id) latest join journal j on j.id = latest.id \
                     join batches b on b.id = j.batch_id join change_tx t on t.id = j.tx_id",
                );
                sql.build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(|(id, batch, person, at)| {
                let (batch, at) = (batch.into(), Timestamp(at));
                (ProductId::from(id), LastChange { batch, person, at })
            }));
        }
        Ok(found)
    }

    /// What a batch did, after the entry numbered `after` (0 for the first page), in the order in
    /// which it was done: what an undo is made of.
    pub async fn done_by_batch(
        &self,
        batch: BatchId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<DoneEntry>> {
        let rows = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(
                "select id, entity_id, operation, version, changes from journal where batch_id = ",
            )
            .push_bind(batch.uuid())
            .push(" and entity = 'product' and id > ")
            .push_bind(after)
            .push(" order by id limit ")
            .push_bind(limit.max(0))
            .build_query_as()
            .fetch_all(pool)
            .await
        }))?;
        Ok(rows)
    }
}
