//! The review acts: rows and columns are left out, values corrected, look-alikes taken for what they look
//! like. The plan is made again with that, so that every check is made again, too.

use std::path::Path;

use super::open_import::Draft;
use super::plan::Plan;
use super::plan_import::plan_import;
use super::registry::Progress;
use csv_io::Target;
use domain::error::{Error, Result};
use domain::record::{Field, Schema};
use domain::values::Timestamp;
use store::{FileRow, PlanFile, RecordFilter, Store};

/// Rows that are read together.
const PAGE: i64 = 10_000;

/// What is changed of the rows of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowChange {
    /// They are left out.
    LeaveOut,
    /// They are taken in again, and read as they stand in the file.
    PutBack,
    /// They are the records that their codes look like, where that is one alone.
    TakeAlike,
}

impl Draft {
    /// Changes the rows of these records; gives back how many there were.
    pub async fn change_rows(
        &mut self,
        change: RowChange,
        file: &PlanFile,
        filter: RecordFilter<'_>,
        numbers: Option<&[i64]>,
    ) -> Result<usize> {
        let code = match change {
            RowChange::TakeAlike => Some(self.column_of(self.kind().code())?),
            _ => None,
        };
        let (mut after, mut changed) = (0, 0);
        loop {
            let rows = file.lines(filter, numbers, after, PAGE).await?;
            let Some(last) = rows.last() else {
                return Ok(changed);
            };
            after = last.number;
            changed += self.change_page(change, code, rows);
        }
    }

    fn change_page(&mut self, change: RowChange, code: Option<usize>, rows: Vec<FileRow>) -> usize {
        let count = rows.len();
        let lines = rows.iter().map(|row| row.line);
        match (change, code) {
            (RowChange::LeaveOut, _) => self.edits.leave_out(lines),
            (RowChange::PutBack, _) => {
                self.edits.put_back(lines.clone());
                self.edits.unfix(lines);
            }
            (RowChange::TakeAlike, Some(code)) => {
                let one = rows.into_iter().filter(|row| row.alike.len() == 1);
                let mut taken = 0;
                for mut row in one {
                    taken += 1;
                    self.edits
                        .fix(row.line, code, row.alike.pop().unwrap_or_default());
                }
                return taken;
            }
            (RowChange::TakeAlike, None) => return 0,
        }
        count
    }

    /// Reads the cell that feeds a field of a row as this text.
    pub fn fix(&mut self, row: &FileRow, field: Field, text: String) -> Result<()> {
        let column = self.column_of(field)?;
        self.edits.fix(row.line, column, text);
        Ok(())
    }

    /// Leaves out the columns that feed a field.
    pub fn leave_column_out(&mut self, field: Field, schema: &Schema) -> Result<()> {
        let label = schema.label(field);
        if self.kind().identified_by().contains(&field) {
            return Err(Error::invalid(format!(
                "The column of the {label} cannot be left out: it says which record a row is about."
            )));
        }
        let kind = self.kind();
        let mut is_fed = false;
        for (index, key) in self.settings.columns.iter_mut().enumerate() {
            let target = key
                .as_deref()
                .and_then(|key| Target::from_key(schema, kind, key));
            if target.and_then(Target::field) == Some(field) {
                is_fed = true;
                self.columns_out.extend(key.take().map(|key| (index, key)));
            }
        }
        if !is_fed {
            return Err(not_fed(label));
        }
        Ok(())
    }

    /// Takes the columns that were left out in again.
    pub fn put_columns_back(&mut self) {
        for (index, key) in self.columns_out.drain(..) {
            if let Some(target) = self.settings.columns.get_mut(index) {
                *target = Some(key);
            }
        }
    }

    /// The fields whose columns were left out.
    pub(super) fn fields_out(&self) -> Vec<Field> {
        let keys = self.columns_out.iter();
        keys.filter_map(|(_, key)| Target::from_key(&self.schema, self.kind(), key)?.field())
            .collect()
    }

    fn column_of(&self, field: Field) -> Result<usize> {
        let found = self.map()?.index_of(field);
        found.ok_or_else(|| not_fed(self.schema.label(field)))
    }
}

fn not_fed(label: &str) -> Error {
    Error::invalid(format!("No column of the file feeds the {label}."))
        .hint("Correct it in the file, and import that again.")
}

/// Makes the plan of a draft again. Until that is done the one before stays, and with it what the draft
/// was before.
pub async fn plan_again(
    progress: &Progress,
    store: &Store,
    plans: &Path,
    draft: &mut Draft,
    now: Timestamp,
) -> Result<()> {
    let source = draft.source()?;
    let next = Plan::again(plans, draft.id()).await?;
    if let Err(error) = plan_import(progress, store, &next, source, now).await {
        next.give_up().await;
        return Err(error);
    }
    next.replace().await?;
    draft.save()
}
