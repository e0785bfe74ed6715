//! Saving a form: a new product, or the changed fields of one that others may be editing too.

use super::check::{find_problems, has_variants, refusal, sku_taken, tidied, tidy};
use super::{CreateProduct, SavedProduct, UpdateProduct, write};
use crate::catalog::{Field, Fields, Product};
use crate::commands::call::Call;
use crate::commands::costs;
use crate::error::{Code, Error, Result};
use crate::plan::{Change, JournalEntry, Operation, ProductWrite, merge};
use crate::store::{Store, WriteOutcome};
use crate::values::{BatchId, ProductId};

/// How often a save is merged anew when others keep changing the product meanwhile.
const ATTEMPTS: usize = 5;

/// Creates a product.
pub(in crate::commands) async fn create(
    call: &Call,
    request: CreateProduct,
) -> Result<SavedProduct> {
    costs::refuse_fields(call, &request.fields)?;
    let store = call.store()?;
    let fields = tidied(&request.fields);
    let problems = find_problems(&store, &fields, None).await?;
    if !problems.is_empty() {
        return Err(refusal(fields.text(Field::Sku), problems));
    }
    let creation = ProductWrite {
        id: ProductId::new(),
        operation: Operation::Create,
        expected_version: 0,
        changes: changes_from_blank(&fields),
    };
    let label = fields.text(Field::Sku).to_owned();
    match write_one(call, label, creation.clone()).await? {
        (batch, WriteOutcome::Applied { .. }) => saved(call, creation.id, Some(batch)).await,
        (_, outcome) => Err(not_written(&store, &fields, outcome).await),
    }
}

fn changes_from_blank(fields: &Fields) -> Vec<Change> {
    let blank = Fields::blank();
    let changed = fields
        .iter()
        .filter(|(field, value)| blank.get(*field) != *value);
    changed
        .map(|(field, value)| Change {
            field,
            old: blank.get(field).clone(),
            new: value.clone(),
        })
        .collect()
}

/// Saves changed fields. What others changed meanwhile stays; where they changed the same field to
/// something else, a person decides.
pub(in crate::commands) async fn update(
    call: &Call,
    request: UpdateProduct,
) -> Result<SavedProduct> {
    costs::refuse_changes(call, &request.changes)?;
    let proposed = read_changes(request.changes)?;
    let store = call.store()?;
    let mut current = store.get(request.id).await?;
    for _ in 0..ATTEMPTS {
        let Some(change) = plan(&store, &current, &proposed).await? else {
            return saved(call, request.id, None).await;
        };
        let fields = change.fields;
        match write_one(call, current.sku().to_owned(), change.write).await? {
            (batch, WriteOutcome::Applied { .. }) => {
                return saved(call, request.id, Some(batch)).await;
            }
            (_, WriteOutcome::Moved { current: now }) => current = *now,
            (_, outcome) => return Err(not_written(&store, &fields, outcome).await),
        }
    }
    Err(Error::new(
        Code::Conflict,
        format!("{} is being changed by others all the time.", current.sku()),
    )
    .hint("Save again in a moment."))
}

/// Refuses changes that are no changes of a product at all.
fn read_changes(changes: Vec<Change>) -> Result<Vec<Change>> {
    let mut read: Vec<Change> = Vec::with_capacity(changes.len());
    for Change { field, old, new } in changes {
        let kind = field.kind();
        if !old.fits(kind) || !new.fits(kind) {
            let message = format!("{} holds another kind of value.", field.label());
            return Err(refusal("", vec![(field, message)]));
        }
        if read.iter().any(|other| other.field == field) {
            return Err(refusal(
                "",
                vec![(field, "The field is changed twice.".into())],
            ));
        }
        let new = tidy(field, new);
        read.push(Change { field, old, new });
    }
    Ok(read)
}

/// What would be written, and the fields as they would be then.
struct PlannedUpdate {
    write: ProductWrite,
    fields: Fields,
}

