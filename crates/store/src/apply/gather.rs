//! Columns that are gathered from records of other kinds: how suppliers cover a product. They are
//! brought up to date in the transaction that writes what they are made of.
//!
//! The rows that hold such a column are locked before what they are made of is read, so that of two
//! desktops the second one sees what the first one wrote.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::record::{Field, Kind, Record, Value};
use domain::values::RecordId;

use crate::db::{Tx, on_tx};
use crate::dialect::IN_LIST;
use crate::kinds::{self, Gathered, KindRules};

/// Ends a list of ids.
macro_rules! push_ids {
    ($query:ident, $ids:expr) => {{
        let mut list = $query.separated(",");
        for id in $ids {
            list.push_bind(*id);
        }
        $query.push(")");
    }};
}

/// The records whose gathered columns may hold something else now.
#[derive(Default)]
pub(super) struct Stirred {
    /// Those that written records refer to, or did, by the field that refers to them.
    referred: BTreeMap<Field, BTreeSet<RecordId>>,
    /// Those by way of which others count, by the field that refers to them.
    through: BTreeMap<Field, BTreeSet<RecordId>>,
    /// Parents that gained or lost a living child.
    parents: BTreeMap<Kind, BTreeSet<RecordId>>,
}

impl Stirred {
    /// Takes in that a record was written: as it was, and as it is.
    pub(super) fn note(&mut self, before: Option<&Record>, after: Option<&Record>) {
        let Some(kind) = after.or(before).map(|record| record.kind) else {
            return;
        };
        for (rules, gathered) in kinds::gathered() {
            if is_of(gathered.by, kind) && weight(gathered, before) != weight(gathered, after) {
                let sides = [before, after].into_iter().flatten();
                let owners = sides.filter_map(|record| record.reference(gathered.by));
                self.referred.entry(gathered.by).or_default().extend(owners);
            }
            let third = gathered.through.reference().map(|reference| reference.to);
            if third == Some(kind.key())
                && let (Some(before), Some(after)) = (before, after)
                && state(gathered, before) != state(gathered, after)
            {
                let of = self.through.entry(gathered.through).or_default();
                of.insert(after.id);
            }
            if rules.kind == kind && living_under(before) != living_under(after) {
                let parents = [living_under(before), living_under(after)];
                let of = self.parents.entry(kind).or_default();
                of.extend(parents.into_iter().flatten());
            }
        }
    }
}

fn is_of(field: Field, kind: Kind) -> bool {
    matches!(field, Field::Fixed(of, _) if of == kind)
}

/// What of a record counts for the one that it refers to; nothing while it lies in the trash.
fn weight<'a>(
    gathered: &Gathered,
    record: Option<&'a Record>,
) -> Option<(Option<RecordId>, Option<RecordId>, Vec<&'a Value>)> {
    let record = record.filter(|record| !record.trashed)?;
    let from = gathered.from.iter().map(|field| record.fields.get(*field));
    let (by, through) = (gathered.by, gathered.through);
    Some((
        record.reference(by),
        record.reference(through),
        from.collect(),
    ))
}

/// What of a record decides whether others count by way of it.
fn state<'a>(gathered: &Gathered, record: &'a Record) -> (bool, Vec<&'a Value>) {
    let from = gathered.through_from.iter();
    let from = from.map(|field| record.fields.get(*field));
    (record.trashed, from.collect())
}

/// The parent of a record that is not in the trash.
fn living_under(record: Option<&Record>) -> Option<RecordId> {
    record.filter(|record| !record.trashed)?.parent()
}

/// Brings every such column up to date. It is derived, so the versions stay; the change feed carries
/// it all the same.
pub(super) async fn all(tx: &mut Tx, tx_id: i64, stirred: &Stirred) -> sqlx::Result<()> {
    for (rules, gathered) in kinds::gathered() {
        let Some(column) = GatheredColumn::of(rules, gathered, tx_id)? else {
            continue;
        };
        let mut owners = uuids(stirred.referred.get(&gathered.by));
        for third in uuids(stirred.through.get(&gathered.through)) {
            owners.extend(column.by_way_of(tx, third).await?);
        }
        let parents = uuids(stirred.parents.get(&rules.kind));
        // Where nothing refers to records of this kind, families hold nothing either.
        let is_blank = parents.is_empty() || !column.has_any(tx).await?;
        if owners.is_empty() && is_blank {
            continue;
        }
        owners.extend(parents);
        column.refresh(tx, owners).await?;
    }
    Ok(())
}

fn uuids(ids: Option<&BTreeSet<RecordId>>) -> BTreeSet<Uuid> {
    let ids = ids.into_iter().flatten();
    ids.map(|id| id.uuid()).collect()
}

/// A gathered column with the tables that it is made of.
struct GatheredColumn {
    rules: &'static KindRules,
    gathered: &'static Gathered,
    /// The table of the records that refer to its kind.
    records: &'static str,
    /// Their column that does.
    by: &'static str,
    /// The table of the third kind.
    thirds: &'static str,
    /// The column that refers to it.
    through: &'static str,
    /// The column in which a child names its parent, in families.
    parent: Option<&'static str>,
    tx_id: i64,
}

/// A row that holds the column.
struct Holder {
    id: Uuid,
    parent: Option<Uuid>,
    value: i64,
}

