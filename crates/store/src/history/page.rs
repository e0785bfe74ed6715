//! The history: the journal as people read it, filtered, the latest entry first.

use std::collections::BTreeMap;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Encode, FromRow, QueryBuilder, Row as _, Type};
use uuid::Uuid;

use super::batches::{from_word, word};
use super::entries::sku_in;
use super::events::SEAL;
use super::json::from_json;
use super::search::{Found, push_search};
use crate::Store;
use crate::db::on;
use crate::retry::retrying;
use domain::catalog::Value;
use domain::error::Result;
use domain::plan::{Entity, HistoryChange, HistoryEntry, HistoryFilter, Operation};
use domain::values::{Timestamp, UserId};

/// Which entries a person may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visible {
    /// Those of products.
    pub products: bool,
    /// Those of people, roles, settings and sign-ins.
    pub events: bool,
}

const SELECT: &str = "select j.id, j.batch_id, t.at_ms, b.user_name, b.user_id, b.origin, j.entity, \
    j.entity_id, p.sku, b.label, j.operation, j.changes from journal j";

/// The first and the last entry of the batches that a filter lets through: between them stands
/// every entry that it lets through, so nothing else is looked at.
const BOUNDS: &str = "select min((select min(id) from journal where batch_id = b.id)), \
    max((select max(id) from journal where batch_id = b.id)) from batches b where 1 = 1";

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for Read {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let entity = from_word(row.try_get(6)?)?;
                let (operation, json): (String, String) = (row.try_get(10)?, row.try_get(11)?);
                let (changes, sku) = read_changes(entity, &operation, &json)?;
                let label = match entity {
                    Entity::Product => row.try_get::<Option<String>, _>(8)?.unwrap_or(sku),
                    _ => row.try_get(9)?,
                };
                Ok(Read(HistoryEntry {
                    number: row.try_get(0)?,
                    batch_id: row.try_get::<Uuid, _>(1)?.into(),
                    at: Timestamp(row.try_get(2)?),
                    person: row.try_get(3)?,
                    person_id: row.try_get::<Option<Uuid>, _>(4)?.map(UserId::from),
                    origin: from_word(row.try_get(5)?)?,
                    entity,
                    entity_id: row.try_get(7)?,
                    label,
                    operation: from_word(operation)?,
                    changes,
                }))
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

/// An entry as it is read.
struct Read(HistoryEntry);

/// The changes of an entry, and the SKU of a product as far as they tell it.
fn read_changes(
    entity: Entity,
    operation: &str,
    json: &str,
) -> sqlx::Result<(Vec<HistoryChange>, String)> {
    if entity == Entity::Product {
        let operation: Operation = from_word(operation.to_owned())?;
        let changes = from_json(operation, json)?;
        let sku = sku_in(&changes);
        let changes = changes.into_iter().map(|change| HistoryChange {
            field: change.field.key().to_owned(),
            label: change.field.label().to_owned(),
            old: change.old,
            new: change.new,
        });
        return Ok((changes.collect(), sku));
    }
    let changes: BTreeMap<String, (Value, Value)> =
        serde_json::from_str(json).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))?;
    let changes =
        changes
            .into_iter()
            .filter(|(field, _)| field != SEAL)
            .map(|(field, (old, new))| HistoryChange {
                label: label_of(&field),
                field,
                old,
                new,
            });
    Ok((changes.collect(), String::new()))
}

/// What people call a field of a record that is no product: `idle_lock_minutes` is `Idle lock
/// minutes`.
fn label_of(field: &str) -> String {
    match field {
        "email" => "E-mail".to_owned(),
        _ => {
            let words = field.replace('_', " ");
            let mut chars = words.chars();
            let first = chars.next().map(|first| first.to_uppercase().to_string());
            first.unwrap_or_default() + chars.as_str()
        }
    }
}

impl Store {
    /// A page of the history, the latest entry first: those before the entry numbered `before`.
    pub async fn history(
        &self,
        filter: &HistoryFilter,
        visible: Visible,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<HistoryEntry>> {
        let Some(bounds) = self.bounds(filter).await? else {
            return Ok(vec![]);
        };
        let search = filter.search.as_deref().map(str::trim).unwrap_or_default();
        let found = retrying!(self.found(search).await)?;
        // The plus keeps the database from reading the whole journal in order for a few entries.
        let order = match found {
            Found::Few { .. } => " order by +j.id desc limit ",
            Found::All | Found::Many => " order by j.id desc limit ",
        };
        let join = self.db.dialect().join_in_order();
        let rows: Vec<Read> = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(SELECT);
            query.push(join).push("batches b on b.id = j.batch_id");
            query.push(join).push("change_tx t on t.id = j.tx_id");
            query.push(" left join products p on p.id = j.entity_id where 1 = 1");
            push_bounds(&mut query, bounds);
            push_before(&mut query, before);
            push_visible(&mut query, visible);
            push_records(&mut query, filter);
            push_batches(&mut query, filter);
            push_times(&mut query, filter);
            push_search(&mut query, search, &found);
            query.push(order).push_bind(limit.max(0));
            query.build_query_as().fetch_all(pool).await
        }))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Between which entries to look; nothing when no batch is let through.
    async fn bounds(&self, filter: &HistoryFilter) -> Result<Option<Bounds>> {
        let only_events = filter
            .entity
            .is_some_and(|entity| entity != Entity::Product);
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

fn push_visible<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, visible: Visible) {
    match (visible.products, visible.events) {
        (true, true) => {}
        (true, false) => {
            query.push(" and j.entity = 'product'");
        }
        (false, true) => {
            query.push(" and j.entity <> 'product'");
        }
        (false, false) => {
            query.push(" and 1 = 0");
        }
    }
}

fn push_records<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, filter: &HistoryFilter)
where
    Uuid: Encode<'static, DB> + Type<DB>,
    String: Encode<'static, DB> + Type<DB>,
    &'static str: Encode<'static, DB> + Type<DB>,
{
    if let Some(entity) = filter.entity {
        query.push(" and j.entity = ").push_bind(entity.key());
    }
    if let Some(id) = filter.entity_id {
        query.push(" and j.entity_id = ").push_bind(id);
    }
    if let Some(field) = &filter.field {
        // A quote inside a text is escaped, so this can only be the key of a change.
        query.push(" and instr(j.changes, ");
        query
            .push_bind(format!("\"{}\":", field.trim()))
            .push(") > 0");
    }
}

fn push_batches<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, filter: &HistoryFilter)
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

fn push_times<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, filter: &HistoryFilter)
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

#[cfg(test)]
mod tests {
    use super::label_of;

    #[test]
    fn a_field_is_told_in_words() {
        for (field, label) in [
            ("email", "E-mail"),
            ("name", "Name"),
            ("idle_lock_minutes", "Idle lock minutes"),
            ("", ""),
        ] {
            assert_eq!(label_of(field), label);
        }
    }
}
