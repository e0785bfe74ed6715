//! Lists sorted by a field of the workspace's own: what has a value in the order of the index, then
//! what has none in the order in which it was made. Choices come in the order of their list.

use sqlx::{Database, Encode, QueryBuilder, Type};

use domain::catalog::{CustomFilter, ProductFilter, ProductPage};
use domain::error::{Error, Result};
use domain::record::{Field, FieldKind};

use super::custom_filter::{custom, number_of, push_entries, push_of_records};
use super::filter::{self, Part, parts};
use super::order::FAR;
use super::search::CAP;
use super::search::find::push_numbers;
use super::survey::Surveyed;
use crate::Store;
use crate::db::on_lists;
use crate::retry::retrying;

/// The most rows of a page.
const PAGE: i64 = 1000;

/// An order by a field of the workspace's own.
#[derive(Debug, Clone)]
pub(super) struct ByField {
    pub(super) field: Field,
    pub(super) descending: bool,
    /// The keys of the choices in their order, where the field has choices.
    pub(super) choices: Option<Vec<String>>,
}

/// A list as it is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) filter: &'a ProductFilter,
    pub(super) offset: i64,
    pub(super) limit: i64,
}

impl Asked<'_> {
    /// The page of these row numbers.
    fn page_of(&self, pks: &[i64]) -> Vec<i64> {
        let skip = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let take = usize::try_from(self.limit).unwrap_or(0);
        pks.iter().skip(skip).take(take).copied().collect()
    }
}

impl Store {
    /// Rows `offset … offset + limit` of a list that is sorted by a field of the workspace's own.
    pub async fn list_by(
        &self,
        filter: &ProductFilter,
        (field, descending): (Field, bool),
        offset: i64,
        limit: i64,
    ) -> Result<ProductPage> {
        let order = self.order_by(field, descending)?;
        let filter = self.known_filter(filter)?;
        let asked = Asked {
            filter: &filter,
            offset: offset.max(0),
            limit: limit.clamp(0, PAGE),
        };
        let mut sorted = true;
        let pks = match self.find(&filter).await? {
            Some(found) if found.pks.len() > CAP => {
                let page = (asked.offset, asked.limit);
                match self
                    .page_of_many_by((&filter, &order), &found, page)
                    .await?
                {
                    Some(pks) => pks,
                    None => {
                        sorted = false;
                        retrying!(self.by_number(&filter, &found, page).await)?
                    }
                }
            }
            Some(found) => {
                let pks = retrying!(self.sorted_found(&order, &found.pks).await)?;
                asked.page_of(&pks)
            }
            None => {
                let pks = self.in_order(&order, asked).await?;
                if asked.limit > 0 && i64::try_from(pks.len()).is_ok_and(|len| len == asked.limit) {
                    let list = (filter.clone().into_owned(), (field, descending));
                    self.survey(Surveyed::ByField(list));
                }
                pks
            }
        };
        let rows = retrying!(self.listed(&pks).await)?;
        Ok(ProductPage {
            rows: self.with_variants(rows).await?,
            sorted,
        })
    }

    pub(super) fn order_by(&self, field: Field, descending: bool) -> Result<ByField> {
        self.refuse_unindexed(field)?;
        let schema = self.schema();
        let view = schema.view(field);
        if view.kind == FieldKind::Choices {
            return Err(Error::invalid(format!(
                "{} holds several choices, so a list has no order by it.",
                view.label
            ))
            .hint("Filter by it, or sort by another column."));
        }
        let keys = view.choices.iter().map(|choice| choice.key.clone());
        let mut keys: Vec<String> = keys.collect();
        if descending {
            keys.reverse();
        }
        Ok(ByField {
            field,
            descending,
            choices: (view.kind == FieldKind::Choice).then_some(keys),
        })
    }

    /// What a search found, in its order.
    pub(super) async fn sorted_found(
        &self,
        order: &ByField,
        found: &[i64],
    ) -> sqlx::Result<Vec<i64>> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("");
            order.push_joined(&mut sql);
            push_numbers(&mut sql, found, true);
            order.push_order(&mut sql);
            sql.build_query_scalar().persistent(false).fetch_all(pool).await
        })
    }

    async fn in_order(&self, order: &ByField, asked: Asked<'_>) -> Result<Vec<i64>> {
        if let Some(part) = retrying!(self.rare_part(asked.filter, None).await)? {
            return retrying!(on_lists!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new("");
                order.push_joined(&mut sql);
                filter::push(&mut sql, asked.filter, Some(part));
                order.push_order(&mut sql);
                sql.push(" limit ").push_bind(asked.limit).push(" offset ").push_bind(asked.offset);
                sql.build_query_scalar().persistent(false).fetch_all(pool).await
            }));
        }
        if asked.offset >= FAR {
            return self.walked_far_by(order, asked).await;
        }
        let mut pks = self.with_value(order, asked).await?;
        let found = i64::try_from(pks.len()).unwrap_or(i64::MAX);
        if found < asked.limit {
            let before = match found {
                0 if asked.offset > 0 => self.count_with_value(order, asked.filter).await?,
                found => asked.offset + found,
            };
            let rest = Asked {
                offset: (asked.offset - before).max(0),
                limit: asked.limit - found,
                ..asked
            };
            pks.extend(self.without_value(order, rest).await?);
        }
        Ok(pks)
    }

    /// What has a value, along the index.
    async fn with_value(&self, order: &ByField, asked: Asked<'_>) -> Result<Vec<i64>> {
        retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("");
            order.push_walk(&mut sql, asked.filter, self.db.dialect().join_in_order());
            sql.push(" limit ").push_bind(asked.limit).push(" offset ").push_bind(asked.offset);
            sql.build_query_scalar().persistent(false).fetch_all(pool).await
        }))
    }

    /// What has none, in the order in which it was made.
    async fn without_value(&self, order: &ByField, asked: Asked<'_>) -> Result<Vec<i64>> {
        let filter = order.without_value(asked.filter);
        let way = if order.descending { " desc" } else { "" };
        retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select p.pk from products p where +");
            filter::push(&mut sql, &filter, None);
            sql.push(" order by p.pk").push(way);
            sql.push(" limit ").push_bind(asked.limit).push(" offset ").push_bind(asked.offset);
            sql.build_query_scalar().fetch_all(pool).await
        }))
    }

    /// How many there are that have a value: no more than a page near the start goes past.
    async fn count_with_value(&self, order: &ByField, filter: &ProductFilter) -> Result<i64> {
        let join = self.db.dialect().join_in_order();
        retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select count(*) ");
            order.push_from(&mut sql, filter, join);
            sql.build_query_scalar().fetch_one(pool).await
        }))
    }
}

