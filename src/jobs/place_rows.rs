//! Holds the rows of a file against the records that they refer to, those of the file included.

use std::collections::{HashMap, HashSet};

use super::file_index::{FileIndex, RowPosition};
use super::plan_warning::grouped;
use domain::plan::{ImportOnly, Problem};
use domain::record::{Field, Kind, Record, Schema};
use domain::values::{RecordId, hash};
use store::{BadReference, Known, Neighbours, Refusal, names_of, unique_texts};

/// What a planner needs to know of a file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What its rows are.
    pub kind: Kind,
    /// Which code stands where.
    pub index: &'a FileIndex,
    /// The column of each field.
    pub headers: &'a HashMap<Field, String>,
    /// Which rows are taken.
    pub only: ImportOnly,
}

impl Source<'_> {
    /// A problem of the column that feeds a field.
    pub(super) fn problem(self, field: Field, value: &str, message: String, hint: &str) -> Problem {
        Problem {
            column: self.headers.get(&field).cloned().unwrap_or_default(),
            field: Some(field),
            value: value.to_owned(),
            message,
            hint: Some(hint.to_owned()),
        }
    }
}

/// How the row of a record stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// Where.
    pub(super) at: RowPosition,
    /// Whether its record refers to others than before.
    pub(super) moves: bool,
    /// Whether it is not imported for another reason.
    pub(super) is_wrong: bool,
}

/// What became of a record that rows of the file name as their parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It will be there.
    Ready,
    /// It is, or becomes, a child itself.
    Child,
    /// Its own row is rejected or skipped.
    Rejected,
}

/// What is remembered of the file while it is planned: only hashes, so that a million rows stay
/// small.
#[derive(Debug, Default)]
pub(super) struct Placing {
    parents: HashMap<u64, Fate>,
    /// Where each text that must be unique stands first.
    texts: HashMap<u64, RowPosition>,
    /// How many children come to each parent.
    coming: HashMap<u64, i64>,
    /// The names that rows of the file give to the children of each parent.
    names: HashMap<u64, HashSet<u64>>,
}

impl Placing {
    /// Notes what becomes of a record that rows of the file name as their parent.
    pub(super) fn note_parent(&mut self, code: &str, fate: Fate) {
        self.parents.insert(hash(code), fate);
    }

    /// Adds the parents to what is there that the file itself will make.
    pub(super) fn add_planned(&self, kind: Kind, records: &[Record], to: &mut Neighbours) {
        let Some(parent) = kind.parent_field() else {
            return;
        };
        for record in records {
            let code = record.fields.text(parent);
            let Some(fate) = self.parents.get(&hash(code)) else {
                continue;
            };
            let id = to
                .with_code(kind, code)
                .map_or_else(RecordId::new, |known| known.id);
            match fate {
                Fate::Ready => to.add(known(kind, id, code, None)),
                // A child of whom does not matter here.
                Fate::Child => to.add(known(kind, id, code, Some(id))),
                Fate::Rejected => {}
            }
        }
    }

    /// What is wrong with the place of a record among the others.
    pub(super) fn problems(
        &mut self,
        source: Source<'_>,
        schema: &Schema,
        neighbours: &Neighbours,
        record: &mut Record,
        placed: Placed,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        match neighbours.check(record) {
            Err(Refusal::Twin {
                code, field, what, ..
            }) => {
                // One that has a row of its own in the file is judged by that row.
                let other = code.filter(|code| source.index.first(code).is_none());
                problems.extend(other.map(|other| {
                    let message = twin_there(record, &other, what);
                    self.twin(source, record, field, message)
                }));
            }
            Err(Refusal::TooManyNames { field, .. }) => {
                problems.extend(too_many_names(source, record, field));
            }
            Err(refusal) if placed.moves => {
                problems.extend(self.refused(source, schema, record, &refusal));
            }
            Ok(()) | Err(_) => {}
        }
        if problems.is_empty() {
            problems.extend(self.twin_in_file(source, record, placed));
        }
        if problems.is_empty() && placed.moves && !placed.is_wrong {
            problems.extend(self.too_many(source, neighbours, record));
        }
        if problems.is_empty() && !placed.is_wrong {
            problems.extend(self.names_in_file(source, neighbours, record));
        }
        problems
    }

