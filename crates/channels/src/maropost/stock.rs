//! Stock in a warehouse. The platform has no comparison of its own, so what is there is read directly
//! before it is set.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::client::Maropost;
use super::decode::Row;
use super::door::Action;
use super::loose::{flag, rows, text};
use super::read::{id_of, ids_of};
use super::scalar::whole;
use super::sending::{AT_ONCE, Outcome, Outgoing, Said, Sending};
use super::update::{chunks_of, own};
use crate::channel::{ItemRef, StockChange, StockSet, StockThere};
use crate::failure::{Answered, Failure, FailureKind};

/// What is read of items for their stock.
const SELECTORS: [&str; 2] = ["WarehouseQuantity", "IsInventoried"];

impl Maropost {
    /// How many of each there are in a warehouse.
    pub(super) async fn stock_there(
        &self,
        place: &str,
        items: &[ItemRef],
    ) -> Answered<Vec<StockThere>> {
        let ids = ids_of(items)?;
        let rows = self.rows_by_id(&ids, &SELECTORS.map(str::to_owned)).await?;
        let there = |id: &u64| {
            rows.get(id)
                .map_or(Ok(StockThere::Gone), |row| there(row, place))
        };
        ids.iter().map(there).collect()
    }

    /// Sets how many there are in a warehouse; one result for each, in their order.
    pub(super) async fn stock_set(
        &self,
        place: &str,
        changes: &[StockChange],
    ) -> Vec<Answered<StockSet>> {
        let mut results = Vec::with_capacity(changes.len());
        let mut sending = Sending::new(self);
        for chunk in chunks_of(changes, |change| &change.item) {
            // Little time is to pass between reading and setting.
            for few in chunk.chunks(AT_ONCE) {
                match sending.halted() {
                    Some(failure) => results.extend(few.iter().map(|_| Err(failure.clone()))),
                    None => results.extend(self.set_few(&mut sending, place, few).await),
                }
            }
        }
        results
    }

    async fn set_few(
        &self,
        sending: &mut Sending<'_>,
        place: &str,
        changes: &[StockChange],
    ) -> Vec<Answered<StockSet>> {
        let ids: Vec<u64> = changes
            .iter()
            .filter_map(|change| id_of(&change.item).ok())
            .collect();
        let rows = match self.rows_by_id(&ids, &SELECTORS.map(str::to_owned)).await {
            Ok(rows) => rows,
            Err(failure) => {
                sending.note(&failure);
                return changes.iter().map(|_| Err(failure.clone())).collect();
            }
        };
        let decided: Vec<Answered<Decision>> = changes
            .iter()
            .map(|change| decide(place, change, &rows))
            .collect();
        let out = decided.iter().filter_map(|decision| match decision {
            Ok(Decision::Send(out)) => Some(out.clone()),
            _ => None,
        });
        let out: Vec<Outgoing> = out.collect();
        let mut outcomes = sending.send(Action::UPDATE_ITEM, &out).await.into_iter();
        let mut results = Vec::with_capacity(changes.len());
        let mut doubtful = Vec::new();
        for (at, (change, decision)) in changes.iter().zip(decided).enumerate() {
            let result = match decision {
                Err(failure) => Err(failure),
                Ok(Decision::Done(set)) => Ok(set),
                Ok(Decision::Send(_)) => match outcomes.next() {
                    Some(Outcome::Named(said)) if said.is_sure && change.to >= 0 => {
                        Ok(StockSet::Set(change.to))
                    }
                    Some(Outcome::Named(said) | Outcome::Unnamed(said)) => {
                        doubtful.push((at, said));
                        Err(untold())
                    }
                    Some(Outcome::Failed(failure)) => Err(failure),
                    None => Err(untold()),
                },
            };
            results.push(result);
        }
        self.count_again(place, changes, doubtful, &mut results)
            .await;
        results
    }

