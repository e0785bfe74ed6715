//! Saving a form: a new product, or the changed fields of one that others may be editing too.

use super::check::{find_problems, has_variants, refusal, sku_taken, tidied, tidy};
use super::write::FormBatch;
use super::{CreateProduct, SavedProduct, UpdateProduct};
use crate::commands::call::Call;
use crate::commands::costs;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::error::{Code, Error, Result};
use domain::plan::{Change, FieldConflict, JournalEntry, Operation, Origin, Write, merge};
use domain::record::{Field, FieldKind, Fields, Record, Value};
use domain::values::{BatchId, Decimal, RecordId};
use store::{Store, WriteOutcome};

/// How often a save is merged anew when others keep changing the product meanwhile.
const ATTEMPTS: usize = 20;

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
        return Err(refusal(fields.text(product::SKU), problems));
    }
    let creation = Write {
        id: RecordId::new(),
        operation: Operation::Create,
        expected_version: 0,
        changes: changes_from_blank(&fields),
    };
    let form = FormBatch::begin(call, Origin::Form, fields.text(product::SKU).to_owned()).await?;
    let batch = form.id;
    let outcome = form.apply_one(&creation).await?;
    form.finish(
        std::slice::from_ref(&creation),
        std::slice::from_ref(&outcome),
    )
    .await?;
    match outcome {
        WriteOutcome::Applied { .. } => saved(call, creation.id, Some(batch)).await,
        outcome => Err(not_written(&store, &fields, outcome).await),
    }
}

fn changes_from_blank(fields: &Fields) -> Vec<Change> {
    let blank = Fields::blank(PRODUCT);
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
    let current = store.get(request.id).await?;
    let Some(planned) = plan(&store, &current, &proposed).await? else {
        return saved(call, request.id, None).await;
    };
    let form = FormBatch::begin(call, Origin::Form, current.sku().to_owned()).await?;
    let batch = form.id;
    let settled = settle(&store, &form, planned, &proposed).await?;
    form.finish(
        &[settled.planned.write],
        std::slice::from_ref(&settled.outcome),
    )
    .await?;
    match (settled.given_up, settled.outcome) {
        (Some(Err(error)), _) => Err(error),
        (Some(Ok(())), _) => saved(call, request.id, None).await,
        (None, WriteOutcome::Applied { .. }) => saved(call, request.id, Some(batch)).await,
        (None, outcome) => Err(not_written(&store, &settled.planned.fields, outcome).await),
    }
}

/// How a save ended.
struct Settled {
    planned: PlannedUpdate,
    outcome: WriteOutcome,
    /// Why it was not tried to the end: what others saved meanwhile left nothing to do, or a
    /// person must decide.
    given_up: Option<Result<()>>,
}

/// Writes; when somebody saved in between, merges into what they saved and writes that.
async fn settle(
    store: &Store,
    form: &FormBatch<'_>,
    mut planned: PlannedUpdate,
    proposed: &[Change],
) -> Result<Settled> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        let outcome = form.apply_one(&planned.write).await?;
        let given_up = match &outcome {
            WriteOutcome::Moved { current } if attempts == ATTEMPTS => Some(Err(busy(current))),
            WriteOutcome::Moved { current } => match plan(store, current, proposed).await {
                Ok(Some(again)) => {
                    planned = again;
                    continue;
                }
                Ok(None) => Some(Ok(())),
                Err(error) => Some(Err(error)),
            },
            _ => None,
        };
        return Ok(Settled {
            planned,
            outcome,
            given_up,
        });
    }
}

fn busy(current: &Record) -> Error {
    let message = format!("{} is being changed by others all the time.", current.sku());
    Error::new(Code::Conflict, message).hint("Save again in a moment.")
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
    write: Write,
    fields: Fields,
}

/// Merges the changes into what is there now; nothing when it is like that already.
async fn plan(
    store: &Store,
    current: &Record,
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
        .any(|change| change.field == product::STOCK);
    if touches_stock && has_variants(store, current.id).await? {
        let message = "The stock of a product with variants is their sum. Change it there.";
        problems.push((product::STOCK, message.into()));
    }
    if !problems.is_empty() {
        return Err(refusal(current.sku(), problems));
    }
    let write = Write {
        id: current.id,
        operation: Operation::Update,
        expected_version: current.version,
        changes: merged.take,
    };
    Ok(Some(PlannedUpdate { write, fields }))
}

/// Names, for each field that somebody else changed too, who it was and what is there now.
async fn conflict(store: &Store, current: &Record, conflicts: &[FieldConflict]) -> Result<Error> {
    let history = store.journal_of_record(current.id).await?;
    let message = format!(
        "Somebody else changed the same fields of {}.",
        current.sku()
    );
    let error = Error::new(Code::Conflict, message)
        .hint("Look at both values, and save again what is to stay.");
    Ok(conflicts.iter().fold(error, |error, conflict| {
        error.field(conflict.field.key(), who_set(&history, conflict))
    }))
}

fn who_set(history: &[JournalEntry], conflict: &FieldConflict) -> String {
    let set = |entry: &&JournalEntry| {
        let mut changes = entry.changes.iter();
        changes.any(|done| done.field == conflict.field && done.new == conflict.current)
    };
    let person = history.iter().find(set).map(|entry| entry.person.as_str());
    let person = person.filter(|name| !name.is_empty()).unwrap_or("Somebody");
    if conflict.current.is_empty() {
        return format!("{person} cleared it.");
    }
    format!(
        "{person} set it to {}.",
        shown(conflict.field, &conflict.current)
    )
}

/// A value in a sentence.
fn shown(field: Field, value: &Value) -> String {
    match (field.kind(), value) {
        (FieldKind::Money, Value::Number(units)) => Decimal::from_units(*units).as_money(),
        _ => value.display(field),
    }
}

/// Why a write was refused after all: somebody was faster than the check.
async fn not_written(store: &Store, fields: &Fields, outcome: WriteOutcome) -> Error {
    let sku = fields.text(product::SKU);
    let problem = match outcome {
        WriteOutcome::SkuTaken { by } => match store.get(by).await {
            Ok(other) => (product::SKU, sku_taken(&other)),
            Err(error) => return error,
        },
        WriteOutcome::ParentMissing => (
            product::PARENT_SKU,
            format!(
                "{} cannot be a parent any more.",
                fields.text(product::PARENT_SKU)
            ),
        ),
        WriteOutcome::HasVariants => (
            product::PARENT_SKU,
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

async fn saved(call: &Call, id: RecordId, batch: Option<BatchId>) -> Result<SavedProduct> {
    let product = call.store()?.get(id).await?;
    Ok(SavedProduct {
        product: costs::hide(call, product),
        batch_id: batch,
    })
}
