//! Fetching from a shop, matching, and planning a sync.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::account::{open_channel, refuse_paused, shop_of};
use crate::commands::call::Call;
use crate::commands::jobs::Started;
use crate::commands::records::{SelectRecord, hidden};
use crate::commands::start_plan::start_plan;
use crate::jobs::{
    JobKind, JobSubject, Sending, SyncWish, fetch as fetch_shop, match_listings, plan_sync_of,
    recover_sent, want_new_there,
};
use domain::catalog::product::PRODUCT;
use domain::channel::shop::CHANNEL;
use domain::error::Result;
use domain::record::Record;
use domain::values::{RecordId, Timestamp};
use store::{ListingCounts, RecordQuery, SyncTurn};

/// No workspace has more channels.
const MOST_CHANNELS: i64 = 1_000;

/// `channels.status`: how every channel stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListChannelStatus {}

/// How a channel stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelStatus {
    /// The channel.
    pub record: Record,
    /// What it has, by how it stands to our products.
    pub sums: ListingSums,
    /// When it was read last; null before.
    pub fetched_at: Option<Timestamp>,
    /// Whether a reading was stopped half-way.
    pub is_reading: bool,
    /// How it was synced by itself.
    pub by_itself: SyncedByItself,
}

/// How a channel was synced by itself, every so many minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncedByItself {
    /// When products were synced last.
    pub products_at: Option<Timestamp>,
    /// When stock was.
    pub stock_at: Option<Timestamp>,
    /// Whether a desktop syncs it now.
    pub is_running: bool,
    /// Why the last time did not come to its end.
    pub problem: Option<String>,
}

impl SyncedByItself {
    fn of(turn: SyncTurn, now: Timestamp) -> Self {
        Self {
            products_at: turn.products_at,
            stock_at: turn.stock_at,
            is_running: turn.held_until > now,
            problem: turn.problem,
        }
    }
}

/// How many listings of a channel there are of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListingSums {
    /// Linked, and still in the shop.
    pub linked: i64,
    /// Of which no user has said yet what they are.
    pub unmatched: i64,
    /// Left alone.
    pub ignored: i64,
    /// To be created here.
    pub wanted_here: i64,
    /// To be created in the shop.
    pub wanted_there: i64,
    /// Linked, and gone from the shop.
    pub gone: i64,
    /// With a problem.
    pub failed: i64,
    /// On their way.
    pub pending: i64,
    /// Of which something is to be synced.
    pub waiting: i64,
    /// Of which both sides changed the same field, as far as the last plan told.
    pub conflicts: i64,
}

impl From<ListingCounts> for ListingSums {
    fn from(counts: ListingCounts) -> Self {
        Self {
            linked: counts.linked,
            unmatched: counts.unmatched,
            ignored: counts.ignored,
            wanted_here: counts.wanted_here,
            wanted_there: counts.wanted_there,
            gone: counts.gone,
            failed: counts.problems,
            pending: counts.pending,
            waiting: counts.to_sync,
            conflicts: counts.disputed,
        }
    }
}

/// `channels.fetch`: reads what a shop has, and links what can be told for certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FetchChannel {
    /// The channel.
    pub id: RecordId,
    /// Whether everything is read, and not only what changed.
    #[serde(default)]
    #[ts(optional)]
    pub whole: Option<bool>,
}

/// `channels.sync`: the same, then plans what goes where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SyncChannel {
    /// The channel.
    pub id: RecordId,
    /// Whether everything is read, and not only what changed.
    #[serde(default)]
    #[ts(optional)]
    pub whole: Option<bool>,
    /// Whether the plan is made of what was read last, and the shop is not asked.
    #[serde(default)]
    #[ts(optional)]
    pub offline: Option<bool>,
    /// Whether it is about products or stock alone; both when it is left out.
    #[serde(default)]
    #[ts(optional)]
    pub only: Option<SyncOnly>,
    /// Only these listings, such as those that failed; all of them when it is left out.
    #[serde(default)]
    #[ts(optional)]
    pub listings: Option<Vec<RecordId>>,
}

/// What a sync is about, when not about both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncOnly {
    /// Products.
    Products,
    /// How many there are.
    Stock,
}

