//! Fields that need a right are seen and set only by users who have it: here they are taken out of
//! answers and refused in requests. Which fields these are stands in their declarations alone.

use domain::channel::Sight;
use domain::error::{Code, Error, Result};
use domain::plan::{Change, HistoryEntry, PlannedRecord, Problem};
use domain::record::{Field, Fields, Kind, Record, Schema};

use crate::commands::call::Call;

/// Whether the user may see a field.
pub(in crate::commands) fn sees(call: &Call, field: Field) -> bool {
    field.needs().is_none_or(|right| call.may(right))
}

/// Which fields the user is told of in counts of records of a kind.
pub(in crate::commands) fn sight(call: &Call, kind: Kind) -> Sight {
    match kind.fields().all(|field| sees(call, field)) {
        true => Sight::Whole,
        false => Sight::Open,
    }
}

/// Takes what the user may not see out of a record.
pub(in crate::commands) fn hide(call: &Call, mut record: Record) -> Record {
    for field in record.kind.fields().filter(|field| !sees(call, *field)) {
        record.fields.take(field);
    }
    if !record.fields.custom().is_empty()
        && let Ok(store) = call.store()
    {
        hide_removed(&store.schema(), &mut record.fields);
    }
    record
}

/// Takes out what fields hold that were removed: it is kept until they come back.
fn hide_removed(schema: &Schema, fields: &mut Fields) {
    let custom = fields.custom().iter().map(|(id, _)| Field::Custom(*id));
    let removed: Vec<Field> = custom.filter(|field| !schema.is_shown(*field)).collect();
    for field in removed {
        fields.take(field);
    }
}

/// Takes what a plan says of hidden fields out of its records.
pub(in crate::commands) fn hide_planned(call: &Call, records: &mut [PlannedRecord]) {
    for record in records {
        record.changes.retain(|change| sees(call, change.field));
        let notes = record.field_notes.drain(..);
        let seen = notes.filter(|note| sees(call, note.field));
        record.notes.extend(seen.map(|note| note.text));
        record
            .conflicts
            .retain(|conflict| sees(call, conflict.field));
        let is_hidden =
            |problem: &&mut Problem| problem.field.is_some_and(|field| !sees(call, field));
        for problem in record.problems.iter_mut().filter(is_hidden) {
            problem.value.clear();
            problem.message = "A field that you may not see breaks a rule.".into();
            problem.hint = None;
        }
    }
}

/// Takes changes of hidden fields out of entries of the history. An entry stays even when nothing
/// is left of it: that something happened is no secret.
pub(in crate::commands) fn hide_history(call: &Call, entries: &mut [HistoryEntry]) {
    for entry in entries {
        entry
            .changes
            .retain(|change| Field::from_key(&change.field).is_none_or(|field| sees(call, field)));
    }
}

/// Refuses changes of fields that the user may not see.
pub(in crate::commands) fn refuse_changes(call: &Call, changes: &[Change]) -> Result<()> {
    refuse(call, changes.iter().map(|change| change.field))
}

/// Refuses to touch fields that the user may not see.
pub(in crate::commands) fn refuse(
    call: &Call,
    fields: impl IntoIterator<Item = Field>,
) -> Result<()> {
    let hidden = fields.into_iter().find(|field| !sees(call, *field));
    let Some((field, right)) = hidden.and_then(|field| Some((field, field.needs()?))) else {
        return Ok(());
    };
    Err(Error::new(
        Code::Forbidden,
        format!("You may not {} or change them.", right.label()),
    )
    .hint("Leave the field out, or ask the owner of the workspace for the right.")
    .field(field.to_string(), "You may not change this."))
}
