//! Tells the shop how many there are: only where it still has as many as the plan saw.

use std::collections::HashMap;
use std::sync::Arc;

use channels::channel::{ItemRef, StockChange, StockSet, StockThere};
use channels::failure::{Answered, FailureKind};
use domain::catalog::product::STOCK;
use domain::channel::{Listing, Pending, StockAgreed};
use domain::error::Result;
use domain::plan::{Change, Operation};
use domain::record::Value;
use domain::values::{BatchId, RecordId};
use store::{ListingEntry, SettledListing, StagedRecord};
use uuid::Uuid;

use super::arrived::{nothing_on_its_way, on_its_way};
use super::fetch::while_wanted;
use super::parcel::item_ref;
use super::planned::{STOCK_PHASE, listing_of};
use super::sending::SendingRun;
use super::stock::{Counted, agreed, counted};
use super::taken_stock::taken_of;

/// Items that are told together: as many as one request of a platform takes.
const TOGETHER: i64 = 250;

/// One number on its way.
struct Count {
    staged: StagedRecord,
    one: Counted,
    change: Change,
}

impl SendingRun<'_> {
    /// Sends the stock of a plan.
    pub(super) async fn send_stock(&mut self) -> Result<()> {
        self.send_kept_stock().await?;
        let mut after = 0;
        loop {
            self.progress.check()?;
            let staged = self
                .plan
                .file
                .next_in_phase(STOCK_PHASE, after, TOGETHER)
                .await?;
            let Some(last) = staged.last() else {
                return Ok(());
            };
            after = last.record.number;
            let counts = self.counts(staged).await?;
            self.set(counts).await?;
            self.plan.save(self.meta).await?;
        }
    }

    /// Sends what was decided in favour of what is here.
    async fn send_kept_stock(&mut self) -> Result<()> {
        let mut after = 0;
        loop {
            self.progress.check()?;
            let kept = self.kept_conflicts(after, TOGETHER).await?;
            let Some(last) = kept.last else {
                return Ok(());
            };
            after = last;
            let counts = self.kept_counts(kept.staged).await?;
            self.set(counts).await?;
        }
    }

    async fn kept_counts(&self, kept: Vec<StagedRecord>) -> Result<Vec<Count>> {
        let ids: Vec<RecordId> = kept
            .iter()
            .filter_map(|staged| staged.record.record_id)
            .collect();
        let shop = &self.to.shop;
        let listings = self.store.listings_of(&ids, Some(shop.id)).await?;
        let found = counted(self.store, shop, listings).await?.into_iter();
        let mut found: HashMap<RecordId, Counted> = found.map(|one| (one.record.id, one)).collect();
        let mut counts = Vec::new();
        for staged in kept {
            let one = staged.record.record_id.and_then(|id| found.remove(&id));
            let Some(one) = one else { continue };
            let rules = (shop.stock_owner(), shop.stock_rule());
            let taken = taken_of(&staged.record);
            let Some(seen) = taken.and_then(|taken| taken.agreed(rules, one.agreed())) else {
                continue;
            };
            let change = Change {
                field: STOCK,
                old: Value::Number(seen.there),
                new: Value::Number(one.target),
            };
            counts.push(Count {
                staged,
                one,
                change,
            });
        }
        Ok(counts)
    }

    async fn set(&mut self, counts: Vec<Count>) -> Result<()> {
        let refs: Vec<ItemRef> = counts
            .iter()
            .map(|count| item_ref(&count.one.item))
            .collect();
        if refs.is_empty() {
            return Ok(());
        }
        let channel = Arc::clone(&self.to.channel);
        let place = self.to.shop.place().to_owned();
        let there = while_wanted(self.progress, channel.read_stock(&place, &refs)).await??;
        let (mut go, mut settled) = (Vec::new(), Vec::new());
        let (mut held, mut unanswered) = (Vec::new(), Vec::new());
        for (count, there) in counts.into_iter().zip(there) {
            if count.one.listing.pending.is_some() {
                unanswered.push(count.staged);
            } else if there == StockThere::Counted(count.one.target) {
                settled.push(self.told(&count, count.one.target).await?);
            } else if is_as_planned(&count.change, there) {
                go.push(count);
            } else {
                held.push(count.staged);
            }
        }
        self.hold_back(held).await?;
        self.hold_unanswered(unanswered).await?;
        let sent = go.iter().map(|count| {
            on_its_way(
                &count.one.listing,
                count.pending(self.batch, self.takes_back()),
            )
        });
        self.store
            .settle_listings(Some(self.batch), &sent.collect::<Vec<_>>())
            .await?;
        let changes: Vec<StockChange> = go.iter().map(Count::request).collect();
        let answers = while_wanted(self.progress, channel.set_stock(&place, &changes)).await?;
        for (count, answer) in go.into_iter().zip(answers) {
            settled.push(self.answered(count, answer).await?);
        }
        self.store.settle_listings(Some(self.batch), &settled).await
    }

    /// What became of a number that was sent.
    async fn answered(
        &mut self,
        count: Count,
        answer: Answered<StockSet>,
    ) -> Result<SettledListing> {
        match answer {
            Ok(StockSet::Set(now)) => self.told(&count, now).await,
            Ok(StockSet::Untracked) => self.held(count).await,
            Err(failure) if failure.kind == FailureKind::Stale => self.held(count).await,
            Err(failure) if failure.kind == FailureKind::Lost => {
                let channel = Arc::clone(&self.to.channel);
                let refs = [item_ref(&count.one.item)];
                let there = channel.read_stock(self.to.shop.place(), &refs);
                match while_wanted(self.progress, there).await?.as_deref() {
                    Ok([StockThere::Counted(now)]) if *now == count.one.target => {
                        self.told(&count, *now).await
                    }
                    _ => self.refused(count, &failure).await,
                }
            }
            Err(failure) => self.refused(count, &failure).await,
        }
    }

    async fn held(&mut self, count: Count) -> Result<SettledListing> {
        self.hold_back(vec![count.staged]).await?;
        Ok(nothing_on_its_way(&count.one.listing))
    }

    async fn refused(
        &mut self,
        count: Count,
        failure: &channels::failure::Failure,
    ) -> Result<SettledListing> {
        self.failed((&count.one.listing, None), Some(count.staged), failure)
            .await
    }

    /// The numbers that are still to be told; what changed here since the plan was made is kept back.
    async fn counts(&mut self, staged: Vec<StagedRecord>) -> Result<Vec<Count>> {
        let ids: Vec<RecordId> = staged
            .iter()
            .filter_map(|staged| listing_of(&staged.record))
            .collect();
        let listings: Vec<Listing> = self.store.listings(&ids).await?;
        let found = counted(self.store, &self.to.shop, listings).await?;
        let mut found: HashMap<RecordId, Counted> =
            found.into_iter().map(|one| (one.listing.id, one)).collect();
        let (mut counts, mut held) = (Vec::new(), Vec::new());
        for staged in staged {
            let one = listing_of(&staged.record).and_then(|id| found.remove(&id));
            let change = staged.record.changes.first().cloned();
            let (Some(mut one), Some(change)) = (one, change) else {
                held.push(staged);
                continue;
            };
            if self.takes_back() {
                one.target = change.new.as_number().unwrap_or_default();
            }
            match change.new == Value::Number(one.target) {
                true => counts.push(Count {
                    staged,
                    one,
                    change,
                }),
                false => held.push(staged),
            }
        }
        self.hold_back(held).await?;
        Ok(counts)
    }

    fn takes_back(&self) -> bool {
        self.meta.outline.undo_of.is_some()
    }

    async fn told(&mut self, count: &Count, now: i64) -> Result<SettledListing> {
        let changes = std::slice::from_ref(&count.change);
        self.book(&count.staged, (count.one.listing.id, changes))
            .await?;
        let both = count.both(now, self.takes_back());
        // Looked up after the program stopped, it was told in the history then.
        let is_new = count.one.agreed() != Some(both);
        Ok(SettledListing {
            pending: Some(None),
            problem: Some(None),
            entry: is_new.then(|| ListingEntry {
                operation: Operation::Update,
                changes: vec![count.change.clone()],
                version: count.one.record.version,
            }),
            ..agreed(count.one.listing.id, both)
        })
    }
}

impl Count {
    fn request(&self) -> StockChange {
        StockChange {
            key: Uuid::now_v7(),
            item: item_ref(&self.one.item),
            from: self.change.old.as_number(),
            to: self.one.target,
        }
    }

    /// What both agree on once the shop has as many.
    fn both(&self, there: i64, takes_back: bool) -> StockAgreed {
        let here = self.one.on_hand();
        match takes_back {
            // What was counted here since it was told is still to be told.
            true => StockAgreed {
                here: self.one.agreed().map_or(here, |agreed| agreed.here),
                there,
                differs: true,
            },
            false => StockAgreed::on(here, there),
        }
    }

    fn pending(&self, batch: BatchId, takes_back: bool) -> Pending {
        let both = self.both(self.one.target, takes_back);
        Pending {
            batch,
            key: Uuid::now_v7(),
            changes: vec![self.change.clone()],
            send: Default::default(),
            agreed: [(STOCK, both.both())].into(),
            version: self.one.record.version,
        }
    }
}

fn is_as_planned(change: &Change, there: StockThere) -> bool {
    match there {
        StockThere::Counted(there) => change.old == Value::Number(there),
        StockThere::NotKept => change.old.is_empty(),
        StockThere::Untracked | StockThere::Gone => false,
    }
}
