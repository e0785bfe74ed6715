//! Records in families: each parent, then its children in their order.
//!
//! Which rows are asked for is read once, and kept as a bit each. Families come in the order of their first row, so
//! that a file is written in the order in which its records were made; of each family, what is asked for.

use std::collections::{HashMap, HashSet, VecDeque};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::record::{Field, Record};

use super::row_set::RowSet;
use super::{PAGE, RecordStream};
use crate::Store;
use crate::db::on;
use crate::kinds::{KindRules, rules};
use crate::record_row::{Stored, stored};
use crate::retry::retrying;

/// How many families are looked at together; each may have some thousand children.
const FAMILIES: usize = 200;

/// Records page by page, each parent followed by those of its children that are asked for, in their order. Each
/// comes exactly once, whatever happens to the others meanwhile.
pub struct FamilyStream {
    records: RecordStream,
    /// The rows that are still to come; none while they have not been read.
    rows: Option<RowSet>,
    /// Where the first of them is at the earliest.
    from: i64,
    /// The rows that were looked at, and the heads of their families that were not.
    looked_at: Vec<i64>,
    heads: VecDeque<Uuid>,
    /// What comes next.
    next: VecDeque<i64>,
    /// The rows that came already, where families come whole.
    came: Option<RowSet>,
}

impl FamilyStream {
    pub(super) fn of(records: RecordStream) -> Self {
        Self {
            records,
            rows: None,
            from: 0,
            looked_at: Vec::new(),
            heads: VecDeque::new(),
            next: VecDeque::new(),
            came: None,
        }
    }

    /// The same, but families come whole as soon as one of them is asked for; only what lies in the trash does not
    /// come along.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.came = Some(RowSet::default());
        self
    }

    /// How many records are still to come, when nothing happens to them.
    pub async fn left(&mut self) -> Result<i64> {
        Ok(self.read().await?.len())
    }

    /// The next page; empty at the end.
    pub async fn next(&mut self) -> Result<Vec<Record>> {
        let rules = rules(self.records.kind)?;
        loop {
            while self.next.len() < PAGE && self.line_up(rules).await? {}
            let rows: Vec<i64> = self.next.drain(..self.next.len().min(PAGE)).collect();
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            let found = retrying!(by_row(&self.records.store, rules, &rows).await)?;
            let mut found: HashMap<i64, Record> =
                found.into_iter().map(|row| (row.pk, row.record)).collect();
            let page: Vec<Record> = rows.iter().filter_map(|row| found.remove(row)).collect();
            // All of them may have been deleted for good meanwhile.
            if !page.is_empty() {
                return Ok(page);
            }
        }
    }

    async fn read(&mut self) -> Result<&mut RowSet> {
        if self.rows.is_none() {
            let mut rows = RowSet::default();
            loop {
                let page = self.records.numbers().await?;
                if page.is_empty() {
                    break;
                }
                for row in page {
                    rows.insert(row);
                }
            }
            self.rows = Some(rows);
        }
        Ok(self.rows.get_or_insert_default())
    }

    /// Puts the rows of some more families in line; false at the end.
    async fn line_up(&mut self, rules: &'static KindRules) -> Result<bool> {
        if self.heads.is_empty() {
            return self.look(rules).await;
        }
        let heads: Vec<Uuid> = self.heads.drain(..self.heads.len().min(FAMILIES)).collect();
        let members = retrying!(members(&self.records.store, rules, &heads).await)?;
        let is_last = self.heads.is_empty();
        let mut came = self.came.take();
        let looked_at = std::mem::take(&mut self.looked_at);
        let rows = self.read().await?;
        let mut comes = |row: i64, is_there: bool| {
            let is_asked_for = rows.remove(row);
            match &mut came {
                None => is_asked_for,
                Some(came) => (is_asked_for || is_there) && came.insert(row),
            }
        };
        let members = members.into_iter();
        let mut line: Vec<i64> = members
            .filter(|(row, is_there)| comes(*row, *is_there))
            .map(|(row, _)| row)
            .collect();
        if is_last {
            // What came to another family between two looks comes by itself.
            line.extend(looked_at.iter().filter(|row| comes(**row, false)));
        } else {
            self.looked_at = looked_at;
        }
        self.came = came;
        self.next.extend(line);
        Ok(true)
    }

    /// Looks at the next rows: which families are they of?
    async fn look(&mut self, rules: &'static KindRules) -> Result<bool> {
        let from = self.from;
        let rows = self.read().await?.first(from, PAGE);
        let Some(first) = rows.first() else {
            return Ok(false);
        };
        self.from = *first;
        let heads = retrying!(heads(&self.records.store, rules, &rows).await)?;
        if heads.is_empty() {
            // They were deleted for good meanwhile.
            let left = self.read().await?;
            for row in &rows {
                left.remove(*row);
            }
            return Ok(true);
        }
        let mut seen = HashSet::new();
        self.heads = heads.into_iter().filter(|id| seen.insert(*id)).collect();
        self.looked_at = rows;
        Ok(true)
    }
}

