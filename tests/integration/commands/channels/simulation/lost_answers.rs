//! Every write is done and its answer is lost. `BACKSTOCK_LOST=10000` loses so many.

use std::sync::Arc;

use sandbox::maropost::{Maropost, Settings};
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Aim, Catalogue, Clock, Fault, Moment, Server, Shop};
use serde_json::{Value as Json, json};
use testing::Place;

use super::super::{Connected, edit, north, outlet, told};
use super::world::want_new_here;
use crate::support::TestApp;

/// How many products the shops begin with.
const PRODUCTS: u64 = 30;

/// How many of them are edited in a round.
const EDITED: usize = 30;

/// How many are created in a round.
const CREATED: usize = 4;

/// By which requests the shops are written.
const WRITES: [&str; 8] = [
    "ProductUpdate",
    "VariantsUpdate",
    "ProductCreate",
    "ProductsCreate",
    "VariantsCreate",
    "SetStock",
    "AddItem",
    "UpdateItem",
];

/// How many answers are lost.
fn lost() -> usize {
    let given = std::env::var("BACKSTOCK_LOST").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(250)
}

/// A shop with everything of it here, and a round after the other.
struct Rounds<'a, S: Shop> {
    shop: &'a Server<S>,
    channel: Connected<'a>,
    skus: Vec<String>,
    number: i64,
}

impl<S: Shop> Rounds<'_, S> {
    /// Edits and creates products, and gives what each shall have in the shop.
    async fn edit(&mut self) -> Vec<(String, i64, i64)> {
        let mut wanted = Vec::new();
        let from = usize::try_from(self.number).unwrap() * EDITED;
        let skus = self.skus.iter().cycle().skip(from % self.skus.len());
        for sku in skus.take(EDITED) {
            self.number += 1;
            let (price, stock) = (1_000 + self.number, self.number % 90 + 1);
            let fields = json!({ "store_price": price * 10_000, "stock": stock });
            edit(self.channel.desktop, sku, fields).await;
            wanted.push((sku.clone(), price * 100, stock));
        }
        let mut made = Vec::new();
        for _ in 0..CREATED {
            self.number += 1;
            let (sku, price) = (format!("NEW-{}", self.number), 1_000 + self.number);
            let fields =
                json!({ "sku": sku, "name": sku, "store_price": price * 10_000, "stock": 7 });
            made.push(self.channel.desktop.create(fields).await["id"].clone());
            wanted.push((sku, price * 100, 7));
        }
        let request = json!({ "channel": self.channel.id, "records": made, "wanted": true });
        self.channel.desktop.ok("listings.want", request).await;
        wanted
    }

    /// One round, in which each answer to a write meets this fault, or none does.
    async fn round(&mut self, fault: Option<&Fault>) {
        let wanted = self.edit().await;
        // What was created is counted by the next sync.
        for _ in 0..2 {
            for operation in WRITES {
                if let Some(fault) = fault {
                    let mut aim = Aim::next(fault.clone(), operation);
                    aim.times = u32::MAX;
                    self.shop.fault(aim);
                }
            }
            self.channel.sync().await;
            self.shop.faults().clear();
        }
        // What was not known to be done is done now, or was.
        self.channel.sync().await;
        self.check(&wanted);
        let before = self.shop.journal().totals().clone();
        let plan = self.channel.plan().await;
        let left = told(&self.channel.rows(&plan).await);
        let left: Vec<String> = left
            .into_iter()
            .filter(|line| !line.starts_with("← error"))
            .collect();
        assert_eq!(left, [""; 0], "{fault:?}");
        self.channel.apply(&plan).await;
        let after = self.shop.journal().totals().clone();
        for operation in WRITES {
            assert_eq!(
                before.get(operation),
                after.get(operation),
                "nothing is sent twice"
            );
        }
    }

    /// The shop has all of it, and nothing twice.
    fn check(&self, wanted: &[(String, i64, i64)]) {
        let shown = self.shop.shop().shown();
        for (sku, price, stock) in wanted {
            let there: Vec<_> = shown.iter().filter(|item| item.sku == *sku).collect();
            let [item] = there.as_slice() else {
                panic!("{sku} stands {} times in the shop", there.len());
            };
            assert_eq!(
                (item.price, item.stock),
                (Some(*price), Some(*stock)),
                "{sku}"
            );
        }
    }
}

/// Rounds in which nothing happens and such in which every answer is lost, in turns.
async fn lose_answers<S: Shop>(shop: Server<S>, connect: impl Fn(&Server<S>) -> Json) {
    let place = Place::File(Arc::new(tempfile::tempdir().unwrap()));
    let desktop = TestApp::start_hurried(&place).with_owner().await;
    let channel = Connected::to(&desktop, connect(&shop)).await;
    channel.plan().await;
    want_new_here(&channel).await;
    for _ in 0..2 {
        channel.sync().await;
    }
    let items = shop.shop().shown();
    let single = items.iter().filter(|item| {
        let is_only = items.iter().filter(|other| other.sku == item.sku).count() == 1;
        is_only && item.stock.is_some() && item.price.is_some() && !item.sku.trim().is_empty()
    });
    let skus: Vec<String> = single.map(|item| item.sku.clone()).collect();
    assert!(skus.len() >= EDITED, "{} products to edit", skus.len());
    let mut rounds = Rounds {
        shop: &shop,
        channel,
        skus,
        number: 0,
    };
    let faults = [
        Fault::LostReply,
        Fault::CutReply,
        Fault::ServerError {
            status: 500,
            done: true,
        },
    ];
    let (mut gone, mut faults) = (0, faults.iter().cycle());
    while gone < lost() / 2 {
        rounds.round(None).await;
        rounds.round(faults.next()).await;
        gone += 2 * EDITED + 2 * CREATED;
    }
    desktop.app.close().await;
}

#[tokio::test]
async fn nothing_is_sent_twice_to_shopify_when_every_answer_is_lost() {
    // Points come back with each request: else the client waits for them in vain.
    let clock = Clock::stepping(Moment::START, 1_000);
    let shop = Shopify::new(&ShopifyOptions::new(Catalogue::new(7, PRODUCTS)));
    lose_answers(Server::open(shop, clock, 0).unwrap(), north).await;
}

#[tokio::test]
async fn nothing_is_sent_twice_to_maropost_when_every_answer_is_lost() {
    // A minute passes now and then: else the shop has had too many requests within one.
    let clock = Clock::stepping(Moment::START, 1_000);
    let catalogue = Catalogue::new(7, PRODUCTS);
    let shop = Maropost::new(&catalogue, Settings::default(), clock.now());
    lose_answers(Server::open(shop, clock, 0).unwrap(), outlet).await;
}
