//! Fields that an import offers to make for columns that no field takes.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::import_draft::{FieldOffer, ImportColumn};
use super::open_import::Draft;
use csv_io::{ColumnValues, Format, MOST_VALUES, column_values, is_spare_column};
use domain::error::{Error, Result};
use domain::kinds;
use domain::record::{Field, FieldKind, Kind, Schema};
use domain::workspace::custom_field::{type_of, word_of};

/// A field that is to be made for a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewField {
    /// Its name.
    pub label: String,
    /// Its type.
    pub kind: FieldKind,
    /// The choices, one per line, where it has some.
    pub choices: String,
}

/// What is known of a column that no field takes.
pub(super) struct Unfed<'a> {
    pub kind: Kind,
    pub header: &'a str,
    pub samples: &'a [String],
}

impl Unfed<'_> {
    /// The field that is offered; nothing for an empty column, and for records that have no fields of
    /// the workspace's own.
    pub(super) fn offer(&self) -> Option<FieldOffer> {
        let may = kinds::with_custom_fields().any(|kind| kind == self.kind);
        let values = ColumnValues::of(self.samples);
        let is_spare = is_spare_column(self.header);
        if !may || (values.is_empty() && !is_spare) || self.header.trim().is_empty() {
            return None;
        }
        let kind = if is_spare {
            FieldKind::Text
        } else {
            values.fitting()
        };
        Some(FieldOffer {
            label: self.header.trim().to_owned(),
            r#type: word_of(kind)?.to_owned(),
        })
    }
}

impl Draft {
    /// The columns of the file, and the fields that can be made for them.
    pub(super) fn columns(&self) -> Vec<ImportColumn> {
        let columns = self.names.iter().zip(&self.proposed).enumerate();
        columns
            .map(|(index, (header, proposed))| {
                let samples = self.scan.samples(index);
                let unfed = Unfed {
                    kind: self.kind(),
                    header,
                    samples,
                };
                let is_fed = self
                    .settings
                    .columns
                    .get(index)
                    .is_some_and(Option::is_some);
                ImportColumn {
                    header: header.clone(),
                    samples: samples.to_vec(),
                    proposed: proposed.map(|target| target.key().into_owned()),
                    offer: unfed.offer().filter(|_| !is_fed),
                }
            })
            .collect()
    }

    /// The field that is to be made for a column.
    pub fn new_field(
        &self,
        column: usize,
        label: Option<&str>,
        wanted: Option<&str>,
    ) -> Result<NewField> {
        let header = self.names.get(column).ok_or_else(|| {
            Error::invalid(format!("The file has no column {}.", column + 1))
                .hint("Read the file again.")
        })?;
        let label = label.unwrap_or(header);
        let of = (column, label, wanted);
        new_field(&self.copy_path(), self.format(), self.header_line, of)
    }

    /// Lets a column feed a field that was just made.
    pub fn feed(
        &mut self,
        column: usize,
        field: Field,
        schema: &Arc<Schema>,
        costs: bool,
    ) -> Result<()> {
        self.schema = Arc::clone(schema);
        let mut settings = self.settings.clone();
        if let Some(target) = settings.columns.get_mut(column) {
            *target = Some(field.to_string());
        }
        self.configure(settings, costs)
    }
}

/// Reads a column of the copy of a file, and says which field is to be made for it: of this type, or
/// of one that takes all its values.
pub(super) fn new_field(
    copy: &Path,
    format: Format,
    header_line: Option<u64>,
    (column, label, wanted): (usize, &str, Option<&str>),
) -> Result<NewField> {
    let file = File::open(copy).map_err(|cause| Error::file("open", copy, &cause))?;
    let values = column_values(file, format, header_line, column)?;
    let kind = match wanted {
        Some(word) => type_of(word).ok_or_else(|| {
            Error::invalid(format!("There is no type of field \"{word}\"."))
                .hint("Choose text, long_text, html, integer, decimal, money, date, flag, choice or choices.")
        })?,
        None if is_spare_column(label) => FieldKind::Text,
        None => values.fitting(),
    };
    let choices = match kind {
        FieldKind::Choice => values.different,
        FieldKind::Choices => values.parts(),
        _ => Vec::new(),
    };
    if choices.len() > MOST_VALUES {
        let message =
            format!("{label} has more than {MOST_VALUES} different values, too many for choices.");
        return Err(Error::invalid(message).hint("Make it a field of text."));
    }
    Ok(NewField {
        label: label.trim().to_owned(),
        kind,
        // Case makes no other choice.
        choices: without_doubles(choices).join("\n"),
    })
}

fn without_doubles(choices: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let first = |choice: &String| seen.insert(choice.to_lowercase());
    choices.into_iter().filter(first).collect()
}
