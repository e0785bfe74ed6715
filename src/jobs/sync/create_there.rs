//! Creates products in the shop: each family together, each once. What is about to be created is kept before
//! it is asked for, and looked for before it is asked for again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use channels::channel::{Created, NewFamily, NewItem};
use channels::failure::{Failure, FailureKind};
use domain::catalog::product::{PRODUCT, STOCK};
use domain::channel::{
    Agreed, Both, ItemRole, LinkState, Listing, Owner, Pending, ShopFieldDef, ShopItem,
};
use domain::error::Result;
use domain::plan::Operation;
use domain::record::{FieldKind, Record, Value};
use domain::values::{BatchId, RecordId};
use store::{Dirt, ListingEntry, SettledListing, StagedRecord, Store};
use uuid::Uuid;

use super::arrived::on_its_way;
use super::fetch::while_wanted;
use super::new_there::{new_values, role_of};
use super::parcel::item_ref;
use super::planned::listing_of;
use super::sending::{Sending, SendingRun};
use super::shop::{Shop, role};
use crate::jobs::registry::Progress;

/// A product on its way into the shop.
struct NewListing {
    staged: Option<StagedRecord>,
    listing: Listing,
    record: Record,
    role: ItemRole,
    pending: Pending,
}

/// A product with variants, or some variants for one that is there, or a product alone.
struct Family {
    into: Option<ShopItem>,
    members: Vec<NewListing>,
}

impl Family {
    fn request(&self, shop: &Shop) -> NewFamily {
        let item = |member: &NewListing| NewItem {
            key: member.pending.key,
            sku: member.record.code().to_owned(),
            values: member.pending.send.clone(),
            stock: first_stock(shop, member),
        };
        let is_variant = |member: &&NewListing| member.role == ItemRole::Variant;
        NewFamily {
            product: self
                .members
                .iter()
                .find(|member| !is_variant(member))
                .map(item),
            into: self.into.as_ref().map(item_ref),
            variants: self.members.iter().filter(is_variant).map(item).collect(),
        }
    }
}

/// How many the shop is told of from the beginning, so that it counts them.
fn first_stock(shop: &Shop, member: &NewListing) -> Option<(String, i64)> {
    let is_kept = shop.stock_owner() != Owner::Nobody && !shop.place().is_empty();
    let on_hand = member.record.fields.get(STOCK).as_number();
    let on_hand = on_hand.filter(|_| is_kept && member.role != ItemRole::Parent)?;
    Some((shop.place().to_owned(), shop.stock_rule().told(on_hand)))
}

