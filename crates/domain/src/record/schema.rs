//! What is known of every field in one workspace: what the kinds declare, and the fields of the
//! workspace's own.

use std::collections::BTreeMap;

use super::choice::FieldChoice;
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
    /// Its short name for files and the command line: `season`.
    pub code: String,
    /// Its name for people.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The part of the form in which it stands; may be empty.
    pub section: String,
    /// What stands under it in a form; may be empty.
    pub help: String,
    /// Whether a record cannot be without it.
    pub required: bool,
    /// Whether lists can be filtered and sorted by it.
    pub filterable: bool,
    /// What can be chosen, in the order of the list.
    pub choices: Vec<FieldChoice>,
    /// Where it stands among the others; those without a place come last.
    pub position: Option<i64>,
    /// Whether it was removed: its values stay and are not shown.
    pub trashed: bool,
}

/// The fields of a workspace's own. What the kinds declare is known without it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    custom: BTreeMap<CustomFieldId, CustomDef>,
    /// Those that were not removed, in the order in which people read them.
    in_order: Vec<CustomFieldId>,
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
    /// What can be chosen, in the order of the list.
    pub choices: &'a [FieldChoice],
}

/// The longest text of several lines of a custom field, in characters.
const CUSTOM_CHARS: usize = 65_000;

/// The longest line of a custom field, in characters.
const CUSTOM_LINE: usize = 1_000;

/// What is told of a field that was removed for good, or that a newer version made.
const UNKNOWN: FieldView<'static> = FieldView {
    label: "A field that is not there any more",
    kind: FieldKind::Text,
    max_chars: CUSTOM_CHARS,
    help: "",
    required: false,
    needs: None,
    blank: Blank::Empty,
    choices: &[],
};

impl Schema {
    /// The schema with these fields of a workspace's own.
    pub fn new(custom: impl IntoIterator<Item = CustomDef>) -> Self {
        let custom: BTreeMap<_, _> = custom.into_iter().map(|def| (def.id, def)).collect();
        let mut living: Vec<&CustomDef> = custom.values().filter(|def| !def.trashed).collect();
        living.sort_by_key(|def| (def.position.unwrap_or(i64::MAX), &def.label, def.id));
        let in_order = living.into_iter().map(|def| def.id).collect();
        Self { custom, in_order }
    }

    /// The same with these fields, too.
    #[must_use]
    pub fn with(&self, more: impl IntoIterator<Item = CustomDef>) -> Self {
        Self::new(self.custom.values().cloned().chain(more))
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
                    choices: &[],
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

    /// Every field of a kind of record, those of the workspace's own last; those that were removed
    /// are left out.
    pub fn fields(&self, kind: Kind) -> impl Iterator<Item = Field> {
        let custom = self.custom_of(kind).map(|def| Field::Custom(def.id));
        kind.fields().chain(custom)
    }

    /// The fields of the workspace's own that a kind of record has, in the order in which people read
    /// them; those that were removed are left out.
    pub fn custom_of(&self, kind: Kind) -> impl Iterator<Item = &CustomDef> {
        let living = self.in_order.iter().filter_map(|id| self.custom.get(id));
        living.filter(move |def| def.of == kind)
    }

    /// A field of the workspace's own, removed ones included.
    pub fn custom(&self, id: CustomFieldId) -> Option<&CustomDef> {
        self.custom.get(&id)
    }

    /// Whether a field is shown: it is declared, or of the workspace's own and not removed.
    pub fn is_shown(&self, field: Field) -> bool {
        match field {
            Field::Fixed(..) => true,
            Field::Custom(id) => self.custom.get(&id).is_some_and(|def| !def.trashed),
        }
    }

    /// The field of a kind with this code: `sku`, `season`, or the key of the journal.
    pub fn find(&self, kind: Kind, code: &str) -> Option<Field> {
        let custom = || {
            let mut defs = self.custom_of(kind);
            let def = defs.find(|def| def.code == code)?;
            Some(Field::Custom(def.id))
        };
        let keyed =
            || Field::from_key(code).filter(|field| self.fields(kind).any(|of| of == *field));
        kind.field(code).or_else(custom).or_else(keyed)
    }

    /// The short name of a field for files and the command line: `sku`, `season`.
    pub fn code(&self, field: Field) -> String {
        match field {
            Field::Custom(id) => match self.custom.get(&id) {
                Some(def) => def.code.clone(),
                None => field.short_key(),
            },
            Field::Fixed(..) => field.short_key(),
        }
    }

    /// Whether lists can be filtered and sorted by a field of the workspace's own.
    pub(super) fn is_filterable(&self, field: Field) -> bool {
        match field {
            Field::Custom(id) => self.custom.get(&id).is_some_and(CustomDef::is_indexed),
            Field::Fixed(..) => false,
        }
    }

    /// The section of a form that a field of the workspace's own names; empty when it names none.
    pub(super) fn section(&self, field: Field) -> &str {
        match field {
            Field::Custom(id) => self.custom.get(&id).map_or("", |def| &def.section),
            Field::Fixed(..) => "",
        }
    }
}

impl<'a> FieldView<'a> {
    /// Whether the field may hold a value at all, its rules left aside.
    pub fn holds(&self, value: &Value) -> bool {
        value.fits(self.kind) || value.is_empty() && self.blank == Blank::Empty
    }

