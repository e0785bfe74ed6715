//! The rules of a product, those that only the other products can answer included.

use super::{CheckProduct, FieldProblem};
use crate::commands::call::Call;
use crate::commands::costs;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::catalog::product::options_key;
use domain::error::{Error, Result};
use domain::record::{Field, FieldKind, Fields, Record, Value, check_record};
use domain::values::RecordId;
use store::Store;

/// Checks a form that is being typed; nothing is written.
pub(in crate::commands) async fn check(
    call: &Call,
    request: CheckProduct,
) -> Result<Vec<FieldProblem>> {
    costs::refuse_fields(call, &request.fields)?;
    let fields = tidied(&request.fields);
    let problems = find_problems(&call.store()?, &fields, request.id).await?;
    let problems = problems.into_iter().map(|(field, message)| FieldProblem {
        field,
        message,
        value: fields.get(field).clone(),
    });
    Ok(problems.collect())
}

/// Every broken rule, with the field where a person would mend it.
pub(super) async fn find_problems(
    store: &Store,
    fields: &Fields,
    id: Option<RecordId>,
) -> Result<Vec<(Field, String)>> {
    let mut problems = check_record(fields);
    let (sku, parent_sku) = (fields.text(product::SKU), fields.text(product::PARENT_SKU));
    let named: Vec<&str> = [sku, parent_sku]
        .into_iter()
        .filter(|sku| !sku.is_empty())
        .collect();
    let found = store.find_by_skus(&named).await?;
    let with_sku = |sku: &str| found.iter().find(|product| product.sku() == sku);
    if let Some(other) = with_sku(sku).filter(|other| Some(other.id) != id) {
        problems.push((product::SKU, sku_taken(other)));
    }
    if parent_sku.is_empty() || parent_sku == sku {
        return Ok(problems);
    }
    match with_sku(parent_sku).filter(|parent| Some(parent.id) != id) {
        None => problems.push((
            product::PARENT_SKU,
            format!("There is no product with the SKU {parent_sku}."),
        )),
        Some(parent) => {
            problems.extend(check_parent(parent));
            problems.extend(check_family(store, fields, parent, id).await?);
        }
    }
    Ok(problems)
}

/// What to say when another product has the SKU.
pub(super) fn sku_taken(other: &Record) -> String {
    let (sku, name) = (other.sku(), other.fields.text(product::NAME));
    if other.trashed {
        return format!("{sku} lies in the trash ({name}). Restore it, or choose another SKU.");
    }
    format!("{name} has this SKU already. Choose another SKU, or edit that product.")
}

fn check_parent(parent: &Record) -> Option<(Field, String)> {
    let sku = parent.sku();
    let problem = if parent.trashed {
        format!("{sku} lies in the trash. Restore it first.")
    } else if parent.parent_id.is_some() {
        format!("{sku} is a variant itself, and a variant has no variants.")
    } else {
        return None;
    };
    Some((product::PARENT_SKU, problem))
}

async fn check_family(
    store: &Store,
    fields: &Fields,
    parent: &Record,
    id: Option<RecordId>,
) -> Result<Vec<(Field, String)>> {
    let mut problems = Vec::new();
    if let Some(id) = id
        && has_variants(store, id).await?
    {
        let message = "This product has variants, so it cannot become one.".to_owned();
        problems.push((product::PARENT_SKU, message));
    }
    if let Some(twin) = twin(store, fields, parent.id, id).await? {
        let message = format!("The variant {} has the same options.", twin.sku());
        problems.push((product::OPTION1_VALUE, message));
    }
    Ok(problems)
}

/// Whether a product has variants that are not in the trash.
pub(super) async fn has_variants(store: &Store, id: RecordId) -> Result<bool> {
    let counts = store.variant_counts(&[id]).await?;
    Ok(counts.get(&id).is_some_and(|count| *count > 0))
}

/// Another variant of the parent with the same options.
pub(super) async fn twin(
    store: &Store,
    fields: &Fields,
    parent: RecordId,
    id: Option<RecordId>,
) -> Result<Option<Record>> {
    let Some(key) = options_key(fields) else {
        return Ok(None);
    };
    let siblings = store.option_keys_of_parents(&[parent]).await?;
    let mut siblings = siblings.into_iter();
    let twin = siblings.find(|sibling| sibling.key == key && Some(sibling.variant) != id);
    match twin {
        Some(twin) => store.get(twin.variant).await.map(Some),
        None => Ok(None),
    }
}

/// An error that names each broken rule at its field.
pub(super) fn refusal(sku: &str, problems: Vec<(Field, String)>) -> Error {
    let name = if sku.is_empty() { "The product" } else { sku };
    let error = Error::invalid(format!("{name} cannot be saved."));
    // The first rule that a field breaks is the one to mend first.
    let problems = problems.into_iter().rev();
    problems.fold(error, |error, (field, message)| {
        error.field(field.key(), message)
    })
}

/// The fields as they are kept: without spaces around a line, lists in order.
pub(super) fn tidied(fields: &Fields) -> Fields {
    let mut tidied = Fields::blank(PRODUCT);
    for (field, value) in fields.iter() {
        tidied.set(field, tidy(field, value.clone()));
    }
    tidied
}

/// A value as its field keeps it.
pub(super) fn tidy(field: Field, value: Value) -> Value {
    match (field.kind(), value) {
        (FieldKind::Sku | FieldKind::Text | FieldKind::Date, Value::Text(text)) => {
            Value::text(text.trim())
        }
        (FieldKind::Tags, Value::List(words)) => Value::list(words),
        (FieldKind::Integer, Value::Empty) => Value::Number(0),
        (_, Value::Text(text)) => Value::text(text),
        (_, value) => value,
    }
}
