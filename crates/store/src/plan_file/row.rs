//! A staged record as a row: what is searched and sorted by stands in columns, the rest in JSON.

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{StagedRecord, failed, unreadable};
use domain::error::Result;
use domain::plan::{
    Change, FieldConflict, FieldNote, Operation, Outcome, PlannedRecord, Problem, Resolution,
};
use domain::record::{Field, Fields, Kind, Value};
use domain::values::{RecordId, Timestamp};

/// The columns that [`read`] needs.
pub(super) const COLUMNS: &str = "number, line, byte, implied, phase, outcome, operation, \
    resolution, kind, record_id, version, code, title, body";

/// What is kept as JSON: everything that is shown but never searched by a column. A creation keeps
/// only the new values, since the old ones are those of a blank record.
#[derive(Serialize, Deserialize, Default)]
struct Body {
    #[serde(default, rename = "v", skip_serializing_if = "Vec::is_empty")]
    created: Vec<(Field, Value)>,
    #[serde(default, rename = "c", skip_serializing_if = "Vec::is_empty")]
    changed: Vec<(Field, Value, Value)>,
    #[serde(default, rename = "x", skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<(Field, Value, Value, Value)>,
    #[serde(default, rename = "b", skip_serializing_if = "Option::is_none")]
    changed_by: Option<String>,
    #[serde(default, rename = "t", skip_serializing_if = "Option::is_none")]
    changed_at: Option<Timestamp>,
    #[serde(default, rename = "p", skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem>,
    #[serde(default, rename = "n", skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(default, rename = "l", skip_serializing_if = "Vec::is_empty")]
    alike: Vec<String>,
    #[serde(default, rename = "f", skip_serializing_if = "Vec::is_empty")]
    field_notes: Vec<(Field, String)>,
}

/// The JSON of a record.
pub(super) fn body_of(record: &PlannedRecord) -> Result<String> {
    let conflicts = record.conflicts.iter().cloned();
    let mut body = Body {
        conflicts: conflicts
            .map(|c| (c.field, c.base, c.current, c.proposed))
            .collect(),
        changed_by: record.changed_by.clone(),
        changed_at: record.changed_at,
        problems: record.problems.clone(),
        notes: record.notes.clone(),
        alike: record.alike.clone(),
        field_notes: record
            .field_notes
            .iter()
            .map(|note| (note.field, note.text.clone()))
            .collect(),
        ..Body::default()
    };
    let changes = record.changes.iter();
    if record.operation == Some(Operation::Create) {
        body.created = changes.map(|c| (c.field, c.new.clone())).collect();
    } else {
        body.changed = changes
            .map(|c| (c.field, c.old.clone(), c.new.clone()))
            .collect();
    }
    serde_json::to_string(&body).map_err(unreadable)
}

/// The codes that look like that of the record with this JSON.
pub(super) fn alike_of(body: &str) -> Result<Vec<String>> {
    let body: Body = serde_json::from_str(body).map_err(unreadable)?;
    Ok(body.alike)
}

/// What a search looks at besides code and title: the problems that everyone may read.
pub(super) fn said(record: &PlannedRecord) -> String {
    let problems = record.problems.iter();
    let open = problems.filter(|problem| problem.field.is_none_or(|field| field.needs().is_none()));
    let texts = open.flat_map(|problem| [problem.value.as_str(), problem.message.as_str()]);
    texts.collect::<Vec<_>>().join("\n")
}

/// The record in a row.
pub(super) fn read(row: &SqliteRow) -> Result<StagedRecord> {
    let body: Body =
        serde_json::from_str(row.try_get("body").map_err(failed)?).map_err(unreadable)?;
    let kind: String = row.try_get("kind").map_err(failed)?;
    let kind = Kind::from_key(&kind).ok_or_else(|| unreadable("kind"))?;
    let operation: Option<i64> = row.try_get("operation").map_err(failed)?;
    let resolution: Option<i64> = row.try_get("resolution").map_err(failed)?;
    let record_id: Option<uuid::Uuid> = row.try_get("record_id").map_err(failed)?;
    Ok(StagedRecord {
        record: PlannedRecord {
            number: row.try_get("number").map_err(failed)?,
            line: row.try_get("line").map_err(failed)?,
            implied: row.try_get("implied").map_err(failed)?,
            outcome: outcome_of(row.try_get("outcome").map_err(failed)?)?,
            operation: operation.map(operation_of).transpose()?,
            kind,
            record_id: record_id.map(RecordId::from),
            expected_version: row.try_get("version").map_err(failed)?,
            code: row.try_get("code").map_err(failed)?,
            title: row.try_get("title").map_err(failed)?,
            changes: changes(kind, body.created, body.changed),
            conflicts: body.conflicts.into_iter().map(conflict).collect(),
            resolution: resolution.map(resolution_of).transpose()?,
            changed_by: body.changed_by,
            changed_at: body.changed_at,
            problems: body.problems,
            notes: body.notes,
            alike: body.alike,
            field_notes: body.field_notes.into_iter().map(field_note).collect(),
        },
        phase: row.try_get("phase").map_err(failed)?,
        byte: row.try_get("byte").map_err(failed)?,
        marks: Vec::new(),
    })
}

fn changes(
    kind: Kind,
    created: Vec<(Field, Value)>,
    changed: Vec<(Field, Value, Value)>,
) -> Vec<Change> {
    let blank = Fields::blank(kind);
    let created = created.into_iter().map(|(field, new)| Change {
        field,
        old: blank.get(field).clone(),
        new,
    });
    let changed = changed
        .into_iter()
        .map(|(field, old, new)| Change { field, old, new });
    created.chain(changed).collect()
}

fn conflict((field, base, current, proposed): (Field, Value, Value, Value)) -> FieldConflict {
    FieldConflict {
        field,
        base,
        current,
        proposed,
    }
}

fn field_note((field, text): (Field, String)) -> FieldNote {
    FieldNote { field, text }
}

const OPERATIONS: [Operation; 5] = [
    Operation::Create,
    Operation::Update,
    Operation::Trash,
    Operation::Restore,
    Operation::Purge,
];

const RESOLUTIONS: [Resolution; 2] = [Resolution::Take, Resolution::Keep];

pub(super) fn operation_code(operation: Operation) -> i64 {
    operation as i64
}

fn operation_of(code: i64) -> Result<Operation> {
    let mut all = OPERATIONS.into_iter();
    all.find(|o| operation_code(*o) == code)
        .ok_or_else(|| unreadable("operation"))
}

pub(super) fn outcome_code(outcome: Outcome) -> i64 {
    outcome as i64
}

fn outcome_of(code: i64) -> Result<Outcome> {
    let mut all = Outcome::ALL.into_iter();
    all.find(|o| outcome_code(*o) == code)
        .ok_or_else(|| unreadable("outcome"))
}

pub(super) fn resolution_code(resolution: Resolution) -> i64 {
    resolution as i64
}

fn resolution_of(code: i64) -> Result<Resolution> {
    let mut all = RESOLUTIONS.into_iter();
    all.find(|r| resolution_code(*r) == code)
        .ok_or_else(|| unreadable("resolution"))
}
