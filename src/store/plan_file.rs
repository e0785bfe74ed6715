//! The staging area of a plan: a scratch SQLite file on this machine, so that a plan of a million
//! records lives neither in memory nor in the shared database. It is data that can be made again:
//! no sync, no journal.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, QueryBuilder, Row, Sqlite, SqlitePool};

use crate::catalog::{Field, Fields, Value};
use crate::error::{Error, Result};
use crate::plan::{Change, Operation, Outcome, PlannedRecord, Problem};
use crate::values::ProductId;

/// Rows per INSERT statement: with ten columns far below SQLite's limit of bound values.
const ROWS_PER_STATEMENT: usize = 200;

/// A plan's staging file.
#[derive(Debug, Clone)]
pub struct PlanFile {
    pool: SqlitePool,
}

/// A record on its way into or out of the staging file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRecord {
    /// The record as it is shown.
    pub record: PlannedRecord,
    /// Records are applied by phase, then by number: parents before their variants.
    pub phase: i64,
    /// Where the record starts in the UTF-8 copy of its file, in bytes.
    pub byte: i64,
}

/// What a page of records is filtered by.
#[derive(Debug, Clone, Copy, Default)]
pub struct RecordFilter<'a> {
    /// Only this outcome.
    pub outcome: Option<Outcome>,
    /// Only records with this text in SKU, name or problem.
    pub search: Option<&'a str>,
}

/// What is kept as JSON: everything that is shown but never searched by a column. A creation keeps
/// only the new values, since the old ones are those of a blank record.
#[derive(Serialize, Deserialize, Default)]
struct Body {
    #[serde(default, rename = "v", skip_serializing_if = "Vec::is_empty")]
    created: Vec<(Field, Value)>,
    #[serde(default, rename = "c", skip_serializing_if = "Vec::is_empty")]
    changed: Vec<(Field, Value, Value)>,
    #[serde(default, rename = "p", skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem>,
    #[serde(default, rename = "n", skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

impl PlanFile {
    /// Makes an empty staging file at `path`; what was there before is thrown away.
    pub async fn create(path: &Path) -> Result<Self> {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            match std::fs::remove_file(&name) {
                Ok(()) => {}
                Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => {}
                Err(cause) => return Err(Error::file("replace", Path::new(&name), &cause)),
            }
        }
        let file = Self::connect(path, true).await?;
        sqlx::raw_sql(
            "create table meta (key text primary key, value text not null) without rowid;
             create table record (
               number integer primary key, line integer, byte integer not null, implied integer not null,
               phase integer not null, outcome integer not null, operation integer, product_id blob,
               version integer not null, sku text not null, name text not null, body text not null);
             create index record_outcome on record (outcome, number);",
        )
        .execute(&file.pool)
        .await
        .map_err(failed)?;
        Ok(file)
    }

