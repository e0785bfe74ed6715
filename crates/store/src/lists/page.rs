//! The list of products: any page of a sorted and filtered catalogue of a million, in milliseconds.
//!
//! Only row numbers are walked over, inside one index and from the nearest cursor that is known;
//! the rows of the page are read afterwards.

use crate::fault::Told;
use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::custom_filter::custom;
use super::filter::{self, Part, parts};
use super::order::{FAR, Order, Walk};
use super::search::find;
use super::search::{CAP, SearchResult};
use super::survey::Surveyed;
use crate::Store;
use crate::db::{Db, on_lists};
use crate::lists::listed::{Listed, SELECT_ROW};
use crate::retry::retrying;
use domain::catalog::Coverage;
use domain::catalog::{Count, ProductFilter, ProductPage, ProductRow, SortField};
use domain::error::Result;
use domain::values::RecordId;

/// Up to how many matches of a filter are sorted rather than sought along the order.
pub(super) const FEW: i64 = 5000;
/// The same where an index has both the part of the filter and what is sorted by.
const FEW_COVERED: i64 = 20_000;
/// So few found products are read to sort them rather than looked up in an index.
const FEW_FOUND: usize = 100;
/// How far is counted where an index alone does not have the answer.
const COUNTED: i64 = 10_000;
/// Up to how many found products are counted.
const FOUND_COUNTED: usize = 100_000;
/// How many cursors are noted on a long walk, and how many products lie between two at least.
const STRIDES: i64 = 16;
const STRIDE: i64 = 500;
/// The most rows of a page.
const PAGE: i64 = 1000;

impl Store {
    /// Rows `offset … offset + limit` of a list, at most 1,000.
    pub async fn list(
        &self,
        filter: &ProductFilter,
        sort: SortField,
        descending: bool,
        offset: i64,
        limit: i64,
    ) -> Result<ProductPage> {
        let filter = &*self.known_filter(filter)?;
        let (offset, limit) = (offset.max(0), limit.clamp(0, PAGE));
        let order = Order {
            field: sort,
            descending,
        };
        let Some(found) = self.find(filter).await? else {
            if !order.is_indexed() {
                return self.unindexed(filter, order, offset, limit).await;
            }
            let rows = self.walked(filter, order, offset, limit).await?;
            if limit > 0 && rows.len() == usize::try_from(limit).unwrap_or(0) {
                self.survey(Surveyed::InOrder((filter.clone(), order)));
            }
            return Ok(ProductPage {
                rows: self.with_variants(rows).await?,
                sorted: true,
            });
        };
        let page = (offset, limit);
        let sorted = self
            .page_of_many((filter.clone(), order), &found, page)
            .await?;
        if let Some(pks) = sorted {
            let rows = retrying!(self.listed(&pks).await)?;
            return Ok(ProductPage {
                rows: self.with_variants(rows).await?,
                sorted: true,
            });
        }
        let (pks, sorted) = retrying!(self.searched(filter, &found, order, offset, limit).await)?;
        let rows = retrying!(self.listed(&pks).await)?;
        Ok(ProductPage {
            rows: self.with_variants(rows).await?,
            sorted,
        })
    }

