//! Lists of records, and looking them up by their codes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::hidden;
use crate::commands::call::Call;
use crate::commands::paging;
use domain::error::{Error, Result};
use domain::record::{Field, Kind, Record};
use domain::values::RecordId;
use store::RecordQuery;

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
    /// By which field they are sorted; by their code when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sort: Option<Field>,
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

/// A page of a list. A user who may not see a field cannot sort by it either: the order would tell.
pub(in crate::commands) async fn list(
    call: &Call,
    kind: Kind,
    request: ListRecords,
) -> Result<RecordPage> {
    paging::check(request.offset, request.limit)?;
    hidden::refuse(call, request.sort)?;
    let which = RecordQuery {
        search: request.search.unwrap_or_default(),
        trashed: request.trashed,
        of: request.of.map(|of| (of.field, of.id)),
        sort: request.sort,
        descending: request.descending,
    };
    let store = call.store()?;
    let (rows, total) = store
        .list_records(kind, &which, request.offset, request.limit)
        .await?;
    let rows = rows.into_iter().map(|record| hidden::hide(call, record));
    Ok(RecordPage {
        rows: rows.collect(),
        total,
    })
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