impl ByField {
    /// The filter with those that have a value left out.
    pub(super) fn without_value(&self, filter: &ProductFilter) -> ProductFilter {
        let nothing = CustomFilter {
            empty: Some(true),
            ..CustomFilter::on(self.field)
        };
        let mut filter = filter.clone();
        filter.custom.get_or_insert_default().push(nothing);
        filter
    }

    /// Selects products `p` beside their entries of the index; a condition on the products follows.
    fn push_joined<DB: Database>(&self, sql: &mut QueryBuilder<DB>) {
        sql.push("select p.pk from products p left join custom_values v on v.record = p.pk and v.field = ");
        sql.push(number_of(self.field)).push(" where ");
    }

    /// Orders them.
    fn push_order<DB: Database>(&self, sql: &mut QueryBuilder<DB>)
    where
        String: Encode<'static, DB> + Type<DB>,
    {
        let way = if self.descending { " desc" } else { "" };
        sql.push(" order by v.record is null, ");
        if let Some(choices) = self.choices.as_ref().filter(|keys| !keys.is_empty()) {
            sql.push("case v.text_key");
            for (at, key) in choices.iter().enumerate() {
                sql.push(" when ")
                    .push_bind(key.clone())
                    .push(format!(" then {at}"));
            }
            sql.push(format!(" else {} end, ", choices.len()));
        }
        sql.push(format!("v.number_key{way}, v.text_key{way}, p.pk{way}"));
    }

    /// From the entries of the index that the filter lets through.
    pub(super) fn push_from<DB: Database>(
        &self,
        sql: &mut QueryBuilder<DB>,
        filter: &ProductFilter,
        join: &str,
    ) where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        let trashed = filter.trashed == Some(true);
        let is_custom = |part: &Part| matches!(part, Part::Custom(_));
        if parts(filter).iter().all(is_custom) && filter.family.is_none() {
            // The entries alone tell, without any product being read.
            push_entries(sql, &CustomFilter::on(self.field), trashed);
            push_of_records(sql, custom(filter), "v.record");
            return;
        }
        sql.push("from custom_values v")
            .push(join)
            .push("products p on p.pk = v.record where v.field = ");
        sql.push(number_of(self.field))
            .push(" and v.deleted = ")
            .push_bind(i64::from(trashed));
        sql.push(" and +");
        filter::push(sql, filter, None);
    }

    /// Walks over the index: of choices, one range after the other.
    fn push_walk<DB: Database>(
        &self,
        sql: &mut QueryBuilder<DB>,
        filter: &ProductFilter,
        join: &str,
    ) where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        let way = if self.descending { " desc" } else { "" };
        let by_value = format!(" order by v.number_key{way}, v.text_key{way}, v.record{way}");
        let Some(choices) = &self.choices else {
            sql.push("select v.record ");
            self.push_from(sql, filter, join);
            sql.push(by_value);
            return;
        };
        // Without a limit, MySQL would not keep the order of a part.
        let whole = format!(" limit {}", i64::MAX);
        for (at, key) in choices.iter().enumerate() {
            sql.push("select record from (select v.record ");
            self.push_from(sql, filter, join);
            sql.push(" and v.number_key = 0 and v.text_key = ")
                .push_bind(key.clone());
            sql.push(format!(
                " order by v.record{way}{whole}) choice{at} union all "
            ));
        }
        // What was taken off the list comes last.
        sql.push("select record from (select v.record ");
        self.push_from(sql, filter, join);
        self.push_no_choice(sql);
        sql.push(format!("{by_value}{whole}) others"));
    }

    /// Adds that a value is none of the choices, where there are any.
    pub(super) fn push_no_choice<DB: Database>(&self, sql: &mut QueryBuilder<DB>)
    where
        String: Encode<'static, DB> + Type<DB>,
    {
        let Some(choices) = &self.choices else {
            return;
        };
        sql.push(" and v.text_key not in (''");
        for key in choices {
            sql.push(", ").push_bind(key.clone());
        }
        sql.push(")");
    }
}
