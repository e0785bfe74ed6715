//! What becomes of each write, given what is there: pure, in the order of the writes.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::WriteOutcome;
use super::before::{Before, Known, Variants};
use crate::columns::kept;
use crate::history::journal::{Entity, NewEntry};
use domain::catalog::{Field, Fields, Product, Value};
use domain::plan::{Change, Operation, ProductWrite};
use domain::values::{ProductId, Timestamp};

/// A product that is written, as it will be.
pub(super) struct Written {
    /// Its row number; none for a new product.
    pub(super) pk: Option<i64>,
    pub(super) product: Product,
    /// The fields that differ from what is there.
    pub(super) changed: BTreeSet<Field>,
}

/// The rows that are written.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) inserts: Vec<Written>,
    pub(super) updates: Vec<Written>,
    /// Row numbers of what is deleted for good.
    pub(super) purges: Vec<i64>,
}

/// What the writes come to.
#[derive(Default)]
pub(super) struct Decided {
    pub(super) outcomes: Vec<WriteOutcome>,
    pub(super) rows: Rows,
    pub(super) entries: Vec<NewEntry>,
    /// Products whose variants changed.
    pub(super) parents: BTreeSet<ProductId>,
    pub(super) created: i64,
    pub(super) updated: i64,
}

/// Decides.
pub(super) fn decide(before: Before, writes: &[ProductWrite]) -> Decided {
    let mut desk = Desk::of(before);
    let outcomes = writes.iter().map(|write| desk.take(write)).collect();
    let mut decided = Decided {
        outcomes,
        ..desk.decided
    };
    for id in desk.touched {
        if let Some(written) = desk.rows.remove(&id) {
            match written.pk {
                None => decided.rows.inserts.push(written),
                Some(_) => decided.rows.updates.push(written),
            }
        }
    }
    decided
}

/// What is known while the writes are gone through, one after the other.
struct Desk {
    rows: HashMap<ProductId, Written>,
    /// Ids of the rows to be written, in the order in which they were first touched.
    touched: Vec<ProductId>,
    is_touched: HashSet<ProductId>,
    by_sku: HashMap<String, ProductId>,
    known: HashMap<ProductId, Known>,
    variants: HashMap<ProductId, Variants>,
    decided: Decided,
}

impl Desk {
    fn of(before: Before) -> Self {
        let rows: HashMap<_, _> = before
            .rows
            .into_iter()
            .map(|(id, (pk, product))| {
                (
                    id,
                    Written {
                        pk: Some(pk),
                        product,
                        changed: BTreeSet::new(),
                    },
                )
            })
            .collect();
        let mut known: HashMap<_, _> = before
            .known
            .into_iter()
            .map(|known| (known.id, known))
            .collect();
        for written in rows.values() {
            known.insert(written.product.id, note(&written.product));
        }
        let by_sku = known
            .values()
            .map(|known| (known.sku.clone(), known.id))
            .collect();
        Self {
            rows,
            touched: Vec::new(),
            is_touched: HashSet::new(),
            by_sku,
            known,
            variants: before.variants,
            decided: Decided::default(),
        }
    }

    fn take(&mut self, write: &ProductWrite) -> WriteOutcome {
        let Some(row) = self.rows.get(&write.id) else {
            return match write.operation {
                Operation::Create => self.create(write),
                _ => WriteOutcome::Gone,
            };
        };
        let wants_trashed = matches!(write.operation, Operation::Restore | Operation::Purge);
        if write.operation == Operation::Create
            || row.product.version != write.expected_version
            || row.product.trashed != wants_trashed
        {
            return WriteOutcome::Moved {
                current: Box::new(row.product.clone()),
            };
        }
        match write.operation {
            Operation::Purge => self.purge(write),
            _ => self.update(write),
        }
    }

    fn create(&mut self, write: &ProductWrite) -> WriteOutcome {
        let mut product = Product {
            id: write.id,
            version: 0,
            trashed: false,
            parent_id: None,
            fields: Fields::blank(),
            updated_at: Timestamp(0),
        };
        let changes = take_changes(&mut product.fields, &write.changes, false);
        if let Err(refused) = self.place(&mut product) {
            return refused;
        }
        self.decided.created += 1;
        self.accept(
            Written {
                pk: None,
                product,
                changed: BTreeSet::new(),
            },
            write.operation,
            changes,
        )
    }

    fn update(&mut self, write: &ProductWrite) -> WriteOutcome {
        let Some(row) = self.rows.get(&write.id) else {
            return WriteOutcome::Gone;
        };
        let mut product = row.product.clone();
        let has_variants = self.variants_of(write.id).live > 0;
        let changes = take_changes(&mut product.fields, &write.changes, has_variants);
        product.trashed = write.operation == Operation::Trash;
        if changes.is_empty() && write.operation == Operation::Update {
            return WriteOutcome::Applied {
                version: product.version,
            };
        }
        let moves = write.operation == Operation::Restore
            || changes
                .iter()
                .any(|change| matches!(change.field, Field::Sku | Field::ParentSku));
        let parent_before = product.parent_id;
        if moves && let Err(refused) = self.place(&mut product) {
            return refused;
        }
        if product.parent_id.is_some() && self.variants_of(write.id).all > 0 {
            return WriteOutcome::HasVariants;
        }
        let stock_moves = write.operation != Operation::Update
            || product.parent_id != parent_before
            || changes.iter().any(|change| change.field == Field::Stock);
        if stock_moves {
            self.decided.parents.extend(parent_before);
            self.decided.parents.extend(product.parent_id);
        }
        self.decided.updated += 1;
        let (pk, mut changed) = (row_pk(&self.rows, write.id), self.changed_before(write.id));
        changed.extend(changes.iter().map(|change| change.field));
        self.accept(
            Written {
                pk,
                product,
                changed,
            },
            write.operation,
            changes,
        )
    }

