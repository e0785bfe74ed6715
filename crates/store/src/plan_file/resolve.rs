//! What a person decides about the conflicts of a plan.

use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite};

use super::query::{RecordFilter, push_conditions, push_numbers, resolvable, taken};
use super::row::resolution_code;
use super::{PlanFile, failed};
use domain::error::Result;
use domain::plan::Resolution;

/// How many conflicts are decided in favour of the proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// All of them.
    pub records: i64,
    /// Those that a row of the file stands for.
    pub rows: i64,
}

impl PlanFile {
    /// Decides conflicts, or takes a decision back: those with these numbers, otherwise all that
    /// the filter lets through. Gives back how many there were to decide.
    pub async fn resolve(
        &self,
        resolution: Option<Resolution>,
        numbers: Option<&[i64]>,
        filter: RecordFilter<'_>,
    ) -> Result<u64> {
        let mut update = QueryBuilder::<Sqlite>::new("update record set resolution = ");
        update.push_bind(resolution.map(resolution_code));
        update.push(format!(" where {}", resolvable()));
        push_numbers(&mut update, numbers);
        push_conditions(&mut update, filter);
        let updated = update.build().execute(&self.pool).await.map_err(failed)?;
        Ok(updated.rows_affected())
    }

    /// How many conflicts are decided in favour of what is there.
    pub async fn kept(&self) -> Result<i64> {
        let sql = format!(
            "select count(*) from record where {} and resolution = ?",
            resolvable()
        );
        sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(resolution_code(Resolution::Keep))
            .fetch_one(&self.pool)
            .await
            .map_err(failed)
    }

    /// How many conflicts are taken.
    pub async fn taken(&self) -> Result<Taken> {
        let sql = format!(
            "select count(*), coalesce(sum(1 - implied), 0) from record where {}",
            taken()
        );
        let (records, rows) = sqlx::query_as(AssertSqlSafe(sql))
            .fetch_one(&self.pool)
            .await
            .map_err(failed)?;
        Ok(Taken { records, rows })
    }
}