    /// Reads again what the shop did not tell for certain. That of a place below zero is: it may stop
    /// at zero.
    async fn count_again(
        &self,
        place: &str,
        changes: &[StockChange],
        doubtful: Vec<(usize, Said)>,
        results: &mut [Answered<StockSet>],
    ) {
        let items: Vec<ItemRef> = doubtful
            .iter()
            .map(|(at, _)| changes[*at].item.clone())
            .collect();
        if items.is_empty() {
            return;
        }
        // What cannot be read stays untold.
        let Ok(counts) = self.stock_there(place, &items).await else {
            return;
        };
        for ((at, said), there) in doubtful.into_iter().zip(counts) {
            let change = &changes[at];
            results[at] = match there {
                StockThere::Gone => Err(gone(&change.item)),
                StockThere::Untracked => Ok(StockSet::Untracked),
                StockThere::NotKept => Err(said.rejected(&change.item.sku)),
                StockThere::Counted(count) if Some(count) == change.from && count != change.to => {
                    Err(said.rejected(&change.item.sku))
                }
                StockThere::Counted(count) => Ok(StockSet::Set(count)),
            };
        }
    }
}

/// What is to be done about a change.
enum Decision {
    Done(StockSet),
    Send(Outgoing),
}

fn decide(place: &str, change: &StockChange, rows: &BTreeMap<u64, Row>) -> Answered<Decision> {
    let row = own(&change.item, rows)?;
    let now = match there(row, place)? {
        StockThere::Counted(count) => Some(count),
        StockThere::NotKept => None,
        StockThere::Untracked => return Ok(Decision::Done(StockSet::Untracked)),
        StockThere::Gone => return Err(gone(&change.item)),
    };
    if now == Some(change.to) && change.from == now {
        return Ok(Decision::Done(StockSet::Set(change.to)));
    }
    // Where nothing is kept there is nothing: some shops tell it as none, others as zero.
    if now.unwrap_or_default() != change.from.unwrap_or_default() {
        let count = now.map_or("none".to_owned(), |count| count.to_string());
        let message = format!(
            "The shop has {count} of {} now: it changed meanwhile.",
            row.sku
        );
        return Err(Failure::new(FailureKind::Stale, message).hint("Count again."));
    }
    let row_sent = json!({ "SKU": row.sku, "WarehouseQuantity": [sent(place, change.to)?] });
    Ok(Decision::Send(Outgoing {
        sku: row.sku.clone(),
        row: row_sent,
    }))
}

/// How many of an item there are in a warehouse.
fn there(row: &Row, place: &str) -> Answered<StockThere> {
    let is_counted = text(&row.object, "IsInventoried").and_then(|told| flag(&told));
    if is_counted == Some(false) {
        return Ok(StockThere::Untracked);
    }
    let broken = || {
        let message = format!("How many of {} there are is not understood.", row.sku);
        Failure::new(FailureKind::Broken, message)
    };
    let all = row.object.get("WarehouseQuantity").ok_or_else(broken)?;
    let here = rows(all, "WarehouseQuantity")
        .into_iter()
        .find(|quantity| text(quantity, "WarehouseID").is_some_and(|id| id.trim() == place));
    match here {
        None => Ok(StockThere::NotKept),
        Some(quantity) => {
            let count = text(quantity, "Quantity").and_then(|told| whole(&told));
            count.map(StockThere::Counted).ok_or_else(broken)
        }
    }
}

/// What is sent to have so many in a warehouse. What a quantity without an action does is not known.
pub(super) fn sent(place: &str, count: i64) -> Answered<Json> {
    if place.is_empty() || !place.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("\"{place}\" is no warehouse of Maropost.");
        return Err(Failure::new(FailureKind::Rejected, message));
    }
    Ok(json!({ "WarehouseID": place, "Quantity": count.to_string(), "Action": "set" }))
}

fn gone(item: &ItemRef) -> Failure {
    let message = format!("{} is not in the shop any more.", item.sku);
    Failure::new(FailureKind::Gone, message)
}

fn untold() -> Failure {
    let message = "Whether the shop set the stock is not known.";
    Failure::new(FailureKind::Lost, message)
}