    /// Opens the staging file at `path`.
    pub async fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(
                Error::not_found("This plan is not on this computer any more.")
                    .hint("Import the file again, or undo the batch again, to make a new plan."),
            );
        }
        Self::connect(path, false).await
    }

    async fn connect(path: &Path, create: bool) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-8192")
            .pragma("temp_store", "memory");
        let pool = SqlitePoolOptions::new()
            .max_connections(2)
            .connect_with(options)
            .await
            .map_err(failed)?;
        Ok(Self { pool })
    }

    /// Closes the file, so that it can be deleted on every platform.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Keeps `value` under `key`.
    pub async fn set_meta<T: Serialize>(&self, key: &str, value: &T) -> Result<()> {
        let text = serde_json::to_string(value).map_err(unreadable)?;
        sqlx::query(
            "insert into meta values (?, ?) on conflict (key) do update set value = excluded.value",
        )
        .bind(key)
        .bind(text)
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        Ok(())
    }

    /// What is kept under `key`.
    pub async fn meta<T: for<'de> Deserialize<'de>>(&self, key: &str) -> Result<Option<T>> {
        let text: Option<String> = sqlx::query_scalar("select value from meta where key = ?")
            .bind(key)
            .fetch_optional(&self.pool)
            .await
            .map_err(failed)?;
        text.map(|text| serde_json::from_str(&text).map_err(unreadable))
            .transpose()
    }

    /// Adds records; their numbers must be new.
    pub async fn insert(&self, records: &[StagedRecord]) -> Result<()> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        for rows in records.chunks(ROWS_PER_STATEMENT) {
            let bodies: Vec<String> = rows.iter().map(body_of).collect::<Result<_>>()?;
            let mut insert = QueryBuilder::<Sqlite>::new("insert into record ");
            insert.push_values(rows.iter().zip(bodies), |mut row, (staged, body)| {
                let record = &staged.record;
                row.push_bind(record.number)
                    .push_bind(record.line)
                    .push_bind(staged.byte)
                    .push_bind(record.implied)
                    .push_bind(staged.phase)
                    .push_bind(outcome_code(record.outcome))
                    .push_bind(record.operation.map(operation_code))
                    .push_bind(record.product_id.map(ProductId::uuid))
                    .push_bind(record.expected_version)
                    .push_bind(record.sku.clone())
                    .push_bind(record.name.clone())
                    .push_bind(body);
            });
            insert
                .build()
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    /// Replaces records that are there, found by their numbers.
    pub async fn replace(&self, records: &[StagedRecord]) -> Result<()> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        for staged in records {
            sqlx::query("update record set outcome = ?, body = ? where number = ?")
                .bind(outcome_code(staged.record.outcome))
                .bind(body_of(staged)?)
                .bind(staged.record.number)
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

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
    pub async fn next_to_apply(&self, after: (i64, i64), limit: i64) -> Result<Vec<StagedRecord>> {
        let outcomes = format!(
            "{}, {}",
            outcome_code(Outcome::Create),
            outcome_code(Outcome::Update)
        );
        let sql = format!(
            "select {COLUMNS} from record where outcome in ({outcomes}) and phase = ? and number > ?
             order by number limit ?"
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

const COLUMNS: &str =
    "number, line, byte, implied, phase, outcome, operation, product_id, version, sku, name, body";

/// The highest phase that a record can have.
const LAST_PHASE: i64 = 3;

fn push_filter(select: &mut QueryBuilder<Sqlite>, filter: RecordFilter<'_>) {
    select.push(" where true");
    if let Some(outcome) = filter.outcome {
        select
            .push(" and outcome = ")
            .push_bind(outcome_code(outcome));
    }
    if let Some(text) = filter.search.map(str::trim).filter(|text| !text.is_empty()) {
        let escaped = text
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let pattern = format!("%{escaped}%");
        select
            .push(" and (sku like ")
            .push_bind(pattern.clone())
            .push(" escape '\\' or name like ");
        select
            .push_bind(pattern.clone())
            .push(" escape '\\' or body like ")
            .push_bind(pattern);
        select.push(" escape '\\')");
    }
}

fn body_of(staged: &StagedRecord) -> Result<String> {
    let record = &staged.record;
    let mut body = Body {
        problems: record.problems.clone(),
        notes: record.notes.clone(),
        ..Body::default()
    };
    let changes = record.changes.iter();
    if record.operation == Some(Operation::Create) {
        body.created = changes.map(|c| (c.field, c.new.clone())).collect();
    } else {
        body.changed = changes
            .map(|c| (c.field, c.old.clone(), c.new.clone()))
            .collect();
    }
    serde_json::to_string(&body).map_err(unreadable)
}

fn read(row: &sqlx::sqlite::SqliteRow) -> Result<StagedRecord> {
    let body: Body =
        serde_json::from_str(row.try_get("body").map_err(failed)?).map_err(unreadable)?;
    let blank = Fields::blank();
    let created = body.created.into_iter().map(|(field, new)| Change {
        field,
        old: blank.get(field).clone(),
        new,
    });
    let changed = body
        .changed
        .into_iter()
        .map(|(field, old, new)| Change { field, old, new });
    let operation: Option<i64> = row.try_get("operation").map_err(failed)?;
    let product_id: Option<uuid::Uuid> = row.try_get("product_id").map_err(failed)?;
    Ok(StagedRecord {
        record: PlannedRecord {
            number: row.try_get("number").map_err(failed)?,
            line: row.try_get("line").map_err(failed)?,
            implied: row.try_get("implied").map_err(failed)?,
            outcome: outcome_of(row.try_get("outcome").map_err(failed)?)?,
            operation: operation.map(operation_of).transpose()?,
            product_id: product_id.map(ProductId::from),
            expected_version: row.try_get("version").map_err(failed)?,
            sku: row.try_get("sku").map_err(failed)?,
            name: row.try_get("name").map_err(failed)?,
            changes: created.chain(changed).collect(),
            problems: body.problems,
            notes: body.notes,
        },
        phase: row.try_get("phase").map_err(failed)?,
        byte: row.try_get("byte").map_err(failed)?,
    })
}

const OPERATIONS: [Operation; 5] = [
    Operation::Create,
    Operation::Update,
    Operation::Trash,
    Operation::Restore,
    Operation::Purge,
];

fn operation_code(operation: Operation) -> i64 {
    operation as i64
}

fn operation_of(code: i64) -> Result<Operation> {
    OPERATIONS
        .into_iter()
        .find(|o| operation_code(*o) == code)
        .ok_or_else(|| unreadable("operation"))
}

fn outcome_code(outcome: Outcome) -> i64 {
    outcome as i64
}

fn outcome_of(code: i64) -> Result<Outcome> {
    Outcome::ALL
        .into_iter()
        .find(|o| outcome_code(*o) == code)
        .ok_or_else(|| unreadable("outcome"))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is the shape that map_err wants"
)]
fn failed(cause: sqlx::Error) -> Error {
    Error::internal(format!("The plan's staging file failed: {cause}."))
        .hint("Check that the disk is not full, then make the plan again.")
}

fn unreadable(cause: impl std::fmt::Display) -> Error {
    Error::internal(format!("The plan's staging file cannot be read: {cause}."))
        .hint("Make the plan again.")
}

#[cfg(test)]
mod tests {
    use super::{PlanFile, RecordFilter, StagedRecord};
    use crate::catalog::{Field, Value};
    use crate::plan::{Change, Operation, Outcome, PlannedRecord, Problem};
    use crate::values::ProductId;

    fn staged(number: i64, outcome: Outcome) -> StagedRecord {
        let creates = outcome == Outcome::Create;
        StagedRecord {
            record: PlannedRecord {
                number,
                line: Some(number + 1),
                implied: false,
                outcome,
                operation: outcome.is_applied().then_some(if creates {
                    Operation::Create
                } else {
                    Operation::Update
                }),
                product_id: Some(ProductId::new()),
                expected_version: i64::from(!creates),
                sku: format!("SKU-{number}"),
                name: format!("100 % cotton {number}"),
                changes: vec![Change {
                    field: Field::Stock,
                    old: Value::Number(0),
                    new: Value::Number(number),
                }],
                problems: vec![Problem {
                    column: "qty".into(),
                    field: Some(Field::Stock),
                    value: "1O".into(),
                    message: "\"1O\" is not a whole number.".into(),
                    hint: Some("Type digits only.".into()),
                }],
                notes: vec!["A note".into()],
            },
            phase: 2 + number % 2,
            byte: number * 100,
        }
    }

    async fn file() -> (tempfile::TempDir, PlanFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = PlanFile::create(&folder.path().join("plan.sqlite"))
            .await
            .unwrap();
        (folder, file)
    }

    #[tokio::test]
    async fn what_is_staged_is_read_again() {
        let (_folder, file) = file().await;
        let records: Vec<StagedRecord> = Outcome::ALL
            .into_iter()
            .zip(1..)
            .map(|(outcome, n)| staged(n, outcome))
            .collect();
        file.insert(&records).await.unwrap();
        let page = file.page(RecordFilter::default(), 0, 100).await.unwrap();
        assert_eq!(
            page,
            records
                .into_iter()
                .map(|staged| staged.record)
                .collect::<Vec<_>>()
        );
    }

    #[tokio::test]
    async fn pages_are_filtered_by_outcome_and_text() {
        let (_folder, file) = file().await;
        let records: Vec<StagedRecord> = (1..=1000)
            .map(|n| {
                staged(
                    n,
                    if n % 10 == 0 {
                        Outcome::Error
                    } else {
                        Outcome::Create
                    },
                )
            })
            .collect();
        file.insert(&records).await.unwrap();
        let errors = RecordFilter {
            outcome: Some(Outcome::Error),
            search: None,
        };
        assert_eq!(file.count(errors).await.unwrap(), 100);
        let page = file.page(errors, 95, 10).await.unwrap();
        assert_eq!(
            page.iter().map(|r| r.number).collect::<Vec<_>>(),
            [960, 970, 980, 990, 1000]
        );
        let percent = RecordFilter {
            outcome: None,
            search: Some("0 % cotton 77"),
        };
        assert_eq!(
            file.count(percent).await.unwrap(),
            11,
            "% and _ are plain characters"
        );
    }

    #[tokio::test]
    async fn records_are_applied_by_phase_then_number_and_only_if_there_is_something_to_write() {
        let (_folder, file) = file().await;
        let records: Vec<StagedRecord> = (1..=6)
            .map(|n| {
                staged(
                    n,
                    if n == 3 {
                        Outcome::Unchanged
                    } else {
                        Outcome::Update
                    },
                )
            })
            .collect();
        file.insert(&records).await.unwrap();
        let mut order = Vec::new();
        let mut after = (0, 0);
        loop {
            let next = file.next_to_apply(after, 2).await.unwrap();
            let Some(last) = next.last() else { break };
            after = (last.phase, last.record.number);
            order.extend(next.iter().map(|staged| staged.record.number));
        }
        assert_eq!(order, [2, 4, 6, 1, 5]);
    }

    #[tokio::test]
    async fn a_record_that_was_held_back_says_so_afterwards() {
        let (_folder, file) = file().await;
        let mut record = staged(1, Outcome::Update);
        file.insert(std::slice::from_ref(&record)).await.unwrap();
        record.record.outcome = Outcome::Conflict;
        record.record.notes.push("Vic changed it".into());
        file.replace(std::slice::from_ref(&record)).await.unwrap();
        let page = file.page(RecordFilter::default(), 0, 1).await.unwrap();
        assert_eq!(page, [record.record]);
        file.set_meta("state", &"applied").await.unwrap();
        assert_eq!(
            file.meta::<String>("state").await.unwrap().as_deref(),
            Some("applied")
        );
        assert_eq!(file.meta::<String>("nothing").await.unwrap(), None);
    }
}
