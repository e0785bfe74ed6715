//! Syncing with practice shops, as a host gives the commands.

mod hidden;
mod later;
mod schedule;
mod sent;
mod sent_together;
mod simulation;
mod story;
mod taken_back;
mod two_shops;
mod window;

use sandbox::maropost::{Maropost, Settings};
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Moment, Server};
use serde_json::{Value as Json, json};

use crate::support::TestApp;

/// What a plan says, a line for each record that is not unchanged, in no particular order.
pub fn told(rows: &[Json]) -> Vec<String> {
    let told = rows.iter().map(|row| {
        let changes = row["changes"].as_array().unwrap().iter();
        let mut changed: Vec<String> = changes
            .map(|change| format!("{}: {} → {}", change["field"], change["old"], change["new"]))
            .collect();
        let conflicts = row["conflicts"].as_array().unwrap().iter();
        changed.extend(conflicts.map(|of| {
            let values = (&of["field"], &of["base"], &of["current"], &of["proposed"]);
            format!(
                "{}: agreed {}, here {}, there {}",
                values.0, values.1, values.2, values.3
            )
        }));
        let where_to = if row["kind"] == "listing" {
            "→"
        } else {
            "←"
        };
        let told = format!(
            "{where_to} {} {} {}",
            row["outcome"].as_str().unwrap(),
            row["code"].as_str().unwrap(),
            changed.join(", ")
        );
        told.replace('"', "").trim().to_owned()
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

/// A product, by its SKU.
pub async fn product(desktop: &TestApp, sku: &str) -> Json {
    let found = desktop.ok("products.find", json!({ "skus": [sku] })).await;
    found[0].clone()
}

/// Changes fields of a product.
pub async fn edit(desktop: &TestApp, sku: &str, fields: Json) {
    let record = product(desktop, sku).await;
    let changes = changes(&record, &fields);
    let request = json!({ "id": record["id"], "version": record["version"], "changes": changes });
    desktop.ok("products.update", request).await;
}

/// From what a record holds to these fields.
fn changes(record: &Json, fields: &Json) -> Vec<Json> {
    let changes = fields.as_object().unwrap().iter();
    changes
        .map(|(field, new)| json!({ "field": field, "old": record["fields"][field], "new": new }))
        .collect()
}

/// A practice Maropost with so many products.
pub fn maropost(count: u64) -> Server<Maropost> {
    let clock = Clock::standing(Moment::START);
    let shop = Maropost::new(&Catalogue::new(7, count), Settings::default(), clock.now());
    Server::open(shop, clock, 0).unwrap()
}

/// A practice Shopify with so many products.
pub fn shopify(count: u64) -> Server<Shopify> {
    let clock = Clock::standing(Moment::START);
    let shop = Shopify::new(&ShopifyOptions::new(Catalogue::new(7, count)));
    Server::open(shop, clock, 0).unwrap()
}

/// How the Maropost is connected.
pub fn outlet(shop: &Server<Maropost>) -> Json {
    json!({
        "name": "North Outlet", "platform": "maropost", "address": shop.url(), "secret": "practice-key",
    })
}

/// How the Shopify is connected.
pub fn north(shop: &Server<Shopify>) -> Json {
    let token = shop.shop().token().to_owned();
    json!({ "name": "North", "platform": "shopify", "address": shop.url(), "secret": token })
}

/// A channel, and what a user does with it.
pub struct Connected<'a> {
    pub desktop: &'a TestApp,
    pub id: Json,
}

impl<'a> Connected<'a> {
    /// Connects a shop.
    pub async fn to(desktop: &'a TestApp, request: Json) -> Self {
        let connected = desktop.ok("channels.connect", request).await;
        let id = connected["record"]["id"].clone();
        Self { desktop, id }
    }

    /// Changes how it is worked.
    pub async fn set(&self, fields: Json) {
        let record = self
            .desktop
            .ok("channels.get", json!({ "id": self.id }))
            .await;
        let changes = changes(&record, &fields);
        let request = json!({ "id": self.id, "version": record["version"], "changes": changes });
        self.desktop.ok("channels.update", request).await;
    }

    /// How the channel stands.
    pub async fn sums(&self) -> Json {
        let all = self.desktop.ok("channels.status", json!({})).await;
        let mut all = all.as_array().unwrap().iter();
        let mine = all.find(|one| one["record"]["id"] == self.id);
        mine.unwrap()["sums"].clone()
    }

    /// Reads the shop, and plans what goes where.
    pub async fn plan(&self) -> Json {
        let request = json!({ "id": self.id });
        let started = self.desktop.ok("channels.sync", request).await;
        self.desktop.finish(&started).await;
        let request = json!({ "id": started["plan"] });
        self.desktop.ok("plans.get", request).await
    }

    /// The records of a plan that are not unchanged.
    pub async fn rows(&self, plan: &Json) -> Vec<Json> {
        let request = json!({ "id": plan["id"], "offset": 0, "limit": 500 });
        let rows = self.desktop.ok("plans.rows", request).await;
        let rows = rows["rows"].as_array().unwrap().iter();
        rows.filter(|row| row["outcome"] != "unchanged")
            .cloned()
            .collect()
    }

    /// Applies a plan, and says what became of it.
    pub async fn apply(&self, plan: &Json) -> Json {
        let request = json!({ "id": plan["id"] });
        let started = self.desktop.ok("plans.apply", request.clone()).await;
        self.desktop.finish(&started).await;
        self.desktop.ok("plans.get", request).await
    }

    /// Plans and applies.
    pub async fn sync(&self) -> Json {
        let plan = self.plan().await;
        self.apply(&plan).await
    }

    /// The listings of a filter.
    pub async fn listings(&self, filter: &str) -> Vec<Json> {
        let request = json!({ "channel": self.id, "filter": filter, "limit": 500 });
        let page = self.desktop.ok("listings.list", request).await;
        page["rows"].as_array().unwrap().clone()
    }

    /// Wants everything here that is unmatched.
    pub async fn want_all_here(&self) {
        let unmatched = self.listings("unmatched").await;
        let links: Vec<Json> = unmatched
            .iter()
            .map(|row| json!({ "listing": row["id"], "link": "wanted_here" }))
            .collect();
        let request = json!({ "channel": self.id, "links": links });
        self.desktop.ok("listings.link", request).await;
    }
}

/// A shop whose products are all here, and in step.
pub async fn in_step<'a>(desktop: &'a TestApp, request: Json) -> Connected<'a> {
    let channel = Connected::to(desktop, request).await;
    channel.plan().await;
    channel.want_all_here().await;
    channel.sync().await;
    channel.sync().await;
    channel
}
