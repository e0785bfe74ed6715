//! Two shops, and desktops on one workspace: all of it copied from one that was prepared once.

use std::sync::{Arc, Mutex};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sandbox::maropost::{Maropost, Settings};
use sandbox::shopify::Shopify;
use sandbox::{Clock, Edit, Gate, Moment, Random, Server, Shown};
use serde_json::{Value as Json, json};
use testing::Place;

use super::super::{Connected, maropost, north, outlet, shopify};
use super::desk::{Desk, runtime};
use super::model::Model;
use crate::support::TestApp;

/// How many products both shops begin with, of which one has variants.
const PRODUCTS: u64 = 6;

/// What happened in a seed, line by line.
pub type Story = Arc<Mutex<Vec<String>>>;

/// A workspace that is in step with both shops.
pub struct Template {
    file: Vec<u8>,
    start: Start,
}

/// What it begins with.
#[derive(Clone)]
struct Start {
    north: Shopify,
    outlet: Maropost,
    now: Moment,
    channels: [Json; 2],
    addresses: [String; 2],
}

/// What each seed says before it begins.
#[derive(Debug)]
pub struct Rules {
    /// Whether stock is asked about where both sides changed it; otherwise we have the last word.
    pub asks_stock: bool,
    creates_here: bool,
    creates_there: bool,
}

pub struct World {
    pub random: StdRng,
    pub desks: Vec<Desk>,
    pub channels: [Json; 2],
    pub gates: [Gate; 2],
    pub model: Model,
    pub rules: Rules,
    pub place: Place,
    pub north: Server<Shopify>,
    pub outlet: Server<Maropost>,
    /// What each shop's last plan still named: records that wait for a person.
    pub waiting: [std::collections::BTreeSet<String>; 2],
    /// Batches of plans that were applied, the latest last.
    pub batches: Vec<Json>,
    story: Story,
}

impl Template {
    /// Connects both shops, takes in what they have, and brings everything in step.
    pub fn make() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let start = prepare(&Place::File(Arc::clone(&folder)));
        let file = std::fs::read(folder.path().join("shop.backstock")).unwrap();
        Self { file, start }
    }

    fn copy(&self) -> Place {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("shop.backstock"), &self.file).unwrap();
        Place::File(Arc::new(folder))
    }
}

fn prepare(place: &Place) -> Start {
    let (first, second) = (shopify(PRODUCTS), maropost(PRODUCTS));
    let channels = runtime().block_on(async {
        let desktop = TestApp::start_hurried(place).with_owner().await;
        let one = Connected::to(&desktop, north(&first)).await;
        let other = Connected::to(&desktop, outlet(&second)).await;
        for _ in 0..3 {
            for channel in [&one, &other] {
                channel.plan().await;
                want_new_here(channel).await;
                let plan = channel.plan().await;
                let take = json!({ "id": plan["id"], "resolution": "take" });
                desktop.ok("plans.resolve", take).await;
                channel.apply(&plan).await;
            }
        }
        let channels = [one.id.clone(), other.id.clone()];
        desktop.app.close().await;
        channels
    });
    let now = first.clock().now().max(second.clock().now()).plus(60_000);
    Start {
        north: first.shop().clone(),
        outlet: second.shop().clone(),
        now,
        channels,
        addresses: [first.url().to_owned(), second.url().to_owned()],
    }
}

/// Wants everything here that looks like nothing that is here.
pub async fn want_new_here(channel: &Connected<'_>) {
    let unmatched = channel.listings("unmatched").await;
    let is_new = |row: &&Json| row["candidates"].as_array().is_none_or(Vec::is_empty);
    let links = unmatched.iter().filter(is_new);
    let links = links.map(|row| json!({ "listing": row["id"], "link": "wanted_here" }));
    let request = json!({ "channel": channel.id, "links": links.collect::<Vec<_>>() });
    channel.desktop.ok("listings.link", request).await;
}

