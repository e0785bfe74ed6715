//! Stock: what is on hand here against what the shop is told, compared with what was told last. The shop is
//! read directly before, so that a plan shows what is there, and written only where it still is.

use std::collections::HashMap;

use channels::channel::{Channel, ItemRef, StockThere};
use domain::catalog::product::{PRODUCT, STOCK};
use domain::channel::{
    Listing, Owner, ShopItem, StockAgreed, StockSides, StockVerdict, merge_stock,
};
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
pub(super) const TOGETHER: usize = 250;

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

    /// Whether the shop was told already, or is left to differ.
    fn is_as_told(&self, agreed: StockAgreed) -> bool {
        agreed.there == self.target || (agreed.differs && agreed.here == self.on_hand())
    }

    /// What both last agreed on.
    pub(super) fn agreed(&self) -> Option<StockAgreed> {
        self.listing.agreed.get(&STOCK).and_then(StockAgreed::of)
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
    let listings = page.into_iter().map(|listed| listed.listing).collect();
    let mut counted = counted(store, shop, listings).await?;
    // What did not change here needs no asking where we have the last word.
    if shop.stock_owner() == Owner::We {
        counted.retain(|one| one.agreed().is_none_or(|agreed| !one.is_as_told(agreed)));
    }
    for part in counted.chunks(TOGETHER) {
        let refs: Vec<ItemRef> = part.iter().map(|one| item_ref(&one.item)).collect();
        let there = channel.read_stock(shop.place(), &refs);
        let there = while_wanted(progress, there).await??;
        for (one, there) in part.iter().zip(there) {
            plan_one(shop, one, there, &mut plan);
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
            target: shop.stock_rule().told(on_hand),
            listing,
            item,
            record,
        });
    }
    Ok(counted)
}

fn plan_one(shop: &Shop, one: &Counted, there: StockThere, plan: &mut StockPlan) {
    let there = match there {
        StockThere::Counted(there) => Some(there),
        StockThere::NotKept => None,
        // What the shop does not count is left alone.
        StockThere::Untracked | StockThere::Gone => return,
    };
    let verdict = merge_stock(StockSides {
        owner: shop.stock_owner(),
        rule: shop.stock_rule(),
        here: one.on_hand(),
        there,
        agreed: one.agreed(),
    });
    match verdict {
        StockVerdict::Nothing => {}
        StockVerdict::Agreed(both) => plan.settled.push(agreed(one.listing.id, both)),
        StockVerdict::Pull(taken) => plan.staged.push(pulled(one, taken)),
        StockVerdict::Push => plan.staged.push(pushed(one, there)),
        StockVerdict::Ask { base, taken } => plan.staged.push(disputed(one, base, taken)),
    }
}

/// Both agree on the stock of a listing.
pub(super) fn agreed(listing: RecordId, both: StockAgreed) -> SettledListing {
    SettledListing {
        agreed: [(STOCK, both.both())].into(),
        ..SettledListing::of(listing)
    }
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

fn pulled(one: &Counted, taken: i64) -> StagedRecord {
    let change = Change {
        field: STOCK,
        old: Value::Number(one.on_hand()),
        new: Value::Number(taken),
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

fn disputed(one: &Counted, base: Option<i64>, taken: i64) -> StagedRecord {
    let conflict = FieldConflict {
        field: STOCK,
        base: base.map_or(Value::Empty, Value::Number),
        current: Value::Number(one.on_hand()),
        proposed: Value::Number(taken),
    };
    let record = PlannedRecord {
        conflicts: vec![conflict],
        ..blank(one, Outcome::Conflict)
    };
    here(one, record)
}
