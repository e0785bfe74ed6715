//! What is known of every field in one workspace: what the kinds declare, and the fields of the
//! workspace's own.

use std::collections::BTreeMap;

use super::field::{Blank, Field, FieldKind};
use super::kind::Kind;
use super::permission::Permission;
use super::value::Value;
use crate::values::CustomFieldId;

/// A field of a workspace's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomDef {
    /// Its id.
    pub id: CustomFieldId,
    /// The kind of record that has it.
    pub of: Kind,
    /// Its name for people.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// What stands under it in a form; may be empty.
    pub help: String,
    /// Whether a record cannot be without it.
    pub required: bool,
    /// The section of a form in which it stands; empty for the last one.
    pub section: String,
}

/// The fields of a workspace's own. What the kinds declare is known without it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    custom: BTreeMap<CustomFieldId, CustomDef>,
}

/// What is known of one field, wherever it is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldView<'a> {
    /// Its name for people.
    pub label: &'a str,
    /// What it holds.
    pub kind: FieldKind,
    /// The longest text, in characters; 0 where the kind has no length.
    pub max_chars: usize,
    /// What stands under the field in a form; may be empty.
    pub help: &'a str,
    /// Whether a record cannot be without it.
    pub required: bool,
    /// The right without which its values are neither seen nor changed.
    pub needs: Option<Permission>,
    /// What a new record holds.
    pub blank: Blank,
}

/// The longest text of a custom field, in characters.
const CUSTOM_CHARS: usize = 65_000;

/// What is told of a field that was removed for good, or that a newer version made.
const UNKNOWN: FieldView<'static> = FieldView {
    label: "A field that is not there any more",
    kind: FieldKind::Text,
    max_chars: CUSTOM_CHARS,
    help: "",
    required: false,
    needs: None,
    blank: Blank::Empty,
};

impl Schema {
    /// The schema with these fields of a workspace's own.
    pub fn new(custom: impl IntoIterator<Item = CustomDef>) -> Self {
        let custom = custom.into_iter().map(|def| (def.id, def)).collect();
        Self { custom }
    }

    /// What is known of a field.
    pub fn view(&self, field: Field) -> FieldView<'_> {
        match field {
            Field::Custom(id) => self.custom.get(&id).map_or(UNKNOWN, CustomDef::view),
            Field::Fixed(kind, at) => {
                let def = &kind.def().fields[at as usize];
                FieldView {
                    label: def.label,
                    kind: def.kind,
                    max_chars: def.max_chars,
                    help: def.help,
                    required: def.required,
                    needs: def.needs,
                    blank: def.blank,
                }
            }
        }
    }

    /// The name of a field for people.
    pub fn label(&self, field: Field) -> &str {
        self.view(field).label
    }

    /// What a field holds.
    pub fn kind(&self, field: Field) -> FieldKind {
        self.view(field).kind
    }

    /// A value as its field keeps it.
    pub fn tidied(&self, field: Field, value: Value) -> Value {
        let view = self.view(field);
        value.tidied(view.kind, view.blank)
    }

    /// Every field of a kind of record, those of the workspace's own last.
    pub fn fields(&self, kind: Kind) -> impl Iterator<Item = Field> {
        let custom = self.custom.values().filter(move |def| def.of == kind);
        kind.fields().chain(custom.map(|def| Field::Custom(def.id)))
    }

    /// The section of a form that a field of the workspace's own names; empty when it names none.
    pub(super) fn section(&self, field: Field) -> &str {
        match field {
            Field::Custom(id) => self.custom.get(&id).map_or("", |def| &def.section),
            Field::Fixed(..) => "",
        }
    }
}

impl CustomDef {
    fn view(&self) -> FieldView<'_> {
        FieldView {
            label: &self.label,
            kind: self.kind,
            max_chars: CUSTOM_CHARS,
            help: &self.help,
            required: self.required,
            needs: None,
            blank: if self.kind == FieldKind::Flag {
                Blank::No
            } else {
                Blank::Empty
            },
        }
    }
}
