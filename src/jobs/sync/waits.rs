//! What waits for the next sync of a listing, for the queue that people see.

use std::collections::HashMap;

use domain::catalog::product::PRODUCT;
use domain::channel::{Listing, ListingMerge};
use domain::error::Result;
use domain::record::{Field, Record};
use domain::values::{RecordId, Timestamp};
use store::Store;

use super::planned::Pair;
use super::shop::Shop;

/// What waits of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Fields that go to the shop.
    pub to_shop: Vec<Field>,
    /// Fields that come here.
    pub to_here: Vec<Field>,
    /// Fields that both sides changed: a person decides.
    pub disputed: Vec<Field>,
    /// When the side was changed last from which it comes.
    pub since: Option<Timestamp>,
}

/// What waits of listings, by their ids. Of what is not linked nothing does.
pub async fn waiting_of(
    store: &Store,
    shop: &Shop,
    listings: &[Listing],
) -> Result<HashMap<RecordId, Waiting>> {
    let ids: Vec<RecordId> = listings
        .iter()
        .filter_map(|listing| listing.record)
        .collect();
    let found = store.get_many(PRODUCT, &ids).await?.into_iter();
    let records: HashMap<RecordId, Record> = found.map(|record| (record.id, record)).collect();
    let schema = store.schema();
    let mut waits = HashMap::new();
    for listing in listings {
        let record = listing.record.and_then(|id| records.get(&id));
        let (Some(record), Some(item)) = (record, &listing.item) else {
            continue;
        };
        let pair = Pair {
            listing,
            item,
            record,
            has_variants: false,
        };
        let merged = pair.merge(&schema, shop);
        let there = item.updated_at;
        if let Some(waiting) = waiting(&merged, (record.updated_at, there)) {
            waits.insert(listing.id, waiting);
        }
    }
    Ok(waits)
}

fn waiting(
    merged: &ListingMerge,
    (here, there): (Timestamp, Option<Timestamp>),
) -> Option<Waiting> {
    let pushes = merged.pushes.iter().map(|push| push.change.field);
    let pulls = merged.pulls.iter().map(|(change, _)| change.field);
    let conflicts = merged.conflicts.iter().map(|conflict| conflict.field);
    let waiting = Waiting {
        to_shop: pushes.collect(),
        to_here: pulls.collect(),
        disputed: conflicts.collect(),
        since: None,
    };
    let of_ours = !waiting.to_shop.is_empty() || !waiting.disputed.is_empty();
    if !of_ours && waiting.to_here.is_empty() {
        return None;
    }
    let since = if of_ours { Some(here) } else { there };
    Some(Waiting { since, ..waiting })
}
