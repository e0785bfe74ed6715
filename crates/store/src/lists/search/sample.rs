//! How common the words of a search are on a server, estimated from a few stretches of the catalogue.
//!
//! The server's full-text index collects every product that has a word before it gives the first:
//! several tenths of a second for a common word, seconds for one letter. Going through the
//! products one after the other finds enough of them in a few milliseconds, when they are common.

use sqlx::{MySql, MySqlPool, QueryBuilder};

use super::Search;
use super::find::{number, push_words};
use crate::lists::filter;
use domain::catalog::ProductFilter;

/// How many stretches are looked at, and how many products each has at most.
const STRETCHES: i64 = 8;
const STRETCH: i64 = 1000;
/// From so many matches in a hundred products on, going through the products is quicker.
const COMMON: i64 = 1;
/// How many products are gone through.
const GONE_THROUGH: i64 = 100_000;

/// What the stretches had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample {
    matches: i64,
    looked_at: i64,
    /// The last row number of the catalogue.
    last: i64,
}

impl Sample {
    /// Whether it is quicker to go through the products than to ask the index.
    fn is_common(self) -> bool {
        self.matches * 100 >= COMMON * self.looked_at.max(1)
    }

    /// The stretches of row numbers to look at, from the first to the last.
    fn stretches(last: i64) -> Vec<(i64, i64)> {
        let step = (last / STRETCHES).max(STRETCH);
        (0..STRETCHES)
            .map(|n| (n * step + 1, n * step + STRETCH))
            .take_while(|(first, _)| *first <= last)
            .collect()
    }
}

/// Takes a sample.
pub(super) async fn sample(
    pool: &MySqlPool,
    which: &ProductFilter,
    search: &Search,
) -> sqlx::Result<Sample> {
    let last: Option<i64> = sqlx::query_scalar("select max(pk) from products")
        .fetch_one(pool)
        .await?;
    let last = last.unwrap_or(0);
    let stretches = Sample::stretches(last);
    let looked_at = stretches
        .iter()
        .map(|(from, to)| to.min(&last) - from + 1)
        .sum();
    if stretches.is_empty() {
        return Ok(Sample {
            matches: 0,
            looked_at,
            last,
        });
    }
    let mut query =
        QueryBuilder::<MySql>::new("select count(*) from products p force index (primary) where (");
    let mut any = query.separated(" or ");
    for (from, to) in stretches {
        any.push(format_args!("p.pk between {from} and {to}"));
    }
    query.push(") and ");
    filter::push(&mut query, which, None);
    query.push(" and ");
    push_words(&mut query, &search.words);
    let matches: i64 = query
        .build_query_scalar()
        .persistent(false)
        .fetch_one(pool)
        .await?;
    Ok(Sample {
        matches,
        looked_at,
        last,
    })
}

/// Goes through the products above `after` in the order of their row numbers, where the words are
/// common: nothing when they are not, or when it finds less than `limit` before it has gone through all.
pub(super) async fn go_through(
    pool: &MySqlPool,
    (which, search): (&ProductFilter, &Search),
    after: i64,
    limit: usize,
) -> sqlx::Result<Option<Vec<i64>>> {
    let Some(sample) = search.sample.filter(|sample| sample.is_common()) else {
        return Ok(None);
    };
    let end = after.saturating_add(GONE_THROUGH);
    let mut query = QueryBuilder::<MySql>::new(
        "select p.pk from products p force index (primary) where p.pk > ",
    );
    query.push_bind(after).push(" and p.pk <= ");
    query.push_bind(end).push(" and ");
    filter::push(&mut query, which, None);
    query.push(" and ");
    push_words(&mut query, &search.words);
    query.push(" order by p.pk limit ").push_bind(number(limit));
    let found: Vec<i64> = query.build_query_scalar().fetch_all(pool).await?;
    Ok((found.len() >= limit || end >= sample.last).then_some(found))
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn stretches_reach_over_the_whole_catalogue_and_not_beyond_it() {
        assert_eq!(Sample::stretches(0), []);
        assert_eq!(Sample::stretches(1500), [(1, 1000), (1001, 2000)]);
        let long = Sample::stretches(1_000_000);
        assert_eq!(long.len(), 8);
        assert_eq!(long.first(), Some(&(1, 1000)));
        assert_eq!(long.last(), Some(&(875_001, 876_000)));
    }

    #[test]
    fn one_in_a_hundred_is_common() {
        for (matches, is_common) in [(0, false), (79, false), (80, true)] {
            let looked_at = 8000;
            let sample = Sample {
                matches,
                looked_at,
                last: looked_at,
            };
            assert_eq!(sample.is_common(), is_common);
        }
    }
}
