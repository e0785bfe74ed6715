//! One row by its id, on either database: read as it is, or kept for the transaction that is going
//! to change it.

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::db::{Db, Tx, on, on_tx};

/// What both databases give rows of.
pub(super) trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, MySqlRow> + Send + Unpin
{
}

impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, MySqlRow> + Send + Unpin
{
}

/// The row with this id that `select`, which ends before its condition, reads.
pub(super) async fn find<T: Record>(
    db: &Db,
    select: &'static str,
    id: Uuid,
) -> sqlx::Result<Option<T>> {
    on!(db, DB, pool => {
        QueryBuilder::<DB>::new(select)
            .push("where id = ")
            .push_bind(id)
            .build_query_as()
            .fetch_optional(pool)
            .await
    })
}

/// The same inside a transaction; on a server the row is kept for it.
pub(super) async fn keep<T: Record>(
    tx: &mut Tx,
    select: &'static str,
    id: Uuid,
) -> sqlx::Result<Option<T>> {
    let lock = tx.dialect().for_update();
    on_tx!(tx, DB, conn => {
        QueryBuilder::<DB>::new(select)
            .push("where id = ")
            .push_bind(id)
            .push(lock)
            .build_query_as()
            .fetch_optional(conn)
            .await
    })
}
