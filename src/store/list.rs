//! The list of products: any page of a sorted and filtered catalogue of a million, in milliseconds.
//!
//! A page is reached from the nearest place that is known: the start, the end, or a page that the
//! window has seen (its [`Anchor`]). Only row numbers are walked over, inside one index; the rows
//! of the page are read afterwards.

use serde::{Deserialize, Serialize};
use sqlx::QueryBuilder;
use ts_rs::TS;

use super::Store;
use super::columns::{SELECT_ROW, Stored};
use super::db::on;
use super::filter::{Part, ProductFilter};
use super::retry::retrying;
use super::search::{CAP, Search};
use crate::catalog::{Field, Fields};
use crate::error::Result;
use crate::values::{ProductId, Timestamp};

/// What a list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortField {
    /// By name, without regard to case and accents.
    #[default]
    Name,
    /// By SKU.
    Sku,
    /// By brand, then by name.
    Brand,
    /// By category, then by name.
    Category,
    /// By stock on hand.
    Stock,
    /// By store price; products without one first.
    StorePrice,
    /// By the time of the last change.
    UpdatedAt,
}

impl SortField {
    /// The columns that it sorts by, before the row number.
    const fn columns(self) -> &'static [&'static str] {
        match self {
            SortField::Name => &["p.name_key"],
            SortField::Sku => &["p.sku"],
            SortField::Brand => &["p.brand", "p.name_key"],
            SortField::Category => &["p.category", "p.name_key"],
            SortField::Stock => &["p.stock"],
            SortField::StorePrice => &["p.store_price"],
            SortField::UpdatedAt => &["p.updated_at"],
        }
    }

    /// Whether the index of `part` already has the products in this order.
    fn is_order_of(self, part: Part, filter: &ProductFilter) -> bool {
        match part {
            Part::Brand => filter.brand.len() == 1 && matches!(self, Self::Name | Self::Brand),
            Part::Category => {
                filter.category.len() == 1 && matches!(self, Self::Name | Self::Category)
            }
            Part::Active => self == Self::Name,
            Part::Stock => self == Self::Stock,
            Part::Parent => false,
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductSort {
    /// By what.
    pub field: SortField,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// One key of a [`Cursor`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum CursorKey {
    /// A number; none where the product has none.
    Number(Option<i64>),
    /// A text.
    Text(String),
}

/// The place of one product in one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Cursor {
    /// What the product is sorted by.
    keys: Vec<CursorKey>,
    /// Its row number, which decides between equals.
    pk: i64,
}

/// A place in a list that the caller has seen: at `offset` stood the product of `cursor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Anchor {
    /// How many products stood before it.
    pub offset: i64,
    /// The first product of that page.
    pub cursor: Cursor,
}

/// Which page of which list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductQuery {
    /// Which products.
    pub filter: ProductFilter,
    /// In which order.
    pub sort: ProductSort,
    /// How many products stand before the page.
    pub offset: i64,
    /// How many products the page has at most; 100 when it says 0, never more than 1,000.
    pub limit: i64,
    /// A page near it that was read before, in the same order with the same filter.
    pub near: Option<Anchor>,
}

/// A product in a list: without its long texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductRow {
    /// Its id.
    pub id: ProductId,
    /// Counts its changes.
    pub version: i64,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// The product that it is a variant of.
    pub parent_id: Option<ProductId>,
    /// How many variants it has that are not in the trash.
    pub variants: i64,
    /// Its fields; the long texts are left out, read the product itself for them.
    pub fields: Fields,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductPage {
    /// The products.
    pub rows: Vec<ProductRow>,
    /// Whether they are in the order asked for. A search that finds thousands is not sorted.
    pub sorted: bool,
    /// The place of the first product, to ask for pages near it.
    pub cursor: Option<Cursor>,
}

/// How many products a filter lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Count {
    /// So many, or at least so many.
    pub count: i64,
    /// Whether it is exactly so many.
    pub exact: bool,
}