impl SendingRun<'_> {
    /// Creates what a plan says.
    pub(super) async fn create(&mut self, staged: Vec<StagedRecord>) -> Result<()> {
        if staged.is_empty() {
            return Ok(());
        }
        let ids: Vec<RecordId> = staged
            .iter()
            .filter_map(|staged| listing_of(&staged.record))
            .collect();
        let mut listings: HashMap<RecordId, Listing> = self
            .store
            .listings(&ids)
            .await?
            .into_iter()
            .map(|listing| (listing.id, listing))
            .collect();
        let mut wanted = Vec::new();
        let mut held = Vec::new();
        for staged in staged {
            match listing_of(&staged.record).and_then(|id| listings.remove(&id)) {
                Some(listing) if listing.item.is_none() => wanted.push((Some(staged), listing)),
                // It was created before the program was stopped.
                Some(listing) if listing.link == LinkState::Linked => self.count_done(&staged),
                _ => held.push(staged),
            }
        }
        self.hold_back(held).await?;
        // The key of a listing is always the same: what two desktops create at the same time is created once.
        let key = |listing: &Listing| listing.id.uuid();
        let (families, moved) = families((self.store, self.to), self.batch, wanted, key).await?;
        self.hold_back(moved).await?;
        self.ask_for(families).await
    }

    async fn ask_for(&mut self, families: Vec<Family>) -> Result<()> {
        let members = families.iter().flat_map(|family| &family.members);
        let kept: Vec<SettledListing> = members
            .map(|member| on_its_way(&member.listing, member.pending.clone()))
            .collect();
        self.store.settle_listings(None, &kept).await?;
        let requests: Vec<NewFamily> = families
            .iter()
            .map(|family| family.request(&self.to.shop))
            .collect();
        let channel = Arc::clone(&self.to.channel);
        let answers = while_wanted(self.progress, channel.create(&requests)).await?;
        for ((family, request), answer) in families.into_iter().zip(requests).zip(answers) {
            let answer = match answer {
                Err(failure) if failure.kind == FailureKind::Lost => {
                    let found = while_wanted(self.progress, channel.find_created(&request)).await?;
                    match found {
                        Ok(Some(created)) => Ok(created),
                        Ok(None) => Err(Failure {
                            kind: FailureKind::Later,
                            ..failure
                        }),
                        Err(_) => Err(failure),
                    }
                }
                answer => answer,
            };
            self.keep_created(family, answer).await?;
        }
        Ok(())
    }

    async fn keep_created(
        &mut self,
        family: Family,
        answer: Result<Created, Failure>,
    ) -> Result<()> {
        let (mut items, mut failures): (HashMap<Uuid, ShopItem>, HashMap<Uuid, Failure>) =
            Default::default();
        let mut whole = None;
        match answer {
            Ok(created) => {
                items.extend(created.items);
                failures.extend(created.failed);
            }
            Err(failure) => whole = Some(failure),
        }
        let mut settled = Vec::new();
        for member in family.members {
            if let Some(item) = items.remove(&member.pending.key) {
                let (shop, listing) = (&self.to.shop, &member.listing);
                settled.push(created(
                    shop,
                    (listing, &member.record),
                    &member.pending,
                    item,
                ));
                if let Some(staged) = &member.staged {
                    self.count_done(staged);
                }
                continue;
            }
            let missing = || {
                let message = "The shop did not say that it was created.";
                Failure::new(FailureKind::Lost, message)
            };
            let failure = failures
                .remove(&member.pending.key)
                .or_else(|| whole.clone());
            let failure = failure.unwrap_or_else(missing);
            settled.push(
                self.failed((&member.listing, None), member.staged, &failure)
                    .await?,
            );
        }
        self.store.settle_listings(Some(self.batch), &settled).await
    }
}

/// Groups products by their family, each with what it shall hold; gives those apart that changed since they
/// were planned.
async fn families(
    (store, to): (&Store, &Sending),
    batch: BatchId,
    wanted: Vec<(Option<StagedRecord>, Listing)>,
    key: impl Fn(&Listing) -> Uuid,
) -> Result<(Vec<Family>, Vec<StagedRecord>)> {
    let ids: Vec<RecordId> = wanted
        .iter()
        .filter_map(|(_, listing)| listing.record)
        .collect();
    let found = store.get_many(PRODUCT, &ids).await?.into_iter();
    let mut records: HashMap<RecordId, Record> = found.map(|record| (record.id, record)).collect();
    let children = store.children(PRODUCT, &ids).await?;
    let parents: Vec<RecordId> = records.values().filter_map(Record::parent).collect();
    let there = store.listings_of(&parents, Some(to.shop.id)).await?;
    let mut there: HashMap<RecordId, ShopItem> = there
        .into_iter()
        .filter_map(|listing| Some((listing.record?, listing.item?)))
        .collect();
    let schema = store.schema();
    let mut grouped: BTreeMap<RecordId, Vec<NewListing>> = BTreeMap::new();
    let mut moved = Vec::new();
    for (staged, listing) in wanted {
        let record = listing.record.and_then(|id| records.remove(&id));
        // What was on its way is looked for whatever became of it here.
        let as_planned = record.filter(|record| {
            let planned = staged.as_ref().map(|staged| staged.record.expected_version);
            planned.is_none_or(|version| version == record.version && !record.trashed)
        });
        let Some(record) = as_planned else {
            moved.extend(staged);
            continue;
        };
        let has_variants = children.get(&record.id).is_some_and(|of| of.live > 0);
        let role = role_of(&record, has_variants);
        let new = new_values(&schema, &to.shop, (&record, &listing), role);
        let pending = Pending {
            batch,
            key: key(&listing),
            changes: new.changes,
            send: new.send,
            agreed: Agreed::new(),
            version: record.version,
        };
        let family = record.parent().unwrap_or(record.id);
        grouped.entry(family).or_default().push(NewListing {
            staged,
            listing,
            record,
            role,
            pending,
        });
    }
    let families = grouped.into_iter().map(|(parent, members)| Family {
        into: there.remove(&parent),
        members,
    });
    Ok((families.collect(), moved))
}

