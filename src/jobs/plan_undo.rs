//! Plans the undo of a batch: its journal read backwards, against what is there now.

use domain::catalog::product;
use std::collections::HashMap;

use super::plan::{Plan, PlanMeta, Tally};
use super::plan_rows::{PRODUCTS, VARIANTS};
use super::registry::Progress;
use domain::error::{Error, Result};
use domain::plan::{Batch, BatchState, Operation, Origin, Outcome, PlannedRecord, undo};
use domain::record::{Field, Record};
use domain::values::{BatchId, RecordId, Timestamp};
use store::{DoneEntry, StagedRecord, Store};

/// Variants go to the trash before their parents.
const VARIANTS_TO_TRASH: i64 = 0;
const PRODUCTS_TO_TRASH: i64 = 1;

/// Entries of the journal that are planned together.
const CHUNK: i64 = 5_000;

/// Makes the plan that undoes `batch` in the empty `plan`.
pub async fn plan_undo(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    batch: BatchId,
    now: Timestamp,
) -> Result<()> {
    let batch = store.batch(batch).await?;
    refuse(store, &batch).await?;
    let counts = batch.counts;
    progress.step("Planning", counts.created + counts.updated + counts.implied);
    let mut planner = UndoPlanner {
        store,
        plan,
        tally: Tally::default(),
        number: 0,
        trashing: HashMap::new(),
    };
    // Two passes: a parent can only go to the trash when all of its variants do.
    planner.pass(progress, batch.id, Pass::Variants).await?;
    planner.pass(progress, batch.id, Pass::Others).await?;
    let label = batch.label.clone();
    let mut meta = PlanMeta::ready(Origin::Undo, label, now, &planner.tally);
    meta.outline.undo_of = Some(batch.id);
    plan.save(&meta).await
}

async fn refuse(store: &Store, batch: &Batch) -> Result<()> {
    if batch.state == BatchState::Running {
        return Err(Error::invalid("This batch is still being applied.")
            .hint("Wait for its end, or stop it; then undo it."));
    }
    let mut undos = 0;
    let mut undone_by = batch.undone_by;
    while let Some(undo) = undone_by {
        undone_by = store.batch(undo).await?.undone_by;
        undos += 1;
    }
    match undos {
        0 => Ok(()),
        1 => Err(Error::invalid("This batch was undone already.")
            .hint("To bring its changes back, undo the undo.")),
        _ => Err(
            Error::invalid("This batch was undone, and its undo as well.")
                .hint("To go on from there, undo the latest of these undos."),
        ),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    Variants,
    Others,
}

struct UndoPlanner<'a> {
    store: &'a Store,
    plan: &'a Plan,
    tally: Tally,
    number: i64,
    /// For each parent: how many of its variants go to the trash by this plan.
    trashing: HashMap<RecordId, i64>,
}

impl UndoPlanner<'_> {
    async fn pass(&mut self, progress: &Progress, batch: BatchId, pass: Pass) -> Result<()> {
        let mut after = 0;
        loop {
            progress.check()?;
            let entries = self.store.done_by_batch(batch, after, CHUNK).await?;
            let Some(last) = entries.last() else {
                return Ok(());
            };
            after = last.number;
            self.plan_entries(batch, entries, pass).await?;
            progress.done(self.tally.counts.read());
        }
    }

    async fn plan_entries(
        &mut self,
        batch: BatchId,
        entries: Vec<DoneEntry>,
        pass: Pass,
    ) -> Result<()> {
        let ids: Vec<RecordId> = entries.iter().map(|entry| entry.product_id).collect();
        let products: HashMap<RecordId, Record> = self
            .store
            .get_many(&ids)
            .await?
            .into_iter()
            .map(|product| (product.id, product))
            .collect();
        let live: HashMap<RecordId, i64> = match pass {
            Pass::Variants => HashMap::new(),
            Pass::Others => self.store.variant_counts(&ids).await?.into_iter().collect(),
        };
        let mut staged = Vec::new();
        for entry in entries {
            let product = products.get(&entry.product_id);
            let is_variant = product.is_some_and(|product| product.parent_id.is_some());
            if is_variant == (pass == Pass::Variants) {
                let variants = live.get(&entry.product_id).copied().unwrap_or_default();
                staged.push(self.plan_entry(entry, product, variants));
            }
        }
        self.name_who_edited(batch, &mut staged).await?;
        for planned in &staged {
            self.tally.add(&planned.record);
        }
        self.plan.file.insert(&staged).await
    }

    fn plan_entry(
        &mut self,
        entry: DoneEntry,
        product: Option<&Record>,
        live_variants: i64,
    ) -> StagedRecord {
        let mut undone = undo(&entry.done, product);
        let trashes = undone.operation == Some(Operation::Trash);
        let going = self.trashing.get(&entry.product_id);
        let variants_left = live_variants - going.copied().unwrap_or_default();
        if trashes && variants_left > 0 {
            undone.outcome = Outcome::Conflict;
            undone.operation = None;
            undone.note = Some(format!(
                "It keeps {variants_left} variants, so it stays too."
            ));
        } else if trashes
            && undone.outcome == Outcome::Update
            && let Some(parent) = product.and_then(|product| product.parent_id)
        {
            *self.trashing.entry(parent).or_default() += 1;
        }
        self.number += 1;
        let fields = product.map(|product| &product.fields);
        let text = |field| fields.map(|fields| fields.text(field).to_owned());
        StagedRecord {
            phase: phase(undone.operation, product),
            byte: 0,
            record: PlannedRecord {
                number: self.number,
                operation: undone.operation,
                product_id: Some(entry.product_id),
                expected_version: product.map_or(0, |product| product.version),
                sku: text(product::SKU).unwrap_or_default(),
                name: text(product::NAME).unwrap_or_default(),
                changes: undone.changes,
                conflicts: undone.conflicts,
                notes: undone.note.into_iter().collect(),
                ..PlannedRecord::new(undone.outcome)
            },
        }
    }

    /// Names who changed the records that are kept, where it was not the batch itself.
    async fn name_who_edited(&self, batch: BatchId, staged: &mut [StagedRecord]) -> Result<()> {
        let is_kept = |record: &PlannedRecord| record.outcome == Outcome::Conflict;
        let kept = staged.iter().filter(|staged| is_kept(&staged.record));
        let ids: Vec<RecordId> = kept.filter_map(|staged| staged.record.product_id).collect();
        let last = self.store.last_changes(&ids).await?;
        for record in staged.iter_mut().map(|staged| &mut staged.record) {
            let change = record.product_id.and_then(|id| last.get(&id));
            if let Some(change) = change.filter(|change| is_kept(record) && change.batch != batch) {
                record.changed_by = Some(change.person.clone());
                record.changed_at = Some(change.at);
            }
        }
        Ok(())
    }
}

fn phase(operation: Option<Operation>, product: Option<&Record>) -> i64 {
    let is_variant = product.is_some_and(|product| product.parent_id.is_some());
    match (operation, is_variant) {
        (Some(Operation::Trash), true) => VARIANTS_TO_TRASH,
        (Some(Operation::Trash), false) => PRODUCTS_TO_TRASH,
        (_, false) => PRODUCTS,
        (_, true) => VARIANTS,
    }
}
