//! Finding products by words and codes, as each of the two databases does it best.
//!
//! A file's search tables know row numbers only. Reading each product found, to see whether it
//! passes the filter, is what costs: each lies on another page of the file. So numbers are sifted
//! in the narrow index of a part of the filter where few products fulfil one, and a product is read
//! only when nothing else can tell.

use sqlx::{Database, Encode, QueryBuilder, Sqlite, SqlitePool, Type};

use super::Store;
use super::db::{Db, on};
use super::filter::{self, Part};
use super::fold::padded;
use super::sample::go_through;
use super::search::{CAP, Search, Way, trigrams};
use crate::catalog::ProductFilter;

/// How many row numbers are taken from a search table at once when some will not pass.
const BATCH: usize = 1000;
/// So many products of a search table are sifted among those of a part of the filter; when there
/// are more, that part is gone through instead.
const SIFTED: usize = 10_000;
/// So few products are read rather than sifted in an index.
const FEW_ROWS: usize = 100;

/// What has to be looked up in the products that a search table gave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    Nothing,
    Words,
    Codes,
    WordsOrCodes,
}

impl Store {
    /// The products found with row numbers above `after`, by row number, at most `limit`.
    pub(super) async fn matches(
        &self,
        which: &ProductFilter,
        search: &Search,
        way: Way,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        match way {
            Way::WholeWords | Way::Words if search.words.is_empty() => Ok(Vec::new()),
            Way::WholeWords | Way::Words => self.by_words(which, search, way, after, limit).await,
            Way::Codes => self.by_codes(which, search, after, limit).await,
            Way::Among(part) => self.among(which, search, part, after, limit).await,
            Way::Both => {
                let by_words = match search.words.is_empty() {
                    true => Vec::new(),
                    false => {
                        self.by_words(which, search, Way::Words, after, limit)
                            .await?
                    }
                };
                let by_codes = self.by_codes(which, search, after, limit).await?;
                Ok(merge(by_words, by_codes, limit))
            }
        }
    }

    /// The first `CAP + 1` products of a file that have all the words as whole words.
    pub(super) async fn whole_words(
        &self,
        readers: &SqlitePool,
        which: &ProductFilter,
        search: &Search,
    ) -> sqlx::Result<Vec<i64>> {
        if search.words.is_empty() {
            return Ok(Vec::new());
        }
        let look = Look {
            readers,
            which,
            search,
        };
        let terms = search.fts5(Way::WholeWords);
        look.in_table("products_words", &terms, 0, CAP + 1).await
    }

    async fn by_words(
        &self,
        which: &ProductFilter,
        search: &Search,
        way: Way,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        let pool = match &self.db {
            Db::Sqlite { readers, .. } => {
                let look = Look {
                    readers,
                    which,
                    search,
                };
                return look.by_words(way, after, limit).await;
            }
            Db::MySql(pool) => pool,
        };
        if let Some(found) = go_through(pool, (which, search), way, after, limit).await? {
            return Ok(found);
        }
        let mut query = QueryBuilder::<sqlx::MySql>::new(
            "select p.pk from products p where match (p.words) against (",
        );
        query.push_bind(mysql_words(&search.words, way));
        query
            .push(" in boolean mode) and p.pk > ")
            .push_bind(after)
            .push(" and ");
        filter::push(&mut query, which, None);
        query.push(" order by p.pk limit ").push_bind(number(limit));
        query.build_query_scalar().fetch_all(pool).await
    }

    pub(super) async fn by_codes(
        &self,
        which: &ProductFilter,
        search: &Search,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        let pool = match &self.db {
            Db::Sqlite { readers, .. } => {
                let look = Look {
                    readers,
                    which,
                    search,
                };
                return look.by_codes(after, limit).await;
            }
            Db::MySql(pool) => pool,
        };
        // Walks over the index of SKUs, which is small. There is none of barcodes: these are
        // found by their beginnings, as words.
        let mut query = QueryBuilder::<sqlx::MySql>::new(
            "select p.pk from products s force index (products_sku) \
             straight_join products p on p.pk = s.pk where s.pk > ",
        );
        query.push_bind(after).push(" and ");
        filter::push(&mut query, which, None);
        query.push(" and ");
        push_codes(&mut query, search, &["s.sku"]);
        query.push(" order by p.pk limit ").push_bind(number(limit));
        query.build_query_scalar().fetch_all(pool).await
    }

