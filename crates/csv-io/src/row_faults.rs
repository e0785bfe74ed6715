//! What is wrong with a row as a whole: its currency, its width, its quotes and characters.

use super::amount::foreign;
use super::currency::beside;
use super::item::{ForeignMoney, Row};
use super::parsed::quoted;
use super::records::Record;
use super::row_cells::CellReader;
use super::split::QuoteFault;
use domain::plan::Problem;
use domain::record::FieldKind;

impl CellReader {
    /// Refuses the amounts of a row that is in another currency.
    pub(super) fn judge_currency(&self, record: &Record, row: &mut Row) {
        let (Some(index), Some(own)) = (self.companions.currency, self.options.currency) else {
            return;
        };
        let written = record.cell(index).trim();
        let has_money = row.values.iter().any(|(field, value)| {
            self.schema.kind(*field) == FieldKind::Money && !value.is_empty()
        });
        let is_own = beside(written, true).may_be(own);
        if is_own || !has_money || self.options.foreign_money == ForeignMoney::TakeAsIs {
            return;
        }
        let problem = foreign(written, own);
        row.problems.push(Problem {
            column: self.names[index].clone(),
            field: None,
            value: quoted(written),
            message: format!(
                "The amounts of this row are in {}, not in {}.",
                quoted(written),
                own.code()
            ),
            hint: problem.hint,
        });
    }

    pub(super) fn judge_width(&self, record: &Record, row: &mut Row) {
        let (width, expected) = (record.width(), self.names.len());
        let surplus: Vec<&str> = (expected..width)
            .map(|index| record.cell(index).trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        if width < expected && record.fault.is_none() {
            if width < self.least_width {
                row.notes.push(format!(
                    "The row has {width} of {expected} columns; the others were read as empty."
                ));
            }
            return;
        }
        if width >= expected && surplus.is_empty() {
            return;
        }
        row.problems.push(Problem {
            column: format!("Column {}", width.min(expected) + 1),
            field: None,
            value: quoted(&surplus.join(" ")),
            message: format!("The row has {width} columns, and the file has {expected}."),
            hint: Some(
                "Put a cell that holds the delimiter in quotes, and write a quote inside it twice."
                    .into(),
            ),
        });
    }

    pub(super) fn judge_text(&self, record: &Record, row: &mut Row) {
        match record.fault {
            Some(QuoteFault::NotClosed) => {
                let opened = record
                    .cells()
                    .position(|cell| cell.trim_start().starts_with('"'));
                let index = opened.unwrap_or(0);
                row.problems.push(Problem {
                    column: self.names.get(index).cloned().unwrap_or_default(),
                    field: None,
                    value: quoted(record.cell(index).trim()),
                    message: "The quote that starts this cell is never closed.".into(),
                    hint: Some(
                        "Close it, or remove it; a quote that means inches is written twice."
                            .into(),
                    ),
                });
            }
            Some(QuoteFault::NotDoubled) => row
                .notes
                .push("Quotes inside a cell are not doubled; they were read as text.".into()),
            None => {}
        }
        if !record.is_damaged() {
            return;
        }
        for (index, _) in &self.mapped {
            if record.cell(*index).contains(char::REPLACEMENT_CHARACTER) {
                row.notes.push(format!(
                    "{}: a character could not be read in the file's encoding.",
                    self.names[*index]
                ));
            }
        }
    }
}
