//! Writing what was decided, many rows per statement.

use std::collections::{BTreeSet, HashMap};

use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

use super::decide::{Rows, Written};
use crate::columns::{Bind, Derived, is_searched, push, size_of, stored};
use crate::db::{Tx, on_tx};
use crate::dialect::{BYTES_PER_INSERT, Dialect, IN_LIST};
use crate::feed::{feed, parts};
use domain::catalog::{Field, Fields};
use domain::values::{ProductId, Timestamp};

/// Columns that every inserted row has, besides those of its fields.
const ALWAYS: &str =
    "id, version, deleted, parent_id, name_key, options_key, words, created_at, updated_at, tx_id";

/// What all rows of one transaction share.
#[derive(Clone, Copy)]
pub(super) struct Stamp {
    pub(super) now: Timestamp,
    pub(super) tx_id: i64,
    /// Whether the search tables are kept in step.
    pub(super) is_searched: bool,
}

/// Writes the products and keeps SQLite's search tables in step. MySQL keeps its own.
pub(super) async fn products(tx: &mut Tx, stamp: Stamp, rows: Rows) -> sqlx::Result<()> {
    purge(tx, stamp, &rows.purges).await?;
    update(tx, stamp, rows.updates).await?;
    insert(tx, stamp, rows.inserts).await
}

