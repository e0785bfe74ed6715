//! What a set of writes meets: the products themselves, who has the SKUs, who is whose parent.

use std::collections::{HashMap, HashSet};

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Row};
use uuid::Uuid;

use crate::columns::{SELECT_PRODUCT, Stored};
use crate::db::{Tx, on_tx};
use crate::dialect::IN_LIST;
use domain::catalog::{Field, Product, Value};
use domain::plan::{Operation, ProductWrite};
use domain::values::ProductId;

/// A product that a write may collide with or hang on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) id: ProductId,
    pub(super) sku: String,
    pub(super) parent: Option<ProductId>,
    pub(super) trashed: bool,
}

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for Known {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(Known {
                    id: row.try_get::<Uuid, _>(0)?.into(),
                    sku: row.try_get(1)?,
                    parent: row.try_get::<Option<Uuid>, _>(2)?.map(ProductId::from),
                    trashed: row.try_get(3)?,
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

/// What is there before the writes.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// The products to be written that exist, with their row numbers.
    pub(super) rows: HashMap<ProductId, (i64, Product)>,
    /// Products by the SKUs that the writes name, and the parents of products to be restored.
    pub(super) known: Vec<Known>,
    /// How many variants each of the products has, where it has any.
    pub(super) variants: HashMap<ProductId, Variants>,
}

/// How many variants a product has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Variants {
    /// Those that are not in the trash.
    pub(super) live: i64,
    /// All of them.
    pub(super) all: i64,
}

/// Reads it, and on a server locks the rows, in the order of their ids.
pub(super) async fn read(tx: &mut Tx, writes: &[ProductWrite]) -> sqlx::Result<Before> {
    let mut ids: Vec<Uuid> = writes.iter().map(|write| write.id.uuid()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut before = Before::default();
    for ids in ids.chunks(IN_LIST) {
        for row in locked_rows(tx, ids).await? {
            before.rows.insert(row.product.id, (row.pk, row.product));
        }
    }
    let skus = named_skus(writes);
    for skus in skus.chunks(IN_LIST) {
        before.known.extend(by_skus(tx, skus).await?);
    }
    let parents = parents_of_restored(writes, &before);
    for ids in parents.chunks(IN_LIST) {
        before.known.extend(by_ids(tx, ids).await?);
    }
    let askers: Vec<Uuid> = writes
        .iter()
        .filter(|write| asks_for_variants(write))
        .map(|write| write.id.uuid())
        .collect();
    for ids in askers.chunks(IN_LIST) {
        before.variants.extend(variants(tx, ids).await?);
    }
    Ok(before)
}

/// The SKUs that writes give to products or name as parents.
fn named_skus(writes: &[ProductWrite]) -> Vec<&str> {
    let named: HashSet<&str> = writes
        .iter()
        .flat_map(|write| &write.changes)
        .filter(|change| matches!(change.field, Field::Sku | Field::ParentSku))
        .filter_map(|change| change.new.as_text())
        .collect();
    let mut skus: Vec<&str> = named.into_iter().collect();
    skus.sort_unstable();
    skus
}

fn parents_of_restored(writes: &[ProductWrite], before: &Before) -> Vec<Uuid> {
    let mut parents: Vec<Uuid> = writes
        .iter()
        .filter(|write| write.operation == Operation::Restore)
        .filter_map(|write| before.rows.get(&write.id)?.1.parent_id)
        .map(ProductId::uuid)
        .collect();
    parents.sort_unstable();
    parents.dedup();
    parents
}

/// Whether it matters to a write that its product has variants.
fn asks_for_variants(write: &ProductWrite) -> bool {
    let touches = |field| write.changes.iter().any(|change| change.field == field);
    match write.operation {
        Operation::Create | Operation::Trash => false,
        Operation::Purge => true,
        Operation::Update | Operation::Restore => {
            touches(Field::Stock)
                || write
                    .changes
                    .iter()
                    .any(|change| change.field == Field::ParentSku && change.new != Value::Empty)
        }
    }
}

async fn locked_rows(tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<Vec<Stored>> {
    let lock = tx.dialect().for_update();
    on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(SELECT_PRODUCT.as_str());
        query.push("where p.id in (");
        let mut list = query.separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")").push(lock);
        query.build_query_as().fetch_all(conn).await
    })
}

async fn by_skus(tx: &mut Tx, skus: &[&str]) -> sqlx::Result<Vec<Known>> {
    let lock = tx.dialect().for_update();
    on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(
            "select id, sku, parent_id, deleted from products where sku in (",
        );
        let mut list = query.separated(",");
        for sku in skus {
            list.push_bind((*sku).to_owned());
        }
        query.push(")").push(lock);
        query.build_query_as().fetch_all(conn).await
    })
}

async fn by_ids(tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<Vec<Known>> {
    let lock = tx.dialect().for_update();
    on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(
            "select id, sku, parent_id, deleted from products where id in (",
        );
        let mut list = query.separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")").push(lock);
        query.build_query_as().fetch_all(conn).await
    })
}

async fn variants(tx: &mut Tx, parents: &[Uuid]) -> sqlx::Result<Vec<(ProductId, Variants)>> {
    let rows: Vec<(Uuid, i64, i64)> = on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(
            "select parent_id, cast(sum(1 - deleted) as signed), count(*) from products where parent_id in (",
        );
        let mut list = query.separated(",");
        for id in parents {
            list.push_bind(*id);
        }
        query.push(") group by parent_id");
        query.build_query_as().fetch_all(conn).await
    })?;
    Ok(rows
        .into_iter()
        .map(|(id, live, all)| (id.into(), Variants { live, all }))
        .collect())
}
