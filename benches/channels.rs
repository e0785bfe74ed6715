//! How long it takes to keep a large shop in step, and what the shop is asked for it: first pull, matching,
//! plans, pushes below and above the number from which on bulk operations do it, and a sync in which nothing
//! changed. The practice shop runs in a process of its own. Prints a Markdown table for each platform.
//!
//! "In the shop" are the seconds in which it was asked or waited for, "at least" those that its limits make of
//! the requests or points, "our processor" those of a processor that this process had.
//!
//! `cargo bench --bench channels -- [--products 100000] [--only shopify] [--server yes]`; with the last one the
//! workspace is on the server in `BACKSTOCK_TEST_MYSQL` (`mysql://user[:password]@host:port`).
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop at anything unexpected"
)]

#[path = "channels/desk.rs"]
mod desk;
#[path = "channels/metered.rs"]
mod metered;
#[path = "lists/server.rs"]
mod server;
#[path = "channels/shops.rs"]
mod shops;
#[expect(dead_code, reason = "each bench uses its part of what they share")]
mod support;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use channels::shopify::Bulk;
use desk::{Desk, Listed};
use domain::channel::{ItemRole, Platform};
use domain::values::SystemClock;
use sandbox::Edit;
use shops::{Served, word};
use store::Store;
use support::{argument, argument_text, open, peak_memory};

/// The allocator of the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many products are changed where it is about some.
const SOME: usize = 1_000;

/// The points that a shop of the cheapest plan has at first, and those that come back in a second.
const POINTS: (f64, f64) = (2_000.0, 100.0);

/// The requests that a shop lets through at once, and those of a second.
const REQUESTS: (f64, f64) = (500.0, 500.0 / 60.0);

fn main() {
    let products = argument("--products", 100_000);
    if let Some(platform) = argument_text("--serve") {
        return shops::serve(&platform, products);
    }
    let only = argument_text("--only").unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    for platform in [Platform::Shopify, Platform::Maropost] {
        if word(platform).contains(&only) {
            runtime.block_on(keep_in_step(platform, products));
        }
    }
}

/// What is measured, step by step.
struct Bench {
    platform: Platform,
    shop: Served,
    desk: Desk,
}

