//! Search: what a person types finds products by the beginnings of words, and by any part of a
//! SKU or barcode.
//!
//! All words must be there. The effort is bounded: up to [`CAP`] products are found and sorted as
//! asked; when there are more, a person has to type more anyway. So the ways of looking go from
//! narrow to wide, and stop at the first that finds more than that.

pub(super) mod find;
mod sample;
mod tables;

use std::sync::Arc;

use sqlx::SqlitePool;

use self::find::merge;
use self::sample::{Sample, sample};
use super::filter::{Part, brands, categories, parts};
use crate::Store;
use crate::db::Db;
use crate::fold::words;
use crate::retry::retrying;
use domain::catalog::ProductFilter;
use domain::error::{Error, Result};

/// How many found products are sorted.
pub(crate) const CAP: usize = 1000;

/// So many products in the trash are left out by their row numbers rather than by reading each
/// product that is found.
const SMALL_TRASH: i64 = 5000;

/// A word that at most so many products have is a telling one.
const TELLING: i64 = 10_000;

/// The longest beginning of a word that SQLite's search table has an index for.
const INDEXED_BEGINNING: usize = 5;

/// What a person typed, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Search {
    /// Beginnings of words, all of which must be there.
    words: Vec<String>,
    /// The words beside the codes, for a search by code.
    other_words: Vec<String>,
    /// Parts of a SKU or barcode, in lower case, all of which must be there.
    codes: Vec<String>,
    /// In a file: words that stand in every product that the filter lets through. They spare
    /// looking at most of the rest.
    telling: Vec<String>,
    /// A part of the filter that few products fulfil.
    pub(super) rare: Option<Part>,
    /// On a server: how many products have the words.
    sample: Option<Sample>,
    /// In a file: whether few products lie in the trash.
    small_trash: bool,
}

/// What was found.
pub(crate) struct SearchResult {
    pub(crate) search: Search,
    pub(crate) way: Way,
    /// The first [`CAP`] + 1 products, by row number.
    pub(crate) pks: Vec<i64>,
}

/// Which way of looking a search takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// By the beginnings of words.
    Words,
    /// By parts of SKUs and barcodes.
    Codes,
    /// By both.
    Both,
    /// By both, among the few products that fulfil a part of the filter.
    Among(Part),
}

/// How SQLite's search table is asked for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terms {
    /// Long words are cut to where the index of beginnings reaches, and what is found is checked:
    /// quick when many products have the words.
    Cut,
    /// Words as they are. For a long one, all products that have it are collected before the first
    /// one comes: quick when few have it.
    Whole,
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

    /// Whether a code has a digit: a user who types a number means the code.
    fn is_numbered(&self) -> bool {
        let mut chars = self.codes.iter().flat_map(|code| code.chars());
        chars.any(|c| c.is_ascii_digit())
    }

    /// Whether a file's search tables can answer without any product being read: the filter says
    /// nothing else.
    fn is_alone(&self, filter: &ProductFilter) -> bool {
        self.small_trash
            && filter.trashed != Some(true)
            && parts(filter).is_empty()
            && filter.family.is_none()
    }

    /// Whether these terms are all that has to be looked at.
    fn is_exact(&self, terms: Terms) -> bool {
        terms == Terms::Whole || self.words.iter().all(|word| word == cut(word))
    }

    /// The words as SQLite's FTS5 wants them, the telling ones with them.
    fn fts5(&self, terms: Terms) -> String {
        let beginnings = self.words.iter().map(|word| match terms {
            Terms::Cut => format!("\"{}\"*", cut(word)),
            Terms::Whole => format!("\"{word}\"*"),
        });
        let telling = self.telling.iter().map(|word| format!("\"{word}\""));
        beginnings.chain(telling).collect::<Vec<_>>().join(" ")
    }
}