impl GatheredColumn {
    fn of(
        rules: &'static KindRules,
        gathered: &'static Gathered,
        tx_id: i64,
    ) -> sqlx::Result<Option<Self>> {
        let (Some(by), Some(through)) = (gathered.by.reference(), gathered.through.reference())
        else {
            return Ok(None);
        };
        let (Field::Fixed(records, _), Some(third)) = (gathered.by, Kind::from_key(through.to))
        else {
            return Ok(None);
        };
        let parent = rules.kind.parent_field().and_then(Field::reference);
        Ok(Some(Self {
            rules,
            gathered,
            records: kinds::rules_in_tx(records)?.table,
            by: by.column,
            thirds: kinds::rules_in_tx(third)?.table,
            through: through.column,
            parent: parent.map(|reference| reference.column),
            tx_id,
        }))
    }

    /// Whether there is any record that refers to the kind.
    async fn has_any(&self, tx: &mut Tx) -> sqlx::Result<bool> {
        let first: Option<i64> = on_tx!(tx, DB, conn => {
            let mut query = QueryBuilder::<DB>::new("select pk from ");
            query.push(self.records).push(" limit 1");
            query.build_query_scalar().fetch_optional(conn).await
        })?;
        Ok(first.is_some())
    }

    /// The records that others refer to which name this third one.
    async fn by_way_of(&self, tx: &mut Tx, third: Uuid) -> sqlx::Result<Vec<Uuid>> {
        let Self {
            records,
            by,
            through,
            ..
        } = self;
        on_tx!(tx, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select {by} from {records} where deleted = 0 and {through} = "
            ));
            query.push_bind(third).build_query_scalar().fetch_all(conn).await
        })
    }

    /// Brings these up to date, and the parents of those that hold something else now.
    async fn refresh(&self, tx: &mut Tx, owners: BTreeSet<Uuid>) -> sqlx::Result<()> {
        let owners: Vec<Uuid> = owners.into_iter().collect();
        let mut parents = BTreeSet::new();
        for ids in owners.chunks(IN_LIST) {
            let holders = self.holders(tx, ids).await?;
            let own: HashMap<Uuid, i64> = self.own(tx, ids).await?;
            let least: HashMap<Uuid, i64> = self.least(tx, ids).await?;
            let mut new = BTreeMap::new();
            for holder in holders {
                if least.contains_key(&holder.id) {
                    parents.insert(holder.id);
                    continue;
                }
                let value = own.get(&holder.id).copied().unwrap_or_default();
                if value != holder.value {
                    parents.extend(holder.parent);
                    note(&mut new, value, holder.id);
                }
            }
            self.write(tx, new).await?;
        }
        let parents: Vec<Uuid> = parents.into_iter().collect();
        for ids in parents.chunks(IN_LIST) {
            let holders = self.holders(tx, ids).await?;
            let least = self.least(tx, ids).await?;
            let mut new = BTreeMap::new();
            for holder in holders {
                // A parent whose last living child is gone was brought up to date above.
                let Some(value) = least.get(&holder.id) else {
                    continue;
                };
                if *value != holder.value {
                    note(&mut new, *value, holder.id);
                }
            }
            self.write(tx, new).await?;
        }
        Ok(())
    }

    /// The rows as they are; on a server they stay locked.
    async fn holders(&self, tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<Vec<Holder>> {
        let lock = tx.dialect().for_update();
        let (column, parent) = (self.gathered.column, self.parent.unwrap_or("null"));
        let rows: Vec<(Uuid, Option<Uuid>, i64)> = on_tx!(tx, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select id, {parent}, {column} from {} where id in (", self.rules.table
            ));
            push_ids!(query, ids);
            query.push(lock).build_query_as().fetch_all(conn).await
        })?;
        let holders = rows.into_iter();
        Ok(holders
            .map(|(id, parent, value)| Holder { id, parent, value })
            .collect())
    }

    /// What the records come to that refer to each of these, where any counts.
    async fn own(&self, tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, i64>> {
        let Self {
            records,
            by,
            thirds,
            through,
            ..
        } = self;
        let Gathered { counts, value, .. } = self.gathered;
        let rows: Vec<(Uuid, i64)> = on_tx!(tx, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select r.{by}, cast({value} as signed) from {records} r \
                 join {thirds} t on t.id = r.{through} \
                 where r.deleted = 0 and +t.deleted = 0 and {counts} and r.{by} in ("
            ));
            push_ids!(query, ids);
            query.push(" group by r.").push(*by).build_query_as().fetch_all(conn).await
        })?;
        Ok(rows.into_iter().collect())
    }

    /// The least value of the living children of each of these, where it has any.
    async fn least(&self, tx: &mut Tx, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, i64>> {
        let Some(parent) = self.parent else {
            return Ok(HashMap::new());
        };
        let column = self.gathered.column;
        let rows: Vec<(Uuid, i64)> = on_tx!(tx, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select {parent}, cast(min({column}) as signed) from {} \
                 where +deleted = 0 and {parent} in (", self.rules.table
            ));
            push_ids!(query, ids);
            query.push(" group by ").push(parent).build_query_as().fetch_all(conn).await
        })?;
        Ok(rows.into_iter().collect())
    }

    async fn write(&self, tx: &mut Tx, new: BTreeMap<i64, Vec<Uuid>>) -> sqlx::Result<()> {
        for (value, ids) in new {
            on_tx!(tx, DB, conn => {
                let mut update = QueryBuilder::<DB>::new("update ");
                update.push(self.rules.table).push(" set tx_id = ").push_bind(self.tx_id);
                update.push(", ").push(self.gathered.column).push(" = ").push_bind(value);
                update.push(" where id in (");
                push_ids!(update, &ids);
                update.build().execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }
}

fn note(new: &mut BTreeMap<i64, Vec<Uuid>>, value: i64, id: Uuid) {
    new.entry(value).or_default().push(id);
}
