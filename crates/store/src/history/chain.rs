//! The chain of the history: each batch that ended is sealed by a link that hashes its header, its
//! entries and the link before it. A change of an entry past the app breaks the chain.
//!
//! A batch that was stopped may be taken up again; then it gets a further link, whose entries begin
//! with those of the link before. What was sealed as done is final.

use crate::fault::Told;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::digest::{ChainHead, EntriesDigest, Hash, Hasher};
use crate::Store;
use crate::db::{Tx, on, on_tx};
use crate::retry::retrying;
use crate::word::word;
use domain::error::Result;
use domain::plan::BatchState;
use domain::values::BatchId;

/// The header of a batch as it is hashed: every column but those that its entries and other batches
/// say as well (`undone_by`, `trashed`, `restored`).
#[derive(sqlx::FromRow)]
pub(super) struct Header {
    pub(super) id: Uuid,
    pub(super) origin: String,
    pub(super) label: String,
    pub(super) user_id: Option<Uuid>,
    pub(super) user_name: String,
    pub(super) undo_of: Option<Uuid>,
    pub(super) started_at: i64,
    pub(super) finished_at: Option<i64>,
    pub(super) state: String,
    rows_read: i64,
    created: i64,
    updated: i64,
    unchanged: i64,
    skipped: i64,
    kept: i64,
    rejected: i64,
    not_reached: i64,
    implied: i64,
}

/// What a [`Header`] is read by.
pub(super) const HEADER: &str = "select id, origin, label, user_id, user_name, undo_of, started_at, \
    finished_at, state, rows_read, created, updated, unchanged, skipped, kept, rejected, \
    not_reached, implied from batches ";

impl Header {
    /// What stays the same from the beginning of the batch.
    pub(super) fn identity(&self) -> Hash {
        Hasher::new("backstock batch")
            .id(self.id)
            .text(&self.origin)
            .text(&self.label)
            .maybe_id(self.user_id)
            .text(&self.user_name)
            .maybe_id(self.undo_of)
            .number(self.started_at)
            .finish()
    }

    /// How it ended.
    pub(super) fn ending(&self) -> Hash {
        Hasher::new("backstock ending")
            .text(&self.state)
            .maybe(self.finished_at)
            .number(self.rows_read)
            .number(self.created)
            .number(self.updated)
            .number(self.unchanged)
            .number(self.skipped)
            .number(self.kept)
            .number(self.rejected)
            .number(self.not_reached)
            .number(self.implied)
            .finish()
    }
}

/// A link, without what it hashes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) position: i64,
    pub(super) batch: Uuid,
    pub(super) state: String,
    pub(super) entries: EntriesDigest,
    pub(super) identity: Hash,
    pub(super) ending: Hash,
}

impl Sealed {
    /// The link that follows `previous`.
    pub(super) fn link(&self, previous: Hash) -> Hash {
        Hasher::new("backstock link")
            .hash(previous)
            .number(self.position)
            .id(self.batch)
            .text(&self.state)
            .number(self.entries.entries)
            .hash(self.entries.digest)
            .hash(self.identity)
            .hash(self.ending)
            .finish()
    }
}

/// What the first link follows: it names the last batch from before the chain began.
pub(super) fn genesis(older_batches: Option<Uuid>) -> Hash {
    Hasher::new("backstock history")
        .maybe_id(older_batches)
        .finish()
}

impl Store {
    /// The end of the chain now; that of an empty one when the row that says it was deleted.
    pub async fn chain_head(&self) -> Result<ChainHead> {
        let head: Option<(i64, Vec<u8>)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as("select position, link from history_head where id = 1")
                .fetch_optional(pool)
                .await
        }))?;
        let (position, link) = head.unwrap_or((0, vec![0; 32]));
        let link = Hash::from_column(&link).told()?;
        Ok(ChainHead { position, link })
    }

    /// Whether the chain still has this link where it was: then nothing up to it was cut off or
    /// written anew, as far as the links go.
    pub async fn chain_has(&self, head: ChainHead) -> Result<bool> {
        if head.position == 0 {
            return Ok(true);
        }
        let link: Option<Vec<u8>> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select link from history_chain where position = ?")
                .bind(head.position)
                .fetch_optional(pool)
                .await
        }))?;
        Ok(link.is_some_and(|link| link == head.link.0))
    }
}