    /// The label of a choice; of one that was taken off the list, its key.
    pub fn choice_label<'k>(&'k self, key: &'k str) -> &'k str {
        let found = self.choices.iter().find(|choice| choice.key == key);
        found.map_or(key, |choice| &choice.label)
    }

    /// A value as people read it: choices by their labels, in the order of the list.
    pub fn told(&self, value: &Value) -> Value {
        match (self.kind, value) {
            (FieldKind::Choice, Value::Text(key)) => Value::text(self.choice_label(key)),
            (FieldKind::Choices, Value::List(keys)) => {
                let mut keys: Vec<&String> = keys.iter().collect();
                keys.sort_by_key(|key| (self.place_of(key), *key));
                let labels = keys
                    .into_iter()
                    .map(|key| self.choice_label(key).to_owned());
                Value::List(labels.collect())
            }
            _ => value.clone(),
        }
    }

    /// A value as plain text, the way the command line and messages write it.
    pub fn display(&self, value: &Value) -> String {
        self.told(value).display(self.kind)
    }

    /// Where a choice stands in the list; what is not on it comes last.
    fn place_of(&self, key: &str) -> usize {
        let mut choices = self.choices.iter();
        choices
            .position(|choice| choice.key == key)
            .unwrap_or(usize::MAX)
    }

    /// The key of the choice that a text names: by its label, or its key; case does not count where
    /// nothing is called exactly so.
    pub fn find_choice(self, text: &str) -> Option<&'a str> {
        let lower = text.to_lowercase();
        let exactly = |name: &str| name == text;
        let folded = |name: &str| name.to_lowercase() == lower;
        let by_label = |is: &dyn Fn(&str) -> bool| self.choices.iter().find(|of| is(&of.label));
        let by_key = |is: &dyn Fn(&str) -> bool| self.choices.iter().find(|of| is(&of.key));
        let found = by_label(&exactly)
            .or_else(|| by_key(&exactly))
            .or_else(|| by_label(&folded))
            .or_else(|| by_key(&folded));
        found.map(|choice| choice.key.as_str())
    }
}

impl CustomDef {
    fn view(&self) -> FieldView<'_> {
        FieldView {
            label: &self.label,
            kind: self.kind,
            max_chars: match self.kind {
                FieldKind::Text => CUSTOM_LINE,
                _ => CUSTOM_CHARS,
            },
            help: &self.help,
            required: self.required,
            needs: None,
            // A field that was made later says nothing of the records before it, not even no.
            blank: Blank::Empty,
            choices: &self.choices,
        }
    }

    /// Whether lists can be filtered and sorted by it now.
    pub fn is_indexed(&self) -> bool {
        self.filterable && !self.trashed
    }
}