/// What matching came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MatchedListings {
    /// Linked by their SKU.
    pub by_sku: i64,
    /// Linked by their barcode.
    pub by_barcode: i64,
    /// Parents that were linked by their variants.
    pub by_variants: i64,
    /// What waits for a person.
    pub unmatched: i64,
}

/// How every channel stands.
pub(in crate::commands) async fn status(
    call: &Call,
    _: ListChannelStatus,
) -> Result<Vec<ChannelStatus>> {
    let store = call.store()?;
    let all = RecordQuery::default();
    let (records, _) = store.list_records(CHANNEL, &all, 0, MOST_CHANNELS).await?;
    let mut status = Vec::new();
    for record in records {
        let reading = store.reading_of(record.id).await?;
        status.push(ChannelStatus {
            sums: store
                .count_listings(record.id, hidden::sight(call, PRODUCT))
                .await?
                .into(),
            fetched_at: reading.fetched_at,
            is_reading: reading.cursor.is_some(),
            by_itself: SyncedByItself::of(store.sync_turn(record.id).await?, call.clock().now()),
            record,
        });
    }
    Ok(status)
}

/// What a job needs of a channel.
async fn to(call: &Call, id: RecordId) -> Result<Sending> {
    let record = call.store()?.get(CHANNEL, id).await?;
    refuse_paused(&record)?;
    Ok(Sending {
        channel: open_channel(call, &record).await?,
        shop: shop_of(call, id).await?,
    })
}

/// Starts to read a shop.
pub(in crate::commands) async fn fetch(call: &Call, request: FetchChannel) -> Result<Started> {
    let (store, mut to) = (call.store()?, to(call, request.id).await?);
    let whole = request.whole.unwrap_or_default();
    let subject = JobSubject {
        kind: JobKind::FetchChannel,
        label: to.shop.name.clone(),
        plan: None,
    };
    let job = call.jobs().start(subject, move |progress| async move {
        let channel = Arc::clone(&to.channel);
        fetch_shop(&progress, &store, (to.shop.id, &*channel), whole).await?;
        to.shop.look_again(&store).await?;
        match_listings(&progress, &store, &to.shop).await.map(drop)
    })?;
    Ok(Started { job, plan: None })
}

/// Links what can be told for certain of what was read last.
pub(in crate::commands) async fn match_all(
    call: &Call,
    request: SelectRecord,
) -> Result<MatchedListings> {
    let (store, shop) = (call.store()?, shop_of(call, request.id).await?);
    let subject = JobSubject {
        kind: JobKind::FetchChannel,
        label: shop.name.clone(),
        plan: None,
    };
    let matching = call.jobs().run(subject, move |progress| async move {
        match_listings(&progress, &store, &shop).await
    });
    let counts = matching.await?;
    Ok(MatchedListings {
        by_sku: counts.by_sku,
        by_barcode: counts.by_barcode,
        by_variants: counts.by_variants,
        unmatched: counts.unmatched,
    })
}

/// Starts to read a shop and to plan what goes where.
pub(in crate::commands) async fn sync(call: &Call, request: SyncChannel) -> Result<Started> {
    let (store, author, now) = (call.store()?, call.author()?, call.clock().now());
    let mut to = to(call, request.id).await?;
    let (whole, offline) = (
        request.whole.unwrap_or_default(),
        request.offline.unwrap_or_default(),
    );
    let subject = (JobKind::PlanSync, to.shop.name.clone());
    let only = request.only;
    start_plan(call, subject, move |progress, plan| async move {
        let products = only != Some(SyncOnly::Stock);
        if !offline {
            recover_sent(&progress, &store, &to, &author).await?;
        }
        if !offline && products {
            let channel = Arc::clone(&to.channel);
            fetch_shop(&progress, &store, (to.shop.id, &*channel), whole).await?;
            to.shop.look_again(&store).await?;
        }
        match_listings(&progress, &store, &to.shop).await?;
        if products && to.shop.creates_there() {
            want_new_there(&progress, &store, &to.shop).await?;
        }
        let stock = !offline && only != Some(SyncOnly::Products);
        let wish = SyncWish {
            shop: &to.shop,
            products,
            stock_of: stock.then_some(&*to.channel),
        };
        let listings = request.listings.as_deref();
        plan_sync_of(&progress, &store, (wish, listings), (&plan, now)).await
    })
}
