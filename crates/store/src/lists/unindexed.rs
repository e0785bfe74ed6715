//! Lists in an order that no index has: each index makes every import slower, so that what few people sort
//! by has none. A catalogue of the usual size is sorted all the same; of a large one, what a filter leaves.

use domain::catalog::{ProductFilter, ProductPage, SortField};
use domain::error::Result;

use super::order::{Order, Walk};
use crate::Store;
use crate::retry::retrying;

/// So many products are sorted.
pub(super) const MOST: i64 = 50_000;

impl Store {
    /// A page in an order that no index has: of too many products, the page by name instead.
    pub(super) async fn unindexed(
        &self,
        filter: &ProductFilter,
        order: Order,
        offset: i64,
        limit: i64,
    ) -> Result<ProductPage> {
        let count = self.count(filter).await?;
        let sorted = count.exact && count.count <= MOST;
        let rows = if sorted {
            let rare = retrying!(self.rare_part(filter, None).await)?;
            let walk = Walk::shortest(order, (offset, limit), None, None);
            let pks = self.walk_by(filter, order, &walk, rare).await?;
            retrying!(self.listed(&pks).await)?
        } else {
            let by_name = Order {
                field: SortField::Name,
                ..order
            };
            self.walked(filter, by_name, offset, limit).await?
        };
        Ok(ProductPage {
            rows: self.with_variants(rows).await?,
            sorted,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::MOST;
    use crate::Store;
    use crate::db::Db;
    use domain::catalog::{FamilyFilter, ProductFilter, ProductPage, SortField};
    use domain::values::SystemClock;

    async fn by_barcode(store: &Store, filter: &ProductFilter) -> ProductPage {
        let page = store.list(filter, SortField::Barcode, false, 0, 3).await;
        page.unwrap()
    }

    fn skus(page: &ProductPage) -> Vec<&str> {
        page.rows.iter().map(|row| row.sku.as_str()).collect()
    }

    #[tokio::test]
    async fn a_large_catalogue_is_sorted_by_what_has_no_index_once_it_is_narrowed() {
        let folder = tempfile::tempdir().unwrap();
        let store =
            Store::open_sqlite(&folder.path().join("shop.backstock"), Arc::new(SystemClock))
                .await
                .unwrap();
        let Db::Sqlite { writer, .. } = &store.db else {
            unreachable!("it is a file");
        };
        // Names rise with the number, barcodes fall.
        let fill = format!(
            "with recursive n(n) as (select 1 union all select n + 1 from n where n <= {MOST}) \
            insert into products (id, version, sku, name_key, barcode, brand, words, created_at, updated_at, tx_id) \
            select randomblob(16), 1, 'S' || n, printf('name %06d', n), printf('%06d', 999999 - n), \
            case when n <= 20 then 'Ace' else '' end, '', 0, 0, 0 from n"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(fill))
            .execute(writer)
            .await
            .unwrap();
        let all = by_barcode(&store, &ProductFilter::default()).await;
        assert_eq!((all.sorted, skus(&all)), (false, vec!["S1", "S2", "S3"]));
        let one_brand = ProductFilter {
            brands: Some(vec!["Ace".into()]),
            ..ProductFilter::default()
        };
        let narrowed = by_barcode(&store, &one_brand).await;
        assert_eq!(
            (narrowed.sorted, skus(&narrowed)),
            (true, vec!["S20", "S19", "S18"])
        );
        let variants = ProductFilter {
            family: Some(FamilyFilter::Variants),
            ..ProductFilter::default()
        };
        let none = by_barcode(&store, &variants).await;
        assert_eq!((none.sorted, none.rows.len()), (true, 0));
    }
}
