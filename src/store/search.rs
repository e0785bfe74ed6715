//! Search: what a person types finds products by the beginnings of words, and by any part of a
//! SKU or barcode.
//!
//! All words must be there. The effort is bounded: up to [`CAP`] products are found and sorted as
//! asked; when there are more, a person has to type more anyway. So the ways of looking go from
//! narrow to wide, and stop at the first that finds more than that.

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::Store;
use super::db::{Db, on};
use super::filter::{self, Part, brands, categories};
use super::fold::{padded, words};
use crate::catalog::ProductFilter;

/// How many found products are sorted and counted exactly.
pub(super) const CAP: usize = 1000;

/// A word that at most so many products have is a telling one.
const TELLING: i64 = 10_000;

/// The longest beginning of a word that SQLite's search table has an index for.
const INDEXED_BEGINNING: usize = 5;

/// What a person typed, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Search {
    /// Beginnings of words, all of which must be there.
    words: Vec<String>,
    /// The words beside the codes, for a search by code.
    other_words: Vec<String>,
    /// Parts of a SKU or barcode, in lower case, all of which must be there.
    codes: Vec<String>,
    /// Words that stand in every product that the filter lets through and in few others: they
    /// spare looking at the rest.
    telling: Vec<String>,
}

/// Which way of looking a search takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Whole words only: they alone find more than anybody looks through.
    WholeWords,
    /// By the beginnings of words.
    Words,
    /// By parts of SKUs and barcodes.
    Codes,
    /// By both.
    Both,
    /// By both, among the few products that fulfil a part of the filter.
    Among(Part),
}

