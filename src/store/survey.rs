//! Noting where things stand in a long list, before anybody jumps there: a jump into the middle of
//! a million products walks over half of them, from a noted place over a few thousand.
//!
//! It is done beside the work, once a page of the list was shown and nothing was committed for a
//! moment, one list at a time.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Store;
use super::cache::{Kept, List};
use super::db::Db;
use super::order::Walk;
use super::retry::retrying;
use crate::error::Result;

/// How many products lie between two noted places.
const STRIDE: i64 = 4000;
/// How long nothing must have been committed. On a server every desktop does this.
const CALM: Duration = Duration::from_millis(300);
const CALM_ON_A_SERVER: Duration = Duration::from_secs(5);
/// How often calm is waited for.
const WAITS: u32 = 20;
/// A list where one stride takes longer is left as it is: no index has it in that order.
const LONGEST_STRIDE: Duration = Duration::from_millis(100);

/// Which lists are, or are to be, looked at.
#[derive(Default)]
pub(super) struct Surveys {
    asked: Mutex<Wanted>,
    done: Kept<List, ()>,
}

#[derive(Default)]
struct Wanted {
    is_running: bool,
    list: Option<List>,
}

/// What becomes of a list that was asked for.
#[derive(PartialEq, Eq)]
enum Asked {
    Begins,
    Waits,
}

impl Surveys {
    fn ask(&self, list: List) -> Asked {
        let mut wanted = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.list = Some(list);
        match std::mem::replace(&mut wanted.is_running, true) {
            true => Asked::Waits,
            false => Asked::Begins,
        }
    }

    fn next(&self) -> Option<List> {
        let mut wanted = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let next = wanted.list.take();
        wanted.is_running = next.is_some();
        next
    }
}

impl Store {
    /// Notes places of a list soon, unless it is done already. While another list is looked at,
    /// the last one asked for waits.
    pub(super) fn survey(&self, list: List) {
        if self.cache.surveys.ask(list) == Asked::Waits {
            return;
        }
        let store = self.clone();
        tokio::spawn(async move {
            while let Some(list) = store.cache.surveys.next() {
                // Without places a jump takes longer, and the next page asks again.
                drop(store.note_places(&list).await);
            }
        });
    }

    async fn note_places(&self, list: &List) -> Result<()> {
        let (filter, order) = list;
        let Some(moment) = self.calm_moment().await? else {
            return Ok(());
        };
        let is_done = self.cache.surveys.done.get(moment, list).is_some();
        if is_done || retrying!(self.rare_part(filter, Some(*order)).await)?.is_some() {
            return Ok(());
        }
        let backwards = !order.can_go_on(false);
        // Backwards, places are counted from the end.
        let count = if backwards {
            Some(self.count(filter).await?)
        } else {
            None
        };
        if count.is_some_and(|count| !count.exact) {
            return Ok(());
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
                break;
            }
            if self.last_change().await? != moment {
                return Ok(());
            }
            let Some(place) = rows.first().and_then(|row| order.place_of(row)) else {
                walk.skip *= 2;
                walked = walk.skip;
                continue;
            };
            let at = count.map_or(walked, |count| count.count - 1 - walked);
            self.cache.places.put(moment, list, at, place.clone());
            walk.from = Some(place);
            // Backwards, the place itself is not walked over again.
            walk.skip = STRIDE - i64::from(backwards);
            walked += STRIDE;
        }
        self.cache.surveys.done.put(moment, list, ());
        Ok(())
    }

    /// The number of the last change once nobody has committed another for a while; none when that
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