/// Merges the changes into what is there now; nothing when it is like that already.
async fn plan(
    store: &Store,
    current: &Product,
    proposed: &[Change],
) -> Result<Option<PlannedUpdate>> {
    if current.trashed {
        let message = format!("{} lies in the trash.", current.sku());
        return Err(Error::new(Code::Conflict, message).hint("Restore it, then save again."));
    }
    let merged = merge(proposed, &current.fields);
    if !merged.conflicts.is_empty() {
        return Err(conflict(store, current, &merged.conflicts).await?);
    }
    if merged.take.is_empty() {
        return Ok(None);
    }
    let mut fields = current.fields.clone();
    for change in &merged.take {
        fields.set(change.field, change.new.clone());
    }
    let mut problems = find_problems(store, &fields, Some(current.id)).await?;
    let touches_stock = merged
        .take
        .iter()
        .any(|change| change.field == Field::Stock);
    if touches_stock && has_variants(store, current.id).await? {
        let message = "The stock of a product with variants is their sum. Change it there.";
        problems.push((Field::Stock, message.into()));
    }
    if !problems.is_empty() {
        return Err(refusal(current.sku(), problems));
    }
    let write = ProductWrite {
        id: current.id,
        operation: Operation::Update,
        expected_version: current.version,
        changes: merged.take,
    };
    Ok(Some(PlannedUpdate { write, fields }))
}

/// Names, for each field that somebody else changed too, who it was and what is there now.
async fn conflict(store: &Store, current: &Product, conflicts: &[Change]) -> Result<Error> {
    let history = store.journal_of_record(current.id).await?;
    let message = format!(
        "Somebody else changed the same fields of {}.",
        current.sku()
    );
    let error = Error::new(Code::Conflict, message)
        .hint("Look at both values, and save again what is to stay.");
    Ok(conflicts.iter().fold(error, |error, change| {
        error.field(change.field.key(), who_set(&history, change))
    }))
}

fn who_set(history: &[JournalEntry], change: &Change) -> String {
    let set = |entry: &&JournalEntry| {
        let mut changes = entry.changes.iter();
        changes.any(|done| done.field == change.field && done.new == change.old)
    };
    let person = history.iter().find(set).map(|entry| entry.person.as_str());
    let person = person.filter(|name| !name.is_empty()).unwrap_or("Somebody");
    if change.old.is_empty() {
        return format!("{person} cleared it.");
    }
    format!("{person} set it to {}.", change.old.display(change.field))
}

async fn write_one(
    call: &Call,
    label: String,
    one: ProductWrite,
) -> Result<(BatchId, WriteOutcome)> {
    let (batch, outcomes) = write::apply(call, label, &[one]).await?;
    let outcome = outcomes.into_iter().next();
    let outcome = outcome.ok_or_else(|| Error::internal("The store gave no outcome."))?;
    Ok((batch, outcome))
}

/// Why a write was refused after all: somebody was faster than the check.
async fn not_written(store: &Store, fields: &Fields, outcome: WriteOutcome) -> Error {
    let sku = fields.text(Field::Sku);
    let problem = match outcome {
        WriteOutcome::SkuTaken { by } => match store.get(by).await {
            Ok(other) => (Field::Sku, sku_taken(&other)),
            Err(error) => return error,
        },
        WriteOutcome::ParentMissing => (
            Field::ParentSku,
            format!(
                "{} cannot be a parent any more.",
                fields.text(Field::ParentSku)
            ),
        ),
        WriteOutcome::HasVariants => (
            Field::ParentSku,
            "This product has variants, so it cannot become one.".into(),
        ),
        WriteOutcome::Gone => {
            return Error::not_found(format!("{sku} was deleted for good meanwhile."));
        }
        WriteOutcome::Moved { .. } | WriteOutcome::Applied { .. } => {
            return Error::internal(format!("{sku} could not be saved."));
        }
    };
    refusal(sku, vec![problem])
}

async fn saved(call: &Call, id: ProductId, batch: Option<BatchId>) -> Result<SavedProduct> {
    let product = call.store()?.get(id).await?;
    Ok(SavedProduct {
        product: costs::hide(call, product),
        batch_id: batch,
    })
}
