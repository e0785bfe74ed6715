//! How long a supplier's price file takes against a large catalogue, beside the `sqlite3` shell
//! writing the same rows with one statement and no journal; then how fast products are found by how
//! well suppliers cover them. Prints Markdown tables.
//!
//! `cargo bench --bench import_prices -- [--products 1000000] [--rows 100000]`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop at anything unexpected"
)]

#[expect(dead_code, reason = "each bench uses its part of what they share")]
mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use backstock::jobs::Sender;
use domain::catalog::{Coverage, ProductFilter, SortField};
use domain::purchasing::supplier::{CODE, NAME, SUPPLIER};
use domain::purchasing::supplier_product::SUPPLIER_CODE;
use domain::record::Value;
use store::Store;
use support::{
    Importer, TIMES_HEAD, Times, argument, barcode, create, open, peak_memory, report, run_shell,
    write_csv,
};

/// The allocator of the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let (products, rows) = (
        argument("--products", 1_000_000),
        argument("--rows", 100_000),
    );
    runtime.block_on(measure(products, rows));
}

async fn measure(products: u32, rows: u32) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.backstock");
    let store = open(&path).await;
    let importer = Importer::new(folder.path());
    let catalogue = folder.path().join("catalogue.csv");
    write_catalogue(&catalogue, products);
    importer.import(&store, &catalogue, None).await;
    let sender = supplier(&store).await;
    store.close().await;

    let (first, second) = (folder.path().join("1.csv"), folder.path().join("2.csv"));
    let step = (products / rows).max(1);
    write_csv(&first, "Item code,EAN,Description,Price", rows, |row| {
        let product = row * step;
        let code = barcode(product);
        format!("A{row:07},{code},Thing {row},{}.50", row % 40 + 1)
    });
    write_csv(&second, "Item code,Price", rows, |row| {
        format!("A{row:07},{}.75", row % 40 + 1)
    });
    let shell = by_shell(folder.path(), &path, (&first, &second));

    let store = open(&path).await;
    println!("Beside {products} products.\n\n{}", support::REPORT_HEAD);
    let files = [
        (&first, "by barcode, all new", shell[0]),
        (&second, "by the supplier's SKU, all changed", shell[1]),
    ];
    for (file, what, shell) in files {
        report(
            rows,
            &format!("{what}: `sqlite3` shell, no journal"),
            shell,
            shell,
        );
        let ours = importer.import(&store, file, Some(&sender)).await;
        report(rows, &format!("{what}: plan"), ours.plan, shell);
        report(
            rows,
            &format!("**{what}: apply, with the journal**"),
            ours.apply,
            shell,
        );
    }
    println!(
        "\nMost memory of the process: {} MB.\n\nBefore the pages of a list its first one is shown for 2 s.\n\n{TIMES_HEAD}",
        peak_memory()
    );
    covered(&store, rows).await;
    store.close().await;
}

/// How long the first page of a list is shown before a user jumps into it.
const FIRST_LOOK: Duration = Duration::from_secs(2);

/// Lists by coverage.
async fn covered(store: &Store, rows: u32) {
    let one = Some(Coverage::One);
    let all = [
        ("one supplier, by name", one, SortField::Name),
        ("one supplier, by price", one, SortField::StorePrice),
        (
            "no supplier, by name",
            Some(Coverage::None),
            SortField::Name,
        ),
    ];
    for (what, coverage, sort) in all {
        let filter = ProductFilter {
            coverage,
            ..ProductFilter::default()
        };
        store.list(&filter, sort, false, 0, 100).await.unwrap();
        tokio::time::sleep(FIRST_LOOK).await;
        let mut times = Times::default();
        for turn in 0..200 {
            let started = Instant::now();
            let page = store.list(&filter, sort, false, turn * 97, 100).await;
            times.add(started.elapsed(), page.unwrap().rows.len());
        }
        times.report(what);
    }
    let filter = ProductFilter {
        coverage: one,
        ..ProductFilter::default()
    };
    let mut times = Times::default();
    for _ in 0..100 {
        let started = Instant::now();
        let count = store.count(&filter).await.unwrap().count;
        assert_eq!(count, i64::from(rows), "each row covers a product");
        times.add(started.elapsed(), 1);
    }
    times.report("count of those with one supplier");
}

fn write_catalogue(path: &Path, products: u32) {
    let header = "sku,name,brand,barcode,qty,store_price";
    write_csv(path, header, products, |row| {
        let mixed = row.wrapping_mul(2_654_435_761);
        format!(
            "SKU-{row:07},Product {row} of kind {},Brand {},{},{},{}.95",
            mixed % 997,
            mixed % 300,
            barcode(row),
            mixed % 200,
            mixed % 900 + 100
        )
    });
}

async fn supplier(store: &Store) -> Sender {
    let new = vec![(CODE, Value::text("ACME")), (NAME, Value::text("Acme"))];
    Sender {
        field: SUPPLIER_CODE,
        id: create(store, SUPPLIER, new).await,
        code: "ACME".into(),
        title: "Acme".into(),
    }
}

/// The same two files, written by the shell of SQLite into a copy of the workspace.
fn by_shell(folder: &Path, path: &Path, (first, second): (&Path, &Path)) -> [Duration; 2] {
    let copy = folder.join("shell.backstock");
    std::fs::copy(path, &copy).unwrap();
    let insert = format!(
        "create temp table csv (code text primary key, ean text, name text, price);\n\
         .import --skip 1 --schema temp {} csv\nbegin;\n\
         insert into supplier_products (id, version, supplier_id, product_id, code, supplier_sku, \
         supplier_name, cost, created_at, updated_at, tx_id) \
         select randomblob(16), 1, (select id from suppliers), p.id, 'ACME/' || p.sku, csv.code, \
         csv.name, cast(csv.price * 10000 as integer), 0, 0, 1 from csv join products p on p.barcode = csv.ean;\n\
         update products set coverage = 1 where id in (select product_id from supplier_products);\n\
         commit;\n",
        first.display()
    );
    let update = format!(
        "create temp table csv (code text primary key, price);\n\
         .import --skip 1 --schema temp {} csv\nbegin;\n\
         update supplier_products set cost = cast(csv.price * 10000 as integer), version = version + 1, \
         updated_at = 1, tx_id = 2 from csv where supplier_id = (select id from suppliers) \
         and deleted = 0 and supplier_sku = csv.code;\ncommit;\n",
        second.display()
    );
    [insert, update].map(|script| run_shell(&copy, &script))
}
