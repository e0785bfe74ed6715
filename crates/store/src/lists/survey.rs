//! Noting where things stand in a long list, before a user jumps there: a jump into the middle of
//! a million products walks over half of them, from a noted cursor over a few thousand.
//!
//! It is done beside the work, once a page of the list was shown and nothing was committed for a
//! moment, one list at a time.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::field_cursor::{FieldCursor, FieldList};
use super::kept::{Kept, List};
use super::order::Walk;
use crate::Store;
use crate::db::Db;
use crate::retry::retrying;
use domain::error::Result;

/// How many products lie between two noted cursors.
const STRIDE: i64 = 4000;
/// How long nothing must have been committed. On a server every desktop does this.
const CALM: Duration = Duration::from_millis(300);
const CALM_ON_A_SERVER: Duration = Duration::from_secs(2);
/// How often calm is waited for.
const WAITS: u32 = 20;
/// A list where one stride takes longer is left as it is: no index has it in that order.
const LONGEST_STRIDE: Duration = Duration::from_millis(100);

/// A list that is, or is to be, looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Surveyed {
    /// In an order of its own.
    InOrder(List),
    /// By a field of the workspace's own.
    ByField(FieldList),
}

/// Which lists are, or are to be, looked at.
#[derive(Default)]
pub(super) struct Surveys {
    asked: Mutex<Wanted>,
    done: Kept<Surveyed, ()>,
}

#[derive(Default)]
struct Wanted {
    is_running: bool,
    list: Option<Surveyed>,
}

/// What becomes of a list that was asked for.
#[derive(PartialEq, Eq)]
enum Asked {
    Begins,
    Waits,
}

impl Surveys {
    fn ask(&self, list: Surveyed) -> Asked {
        let mut wanted = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.list = Some(list);
        match std::mem::replace(&mut wanted.is_running, true) {
            true => Asked::Waits,
            false => Asked::Begins,
        }
    }

    fn next(&self) -> Option<Surveyed> {
        let mut wanted = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let next = wanted.list.take();
        wanted.is_running = next.is_some();
        next
    }
}

impl Store {
    /// Notes cursors of a list soon, unless it is done already. While another list is looked at,
    /// the last one asked for waits.
    pub(super) fn survey(&self, list: Surveyed) {
        if self.cache.surveys.ask(list) == Asked::Waits {
            return;
        }
        let store = self.clone();
        tokio::spawn(async move {
            while let Some(list) = store.cache.surveys.next() {
                // Without cursors a jump takes longer, and the next page asks again.
                drop(store.look_at(&list).await);
            }
        });
    }

    async fn look_at(&self, list: &Surveyed) -> Result<()> {
        let Some(moment) = self.calm_moment().await? else {
            return Ok(());
        };
        if self.cache.surveys.done.get(moment, list).is_some() {
            return Ok(());
        }
        let is_done = match list {
            Surveyed::InOrder(list) => self.note_places(moment, list).await?,
            Surveyed::ByField(list) => self.note_field_places(moment, list).await?,
        };
        if is_done {
            self.cache.surveys.done.put(moment, list, ());
        }
        Ok(())
    }

    /// Whether all cursors of a list are noted that are to be.
    async fn note_field_places(&self, moment: i64, list: &FieldList) -> Result<bool> {
        let (filter, (field, descending)) = list;
        if retrying!(self.rare_part(filter, None).await)?.is_some() {
            return Ok(false);
        }
        let order = self.order_by(*field, *descending)?;
        let (mut at, mut cursor) = (0, FieldCursor::default());
        loop {
            let start = Instant::now();
            let next = self.further(&order, filter, &cursor, STRIDE).await?;
            let Some(next) = next.filter(|_| start.elapsed() <= LONGEST_STRIDE) else {
                return Ok(true);
            };
            if self.last_change().await? != moment {
                return Ok(false);
            }
            at += STRIDE;
            cursor = next;
            self.cache
                .field_cursors
                .put(moment, list, at, cursor.clone());
        }
    }

    async fn note_places(&self, moment: i64, list: &List) -> Result<bool> {
        let (filter, order) = list;
        if retrying!(self.rare_part(filter, Some(*order)).await)?.is_some() {
            return Ok(false);
        }
        let backwards = !order.can_go_on(false);
        // Backwards, cursors are counted from the end.
        let count = if backwards {
            Some(self.count(filter).await?)
        } else {
            None
        };
        if count.is_some_and(|count| !count.exact) {
            return Ok(false);
        }
        let mut walk = Walk {
            from: None,
            backwards,
            skip: STRIDE,
            take: 1,
        };
        let mut walked = STRIDE;
        loop {
            let start = Instant::now();
            let pks = self.walk_by(filter, *order, &walk, None).await?;
            let rows = retrying!(self.listed(&pks).await)?;
            if rows.is_empty() || start.elapsed() > LONGEST_STRIDE {
                return Ok(true);
            }
            if self.last_change().await? != moment {
                return Ok(false);
            }
            let Some(cursor) = rows.first().and_then(|row| order.cursor_of(row)) else {
                walk.skip *= 2;
                walked = walk.skip;
                continue;
            };
            let at = count.map_or(walked, |count| count.count - 1 - walked);
            self.cache.cursors.put(moment, list, at, cursor.clone());
            walk.from = Some(cursor);
            // Backwards, the cursor itself is not walked over again.
            walk.skip = STRIDE - i64::from(backwards);
            walked += STRIDE;
        }
    }

