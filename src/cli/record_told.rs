//! Records as people read them on the command line.

use super::output::{Ended, Printed, plain};
use super::time::utc;
use backstock::commands::records::SavedRecord;
use domain::record::{FieldKind, Record, Schema, Value};
use domain::values::Decimal;
use serde_json::json;

/// All fields of a record that hold anything.
pub(super) fn describe(schema: &Schema, record: &Record) -> String {
    let mut text = String::new();
    if record.trashed {
        text.push_str("In the trash\n");
    }
    for field in schema.fields(record.kind) {
        let (view, value) = (schema.view(field), record.fields.get(field));
        if !value.is_empty() {
            let value = plain(&shown(view.kind, &view.told(value)));
            text.push_str(&format!("{:<20} {value}\n", plain(view.label)));
        }
    }
    text.push_str(&format!(
        "{:<20} {}\n",
        "Last change",
        utc(record.updated_at)
    ));
    text
}

/// What became of a saved record.
pub(super) fn told(saved: &SavedRecord, done: &str) -> Ended {
    let code = plain(saved.record.code());
    let text = match saved.batch_id {
        Some(batch) => format!("{done} {code}. Batch {batch}."),
        None => format!("{code} is like that already; nothing was changed."),
    };
    Ended::Done(Printed::new(json!(saved), text))
}

/// A value as people read it.
pub(super) fn shown(kind: FieldKind, value: &Value) -> String {
    match (kind, value) {
        (FieldKind::Money, Value::Number(units)) => Decimal::from_units(*units).as_money(),
        _ => value.display(kind),
    }
}
