//! What a person sees of a draft: its columns, samples, questions and notes.

use super::draft_notes::Told;
use super::import_draft::{Choice, ImportDraft, ImportTarget, OddImportLine};
use super::open_import::Draft;
use super::sent_draft::targets;
use csv_io::{ColumnMap, Delimiter, Encoding, first_rows};
use domain::error::Result;

/// How many rows are shown before an import is planned.
const PREVIEW_ROWS: usize = 20;

impl Draft {
    /// What a person sees: columns, samples, questions.
    pub fn look(&self) -> Result<ImportDraft> {
        let map = self.map()?;
        let told = self.told(&map);
        Ok(ImportDraft {
            id: self.id,
            file_name: self.file_name(),
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
            rows: i64::try_from(self.scan.rows).unwrap_or(i64::MAX),
            header_line: self.header_line.and_then(|line| i64::try_from(line).ok()),
            settings: self.settings.clone(),
            remembered: self.remembered.clone(),
            columns: self.columns(),
            preview: first_rows(self.open_copy()?, self.format(), PREVIEW_ROWS)?,
            targets: targets(&map)
                .into_iter()
                .map(|target| ImportTarget::of(&self.schema, target))
                .collect(),
            kind: self.kind,
            kind_guessed: self.kind_guessed,
            sender: self.sender.clone(),
            matching: self.sent(&map).map(|sent| sent.matching()),
            encodings: Encoding::all()
                .map(|e| Choice::new(e.key(), e.label()))
                .collect(),
            delimiters: self.delimiters(),
            questions: self.asked(&map).questions(),
            notes: told.notes(),
            warnings: told.warnings(),
            left_out: told.left_out(),
            odd_lines: self.odd_lines(&map),
        })
    }

    fn told<'a>(&'a self, map: &'a ColumnMap) -> Told<'a> {
        Told {
            map,
            scan: &self.scan,
            settings: &self.settings,
            header_line: self.header_line,
            uncommon: self.uncommon,
            contests: &self.contests,
            malformed: self.malformed,
            malformed_lines: &self.malformed_lines,
            sent: self.sent(map),
            kind_guessed: self.kind_guessed,
        }
    }

    fn odd_lines(&self, map: &ColumnMap) -> Vec<OddImportLine> {
        let lines = self.scan.odd_lines(map).into_iter();
        lines.map(OddImportLine::of).collect()
    }

    /// The delimiters to choose from: the common ones, and the one that is chosen.
    fn delimiters(&self) -> Vec<Choice> {
        let mut all = Delimiter::ALL.to_vec();
        for other in [Some(self.settings.delimiter), self.uncommon]
            .into_iter()
            .flatten()
        {
            if !all.contains(&other) {
                all.push(other);
            }
        }
        all.into_iter()
            .map(|d| Choice::new(d.key(), d.label()))
            .collect()
    }
}
