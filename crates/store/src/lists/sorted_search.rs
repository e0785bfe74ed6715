//! Searches that find more than is sorted at once. What was found is sorted as a whole and kept as row
//! numbers for the next page: in a catalogue of the usual size, or where a filter leaves little, by walking
//! the list in its order and picking what was found from it; in a large one by reading what was found, as
//! long as that is not too much. Beyond that a search stands in the order of its row numbers, and says so.

use std::collections::HashSet;
use std::sync::Arc;

use domain::catalog::ProductFilter;
use domain::error::Result;
use domain::record::Field;

use super::by_field::ByField;
use super::kept::List;
use super::order::{Order, Walk};
use super::page::FEW;
use super::search::{CAP, SearchResult};
use super::unindexed::MOST;
use crate::Store;
use crate::retry::retrying;

/// So many found products are read to sort them, in a catalogue of any size: about a tenth of a second.
const READ: usize = 20_000;

/// The row numbers of a search in its order; none where there are too many to sort.
pub(super) type Sorted = Option<Vec<i64>>;

impl Store {
    /// A page of a search that found many, in its order; none where it cannot be sorted in time.
    pub(super) async fn page_of_many(
        &self,
        (filter, order): List,
        found: &SearchResult,
        page: (i64, i64),
    ) -> Result<Option<Vec<i64>>> {
        if found.pks.len() <= CAP {
            return Ok(None);
        }
        let list = (filter, order);
        let moment = self.last_change().await?;
        let answer = self.cache.sorted_searches.slot(moment, &list);
        let all = answer
            .get_or_try_init(async || {
                let (filter, order) = &list;
                let sorted = match self.can_walk_over(filter).await? {
                    true => Some(self.picked(filter, *order, found).await?),
                    false => self.read_sorted(filter, *order, found).await?,
                };
                Ok::<_, domain::error::Error>(Arc::new(sorted))
            })
            .await?;
        Ok(cut(all, page))
    }

    /// The same of a list that is sorted by a field of the workspace's own.
    pub(super) async fn page_of_many_by(
        &self,
        (filter, order): (&ProductFilter, &ByField),
        found: &SearchResult,
        page: (i64, i64),
    ) -> Result<Option<Vec<i64>>> {
        let moment = self.last_change().await?;
        let list: (ProductFilter, (Field, bool)) =
            (filter.clone(), (order.field, order.descending));
        let answer = self.cache.sorted_by_field.slot(moment, &list);
        let all = answer
            .get_or_try_init(async || {
                let sorted = match self.found_to_read(filter, found).await? {
                    Some(pks) => Some(retrying!(self.sorted_found(order, &pks).await)?),
                    None => None,
                };
                Ok::<_, domain::error::Error>(Arc::new(sorted))
            })
            .await?;
        Ok(cut(all, page))
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

    /// What was found, picked from the list in its order.
    async fn picked(
        &self,
        filter: &ProductFilter,
        order: Order,
        found: &SearchResult,
    ) -> Result<Vec<i64>> {
        let SearchResult { search, way, .. } = found;
        let most = usize::try_from(MOST).unwrap_or(usize::MAX);
        let found = retrying!(self.matches(filter, search, *way, 0, most).await)?;
        let found: HashSet<i64> = found.into_iter().collect();
        let narrowed = without_search(filter);
        let rare = retrying!(self.rare_part(&narrowed, Some(order)).await)?;
        let walk = Walk::shortest(order, (0, i64::MAX), None, None);
        let mut sorted = self.walk_by(&narrowed, order, &walk, rare).await?;
        sorted.retain(|pk| found.contains(pk));
        Ok(sorted)
    }

    /// What was found, read and sorted.
    async fn read_sorted(
        &self,
        filter: &ProductFilter,
        order: Order,
        found: &SearchResult,
    ) -> Result<Sorted> {
        let Some(pks) = self.found_to_read(filter, found).await? else {
            return Ok(None);
        };
        let all = (0, i64::MAX);
        let sorted = retrying!(self.sorted_page((filter, None), &pks, order, all).await)?;
        Ok(Some(sorted))
    }

    /// All that was found, where it is not too much to be read.
    async fn found_to_read(
        &self,
        filter: &ProductFilter,
        found: &SearchResult,
    ) -> Result<Option<Vec<i64>>> {
        let SearchResult { search, way, .. } = found;
        let pks = retrying!(self.matches(filter, search, *way, 0, READ + 1).await)?;
        Ok((pks.len() <= READ).then_some(pks))
    }
}

fn cut(all: &Sorted, (offset, limit): (i64, i64)) -> Option<Vec<i64>> {
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(0);
    let all = all.as_ref()?;
    Some(all.iter().skip(skip).take(take).copied().collect())
}

fn without_search(filter: &ProductFilter) -> ProductFilter {
    ProductFilter {
        search: None,
        ..filter.clone()
    }
}
