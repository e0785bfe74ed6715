//! Families: how many children a parent has and may have, and which place a child takes among them.

use std::collections::BTreeSet;

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::plan::{Change, Operation, Write};
use domain::record::{Field, Record, Value};
use domain::values::RecordId;

use super::neighbours::{Children, Neighbours, Refusal};
use crate::db::{Session, on_session};
use crate::dialect::IN_LIST;
use crate::kinds::KindRules;
use crate::record_row::{self, Stored};

/// Whether a write may bring its record to a parent, which then has one child more.
pub(super) fn may_join(write: &Write) -> bool {
    let parent = write.kind.parent_field();
    match write.operation {
        Operation::Create | Operation::Restore => true,
        Operation::Update => write
            .changes
            .iter()
            .any(|change| Some(change.field) == parent),
        Operation::Trash | Operation::Purge => false,
    }
}

/// How many children each of these records has, where it has any.
pub(crate) async fn children(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    parents: &[Uuid],
) -> sqlx::Result<Vec<(RecordId, Children)>> {
    let Some(reference) = rules.kind.parent_field().and_then(Field::reference) else {
        return Ok(Vec::new());
    };
    let column = reference.column;
    let order = rules.kind.order_field();
    let order = order.map_or_else(|| "0".to_owned(), Field::short_key);
    let rows: Vec<(Uuid, i64, i64, i64)> = on_session!(session, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(format!(
            "select {column}, cast(sum(1 - deleted) as signed), count(*), cast(max({order}) as signed) \
             from {} where {column} in (",
            rules.table
        ));
        let mut list = query.separated(",");
        for id in parents {
            list.push_bind(*id);
        }
        query.push(") group by ").push(column);
        query.build_query_as().fetch_all(&mut **conn).await
    })?;
    let counted = rows.into_iter();
    Ok(counted
        .map(|(id, live, all, last)| (id.into(), Children { live, all, last }))
        .collect())
}

/// The living children of those of these records that have as many as they may have.
pub(super) async fn in_full_families(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    counted: &[(RecordId, Children)],
) -> sqlx::Result<Vec<Uuid>> {
    let reference = rules.kind.parent_field().and_then(Field::reference);
    let (Some(reference), Some(nesting)) = (reference, rules.kind.nesting()) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (parent, _) in counted.iter().filter(|(_, of)| of.live >= nesting.most) {
        let ids: Vec<Uuid> = on_session!(session, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select id from {} where +deleted = 0 and {} = ", rules.table, reference.column
            ));
            query.push_bind(parent.uuid()).build_query_scalar().fetch_all(&mut **conn).await
        })?;
        found.extend(ids);
    }
    Ok(found)
}

/// The records with these codes that have no living child yet, but in the field that is the sum of
/// children something of their own.
pub(super) async fn first_parents(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    (codes, neighbours): (&BTreeSet<String>, &Neighbours),
) -> sqlx::Result<Vec<Stored>> {
    let Some(sum) = rules.kind.sum_field() else {
        return Ok(Vec::new());
    };
    let known = codes
        .iter()
        .filter_map(|code| neighbours.with_code(rules.kind, code));
    let childless = known.filter(|known| neighbours.children(known.id).live == 0);
    let ids: Vec<Uuid> = childless.map(|known| known.id.uuid()).collect();
    let mut found = Vec::new();
    for ids in ids.chunks(IN_LIST) {
        let own = with_own(session, (rules, &sum.short_key()), ids).await?;
        if !own.is_empty() {
            found.extend(record_row::by_ids(session, rules, &own).await?);
        }
    }
    Ok(found)
}

async fn with_own(
    session: &mut Session<'_>,
    (rules, column): (&KindRules, &str),
    ids: &[Uuid],
) -> sqlx::Result<Vec<Uuid>> {
    on_session!(session, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(format!(
            "select id from {} where {column} <> 0 and id in (", rules.table
        ));
        let mut list = query.separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")").build_query_scalar().fetch_all(&mut **conn).await
    })
}

impl Neighbours {
    /// Refuses a record that would be one child too many of its parent.
    pub(super) fn place_in_family(&self, record: &Record) -> Result<(), Refusal> {
        let (Some(parent), Some(nesting)) = (record.parent(), record.kind.nesting()) else {
            return Ok(());
        };
        let is_counted = match self.known(record.id) {
            Some(known) => !known.trashed && known.parent == Some(parent),
            // What is planned is not known by itself.
            None => self.is_in_full_family(record.id),
        };
        if !is_counted && self.children(parent).live >= nesting.most {
            return Err(Refusal::Full);
        }
        Ok(())
    }

    /// Gives a record that comes to a parent without a place of its own the last one.
    pub(super) fn take_place(
        &mut self,
        before: Option<&Record>,
        record: &mut Record,
        changes: &mut Vec<Change>,
    ) {
        let (Some(parent), Some(order)) = (record.parent(), record.kind.order_field()) else {
            return;
        };
        let place = |record: &Record| record.fields.get(order).as_number().unwrap_or_default();
        let is_told = changes.iter().any(|change| change.field == order);
        let comes = before.and_then(Record::parent) != Some(parent);
        if comes && !is_told && place(record) == 0 {
            let new = Value::Number(self.children(parent).last + 1);
            changes.push(Change {
                field: order,
                old: record.fields.get(order).clone(),
                new: new.clone(),
            });
            record.fields.set(order, new);
        }
        self.note_place(parent, place(record));
    }
}
