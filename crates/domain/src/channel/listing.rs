//! Listings: what the workspace knows of one product in one shop. They are a kind of record for plans
//! and for the history: what is sent to a shop is told field by field, with the fields of products.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::shop_field::ShopField;
use super::shop_item::ShopItem;
use crate::catalog::product::{PRODUCT, STOCK};
use crate::plan::Change;
use crate::record::{Field, Kind, KindDef, KindRights, Permission, Value};
use crate::values::{BatchId, RecordId, Timestamp};

/// Listings: products as shops have them.
pub const LISTING: Kind = Kind::of(&DEF);

static DEF: KindDef = KindDef {
    key: "listing",
    label: "listing",
    plural: "listings",
    area: "listings",
    place: "in the shop",
    fields: PRODUCT.def().fields,
    sections: &[],
    code: PRODUCT.def().code,
    title: PRODUCT.def().title,
    barcode: None,
    currency: None,
    code_of: None,
    check: |_| Vec::new(),
    nesting: None,
    matching: None,
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::SyncChannels,
        purge: Permission::SyncChannels,
    },
};

/// The field of products that a field of listings is. Both have the same, in the same order.
pub fn product_field(field: Field) -> Field {
    match field {
        Field::Fixed(kind, at) if kind == LISTING => Field::Fixed(PRODUCT, at),
        other => other,
    }
}

/// How a listing stands to our products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// It is in the shop, and no user has said yet what it is here.
    Unmatched,
    /// It is a product of ours.
    Linked,
    /// It is left alone.
    Ignored,
    /// It is in the shop and shall be created here.
    WantedHere,
    /// It is a product of ours that shall be created in the shop.
    WantedThere,
}

/// A field as both sides last agreed on it. The two may differ in form: a shop rounds prices, tidies HTML
/// and gives pictures other addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    /// What was here.
    pub ours: Value,
    /// What was in the shop.
    pub theirs: Value,
    /// Whether they were left to differ when what was sent was taken back: a number that follows from another by a
    /// rule does not say so by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub differs: bool,
}

impl Both {
    /// Both are in step.
    pub fn on(ours: Value, theirs: Value) -> Self {
        Self {
            ours,
            theirs,
            differs: false,
        }
    }
}

/// What both sides last agreed on, by our fields.
pub type Agreed = BTreeMap<Field, Both>;

/// What is on its way to the shop, kept before it is sent: after a lost answer, or the death of the
/// program, the shop is read before anything is repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The batch that sends it.
    pub batch: BatchId,
    /// What the attempt is known by.
    pub key: Uuid,
    /// What it does to the fields, for the journal.
    pub changes: Vec<Change>,
    /// What is sent; nothing where the shop is told how many there are.
    pub send: BTreeMap<ShopField, Value>,
    /// What the fields will have agreed on when it arrived.
    pub agreed: Agreed,
    /// The version of our product that it is made from.
    pub version: i64,
}

impl Pending {
    /// How many the shop is told of; none where products are sent.
    pub fn stock(&self) -> Option<i64> {
        match self.changes.as_slice() {
            [change] if change.field == STOCK && self.send.is_empty() => change.new.as_number(),
            _ => None,
        }
    }

    /// Whether it is of fields alone that need a right.
    pub fn is_hidden(&self) -> bool {
        let mut changes = self.changes.iter();
        !self.changes.is_empty() && changes.all(|change| change.field.needs().is_some())
    }
}

/// Why a listing is not in step: an entry of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListingProblem {
    /// What happened, in plain words.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// When it happened last.
    pub at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// Whether it is tried again by itself.
    pub retries: bool,
    /// What the platform calls the request.
    pub request_id: Option<String>,
    /// Whether it was found before anything was sent: it goes when a plan finds it no more.
    #[serde(default)]
    #[ts(skip)]
    pub is_planned: bool,
    /// Whether it is about fields alone that need a right.
    #[serde(default)]
    #[ts(skip)]
    pub is_hidden: bool,
    /// Whether the message may repeat what such a field holds: it is the shop's own, and such fields are sent there.
    #[serde(default)]
    #[ts(skip)]
    pub may_quote: bool,
}

impl ListingProblem {
    /// As it is told to a user who may not see every field; none where it is about hidden fields alone.
    pub fn told_openly(self) -> Option<Self> {
        let message = match self.may_quote {
            true => "The shop refused what was sent.".to_owned(),
            false => self.message,
        };
        (!self.is_hidden).then_some(Self { message, ..self })
    }
}

/// What both sides of a listing changed, and no user decided on yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dispute {
    /// Nothing.
    #[default]
    None,
    /// Fields that everyone may see.
    Open,
    /// Only fields that need a right.
    Hidden,
}

/// Which fields of listings are looked at. What a user is told of *waiting* and of conflicts must not tell what
/// stands in fields that the user may not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// All.
    Whole,
    /// Those alone that everyone may see.
    Open,
}

/// What the workspace knows of one product in one shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its id.
    pub id: RecordId,
    /// The channel.
    pub channel: RecordId,
    /// How it stands to our products.
    pub link: LinkState,
    /// Our product.
    pub record: Option<RecordId>,
    /// What the shop has, as it was read last; none of what is not there yet.
    pub item: Option<ShopItem>,
    /// Whether the shop has it no more.
    pub gone: bool,
    /// What both sides last agreed on.
    pub agreed: Agreed,
    /// The version of our product at which nothing was left to do.
    pub agreed_version: i64,
    /// The same of the fields alone that everyone may see.
    pub open_version: i64,
    /// Values for this shop alone, in place of the product's.
    pub own: BTreeMap<Field, Value>,
    /// Whether the shop's side, or the rules, changed since nothing was left to do.
    pub is_dirty: bool,
    /// The same of the fields alone that everyone may see.
    pub is_open_dirty: bool,
    /// What both sides changed, and no user decided on yet.
    pub dispute: Dispute,
    /// What is on its way.
    pub pending: Option<Pending>,
    /// Why it is not in step.
    pub problem: Option<ListingProblem>,
}