    /// How many products the filter lets through: exact wherever an index has the answer.
    pub async fn count(&self, filter: &ProductFilter) -> Result<Count> {
        let filter = &*self.known_filter(filter)?;
        let moment = self.last_change().await?;
        if let Some(count) = self.cache.counts.get(moment, filter) {
            return Ok(count);
        }
        if let Some(found) = self.find(filter).await? {
            let count = retrying!(self.count_found(filter, &found).await)?;
            self.cache.counts.put(moment, filter, count);
            return Ok(count);
        }
        if let Some(count) = self.count_custom(filter).await? {
            self.cache.counts.put(moment, filter, count);
            return Ok(count);
        }
        let is_custom = |part: &Part| matches!(part, Part::Custom(_));
        let covered = parts(filter).len() <= 1
            && filter.family.is_none()
            && !parts(filter).iter().any(is_custom);
        let by = self.rare_part(filter, None).await.told()?.or(parts(filter)
            .first()
            .copied()
            .filter(|part| !is_custom(part)));
        let limit = if covered { i64::MAX } else { COUNTED + 1 };
        let count: i64 = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select count(*) from (select 1 from products p where ");
            filter::push(&mut sql, filter, by);
            sql.push(" limit ").push_bind(limit).push(") counted");
            sql.build_query_scalar().fetch_one(pool).await
        }))?;
        let exact = covered || count <= COUNTED;
        let count = Count {
            count: if exact { count } else { COUNTED },
            exact,
        };
        self.cache.counts.put(moment, filter, count);
        Ok(count)
    }

    /// How many products a search found. Those beyond the cap are gone through once more, for their
    /// number alone: the list is there before it.
    async fn count_found(
        &self,
        filter: &ProductFilter,
        found: &SearchResult,
    ) -> sqlx::Result<Count> {
        let SearchResult { search, way, pks } = found;
        let counted = match pks.len() <= CAP {
            true => pks.len(),
            false => {
                let all = self.matches(filter, search, *way, 0, FOUND_COUNTED + 1);
                all.await?.len()
            }
        };
        Ok(Count {
            count: i64::try_from(counted.min(FOUND_COUNTED)).unwrap_or(i64::MAX),
            exact: counted <= FOUND_COUNTED,
        })
    }

    /// The row numbers of a page of a search. Beyond the cap it goes by row number.
    async fn searched(
        &self,
        filter: &ProductFilter,
        found: &SearchResult,
        order: Order,
        offset: i64,
        limit: i64,
    ) -> sqlx::Result<(Vec<i64>, bool)> {
        let SearchResult { search, pks, .. } = found;
        if pks.len() <= CAP {
            let is_file = matches!(self.db, Db::Sqlite { .. });
            let by = search.rare.filter(|_| is_file && pks.len() > FEW_FOUND);
            let page = self.sorted_page((filter, by), pks, order, (offset, limit));
            return Ok((page.await?, true));
        }
        let page = self.by_number(filter, found, (offset, limit));
        Ok((page.await?, false))
    }

    /// A page of a search by row number.
    pub(super) async fn by_number(
        &self,
        filter: &ProductFilter,
        SearchResult { search, way, pks }: &SearchResult,
        (offset, limit): (i64, i64),
    ) -> sqlx::Result<Vec<i64>> {
        let skip = usize::try_from(offset).unwrap_or(0);
        let take = usize::try_from(limit).unwrap_or(0);
        let further;
        let pks = match skip + take <= pks.len() {
            true => pks,
            false => {
                further = self.matches(filter, search, *way, 0, skip + take).await?;
                &further
            }
        };
        Ok(pks.iter().skip(skip).take(take).copied().collect())
    }

    /// A page of the products found, sorted inside the index of the part `by` of the filter, or by
    /// reading each of them.
    pub(super) async fn sorted_page(
        &self,
        (filter, by): (&ProductFilter, Option<Part>),
        found: &[i64],
        order: Order,
        (offset, limit): (i64, i64),
    ) -> sqlx::Result<Vec<i64>> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select p.pk from products p where ");
            find::push_numbers(&mut sql, found, by.is_none());
            if let Some(part) = by {
                sql.push(" and ");
                filter::push_trashed(&mut sql, filter);
                filter::push_part(&mut sql, filter, part, "");
            }
            order.push(&mut sql, false, "+");
            sql.push(" limit ").push_bind(limit).push(" offset ").push_bind(offset);
            sql.build_query_scalar().persistent(false).fetch_all(pool).await
        })
    }

    /// A page without a search.
    pub(super) async fn walked(
        &self,
        filter: &ProductFilter,
        order: Order,
        offset: i64,
        limit: i64,
    ) -> Result<Vec<Listed>> {
        if let Some(pks) = self.page_of_short(filter, order, (offset, limit)).await? {
            return Ok(retrying!(self.listed(&pks).await)?);
        }
        if offset >= FAR {
            return self.walked_far(filter, order, offset, limit).await;
        }
        let walk = Walk::shortest(order, (offset, limit), None, None);
        let pks = self.walk(filter, order, &walk).await?;
        Ok(retrying!(self.listed(&pks).await)?)
    }

    /// A page far from the start: from the nearest known cursor, and noting cursors on the way, so
    /// that the next such page is near one.
    async fn walked_far(
        &self,
        filter: &ProductFilter,
        order: Order,
        offset: i64,
        limit: i64,
    ) -> Result<Vec<Listed>> {
        let moment = self.last_change().await?;
        let list = (filter.clone(), order);
        let count = self.cache.counts.get(moment, filter);
        let total = count.filter(|count| count.exact).map(|count| count.count);
        let known = self.cache.cursors.around(moment, &list, offset);
        let mut walk = Walk::shortest(order, (offset, limit), total, known);
        if walk.take <= 0 {
            return Ok(Vec::new());
        }
        let stride = STRIDE.max(walk.skip / STRIDES);
        while walk.skip > 2 * stride && order.can_go_on(walk.backwards) {
            let step = Walk {
                skip: stride,
                take: 1,
                ..walk.clone()
            };
            let pks = self.walk(filter, order, &step).await?;
            let rows = retrying!(self.listed(&pks).await)?;
            let Some(cursor) = rows.first().and_then(|row| order.cursor_of(row)) else {
                break;
            };
            let at = walk.go_on_from(cursor.clone(), stride, offset);
            self.cache.cursors.put(moment, &list, at, cursor);
        }
        let pks = self.walk(filter, order, &walk).await?;
        let rows = retrying!(self.listed(&pks).await)?;
        if let Some(cursor) = rows.first().and_then(|row| order.cursor_of(row)) {
            self.cache.cursors.put(moment, &list, offset, cursor);
        }
        Ok(rows)
    }

    async fn walk(&self, filter: &ProductFilter, order: Order, walk: &Walk) -> Result<Vec<i64>> {
        let rare = retrying!(self.rare_part(filter, Some(order)).await)?;
        self.walk_by(filter, order, walk, rare).await
    }

    /// The same, when it is known whether the filter has a part that few products fulfil.
    pub(super) async fn walk_by(
        &self,
        filter: &ProductFilter,
        order: Order,
        walk: &Walk,
        rare: Option<Part>,
    ) -> Result<Vec<i64>> {
        let kept = parts(filter)
            .into_iter()
            .find(|part| order.is_kept_by(*part, filter));
        let plus = if rare.is_some() { "+" } else { "" };
        let mut pks: Vec<i64> = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("");
            let stretches = walk.from.as_ref().map_or(1, Order::stretches);
            for stretch in 0..stretches {
                sql.push(if stretch > 0 { " union all " } else { "" });
                sql.push("select pk from (select p.pk from products p where ");
                filter::push(&mut sql, filter, rare.or(kept));
                if let Some(cursor) = &walk.from {
                    order.push_stretch(&mut sql, (cursor, stretch), walk.backwards);
                }
                order.push(&mut sql, walk.backwards, plus);
                sql.push(" limit ").push_bind(walk.skip + walk.take);
                sql.push(") stretch").push(stretch);
            }
            sql.push(" limit ").push_bind(walk.take).push(" offset ").push_bind(walk.skip);
            sql.build_query_scalar().fetch_all(pool).await
        }))?;
        if walk.backwards {
            pks.reverse();
        }
        Ok(pks)
    }

    /// A part of the filter that so few products fulfil that sorting them is the quickest way.
    pub(super) async fn rare_part(
        &self,
        filter: &ProductFilter,
        order: Option<Order>,
    ) -> sqlx::Result<Option<Part>> {
        // Two such filters are held against each other before any product is read.
        if custom(filter).len() > 1 {
            let rarest = self.rarest_custom(filter, FEW_COVERED).await?;
            if rarest.is_some() {
                return Ok(rarest);
            }
        }
        for part in parts(filter) {
            if order.is_some_and(|order| order.is_kept_by(part, filter)) {
                continue;
            }
            let is_covered = matches!(part, Part::Brand | Part::Category);
            let few = if is_covered { FEW_COVERED } else { FEW };
            let found: i64 = match part {
                Part::Custom(at) => self.entries_of(filter, at, few + 1).await?,
                _ => on_lists!(&self.db, DB, pool => {
                    let mut sql = QueryBuilder::<DB>::new("select count(*) from (select 1 from products p where ");
                    filter::push_trashed(&mut sql, filter);
                    filter::push_part(&mut sql, filter, part, "");
                    sql.push(" limit ").push_bind(few + 1).push(") few");
                    sql.build_query_scalar().fetch_one(pool).await
                })?,
            };
            if found <= few {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// The rows with these numbers, in that order.
    pub(super) async fn listed(&self, pks: &[i64]) -> sqlx::Result<Vec<Listed>> {
        if pks.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows: Vec<Listed> = on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(SELECT_ROW);
            sql.push("where p.pk in (");
            let mut list = sql.separated(",");
            for pk in pks {
                list.push_bind(*pk);
            }
            sql.push(")").build_query_as().fetch_all(pool).await
        })?;
        let place: HashMap<i64, usize> = pks.iter().enumerate().map(|(at, pk)| (*pk, at)).collect();
        rows.sort_by_key(|row| place.get(&row.pk).copied());
        Ok(rows)
    }

    /// The variants of a product that are not in the trash, in their order.
    pub async fn variants_of(&self, id: RecordId) -> Result<Vec<ProductRow>> {
        let rows: Vec<Listed> = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(SELECT_ROW);
            sql.push("where +p.deleted = 0 and p.parent_id = ").push_bind(id.uuid());
            sql.push(" order by +p.variant_position, +p.sku").build_query_as().fetch_all(pool).await
        }))?;
        Ok(rows.into_iter().map(|listed| listed.row).collect())
    }

    /// How well suppliers cover a product.
    pub async fn coverage(&self, id: RecordId) -> Result<Coverage> {
        let rank: Option<i64> = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select coverage from products where id = ");
            sql.push_bind(id.uuid()).build_query_scalar().fetch_optional(pool).await
        }))?;
        Ok(Coverage::from_rank(rank.unwrap_or_default()))
    }
}
