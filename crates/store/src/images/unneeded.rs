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
use crate::dialect::IN_LIST;
use crate::retry::retrying;

/// For so many days, a record that named a picture may come to name it again by an undo.
const UNDO_DAYS: i64 = 30;

/// For so many days, a picture that no record named yet may stand in a form that is not saved.
const DRAFT_DAYS: i64 = 7;

/// How many pictures, or addresses without one, are looked at in a step.
const STRIDE: i64 = 200;

/// How many records are read at a time.
const RECORDS: usize = 500;

/// How many uses are read at once: a million records may share one picture.
const USES: usize = 2_000;

/// How many addresses are read at once: a picture may have come from any number of them.
const ADDRESSES: usize = 1_000;

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

/// An address of what is looked at.
struct Named {
    /// What is looked at for the sake of it.
    hash: Vec<u8>,
    key: Vec<u8>,
    address: String,
}

/// A record that named an address.
struct Use<'a> {
    named: &'a Named,
    kind: Kind,
    record: RecordId,
    seen_at: i64,
}

/// What is known of what is looked at.
#[derive(Default)]
struct Judged {
    /// What a record names, or named not long ago.
    needed: HashSet<Vec<u8>>,
    /// What any record ever named.
    named: HashSet<Vec<u8>>,
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
        let Judged { needed, named } = self.judge("content", &looked).await?;
        let old = days_before(self.store.now(), DRAFT_DAYS);
        let unneeded = looked.iter().filter(|content| {
            let may_be_typed = !named.contains(&content.hash) && content.created_at > old;
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
        let Judged { needed, .. } = self.judge("address_hash", &looked).await?;
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

    /// Which of what is looked at records need, found by this column of the addresses. However many records name
    /// one, a few of them are in memory at a time.
    async fn judge(&self, by: &'static str, looked: &[Looked]) -> Result<Judged> {
        let mut judged = Judged::default();
        let mut named = self.addresses(by, looked, None).await?;
        if named.len() < ADDRESSES {
            self.judge_these(&named, &mut judged).await?;
            return Ok(judged);
        }
        let mut after = Vec::new();
        loop {
            named = self.addresses(by, looked, Some(&after)).await?;
            let Some(last) = named.last() else {
                return Ok(judged);
            };
            after.clone_from(&last.key);
            self.judge_these(&named, &mut judged).await?;
        }
    }

    async fn judge_these(&self, named: &[Named], judged: &mut Judged) -> Result<()> {
        for some in named.chunks(IN_LIST) {
            let uses = self.some_uses(some).await?;
            if uses.len() < USES {
                self.take(&uses, judged).await?;
                continue;
            }
            for one in some {
                self.judge_one(one, judged).await?;
            }
        }
        Ok(())
    }

    /// Looks at the uses of one address in their order, until one needs it.
    async fn judge_one(&self, named: &Named, judged: &mut Judged) -> Result<()> {
        let mut after = (String::new(), Uuid::nil());
        while !judged.needed.contains(&named.hash) {
            let rows = self.uses_after(&named.key, &after).await?;
            let Some((kind, record, _)) = rows.last() else {
                return Ok(());
            };
            after = (kind.clone(), *record);
            let uses = rows.iter().filter_map(|(kind, record, seen_at)| {
                Some(Use {
                    named,
                    kind: Kind::from_key(kind)?,
                    record: (*record).into(),
                    seen_at: *seen_at,
                })
            });
            self.take(&uses.collect::<Vec<_>>(), judged).await?;
        }
        Ok(())
    }

    /// Addresses of what is looked at: some of them, or those behind one in their order.
    async fn addresses(
        &self,
        by: &'static str,
        looked: &[Looked],
        after: Option<&[u8]>,
    ) -> Result<Vec<Named>> {
        let rows: Vec<(Vec<u8>, Vec<u8>, String)> = retrying!(on!(&self.store.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(format!(
                "select {by}, address_hash, address from image_addresses where {by} in ("
            ));
            let mut list = sql.separated(",");
            for content in looked {
                list.push_bind(content.hash.clone());
            }
            sql.push(")");
            if let Some(after) = after {
                sql.push(" and address_hash > ").push_bind(after.to_vec());
                sql.push(" order by address_hash");
            }
            sql.push(format!(" limit {ADDRESSES}"));
            sql.build_query_as().fetch_all(pool).await
        }))?;
        let named = rows.into_iter();
        Ok(named
            .map(|(hash, key, address)| Named { hash, key, address })
            .collect())
    }

    /// Uses of these addresses; as many as are read at once when there may be more.
    async fn some_uses<'a>(&self, named: &'a [Named]) -> Result<Vec<Use<'a>>> {
        let rows: Vec<(Vec<u8>, String, Uuid, i64)> = retrying!(on!(&self.store.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(
                "select address_hash, kind, record_id, seen_at from image_uses where address_hash in (",
            );
            let mut list = sql.separated(",");
            for one in named {
                list.push_bind(one.key.clone());
            }
            sql.push(format!(") limit {USES}"));
            sql.build_query_as().fetch_all(pool).await
        }))?;
        let by_key: HashMap<&[u8], &Named> =
            named.iter().map(|one| (one.key.as_slice(), one)).collect();
        let uses = rows.iter().filter_map(|(key, kind, record, seen_at)| {
            Some(Use {
                named: by_key.get(key.as_slice()).copied()?,
                kind: Kind::from_key(kind)?,
                record: (*record).into(),
                seen_at: *seen_at,
            })
        });
        let uses: Vec<_> = uses.collect();
        Ok(uses)
    }

    /// The uses of an address behind one of them, in their order.
    async fn uses_after(
        &self,
        key: &[u8],
        (kind, record): &(String, Uuid),
    ) -> Result<Vec<(String, Uuid, i64)>> {
        retrying!(on!(&self.store.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(
                "select kind, record_id, seen_at from image_uses where address_hash = ",
            );
            sql.push_bind(key.to_vec()).push(" and kind >= ").push_bind(kind.clone());
            sql.push(" and (kind > ").push_bind(kind.clone());
            sql.push(" or record_id > ").push_bind(*record);
            sql.push(format!(") order by kind, record_id limit {USES}"));
            sql.build_query_as().fetch_all(pool).await
        }))
    }

    /// Takes in what these uses say.
    async fn take(&self, uses: &[Use<'_>], judged: &mut Judged) -> Result<()> {
        let undone_since = days_before(self.store.now(), UNDO_DAYS);
        judged
            .named
            .extend(uses.iter().map(|one| one.named.hash.clone()));
        let mut of_kinds: HashMap<Kind, Vec<&Use<'_>>> = HashMap::new();
        for one in uses {
            of_kinds.entry(one.kind).or_default().push(one);
        }
        for (kind, uses) in of_kinds {
            for mut some in uses.chunks(RECORDS).map(<[_]>::to_vec) {
                // The first record that needs a picture is enough.
                some.retain(|one| !judged.needed.contains(&one.named.hash));
                let ids: Vec<RecordId> = some.iter().map(|one| one.record).collect();
                let records = self.store.get_many(kind, &ids).await?;
                let names: HashMap<RecordId, _> = records
                    .iter()
                    .map(|record| (record.id, addresses_of(record)))
                    .collect();
                let is_needed = |one: &&Use<'_>| {
                    names.get(&one.record).is_some_and(|names| {
                        one.seen_at > undone_since || names.contains(one.named.address.as_str())
                    })
                };
                let found = some.into_iter().filter(is_needed);
                judged
                    .needed
                    .extend(found.map(|one| one.named.hash.clone()));
            }
        }
        Ok(())
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
