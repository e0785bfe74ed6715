//! The history with one entry for each batch: an import of a million rows is one thing that was done.

use std::collections::HashMap;

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use domain::error::Result;
use domain::plan::{Batch, HistoryEntry, HistoryFilter};

use super::batches::{self, BatchRow};
use super::entry_row::EntryRow;
use super::page::{self, Visible, push_batches, push_times, push_visible};
use crate::Store;
use crate::db::on;
use crate::retry::retrying;

impl Store {
    /// The last entry of each batch that may be read, the latest batch first: of those before the
    /// batch of the entry numbered `before`.
    pub(super) async fn history_by_batch(
        &self,
        filter: &HistoryFilter,
        visible: &Visible,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<HistoryEntry>> {
        let join = self.db.dialect().join_in_order();
        let rows: Vec<EntryRow> = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(page::COLUMNS);
            query.push("batches b").push(join).push("journal j on j.id = ");
            push_end(&mut query, "max", visible);
            query.push(join).push("change_tx t on t.id = j.tx_id where 1 = 1");
            if let Some(before) = before {
                query.push(" and b.id < (select batch_id from journal where id = ");
                query.push_bind(before).push(")");
            }
            push_batches(&mut query, filter);
            push_times(&mut query, filter);
            // The ids of batches follow time.
            query.push(" order by b.id desc limit ").push_bind(limit.max(0));
            query.build_query_as().fetch_all(pool).await
        }))?;
        let mut entries = self.told(rows).await?;
        let ids: Vec<Uuid> = entries.iter().map(|entry| entry.batch_id.uuid()).collect();
        let mut larger = self.larger_batches(&ids, visible).await?;
        for entry in &mut entries {
            entry.batch = larger.remove(&entry.batch_id.uuid()).map(Box::new);
        }
        Ok(entries)
    }

    /// Those of these batches that have several entries.
    async fn larger_batches(
        &self,
        ids: &[Uuid],
        visible: &Visible,
    ) -> Result<HashMap<Uuid, Batch>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<BatchRow> = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(batches::COLUMNS);
            query.push("b where b.id in (");
            let mut list = query.separated(",");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(") and ");
            push_end(&mut query, "min", visible);
            query.push(" < ");
            push_end(&mut query, "max", visible);
            query.build_query_as().fetch_all(pool).await
        }))?;
        let batches = self.told_batches(rows).await?.into_iter();
        Ok(batches.map(|batch| (batch.id.uuid(), batch)).collect())
    }
}

/// Adds the number of the first (`min`) or last (`max`) entry of the batch `b` that may be read.
fn push_end<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, end: &str, visible: &Visible)
where
    &'static str: Encode<'static, DB> + Type<DB>,
{
    query
        .push("(select ")
        .push(end)
        .push("(h.id) from journal h where h.batch_id = b.id");
    push_visible(query, visible, "h");
    query.push(")");
}
