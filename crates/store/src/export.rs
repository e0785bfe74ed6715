//! All products of a filter, records of any kind or a selection, page by page, for an export or a
//! bulk edit.

use domain::catalog::product::PRODUCT;
use std::collections::VecDeque;
use std::sync::Arc;

use sqlx::QueryBuilder;

use super::Store;
use super::db::on;
use super::dialect::IN_LIST;
use super::kinds::{KindRules, PRODUCTS, rules};
use super::lists::search::{CAP, SearchResult};
use super::lists::{Narrowed, RecordQuery, filter};
use super::record_row::{Stored, stored};
use super::retry::retrying;
use domain::catalog::ProductFilter;
use domain::error::Result;
use domain::record::{Kind, Record};
use domain::values::RecordId;

mod families;
mod row_set;

pub use families::FamilyStream;

impl Store {
    /// All products that the filter lets through, whole, page by page.
    pub fn stream(&self, filter: ProductFilter) -> RecordStream {
        RecordStream {
            kind: PRODUCT,
            store: self.clone(),
            of: Of::Filter {
                filter,
                found: None,
            },
            after: 0,
        }
    }

    /// All records of a kind that a query lets through, whole, page by page. Its order counts for nothing.
    pub fn stream_records(&self, kind: Kind, which: RecordQuery) -> RecordStream {
        RecordStream {
            kind,
            store: self.clone(),
            of: Of::Records(which),
            after: 0,
        }
    }

    /// The records of a kind with these ids, whole, page by page.
    pub fn stream_ids(&self, kind: Kind, ids: Vec<RecordId>) -> RecordStream {
        RecordStream {
            kind,
            store: self.clone(),
            of: Of::Ids(ids.into()),
            after: 0,
        }
    }
}

/// Records page by page, for an export: each that stays among those asked for comes exactly once,
/// whatever happens to the others meanwhile.
pub struct RecordStream {
    kind: Kind,
    store: Store,
    of: Of,
    after: i64,
}

enum Of {
    Filter {
        filter: ProductFilter,
        found: Option<Arc<SearchResult>>,
    },
    Ids(VecDeque<RecordId>),
    Records(RecordQuery),
}

/// How many records a page of an export has.
const PAGE: usize = 2000;

impl RecordStream {
    /// The same records, each parent followed by its children.
    pub fn in_families(self) -> FamilyStream {
        FamilyStream::of(self)
    }

    /// The next page, in the order in which the records were made (or of the ids); empty at the end.
    pub async fn next(&mut self) -> Result<Vec<Record>> {
        match &mut self.of {
            Of::Ids(ids) => loop {
                let page: Vec<RecordId> = ids.drain(..ids.len().min(PAGE)).collect();
                let products = self.store.get_many(self.kind, &page).await?;
                if !products.is_empty() || page.is_empty() {
                    return Ok(products);
                }
            },
            Of::Records(which) => {
                let rules = rules(self.kind)?;
                let narrowed = (&Narrowed::by(rules, which)?, &*which);
                let rows = retrying!(records(&self.store, rules, narrowed, self.after).await)?;
                self.after = rows.last().map_or(self.after, |row| row.pk);
                Ok(rows.into_iter().map(|row| row.record).collect())
            }
            Of::Filter { filter, found } => {
                if found.is_none() {
                    *filter = self.store.known_filter(filter)?.into_owned();
                    *found = self.store.find(filter).await?;
                }
                let rows = match found.as_deref() {
                    Some(found) => {
                        retrying!(found_page(&self.store, filter, found, self.after).await)?
                    }
                    None => retrying!(page(&self.store, filter, self.after).await)?,
                };
                self.after = rows.last().map_or(self.after, |row| row.pk);
                Ok(rows.into_iter().map(|row| row.record).collect())
            }
        }
    }
}

