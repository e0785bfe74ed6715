//! Reading staged records: pages for people, sets for applying, runs for the rejects.

use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite};

use super::row::{COLUMNS, outcome_code, read, resolution_code};
use super::{PlanFile, StagedRecord, failed};
use domain::error::Result;
use domain::plan::{Outcome, PlannedRecord, Resolution};

/// The highest phase that a record can have.
const LAST_PHASE: i64 = 3;

/// What a page of records is filtered by.
#[derive(Debug, Clone, Copy, Default)]
pub struct RecordFilter<'a> {
    /// Only this outcome.
    pub outcome: Option<Outcome>,
    /// Only records with this text in code, title or problem; problems of fields that need a right
    /// are not looked at, so that the search does not tell what stands in them.
    pub search: Option<&'a str>,
}

/// Which of the records that applying writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToApply {
    /// Those that were planned to be written.
    Planned,
    /// Conflicts that a person decided in favour of the proposal.
    Taken,
}

impl ToApply {
    fn condition(self) -> String {
        match self {
            Self::Planned => format!(
                "outcome in ({}, {})",
                outcome_code(Outcome::Create),
                outcome_code(Outcome::Update)
            ),
            Self::Taken => taken(),
        }
    }
}

/// What holds for a conflict that is taken.
pub(super) fn taken() -> String {
    format!(
        "{} and resolution = {}",
        resolvable(),
        resolution_code(Resolution::Take)
    )
}

/// What holds for a conflict that a person can decide.
pub(super) fn resolvable() -> String {
    format!(
        "outcome = {} and operation is not null",
        outcome_code(Outcome::Conflict)
    )
}

impl PlanFile {
    /// A page of records, by number.
    pub async fn page(
        &self,
        filter: RecordFilter<'_>,
        offset: i64,
        limit: i64,
    ) -> Result<Vec<PlannedRecord>> {
        let mut select = QueryBuilder::<Sqlite>::new(format!(
            "select {COLUMNS} from record where number in (select number from record"
        ));
        push_filter(&mut select, filter);
        select.push(" order by number limit ").push_bind(limit);
        select
            .push(" offset ")
            .push_bind(offset)
            .push(") order by number");
        let rows = select.build().fetch_all(&self.pool).await.map_err(failed)?;
        rows.iter()
            .map(|row| read(row).map(|staged| staged.record))
            .collect()
    }

    /// How many records match.
    pub async fn count(&self, filter: RecordFilter<'_>) -> Result<i64> {
        let mut select = QueryBuilder::<Sqlite>::new("select count(*) from record");
        push_filter(&mut select, filter);
        select
            .build_query_scalar()
            .fetch_one(&self.pool)
            .await
            .map_err(failed)
    }

    /// The next records to apply after the position `(phase, number)`, in that order.
    pub async fn next_to_apply(
        &self,
        which: ToApply,
        after: (i64, i64),
        limit: i64,
    ) -> Result<Vec<StagedRecord>> {
        let sql = format!(
            "select {COLUMNS} from record where {} and phase = ? and number > ? \
             order by number limit ?",
            which.condition()
        );
        for phase in after.0..=LAST_PHASE {
            let from = if phase == after.0 { after.1 } else { 0 };
            let rows = sqlx::query(AssertSqlSafe(sql.clone()))
                .bind(phase)
                .bind(from)
                .bind(limit)
                .fetch_all(&self.pool)
                .await
                .map_err(failed)?;
            if !rows.is_empty() {
                return rows.iter().map(read).collect();
            }
        }
        Ok(Vec::new())
    }

    /// The records after number `after` with one of these outcomes, by number, for the rejects.
    pub async fn with_outcomes(
        &self,
        outcomes: &[Outcome],
        after: i64,
        limit: i64,
    ) -> Result<Vec<StagedRecord>> {
        let codes: Vec<String> = outcomes
            .iter()
            .map(|o| outcome_code(*o).to_string())
            .collect();
        let sql = format!(
            "select {COLUMNS} from record where outcome in ({}) and number > ? order by number limit ?",
            codes.join(", ")
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(after)
            .bind(limit)
            .fetch_all(&self.pool)
            .await
            .map_err(failed)?;
        rows.iter().map(read).collect()
    }
}

fn push_filter(select: &mut QueryBuilder<Sqlite>, filter: RecordFilter<'_>) {
    select.push(" where true");
    if let Some(outcome) = filter.outcome {
        select
            .push(" and outcome = ")
            .push_bind(outcome_code(outcome));
    }
    push_search(select, filter.search);
}

/// Lets only records through that contain the text.
pub(super) fn push_search(sql: &mut QueryBuilder<Sqlite>, search: Option<&str>) {
    let Some(text) = search.map(str::trim).filter(|text| !text.is_empty()) else {
        return;
    };
    let escaped = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let pattern = format!("%{escaped}%");
    sql.push(" and (code like ")
        .push_bind(pattern.clone())
        .push(" escape '\\' or title like ");
    sql.push_bind(pattern.clone())
        .push(" escape '\\' or said like ")
        .push_bind(pattern);
    sql.push(" escape '\\')");
}
