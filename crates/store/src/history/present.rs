//! Reads what a comparison of records with the journal needs.

use std::collections::HashMap;

use futures_util::TryStreamExt as _;
use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::record::{Kind, Record};
use domain::values::RecordId;

use super::replay::{Family, Replay};
use crate::db::{Db, on};
use crate::dialect::IN_LIST;
use crate::kinds::{self, KindRules};
use crate::record_row::{self, Cells, stored};

/// How many entries are looked through at once for records that are not there.
pub(super) const STRIDE: i64 = 5_000;

/// How many parents are asked for at once: so few that a server looks into its index for each of them.
pub(super) const PARENTS: usize = 100;

/// How many entries of children are read at once.
const PAGE: i64 = 2_000;

/// A row of the table of a kind.
pub(super) struct Row {
    pub(super) pk: i64,
    /// The record; where it cannot be read, what it is called.
    pub(super) record: Result<Record, String>,
}

impl Row {
    fn read(rules: &KindRules, row: &impl Cells) -> sqlx::Result<Self> {
        let pk = row.number(0)?;
        let record = stored(rules, row).map(|stored| stored.record);
        let called = |_| record_row::code(rules, row).unwrap_or_else(|_| format!("in row {pk}"));
        Ok(Self {
            pk,
            record: record.map_err(called),
        })
    }
}

/// The next rows of a kind.
pub(super) async fn page(db: &Db, rules: &'static KindRules, after: i64) -> sqlx::Result<Vec<Row>> {
    on!(db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(rules.select());
        sql.push("where p.pk > ").push_bind(after).push(" order by p.pk limit ");
        sql.push_bind(i64::try_from(IN_LIST).unwrap_or(i64::MAX));
        let rows = sql.build().fetch_all(pool).await?;
        rows.iter().map(|row| Row::read(rules, row)).collect()
    })
}

/// The entries of these records, replayed. However many a record has, one is in memory.
pub(super) async fn replays(
    db: &Db,
    kind: Kind,
    ids: &[Uuid],
) -> sqlx::Result<HashMap<RecordId, Replay>> {
    let mut found: HashMap<RecordId, Replay> = HashMap::with_capacity(ids.len());
    if ids.is_empty() {
        return Ok(found);
    }
    on!(db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(
            "select entity_id, operation, version, changes from journal where entity = ",
        );
        let mut list = sql.push_bind(kind.key()).push(" and entity_id in (").separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        let query = sql.push(") order by entity_id, id").build_query_as::<(Uuid, String, i64, String)>();
        let mut rows = query.fetch(pool);
        while let Some((id, operation, version, changes)) = rows.try_next().await? {
            let replay = found.entry(id.into()).or_insert_with(|| Replay::of(kind));
            replay.apply(operation, version, &changes);
        }
        Ok(found)
    })
}

/// The children of those records that have any.
pub(super) async fn families(
    db: &Db,
    rules: &'static KindRules,
    parents: &[Uuid],
) -> sqlx::Result<HashMap<RecordId, Family>> {
    let mut found: HashMap<RecordId, Family> = HashMap::new();
    let parent = rules
        .kind
        .parent_field()
        .and_then(|field| field.reference());
    let sum = rules
        .kind
        .sum_field()
        .and_then(|field| rules.own_column(field));
    let (Some(parent), Some(sum)) = (parent, sum) else {
        return Ok(found);
    };
    on!(db, DB, pool => {
        let column = parent.column;
        let mut sql = QueryBuilder::<DB>::new(format!(
            "select {column}, deleted, {sum} from {} where {column} in (", rules.table
        ));
        let mut list = sql.separated(",");
        for id in parents {
            list.push_bind(*id);
        }
        // Where hardly any record has a parent, only the order keeps SQLite from reading the whole table.
        sql.push(") order by ").push(column);
        let query = sql.build_query_as::<(Uuid, bool, i64)>();
        let mut rows = query.fetch(pool);
        while let Some((id, trashed, own)) = rows.try_next().await? {
            let family = found.entry(id.into()).or_default();
            if !trashed {
                family.living += 1;
                family.sum += i128::from(own);
            }
        }
        Ok(found)
    })
}

/// The next entries that change which record is the parent.
pub(super) async fn entries_with_parents(
    db: &Db,
    kind: Kind,
    after: i64,
) -> sqlx::Result<Vec<(i64, String, String)>> {
    let parent = kind.parent_field().map(|field| field.short_key());
    on!(db, DB, pool => {
        // A quote inside a text is escaped, so this can only be the key of a change.
        QueryBuilder::<DB>::new("select id, operation, changes from journal where id > ")
            .push_bind(after)
            .push(" and entity = ")
            .push_bind(kind.key())
            .push(" and instr(changes, ")
            .push_bind(format!("\"{}\":", parent.unwrap_or_default()))
            .push(") > 0 order by id limit ")
            .push_bind(PAGE)
            .build_query_as()
            .fetch_all(pool)
            .await
    })
}

/// The records that the next entries created and that are not there.
pub(super) async fn missing_records(db: &Db, after: i64) -> sqlx::Result<Vec<(String, Uuid)>> {
    on!(db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(
            "select j.entity, j.entity_id from journal j where j.operation = 'create' and j.id > ",
        );
        sql.push_bind(after).push(" and j.id <= ").push_bind(after + STRIDE);
        sql.push(" and case j.entity");
        for rules in kinds::all() {
            sql.push(format!(
                " when '{}' then (select count(*) from {} where id = j.entity_id)",
                rules.kind, rules.table
            ));
        }
        sql.push(" else 1 end = 0").build_query_as().fetch_all(pool).await
    })
}