/// The column that names the parent, where records of the kind have one.
fn parent_column(rules: &KindRules) -> Option<&'static str> {
    let reference = rules.kind.parent_field().and_then(Field::reference)?;
    Some(reference.column)
}

fn list_of(rows: &[i64]) -> String {
    let rows: Vec<String> = rows.iter().map(i64::to_string).collect();
    rows.join(",")
}

/// The parents of these rows, or the rows' own ids where they have none, in the order of the rows.
async fn heads(store: &Store, rules: &'static KindRules, rows: &[i64]) -> sqlx::Result<Vec<Uuid>> {
    let head = match parent_column(rules) {
        Some(column) => format!("coalesce({column}, id)"),
        None => "id".to_owned(),
    };
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(format!(
            "select {head} from {} where pk in ({}) order by pk", rules.table, list_of(rows)
        ));
        sql.build_query_scalar().persistent(false).fetch_all(pool).await
    })
}

/// The rows of these heads, each with its children behind it in their order, and whether they are out of the
/// trash.
async fn members(
    store: &Store,
    rules: &'static KindRules,
    heads: &[Uuid],
) -> sqlx::Result<Vec<(i64, bool)>> {
    let mut found = rows_by(store, rules, ("id", "0"), heads).await?;
    if let Some(parent) = parent_column(rules) {
        let order = rules.kind.order_field();
        let order = order.map_or_else(|| "1".to_owned(), Field::short_key);
        let mut children = rows_by(store, rules, (parent, &order), heads).await?;
        for child in &mut children {
            child.is_child = true;
        }
        found.append(&mut children);
    }
    let place: HashMap<Uuid, usize> = heads.iter().copied().zip(0..).collect();
    found.sort_by(|a, b| {
        let key = |row: &Member| (place.get(&row.head).copied(), row.is_child, row.order);
        (key(a), &a.code).cmp(&(key(b), &b.code))
    });
    let rows = found.into_iter();
    Ok(rows.map(|row| (row.pk, !row.trashed)).collect())
}

/// A row of a family, and where it stands.
struct Member {
    pk: i64,
    head: Uuid,
    is_child: bool,
    order: i64,
    code: String,
    trashed: bool,
}

async fn rows_by(
    store: &Store,
    rules: &'static KindRules,
    (column, order): (&str, &str),
    heads: &[Uuid],
) -> sqlx::Result<Vec<Member>> {
    let code = rules.kind.code().short_key();
    let rows: Vec<(i64, Uuid, i64, String, bool)> = on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(format!(
            "select pk, {column}, cast({order} as signed), {code}, deleted from {} where {column} in (", rules.table
        ));
        let mut list = sql.separated(",");
        for head in heads {
            list.push_bind(*head);
        }
        sql.push(")").build_query_as().fetch_all(pool).await
    })?;
    let members = rows
        .into_iter()
        .map(|(pk, head, order, code, trashed)| Member {
            pk,
            head,
            is_child: false,
            order,
            code,
            trashed,
        });
    Ok(members.collect())
}

async fn by_row(
    store: &Store,
    rules: &'static KindRules,
    rows: &[i64],
) -> sqlx::Result<Vec<Stored>> {
    on!(&store.db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(rules.select());
        sql.push(format!("where p.pk in ({})", list_of(rows)));
        let rows = sql.build().persistent(false).fetch_all(pool).await?;
        rows.iter().map(|row| stored(rules, row)).collect()
    })
}
