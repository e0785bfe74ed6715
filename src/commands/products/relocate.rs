//! To the trash, back, and gone for good: a variant goes with its parent.

use std::collections::{HashMap, HashSet};

use super::check::twin;
use super::write::FormBatch;
use super::{KeptRecord, Moved, SelectProducts};
use crate::commands::call::Call;
use domain::error::{Error, Result};
use domain::plan::{Operation, Origin, Write};
use domain::record::Record;
use domain::values::{BatchId, RecordId};
use store::{Store, WriteOutcome};

/// How many products can be selected at once.
const MOST: usize = 5_000;

/// How many entries of a batch are read at a time.
const ENTRIES: i64 = 500;

/// Moves products to the trash.
pub(in crate::commands) async fn trash(call: &Call, request: SelectProducts) -> Result<Moved> {
    let store = call.store()?;
    let mut move_ = Relocation::select(&store, &request, Operation::Trash).await?;
    let parents: Vec<RecordId> = move_.products.iter().map(|product| product.id).collect();
    for (parent, variants) in store.variant_counts(&parents).await? {
        if variants > 0 {
            let rows = store.variants_of(parent).await?;
            let ids: Vec<RecordId> = rows.iter().map(|row| row.id).collect();
            move_.add(store.get_many(&ids).await?);
        }
    }
    move_.apply(call).await
}

/// Brings products back from the trash.
pub(in crate::commands) async fn restore(call: &Call, request: SelectProducts) -> Result<Moved> {
    let store = call.store()?;
    let mut move_ = Relocation::select(&store, &request, Operation::Restore).await?;
    let along = trashed_along(&store, &move_.products).await?;
    move_.add(along);
    // A parent comes before its variants.
    move_
        .products
        .sort_by_key(|product| product.parent_id.is_some());
    move_.keep_homeless(&store).await?;
    move_.apply(call).await
}

/// Deletes products for good that lie in the trash.
pub(in crate::commands) async fn purge(call: &Call, request: SelectProducts) -> Result<Moved> {
    let store = call.store()?;
    let mut move_ = Relocation::select(&store, &request, Operation::Purge).await?;
    let parents: Vec<RecordId> = move_.products.iter().map(|product| product.id).collect();
    move_.add(store.trashed_variants(&parents).await?);
    // Variants go before their parent: it cannot go while it has any.
    move_
        .products
        .sort_by_key(|product| product.parent_id.is_none());
    move_.apply(call).await
}

/// Products on their way.
struct Relocation {
    operation: Operation,
    products: Vec<Record>,
    kept: Vec<KeptRecord>,
}

