//! How many there are of an item at a location: what is on hand.

use std::collections::HashMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::documents::{SET_STOCK, STOCK};
use super::inputs::refused;
use super::item::INVENTORY;
use super::json::{broken, text};
use super::manner::TRIES;
use super::refusal::Complaint;
use super::stock_key::Key;
use super::transport::{Repeat, Transport};
use crate::channel::{ItemRef, StockChange, StockSet, StockThere};
use crate::failure::{Answered, Failure, FailureKind};

/// The most of one request.
const MOST: usize = 250;
/// How often what is left of a request is sent again after some of it was refused.
const ROUNDS: u8 = 5;

pub(super) async fn read(
    transport: &Transport,
    place: &str,
    items: &[ItemRef],
) -> Answered<Vec<StockThere>> {
    let mut known = HashMap::new();
    let ids: Vec<&str> = items.iter().filter_map(inventory).collect();
    for part in ids.chunks(MOST) {
        read_some(transport, place, part, &mut known).await?;
    }
    items
        .iter()
        .map(|item| {
            let id = inventory(item).ok_or_else(none_of_its_own)?;
            Ok(known.get(id).copied().unwrap_or(StockThere::Gone))
        })
        .collect()
}

fn inventory(item: &ItemRef) -> Option<&str> {
    item.handles.get(INVENTORY).map(String::as_str)
}

fn none_of_its_own() -> Failure {
    refused("A product with variants has no stock of its own in Shopify.")
}

async fn read_some(
    transport: &Transport,
    place: &str,
    ids: &[&str],
    known: &mut HashMap<String, StockThere>,
) -> Answered<()> {
    let variables = json!({"ids": ids, "place": place});
    let asked = transport.ask(STOCK, variables, Repeat::Question);
    let data = asked.await?.data;
    let nodes = data["nodes"].as_array();
    let nodes = nodes.filter(|nodes| nodes.len() == ids.len());
    for node in nodes.ok_or_else(|| broken("some of the stock that was asked for"))? {
        if !node.is_null() {
            known.insert(text(node, "id").to_owned(), there(node)?);
        }
    }
    Ok(())
}

fn there(item: &Value) -> Answered<StockThere> {
    match item["tracked"].as_bool() {
        Some(false) => return Ok(StockThere::Untracked),
        Some(true) => {}
        None => return Err(broken("whether stock is counted")),
    }
    let level = &item["inventoryLevel"];
    if level.is_null() {
        return Ok(StockThere::NotKept);
    }
    let quantity = level["quantities"][0]["quantity"].as_i64();
    let quantity = quantity.ok_or_else(|| broken("a quantity"))?;
    Ok(StockThere::Counted(quantity))
}

/// A change that is to be made, and its place among those that were asked for.
#[derive(Clone, Copy)]
struct Wish<'a> {
    number: usize,
    change: &'a StockChange,
    item: &'a str,
}

pub(super) async fn set(
    transport: &Transport,
    place: &str,
    changes: &[StockChange],
) -> Vec<Answered<StockSet>> {
    let mut results: Vec<Answered<StockSet>> = Vec::with_capacity(changes.len());
    let mut wishes = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        match inventory(&change.item) {
            Some(item) => {
                wishes.push(Wish {
                    number,
                    change,
                    item,
                });
                results.push(Err(unread()));
            }
            None => results.push(Err(none_of_its_own())),
        }
    }
    for part in parts(wishes) {
        set_some(transport, place, part, &mut results).await;
    }
    results
}

fn unread() -> Failure {
    Failure::new(FailureKind::Later, "The stock was not set.")
}

