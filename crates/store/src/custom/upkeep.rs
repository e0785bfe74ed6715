//! What follows for custom fields from the records that are written: the index of values kept in
//! step, and the steps that a changed field asks for.

use std::collections::{BTreeMap, HashMap};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::record::{Field, Kind, Value};
use domain::values::{CustomFieldId, RecordId};
use domain::workspace::custom_field::{CUSTOM_FIELD, FILTERABLE, RECORD_KIND, def_of};

use super::definitions::{self, Definition, Definitions};
use super::keys::{ValueKey, keys_of};
use super::steps::{Step, Task};
use crate::apply::rows::{Rows, Written};
use crate::db::{Tx, on_tx};
use crate::dialect::IN_LIST;
use crate::kinds;

/// How many values one statement writes.
const TOGETHER: usize = 500;

/// A record whose values or whereabouts are others now.
struct Touched {
    id: RecordId,
    /// Its row number; none for a new one.
    pk: Option<i64>,
    trashed: bool,
    values: Vec<(CustomFieldId, Value)>,
}

/// What is to be done after the rows were written.
#[derive(Default)]
pub(crate) struct Upkeep {
    touched: BTreeMap<Kind, Vec<Touched>>,
    gone: BTreeMap<Kind, Vec<i64>>,
    steps: Vec<Step>,
    changes_fields: bool,
}

impl Upkeep {
    /// What the rows that are going to be written ask for.
    pub(crate) fn of(rows: &BTreeMap<Kind, Rows>) -> Self {
        let mut upkeep = Self::default();
        for (kind, rows) in rows {
            if *kind == CUSTOM_FIELD {
                upkeep.changes_fields = true;
                let changed = rows.updates.iter().filter_map(step_of_change);
                upkeep.steps.extend(changed);
                upkeep
                    .steps
                    .extend(rows.purges.iter().filter_map(step_of_purge));
            }
            if kinds::rules_in_tx(*kind).is_ok_and(|rules| rules.has_custom()) {
                upkeep.follow(*kind, rows);
            }
        }
        upkeep
    }

    /// Whether fields of the workspace's own are written.
    pub(crate) fn changes_fields(&self) -> bool {
        self.changes_fields
    }

    fn follow(&mut self, kind: Kind, rows: &Rows) {
        let has_values = |row: &&Written| !row.record.fields.custom().is_empty();
        let differs = |row: &&Written| {
            let mut changed = row.changed.iter();
            let is_custom = changed.any(|field| matches!(field, Field::Custom(_)));
            is_custom || row.moves && has_values(row)
        };
        let touched = rows.inserts.iter().filter(has_values);
        let touched = touched.chain(rows.updates.iter().filter(differs));
        let touched: Vec<Touched> = touched
            .map(|row| Touched {
                id: row.record.id,
                pk: row.pk,
                trashed: row.record.trashed,
                values: row.record.fields.custom().to_vec(),
            })
            .collect();
        if !touched.is_empty() {
            self.touched.insert(kind, touched);
        }
        let gone: Vec<i64> = rows.purges.iter().filter_map(|row| row.pk).collect();
        if !gone.is_empty() {
            self.gone.insert(kind, gone);
        }
    }

    /// Does it, in the transaction that wrote the rows.
    pub(crate) async fn run(self, tx: &mut Tx) -> sqlx::Result<()> {
        for step in &self.steps {
            step.note(tx).await?;
        }
        if self.touched.is_empty() && self.gone.is_empty() {
            return Ok(());
        }
        let known = definitions::read(&mut tx.session()).await?;
        for (kind, pks) in &self.gone {
            take_out(tx, &indexed(&known, *kind), pks).await?;
        }
        for (kind, touched) in self.touched {
            let fields = indexed(&known, kind);
            if !fields.is_empty() {
                put_in(tx, kind, &fields, touched).await?;
            }
        }
        Ok(())
    }
}

/// What a changed field asks of all records.
fn step_of_change(row: &Written) -> Option<Step> {
    let is_other = row.moves || row.changed.contains(&FILTERABLE);
    let def = def_of(&row.record).filter(|_| is_other)?;
    let task = if def.is_indexed() {
        Task::Fill
    } else {
        Task::Clear
    };
    Some(Step::new(def.id, row.pk?, def.of, task))
}

