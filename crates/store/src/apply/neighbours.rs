//! The other records that a record must get along with: who has its code, whom it refers to, how
//! many refer to it, whose texts must differ from its own. One place for these rules: what is
//! planned and what is written are held against them alike.

use std::collections::{HashMap, HashSet};

use domain::record::{Field, Kind, Record};
use domain::values::RecordId;

use super::family_names::FamilyNames;
use crate::kinds::KindRules;

/// A record that others may collide with or refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: RecordId,
    /// What identifies it for people.
    pub code: String,
    /// Its parent, where records of its kind form families.
    pub parent: Option<RecordId>,
    /// Whether it lies in the trash.
    pub trashed: bool,
}

impl Known {
    /// What is to be known of a record.
    pub fn of(record: &Record) -> Self {
        Self {
            kind: record.kind,
            id: record.id,
            code: record.code().to_owned(),
            parent: record.parent(),
            trashed: record.trashed,
        }
    }
}

/// How many records name one as their parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Children {
    /// Those that are not in the trash.
    pub live: i64,
    /// All of them.
    pub all: i64,
    /// The last place that one of them has, where they have an order.
    pub last: i64,
}

/// Why a record cannot stand where it is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Another record, which may lie in the trash, has the code.
    CodeTaken {
        /// That record.
        by: RecordId,
    },
    /// Another record with the same parent has the same text, such as the same options.
    Twin {
        /// That record.
        by: RecordId,
        /// Its code, when it is known.
        code: Option<String>,
        /// The field where a user would mend it.
        field: Field,
        /// What is the same: `options`.
        what: &'static str,
    },
    /// The record that a field names cannot be referred to.
    Reference {
        /// The field.
        field: Field,
        /// Why not.
        why: BadReference,
    },
    /// Other records name it as their parent, so it can neither be deleted for good nor become a
    /// child, nor go to the trash without those that are not there.
    HasChildren,
    /// Its parent has as many children as one may have.
    Full,
    /// It gives itself a name, such as that of an option, and the children of its parent would have too many.
    TooManyNames {
        /// The field that holds the name.
        field: Field,
        /// What is named: `options`.
        what: &'static str,
        /// How many names they may have together.
        most: usize,
    },
    /// A field would change that cannot change any more.
    Fixed {
        /// The field.
        field: Field,
    },
    /// Records of another kind refer to it, so it cannot be deleted for good.
    Referred {
        /// Their kind.
        by: Kind,
    },
}

/// Why a record cannot be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadReference {
    /// There is none with this code.
    Missing,
    /// It lies in the trash.
    Trashed,
    /// It is itself a child, and families have two levels.
    IsChild,
    /// It is the record itself.
    Itself,
}

/// A text that is unique among the records that refer to the same other one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Taken {
    pub(crate) column: &'static str,
    pub(crate) within: RecordId,
    pub(crate) text: String,
}

/// The records around those that are planned or written together.
#[derive(Debug, Default)]
pub struct Neighbours {
    known: HashMap<RecordId, Known>,
    by_code: HashMap<Kind, HashMap<String, RecordId>>,
    children: HashMap<RecordId, Children>,
    /// The children of parents that have as many as they may have.
    full: HashSet<RecordId>,
    taken: HashMap<Taken, RecordId>,
    referred: HashMap<RecordId, Kind>,
    pub(super) names: FamilyNames,
}

impl Neighbours {
    /// The record with this id.
    pub fn known(&self, id: RecordId) -> Option<&Known> {
        self.known.get(&id)
    }

    /// The record with this code.
    pub fn with_code(&self, kind: Kind, code: &str) -> Option<&Known> {
        self.known.get(self.by_code.get(&kind)?.get(code)?)
    }

    /// How many records name this one as their parent.
    pub fn children(&self, id: RecordId) -> Children {
        self.children.get(&id).copied().unwrap_or_default()
    }

    /// Of which other kind records refer to this one, when any do.
    pub(crate) fn referred_by(&self, id: RecordId) -> Option<Kind> {
        self.referred.get(&id).copied()
    }

    pub(crate) fn set_referred(&mut self, id: RecordId, by: Kind) {
        self.referred.insert(id, by);
    }

    /// Takes in a record that is there, or will be.
    pub fn add(&mut self, known: Known) {
        if let Some(old) = self.known.get(&known.id) {
            let codes = self.by_code.entry(old.kind).or_default();
            if codes.get(&old.code) == Some(&old.id) {
                codes.remove(&old.code);
            }
        }
        let codes = self.by_code.entry(known.kind).or_default();
        codes.insert(known.code.clone(), known.id);
        self.known.insert(known.id, known);
    }

