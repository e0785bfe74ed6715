//! The records of the phases that are written elsewhere: behind those of the workspace.

use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite};

use super::query::{ApplyOrder, ToApply};
use super::row::{COLUMNS, operation_code, read};
use super::{PlanFile, StagedRecord, failed};
use domain::error::Result;
use domain::plan::Operation;
use domain::values::RecordId;

impl PlanFile {
    /// The records of a phase behind the last one that [`next_to_apply`](PlanFile::next_to_apply) gives, after
    /// number `after`, that were planned to be written.
    pub async fn next_in_phase(
        &self,
        phase: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<StagedRecord>> {
        let condition = ToApply::Planned.condition();
        let sql = format!(
            "select {COLUMNS} from record where {condition} and phase = ? and number > ? \
             order by number limit ?"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(phase)
            .bind(after)
            .bind(limit)
            .fetch_all(&self.pool)
            .await
            .map_err(failed)?;
        rows.iter().map(read).collect()
    }

    /// How many records of a phase are planned to be written in this way.
    pub async fn count_in_phase(&self, phase: i64, operation: Operation) -> Result<i64> {
        let condition = ToApply::Planned.condition();
        let sql = format!(
            "select count(*) from record where {condition} and phase = ? and operation = ?"
        );
        sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(phase)
            .bind(operation_code(operation))
            .fetch_one(&self.pool)
            .await
            .map_err(failed)
    }

    /// The planned records of a phase that are about these.
    pub async fn planned_of(&self, phase: i64, records: &[RecordId]) -> Result<Vec<StagedRecord>> {
        self.index_for(ApplyOrder::Record).await?;
        let condition = ToApply::Planned.condition();
        let mut select = QueryBuilder::<Sqlite>::new(format!(
            "select {COLUMNS} from record where {condition} and phase = "
        ));
        select.push_bind(phase).push(" and record_id in (");
        let mut list = select.separated(",");
        for record in records {
            list.push_bind(record.uuid());
        }
        select.push(") order by number");
        let rows = select.build().fetch_all(&self.pool).await.map_err(failed)?;
        rows.iter().map(read).collect()
    }

    /// The records of these numbers, by number.
    pub async fn numbered(&self, numbers: &[i64]) -> Result<Vec<StagedRecord>> {
        let mut select =
            QueryBuilder::<Sqlite>::new(format!("select {COLUMNS} from record where number in ("));
        let mut list = select.separated(",");
        for number in numbers {
            list.push_bind(number);
        }
        select.push(") order by number");
        let rows = select.build().fetch_all(&self.pool).await.map_err(failed)?;
        rows.iter().map(read).collect()
    }
}