    /// Looks among the few products of a part of the filter.
    async fn among(
        &self,
        which: &ProductFilter,
        search: &Search,
        part: Part,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        if let Db::Sqlite { readers, .. } = &self.db {
            let look = Look {
                readers,
                which,
                search,
            };
            if let Some(found) = look.among(after, limit).await? {
                return Ok(found);
            }
        }
        on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new("select p.pk from products p where ");
            filter::push(&mut query, which, Some(part));
            query.push(" and +p.pk > ").push_bind(after).push(" and ");
            push_check(&mut query, search, Check::WordsOrCodes);
            query.push(" order by +p.pk limit ").push_bind(number(limit));
            query.build_query_scalar().fetch_all(pool).await
        })
    }
}

/// A search in the search tables of a file.
struct Look<'a> {
    readers: &'a SqlitePool,
    which: &'a ProductFilter,
    search: &'a Search,
}

impl Look<'_> {
    async fn by_words(&self, way: Way, after: i64, limit: usize) -> sqlx::Result<Vec<i64>> {
        let is_exact = way == Way::WholeWords || self.search.words.len() == 1;
        let is_last_word = is_exact && self.search.is_alone(self.which);
        let (mut found, mut after) = (Vec::new(), after);
        while found.len() < limit {
            let wanted = match is_last_word {
                true => limit - found.len(),
                false => BATCH.max(limit),
            };
            let batch = self
                .in_table("products_words", &self.search.fts5(way), after, wanted)
                .await?;
            let Some(last) = batch.last().copied() else {
                break;
            };
            let is_end = batch.len() < wanted;
            let (sure, unsure) = match is_exact {
                true => (batch, Vec::new()),
                false => self.whole_words(batch, after).await?,
            };
            let sure = self.fitting(sure, Check::Nothing).await?;
            let unsure = self.fitting(unsure, Check::Words).await?;
            found.extend(merge(sure, unsure, wanted));
            if is_end {
                break;
            }
            after = last;
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Those of a batch that have the words as whole words, and the others.
    async fn whole_words(&self, batch: Vec<i64>, after: i64) -> sqlx::Result<(Vec<i64>, Vec<i64>)> {
        let read;
        let whole = match self.search.has_few() {
            true => &self.search.whole,
            false => {
                let terms = self.search.fts5(Way::WholeWords);
                read = self
                    .in_table("products_words", &terms, after, batch.len())
                    .await?;
                &read
            }
        };
        Ok(batch
            .into_iter()
            .partition(|pk| whole.binary_search(pk).is_ok()))
    }

    async fn by_codes(&self, after: i64, limit: usize) -> sqlx::Result<Vec<i64>> {
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
    async fn among(&self, after: i64, limit: usize) -> sqlx::Result<Option<Vec<i64>>> {
        let (mut sure, mut unsure, mut coded) = (Vec::new(), Vec::new(), Vec::new());
        if !self.search.words.is_empty() {
            let terms = self.search.fts5(Way::Words);
            let batch = self
                .in_table("products_words", &terms, after, SIFTED + 1)
                .await?;
            if batch.len() > SIFTED {
                return Ok(None);
            }
            (sure, unsure) = match self.search.words.len() {
                1 => (batch, Vec::new()),
                _ => self.whole_words(batch, after).await?,
            };
        }
        if !self.search.codes.is_empty() {
            let terms = trigrams(&self.search.codes);
            coded = self
                .in_table("products_codes", &terms, after, SIFTED + 1)
                .await?;
            if coded.len() > SIFTED {
                return Ok(None);
            }
        }
        let mut found = self.fitting(sure, Check::Nothing).await?;
        found.extend(self.fitting(unsure, Check::Words).await?);
        found.extend(self.fitting(coded, Check::Codes).await?);
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
        query.build_query_scalar().fetch_all(self.readers).await
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
        let mut sifted: Vec<i64> = query
            .build_query_scalar()
            .persistent(false)
            .fetch_all(self.readers)
            .await?;
        sifted.sort_unstable();
        Ok(sifted)
    }
}

/// Adds the condition that product `p` is one of these. As text the numbers, which are our own,
/// spare the database two thousand parameters. A plus keeps it from seeking each of them.
pub(super) fn push_numbers<DB: Database>(query: &mut QueryBuilder<DB>, pks: &[i64], seek: bool) {
    query.push(if seek { "p.pk in (" } else { "+p.pk in (" });
    let mut list = query.separated(",");
    for pk in pks {
        list.push(*pk);
    }
    query.push(")");
}

/// A limit as the databases take it.
pub(super) fn number(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Adds what is checked in product `p` itself.
fn push_check<DB: Database>(query: &mut QueryBuilder<DB>, search: &Search, check: Check)
where
    String: Encode<'static, DB> + Type<DB>,
{
    let codes = ["p.sku", "p.barcode"];
    match check {
        Check::Nothing => {
            query.push("1 = 1");
        }
        Check::Words => push_words(query, &search.words),
        Check::Codes => push_codes(query, search, &codes),
        Check::WordsOrCodes => {
            query.push("(");
            match search.words.is_empty() {
                true => {
                    query.push("1 = 0");
                }
                false => push_words(query, &search.words),
            }
            if !search.codes.is_empty() {
                query.push(" or ");
                push_codes(query, search, &codes);
            }
            query.push(")");
        }
    }
}

/// Adds the condition that each of the words is a word of product `p`.
pub(super) fn push_whole_words<DB: Database>(query: &mut QueryBuilder<DB>, words: &[String])
where
    String: Encode<'static, DB> + Type<DB>,
{
    let whole: Vec<String> = words.iter().map(|word| padded(word) + " ").collect();
    push_words(query, &whole);
}

/// Adds the condition that each of the words begins a word of product `p`.
pub(super) fn push_words<DB: Database>(query: &mut QueryBuilder<DB>, words: &[String])
where
    String: Encode<'static, DB> + Type<DB>,
{
    query.push("(1 = 1");
    for word in words {
        query
            .push(" and instr(p.words, ")
            .push_bind(format!(" {word}"))
            .push(") > 0");
    }
    query.push(")");
}

/// Adds the condition that product `p` has each code in one of the columns, and the words beside
/// the codes.
fn push_codes<DB: Database>(query: &mut QueryBuilder<DB>, search: &Search, columns: &[&str])
where
    String: Encode<'static, DB> + Type<DB>,
{
    query.push("(1 = 1");
    for code in &search.codes {
        // A server goes through all SKUs: a number needs no folding, which takes a third of it.
        let (from, to) = match code.chars().any(char::is_alphabetic) {
            true => ("lower(", ")"),
            false => ("", ""),
        };
        query.push(" and (1 = 0");
        for column in columns {
            query.push(" or instr(").push(from).push(column).push(to);
            query.push(", ").push_bind(code.clone()).push(") > 0");
        }
        query.push(")");
    }
    query.push(" and ");
    push_words(query, &search.other_words);
    query.push(")");
}

/// Words as MySQL's full-text search wants them: letters and digits only, so no operators.
fn mysql_words(words: &[String], way: Way) -> String {
    let terms: Vec<String> = words
        .iter()
        .map(|word| match way {
            Way::WholeWords => format!("+{}", padded(word)),
            _ => format!("+{word}*"),
        })
        .collect();
    terms.join(" ")
}

/// Two lists as one in ascending order, each number once.
pub(super) fn merge(one: Vec<i64>, other: Vec<i64>, limit: usize) -> Vec<i64> {
    let mut merged = one;
    merged.extend(other);
    merged.sort_unstable();
    merged.dedup();
    merged.truncate(limit);
    merged
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn lists_are_merged_in_order_and_without_doubles() {
        assert_eq!(merge(vec![1, 5, 9], vec![5, 2], 10), [1, 2, 5, 9]);
        assert_eq!(merge(vec![1, 5, 9], vec![5, 2], 2), [1, 2]);
    }
}