/// Not too many at once, and none of them about the same item.
fn parts(wishes: Vec<Wish<'_>>) -> Vec<Vec<Wish<'_>>> {
    let mut parts: Vec<Vec<Wish<'_>>> = Vec::new();
    let mut turns: HashMap<&str, usize> = HashMap::new();
    let mut by_turn: Vec<Vec<Wish<'_>>> = Vec::new();
    for wish in wishes {
        let turn = turns.entry(wish.item).or_default();
        if by_turn.len() <= *turn {
            by_turn.push(Vec::new());
        }
        by_turn[*turn].push(wish);
        *turn += 1;
    }
    for turn in by_turn {
        parts.extend(turn.chunks(MOST).map(<[Wish<'_>]>::to_vec));
    }
    parts
}

async fn set_some(
    transport: &Transport,
    place: &str,
    wishes: Vec<Wish<'_>>,
    results: &mut [Answered<StockSet>],
) {
    let ids: Vec<&str> = wishes.iter().map(|wish| wish.item).collect();
    let mut known = HashMap::new();
    if let Err(failure) = read_some(transport, place, &ids, &mut known).await {
        return all(&wishes, &failure, results);
    }
    let mut left = Vec::new();
    for wish in wishes {
        let there = known.get(wish.item).copied().unwrap_or(StockThere::Gone);
        match decided(wish.change, there) {
            Some(decided) => results[wish.number] = decided,
            None => left.push(wish),
        }
    }
    let mut round = 0;
    while !left.is_empty() && round < ROUNDS {
        left = attempt(transport, place, (left, round), results).await;
        round += 1;
    }
}

fn all(wishes: &[Wish<'_>], failure: &Failure, results: &mut [Answered<StockSet>]) {
    for wish in wishes {
        results[wish.number] = Err(failure.clone());
    }
}

/// What can be said of a change without making it.
fn decided(change: &StockChange, there: StockThere) -> Option<Answered<StockSet>> {
    match (there, change.from) {
        (StockThere::Untracked, _) => Some(Ok(StockSet::Untracked)),
        (StockThere::Gone, _) => {
            let message = "The item is not in Shopify any more.";
            Some(Err(Failure::new(FailureKind::Gone, message)))
        }
        (StockThere::Counted(count), _) if count == change.to && change.from != Some(count) => {
            // An attempt before this one may have done it; either way there are as many as shall be.
            Some(Ok(StockSet::Set(count)))
        }
        (StockThere::Counted(count), Some(from)) if count == from => None,
        (StockThere::NotKept, None) => None,
        (StockThere::Counted(_) | StockThere::NotKept, _) => Some(Err(stale())),
    }
}

fn stale() -> Failure {
    let message = "The stock changed in Shopify meanwhile.";
    Failure::new(FailureKind::Stale, message)
}

/// Sends the changes as one: all of them are made, or none. Those that may still be made come back.
async fn attempt<'a>(
    transport: &Transport,
    place: &str,
    (wishes, round): (Vec<Wish<'a>>, u8),
    results: &mut [Answered<StockSet>],
) -> Vec<Wish<'a>> {
    let input = input(place, &wishes);
    let variables = json!({"input": input, "key": key(&wishes, place, round).to_string()});
    let complaints = match send(transport, variables).await {
        Ok(complaints) => complaints,
        Err(failure) => {
            all(&wishes, &failure, results);
            return Vec::new();
        }
    };
    if complaints.is_empty() {
        for wish in &wishes {
            results[wish.number] = Ok(StockSet::Set(wish.change.to));
        }
        return Vec::new();
    }
    if complaints
        .iter()
        .any(|one| one.code == "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")
    {
        // Nothing was done under that key: the next round has another one.
        return wishes;
    }
    refuse(wishes, &complaints, results)
}

/// What the shop complains about. While it is busy with the same request, it is asked again.
async fn send(transport: &Transport, variables: Value) -> Answered<Vec<Complaint>> {
    let mut busy = 0;
    loop {
        let asked = transport.ask(SET_STOCK, variables.clone(), Repeat::Keyed);
        let data = asked.await?.data;
        let complaints = Complaint::all(&data["inventorySetQuantities"]["userErrors"]);
        let is_busy = |one: &Complaint| one.code == "IDEMPOTENCY_CONCURRENT_REQUEST";
        if busy == TRIES || !complaints.iter().any(is_busy) {
            return Ok(complaints);
        }
        tokio::time::sleep(transport.pace.before(busy)).await;
        busy += 1;
    }
}

/// Says of each what the shop complains about; those without a complaint of their own come back.
fn refuse<'a>(
    wishes: Vec<Wish<'a>>,
    complaints: &[Complaint],
    results: &mut [Answered<StockSet>],
) -> Vec<Wish<'a>> {
    let general = complaints
        .iter()
        .find(|one| one.place_in("quantities").is_none());
    let mut left = Vec::new();
    for (place, wish) in wishes.into_iter().enumerate() {
        let mut complaints = complaints.iter();
        let own = complaints.find(|one| one.place_in("quantities") == Some(place));
        match own.or(general) {
            Some(complaint) => results[wish.number] = Err(failure(complaint)),
            None => left.push(wish),
        }
    }
    left
}

fn failure(complaint: &Complaint) -> Failure {
    match complaint.code.as_str() {
        "CHANGE_FROM_QUANTITY_STALE" | "COMPARE_QUANTITY_STALE" => stale(),
        "IDEMPOTENCY_CONCURRENT_REQUEST" => {
            let message = "Shopify is still busy with the attempt before this one.";
            Failure::new(FailureKind::Lost, message)
        }
        "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" => {
            let message = "Shopify was asked for two things under one key.";
            Failure::new(FailureKind::Broken, message)
        }
        _ => complaint.failure(),
    }
}

fn input(place: &str, wishes: &[Wish<'_>]) -> Value {
    let quantity = |wish: &Wish<'_>| {
        json!({
            "inventoryItemId": wish.item,
            "locationId": place,
            "quantity": wish.change.to,
            "changeFromQuantity": wish.change.from,
        })
    };
    let quantities: Vec<Value> = wishes.iter().map(quantity).collect();
    json!({"name": "on_hand", "reason": "correction", "quantities": quantities})
}

/// The key of a request: the same for the same changes, so that what is repeated is done once.
fn key(wishes: &[Wish<'_>], place: &str, round: u8) -> Uuid {
    let mut key = Key::default();
    key.add(place.as_bytes());
    key.add(&[round]);
    for wish in wishes {
        key.add(wish.change.key.as_bytes());
        key.add(wish.item.as_bytes());
        key.add(&wish.change.to.to_le_bytes());
        key.add(format!("{:?}", wish.change.from).as_bytes());
    }
    key.done()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use uuid::Uuid;

    use super::{StockChange, Wish, decided, key, parts};
    use crate::channel::{ItemRef, StockSet, StockThere};
    use crate::failure::FailureKind;

    fn change(from: Option<i64>, to: i64) -> StockChange {
        StockChange {
            key: Uuid::from_u128(7),
            item: ItemRef {
                remote_id: String::new(),
                sku: String::new(),
                handles: BTreeMap::new(),
            },
            from,
            to,
        }
    }

    #[test]
    fn what_changed_meanwhile_is_stale_and_what_is_done_is_done() {
        let kind = |there, from, to| {
            decided(&change(from, to), there).map(|one| one.map_err(|failure| failure.kind))
        };
        use StockThere::{Counted, Gone, NotKept, Untracked};
        for (there, from, to, expected) in [
            (Counted(5), Some(5), 7, None),
            (Counted(5), Some(5), 5, None),
            (NotKept, None, 7, None),
            (Counted(6), Some(5), 7, Some(Err(FailureKind::Stale))),
            (Counted(7), Some(5), 7, Some(Ok(StockSet::Set(7)))),
            (Counted(0), None, 7, Some(Err(FailureKind::Stale))),
            (NotKept, Some(5), 7, Some(Err(FailureKind::Stale))),
            (Untracked, Some(5), 7, Some(Ok(StockSet::Untracked))),
            (Gone, Some(5), 7, Some(Err(FailureKind::Gone))),
        ] {
            assert_eq!(kind(there, from, to), expected, "{there:?} {from:?} {to}");
        }
    }

    #[test]
    fn the_same_changes_have_the_same_key_and_others_another_one() {
        let (one, other) = (change(Some(5), 7), change(Some(5), 8));
        let wish = |change| {
            [Wish {
                number: 0,
                change,
                item: "I",
            }]
        };
        let first = key(&wish(&one), "L", 0);
        assert_eq!(key(&wish(&one), "L", 0), first);
        assert_ne!(key(&wish(&other), "L", 0), first);
        assert_ne!(key(&wish(&one), "M", 0), first);
        assert_ne!(key(&wish(&one), "L", 1), first);
    }

    #[test]
    fn no_request_names_an_item_twice_or_too_many() {
        let one = change(Some(5), 7);
        let names: Vec<String> = (0..300).map(|nth| format!("I{}", nth % 280)).collect();
        let wishes = names.iter().enumerate().map(|(number, item)| Wish {
            number,
            change: &one,
            item,
        });
        let parts = parts(wishes.collect());
        assert_eq!(
            parts.iter().map(Vec::len).collect::<Vec<_>>(),
            [250, 30, 20]
        );
    }
}
