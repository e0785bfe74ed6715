//! The history: the journal as people read it, filtered, the latest entry first.

use std::collections::{BTreeSet, HashMap};

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use domain::error::Result;
use domain::plan::{HistoryChange, HistoryEntry, HistoryFilter, title};
use domain::record::{Field, FieldKind, Kind, Schema};
use domain::values::{BatchId, Timestamp, UserId};

use super::codes::code_in;
use super::entry_row::EntryRow;
use super::json::{KeyedChange, from_json};
use super::search::{Matches, push_search};
use super::titles::Undoings;
use crate::Store;
use crate::db::on;
use crate::fault::Told;
use crate::kinds::rules;
use crate::retry::retrying;
use crate::word::{from_word, word};

/// Of which kinds of record a user may read the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible(pub Vec<Kind>);

pub(super) const COLUMNS: &str = "select j.id, j.batch_id, t.at_ms, b.user_name, b.user_id, b.origin, \
    j.entity, j.entity_id, b.label, j.operation, j.changes, b.created, b.undo_of from ";

/// The first and the last entry of the batches that a filter lets through: between them stands
/// every entry that it lets through, so nothing else is looked at.
const BOUNDS: &str = "select min((select min(id) from journal where batch_id = b.id)), \
    max((select max(id) from journal where batch_id = b.id)) from batches b where 1 = 1";

impl EntryRow {
    /// The entry in words. What it is about is called by the code of the record as it is now; one
    /// that is not there any more by the code that the entry knows; a person, a role or the
    /// workspace by the label of the batch.
    fn told(
        self,
        schema: &Schema,
        codes: &HashMap<Uuid, String>,
        undoings: &Undoings,
    ) -> sqlx::Result<HistoryEntry> {
        let kind = Kind::from_key(&self.kind);
        let kind = kind.ok_or_else(|| sqlx::Error::Decode("a kind that is not known".into()))?;
        let keyed = from_json(kind, &self.operation, &self.changes)?;
        let origin = from_word(self.origin)?;
        let undoing = self.undo_of.and_then(|id| undoings.of(id));
        let title = title(origin, self.created > 0, undoing, &self.label);
        let label = match codes.get(&self.record_id) {
            Some(code) => code.clone(),
            None if rules(kind).is_ok() => code_in(kind, &keyed),
            None => self.label,
        };
        Ok(HistoryEntry {
            number: self.number,
            batch_id: self.batch_id.into(),
            at: Timestamp(self.at),
            person: self.person,
            person_id: self.person_id.map(UserId::from),
            origin,
            title,
            kind,
            record_id: self.record_id.into(),
            label,
            operation: from_word(self.operation)?,
            changes: keyed
                .into_iter()
                .map(|change| told(schema, change))
                .collect(),
            batch: None,
        })
    }
}

fn told(schema: &Schema, change: KeyedChange) -> HistoryChange {
    let view = change.field.map(|field| schema.view(field));
    HistoryChange {
        field: match change.field {
            Some(field) => field.to_string(),
            None => change.key.clone(),
        },
        label: view.map_or(change.key, |view| view.label.to_owned()),
        // Choices are told by their labels, which a reader of the history may not know any more.
        kind: match view.map_or(FieldKind::Text, |view| view.kind) {
            FieldKind::Choice => FieldKind::Text,
            FieldKind::Choices => FieldKind::Tags,
            kind => kind,
        },
        old: view.map_or(change.old.clone(), |view| view.told(&change.old)),
        new: view.map_or(change.new.clone(), |view| view.told(&change.new)),
    }
}

