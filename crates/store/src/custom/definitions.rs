//! The fields of the workspace's own as a transaction finds them: what was loaded may be older.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::plan::{Operation, Write};
use domain::record::{Field, FieldKind, Fixed, Kind};
use domain::values::{CustomFieldId, RecordId};
use domain::workspace::custom_field::{CUSTOM_FIELD, type_of};

use super::json::key_in_json;
use crate::db::{Session, Tx, on_session};
use crate::kinds;

/// A field as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Definition {
    /// Its row number, which stands for it in `custom_values`.
    pub(crate) pk: i64,
    pub(crate) of: Kind,
    pub(crate) kind: FieldKind,
    /// Whether its values stand in `custom_values`.
    pub(crate) is_indexed: bool,
}

/// Every field of the workspace's own, by id.
pub(crate) type Definitions = BTreeMap<CustomFieldId, Definition>;

/// Reads them. On a server the rows are locked, so no other desktop changes a field before the transaction ends: a value that is
/// written now is in the index or waits for the steps of the change.
pub(crate) async fn read(session: &mut Session<'_>) -> sqlx::Result<Definitions> {
    type Row = (i64, Uuid, String, String, bool, bool);
    let lock = session.share();
    let rows: Vec<Row> = on_session!(session, DB, conn => {
        QueryBuilder::<DB>::new(
            "select pk, id, record_kind, type, filterable, deleted from custom_fields",
        )
        .push(lock)
        .build_query_as()
        .fetch_all(&mut **conn)
        .await
    })?;
    let known = rows
        .into_iter()
        .filter_map(|(pk, id, of, kind, filterable, deleted)| {
            let definition = Definition {
                pk,
                of: Kind::from_key(&of)?,
                kind: type_of(&kind)?,
                is_indexed: filterable && !deleted,
            };
            Some((id.into(), definition))
        });
    Ok(known.collect())
}

/// The writes without changes of fields that are not there any more: what was deleted for good does
/// not come back by an old plan.
pub(crate) async fn without_unknown<'a>(
    tx: &mut Tx,
    writes: &'a [Write],
) -> sqlx::Result<Cow<'a, [Write]>> {
    let custom = |write: &Write| {
        let mut changes = write.changes.iter();
        changes.any(|change| matches!(change.field, Field::Custom(_)))
    };
    if !writes.iter().any(custom) {
        return Ok(Cow::Borrowed(writes));
    }
    let known = read(&mut tx.session()).await?;
    let is_known = |kind: Kind, field: Field| match field {
        Field::Custom(id) => known.get(&id).is_some_and(|of| of.of == kind),
        Field::Fixed(..) => true,
    };
    let stays = |write: &Write| {
        let mut changes = write.changes.iter();
        changes.all(|change| is_known(write.kind, change.field))
    };
    if writes.iter().all(stays) {
        return Ok(Cow::Borrowed(writes));
    }
    let mut writes = writes.to_vec();
    for write in &mut writes {
        let kind = write.kind;
        write.changes.retain(|change| is_known(kind, change.field));
    }
    Ok(Cow::Owned(writes))
}

/// Those of the fields that are to be changed in what cannot change while there are values, and that
/// have some.
pub(crate) async fn used(
    session: &mut Session<'_>,
    writes: &[Write],
) -> sqlx::Result<HashSet<RecordId>> {
    let is_fixed = |field: Field| field.def().is_some_and(|def| def.fixed == Fixed::WhenUsed);
    let asking = writes.iter().filter(|write| {
        let mut changes = write.changes.iter();
        write.kind == CUSTOM_FIELD
            && write.operation != Operation::Create
            && changes.any(|change| is_fixed(change.field))
    });
    let ids: HashSet<RecordId> = asking.map(|write| write.id).collect();
    let mut used = HashSet::new();
    if ids.is_empty() {
        return Ok(used);
    }
    for id in ids {
        if count(session, id.uuid().into(), 1).await? > 0 {
            used.insert(id);
        }
    }
    Ok(used)
}

/// How many records have a value of a field, the trash included; it is counted no further than `most`.
pub(crate) async fn count(
    session: &mut Session<'_>,
    id: CustomFieldId,
    most: i64,
) -> sqlx::Result<i64> {
    let mut counted = 0;
    for rules in kinds::all().filter(|rules| rules.has_custom()) {
        let found: i64 = on_session!(session, DB, conn => {
            QueryBuilder::<DB>::new("select count(*) from (select 1 from ")
                .push(rules.table)
                .push(" where custom <> '' and instr(custom, ")
                .push_bind(key_in_json(id))
                .push(") > 0 limit ")
                .push_bind(most)
                .push(") found")
                .build_query_scalar()
                .fetch_one(&mut **conn)
                .await
        })?;
        counted += found;
    }
    Ok(counted)
}