impl Search {
    /// Takes apart what the filter looks for; nothing when there is nothing to look for.
    fn of(filter: &ProductFilter) -> Option<Self> {
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

    /// Words as SQLite's FTS5 wants them, the telling ones with them. Of several words the long
    /// ones are cut, to where the index of beginnings reaches: the text itself decides then.
    fn fts5(&self, way: Way) -> String {
        let mut terms: Vec<String> = self
            .words
            .iter()
            .map(|word| match way {
                Way::WholeWords => format!("\"{word}\""),
                _ => format!("\"{}\"*", indexed_beginning(word, self.words.len())),
            })
            .collect();
        terms.extend(self.telling.iter().map(|word| format!("\"{word}\"")));
        terms.join(" ")
    }
}

/// The runs of three characters in the codes, as SQLite's FTS5 wants them: all of them stand in a
/// SKU or barcode that has the codes, so a row that lacks one need not be looked at.
pub(super) fn trigrams(codes: &[String]) -> String {
    let mut terms = Vec::new();
    for code in codes {
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

/// The part of a word that is looked up. A number is left whole: many begin alike.
fn indexed_beginning(word: &str, words: usize) -> &str {
    if words == 1 || !word.chars().all(char::is_alphabetic) {
        return word;
    }
    match word.char_indices().nth(INDEXED_BEGINNING) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

/// The words of the one brand and the one category that the filter lets through.
fn filtered_words(filter: &ProductFilter) -> Vec<String> {
    let mut filtered = Vec::new();
    for values in [brands(filter), categories(filter)] {
        if let [one] = values {
            filtered.extend(words(one));
        }
    }
    filtered
}

/// Whether a term may be part of a SKU: it has a digit or a sign in it, or stands alone.
fn is_code(term: &str, terms: usize) -> bool {
    let telling = term.chars().any(|c| !c.is_alphabetic());
    let sayable = term.chars().any(char::is_alphanumeric);
    term.chars().count() >= 3 && sayable && (telling || terms == 1)
}

fn has_digit(code: &str) -> bool {
    code.chars().any(|c| c.is_ascii_digit())
}

impl Store {
    /// What the filter looks for; nothing when there is nothing to look for.
    pub(super) async fn search_of(&self, filter: &ProductFilter) -> sqlx::Result<Option<Search>> {
        let Some(mut search) = Search::of(filter) else {
            return Ok(None);
        };
        let Db::Sqlite { readers, .. } = &self.db else {
            return Ok(Some(search));
        };
        for word in filtered_words(filter) {
            let found: i64 = sqlx::query_scalar(
                "select count(*) from (select 1 from products_words where products_words match ? limit ?) w",
            )
            .bind(format!("\"{word}\""))
            .bind(TELLING + 1)
            .fetch_one(readers)
            .await?;
            if found <= TELLING {
                search.telling.push(word);
            }
        }
        Ok(Some(search))
    }

    /// Decides how to look, and gives the first `CAP + 1` products found that way.
    pub(super) async fn first_matches(
        &self,
        which: &ProductFilter,
        search: &Search,
    ) -> sqlx::Result<(Way, Vec<i64>)> {
        let is_told =
            !search.telling.is_empty() && !search.codes.iter().any(|code| has_digit(code));
        if !is_told && let Some(part) = self.rare_part(which, None).await? {
            let way = Way::Among(part);
            return Ok((way, self.matches(which, search, way, 0, CAP + 1).await?));
        }
        let mut by_words = Vec::new();
        for way in [Way::WholeWords, Way::Words] {
            if way == Way::WholeWords && self.has_few(search).await? {
                continue;
            }
            let found = self.matches(which, search, way, 0, CAP + 1).await?;
            if found.len() > CAP || (way == Way::Words && search.codes.is_empty()) {
                return self.rather_by_code(which, search, way, found).await;
            }
            by_words = found;
        }
        let by_codes = self.by_codes(which, search, 0, CAP + 1).await?;
        Ok((Way::Both, merge(by_words, by_codes, CAP + 1)))
    }

    /// Whether so few products have the words as whole words, in the trash or not, that it does
    /// not help to look for those first. Reads no product.
    async fn has_few(&self, search: &Search) -> sqlx::Result<bool> {
        let Db::Sqlite { readers, .. } = &self.db else {
            return Ok(false);
        };
        let found: i64 = sqlx::query_scalar(
            "select count(*) from (select 1 from products_words where products_words match ? limit ?) w",
        )
        .bind(search.fts5(Way::WholeWords))
        .bind(number(CAP + 1))
        .fetch_one(readers)
        .await?;
        Ok(found <= number(CAP))
    }

    /// When too many products have the words: whoever typed a number means the code.
    async fn rather_by_code(
        &self,
        which: &ProductFilter,
        search: &Search,
        way: Way,
        found: Vec<i64>,
    ) -> sqlx::Result<(Way, Vec<i64>)> {
        if search.codes.iter().any(|code| has_digit(code)) {
            let by_codes = self.matches(which, search, Way::Codes, 0, CAP + 1).await?;
            if !by_codes.is_empty() {
                return Ok((Way::Codes, by_codes));
            }
        }
        Ok((way, found))
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
            Way::WholeWords | Way::Words if search.words.is_empty() => Ok(Vec::new()),
            Way::WholeWords | Way::Words => self.by_words(which, search, way, after, limit).await,
            Way::Codes => self.by_codes(which, search, after, limit).await,
            Way::Among(part) => self.among(which, search, part, after, limit).await,
            Way::Both => {
                let by_words = match search.words.is_empty() {
                    true => Vec::new(),
                    false => self.by_words(which, search, way, after, limit).await?,
                };
                let by_codes = self.by_codes(which, search, after, limit).await?;
                Ok(merge(by_words, by_codes, limit))
            }
        }
    }

    async fn by_words(
        &self,
        which: &ProductFilter,
        search: &Search,
        way: Way,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        let words = &search.words;
        match &self.db {
            Db::Sqlite { readers, .. } => {
                let mut query = QueryBuilder::new(
                    "select p.pk from products_words cross join products p \
                     on p.pk = products_words.rowid where products_words match ",
                );
                query.push_bind(search.fts5(way));
                query
                    .push(" and products_words.rowid > ")
                    .push_bind(after)
                    .push(" and ");
                filter::push(&mut query, which, None);
                if way != Way::WholeWords && words.len() > 1 {
                    query.push(" and ");
                    push_words(&mut query, words);
                }
                query
                    .push(" order by products_words.rowid limit ")
                    .push_bind(number(limit));
                query.build_query_scalar().fetch_all(readers).await
            }
            Db::MySql(pool) => {
                let mut query = QueryBuilder::<sqlx::MySql>::new(
                    "select p.pk from products p where match (p.words) against (",
                );
                query.push_bind(mysql_words(words, way));
                query
                    .push(" in boolean mode) and p.pk > ")
                    .push_bind(after)
                    .push(" and ");
                filter::push(&mut query, which, None);
                query.push(" order by p.pk limit ").push_bind(number(limit));
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
        match &self.db {
            Db::Sqlite { readers, .. } => {
                let mut query = QueryBuilder::new(
                    "select p.pk from products_codes cross join products p \
                     on p.pk = products_codes.rowid where products_codes match ",
                );
                query.push_bind(trigrams(&search.codes));
                query
                    .push(" and products_codes.rowid > ")
                    .push_bind(after)
                    .push(" and ");
                filter::push(&mut query, which, None);
                query.push(" and ");
                push_codes(&mut query, search, &["p.sku", "p.barcode"]);
                query
                    .push(" order by products_codes.rowid limit ")
                    .push_bind(number(limit));
                query.build_query_scalar().fetch_all(readers).await
            }
            Db::MySql(pool) => {
                // Walks over the index of SKUs, which is small. There is none of barcodes: these
                // are found by their beginnings, as words.
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
        }
    }

    /// Looks at the few products of a part of the filter one by one.
    async fn among(
        &self,
        which: &ProductFilter,
        search: &Search,
        part: Part,
        after: i64,
        limit: usize,
    ) -> sqlx::Result<Vec<i64>> {
        on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new("select p.pk from products p where ");
            filter::push(&mut query, which, Some(part));
            query.push(" and +p.pk > ").push_bind(after).push(" and (");
            match search.words.is_empty() {
                true => {
                    query.push("1 = 0");
                }
                false => push_words(&mut query, &search.words),
            }
            if !search.codes.is_empty() {
                query.push(" or ");
                push_codes(&mut query, search, &["p.sku", "p.barcode"]);
            }
            query.push(") order by +p.pk limit ").push_bind(number(limit));
            query.build_query_scalar().fetch_all(pool).await
        })
    }
}

fn number(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Adds the condition that each of the words begins a word of product `p`.
fn push_words<DB: Database>(query: &mut QueryBuilder<DB>, words: &[String])
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
        query.push(" and (1 = 0");
        for column in columns {
            query.push(" or instr(lower(").push(column).push("), ");
            query.push_bind(code.clone()).push(") > 0");
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
    use super::{Search, Way};

    #[test]
    fn what_is_typed_is_taken_apart_into_words_and_codes() {
        let search = Search::parse("Blue t-shirt AB-12").unwrap();
        assert_eq!(search.words, ["blue", "t", "shirt", "ab", "12"]);
        assert_eq!(search.codes, ["t-shirt", "ab-12"]);
        assert_eq!(search.other_words, ["blue"]);
        assert_eq!(Search::parse("shirt").unwrap().codes, ["shirt"]);
        assert_eq!(
            Search::parse("blue shirt").unwrap().codes,
            Vec::<String>::new()
        );
    }

    #[test]
    fn long_words_are_looked_up_by_their_beginnings_unless_they_stand_alone() {
        let fts5 = |text: &str, way| Search::parse(text).unwrap().fts5(way);
        for (text, way, terms) in [
            ("copper kettle", Way::Words, "\"coppe\"* \"kettl\"*"),
            ("copper kettle", Way::WholeWords, "\"copper\" \"kettle\""),
            ("copper", Way::Words, "\"copper\"*"),
            ("mug 93000000", Way::Words, "\"mug\"* \"93000000\"*"),
        ] {
            assert_eq!(fts5(text, way), terms);
        }
    }

    #[test]
    fn blanks_and_lone_signs_look_for_nothing() {
        assert_eq!(Search::parse("  "), None);
        assert_eq!(Search::parse(" - *** "), None);
    }

    #[test]
    fn signs_of_the_query_language_are_plain_text() {
        let search = Search::parse("a\"b\"").unwrap();
        assert_eq!(super::trigrams(&search.codes), "\"a\"\"b\" \"\"\"b\"\"\"");
    }
}
