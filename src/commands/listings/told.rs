//! What a listing is told as.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::call::Call;
use crate::commands::channels::shop_of;
use crate::commands::records::hidden;
use crate::jobs::{Waiting, waiting_of};
use domain::catalog::product::{BARCODE, PRODUCT};
use domain::channel::{ItemState, LinkState, Listing, ListingProblem, Sight};
use domain::error::Result;
use domain::record::{Field, Record, Value};
use domain::values::{RecordId, Timestamp};
use store::Store;

use super::why_not_yet::why_not_yet;

/// So many products are offered for one listing at most.
const MOST_CANDIDATES: usize = 5;

/// A product in a shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListingInfo {
    /// Its id.
    pub id: RecordId,
    /// Its channel.
    pub channel: RecordId,
    /// How it stands to our products.
    pub link: LinkState,
    /// Our product: its id, SKU and name.
    pub record: Option<ListedProduct>,
    /// Its SKU in the shop.
    pub sku: String,
    /// Its barcode in the shop.
    pub barcode: String,
    /// What the shop calls it.
    pub title: String,
    /// Whether customers can see it; null of what is not there.
    pub state: Option<ItemState>,
    /// Whether it has variants there.
    pub is_parent: bool,
    /// Whether it is a variant there.
    pub is_variant: bool,
    /// Whether the shop has it no more.
    pub gone: bool,
    /// Where people see it in the shop's own window; empty when that is not known.
    pub address: String,
    /// Whether something is on its way.
    pub is_pending: bool,
    /// Why it is not in step.
    pub problem: Option<ListingProblem>,
    /// What waits for the next sync, of a product's listings and of those that wait.
    pub waits: Option<ListingWait>,
    /// Why that was not synced yet, in a sentence; told where `waits` is.
    pub why_not_yet: Option<String>,
    /// What stands for the product's own values in this shop, as far as the user may see it.
    pub own: BTreeMap<Field, Value>,
    /// Of one that is unmatched, products that it may be.
    pub candidates: Vec<ListedProduct>,
}

/// What waits for the next sync of a listing, as far as the user may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListingWait {
    /// Fields that go to the shop.
    pub to_shop: Vec<Field>,
    /// Fields that come here.
    pub to_here: Vec<Field>,
    /// Fields that both sides changed: a person decides.
    pub disputed: Vec<Field>,
    /// When the side was changed last from which it comes.
    pub since: Option<Timestamp>,
}

impl From<Waiting> for ListingWait {
    fn from(waiting: Waiting) -> Self {
        Self {
            to_shop: waiting.to_shop,
            to_here: waiting.to_here,
            disputed: waiting.disputed,
            since: waiting.since,
        }
    }
}

/// A product of ours, as far as a list of listings tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListedProduct {
    /// Its id.
    pub id: RecordId,
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
}

/// The same, each with what waits of it.
pub(super) async fn told_with_waits(
    call: &Call,
    store: &Store,
    listings: Vec<Listing>,
) -> Result<Vec<ListingInfo>> {
    let channels: BTreeSet<RecordId> = listings.iter().map(|listing| listing.channel).collect();
    let (mut waits, mut records) = (HashMap::new(), HashMap::new());
    for channel in channels {
        let shop = shop_of(call, channel).await?;
        let mut of_shop = listings.clone();
        of_shop.retain(|listing| listing.channel == channel);
        waits.extend(waiting_of(store, &shop, &of_shop).await?);
        records.insert(channel, shop.record);
    }
    let mut told = told(call, store, listings).await?;
    for listing in &mut told {
        listing.waits = waits.remove(&listing.id).map(ListingWait::from);
        let channel = records.get(&listing.channel);
        listing.why_not_yet = channel.map(|channel| why_not_yet(listing, channel));
    }
    Ok(told)
}

/// What listings are told as, with the fields alone that the user may see.
pub(super) async fn told(
    call: &Call,
    store: &Store,
    listings: Vec<Listing>,
) -> Result<Vec<ListingInfo>> {
    let ids: Vec<RecordId> = listings
        .iter()
        .filter_map(|listing| listing.record)
        .collect();
    let records = store.get_many(PRODUCT, &ids).await?;
    let candidates = candidates(store, &listings).await?;
    let schema = store.schema();
    let sight = hidden::sight(call, PRODUCT);
    let told = listings.into_iter().map(|listing| {
        let record = records
            .iter()
            .find(|record| Some(record.id) == listing.record)
            .map(product);
        let mine = candidates
            .iter()
            .filter(|record| is_candidate(&listing, record));
        let mine = mine.take(MOST_CANDIDATES).map(product).collect();
        let mut told = info(as_seen(listing, sight), record, mine);
        told.own
            .retain(|field, _| hidden::sees(call, *field) && schema.is_shown(*field));
        told
    });
    Ok(told.collect())
}

/// A listing without what is on its way, or failed, of fields that the user may not see.
fn as_seen(mut listing: Listing, sight: Sight) -> Listing {
    if sight == Sight::Open {
        listing.pending.take_if(|pending| pending.is_hidden());
        listing.problem = listing.problem.and_then(ListingProblem::told_openly);
    }
    listing
}

/// Products that unmatched listings may be: with the same SKU or barcode.
async fn candidates(store: &Store, listings: &[Listing]) -> Result<Vec<Record>> {
    let open = listings
        .iter()
        .filter(|listing| listing.link == LinkState::Unmatched);
    let items: Vec<_> = open.filter_map(|listing| listing.item.as_ref()).collect();
    let texts = |text: fn(&domain::channel::ShopItem) -> &str| -> Vec<&str> {
        let texts = items.iter().map(|item| text(item));
        texts.filter(|text| !text.is_empty()).collect()
    };
    let mut found = store
        .find_by_codes(PRODUCT, &texts(|item| &item.sku))
        .await?;
    let barcodes = texts(|item| &item.barcode);
    found.extend(store.find_by_texts(BARCODE, &barcodes, None).await?);
    found.retain(|record| !record.trashed);
    found.sort_by_key(|record| record.id);
    found.dedup_by_key(|record| record.id);
    Ok(found)
}

fn is_candidate(listing: &Listing, record: &Record) -> bool {
    let Some(item) = listing
        .item
        .as_ref()
        .filter(|_| listing.link == LinkState::Unmatched)
    else {
        return false;
    };
    let is_same = |text: &str, other: &str| !text.is_empty() && text == other;
    is_same(&item.sku, record.code()) || is_same(&item.barcode, record.fields.text(BARCODE))
}

fn product(record: &Record) -> ListedProduct {
    ListedProduct {
        id: record.id,
        sku: record.code().to_owned(),
        name: record.title().to_owned(),
    }
}

fn info(
    listing: Listing,
    record: Option<ListedProduct>,
    candidates: Vec<ListedProduct>,
) -> ListingInfo {
    let item = listing.item.as_ref();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    ListingInfo {
        id: listing.id,
        channel: listing.channel,
        link: listing.link,
        record,
        sku: text(item.map(|item| &item.sku)),
        barcode: text(item.map(|item| &item.barcode)),
        title: text(item.map(|item| &item.title)),
        state: item.map(|item| item.state),
        is_parent: item.is_some_and(|item| item.is_parent),
        is_variant: item.is_some_and(|item| item.parent.is_some()),
        gone: listing.gone,
        address: text(item.map(|item| &item.address)),
        is_pending: listing.pending.is_some(),
        problem: listing.problem,
        waits: None,
        why_not_yet: None,
        own: listing.own,
        candidates,
    }
}