/// Whether a merchant edited what was sent before it was read again. Prose and pictures are not told from what the
/// shop makes of them.
fn is_edited(field: &ShopFieldDef, sent: &Value, theirs: &Value) -> bool {
    let is_kept_as_sent = matches!(
        field.kind,
        FieldKind::Money
            | FieldKind::Decimal
            | FieldKind::Integer
            | FieldKind::Date
            | FieldKind::Flag
    );
    match (sent, theirs) {
        (Value::Text(sent), Value::Text(theirs)) if field.kind == FieldKind::Text => {
            sent.trim() != theirs.trim()
        }
        (sent, theirs) => is_kept_as_sent && sent != theirs,
    }
}

/// A product that is in the shop now.
fn created(
    shop: &Shop,
    (listing, record): (&Listing, &Record),
    pending: &Pending,
    item: ShopItem,
) -> SettledListing {
    let mut agreed = Agreed::new();
    for field in &shop.fields {
        let ours = field.link.ours;
        let Some(theirs) = item.values.get(&field.link.theirs) else {
            continue;
        };
        let own = listing.own.get(&ours);
        let now = own.unwrap_or_else(|| record.fields.get(ours));
        let mut sent = pending.changes.iter();
        let could_be_sent = role(&item).has(field.theirs.level) && field.theirs.writable;
        // It may have been edited since it was sent. What the shop made of what was not sent is where both begin.
        let ours_then = match sent.find(|change| change.field == ours) {
            Some(change) => change.new.clone(),
            None if could_be_sent && !now.is_empty() => Value::Empty,
            None => now.clone(),
        };
        let sent = pending.send.get(&field.link.theirs);
        let theirs_then = sent.filter(|sent| is_edited(&field.theirs, sent, theirs));
        let both = Both::on(ours_then, theirs_then.unwrap_or(theirs).clone());
        agreed.insert(ours, both);
    }
    SettledListing {
        link: Some((LinkState::Linked, listing.record)),
        item: Some(item),
        agreed,
        dirty: Some(Dirt::Open),
        pending: Some(None),
        problem: Some(None),
        entry: Some(ListingEntry {
            operation: Operation::Create,
            changes: pending.changes.clone(),
            version: pending.version,
        }),
        ..SettledListing::of(listing.id)
    }
}

/// Looks for what was being created when the program died. What is not there is wanted as before.
pub(super) async fn recover_created(
    progress: &Progress,
    (store, to): (&Store, &Sending),
    batch: BatchId,
    listings: Vec<Listing>,
) -> Result<()> {
    if listings.is_empty() {
        return Ok(());
    }
    let keys: HashMap<RecordId, Uuid> = listings
        .iter()
        .filter_map(|listing| Some((listing.id, listing.pending.as_ref()?.key)))
        .collect();
    let unasked = listings
        .iter()
        .map(|listing| listing.id)
        .collect::<Vec<_>>();
    let key = |listing: &Listing| keys.get(&listing.id).copied().unwrap_or_else(Uuid::now_v7);
    let wanted = listings
        .into_iter()
        .map(|listing| (None, listing))
        .collect();
    let (families, _) = families((store, to), batch, wanted, key).await?;
    let mut settled = Vec::new();
    let mut found = Vec::new();
    for family in families {
        let channel = Arc::clone(&to.channel);
        let request = family.request(&to.shop);
        let left = while_wanted(progress, channel.find_created(&request)).await??;
        let mut items: HashMap<Uuid, ShopItem> =
            left.map_or_else(HashMap::new, |created| created.items.into_iter().collect());
        for member in family.members {
            if let Some(item) = items.remove(&member.pending.key) {
                found.push(member.listing.id);
                let pair = (&member.listing, &member.record);
                // What was sent then, and not what would be sent now.
                let sent = member.listing.pending.as_ref();
                let sent = sent.unwrap_or(&member.pending);
                settled.push(created(&to.shop, pair, sent, item));
            }
        }
    }
    let gone = unasked.into_iter().filter(|id| !found.contains(id));
    settled.extend(gone.map(|id| SettledListing {
        pending: Some(None),
        ..SettledListing::of(id)
    }));
    store.settle_listings(Some(batch), &settled).await
}