impl RecordStream {
    /// The row numbers of the next records; empty at the end.
    async fn numbers(&mut self) -> Result<Vec<i64>> {
        let (store, after) = (&self.store, self.after);
        let rules = rules(self.kind)?;
        let numbers = match &mut self.of {
            Of::Ids(ids) => loop {
                let page: Vec<RecordId> = ids.drain(..ids.len().min(IN_LIST)).collect();
                let found = retrying!(numbers_of(store, rules, &page).await)?;
                if !found.is_empty() || page.is_empty() {
                    return Ok(found);
                }
            },
            Of::Records(which) => {
                let narrowed = (&Narrowed::by(rules, which)?, &*which);
                retrying!(numbers_narrowed(store, rules, narrowed, after).await)?
            }
            Of::Filter { filter, found } => {
                if found.is_none() {
                    *filter = store.known_filter(filter)?.into_owned();
                    *found = store.find(filter).await?;
                }
                match found.as_deref() {
                    Some(found) => {
                        let (search, way) = (&found.search, found.way);
                        let most = NUMBERS.min(CAP);
                        retrying!(store.matches(filter, search, way, after, most).await)?
                    }
                    None => retrying!(numbers_filtered(store, filter, after).await)?,
                }
            }
        };
        self.after = numbers.last().copied().unwrap_or(after);
        Ok(numbers)
    }
}

/// How many row numbers are read at once.
const NUMBERS: usize = 20_000;

async fn numbers_of(
    store: &Store,
    rules: &'static KindRules,
    ids: &[RecordId],
) -> sqlx::Result<Vec<i64>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new("select pk from ");
        let mut list = sql.push(rules.table).push(" where id in (").separated(",");
        for id in ids {
            list.push_bind(id.uuid());
        }
        sql.push(")").build_query_scalar().fetch_all(pool).await
    })
}

async fn numbers_filtered(
    store: &Store,
    which: &ProductFilter,
    after: i64,
) -> sqlx::Result<Vec<i64>> {
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new("select p.pk from products p where p.pk > ");
        sql.push_bind(after).push(" and +");
        filter::push(&mut sql, which, None);
        sql.push(format!(" order by p.pk limit {NUMBERS}"));
        sql.build_query_scalar().fetch_all(pool).await
    })
}

async fn numbers_narrowed(
    store: &Store,
    rules: &'static KindRules,
    (narrowed, which): (&Narrowed<'_>, &RecordQuery),
    after: i64,
) -> sqlx::Result<Vec<i64>> {
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(format!("select p.pk from {} p where p.pk > ", rules.table));
        sql.push_bind(after).push(" and +");
        narrowed.push(&mut sql, which);
        sql.push(format!(" order by p.pk limit {NUMBERS}"));
        sql.build_query_scalar().fetch_all(pool).await
    })
}

async fn page(store: &Store, which: &ProductFilter, after: i64) -> sqlx::Result<Vec<Stored>> {
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(PRODUCTS.select());
        sql.push("where p.pk > ").push_bind(after).push(" and +");
        filter::push(&mut sql, which, None);
        sql.push(" order by p.pk limit ").push_bind(limit());
        let rows = sql.build().fetch_all(pool).await?;
        rows.iter().map(|row| stored(&PRODUCTS, row)).collect()
    })
}

async fn records(
    store: &Store,
    rules: &'static KindRules,
    (narrowed, which): (&Narrowed<'_>, &RecordQuery),
    after: i64,
) -> sqlx::Result<Vec<Stored>> {
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(rules.select());
        sql.push("where p.pk > ").push_bind(after).push(" and +");
        narrowed.push(&mut sql, which);
        sql.push(" order by p.pk limit ").push_bind(limit());
        let rows = sql.build().fetch_all(pool).await?;
        rows.iter().map(|row| stored(rules, row)).collect()
    })
}

async fn found_page(
    store: &Store,
    which: &ProductFilter,
    found: &SearchResult,
    after: i64,
) -> sqlx::Result<Vec<Stored>> {
    let pks = store
        .matches(which, &found.search, found.way, after, PAGE.min(CAP))
        .await?;
    if pks.is_empty() {
        return Ok(Vec::new());
    }
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(PRODUCTS.select());
        sql.push("where p.pk in (");
        let mut list = sql.separated(",");
        for pk in &pks {
            list.push(*pk);
        }
        let rows = sql.push(") order by p.pk").build().persistent(false).fetch_all(pool).await?;
        rows.iter().map(|row| stored(&PRODUCTS, row)).collect()
    })
}

fn limit() -> i64 {
    i64::try_from(PAGE).unwrap_or(i64::MAX)
}
