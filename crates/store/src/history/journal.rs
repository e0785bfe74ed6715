//! The journal: every change of every record, field by field, written in the transaction that
//! makes the change. Who and when stand in the batch and in `change_tx`.

use domain::record::Kind;
use domain::values::RecordId;
use sqlx::QueryBuilder;
use tokio::task::JoinHandle;

use super::chain;
use super::digest::{EntriesDigest, HashedEntry};
use super::json::to_json;
use crate::db::{Tx, on_tx};
use crate::dialect::BYTES_PER_INSERT;
use crate::feed::{feed, parts};
use crate::word::word;
use domain::plan::{Change, HistoryOperation, Write};
use domain::values::{BatchId, Timestamp};

/// A change of a record that is about to be written.
pub(crate) struct NewEntry {
    pub(crate) kind: Kind,
    pub(crate) id: RecordId,
    pub(crate) operation: HistoryOperation,
    pub(crate) version: i64,
    pub(crate) changes: Vec<Change>,
    /// A hash of what the record is after it, where it has one.
    pub(crate) seal: Option<String>,
}

/// What all entries of one transaction share.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) batch: BatchId,
    pub(crate) tx_id: i64,
    pub(crate) now: Timestamp,
}

/// An entry as its row has it.
struct Entry {
    kind: Kind,
    id: RecordId,
    operation: HistoryOperation,
    version: i64,
    json: String,
}

impl Entry {
    fn of(entry: &NewEntry) -> sqlx::Result<Self> {
        Ok(Self {
            kind: entry.kind,
            id: entry.id,
            operation: entry.operation,
            version: entry.version,
            json: to_json(
                entry.kind,
                entry.operation.key(),
                &entry.changes,
                entry.seal.as_deref(),
            )?,
        })
    }

    fn hashed(&self, at: Timestamp) -> HashedEntry<'_> {
        HashedEntry {
            at,
            entity: self.kind.key(),
            entity_id: self.id.uuid(),
            operation: self.operation.key(),
            version: self.version,
            changes: &self.json,
        }
    }
}

/// Entries ready to be written, and the digest of their batch with them.
struct Prepared {
    rows: Vec<Entry>,
    digest: EntriesDigest,
    is_first: bool,
}

/// Entries that are serialised on a thread of their own.
pub(crate) struct Preparing(JoinHandle<sqlx::Result<Prepared>>);

/// Begins to serialise changes, while the transaction writes the records.
pub(crate) async fn prepare(
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

/// Writes changes in the transaction of the change itself.
pub(crate) async fn write(tx: &mut Tx, at: Moment, entries: Preparing) -> sqlx::Result<()> {
    let prepared = entries.0.await;
    insert(
        tx,
        at,
        prepared.map_err(|panic| sqlx::Error::Encode(Box::new(panic)))??,
    )
    .await
}

/// Writes the one entry of an event in the transaction of the change itself.
pub(super) async fn write_one(tx: &mut Tx, at: Moment, entry: &NewEntry) -> sqlx::Result<()> {
    let entry = Entry::of(entry)?;
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
                    .push_bind(entry.kind.key())
                    .push_bind(entry.id.uuid())
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

/// The version that this batch gave the record by this very write, when it did.
pub(crate) async fn version_written(
    tx: &mut Tx,
    batch: BatchId,
    write: &Write,
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
