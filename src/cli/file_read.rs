//! How a file was understood, told to programs and to people: as the window shows it.

use backstock::jobs::ImportDraft;
use csv_io::Delimiter;
use domain::plan::PlannedRecord;
use serde_json::{Value as Json, json};

use super::output::{note, plain};

/// How many lines of the file a person reads about here; the rest is in the JSON.
const SHOWN: usize = 10;

/// How a file was understood.
pub struct FileRead {
    encoding: String,
    delimiter: String,
    header_line: Option<i64>,
    columns: Vec<(String, Option<String>)>,
    left_out: Vec<String>,
    notes: Vec<String>,
    warnings: Vec<String>,
    odd_lines: Vec<(i64, String)>,
    /// Records with something to know about their reading.
    noted: Vec<PlannedRecord>,
    /// Whether there are more of them than were looked for.
    has_more: bool,
}

impl FileRead {
    /// As the draft says.
    pub fn of(draft: &ImportDraft) -> Self {
        let targets = draft.settings.columns.iter().cloned();
        let headers = draft.columns.iter().map(|column| column.header.clone());
        Self {
            encoding: draft.settings.encoding.key(),
            delimiter: draft.settings.delimiter.key(),
            header_line: draft.header_line,
            columns: headers.zip(targets).collect(),
            left_out: draft.left_out.clone(),
            notes: draft.notes.clone(),
            warnings: draft.warnings.clone(),
            odd_lines: draft
                .odd_lines
                .iter()
                .map(|line| (line.line, line.text.clone()))
                .collect(),
            noted: Vec::new(),
            has_more: false,
        }
    }

    /// Takes in what the plan says of single rows.
    pub fn note_rows(&mut self, noted: Vec<PlannedRecord>, has_more: bool) {
        (self.noted, self.has_more) = (noted, has_more);
    }

    /// Says beside the result how the file was understood.
    pub fn tell(&self) {
        let header = match self.header_line {
            Some(line) => format!("header on line {line}"),
            None => "no header".to_owned(),
        };
        let delimiter = Delimiter::from_key(&self.delimiter).map(Delimiter::label);
        let delimiter = delimiter.unwrap_or_default().to_lowercase();
        let encoding = &self.encoding;
        note(&format!(
            "read as {encoding}, delimiter {delimiter}, {header}"
        ));
        if !self.left_out.is_empty() {
            note(&format!(
                "not imported: {}",
                plain(&self.left_out.join(", "))
            ));
        }
        for text in &self.notes {
            note(&format!("note: {}", plain(text)));
        }
        for text in &self.warnings {
            note(&format!("warning: {}", plain(text)));
        }
    }

    /// Says what is to be known of single rows.
    pub fn tell_rows(&self) {
        for record in self.noted.iter().take(SHOWN) {
            let line = record.line.unwrap_or_default();
            let notes = record.notes.join(" ");
            note(&format!(
                "line {line}: {}: {}",
                plain(&record.code),
                plain(&notes)
            ));
        }
        if self.noted.len() > SHOWN || self.has_more {
            note("Notes of more rows are in the JSON (--json).");
        }
    }

    /// For programs.
    pub fn json(&self) -> Json {
        let columns = self.columns.iter().enumerate().map(|(index, (header, target))| {
            json!({ "number": index + 1, "header": header, "target": target })
        });
        let odd = self
            .odd_lines
            .iter()
            .map(|(line, text)| json!({ "line": line, "text": text }));
        let rows = self.noted.iter().map(
            |record| json!({ "line": record.line, "code": record.code, "notes": record.notes }),
        );
        json!({
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "headerLine": self.header_line,
            "columns": columns.collect::<Vec<_>>(),
            "leftOut": self.left_out,
            "notes": self.notes,
            "warnings": self.warnings,
            "oddLines": odd.collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
            "moreRows": self.has_more,
        })
    }
}