    fn refused(
        &self,
        source: Source<'_>,
        schema: &Schema,
        record: &Record,
        refusal: &Refusal,
    ) -> Option<Problem> {
        let code = record.code();
        match refusal {
            Refusal::Reference { field, why } => {
                let named = record.fields.text(*field).to_owned();
                let (message, hint) = self.bad_reference(source, schema, (*field, *why), &named);
                Some(source.problem(*field, &named, message, hint))
            }
            Refusal::HasChildren => {
                let nesting = record.kind.nesting()?;
                let (child, children) = (nesting.child, nesting.children);
                let field = record.kind.parent_field()?;
                Some(source.problem(
                    field,
                    record.fields.text(field),
                    format!("\"{code}\" has {children} of its own, so it cannot be a {child}."),
                    "Empty its parent, or give them another parent.",
                ))
            }
            Refusal::Full => full(source, record),
            Refusal::CodeTaken { .. }
            | Refusal::Twin { .. }
            | Refusal::TooManyNames { .. }
            | Refusal::Referred { .. }
            | Refusal::Fixed { .. } => None,
        }
    }

    fn bad_reference(
        &self,
        source: Source<'_>,
        schema: &Schema,
        (field, why): (Field, BadReference),
        named: &str,
    ) -> (String, &'static str) {
        let is_parent = source.kind.parent_field() == Some(field);
        let what = if is_parent {
            "parent"
        } else {
            schema.label(field)
        };
        if is_parent && source.index.is_child(named) {
            let child = source
                .kind
                .nesting()
                .map_or("child", |nesting| nesting.child);
            let message = format!("The parent \"{named}\" is itself a {child} in this file.");
            return (message, "Name the one at the top of the family.");
        }
        let rejected = self.parents.get(&hash(named)) == Some(&Fate::Rejected);
        if let Some(first) = source.index.first(named).filter(|_| is_parent && rejected) {
            let line = first.line;
            let message = format!("Its parent \"{named}\" on line {line} is not imported.");
            return (message, "Mend the parent's row first.");
        }
        match why {
            BadReference::Missing if is_parent => {
                let there = source.kind.def().place;
                let message =
                    format!("The {what} \"{named}\" is neither in this file nor {there}.");
                (message, "Add a row for the parent, or correct its code.")
            }
            BadReference::Missing => (
                format!("The {what} \"{named}\" is not there."),
                "Make it first, or correct its code.",
            ),
            BadReference::Trashed => (
                format!("The {what} \"{named}\" is in the trash."),
                "Restore it first, or add a row for it to the file.",
            ),
            BadReference::IsChild => {
                let child = source
                    .kind
                    .nesting()
                    .map_or("child", |nesting| nesting.child);
                (
                    format!("The parent \"{named}\" is itself a {child}."),
                    "Name the one at the top of the family.",
                )
            }
            BadReference::Itself => (
                format!("The {what} \"{named}\" is the record itself."),
                "Name another one, or leave the cell empty.",
            ),
        }
    }

    /// Counts a record that comes to its parent, and refuses it where the parent has no room for it.
    fn too_many(
        &mut self,
        source: Source<'_>,
        neighbours: &Neighbours,
        record: &Record,
    ) -> Option<Problem> {
        let nesting = record.kind.nesting()?;
        let code = record.fields.text(record.kind.parent_field()?);
        if code.is_empty() {
            return None;
        }
        let parent = neighbours.with_code(record.kind, code);
        let there = parent.map_or(0, |parent| neighbours.children(parent.id).live);
        let coming = self.coming.entry(hash(code)).or_default();
        if there + *coming >= nesting.most {
            return full(source, record);
        }
        *coming += 1;
        None
    }

