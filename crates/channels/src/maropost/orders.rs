//! What the shop sold: all orders or what changed of them, and orders by their ids.
//!
//! The shop's list moves while it is read, so ids come first, pass after pass until one finds nothing new; then orders
//! are read by their ids.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use domain::channel::ShopOrder;
use domain::values::Timestamp;
use serde_json::json;

use super::client::Maropost;
use super::door::Action;
use super::loose::Object;
use super::order_decode::{STATUSES, order};
use super::order_row::{KEYS, OrderRow, SELECTORS};
use super::page::{EVER, MOST_PASSES, cursor_of, from, place_of};
use super::plan::{OrderPlace, OrderPlan};
use crate::channel::Cursor;
use crate::failure::{Answered, Failure, FailureKind};
use crate::orders::{OrderPage, Orders};

/// How many orders are asked for at once, and how many when an answer cannot be taken: it may be too large.
const AT_ONCE: [usize; 3] = [100, 10, 1];
/// How many ids are asked for at once.
const IDS: usize = 1_000;

#[async_trait]
impl Orders for Maropost {
    async fn order_page(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Answered<OrderPage> {
        let place = match cursor {
            Some(cursor) => place_of(cursor)?,
            None => OrderPlace {
                since,
                as_of: self.look().await?.1,
                after: None,
            },
        };
        let plan = self.order_plan(&place).await?;
        let keys = plan.next(place.after.as_ref(), AT_ONCE[0]);
        let ids: Vec<String> = keys.iter().map(|(_, id)| id.clone()).collect();
        let orders = self.orders_by_id(&ids).await?;
        let mut page = OrderPage::default();
        for (id, order) in ids.iter().zip(orders) {
            if let Some(order) = order.transpose() {
                page.add(id, order);
            }
        }
        let after = keys.into_iter().last();
        if after.is_some() && !plan.next(after.as_ref(), 1).is_empty() {
            page.next = Some(cursor_of(&OrderPlace { after, ..place }));
        } else {
            page.as_of = place.as_of;
            self.memory().order_plan = None;
        }
        Ok(page)
    }

    async fn read_orders(&self, ids: &[String]) -> Answered<Vec<Answered<Option<ShopOrder>>>> {
        self.orders_by_id(ids).await
    }
}

impl Maropost {
    /// The plan of a reading: the one that was made, or one anew after a restart.
    async fn order_plan(&self, place: &OrderPlace) -> Answered<Arc<OrderPlan>> {
        let known = self.memory().order_plan.clone();
        let of = |plan: &Arc<OrderPlan>| (plan.since, plan.as_of) == (place.since, place.as_of);
        if let Some(plan) = known.filter(|plan| place.after.is_some() && of(plan)) {
            return Ok(plan);
        }
        let mut plan = OrderPlan::of(place);
        for number in 0..MOST_PASSES {
            let before = plan.len();
            self.order_pass(&mut plan, number).await?;
            // The second pass looks for what the first one cannot find, even where that found nothing.
            if number > 0 && plan.len() == before {
                break;
            }
        }
        let plan = Arc::new(plan);
        self.memory().order_plan = Some(Arc::clone(&plan));
        Ok(plan)
    }

    /// Reads all ids once. Every second time without a word about the status: an order may have one that is not
    /// documented. What comes in that way and is no order is left out here.
    async fn order_pass(&self, plan: &mut OrderPlan, number: usize) -> Answered<()> {
        let since = plan.since.map_or_else(|| EVER.to_owned(), from);
        let mut filter = changed_from(&since);
        if number.is_multiple_of(2) {
            filter.extend(of_any_status());
        }
        filter.insert("OutputSelector".to_owned(), json!(KEYS));
        let mut seen = HashSet::new();
        self.pages(Action::GET_ORDER, &filter, IDS, |found| {
            let mut is_new = false;
            for record in found.records {
                let row = OrderRow::of(record)?;
                is_new |= seen.insert(row.id.clone());
                if !row.is_quote() {
                    plan.add(&row);
                }
            }
            Ok(is_new)
        })
        .await
    }

