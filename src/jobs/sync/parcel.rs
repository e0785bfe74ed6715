//! One record on its way to the shop: what is sent, and whether it still is what was planned.

use std::collections::BTreeMap;

use channels::channel::{ItemRef, ItemUpdate};
use domain::channel::{
    Agreed, Both, Listing, Pending, Push, ShopField, ShopItem, from_shop, product_field, to_shop,
};
use domain::plan::{Change, PlannedRecord};
use domain::record::{Field, Schema, Value};
use domain::values::BatchId;
use store::StagedRecord;
use uuid::Uuid;

use super::planned::Pair;
use super::recover::links;
use super::sending::Sending;
use super::shop::Shop;

/// A record that is about to be sent.
pub(super) struct Parcel {
    pub(super) staged: Option<StagedRecord>,
    pub(super) listing: Listing,
    pub(super) item: ShopItem,
    pub(super) pending: Pending,
    pub(super) links: Vec<(Field, ShopField)>,
}

impl Parcel {
    /// What these pushes send.
    pub(super) fn new(
        batch: BatchId,
        staged: Option<StagedRecord>,
        (mut listing, mut item): (Listing, ShopItem),
        (pushes, version): (Vec<Push>, i64),
    ) -> Self {
        // Thousands wait together: what is neither sent nor compared is not kept for so long.
        item.values
            .retain(|field, _| pushes.iter().any(|push| push.field == *field));
        (listing.item, listing.agreed) = (None, Agreed::new());
        listing.own.clear();
        let links = pushes
            .iter()
            .map(|push| (push.change.field, push.field.clone()))
            .collect();
        let mut pending = Pending {
            batch,
            key: Uuid::now_v7(),
            changes: Vec::new(),
            send: BTreeMap::new(),
            agreed: BTreeMap::new(),
            version,
        };
        for push in pushes {
            pending.agreed.insert(push.change.field, push.agreed);
            pending.send.insert(push.field, push.send);
            pending.changes.push(push.change);
        }
        Self {
            staged,
            listing,
            item,
            pending,
            links,
        }
    }

    /// What was kept of a listing before it was sent; none where it is not on its way any more.
    pub(super) fn kept(to: &Sending, staged: &StagedRecord, mut listing: Listing) -> Option<Self> {
        let (pending, item) = (listing.pending.take()?, listing.item.take()?);
        let links = links(to, &pending);
        Some(Self {
            staged: Some(staged.clone()),
            listing,
            item,
            pending,
            links,
        })
    }

    /// As the channel is asked for it.
    pub(super) fn update(&self) -> ItemUpdate {
        ItemUpdate {
            item: item_ref(&self.item),
            values: self.pending.send.clone(),
            seen: self.item.values.clone(),
        }
    }

    /// Whether the shop holds what is to be sent.
    pub(super) fn is_there(&self, fresh: &ShopItem) -> bool {
        let mut sent = self.pending.send.iter();
        sent.all(|(field, value)| fresh.values.get(field) == Some(value))
    }

    /// Whether the shop holds something else than what was planned against.
    pub(super) fn moved(&self, fresh: &ShopItem) -> bool {
        let mut fields = self.pending.send.keys();
        fields.any(|field| fresh.values.get(field) != self.item.values.get(field))
    }
}

/// What is known of an item, to address it.
pub(super) fn item_ref(item: &ShopItem) -> ItemRef {
    ItemRef {
        remote_id: item.remote_id.clone(),
        sku: item.sku.clone(),
        handles: item.handles.clone(),
    }
}

/// The pushes of a planned record, when each is still as it was planned.
pub(super) fn as_planned(record: &PlannedRecord, pushes: Vec<Push>) -> Option<Vec<Push>> {
    let mut wanted = Vec::new();
    for change in &record.changes {
        let field = product_field(change.field);
        let found = pushes.iter().find(|push| {
            push.change.field == field
                && push.change.new == change.new
                && push.change.old == change.old
        });
        wanted.push(found?.clone());
    }
    Some(wanted)
}

/// Whether the shop holds what the plan says already, and both sides know it: it was sent before the program
/// was stopped.
pub(super) fn is_done(
    schema: &Schema,
    pair: &Pair<'_>,
    shop: &Shop,
    record: &PlannedRecord,
) -> bool {
    let holds = |change: &Change| {
        let ours = product_field(change.field);
        let field = shop.fields.iter().find(|field| field.link.ours == ours)?;
        let there = pair.item.values.get(&field.link.theirs)?;
        let agreed = pair.listing.agreed.get(&ours)?;
        let sent = to_shop(schema.view(ours), &change.new, &field.theirs).ok()?;
        Some(agreed.theirs == *there && (sent == *there || agreed.ours == change.new))
    };
    let mut changes = record.changes.iter();
    changes.all(|change| holds(change) == Some(true))
}

/// What takes back what was sent before. Our product stays as it is: from then on both sides are agreed to
/// differ, until one of them changes. What was typed here since it was sent was no part of that and is still to
/// be sent.
pub(super) fn taken_back(
    schema: &Schema,
    pair: &Pair<'_>,
    shop: &Shop,
    record: &PlannedRecord,
) -> Option<Vec<Push>> {
    let mut wanted = Vec::new();
    for change in &record.changes {
        let ours = product_field(change.field);
        let field = shop.fields.iter().find(|field| field.link.ours == ours)?;
        let view = schema.view(ours);
        let there = pair.item.values.get(&field.link.theirs)?;
        if from_shop(view, there, &field.theirs).as_ref() != Ok(&change.old) {
            return None;
        }
        let send = to_shop(view, &change.new, &field.theirs).ok()?;
        let own = pair.listing.own.get(&ours);
        let here = own.unwrap_or_else(|| pair.record.fields.get(ours));
        let sent = pair.listing.agreed.get(&ours).map(|both| &both.ours);
        wanted.push(Push {
            change: Change {
                field: ours,
                ..change.clone()
            },
            field: field.link.theirs.clone(),
            agreed: Both::on(sent.unwrap_or(here).clone(), send.clone()),
            send,
        });
    }
    Some(wanted)
}

/// What the shop says of a field is known from now on: what is here is the newer one.
pub(super) fn acknowledge(shop: &Shop, listing: &mut Listing, ours: Field, base: &Value) {
    let mut fields = shop.fields.iter();
    let linked = fields.find(|field| field.link.ours == ours);
    let theirs = linked.and_then(|field| {
        let item = listing.item.as_ref()?;
        item.values.get(&field.link.theirs).cloned()
    });
    if let Some(theirs) = theirs {
        let both = Both::on(base.clone(), theirs);
        listing.agreed.insert(ours, both);
    }
}
