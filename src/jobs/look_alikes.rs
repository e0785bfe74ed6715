//! New records whose code looks like one that is there to a person, or to a spreadsheet program, and
//! barcodes that stand twice. They are pointed out, never merged: whether it is the same thing only a person
//! can know.

use std::collections::HashSet;

use super::file_index::EXAMPLES;
use super::plan_warning::PlanWarning;
use super::registry::Progress;
use domain::error::Result;
use domain::plan::{Mark, Outcome, PlannedRecord};
use domain::record::{Kind, Schema};
use domain::values::{barcode_key, hash, is_shortened_number, look_alike_key, shortened_key};
use store::{PlanFile, Remark, Store};

/// Records that are compared together.
const PAGE: i64 = 10_000;
/// Remarks that are written together.
const REMARKS: usize = 10_000;

/// What the records of a plan look like, as hashes with the numbers of their records: 16 bytes for each, so
/// that a million of them stay small.
#[derive(Debug)]
pub(super) struct LookAlikes {
    /// The codes that are to be created, and those that are refused because a spreadsheet program shortened
    /// them; none are kept where there is nothing that they could look like.
    created: Vec<(u64, u32)>,
    compares_codes: bool,
    /// The barcodes that are written.
    barcodes: Vec<Barcode>,
    /// The codes of records that are there and get another barcode.
    moved: Vec<u64>,
}

/// A barcode that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Barcode {
    key: u64,
    number: u32,
    line: u32,
}

impl LookAlikes {
    /// For a file of so many rows of a kind.
    pub(super) async fn new(store: &Store, kind: Kind, rows: i64) -> Result<Self> {
        let compares_codes = !store.codes_after(kind, "", 1).await?.is_empty();
        let rows = usize::try_from(rows).unwrap_or(0);
        let barcodes = kind.barcode_field().map_or(0, |_| rows);
        Ok(Self {
            created: Vec::with_capacity(if compares_codes { rows } else { 0 }),
            compares_codes,
            barcodes: Vec::with_capacity(barcodes),
            moved: Vec::new(),
        })
    }

    /// Takes in a planned record.
    pub(super) fn add(&mut self, record: &PlannedRecord) {
        let number = small(record.number);
        let changes = record.changes.iter();
        let of = record.kind.barcode_field();
        let mut barcodes = changes.filter(|change| Some(change.field) == of);
        if let Some(change) = barcodes.next().filter(|_| record.outcome.is_applied()) {
            if record.outcome != Outcome::Create {
                self.moved.push(hash(&record.code));
            }
            if let Some(barcode) = change.new.as_text() {
                self.barcodes.push(Barcode {
                    key: hash(&barcode_key(barcode)),
                    number,
                    line: small(record.line.unwrap_or_default()),
                });
            }
        }
        let code = match record.outcome {
            _ if !self.compares_codes => None,
            Outcome::Create => Some(record.code.as_str()),
            Outcome::Error => shortened_code(record),
            _ => None,
        };
        if let Some(code) = code.filter(|code| !code.is_empty()) {
            self.created.push((hash(&look_alike_key(code)), number));
        }
    }

    /// Goes through the codes and the barcodes that are there once each, and points out each record
    /// that looks like one of them; with nothing to compare, it does nothing.
    pub(super) async fn compare(
        mut self,
        progress: &Progress,
        store: &Store,
        kind: Kind,
        file: &PlanFile,
    ) -> Result<Vec<PlanWarning>> {
        self.barcodes.sort_unstable();
        self.created.sort_unstable();
        self.moved.sort_unstable();
        let found = [
            self.share_barcodes(file).await?,
            self.use_barcodes(progress, store, kind, file).await?,
            self.look_like_codes(progress, store, kind, file).await?,
        ];
        let schema = store.schema();
        let warnings = found.into_iter().filter(|found| found.count > 0);
        let warnings = warnings.filter_map(|found| found.warning(kind, &schema));
        Ok(warnings.collect())
    }

    async fn look_like_codes(
        &self,
        progress: &Progress,
        store: &Store,
        kind: Kind,
        file: &PlanFile,
    ) -> Result<MarkedRecords> {
        let label = store.schema().label(kind.code()).to_owned();
        let place = kind.def().place;
        let mut found = MarkedRecords::of(Mark::LooksLikeExisting);
        let mut noted = HashSet::new();
        let mut after = String::new();
        while !self.created.is_empty() {
            progress.check()?;
            let codes = store.codes_after(kind, &after, PAGE).await?;
            let Some(last) = codes.last() else { break };
            after.clone_from(last);
            let mut remarks = Vec::new();
            for code in &codes {
                for number in self.like(code) {
                    remarks.push(Remark {
                        number,
                        note: format!("Its {label} looks like \"{code}\" {place}."),
                        alike: Some(code.clone()),
                    });
                    if noted.insert(number) {
                        found.add(code);
                    }
                }
            }
            file.remark(&found.mark, &remarks).await?;
        }
        Ok(found)
    }