    /// The orders of these ids, in their order; none where one is gone or no order any more.
    async fn orders_by_id(&self, ids: &[String]) -> Answered<Vec<Answered<Option<ShopOrder>>>> {
        let mut seen = HashSet::new();
        // It is not known what a blank id would find: nothing, or everything.
        let distinct = ids.iter().filter(|id| !id.trim().is_empty());
        let distinct: Vec<&String> = distinct.filter(|id| seen.insert(id.as_str())).collect();
        let mut there = HashMap::new();
        for chunk in distinct.chunks(AT_ONCE[0]) {
            // Rows are much larger than the orders that they become.
            for row in self.careful_orders(chunk).await? {
                if !row.is_quote() {
                    there.insert(row.id.clone(), order(&row));
                }
            }
        }
        let there = ids.iter().map(|id| there.get(id).cloned().transpose());
        Ok(there.collect())
    }

    /// The rows of a chunk, in smaller ones where its answer cannot be taken.
    async fn careful_orders(&self, ids: &[&String]) -> Answered<Vec<OrderRow>> {
        let (mut rows, mut waiting) = (Vec::new(), vec![(ids, 0)]);
        while let Some((chunk, level)) = waiting.pop() {
            match self.order_chunk(chunk).await {
                Ok(found) => rows.extend(found),
                Err(failure) if failure.kind == FailureKind::Broken && chunk.len() > 1 => {
                    let level = (level + 1).min(AT_ONCE.len() - 1);
                    let smaller = chunk.chunks(AT_ONCE[level]).map(|chunk| (chunk, level));
                    waiting.extend(smaller.rev());
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(rows)
    }

    /// The rows of one request, or of as many as the shop makes of it. What is missing is asked for once more by
    /// another filter, before it counts as gone.
    async fn order_chunk(&self, ids: &[&String]) -> Answered<Vec<OrderRow>> {
        let mut rows = self.found_orders(changed_from(EVER), ids).await?;
        let there: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let missing = ids.iter().filter(|id| !there.contains(id.as_str()));
        let missing: Vec<&String> = missing.copied().collect();
        if !missing.is_empty() {
            rows.extend(self.found_orders(of_any_status(), &missing).await?);
        }
        Ok(rows)
    }

    async fn found_orders(&self, mut filter: Object, ids: &[&String]) -> Answered<Vec<OrderRow>> {
        filter.insert("OrderID".to_owned(), json!(ids));
        filter.insert("OutputSelector".to_owned(), json!(SELECTORS));
        // Whether the case of ids matters is not known.
        let asked: HashSet<String> = ids.iter().map(|id| id.trim().to_lowercase()).collect();
        let (mut rows, mut seen) = (Vec::new(), HashSet::new());
        self.pages(Action::GET_ORDER, &filter, ids.len(), |found| {
            let before = rows.len();
            for record in found.records {
                let row = OrderRow::of(record)?;
                // What was not asked for would be a shop that takes no notice of the filter.
                if !asked.contains(&row.id.to_lowercase()) {
                    return Err(other_orders());
                }
                if seen.insert(row.id.clone()) {
                    rows.push(row);
                }
            }
            Ok(rows.len() > before && rows.len() < ids.len())
        })
        .await?;
        Ok(rows)
    }
}

/// The filter of what was changed since then. Without a filter the shop finds no order.
fn changed_from(since: &str) -> Object {
    Object::from_iter([("DateUpdatedFrom".to_owned(), json!(since))])
}

/// The filter of every status that is documented, but for quotes.
fn of_any_status() -> Object {
    let words: Vec<&str> = STATUSES.iter().map(|(word, _)| *word).collect();
    Object::from_iter([("OrderStatus".to_owned(), json!(words))])
}

fn other_orders() -> Failure {
    let message = "The shop answers with other orders than those that were asked for.";
    Failure::new(FailureKind::Broken, message)
}
