//! The names that the children of one parent have together: what the options of variants are called.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::record::Record;
use domain::values::RecordId;

/// The names of families, as far as records are planned or written that give one to theirs.
#[derive(Debug, Default)]
pub(super) struct FamilyNames {
    /// How many children of each parent have each name, in lower case.
    pub(super) of: HashMap<RecordId, BTreeMap<String, i64>>,
    /// Records whose names are not counted: they lie in the trash, are not written yet or change.
    out: HashSet<RecordId>,
    /// What planned records are now: whose children, and their names.
    pub(super) had: HashMap<RecordId, (Option<RecordId>, BTreeSet<String>)>,
}

/// The names that a record has as a child, in lower case.
pub fn names_of(record: &Record) -> BTreeSet<String> {
    let fields = record.kind.name_fields();
    let names = fields.map(|field| record.fields.text(field).to_lowercase());
    names.filter(|name| !name.is_empty()).collect()
}

impl FamilyNames {
    /// A record comes that is not counted yet.
    pub(super) fn expect(&mut self, new: RecordId) {
        self.out.insert(new);
    }

    /// Counts a record out that is going to change.
    pub(super) fn release(&mut self, record: &Record) {
        if !self.out.insert(record.id) || record.trashed {
            return;
        }
        let of = record.parent().and_then(|parent| self.of.get_mut(&parent));
        let Some(of) = of else { return };
        for name in names_of(record) {
            if let Some(count) = of.get_mut(&name) {
                *count -= 1;
            }
        }
    }

    /// Counts a record in that was counted out, or is new.
    pub(super) fn take(&mut self, record: &Record) {
        if record.trashed || !self.out.remove(&record.id) {
            return;
        }
        if let Some(parent) = record.parent() {
            let of = self.of.entry(parent).or_default();
            for name in names_of(record) {
                *of.entry(name).or_default() += 1;
            }
        }
    }

    /// The names of the children of a record, in lower case.
    pub(super) fn among(&self, parent: RecordId) -> BTreeSet<&str> {
        let of = self.of.get(&parent).into_iter().flatten();
        of.filter(|(_, count)| **count > 0)
            .map(|(name, _)| name.as_str())
            .collect()
    }
}
