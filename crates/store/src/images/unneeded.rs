//! Content that nothing needs any more: no record names it, none in the trash either, and no undo of
//! the last weeks brings it back.

use std::collections::{HashMap, HashSet};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::record::Kind;
use domain::values::{ContentHash, RecordId};

use super::{addresses_of, days_before};
use crate::Store;
use crate::db::{Tx, on, on_tx};
use crate::retry::retrying;

/// For so many days, a record that named a picture may come to name it again by an undo.
const UNDO_DAYS: i64 = 30;

/// For so many days, a picture that no record named yet may stand in a form that is not saved.
const DRAFT_DAYS: i64 = 7;

/// How many pictures, or addresses without one, are looked at in a step.
const STRIDE: i64 = 200;

/// How many records are read at a time.
const RECORDS: usize = 500;

/// Goes through all addresses, and finds content that nothing needs.
#[derive(Debug)]
pub struct UnneededImages {
    store: Store,
    after: Vec<u8>,
    after_address: Vec<u8>,
}

/// Content that is looked at, or an address without any.
struct Looked {
    /// The hash of the content, or of the address.
    hash: Vec<u8>,
    bytes: i64,
    created_at: i64,
}

/// A record that named an address.
struct Use {
    /// What was looked at for the sake of it.
    hash: Vec<u8>,
    address: String,
    kind: Kind,
    record: RecordId,
    seen_at: i64,
}

