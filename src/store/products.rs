//! Reading products: by id, by SKU, by family, and all of them for an export.

use std::collections::{HashMap, VecDeque};

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::Store;
use super::columns::{SELECT_PRODUCT, Stored};
use super::db::on;
use super::dialect::IN_LIST;
use super::filter::ProductFilter;
use super::retry::retrying;
use super::search::{CAP, Search, Way};
use crate::catalog::Product;
use crate::error::{Error, Result};
use crate::values::ProductId;

/// The option values of one variant, to tell it from its siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionsOf {
    /// Its parent.
    pub parent: ProductId,
    /// The variant.
    pub variant: ProductId,
    /// What `catalog::options_key` makes of its fields.
    pub key: String,
}

impl Store {
    /// One product, whether or not it lies in the trash.
    pub async fn get(&self, id: ProductId) -> Result<Product> {
        let found = self.get_many(&[id]).await?.pop();
        found.ok_or_else(|| {
            Error::not_found("There is no such product any more.").hint("Refresh the list.")
        })
    }

    /// The products with these ids that exist, in the order of the ids.
    pub async fn get_many(&self, ids: &[ProductId]) -> Result<Vec<Product>> {
        let mut found = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<Stored> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(SELECT_PRODUCT.as_str());
                sql.push("where p.id in (");
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(|row| (row.product.id, row.product)));
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// The products with these SKUs, those in the trash included, in no particular order.
    pub async fn find_by_skus(&self, skus: &[&str]) -> Result<Vec<Product>> {
        let mut found = Vec::with_capacity(skus.len());
        for skus in skus.chunks(IN_LIST) {
            let rows: Vec<Stored> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(SELECT_PRODUCT.as_str());
                sql.push("where p.sku in (");
                let mut list = sql.separated(",");
                for sku in skus {
                    list.push_bind((*sku).to_owned());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(|row| row.product));
        }
        Ok(found)
    }

    /// The variants of a product that are not in the trash, in the order in which they were made.
    pub async fn variants_of(&self, id: ProductId) -> Result<Vec<Product>> {
        let rows: Vec<Stored> = retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(SELECT_PRODUCT.as_str());
            sql.push("where p.deleted = 0 and p.parent_id = ").push_bind(id.uuid());
            sql.push(" order by p.pk").build_query_as().fetch_all(pool).await
        }))?;
        Ok(rows.into_iter().map(|row| row.product).collect())
    }

    /// How many variants that are not in the trash each of these products has, where it has any.
    pub async fn variant_counts(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, i64>> {
        let mut counts = HashMap::new();
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<(Uuid, i64)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select p.parent_id, count(*) from products p where p.deleted = 0 and p.parent_id in (",
                );
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(") group by p.parent_id").build_query_as().fetch_all(pool).await
            }))?;
            counts.extend(
                rows.into_iter()
                    .map(|(id, count)| (ProductId::from(id), count)),
            );
        }
        Ok(counts)
    }

    /// The option values of the variants of these products, those in the trash left out.
    pub async fn option_keys_of_parents(&self, ids: &[ProductId]) -> Result<Vec<OptionsOf>> {
        let mut found = Vec::new();
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<(Uuid, Uuid, String)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select p.parent_id, p.id, p.options_key from products p \
                     where p.deleted = 0 and p.options_key is not null and p.parent_id in (",
                );
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(|(parent, variant, key)| OptionsOf {
                parent: parent.into(),
                variant: variant.into(),
                key,
            }));
        }
        Ok(found)
    }

    /// All products that the filter lets through, whole, page by page.
    pub fn stream(&self, filter: ProductFilter) -> ProductStream {
        ProductStream {
            store: self.clone(),
            of: Of::Filter { filter, way: None },
            after: 0,
        }
    }

    /// The products with these ids, whole, page by page.
    pub fn stream_ids(&self, ids: Vec<ProductId>) -> ProductStream {
        ProductStream {
            store: self.clone(),
            of: Of::Ids(ids.into()),
            after: 0,
        }
    }
}

/// Products page by page, for an export: each that stays in the filter comes exactly once,
/// whatever happens to the others meanwhile.
pub struct ProductStream {
    store: Store,
    of: Of,
    after: i64,
}

enum Of {
    Filter {
        filter: ProductFilter,
        way: Option<(Search, Way)>,
    },
    Ids(VecDeque<ProductId>),
}

/// How many products a page of an export has.
const PAGE: usize = 2000;

impl ProductStream {
    /// The next page, in the order in which the products were made (or of the ids); empty at the end.
    pub async fn next(&mut self) -> Result<Vec<Product>> {
        match &mut self.of {
            Of::Ids(ids) => loop {
                let page: Vec<ProductId> = ids.drain(..ids.len().min(PAGE)).collect();
                let products = self.store.get_many(&page).await?;
                if !products.is_empty() || page.is_empty() {
                    return Ok(products);
                }
            },
            Of::Filter { filter, way } => {
                if way.is_none()
                    && let Some(search) = Search::of(&filter.search)
                {
                    let (found_by, _) = retrying!(self.store.first_matches(filter, &search).await)?;
                    *way = Some((search, found_by));
                }
                let rows = match way {
                    Some((search, way)) => {
                        retrying!(found_page(&self.store, filter, search, *way, self.after).await)?
                    }
                    None => retrying!(page(&self.store, filter, self.after).await)?,
                };
                self.after = rows.last().map_or(self.after, |row| row.pk);
                Ok(rows.into_iter().map(|row| row.product).collect())
            }
        }
    }
}

async fn page(store: &Store, filter: &ProductFilter, after: i64) -> sqlx::Result<Vec<Stored>> {
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(SELECT_PRODUCT.as_str());
        sql.push("where p.pk > ").push_bind(after).push(" and +");
        filter.push(&mut sql, None);
        sql.push(" order by p.pk limit ").push_bind(limit());
        sql.build_query_as().fetch_all(pool).await
    })
}

async fn found_page(
    store: &Store,
    filter: &ProductFilter,
    search: &Search,
    way: Way,
    after: i64,
) -> sqlx::Result<Vec<Stored>> {
    let pks = store
        .matches(filter, search, way, after, PAGE.min(CAP))
        .await?;
    if pks.is_empty() {
        return Ok(Vec::new());
    }
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(SELECT_PRODUCT.as_str());
        sql.push("where p.pk in (");
        let mut list = sql.separated(",");
        for pk in &pks {
            list.push(*pk);
        }
        sql.push(") order by p.pk").build_query_as().persistent(false).fetch_all(pool).await
    })
}

fn limit() -> i64 {
    i64::try_from(PAGE).unwrap_or(i64::MAX)
}
