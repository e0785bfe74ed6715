//! The search in the history: by the SKU of a product, or by what an event is called.

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use crate::Store;
use crate::db::{Db, on};
use crate::lists::search::trigrams;

/// What a search is about.
pub(super) enum Found {
    /// There is no search.
    All,
    /// Few records: their entries are looked up.
    Few {
        products: Vec<Uuid>,
        batches: Vec<Uuid>,
    },
    /// So many that a page of entries is found soon by reading on.
    Many,
}

/// Up to how many records are few.
const FEW: usize = 500;

impl Store {
    /// The products and the batches of people and settings that have the text in their labels.
    pub(super) async fn found(&self, search: &str) -> sqlx::Result<Found> {
        if search.is_empty() {
            return Ok(Found::All);
        }
        if search.chars().count() < 3 {
            return Ok(Found::Many);
        }
        let products = self.products_with(search).await?;
        let batches: Vec<Uuid> = on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(
                "select id from batches where origin in ('people', 'settings', 'sign_in') \
                 and lower(label) like ",
            )
            .push_bind(pattern(search))
            .push(" escape '!' limit ")
            .push_bind(limit_of(FEW + 1))
            .build_query_scalar()
            .fetch_all(pool)
            .await
        })?;
        Ok(if products.len() > FEW || batches.len() > FEW {
            Found::Many
        } else {
            Found::Few { products, batches }
        })
    }

    async fn products_with(&self, search: &str) -> sqlx::Result<Vec<Uuid>> {
        let like = pattern(search);
        match &self.db {
            Db::Sqlite { readers, .. } => {
                sqlx::query_scalar(
                    "select p.id from products_codes cross join products p \
                     on p.pk = products_codes.rowid where products_codes match ? \
                     and lower(p.sku) like ? escape '!' limit ?",
                )
                .bind(trigrams(&[search.to_lowercase()]))
                .bind(like)
                .bind(limit_of(FEW + 1))
                .fetch_all(readers)
                .await
            }
            Db::MySql(pool) => {
                sqlx::query_scalar(
                    "select p.id from products s force index (products_sku) \
                     straight_join products p on p.pk = s.pk \
                     where lower(s.sku) like ? escape '!' limit ?",
                )
                .bind(like)
                .bind(limit_of(FEW + 1))
                .fetch_all(pool)
                .await
            }
        }
    }
}

fn limit_of(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Lets through what the search is about: the few records and batches that it found, or whatever
/// has the text in its label.
pub(super) fn push_search<DB: sqlx::Database>(
    query: &mut QueryBuilder<DB>,
    search: &str,
    found: &Found,
) where
    Uuid: Encode<'static, DB> + Type<DB>,
    String: Encode<'static, DB> + Type<DB>,
{
    let (products, batches) = match found {
        Found::All => return,
        Found::Few { products, batches } => (products, batches),
        Found::Many => {
            query.push(
                " and lower(case when j.entity <> 'product' then b.label else coalesce(p.sku, '') end)",
            );
            query
                .push(" like ")
                .push_bind(pattern(search))
                .push(" escape '!'");
            return;
        }
    };
    query.push(" and (1 = 0");
    for (of, ids) in [
        (" or j.entity = 'product' and j.entity_id in (", products),
        (" or j.entity <> 'product' and j.batch_id in (", batches),
    ] {
        if ids.is_empty() {
            continue;
        }
        let mut list = query.push(of).separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
    }
    query.push(")");
}

/// What has the text anywhere in it, in lower case.
fn pattern(search: &str) -> String {
    let escaped = search
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{}%", escaped.to_lowercase())
}
