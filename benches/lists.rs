//! How long the list of a large catalogue takes: fills a workspace through the store's own write
//! path, then times every kind of page. Prints Markdown tables.
//!
//! `cargo bench --bench lists -- [--rows 1000000] [--keep FOLDER] [--only PART-OF-A-LABEL]`; on a
//! server as well when `BACKSTOCK_TEST_MYSQL` (`mysql://user[:password]@host:port`) is set.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop at anything unexpected"
)]

#[path = "lists/catalogue.rs"]
mod catalogue;
#[path = "lists/server.rs"]
mod server;

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalogue::{Dice, KINDS, product};
use domain::catalog::{ProductFilter, SortField, StockFilter};
use domain::plan::{Change, Operation, Write};
use domain::record::Value;
use domain::values::{BatchId, RecordId, SystemClock};
use server::{admin, server};
use store::{MySqlAddress, Store};

/// The allocator of the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

async fn fill(store: &Store, rows: usize) {
    let start = Instant::now();
    let filled = catalogue::fill(store, rows, product).await;
    let took = start.elapsed();
    let analyzed = Instant::now();
    store.analyze().await.unwrap();
    println!(
        "Filled {rows} products in {:.1} s: {:.0} per second, the longest 5,000 in {:.0} ms; analyzed in {:.1} s.\n",
        took.as_secs_f64(),
        f64::from(u32::try_from(rows).unwrap_or(0)) / took.as_secs_f64(),
        filled.longest.as_secs_f64() * 1000.0,
        analyzed.elapsed().as_secs_f64(),
    );
    change(store, filled.batch, &filled.ids).await;
}

/// Changes price and stock of every tenth product.
async fn change(store: &Store, batch: BatchId, ids: &[RecordId]) {
    let start = Instant::now();
    for ids in ids.chunks(5000) {
        let change = |field, new| Change {
            field,
            old: Value::Empty,
            new: Value::Number(new),
        };
        let writes: Vec<Write> = ids
            .iter()
            .map(|id| Write {
                kind: PRODUCT,
                id: *id,
                operation: Operation::Update,
                expected_version: 1,
                changes: vec![
                    change(product::STORE_PRICE, 770_000),
                    change(product::STOCK, 7_777),
                ],
            })
            .collect();
        store.apply(batch, &writes).await.unwrap();
    }
    let took = start.elapsed().as_secs_f64();
    println!(
        "Changed price and stock of {} products in {took:.1} s: {:.0} per second.\n",
        ids.len(),
        f64::from(u32::try_from(ids.len()).unwrap_or(0)) / took
    );
}

/// What is timed.
#[derive(Clone, Copy)]
enum Ask {
    First(SortField),
    Deep(SortField),
    Brand,
    BrandDeep,
    OutOfStock,
    Inactive,
    BrandByPrice,
    Search(&'static [&'static str]),
    CodePart,
    SearchInBrand,
    SearchInCategory,
    Count,
    CountBrand,
    CountSearch,
    Facets,
    Get,
}

const ASKED: &[(&str, Ask)] = &[
    ("first page by name", Ask::First(SortField::Name)),
    ("first page by price", Ask::First(SortField::StorePrice)),
    (
        "deep page by name, random offset",
        Ask::Deep(SortField::Name),
    ),
    ("deep page by SKU, random offset", Ask::Deep(SortField::Sku)),
    (
        "deep page by price, random offset",
        Ask::Deep(SortField::StorePrice),
    ),
    ("one brand by name", Ask::Brand),
    ("one brand by name, deep", Ask::BrandDeep),
    ("one brand by price", Ask::BrandByPrice),
    ("out of stock by name", Ask::OutOfStock),
    ("inactive by name", Ask::Inactive),
    (
        "search: a rare word",
        Ask::Search(&["zephyrine", "zephyr", "zephyrine blue"]),
    ),
    (
        "search: a common word",
        Ask::Search(&["shirt", "cotton", "apparel", "home"]),
    ),
    (
        "search: two common words",
        Ask::Search(&["blue shirt", "copper kettle", "soft wool", "red mug outlet"]),
    ),
    (
        "search: two letters",
        Ask::Search(&["sh", "co", "bl", "zz", "gi"]),
    ),
    ("search: one letter", Ask::Search(&["s", "b", "z"])),
    (
        "search: the beginning of a long word",
        Ask::Search(&["jeweller", "blanke", "zephyri", "kettle outle"]),
    ),
    (
        "search: the beginning of a barcode",
        Ask::Search(&["93000", "930000", "9300000", "93000000"]),
    ),
    ("search: part of a SKU", Ask::CodePart),
    ("search: a common word in a brand", Ask::SearchInBrand),
    ("search: a common word in a category", Ask::SearchInCategory),
    ("count of all", Ask::Count),
    ("count of a brand", Ask::CountBrand),
    ("count of a search", Ask::CountSearch),
    ("brands and categories", Ask::Facets),
    ("one product", Ask::Get),
];

