//! What there is in a practice Shopify.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::super::engine::Val;
use super::money::Money;
use super::orders::{Cancelling, Customer, Order};
use crate::frame::Moment;

/// What the shop says of itself.
#[derive(Debug, Clone)]
pub(crate) struct ShopFacts {
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) currency: String,
    pub(crate) time_zone: String,
    pub(crate) offset_minutes: i64,
}

/// A product.
#[derive(Debug, Clone, Default)]
pub(crate) struct Product {
    pub(crate) id: u64,
    pub(crate) handle: String,
    pub(crate) title: String,
    pub(crate) html: String,
    pub(crate) vendor: String,
    pub(crate) sort: String,
    pub(crate) tags: Vec<String>,
    /// `ACTIVE`, …
    pub(crate) status: String,
    pub(crate) category: Option<String>,
    pub(crate) seo_title: Option<String>,
    pub(crate) seo_description: Option<String>,
    pub(crate) options: Vec<ProductOption>,
    /// In the order of their positions.
    pub(crate) variants: Vec<u64>,
    pub(crate) files: Vec<u64>,
    pub(crate) metafields: Vec<Metafield>,
    pub(crate) collections: BTreeSet<u64>,
    pub(crate) published: BTreeMap<u64, Moment>,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    pub(crate) template: Option<String>,
    pub(crate) gift_card: bool,
}

/// An option of a product: `Colour`.
#[derive(Debug, Clone)]
pub(crate) struct ProductOption {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) values: Vec<OptionValue>,
}

/// A value of an option: `Red`.
#[derive(Debug, Clone)]
pub(crate) struct OptionValue {
    pub(crate) id: u64,
    pub(crate) name: String,
}

/// A variant and its inventory item.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) id: u64,
    pub(crate) item: u64,
    pub(crate) product: u64,
    pub(crate) sku: Option<String>,
    pub(crate) barcode: Option<String>,
    pub(crate) price: Money,
    pub(crate) compare_at: Option<Money>,
    pub(crate) taxable: bool,
    /// `DENY` or `CONTINUE`.
    pub(crate) policy: String,
    /// The id of one value of each option.
    pub(crate) values: Vec<u64>,
    pub(crate) updated: Moment,
    pub(crate) files: Vec<u64>,
    pub(crate) metafields: Vec<Metafield>,
    pub(crate) tracked: bool,
    pub(crate) ships: bool,
    pub(crate) cost: Option<Money>,
    pub(crate) weight: f64,
    pub(crate) weight_unit: String,
    pub(crate) origin: Option<String>,
    pub(crate) harmonized: Option<String>,
    pub(crate) item_updated: Moment,
    pub(crate) levels: Vec<Level>,
}

/// The stock of a variant at a location.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub(crate) location: u64,
    pub(crate) active: bool,
    pub(crate) available: i64,
    pub(crate) committed: i64,
    pub(crate) incoming: i64,
    pub(crate) reserved: i64,
    pub(crate) damaged: i64,
    pub(crate) safety_stock: i64,
    pub(crate) quality_control: i64,
    pub(crate) updated: Moment,
}

/// A place with stock.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) active: bool,
    pub(crate) city: String,
    pub(crate) country: String,
}

/// A value of the app's or the merchant's own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Metafield {
    pub(crate) id: u64,
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) sort: String,
    pub(crate) value: String,
    pub(crate) updated: Moment,
}

/// What kind of metafield may stand somewhere.
#[derive(Debug, Clone)]
pub(crate) struct MetafieldDefinition {
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) sort: String,
    pub(crate) unique: bool,
}

/// A group of products.
#[derive(Debug, Clone)]
pub(crate) struct Collection {
    pub(crate) title: String,
    pub(crate) handle: String,
    pub(crate) updated: Moment,
    pub(crate) published: BTreeMap<u64, Moment>,
}

/// A sales channel.
#[derive(Debug, Clone)]
pub(crate) struct Publication {
    pub(crate) title: String,
}

/// A picture.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) alt: Option<String>,
    /// What it will be when its time has come.
    pub(crate) fate: FileState,
    /// When it begins to be processed, and when it meets its fate.
    pub(crate) created: Moment,
    pub(crate) done: Moment,
}

/// How a file fares.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FileState {
    Ready,
    /// The code and what went wrong.
    Failed(&'static str, String),
}

/// Something that happened in the shop.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: u64,
    pub(crate) action: &'static str,
    pub(crate) at: Moment,
    pub(crate) kind: &'static str,
    pub(crate) subject: u64,
}

/// What was done under an idempotency key.
#[derive(Debug, Clone)]
pub(crate) struct Idempotent {
    pub(crate) asked: Value,
    pub(crate) answer: Val,
    pub(crate) failed: bool,
    pub(crate) at: Moment,
}

/// An upload that was announced.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) resource: String,
    pub(crate) post: bool,
    pub(crate) content: Option<Vec<u8>>,
}

/// A `productSet` that goes on in the background.
#[derive(Debug, Clone)]
pub(crate) struct ProductOperation {
    pub(crate) kind: &'static str,
    pub(crate) product: Option<u64>,
    pub(crate) errors: Val,
    pub(crate) done: Moment,
}

/// A bulk operation.
#[derive(Debug, Clone)]
pub(crate) struct BulkJob {
    pub(crate) id: u64,
    pub(crate) mutation: bool,
    pub(crate) query: String,
    pub(crate) state: BulkState,
    pub(crate) created: Moment,
    /// When it is found to be done.
    pub(crate) done: Moment,
    pub(crate) objects: u64,
    pub(crate) roots: u64,
    /// The result; nothing while it runs and when there are no rows.
    pub(crate) result: Option<Vec<u8>>,
    pub(crate) input: Option<String>,
}

/// How a bulk operation fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BulkState {
    Created,
    Running,
    Completed,
    Canceled,
    Failed,
}

/// The whole shop.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) facts: ShopFacts,
    pub(crate) products: BTreeMap<u64, Product>,
    pub(crate) variants: BTreeMap<u64, Variant>,
    pub(crate) locations: BTreeMap<u64, Location>,
    pub(crate) files: BTreeMap<u64, File>,
    pub(crate) collections: BTreeMap<u64, Collection>,
    pub(crate) publications: BTreeMap<u64, Publication>,
    pub(crate) definitions: BTreeMap<u64, MetafieldDefinition>,
    pub(crate) events: Vec<Event>,
    pub(crate) operations: BTreeMap<u64, ProductOperation>,
    pub(crate) bulk: BTreeMap<u64, BulkJob>,
    pub(crate) uploads: BTreeMap<String, Upload>,
    pub(crate) idempotent: HashMap<String, Idempotent>,
    /// Boxed, since nodes of the map are half empty.
    pub(crate) orders: BTreeMap<u64, Box<Order>>,
    pub(crate) customers: BTreeMap<u64, Customer>,
    /// Orders that are being cancelled, or were: by the numbers of their jobs.
    pub(crate) cancelling: BTreeMap<u64, Cancelling>,
    pub(super) next_order: u32,
    pub(super) orders_by_updated: BTreeSet<(Moment, u64)>,
    pub(super) open_fulfillment_orders: BTreeSet<(Moment, u64)>,
    /// To which order a fulfilment order or a fulfilment belongs.
    pub(super) order_of: HashMap<u64, u64>,
    pub(super) by_updated: BTreeSet<(Moment, u64)>,
    pub(super) by_sku: BTreeSet<(String, u64)>,
    pub(super) by_handle: HashMap<String, u64>,
    pub(super) by_item: HashMap<u64, u64>,
    pub(super) next: u64,
}
