//! The journal: every change of every record, field by field, written in the transaction that
//! makes the change. Who and when stand in the batch and in `change_tx`.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row as _};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::batches::{from_word, word};
use super::chain;
use super::digest::{EntriesDigest, HashedEntry};
use crate::catalog::{Field, Fields, Value};
use crate::error::Result;
pub(in crate::store) use crate::plan::Entity;
use crate::plan::{Change, Done, HistoryOperation, JournalEntry, Operation, Origin, ProductWrite};
use crate::store::Store;
use crate::store::db::{Tx, on, on_tx};
use crate::store::dialect::{BYTES_PER_INSERT, IN_LIST};
use crate::store::feed::{feed, parts};
use crate::store::retry::retrying;
use crate::values::{BatchId, ProductId, Timestamp};

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

/// A change of a product that is about to be written.
pub(in crate::store) struct NewEntry {
    pub(in crate::store) entity: Entity,
    pub(in crate::store) entity_id: Uuid,
    pub(in crate::store) operation: Operation,
    pub(in crate::store) version: i64,
    pub(in crate::store) changes: Vec<Change>,
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

/// Changes as the journal keeps them: `{"name": "new"}` for a creation, whose old values are those
/// of a blank record, and `{"name": ["old", "new"]}` for the rest. An import writes millions.
fn to_json(operation: Operation, changes: &[Change]) -> sqlx::Result<String> {
    let json = match operation {
        Operation::Create => serde_json::to_string(&Ordered(|| {
            changes.iter().map(|change| (change.field, &change.new))
        })),
        _ => serde_json::to_string(&Ordered(|| {
            changes
                .iter()
                .map(|change| (change.field, (&change.old, &change.new)))
        })),
    };
    json.map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}

/// Pairs as a JSON object, in their order.
struct Ordered<F>(F);

impl<F, I, K, V> Serialize for Ordered<F>
where
    F: Fn() -> I,
    I: Iterator<Item = (K, V)>,
    K: Serialize,
    V: Serialize,
{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

pub(super) fn from_json(operation: Operation, json: &str) -> sqlx::Result<Vec<Change>> {
    let changes = match operation {
        Operation::Create => serde_json::from_str::<BTreeMap<Field, Value>>(json).map(|created| {
            let blank = Fields::blank();
            created
                .into_iter()
                .map(|(field, new)| {
                    let old = blank.get(field).clone();
                    Change { field, old, new }
                })
                .collect()
        }),
        _ => serde_json::from_str::<BTreeMap<Field, (Value, Value)>>(json).map(|changed| {
            changed
                .into_iter()
                .map(|(field, (old, new))| Change { field, old, new })
                .collect()
        }),
    };
    changes.map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}

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
        let origin: Option<Origin> = origin.map(from_word).transpose()?;
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

/// What all entries of one transaction share.
#[derive(Clone, Copy)]
pub(in crate::store) struct Moment {
    pub(in crate::store) batch: BatchId,
    pub(in crate::store) tx_id: i64,
    pub(in crate::store) now: Timestamp,
}

/// An entry as its row has it.
pub(super) struct Entry {
    pub(super) entity: Entity,
    pub(super) entity_id: Uuid,
    pub(super) operation: HistoryOperation,
    pub(super) version: i64,
    pub(super) json: String,
}

impl Entry {
    fn of(entry: &NewEntry) -> sqlx::Result<Self> {
        Ok(Self {
            entity: entry.entity,
            entity_id: entry.entity_id,
            operation: entry.operation.into(),
            version: entry.version,
            json: to_json(entry.operation, &entry.changes)?,
        })
    }

    fn hashed(&self, at: Timestamp) -> HashedEntry<'_> {
        HashedEntry {
            at,
            entity: self.entity.key(),
            entity_id: self.entity_id,
            operation: self.operation.key(),
            version: self.version,
            changes: &self.json,
        }
    }
}

/// Entries ready to be written, and the digest of their batch with them.
pub(super) struct Prepared {
    rows: Vec<Entry>,
    digest: EntriesDigest,
    is_first: bool,
}

/// Entries that are put into words on a thread of their own.
pub(in crate::store) struct Preparing(JoinHandle<sqlx::Result<Prepared>>);

/// Begins to put changes of products into words, while the transaction writes the products.
pub(in crate::store) async fn prepare(
    tx: &mut Tx,
    at: Moment,
    entries: Vec<NewEntry>,
) -> sqlx::Result<Preparing> {
    let noted = chain::entries_of(tx, at.batch).await?;
    Ok(Preparing(tokio::task::spawn_blocking(move || {
        let rows = entries.iter().map(Entry::of);
        Ok(digested(at, noted, rows.collect::<sqlx::Result<_>>()?))
    })))
}

/// Takes up the digest of the batch where the transaction before left it.
fn digested(at: Moment, noted: Option<EntriesDigest>, rows: Vec<Entry>) -> Prepared {
    let mut digest = noted.unwrap_or_else(|| EntriesDigest::empty(at.batch));
    for entry in &rows {
        digest.add(&entry.hashed(at.now));
    }
    Prepared {
        rows,
        digest,
        is_first: noted.is_none(),
    }
}

/// Writes changes of products in the transaction of the change itself.
pub(in crate::store) async fn write(
    tx: &mut Tx,
    at: Moment,
    entries: Preparing,
) -> sqlx::Result<()> {
    let prepared = entries.0.await;
    insert(
        tx,
        at,
        prepared.map_err(|panic| sqlx::Error::Encode(Box::new(panic)))??,
    )
    .await
}

/// Writes the one entry of an event in the transaction of the change itself.
pub(super) async fn write_one(tx: &mut Tx, at: Moment, entry: Entry) -> sqlx::Result<()> {
    let noted = chain::entries_of(tx, at.batch).await?;
    insert(tx, at, digested(at, noted, vec![entry])).await
}

async fn insert(tx: &mut Tx, at: Moment, prepared: Prepared) -> sqlx::Result<()> {
    let dialect = tx.dialect();
    let most = dialect.rows_per_insert();
    let parts = parts(prepared.rows, most, BYTES_PER_INSERT, |row| row.json.len());
    on_tx!(tx, DB, conn => {
        feed(conn, parts, move |part| {
            let mut insert = QueryBuilder::<DB>::new(dialect.insert_into());
            insert.push("journal (batch_id, tx_id, entity, entity_id, operation, version, changes) ");
            insert.push_values(part, |mut row, entry: Entry| {
                row.push_bind(at.batch.uuid())
                    .push_bind(at.tx_id)
                    .push_bind(entry.entity.key())
                    .push_bind(entry.entity_id)
                    .push_bind(entry.operation.key())
                    .push_bind(entry.version)
                    .push_bind(entry.json);
            });
            insert
        })
        .await
    })?;
    chain::note_entries(tx, at.batch, prepared.digest, prepared.is_first).await
}

/// The version that this batch gave the product by this very write, when it did.
pub(in crate::store) async fn version_written(
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

#[cfg(test)]
mod tests {
    use super::{from_json, to_json};
    use crate::catalog::{Field, Value};
    use crate::plan::{Change, Operation};

    #[test]
    fn changes_are_kept_short_and_read_again() {
        let change = |field, old, new| Change { field, old, new };
        let tags = Value::list(["a", "b"]);
        for (operation, changes, json) in [
            (
                Operation::Create,
                vec![
                    change(Field::Sku, Value::Empty, Value::text("A")),
                    change(Field::Tags, Value::Empty, tags.clone()),
                    change(Field::Active, Value::Flag(true), Value::Flag(false)),
                ],
                r#"{"sku":"A","tags":["a","b"],"active":false}"#,
            ),
            (
                Operation::Update,
                vec![
                    change(Field::Tags, tags, Value::Empty),
                    change(Field::Stock, Value::Number(0), Value::Number(5)),
                ],
                r#"{"tags":[["a","b"],null],"stock":[0,5]}"#,
            ),
            (Operation::Trash, vec![], "{}"),
        ] {
            assert_eq!(to_json(operation, &changes).unwrap(), json);
            assert_eq!(from_json(operation, json).unwrap(), changes);
        }
    }
}
