//! What a write changes, given what is there: the values as they are kept, and what depends on them.

use domain::plan::{Change, Operation, Write};
use domain::record::{Field, Fields};

use crate::bind::kept;
use crate::kinds::KindRules;

/// Whether a write may change a text that must be unique.
pub(super) fn changes_texts(rules: &KindRules, write: &Write) -> bool {
    let is_part = |field: Field| {
        let mut unique = rules.unique.iter();
        unique.any(|unique| unique.within == field || unique.from.contains(&field))
    };
    matches!(write.operation, Operation::Trash | Operation::Purge)
        || write.changes.iter().any(|change| is_part(change.field))
}

/// Whether a record has to find its place anew.
pub(super) fn needs_place(rules: &KindRules, operation: Operation, changes: &[Change]) -> bool {
    let is_part = |field: Field| {
        field == rules.kind.code()
            || field.reference().is_some()
            || rules
                .unique
                .iter()
                .any(|unique| unique.from.contains(&field))
    };
    match operation {
        Operation::Create | Operation::Restore => true,
        Operation::Trash | Operation::Purge => false,
        Operation::Update => changes.iter().any(|change| is_part(change.field)),
    }
}

/// Sets the new values and gives the changes that this really is, with the old values as they are.
pub(super) fn take_changes(
    fields: &mut Fields,
    changes: &[Change],
    computed: Option<Field>,
) -> Vec<Change> {
    let mut taken = Vec::with_capacity(changes.len());
    for change in changes {
        let new = kept(change.field, change.new.clone());
        let old = fields.get(change.field);
        let is_made = fields.kind().def().code_of.is_some() && change.field == fields.kind().code();
        if *old == new || is_made || computed == Some(change.field) {
            continue;
        }
        taken.push(Change {
            field: change.field,
            old: old.clone(),
            new: new.clone(),
        });
        fields.set(change.field, new);
    }
    derive(fields, &mut taken);
    taken
}

/// Brings the fields into the form in which they are kept, and the changes with them: a code that
/// users do not choose, and what is made of what was typed.
fn derive(fields: &mut Fields, taken: &mut Vec<Change>) {
    let def = fields.kind().def();
    let derives = def.code_of.is_some() || def.fields.iter().any(|def| def.derive.is_some());
    if !derives {
        return;
    }
    let before = fields.clone();
    fields.derive();
    for (field, new) in fields
        .iter()
        .filter(|(field, new)| before.get(*field) != *new)
    {
        let known = taken.iter_mut().find(|change| change.field == field);
        match known {
            Some(change) => change.new = new.clone(),
            None => taken.push(Change {
                field,
                old: before.get(field).clone(),
                new: new.clone(),
            }),
        }
    }
    taken.retain(|change| change.old != change.new);
}