/// Up to how many matches of a filter are sorted rather than sought along the order.
const FEW: i64 = 5000;
/// How far is counted where an index alone does not have the answer.
const COUNTED: i64 = 10_000;
/// From which offset on it pays to ask for the total.
const FAR: i64 = 10_000;

/// How the row numbers of a page are reached.
#[derive(Debug, Clone, PartialEq)]
struct Walk {
    /// Where it starts; nothing is the very start (or the very end, backwards).
    from: Option<Cursor>,
    backwards: bool,
    skip: i64,
    take: i64,
}

impl Store {
    /// A page of products.
    pub async fn list(&self, query: &ProductQuery) -> Result<ProductPage> {
        let mut query = query.clone();
        query.offset = query.offset.max(0);
        query.limit = if query.limit <= 0 {
            100
        } else {
            query.limit.min(1000)
        };
        let (pks, sorted) = match Search::of(&query.filter.search) {
            Some(search) => retrying!(self.searched(&query, &search).await)?,
            None => (self.walked(&query).await?, true),
        };
        let rows = retrying!(self.stored_rows(&pks).await)?;
        let cursor = rows.first().map(|row| match sorted {
            true => cursor_of(row, query.sort.field),
            false => Cursor {
                keys: Vec::new(),
                pk: row.pk,
            },
        });
        let rows = self.with_variants(rows).await?;
        Ok(ProductPage {
            rows,
            sorted,
            cursor,
        })
    }