async fn ask(store: &Store, ask: Ask, dice: &mut Dice, rows: usize) -> usize {
    let mut filter = ProductFilter::default();
    let (mut sort, mut offset) = (SortField::Name, 0);
    let brand = |dice: &mut Dice| {
        Some(vec![format!(
            "Brand {:03}",
            dice.roll(400).min(dice.roll(400))
        )])
    };
    match ask {
        Ask::First(by) => sort = by,
        Ask::Deep(by) => (sort, offset) = (by, dice.roll(rows)),
        Ask::Brand => filter.brands = brand(dice),
        Ask::BrandDeep => (filter.brands, offset) = (brand(dice), dice.roll(2000)),
        Ask::BrandByPrice => (filter.brands, sort) = (brand(dice), SortField::StorePrice),
        Ask::OutOfStock => filter.stock = Some(StockFilter::OutOfStock),
        Ask::Inactive => filter.active = Some(false),
        Ask::Search(words) => filter.search = Some(dice.pick(words).to_owned()),
        Ask::CodePart => filter.search = Some(format!("{:05}-", dice.roll(100_000))),
        Ask::SearchInBrand => (filter.brands, filter.search) = (brand(dice), Some("shirt".into())),
        Ask::SearchInCategory => {
            filter.categories = Some(vec![dice.pick(&KINDS).to_owned()]);
            filter.search = Some(dice.pick(&["blue", "copper", "shirt"]).to_owned());
        }
        Ask::Count => {
            return usize::try_from(store.count(&filter).await.unwrap().count).unwrap_or(0);
        }
        Ask::CountBrand => {
            filter.brands = brand(dice);
            return usize::try_from(store.count(&filter).await.unwrap().count).unwrap_or(0);
        }
        Ask::CountSearch => {
            filter.search = Some(dice.pick(&["shirt", "blue kettle", "zephyrine"]).to_owned());
            return usize::try_from(store.count(&filter).await.unwrap().count).unwrap_or(0);
        }
        Ask::Facets => return store.facets().await.unwrap().brands.len(),
        Ask::Get => {
            let page = store
                .list(&filter, SortField::Name, false, 0, 1)
                .await
                .unwrap();
            store.get(PRODUCT, page.rows[0].id).await.unwrap();
            return 1;
        }
    }
    let offset = i64::try_from(offset).unwrap_or(0);
    store
        .list(&filter, sort, false, offset, 100)
        .await
        .unwrap()
        .rows
        .len()
}

/// Before a user drags the scroll bar, the window has shown the first page for a moment, in
/// which the store notes places of the list.
async fn show_first_page(store: &Store, sort: SortField, moment: Duration) {
    let all = ProductFilter::default();
    store.list(&all, sort, false, 0, 100).await.unwrap();
    tokio::time::sleep(moment).await;
}

/// The store keeps what it found last; what is timed is the first time.
async fn forget_last_search(store: &Store) {
    let filter = ProductFilter {
        search: Some("qq".into()),
        ..ProductFilter::default()
    };
    store.count(&filter).await.unwrap();
}

async fn measure(store: &Store, rows: usize, name: &str, moment: Duration) {
    println!(
        "Before the deep pages the first page is shown for {} s.\n",
        moment.as_secs()
    );
    println!(
        "| {name}, {rows} products | p50 ms | p99 ms | longest ms | rows |\n|---|---|---|---|---|"
    );
    // A window asks for the number of products first.
    store.count(&ProductFilter::default()).await.unwrap();
    let only = argument("--only").unwrap_or_default();
    for (label, what) in ASKED.iter().filter(|(label, _)| label.contains(&only)) {
        if let Ask::Deep(sort) = what {
            show_first_page(store, *sort, moment).await;
        }
        let mut dice = Dice(7);
        let mut times = Vec::new();
        let mut found = 0;
        let start = Instant::now();
        while times.len() < 200 && (times.len() < 20 || start.elapsed() < Duration::from_secs(20)) {
            forget_last_search(store).await;
            let one = Instant::now();
            found += ask(store, *what, &mut dice, rows).await;
            times.push(one.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
        println!(
            "| {label} | {:.2} | {:.2} | {:.2} | {} |",
            at(50),
            at(99),
            at(100),
            found / times.len()
        );
    }
    println!();
}

fn argument(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)
}

async fn on_a_file(rows: usize) {
    let folder = tempfile::tempdir().unwrap();
    let kept = argument("--keep").map(PathBuf::from);
    let file = kept
        .as_deref()
        .unwrap_or(folder.path())
        .join("lists.backstock");
    let is_filled = file.exists();
    let store = Store::open_sqlite(&file, Arc::new(SystemClock))
        .await
        .unwrap();
    if !is_filled {
        fill(&store, rows).await;
    }
    let size = std::fs::metadata(&file).unwrap().len() / 1_000_000;
    println!("The file has {size} MB.\n");
    measure(&store, rows, "SQLite", Duration::from_secs(2)).await;
    store.close().await;
}

async fn on_a_server(address: &MySqlAddress, rows: usize) {
    let is_kept = argument("--keep").is_some();
    if !is_kept {
        admin(address, "drop database if exists backstock_bench").await;
    }
    admin(address, "create database if not exists backstock_bench").await;
    let store = Store::open_mysql(address, Arc::new(SystemClock))
        .await
        .unwrap();
    let count = store.count(&ProductFilter::default()).await.unwrap().count;
    if count == 0 {
        // With it the server takes about 2,000 products per second, which is not what is timed here.
        admin(
            address,
            "alter table backstock_bench.products drop key products_words",
        )
        .await;
        fill(&store, rows).await;
        let start = Instant::now();
        admin(
            address,
            "alter table backstock_bench.products add fulltext key products_words (words)",
        )
        .await;
        println!(
            "Filled without the full-text index; it was built in {:.1} s.\n",
            start.elapsed().as_secs_f64()
        );
    }
    measure(&store, rows, "MySQL", Duration::from_secs(10)).await;
    store.close().await;
    if !is_kept {
        admin(address, "drop database backstock_bench").await;
    }
}

#[tokio::main]
async fn main() {
    let rows = argument("--rows")
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(1_000_000);
    on_a_file(rows).await;
    let Some(address) = server() else {
        println!("BACKSTOCK_TEST_MYSQL is not set: measured on SQLite only.");
        return;
    };
    on_a_server(&address, rows).await;
}
