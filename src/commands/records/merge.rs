//! A form over what other users saved meanwhile: which of their values come in, which contradict
//! what was typed, and who set them when.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::check::check_of_kind;
use super::hidden;
use crate::commands::call::Call;
use domain::error::Result;
use domain::plan::{FieldConflict, HistoryEntry, HistoryFilter, rebase};
use domain::record::{Field, Kind, Record, Schema, Value};
use domain::values::{RecordId, Timestamp};
use store::{Store, Visible};

/// A form that stands on an older version of its record; nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MergeRecord {
    /// Which one.
    pub id: RecordId,
    /// The fields as the user saw them.
    pub seen: BTreeMap<Field, Value>,
    /// What was typed. Text that is no value of its field yet counts as it stands.
    pub typed: BTreeMap<Field, Value>,
}

/// What others saved, and what it means for the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergedRecord {
    /// The record as it is now.
    pub record: Record,
    /// Fields that others changed and that were not typed into: they come in.
    pub taken_over: Vec<FieldSet>,
    /// Fields that others gave the value that was typed.
    pub agreed: Vec<Field>,
    /// Fields that others gave another value than the one that was typed: the user chooses.
    pub conflicts: Vec<FieldOverlap>,
}

/// A field that another user changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldSet {
    /// Which one.
    pub field: Field,
    /// Who gave it the value that it has now.
    pub by: SetBy,
}

/// A field to which two users gave different values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldOverlap {
    /// Which one.
    pub field: Field,
    /// What the user of the form saw.
    pub seen: Value,
    /// What is there now.
    pub current: Value,
    /// What was typed.
    pub typed: Value,
    /// Who gave it the value that it has now.
    pub by: SetBy,
}

/// Who gave a field its value, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetBy {
    /// Their name; empty when the history does not say.
    pub person: String,
    /// Whether it was the user of the form, at another desktop or by another way.
    pub you: bool,
    /// When; nothing when the history does not say.
    pub at: Option<Timestamp>,
}

/// Puts a form over its record as it is now.
pub(in crate::commands) async fn merge(
    call: &Call,
    kind: Kind,
    request: MergeRecord,
) -> Result<MergedRecord> {
    let named = request.seen.keys().chain(request.typed.keys());
    hidden::refuse(call, named.copied())?;
    let store = call.store()?;
    let schema = store.schema();
    for field in request.seen.keys().chain(request.typed.keys()) {
        check_of_kind(kind, &schema, *field)?;
    }
    let typed = request.typed.into_iter();
    let typed = typed.map(|(field, value)| (field, schema.tidied(field, value)));
    let current = store.get(kind, request.id).await?;
    let merged = rebase(&request.seen, &typed.collect(), &current.fields);
    let who = Setters::read(call, &store, &current).await?;
    let taken_over = merged.taken_over.into_iter().map(|field| FieldSet {
        field,
        by: who.set(field, current.fields.get(field)),
    });
    Ok(MergedRecord {
        taken_over: taken_over.collect(),
        agreed: merged.agreed,
        conflicts: who.overlaps(merged.conflicts),
        record: hidden::hide(call, current),
    })
}

/// What the history says of who gave the fields of one record their values.
pub(super) struct Setters<'a> {
    call: &'a Call,
    schema: Arc<Schema>,
    history: Vec<HistoryEntry>,
}

impl<'a> Setters<'a> {
    pub(super) async fn read(call: &'a Call, store: &Store, record: &Record) -> Result<Self> {
        let filter = HistoryFilter {
            kind: Some(record.kind),
            record: Some(record.id),
            ..HistoryFilter::default()
        };
        let visible = Visible(vec![record.kind]);
        let history = store
            .history(&filter, &visible, None, super::HISTORY)
            .await?;
        Ok(Self {
            call,
            schema: store.schema(),
            history,
        })
    }

    /// Who gave a field this value last.
    fn set(&self, field: Field, value: &Value) -> SetBy {
        let key = field.to_string();
        // The history tells choices by their labels.
        let value = self.schema.view(field).told(value);
        let did = |entry: &&HistoryEntry| {
            let mut changes = entry.changes.iter();
            changes.any(|done| done.field == key && done.new == value)
        };
        let Some(entry) = self.history.iter().find(did) else {
            return SetBy::default();
        };
        let user = self.call.person().ok().map(|person| person.id);
        SetBy {
            person: entry.person.clone(),
            you: user.is_some() && entry.person_id == user,
            at: Some(entry.at),
        }
    }

    /// The same for every field that contradicts.
    pub(super) fn overlaps(&self, conflicts: Vec<FieldConflict>) -> Vec<FieldOverlap> {
        let overlaps = conflicts.into_iter().map(|conflict| FieldOverlap {
            field: conflict.field,
            by: self.set(conflict.field, &conflict.current),
            seen: conflict.base,
            current: conflict.current,
            typed: conflict.proposed,
        });
        overlaps.collect()
    }
}