    fn purge(&mut self, write: &ProductWrite) -> WriteOutcome {
        if self.variants_of(write.id).all > 0 {
            return WriteOutcome::HasVariants;
        }
        let Some(row) = self.rows.remove(&write.id) else {
            return WriteOutcome::Gone;
        };
        // The journal keeps what it was, so that its history still has a name.
        let changes = row
            .product
            .fields
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, old)| Change {
                field,
                old: old.clone(),
                new: Value::Empty,
            })
            .collect();
        self.known.remove(&write.id);
        self.by_sku.remove(row.product.sku());
        self.decided.rows.purges.extend(row.pk);
        self.decided.parents.extend(row.product.parent_id);
        self.decided.updated += 1;
        let parent = row.product.parent_id;
        if let Some(variants) = parent.and_then(|parent| self.variants.get_mut(&parent)) {
            // What is purged lay in the trash, so it was not among the live ones.
            variants.all -= 1;
        }
        let version = row.product.version + 1;
        self.journal(write, version, changes);
        WriteOutcome::Applied { version }
    }

    /// Finds the product's place among the others: its SKU is free, its parent may be one.
    fn place(&self, product: &mut Product) -> Result<(), WriteOutcome> {
        if let Some(by) = self.by_sku.get(product.sku())
            && *by != product.id
        {
            return Err(WriteOutcome::SkuTaken { by: *by });
        }
        let parent_sku = product.fields.text(Field::ParentSku);
        if parent_sku.is_empty() {
            product.parent_id = None;
            return Ok(());
        }
        let parent = self
            .by_sku
            .get(parent_sku)
            .and_then(|id| self.known.get(id));
        let parent = parent
            .filter(|parent| parent.parent.is_none() && !parent.trashed && parent.id != product.id);
        product.parent_id = Some(parent.ok_or(WriteOutcome::ParentMissing)?.id);
        Ok(())
    }

    fn variants_of(&self, id: ProductId) -> Variants {
        self.variants.get(&id).copied().unwrap_or_default()
    }

    fn changed_before(&mut self, id: ProductId) -> BTreeSet<Field> {
        self.rows
            .get_mut(&id)
            .map(|row| std::mem::take(&mut row.changed))
            .unwrap_or_default()
    }

    fn accept(
        &mut self,
        mut written: Written,
        operation: Operation,
        changes: Vec<Change>,
    ) -> WriteOutcome {
        written.product.version += 1;
        let (id, version) = (written.product.id, written.product.version);
        if let Some(old) = self.known.insert(id, note(&written.product)) {
            self.by_sku.remove(&old.sku);
        }
        self.by_sku.insert(written.product.sku().to_owned(), id);
        if operation == Operation::Create
            && let Some(parent) = written.product.parent_id
        {
            self.decided.parents.insert(parent);
            let variants = self.variants.entry(parent).or_default();
            variants.live += 1;
            variants.all += 1;
        }
        if self.is_touched.insert(id) {
            self.touched.push(id);
        }
        self.rows.insert(id, written);
        self.decided.entries.push(NewEntry {
            entity: Entity::Product,
            entity_id: id.uuid(),
            operation,
            version,
            changes,
        });
        WriteOutcome::Applied { version }
    }

    fn journal(&mut self, write: &ProductWrite, version: i64, changes: Vec<Change>) {
        self.decided.entries.push(NewEntry {
            entity: Entity::Product,
            entity_id: write.id.uuid(),
            operation: write.operation,
            version,
            changes,
        });
    }
}

fn row_pk(rows: &HashMap<ProductId, Written>, id: ProductId) -> Option<i64> {
    rows.get(&id).and_then(|row| row.pk)
}

fn note(product: &Product) -> Known {
    Known {
        id: product.id,
        sku: product.sku().to_owned(),
        parent: product.parent_id,
        trashed: product.trashed,
    }
}

/// Sets the new values and gives the changes that this really is, with the old values as they are.
fn take_changes(fields: &mut Fields, changes: &[Change], stock_is_derived: bool) -> Vec<Change> {
    let mut taken = Vec::with_capacity(changes.len());
    for change in changes {
        let new = kept(change.field, change.new.clone());
        let old = fields.get(change.field);
        if *old == new || (stock_is_derived && change.field == Field::Stock) {
            continue;
        }
        taken.push(Change {
            field: change.field,
            old: old.clone(),
            new: new.clone(),
        });
        fields.set(change.field, new);
    }
    taken
}
