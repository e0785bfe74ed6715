//! Writing what was decided, many rows per statement.

use std::collections::BTreeSet;

use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

use domain::record::{Column, Field, Fields, Record};
use domain::values::{RecordId, Timestamp};

use super::decide::{Rows, Written};
use super::search_tables::{index_after, index_again, unindex};
use crate::bind::{Bind, push, size_of};
use crate::db::{Tx, on_tx};
use crate::dialect::{BYTES_PER_INSERT, Dialect, IN_LIST};
use crate::feed::{feed, parts};
use crate::kinds::{Derived, KindRules};

/// What all rows of one transaction share.
#[derive(Clone, Copy)]
pub(super) struct Stamp {
    pub(super) now: Timestamp,
    pub(super) tx_id: i64,
    /// Whether the search tables are kept in step.
    pub(super) is_searched: bool,
}

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
    let fields: Vec<Field> = rules.stored().filter(is_filled).collect();
    let columns = Columns {
        before: "id, version, deleted, created_at, updated_at, tx_id",
        rules,
        fields,
        derives: |_, _| true,
        changed: BTreeSet::new(),
    };
    let into = columns.insert_into(tx.dialect().insert_into());
    let parts = parts_of(tx, rows);
    on_tx!(tx, DB, conn => {
        feed(conn, parts, move |part| {
            let mut insert = QueryBuilder::<DB>::new(into.as_str());
            insert.push_values(part, |mut to, written: Written| {
                let mut record = written.record;
                to.push_bind(record.id.uuid())
                    .push_bind(record.version)
                    .push_bind(i64::from(record.trashed))
                    .push_bind(stamp.now.0)
                    .push_bind(stamp.now.0)
                    .push_bind(stamp.tx_id);
                columns.bind(&mut record, |bound| match bound {
                    Bound::Id(id) => drop(to.push_bind(id)),
                    Bound::Value(bind) => drop(push!(to, bind)),
                });
            });
            insert
        })
        .await
    })?;
    if stamp.is_searched {
        index_after(tx, rules, last_pk).await?;
    }
    Ok(())
}

/// Rewrites changed records: only the columns that any of them changed are assigned, so that only
/// their indexes are touched.
async fn update(
    tx: &mut Tx,
    rules: &'static KindRules,
    stamp: Stamp,
    rows: Vec<Written>,
) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let changed: BTreeSet<Field> = rows
        .iter()
        .flat_map(|row| row.changed.iter().copied())
        .collect();
    let moves = rows.iter().any(|row| row.moves);
    let searched: Vec<i64> = rows
        .iter()
        .filter(|row| stamp.is_searched && rules.is_searched(&row.changed))
        .filter_map(|row| row.pk)
        .collect();
    unindex(tx, rules, &searched).await?;
    let code = rules.kind.code();
    let fields = rules
        .stored()
        .filter(|field| changed.contains(field) || *field == code);
    let columns = Columns {
        before: "pk, id, version, deleted, created_at, updated_at, tx_id",
        rules,
        fields: fields.collect(),
        derives: Derived::depends_on,
        changed,
    };
    let into = columns.insert_into("insert into ");
    let assigned = assigned_columns(rules, &columns.changed, moves);
    let tail = assignments(tx.dialect(), &assigned);
    let parts = parts_of(tx, rows);
    on_tx!(tx, DB, conn => {
        feed(conn, parts, move |part| {
            let mut upsert = QueryBuilder::<DB>::new(into.as_str());
            upsert.push_values(part, |mut to, written: Written| {
                let mut record = written.record;
                to.push_bind(written.pk.unwrap_or_default())
                    .push_bind(record.id.uuid())
                    .push_bind(record.version)
                    .push_bind(i64::from(record.trashed))
                    .push_bind(stamp.now.0)
                    .push_bind(stamp.now.0)
                    .push_bind(stamp.tx_id);
                columns.bind(&mut record, |bound| match bound {
                    Bound::Id(id) => drop(to.push_bind(id)),
                    Bound::Value(bind) => drop(push!(to, bind)),
                });
            });
            upsert.push(&tail);
            upsert
        })
        .await
    })?;
    index_again(tx, rules, &searched).await
}

/// The columns of a statement that writes whole rows.
struct Columns {
    /// Those that every kind has.
    before: &'static str,
    rules: &'static KindRules,
    /// The fields with columns of their own that are written.
    fields: Vec<Field>,
    /// Whether what is derived from fields is written; otherwise the statement leaves it as it is.
    derives: fn(&Derived, &BTreeSet<Field>) -> bool,
    changed: BTreeSet<Field>,
}

/// A value on its way into a column.
enum Bound {
    Id(Option<Uuid>),
    Value(Bind),
}

impl Columns {
    fn insert_into(&self, start: &str) -> String {
        let mut into = format!("{start}{} ({}", self.rules.table, self.before);
        let derived = self.rules.derived.iter().map(|derived| derived.column);
        for column in self.rules.reference_columns().chain(derived) {
            into.push_str(", ");
            into.push_str(column);
        }
        for def in self.fields.iter().filter_map(|field| field.def()) {
            into.push_str(", ");
            into.push_str(def.key);
        }
        into + ") "
    }

    /// Binds the values of a record, in the order of the columns.
    fn bind(&self, record: &mut Record, mut to: impl FnMut(Bound)) {
        let references = self.rules.reference_columns().count();
        for reference in record.references.iter().take(references) {
            to(Bound::Id(reference.map(RecordId::uuid)));
        }
        for derived in self.rules.derived {
            let is_written = (self.derives)(derived, &self.changed);
            let nothing = || Bind::Text(String::new());
            to(Bound::Value(if is_written {
                (derived.value)(record)
            } else {
                nothing()
            }));
        }
        for field in &self.fields {
            to(Bound::Value(Bind::of(*field, record.fields.take(*field))));
        }
    }
}

/// What makes an insert of whole rows an update of these columns.
fn assignments(dialect: Dialect, columns: &[&'static str]) -> String {
    let assigned: Vec<String> = columns
        .iter()
        .map(|column| dialect.assign(column))
        .collect();
    format!("{}{}", dialect.on_existing("pk"), assigned.join(", "))
}

/// The columns that an update assigns when these fields change. `deleted` leads many indexes, so it
/// is left alone unless a record goes to the trash or comes from it.
fn assigned_columns(
    rules: &KindRules,
    changed: &BTreeSet<Field>,
    moves: bool,
) -> Vec<&'static str> {
    let mut columns = vec!["version", "updated_at", "tx_id"];
    if moves {
        columns.push("deleted");
    }
    for def in changed.iter().filter_map(|field| field.def()) {
        columns.push(match def.column {
            Column::Own => def.key,
            Column::Reference(reference) => reference.column,
        });
    }
    if moves {
        // A record that comes back may have another parent than before.
        columns.extend(
            rules
                .reference_columns()
                .filter(|column| !columns.contains(column))
                .collect::<Vec<_>>(),
        );
    }
    for derived in rules.derived {
        if derived.depends_on(changed) {
            columns.push(derived.column);
        }
    }
    columns
}

fn parts_of(tx: &Tx, rows: Vec<Written>) -> Vec<Vec<Written>> {
    parts(
        rows,
        tx.dialect().rows_per_insert(),
        BYTES_PER_INSERT,
        |row| {
            let fields = row.record.fields.iter();
            fields.map(|(_, value)| size_of(value)).sum()
        },
    )
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
