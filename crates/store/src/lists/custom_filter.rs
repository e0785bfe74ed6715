//! Filters by fields of the workspace's own, as conditions on their index.

use std::borrow::Cow;

use sqlx::{Database, Encode, QueryBuilder, Type};

use domain::catalog::product::PRODUCT;
use domain::catalog::{Count, CustomFilter, ProductFilter};
use domain::error::{Error, Result};
use domain::record::{Field, FieldKind, FieldView, Value};

use super::filter::parts;
use crate::Store;
use crate::custom::{ValueKey, keys_of};
use crate::db::on_lists;
use crate::retry::retrying;

/// The filters of a list by fields of the workspace's own.
pub(super) fn custom(filter: &ProductFilter) -> &[CustomFilter] {
    filter.custom.as_deref().unwrap_or_default()
}

/// The number of a field in the index, as SQL.
pub(super) fn number_of(field: Field) -> String {
    match field {
        // The digits of an id of ours are safe to write.
        Field::Custom(id) => format!(
            "(select pk from custom_fields where id = x'{}')",
            id.uuid().simple()
        ),
        Field::Fixed(..) => "0".to_owned(),
    }
}

/// Adds the condition on the entries `index`, after their field. A plus keeps the database from looking a
/// value up that it can look a record up by.
fn push_values<DB: Database>(
    query: &mut QueryBuilder<DB>,
    filter: &CustomFilter,
    (index, plus): (&str, &str),
) where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    let (number, text) = (
        format!("{plus}{index}.number_key"),
        format!("{plus}{index}.text_key"),
    );
    if let Some(any) = &filter.any {
        let keys: Vec<ValueKey> = any
            .iter()
            .flat_map(|value| keys_of(FieldKind::Choice, value))
            .collect();
        let is_text = any.iter().any(|value| value.as_text().is_some());
        if is_text {
            query.push(format!(" and {number} = 0 and {text} in (''"));
        } else {
            query.push(format!(" and {number} in (null"));
        }
        for key in keys {
            query.push(", ");
            match is_text {
                true => query.push_bind(key.text),
                false => query.push_bind(key.number),
            };
        }
        query.push(")");
    }
    for (bound, is) in [(&filter.from, " >= "), (&filter.to, " <= ")] {
        match bound {
            Some(Value::Number(bound)) => {
                query.push(format!(" and {number}{is}")).push_bind(*bound);
            }
            Some(Value::Text(bound)) => {
                query
                    .push(format!(" and {number} = 0 and {text}{is}"))
                    .push_bind(bound.clone());
            }
            _ => {}
        }
    }
}

/// Adds the condition that the record whose number is `record` has, or has not, entries of the index that a
/// filter lets through. The database looks each record up.
fn push_of_record<DB: Database>(query: &mut QueryBuilder<DB>, filter: &CustomFilter, record: &str)
where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    query.push(if filter.empty == Some(true) {
        "not exists"
    } else {
        "exists"
    });
    query
        .push(" (select 1 from custom_values o where o.record = ")
        .push(record)
        .push(" and o.field = ")
        .push(number_of(filter.field));
    push_values(query, filter, ("o", "+"));
    query.push(")");
}

/// Adds the conditions on products `p` of all filters by fields of the workspace's own. With `leads` the
/// database begins with the entries of that filter, and holds them against the others before it
/// reads a product.
pub(super) fn push_all<DB: Database>(
    query: &mut QueryBuilder<DB>,
    filter: &ProductFilter,
    leads: Option<usize>,
) where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    let Some(lead) = leads.and_then(|at| custom(filter).get(at)) else {
        return push_of_records(query, custom(filter), "p.pk");
    };
    query.push(" and p.pk in (select v.record ");
    push_entries(query, lead, filter.trashed == Some(true));
    let others = custom(filter).iter().filter(|other| *other != lead);
    push_of_records(query, others, "v.record");
    query.push(")");
}

/// Adds what the filters ask of the records with the number `record`.
pub(super) fn push_of_records<'a, DB: Database>(
    query: &mut QueryBuilder<DB>,
    filters: impl IntoIterator<Item = &'a CustomFilter>,
    record: &str,
) where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    for filter in filters {
        query.push(" and ");
        push_of_record(query, filter, record);
    }
}

/// Adds what selects the entries of the index that a filter lets through, of products that lie in the
/// trash or do not.
pub(super) fn push_entries<DB: Database>(
    query: &mut QueryBuilder<DB>,
    filter: &CustomFilter,
    trashed: bool,
) where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    query
        .push("from custom_values v where v.field = ")
        .push(number_of(filter.field));
    query
        .push(" and v.deleted = ")
        .push_bind(i64::from(trashed));
    push_values(query, filter, ("v", ""));
}

