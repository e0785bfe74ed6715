//! The rejected rows as a CSV file: the original columns, and why.

use std::fs::File;
use std::path::Path;

use super::new_file::NewFile;
use super::open_import::Draft;
use super::plan::Plan;
use csv_io::RejectsWriter;
use domain::error::{Error, Result};
use domain::plan::{Outcome, PlannedRecord};

/// Records that are read together.
const PAGE: i64 = 1_000;

/// Writes the rows that were rejected or held back; gives back how many.
pub async fn save_rejects(plan: &Plan, draft: &Draft, path: &Path) -> Result<i64> {
    let (new, output) = NewFile::create(path)?;
    let source = draft.copy_path();
    let input = File::open(&source).map_err(|cause| Error::file("open", &source, &cause))?;
    let mut writer = RejectsWriter::new(output, input, draft.format(), &draft.map()?)?;
    let mut after = 0;
    let mut rows = 0;
    loop {
        let outcomes = [Outcome::Error, Outcome::Conflict];
        let page = plan.file.with_outcomes(&outcomes, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.record.number;
        for staged in page.iter().filter(|staged| !staged.record.implied) {
            let line = u64::try_from(staged.record.line.unwrap_or_default()).unwrap_or_default();
            let byte = u64::try_from(staged.byte).unwrap_or_default();
            writer.write(line, byte, &reason(&staged.record))?;
            rows += 1;
        }
    }
    new.finish(writer.finish()?)?;
    Ok(rows)
}

/// Why a record was rejected, in one line.
fn reason(record: &PlannedRecord) -> String {
    let problems = record.problems.iter().map(|problem| {
        let place = if problem.column.is_empty() {
            String::new()
        } else {
            format!("{}: ", problem.column)
        };
        let hint = problem.hint.as_deref().unwrap_or_default();
        format!("{place}{} {hint}", problem.message)
            .trim()
            .to_owned()
    });
    let notes: &[String] = if record.outcome == Outcome::Conflict {
        &record.notes
    } else {
        &[]
    };
    problems
        .chain(notes.iter().cloned())
        .collect::<Vec<_>>()
        .join(" ")
}
