//! A record as it is told on a terminal: its fields, one to a line.

use domain::record::{FieldKind, Record, Schema, Value};
use domain::values::Decimal;

use super::output::plain;
use super::time::utc;

/// All fields of a record that hold anything.
pub fn describe(schema: &Schema, record: &Record) -> String {
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

/// A value as people read it.
pub fn shown(kind: FieldKind, value: &Value) -> String {
    match (kind, value) {
        (FieldKind::Money, Value::Number(units)) => Decimal::from_units(*units).as_money(),
        _ => value.display(kind),
    }
}
