//! Which pictures records name, by the journal: every entry that changed a field of such a kind, whichever desktop
//! wrote it and by whatever way.

use std::collections::{BTreeMap, HashMap};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::kinds;
use domain::record::Kind;
use domain::values::Timestamp;

use super::{addresses_in, image_fields, key_of, names_pictures};
use crate::Store;
use crate::db::{on, on_tx};
use crate::history::keyed_changes;
use crate::retry::retrying;

/// How many transactions one step goes through.
const TRANSACTIONS: i64 = 20;

/// How many entries are read at a time.
const ENTRIES: i64 = 2_000;

/// How many rows one transaction adds, and one statement.
const ROWS: usize = 1_000;
const ROWS_PER_INSERT: usize = 100;

/// The longest address that is noted, in bytes. Rules of fields keep longer ones out.
const LONGEST: usize = 8_192;

/// Follows the journal of a workspace. How far it was followed is kept in the database, so that each
/// entry is read once, whichever desktop does.
#[derive(Debug)]
pub struct ImageFollower {
    store: Store,
    /// The last batch that was read, and up to which entry: the transactions of a batch follow one
    /// another, so it need not be read from its first entry again.
    last: Option<(Uuid, i64)>,
}

/// A transaction of the feed.
struct Transaction {
    id: i64,
    seq: i64,
    at: i64,
    batch: Uuid,
}

/// An address, and the record that named it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    address: String,
    kind: &'static str,
    record: Uuid,
}

/// An entry of the journal.
type Entry = (i64, i64, String, Uuid, String, String);

impl ImageFollower {
    /// Follows the journal of this workspace.
    pub fn new(store: Store) -> Self {
        Self { store, last: None }
    }

    /// Goes on for a few transactions; false when nothing new was there.
    pub async fn step(&mut self) -> Result<bool> {
        if self.store.reads_only() {
            return Ok(false);
        }
        let newest = self.store.last_change().await?;
        let since = self.cursor().await?;
        if since >= newest {
            return Ok(false);
        }
        let transactions = self.transactions(since).await?;
        let reached = match transactions.last() {
            Some(last) if transactions.len() as i64 == TRANSACTIONS => last.seq,
            _ => newest,
        };
        for of_batch in transactions.chunk_by(|one, next| one.batch == next.batch) {
            self.read_batch(of_batch).await?;
        }
        self.move_to(reached).await?;
        Ok(true)
    }

    async fn cursor(&self) -> Result<i64> {
        retrying!(on!(&self.store.db, pool => {
            sqlx::query_scalar("select seq from image_cursor where id = 1").fetch_one(pool).await
        }))
    }

    async fn move_to(&self, seq: i64) -> Result<()> {
        retrying!({
            let mut tx = self.store.db.begin_patiently().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query("update image_cursor set seq = ? where id = 1 and seq < ?")
                    .bind(seq)
                    .bind(seq)
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            tx.commit().await
        })
    }

    async fn transactions(&self, since: i64) -> Result<Vec<Transaction>> {
        let rows: Vec<(i64, i64, i64, Uuid)> = retrying!(on!(&self.store.db, pool => {
            sqlx::query_as(
                "select id, seq, at_ms, batch_id from change_tx \
                 where seq > ? and batch_id is not null order by seq limit ?",
            )
            .bind(since)
            .bind(TRANSACTIONS)
            .fetch_all(pool)
            .await
        }))?;
        let rows = rows.into_iter();
        let rows = rows.map(|(id, seq, at, batch)| Transaction { id, seq, at, batch });
        Ok(rows.collect())
    }

    async fn read_batch(&mut self, transactions: &[Transaction]) -> Result<()> {
        let Some(batch) = transactions.first().map(|one| one.batch) else {
            return Ok(());
        };
        let mut after = match self.last {
            Some((last, after)) if last == batch => after,
            _ => 0,
        };
        let at: HashMap<i64, i64> = transactions.iter().map(|one| (one.id, one.at)).collect();
        loop {
            let entries = self.entries(batch, after, transactions).await?;
            let count = entries.len() as i64;
            after = entries.last().map_or(after, |entry| entry.0);
            let named = read(entries, &at).await?;
            self.note(named).await?;
            self.last = Some((batch, after));
            if count < ENTRIES {
                return Ok(());
            }
        }
    }

