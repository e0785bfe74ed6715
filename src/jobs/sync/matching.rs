//! Which product each listing is: by exact SKU, then by barcode, only where both sides have exactly one;
//! parents by their variants. What is ambiguous waits for a person. Never by name.

use std::collections::{HashMap, HashSet};

use domain::catalog::product::{BARCODE, PRODUCT};
use domain::channel::{LinkState, ParentRef};
use domain::error::Result;
use domain::record::Record;
use domain::values::RecordId;
use store::{Linking, Store, UnmatchedListing, parent_key};
use uuid::Uuid;

use super::shop::Shop;
use crate::jobs::Progress;

/// Listings that are looked at together.
const PAGE: i64 = 2_000;

/// What matching came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatchCounts {
    /// Linked by their SKU.
    pub by_sku: i64,
    /// Linked by their barcode.
    pub by_barcode: i64,
    /// Parents that were linked since their variants are variants of one product here.
    pub by_variants: i64,
    /// Wanted here, as the channel says of what only the shop has.
    pub wanted_here: i64,
    /// What waits for a person.
    pub unmatched: i64,
}

/// Links what can be told for certain.
pub async fn match_listings(
    progress: &Progress,
    store: &Store,
    shop: &Shop,
) -> Result<MatchCounts> {
    progress.step("Matching", 0);
    let matcher = Matcher {
        progress,
        store,
        shop,
    };
    let by_sku = matcher.pass(Key::Sku).await?;
    let by_barcode = matcher.pass(Key::Barcode).await?;
    let by_variants = matcher.parents().await?;
    let wanted_here = match shop.creates_here() {
        true => matcher.want_here().await?,
        false => 0,
    };
    let unmatched = store.count_listings(shop.id, shop.sight()).await?.unmatched;
    Ok(MatchCounts {
        by_sku,
        by_barcode,
        by_variants,
        wanted_here,
        unmatched,
    })
}

/// By what a listing is a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Sku,
    Barcode,
}

impl Key {
    fn of_listing(self, listing: &UnmatchedListing) -> Option<&str> {
        let text = match self {
            Key::Sku => &listing.sku,
            Key::Barcode => &listing.barcode,
        };
        Some(text.as_str()).filter(|text| !text.is_empty())
    }

    fn of_record(self, record: &Record) -> &str {
        match self {
            Key::Sku => record.code(),
            Key::Barcode => record.fields.text(BARCODE),
        }
    }
}

struct Matcher<'a> {
    progress: &'a Progress,
    store: &'a Store,
    shop: &'a Shop,
}

