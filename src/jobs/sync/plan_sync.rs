//! Plans a sync: every listing of which a side changed, three ways, against what was read of the shop
//! last. Nothing but stock is asked of the shop, and nothing is written but what both sides turn out to agree on.

use std::collections::{HashMap, HashSet};

use channels::channel::Channel;
use domain::catalog::product::PRODUCT;
use domain::channel::{LinkState, Listing, Pending};
use domain::error::{Error, Result};
use domain::plan::Origin;
use domain::record::Record;
use domain::values::{RecordId, Timestamp};
use futures_util::future::try_join;
use store::{ListedListing, SettledListing, StagedRecord, Store, WhichListings};
use tokio::task::JoinSet;

use super::new_here::NewHere;
use super::new_there::plan_there;
use super::planned::{Pair, PairPlan};
use super::shop::Shop;
use super::stock::{keeps_stock, plan_stock};
use crate::jobs::tally::Tally;
use crate::jobs::{Plan, PlanMeta, Progress};

/// Listings that are planned together.
const PAGE: i64 = 2_000;

/// What a sync is about.
#[derive(Clone, Copy)]
pub struct SyncWish<'a> {
    /// The rules of the channel.
    pub shop: &'a Shop,
    /// Whether it is about products.
    pub products: bool,
    /// The shop, where it is about stock too: that is asked for anew.
    pub stock_of: Option<&'a dyn Channel>,
}

/// Makes the plan that brings a shop and the workspace in step in the empty `plan`.
pub async fn plan_sync(
    progress: &Progress,
    store: &Store,
    wish: SyncWish<'_>,
    plan: &Plan,
    now: Timestamp,
) -> Result<()> {
    plan_sync_of(progress, store, (wish, None), (plan, now)).await
}

/// The same of these listings alone, when they are named.
pub async fn plan_sync_of(
    progress: &Progress,
    store: &Store,
    (wish, listings): (SyncWish<'_>, Option<&[RecordId]>),
    (plan, now): (&Plan, Timestamp),
) -> Result<()> {
    let shop = wish.shop;
    store.heed_rules(shop.id, &shop.rules).await?;
    let to_sync = store.count_listings(shop.id, shop.sight()).await?.to_sync;
    progress.step("Planning", to_sync);
    let mut planner = SyncPlanner {
        progress,
        store,
        shop,
        plan,
        tally: Tally::default(),
        number: 0,
        only: match listings {
            Some(ids) => Some(Named::of(store, ids).await?),
            None => None,
        },
        new_here: NewHere::default(),
        staging: JoinSet::new(),
    };
    if wish.products {
        planner.run(to_sync).await?;
    }
    if let Some(channel) = wish.stock_of {
        planner.stock(channel).await?;
    }
    planner.staged().await?;
    let schema = store.schema();
    let label = shop.name.clone();
    let mut meta = PlanMeta::ready(&schema, Origin::Sync, label, now, &planner.tally);
    meta.outline.channel = Some(shop.id);
    plan.save(&meta).await
}

/// Some listings, and the products that they are.
struct Named(HashSet<RecordId>);

impl Named {
    async fn of(store: &Store, ids: &[RecordId]) -> Result<Self> {
        let listings = store.listings(ids).await?;
        let named = listings
            .iter()
            .flat_map(|listing| [Some(listing.id), listing.record]);
        Ok(Self(named.flatten().collect()))
    }

    fn has(&self, id: RecordId) -> bool {
        self.0.contains(&id)
    }
}

struct SyncPlanner<'a> {
    progress: &'a Progress,
    store: &'a Store,
    shop: &'a Shop,
    plan: &'a Plan,
    tally: Tally,
    number: i64,
    /// What it is about, when not about everything.
    only: Option<Named>,
    /// What is created here so far.
    new_here: NewHere,
    /// What is written to the plan while the next page is planned.
    staging: JoinSet<Result<()>>,
}

