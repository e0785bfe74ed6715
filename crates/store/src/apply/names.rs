//! The rule that the children of one parent may have only so many names together, and reading what it needs.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::plan::{Operation, Write};
use domain::record::{ChildNames, Field, Kind, Record};
use domain::values::RecordId;

use super::family_names::{FamilyNames, names_of};
use super::neighbours::{Neighbours, Refusal};
use crate::db::{Session, on_session};
use crate::dialect::IN_LIST;
use crate::kinds::{KindRules, rules_in_tx};
use crate::record_row;

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
