//! What the journal says that batches wrote: the truth about how far a plan was applied. A staging
//! file may know more than the database, whose last commits a power cut or a restored backup took
//! away, or less, when the program died before it could note them.

use std::collections::HashSet;

use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use domain::error::Result;
use domain::values::{BatchId, RecordId};

impl Store {
    /// Which of these records one of the `batches` wrote.
    pub async fn written_by(
        &self,
        batches: &[BatchId],
        ids: &[RecordId],
    ) -> Result<HashSet<RecordId>> {
        let mut written = HashSet::new();
        if batches.is_empty() {
            return Ok(written);
        }
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<Uuid> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select distinct entity_id from journal where entity_id in (",
                );
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(") and batch_id in (");
                let mut list = sql.separated(",");
                for batch in batches {
                    list.push_bind(batch.uuid());
                }
                sql.push(")").build_query_scalar().fetch_all(pool).await
            }))?;
            written.extend(rows.into_iter().map(RecordId::from));
        }
        Ok(written)
    }
}
