//! A reading of the whole shop, or of what may have changed in it.

use std::collections::HashSet;
use std::sync::Arc;

use domain::channel::ShopItem;
use domain::values::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::client::Maropost;
use super::decode::{self, Row, all_selectors};
use super::door::Action;
use super::envelope::written;
use super::plan::{Place, Plan};
use super::read::everything;
use crate::channel::{Cursor, Page, Reading};
use crate::failure::{Answered, Failure, FailureKind};

/// How many items a page has, more only where one family has.
const ITEMS: usize = 300;
/// How many are looked at when a reading begins.
const LOOK: usize = 100;
/// How many ids are asked for at once.
const IDS: usize = 1_000;
/// How often the ids are read at most, while each time there are new ones.
pub(super) const MOST_PASSES: usize = 5;
/// Since when everything was changed.
pub(super) const EVER: &str = "2000-01-01 00:00:00";
/// How far this computer's clock may be from the shop's to be believed, in milliseconds.
const NEAR: i64 = 20 * 60_000;
/// What summer time may have changed, in milliseconds.
const SUMMER: i64 = 60 * 60_000;

impl Maropost {
    /// A part of a reading.
    pub(super) async fn read_page(
        &self,
        what: &Reading,
        cursor: Option<&Cursor>,
    ) -> Answered<Page> {
        let place = match cursor {
            Some(cursor) => place_of(cursor)?,
            None => self.begin(what).await?,
        };
        let plan = self.plan(&place).await?;
        let mut page = Page {
            total: u64::try_from(plan.len()).ok(),
            as_of: place.as_of,
            ..Page::default()
        };
        let Some((ids, after)) = plan.next(&place.after, ITEMS) else {
            self.memory().plan = None;
            return Ok(page);
        };
        page.items = self.whole(&ids).await?;
        if plan.next(&after, 1).is_some() {
            page.next = Some(cursor_of(&Place { after, ..place }));
        } else {
            self.memory().plan = None;
        }
        Ok(page)
    }

    /// These items in this order, without those that are gone meanwhile.
    async fn whole(&self, ids: &[u64]) -> Answered<Vec<ShopItem>> {
        let mut found = self.rows_by_id(ids, &all_selectors()).await?;
        let mut rows: Vec<Row> = ids.iter().filter_map(|id| found.remove(id)).collect();
        let parents: HashSet<String> = rows.iter().map(Row::parent).collect();
        for row in &mut rows {
            row.is_parent |= parents.contains(&row.sku);
        }
        let shop = self.shop_of(&rows, true).await?;
        Ok(rows.iter().map(|row| decode::item(row, &shop)).collect())
    }

    /// Begins a reading: looks at what time it is in the shop, and for which groups it has prices.
    async fn begin(&self, what: &Reading) -> Answered<Place> {
        let rows_and_time = self.look().await?;
        Ok(Place {
            since: what.since,
            as_of: rows_and_time.1,
            after: String::new(),
        })
    }

    /// Some items, with the prices of groups and dates alone, and the time in the shop.
    pub(super) async fn look(&self) -> Answered<(Vec<Row>, Option<Timestamp>)> {
        let mut filter = everything();
        let selectors = ["DateUpdatedUTC", "DateUpdatedLocal", "PriceGroups"];
        filter.insert("OutputSelector".to_owned(), json!(selectors));
        filter.insert("Page".to_owned(), json!(0));
        filter.insert("Limit".to_owned(), json!(LOOK));
        let found = self.find(Action::GET_ITEM, filter.into()).await?;
        let rows = found.records.into_iter().map(Row::of);
        let rows = rows.collect::<Answered<Vec<Row>>>()?;
        self.shop_of(&rows, false).await?;
        let ahead = rows.iter().find_map(Row::ahead);
        let as_of = found
            .reply
            .time
            .map(|told| as_of(told, ahead, self.door.time().now()));
        Ok((rows, as_of))
    }

    /// The plan of a reading: the one that was made, or one anew after a restart.
    async fn plan(&self, place: &Place) -> Answered<Arc<Plan>> {
        let known = self.memory().plan.clone();
        let of = |plan: &Arc<Plan>| (plan.since, plan.as_of) == (place.since, place.as_of);
        if let Some(plan) = known.filter(|plan| !place.after.is_empty() && of(plan)) {
            return Ok(plan);
        }
        let mut plan = Plan::of(place);
        for pass in 0..MOST_PASSES {
            let before = plan.len();
            self.pass(&mut plan, pass).await?;
            if plan.len() == before {
                break;
            }
        }
        let plan = Arc::new(plan);
        self.memory().plan = Some(Arc::clone(&plan));
        Ok(plan)
    }

