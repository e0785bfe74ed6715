//! Reading staged records: pages for people, sets for applying, runs for the rejects.

use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite};

use super::marks::name_of;
use super::row::{COLUMNS, alike_of, operation_code, outcome_code, read, resolution_code};
use super::{PlanFile, StagedRecord, failed};
use domain::error::Result;
use domain::plan::{Mark, Operation, Outcome, PlannedRecord, Resolution};
use domain::values::RecordId;

/// The highest phase that a record can have.
const LAST_PHASE: i64 = 4;

/// What a page of records is filtered by.
#[derive(Debug, Clone, Copy, Default)]
pub struct RecordFilter<'a> {
    /// Only this outcome.
    pub outcome: Option<Outcome>,
    /// Only records to which this happens.
    pub operation: Option<Operation>,
    /// Only records with this text in code, title or problem; problems of fields that need a right
    /// are not looked at, so that the search does not tell what stands in them.
    pub search: Option<&'a str>,
    /// Only records that are pointed out for this.
    pub mark: Option<&'a Mark>,
}

/// In which order records are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordOrder {
    /// As they stand in the file.
    #[default]
    Number,
    /// Those that change most first. What a field changes that needs a right counts only for users
    /// who have it.
    Size {
        /// Whether such fields count.
        sees_all: bool,
    },
}

impl RecordOrder {
    fn clause(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Size { sees_all: true } => "size desc, number",
            Self::Size { sees_all: false } => "open_size desc, number",
        }
    }

    /// The index that the order needs. Few plans are read in it, so it is made when one is.
    fn index(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Size { sees_all: true } => {
                Some("create index if not exists record_size on record (size desc, number)")
            }
            Self::Size { sees_all: false } => Some(
                "create index if not exists record_open_size on record (open_size desc, number)",
            ),
        }
    }
}

/// A row of the file in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// The number of its record.
    pub number: i64,
    /// The line on which it starts.
    pub line: u64,
    /// What identifies its record, as the plan has it.
    pub code: String,
    /// Codes that are there and look like that.
    pub alike: Vec<String>,
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
    pub(super) fn condition(self) -> String {
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

/// In which order records are applied, within a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplyOrder {
    /// As they stand in the file.
    Number,
    /// As their records were made, which is how they lie in the database: many changes all over a large
    /// table touch each of its pages once.
    Record,
}

impl ApplyOrder {
    const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Record => "record_id, number",
        }
    }

    const fn index(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Record => {
                Some("create index if not exists record_place on record (phase, record_id, number)")
            }
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
        self.page_in(filter, RecordOrder::Number, offset, limit)
            .await
    }

    /// A page of records in an order.
    pub async fn page_in(
        &self,
        filter: RecordFilter<'_>,
        order: RecordOrder,
        offset: i64,
        limit: i64,
    ) -> Result<Vec<PlannedRecord>> {
        if let Some(index) = order.index() {
            let made = sqlx::query(index).execute(&self.pool).await;
            made.map_err(failed)?;
        }
        let order = order.clause();
        let mut select = QueryBuilder::<Sqlite>::new(format!(
            "select {COLUMNS} from record where number in (select number from record"
        ));
        push_filter(&mut select, filter);
        select
            .push(format!(" order by {order} limit "))
            .push_bind(limit);
        select
            .push(" offset ")
            .push_bind(offset)
            .push(format!(") order by {order}"));
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

    /// Makes the index that an order needs; nothing is done where it is there.
    pub(super) async fn index_for(&self, order: ApplyOrder) -> Result<()> {
        if let Some(index) = order.index() {
            let made = sqlx::query(index).execute(&self.pool).await;
            made.map_err(failed)?;
        }
        Ok(())
    }

    /// The next records to apply behind the record `after`, phase by phase.
    pub async fn next_to_apply(
        &self,
        (which, order): (ToApply, ApplyOrder),
        after: Option<&StagedRecord>,
        limit: i64,
    ) -> Result<Vec<StagedRecord>> {
        self.index_for(order).await?;
        let (condition, key) = (which.condition(), order.key());
        let begin = after.map_or(0, |after| after.phase);
        for phase in begin..=LAST_PHASE {
            let mut select = QueryBuilder::<Sqlite>::new(format!(
                "select {COLUMNS} from record where {condition} and phase = "
            ));
            select.push_bind(phase);
            if let Some(after) = after.filter(|after| after.phase == phase) {
                select.push(format!(" and ({key}) > ("));
                if order == ApplyOrder::Record {
                    select.push_bind(after.record.record_id.map(RecordId::uuid));
                    select.push(", ");
                }
                select.push_bind(after.record.number).push(")");
            }
            select
                .push(format!(" order by {key} limit "))
                .push_bind(limit);
            let rows = select.build().fetch_all(&self.pool).await;
            let rows = rows.map_err(failed)?;
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

impl PlanFile {
    /// The numbers and lines after number `after` of the records that match, by number; records that
    /// no row of the file stands for are left out.
    pub async fn lines(
        &self,
        filter: RecordFilter<'_>,
        numbers: Option<&[i64]>,
        after: i64,
        limit: i64,
    ) -> Result<Vec<FileRow>> {
        let mut select = QueryBuilder::<Sqlite>::new("select number, line, code, body from record");
        push_filter(&mut select, filter);
        select.push(" and implied = 0 and line is not null and number > ");
        select.push_bind(after);
        push_numbers(&mut select, numbers);
        select.push(" order by number limit ").push_bind(limit);
        let rows: Vec<(i64, i64, String, String)> = select
            .build_query_as()
            .fetch_all(&self.pool)
            .await
            .map_err(failed)?;
        let rows = rows.into_iter().map(|(number, line, code, body)| {
            Ok(FileRow {
                number,
                line: u64::try_from(line).unwrap_or_default(),
                code,
                alike: alike_of(&body)?,
            })
        });
        rows.collect()
    }
}

/// Lets only records with these numbers through, when any are given.
pub(super) fn push_numbers(sql: &mut QueryBuilder<Sqlite>, numbers: Option<&[i64]>) {
    let Some(numbers) = numbers else { return };
    let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
    sql.push(" and number in (select value from json_each(")
        .push_bind(format!("[{}]", list.join(",")))
        .push("))");
}

pub(super) fn push_filter(select: &mut QueryBuilder<Sqlite>, filter: RecordFilter<'_>) {
    select.push(" where true");
    push_conditions(select, filter);
}

/// The conditions of a filter, each with an "and" before it.
pub(super) fn push_conditions(select: &mut QueryBuilder<Sqlite>, filter: RecordFilter<'_>) {
    if let Some(mark) = filter.mark {
        select
            .push(" and number in (select number from mark where mark = ")
            .push("(select id from mark_name where name = ")
            .push_bind(name_of(mark))
            .push("))");
    }
    if let Some(outcome) = filter.outcome {
        select
            .push(" and outcome = ")
            .push_bind(outcome_code(outcome));
    }
    if let Some(operation) = filter.operation {
        select
            .push(" and operation = ")
            .push_bind(operation_code(operation));
    }
    push_search(select, filter.search);
}

/// Lets only records through that contain the text.
fn push_search(sql: &mut QueryBuilder<Sqlite>, search: Option<&str>) {
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
