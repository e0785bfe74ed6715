//! Filling an empty workspace file. Indexes are several times cheaper to build once over all rows
//! than to keep in order row by row, so a large first import goes without those that only lists
//! and the search need, and builds them at its end.
//!
//! One index, the mark of the kind, is dropped first and built last, with the search tables before
//! it: as long as it is missing, the file is being filled, or a fill did not come to its end.
//! Opening the file then repairs it. What is written meanwhile by others is found after that, too.

use crate::fault::Told;
use sqlx::{AssertSqlSafe, SqliteConnection, SqlitePool};

use crate::connect::WRITER_CACHE;
use crate::connect::migrate::statements_of_a_file;
use crate::db::Db;
use crate::kinds::{self, KindRules, rules};
use crate::{Store, changes};
use domain::error::Result;
use domain::record::Kind;

/// From so many new products on it is worth it.
const WORTH_IT: i64 = 20_000;

/// What an index needs to be built: its keys are sorted in a file, in portions of this many KiB, so
/// that the memory does not grow with the catalogue.
const SORTING: &str = "pragma temp_store = file; pragma cache_size = -16384";

/// A fill that has begun.
pub struct Fill {
    rules: &'static KindRules,
    store: Store,
    writer: SqlitePool,
}

impl Store {
    /// Begins to fill the workspace with so many new records of a kind: nothing where it is not
    /// worth it, where there are such records already, and on a server.
    pub async fn begin_fill(&self, kind: Kind, records: i64) -> Result<Option<Fill>> {
        let rules = rules(kind)?;
        let Db::Sqlite { writer, .. } = &self.db else {
            return Ok(None);
        };
        if records < WORTH_IT || rules.fill.is_none() {
            return Ok(None);
        }
        let mut tx = writer.begin_with("begin immediate").await.told()?;
        let first: Option<i64> = sqlx::query_scalar(AssertSqlSafe(format!(
            "select pk from {} limit 1",
            rules.table
        )))
        .fetch_optional(&mut *tx)
        .await
        .told()?;
        if first.is_some() {
            return Ok(None);
        }
        for index in indexes(rules) {
            let drop = format!("drop index if exists {}", index.name);
            sqlx::query(AssertSqlSafe(drop))
                .execute(&mut *tx)
                .await
                .told()?;
        }
        tx.commit().await.told()?;
        Ok(Some(Fill {
            rules,
            store: self.clone(),
            writer: writer.clone(),
        }))
    }
}

impl Fill {
    /// How many steps its end has.
    pub fn steps(&self) -> i64 {
        i64::try_from(repairs(self.rules).len()).unwrap_or_default()
    }

    /// Builds what was left out; `done` hears of each step. A crash in between is mended when the
    /// file is opened again.
    pub async fn finish(self, done: impl Fn(i64)) -> Result<()> {
        let mut conn = self.writer.acquire().await.told()?;
        sqlx::raw_sql(SORTING).execute(&mut *conn).await.told()?;
        for (repair, number) in repairs(self.rules).into_iter().zip(1..) {
            sqlx::query(AssertSqlSafe(repair))
                .execute(&mut *conn)
                .await
                .told()?;
            done(number);
        }
        sqlx::raw_sql(AssertSqlSafe(format!(
            "pragma temp_store = memory; pragma cache_size = {WRITER_CACHE}"
        )))
        .execute(&mut *conn)
        .await
        .told()?;
        drop(conn);
        // A search from before the search tables were there is to run again.
        let mut tx = self.store.db.begin().await.told()?;
        changes::record(&mut tx, self.store.now(), None)
            .await
            .told()?;
        tx.commit().await.told()
    }
}

/// Notes in a transaction of a fill that the file is being filled.
pub(super) async fn mark(conn: &mut SqliteConnection, fill: &Fill) -> sqlx::Result<()> {
    let Some(of) = &fill.rules.fill else {
        return Ok(());
    };
    sqlx::query(AssertSqlSafe(format!("drop index if exists {}", of.mark)))
        .execute(conn)
        .await
        .map(drop)
}

/// Brings a file to order whose fill was interrupted.
pub(crate) async fn repair(conn: &mut SqliteConnection) -> Result<()> {
    let filled: Vec<_> = kinds::all()
        .filter_map(|rules| Some((rules, rules.fill.as_ref()?.mark)))
        .collect();
    for (rules, mark) in filled {
        let marks: i64 = sqlx::query_scalar(
            "select count(*) from sqlite_master where type = 'index' and name = ?",
        )
        .bind(mark)
        .fetch_one(&mut *conn)
        .await
        .told()?;
        if marks > 0 {
            continue;
        }
        for repair in repairs(rules) {
            sqlx::query(AssertSqlSafe(repair))
                .execute(&mut *conn)
                .await
                .told()?;
        }
    }
    Ok(())
}

/// An index that a fill goes without.
struct Index {
    name: &'static str,
    create: &'static str,
}

/// The indexes of a table as the migrations make them, the mark last.
fn indexes(rules: &KindRules) -> Vec<Index> {
    let Some(fill) = &rules.fill else {
        return Vec::new();
    };
    let of_table = format!("{} ", rules.table);
    let mut indexes: Vec<Index> = statements_of_a_file()
        .filter_map(|create| {
            let rest = create.strip_prefix("create index if not exists ")?;
            let (name, of) = rest.split_once(" on ")?;
            of.starts_with(&of_table).then_some(Index { name, create })
        })
        .filter(|index| !fill.kept.contains(&index.name))
        .collect();
    indexes.sort_by_key(|index| index.name == fill.mark);
    indexes
}

fn repairs(rules: &KindRules) -> Vec<String> {
    let search = rules
        .search_tables
        .iter()
        .map(|(table, _)| format!("insert into {table} ({table}) values ('rebuild')"));
    let indexes = indexes(rules)
        .into_iter()
        .map(|index| index.create.to_owned());
    search.chain(indexes).collect()
}

#[cfg(test)]
mod tests {
    use super::indexes;
    use crate::kinds::PRODUCTS;

    #[test]
    fn the_mark_is_built_last_and_what_writing_needs_is_kept() {
        let names: Vec<&str> = indexes(&PRODUCTS).iter().map(|index| index.name).collect();
        assert_eq!(names.last(), Some(&"products_by_name"));
        assert!(names.len() >= 8, "{names:?}");
        assert!(!names.contains(&"products_by_parent"));
        assert!(
            names
                .iter()
                .all(|name| !matches!(*name, "products_id" | "products_sku")),
            "unique indexes guard what is written: {names:?}"
        );
    }
}
