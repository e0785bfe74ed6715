//! The numbering of committed transactions, which refreshes windows and which replicas follow.
//!
//! A transaction that changes records inserts a row into `change_tx` without a number. The
//! sequencer numbers rows that it can see, so only committed ones, one sequencer at a time. Hence
//! a reader that has seen everything up to a number misses nothing that is numbered later, without
//! any assumption about clocks or about how long a transaction takes.

use std::collections::BTreeSet;

use sqlx::QueryBuilder;

use super::Store;
use super::db::{Tx, on, on_tx};
use super::retry::retrying;
use domain::error::Result;
use domain::kinds;
use domain::record::Kind;
use domain::values::{BatchId, Timestamp};

/// How many transactions one run of the sequencer numbers.
const NUMBERED_AT_ONCE: i64 = 500;

/// How many transactions are looked at to say what they changed; of more, anything is assumed.
const LOOKED_AT: i64 = 100;

/// How many of the latest entries of a batch are looked at for that.
const ENTRIES_LOOKED_AT: i64 = 20_000;

/// Adds a change to the feed, for the transaction that it is called in; gives its key.
pub(super) async fn record(
    tx: &mut Tx,
    now: Timestamp,
    batch: Option<BatchId>,
) -> sqlx::Result<i64> {
    let sql = "insert into change_tx (seq, at_ms, batch_id) values (null, ?, ?)";
    let batch = batch.map(BatchId::uuid);
    match tx {
        Tx::Sqlite(tx) => {
            let done = sqlx::query(sql)
                .bind(now.0)
                .bind(batch)
                .execute(&mut **tx)
                .await?;
            Ok(done.last_insert_rowid())
        }
        Tx::MySql(tx) => {
            let done = sqlx::query(sql)
                .bind(now.0)
                .bind(batch)
                .execute(&mut **tx)
                .await?;
            Ok(i64::try_from(done.last_insert_id()).unwrap_or(i64::MAX))
        }
    }
}

impl Store {
    /// A number that grows with every committed change, cheap enough to ask for often.
    pub async fn last_change(&self) -> Result<i64> {
        loop {
            let waiting: i64 = retrying!(on!(&self.db, pool => {
                sqlx::query_scalar("select count(*) from (select 1 from change_tx where seq is null limit 1) w")
                    .fetch_one(pool)
                    .await
            }))?;
            // Where nothing can be written, there is nothing new either.
            if waiting == 0 || self.reads_only() {
                break;
            }
            retrying!(self.number_changes().await)?;
        }
        let last = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select last_seq from sync_state where id = 1").fetch_one(pool).await
        }))?;
        Ok(last)
    }

    /// Of which kinds records changed in the transactions that were numbered after `since`, up to
    /// `last`. Where that would take long to find out, every kind is named.
    pub async fn changed_kinds(&self, since: i64, last: i64) -> Result<BTreeSet<Kind>> {
        let found = retrying!(self.find_changed_kinds(since, last).await)?;
        Ok(found.unwrap_or_else(|| kinds::all().collect()))
    }

    async fn find_changed_kinds(
        &self,
        since: i64,
        last: i64,
    ) -> sqlx::Result<Option<BTreeSet<Kind>>> {
        let sql = "select batch_id, min(id), count(*) from change_tx \
                   where seq > ? and seq <= ? group by batch_id";
        let batches: Vec<(Option<uuid::Uuid>, i64, i64)> = on!(&self.db, pool => {
            sqlx::query_as(sql).bind(since).bind(last).fetch_all(pool).await
        })?;
        let transactions: i64 = batches.iter().map(|(.., count)| count).sum();
        if transactions > LOOKED_AT {
            return Ok(None);
        }
        let mut changed = BTreeSet::new();
        for (batch, first, _) in batches {
            // A transaction outside of a batch may have done anything.
            let Some(batch) = batch else { return Ok(None) };
            let Some(kinds) = self.kinds_of_batch(batch, first).await? else {
                return Ok(None);
            };
            changed.extend(kinds);
        }
        Ok(Some(changed))
    }

    /// Of which kinds a batch changed records in its transactions from `first` on: these wrote the
    /// latest of its entries. Nothing when they wrote more entries than are looked at.
    async fn kinds_of_batch(
        &self,
        batch: uuid::Uuid,
        first: i64,
    ) -> sqlx::Result<Option<Vec<Kind>>> {
        let sql = "select entity, min(tx_id), max(tx_id), count(*) from \
                   (select entity, tx_id from journal where batch_id = ? order by id desc limit ?) e \
                   group by entity";
        let found: Vec<(String, i64, i64, i64)> = on!(&self.db, pool => {
            sqlx::query_as(sql).bind(batch).bind(ENTRIES_LOOKED_AT).fetch_all(pool).await
        })?;
        let entries: i64 = found.iter().map(|(.., count)| count).sum();
        let reaches_back = found.iter().any(|(_, earliest, ..)| *earliest < first);
        if entries == ENTRIES_LOOKED_AT && !reaches_back {
            return Ok(None);
        }
        let new = found.iter().filter(|(_, _, latest, _)| *latest >= first);
        Ok(new.map(|(key, ..)| Kind::from_key(key)).collect())
    }

    /// Numbers committed transactions that have no number yet.
    async fn number_changes(&self) -> sqlx::Result<()> {
        let mut tx = self.db.begin().await?;
        let dialect = tx.dialect();
        let last: i64 = on_tx!(&mut tx, DB, conn => {
            QueryBuilder::<DB>::new("select last_seq from sync_state where id = 1")
                .push(dialect.for_update())
                .build_query_scalar()
                .fetch_one(conn)
                .await
        })?;
        let waiting: Vec<i64> = on_tx!(&mut tx, conn => {
            sqlx::query_scalar("select id from change_tx where seq is null order by id limit ?")
                .bind(NUMBERED_AT_ONCE)
                .fetch_all(conn)
                .await
        })?;
        if waiting.is_empty() {
            return Ok(());
        }
        on_tx!(&mut tx, DB, conn => {
            let mut update = QueryBuilder::<DB>::new("update change_tx set seq = case id");
            for (id, seq) in waiting.iter().zip(last + 1..) {
                update.push(" when ").push_bind(*id).push(" then ").push_bind(seq);
            }
            update.push(" end where id in (");
            let mut ids = update.separated(",");
            for id in &waiting {
                ids.push_bind(*id);
            }
            update.push(")").build().execute(conn).await.map(drop)
        })?;
        let newest = last + i64::try_from(waiting.len()).unwrap_or(0);
        on_tx!(&mut tx, conn => {
            sqlx::query("update sync_state set last_seq = ? where id = 1")
                .bind(newest)
                .execute(conn)
                .await
                .map(drop)
        })?;
        tx.commit().await
    }
}
