//! What shops have, and which product each is: list, link, ignore, want on the other side.

mod told;
mod why_not_yet;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::records::{SelectRecord, check_fits, hidden};
use channels::open::in_window_of;
use domain::catalog::product::PRODUCT;
use domain::channel::shop::{ADDRESS, CHANNEL};
use domain::channel::{LinkState, Listing};
use domain::error::{Error, Result};
use domain::record::{Field, Value};
use domain::values::RecordId;
use store::{Linking, WhichListings};
use told::{told, told_with_waits};

pub use told::{ListedProduct, ListingInfo, ListingWait};

/// The most listings of one page.
const MOST: i64 = 500;

/// Which listings of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListingFilter {
    /// Of which no user has said yet what they are.
    Unmatched,
    /// Linked.
    Linked,
    /// Left alone.
    Ignored,
    /// To be created here.
    WantedHere,
    /// To be created in the shop.
    WantedThere,
    /// Of which something is to be synced.
    Waiting,
    /// Of which both sides changed the same field, as far as the last plan told.
    Conflict,
    /// With a problem.
    Failed,
    /// On their way.
    Pending,
    /// Linked, and gone from the shop.
    Gone,
}

/// `listings.list`: what a shop has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListListings {
    /// The channel.
    pub channel: RecordId,
    /// Which of them.
    pub filter: ListingFilter,
    /// Only those with this text in SKU, barcode or title, whatever the filter.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// Only those behind this place.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<i64>,
    /// How many, at most 500.
    pub limit: i64,
}

/// A page of listings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListingPage {
    /// The listings.
    pub rows: Vec<ListingInfo>,
    /// Behind which place the next page begins; null at the end.
    pub next: Option<i64>,
}

/// `listings.link`: says what listings are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkListings {
    /// The channel.
    pub channel: RecordId,
    /// What each is from now on.
    pub links: Vec<ListingLink>,
}

/// What a listing is from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListingLink {
    /// The listing.
    pub listing: RecordId,
    /// How it stands to our products.
    pub link: LinkState,
    /// Our product, of one that is linked.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub record: Option<RecordId>,
}

/// How many listings were changed, and how many stayed as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkedListings {
    /// Changed.
    pub changed: i64,
    /// As they were: their product is another listing's, or something is on its way.
    pub kept: i64,
}

/// `listings.want`: wants products in a shop that does not have them, or no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WantListings {
    /// The channel.
    pub channel: RecordId,
    /// The products.
    pub records: Vec<RecordId>,
    /// Whether they are wanted there.
    pub wanted: bool,
}

/// `listings.set_values`: values of a product for one shop alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetListingValues {
    /// The listing.
    pub listing: RecordId,
    /// What stands for the product's own values there; null for the product's own again.
    pub values: BTreeMap<Field, Option<Value>>,
}

/// Where a listing is in the shop's own window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListingAddress {
    /// An address of that shop, for a browser.
    pub address: String,
}

/// Lists what a shop has.
pub(super) async fn list(call: &Call, request: ListListings) -> Result<ListingPage> {
    let store = call.store()?;
    let limit = request.limit.clamp(1, MOST);
    let search = request.search.as_deref().map(str::trim);
    let which = match (search, request.filter) {
        (Some(text), _) if !text.is_empty() => WhichListings::Found(text),
        (_, ListingFilter::Unmatched) => WhichListings::Link(LinkState::Unmatched),
        (_, ListingFilter::Linked) => WhichListings::Linked,
        (_, ListingFilter::Ignored) => WhichListings::Link(LinkState::Ignored),
        (_, ListingFilter::WantedHere) => WhichListings::Link(LinkState::WantedHere),
        (_, ListingFilter::WantedThere) => WhichListings::Link(LinkState::WantedThere),
        (_, ListingFilter::Waiting) => WhichListings::ToSync(hidden::sight(call, PRODUCT)),
        (_, ListingFilter::Conflict) => WhichListings::Disputed(hidden::sight(call, PRODUCT)),
        (_, ListingFilter::Failed) => WhichListings::WithProblem(hidden::sight(call, PRODUCT)),
        (_, ListingFilter::Pending) => WhichListings::Pending(hidden::sight(call, PRODUCT)),
        (_, ListingFilter::Gone) => WhichListings::Gone,
    };
    let after = request.after.unwrap_or_default();
    let page = store
        .listings_after(request.channel, which, (after, limit))
        .await?;
    let is_full = i64::try_from(page.len()).is_ok_and(|count| count == limit);
    let next = page.last().map(|last| last.place).filter(|_| is_full);
    let listings: Vec<Listing> = page.into_iter().map(|listed| listed.listing).collect();
    let rows = match which {
        WhichListings::ToSync(_) | WhichListings::Disputed(_) => {
            told_with_waits(call, &store, listings).await?
        }
        _ => told(call, &store, listings).await?,
    };
    Ok(ListingPage { rows, next })
}

