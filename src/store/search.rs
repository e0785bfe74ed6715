//! Search: what a person types finds products by the beginnings of words, and by any part of a
//! SKU or barcode.
//!
//! All words must be there. The effort is bounded: up to [`CAP`] products are found and sorted as
//! asked; when there are more, a person has to type more anyway.

use sqlx::QueryBuilder;

use super::Store;
use super::db::{Db, on};
use super::filter;
use super::fold::words;
use crate::catalog::ProductFilter;

/// How many found products are sorted and counted exactly.
pub(super) const CAP: usize = 2000;

/// What a person typed, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Search {
    /// Beginnings of words, all of which must be there.
    words: Vec<String>,
    /// The words beside the codes, for a search by code.
    other_words: Vec<String>,
    /// Parts of a SKU or barcode, in lower case, all of which must be there.
    codes: Vec<String>,
}

/// Which way of looking a search takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By words.
    Words,
    /// By parts of SKUs and barcodes.
    Codes,
    /// By both.
    Both,
}

impl Search {
    /// Takes apart what the filter looks for; nothing when there is nothing to look for.
    pub(super) fn of(filter: &ProductFilter) -> Option<Self> {
        filter.search.as_deref().and_then(Self::parse)
    }

    fn parse(text: &str) -> Option<Self> {
        let terms: Vec<&str> = text.split_whitespace().collect();
        let mut search = Self::default();
        for term in &terms {
            let in_term = words(term);
            search.words.extend(in_term.iter().cloned());
            if is_code(term, terms.len()) {
                search.codes.push(term.to_lowercase());
            } else {
                search.other_words.extend(in_term);
            }
        }
        (!search.words.is_empty() || !search.codes.is_empty()).then_some(search)
    }

    /// The words as SQLite's FTS5 wants them.
    fn fts5(words: &[String]) -> String {
        let terms: Vec<String> = words.iter().map(|word| format!("\"{word}\"*")).collect();
        terms.join(" ")
    }

    /// The runs of three characters in the codes: all of them stand in a SKU or barcode that has
    /// the codes, so a row that lacks one need not be looked at.
    fn trigrams(&self) -> String {
        let mut terms = Vec::new();
        for code in &self.codes {
            let chars: Vec<char> = code.chars().collect();
            for three in chars.windows(3).take(30) {
                terms.push(format!(
                    "\"{}\"",
                    String::from_iter(three).replace('"', "\"\"")
                ));
            }
        }
        terms.join(" ")
    }

    /// Splits words into those that MySQL's full-text index knows and those that it leaves out.
    fn indexed(words: &[String]) -> (Vec<String>, Vec<String>) {
        words.iter().cloned().partition(|word| {
            word.chars().count() >= 3 && !MYSQL_STOP_WORDS.contains(&word.as_str())
        })
    }
}

/// Words that InnoDB leaves out of a full-text index, as `information_schema` lists them.
const MYSQL_STOP_WORDS: [&str; 18] = [
    "about", "are", "com", "for", "from", "how", "that", "the", "this", "was", "what", "when",
    "where", "who", "will", "with", "und", "www",
];

/// Whether a term may be part of a SKU: it has a digit or a sign in it, or stands alone.
fn is_code(term: &str, terms: usize) -> bool {
    let telling = term.chars().any(|c| !c.is_alphabetic());
    let sayable = term.chars().any(char::is_alphanumeric);
    term.chars().count() >= 3 && sayable && (telling || terms == 1)
}

