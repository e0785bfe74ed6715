//! Shopify, by its Admin GraphQL API.
//!
//! A product without options is one item, with the id of the product; its variant and its inventory item
//! are handles. A product with options is an item with what its variants share, and one for each
//! variant. Stock is what is on hand at a location.
//!
//! - `transport`: one request: its token (`account`), its points, what is repeated, what a refusal means.
//! - `documents`: every operation that is sent, one file each, checked against Shopify's schema by a test.
//! - `item`, `family`, `rest`, `read`: answers become items; a product is read whole, however many answers it takes.
//! - `pages`, `export`, `rows`: reading a shop, page by page or by a bulk operation whose result lies in a file.
//! - `changes`, `inputs`, `calls`, `update`, `pictures`: updates become mutations, answers become results.
//! - `mass`, `bulk_result`, `bulk_update`, `spool`: many mutations by bulk operations, any number of them.
//! - `create`, `many`, `new_variants`, `key`, `key_export`, `find`: what is new, and what a lost attempt left of it.
//! - `orders`, `order_whole`, `order_decode`: orders, those that were changed first before the others.
//! - `stock`: read, and set by comparing.
//!
//! # Where the platform leaves a choice
//! - A list that `productSet` is given replaces the one that is there. So products are changed by
//!   `productUpdate` and `productVariantsBulkUpdate`, and it is given files alone, all of them.
//! - A new product carries our key in a field of the app's own. It is looked for before anything is
//!   created, since a variant that is sent without its id may be taken for a new one.
//! - A bulk operation that was completed says nothing of all its lines: a mutation of which its result
//!   has no line is lost.
//! - What cannot be held exactly (an amount of more decimals, a picture on its way) is not read at all,
//!   so that nothing is compared with it or written over it.

mod account;
pub(crate) mod address;
mod bulk_result;
mod bulk_update;
mod calls;
mod changes;
mod check;
mod create;
mod created;
mod currency;
mod cursor;
mod documents;
mod download;
mod export;
mod family;
mod fields;
mod find;
mod inputs;
mod item;
mod json;
mod key;
mod key_export;
mod making;
mod manner;
mod many;
mod mass;
mod measure;
mod metafields;
mod new_family;
mod new_input;
mod new_variants;
mod order_decode;
mod order_whole;
mod orders;
mod pages;
mod pictures;
mod points;
mod read;
mod refusal;
mod rest;
mod rows;
mod scopes;
mod spool;
mod stock;
mod stock_key;
mod transport;
mod update;
mod upload;
mod way;

use std::sync::Arc;

use async_trait::async_trait;
use domain::channel::{Platform, ShopFieldDef, ShopItem, ShopOrder};
use domain::values::Timestamp;
use serde_json::json;
use tokio::sync::Mutex;
use url::Url;

pub use account::ShopifyAccount;
pub use documents::{ALL as DOCUMENTS, Document};
pub use fields::usual_fields;
pub use manner::{Bulk, Manner, Pace};
pub use transport::VERSION;

use crate::channel::{
    BulkUpdate, Channel, Created, Cursor, ItemRef, ItemUpdate, NewFamily, Page, Reading, ShopCheck,
    StockChange, StockSet, StockThere, Written,
};
use crate::exchange::ExchangeLog;
use crate::failure::Answered;
use crate::http::Http;
use crate::orders::{OrderPage, Orders};
use bulk_update::Gathered;
use cursor::At;
use documents::CURRENCY;
use export::Exports;
use item::Reader;
use json::text;
use key::Keys;
use making::Making;
use metafields::Metafields;
use transport::{Repeat, Transport};
use way::Way;

/// A Shopify shop.
#[derive(Debug)]
pub struct Shopify {
    transport: Transport,
    /// Where the shop's own window is.
    window: Url,
    metafields: Mutex<Option<Arc<Metafields>>>,
    exports: Exports,
    keys: Keys,
}

impl Shopify {
    /// The shop at `address`: its own one, or that of its admin. Nothing is asked yet.
    pub fn open(address: &str, account: ShopifyAccount, log: ExchangeLog) -> Answered<Self> {
        Self::open_with(address, account, log, Manner::default())
    }