/// The digest of what the batch has written so far; the row is kept for this transaction.
pub(super) async fn entries_of(tx: &mut Tx, batch: BatchId) -> sqlx::Result<Option<EntriesDigest>> {
    let for_update = tx.dialect().for_update();
    let found: Option<(i64, Vec<u8>)> = on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new("select entries, digest from batch_digests where batch_id = ")
            .push_bind(batch.uuid())
            .push(for_update)
            .build_query_as()
            .fetch_optional(conn)
            .await
    })?;
    found
        .map(|(entries, digest)| {
            let digest = Hash::from_column(&digest)?;
            Ok(EntriesDigest { entries, digest })
        })
        .transpose()
}

/// Notes what the batch has written now; `is_first` when nothing was noted before.
pub(super) async fn note_entries(
    tx: &mut Tx,
    batch: BatchId,
    entries: EntriesDigest,
    is_first: bool,
) -> sqlx::Result<()> {
    let sql = if is_first {
        "insert into batch_digests (entries, digest, batch_id) values (?, ?, ?)"
    } else {
        "update batch_digests set entries = ?, digest = ? where batch_id = ?"
    };
    on_tx!(tx, conn => {
        sqlx::query(sql)
            .bind(entries.entries)
            .bind(entries.digest.column())
            .bind(batch.uuid())
            .execute(conn)
            .await
            .map(drop)
    })
}

/// Seals a batch that has just ended. It locks the end of the chain, so it comes last in its
/// transaction, and the transaction is committed at once.
pub(super) async fn seal(tx: &mut Tx, batch: BatchId) -> sqlx::Result<()> {
    let header: Header = on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new(HEADER)
            .push("where id = ")
            .push_bind(batch.uuid())
            .build_query_as()
            .fetch_one(conn)
            .await
    })?;
    let entries = entries_of(tx, batch).await?;
    let (last, previous) = locked_head(tx).await?;
    let sealed = Sealed {
        position: last + 1,
        batch: batch.uuid(),
        entries: entries.unwrap_or_else(|| EntriesDigest::empty(batch)),
        identity: header.identity(),
        ending: header.ending(),
        state: header.state,
    };
    append(tx, &sealed, sealed.link(previous)).await
}

async fn locked_head(tx: &mut Tx) -> sqlx::Result<(i64, Hash)> {
    let for_update = tx.dialect().for_update();
    let head: Option<(i64, Vec<u8>, Option<Uuid>)> = on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new(
            "select position, link, older_batches from history_head where id = 1",
        )
        .push(for_update)
        .build_query_as()
        .fetch_optional(conn)
        .await
    })?;
    let Some((position, link, older)) = head else {
        return Err(no_head());
    };
    let previous = match position {
        0 => genesis(older),
        _ => Hash::from_column(&link)?,
    };
    Ok((position, previous))
}

/// The row that every seal goes on from was deleted. Going on from a guess would hide it.
fn no_head() -> sqlx::Error {
    sqlx::Error::Protocol(
        "the head of the history was deleted (table history_head): restore it from a backup".into(),
    )
}

async fn append(tx: &mut Tx, sealed: &Sealed, link: Hash) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(
            "insert into history_chain (position, batch_id, state, entries, digest, identity, ending, link) \
             values (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(sealed.position)
        .bind(sealed.batch)
        .bind(&sealed.state)
        .bind(sealed.entries.entries)
        .bind(sealed.entries.digest.column())
        .bind(sealed.identity.column())
        .bind(sealed.ending.column())
        .bind(link.column())
        .execute(conn)
        .await
        .map(drop)
    })?;
    on_tx!(tx, conn => {
        sqlx::query("update history_head set position = ?, link = ? where id = 1")
            .bind(sealed.position)
            .bind(link.column())
            .execute(conn)
            .await
            .map(drop)
    })
}

/// Whether a batch in this state gets no further link.
pub(super) fn is_final(state: &str) -> bool {
    state == word(BatchState::Done)
}