impl UnneededImages {
    /// Before the first picture. The journal has to be followed to its end first.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            after: Vec::new(),
            after_address: Vec::new(),
        }
    }

    /// How many pictures there are.
    pub async fn total(&self) -> Result<i64> {
        retrying!(on!(&self.store.db, pool => {
            sqlx::query_scalar("select count(*) from image_contents").fetch_one(pool).await
        }))
    }

    /// Looks at some more; how many, and which of them nothing needs, with their sizes. None when all were
    /// looked at.
    pub async fn step(&mut self) -> Result<Option<(usize, Vec<(ContentHash, i64)>)>> {
        let looked = self.next().await?;
        let Some(last) = looked.last() else {
            return Ok(None);
        };
        self.after.clone_from(&last.hash);
        let uses = self.uses("a.content", &looked).await?;
        let needed = self.needed(&uses).await?;
        let named: HashSet<&[u8]> = uses.iter().map(|one| one.hash.as_slice()).collect();
        let old = days_before(self.store.now(), DRAFT_DAYS);
        let unneeded = looked.iter().filter(|content| {
            let may_be_typed = !named.contains(content.hash.as_slice()) && content.created_at > old;
            !needed.contains(&content.hash) && !may_be_typed
        });
        let unneeded = unneeded
            .filter_map(|content| Some((ContentHash::from_bytes(&content.hash)?, content.bytes)))
            .collect();
        Ok(Some((looked.len(), unneeded)))
    }

    async fn next(&self) -> Result<Vec<Looked>> {
        let rows: Vec<(Vec<u8>, i64, i64)> = retrying!(on!(&self.store.db, pool => {
            sqlx::query_as(
                "select hash, bytes, created_at from image_contents where hash > ? order by hash limit ?",
            )
            .bind(self.after.clone())
            .bind(STRIDE)
            .fetch_all(pool)
            .await
        }))?;
        let rows = rows.into_iter();
        let rows = rows.map(|(hash, bytes, created_at)| Looked {
            hash,
            bytes,
            created_at,
        });
        Ok(rows.collect())
    }

    /// Looks at some more of the addresses that have no picture, from the first one after the pictures, and
    /// forgets those that no record needs: how many. None when all were looked at.
    pub async fn forget_addresses(&mut self) -> Result<Option<u64>> {
        let looked = self.next_addresses().await?;
        let Some(last) = looked.last() else {
            return Ok(None);
        };
        self.after_address.clone_from(&last.hash);
        let uses = self.uses("a.address_hash", &looked).await?;
        let needed = self.needed(&uses).await?;
        let unneeded = looked.iter().filter(|one| !needed.contains(&one.hash));
        let mut forgotten = 0;
        for address in unneeded {
            forgotten += self.store.forget_address(&address.hash).await?;
        }
        Ok(Some(forgotten))
    }

    async fn next_addresses(&self) -> Result<Vec<Looked>> {
        let rows: Vec<Vec<u8>> = retrying!(on!(&self.store.db, pool => {
            sqlx::query_scalar(
                "select address_hash from image_addresses where content is null and address_hash > ? \
                 order by address_hash limit ?",
            )
            .bind(self.after_address.clone())
            .bind(STRIDE)
            .fetch_all(pool)
            .await
        }))?;
        let looked = rows.into_iter().map(|hash| Looked {
            hash,
            bytes: 0,
            created_at: 0,
        });
        Ok(looked.collect())
    }

    /// The records that named what is looked at, found by this column.
    async fn uses(&self, by: &'static str, looked: &[Looked]) -> Result<Vec<Use>> {
        let rows: Vec<(Vec<u8>, String, String, Uuid, i64)> =
            retrying!(on!(&self.store.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(format!(
                    "select {by}, a.address, u.kind, u.record_id, u.seen_at from image_addresses a \
                     join image_uses u on u.address_hash = a.address_hash where {by} in (",
                ));
                let mut list = sql.separated(",");
                for content in looked {
                    list.push_bind(content.hash.clone());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
        let uses = rows
            .into_iter()
            .filter_map(|(hash, address, kind, record, seen_at)| {
                let kind = Kind::from_key(&kind)?;
                let record = record.into();
                Some(Use {
                    hash,
                    address,
                    kind,
                    record,
                    seen_at,
                })
            });
        Ok(uses.collect())
    }

    /// The content that records name, or named not long ago.
    async fn needed(&self, uses: &[Use]) -> Result<HashSet<Vec<u8>>> {
        let undone_since = days_before(self.store.now(), UNDO_DAYS);
        let mut of_kinds: HashMap<Kind, Vec<&Use>> = HashMap::new();
        for one in uses {
            of_kinds.entry(one.kind).or_default().push(one);
        }
        let mut needed = HashSet::new();
        for (kind, uses) in of_kinds {
            for mut some in uses.chunks(RECORDS).map(<[_]>::to_vec) {
                // A million records may share one picture; the first that needs it is enough.
                some.retain(|one| !needed.contains(&one.hash));
                let ids: Vec<RecordId> = some.iter().map(|one| one.record).collect();
                let records = self.store.get_many(kind, &ids).await?;
                let named: HashMap<RecordId, _> = records
                    .iter()
                    .map(|record| (record.id, addresses_of(record)))
                    .collect();
                let is_needed = |one: &&Use| {
                    named.get(&one.record).is_some_and(|named| {
                        one.seen_at > undone_since || named.contains(one.address.as_str())
                    })
                };
                let found = some.into_iter().filter(is_needed);
                needed.extend(found.map(|one| one.hash.clone()));
            }
        }
        Ok(needed)
    }
}

impl Store {
    /// Forgets content, where it came from, and on a server its bytes.
    pub async fn forget_image(&self, hash: ContentHash) -> Result<()> {
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            for statement in FORGET {
                forget(&mut tx, statement, hash).await?;
            }
            tx.commit().await
        })
    }
}

impl Store {
    /// Forgets an address that has no picture; how many these are.
    async fn forget_address(&self, key: &[u8]) -> Result<u64> {
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            let forgotten = on_tx!(&mut tx, conn => {
                sqlx::query("delete from image_uses where address_hash = ?")
                    .bind(key.to_vec())
                    .execute(&mut *conn)
                    .await?;
                sqlx::query("delete from image_addresses where address_hash = ? and content is null")
                    .bind(key.to_vec())
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            })?;
            tx.commit().await?;
            Ok(forgotten)
        })
    }
}

const FORGET: [&str; 4] = [
    "delete from image_uses where address_hash in \
     (select address_hash from image_addresses where content = ?)",
    "delete from image_addresses where content = ?",
    "delete from image_contents where hash = ?",
    "delete from image_parts where hash = ?",
];

async fn forget(tx: &mut Tx, statement: &'static str, hash: ContentHash) -> sqlx::Result<()> {
    on_tx!(tx, conn => {
        sqlx::query(statement).bind(hash.bytes().to_vec()).execute(conn).await.map(drop)
    })
}