/// What a field that is deleted for good asks of all records.
fn step_of_purge(row: &Written) -> Option<Step> {
    let of = Kind::from_key(row.record.fields.text(RECORD_KIND))?;
    let id = row.record.id.uuid().into();
    Some(Step::new(id, row.pk?, of, Task::Erase))
}

/// The fields of a kind whose values stand in the index.
fn indexed(known: &Definitions, kind: Kind) -> BTreeMap<CustomFieldId, &Definition> {
    let fields = known
        .iter()
        .filter(|(_, field)| field.of == kind && field.is_indexed);
    fields.map(|(id, field)| (*id, field)).collect()
}

/// Brings the index to what the records hold now.
async fn put_in(
    tx: &mut Tx,
    kind: Kind,
    fields: &BTreeMap<CustomFieldId, &Definition>,
    touched: Vec<Touched>,
) -> sqlx::Result<()> {
    let old: Vec<i64> = touched.iter().filter_map(|row| row.pk).collect();
    take_out(tx, fields, &old).await?;
    let new = touched.iter().filter(|row| row.pk.is_none());
    let new: Vec<Uuid> = new.map(|row| row.id.uuid()).collect();
    let numbers = numbers_of(tx, kind, &new).await?;
    let mut entries = Vec::new();
    for row in touched {
        let Some(record) = row.pk.or_else(|| numbers.get(&row.id.uuid()).copied()) else {
            continue;
        };
        for (id, value) in &row.values {
            let Some(field) = fields.get(id) else {
                continue;
            };
            for key in keys_of(field.kind, value) {
                entries.push(Entry {
                    field: field.pk,
                    trashed: row.trashed,
                    key,
                    record,
                });
            }
        }
    }
    insert(tx, entries).await
}

/// A row of `custom_values`.
pub(super) struct Entry {
    pub(super) field: i64,
    pub(super) trashed: bool,
    pub(super) key: ValueKey,
    pub(super) record: i64,
}

/// Writes rows of the index.
pub(super) async fn insert(tx: &mut Tx, entries: Vec<Entry>) -> sqlx::Result<()> {
    let start = tx.dialect().insert_into();
    for entries in entries.chunks(TOGETHER) {
        on_tx!(tx, DB, conn => {
            let mut insert = QueryBuilder::<DB>::new(start);
            insert.push("custom_values (field, deleted, number_key, text_key, record) ");
            insert.push_values(entries, |mut row, entry| {
                row.push_bind(entry.field)
                    .push_bind(i64::from(entry.trashed))
                    .push_bind(entry.key.number)
                    .push_bind(entry.key.text.clone())
                    .push_bind(entry.record);
            });
            insert.build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

/// Takes the values of records out of the index.
async fn take_out(
    tx: &mut Tx,
    fields: &BTreeMap<CustomFieldId, &Definition>,
    pks: &[i64],
) -> sqlx::Result<()> {
    let fields: Vec<i64> = fields.values().map(|field| field.pk).collect();
    delete(tx, &fields, pks).await
}

/// The same by the row numbers of the fields.
pub(super) async fn delete(tx: &mut Tx, fields: &[i64], pks: &[i64]) -> sqlx::Result<()> {
    if fields.is_empty() {
        return Ok(());
    }
    for pks in pks.chunks(IN_LIST) {
        on_tx!(tx, DB, conn => {
            let mut delete = QueryBuilder::<DB>::new("delete from custom_values where record in (");
            let mut list = delete.separated(",");
            for pk in pks {
                list.push_bind(*pk);
            }
            let mut list = delete.push(") and field in (").separated(",");
            for field in fields {
                list.push_bind(*field);
            }
            delete.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

/// The row numbers of records that were just created.
async fn numbers_of(tx: &mut Tx, kind: Kind, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, i64>> {
    let table = kinds::rules_in_tx(kind)?.table;
    let mut numbers = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(IN_LIST) {
        let rows: Vec<(Uuid, i64)> = on_tx!(tx, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!("select id, pk from {table} where id in ("));
            let mut list = query.separated(",");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")").build_query_as().fetch_all(conn).await
        })?;
        numbers.extend(rows);
    }
    Ok(numbers)
}
