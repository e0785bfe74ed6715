//! What every platform can do, in words that know none of them.
//!
//! Nothing is retried here that may have been done: a lost answer is [`FailureKind::Lost`], and the
//! caller, who kept what it was about to send, reads before it repeats. What was surely not done (no
//! connection, throttled before it ran) is waited for and repeated within bounds, and is
//! [`FailureKind::Later`] after that. Every call can be dropped at any moment.

use std::time::Duration;

use async_trait::async_trait;
use domain::channel::{Platform, ShopFieldDef, ShopItem, ShopValues};
use domain::values::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[cfg(doc)]
use crate::failure::FailureKind;
use crate::failure::{Answered, Failure};

/// A shop that is connected.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Its platform.
    fn platform(&self) -> Platform;

    /// Whether the account opens the shop, and what the shop says of itself. What is missing is told one
    /// by one in [`ShopCheck::problems`]; an error only where nothing could be asked.
    async fn check(&self) -> Answered<ShopCheck>;

    /// The fields that its items have, those that the merchant made included.
    async fn fields(&self) -> Answered<Vec<ShopFieldDef>>;

    /// Some items. Of each family all that the reading has come together, parents before their variants;
    /// in a reading of what may have changed, members can be missing that did not and whose parent did
    /// not. Without a cursor the reading begins; it is over when the page has none. Items may come twice, with the same or newer
    /// values.
    async fn page(&self, what: &Reading, cursor: Option<&Cursor>) -> Answered<Page>;

    /// How these items are now, in the order in which they were asked for; none where one is gone. What
    /// cannot be told apart from gone for certain is an error. A parent comes without its variants.
    async fn read(&self, items: &[ItemRef]) -> Answered<Vec<Option<ShopItem>>>;

    /// How many items are best read together: more cost memory and save nothing.
    fn reads_at_once(&self) -> usize {
        500
    }

    /// Changes fields of items that are there, only those that are named. One result for each, in their
    /// order. Items of one product are written together where the platform can, so that a failure of one
    /// may be the failure of its siblings; it is said of each. Any number may be given: many of them go
    /// by the platform's way for many.
    async fn update(&self, updates: &[ItemUpdate]) -> Vec<Answered<Written>>;

    /// Takes very many updates to send them together, when so many are worth it: their number costs neither
    /// memory nor, beyond some, requests.
    fn bulk_update(&self, updates: usize) -> Option<Box<dyn BulkUpdate + '_>> {
        let _ = updates;
        None
    }

    /// Creates products with their variants, or variants of products that are there. One result for
    /// each, in their order. A key that was used before creates nothing twice where the platform keeps
    /// keys; where it does not, ask [`Channel::find_created`] after an answer was lost.
    async fn create(&self, families: &[NewFamily]) -> Vec<Answered<Created>>;

    /// What an attempt to create a family left in the shop, found by the keys and exact SKUs of its items;
    /// none when it left nothing.
    async fn find_created(&self, family: &NewFamily) -> Answered<Option<Created>>;

    /// How many of each there are in a place, in the order in which they were asked for.
    async fn read_stock(&self, place: &str, items: &[ItemRef]) -> Answered<Vec<StockThere>>;

    /// Sets how many there are in a place, only where there are still as many as were seen. One result
    /// for each, in their order.
    async fn set_stock(&self, place: &str, changes: &[StockChange]) -> Vec<Answered<StockSet>>;
}

/// Updates that are gathered, and then sent together.
#[async_trait]
pub trait BulkUpdate: Send {
    /// Takes some more. Nothing is sent yet.
    async fn add(&mut self, updates: &[ItemUpdate]);

    /// Sends all of them when it is asked first. What became of some, each named by its number among all
    /// that were taken, from 0; none when everything was told, each once. Nothing is added after it.
    async fn next(&mut self) -> Option<Vec<(usize, Answered<Written>)>>;
}