async fn keep_in_step(platform: Platform, products: u32) {
    let folder = tempfile::tempdir().unwrap();
    let shop = Served::start(platform, products);
    let store = workspace(folder.path()).await;
    let desk = Desk::connect(folder.path(), store, &shop, platform).await;
    let mut bench = Bench {
        platform,
        shop,
        desk,
    };
    println!("### {platform:?}, {products} products\n");
    println!(
        "| step | records | seconds | in the shop | at least | our processor | MB | requests | points |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let linked = bench.pull().await;
    let single = |one: &Listed| one.role == ItemRole::Single;
    let (alone, _): (Vec<Listed>, Vec<Listed>) = linked.iter().cloned().partition(single);
    let some = &alone[..alone.len().min(SOME)];
    bench.change_here(some).await;
    bench.change_there(some).await;
    bench.change_all(&linked).await;
    bench.match_again(&linked).await;
    println!();
    bench.desk.store.close().await;
}

/// A workspace in a file, or on the server.
async fn workspace(folder: &Path) -> Store {
    let server = argument_text("--server").and_then(|_| server::server());
    let Some(address) = server else {
        return open(&folder.join("shop.backstock")).await;
    };
    server::admin(&address, "drop database if exists backstock_bench").await;
    server::admin(&address, "create database backstock_bench").await;
    let opened = Store::open_mysql(&address, Arc::new(SystemClock)).await;
    opened.unwrap()
}

impl Bench {
    /// One step: how long it took, how long of that the shop was asked or waited for, and what it was asked.
    async fn step<T>(&self, what: &str, work: impl Future<Output = T>) -> T
    where
        T: Measured,
    {
        self.shop.count_anew();
        forget_peak();
        let (asked, jumped) = (self.desk.asked.get(), self.desk.jumped.get());
        let (began, worked) = (Instant::now(), processor());
        let done = work.await;
        let worked = processor() - worked;
        let jumped = self.desk.jumped.get().checked_sub(jumped).unwrap();
        let took = began.elapsed() + jumped;
        let asked = self.desk.asked.get().checked_sub(asked).unwrap() + jumped;
        let memory = peak_memory();
        let (requests, points) = self.shop.asked();
        println!(
            "| {what} | {} | {:.1} | {:.1} | {:.1} | {worked:.1} | {memory} | {requests} | {points} |",
            done.records(),
            took.as_secs_f64(),
            asked.as_secs_f64(),
            self.least(requests, points).as_secs_f64(),
        );
        done
    }

    /// In what time the shop lets so much through, when it was not asked before.
    fn least(&self, requests: f64, points: f64) -> Duration {
        let (asked, (at_once, in_a_second)) = match self.platform {
            Platform::Shopify => (points, POINTS),
            Platform::Maropost => (requests, REQUESTS),
        };
        Duration::from_secs_f64(((asked - at_once) / in_a_second).max(0.0))
    }

    /// The first pull: everything is read, and created here.
    async fn pull(&self) -> Vec<Listed> {
        let desk = &self.desk;
        self.step("first pull: read", desk.fetch(true)).await;
        self.step("first pull: match", desk.match_all()).await;
        let (plan, _) = self.step("first pull: plan", desk.plan()).await;
        self.step("first pull: apply", desk.apply(plan)).await;
        self.sync("nothing changed").await;
        desk.linked().await
    }

    /// A whole sync, step by step.
    async fn sync(&self, what: &str) {
        let desk = &self.desk;
        self.step(&format!("{what}: read"), desk.fetch(false)).await;
        self.step(&format!("{what}: match"), desk.match_all()).await;
        let (plan, _) = self.step(&format!("{what}: plan"), desk.plan()).await;
        self.step(&format!("{what}: apply"), desk.apply(plan)).await;
    }

    /// Some are changed here, and sent: each by a request of its own, and by a bulk operation.
    async fn change_here(&mut self, some: &[Listed]) {
        self.desk.edit(some, 10_000).await;
        let one_by_one = Bulk {
            updates: usize::MAX,
            ..Bulk::default()
        };
        self.desk.reopen(self.platform, &self.shop, one_by_one);
        // The points come back first.
        if self.platform == Platform::Shopify {
            tokio::time::sleep(Duration::from_secs(20)).await;
        }
        self.sync("some changed here").await;
        self.desk.reopen(self.platform, &self.shop, Bulk::default());
        if self.platform == Platform::Shopify {
            self.desk.edit(some, 10_000).await;
            self.sync("some changed here, sent in bulk").await;
        }
    }

    /// Some are changed in the shop.
    async fn change_there(&self, some: &[Listed]) {
        self.shop.edit(&edits(some, 50_000));
        self.sync("some changed there").await;
    }

    /// Everything is changed here and sent, then everything is changed in the shop, then on both sides.
    async fn change_all(&self, all: &[Listed]) {
        let desk = &self.desk;
        desk.edit(all, 20_000).await;
        self.sync("all changed here").await;
        self.shop.edit(&edits(all, 60_000));
        self.step("all changed there: read", desk.fetch(true)).await;
        desk.edit(all, 30_000).await;
        let (plan, _) = self
            .step("all changed on both sides: plan", desk.plan())
            .await;
        drop(plan);
    }

    /// Nothing is known of which product is which.
    async fn match_again(&self, all: &[Listed]) {
        let desk = &self.desk;
        desk.unlink(all).await;
        self.step("matched anew: match", desk.match_all()).await;
        self.step("matched anew: plan", desk.plan()).await;
    }
}

/// What the merchant changes.
fn edits(some: &[Listed], price: i64) -> Vec<Edit> {
    let edits = some.iter().zip(0..).map(|(one, place)| {
        let on = one.remote_id.clone();
        match one.role {
            ItemRole::Parent => Edit::Title {
                on,
                title: format!("Named there {place}"),
            },
            _ => Edit::Price {
                on,
                price: price + place % 1_000,
            },
        }
    });
    edits.collect()
}

/// What a step came to, in records.
trait Measured {
    fn records(&self) -> i64;
}

impl Measured for i64 {
    fn records(&self) -> i64 {
        *self
    }
}

impl Measured for (backstock::jobs::Plan, domain::plan::Counts) {
    fn records(&self) -> i64 {
        self.1.read()
    }
}

impl Measured for domain::plan::BatchCounts {
    fn records(&self) -> i64 {
        self.created + self.updated
    }
}

/// How many seconds of a processor this process has had; 0 where the system does not tell.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    // Linux counts hundredths, those of the system beside those of the program.
    (ticks(13).unwrap_or(0.0) + ticks(14).unwrap_or(0.0)) / 100.0
}

/// Begins to look for the most memory anew, where the system lets us.
fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").ok();
}
