//! Reading products: by id, by SKU, by family.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::Store;
use super::columns::{SELECT_PRODUCT, Stored};
use super::db::on;
use super::dialect::IN_LIST;
use super::retry::retrying;
use domain::catalog::Product;
use domain::error::{Error, Result};
use domain::values::ProductId;

/// The option values of one variant, to tell it from its siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionsOf {
    /// Its parent.
    pub parent: ProductId,
    /// The variant.
    pub variant: ProductId,
    /// Its SKU.
    pub sku: String,
    /// What `catalog::options_key` makes of its fields.
    pub key: String,
}

impl Store {
    /// Whether there is no product at all, the trash included.
    pub async fn is_empty(&self) -> Result<bool> {
        let first: Option<i64> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select pk from products limit 1").fetch_optional(pool).await
        }))?;
        Ok(first.is_none())
    }

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

    /// The variants of these products that lie in the trash.
    pub async fn trashed_variants(&self, parents: &[ProductId]) -> Result<Vec<Product>> {
        let mut found = Vec::new();
        for ids in parents.chunks(IN_LIST) {
            let rows: Vec<Stored> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(SELECT_PRODUCT.as_str());
                sql.push("where +p.deleted = 1 and p.parent_id in (");
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(|row| row.product));
        }
        Ok(found)
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

    /// The SKUs after this one, in the database's order; those in the trash left out.
    pub async fn skus_after(&self, after: &str, limit: i64) -> Result<Vec<String>> {
        retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select sku from products where deleted = 0 and sku > ? order by sku limit ?",
            )
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await
        }))
        .map_err(Into::into)
    }

    // Few products have a parent. A plus keeps the database from walking over all that are not in
    // the trash instead, once it has seen how many share the parent "none".

    /// How many variants that are not in the trash each of these products has, where it has any.
    pub async fn variant_counts(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, i64>> {
        let mut counts = HashMap::new();
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<(Uuid, i64)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select p.parent_id, count(*) from products p where +p.deleted = 0 and p.parent_id in (",
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
            let rows: Vec<(Uuid, Uuid, String, String)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select p.parent_id, p.id, p.sku, p.options_key from products p \
                     where +p.deleted = 0 and p.options_key is not null and p.parent_id in (",
                );
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
            found.extend(
                rows.into_iter()
                    .map(|(parent, variant, sku, key)| OptionsOf {
                        parent: parent.into(),
                        variant: variant.into(),
                        sku,
                        key,
                    }),
            );
        }
        Ok(found)
    }
}
