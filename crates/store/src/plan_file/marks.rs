//! What records are pointed out for, as a table beside them, so that each is a filter.

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{PlanFile, StagedRecord, failed, unreadable};
use domain::error::Result;
use domain::plan::Mark;

/// Rows per INSERT statement.
const ROWS_PER_STATEMENT: usize = 1_000;
/// So many marks are told apart: the rules of a file are few, whatever stands in it.
const MOST_NAMES: i64 = 300;

/// How many records are pointed out for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkCount {
    /// For what.
    pub mark: Mark,
    /// How many.
    pub count: i64,
}

/// What is found about a record after it was staged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The number of the record.
    pub number: i64,
    /// What a person should know.
    pub note: String,
    /// A code that is there and looks like its own.
    pub alike: Option<String>,
}

/// What a mark is called in the file.
pub(super) fn name_of(mark: &Mark) -> String {
    // A mark is plain data, which always has a text.
    serde_json::to_string(mark).unwrap_or_default()
}

/// Keeps what these records are pointed out for.
pub(super) async fn add(conn: &mut SqliteConnection, records: &[StagedRecord]) -> Result<()> {
    let mut numbers: BTreeMap<Mark, Vec<i64>> = BTreeMap::new();
    for StagedRecord { record, marks, .. } in records {
        for mark in Mark::of(record).into_iter().chain(marks.iter().cloned()) {
            numbers.entry(mark).or_default().push(record.number);
        }
    }
    for (mark, numbers) in numbers {
        insert(conn, &mark, &numbers).await?;
    }
    Ok(())
}

async fn insert(conn: &mut SqliteConnection, mark: &Mark, numbers: &[i64]) -> Result<()> {
    let id = id_of(conn, mark).await?;
    for numbers in numbers.chunks(ROWS_PER_STATEMENT) {
        let mut insert = QueryBuilder::<Sqlite>::new("insert or ignore into mark (mark, number) ");
        insert.push_values(numbers, |mut row, number| {
            row.push_bind(id).push_bind(number);
        });
        insert.build().execute(&mut *conn).await.map_err(failed)?;
    }
    Ok(())
}

/// The id of a mark; of problems beyond the most that are told apart, that of all others.
async fn id_of(conn: &mut SqliteConnection, mark: &Mark) -> Result<i64> {
    let others = Mark::Problem {
        field: mark.field(),
        column: String::new(),
        rule: "Other problems".to_owned(),
    };
    sqlx::query(
        "insert or ignore into mark_name (name) \
         select case when (select count(*) from mark_name) < ? then ? else ? end \
         where not exists (select 1 from mark_name where name = ?)",
    )
    .bind(MOST_NAMES)
    .bind(name_of(mark))
    .bind(name_of(&others))
    .bind(name_of(mark))
    .execute(&mut *conn)
    .await
    .map_err(failed)?;
    sqlx::query_scalar("select id from mark_name where name in (?, ?) order by name = ? limit 1")
        .bind(name_of(mark))
        .bind(name_of(&others))
        .bind(name_of(&others))
        .fetch_one(conn)
        .await
        .map_err(failed)
}

impl PlanFile {
    /// What records are pointed out for, and how many.
    pub async fn marks(&self) -> Result<Vec<MarkCount>> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "select name, (select count(*) from mark where mark = id) from mark_name",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(failed)?;
        let counts = rows.into_iter().map(|(name, count)| {
            let mark = serde_json::from_str(&name).map_err(unreadable)?;
            Ok(MarkCount { mark, count })
        });
        counts.collect()
    }

    /// Points records out, each with a note.
    pub async fn remark(&self, mark: &Mark, remarks: &[Remark]) -> Result<()> {
        if remarks.is_empty() {
            return Ok(());
        }
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        for remark in remarks {
            append(&mut transaction, remark.number, "n", &remark.note).await?;
            if let Some(alike) = &remark.alike {
                append(&mut transaction, remark.number, "l", alike).await?;
            }
        }
        let numbers: Vec<i64> = remarks.iter().map(|remark| remark.number).collect();
        insert(&mut transaction, mark, &numbers).await?;
        insert(&mut transaction, &Mark::Noted, &numbers).await?;
        transaction.commit().await.map_err(failed)
    }
}

/// Adds a text to a list in the JSON of a record.
async fn append(conn: &mut SqliteConnection, number: i64, list: &str, text: &str) -> Result<()> {
    sqlx::query(
        "update record set body = case when json_type(body, '$.' || ?1) is null \
         then json_set(body, '$.' || ?1, json_array(?2)) \
         else json_insert(body, '$.' || ?1 || '[#]', ?2) end where number = ?3",
    )
    .bind(list)
    .bind(text)
    .bind(number)
    .execute(conn)
    .await
    .map_err(failed)?;
    Ok(())
}
