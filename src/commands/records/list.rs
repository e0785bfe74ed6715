//! Lists of records, and looking them up by their codes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::check::check_fits;
use super::hidden;
use crate::commands::call::Call;
use crate::commands::paging;
use domain::error::{Error, Result};
use domain::record::{Field, Kind, Record, Schema, Value};
use domain::values::RecordId;
use store::{RecordQuery, RecordSort};

/// Rows `offset … offset + limit` of a searched, sorted list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListRecords {
    /// Words that all must stand in what the search looks at.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// The trash instead of the living ones.
    #[serde(default)]
    pub trashed: bool,
    /// Only those that refer to this record.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub of: Option<ReferTo>,
    /// Only those that pass every one of these filters.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub filters: Option<Vec<FieldFilter>>,
    /// By what they are sorted; by their code when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sort: Option<SortBy>,
    /// From the largest to the smallest.
    #[serde(default)]
    pub descending: bool,
    /// How many rows come before.
    pub offset: i64,
    /// How many rows, at most 500.
    pub limit: i64,
}

/// A record, and the field by which others refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReferTo {
    /// The field.
    pub field: Field,
    /// The record.
    pub id: RecordId,
}

/// Lets those pass that hold one of some values in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldFilter {
    /// The field.
    pub field: Field,
    /// The values, at most 100; an empty one stands for "nothing in it".
    pub any: Vec<Value>,
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum SortBy {
    /// The time of their last change.
    Time(SortTime),
    /// A field; what refers to another record is sorted by that record's code.
    Field(Field),
}

/// A time that every record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortTime {
    /// When it was last changed.
    UpdatedAt,
}

/// The most filters of one list, and the most values of one filter.
const MOST_FILTERS: usize = 20;
const MOST_VALUES: usize = 100;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordPage {
    /// The records.
    pub rows: Vec<Record>,
    /// How many there are in all.
    pub total: i64,
}

/// Looks records up by exactly these codes, those in the trash included. They come in the order
/// asked for; what is not there is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FindRecords {
    /// The codes, at most 500.
    pub codes: Vec<String>,
}

/// A page of a list. A user who may not see a field can neither sort by it nor filter on it: the
/// order, or what passes, would tell.
pub(in crate::commands) async fn list(
    call: &Call,
    kind: Kind,
    request: ListRecords,
) -> Result<RecordPage> {
    paging::check(request.offset, request.limit)?;
    let store = call.store()?;
    let sort = match request.sort {
        None => RecordSort::Code,
        Some(SortBy::Time(SortTime::UpdatedAt)) => RecordSort::UpdatedAt,
        Some(SortBy::Field(field)) => RecordSort::Field(field),
    };
    let filters = request.filters.unwrap_or_default();
    let named = request.of.map(|of| of.field);
    let named = named.into_iter().chain(match sort {
        RecordSort::Field(field) => Some(field),
        RecordSort::Code | RecordSort::UpdatedAt => None,
    });
    hidden::refuse(call, named.chain(filters.iter().map(|filter| filter.field)))?;
    let which = RecordQuery {
        search: request.search.unwrap_or_default(),
        trashed: request.trashed,
        of: request.of.map(|of| (of.field, of.id)),
        holding: holding(kind, &store.schema(), filters)?,
        sort,
        descending: request.descending,
    };
    let (rows, total) = store
        .list_records(kind, &which, request.offset, request.limit)
        .await?;
    let rows = rows.into_iter().map(|record| hidden::hide(call, record));
    Ok(RecordPage {
        rows: rows.collect(),
        total,
    })
}

/// The filters as the store takes them, each value as it would be saved.
pub(in crate::commands) fn holding(
    kind: Kind,
    schema: &Schema,
    filters: Vec<FieldFilter>,
) -> Result<Vec<(Field, Vec<Value>)>> {
    let is_too_long = |filter: &FieldFilter| filter.any.len() > MOST_VALUES;
    if filters.len() > MOST_FILTERS || filters.iter().any(is_too_long) {
        return Err(Error::invalid(format!(
            "A list takes at most {MOST_FILTERS} filters of {MOST_VALUES} values each."
        ))
        .hint("Choose fewer values."));
    }
    let mut taken = Vec::with_capacity(filters.len());
    for FieldFilter { field, any } in filters {
        for value in &any {
            check_fits(kind, schema, field, value)?;
        }
        let tidied = any.into_iter().map(|value| schema.tidied(field, value));
        taken.push((field, tidied.collect()));
    }
    Ok(taken)
}

/// The records with exactly these codes, in their order; those that are not there are left out.
pub(in crate::commands) async fn find(
    call: &Call,
    kind: Kind,
    request: FindRecords,
) -> Result<Vec<Record>> {
    let codes: Vec<&str> = request.codes.iter().map(|code| code.trim()).collect();
    let most = usize::try_from(paging::MOST).unwrap_or(usize::MAX);
    if codes.len() > most {
        return Err(Error::invalid(format!(
            "At most {most} records can be looked up at once."
        )));
    }
    let mut found = call.store()?.find_by_codes(kind, &codes).await?;
    found.sort_by_key(|record| codes.iter().position(|code| *code == record.code()));
    let seen = found.into_iter().map(|record| hidden::hide(call, record));
    Ok(seen.collect())
}
