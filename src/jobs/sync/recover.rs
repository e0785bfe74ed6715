//! What was on its way when the program died, or its answer was lost: the shop is read, and what became of it
//! is kept. Nothing is sent twice.

use std::sync::Arc;

use channels::channel::{ItemRef, StockThere, Written};
use domain::channel::{Listing, Pending, ShopField, ShopItem, Sight};
use domain::error::Result;
use domain::plan::{BatchCounts, BatchState, Origin};
use domain::record::Field;
use domain::values::BatchId;
use store::{NewBatch, SettledListing, Store, WhichListings};

use super::arrived::{arrived, arrived_in_part, gone, nothing_on_its_way};
use super::create_there::recover_created;
use super::fetch::while_wanted;
use super::parcel::item_ref;
use super::sending::Sending;
use super::stock::TOGETHER;
use crate::jobs::author::Author;
use crate::jobs::registry::Progress;

/// Listings that are looked up together.
const PAGE: i64 = 500;

/// Looks up everything that is on its way, as a batch of its own; nothing is done where nothing is.
pub async fn recover_sent(
    progress: &Progress,
    store: &Store,
    to: &Sending,
    author: &Author,
) -> Result<()> {
    if store
        .count_listings(to.shop.id, Sight::Whole)
        .await?
        .pending
        == 0
    {
        return Ok(());
    }
    progress.step("Looking up what was on its way", 0);
    let batch = NewBatch {
        origin: Origin::Sync,
        label: to.shop.name.clone(),
        user_id: Some(author.id),
        user_name: author.name.clone(),
        undo_of: None,
        counts: BatchCounts::default(),
    };
    let batch = store.begin_batch(&batch).await?;
    let ended = recover(progress, store, to, batch).await;
    let state = match &ended {
        Ok(()) => BatchState::Done,
        Err(_) => BatchState::Failed,
    };
    let counts = store.batch(batch).await?.counts;
    let counts = BatchCounts {
        read: counts.created + counts.updated,
        ..counts
    };
    store.finish_batch(batch, state, &counts).await?;
    ended
}

/// Looks up everything that is on its way.
pub(super) async fn recover(
    progress: &Progress,
    store: &Store,
    to: &Sending,
    batch: BatchId,
) -> Result<()> {
    let mut after = 0;
    loop {
        let page = store
            .listings_after(
                to.shop.id,
                WhichListings::Pending(Sight::Whole),
                (after, PAGE),
            )
            .await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.place;
        let listings = page.into_iter().map(|listed| listed.listing);
        let (there, new): (Vec<Listing>, Vec<Listing>) =
            listings.partition(|listing| listing.item.is_some());
        let (counted, there): (Vec<Listing>, Vec<Listing>) = there
            .into_iter()
            .partition(|listing| told(listing).is_some());
        recover_stock(progress, (store, to), batch, counted).await?;
        recover_updates(progress, (store, to), batch, there).await?;
        recover_created(progress, (store, to), batch, new).await?;
    }
}

fn refs(listings: &[Listing]) -> Vec<ItemRef> {
    let items = listings.iter().filter_map(|listing| listing.item.as_ref());
    items.map(item_ref).collect()
}

/// How many the shop was to be told of.
fn told(listing: &Listing) -> Option<i64> {
    listing.pending.as_ref()?.stock()
}

/// Where the shop has as many as it was told, that has arrived; anything else is planned anew.
async fn recover_stock(
    progress: &Progress,
    (store, to): (&Store, &Sending),
    batch: BatchId,
    listings: Vec<Listing>,
) -> Result<()> {
    for listings in listings.chunks(TOGETHER) {
        let refs = refs(listings);
        let channel = Arc::clone(&to.channel);
        let there = channel.read_stock(to.shop.place(), &refs);
        let there = while_wanted(progress, there).await??;
        let settled: Vec<SettledListing> = listings
            .iter()
            .zip(there)
            .filter_map(|(listing, there)| {
                let pending = listing.pending.as_ref()?;
                Some(match (there, pending.stock()?) {
                    (StockThere::Counted(there), told) if there == told => {
                        arrived(listing, pending, &[], &Written::default())
                    }
                    _ => nothing_on_its_way(listing),
                })
            })
            .collect();
        store.settle_listings(Some(batch), &settled).await?;
    }
    Ok(())
}

async fn recover_updates(
    progress: &Progress,
    (store, to): (&Store, &Sending),
    batch: BatchId,
    listings: Vec<Listing>,
) -> Result<()> {
    let refs = refs(&listings);
    if refs.is_empty() {
        return Ok(());
    }
    let channel = Arc::clone(&to.channel);
    let fresh = while_wanted(progress, channel.read(&refs)).await??;
    let settled: Vec<SettledListing> = listings
        .iter()
        .zip(fresh)
        .filter_map(|(listing, fresh)| {
            Some(looked_up(to, listing, listing.pending.as_ref()?, fresh))
        })
        .collect();
    store.settle_listings(Some(batch), &settled).await
}

fn looked_up(
    to: &Sending,
    listing: &Listing,
    pending: &Pending,
    fresh: Option<ShopItem>,
) -> SettledListing {
    let Some(fresh) = fresh else {
        return gone(listing);
    };
    let links = links(to, pending);
    let mut sent = pending.send.iter();
    match sent.all(|(field, value)| fresh.values.get(field) == Some(value)) {
        true => arrived(listing, pending, &links, &Written::default()),
        false => arrived_in_part(listing, pending, &links, fresh),
    }
}

/// Which of our fields each of the shop's is that was sent.
pub(super) fn links(to: &Sending, pending: &Pending) -> Vec<(Field, ShopField)> {
    let linked = pending
        .send
        .keys()
        .filter_map(|theirs| to.shop.field(theirs));
    linked
        .map(|field| (field.link.ours, field.link.theirs.clone()))
        .collect()
}
