//! Pages far from the start of a list that is sorted by a field of the workspace's own: reached from
//! the nearest cursor that is known, as those of other orders are.

use sqlx::{Database, Encode, QueryBuilder, Type};

use domain::catalog::ProductFilter;
use domain::error::Result;

use super::by_field::{Asked, ByField};
use super::field_cursor::{FieldCursor, Key};
use super::filter;
use crate::Store;
use crate::db::on_lists;
use crate::retry::retrying;

/// How many cursors are noted on a long walk, and how many products lie between two at least.
const STRIDES: i64 = 16;
const STRIDE: i64 = 500;

/// What a stretch of a list holds.
enum Stretch<'a> {
    /// What has this choice.
    Choice(&'a str),
    /// What has any value, or one that is no choice any more.
    Values,
    /// What has none.
    Nothing,
}

/// A cursor as a statement begins at it.
struct Start<'a> {
    stretch: Stretch<'a>,
    key: Option<&'a Key>,
}

impl ByField {
    fn stretch(&self, at: usize) -> Option<Stretch<'_>> {
        let choices = self.choices.as_deref().unwrap_or_default();
        match at.checked_sub(choices.len()) {
            None => Some(Stretch::Choice(&choices[at])),
            Some(0) => Some(Stretch::Values),
            Some(1) => Some(Stretch::Nothing),
            Some(_) => None,
        }
    }

    fn start<'a>(&'a self, cursor: &'a FieldCursor) -> Option<Start<'a>> {
        Some(Start {
            stretch: self.stretch(cursor.stretch)?,
            key: cursor.key.as_ref(),
        })
    }

    /// Where the stretch after that of a cursor begins.
    fn after(&self, cursor: &FieldCursor) -> Option<FieldCursor> {
        let stretch = cursor.stretch + 1;
        self.stretch(stretch)?;
        Some(FieldCursor { stretch, key: None })
    }

    /// Selects the rest of a stretch in its order, at most so many: as many ranges of the index as there
    /// are parts in which a product can differ from that of the cursor.
    fn push_rest<DB: Database>(
        &self,
        sql: &mut QueryBuilder<DB>,
        (filter, join): (&ProductFilter, &str),
        start: &Start<'_>,
        most: i64,
    ) where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        let way = if self.descending { " desc" } else { "" };
        let ranges = match (&start.stretch, start.key) {
            (Stretch::Nothing, _) => return self.push_nothing(sql, filter, start.key, most),
            (Stretch::Values, Some(_)) => 3,
            _ => 1,
        };
        for range in 0..ranges {
            sql.push(if range > 0 { " union all " } else { "" });
            sql.push("select number_key, text_key, record from (");
            sql.push("select v.number_key, v.text_key, v.record ");
            self.push_from(sql, filter, join);
            self.push_range(sql, start, range);
            sql.push(format!(
                " order by v.number_key{way}, v.text_key{way}, v.record{way} limit "
            ));
            sql.push_bind(most).push(format!(") range{range}"));
        }
    }

    /// Adds the condition of one of the ranges of a stretch: the same number and text, the same number
    /// with a text beyond, a number beyond. All with the same choice are one range.
    fn push_range<DB: Database>(&self, sql: &mut QueryBuilder<DB>, start: &Start<'_>, range: usize)
    where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        let beyond = if self.descending { " < " } else { " > " };
        let is = |part: usize| if range == part { beyond } else { " = " };
        if let Stretch::Choice(choice) = start.stretch {
            sql.push(" and v.number_key = 0 and v.text_key = ");
            sql.push_bind(choice.to_owned());
        } else {
            self.push_no_choice(sql);
            if let Some(key) = start.key {
                sql.push(" and v.number_key")
                    .push(is(2))
                    .push_bind(key.number);
                if range < 2 {
                    sql.push(" and v.text_key").push(is(1));
                    sql.push_bind(key.text.clone());
                }
            }
        }
        if let Some(key) = start.key.filter(|_| range == 0) {
            sql.push(" and v.record")
                .push(self.from())
                .push_bind(key.record);
        }
    }

    /// The products without a value, in the order in which they were made.
    fn push_nothing<DB: Database>(
        &self,
        sql: &mut QueryBuilder<DB>,
        filter: &ProductFilter,
        key: Option<&Key>,
        most: i64,
    ) where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        sql.push("select 0 as number_key, '' as text_key, p.pk as record from products p where +");
        filter::push(sql, &self.without_value(filter), None);
        if let Some(key) = key {
            sql.push(" and p.pk")
                .push(self.from())
                .push_bind(key.record);
        }
        let way = if self.descending { " desc" } else { "" };
        sql.push(" order by p.pk").push(way);
        sql.push(" limit ").push_bind(most);
    }

    /// How a row number is compared from which a list goes on.
    const fn from(&self) -> &'static str {
        if self.descending { " <= " } else { " >= " }
    }
}

