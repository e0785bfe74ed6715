//! The rules of a record, those that only the other records can answer included.

use std::collections::BTreeMap;

use super::{CheckRecord, FieldProblem, hidden};
use crate::commands::call::Call;
use crate::jobs::grouped;
use domain::error::{Error, Result};
use domain::plan::fixed_changes;
use domain::record::{Field, Fields, Fixed, Kind, Nesting, Record, Schema, Value, check_record};
use domain::values::RecordId;
use store::{BadReference, Refusal, Store};

/// Checks a form that is being typed; nothing is written.
pub(in crate::commands) async fn check(
    call: &Call,
    kind: Kind,
    request: CheckRecord,
) -> Result<Vec<FieldProblem>> {
    let store = call.store()?;
    let fields = read_fields(call, kind, &store.schema(), request.fields)?;
    let current = match request.id {
        Some(id) => Some(store.get(kind, id).await?),
        None => None,
    };
    let problems = find_problems(&store, &fields, current.as_ref()).await?;
    let problems = problems.into_iter().map(|(field, message)| FieldProblem {
        field,
        message,
        value: fields.get(field).clone(),
    });
    Ok(problems.collect())
}

/// The fields of a form: tidied, and refused when they are no fields of the kind, hold another kind
/// of value, or set what the user may not see.
pub(super) fn read_fields(
    call: &Call,
    kind: Kind,
    schema: &Schema,
    given: BTreeMap<Field, Value>,
) -> Result<Fields> {
    let set = given.iter().filter(|(_, value)| !value.is_empty());
    hidden::refuse(call, set.map(|(field, _)| *field))?;
    let mut fields = Fields::blank(kind);
    for (field, value) in given {
        check_fits(kind, schema, field, &value)?;
        fields.set(field, schema.tidied(field, value));
    }
    fields.derive();
    Ok(fields)
}

/// Refuses a value that no field of this kind can hold.
pub(in crate::commands) fn check_fits(
    kind: Kind,
    schema: &Schema,
    field: Field,
    value: &Value,
) -> Result<()> {
    check_of_kind(kind, schema, field)?;
    let view = schema.view(field);
    if view.holds(value) {
        return Ok(());
    }
    let message = format!("{} holds another kind of value.", view.label);
    Err(refusal(kind, "", vec![(field, message)]))
}

/// Refuses a field that records of this kind do not have.
pub(super) fn check_of_kind(kind: Kind, schema: &Schema, field: Field) -> Result<()> {
    let is_of_kind = match field {
        Field::Fixed(of, _) => of == kind,
        Field::Custom(_) => schema.fields(kind).any(|of| of == field),
    };
    if is_of_kind {
        return Ok(());
    }
    Err(refusal(
        kind,
        "",
        vec![(field, not_of(kind, schema, field))],
    ))
}

/// That a field is none of a kind, and which ones are.
pub(in crate::commands) fn not_of(kind: Kind, schema: &Schema, field: Field) -> String {
    let own: Vec<String> = schema.fields(kind).map(|own| schema.code(own)).collect();
    let label = kind.def().label;
    format!(
        "{field} is no field of a {label}. Its fields are: {}.",
        own.join(", ")
    )
}

/// Every broken rule, with the field where a user would mend it. A record that is there may keep to a
/// rule that it broke before: of a field that was made required since, say.
pub(super) async fn find_problems(
    store: &Store,
    fields: &Fields,
    current: Option<&Record>,
) -> Result<Vec<(Field, String)>> {
    let schema = store.schema();
    let kind = fields.kind();
    let mut problems = check_record(&schema, fields);
    if let Some(current) = current {
        let before = check_record(&schema, &current.fields);
        problems.retain(|problem| !before.contains(problem));
        problems.extend(fixed_changes(&schema, &current.fields, fields));
    }
    let mut record = Record {
        version: i64::from(current.is_some()),
        fields: fields.clone(),
        ..Record::blank(kind, current.map_or_else(RecordId::new, |record| record.id))
    };
    let told: Vec<Field> = problems.iter().map(|(field, _)| *field).collect();
    if let Some(taken) = code_taken(store, &record).await? {
        problems.push((kind.code(), taken));
    }
    let neighbours = store.neighbours(std::slice::from_ref(&record)).await?;
    if let Err(refusal) = neighbours.check(&mut record)
        && let Some(problem) = refused(store, &record, &refusal).await?
        && !told.contains(&problem.0)
    {
        problems.push(problem);
    }
    Ok(problems)
}

/// Refuses fields that no new record can have.
pub(in crate::commands) async fn check_new(store: &Store, fields: &Fields) -> Result<()> {
    let problems = find_problems(store, fields, None).await?;
    match problems.is_empty() {
        true => Ok(()),
        false => Err(refusal(
            fields.kind(),
            fields.text(fields.kind().code()),
            problems,
        )),
    }
}

