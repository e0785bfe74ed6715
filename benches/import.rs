//! How long a first import takes, beside the `sqlite3` shell loading the same rows into the same
//! schema with the same indexes and search index; then the daily job, new prices and stock for every
//! tenth product, beside the shell's one `update … from`. Prints Markdown tables.
//!
//! `cargo bench --bench import -- [--rows 100000,1000000]`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop at anything unexpected"
)]

#[expect(dead_code, reason = "each bench uses its part of what they share")]
mod support;

use std::path::Path;
use std::time::Duration;

use domain::catalog::ProductFilter;
use store::Store;
use support::{
    Importer, REPORT_HEAD, argument_text, barcode, number, open, peak_memory, report, run_shell,
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
    println!("{REPORT_HEAD}");
    for rows in sizes() {
        runtime.block_on(compare(rows));
    }
    println!();
    println!(
        "Most memory of the process over all runs: {} MB.",
        peak_memory()
    );
}

fn sizes() -> Vec<u32> {
    let sizes = argument_text("--rows").unwrap_or_else(|| "100000,1000000".to_owned());
    sizes.split(',').map(|size| size.parse().unwrap()).collect()
}

async fn compare(rows: u32) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("supplier.csv");
    generate(&file, rows);
    let shell = load_by_shell(folder.path(), &file, rows).await;
    report(rows, "`sqlite3` shell", shell, shell);

    let store = open(&folder.path().join("ours.backstock")).await;
    let importer = Importer::new(folder.path());
    let first = importer.import(&store, &file, None).await;
    report(rows, "plan", first.plan, shell);
    report(rows, "apply, with the journal", first.apply, shell);
    report(rows, "**plan + apply**", first.plan + first.apply, shell);
    let again = importer.import(&store, &file, None).await;
    report(
        rows,
        "the same file again (plan: nothing changes)",
        again.plan,
        shell,
    );
    daily_job(folder.path(), &importer, &store, rows).await;
    store.close().await;
}

/// New prices and stock for every tenth product, told in another order than the catalogue's.
async fn daily_job(folder: &Path, importer: &Importer, store: &Store, rows: u32) {
    let file = folder.join("daily.csv");
    let changed = rows / 10;
    generate_daily(&file, changed);
    let shell = update_by_shell(folder, &file, changed);
    report(
        changed,
        "daily job: `sqlite3` shell, without a journal",
        shell,
        shell,
    );
    let ours = importer.import(store, &file, None).await;
    assert_eq!(
        ours.updated,
        i64::from(changed),
        "every row changes a product"
    );
    report(changed, "daily job: plan", ours.plan, shell);
    report(
        changed,
        "**daily job: apply, with the journal**",
        ours.apply,
        shell,
    );
}

/// A supplier's file: fifteen columns, about 250 bytes a row.
fn generate(path: &Path, rows: u32) {
    let header = "sku,name,subtitle,brand,category,description,barcode,qty,rrp,cost_price,store_price,\
         weight,active,seo_title,seo_description";
    write_csv(path, header, rows, |row| {
        let mixed = row.wrapping_mul(2_654_435_761);
        format!(
            "SKU-{row:07},Product {row} of kind {},Subtitle {},Brand {},Apparel > Kind {},\
             \"<p>Made for every day, number {row}; washable, light and warm.</p>\",{},{},{}.{:02},\
             {}.50,{}.95,0.{},true,Product {row} online,All about product {row} in one sentence",
            mixed % 997,
            mixed % 50,
            mixed % 300,
            mixed % 40,
            barcode(mixed),
            mixed % 200,
            mixed % 90 + 10,
            mixed % 100,
            mixed % 40 + 1,
            mixed % 80 + 9,
            mixed % 900 + 100,
        )
    });
}

/// New prices and stock: a line for every tenth product, in an order of its own.
fn generate_daily(path: &Path, rows: u32) {
    write_csv(path, "sku,qty,rrp,store_price", rows, |row| {
        // A prime that divides no size, so that every product comes once.
        let product = u64::from(row) * 7_919 % u64::from(rows) * 10;
        format!(
            "SKU-{product:07},{},{}.75,{}.45",
            200 + product % 61,
            product % 90 + 11,
            product % 80 + 10,
        )
    });
}

/// The same rows, loaded by the shell of SQLite into a workspace made by us: into a temporary
/// table, then with one statement into the products, the indexes and the search index.
async fn load_by_shell(folder: &Path, file: &Path, rows: u32) -> Duration {
    let database = folder.join("shell.backstock");
    open(&database).await.close().await;
    let script = format!(
        "create temp table csv (sku, name, subtitle, brand, category, description, barcode, qty, rrp, \
         cost, price, weight, active, seo_title, seo_description);\n\
         .import --skip 1 --schema temp {} csv\nbegin;\n\
         insert into products (id, version, sku, name, subtitle, brand, category, description, \
         barcode, stock, rrp, cost, store_price, weight, seo_title, seo_description, name_key, words, \
         created_at, updated_at, tx_id) \
         select cast(printf('%016d', rowid) as blob), 1, sku, name, subtitle, brand, category, description, \
         barcode, qty, rrp * 10000, cost * 10000, price * 10000, weight * 10000, seo_title, \
         seo_description, lower(name), lower(name || ' ' || brand || ' ' || sku), 0, 0, 1 from csv;\n\
         insert into products_words (rowid, words) select pk, words from products;\n\
         insert into products_codes (rowid, sku, barcode) select pk, sku, barcode from products;\n\
         commit;\n",
        file.display()
    );
    let took = run_shell(&database, &script);
    let store = open(&database).await;
    let loaded = store.count(&ProductFilter::default()).await.unwrap().count;
    assert_eq!(loaded, i64::from(rows), "the shell loaded every row");
    store.close().await;
    took
}

/// The new prices and stock, written by the shell into the workspace that it loaded: one statement
/// that touches only what is different.
fn update_by_shell(folder: &Path, file: &Path, rows: u32) -> Duration {
    let database = folder.join("shell.backstock");
    let script = format!(
        "create temp table csv (sku, qty, rrp, price);\n\
         .import --skip 1 --schema temp {} csv\nbegin;\n\
         update products set stock = c.qty, rrp = c.rrp * 10000, store_price = c.price * 10000, \
         version = version + 1, updated_at = 1, tx_id = 2 from csv c where products.sku = c.sku and \
         (stock is not c.qty or products.rrp is not c.rrp * 10000 or store_price is not c.price * 10000);\n\
         commit;\n",
        file.display()
    );
    let took = run_shell(&database, &script);
    let query = "select count(*) from products where version = 2 and stock >= 200";
    assert_eq!(number(&database, query), rows, "the shell wrote every row");
    took
}
