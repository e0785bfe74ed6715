//! Stock: what is on hand here against what the shop is told, compared with what was told last. The shop is
//! read directly before, so that a plan shows what is there, and written only where it still is.

use std::collections::HashMap;

use channels::channel::{Channel, ItemRef, StockThere};
use domain::catalog::product::{PRODUCT, STOCK};
use domain::channel::{Both, Listing, Owner, ShopItem};
use domain::error::Result;
use domain::plan::{Change, FieldConflict, Operation, Outcome, PlannedRecord};
use domain::record::{Record, Value};
use domain::values::RecordId;
use store::{SettledListing, StagedRecord, Store, WhichListings};

use super::fetch::while_wanted;
use super::parcel::item_ref;
use super::planned::{STOCK_PHASE, elsewhere, staged};
use super::shop::Shop;
use crate::jobs::plan_rows::{CHILDREN, PARENTS};
use crate::jobs::registry::Progress;

/// Listings that are looked at together.
const PAGE: i64 = 2_000;

/// Items whose stock is asked for together.
const TOGETHER: usize = 250;

/// A listing whose stock may be out of step.
pub(super) struct Counted {
    pub(super) listing: Listing,
    pub(super) item: ShopItem,
    pub(super) record: Record,
    /// What the shop is to be told.
    pub(super) target: i64,
}

impl Counted {
    /// What is on hand here.
    pub(super) fn on_hand(&self) -> i64 {
        self.record
            .fields
            .get(STOCK)
            .as_number()
            .unwrap_or_default()
    }

    /// What both sides agree on when the shop holds `there`.
    pub(super) fn both(&self, there: i64) -> Both {
        Both {
            ours: Value::Number(self.on_hand()),
            theirs: Value::Number(there),
        }
    }

    /// What the shop was told last.
    fn told(&self) -> Option<i64> {
        self.listing.agreed.get(&STOCK)?.theirs.as_number()
    }

    /// What was on hand here then.
    fn was_on_hand(&self) -> Option<i64> {
        self.listing.agreed.get(&STOCK)?.ours.as_number()
    }
}

/// What is planned of stock, and what both sides turn out to agree on.
#[derive(Default)]
pub(super) struct StockPlan {
    pub(super) staged: Vec<StagedRecord>,
    pub(super) settled: Vec<SettledListing>,
    /// Behind which place it goes on.
    pub(super) after: i64,
}

/// Whether the stock of a channel is kept in step.
pub(super) fn keeps_stock(shop: &Shop) -> bool {
    shop.stock_owner() != Owner::Nobody && !shop.place().is_empty()
}

/// Plans the stock of a page of what is linked; none at the end.
pub(super) async fn plan_stock(
    progress: &Progress,
    store: &Store,
    (shop, channel): (&Shop, &dyn Channel),
    after: i64,
) -> Result<Option<StockPlan>> {
    progress.check()?;
    let page = store
        .listings_after(shop.id, WhichListings::Linked, (after, PAGE))
        .await?;
    let Some(last) = page.last() else {
        return Ok(None);
    };
    let mut plan = StockPlan {
        after: last.place,
        ..StockPlan::default()
    };
    let owner = shop.stock_owner();
    let listings = page.into_iter().map(|listed| listed.listing).collect();
    let mut counted = counted(store, shop, listings).await?;
    // What did not change here needs no asking where we have the last word.
    counted.retain(|one| owner != Owner::We || one.told() != Some(one.target));
    for part in counted.chunks(TOGETHER) {
        let refs: Vec<ItemRef> = part.iter().map(|one| item_ref(&one.item)).collect();
        let there = channel.read_stock(shop.place(), &refs);
        let there = while_wanted(progress, there).await??;
        for (one, there) in part.iter().zip(there) {
            plan_one(owner, one, there, &mut plan);
        }
    }
    Ok(Some(plan))
}

