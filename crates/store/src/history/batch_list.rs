//! The list of batches: narrowed, sorted, a page at a time.

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use super::batches::{BatchRow, COLUMNS};
use crate::Store;
use crate::db::on;
use crate::retry::retrying;
use crate::word::word;
use domain::error::Result;
use domain::plan::{Batch, BatchFilter, BatchSort, BatchStanding, BatchState};

/// In which order batches are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchOrder {
    /// What they are sorted by.
    pub by: BatchSort,
    /// Whether the last one comes first.
    pub descending: bool,
}

impl BatchOrder {
    /// The latest first.
    pub const LATEST: Self = Self {
        by: BatchSort::Started,
        descending: true,
    };

    /// The ids of batches follow time; both orders are those of an index.
    const fn clause(self) -> &'static str {
        match (self.by, self.descending) {
            (BatchSort::Started, true) => " order by b.id desc limit ",
            (BatchSort::Started, false) => " order by b.id limit ",
            (BatchSort::Origin, true) => " order by b.origin desc, b.id desc limit ",
            (BatchSort::Origin, false) => " order by b.origin, b.id limit ",
        }
    }
}

impl Store {
    /// A page of batches and how many there are in all. Unless origins are asked for, what happened
    /// to people and settings and who signed in is left to the history.
    pub async fn batches(
        &self,
        filter: &BatchFilter,
        order: BatchOrder,
        (offset, limit): (i64, i64),
    ) -> Result<(Vec<Batch>, i64)> {
        if let Some(BatchStanding::Running | BatchStanding::Stopped) = filter.standing {
            self.stop_all_silent().await?;
        }
        let total = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new("select count(*) from batches b");
            push_filter(&mut query, filter);
            query.build_query_scalar().fetch_one(pool).await
        }))?;
        let rows: Vec<BatchRow> = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(COLUMNS);
            query.push("b");
            push_filter(&mut query, filter);
            query.push(order.clause()).push_bind(limit.max(0));
            query.push(" offset ").push_bind(offset.max(0));
            query.build_query_as().fetch_all(pool).await
        }))?;
        Ok((self.told_batches(rows).await?, total))
    }
}

fn push_filter<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, filter: &BatchFilter)
where
    Uuid: Encode<'static, DB> + Type<DB>,
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    match &filter.origins {
        None => {
            query.push(" where b.origin not in ('people', 'settings', 'sign_in')");
        }
        Some(origins) => {
            // The empty text keeps a list without origins valid; it is no batch's origin.
            query.push(" where b.origin in (''");
            for origin in origins {
                query.push(", ").push_bind(word(origin));
            }
            query.push(")");
        }
    }
    if let Some(person) = filter.person {
        query.push(" and b.user_id = ").push_bind(person.uuid());
    }
    if let Some(standing) = filter.standing {
        push_standing(query, standing);
    }
    if let Some(from) = filter.from {
        query.push(" and b.started_at >= ").push_bind(from.0);
    }
    if let Some(to) = filter.to {
        query.push(" and b.started_at <= ").push_bind(to.0);
    }
}

fn push_standing<DB: sqlx::Database>(query: &mut QueryBuilder<DB>, standing: BatchStanding)
where
    String: Encode<'static, DB> + Type<DB>,
{
    let state = match standing {
        BatchStanding::Undone => {
            query.push(" and b.undone_by is not null");
            return;
        }
        BatchStanding::Running => BatchState::Running,
        BatchStanding::Done => BatchState::Done,
        BatchStanding::Stopped => BatchState::Cancelled,
        BatchStanding::Failed => BatchState::Failed,
    };
    query.push(" and b.undone_by is null and b.state = ");
    query.push_bind(word(state));
}