    /// The entries of a batch that change a field which names pictures. Most that an import writes do
    /// not, so the database leaves them out.
    async fn entries(
        &self,
        batch: Uuid,
        after: i64,
        transactions: &[Transaction],
    ) -> Result<Vec<Entry>> {
        retrying!(on!(&self.store.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(
                "select id, tx_id, entity, entity_id, operation, changes from journal where batch_id = ",
            );
            sql.push_bind(batch).push(" and id > ").push_bind(after).push(" and tx_id in (");
            let mut list = sql.separated(",");
            for transaction in transactions {
                list.push_bind(transaction.id);
            }
            sql.push(") and (1 = 0");
            for kind in kinds::all() {
                for field in image_fields(kind) {
                    sql.push(" or (entity = ").push_bind(kind.key());
                    let pattern = format!("%\"{}\":%", field.short_key());
                    sql.push(" and changes like ").push_bind(pattern).push(")");
                }
            }
            sql.push(") order by id limit ").push_bind(ENTRIES);
            sql.build_query_as().fetch_all(pool).await
        }))
    }

    async fn note(&self, named: BTreeMap<Named, i64>) -> Result<()> {
        let rows: Vec<(Named, i64)> = named.into_iter().collect();
        for rows in rows.chunks(ROWS) {
            self.note_rows(rows).await?;
        }
        Ok(())
    }

    async fn note_rows(&self, rows: &[(Named, i64)]) -> Result<()> {
        let now = self.store.now().0;
        retrying!({
            let mut tx = self.store.db.begin_patiently().await?;
            let dialect = tx.dialect();
            on_tx!(&mut tx, DB, conn => {
                for part in rows.chunks(ROWS_PER_INSERT) {
                    let mut sql = QueryBuilder::<DB>::new(dialect.insert_missing_into());
                    sql.push("image_addresses (address_hash, address, state, next_try) ");
                    sql.push_values(part, |mut row, (named, _)| {
                        row.push_bind(key_of(&named.address).bytes().to_vec())
                            .push_bind(named.address.clone())
                            .push_bind("waiting")
                            .push_bind(now);
                    });
                    sql.build().execute(&mut *conn).await?;
                    let mut sql = QueryBuilder::<DB>::new(
                        "insert into image_uses (address_hash, kind, record_id, seen_at) ",
                    );
                    sql.push_values(part, |mut row, (named, at)| {
                        row.push_bind(key_of(&named.address).bytes().to_vec())
                            .push_bind(named.kind)
                            .push_bind(named.record)
                            .push_bind(*at);
                    });
                    sql.push(dialect.or_the_larger("address_hash, kind, record_id", "seen_at"));
                    sql.build().execute(&mut *conn).await?;
                }
                Ok::<(), sqlx::Error>(())
            })?;
            tx.commit().await
        })
    }
}

/// What the entries name, and when. Reading them takes time, so it is done on a thread of its own.
async fn read(entries: Vec<Entry>, at: &HashMap<i64, i64>) -> Result<BTreeMap<Named, i64>> {
    let at = at.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let mut named = BTreeMap::new();
        for (_, tx, entity, record, operation, changes) in entries {
            let Some(kind) = Kind::from_key(&entity) else {
                continue;
            };
            let time = at.get(&tx).copied().unwrap_or(Timestamp(0).0);
            for (field, old, new) in keyed_changes(kind, &operation, &changes)? {
                if !names_pictures(field) {
                    continue;
                }
                let found = addresses_in(&old).chain(addresses_in(&new));
                for address in found.filter(|address| address.len() <= LONGEST) {
                    let one = Named {
                        address: address.to_owned(),
                        kind: kind.key(),
                        record,
                    };
                    let seen = named.entry(one).or_insert(time);
                    *seen = time.max(*seen);
                }
            }
        }
        Ok::<_, sqlx::Error>(named)
    });
    let read = reading
        .await
        .unwrap_or_else(|panic| Err(sqlx::Error::Encode(Box::new(panic))));
    read.map_err(crate::fault::told)
}