/// The listings that have stock of their own, with what the shop is to be told.
pub(super) async fn counted(
    store: &Store,
    shop: &Shop,
    listings: Vec<Listing>,
) -> Result<Vec<Counted>> {
    let ids: Vec<RecordId> = listings
        .iter()
        .filter_map(|listing| listing.record)
        .collect();
    let children = store.children(PRODUCT, &ids).await?;
    let found = store.get_many(PRODUCT, &ids).await?.into_iter();
    let mut records: HashMap<RecordId, Record> = found.map(|record| (record.id, record)).collect();
    let mut counted = Vec::new();
    for listing in listings {
        let record = listing.record.and_then(|id| records.remove(&id));
        let (Some(record), Some(item)) = (record, listing.item.clone()) else {
            continue;
        };
        let is_parent = children.get(&record.id).is_some_and(|of| of.live > 0);
        if listing.gone || item.is_parent || is_parent || record.trashed {
            continue;
        }
        let on_hand = record.fields.get(STOCK).as_number().unwrap_or_default();
        counted.push(Counted {
            target: shop.told_of(on_hand),
            listing,
            item,
            record,
        });
    }
    Ok(counted)
}

fn plan_one(owner: Owner, one: &Counted, there: StockThere, plan: &mut StockPlan) {
    let there = match there {
        StockThere::Counted(there) => Some(there),
        StockThere::NotKept => None,
        // What the shop does not count is left alone.
        StockThere::Untracked | StockThere::Gone => return,
    };
    if there == Some(one.target) {
        if one.told() != there || one.was_on_hand() != Some(one.on_hand()) {
            plan.settled.push(SettledListing {
                agreed: [(STOCK, one.both(one.target))].into(),
                ..SettledListing::of(one.listing.id)
            });
        }
        return;
    }
    if there.is_none() && one.target == 0 {
        return;
    }
    let ours_changed = one.was_on_hand().is_none_or(|was| was != one.on_hand());
    let theirs_changed = one.told() != there;
    let staged = match (owner, there) {
        // Nothing was ever counted here: what the shop has is where it begins.
        (Owner::We | Owner::Ask, Some(there)) if one.told().is_none() && one.on_hand() == 0 => {
            pulled(one, there)
        }
        (Owner::We, _) => pushed(one, there),
        (Owner::They, Some(there)) => pulled(one, there),
        (Owner::Ask, _) if ours_changed && !theirs_changed => pushed(one, there),
        (Owner::Ask, Some(there)) if !ours_changed => pulled(one, there),
        (Owner::Ask, Some(there)) => disputed(one, there),
        _ => return,
    };
    plan.staged.push(staged);
}

fn blank(one: &Counted, outcome: Outcome) -> PlannedRecord {
    PlannedRecord {
        operation: Some(Operation::Update),
        record_id: Some(one.record.id),
        expected_version: one.record.version,
        code: one.record.code().to_owned(),
        title: one.record.title().to_owned(),
        ..PlannedRecord::new(PRODUCT, outcome)
    }
}

fn here(one: &Counted, record: PlannedRecord) -> StagedRecord {
    let phase = match one.record.parent() {
        Some(_) => CHILDREN,
        None => PARENTS,
    };
    staged(phase, record)
}

fn pulled(one: &Counted, there: i64) -> StagedRecord {
    let change = Change {
        field: STOCK,
        old: Value::Number(one.on_hand()),
        new: Value::Number(there),
    };
    let record = PlannedRecord {
        changes: vec![change],
        ..blank(one, Outcome::Update)
    };
    here(one, record)
}

fn pushed(one: &Counted, there: Option<i64>) -> StagedRecord {
    let change = Change {
        field: STOCK,
        old: there.map_or(Value::Empty, Value::Number),
        new: Value::Number(one.target),
    };
    let record = PlannedRecord {
        record_id: Some(one.listing.id),
        changes: vec![change],
        ..blank(one, Outcome::Update)
    };
    StagedRecord {
        phase: STOCK_PHASE,
        ..elsewhere(record)
    }
}

fn disputed(one: &Counted, there: i64) -> StagedRecord {
    let conflict = FieldConflict {
        field: STOCK,
        base: one.was_on_hand().map_or(Value::Empty, Value::Number),
        current: Value::Number(one.on_hand()),
        proposed: Value::Number(there),
    };
    let record = PlannedRecord {
        conflicts: vec![conflict],
        ..blank(one, Outcome::Conflict)
    };
    here(one, record)
}