impl Store {
    /// The filter as the index has its values; refused where the index has not.
    pub(crate) fn known_filter<'a>(
        &self,
        filter: &'a ProductFilter,
    ) -> Result<Cow<'a, ProductFilter>> {
        if custom(filter).is_empty() {
            return Ok(Cow::Borrowed(filter));
        }
        let schema = self.schema();
        let mut known = filter.clone();
        for filter in known.custom.iter_mut().flatten() {
            self.refuse_unindexed(filter.field)?;
            let view = schema.view(filter.field);
            let asks = filter.any.is_some() || filter.from.is_some() || filter.to.is_some();
            if filter.empty == Some(true) && asks {
                let message = format!("{} cannot be empty and have a value.", view.label);
                return Err(Error::invalid(message).hint("Ask for one of the two."));
            }
            for values in filter.any.iter_mut() {
                for value in values.iter_mut() {
                    *value = key_value(view, value)?;
                }
            }
            for bound in [&mut filter.from, &mut filter.to].into_iter().flatten() {
                let is_ordered = matches!(
                    view.kind,
                    FieldKind::Integer | FieldKind::Decimal | FieldKind::Money | FieldKind::Date
                );
                if !is_ordered || !bound.fits(view.kind) {
                    return Err(Error::invalid(format!("{} has no such range.", view.label))
                        .hint("Filter a number or a date from one value to another."));
                }
            }
        }
        Ok(Cow::Owned(known))
    }

    /// How many entries of the index a filter by a field of the workspace's own lets through, counted no
    /// further than `most`. What has no value is in no index, so there is no end of it.
    pub(super) async fn entries_of(
        &self,
        filter: &ProductFilter,
        at: usize,
        most: i64,
    ) -> sqlx::Result<i64> {
        let of = &custom(filter)[at];
        if of.empty == Some(true) {
            return Ok(most);
        }
        let trashed = filter.trashed == Some(true);
        on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select count(*) from (select 1 ");
            push_entries(&mut sql, of, trashed);
            sql.push(" limit ").push_bind(most).push(") few");
            sql.build_query_scalar().fetch_one(pool).await
        })
    }

    /// How many products a filter lets through that asks for one field of the workspace's own and
    /// nothing else: the index knows it exactly.
    pub(super) async fn count_custom(&self, filter: &ProductFilter) -> Result<Option<Count>> {
        let [of] = custom(filter) else {
            return Ok(None);
        };
        if parts(filter).len() > 1 || filter.family.is_some() {
            return Ok(None);
        }
        // A product has several entries where it has several choices.
        let what = match self.schema().kind(of.field) {
            FieldKind::Choices => "count(distinct v.record)",
            _ => "count(*)",
        };
        let trashed = filter.trashed == Some(true);
        let counted: i64 = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select ");
            sql.push(what).push(" ");
            push_entries(&mut sql, of, trashed);
            sql.build_query_scalar().fetch_one(pool).await
        }))?;
        let count = if of.empty == Some(true) {
            let all: i64 = retrying!(on_lists!(&self.db, pool => {
                sqlx::query_scalar("select count(*) from products p where p.deleted = ?")
                    .bind(i64::from(trashed))
                    .fetch_one(pool)
                    .await
            }))?;
            all - counted
        } else {
            counted
        };
        Ok(Some(Count { count, exact: true }))
    }

    /// Refuses to filter or sort by a field whose values the index does not have.
    pub(super) fn refuse_unindexed(&self, field: Field) -> Result<()> {
        let schema = self.schema();
        if self.is_indexed(field) && schema.fields(PRODUCT).any(|of| of == field) {
            return Ok(());
        }
        let label = schema.label(field);
        let message = format!("Lists cannot be filtered or sorted by {label} now.");
        Err(Error::invalid(message).hint(
            "A person who manages the workspace can switch it on for this field. When that was \
             just done, try again in a moment.",
        ))
    }
}

/// A value as the index has it.
fn key_value(view: FieldView<'_>, value: &Value) -> Result<Value> {
    let one = match (view.kind, value) {
        (FieldKind::Choices, Value::Text(key)) => Value::list([key]),
        _ => value.clone(),
    };
    if one.is_empty() || !one.fits(view.kind) {
        return Err(
            Error::invalid(format!("{} holds no such value.", view.label))
                .hint("Choose another value to filter by."),
        );
    }
    let key = keys_of(view.kind, &one).into_iter().next();
    Ok(match (value, key) {
        (Value::Text(_), Some(key)) => Value::text(key.text),
        (value, _) => value.clone(),
    })
}