impl World {
    /// A world of its own for each seed, with so many desktops.
    pub fn open(template: &Template, (seed, story): (u64, &Story), desks: usize) -> Self {
        let place = match testing::server() {
            Some(_) if desks > 1 => runtime().block_on(Place::fresh()).remove(1).1,
            _ => template.copy(),
        };
        let start = match &place {
            Place::File(_) => template.start.clone(),
            Place::Server(_) => prepare(&place),
        };
        let mut random = StdRng::seed_from_u64(seed);
        let rules = Rules {
            asks_stock: random.random(),
            creates_here: random.random_bool(0.3),
            creates_there: random.random_bool(0.3),
        };
        let is_odd = random.random_bool(0.4);
        let mut second = start.outlet;
        if is_odd {
            let settings = Settings::by_chance(&mut Random::new(seed));
            second.configure(|usual| *usual = settings);
        }
        let clock = || Clock::stepping(start.now, 1_000);
        let north = Server::open(start.north, clock(), 0).unwrap();
        let outlet = Server::open(second, clock(), 0).unwrap();
        let mut world = Self {
            random,
            desks: (0..desks).map(|_| Desk::open(&place)).collect(),
            channels: start.channels,
            gates: [north.gate(), outlet.gate()],
            model: Model::default(),
            rules,
            place,
            north,
            outlet,
            waiting: Default::default(),
            batches: Vec::new(),
            story: Arc::clone(story),
        };
        world.tell(format!("{:?}, odd outlet: {is_odd}", world.rules));
        world.set_up(&start.addresses);
        world.model.there_at_first = [0, 1].map(|shop| world.skus_there(shop));
        world
    }

    fn set_up(&mut self, before: &[String; 2]) {
        let now = [self.north.url().to_owned(), self.outlet.url().to_owned()];
        for shop in 0..2 {
            let id = self.channels[shop].clone();
            let record = self.desks[0].ok("channels.get", json!({ "id": id }));
            let mut changes =
                vec![json!({ "field": "channel.address", "old": before[shop], "new": now[shop] })];
            let mut set = |is_so: bool, field: &str, old: &str, new: &str| {
                if is_so {
                    changes.push(json!({ "field": field, "old": old, "new": new }));
                }
            };
            set(self.rules.asks_stock, "channel.stock", "we", "ask");
            set(self.rules.creates_here, "channel.new_here", "ask", "create");
            set(
                self.rules.creates_there,
                "channel.new_there",
                "ask",
                "create",
            );
            let request = json!({ "id": id, "version": record["version"], "changes": changes });
            self.desks[0].ok("channels.update", request);
        }
    }

    /// Notes what happens.
    pub fn tell(&self, what: String) {
        self.story.lock().unwrap().push(what);
    }

    /// What a merchant sees.
    pub fn shown(&self, shop: usize) -> Vec<Shown> {
        use sandbox::Shop as _;
        match shop {
            0 => self.north.shop().shown(),
            _ => self.outlet.shop().shown(),
        }
    }

    /// A merchant does something; says whether it could be done.
    pub fn edit_there(&self, shop: usize, edit: &Edit) -> bool {
        let done = match shop {
            0 => self.north.edit(edit),
            _ => self.outlet.edit(edit),
        };
        self.tell(format!("shop {shop}: {edit:?}: {done:?}"));
        done.is_ok()
    }

    /// How many requests that write came to both shops.
    pub fn writes(&self) -> u64 {
        let sum = |totals: &std::collections::BTreeMap<String, sandbox::Totals>| -> u64 {
            let writes = totals.iter().filter(|(name, _)| is_write(name));
            writes.map(|(_, totals)| totals.requests).sum()
        };
        sum(self.north.journal().totals()) + sum(self.outlet.journal().totals())
    }

    /// A user, or the only one.
    pub fn some_desk(&mut self) -> usize {
        self.random.random_range(0..self.desks.len())
    }
}

/// Whether an operation changes something that is sold.
pub fn is_write(operation: &str) -> bool {
    let writes = [
        "ProductUpdate",
        "VariantsUpdate",
        "ProductCreate",
        "ProductsCreate",
        "ProductCreateLater",
        "VariantsCreate",
        "SetStock",
        "AddItem",
        "UpdateItem",
    ];
    writes.contains(&operation)
}
