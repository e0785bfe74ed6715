//! What a list shows of families: how many variants a product has, and from which price to which they are.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::listed::Listed;
use crate::Store;
use crate::db::on_lists;
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use domain::catalog::{PriceRange, ProductRow};
use domain::error::Result;
use domain::values::RecordId;

/// The living variants of a product.
struct FamilyRow {
    count: i64,
    /// Their store prices; those without one are left out.
    prices: Option<PriceRange>,
}

impl Store {
    /// Adds to each product how many variants it has, and their prices.
    pub(super) async fn with_variants(&self, rows: Vec<Listed>) -> Result<Vec<ProductRow>> {
        let mut rows: Vec<ProductRow> = rows.into_iter().map(|listed| listed.row).collect();
        let tops: Vec<RecordId> = rows
            .iter()
            .filter(|row| row.parent_sku.is_none())
            .map(|row| row.id)
            .collect();
        let mut families = self.families(&tops).await?;
        for row in &mut rows {
            if let Some(family) = families.remove(&row.id) {
                row.variants = family.count;
                row.variant_prices = family.prices;
            }
        }
        Ok(rows)
    }

    async fn families(&self, parents: &[RecordId]) -> Result<HashMap<RecordId, FamilyRow>> {
        let mut found = HashMap::new();
        for parents in parents.chunks(IN_LIST) {
            let rows: Vec<(Uuid, i64, Option<i64>, Option<i64>)> =
                retrying!(on_lists!(&self.db, DB, pool => {
                    let mut sql = QueryBuilder::<DB>::new(
                        "select parent_id, count(*), min(store_price), max(store_price) \
                         from products where +deleted = 0 and parent_id in (",
                    );
                    let mut list = sql.separated(",");
                    for id in parents {
                        list.push_bind(id.uuid());
                    }
                    sql.push(") group by parent_id").build_query_as().fetch_all(pool).await
                }))?;
            found.extend(rows.into_iter().map(|(id, count, from, to)| {
                let prices = from.map(|_| PriceRange { from, to });
                (id.into(), FamilyRow { count, prices })
            }));
        }
        Ok(found)
    }
}
