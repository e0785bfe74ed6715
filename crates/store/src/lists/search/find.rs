//! Finding products by words and codes, as each of the two databases does it best: a file by its
//! search tables, a server by its full-text index or by going through the products.

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::sample::go_through;
use super::tables::Look;
use super::{Search, Way};
use crate::Store;
use crate::db::{Db, on_lists};
use crate::lists::filter::{self, Part};
use domain::catalog::ProductFilter;

/// What has to be looked up in the products that a search table gave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    Nothing,
    Words,
    Codes,
    WordsOrCodes,
}

impl Store {
    /// The products found with row numbers above `after`, by row number, at most `limit`.
    pub(crate) async fn matches(
        &self,
        which: &ProductFilter,
        search: &Search,
        way: Way,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        match way {
            Way::Words => self.by_words(which, search, after, limit).await,
            Way::Codes => self.by_codes(which, search, after, limit).await,
            Way::Among(part) => self.among(which, search, part, after, limit).await,
            Way::Both => {
                let by_words = self.by_words(which, search, after, limit).await?;
                let by_codes = self.by_codes(which, search, after, limit).await?;
                Ok(merge(by_words, by_codes, limit))
            }
        }
    }

    async fn by_words(
        &self,
        which: &ProductFilter,
        search: &Search,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        if search.words.is_empty() {
            return Ok(Vec::new());
        }
        let pool = match &self.db {
            Db::Sqlite { lists, .. } => {
                let look = Look::new(lists, which, search);
                return look.by_words(after, limit).await;
            }
            Db::MySql(pool) => pool,
        };
        if let Some(found) = go_through(pool, (which, search), after, limit).await? {
            return Ok(found);
        }
        let mut query = QueryBuilder::<sqlx::MySql>::new(
            "select p.pk from products p where match (p.words) against (",
        );
        query.push_bind(mysql_words(&search.words));
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
            Db::Sqlite { lists, .. } => {
                return Look::new(lists, which, search).by_codes(after, limit).await;
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
        if let Db::Sqlite { lists, .. } = &self.db
            && let Some(found) = Look::new(lists, which, search).among(after, limit).await?
        {
            return Ok(found);
        }
        on_lists!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new("select p.pk from products p where ");
            filter::push(&mut query, which, Some(part));
            query.push(" and +p.pk > ").push_bind(after).push(" and ");
            push_check(&mut query, search, Check::WordsOrCodes);
            query.push(" order by +p.pk limit ").push_bind(number(limit));
            query.build_query_scalar().fetch_all(pool).await
        })
    }
}

/// Adds the condition that product `p` is one of these. As text the numbers, which are our own,
/// spare the database two thousand parameters. A plus keeps it from seeking each of them.
pub(crate) fn push_numbers<DB: Database>(query: &mut QueryBuilder<DB>, pks: &[i64], seek: bool) {
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
pub(super) fn push_check<DB: Database>(query: &mut QueryBuilder<DB>, search: &Search, check: Check)
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
fn mysql_words(words: &[String]) -> String {
    let terms: Vec<String> = words.iter().map(|word| format!("+{word}*")).collect();
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
