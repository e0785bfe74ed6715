//! What was sent to a shop, as records that an undo can be planned against: what the shop holds now, by our
//! fields.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::catalog::product::{NAME, PRODUCT, SKU, STOCK};
use domain::channel::{LISTING, Listing, from_shop, product_field};
use domain::error::Result;
use domain::plan::{Change, Done};
use domain::record::{Kind, Record, Schema, Value};
use domain::values::RecordId;
use store::Store;

use super::planned::{ELSEWHERE, STOCK_PHASE};
use super::shop::Shop;

/// Listings as records.
#[derive(Default)]
pub(in crate::jobs) struct SentRecords {
    shops: HashMap<RecordId, Shop>,
}

impl SentRecords {
    /// The listings with these ids as records of what the shop holds.
    pub(in crate::jobs) async fn read(
        &mut self,
        store: &Store,
        ids: &[RecordId],
    ) -> Result<Vec<Record>> {
        let listings = store.listings(ids).await?;
        for listing in &listings {
            if let Entry::Vacant(unknown) = self.shops.entry(listing.channel) {
                unknown.insert(Shop::load(store, listing.channel).await?);
            }
        }
        let schema = store.schema();
        let records = listings.iter().filter_map(|listing| {
            Some(record(&schema, self.shops.get(&listing.channel)?, listing))
        });
        Ok(records.collect())
    }

    /// The channel of these listings.
    pub(in crate::jobs) fn channel(&self) -> Option<RecordId> {
        self.shops.keys().next().copied()
    }
}

/// Whether records of a kind are kept by a shop: what was done to them is taken back there.
pub(in crate::jobs) fn is_sent(kind: Kind) -> bool {
    kind == LISTING
}

/// When what was done to a listing is taken back: stock after all else.
pub(in crate::jobs) fn phase_of(changes: &[Change]) -> i64 {
    match changes.iter().any(|change| change.field == STOCK) {
        true => STOCK_PHASE,
        false => ELSEWHERE,
    }
}

/// What was done to a listing, by the fields of products: an undo is planned and shown by those.
pub(in crate::jobs) fn by_product_fields(done: &mut Done) {
    for change in &mut done.changes {
        change.field = product_field(change.field);
    }
}

/// A listing as a record of what the shop holds, by the fields of products.
fn record(schema: &Schema, shop: &Shop, listing: &Listing) -> Record {
    let mut record = Record::blank(PRODUCT, listing.id);
    record.version = listing.agreed_version;
    let Some(item) = &listing.item else {
        return record;
    };
    for field in &shop.fields {
        let ours = field.link.ours;
        let theirs = item.values.get(&field.link.theirs);
        let value = theirs.map(|theirs| from_shop(schema.view(ours), theirs, &field.theirs));
        if let Some(Ok(value)) = value {
            record.fields.set(ours, value);
        }
    }
    let told = listing.agreed.get(&STOCK).map(|both| both.theirs.clone());
    if let Some(told @ Value::Number(_)) = told {
        record.fields.set(STOCK, told);
    }
    record.fields.set(SKU, Value::text(item.sku.as_str()));
    record.fields.set(NAME, Value::text(item.title.as_str()));
    record
}