async fn purge(tx: &mut Tx, stamp: Stamp, pks: &[i64]) -> sqlx::Result<()> {
    if stamp.is_searched {
        unindex(tx, pks).await?;
    }
    for pks in pks.chunks(IN_LIST) {
        on_tx!(tx, DB, conn => {
            let mut delete = QueryBuilder::<DB>::new("delete from products where pk in (");
            let mut list = delete.separated(",");
            for pk in pks {
                list.push_bind(*pk);
            }
            delete.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

/// Inserts new products, with the columns that any of them fills; the others have their defaults.
async fn insert(tx: &mut Tx, stamp: Stamp, rows: Vec<Written>) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let last_pk = newest_pk(tx).await?;
    let blank = Fields::blank();
    let fields: Vec<Field> = stored()
        .filter(|field| {
            rows.iter()
                .any(|row| row.product.fields.get(*field) != blank.get(*field))
        })
        .collect();
    let mut into = format!("{}products ({ALWAYS}", tx.dialect().insert_into());
    for field in &fields {
        into.push_str(", ");
        into.push_str(field.key());
    }
    into.push_str(") ");
    let parts = parts_of(tx, rows);
    on_tx!(tx, DB, conn => {
        feed(conn, parts, move |part| {
            let mut insert = QueryBuilder::<DB>::new(into.as_str());
            insert.push_values(part, |mut to, written: Written| {
                let mut product = written.product;
                let derived = Derived::of(&product.fields);
                to.push_bind(product.id.uuid())
                    .push_bind(product.version)
                    .push_bind(i64::from(product.trashed))
                    .push_bind(product.parent_id.map(ProductId::uuid))
                    .push_bind(derived.name_key)
                    .push_bind(derived.options_key)
                    .push_bind(derived.words)
                    .push_bind(stamp.now.0)
                    .push_bind(stamp.now.0)
                    .push_bind(stamp.tx_id);
                for field in &fields {
                    push!(to, Bind::of(*field, product.fields.take(*field)));
                }
            });
            insert
        })
        .await
    })?;
    if stamp.is_searched {
        index_after(tx, last_pk).await?;
    }
    Ok(())
}

/// Rewrites changed products: only the columns that any of them changed are assigned, so that only
/// their indexes are touched.
async fn update(tx: &mut Tx, stamp: Stamp, rows: Vec<Written>) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let changed: BTreeSet<Field> = rows
        .iter()
        .flat_map(|row| row.changed.iter().copied())
        .collect();
    let searched: Vec<i64> = rows
        .iter()
        .filter(|row| stamp.is_searched && row.changed.iter().any(|field| is_searched(*field)))
        .filter_map(|row| row.pk)
        .collect();
    unindex(tx, &searched).await?;
    let fields: Vec<Field> = changed
        .iter()
        .copied()
        .filter(|field| !matches!(field, Field::ParentSku | Field::Sku))
        .collect();
    let mut into = format!("insert into products (pk, sku, created_at, {ALWAYS_BUT_CREATED}");
    for field in &fields {
        into.push_str(", ");
        into.push_str(field.key());
    }
    into.push_str(") ");
    let tail = assignments(tx.dialect(), &changed);
    let parts = parts_of(tx, rows);
    on_tx!(tx, DB, conn => {
        feed(conn, parts, move |part| {
            let mut upsert = QueryBuilder::<DB>::new(into.as_str());
            upsert.push_values(part, |mut to, written: Written| {
                let mut product = written.product;
                let derived = Derived::of(&product.fields);
                to.push_bind(written.pk.unwrap_or_default())
                    .push_bind(product.sku().to_owned())
                    .push_bind(stamp.now.0)
                    .push_bind(product.id.uuid())
                    .push_bind(product.version)
                    .push_bind(i64::from(product.trashed))
                    .push_bind(product.parent_id.map(ProductId::uuid))
                    .push_bind(derived.name_key)
                    .push_bind(derived.options_key)
                    .push_bind(derived.words)
                    .push_bind(stamp.now.0)
                    .push_bind(stamp.tx_id);
                for field in &fields {
                    push!(to, Bind::of(*field, product.fields.take(*field)));
                }
            });
            upsert.push(&tail);
            upsert
        })
        .await
    })?;
    index_again(tx, &searched).await
}

const ALWAYS_BUT_CREATED: &str =
    "id, version, deleted, parent_id, name_key, options_key, words, updated_at, tx_id";

/// What makes an insert of whole rows an update of the columns that depend on these fields.
fn assignments(dialect: Dialect, changed: &BTreeSet<Field>) -> String {
    let assigned: Vec<String> = assigned_columns(changed)
        .into_iter()
        .map(|column| dialect.assign(column))
        .collect();
    format!("{}{}", dialect.on_existing("pk"), assigned.join(", "))
}

/// The columns that an update assigns when these fields change.
fn assigned_columns(changed: &BTreeSet<Field>) -> Vec<&'static str> {
    let mut columns = vec!["version", "deleted", "updated_at", "tx_id"];
    for field in changed {
        columns.push(match field {
            Field::ParentSku => "parent_id",
            field => field.key(),
        });
    }
    if changed.contains(&Field::Name) {
        columns.push("name_key");
    }
    if changed.iter().any(|field| is_searched(*field)) {
        columns.push("words");
    }
    if Field::OPTIONS
        .iter()
        .any(|(_, value)| changed.contains(value))
    {
        columns.push("options_key");
    }
    columns
}

fn parts_of(tx: &Tx, rows: Vec<Written>) -> Vec<Vec<Written>> {
    parts(
        rows,
        tx.dialect().rows_per_insert(),
        BYTES_PER_INSERT,
        |row| {
            let fields = row.product.fields.iter();
            fields.map(|(_, value)| size_of(value)).sum()
        },
    )
}

/// Brings the stock of products with variants to the sum of theirs. It is derived, so the version
/// stays; the change feed carries it all the same.
pub(super) async fn parents_stock(
    tx: &mut Tx,
    tx_id: i64,
    parents: &BTreeSet<ProductId>,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = parents.iter().map(|id| id.uuid()).collect();
    for ids in ids.chunks(IN_LIST / 2) {
        let sums: HashMap<Uuid, i64> = sums(tx, ids).await?.into_iter().collect();
        on_tx!(tx, DB, conn => {
            let mut update = QueryBuilder::<DB>::new("update products set tx_id = ");
            update.push_bind(tx_id).push(", stock = case id");
            for id in ids {
                let sum = sums.get(id).copied().unwrap_or_default();
                update.push(" when ").push_bind(*id).push(" then ").push_bind(sum);
            }
            update.push(" end where id in (");
            let mut list = update.separated(",");
            for id in ids {
                list.push_bind(*id);
            }
            update.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

async fn sums(tx: &mut Tx, parents: &[Uuid]) -> sqlx::Result<Vec<(Uuid, i64)>> {
    on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(
            "select parent_id, cast(sum(stock) as signed) from products \
             where +deleted = 0 and parent_id in (",
        );
        let mut list = query.separated(",");
        for id in parents {
            list.push_bind(*id);
        }
        query.push(") group by parent_id").build_query_as().fetch_all(conn).await
    })
}

async fn newest_pk(tx: &mut Tx) -> sqlx::Result<i64> {
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_scalar("select coalesce(max(pk), 0) from products")
                .fetch_one(&mut **tx)
                .await
        }
        Tx::MySql(_) => Ok(0),
    }
}

/// SQLite's search tables, each with the columns that it takes from `products`.
const SEARCH_TABLES: [(&str, &str); 2] = [
    ("products_words", "words"),
    ("products_codes", "sku, barcode"),
];

/// Takes rows out of SQLite's search tables; they need the old text, so it comes before an update.
async fn unindex(tx: &mut Tx, pks: &[i64]) -> sqlx::Result<()> {
    for (table, columns) in SEARCH_TABLES {
        let start = format!(
            "insert into {table} ({table}, rowid, {columns}) select 'delete', pk, {columns} from products where pk in ("
        );
        reindex(tx, &start, pks).await?;
    }
    Ok(())
}

/// Puts rows into SQLite's search tables again.
async fn index_again(tx: &mut Tx, pks: &[i64]) -> sqlx::Result<()> {
    for (table, columns) in SEARCH_TABLES {
        let start = format!(
            "insert into {table} (rowid, {columns}) select pk, {columns} from products where pk in ("
        );
        reindex(tx, &start, pks).await?;
    }
    Ok(())
}

async fn reindex(tx: &mut Tx, start: &str, pks: &[i64]) -> sqlx::Result<()> {
    let Tx::Sqlite(tx) = tx else {
        return Ok(());
    };
    for pks in pks.chunks(IN_LIST) {
        let mut insert = QueryBuilder::<Sqlite>::new(start);
        let mut list = insert.separated(",");
        for pk in pks {
            list.push_bind(*pk);
        }
        insert.push(")").build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// Puts the rows after `pk` into SQLite's search tables.
async fn index_after(tx: &mut Tx, pk: i64) -> sqlx::Result<()> {
    let Tx::Sqlite(tx) = tx else {
        return Ok(());
    };
    for (table, columns) in SEARCH_TABLES {
        QueryBuilder::<Sqlite>::new(format!(
            "insert into {table} (rowid, {columns}) select pk, {columns} from products where pk > "
        ))
        .push_bind(pk)
        .build()
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
