//! Saving a form: a new record, or the changed fields of one that others may be editing too.

use std::collections::BTreeSet;

use super::batch::FormBatch;
use super::change::changes_from_blank;
use super::check::{check_fits, find_problems, is_fixed, read_fields, refusal, refused};
use super::merge::{FieldOverlap, SetBy, Setters};
use super::{CreateRecord, SavedRecord, UpdateRecord, hidden};
use crate::commands::call::Call;
use domain::error::{Code, Error, Result};
use domain::plan::{Change, FieldConflict, Operation, Origin, Write, merge};
use domain::record::{Field, FieldKind, Fields, Kind, Record, Schema, Value};
use domain::values::{BatchId, Decimal, RecordId};
use store::{Store, WriteOutcome};

/// How often a save is merged anew when others keep changing the product meanwhile.
const ATTEMPTS: usize = 20;

/// Creates a record.
pub(in crate::commands) async fn create(
    call: &Call,
    kind: Kind,
    request: CreateRecord,
) -> Result<SavedRecord> {
    let store = call.store()?;
    let fields = read_fields(call, kind, &store.schema(), request.fields)?;
    let problems = find_problems(&store, &fields, None).await?;
    let code = fields.text(kind.code());
    if !problems.is_empty() {
        return Err(refusal(kind, code, problems));
    }
    let creation = Write {
        kind,
        id: RecordId::new(),
        operation: Operation::Create,
        expected_version: 0,
        changes: changes_from_blank(&fields),
    };
    let form = FormBatch::begin(call, Origin::Form, code.to_owned()).await?;
    let batch = form.id;
    let outcome = form.apply_one(&creation).await?;
    form.finish(
        std::slice::from_ref(&creation),
        std::slice::from_ref(&outcome),
    )
    .await?;
    match outcome {
        WriteOutcome::Applied { .. } => saved(call, kind, creation.id, Some(batch)).await,
        outcome => Err(not_written(&store, (creation.id, fields), outcome).await),
    }
}

