//! New products whose SKU looks like one in the catalogue to a person, or to a spreadsheet program. They are
//! reported, never merged: whether it is the same product only a person can know.

use std::collections::HashSet;

use super::file_index::EXAMPLES;
use super::plan_warning::PlanWarning;
use super::registry::Progress;
use domain::error::Result;
use domain::plan::{Outcome, PlannedRecord};
use domain::record::Kind;
use domain::values::{hash, is_shortened_number, look_alike_key, shortened_key};
use store::{PlanFile, Store};

/// SKUs of the catalogue that are compared together.
const PAGE: i64 = 10_000;
/// Notes that are written together.
const NOTES: usize = 10_000;

/// What the SKUs of the products to be created look like, with the numbers of their records: 16
/// bytes for each, so that a million of them stay small. So do SKUs that are refused because a spreadsheet
/// program shortened them.
#[derive(Debug, Default)]
pub(super) struct LookAlikes {
    created: Vec<(u64, i64)>,
    /// What the barcodes that are written look like, with record and line.
    barcodes: Vec<(u64, i64, i64)>,
}

impl LookAlikes {
    /// Takes in a planned record.
    pub(super) fn add(&mut self, record: &PlannedRecord) {
        let sku = match record.outcome {
            Outcome::Create => Some(record.code.as_str()),
            Outcome::Error => shortened_sku(record),
            _ => None,
        };
        let changes = record.changes.iter();
        let of = record.kind.barcode_field();
        let mut barcodes = changes.filter(|change| Some(change.field) == of);
        let barcode = barcodes.next().and_then(|change| change.new.as_text());
        if let Some(barcode) = barcode.filter(|_| record.outcome.is_applied()) {
            let key = hash(&look_alike_key(barcode));
            let line = record.line.unwrap_or_default();
            self.barcodes.push((key, record.number, line));
        }
        if let Some(sku) = sku.filter(|sku| !sku.is_empty()) {
            self.created
                .push((hash(&look_alike_key(sku)), record.number));
        }
    }

    /// Goes through the catalogue once, and adds a note to each record that looks like a product
    /// of it; with nothing to create, it does nothing.
    pub(super) async fn compare(
        mut self,
        progress: &Progress,
        store: &Store,
        kind: Kind,
        file: &PlanFile,
    ) -> Result<Option<PlanWarning>> {
        for shared in self.shared_barcodes().chunks(NOTES) {
            let note = |line: &i64| format!("Its barcode stands on line {line}, too.");
            let notes: Vec<(i64, String)> = shared
                .iter()
                .map(|(number, line)| (*number, note(line)))
                .collect();
            file.add_notes(&notes).await?;
        }
        self.created.sort_unstable();
        let mut noted = HashSet::new();
        let mut examples = Vec::new();
        let mut after = String::new();
        while !self.created.is_empty() {
            progress.check()?;
            let skus = store.codes_after(kind, &after, PAGE).await?;
            let Some(last) = skus.last() else { break };
            after.clone_from(last);
            let mut notes = Vec::new();
            for sku in &skus {
                for number in self.like(sku) {
                    notes.push((number, note(sku)));
                    if noted.insert(number) && examples.len() < EXAMPLES {
                        examples.push(sku.clone());
                    }
                }
            }
            file.add_notes(&notes).await?;
        }
        let count = i64::try_from(noted.len()).unwrap_or(i64::MAX);
        Ok((count > 0).then_some(PlanWarning::LooksLikeCatalogue { count, examples }))
    }

    /// Each record that gives its product the barcode of another row, with the line of that row.
    fn shared_barcodes(&mut self) -> Vec<(i64, i64)> {
        self.barcodes.sort_unstable();
        let same = self.barcodes.chunk_by(|one, other| one.0 == other.0);
        same.filter(|group| group.len() > 1)
            .flat_map(|group| {
                let (_, first, line) = group[0];
                group
                    .iter()
                    .map(move |(_, number, _)| match *number == first {
                        true => (first, group[1].2),
                        false => (*number, line),
                    })
            })
            .collect()
    }

    /// The records whose SKUs look like this one.
    fn like(&self, sku: &str) -> impl Iterator<Item = i64> + '_ {
        let keys = [Some(look_alike_key(sku)), shortened_key(sku)];
        keys.into_iter()
            .flatten()
            .flat_map(|key| self.with_key(hash(&key)))
    }

    fn with_key(&self, key: u64) -> impl Iterator<Item = i64> + '_ {
        let from = self.created.partition_point(|(other, _)| *other < key);
        let alike = self.created[from..].iter();
        alike
            .take_while(move |(other, _)| *other == key)
            .map(|(_, number)| *number)
    }
}

/// The SKU of a refused row that a spreadsheet program shortened.
fn shortened_sku(record: &PlannedRecord) -> Option<&str> {
    let mut problems = record.problems.iter();
    let of_sku = problems.find(|problem| problem.field == Some(record.kind.code()))?;
    Some(of_sku.value.as_str()).filter(|value| is_shortened_number(value))
}

fn note(sku: &str) -> String {
    format!("Its SKU looks like \"{sku}\" in the catalogue.")
}