/// The runs of three characters in the codes, as SQLite's FTS5 wants them: all of them stand in a
/// SKU or barcode that has the codes, so a row that lacks one need not be looked at.
pub(crate) fn trigrams(codes: &[String]) -> String {
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

/// The part of a word that the index of beginnings reaches. A number is left whole: many begin
/// alike.
fn cut(word: &str) -> &str {
    if !word.chars().all(char::is_alphabetic) {
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

impl Store {
    /// What is found of what the filter looks for; nothing when it looks for nothing.
    pub(crate) async fn find(&self, filter: &ProductFilter) -> Result<Option<Arc<SearchResult>>> {
        let Some(search) = Search::of(filter) else {
            return Ok(None);
        };
        let moment = self.last_change().await?;
        let slot = self.cache.searches.slot(moment, filter);
        let found = slot.get_or_try_init(async || {
            let search = retrying!(self.prepared(filter, search.clone()).await)?;
            let (way, pks) = retrying!(self.first_matches(filter, &search).await)?;
            Ok::<_, Error>(Arc::new(SearchResult { search, way, pks }))
        });
        Ok(Some(Arc::clone(found.await?)))
    }

    /// Looks at what else the filter says.
    async fn prepared(&self, filter: &ProductFilter, mut search: Search) -> sqlx::Result<Search> {
        search.rare = self.rare_part(filter, None).await?;
        let pool = match &self.db {
            Db::Sqlite { lists, .. } => lists,
            Db::MySql(pool) => {
                if search.rare.is_none() && !search.words.is_empty() {
                    search.sample = Some(sample(pool, filter, &search).await?);
                }
                return Ok(search);
            }
        };
        let trash = "select count(*) from (select 1 from products where deleted = 1 limit ?) t";
        let trash: i64 = sqlx::query_scalar(trash)
            .bind(SMALL_TRASH + 1)
            .fetch_one(pool)
            .await?;
        search.small_trash = trash <= SMALL_TRASH;
        for word in filtered_words(filter) {
            // Among few products the search table need not narrow much, and looking up a word
            // that nearly all products have would take longer than it spares.
            if search.rare.is_none() || has_at_most(pool, &word, TELLING).await? {
                search.telling.push(word);
            }
        }
        Ok(search)
    }

    /// Decides how to look, and gives the first `CAP + 1` products found that way.
    async fn first_matches(
        &self,
        which: &ProductFilter,
        search: &Search,
    ) -> sqlx::Result<(Way, Vec<i64>)> {
        if let Some(part) = search.rare {
            let way = Way::Among(part);
            return Ok((way, self.matches(which, search, way, 0, CAP + 1).await?));
        }
        let mut by_codes = Vec::new();
        if search.is_numbered() {
            by_codes = self.by_codes(which, search, 0, CAP + 1).await?;
            if by_codes.len() > CAP {
                return Ok((Way::Codes, by_codes));
            }
        }
        let by_words = self.matches(which, search, Way::Words, 0, CAP + 1).await?;
        if by_words.len() > CAP && !by_codes.is_empty() {
            return Ok((Way::Codes, by_codes));
        }
        if by_words.len() > CAP || search.codes.is_empty() {
            return Ok((Way::Words, by_words));
        }
        if !search.is_numbered() {
            by_codes = self.by_codes(which, search, 0, CAP + 1).await?;
        }
        Ok((Way::Both, merge(by_words, by_codes, CAP + 1)))
    }
}

/// Whether a file has at most so many products with a word.
async fn has_at_most(pool: &SqlitePool, word: &str, most: i64) -> sqlx::Result<bool> {
    let found: i64 = sqlx::query_scalar(
        "select count(*) from (select 1 from products_words where products_words match ? limit ?) w",
    )
    .bind(format!("\"{word}\""))
    .bind(most + 1)
    .fetch_one(pool)
    .await?;
    Ok(found <= most)
}

#[cfg(test)]
mod tests {
    use super::{Search, Terms};

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
    fn long_words_are_looked_up_by_their_beginnings_and_numbers_whole() {
        for (text, cut, whole, is_exact) in [
            (
                "copper kettle",
                "\"coppe\"* \"kettl\"*",
                "\"copper\"* \"kettle\"*",
                false,
            ),
            (
                "mug 93000000",
                "\"mug\"* \"93000000\"*",
                "\"mug\"* \"93000000\"*",
                true,
            ),
        ] {
            let search = Search::parse(text).unwrap();
            assert_eq!(search.fts5(Terms::Cut), cut);
            assert_eq!(search.fts5(Terms::Whole), whole);
            assert_eq!(search.is_exact(Terms::Cut), is_exact);
            assert!(search.is_exact(Terms::Whole));
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