/// What a shop says of itself, and whether the account will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShopCheck {
    /// The name of the shop for people; empty when it does not say.
    pub name: String,
    /// Its currency, as ISO 4217 has it; empty when it does not say.
    pub currency: String,
    /// Its time zone, as the IANA has it: `Australia/Sydney`; empty when it does not say.
    pub time_zone: String,
    /// Where stock lies: locations or warehouses.
    pub places: Vec<Place>,
    /// What keeps the account from working, or some of it, one sentence each with what to do.
    pub problems: Vec<CheckProblem>,
}

/// Where stock lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id in the shop.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is in use.
    pub active: bool,
    /// Whether it is the one that most things are in, as far as the shop says.
    pub primary: bool,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckProblem {
    /// What is wrong, as one sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Whether products can be synced all the same.
    pub is_fatal: bool,
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Only what may have changed since then; without, everything. Overlap is the caller's: nothing is
    /// taken off here.
    pub since: Option<Timestamp>,
}

/// Where a reading goes on. Text that only the platform understands; it outlives the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// A part of a reading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The items; may be none although there are more.
    pub items: Vec<ShopItem>,
    /// Where it goes on; none at the end.
    pub next: Option<Cursor>,
    /// How long to wait before going on: the shop is preparing.
    pub wait: Option<Duration>,
    /// How many items there will be altogether, when that is known.
    pub total: Option<u64>,
    /// The time in the shop when the reading began, for the next [`Reading::since`]; in the first page at
    /// the latest by the last.
    pub as_of: Option<Timestamp>,
}

/// An item that is there, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRef {
    /// Its id.
    pub remote_id: String,
    /// Its SKU, where the platform writes by it.
    pub sku: String,
    /// The other ids that came with it.
    pub handles: std::collections::BTreeMap<String, String>,
}

/// What is to be changed of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemUpdate {
    /// Which.
    pub item: ItemRef,
    /// The fields to change.
    pub values: ShopValues,
    /// What was there when it was decided, for those fields at least.
    pub seen: ShopValues,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    /// What the changed fields hold now, as far as the shop said it: it may round or tidy. Those that it
    /// did not say hold what was sent.
    pub values: ShopValues,
    /// When it was changed, as the shop says.
    pub updated_at: Option<Timestamp>,
    /// What the shop did not do as asked, without failing.
    pub warnings: Vec<String>,
    /// What the platform calls the request.
    pub request_id: Option<String>,
}

/// A product to create with its variants, or variants for a product that is there.
#[derive(Debug, Clone, PartialEq)]
pub struct NewFamily {
    /// The product to create; none when variants come to `into`.
    pub product: Option<NewItem>,
    /// The product that is there already.
    pub into: Option<ItemRef>,
    /// The variants, in their order; none of a product without.
    pub variants: Vec<NewItem>,
}

/// An item to create.
#[derive(Debug, Clone, PartialEq)]
pub struct NewItem {
    /// What it is known by before the shop gave it an id. It is kept before the first attempt.
    pub key: Uuid,
    /// Its SKU.
    pub sku: String,
    /// What it shall hold, its options included.
    pub values: ShopValues,
    /// How many there are in which place, when that is to be said at once.
    pub stock: Option<(String, i64)>,
}

/// What was created.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// By the keys of what was asked for.
    pub items: Vec<(Uuid, ShopItem)>,
    /// Of the variants, those that were not created, and why.
    pub failed: Vec<(Uuid, Failure)>,
    /// What the shop did not do as asked, without failing.
    pub warnings: Vec<String>,
    /// What the platform calls the request.
    pub request_id: Option<String>,
}

/// How many there are of an item in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockThere {
    /// So many.
    Counted(i64),
    /// It is not kept in that place yet.
    NotKept,
    /// The shop does not count it.
    Untracked,
    /// The item is gone.
    Gone,
}

/// How many there shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct StockChange {
    /// What the attempt is known by: kept before it is made, and the same when it is repeated.
    pub key: Uuid,
    /// Of what.
    pub item: ItemRef,
    /// How many were seen; none where it was not kept in that place.
    pub from: Option<i64>,
    /// How many there shall be.
    pub to: i64,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockSet {
    /// There are so many now.
    Set(i64),
    /// The shop does not count it: nothing was done.
    Untracked,
}