/// Saves changed fields. What others changed meanwhile stays; where they changed the same field to
/// something else, the user decides.
pub(in crate::commands) async fn update(
    call: &Call,
    kind: Kind,
    request: UpdateRecord,
) -> Result<SavedRecord> {
    hidden::refuse_changes(call, &request.changes)?;
    let store = call.store()?;
    let proposed = read_changes(kind, &store.schema(), request.changes)?;
    let current = store.get(kind, request.id).await?;
    let Some(planned) = plan(call, &store, &current, &proposed).await? else {
        return saved(call, kind, request.id, None).await;
    };
    let form = FormBatch::begin(call, Origin::Form, current.code().to_owned()).await?;
    let batch = form.id;
    let settled = write_merging(call, &store, &form, planned, &proposed).await?;
    form.finish(
        &[settled.planned.write],
        std::slice::from_ref(&settled.outcome),
    )
    .await?;
    let after = (request.id, settled.planned.fields);
    match (settled.given_up, settled.outcome) {
        (Some(Err(error)), _) => Err(error),
        (Some(Ok(())), _) => saved(call, kind, request.id, None).await,
        (None, WriteOutcome::Applied { .. }) => saved(call, kind, request.id, Some(batch)).await,
        (None, outcome) => Err(not_written(&store, after, outcome).await),
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

/// Writes; when another user saved in between, merges into what they saved and writes that.
async fn write_merging(
    call: &Call,
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
            WriteOutcome::Moved { current } => match plan(call, store, current, proposed).await {
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
    let message = format!(
        "{} is being changed by others all the time.",
        current.code()
    );
    Error::new(Code::Conflict, message).hint("Save again in a moment.")
}

/// Refuses changes that are no changes of such a record at all.
pub(super) fn read_changes(
    kind: Kind,
    schema: &Schema,
    changes: Vec<Change>,
) -> Result<Vec<Change>> {
    let mut read: Vec<Change> = Vec::with_capacity(changes.len());
    for Change { field, old, new } in changes {
        check_fits(kind, schema, field, &old)?;
        check_fits(kind, schema, field, &new)?;
        if read.iter().any(|other| other.field == field) {
            let twice = vec![(field, "The field is changed twice.".into())];
            return Err(refusal(kind, "", twice));
        }
        let new = schema.tidied(field, new);
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
    call: &Call,
    store: &Store,
    current: &Record,
    proposed: &[Change],
) -> Result<Option<PlannedUpdate>> {
    if current.trashed {
        let message = format!("{} lies in the trash.", current.code());
        return Err(Error::new(Code::Conflict, message).hint("Restore it, then save again."));
    }
    let merged = merge(proposed, &current.fields);
    if !merged.conflicts.is_empty() {
        return Err(conflict(call, store, current, merged.conflicts).await?);
    }
    if merged.take.is_empty() {
        return Ok(None);
    }
    let mut fields = current.fields.clone();
    for change in &merged.take {
        fields.set(change.field, change.new.clone());
    }
    fields.derive();
    let mut problems = find_problems(store, &fields, Some(current)).await?;
    problems.extend(computed(store, current, &merged.take).await?);
    let write = Write {
        kind: current.kind,
        id: current.id,
        operation: Operation::Update,
        expected_version: current.version,
        changes: merged.take,
    };
    if problems.is_empty()
        && let Some(field) = store.fixed_field(&write).await?
    {
        problems.push((field, is_fixed(&store.schema(), field)));
    }
    if !problems.is_empty() {
        return Err(refusal(current.kind, current.code(), problems));
    }
    Ok(Some(PlannedUpdate { write, fields }))
}

/// Refuses to set the field of a parent that is the sum of its children's.
async fn computed(
    store: &Store,
    current: &Record,
    changes: &[Change],
) -> Result<Option<(Field, String)>> {
    let sum = current.kind.sum_field();
    let Some(field) = sum.filter(|sum| changes.iter().any(|change| change.field == *sum)) else {
        return Ok(None);
    };
    let children = store.children(current.kind, &[current.id]).await?;
    let is_parent = children.get(&current.id).is_some_and(|of| of.live > 0);
    Ok(is_parent.then(|| (field, is_sum(&store.schema(), field))))
}

/// What to say of a field that is the sum of the children's.
pub(super) fn is_sum(schema: &Schema, field: Field) -> String {
    let nesting = match field {
        Field::Fixed(kind, _) => kind.nesting(),
        Field::Custom(_) => None,
    };
    let children = nesting.map_or("children", |nesting| nesting.children);
    let label = schema.label(field);
    format!("{label} is the sum of the {children}. Change it there.")
}

/// Names, for each field that another user changed too, who it was and what is there now.
async fn conflict(
    call: &Call,
    store: &Store,
    current: &Record,
    conflicts: Vec<FieldConflict>,
) -> Result<Error> {
    let who = Setters::read(call, store, current).await?;
    let schema = store.schema();
    let overlaps = who.overlaps(conflicts);
    let people: BTreeSet<&str> = overlaps.iter().map(|overlap| who_of(&overlap.by)).collect();
    let people = Vec::from_iter(people).join(" and ");
    let message = format!("{people} changed the same fields of {}.", current.code());
    let error = Error::new(Code::Conflict, message)
        .hint("Look at both values, and save again what is to stay.");
    Ok(overlaps.iter().fold(error, |error, overlap| {
        error.field(overlap.field.to_string(), who_set(&schema, overlap))
    }))
}

/// Who it was, at the beginning of a sentence.
fn who_of(by: &SetBy) -> &str {
    match by.person.as_str() {
        _ if by.you => "You",
        "" => "Another program",
        name => name,
    }
}

pub(super) fn who_set(schema: &Schema, overlap: &FieldOverlap) -> String {
    let person = who_of(&overlap.by);
    if overlap.current.is_empty() {
        return format!("{person} cleared it.");
    }
    let view = schema.view(overlap.field);
    let shown = shown(view.kind, &view.told(&overlap.current));
    format!("{person} set it to {shown}.")
}

/// A value in a sentence.
fn shown(kind: FieldKind, value: &Value) -> String {
    match (kind, value) {
        (FieldKind::Money, Value::Number(units)) => Decimal::from_units(*units).as_money(),
        _ => value.display(kind),
    }
}

/// Why a write was refused after all: another desktop was faster than the check.
async fn not_written(
    store: &Store,
    (id, fields): (RecordId, Fields),
    outcome: WriteOutcome,
) -> Error {
    let kind = fields.kind();
    let record = Record {
        fields,
        ..Record::blank(kind, id)
    };
    let code = record.code();
    match outcome {
        WriteOutcome::Refused(why) => match refused(store, &record, &why).await {
            Ok(problem) => refusal(kind, code, problem.into_iter().collect()),
            Err(error) => error,
        },
        WriteOutcome::Gone => Error::not_found(format!("{code} was deleted for good meanwhile.")),
        WriteOutcome::Moved { .. } | WriteOutcome::Applied { .. } => {
            Error::internal(format!("{code} could not be saved."))
        }
    }
}

async fn saved(
    call: &Call,
    kind: Kind,
    id: RecordId,
    batch_id: Option<BatchId>,
) -> Result<SavedRecord> {
    let record = super::get(call, kind, id).await?;
    Ok(SavedRecord { record, batch_id })
}
