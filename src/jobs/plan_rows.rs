//! Plans the rows of a file, chunk by chunk: each against what is there now and against the rest
//! of the file.

use domain::catalog::product;
use domain::catalog::product::options_key;
use std::collections::{HashMap, HashSet};

use tokio::task::JoinHandle;

use super::file_index::{FileIndex, Place};
use super::look_alikes::LookAlikes;
use super::plan::Tally;
use csv_io::{Body, Item, Row};
use domain::error::{Error, Result};
use domain::plan::{
    Decision, Existing, ImportOnly, Operation, Outcome, PlannedRecord, Problem, propose,
};
use domain::record::{Field, Record};
use domain::values::{RecordId, hash};
use store::{PlanFile, StagedRecord, Store};

/// Products that are no variant are applied first.
pub const PRODUCTS: i64 = 2;
/// Variants are applied when their parents are there.
pub const VARIANTS: i64 = 3;

/// An item of the file with its number, from 1.
#[derive(Debug)]
pub struct NumberedItem {
    /// Its number.
    pub number: u32,
    /// The item.
    pub item: Item,
}

/// What became of a product that variants name as their parent.
#[derive(Debug, Clone, Copy)]
enum Parent {
    /// It will be there.
    Ready,
    /// It stays a variant of another product.
    Variant,
    /// Its own row is rejected or skipped: the line.
    Rejected(u32),
}

/// Plans rows. Rows that are no variant come first, so that the fate of parents is known.
pub struct RowPlanner<'a> {
    store: &'a Store,
    file: &'a PlanFile,
    index: &'a FileIndex,
    headers: &'a HashMap<Field, String>,
    only: ImportOnly,
    parents: HashMap<u64, Parent>,
    /// Where each combination of parent and options stands first.
    options: HashMap<u64, Place>,
    /// The records before, on their way into the staging file.
    staging: Option<JoinHandle<Result<()>>>,
    /// What was planned so far.
    pub tally: Tally,
    /// What is to be created, to be compared with the catalogue, unless that is empty.
    pub(super) look_alikes: Option<LookAlikes>,
}

/// What is there now, for the rows of one chunk.
struct Now {
    products: HashMap<String, Record>,
    with_variants: HashSet<RecordId>,
    parents: HashMap<String, Record>,
    /// Parent SKU and option key → the variants that have it.
    options: HashMap<(String, String), Vec<String>>,
}

impl<'a> RowPlanner<'a> {
    /// A planner for one file. `headers` names the column of each field.
    pub fn new(
        store: &'a Store,
        file: &'a PlanFile,
        index: &'a FileIndex,
        headers: &'a HashMap<Field, String>,
        only: ImportOnly,
    ) -> Self {
        Self {
            store,
            file,
            index,
            headers,
            only,
            parents: HashMap::new(),
            options: HashMap::new(),
            staging: None,
            tally: Tally::default(),
            look_alikes: None,
        }
    }

    /// Plans one chunk, and stages it while the next one is planned.
    pub async fn plan(&mut self, phase: i64, items: Vec<NumberedItem>) -> Result<()> {
        let now = self.now(&items).await?;
        let staged: Vec<StagedRecord> = items
            .into_iter()
            .map(|item| self.stage(phase, item, &now))
            .collect();
        for record in &staged {
            self.tally.add(&record.record);
            if let Some(look_alikes) = &mut self.look_alikes {
                look_alikes.add(&record.record);
            }
        }
        self.staged().await?;
        let file = self.file.clone();
        self.staging = Some(tokio::spawn(async move { file.insert(&staged).await }));
        Ok(())
    }

    /// Waits until everything that was planned is staged.
    pub async fn staged(&mut self) -> Result<()> {
        let Some(staging) = self.staging.take() else {
            return Ok(());
        };
        staging.await.map_err(|panic| {
            Error::internal(format!("Staging the plan stopped unexpectedly: {panic}."))
        })?
    }

