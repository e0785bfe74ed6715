//! What a product costs is seen and set only by people with that right: here it is taken out of
//! answers and refused in requests.

use super::call::Call;
use domain::catalog::ProductRow;
use domain::catalog::product;
use domain::error::{Code, Error, Result};
use domain::people::Permission;
use domain::plan::{Change, HistoryEntry, JournalEntry, PlannedRecord, Problem};
use domain::record::{Field, Fields, Record, Value};

/// Takes the cost out of a product.
pub(super) fn hide(call: &Call, mut product: Record) -> Record {
    if !call.may(Permission::SeeCosts) {
        product.fields.set(product::COST, Value::Empty);
    }
    product
}

/// Takes the cost out of the rows of a list.
pub(super) fn hide_rows(call: &Call, rows: &mut [ProductRow]) {
    if !call.may(Permission::SeeCosts) {
        for row in rows {
            row.cost = None;
        }
    }
}

/// Takes what a plan says of the cost out of its records.
pub(super) fn hide_planned(call: &Call, records: &mut [PlannedRecord]) {
    if !call.may(Permission::SeeCosts) {
        for record in records {
            record.changes.retain(|change| !change.field.is_cost());
            record
                .conflicts
                .retain(|conflict| !conflict.field.is_cost());
            hide_problems(&mut record.problems);
        }
    }
}

/// Takes a cost that breaks a rule out of what is told about it.
fn hide_problems(problems: &mut [Problem]) {
    let is_cost = |problem: &&mut Problem| problem.field.is_some_and(Field::is_cost);
    for problem in problems.iter_mut().filter(is_cost) {
        problem.value.clear();
        problem.message = "The cost breaks a rule, and you may not see costs.".into();
        problem.hint = None;
    }
}

/// Takes changes of the cost out of entries of the journal. An entry stays even when nothing is
/// left of it: that something happened is no secret.
pub(super) fn hide_entries(call: &Call, entries: &mut [JournalEntry]) {
    if !call.may(Permission::SeeCosts) {
        for entry in entries {
            entry.changes.retain(|change| !change.field.is_cost());
        }
    }
}

/// Takes changes of the cost out of entries of the history, as [`hide_entries`] does.
pub(super) fn hide_history(call: &Call, entries: &mut [HistoryEntry]) {
    if !call.may(Permission::SeeCosts) {
        for entry in entries {
            entry.changes.retain(|change| {
                Field::from_key(&change.field).is_none_or(|field| !field.is_cost())
            });
        }
    }
}

/// Refuses fields with a cost from people who may not see it.
pub(super) fn refuse_fields(call: &Call, fields: &Fields) -> Result<()> {
    let has_cost = !fields.get(product::COST).is_empty();
    if has_cost { refuse(call) } else { Ok(()) }
}

/// Refuses changes of the cost from people who may not see it.
pub(super) fn refuse_changes(call: &Call, changes: &[Change]) -> Result<()> {
    let has_cost = changes.iter().any(|change| change.field.is_cost());
    if has_cost { refuse(call) } else { Ok(()) }
}

fn refuse(call: &Call) -> Result<()> {
    if call.may(Permission::SeeCosts) {
        return Ok(());
    }
    Err(
        Error::new(Code::Forbidden, "You may not see or change costs.")
            .hint("Leave the cost out, or ask the owner of the workspace for the right.")
            .field(product::COST.key(), "You may not change this."),
    )
}
