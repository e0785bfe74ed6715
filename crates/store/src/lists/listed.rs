//! What a list shows of products.

use std::collections::BTreeMap;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

use crate::custom::from_json;
use domain::catalog::Coverage;
use domain::catalog::ProductRow;
use domain::catalog::product::PRODUCT;
use domain::record::{Field, Fields, Value};
use domain::values::Timestamp;

/// Selects what a list shows of products `p`; a condition follows.
pub(super) const SELECT_ROW: &str = "select p.pk, p.name_key, p.id, p.version, p.deleted, \
    q.sku as parent_sku, p.sku, p.name, p.brand, p.category, p.barcode, p.active, p.stock, p.rrp, \
    p.cost, p.store_price, p.promo_price, p.updated_at, p.coverage, p.custom, p.main_image, q.name as parent_name \
    from products p left join products q on q.id = p.parent_id ";

/// A product as a list shows it, with what it is sorted by.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) pk: i64,
    pub(super) name_key: String,
    pub(super) row: ProductRow,
}

/// What stands in fields of the workspace's own.
fn custom(json: &str) -> sqlx::Result<BTreeMap<Field, Value>> {
    if json.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut fields = Fields::blank(PRODUCT);
    from_json(json, &mut fields)?;
    let values = fields.custom().iter();
    Ok(values
        .map(|(id, value)| (Field::Custom(*id), value.clone()))
        .collect())
}

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for Listed {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(Listed {
                    pk: row.try_get(0)?,
                    name_key: row.try_get(1)?,
                    row: ProductRow {
                        id: row.try_get::<Uuid, _>(2)?.into(),
                        version: row.try_get(3)?,
                        trashed: row.try_get(4)?,
                        parent_sku: row.try_get(5)?,
                        variants: 0,
                        variant_prices: None,
                        sku: row.try_get(6)?,
                        name: row.try_get(7)?,
                        brand: row.try_get(8)?,
                        category: row.try_get(9)?,
                        barcode: row.try_get(10)?,
                        active: row.try_get(11)?,
                        stock: row.try_get(12)?,
                        rrp: row.try_get(13)?,
                        cost: row.try_get(14)?,
                        store_price: row.try_get(15)?,
                        promo_price: row.try_get(16)?,
                        updated_at: Timestamp(row.try_get(17)?),
                        coverage: Coverage::from_rank(row.try_get(18)?),
                        custom: custom(row.try_get(19)?)?,
                        main_image: row.try_get(20)?,
                        parent_name: row.try_get(21)?,
                        shops: BTreeMap::new(),
                    },
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);