    async fn now(&self, items: &[NumberedItem]) -> Result<Now> {
        let records = || {
            items.iter().filter_map(|item| match &item.item.body {
                Body::Record(row) => Some(row),
                Body::Skipped(_) => None,
            })
        };
        let skus: Vec<&str> = records()
            .map(|row| row.text(product::SKU))
            .filter(|sku| !sku.is_empty())
            .collect();
        let products = by_sku(self.store.find_by_skus(&skus).await?);
        let ids: Vec<RecordId> = products.values().map(|product| product.id).collect();
        let with_variants = self.store.variant_counts(&ids).await?.into_keys().collect();
        let named = records().map(|row| row.text(product::PARENT_SKU));
        let kept = products
            .values()
            .map(|product| product.fields.text(product::PARENT_SKU));
        let parent_skus: HashSet<&str> = named.chain(kept).filter(|sku| !sku.is_empty()).collect();
        let parent_skus: Vec<&str> = parent_skus.into_iter().collect();
        let parents = by_sku(self.store.find_by_skus(&parent_skus).await?);
        let parent_ids: Vec<RecordId> = parents.values().map(|parent| parent.id).collect();
        let skus_by_id: HashMap<RecordId, &str> = parents
            .values()
            .map(|parent| (parent.id, parent.sku()))
            .collect();
        let mut options: HashMap<(String, String), Vec<String>> = HashMap::new();
        for variant in self.store.option_keys_of_parents(&parent_ids).await? {
            let Some(parent) = skus_by_id.get(&variant.parent) else {
                continue;
            };
            let key = ((*parent).to_owned(), variant.key);
            options.entry(key).or_default().push(variant.sku);
        }
        Ok(Now {
            products,
            with_variants,
            parents,
            options,
        })
    }

    fn stage(&mut self, phase: i64, numbered: NumberedItem, now: &Now) -> StagedRecord {
        let NumberedItem { number, item } = numbered;
        let (line, offset, implied) = (item.line, item.offset, item.implied);
        let place = Place {
            number,
            line: u32::try_from(line).unwrap_or(u32::MAX),
        };
        let mut record = match item.body {
            Body::Skipped(reason) => PlannedRecord {
                notes: vec![reason.to_string()],
                ..PlannedRecord::new(Outcome::Skipped)
            },
            Body::Record(row) => self.plan_record(place, row, now),
        };
        record.number = i64::from(number);
        record.line = i64::try_from(line).ok();
        record.implied = implied;
        StagedRecord {
            record,
            phase,
            byte: i64::try_from(offset).unwrap_or_default(),
        }
    }

    fn plan_record(&mut self, place: Place, mut row: Row, now: &Now) -> PlannedRecord {
        let mut problems = std::mem::take(&mut row.problems);
        let notes = std::mem::take(&mut row.notes);
        let sku = row.text(product::SKU);
        let existing = now.products.get(sku);
        let has_variants = self.index.is_parent(sku)
            || existing.is_some_and(|product| now.with_variants.contains(&product.id));
        let decision = propose(
            Existing {
                product: existing,
                has_variants,
            },
            &row.values,
            self.only,
        );
        let duplicate = self.duplicate(place, sku);
        let is_duplicate = duplicate.is_some();
        problems.extend(duplicate);
        if decision.outcome != Outcome::Skipped {
            problems.extend(self.broken_rules(&decision, &problems));
            if !is_duplicate {
                problems.extend(self.family_problems(place, sku, has_variants, &decision, now));
            }
        }
        let becomes_variant = !decision.after.text(product::PARENT_SKU).is_empty();
        let mut record = planned(sku, existing, decision, problems);
        record.notes.splice(0..0, notes);
        if self.index.is_parent(sku) && !is_duplicate {
            let is_planned = matches!(
                record.outcome,
                Outcome::Create | Outcome::Update | Outcome::Unchanged
            );
            let fate = match existing.filter(|product| !product.trashed) {
                _ if is_planned && becomes_variant => Parent::Variant,
                _ if is_planned => Parent::Ready,
                Some(there) if there.parent_id.is_some() => Parent::Variant,
                Some(_) => Parent::Ready,
                None => Parent::Rejected(place.line),
            };
            self.parents.insert(hash(sku), fate);
        }
        record
    }

    fn duplicate(&self, place: Place, sku: &str) -> Option<Problem> {
        let first = self.index.first(sku).filter(|first| *first != place)?;
        Some(self.problem(
            product::SKU,
            sku,
            format!("The SKU \"{sku}\" stands already on line {}.", first.line),
            "Keep one of the two rows: only the first one is imported.",
        ))
    }

    /// Broken rules of the record; what the reader already said of a field is not repeated. Nobody
    /// knows what the product of a row without a SKU lacks.
    fn broken_rules(&self, decision: &Decision, known: &[Problem]) -> Vec<Problem> {
        if decision.after.get(product::SKU).is_empty() {
            return Vec::new();
        }
        let told = |field: Field| known.iter().any(|problem| problem.field == Some(field));
        decision
            .problems
            .iter()
            .filter(|(field, _)| !told(*field))
            .map(|(field, message)| {
                let value = decision.after.get(*field).display(*field);
                let hint = if self.headers.contains_key(field) {
                    "Mend it in the file and import it again.".to_owned()
                } else {
                    let label = field.label();
                    format!("No column feeds the {label}: choose one, or add it to the file.")
                };
                self.problem(*field, &value, message.clone(), &hint)
            })
            .collect()
    }

