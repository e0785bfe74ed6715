//! Statements of many rows: the next ones are built on a thread of their own while the database
//! works on the one before. An import spends as much time on building as on executing.

use sqlx::{Database, Executor, IntoArguments, QueryBuilder};
use tokio::sync::mpsc;

/// How many statements are built ahead.
const AHEAD: usize = 3;

/// Builds a statement of each part, in order, and executes it.
pub(super) async fn feed<DB, P>(
    conn: &mut DB::Connection,
    mut parts: Vec<P>,
    build: impl Fn(P) -> QueryBuilder<DB> + Send + 'static,
) -> sqlx::Result<()>
where
    DB: Database,
    P: Send + 'static,
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    if parts.len() <= 1 {
        if let Some(only) = parts.pop() {
            build(only).build().execute(&mut *conn).await?;
        }
        return Ok(());
    }
    let (sender, mut built) = mpsc::channel(AHEAD);
    let building = tokio::task::spawn_blocking(move || {
        for part in parts {
            // The receiver is gone when a statement failed.
            if sender.blocking_send(build(part)).is_err() {
                return;
            }
        }
    });
    while let Some(mut statement) = built.recv().await {
        statement.build().execute(&mut *conn).await?;
    }
    building
        .await
        .map_err(|panic| sqlx::Error::Encode(Box::new(panic)))
}

/// Splits rows into parts that neither have too many rows nor too much text.
pub(super) fn parts<R>(
    rows: Vec<R>,
    most_rows: usize,
    most_bytes: usize,
    bytes_of: impl Fn(&R) -> usize,
) -> Vec<Vec<R>> {
    let (mut parts, mut part, mut bytes) = (Vec::new(), Vec::new(), 0);
    for row in rows {
        bytes += bytes_of(&row);
        part.push(row);
        if part.len() == most_rows || bytes >= most_bytes {
            parts.push(std::mem::take(&mut part));
            bytes = 0;
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_end_at_the_row_that_fills_them() {
        let split = |rows: &[usize]| parts(rows.to_vec(), 3, 100, |bytes| *bytes);
        assert_eq!(split(&[]), Vec::<Vec<usize>>::new());
        assert_eq!(split(&[1, 1, 1, 1]), [vec![1, 1, 1], vec![1]]);
        assert_eq!(split(&[200, 1, 99, 1]), [vec![200], vec![1, 99], vec![1]]);
    }
}
