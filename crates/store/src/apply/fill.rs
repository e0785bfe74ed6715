//! Filling an empty workspace file. Indexes are several times cheaper to build once over all rows
//! than to keep in order row by row, so a large first import goes without those that only lists
//! and the search need, and builds them at its end.
//!
//! `products_by_name` is dropped first and built last, with the search tables before it: as long
//! as it is missing, the file is being filled, or a fill did not come to its end. Opening the file
//! then repairs it. What is written meanwhile by others is found after that, too.

use crate::fault::Told;
use sqlx::{AssertSqlSafe, SqliteConnection, SqlitePool};

use crate::connect::WRITER_CACHE;
use crate::connect::migrate::statements_of_a_file;
use crate::db::Db;
use crate::{Store, changes};
use domain::error::Result;

/// From so many new products on it is worth it.
const WORTH_IT: i64 = 20_000;

/// The index whose absence marks a fill.
const MARK: &str = "products_by_name";

/// Indexes that writing needs.
const KEPT: [&str; 1] = ["products_by_parent"];

/// The search tables, which are built anew from the products.
const SEARCH_TABLES: [&str; 2] = ["products_words", "products_codes"];

/// What an index needs to be built: its keys are sorted in a file, in portions of this many KiB, so
/// that the memory does not grow with the catalogue.
const SORTING: &str = "pragma temp_store = file; pragma cache_size = -16384";

/// A fill that has begun.
pub struct Fill {
    store: Store,
    writer: SqlitePool,
}

impl Store {
    /// Begins to fill the workspace with `products` new ones: nothing where it is not worth it,
    /// where there are products already, and on a server.
    pub async fn begin_fill(&self, products: i64) -> Result<Option<Fill>> {
        let Db::Sqlite { writer, .. } = &self.db else {
            return Ok(None);
        };
        if products < WORTH_IT {
            return Ok(None);
        }
        let mut tx = writer.begin_with("begin immediate").await.told()?;
        let first: Option<i64> = sqlx::query_scalar("select pk from products limit 1")
            .fetch_optional(&mut *tx)
            .await
            .told()?;
        if first.is_some() {
            return Ok(None);
        }
        for index in indexes() {
            let drop = format!("drop index if exists {}", index.name);
            sqlx::query(AssertSqlSafe(drop))
                .execute(&mut *tx)
                .await
                .told()?;
        }
        tx.commit().await.told()?;
        Ok(Some(Fill {
            store: self.clone(),
            writer: writer.clone(),
        }))
    }
}

impl Fill {
    /// How many steps its end has.
    pub fn steps(&self) -> i64 {
        i64::try_from(repairs().len()).unwrap_or_default()
    }

    /// Builds what was left out; `done` hears of each step. A crash in between is mended when the
    /// file is opened again.
    pub async fn finish(self, done: impl Fn(i64)) -> Result<()> {
        let mut conn = self.writer.acquire().await.told()?;
        sqlx::raw_sql(SORTING).execute(&mut *conn).await.told()?;
        for (repair, number) in repairs().into_iter().zip(1..) {
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
        // Whoever searched before the search tables were there is to search again.
        let mut tx = self.store.db.begin().await.told()?;
        changes::record(&mut tx, self.store.now(), None)
            .await
            .told()?;
        Ok(tx.commit().await.told()?)
    }
}

/// Notes in a transaction of a fill that the file is being filled.
pub(super) async fn mark(conn: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::query(AssertSqlSafe(format!("drop index if exists {MARK}")))
        .execute(conn)
        .await
        .map(drop)
}

/// Brings a file to order whose fill was interrupted.
pub(crate) async fn repair(conn: &mut SqliteConnection) -> Result<()> {
    let mark: i64 =
        sqlx::query_scalar("select count(*) from sqlite_master where type = 'index' and name = ?")
            .bind(MARK)
            .fetch_one(&mut *conn)
            .await
            .told()?;
    if mark == 0 {
        for repair in repairs() {
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

/// The indexes of the products as the migration makes them, the mark last.
fn indexes() -> Vec<Index> {
    let mut indexes: Vec<Index> = statements_of_a_file()
        .filter_map(|create| {
            let rest = create.strip_prefix("create index if not exists ")?;
            let (name, of) = rest.split_once(" on ")?;
            of.starts_with("products ")
                .then_some(Index { name, create })
        })
        .filter(|index| !KEPT.contains(&index.name))
        .collect();
    indexes.sort_by_key(|index| index.name == MARK);
    indexes
}

fn repairs() -> Vec<String> {
    let search = SEARCH_TABLES
        .iter()
        .map(|table| format!("insert into {table} ({table}) values ('rebuild')"));
    let indexes = indexes().into_iter().map(|index| index.create.to_owned());
    search.chain(indexes).collect()
}

#[cfg(test)]
mod tests {
    use super::{MARK, indexes};

    #[test]
    fn the_mark_is_built_last_and_what_writing_needs_is_kept() {
        let names: Vec<&str> = indexes().iter().map(|index| index.name).collect();
        assert_eq!(names.last(), Some(&MARK));
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