impl Relocation {
    async fn select(store: &Store, request: &SelectProducts, operation: Operation) -> Result<Self> {
        let mut ids = request.ids.clone();
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(*id));
        if ids.len() > MOST {
            let message = format!("At most {MOST} products can be moved at once.");
            return Err(Error::invalid(message).hint("Select fewer."));
        }
        let found = store.get_many(&ids).await?;
        let there: HashSet<RecordId> = found.iter().map(|product| product.id).collect();
        let gone = ids.iter().filter(|id| !there.contains(id));
        let kept = gone.map(|_| KeptRecord {
            product_id: None,
            sku: String::new(),
            reason: "It is not there any more.".into(),
        });
        let mut selected = Self {
            operation,
            products: Vec::new(),
            kept: kept.collect(),
        };
        let is_there = operation == Operation::Trash;
        for product in found {
            if product.trashed == is_there {
                let reason = if is_there {
                    "It lies in the trash already."
                } else {
                    "It does not lie in the trash."
                };
                selected.keep(&product, reason);
            } else {
                selected.products.push(product);
            }
        }
        Ok(selected)
    }

    fn keep(&mut self, product: &Record, reason: impl Into<String>) {
        self.kept.push(KeptRecord {
            product_id: Some(product.id),
            sku: product.sku().to_owned(),
            reason: reason.into(),
        });
    }

    /// Adds those that are not selected yet.
    fn add(&mut self, products: Vec<Record>) {
        let seen: HashSet<RecordId> = self.products.iter().map(|product| product.id).collect();
        let new = products
            .into_iter()
            .filter(|product| !seen.contains(&product.id));
        self.products.extend(new);
    }

    /// Keeps back variants whose parent stays in the trash, or whose place was taken meanwhile.
    async fn keep_homeless(&mut self, store: &Store) -> Result<()> {
        let coming: HashSet<RecordId> = self.products.iter().map(|product| product.id).collect();
        let parents: Vec<RecordId> = self
            .products
            .iter()
            .filter_map(|product| product.parent_id)
            .collect();
        let parents = store.get_many(&parents).await?;
        let parents: HashMap<RecordId, Record> = parents
            .into_iter()
            .map(|parent| (parent.id, parent))
            .collect();
        for product in std::mem::take(&mut self.products) {
            let Some(parent) = product.parent_id else {
                self.products.push(product);
                continue;
            };
            let stays = parents.get(&parent).filter(|parent| parent.trashed);
            if let Some(stays) = stays.filter(|_| !coming.contains(&parent)) {
                let sku = stays.sku();
                self.keep(
                    &product,
                    format!("Its parent {sku} lies in the trash. Restore {sku}."),
                );
            } else if let Some(twin) =
                twin(store, &product.fields, parent, Some(product.id)).await?
            {
                let reason = format!("The variant {} has the same options now.", twin.sku());
                self.keep(&product, reason);
            } else {
                self.products.push(product);
            }
        }
        Ok(())
    }

    async fn apply(mut self, call: &Call) -> Result<Moved> {
        if self.products.is_empty() {
            return Ok(self.moved(0, None));
        }
        let writes: Vec<Write> = self.products.iter().map(|p| self.write(p)).collect();
        let form = FormBatch::begin(call, self.origin(), self.label()).await?;
        let batch = form.id;
        let outcomes = form.apply(&writes).await?;
        form.finish(&writes, &outcomes).await?;
        let products = std::mem::take(&mut self.products);
        let mut moved = 0;
        for (product, outcome) in products.iter().zip(outcomes) {
            match outcome {
                WriteOutcome::Applied { .. } => moved += 1,
                WriteOutcome::ParentMissing => self.keep(product, "Its parent lies in the trash."),
                WriteOutcome::Gone => self.keep(product, "It is not there any more."),
                WriteOutcome::HasVariants => {
                    self.keep(product, "It has variants that do not lie in the trash.");
                }
                WriteOutcome::Moved { .. } | WriteOutcome::SkuTaken { .. } => {
                    self.keep(product, "Somebody changed it at this moment. Try again.");
                }
            }
        }
        Ok(self.moved(moved, Some(batch)))
    }

    fn write(&self, product: &Record) -> Write {
        Write {
            id: product.id,
            operation: self.operation,
            expected_version: product.version,
            changes: Vec::new(),
        }
    }

    fn origin(&self) -> Origin {
        match self.operation {
            Operation::Trash => Origin::Trash,
            Operation::Restore => Origin::Restore,
            Operation::Purge => Origin::Purge,
            Operation::Create | Operation::Update => Origin::Form,
        }
    }

    fn label(&self) -> String {
        let first = self.products.first().map_or("", Product::sku);
        match self.products.len() {
            0 | 1 => first.to_owned(),
            many => format!("{first} and {} more", many - 1),
        }
    }

    fn moved(self, moved: i64, batch: Option<BatchId>) -> Moved {
        Moved {
            moved,
            kept: self.kept,
            batch_id: batch.filter(|_| moved > 0),
        }
    }
}

/// The variants that went to the trash in the same batch as their parents: they come back with
/// them. A variant that was trashed by itself before stays there.
async fn trashed_along(store: &Store, parents: &[Record]) -> Result<Vec<Record>> {
    let mut batches: HashMap<BatchId, HashSet<RecordId>> = HashMap::new();
    for parent in parents.iter().filter(|parent| parent.parent_id.is_none()) {
        if let Some(batch) = trashed_by(store, parent.id).await? {
            batches.entry(batch).or_default().insert(parent.id);
        }
    }
    let mut along = Vec::new();
    for (batch, parents) in batches {
        let trashed = trashed_in(store, batch).await?;
        let products = store.get_many(&trashed).await?;
        along.extend(products.into_iter().filter(|product| {
            product.trashed
                && product
                    .parent_id
                    .is_some_and(|parent| parents.contains(&parent))
        }));
    }
    Ok(along)
}

async fn trashed_by(store: &Store, id: RecordId) -> Result<Option<BatchId>> {
    let history = store.journal_of_record(id).await?;
    let mut history = history.into_iter();
    let trashed = history.find(|entry| entry.operation == Operation::Trash);
    Ok(trashed.map(|entry| entry.batch_id))
}

async fn trashed_in(store: &Store, batch: BatchId) -> Result<Vec<RecordId>> {
    let mut trashed = Vec::new();
    let mut offset = 0;
    loop {
        let (entries, total) = store.journal_of_batch(batch, offset, ENTRIES).await?;
        let ids = entries
            .iter()
            .filter(|entry| entry.operation == Operation::Trash);
        trashed.extend(ids.map(|entry| entry.product_id));
        offset += ENTRIES;
        if offset >= total {
            return Ok(trashed);
        }
    }
}