    /// Notes the names that a record gives to the children of its parent, and refuses it where they have too many
    /// together with what the rows above it say.
    fn names_in_file(
        &mut self,
        source: Source<'_>,
        neighbours: &Neighbours,
        record: &Record,
    ) -> Option<Problem> {
        let limit = record.kind.nesting()?.names?;
        let code = record.fields.text(record.kind.parent_field()?);
        let own = names_of(record);
        if code.is_empty() || own.is_empty() {
            return None;
        }
        let in_file = self.names.entry(hash(code)).or_default();
        let parent = neighbours.with_code(record.kind, code);
        let there = parent.map(|parent| neighbours.names_among(parent.id));
        let there = there.iter().flatten().map(|name| hash(name));
        let others: HashSet<u64> = there.chain(in_file.iter().copied()).collect();
        let is_new = |name: &str| !others.contains(&hash(name));
        let added = own.iter().filter(|name| is_new(name)).count();
        if others.len() + added > limit.most && added > 0 && neighbours.is_named_anew(record) {
            let mut fields = record.kind.name_fields();
            let field = fields.find(|field| {
                let name = record.fields.text(*field).to_lowercase();
                !name.is_empty() && is_new(&name)
            })?;
            return too_many_names(source, record, field);
        }
        in_file.extend(own.iter().map(|name| hash(name.as_str())));
        None
    }

    fn twin_in_file(
        &mut self,
        source: Source<'_>,
        record: &Record,
        placed: Placed,
    ) -> Option<Problem> {
        let mut found = None;
        for text in unique_texts(record) {
            let key = hash(&format!(
                "{}\u{1e}{}\u{1e}{}",
                text.what, text.within, text.text
            ));
            let known = self.texts.get(&key).copied();
            if known.is_none() && !placed.is_wrong {
                self.texts.insert(key, placed.at);
            }
            if let Some(first) = known.filter(|first| *first != placed.at && found.is_none()) {
                let (line, what, within) = (first.line, text.what, text.within);
                let message =
                    format!("The row on line {line} has the same {what} of \"{within}\".");
                found = Some(self.twin(source, record, text.field, message));
            }
        }
        found
    }

    fn twin(&self, source: Source<'_>, record: &Record, field: Field, message: String) -> Problem {
        let value = record.fields.text(field);
        let child = record
            .kind
            .nesting()
            .map_or("record", |nesting| nesting.child);
        let hint = format!("Each {child} needs its own.");
        source.problem(field, value, message, &hint)
    }
}

fn full(source: Source<'_>, record: &Record) -> Option<Problem> {
    let nesting = record.kind.nesting()?;
    let field = record.kind.parent_field()?;
    let (most, parent) = (grouped(nesting.most), record.fields.text(field));
    let message = format!(
        "\"{parent}\" would have more than {most} {}.",
        nesting.children
    );
    let hint = format!(
        "Leave some out, or give each {} fewer.",
        record.kind.def().label
    );
    Some(source.problem(field, parent, message, &hint))
}

fn too_many_names(source: Source<'_>, record: &Record, field: Field) -> Option<Problem> {
    let limit = record.kind.nesting()?.names?;
    let parent = record.fields.text(record.kind.parent_field()?);
    let (most, what, name) = (limit.most, limit.what, record.fields.text(field));
    let message = format!("\"{parent}\" would have more than {most} {what} with \"{name}\".");
    let hint = format!("Use the {what} that it has, under the same names.");
    Some(source.problem(field, name, message, &hint))
}

fn twin_there(record: &Record, other: &str, what: &str) -> String {
    let child = record
        .kind
        .nesting()
        .map_or("record", |nesting| nesting.child);
    let parent = record.kind.parent_field();
    let parent = parent.map_or("", |field| record.fields.text(field));
    format!("The {child} \"{other}\" of \"{parent}\" has the same {what}.")
}

fn known(kind: Kind, id: RecordId, code: &str, parent: Option<RecordId>) -> Known {
    Known {
        kind,
        id,
        code: code.to_owned(),
        parent,
        trashed: false,
    }
}