    fn family_problems(
        &mut self,
        place: Place,
        sku: &str,
        has_variants: bool,
        decision: &Decision,
        now: &Now,
    ) -> Vec<Problem> {
        let parent = decision.after.text(product::PARENT_SKU).to_owned();
        if parent.is_empty() || sku.is_empty() {
            return Vec::new();
        }
        let moves = decision
            .changes
            .iter()
            .any(|change| change.field == product::PARENT_SKU);
        let mut problems = Vec::new();
        if moves && has_variants {
            problems.push(self.problem(
                product::PARENT_SKU,
                &parent,
                format!("\"{sku}\" has variants of its own, so it cannot be a variant."),
                "Empty its parent, or give its variants another parent.",
            ));
        } else if moves && let Some((message, hint)) = self.unusable_parent(&parent, now) {
            problems.push(self.problem(product::PARENT_SKU, &parent, message, hint));
        }
        problems.extend(self.option_clash(place, sku, &parent, decision, now));
        problems
    }

    fn unusable_parent(&self, parent: &str, now: &Now) -> Option<(String, &'static str)> {
        if self.index.is_variant(parent) {
            let message = format!("The parent \"{parent}\" is itself a variant in this file.");
            return Some((message, "Name the product at the top of the family."));
        }
        match (self.parents.get(&hash(parent)), now.parents.get(parent)) {
            (Some(Parent::Ready), _) => None,
            (Some(Parent::Rejected(line)), _) => Some((
                format!("Its parent \"{parent}\" on line {line} is not imported."),
                "Mend the parent's row first.",
            )),
            (None, None) => Some((
                format!("The parent \"{parent}\" is neither in this file nor in the catalogue."),
                "Add a row for the parent, or correct its SKU.",
            )),
            (None, Some(there)) if there.trashed => Some((
                format!("The parent \"{parent}\" is in the trash."),
                "Restore it first, or add a row for it to the file.",
            )),
            (Some(Parent::Variant), _) => Some(is_a_variant(parent)),
            (None, Some(there)) if there.parent_id.is_some() => Some(is_a_variant(parent)),
            (None, Some(_)) => None,
        }
    }

    fn option_clash(
        &mut self,
        place: Place,
        sku: &str,
        parent: &str,
        decision: &Decision,
        now: &Now,
    ) -> Option<Problem> {
        let key = options_key(&decision.after)?;
        let first = *self
            .options
            .entry(hash(&format!("{parent}\u{1e}{key}")))
            .or_insert(place);
        // A sibling that has a row of its own in the file is judged by that row.
        let siblings = now.options.get(&(parent.to_owned(), key));
        let sibling = siblings
            .into_iter()
            .flatten()
            .find(|other| *other != sku && self.index.first(other).is_none());
        let message = match sibling {
            Some(other) => format!("The variant \"{other}\" of \"{parent}\" has the same options."),
            None if first != place => {
                let line = first.line;
                format!("The row on line {line} has the same options of \"{parent}\".")
            }
            None => return None,
        };
        let value = decision.after.text(product::OPTION1_VALUE).to_owned();
        Some(self.problem(
            product::OPTION1_VALUE,
            &value,
            message,
            "Each variant of a product needs its own options.",
        ))
    }

    fn problem(&self, field: Field, value: &str, message: String, hint: &str) -> Problem {
        Problem {
            column: self.headers.get(&field).cloned().unwrap_or_default(),
            field: Some(field),
            value: value.to_owned(),
            message,
            hint: Some(hint.to_owned()),
        }
    }
}

fn is_a_variant(parent: &str) -> (String, &'static str) {
    (
        format!("The parent \"{parent}\" is itself a variant."),
        "Name the product at the top of the family.",
    )
}

fn by_sku(products: Vec<Record>) -> HashMap<String, Record> {
    products
        .into_iter()
        .map(|product| (product.sku().to_owned(), product))
        .collect()
}

fn planned(
    sku: &str,
    existing: Option<&Record>,
    decision: Decision,
    problems: Vec<Problem>,
) -> PlannedRecord {
    let rejected = !problems.is_empty();
    let skipped = decision.outcome == Outcome::Skipped;
    let outcome = if rejected {
        Outcome::Error
    } else {
        decision.outcome
    };
    let operation = decision.operation.filter(|_| !rejected);
    PlannedRecord {
        operation,
        product_id: match operation {
            Some(Operation::Create) => Some(RecordId::new()),
            _ => existing.map(|product| product.id),
        },
        expected_version: existing.map_or(0, |product| product.version),
        sku: sku.to_owned(),
        name: decision.after.text(product::NAME).to_owned(),
        changes: if skipped {
            Vec::new()
        } else {
            decision.changes
        },
        problems,
        notes: decision.notes,
        ..PlannedRecord::new(outcome)
    }
}