impl Store {
    /// A page far from the start, and cursors noted on the way, so that the next such page is near one.
    pub(super) async fn walked_far_by(
        &self,
        order: &ByField,
        asked: Asked<'_>,
    ) -> Result<Vec<i64>> {
        let moment = self.last_change().await?;
        let list = (asked.filter.clone(), (order.field, order.descending));
        let known = self.cache.field_cursors.around(moment, &list, asked.offset);
        let nearest = known.into_iter().rfind(|(at, _)| *at <= asked.offset);
        let (mut at, mut cursor) = nearest.unwrap_or_default();
        let stride = STRIDE.max((asked.offset - at) / STRIDES);
        while asked.offset - at > 2 * stride {
            let Some(next) = self.further(order, asked.filter, &cursor, stride).await? else {
                return Ok(Vec::new());
            };
            cursor = next;
            at += stride;
            self.cache
                .field_cursors
                .put(moment, &list, at, cursor.clone());
        }
        let Some(first) = self
            .further(order, asked.filter, &cursor, asked.offset - at)
            .await?
        else {
            return Ok(Vec::new());
        };
        self.cache
            .field_cursors
            .put(moment, &list, asked.offset, first.clone());
        let mut found = Vec::new();
        let mut cursor = Some(first);
        while let Some(from) = cursor {
            let left = asked.limit - i64::try_from(found.len()).unwrap_or(i64::MAX);
            if left <= 0 {
                break;
            }
            let rows = self
                .stretch_from(order, asked.filter, &from, (0, left))
                .await?;
            found.extend(rows.iter().map(|key| key.record));
            cursor = order.after(&from);
        }
        Ok(found)
    }

    /// The cursor so many products further on; none when the list ends before it.
    pub(super) async fn further(
        &self,
        order: &ByField,
        filter: &ProductFilter,
        from: &FieldCursor,
        count: i64,
    ) -> Result<Option<FieldCursor>> {
        let (mut from, mut left) = (from.clone(), count);
        loop {
            let there = self.stretch_from(order, filter, &from, (left, 1)).await?;
            if let Some(key) = there.into_iter().next() {
                return Ok(Some(FieldCursor {
                    stretch: from.stretch,
                    key: Some(key),
                }));
            }
            left -= self.count_from(order, filter, &from).await?;
            match order.after(&from) {
                Some(next) => from = next,
                None => return Ok(None),
            }
        }
    }

    /// Products of the stretch of a cursor, from there on.
    async fn stretch_from(
        &self,
        order: &ByField,
        filter: &ProductFilter,
        from: &FieldCursor,
        (offset, limit): (i64, i64),
    ) -> Result<Vec<Key>> {
        let Some(start) = order.start(from) else {
            return Ok(Vec::new());
        };
        let join = self.db.dialect().join_in_order();
        let rows: Vec<(i64, String, i64)> = retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select * from (");
            order.push_rest(&mut sql, (filter, join), &start, offset + limit);
            sql.push(") walked limit ").push_bind(limit).push(" offset ").push_bind(offset);
            sql.build_query_as().persistent(false).fetch_all(pool).await
        }))?;
        let keys = rows.into_iter().map(|(number, text, record)| Key {
            number,
            text,
            record,
        });
        Ok(keys.collect())
    }

    /// How many products the stretch of a cursor has from there on.
    async fn count_from(
        &self,
        order: &ByField,
        filter: &ProductFilter,
        from: &FieldCursor,
    ) -> Result<i64> {
        let Some(start) = order.start(from) else {
            return Ok(0);
        };
        let join = self.db.dialect().join_in_order();
        retrying!(on_lists!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new("select count(*) from (");
            order.push_rest(&mut sql, (filter, join), &start, i64::MAX);
            sql.push(") walked").build_query_scalar().persistent(false).fetch_one(pool).await
        }))
    }
}