/// The listings of a product in all shops.
pub(super) async fn of_record(call: &Call, request: SelectRecord) -> Result<Vec<ListingInfo>> {
    let store = call.store()?;
    let listings = store.listings_of(&[request.id], None).await?;
    told_with_waits(call, &store, listings).await
}

/// Where a listing is in the shop's own window.
pub(super) async fn address(call: &Call, request: SelectRecord) -> Result<ListingAddress> {
    let store = call.store()?;
    let found = store.listings(&[request.id]).await?.into_iter().next();
    let listing = found.ok_or_else(|| Error::not_found("That is not in the shop any more."))?;
    let channel = store.get(CHANNEL, listing.channel).await?;
    let address = listing.item.map(|item| item.address).unwrap_or_default();
    let url = in_window_of(channel.fields.text(ADDRESS), &address);
    let url = url.ok_or_else(|| {
        Error::invalid("It is not known where the shop shows this.")
            .hint("Look for its SKU in the shop's own window.")
    })?;
    Ok(ListingAddress {
        address: url.to_string(),
    })
}

/// Says what listings are.
pub(super) async fn link(call: &Call, request: LinkListings) -> Result<LinkedListings> {
    let store = call.store()?;
    let records: Vec<RecordId> = request
        .links
        .iter()
        .filter_map(|link| link.record)
        .collect();
    let found = store.get_many(PRODUCT, &records).await?;
    let mut links = Vec::new();
    for link in &request.links {
        let is_linked = link.link == LinkState::Linked;
        let is_there = |id: RecordId| {
            found
                .iter()
                .any(|record| record.id == id && !record.trashed)
        };
        if is_linked && !link.record.is_some_and(is_there) {
            return Err(
                Error::invalid("A listing is linked with a product that is there.")
                    .hint("Choose the product once more."),
            );
        }
        if link.link == LinkState::WantedThere {
            return Err(Error::invalid("It is in the shop already."));
        }
        links.push(Linking {
            listing: link.listing,
            link: link.link,
            record: link.record.filter(|_| is_linked),
        });
    }
    let changed = store.link_listings(request.channel, &links).await?.len();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(LinkedListings {
        changed: count(changed),
        kept: count(links.len() - changed),
    })
}

/// Keeps values of a product for one shop alone.
pub(super) async fn set_values(call: &Call, request: SetListingValues) -> Result<()> {
    hidden::refuse(call, request.values.keys().copied())?;
    let store = call.store()?;
    let schema = store.schema();
    let mut values = Vec::new();
    for (field, value) in request.values {
        if let Some(value) = &value {
            check_fits(PRODUCT, &schema, field, value)?;
        }
        values.push((field, value.map(|value| schema.tidied(field, value))));
    }
    store.set_own_values(request.listing, &values).await
}

/// Wants products in a shop, or no more.
pub(super) async fn want(call: &Call, request: WantListings) -> Result<LinkedListings> {
    let store = call.store()?;
    let changed = match request.wanted {
        true => store.want_there(request.channel, &request.records).await?,
        false => {
            let channel = Some(request.channel);
            let listings = store.listings_of(&request.records, channel).await?;
            let wanted = listings
                .iter()
                .filter(|listing| listing.link == LinkState::WantedThere);
            let ids: Vec<RecordId> = wanted.map(|listing| listing.id).collect();
            store.unwant_there(request.channel, &ids).await?
        }
    };
    let changed = i64::try_from(changed).unwrap_or(i64::MAX);
    let asked = i64::try_from(request.records.len()).unwrap_or(i64::MAX);
    Ok(LinkedListings {
        changed,
        kept: (asked - changed).max(0),
    })
}
