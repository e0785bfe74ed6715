//! A search in the search tables of a file.
//!
//! They know row numbers only. Reading each product found, to see whether it passes the filter, is
//! what costs: each lies on another page of the file. So numbers are sifted in the narrow index of
//! a part of the filter where few products fulfil one, and a product is read only when nothing
//! else can tell.

use sqlx::{QueryBuilder, Sqlite, SqlitePool};

use super::find::{Check, merge, number, push_check, push_numbers};
use super::{Search, Terms, trigrams};
use crate::lists::filter::{self, Part};
use domain::catalog::ProductFilter;

/// How many row numbers are taken from a search table at once when some will not pass.
const BATCH: usize = 1000;
/// Cut words are given up when less than one in so many products that have them has the words.
const MOST_HAVE: usize = 4;
/// So many products of a search table are sifted among those of a part of the filter; when there
/// are more, that part is gone through instead.
const SIFTED: usize = 10_000;
/// So few products are read rather than sifted in an index.
const FEW_ROWS: usize = 100;

/// A search in the search tables of a file.
pub(super) struct Look<'a> {
    pool: &'a SqlitePool,
    which: &'a ProductFilter,
    search: &'a Search,
}

impl<'a> Look<'a> {
    pub(super) fn new(pool: &'a SqlitePool, which: &'a ProductFilter, search: &'a Search) -> Self {
        Self {
            pool,
            which,
            search,
        }
    }

    /// By words: cut ones first, as long as these find most of what is wanted.
    pub(super) async fn by_words(&self, after: i64, limit: usize) -> sqlx::Result<Vec<i64>> {
        let (mut found, mut after) = (Vec::new(), after);
        let mut terms = Terms::Cut;
        while found.len() < limit {
            let wanted = self.batch(terms, limit - found.len());
            let batch = self.with_words(terms, after, wanted).await?;
            let Some(last) = batch.last().copied() else {
                break;
            };
            let is_end = batch.len() < wanted;
            if self.search.is_exact(terms) {
                found.extend(self.fitting(batch, Check::Nothing).await?);
            } else {
                let having = self.having_words(&batch).await?;
                if having.len() < wanted / MOST_HAVE {
                    terms = Terms::Whole;
                }
                found.extend(having.iter().filter(|(_, fits)| *fits).map(|(pk, _)| pk));
            }
            if is_end {
                break;
            }
            after = last;
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Those of a batch that really have the words, and whether they pass the filter, too.
    async fn having_words(&self, batch: &[i64]) -> sqlx::Result<Vec<(i64, bool)>> {
        let mut query = QueryBuilder::<Sqlite>::new("select p.pk, (");
        filter::push(&mut query, self.which, None);
        query.push(") from products p where ");
        push_numbers(&mut query, batch, true);
        query.push(" and ");
        push_check(&mut query, self.search, Check::Words);
        query.push(" order by p.pk");
        let query = query.build_query_as().persistent(false);
        query.fetch_all(self.pool).await
    }

    /// How many are taken at once, when so many more are wanted.
    fn batch(&self, terms: Terms, more: usize) -> usize {
        match terms {
            _ if self.search.is_exact(terms) && self.search.is_alone(self.which) => more,
            Terms::Cut => BATCH.max(more),
            Terms::Whole => SIFTED,
        }
    }

    async fn with_words(&self, terms: Terms, after: i64, limit: usize) -> sqlx::Result<Vec<i64>> {
        let terms = self.search.fts5(terms);
        self.in_table("products_words", &terms, after, limit).await
    }

    pub(super) async fn by_codes(&self, after: i64, limit: usize) -> sqlx::Result<Vec<i64>> {
        let terms = trigrams(&self.search.codes);
        let (mut found, mut after) = (Vec::new(), after);
        while found.len() < limit {
            let batch = self
                .in_table("products_codes", &terms, after, BATCH)
                .await?;
            let Some(last) = batch.last().copied() else {
                break;
            };
            let is_end = batch.len() < BATCH;
            found.extend(self.fitting(batch, Check::Codes).await?);
            if is_end {
                break;
            }
            after = last;
        }
        found.truncate(limit);
        Ok(found)
    }

    /// By both, among the few products of a part of the filter; nothing where the search tables
    /// alone give so many that it is better to go through that part.
    pub(super) async fn among(&self, after: i64, limit: usize) -> sqlx::Result<Option<Vec<i64>>> {
        let mut found = Vec::new();
        if !self.search.words.is_empty() {
            let batch = self.with_words(Terms::Cut, after, SIFTED + 1).await?;
            if batch.len() > SIFTED {
                return Ok(None);
            }
            let check = match self.search.is_exact(Terms::Cut) {
                true => Check::Nothing,
                false => Check::Words,
            };
            found = self.fitting(batch, check).await?;
        }
        if !self.search.codes.is_empty() {
            let terms = trigrams(&self.search.codes);
            let batch = self
                .in_table("products_codes", &terms, after, SIFTED + 1)
                .await?;
            if batch.len() > SIFTED {
                return Ok(None);
            }
            found.extend(self.fitting(batch, Check::Codes).await?);
        }
        Ok(Some(merge(found, Vec::new(), limit)))
    }

    /// Row numbers above `after` from a search table. Where nothing else will look at the filter,
    /// the trash is left out here.
    async fn in_table(
        &self,
        table: &str,
        terms: &str,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        let mut query = QueryBuilder::<Sqlite>::new("select rowid from ");
        query.push(table).push(" where ").push(table);
        query.push(" match ").push_bind(terms.to_owned());
        query.push(" and rowid > ").push_bind(after);
        if self.search.is_alone(self.which) {
            query.push(" and rowid not in (select p.pk from products p where p.deleted = 1)");
        }
        query
            .push(" order by rowid limit ")
            .push_bind(number(limit));
        query.build_query_scalar().fetch_all(self.pool).await
    }

    /// Those of the products that pass the filter and the check, by row number.
    async fn fitting(&self, pks: Vec<i64>, check: Check) -> sqlx::Result<Vec<i64>> {
        let is_alone = self.search.is_alone(self.which);
        if pks.is_empty() || (is_alone && check == Check::Nothing) {
            return Ok(pks);
        }
        let by = self.search.rare.filter(|_| pks.len() > FEW_ROWS);
        if by.is_none() {
            return self.sifted(&pks, None, check).await;
        }
        let pks = self.sifted(&pks, by, Check::Nothing).await?;
        match pks.is_empty() || check == Check::Nothing {
            true => Ok(pks),
            false => self.sifted(&pks, None, check).await,
        }
    }

    /// The same in the index of the part `by`, or by reading each product.
    async fn sifted(&self, pks: &[i64], by: Option<Part>, check: Check) -> sqlx::Result<Vec<i64>> {
        let mut query = QueryBuilder::<Sqlite>::new("select p.pk from products p where ");
        push_numbers(&mut query, pks, by.is_none());
        query.push(if by.is_none() { " and +" } else { " and " });
        filter::push(&mut query, self.which, by);
        query.push(" and ");
        push_check(&mut query, self.search, check);
        let query = query.build_query_scalar().persistent(false);
        let mut sifted: Vec<i64> = query.fetch_all(self.pool).await?;
        sifted.sort_unstable();
        Ok(sifted)
    }
}