impl Store {
    /// Decides how to look, and gives the first `CAP + 1` products found that way.
    pub(super) async fn first_matches(
        &self,
        which: &ProductFilter,
        search: &Search,
    ) -> sqlx::Result<(Way, Vec<i64>)> {
        let by_words = self.matches(which, search, Way::Words, 0, CAP + 1).await?;
        if search.codes.is_empty() {
            return Ok((Way::Words, by_words));
        }
        let by_codes = self.matches(which, search, Way::Codes, 0, CAP + 1).await?;
        if by_words.len() > CAP {
            // Too many have words that begin so; whoever typed a code means the code.
            return Ok(match by_codes.is_empty() {
                true => (Way::Words, by_words),
                false => (Way::Codes, by_codes),
            });
        }
        Ok((Way::Both, merge(by_words, by_codes, CAP + 1)))
    }

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
            Way::Words if search.words.is_empty() => Ok(Vec::new()),
            Way::Words => self.by_words(which, &search.words, after, limit).await,
            Way::Codes => self.by_codes(which, search, after, limit).await,
            Way::Both => {
                let by_words = match search.words.is_empty() {
                    true => Vec::new(),
                    false => self.by_words(which, &search.words, after, limit).await?,
                };
                let by_codes = self.by_codes(which, search, after, limit).await?;
                Ok(merge(by_words, by_codes, limit))
            }
        }
    }

    async fn by_words(
        &self,
        which: &ProductFilter,
        words: &[String],
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        match &self.db {
            Db::Sqlite { readers, .. } => {
                let mut query = QueryBuilder::new(
                    "select p.pk from products_words cross join products p \
                     on p.pk = products_words.rowid where products_words match ",
                );
                query.push_bind(Search::fts5(words));
                query
                    .push(" and products_words.rowid > ")
                    .push_bind(after)
                    .push(" and ");
                filter::push(&mut query, which, None);
                query
                    .push(" order by products_words.rowid limit ")
                    .push_bind(limit);
                query.build_query_scalar().fetch_all(readers).await
            }
            Db::MySql(pool) => {
                let mut query =
                    QueryBuilder::<sqlx::MySql>::new("select p.pk from products p where ");
                push_mysql_words(&mut query, words);
                query.push("p.pk > ").push_bind(after).push(" and ");
                filter::push(&mut query, which, None);
                query.push(" order by p.pk limit ").push_bind(limit);
                query.build_query_scalar().fetch_all(pool).await
            }
        }
    }

    async fn by_codes(
        &self,
        which: &ProductFilter,
        search: &Search,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new("select p.pk from ");
            let is_sqlite = matches!(self.db, Db::Sqlite { .. });
            if is_sqlite {
                query.push(
                    "products_codes cross join products p on p.pk = products_codes.rowid \
                     where products_codes match ",
                );
                query.push_bind(search.trigrams());
                query.push(" and products_codes.rowid > ").push_bind(after).push(" and ");
            } else {
                query.push("products p where p.pk > ").push_bind(after).push(" and ");
            }
            filter::push(&mut query, which, None);
            for code in &search.codes {
                query.push(" and (instr(lower(p.sku), ").push_bind(code.clone());
                query.push(") > 0 or instr(lower(p.barcode), ").push_bind(code.clone());
                query.push(") > 0)");
            }
            for word in &search.other_words {
                query.push(" and instr(p.words, ").push_bind(format!(" {word}")).push(") > 0");
            }
            query.push(if is_sqlite { " order by products_codes.rowid" } else { " order by p.pk" });
            query.push(" limit ").push_bind(limit);
            query.build_query_scalar().fetch_all(pool).await
        })
    }
}

fn push_mysql_words(query: &mut QueryBuilder<sqlx::MySql>, words: &[String]) {
    let (indexed, left_out) = Search::indexed(words);
    if !indexed.is_empty() {
        let terms: Vec<String> = indexed.iter().map(|word| format!("+{word}*")).collect();
        query
            .push("match (p.words) against (")
            .push_bind(terms.join(" "));
        query.push(" in boolean mode) and ");
    }
    for word in left_out {
        query
            .push("instr(p.words, ")
            .push_bind(format!(" {word}"))
            .push(") > 0 and ");
    }
}

/// Two ascending lists as one, each number once.
fn merge(one: Vec<i64>, other: Vec<i64>, limit: usize) -> Vec<i64> {
    let mut merged = one;
    merged.extend(other);
    merged.sort_unstable();
    merged.dedup();
    merged.truncate(limit);
    merged
}

#[cfg(test)]
mod tests {
    use super::Search;

    #[test]
    fn what_is_typed_is_taken_apart_into_words_and_codes() {
        let search = Search::parse("Blue t-shirt AB-12").unwrap();
        assert_eq!(search.words, ["blue", "t", "shirt", "ab", "12"]);
        assert_eq!(search.codes, ["t-shirt", "ab-12"]);
        assert_eq!(search.other_words, ["blue"]);
        assert_eq!(Search::fts5(&search.words[..2]), "\"blue\"* \"t\"*");
        assert_eq!(Search::parse("shirt").unwrap().codes, ["shirt"]);
        assert_eq!(
            Search::parse("blue shirt").unwrap().codes,
            Vec::<String>::new()
        );
    }

    #[test]
    fn blanks_and_lone_signs_look_for_nothing() {
        assert_eq!(Search::parse("  "), None);
        assert_eq!(Search::parse(" - *** "), None);
    }

    #[test]
    fn signs_of_the_query_language_are_plain_text() {
        let search = Search::parse("a\"b\"").unwrap();
        assert_eq!(search.trigrams(), "\"a\"\"b\" \"\"\"b\"\"\"");
    }
}