    /// Reads all ids once. Every second time by another filter: should the shop understand one of them
    /// otherwise than is documented, nothing is lost.
    async fn pass(&self, plan: &mut Plan, number: usize) -> Answered<()> {
        let mut filter = everything();
        if number % 2 == 1 {
            filter.remove("IsActive");
            filter.insert("DateUpdatedFrom".to_owned(), json!(EVER));
        }
        filter.insert("OutputSelector".to_owned(), json!(["ParentSKU"]));
        if let Some(since) = plan.since {
            // What changed of a parent may change its variants without a word: its SKU does.
            let selectors = ["ParentSKU", "VariantInventoryIDs"];
            filter.insert("OutputSelector".to_owned(), json!(selectors));
            filter.insert("DateUpdatedFrom".to_owned(), json!(from(since)));
        }
        let mut seen = HashSet::new();
        self.pages(Action::GET_ITEM, &filter, IDS, |found| {
            let mut is_new = false;
            for record in found.records {
                let row = Row::of(record)?;
                is_new |= seen.insert(row.id);
                plan.add(&row);
            }
            Ok(is_new)
        })
        .await
    }
}

/// The bound of what changed since then. It is not known whether a bound belongs to what it bounds.
pub(super) fn from(since: Timestamp) -> String {
    written(Timestamp(since.0.saturating_sub(1_000)))
}

/// The time in the shop in UTC. What the shop says may be in its own zone; this computer's clock tells which,
/// where it is not far off. Otherwise it is the earlier one: what is read twice does no harm.
fn as_of(told: Timestamp, ahead: Option<i32>, now: Timestamp) -> Timestamp {
    let local = match ahead {
        Some(ahead) => Timestamp(told.0.saturating_sub(i64::from(ahead) * 60_000)),
        None => now,
    };
    let near = |moment: Timestamp| moment.0.abs_diff(now.0) <= NEAR.unsigned_abs();
    match (near(told), near(local)) {
        (true, false) => told,
        (false, true) if ahead.is_some() => local,
        (true, true) => told.min(local),
        _ => Timestamp(told.min(local).0.saturating_sub(SUMMER)),
    }
}

/// The cursor of a place.
pub(super) fn cursor_of(place: &impl Serialize) -> Cursor {
    Cursor(json!(place).to_string())
}

/// The place of a cursor that this kind of reading made.
pub(super) fn place_of<Place: DeserializeOwned>(cursor: &Cursor) -> Answered<Place> {
    serde_json::from_str(&cursor.0).map_err(|_| {
        let message = "Where the reading was to go on is not understood. It has to begin anew.";
        Failure::new(FailureKind::Rejected, message)
    })
}

#[cfg(test)]
mod tests {
    use domain::values::Timestamp;
    use proptest::prelude::*;

    use super::as_of;

    proptest! {
        #[test]
        fn the_time_of_a_reading_is_never_later_than_it_was(
            quarters in -48i64..=56, summer in prop::sample::select(vec![-60i64, 0, 60]),
            shops_own: bool, off in -400i64..400, known: bool,
        ) {
            let (now, ahead) = (1_800_000_000_000_i64, quarters * 15);
            let told = if shops_own { now + ahead * 60_000 } else { now };
            let seen = known.then(|| i32::try_from(ahead + summer).unwrap());
            let clock = Timestamp(now + off * 60_000);
            let is_right = off.abs() <= 20;
            let read = as_of(Timestamp(told), seen, clock);
            if is_right && known && summer == 0 {
                prop_assert!((now - read.0).abs() <= 20 * 60_000 || read.0 <= now);
            }
            if known && (summer == 0 || !shops_own) && off.abs() < 20 {
                prop_assert!(read.0 <= now + 20 * 60_000, "{}", read.0 - now);
            }
        }
    }

    #[test]
    fn the_zone_of_the_shops_time_is_told_by_the_clock_and_else_the_earlier_one() {
        let now = Timestamp(1_800_000_000_000);
        let local = Timestamp(now.0 + 600 * 60_000);
        assert_eq!(as_of(now, Some(600), now), now);
        assert_eq!(as_of(local, Some(600), now), now);
        let wrong_clock = Timestamp(now.0 - 86_400_000);
        assert_eq!(as_of(local, Some(600), wrong_clock).0, now.0 - 60 * 60_000);
        assert!(as_of(now, Some(600), wrong_clock).0 < now.0);
        assert!(as_of(local, Some(540), wrong_clock).0 <= now.0);
        assert!(as_of(local, None, now).0 <= now.0);
    }
}
