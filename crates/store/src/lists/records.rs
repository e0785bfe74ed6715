//! Lists of records of any kind: a page, searched, sorted, counted. Products, of which there are
//! millions, have lists of their own.

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use domain::error::{Error, Result};
use domain::record::{Column, Field, Kind, Record};
use domain::values::RecordId;

use crate::Store;
use crate::db::on_lists;
use crate::kinds::{KindRules, rules};
use crate::record_row::stored;
use crate::retry::retrying;

/// Which records of a kind. Every part narrows; nothing set means all that are not in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordQuery {
    /// Words that all must stand in one of the fields that the search looks at.
    pub search: String,
    /// The trash instead of the living ones.
    pub trashed: bool,
    /// Only those that refer to this record by this field.
    pub of: Option<(Field, RecordId)>,
    /// By what they are sorted; by their code, unless a field is named.
    pub sort: Option<Field>,
    /// From the largest to the smallest.
    pub descending: bool,
}

impl Store {
    /// A page of records, and how many there are in all.
    pub async fn list_records(
        &self,
        kind: Kind,
        which: &RecordQuery,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<Record>, i64)> {
        let rules = rules(kind)?;
        let order = order(kind, which)?;
        let total = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select count(*) from ");
            sql.push(rules.table).push(" p");
            push_where(&mut sql, rules, which);
            sql.build_query_scalar().fetch_one(pool).await
        }))?;
        let rows = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(rules.select());
            push_where(&mut sql, rules, which);
            sql.push(&order).push(" limit ").push_bind(limit.max(0));
            sql.push(" offset ").push_bind(offset.max(0));
            let rows = sql.build().fetch_all(pool).await?;
            let rows = rows.iter().map(|row| Ok(stored(rules, row)?.record));
            rows.collect::<sqlx::Result<Vec<Record>>>()
        }))?;
        Ok((rows, total))
    }
}

/// The order of a list. The code decides among equals, so that pages never overlap.
fn order(kind: Kind, which: &RecordQuery) -> Result<String> {
    let code = kind.code();
    let by = which.sort.unwrap_or(code);
    let column = match by.def() {
        Some(def) if kind.field(def.key) == Some(by) && def.column == Column::Own => def.key,
        _ => {
            return Err(Error::invalid(format!("A list cannot be sorted by {by}."))
                .hint("Choose another column."));
        }
    };
    let way = if which.descending { " desc" } else { "" };
    Ok(format!(
        " order by p.{column}{way}, p.{}{way}",
        code.short_key()
    ))
}

fn push_where<DB: sqlx::Database>(
    sql: &mut QueryBuilder<DB>,
    rules: &KindRules,
    which: &RecordQuery,
) where
    Uuid: Encode<'static, DB> + Type<DB>,
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    sql.push(" where p.deleted = ")
        .push_bind(i64::from(which.trashed));
    if let Some((field, id)) = which.of
        && let Some(reference) = field.reference()
    {
        sql.push(" and p.")
            .push(reference.column)
            .push(" = ")
            .push_bind(id.uuid());
    }
    for word in which.search.split_whitespace() {
        sql.push(" and (1 = 0");
        for def in rules.searched.iter().filter_map(|field| field.def()) {
            sql.push(" or lower(p.").push(def.key).push(") like ");
            sql.push_bind(pattern(word)).push(" escape '!'");
        }
        sql.push(")");
    }
}

/// What has the word anywhere in it, in lower case.
fn pattern(word: &str) -> String {
    let escaped = word
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{}%", escaped.to_lowercase())
}