    /// The number of the last change once no other was committed for a while; none when that
    /// does not come about.
    async fn calm_moment(&self) -> Result<Option<i64>> {
        let calm = match self.db {
            Db::Sqlite { .. } => CALM,
            Db::MySql(_) => CALM_ON_A_SERVER,
        };
        let mut moment = self.last_change().await?;
        for _ in 0..WAITS {
            tokio::time::sleep(calm).await;
            let now = self.last_change().await?;
            if now == moment {
                return Ok(Some(now));
            }
            moment = now;
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use sqlx::AssertSqlSafe;
    use uuid::Uuid;

    use super::{Asked, STRIDE, Surveyed, Surveys};
    use crate::Store;
    use crate::db::Db;
    use crate::lists::order::Order;
    use domain::catalog::{ProductFilter, SortField};
    use domain::values::SystemClock;

    fn by(field: SortField, descending: bool) -> (ProductFilter, Order) {
        (ProductFilter::default(), Order { field, descending })
    }

    #[test]
    fn one_list_is_looked_at_at_a_time_and_the_last_one_asked_for_is_next() {
        let surveys = Surveys::default();
        let lists = [SortField::Name, SortField::Sku, SortField::Stock]
            .map(|by_it| Surveyed::InOrder(by(by_it, false)));
        assert!(surveys.ask(lists[0].clone()) == Asked::Begins);
        assert_eq!(surveys.next(), Some(lists[0].clone()));
        assert!(surveys.ask(lists[1].clone()) == Asked::Waits);
        assert!(surveys.ask(lists[2].clone()) == Asked::Waits);
        assert_eq!(surveys.next(), Some(lists[2].clone()));
        assert_eq!(surveys.next(), None);
        assert!(surveys.ask(lists[1].clone()) == Asked::Begins);
    }

    #[tokio::test]
    async fn places_of_a_long_list_are_noted_soon_after_it_was_shown() {
        let folder = tempfile::tempdir().unwrap();
        let store =
            Store::open_sqlite(&folder.path().join("shop.backstock"), Arc::new(SystemClock))
                .await
                .unwrap();
        let Db::Sqlite { writer, .. } = &store.db else {
            unreachable!("it is a file");
        };
        // A third of them have no price.
        let fill = "with recursive n(n) as (select 1 union all select n + 1 from n where n < 20000) \
            insert into products (id, version, sku, name_key, store_price, words, created_at, updated_at, tx_id) \
            select randomblob(16), 1, 'S' || n, 'name ' || (n % 97), \
            case when n % 3 > 0 then n % 50 end, '', 0, 0, 0 from n";
        sqlx::raw_sql(fill).execute(writer).await.unwrap();

        for (list, in_order) in [
            (by(SortField::Name, false), "name_key, pk"),
            (by(SortField::Sku, true), "sku desc"),
            (by(SortField::StorePrice, false), "store_price, pk"),
            (by(SortField::StorePrice, true), "store_price desc, pk desc"),
        ] {
            let order = list.1;
            let page = async |offset, limit| {
                let (field, descending) = (order.field, order.descending);
                let page = store.list(&list.0, field, descending, offset, limit).await;
                let rows = page.unwrap().rows;
                rows.into_iter()
                    .map(|row| row.id.uuid())
                    .collect::<Vec<_>>()
            };
            let whole: Vec<Uuid> = sqlx::query_scalar(AssertSqlSafe(format!(
                "select id from products order by {in_order}"
            )))
            .fetch_all(writer)
            .await
            .unwrap();
            page(0, 10).await;
            let moment = store.last_change().await.unwrap();
            let mut waits = 0;
            while store
                .cache
                .surveys
                .done
                .get(moment, &Surveyed::InOrder(list.clone()))
                .is_none()
                && waits < 300
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
                waits += 1;
            }
            let near = store.cache.cursors.around(moment, &list, 3 * STRIDE);
            assert!(!near.is_empty(), "{order:?} has cursors");
            for (at, cursor) in near {
                let id = whole[usize::try_from(at).unwrap()];
                let pk: i64 = sqlx::query_scalar("select pk from products where id = ?")
                    .bind(id)
                    .fetch_one(writer)
                    .await
                    .unwrap();
                assert_eq!(cursor.pk(), pk, "{order:?} at {at}");
            }
            for offset in [4100, 11_950, 17_000, 7990] {
                let from = usize::try_from(offset).unwrap();
                assert_eq!(
                    page(offset, 30).await,
                    whole[from..from + 30],
                    "{order:?} at {offset}"
                );
            }
        }
        store.close().await;
    }
}