    /// The same, asked in another manner than the usual one.
    pub fn open_with(
        address: &str,
        account: ShopifyAccount,
        log: ExchangeLog,
        manner: Manner,
    ) -> Answered<Self> {
        let window = address::window(address)?;
        let http = Http::new(manner.patience, log)?;
        Ok(Self {
            transport: Transport::new(&window, account, http, manner),
            window,
            metafields: Mutex::default(),
            exports: Exports::default(),
            keys: Keys::default(),
        })
    }

    /// The merchant's fields, asked for anew when `anew`.
    async fn metafields(&self, anew: bool) -> Answered<Arc<Metafields>> {
        let mut held = self.metafields.lock().await;
        if let (Some(known), false) = (held.as_ref(), anew) {
            return Ok(Arc::clone(known));
        }
        let defined = Arc::new(metafields::defined(&self.transport).await?);
        *held = Some(Arc::clone(&defined));
        Ok(defined)
    }

    fn making<'a>(&'a self, own: &'a Metafields) -> Making<'a> {
        Making {
            transport: &self.transport,
            reader: self.reader(own),
            own,
            keys: &self.keys,
        }
    }

    fn reader<'a>(&'a self, metafields: &'a Metafields) -> Reader<'a> {
        Reader {
            metafields,
            window: &self.window,
        }
    }
}

#[async_trait]
impl Channel for Shopify {
    fn platform(&self) -> Platform {
        Platform::Shopify
    }

    async fn check(&self) -> Answered<ShopCheck> {
        check::check(&self.transport).await
    }

    async fn fields(&self) -> Answered<Vec<ShopFieldDef>> {
        let asked = self.transport.ask(CURRENCY, json!({}), Repeat::Question);
        let data = asked.await?.data;
        let places = currency::places(text(&data["shop"], "currencyCode"));
        let mut defs = fields::defs(places);
        let own = self.metafields(true).await?;
        defs.extend(metafields::defs(&own));
        Ok(defs)
    }

    async fn page(&self, what: &Reading, cursor: Option<&Cursor>) -> Answered<Page> {
        let metafields = self.metafields(cursor.is_none()).await?;
        let way = Way {
            transport: &self.transport,
            reader: self.reader(&metafields),
        };
        match cursor {
            None => pages::first(way, &self.exports, what).await,
            Some(cursor) => pages::next(way, &self.exports, At::read(cursor)?).await,
        }
    }

    async fn read(&self, items: &[ItemRef]) -> Answered<Vec<Option<ShopItem>>> {
        let metafields = self.metafields(false).await?;
        let way = Way {
            transport: &self.transport,
            reader: self.reader(&metafields),
        };
        read::read(way, items).await
    }

    fn reads_at_once(&self) -> usize {
        // Very many are read by an export, which says all of them at once.
        read::MOST
    }

    async fn update(&self, updates: &[ItemUpdate]) -> Vec<Answered<Written>> {
        match self.metafields(false).await {
            Ok(own) => update::update(&self.transport, &own, updates).await,
            Err(failure) => vec![Err(failure); updates.len()],
        }
    }

    fn bulk_update(&self, updates: usize) -> Option<Box<dyn BulkUpdate + '_>> {
        let is_worth_it = updates > self.transport.bulk.together;
        is_worth_it.then(|| -> Box<dyn BulkUpdate + '_> { Box::new(Gathered::new(self)) })
    }

    async fn create(&self, families: &[NewFamily]) -> Vec<Answered<Created>> {
        match self.metafields(false).await {
            Ok(own) => create::create(self.making(&own), families).await,
            Err(failure) => vec![Err(failure); families.len()],
        }
    }

    async fn find_created(&self, family: &NewFamily) -> Answered<Option<Created>> {
        let own = self.metafields(false).await?;
        find::find(self.making(&own), family).await
    }

    async fn read_stock(&self, place: &str, items: &[ItemRef]) -> Answered<Vec<StockThere>> {
        stock::read(&self.transport, place, items).await
    }

    async fn set_stock(&self, place: &str, changes: &[StockChange]) -> Vec<Answered<StockSet>> {
        stock::set(&self.transport, place, changes).await
    }
}

#[async_trait]
impl Orders for Shopify {
    async fn order_page(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Answered<OrderPage> {
        orders::page(&self.transport, since, cursor).await
    }

    async fn read_orders(&self, ids: &[String]) -> Answered<Vec<Answered<Option<ShopOrder>>>> {
        orders::read(&self.transport, ids).await
    }
}