    pub(crate) fn set_children(&mut self, id: RecordId, children: Children) {
        self.children.insert(id, children);
    }

    /// Notes that a record is among the children of a parent that has no room for more.
    pub(super) fn note_in_full_family(&mut self, id: RecordId) {
        self.full.insert(id);
    }

    /// Whether that was noted.
    pub(super) fn is_in_full_family(&self, id: RecordId) -> bool {
        self.full.contains(&id)
    }

    pub(crate) fn note_taken(&mut self, taken: Taken, by: RecordId) {
        self.taken.insert(taken, by);
    }

    /// Forgets a record that is deleted for good.
    pub(crate) fn remove(&mut self, id: RecordId) {
        if let Some(old) = self.known.remove(&id) {
            self.by_code.entry(old.kind).or_default().remove(&old.code);
        }
    }

    /// Counts a record in or out of the children of its parent.
    pub(crate) fn count_child(&mut self, parent: RecordId, live: i64, all: i64) {
        let children = self.children.entry(parent).or_default();
        children.live += live;
        children.all += all;
    }

    /// Notes the place that a child has among the children of its parent.
    pub(super) fn note_place(&mut self, parent: RecordId, place: i64) {
        let children = self.children.entry(parent).or_default();
        children.last = children.last.max(place);
    }

    /// Finds the place of a record among the others, and notes what it refers to.
    pub(crate) fn place(&self, rules: &KindRules, record: &mut Record) -> Result<(), Refusal> {
        if let Some(by) = self.with_code(record.kind, record.code())
            && by.id != record.id
        {
            return Err(Refusal::CodeTaken { by: by.id });
        }
        self.place_references(record)?;
        if record.parent().is_some() && self.children(record.id).all > 0 {
            return Err(Refusal::HasChildren);
        }
        self.place_in_family(record)?;
        self.place_unique(rules, record)
    }

    fn place_references(&self, record: &mut Record) -> Result<(), Refusal> {
        for field in record.kind.references() {
            let code = record.fields.text(field);
            if code.is_empty() {
                record.refer(field, None);
                continue;
            }
            let to = self
                .referred(record, field, code)
                .map_err(|why| Refusal::Reference { field, why })?;
            record.refer(field, Some(to));
        }
        Ok(())
    }

    fn referred(
        &self,
        record: &Record,
        field: Field,
        code: &str,
    ) -> Result<RecordId, BadReference> {
        let to = field.reference().and_then(|of| Kind::from_key(of.to));
        let found = to.and_then(|kind| self.with_code(kind, code));
        let found = found.ok_or(BadReference::Missing)?;
        if found.id == record.id {
            return Err(BadReference::Itself);
        }
        if found.trashed {
            return Err(BadReference::Trashed);
        }
        if record.kind.parent_field() == Some(field) && found.parent.is_some() {
            return Err(BadReference::IsChild);
        }
        Ok(found.id)
    }

    fn place_unique(&self, rules: &KindRules, record: &Record) -> Result<(), Refusal> {
        for (unique, taken) in texts_of(rules, record) {
            let by = self.taken.get(&taken).filter(|by| **by != record.id);
            if let Some(by) = by {
                return Err(Refusal::Twin {
                    by: *by,
                    code: self.known(*by).map(|known| known.code.clone()),
                    field: unique.from[0],
                    what: unique.what,
                });
            }
        }
        Ok(())
    }

    /// Notes the texts of a living record that others may not have, and the names that it gives itself.
    pub(crate) fn take_texts(&mut self, rules: &KindRules, record: &Record) {
        self.names.take(record);
        if !record.trashed {
            for (_, taken) in texts_of(rules, record) {
                self.taken.insert(taken, record.id);
            }
        }
    }

    /// Lets others have the texts of a record that is going to change, and does not count its names.
    pub(crate) fn release_texts(&mut self, rules: &KindRules, record: &Record) {
        self.names.release(record);
        for (_, taken) in texts_of(rules, record) {
            if self.taken.get(&taken) == Some(&record.id) {
                self.taken.remove(&taken);
            }
        }
    }
}

/// The texts of a record that must be unique.
pub(crate) fn texts_of<'a>(
    rules: &'a KindRules,
    record: &'a Record,
) -> impl Iterator<Item = (&'a crate::kinds::Unique, Taken)> {
    rules.unique.iter().filter_map(|unique| {
        let taken = Taken {
            column: unique.column,
            within: record.reference(unique.within)?,
            text: (unique.value)(record)?,
        };
        Some((unique, taken))
    })
}