/// What to say when another record has the code.
async fn code_taken(store: &Store, record: &Record) -> Result<Option<String>> {
    let code = record.code();
    if code.is_empty() {
        return Ok(None);
    }
    let found = store.find_by_codes(record.kind, &[code]).await?;
    let other = found.iter().find(|other| other.id != record.id);
    Ok(other.map(|other| is_taken(&store.schema(), other)))
}

/// What to say when another record has the code.
pub(in crate::commands) fn is_taken(schema: &Schema, other: &Record) -> String {
    let (code, title, kind) = (other.code(), other.title(), other.kind);
    let label = schema.label(kind.code());
    if other.trashed {
        return format!(
            "{code} lies in the trash ({title}). Restore it, or choose another {label}."
        );
    }
    let what = kind.def().label;
    format!("{title} has this {label} already. Choose another {label}, or edit that {what}.")
}

/// Why a record cannot stand where it is put, with the field where a user would mend it.
pub(super) async fn refused(
    store: &Store,
    record: &Record,
    refusal: &Refusal,
) -> Result<Option<(Field, String)>> {
    let (schema, kind) = (store.schema(), record.kind);
    let label = kind.def().label;
    let nesting = kind.nesting();
    Ok(match refusal {
        Refusal::CodeTaken { by } => {
            let other = store.get(kind, *by).await?;
            Some((kind.code(), is_taken(&schema, &other)))
        }
        Refusal::Twin {
            code, field, what, ..
        } => {
            let child = nesting.map_or(label, |nesting| nesting.child);
            let other = code.as_deref().unwrap_or_default();
            Some((*field, format!("The {child} {other} has the same {what}.")))
        }
        Refusal::HasChildren => kind.parent_field().map(|field| {
            let children = nesting.map_or("children", |nesting| nesting.children);
            (
                field,
                format!("This {label} has {children}, so it cannot become one."),
            )
        }),
        Refusal::Full => kind.parent_field().map(|field| {
            let parent = record.fields.text(field);
            (
                field,
                nesting.map_or_else(String::new, |nesting| full(parent, nesting)),
            )
        }),
        Refusal::TooManyNames { field, what, most } => {
            let name = record.fields.text(*field);
            let parent = kind.parent_field().map(|field| record.fields.text(field));
            let parent = parent.unwrap_or_default();
            let told = format!(
                "{parent} would have more than {most} {what} with {name}. Use those that it has."
            );
            Some((*field, told))
        }
        Refusal::Fixed { field } => Some((*field, is_fixed(&schema, *field))),
        Refusal::Referred { by } => {
            let plural = by.def().plural;
            Some((
                kind.code(),
                format!("There are {plural} of it. Delete them first."),
            ))
        }
        Refusal::Reference {
            why: BadReference::Itself,
            ..
        } => None,
        Refusal::Reference { field, why } => {
            Some((*field, bad_reference(&schema, record, *field, *why)))
        }
    })
}

/// What to say where a parent has no room for another child.
pub(super) fn full(parent: &str, nesting: Nesting) -> String {
    let (most, children) = (grouped(nesting.most), nesting.children);
    format!("{parent} would have more than {most} {children}. Take some out of it first.")
}

/// What to say of a field that cannot change any more.
pub(super) fn is_fixed(schema: &Schema, field: Field) -> String {
    let label = schema.label(field);
    match field.def().map(|def| def.fixed) {
        Some(Fixed::WhenUsed) => format!("{label} cannot be changed while there are values."),
        _ => format!("{label} cannot be changed any more."),
    }
}

fn bad_reference(schema: &Schema, record: &Record, field: Field, why: BadReference) -> String {
    let named = record.fields.text(field);
    let to = field.reference().and_then(|of| Kind::from_key(of.to));
    let (what, code) = to.map_or(("record", "code"), |to| {
        (to.def().label, schema.label(to.code()))
    });
    match why {
        BadReference::Missing => format!("There is no {what} with the {code} {named}."),
        BadReference::Trashed => format!("{named} lies in the trash. Restore it first."),
        BadReference::Itself | BadReference::IsChild => {
            let nesting = record.kind.nesting();
            let (child, children) = nesting.map_or(("child", "children"), |nesting| {
                (nesting.child, nesting.children)
            });
            format!("{named} is a {child} itself, and a {child} has no {children}.")
        }
    }
}

/// An error that names each broken rule at its field.
pub(super) fn refusal(kind: Kind, code: &str, problems: Vec<(Field, String)>) -> Error {
    let name = if code.is_empty() {
        format!("The {}", kind.def().label)
    } else {
        code.to_owned()
    };
    let error = Error::invalid(format!("{name} cannot be saved."));
    // The first rule that a field breaks is the one to mend first.
    let problems = problems.into_iter().rev();
    problems.fold(error, |error, (field, message)| {
        error.field(field.to_string(), message)
    })
}
