//! What is hashed for the chain of the history, byte by byte. Nothing here touches the database.
//!
//! Texts are preceded by their length, so that no two records have the same bytes. What is hashed
//! never changes once it was released: old chains could not be checked any more.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use domain::error::Error;
use domain::values::{BatchId, Timestamp};

/// A SHA-256 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub(super) [u8; 32]);

impl Hash {
    /// The hash that a column holds; one of another length was not written by the app.
    pub(super) fn from_column(bytes: &[u8]) -> sqlx::Result<Self> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| sqlx::Error::Decode("a hash in the history has not 32 bytes".into()))
    }

    /// As the database keeps it.
    pub(super) fn column(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The end of the chain: how long it is, and its last link. A reader who notes it can tell later
/// that nothing before it was cut off or written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainHead {
    /// How many links there are.
    pub position: i64,
    /// The last one.
    pub link: Hash,
}

impl fmt::Display for ChainHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.position, self.link)
    }
}

impl FromStr for ChainHead {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = text.split_once(':').and_then(|(position, link)| {
            let bytes: Option<Vec<u8>> = (0..link.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(link.get(at..at + 2)?, 16).ok())
                .collect();
            Some(Self {
                position: position.parse().ok().filter(|position| *position >= 0)?,
                link: Hash(bytes?.try_into().ok()?),
            })
        });
        parsed.ok_or_else(|| {
            Error::invalid(format!("\"{text}\" is no end of a chain."))
                .hint("Copy it from an earlier check: a number, a colon and 64 hexadecimal digits.")
        })
    }
}

/// Bytes on their way into a hash.
pub(crate) struct Hasher(Sha256);

impl Hasher {
    /// `purpose` keeps hashes of different things apart.
    pub(crate) fn new(purpose: &str) -> Self {
        Self(Sha256::new()).text(purpose)
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
        self
    }

    pub(crate) fn number(mut self, number: i64) -> Self {
        self.0.update(number.to_be_bytes());
        self
    }

    pub(crate) fn maybe(self, number: Option<i64>) -> Self {
        match number {
            Some(number) => self.number(1).number(number),
            None => self.number(0),
        }
    }

    pub(crate) fn id(mut self, id: Uuid) -> Self {
        self.0.update(id.as_bytes());
        self
    }

    pub(crate) fn maybe_id(self, id: Option<Uuid>) -> Self {
        match id {
            Some(id) => self.number(1).id(id),
            None => self.number(0),
        }
    }

    pub(crate) fn hash(mut self, hash: Hash) -> Self {
        self.0.update(hash.0);
        self
    }

    pub(crate) fn finish(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

/// An entry of the journal, as it is hashed.
pub(super) struct HashedEntry<'a> {
    pub(super) at: Timestamp,
    pub(super) entity: &'a str,
    pub(super) entity_id: Uuid,
    pub(super) operation: &'a str,
    pub(super) version: i64,
    pub(super) changes: &'a str,
}

/// The entries of a batch so far, each hashed together with all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EntriesDigest {
    pub(super) entries: i64,
    pub(super) digest: Hash,
}

impl EntriesDigest {
    /// Before the first entry of a batch.
    pub(super) fn empty(batch: BatchId) -> Self {
        Self {
            entries: 0,
            digest: Hasher::new("backstock entries").id(batch.uuid()).finish(),
        }
    }

    /// Takes in the next entry.
    pub(super) fn add(&mut self, entry: &HashedEntry<'_>) {
        self.entries += 1;
        self.digest = Hasher::new("backstock entry")
            .hash(self.digest)
            .number(entry.at.0)
            .text(entry.entity)
            .id(entry.entity_id)
            .text(entry.operation)
            .number(entry.version)
            .text(entry.changes)
            .finish();
    }
}

#[cfg(test)]
mod tests {
    use super::{ChainHead, EntriesDigest, HashedEntry, Hasher};
    use domain::values::{BatchId, Timestamp};

    fn entry(operation: &'static str, changes: &'static str) -> HashedEntry<'static> {
        HashedEntry {
            at: Timestamp(1),
            entity: "product",
            entity_id: uuid::Uuid::nil(),
            operation,
            version: 1,
            changes,
        }
    }

    #[test]
    fn order_and_each_part_of_an_entry_count() {
        let batch = BatchId::new();
        let digest = |entries: &[HashedEntry<'_>]| {
            let mut digest = EntriesDigest::empty(batch);
            entries.iter().for_each(|entry| digest.add(entry));
            digest.digest
        };
        let one = || entry("update", "{}");
        let two = || entry("update", r#"{"stock":[0,1]}"#);
        assert_eq!(digest(&[one(), two()]), digest(&[one(), two()]));
        assert_ne!(digest(&[one(), two()]), digest(&[two(), one()]));
        let later = HashedEntry {
            at: Timestamp(2),
            ..one()
        };
        let newer = HashedEntry {
            version: 2,
            ..one()
        };
        for other in [later, newer, entry("trash", "{}"), entry("updat", "e{}")] {
            assert_ne!(digest(&[one()]), digest(&[other]));
        }
        assert_ne!(
            EntriesDigest::empty(batch),
            EntriesDigest::empty(BatchId::new()),
            "entries cannot be moved to another batch"
        );
    }

    #[test]
    fn a_head_is_written_down_and_read_again() {
        let link = Hasher::new("a test").finish();
        let head = ChainHead { position: 12, link };
        assert_eq!(head.to_string().parse::<ChainHead>().unwrap(), head);
        for wrong in ["", "12", "12:", "12:zz", "-1:00", "x:00", "1:é"] {
            assert!(wrong.parse::<ChainHead>().is_err(), "{wrong}");
        }
    }
}
