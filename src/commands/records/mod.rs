//! What every kind of record can be asked for: look, check, save, trash, restore, delete for good.
//! The commands of a kind are lines that name the kind and the right that they need.

mod batch;
mod change;
mod check;
pub(super) mod hidden;
mod list;
mod merge;
mod relocate;
mod save;
mod together;
mod update_many;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use domain::error::Result;
use domain::plan::{Change, HistoryEntry, HistoryFilter};
use domain::record::{Field, Kind, Record, Value};
use domain::values::{BatchId, RecordId};
use store::Visible;

pub use change::Changed;
pub use list::{FieldFilter, FindRecords, ListRecords, RecordPage, ReferTo, SortBy, SortTime};
pub use merge::{FieldOverlap, FieldSet, MergeRecord, MergedRecord, SetBy};
pub use update_many::{RefusedRecord, UpdateRecords, UpdatedRecords};

pub(super) use change::{Proposed, change_together};
pub(super) use check::{check, check_fits, check_new, is_taken, not_of};
pub(super) use list::{find, holding, list};
pub(super) use merge::merge;
pub(super) use relocate::{purge, restore, trash};
pub(super) use save::{create, update};
pub(super) use together::update_together;
pub(super) use update_many::update_many;

/// How many entries of its history a record shows.
const HISTORY: i64 = 1_000;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectRecord {
    /// Which one.
    pub id: RecordId,
}

/// Up to 5,000 records that are moved or deleted together; a child goes with its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectRecords {
    /// Which ones.
    pub ids: Vec<RecordId>,
}

/// A new record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateRecord {
    /// Its fields; those that are left out are blank.
    pub fields: BTreeMap<Field, Value>,
}

/// The changed fields of one record. Fields that another user changed meanwhile to another value
/// come back as a `conflict` error; changes of other fields stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateRecord {
    /// Which one.
    pub id: RecordId,
    /// The version that the user saw.
    pub version: i64,
    /// The changed fields: `old` is what the user saw.
    pub changes: Vec<Change>,
}

/// What a saved form answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedRecord {
    /// The record as it is now.
    pub record: Record,
    /// The batch of this save, for undo; null when nothing was changed.
    pub batch_id: Option<BatchId>,
}

/// The rules, for a form that is being typed: nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckRecord {
    /// The fields as they are typed.
    pub fields: BTreeMap<Field, Value>,
    /// The record, when it exists already.
    #[ts(optional = nullable)]
    pub id: Option<RecordId>,
}

/// A broken rule of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// Where to mend it.
    pub field: Field,
    /// The rule, and what to do.
    pub message: String,
    /// The value at fault.
    pub value: Value,
}

/// What became of records that were to be moved or deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// How many were moved or purged, children included.
    pub moved: i64,
    /// What could not be moved, and why.
    pub kept: Vec<KeptRecord>,
    /// The batch, for undo (a purge has none); null when nothing was moved.
    pub batch_id: Option<BatchId>,
}

/// A record that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptRecord {
    /// Which one; null when it is not there any more.
    pub record_id: Option<RecordId>,
    /// What identifies it for people.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// One record, as the user may see it.
pub(super) async fn get(call: &Call, kind: Kind, id: RecordId) -> Result<Record> {
    let record = call.store()?.get(kind, id).await?;
    Ok(hidden::hide(call, record))
}

/// What happened to one record, the latest first.
pub(super) async fn history(call: &Call, kind: Kind, id: RecordId) -> Result<Vec<HistoryEntry>> {
    let filter = HistoryFilter {
        kind: Some(kind),
        record: Some(id),
        ..HistoryFilter::default()
    };
    let visible = Visible(vec![kind]);
    let store = call.store()?;
    let mut entries = store.history(&filter, &visible, None, HISTORY).await?;
    hidden::hide_history(call, &mut entries);
    Ok(entries)
}

/// The commands of a kind that has no others, as functions of the module in which it stands.
macro_rules! commands_of {
    ($kind:expr) => {
        use domain::error::Result;
        use domain::plan::HistoryEntry;
        use domain::record::Record;
        use $crate::commands::call::Call;
        use $crate::commands::records::{
            self, CheckRecord, CreateRecord, FieldProblem, FindRecords, ListRecords, MergeRecord,
            MergedRecord, Moved, RecordPage, SavedRecord, SelectRecord, SelectRecords,
            UpdateRecord,
        };

        pub(super) async fn list(call: &Call, request: ListRecords) -> Result<RecordPage> {
            records::list(call, $kind, request).await
        }

        pub(super) async fn find(call: &Call, request: FindRecords) -> Result<Vec<Record>> {
            records::find(call, $kind, request).await
        }

        pub(super) async fn get(call: &Call, request: SelectRecord) -> Result<Record> {
            records::get(call, $kind, request.id).await
        }

        pub(super) async fn history(
            call: &Call,
            request: SelectRecord,
        ) -> Result<Vec<HistoryEntry>> {
            records::history(call, $kind, request.id).await
        }

        pub(super) async fn check(call: &Call, request: CheckRecord) -> Result<Vec<FieldProblem>> {
            records::check(call, $kind, request).await
        }

        pub(super) async fn merge(call: &Call, request: MergeRecord) -> Result<MergedRecord> {
            records::merge(call, $kind, request).await
        }

        pub(super) async fn create(call: &Call, request: CreateRecord) -> Result<SavedRecord> {
            records::create(call, $kind, request).await
        }

        pub(super) async fn update(call: &Call, request: UpdateRecord) -> Result<SavedRecord> {
            records::update(call, $kind, request).await
        }

        pub(super) async fn trash(call: &Call, request: SelectRecords) -> Result<Moved> {
            records::trash(call, $kind, request).await
        }

        pub(super) async fn restore(call: &Call, request: SelectRecords) -> Result<Moved> {
            records::restore(call, $kind, request).await
        }

        pub(super) async fn purge(call: &Call, request: SelectRecords) -> Result<Moved> {
            records::purge(call, $kind, request).await
        }
    };
}

pub(super) use commands_of;