impl SyncPlanner<'_> {
    async fn run(&mut self, total: i64) -> Result<()> {
        let mut done = 0;
        let mut ahead = self.read_ahead(0);
        while let Some(read) = ahead.join_next().await {
            self.progress.check()?;
            let page = read.map_err(|panic| {
                Error::internal(format!("Reading listings stopped unexpectedly: {panic}."))
            })??;
            let Some(last) = page.last() else {
                return Ok(());
            };
            ahead = self.read_ahead(last.place);
            done += i64::try_from(page.len()).unwrap_or_default();
            let (mut linked, mut here, mut there) = (Vec::new(), Vec::new(), Vec::new());
            let listings = page.into_iter().map(|listed| listed.listing);
            let only = self.only.as_ref();
            let meant = listings.filter(|listing| only.is_none_or(|only| only.has(listing.id)));
            for listing in meant {
                match listing.link {
                    LinkState::WantedHere => here.push(listing),
                    LinkState::WantedThere => there.push(listing),
                    _ => linked.push(listing),
                }
            }
            self.pairs(&linked).await?;
            self.new_here(&here).await?;
            self.new_there(&there).await?;
            self.progress.done(done.min(total));
        }
        Ok(())
    }

    /// Reads the next page while the one before is planned. What is planned of a page changes no other one.
    fn read_ahead(&self, after: i64) -> JoinSet<Result<Vec<ListedListing>>> {
        let (store, shop) = (self.store.clone(), self.shop.id);
        let which = WhichListings::ToSync(self.shop.sight());
        let mut reading = JoinSet::new();
        reading.spawn(async move { store.listings_after(shop, which, (after, PAGE)).await });
        reading
    }

    async fn pairs(&mut self, linked: &[Listing]) -> Result<()> {
        let planned = pairs(self.store, self.shop, linked).await?;
        let (staged, settled): (Vec<_>, Vec<_>) = planned
            .into_iter()
            .map(|planned| (planned.staged, planned.settled))
            .unzip();
        let settled: Vec<SettledListing> = settled.into_iter().flatten().collect();
        self.store.settle_listings(None, &settled).await?;
        self.stage(staged.into_iter().flatten().collect()).await
    }

    async fn stock(&mut self, channel: &dyn Channel) -> Result<()> {
        if !keeps_stock(self.shop) {
            return Ok(());
        }
        self.progress.step("Comparing stock", 0);
        let (to, mut after) = ((self.shop, channel), 0);
        while let Some(planned) = plan_stock(self.progress, self.store, to, after).await? {
            after = planned.after;
            self.store.settle_listings(None, &planned.settled).await?;
            let mut staged = planned.staged;
            if let Some(only) = &self.only {
                staged.retain(|staged| staged.record.record_id.is_some_and(|id| only.has(id)));
            }
            self.stage(staged).await?;
        }
        Ok(())
    }

    async fn new_here(&mut self, wanted: &[Listing]) -> Result<()> {
        let (staged, settled) = self.new_here.plan(self.store, self.shop, wanted).await?;
        self.store.settle_listings(None, &settled).await?;
        self.stage(staged).await
    }

    async fn new_there(&mut self, wanted: &[Listing]) -> Result<()> {
        let (staged, settled) = plan_there(self.store, self.shop, wanted).await?;
        self.store.settle_listings(None, &settled).await?;
        self.stage(staged).await
    }

    async fn stage(&mut self, mut staged: Vec<StagedRecord>) -> Result<()> {
        for planned in &mut staged {
            self.number += 1;
            planned.record.number = self.number;
            self.tally.add(&planned.record);
        }
        self.staged().await?;
        let file = self.plan.file.clone();
        self.staging
            .spawn(async move { file.insert(&staged).await });
        Ok(())
    }

    /// Waits until what was planned is written to the plan.
    async fn staged(&mut self) -> Result<()> {
        while let Some(written) = self.staging.join_next().await {
            written.map_err(|panic| {
                Error::internal(format!("Writing the plan stopped unexpectedly: {panic}."))
            })??;
        }
        Ok(())
    }
}

/// What is to be said of linked listings.
async fn pairs(store: &Store, shop: &Shop, linked: &[Listing]) -> Result<Vec<PairPlan>> {
    let ids: Vec<RecordId> = linked.iter().filter_map(|listing| listing.record).collect();
    let (found, children) =
        try_join(store.get_many(PRODUCT, &ids), store.children(PRODUCT, &ids)).await?;
    let found = found.into_iter();
    let records: HashMap<RecordId, Record> = found.map(|record| (record.id, record)).collect();
    let schema = store.schema();
    let mut planned = Vec::new();
    for listing in linked {
        let record = listing.record.and_then(|id| records.get(&id));
        let (Some(record), Some(item)) = (record, &listing.item) else {
            continue;
        };
        let pair = Pair {
            listing,
            item,
            record,
            has_variants: children.get(&record.id).is_some_and(|of| of.live > 0),
        };
        planned.push(pair.plan(&schema, shop, store.now()));
    }
    Ok(planned)
}

/// Keeps what both sides hold already, after one of them was written.
pub(in crate::jobs) async fn settle_agreed(
    progress: &Progress,
    store: &Store,
    shop: &Shop,
) -> Result<()> {
    let mut after = 0;
    loop {
        progress.check()?;
        let page = store
            .listings_after(shop.id, WhichListings::ToSync(shop.sight()), (after, PAGE))
            .await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.place;
        let listings = page.into_iter().map(|listed| listed.listing);
        let linked: Vec<Listing> = listings
            .filter(|listing| listing.link == LinkState::Linked)
            .collect();
        let planned = pairs(store, shop, &linked).await?.into_iter();
        let settled: Vec<SettledListing> = planned.filter_map(|planned| planned.settled).collect();
        store.settle_listings(None, &settled).await?;
    }
}

/// Lets those rest whose product changed in nothing that the shop has: they would wait for a sync that has nothing to
/// do. The shop is not asked, and what it changed meanwhile still waits. Gives how many there were.
pub async fn let_rest(store: &Store, shop: &Shop) -> Result<usize> {
    let (mut after, mut count) = (0, 0);
    loop {
        let page = store
            .listings_after(shop.id, WhichListings::ToSync(shop.sight()), (after, PAGE))
            .await?;
        let Some(last) = page.last() else {
            return Ok(count);
        };
        after = last.place;
        let listings = page.into_iter().map(|listed| listed.listing);
        // What is hidden from some users keeps nothing from resting that they see.
        let changed_here = listings.filter(|listing| {
            let is_open = listing.pending.as_ref().is_none_or(Pending::is_hidden)
                && listing.problem.as_ref().is_none_or(|one| one.is_hidden)
                && !listing.is_open_dirty;
            listing.link == LinkState::Linked && is_open
        });
        let planned = pairs(store, shop, &changed_here.collect::<Vec<_>>()).await?;
        let settled = planned.into_iter().filter_map(|planned| planned.settled);
        let mut same: Vec<SettledListing> = settled.collect();
        for settled in &mut same {
            if !settled.agreed.is_empty() {
                settled.settled_at = None;
            }
            if settled.agreed.keys().any(|field| field.needs().is_none()) {
                settled.open_settled_at = None;
            }
        }
        same.retain(|one| one.settled_at.is_some() || one.open_settled_at.is_some());
        count += same.len();
        store.let_rest(&same).await?;
    }
}
