//! Writing the history as CSV: one line per changed field, safe to open in a spreadsheet program.

use domain::record::FieldKind;
use std::io::Write;

use super::guard;
use super::write::failed;
use domain::error::Result;
use domain::plan::{HistoryChange, HistoryEntry};
use domain::record::Value;

const COLUMNS: [&str; 12] = [
    "Number",
    "Time (UTC)",
    "Person",
    "Origin",
    "Kind",
    "Record",
    "Record id",
    "Operation",
    "Field",
    "Old",
    "New",
    "Batch",
];

/// Writes entries of the history.
#[derive(Debug)]
pub struct HistoryWriter<W: Write> {
    rows: csv::Writer<W>,
}

impl<W: Write> HistoryWriter<W> {
    /// Starts a file. The byte order mark tells Excel that it is UTF-8.
    pub fn new(mut output: W) -> Result<Self> {
        output.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        let mut rows = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(output);
        rows.write_record(COLUMNS.map(|column| guarded(column.to_owned())))
            .map_err(failed)?;
        Ok(Self { rows })
    }

    /// Writes one entry; one that changed no field still has a line.
    pub fn write(&mut self, entry: &HistoryEntry) -> Result<()> {
        if entry.changes.is_empty() {
            return self.line(entry, None);
        }
        for change in &entry.changes {
            self.line(entry, Some(change))?;
        }
        Ok(())
    }

    fn line(&mut self, entry: &HistoryEntry, change: Option<&HistoryChange>) -> Result<()> {
        let (field, old, new) = match change {
            Some(change) => (
                change.label.clone(),
                cell(change.kind, &change.old),
                cell(change.kind, &change.new),
            ),
            None => Default::default(),
        };
        let cells = [
            entry.number.to_string(),
            entry.at.to_utc_text(),
            guarded(entry.person.clone()),
            guarded(word(&entry.origin)),
            guarded(entry.kind.key().to_owned()),
            guarded(entry.label.clone()),
            entry.record_id.to_string(),
            guarded(entry.operation.key().replace('_', " ")),
            guarded(field),
            old,
            new,
            entry.batch_id.to_string(),
        ];
        self.rows.write_record(cells).map_err(failed)
    }

    /// Writes what is left, and gives the output back.
    pub fn finish(self) -> Result<W> {
        self.rows
            .into_inner()
            .map_err(|error| failed(error.error().kind()))
    }
}

fn word(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().replace('_', " ")
}

/// A value as its cell: money and measures with their decimals.
fn cell(kind: FieldKind, value: &Value) -> String {
    let text = value.display(kind);
    match value {
        Value::Text(_) | Value::List(_) => guarded(text),
        _ => text,
    }
}

fn guarded(text: String) -> String {
    guard::guarded(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use domain::catalog::product::PRODUCT;
    use domain::record::FieldKind;
    use uuid::Uuid;

    use super::HistoryWriter;
    use domain::plan::{HistoryChange, HistoryEntry, HistoryOperation, Origin};
    use domain::record::Value;
    use domain::values::Timestamp;

    fn entry(changes: Vec<HistoryChange>) -> HistoryEntry {
        HistoryEntry {
            number: 7,
            batch_id: Uuid::nil().into(),
            at: Timestamp(0),
            person: "=Ada".into(),
            person_id: None,
            origin: Origin::BulkEdit,
            title: "Change AB-1".into(),
            kind: PRODUCT,
            record_id: Uuid::nil().into(),
            label: "AB-1".into(),
            operation: HistoryOperation::Update,
            changes,
            batch: None,
        }
    }

    fn change(field: &str, label: &str, old: Value, new: Value) -> HistoryChange {
        HistoryChange {
            field: field.into(),
            label: label.into(),
            kind: FieldKind::Money,
            old,
            new,
        }
    }

    #[test]
    fn each_changed_field_has_a_line_that_no_program_runs() {
        let mut writer = HistoryWriter::new(Vec::new()).unwrap();
        writer
            .write(&entry(vec![
                change(
                    "store_price",
                    "Store price",
                    Value::Empty,
                    Value::Number(-125_000),
                ),
                change("name", "Name", Value::text("+1"), Value::text("a,b")),
            ]))
            .unwrap();
        writer.write(&entry(vec![])).unwrap();
        let text = String::from_utf8(writer.finish().unwrap()).unwrap();
        let nil = Uuid::nil();
        let start = format!("7,1970-01-01 00:00:00,'=Ada,bulk edit,product,AB-1,{nil},update");
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                format!("{start},Store price,,-12.5,{nil}"),
                format!("{start},Name,'+1,\"a,b\",{nil}"),
                format!("{start},,,,{nil}"),
            ]
        );
    }
}
