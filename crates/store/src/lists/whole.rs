//! Whole lists in a file, as row numbers in their order: of those that no index has in that order, because
//! they are filtered or sorted by fields of the workspace's own. A list of a million takes 8 MB.
//!
//! It is read beside the work once a page near the top was shown, so that a jump into its middle finds it.

use std::sync::Arc;

use domain::catalog::ProductFilter;
use domain::error::{Error, Result};
use domain::record::Field;

use super::custom_filter::custom;
use super::filter::Part;
use super::order::{Order, Walk};
use crate::Store;
use crate::db::Db;
use crate::retry::retrying;

/// From which offset on the whole list is waited for.
const FAR: i64 = 2000;
/// Up to how many entries of a filter are sorted.
pub(super) const MANY: i64 = 50_000;

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorting {
    /// A column of the products.
    Column(Order),
    /// A field of the workspace's own, and whether its values descend.
    Custom(Field, bool),
}

/// Which products in which order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WholeList {
    pub(super) filter: ProductFilter,
    pub(super) sorting: Sorting,
}

impl Store {
    /// A page of a list that is kept as a whole, or is far down one; none where the page is found quicker by
    /// going there.
    pub(super) async fn page_of_whole(
        &self,
        list: WholeList,
        (offset, limit): (i64, i64),
    ) -> Result<Option<Vec<i64>>> {
        if !matches!(self.db, Db::Sqlite { .. }) {
            return Ok(None);
        }
        let moment = self.last_change().await?;
        let answer = self.cache.whole.place(moment, &list);
        if let Some(whole) = answer.get() {
            return Ok(Some(part_of(whole, offset, limit)));
        }
        let read = async |store: Store, list: WholeList| {
            Ok::<_, Error>(Arc::new(store.whole(&list).await?))
        };
        if offset >= FAR {
            let whole = answer.get_or_try_init(|| read(self.clone(), list)).await?;
            return Ok(Some(part_of(whole, offset, limit)));
        }
        let store = self.clone();
        tokio::spawn(async move {
            // Without it a jump takes longer, and reads it then.
            drop(answer.get_or_try_init(|| read(store, list)).await);
        });
        Ok(None)
    }

    async fn whole(&self, list: &WholeList) -> Result<Vec<i64>> {
        match list.sorting {
            Sorting::Custom(field, descending) => {
                self.all_by(&list.filter, (field, descending)).await
            }
            Sorting::Column(order) => {
                let by = retrying!(self.rarest_custom(&list.filter, MANY).await)?;
                let all = Walk::shortest(order, (0, i64::MAX), None, None);
                self.walk_by(&list.filter, order, &all, by).await
            }
        }
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

fn part_of(whole: &[i64], offset: i64, limit: i64) -> Vec<i64> {
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(0);
    whole.iter().skip(skip).take(take).copied().collect()
}
