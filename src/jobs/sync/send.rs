//! Sends what a plan says to the shop. Each record is kept before it is sent and settled once the shop has
//! answered, so that a crash leaves it either done or not, and known.

use std::collections::HashMap;
use std::sync::Arc;

use channels::channel::{ItemRef, ItemUpdate, Written};
use channels::failure::{Answered, Failure, FailureKind};
use domain::catalog::product::PRODUCT;
use domain::channel::{Listing, ShopItem};
use domain::error::Result;
use domain::plan::Operation;
use domain::record::Record;
use domain::values::RecordId;
use store::{SettledListing, StagedRecord};

use super::arrived::{arrived, arrived_in_part, gone, moved_on, on_its_way};
use super::fetch::while_wanted;
use super::parcel::{Parcel, as_planned, is_done, item_ref, taken_back};
use super::plan_sync::settle_agreed;
use super::planned::{ELSEWHERE, Pair, listing_of};
use super::recover::recover;
use super::sending::SendingRun;

/// Records that are read together before they are sent: what is known of them is much more than what is sent.
const LOADED: usize = 500;

/// Records that are sent together. A platform's way for many begins below that.
const TOGETHER: i64 = 10_000;

impl SendingRun<'_> {
    /// Sends everything.
    pub(in crate::jobs) async fn run(mut self) -> Result<()> {
        if self.to.shop.rehearses() {
            return self.rehearse().await;
        }
        self.step("Sending");
        recover(self.progress, self.store, self.to, self.batch).await?;
        self.store.link_created(self.to.shop.id).await?;
        self.settle_taken_stock().await?;
        self.send_kept().await?;
        let mut sent = self.send_planned().await;
        if sent.is_ok() {
            sent = self.send_stock().await;
        }
        let settled = settle_agreed(self.progress, self.store, &self.to.shop).await;
        sent.and(settled)
    }

    async fn send_planned(&mut self) -> Result<()> {
        let looked_at = self.send_in_bulk().await?;
        let mut after = 0;
        loop {
            self.progress.check()?;
            let mut staged = self
                .plan
                .file
                .next_in_phase(ELSEWHERE, after, TOGETHER)
                .await?;
            let Some(last) = staged.last() else {
                return Ok(());
            };
            after = last.record.number;
            staged.retain(|staged| !looked_at.contains(&staged.record.number));
            let (new, changed): (Vec<_>, Vec<_>) = staged
                .into_iter()
                .partition(|staged| staged.record.operation == Some(Operation::Create));
            self.update(changed).await?;
            self.create(new).await?;
            self.plan.save(self.meta).await?;
        }
    }

    async fn update(&mut self, mut staged: Vec<StagedRecord>) -> Result<()> {
        let mut parcels = Vec::new();
        while !staged.is_empty() {
            let rest = staged.split_off(staged.len().min(LOADED));
            parcels.extend(self.parcels(staged).await?);
            staged = rest;
        }
        self.send(parcels).await
    }

    /// What is sent of planned records; what is not as it was planned is kept back.
    async fn parcels(&mut self, staged: Vec<StagedRecord>) -> Result<Vec<Parcel>> {
        let ids: Vec<RecordId> = staged
            .iter()
            .filter_map(|staged| listing_of(&staged.record))
            .collect();
        let listings = self.store.listings(&ids).await?;
        self.parcels_of(staged, listings).await
    }

    /// The same when their listings are at hand.
    pub(super) async fn parcels_of(
        &mut self,
        staged: Vec<StagedRecord>,
        listings: Vec<Listing>,
    ) -> Result<Vec<Parcel>> {
        let listings = listings.into_iter();
        let mut listings: HashMap<RecordId, Listing> =
            listings.map(|listing| (listing.id, listing)).collect();
        let records = self.records(listings.values()).await?;
        let schema = self.store.schema();
        let (mut parcels, mut held, mut unanswered) = (Vec::new(), Vec::new(), Vec::new());
        for staged in staged {
            let listing = listing_of(&staged.record).and_then(|id| listings.remove(&id));
            if listing
                .as_ref()
                .is_some_and(|listing| listing.pending.is_some())
            {
                unanswered.push(staged);
                continue;
            }
            let record = listing
                .as_ref()
                .and_then(|listing| records.get(&listing.record?));
            let item = listing.as_ref().and_then(|listing| listing.item.clone());
            let (Some(listing), Some(record), Some(item)) = (listing, record, item) else {
                held.push(staged);
                continue;
            };
            let pair = Pair {
                listing: &listing,
                item: &item,
                record,
                has_variants: false,
            };
            if is_done(&schema, &pair, &self.to.shop, &staged.record) {
                self.count_done(&staged);
                continue;
            }
            let pushes = match self.meta.outline.undo_of {
                Some(_) => taken_back(&schema, &pair, &self.to.shop, &staged.record),
                None => {
                    let merged = pair.merge(&schema, &self.to.shop);
                    as_planned(&staged.record, merged.pushes)
                }
            };
            match pushes {
                Some(pushes) => {
                    let version = record.version;
                    parcels.push(Parcel::new(
                        self.batch,
                        Some(staged),
                        (listing, item),
                        (pushes, version),
                    ));
                }
                None => held.push(staged),
            }
        }
        self.hold_back(held).await?;
        self.hold_unanswered(unanswered).await?;
        Ok(parcels)
    }

    /// Looks what the shop has now, keeps what is about to be sent, sends it, keeps what came of it.
    pub(super) async fn send(&mut self, parcels: Vec<Parcel>) -> Result<()> {
        let parcels = self.look_first(parcels).await?;
        if parcels.is_empty() {
            return Ok(());
        }
        let updates = self.keep(&parcels).await?;
        let channel = Arc::clone(&self.to.channel);
        let answers = while_wanted(self.progress, channel.update(&updates)).await?;
        self.settle(parcels.into_iter().zip(answers)).await
    }

    /// Keeps what is about to be sent.
    pub(super) async fn keep(&self, parcels: &[Parcel]) -> Result<Vec<ItemUpdate>> {
        let kept = parcels
            .iter()
            .map(|parcel| on_its_way(&parcel.listing, parcel.pending.clone()));
        let kept: Vec<SettledListing> = kept.collect();
        self.store.settle_listings(None, &kept).await?;
        Ok(parcels.iter().map(Parcel::update).collect())
    }

    /// Keeps what came of it.
    pub(super) async fn settle(
        &mut self,
        answers: impl Iterator<Item = (Parcel, Answered<Written>)>,
    ) -> Result<()> {
        let mut lost = Vec::new();
        let mut settled = Vec::new();
        for (parcel, answer) in answers {
            match answer {
                Ok(written) => {
                    settled.push(arrived(
                        &parcel.listing,
                        &parcel.pending,
                        &parcel.links,
                        &written,
                    ));
                    self.done(&parcel).await?;
                }
                Err(failure) if failure.kind == FailureKind::Lost => lost.push((parcel, failure)),
                Err(failure) => {
                    settled.push(
                        self.failed(
                            (&parcel.listing, Some(&parcel.pending)),
                            parcel.staged,
                            &failure,
                        )
                        .await?,
                    );
                }
            }
        }
        self.store
            .settle_listings(Some(self.batch), &settled)
            .await?;
        self.look_up_lost(lost).await
    }

    /// Reads what is there now: what moved is kept back, what is as wanted already needs no sending.
    async fn look_first(&mut self, mut parcels: Vec<Parcel>) -> Result<Vec<Parcel>> {
        let mut go = Vec::new();
        while !parcels.is_empty() {
            let together = parcels.len().min(self.to.channel.reads_at_once());
            let rest = parcels.split_off(together);
            go.extend(self.look(parcels).await?);
            parcels = rest;
        }
        Ok(go)
    }

    async fn look(&mut self, parcels: Vec<Parcel>) -> Result<Vec<Parcel>> {
        let fresh = self.read(&parcels).await?;
        self.still_to_send(parcels.into_iter().zip(fresh)).await
    }

    /// Those that the shop has as they were planned against, given what it has now.
    pub(super) async fn still_to_send(
        &mut self,
        looked_at: impl Iterator<Item = (Parcel, Option<ShopItem>)>,
    ) -> Result<Vec<Parcel>> {
        let (mut go, mut held, mut settled) = (Vec::new(), Vec::new(), Vec::new());
        for (parcel, fresh) in looked_at {
            match fresh {
                None => {
                    settled.push(gone(&parcel.listing));
                    held.extend(parcel.staged);
                }
                Some(fresh) if parcel.is_there(&fresh) => {
                    settled.push(arrived(
                        &parcel.listing,
                        &parcel.pending,
                        &parcel.links,
                        &Written::default(),
                    ));
                    self.done(&parcel).await?;
                }
                Some(fresh) if parcel.moved(&fresh) => {
                    settled.push(moved_on(&parcel.listing, fresh));
                    held.extend(parcel.staged);
                }
                Some(_) => go.push(parcel),
            }
        }
        self.store
            .settle_listings(Some(self.batch), &settled)
            .await?;
        self.hold_back(held).await?;
        Ok(go)
    }

    async fn read(&self, parcels: &[Parcel]) -> Result<Vec<Option<ShopItem>>> {
        let refs: Vec<ItemRef> = parcels
            .iter()
            .map(|parcel| item_ref(&parcel.item))
            .collect();
        let channel = Arc::clone(&self.to.channel);
        Ok(while_wanted(self.progress, channel.read(&refs)).await??)
    }

    /// After lost answers the shop is read: what arrived is done; what did not waits for another sync.
    async fn look_up_lost(&mut self, lost: Vec<(Parcel, Failure)>) -> Result<()> {
        if lost.is_empty() {
            return Ok(());
        }
        let (parcels, failures): (Vec<Parcel>, Vec<Failure>) = lost.into_iter().unzip();
        let Ok(fresh) = self.read(&parcels).await else {
            let mut settled = Vec::new();
            for (parcel, failure) in parcels.into_iter().zip(failures) {
                settled.push(
                    self.failed(
                        (&parcel.listing, Some(&parcel.pending)),
                        parcel.staged,
                        &failure,
                    )
                    .await?,
                );
            }
            return self.store.settle_listings(None, &settled).await;
        };
        let (mut settled, mut again) = (Vec::new(), Vec::new());
        for ((parcel, failure), fresh) in parcels.into_iter().zip(failures).zip(fresh) {
            match fresh {
                Some(fresh) if parcel.is_there(&fresh) => {
                    let written = Written::default();
                    settled.push(arrived(
                        &parcel.listing,
                        &parcel.pending,
                        &parcel.links,
                        &written,
                    ));
                    self.done(&parcel).await?;
                }
                Some(fresh) if !parcel.moved(&fresh) => again.push((parcel, failure)),
                Some(fresh) => {
                    let Parcel {
                        listing,
                        pending,
                        links,
                        ..
                    } = &parcel;
                    settled.push(arrived_in_part(listing, pending, links, fresh));
                    self.hold_back(parcel.staged.into_iter().collect()).await?;
                }
                None => {
                    settled.push(gone(&parcel.listing));
                    self.hold_back(parcel.staged.into_iter().collect()).await?;
                }
            }
        }
        for (parcel, failure) in again {
            let later = Failure {
                kind: FailureKind::Later,
                ..failure
            };
            settled.push(
                self.failed(
                    (&parcel.listing, Some(&parcel.pending)),
                    parcel.staged,
                    &later,
                )
                .await?,
            );
        }
        self.store.settle_listings(Some(self.batch), &settled).await
    }

    pub(super) async fn records<'a>(
        &self,
        listings: impl Iterator<Item = &'a Listing>,
    ) -> Result<HashMap<RecordId, Record>> {
        let ids: Vec<RecordId> = listings.filter_map(|listing| listing.record).collect();
        let found = self.store.get_many(PRODUCT, &ids).await?.into_iter();
        Ok(found.map(|record| (record.id, record)).collect())
    }
}