    /// How many products the filter lets through: exact wherever an index has the answer.
    pub async fn count(&self, filter: &ProductFilter) -> Result<Count> {
        if let Some(search) = Search::of(&filter.search) {
            let (_, found) = retrying!(self.first_matches(filter, &search).await)?;
            let count = i64::try_from(found.len().min(CAP)).unwrap_or(i64::MAX);
            return Ok(Count {
                count,
                exact: found.len() <= CAP,
            });
        }
        let moment = self.last_change().await?;
        if let Some(count) = self.cache.counts.get(moment, filter) {
            return Ok(count);
        }
        let parts = filter.parts();
        let covered = parts.len() <= 1 && filter.kind == super::filter::ProductKind::All;
        let by = self
            .rare_part(filter, None)
            .await?
            .or(parts.first().copied());
        let limit = if covered { i64::MAX } else { COUNTED + 1 };
        let count: i64 = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new("select count(*) from (select 1 from products p where ");
            filter.push(&mut query, by);
            query.push(" limit ").push_bind(limit).push(") counted");
            query.build_query_scalar().fetch_one(pool).await
        }))?;
        let count = match covered || count <= COUNTED {
            true => Count { count, exact: true },
            false => Count {
                count: COUNTED,
                exact: false,
            },
        };
        self.cache.counts.put(moment, filter, count);
        Ok(count)
    }

    /// The page of a search. Beyond the cap it goes by row number.
    async fn searched(
        &self,
        query: &ProductQuery,
        search: &Search,
    ) -> sqlx::Result<(Vec<i64>, bool)> {
        let (way, found) = self.first_matches(&query.filter, search).await?;
        if found.len() <= CAP {
            return Ok((self.sorted_page(query, &found).await?, true));
        }
        let seen = query
            .near
            .as_ref()
            .filter(|near| near.offset <= query.offset);
        let (after, before) = seen.map_or((0, 0), |near| (near.cursor.pk - 1, near.offset));
        let skip = usize::try_from(query.offset - before).unwrap_or(0);
        let take = usize::try_from(query.limit).unwrap_or(0);
        let pks = self
            .matches(&query.filter, search, way, after, skip + take)
            .await?;
        Ok((pks.into_iter().skip(skip).collect(), false))
    }

    async fn sorted_page(&self, query: &ProductQuery, found: &[i64]) -> sqlx::Result<Vec<i64>> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select p.pk from products p where p.pk in (");
            let mut list = sql.separated(",");
            for pk in found {
                // Numbers of our own: as text they spare the database two thousand parameters.
                list.push(*pk);
            }
            sql.push(")");
            push_order(&mut sql, query.sort, false, "+");
            sql.push(" limit ").push_bind(query.limit).push(" offset ").push_bind(query.offset);
            sql.build_query_scalar().persistent(false).fetch_all(pool).await
        })
    }

    /// The row numbers of a page without a search.
    async fn walked(&self, query: &ProductQuery) -> Result<Vec<i64>> {
        let total = match query.offset >= FAR {
            true => {
                let moment = self.last_change().await?;
                let count = self.cache.counts.get(moment, &query.filter);
                count.filter(|count| count.exact).map(|count| count.count)
            }
            false => None,
        };
        let walk = walk(query, total);
        if walk.take <= 0 {
            return Ok(Vec::new());
        }
        let rare = self
            .rare_part(&query.filter, Some(query.sort.field))
            .await?;
        let ordered = query
            .filter
            .parts()
            .into_iter()
            .find(|part| query.sort.field.is_order_of(*part, &query.filter));
        let plus = if rare.is_some() { "+" } else { "" };
        let backwards = walk.backwards;
        let mut pks: Vec<i64> = retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select p.pk from products p where ");
            query.filter.push(&mut sql, rare.or(ordered));
            if let Some(cursor) = &walk.from {
                let upwards = query.sort.descending == backwards;
                push_keyset(&mut sql, query.sort.field, cursor, upwards, !backwards);
            }
            push_order(&mut sql, query.sort, backwards, plus);
            sql.push(" limit ").push_bind(walk.take).push(" offset ").push_bind(walk.skip);
            sql.build_query_scalar().fetch_all(pool).await
        }))?;
        if backwards {
            pks.reverse();
        }
        Ok(pks)
    }

    /// A part of the filter that so few products fulfil that sorting them is the quickest way.
    async fn rare_part(
        &self,
        filter: &ProductFilter,
        order: Option<SortField>,
    ) -> Result<Option<Part>> {
        for part in filter.parts() {
            if order.is_some_and(|order| order.is_order_of(part, filter)) {
                continue;
            }
            let found: i64 = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new("select count(*) from (select 1 from products p where ");
                if part == Part::Parent {
                    sql.push("1 = 1");
                } else {
                    sql.push("p.deleted = ").push_bind(i64::from(filter.trashed));
                }
                filter.push_part(&mut sql, part, "");
                sql.push(" limit ").push_bind(FEW + 1).push(") few");
                sql.build_query_scalar().fetch_one(pool).await
            }))?;
            if found <= FEW {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// The rows with these numbers, in that order.
    async fn stored_rows(&self, pks: &[i64]) -> sqlx::Result<Vec<Stored>> {
        if pks.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows: Vec<Stored> = on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(SELECT_ROW.as_str());
            sql.push("where p.pk in (");
            let mut list = sql.separated(",");
            for pk in pks {
                list.push_bind(*pk);
            }
            sql.push(")").build_query_as().fetch_all(pool).await
        })?;
        let place: std::collections::HashMap<i64, usize> =
            pks.iter().enumerate().map(|(at, pk)| (*pk, at)).collect();
        rows.sort_by_key(|row| place.get(&row.pk).copied());
        Ok(rows)
    }

    async fn with_variants(&self, rows: Vec<Stored>) -> Result<Vec<ProductRow>> {
        let tops: Vec<ProductId> = rows
            .iter()
            .filter(|row| row.product.parent_id.is_none())
            .map(|row| row.product.id)
            .collect();
        let variants = self.variant_counts(&tops).await?;
        let rows = rows.into_iter().map(|Stored { product, .. }| ProductRow {
            id: product.id,
            version: product.version,
            trashed: product.trashed,
            parent_id: product.parent_id,
            variants: variants.get(&product.id).copied().unwrap_or_default(),
            fields: product.fields,
            updated_at: product.updated_at,
        });
        Ok(rows.collect())
    }
}