impl Matcher<'_> {
    async fn pass(&self, key: Key) -> Result<i64> {
        let (mut after, mut linked) = (0, 0);
        while let Some((page, last)) = self.unmatched(after).await? {
            after = last;
            linked += self.link(key, &page).await?;
        }
        Ok(linked)
    }

    /// The next listings that are not linked, and the place of the last.
    async fn unmatched(&self, after: i64) -> Result<Option<(Vec<UnmatchedListing>, i64)>> {
        self.progress.check()?;
        let page = self.store.unmatched_after(self.shop.id, (after, PAGE));
        let mut page = page.await?;
        let last = page.last().map(|listing| listing.place);
        page.retain(|listing| !listing.gone);
        Ok(last.map(|last| (page, last)))
    }

    /// Links those whose text one product and one listing have, and no more.
    async fn link(&self, key: Key, page: &[UnmatchedListing]) -> Result<i64> {
        let texts: Vec<&str> = page
            .iter()
            .filter_map(|listing| key.of_listing(listing))
            .collect();
        let there = match key {
            Key::Sku => self.store.count_by_sku(self.shop.id, &texts).await?,
            Key::Barcode => self.store.count_by_barcode(self.shop.id, &texts).await?,
        };
        let records = match key {
            Key::Sku => self.store.find_by_codes(PRODUCT, &texts).await?,
            Key::Barcode => self.store.find_by_texts(BARCODE, &texts, None).await?,
        };
        let mut here: HashMap<&str, Vec<&Record>> = HashMap::new();
        for record in records.iter().filter(|record| !record.trashed) {
            here.entry(key.of_record(record)).or_default().push(record);
        }
        let mut links = Vec::new();
        for listing in page {
            let Some(text) = key.of_listing(listing) else {
                continue;
            };
            let is_only_there = there.get(text).is_some_and(|count| *count == 1);
            if let Some([record]) = here.get(text).map(Vec::as_slice)
                && is_only_there
            {
                links.push(Linking {
                    listing: listing.id,
                    link: LinkState::Linked,
                    record: Some(record.id),
                });
            }
        }
        self.keep(&links).await
    }

    async fn keep(&self, links: &[Linking]) -> Result<i64> {
        if links.is_empty() {
            return Ok(0);
        }
        let linked = self.store.link_listings(self.shop.id, links).await?;
        Ok(i64::try_from(linked.len()).unwrap_or(i64::MAX))
    }

    /// Links parents all of whose linked variants are variants of one product here.
    async fn parents(&self) -> Result<i64> {
        let (mut after, mut linked) = (0, 0);
        while let Some((mut page, last)) = self.unmatched(after).await? {
            after = last;
            page.retain(|listing| listing.is_parent);
            let named: Vec<ParentRef> = page.iter().flat_map(UnmatchedListing::names).collect();
            let found = self.store.parents_of_variants(self.shop.id, &named).await?;
            let mut parents: HashMap<String, HashSet<Option<RecordId>>> = HashMap::new();
            for (name, parent) in found {
                parents.entry(name).or_default().insert(parent);
            }
            let links = page.iter().filter_map(|listing| {
                Some(Linking {
                    listing: listing.id,
                    link: LinkState::Linked,
                    record: Some(only_parent(listing, &parents)?),
                })
            });
            linked += self.keep(&links.collect::<Vec<_>>()).await?;
        }
        Ok(linked)
    }

    /// Wants everything here that only the shop has and that has an SKU that no product and no other
    /// listing has: what looks like one that is here waits for a person.
    async fn want_here(&self) -> Result<i64> {
        let (mut after, mut wanted) = (0, 0);
        while let Some((page, last)) = self.unmatched(after).await? {
            after = last;
            let skus: Vec<&str> = page
                .iter()
                .filter_map(|listing| Key::Sku.of_listing(listing))
                .collect();
            let there = self.store.count_by_sku(self.shop.id, &skus).await?;
            let found = self.store.find_by_codes(PRODUCT, &skus).await?;
            let here: HashSet<&str> = found.iter().map(Record::code).collect();
            let is_new = |listing: &&UnmatchedListing| match Key::Sku.of_listing(listing) {
                Some(sku) => there.get(sku) == Some(&1) && !here.contains(sku),
                None => listing.is_parent,
            };
            let links: Vec<Linking> = page
                .iter()
                .filter(is_new)
                .map(|listing| Linking {
                    listing: listing.id,
                    link: LinkState::WantedHere,
                    record: None,
                })
                .collect();
            wanted += self.keep(&links).await?;
        }
        Ok(wanted)
    }
}

/// The one parent of the products that the variants of a listing are linked with.
fn only_parent(
    listing: &UnmatchedListing,
    parents: &HashMap<String, HashSet<Option<RecordId>>>,
) -> Option<RecordId> {
    let names = listing.names();
    let keys = names.iter().map(|name| parent_key(Some(name)));
    let found: HashSet<Option<RecordId>> = keys
        .filter_map(|key| parents.get(&key))
        .flatten()
        .copied()
        .collect();
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(only), None) => only,
        _ => None,
    }
}

/// Wants everything in the shop that only we have: products that are active and not in the trash. Gives how
/// many.
pub async fn want_new_there(progress: &Progress, store: &Store, shop: &Shop) -> Result<u64> {
    progress.step("Looking for new products", 0);
    let (mut after, mut wanted) = (RecordId::from(Uuid::nil()), 0);
    loop {
        progress.check()?;
        let missing = store.unlisted(shop.id, after, PAGE).await?;
        let Some(last) = missing.last() else {
            return Ok(wanted);
        };
        after = *last;
        wanted += store.want_there(shop.id, &missing).await?;
    }
}
