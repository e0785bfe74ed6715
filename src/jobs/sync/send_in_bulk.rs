//! Sends very many updates together. The whole shop is read once, and each item is looked at before what is planned
//! for it is gathered; what was gathered goes together, and what came of it is kept part by part. Between the two
//! no more is held of a record than where it stands, so that their number costs no memory.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use channels::channel::{BulkUpdate, Channel, Page, Reading, Written};
use channels::failure::Answered;
use domain::channel::{Listing, ParentRef, ShopItem};
use domain::error::Result;
use domain::plan::Operation;
use domain::values::RecordId;
use futures_util::future::join;
use store::SettledListing;

use super::fetch::{next_page, while_wanted};
use super::parcel::Parcel;
use super::planned::{ELSEWHERE, listing_of};
use super::sending::SendingRun;

/// How many answers are kept together.
const PART: usize = 500;

/// What was gathered.
#[derive(Default)]
struct Gathered {
    /// The numbers of the records that were looked at.
    looked_at: HashSet<i64>,
    /// The number and the listing of each record that is sent, in the order in which it was gathered.
    sent: Vec<(i64, RecordId)>,
}

impl SendingRun<'_> {
    /// Sends the updates of a plan together, where they are so many that the platform has a way for it. Gives the
    /// numbers of those that are done or kept back: what is not among them was not found in the shop.
    pub(super) async fn send_in_bulk(&mut self) -> Result<HashSet<i64>> {
        let file = &self.plan.file;
        let planned = file.count_in_phase(ELSEWHERE, Operation::Update).await?;
        let channel = Arc::clone(&self.to.channel);
        let Some(mut bulk) = channel.bulk_update(usize::try_from(planned).unwrap_or_default())
        else {
            return Ok(HashSet::new());
        };
        let mut gathered = Gathered::default();
        self.progress.step("Looking what the shop has", planned);
        let gathering = self.gather((channel.as_ref(), bulk.as_mut()), &mut gathered);
        if let Err(stopped) = gathering.await {
            self.take_back(&gathered).await?;
            return Err(stopped);
        }
        self.progress.step("Waiting for the shop", 0);
        let mut told = while_wanted(self.progress, bulk.next()).await?;
        self.step("Sending");
        while let Some(some) = told {
            self.keep_told(&gathered, some).await?;
            self.plan.save(self.meta).await?;
            told = while_wanted(self.progress, bulk.next()).await?;
        }
        Ok(gathered.looked_at)
    }

    /// Reads the shop, and gathers what is still as it was planned.
    async fn gather(
        &mut self,
        (channel, bulk): (&dyn Channel, &mut dyn BulkUpdate),
        gathered: &mut Gathered,
    ) -> Result<()> {
        let (progress, what) = (self.progress, Reading::default());
        let mut page: Page = while_wanted(progress, channel.page(&what, None)).await??;
        loop {
            progress.check()?;
            // The shop is asked for the next part while this one is looked at.
            let next = next_page(progress, channel, (&what, &page));
            let gathering = self.gather_page(&page.items, bulk, gathered);
            let (next, gathering) = join(next, gathering).await;
            gathering?;
            match next? {
                Some(next) => page = next,
                None => return Ok(()),
            }
        }
    }

    /// What was gathered was not sent: it is not on its way.
    async fn take_back(&self, gathered: &Gathered) -> Result<()> {
        for part in gathered.sent.chunks(PART) {
            let settled = part.iter().map(|(_, listing)| SettledListing {
                pending: Some(None),
                ..SettledListing::of(*listing)
            });
            let settled: Vec<SettledListing> = settled.collect();
            self.store.settle_listings(None, &settled).await?;
        }
        Ok(())
    }

    async fn gather_page(
        &mut self,
        items: &[ShopItem],
        bulk: &mut dyn BulkUpdate,
        gathered: &mut Gathered,
    ) -> Result<()> {
        // An item that comes twice is newer the second time.
        let fresh: HashMap<&str, &ShopItem> = items
            .iter()
            .map(|item| (item.remote_id.as_str(), item))
            .collect();
        let names: Vec<ParentRef> = fresh
            .keys()
            .map(|id| ParentRef::Id((*id).to_owned()))
            .collect();
        let listings = self.store.listings_named(self.to.shop.id, &names).await?;
        let ids: Vec<RecordId> = listings.iter().map(|listing| listing.id).collect();
        let mut staged = self.plan.file.planned_of(ELSEWHERE, &ids).await?;
        staged.retain(|staged| {
            staged.record.operation == Some(Operation::Update)
                && gathered.looked_at.insert(staged.record.number)
        });
        let looked = i64::try_from(gathered.looked_at.len()).unwrap_or_default();
        self.progress.done(looked);
        let parcels = self.parcels_of(staged, listings).await?;
        let looked_at = parcels.into_iter().map(|parcel| {
            let fresh = fresh.get(parcel.item.remote_id.as_str());
            let fresh = fresh.map(|item| (*item).clone());
            (parcel, fresh)
        });
        let parcels = self.still_to_send(looked_at).await?;
        let places = parcels.iter().filter_map(|parcel| {
            let number = parcel.staged.as_ref()?.record.number;
            Some((number, parcel.listing.id))
        });
        gathered.sent.extend(places);
        let updates = self.keep(&parcels).await?;
        while_wanted(self.progress, bulk.add(&updates)).await
    }

    /// Keeps what came of some.
    async fn keep_told(
        &mut self,
        gathered: &Gathered,
        told: Vec<(usize, Answered<Written>)>,
    ) -> Result<()> {
        let mut told = told.into_iter().filter_map(|(place, answer)| {
            let (number, listing) = gathered.sent.get(place)?;
            Some((*listing, (*number, answer)))
        });
        loop {
            let mut part: HashMap<RecordId, (i64, Answered<Written>)> =
                told.by_ref().take(PART).collect();
            if part.is_empty() {
                return Ok(());
            }
            let parcels = self.parcels_on_their_way(&part).await?;
            let answers = parcels.into_iter().filter_map(|parcel| {
                let (_, answer) = part.remove(&parcel.listing.id)?;
                Some((parcel, answer))
            });
            self.settle(answers.collect::<Vec<_>>().into_iter()).await?;
        }
    }

    /// Those records again, as they were kept before they were sent; what is on its way no more is kept back.
    async fn parcels_on_their_way(
        &mut self,
        part: &HashMap<RecordId, (i64, Answered<Written>)>,
    ) -> Result<Vec<Parcel>> {
        let ids: Vec<RecordId> = part.keys().copied().collect();
        let numbers: Vec<i64> = part.values().map(|(number, _)| *number).collect();
        let found = self.store.listings(&ids).await?.into_iter();
        let mut listings: HashMap<RecordId, Listing> =
            found.map(|listing| (listing.id, listing)).collect();
        let (mut parcels, mut held) = (Vec::new(), Vec::new());
        for staged in self.plan.file.numbered(&numbers).await? {
            let listing = listing_of(&staged.record).and_then(|id| listings.remove(&id));
            let kept = listing.and_then(|listing| Parcel::kept(self.to, &staged, listing));
            match kept {
                Some(parcel) => parcels.push(parcel),
                None => held.push(staged),
            }
        }
        self.hold_back(held).await?;
        Ok(parcels)
    }
}