impl Store {
    /// A page of the history, the latest entry first: those before the entry numbered `before`.
    pub async fn history(
        &self,
        filter: &HistoryFilter,
        visible: &Visible,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<HistoryEntry>> {
        if filter.by_batch == Some(true) {
            return self.history_by_batch(filter, visible, before, limit).await;
        }
        let Some(bounds) = self.bounds(filter).await? else {
            return Ok(vec![]);
        };
        let search = filter.search.as_deref().map(str::trim).unwrap_or_default();
        let found = retrying!(self.found(search).await)?;
        // The plus keeps the database from reading the whole journal in order for a few entries.
        let order = match found {
            Matches::Few { .. } => " order by +j.id desc limit ",
            Matches::All | Matches::Many => " order by j.id desc limit ",
        };
        let join = self.db.dialect().join_in_order();
        let rows: Vec<EntryRow> = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(COLUMNS);
            query.push("journal j").push(join).push("batches b on b.id = j.batch_id");
            query.push(join).push("change_tx t on t.id = j.tx_id");
            query.push(" where 1 = 1");
            push_bounds(&mut query, bounds);
            push_before(&mut query, before);
            push_visible(&mut query, visible, "j");
            push_records(&mut query, filter);
            push_batches(&mut query, filter);
            push_times(&mut query, filter);
            push_search(&mut query, search, &found);
            query.push(order).push_bind(limit.max(0));
            query.build_query_as().fetch_all(pool).await
        }))?;
        self.told(rows).await
    }

    /// A page of what a batch did, in the order in which it was done, and how many entries there
    /// are in all.
    pub async fn entries_of_batch(
        &self,
        batch: BatchId,
        visible: &Visible,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<HistoryEntry>, i64)> {
        let total = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new("select count(*) from journal j where j.batch_id = ");
            query.push_bind(batch.uuid());
            push_visible(&mut query, visible, "j");
            query.build_query_scalar().fetch_one(pool).await
        }))?;
        let rows: Vec<EntryRow> = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(COLUMNS);
            query.push("journal j join batches b on b.id = j.batch_id join change_tx t on t.id = j.tx_id");
            query.push(" where j.id in (select id from (select j.id from journal j where j.batch_id = ");
            query.push_bind(batch.uuid());
            push_visible(&mut query, visible, "j");
            query.push(" order by j.id limit ").push_bind(limit.max(0));
            query.push(" offset ").push_bind(offset.max(0));
            query.push(") page) order by j.id").build_query_as().fetch_all(pool).await
        }))?;
        Ok((self.told(rows).await?, total))
    }

    pub(super) async fn told(&self, rows: Vec<EntryRow>) -> Result<Vec<HistoryEntry>> {
        let codes = self.codes_of(&rows).await?;
        let undone: BTreeSet<BatchId> = rows.iter().filter_map(|row| row.undo_of).collect();
        let undoings = self.undoings(undone.into_iter().collect()).await?;
        let schema = self.schema_for(&rows).await?;
        let told = rows.into_iter();
        let told = told.map(|row| row.told(&schema, &codes, &undoings));
        told.collect::<sqlx::Result<_>>().told()
    }

    /// Between which entries to look; nothing when no batch is let through.
    async fn bounds(&self, filter: &HistoryFilter) -> Result<Option<Bounds>> {
        let only_events = filter.kind.is_some_and(|kind| rules(kind).is_err());
        let narrows = only_events
            || filter.person.is_some()
            || filter.origins.is_some()
            || filter.from.is_some()
            || filter.to.is_some();
        if !narrows {
            return Ok(Some(None));
        }
        let bounds: (Option<i64>, Option<i64>) = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(BOUNDS);
            push_batches(&mut query, filter);
            if only_events {
                query.push(" and b.origin in ('people', 'settings', 'sign_in')");
            }
            if let Some(from) = filter.from {
                query.push(" and (b.finished_at is null or b.finished_at >= ");
                query.push_bind(from.0).push(")");
            }
            if let Some(to) = filter.to {
                query.push(" and b.started_at <= ").push_bind(to.0);
            }
            query.build_query_as().fetch_one(pool).await
        }))?;
        Ok(match bounds {
            (Some(first), Some(last)) => Some(Some((first, last))),
            _ => None,
        })
    }
}

/// The first and the last entry to look at; nothing when all are.
type Bounds = Option<(i64, i64)>;

fn push_bounds<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, bounds: Bounds)
where
    i64: Encode<'static, DB> + Type<DB>,
{
    if let Some((first, last)) = bounds {
        query.push(" and j.id >= ").push_bind(first);
        query.push(" and j.id <= ").push_bind(last);
    }
}

fn push_before<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, before: Option<i64>)
where
    i64: Encode<'static, DB> + Type<DB>,
{
    if let Some(before) = before {
        query.push(" and j.id < ").push_bind(before);
    }
}

/// Adds that the entry `entry` may be read.
pub(super) fn push_visible<DB: sqlx::Database>(
    query: &mut QueryBuilder<DB>,
    visible: &Visible,
    entry: &str,
) where
    &'static str: Encode<'static, DB> + Type<DB>,
{
    // The empty text keeps a list without kinds valid; it is no kind's key.
    query.push(" and ").push(entry).push(".entity in (''");
    for kind in &visible.0 {
        query.push(", ").push_bind(kind.key());
    }
    query.push(")");
}

fn push_records<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, filter: &HistoryFilter)
where
    Uuid: Encode<'static, DB> + Type<DB>,
    String: Encode<'static, DB> + Type<DB>,
    &'static str: Encode<'static, DB> + Type<DB>,
{
    if let Some(kind) = filter.kind {
        query.push(" and j.entity = ").push_bind(kind.key());
    }
    if let Some(id) = filter.record {
        query.push(" and j.entity_id = ").push_bind(id.uuid());
    }
    if let Some(field) = filter.field {
        if let Field::Fixed(kind, _) = field {
            query.push(" and j.entity = ").push_bind(kind.key());
        }
        // A quote inside a text is escaped, so this can only be the key of a change.
        query.push(" and instr(j.changes, ");
        query
            .push_bind(format!("\"{}\":", field.short_key()))
            .push(") > 0");
    }
}

pub(super) fn push_batches<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, filter: &HistoryFilter)
where
    Uuid: Encode<'static, DB> + Type<DB>,
    String: Encode<'static, DB> + Type<DB>,
{
    if let Some(person) = filter.person {
        query.push(" and b.user_id = ").push_bind(person.uuid());
    }
    if let Some(batch) = filter.batch {
        query.push(" and b.id = ").push_bind(batch.uuid());
    }
    if let Some(origins) = &filter.origins {
        // The empty text keeps a list without origins valid; it is no batch's origin.
        query.push(" and b.origin in (''");
        for origin in origins {
            query.push(", ").push_bind(word(origin));
        }
        query.push(")");
    }
}

pub(super) fn push_times<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, filter: &HistoryFilter)
where
    i64: Encode<'static, DB> + Type<DB>,
{
    if let Some(from) = filter.from {
        query.push(" and t.at_ms >= ").push_bind(from.0);
    }
    if let Some(to) = filter.to {
        query.push(" and t.at_ms <= ").push_bind(to.0);
    }
}
