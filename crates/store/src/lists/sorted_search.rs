//! Searches that find more than is sorted at once. In a catalogue of the usual size, or where a filter
//! leaves little, the whole list is walked in its order, what was found is picked from it, and kept
//! as row numbers for the next page. In a large catalogue a search stands in the order of its row
//! numbers, and says so.

use std::collections::HashSet;
use std::sync::Arc;

use domain::catalog::ProductFilter;
use domain::error::Result;

use super::kept::List;
use super::order::Walk;
use super::page::FEW;
use super::search::{CAP, SearchResult};
use super::unindexed::MOST;
use crate::Store;
use crate::retry::retrying;

impl Store {
    /// A page of a search that found many, in its order; none where it cannot be sorted in time.
    pub(super) async fn page_of_many(
        &self,
        (filter, order): List,
        found: &SearchResult,
        (offset, limit): (i64, i64),
    ) -> Result<Option<Vec<i64>>> {
        if found.pks.len() <= CAP || !self.can_walk_over(&filter).await? {
            return Ok(None);
        }
        let list = (filter, order);
        let moment = self.last_change().await?;
        let answer = self.cache.sorted_searches.slot(moment, &list);
        let all = answer
            .get_or_try_init(|| self.sorted_search(&list, found))
            .await?;
        let skip = usize::try_from(offset).unwrap_or(usize::MAX);
        let take = usize::try_from(limit).unwrap_or(0);
        Ok(Some(all.iter().skip(skip).take(take).copied().collect()))
    }

    /// Whether what the filter leaves without its search can be walked over from end to end.
    async fn can_walk_over(&self, filter: &ProductFilter) -> Result<bool> {
        let all = self.count(&ProductFilter::default()).await?;
        if all.exact && all.count <= MOST {
            return Ok(true);
        }
        let left = self.count(&without_search(filter)).await?;
        Ok(left.exact && left.count <= FEW)
    }

    async fn sorted_search(
        &self,
        (filter, order): &List,
        found: &SearchResult,
    ) -> Result<Arc<Vec<i64>>> {
        let SearchResult { search, way, .. } = found;
        let most = usize::try_from(MOST).unwrap_or(usize::MAX);
        let found = retrying!(self.matches(filter, search, *way, 0, most).await)?;
        let found: HashSet<i64> = found.into_iter().collect();
        let narrowed = without_search(filter);
        let rare = retrying!(self.rare_part(&narrowed, Some(*order)).await)?;
        let walk = Walk::shortest(*order, (0, i64::MAX), None, None);
        let mut sorted = self.walk_by(&narrowed, *order, &walk, rare).await?;
        sorted.retain(|pk| found.contains(pk));
        Ok(Arc::new(sorted))
    }
}

fn without_search(filter: &ProductFilter) -> ProductFilter {
    ProductFilter {
        search: None,
        ..filter.clone()
    }
}