/// The shortest way to a page.
fn walk(query: &ProductQuery, total: Option<i64>) -> Walk {
    let (offset, limit) = (query.offset, query.limit);
    let mut best = Walk {
        from: None,
        backwards: false,
        skip: offset,
        take: limit,
    };
    if let Some(total) = total {
        let take = limit.min(total - offset);
        let skip = total - offset - take;
        if take <= 0 || skip < best.skip {
            best = Walk {
                from: None,
                backwards: true,
                skip: skip.max(0),
                take,
            };
        }
    }
    let Some(near) = query
        .near
        .as_ref()
        .filter(|near| can_start(near, query.sort))
    else {
        return best;
    };
    let from = Some(near.cursor.clone());
    let (ahead, behind) = (offset - near.offset, near.offset - offset - limit);
    if ahead >= 0 && ahead < best.skip {
        best = Walk {
            from,
            backwards: false,
            skip: ahead,
            take: limit,
        };
    } else if behind >= 0 && behind < best.skip {
        best = Walk {
            from,
            backwards: true,
            skip: behind,
            take: limit,
        };
    }
    best
}

/// Whether the order can be entered at a cursor. Products without a price stand at one end, where
/// a comparison does not find them: such lists are walked from their start.
fn can_start(near: &Anchor, sort: ProductSort) -> bool {
    near.cursor.keys.len() == sort.field.columns().len() && sort.field != SortField::StorePrice
}

fn cursor_of(row: &Stored, field: SortField) -> Cursor {
    let text = |field| CursorKey::Text(row.product.fields.text(field).to_owned());
    let number = |field| CursorKey::Number(row.product.fields.get(field).as_number());
    let name = || CursorKey::Text(row.name_key.clone());
    let keys = match field {
        SortField::Name => vec![name()],
        SortField::Sku => vec![text(Field::Sku)],
        SortField::Brand => vec![text(Field::Brand), name()],
        SortField::Category => vec![text(Field::Category), name()],
        SortField::Stock => vec![number(Field::Stock)],
        SortField::StorePrice => vec![number(Field::StorePrice)],
        SortField::UpdatedAt => vec![CursorKey::Number(Some(row.product.updated_at.0))],
    };
    Cursor { keys, pk: row.pk }
}

fn push_order<DB: sqlx::Database>(
    sql: &mut QueryBuilder<DB>,
    sort: ProductSort,
    backwards: bool,
    plus: &str,
) {
    let direction = if sort.descending == backwards {
        ""
    } else {
        " desc"
    };
    sql.push(" order by ");
    for column in sort.field.columns() {
        sql.push(plus).push(column).push(direction).push(", ");
    }
    sql.push("p.pk").push(direction);
}

/// Adds `and a >= ? and (a > ? or (b >= ? and (b > ? or pk >= ?)))`: the one form of a keyset that
/// is quick on both databases.
fn push_keyset<DB: sqlx::Database>(
    sql: &mut QueryBuilder<DB>,
    field: SortField,
    cursor: &Cursor,
    upwards: bool,
    inclusive: bool,
) where
    String: sqlx::Encode<'static, DB> + sqlx::Type<DB>,
    i64: sqlx::Encode<'static, DB> + sqlx::Type<DB>,
{
    let beyond = if upwards { " > " } else { " < " };
    let from = if upwards { " >= " } else { " <= " };
    sql.push(" and (");
    for (column, key) in field.columns().iter().zip(&cursor.keys) {
        push_key(sql.push(column).push(from), key);
        push_key(sql.push(" and (").push(column).push(beyond), key);
        sql.push(" or (");
    }
    sql.push("p.pk")
        .push(if inclusive { from } else { beyond })
        .push_bind(cursor.pk);
    sql.push(")".repeat(2 * cursor.keys.len() + 1));
}

fn push_key<DB: sqlx::Database>(sql: &mut QueryBuilder<DB>, key: &CursorKey)
where
    String: sqlx::Encode<'static, DB> + sqlx::Type<DB>,
    i64: sqlx::Encode<'static, DB> + sqlx::Type<DB>,
{
    match key {
        CursorKey::Text(text) => sql.push_bind(text.clone()),
        CursorKey::Number(number) => sql.push_bind(number.unwrap_or_default()),
    };
}
