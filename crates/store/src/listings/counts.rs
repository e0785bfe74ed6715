//! How many listings of a channel there are of each sort.

use domain::channel::{LinkState, Sight};
use domain::error::Result;
use domain::values::RecordId;

use super::which::{changed, disputed, pending, with_problem};
use crate::Store;
use crate::db::on;
use crate::retry::retrying;
use crate::word::from_word;

/// How many listings of a channel there are of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListingCounts {
    /// Linked, and still in the shop.
    pub linked: i64,
    /// Of which no user has said yet what they are.
    pub unmatched: i64,
    /// Left alone.
    pub ignored: i64,
    /// To be created here.
    pub wanted_here: i64,
    /// To be created in the shop.
    pub wanted_there: i64,
    /// Linked, and gone from the shop.
    pub gone: i64,
    /// With a problem.
    pub problems: i64,
    /// On their way.
    pub pending: i64,
    /// Of which something is to be synced.
    pub to_sync: i64,
    /// Of which both sides changed the same field.
    pub disputed: i64,
}

/// Of those that stand in one way: all, and of them gone, with a problem, on their way, disputed, changed.
type Sums = (i64, i64, i64, i64, i64, i64);

/// The same as a row, with the way in which they stand before.
type ByLink = (String, i64, i64, i64, i64, i64, i64);

impl Store {
    /// How many listings of a channel there are of each sort.
    pub async fn count_listings(&self, channel: RecordId, sight: Sight) -> Result<ListingCounts> {
        let sum = |condition: &str| {
            format!("cast(sum(case when {condition} then 1 else 0 end) as signed)")
        };
        let sql = format!(
            "select l.link, count(*), {}, {}, {}, {}, {} from listings l where l.channel_id = ? group by l.link",
            sum("l.gone = 1"),
            sum(with_problem(sight)),
            sum(pending(sight)),
            sum(disputed(sight)),
            sum(changed(sight)),
        );
        let by_link: Vec<(LinkState, Sums)> = retrying!(on!(&self.db, pool => {
            let rows: Vec<ByLink> = sqlx::query_as(sqlx::AssertSqlSafe(sql.clone()))
                .bind(channel.uuid())
                .fetch_all(pool)
                .await?;
            let rows = rows.into_iter();
            rows.map(|(link, all, gone, problems, pending, disputed, changed)| {
                Ok((from_word(link)?, (all, gone, problems, pending, disputed, changed)))
            })
            .collect::<sqlx::Result<Vec<_>>>()
        }))?;
        let mut counts = ListingCounts::default();
        for (link, (all, gone, problems, pending, disputed, changed)) in by_link {
            counts.problems += problems;
            counts.pending += pending;
            match link {
                LinkState::Linked => {
                    (counts.linked, counts.gone) = (all - gone, gone);
                    (counts.disputed, counts.to_sync) = (disputed, counts.to_sync + changed);
                }
                LinkState::Unmatched => counts.unmatched = all - gone,
                LinkState::Ignored => counts.ignored = all,
                LinkState::WantedHere => {
                    counts.wanted_here = all;
                    counts.to_sync += all;
                }
                LinkState::WantedThere => {
                    counts.wanted_there = all;
                    counts.to_sync += all;
                }
            }
        }
        Ok(counts)
    }
}
