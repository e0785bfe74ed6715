//! Short lists in a file that are filtered by fields of the workspace's own: no index of the products has
//! them in their order, and walking along one meets few of them. They are sorted once, and kept as row
//! numbers.

use std::sync::Arc;

use domain::catalog::ProductFilter;
use domain::error::Result;

use super::custom_filter::custom;
use super::filter::Part;
use super::kept::List;
use super::order::{FAR, Order, Walk};
use crate::Store;
use crate::db::Db;
use crate::retry::retrying;

/// Up to how many entries of a filter are sorted.
const MANY: i64 = 50_000;

impl Store {
    /// A page of a short list that is kept, or that is far down one; none where the page is found quicker by
    /// walking to it. Then the list is sorted beside the work, for the next page.
    pub(super) async fn page_of_short(
        &self,
        filter: &ProductFilter,
        order: Order,
        (offset, limit): (i64, i64),
    ) -> Result<Option<Vec<i64>>> {
        if !matches!(self.db, Db::Sqlite { .. }) {
            return Ok(None);
        }
        let Some(by) = retrying!(self.rarest_custom(filter, MANY).await)? else {
            return Ok(None);
        };
        let list = (filter.clone(), order);
        let answer = self.cache.short.slot(self.last_change().await?, &list);
        if offset < FAR && answer.get().is_none() {
            let store = self.clone();
            tokio::spawn(async move {
                // Without it the next page is walked to as well.
                drop(
                    answer
                        .get_or_try_init(|| store.sorted_whole(&list, by))
                        .await,
                );
            });
            return Ok(None);
        }
        let all = answer
            .get_or_try_init(|| self.sorted_whole(&list, by))
            .await?;
        let skip = usize::try_from(offset).unwrap_or(usize::MAX);
        let take = usize::try_from(limit).unwrap_or(0);
        Ok(Some(all.iter().skip(skip).take(take).copied().collect()))
    }

    async fn sorted_whole(&self, (filter, order): &List, by: Part) -> Result<Arc<Vec<i64>>> {
        let all = Walk::shortest(*order, (0, i64::MAX), None, None);
        Ok(Arc::new(
            self.walk_by(filter, *order, &all, Some(by)).await?,
        ))
    }

    /// The filter by a field of the workspace's own that the fewest products fulfil, when these are at most
    /// so many.
    pub(super) async fn rarest_custom(
        &self,
        filter: &ProductFilter,
        most: i64,
    ) -> sqlx::Result<Option<Part>> {
        let mut rarest = (most + 1, None);
        for at in 0..custom(filter).len() {
            let found = self.entries_of(filter, at, rarest.0).await?;
            if found < rarest.0 {
                rarest = (found, Some(Part::Custom(at)));
            }
        }
        Ok(rarest.1)
    }
}
