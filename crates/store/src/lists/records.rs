//! Lists of records of any kind: a page, searched, sorted, counted. Products, of which there are
//! millions, have lists of their own.

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use domain::error::{Error, Result};
use domain::record::{Field, FieldKind, Kind, Record, Value};
use domain::values::RecordId;

use crate::Store;
use crate::bind::{Bind, push};
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
    /// Only those that hold one of these values in each of these fields.
    pub holding: Vec<(Field, Vec<Value>)>,
    /// By what they are sorted.
    pub sort: RecordSort,
    /// From the largest to the smallest.
    pub descending: bool,
}

/// What a list of records is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordSort {
    /// What identifies them for people.
    #[default]
    Code,
    /// When they were last changed.
    UpdatedAt,
    /// A field; what refers to another record is sorted by that record's code.
    Field(Field),
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
        let order = order(rules, which)?;
        let narrowed = Narrowed::by(rules, which)?;
        let total = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select count(*) from ");
            sql.push(rules.table).push(" p where ");
            narrowed.push(&mut sql, which);
            sql.build_query_scalar().fetch_one(pool).await
        }))?;
        let rows = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(rules.select());
            narrowed.push(sql.push("where "), which);
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
fn order(rules: &KindRules, which: &RecordQuery) -> Result<String> {
    let code = format!("p.{}", rules.kind.code().short_key());
    let by = match which.sort {
        RecordSort::Code => code.clone(),
        RecordSort::UpdatedAt => "p.updated_at".to_owned(),
        RecordSort::Field(field) => sorted_column(rules, field)?,
    };
    let way = if which.descending { " desc" } else { "" };
    Ok(format!(" order by {by}{way}, {code}{way}"))
}

/// What a field is sorted by: words without regard to their case, as people look them up.
fn sorted_column(rules: &KindRules, field: Field) -> Result<String> {
    let column = rules.column(field).ok_or_else(|| {
        Error::invalid(format!("A list cannot be sorted by {field}."))
            .hint("Choose another column.")
    })?;
    let is_words = field.def().is_some_and(|def| {
        use FieldKind::{Html, Image, LongText, Text};
        matches!(def.kind, Text | LongText | Html | Image)
    });
    Ok(if is_words {
        format!("lower({column})")
    } else {
        column
    })
}

/// What narrows a list, with the columns that it looks at.
pub(crate) struct Narrowed<'a> {
    /// The column of the reference, and the record that it must name.
    of: Option<(&'static str, RecordId)>,
    holding: Vec<(&'static str, Field, &'a [Value])>,
    searched: Vec<&'static str>,
}

impl<'a> Narrowed<'a> {
    pub(crate) fn by(rules: &KindRules, which: &'a RecordQuery) -> Result<Self> {
        let refused = |field: Field| {
            Error::invalid(format!("A list cannot be narrowed by {field}."))
                .hint("Choose another filter.")
        };
        let of = which.of.map(|(field, id)| {
            let reference = field.reference().filter(|_| rules.kind.has(field));
            reference
                .map(|reference| (reference.column, id))
                .ok_or_else(|| refused(field))
        });
        let holding = which.holding.iter().map(|(field, values)| {
            let column = rules.own_column(*field).ok_or_else(|| refused(*field))?;
            Ok((column, *field, values.as_slice()))
        });
        let searched = rules.searched.iter().filter_map(|field| field.def());
        Ok(Self {
            of: of.transpose()?,
            holding: holding.collect::<Result<_>>()?,
            searched: searched.map(|def| def.key).collect(),
        })
    }

    /// Adds the condition on records `p`.
    pub(crate) fn push<DB: sqlx::Database>(&self, sql: &mut QueryBuilder<DB>, which: &RecordQuery)
    where
        Uuid: Encode<'static, DB> + Type<DB>,
        Option<Uuid>: Encode<'static, DB> + Type<DB>,
        String: Encode<'static, DB> + Type<DB>,
        Option<String>: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
        Option<i64>: Encode<'static, DB> + Type<DB>,
    {
        sql.push("p.deleted = ").push_bind(i64::from(which.trashed));
        if let Some((column, id)) = self.of {
            sql.push(" and p.").push(column).push(" = ");
            sql.push_bind(id.uuid());
        }
        for (column, field, values) in &self.holding {
            sql.push(" and (1 = 0");
            for value in *values {
                sql.push(" or p.").push(column);
                match Bind::of(*field, value.clone()) {
                    Bind::OptionalText(None) | Bind::OptionalNumber(None) => sql.push(" is null"),
                    bind => push!(sql.push(" = "), bind),
                };
            }
            sql.push(")");
        }
        for word in which.search.split_whitespace() {
            sql.push(" and (1 = 0");
            for column in &self.searched {
                sql.push(" or lower(p.").push(column).push(") like ");
                sql.push_bind(pattern(word)).push(" escape '!'");
            }
            sql.push(")");
        }
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