    /// Each record that has the barcode of another row is told the line of that row.
    async fn share_barcodes(&self, file: &PlanFile) -> Result<MarkedRecords> {
        let mut found = MarkedRecords::of(Mark::SharedBarcode);
        let groups = self.barcodes.chunk_by(|one, other| one.key == other.key);
        let mut shared = Vec::new();
        for group in groups.filter(|group| group.len() > 1) {
            let lines = [group[0].line, group[1].line];
            shared.extend(group.iter().map(|of| {
                let is_first = of.line == lines[0];
                (of.number, lines[usize::from(is_first)])
            }));
        }
        found.count = i64::try_from(shared.len()).unwrap_or(i64::MAX);
        for shared in shared.chunks(REMARKS) {
            let remarks: Vec<Remark> = shared
                .iter()
                .map(|(number, line)| {
                    let note = format!("Its barcode stands on line {line}, too.");
                    remark(i64::from(*number), note)
                })
                .collect();
            file.remark(&found.mark, &remarks).await?;
        }
        Ok(found)
    }

    /// Each record that gets the barcode of another one that is there, and keeps it, is told which.
    async fn use_barcodes(
        &self,
        progress: &Progress,
        store: &Store,
        kind: Kind,
        file: &PlanFile,
    ) -> Result<MarkedRecords> {
        let mut found = MarkedRecords::of(Mark::BarcodeInUse);
        let Some(field) = kind.barcode_field().filter(|_| !self.barcodes.is_empty()) else {
            return Ok(found);
        };
        let mut noted = HashSet::new();
        let mut after = 0;
        loop {
            progress.check()?;
            let texts = store.texts_after(field, after, PAGE).await?;
            let Some(last) = texts.last() else { break };
            after = last.place;
            let mut remarks = Vec::new();
            for there in texts
                .iter()
                .filter(|there| self.moved.binary_search(&hash(&there.code)).is_err())
            {
                let key = hash(&barcode_key(&there.text));
                for barcode in same(&self.barcodes, key) {
                    let note = format!("Its barcode belongs to \"{}\" already.", there.code);
                    remarks.push(remark(i64::from(barcode.number), note));
                    if noted.insert(barcode.number) {
                        found.add(&there.code);
                    }
                }
            }
            file.remark(&found.mark, &remarks).await?;
        }
        Ok(found)
    }

    /// The records whose codes look like this one.
    fn like(&self, code: &str) -> impl Iterator<Item = i64> + '_ {
        let keys = [Some(look_alike_key(code)), shortened_key(code)];
        keys.into_iter()
            .flatten()
            .flat_map(|key| self.with_key(hash(&key)))
    }

    fn with_key(&self, key: u64) -> impl Iterator<Item = i64> + '_ {
        let from = self.created.partition_point(|(other, _)| *other < key);
        let alike = self.created[from..].iter();
        alike
            .take_while(move |(other, _)| *other == key)
            .map(|(_, number)| i64::from(*number))
    }
}

/// The barcodes with this key, among sorted ones.
fn same(sorted: &[Barcode], key: u64) -> impl Iterator<Item = &Barcode> {
    let from = sorted.partition_point(|other| other.key < key);
    let same = sorted[from..].iter();
    same.take_while(move |other| other.key == key)
}

/// What was found of one sort.
struct MarkedRecords {
    mark: Mark,
    count: i64,
    examples: Vec<String>,
}

impl MarkedRecords {
    fn of(mark: Mark) -> Self {
        Self {
            mark,
            count: 0,
            examples: Vec::new(),
        }
    }

    fn add(&mut self, example: &str) {
        self.count += 1;
        let is_new = !self.examples.iter().any(|other| other == example);
        if is_new && self.examples.len() < EXAMPLES {
            self.examples.push(example.to_owned());
        }
    }

    fn warning(self, kind: Kind, schema: &Schema) -> Option<PlanWarning> {
        PlanWarning::of(self.mark, (kind, schema), self.count, &self.examples)
    }
}

/// A number of a file, which has far fewer rows and lines than this holds.
fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn remark(number: i64, note: String) -> Remark {
    Remark {
        number,
        note,
        alike: None,
    }
}

/// The code of a refused row that a spreadsheet program shortened.
fn shortened_code(record: &PlannedRecord) -> Option<&str> {
    let mut problems = record.problems.iter();
    let of_code = problems.find(|problem| problem.field == Some(record.kind.code()))?;
    Some(of_code.value.as_str()).filter(|value| is_shortened_number(value))
}
