//! SQLite's search tables, kept in step with the rows. MySQL keeps its own.

use sqlx::{QueryBuilder, Sqlite};

use crate::db::Tx;
use crate::dialect::IN_LIST;
use crate::kinds::KindRules;

/// Takes rows out of SQLite's search tables; they need the old text, so it comes before an update.
pub(super) async fn unindex(tx: &mut Tx, rules: &KindRules, pks: &[i64]) -> sqlx::Result<()> {
    let of = rules.table;
    for (table, columns) in rules.search_tables {
        let start = format!(
            "insert into {table} ({table}, rowid, {columns}) select 'delete', pk, {columns} from {of} where pk in ("
        );
        reindex(tx, &start, pks).await?;
    }
    Ok(())
}

/// Puts rows into SQLite's search tables again.
pub(super) async fn index_again(tx: &mut Tx, rules: &KindRules, pks: &[i64]) -> sqlx::Result<()> {
    let of = rules.table;
    for (table, columns) in rules.search_tables {
        let start = format!(
            "insert into {table} (rowid, {columns}) select pk, {columns} from {of} where pk in ("
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
pub(super) async fn index_after(tx: &mut Tx, rules: &KindRules, pk: i64) -> sqlx::Result<()> {
    let Tx::Sqlite(tx) = tx else {
        return Ok(());
    };
    let of = rules.table;
    for (table, columns) in rules.search_tables {
        QueryBuilder::<Sqlite>::new(format!(
            "insert into {table} (rowid, {columns}) select pk, {columns} from {of} where pk > "
        ))
        .push_bind(pk)
        .build()
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
