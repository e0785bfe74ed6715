//! The names that the children of one parent have together, of which there may be only so many: what the options of
//! variants are called.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::plan::{Operation, Write};
use domain::record::{ChildNames, Field, Kind, Record};
use domain::values::RecordId;

use super::neighbours::{Neighbours, Refusal};
use crate::db::{Session, on_session};
use crate::dialect::IN_LIST;
use crate::kinds::{KindRules, rules_in_tx};
use crate::record_row;

/// The names of families, as far as records are planned or written that give one to theirs.
#[derive(Debug, Default)]
pub(super) struct FamilyNames {
    /// How many children of each parent have each name, in lower case.
    of: HashMap<RecordId, BTreeMap<String, i64>>,
    /// Records whose names are not counted: they lie in the trash, are not written yet or change.
    out: HashSet<RecordId>,
    /// What planned records are now: whose children, and their names.
    had: HashMap<RecordId, (Option<RecordId>, BTreeSet<String>)>,
}

/// The names that a record has as a child, in lower case.
pub fn names_of(record: &Record) -> BTreeSet<String> {
    let fields = record.kind.name_fields();
    let names = fields.map(|field| record.fields.text(field).to_lowercase());
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether a write may give its parent's children a name that they do not have.
pub(super) fn may_name(write: &Write) -> bool {
    let parent = write.kind.parent_field();
    match write.operation {
        Operation::Create | Operation::Restore => true,
        Operation::Update => write.changes.iter().any(|change| {
            Some(change.field) == parent
                || write.kind.name_fields().any(|field| field == change.field)
        }),
        Operation::Trash | Operation::Purge => false,
    }
}

/// What is known of records, by their kinds.
type ByKind<T> = BTreeMap<Kind, BTreeSet<T>>;

/// Reads the names that the children of the records with these codes have, but for those that are planned.
pub(super) async fn read_all(
    session: &mut Session<'_>,
    (named, planned): (&ByKind<String>, &ByKind<Uuid>),
    neighbours: &mut Neighbours,
) -> sqlx::Result<()> {
    for (kind, codes) in named {
        let rules = rules_in_tx(*kind)?;
        let known = codes
            .iter()
            .filter_map(|code| neighbours.with_code(*kind, code));
        let parents: Vec<Uuid> = known.map(|known| known.id.uuid()).collect();
        for parents in parents.chunks(IN_LIST) {
            read(session, rules, parents, &mut neighbours.names).await?;
        }
        let planned: Vec<Uuid> = planned.get(kind).into_iter().flatten().copied().collect();
        for planned in planned.chunks(IN_LIST) {
            leave_out(session, rules, planned, &mut neighbours.names).await?;
        }
    }
    Ok(())
}

/// The names of the living children of these records, each with how many have it.
async fn read(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    parents: &[Uuid],
    names: &mut FamilyNames,
) -> sqlx::Result<()> {
    let Some(reference) = rules.kind.parent_field().and_then(Field::reference) else {
        return Ok(());
    };
    let parent = reference.column;
    for field in rules.kind.name_fields().map(Field::short_key) {
        let rows: Vec<(Uuid, String, i64)> = on_session!(session, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select {parent}, {field}, count(*) from {} where +deleted = 0 and {field} <> '' and {parent} in (",
                rules.table
            ));
            let mut list = query.separated(",");
            for id in parents {
                list.push_bind(*id);
            }
            query.push(format!(") group by {parent}, {field}"));
            query.build_query_as().fetch_all(&mut **conn).await
        })?;
        for (parent, name, count) in rows {
            let of = names.of.entry(parent.into()).or_default();
            *of.entry(name.to_lowercase()).or_default() += count;
        }
    }
    Ok(())
}

/// Leaves planned records out of what was counted: they are judged by what is planned.
async fn leave_out(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    planned: &[Uuid],
    names: &mut FamilyNames,
) -> sqlx::Result<()> {
    for row in record_row::by_ids(session, rules, planned).await? {
        let record = row.record;
        names.release(&record);
        let now = (record.parent(), names_of(&record));
        names.had.insert(record.id, now);
    }
    Ok(())
}

impl FamilyNames {
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
    fn among(&self, parent: RecordId) -> BTreeSet<&str> {
        let of = self.of.get(&parent).into_iter().flatten();
        of.filter(|(_, count)| **count > 0)
            .map(|(name, _)| name.as_str())
            .collect()
    }
}

impl Neighbours {
    /// The names that the children of a record have, those of planned ones not counted, in lower case.
    pub fn names_among(&self, parent: RecordId) -> BTreeSet<&str> {
        self.names.among(parent)
    }

    /// Whether a planned record is the child of another one than now, or has other names.
    pub fn is_named_anew(&self, record: &Record) -> bool {
        match self.names.had.get(&record.id) {
            Some((parent, names)) => {
                record.trashed || *parent != record.parent() || *names != names_of(record)
            }
            None => true,
        }
    }

    /// Refuses a record by which the children of its parent would have one name too many.
    pub(crate) fn place_names(&self, record: &Record) -> Result<(), Refusal> {
        let limit = record.kind.nesting().and_then(|nesting| nesting.names);
        let (Some(parent), Some(ChildNames { what, most, .. })) = (record.parent(), limit) else {
            return Ok(());
        };
        let others = self.names.among(parent);
        let own = names_of(record);
        let added = own.iter().filter(|name| !others.contains(name.as_str()));
        if others.len() + added.count() <= most {
            return Ok(());
        }
        let is_new = |field: &Field| {
            let name = record.fields.text(*field).to_lowercase();
            !name.is_empty() && !others.contains(name.as_str())
        };
        let field = record.kind.name_fields().find(is_new);
        match field {
            Some(field) => Err(Refusal::TooManyNames { field, what, most }),
            None => Ok(()),
        }
    }
}
