//! New products whose SKU looks like one in the catalogue: only case or spaces differ. They are
//! reported, never merged: whether it is the same product only a person can know.

use std::collections::HashSet;

use super::file_index::EXAMPLES;
use super::plan::PlanWarning;
use super::registry::Progress;
use domain::error::Result;
use domain::plan::{Outcome, PlannedRecord};
use domain::record::Kind;
use domain::values::{Sku, hash};
use store::{PlanFile, Store};

/// SKUs of the catalogue that are compared together.
const PAGE: i64 = 10_000;

/// What the SKUs of the products to be created look like, with the numbers of their records: 16
/// bytes for each, so that a million of them stay small.
#[derive(Debug, Default)]
pub(super) struct LookAlikes {
    created: Vec<(u64, i64)>,
}

impl LookAlikes {
    /// Takes in a planned record.
    pub(super) fn add(&mut self, record: &PlannedRecord) {
        if record.outcome == Outcome::Create
            && let Some(key) = key(&record.code)
        {
            self.created.push((key, record.number));
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

    /// The records whose SKUs look like this one.
    fn like(&self, sku: &str) -> impl Iterator<Item = i64> + '_ {
        let key = key(sku);
        let from = self
            .created
            .partition_point(|(other, _)| Some(*other) < key);
        let alike = self.created[from..].iter();
        alike
            .take_while(move |(other, _)| Some(*other) == key)
            .map(|(_, number)| *number)
    }
}

fn key(sku: &str) -> Option<u64> {
    Some(hash(&Sku::parse(sku).ok()?.look_alike_key()))
}

fn note(sku: &str) -> String {
    format!("Its SKU looks like \"{sku}\" in the catalogue: only case or spaces differ.")
}
