//! Writing what was decided, many rows per statement.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

use domain::record::{Field, Fields};

use super::cells::{self, Cell};
use super::rows::{Rows, Written};
use super::search_tables::{index_after, index_again, unindex};
use super::stamp::Stamp;
use crate::bind::{push, size_of};
use crate::db::{Tx, on_tx};
use crate::dialect::{BYTES_PER_INSERT, Dialect, IN_LIST};
use crate::feed::{feed, parts};
use crate::kinds::KindRules;

/// Writes the rows of one kind and keeps SQLite's search tables in step. MySQL keeps its own.
pub(super) async fn rows(
    tx: &mut Tx,
    rules: &'static KindRules,
    stamp: Stamp,
    rows: Rows,
) -> sqlx::Result<()> {
    let purges: Vec<i64> = rows.purges.iter().filter_map(|row| row.pk).collect();
    purge(tx, rules, stamp, &purges).await?;
    update(tx, rules, stamp, rows.updates).await?;
    insert(tx, rules, stamp, rows.inserts).await
}

async fn purge(tx: &mut Tx, rules: &KindRules, stamp: Stamp, pks: &[i64]) -> sqlx::Result<()> {
    if stamp.is_searched {
        unindex(tx, rules, pks).await?;
    }
    for pks in pks.chunks(IN_LIST) {
        on_tx!(tx, DB, conn => {
            let mut delete = QueryBuilder::<DB>::new("delete from ");
            let mut list = delete.push(rules.table).push(" where pk in (").separated(",");
            for pk in pks {
                list.push_bind(*pk);
            }
            delete.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

/// Inserts new records, with the columns that any of them fills; the others have their defaults.
async fn insert(
    tx: &mut Tx,
    rules: &'static KindRules,
    stamp: Stamp,
    rows: Vec<Written>,
) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let last_pk = newest_pk(tx, rules).await?;
    let blank = Fields::blank(rules.kind);
    let is_filled = |field: &Field| {
        let mut records = rows.iter().map(|row| &row.record.fields);
        records.any(|fields| fields.get(*field) != blank.get(*field))
    };
    let cells = cells::of_insert(rules, is_filled);
    let start = tx.dialect().insert_into();
    let statement = Statement {
        before: format!("{start}{} ({}) ", rules.table, names(&cells).join(", ")),
        after: String::new(),
        cells,
    };
    let most = tx.dialect().rows_per_insert();
    statement.write(tx, stamp, rows, most).await?;
    if stamp.is_searched {
        index_after(tx, rules, last_pk).await?;
    }
    Ok(())
}

/// Rewrites changed records. Of each, only the columns that changed are assigned, so that only their
/// indexes are touched.
async fn update(
    tx: &mut Tx,
    rules: &'static KindRules,
    stamp: Stamp,
    rows: Vec<Written>,
) -> sqlx::Result<()> {
    let searched: Vec<i64> = rows
        .iter()
        .filter(|row| stamp.is_searched && rules.is_searched(&row.changed))
        .filter_map(|row| row.pk)
        .collect();
    unindex(tx, rules, &searched).await?;
    let dialect = tx.dialect();
    for alike in alike(rules, rows) {
        let most = match alike.changed.contains(&rules.kind.code()) {
            true => dialect.rows_per_ordered_update(),
            false => dialect.rows_per_insert(),
        };
        let assigned = cells::of_update(rules, &alike.changed, alike.moves);
        let statement = Statement::of_update(dialect, rules, &assigned);
        statement.write(tx, stamp, alike.rows, most).await?;
    }
    index_again(tx, rules, &searched).await
}

/// Changed records of which the same columns are written.
#[derive(Default)]
struct Alike {
    changed: BTreeSet<Field>,
    moves: bool,
    rows: Vec<Written>,
}

/// Sorts changed records by what changed. Those with another code stay together in their order: one
/// may take the code that another one gives up.
fn alike(rules: &KindRules, rows: Vec<Written>) -> impl Iterator<Item = Alike> {
    let mut recoded = Alike::default();
    let mut groups: BTreeMap<(BTreeSet<Field>, bool), Vec<Written>> = BTreeMap::new();
    for mut row in rows {
        let changed = columns_of(std::mem::take(&mut row.changed));
        if changed.contains(&rules.kind.code()) {
            recoded.changed.extend(changed);
            recoded.moves |= row.moves;
            recoded.rows.push(row);
        } else {
            groups.entry((changed, row.moves)).or_default().push(row);
        }
    }
    let groups = groups.into_iter().map(|((changed, moves), mut rows)| {
        // Neighbours in the table lie on the same pages of it and of its indexes.
        rows.sort_unstable_by_key(|row| row.pk);
        Alike {
            changed,
            moves,
            rows,
        }
    });
    let recoded = (!recoded.rows.is_empty()).then_some(recoded);
    recoded.into_iter().chain(groups)
}

/// The changed fields with one in the place of all that a workspace has of its own: these share a
/// column, so they make no difference.
fn columns_of(mut changed: BTreeSet<Field>) -> BTreeSet<Field> {
    if matches!(changed.last(), Some(Field::Custom(_))) {
        changed.retain(|field| matches!(field, Field::Fixed(..)));
        changed.insert(Field::Custom(Uuid::nil().into()));
    }
    changed
}

/// A statement that writes many rows.
struct Statement {
    /// What stands before the values.
    before: String,
    /// What stands behind them.
    after: String,
    cells: Vec<Cell>,
}

impl Statement {
    fn of_update(dialect: Dialect, rules: &KindRules, assigned: &[Cell]) -> Self {
        let cells = match dialect {
            Dialect::Sqlite => cells::numbered(assigned),
            Dialect::MySql => cells::whole(rules, assigned),
        };
        let (before, after) = dialect.update_many(rules.table, &names(&cells), &names(assigned));
        Self {
            before,
            after,
            cells,
        }
    }

    /// Writes rows, at most so many at a time.
    async fn write(
        self,
        tx: &mut Tx,
        stamp: Stamp,
        rows: Vec<Written>,
        most: usize,
    ) -> sqlx::Result<()> {
        let bytes_of = |row: &Written| {
            let fields = row.record.fields.iter();
            fields.map(|(_, value)| size_of(value)).sum()
        };
        let parts = parts(rows, most, BYTES_PER_INSERT, bytes_of);
        on_tx!(tx, DB, conn => {
            feed(conn, parts, move |part| {
                let mut query = QueryBuilder::<DB>::new(self.before.as_str());
                query.push_values(part, |mut to, mut row: Written| {
                    for cell in &self.cells {
                        push!(to, cell.bind(&mut row, stamp));
                    }
                });
                query.push(&self.after);
                query
            })
            .await
        })
    }
}

fn names(cells: &[Cell]) -> Vec<&'static str> {
    cells.iter().map(|cell| cell.column).collect()
}

async fn newest_pk(tx: &mut Tx, rules: &KindRules) -> sqlx::Result<i64> {
    match tx {
        Tx::Sqlite(tx) => {
            QueryBuilder::<Sqlite>::new("select coalesce(max(pk), 0) from ")
                .push(rules.table)
                .build_query_scalar()
                .fetch_one(&mut **tx)
                .await
        }
        Tx::MySql(_) => Ok(0),
    }
}
