//! What a batch was sealed as, against what it is now: pure, so that it can be reasoned about.

use std::collections::HashMap;

use uuid::Uuid;

use super::chain::{self, Header, Sealed};
use super::digest::{ChainHead, EntriesDigest, Hash, HashedEntry};
use crate::word::word;
use domain::plan::BatchState;
use domain::values::{BatchId, Timestamp};

/// A link of the chain as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLink {
    pub(super) sealed: Sealed,
    pub(super) link: Hash,
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
    pub(super) links: Vec<ChainLink>,
    pub(super) noted: Option<EntriesDigest>,
}

/// The entries of a batch, read again from the first.
#[derive(Debug, Clone)]
pub struct EntriesReader {
    pub(super) batch: BatchId,
    pub(super) last: i64,
    digest: EntriesDigest,
    /// The digest after as many entries as each link says.
    at_links: HashMap<i64, Hash>,
    wanted: Vec<i64>,
}

/// An entry as its row has it.
pub(super) struct Raw {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) entity: String,
    pub(super) entity_id: Uuid,
    pub(super) operation: String,
    pub(super) version: i64,
    pub(super) changes: String,
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
    pub(super) fn of(header: Header) -> Self {
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
        self.state == word(BatchState::Running)
    }
}

impl BatchToVerify {
    /// Whether this is the first link of the batch: all of it is checked there.
    pub fn starts_with(&self, link: &ChainLink) -> bool {
        self.links
            .first()
            .is_some_and(|first| first.sealed.position == link.sealed.position)
    }

    /// Whether it still runs, or its program died and that was not noticed yet.
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
        for sealed in links.chain(noted) {
            if there < sealed.entries {
                let missing = sealed.entries - there;
                return Some(format!("{} gone.", entries(missing)));
            }
            if read.at(sealed.entries) != Some(sealed.digest) {
                return Some("Entries were changed, replaced or put into another order.".into());
            }
        }
        let sealed = self.links.last()?.sealed.entries.entries;
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

    pub(super) fn digest(&mut self, row: &Raw) {
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
