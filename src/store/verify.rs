//! Reading the chain of the history again, page by page, to see whether it still fits.

use std::collections::HashMap;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row as _};
use uuid::Uuid;

use super::Store;
use super::chain::{self, HEADER, Header, Sealed};
use super::db::on;
use super::digest::{ChainHead, EntriesDigest, Hash, HashedEntry};
use super::retry::retrying;
use crate::error::Result;
use crate::values::{BatchId, Timestamp};

/// A link of the chain as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLink {
    sealed: Sealed,
    link: Hash,
}

/// A batch as it stands in the database, for what a person is told about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainedBatch {
    /// What it is about.
    pub label: String,
    /// Whose it is.
    pub person: String,
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    state: String,
    identity: Hash,
    ending: Hash,
}

/// The links of one batch, in their order, and what is noted of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchToVerify {
    /// Which batch.
    pub id: BatchId,
    /// The batch, unless it is gone.
    pub batch: Option<ChainedBatch>,
    links: Vec<ChainLink>,
    noted: Option<EntriesDigest>,
}

/// The entries of a batch, read again from the first.
#[derive(Debug, Clone)]
pub struct EntriesReader {
    batch: BatchId,
    last: i64,
    digest: EntriesDigest,
    /// The digest after as many entries as each link says.
    at_links: HashMap<i64, Hash>,
    wanted: Vec<i64>,
}

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

/// An entry as its row has it.
struct Raw {
    id: i64,
    at: Timestamp,
    entity: String,
    entity_id: Uuid,
    operation: String,
    version: i64,
    changes: String,
}

impl Store {
    /// What the first link follows, and the last batch from before the chain began.
    pub async fn chain_start(&self) -> Result<(Hash, Option<BatchId>)> {
        let older: Option<Uuid> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select older_batches from history_head where id = 1")
                .fetch_one(pool)
                .await
        }))?;
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
        let header: Option<Header> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(HEADER)
                .push("where id = ")
                .push_bind(id.uuid())
                .build_query_as()
                .fetch_optional(pool)
                .await
        }))?;
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
            noted: noted.transpose()?,
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
            reader.take(&row);
        }
        Ok(full)
    }
}

impl ChainLink {
    /// Which batch it seals.
    pub fn batch(&self) -> BatchId {
        self.sealed.batch.into()
    }

    /// Where it stands, and the link itself.
    pub fn head(&self) -> ChainHead {
        ChainHead {
            position: self.sealed.position,
            link: self.link,
        }
    }

    /// Whether it follows `previous`, and hashes to what it says.
    pub fn follows(&self, previous: ChainHead) -> bool {
        self.sealed.position == previous.position + 1
            && self.link == self.sealed.link(previous.link)
    }
}

impl ChainedBatch {
    fn of(header: Header) -> Self {
        Self {
            identity: header.identity(),
            ending: header.ending(),
            label: header.label,
            person: header.user_name,
            started_at: Timestamp(header.started_at),
            finished_at: header.finished_at.map(Timestamp),
            state: header.state,
        }
    }

    fn is_running(&self) -> bool {
        self.state == "running"
    }
}

impl BatchToVerify {
    /// Whether this is the first link of the batch: all of it is checked there.
    pub fn starts_with(&self, link: &ChainLink) -> bool {
        self.links
            .first()
            .is_some_and(|first| first.sealed.position == link.sealed.position)
    }

    /// Whether it still runs, or nobody has noticed yet that its program died.
    pub fn is_open(&self) -> bool {
        self.batch.as_ref().is_some_and(ChainedBatch::is_running)
    }

    /// Reads its entries again.
    pub fn entries(&self) -> EntriesReader {
        let links = self.links.iter().map(|link| link.sealed.entries.entries);
        let noted = self.noted.map(|noted| noted.entries);
        EntriesReader {
            batch: self.id,
            last: 0,
            digest: EntriesDigest::empty(self.id),
            at_links: HashMap::new(),
            wanted: links.chain(noted).collect(),
        }
    }

    /// What is wrong with the batch, when its entries are `read`.
    pub fn problems(&self, read: &EntriesReader) -> Vec<String> {
        let mut problems = Vec::new();
        problems.extend(self.wrong_header().map(str::to_owned));
        problems.extend(self.wrong_entries(read));
        problems
    }

    fn wrong_header(&self) -> Option<&'static str> {
        let Some(batch) = &self.batch else {
            return Some("The batch was deleted.");
        };
        let Some((last, earlier)) = self.links.split_last() else {
            return (!batch.is_running()).then_some("The batch was added: no link seals it.");
        };
        if self
            .links
            .iter()
            .any(|link| link.sealed.identity != batch.identity)
        {
            return Some(
                "The batch was changed: whose it is, what it is about, or when it started.",
            );
        }
        if earlier
            .iter()
            .any(|link| chain::is_final(&link.sealed.state))
        {
            return Some("The batch was sealed again after it was done.");
        }
        let resumed = batch.is_running() && !chain::is_final(&last.sealed.state);
        if last.sealed.ending != batch.ending && !resumed {
            return Some("The batch was changed: how it ended, or its counts.");
        }
        None
    }

    fn wrong_entries(&self, read: &EntriesReader) -> Option<String> {
        let links = self.links.iter().map(|link| link.sealed.entries);
        // A batch that runs may have got further since: what was noted is its beginning.
        let noted = self.noted.filter(|_| self.is_open());
        let there = read.digest.entries;
        for sealed in links.clone().chain(noted) {
            if there < sealed.entries {
                let missing = sealed.entries - there;
                return Some(format!("{} gone.", entries(missing)));
            }
            if read.at(sealed.entries) != Some(sealed.digest) {
                return Some("Entries were changed, replaced or put into another order.".into());
            }
        }
        let sealed = links.last().map(|last| last.entries)?;
        let added = there - sealed;
        (added > 0 && !self.is_open()).then(|| format!("{} added.", entries(added)))
    }
}

fn entries(count: i64) -> String {
    match count {
        1 => "1 entry was".to_owned(),
        _ => format!("{count} entries were"),
    }
}

impl EntriesReader {
    /// How many entries were read so far.
    pub fn count(&self) -> i64 {
        self.digest.entries
    }

    fn take(&mut self, row: &Raw) {
        self.last = row.id;
        self.digest.add(&HashedEntry {
            at: row.at,
            entity: &row.entity,
            entity_id: row.entity_id,
            operation: &row.operation,
            version: row.version,
            changes: &row.changes,
        });
        if self.wanted.contains(&self.digest.entries) {
            self.at_links
                .insert(self.digest.entries, self.digest.digest);
        }
    }

    fn at(&self, entries: i64) -> Option<Hash> {
        match entries {
            0 => Some(EntriesDigest::empty(self.batch).digest),
            _ => self.at_links.get(&entries).copied(),
        }
    }
}
