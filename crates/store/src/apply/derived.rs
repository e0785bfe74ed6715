//! What follows from the records that were written: sums of parents, and codes that are made of
//! others.

use std::collections::{BTreeSet, HashMap};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::record::{Field, Kind};
use domain::values::RecordId;

use crate::db::{Tx, on_tx};
use crate::dialect::IN_LIST;
use crate::kinds::KindRules;
use crate::record_row::{Stored, stored};

/// Makes the codes anew that are made of the codes of these records, which were renamed. They are
/// derived, so the versions stay; the change feed carries them all the same.
pub(super) async fn recode(
    tx: &mut Tx,
    rules: &'static KindRules,
    tx_id: i64,
    (renamed, ids): (Kind, &BTreeSet<RecordId>),
) -> sqlx::Result<()> {
    let references = rules.kind.references().filter_map(Field::reference);
    let columns: Vec<_> = references
        .filter(|reference| reference.to == renamed.key())
        .map(|reference| reference.column)
        .collect();
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    for column in columns {
        for ids in ids.chunks(IN_LIST) {
            for row in referring(tx, rules, column, ids).await? {
                set_code(tx, rules, tx_id, row).await?;
            }
        }
    }
    Ok(())
}

async fn referring(
    tx: &mut Tx,
    rules: &'static KindRules,
    column: &str,
    ids: &[Uuid],
) -> sqlx::Result<Vec<Stored>> {
    on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(rules.select());
        let mut list = query.push("where p.").push(column).push(" in (").separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        let rows = query.push(")").build().fetch_all(conn).await?;
        rows.iter().map(|row| stored(rules, row)).collect()
    })
}

async fn set_code(tx: &mut Tx, rules: &KindRules, tx_id: i64, mut row: Stored) -> sqlx::Result<()> {
    row.record.fields.derive();
    let code = row.record.code().to_owned();
    on_tx!(tx, DB, conn => {
        let mut update = QueryBuilder::<DB>::new("update ");
        update.push(rules.table).push(" set tx_id = ").push_bind(tx_id);
        update.push(", ").push(rules.kind.code().short_key()).push(" = ").push_bind(code);
        update.push(" where pk = ").push_bind(row.pk);
        update.build().execute(conn).await.map(drop)
    })
}

/// Brings the field of parents that is a sum to the sum of their children's. It is derived, so the
/// version stays; the change feed carries it all the same.
pub(super) async fn sums_of_parents(
    tx: &mut Tx,
    rules: &KindRules,
    tx_id: i64,
    parents: &BTreeSet<RecordId>,
) -> sqlx::Result<()> {
    let Some(of) = SumColumns::of(rules) else {
        return Ok(());
    };
    let ids: Vec<Uuid> = parents.iter().map(|id| id.uuid()).collect();
    for ids in ids.chunks(IN_LIST / 2) {
        let sums: HashMap<Uuid, i64> = sums(tx, rules, of, ids).await?.into_iter().collect();
        on_tx!(tx, DB, conn => {
            let mut update = QueryBuilder::<DB>::new("update ");
            update.push(rules.table).push(" set tx_id = ").push_bind(tx_id);
            update.push(", ").push(of.sum).push(" = case id");
            for id in ids {
                let sum = sums.get(id).copied().unwrap_or_default();
                update.push(" when ").push_bind(*id).push(" then ").push_bind(sum);
            }
            update.push(" end where id in (");
            let mut list = update.separated(",");
            for id in ids {
                list.push_bind(*id);
            }
            update.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

/// The columns that a sum of children is made of.
#[derive(Clone, Copy)]
struct SumColumns {
    sum: &'static str,
    parent: &'static str,
}

impl SumColumns {
    fn of(rules: &KindRules) -> Option<Self> {
        Some(Self {
            sum: rules.kind.sum_field()?.def()?.key,
            parent: rules.kind.parent_field()?.reference()?.column,
        })
    }
}

async fn sums(
    tx: &mut Tx,
    rules: &KindRules,
    of: SumColumns,
    parents: &[Uuid],
) -> sqlx::Result<Vec<(Uuid, i64)>> {
    let SumColumns { sum, parent } = of;
    on_tx!(tx, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(format!(
            "select {parent}, cast(sum({sum}) as signed) from {} \
             where +deleted = 0 and {parent} in (",
            rules.table
        ));
        let mut list = query.separated(",");
        for id in parents {
            list.push_bind(*id);
        }
        query.push(") group by ").push(parent).build_query_as().fetch_all(conn).await
    })
}
