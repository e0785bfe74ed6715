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

use domain::catalog::product::PRODUCT;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backstock::jobs::{
    Author, Draft, JobKind, JobSubject, Jobs, Plan, Progress, Rows, apply_plan, plan_import,
};
use domain::catalog::ProductFilter;
use domain::error::Result;
use domain::values::{PlanId, SystemClock, Timestamp, UserId};
use store::Store;

/// The allocator of the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    println!("| rows | what | seconds | rows per second | ratio to the shell |");
    println!("|---|---|---|---|---|");
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
    let arguments: Vec<String> = std::env::args().collect();
    let given = arguments.iter().position(|argument| argument == "--rows");
    let sizes = given
        .and_then(|at| arguments.get(at + 1))
        .map_or("100000,1000000", String::as_str);
    sizes.split(',').map(|size| size.parse().unwrap()).collect()
}

async fn compare(rows: u32) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("supplier.csv");
    generate(&file, rows);
    let shell = load_by_shell(folder.path(), &file, rows).await;
    report(rows, "`sqlite3` shell", shell, shell);

    let store = Store::open_sqlite(&folder.path().join("ours.backstock"), Arc::new(SystemClock))
        .await
        .unwrap();
    let bench = Bench::new(folder.path());
    let first = bench.import(&store, &file).await;
    report(rows, "plan", first.plan, shell);
    report(rows, "apply, with the journal", first.apply, shell);
    report(rows, "**plan + apply**", first.plan + first.apply, shell);
    let again = bench.import(&store, &file).await;
    report(
        rows,
        "the same file again (plan: nothing changes)",
        again.plan,
        shell,
    );
    daily_job(folder.path(), &bench, &store, rows).await;
    store.close().await;
}

/// New prices and stock for every tenth product, told in another order than the catalogue's.
async fn daily_job(folder: &Path, bench: &Bench, store: &Store, rows: u32) {
    let file = folder.join("daily.csv");
    let changed = rows / 10;
    generate_daily(&file, changed);
    let shell = update_by_shell(folder, &file, changed).await;
    report(
        changed,
        "daily job: `sqlite3` shell, without a journal",
        shell,
        shell,
    );
    let ours = bench.import(store, &file).await;
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

fn report(rows: u32, what: &str, took: Duration, shell: Duration) {
    let seconds = took.as_secs_f64();
    let rate = f64::from(rows) / seconds;
    let ratio = shell.as_secs_f64() / seconds;
    println!("| {rows} | {what} | {seconds:.1} | {rate:.0} | {ratio:.2} |");
}

/// A supplier's file: fifteen columns, about 250 bytes a row.
fn generate(path: &Path, rows: u32) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(
        out,
        "sku,name,subtitle,brand,category,description,barcode,qty,rrp,cost_price,store_price,\
         weight,active,seo_title,seo_description"
    )
    .unwrap();
    for row in 0..rows {
        let mixed = row.wrapping_mul(2_654_435_761);
        writeln!(
            out,
            "SKU-{row:07},Product {row} of kind {},Subtitle {},Brand {},Apparel > Kind {},\
             \"<p>Made for every day, number {row}; washable, light and warm.</p>\",2{:012},{},{}.{:02},\
             {}.50,{}.95,0.{},true,Product {row} online,All about product {row} in one sentence",
            mixed % 997,
            mixed % 50,
            mixed % 300,
            mixed % 40,
            mixed,
            mixed % 200,
            mixed % 90 + 10,
            mixed % 100,
            mixed % 40 + 1,
            mixed % 80 + 9,
            mixed % 900 + 100,
        )
        .unwrap();
    }
}

/// New prices and stock: a line for every tenth product, in an order of its own.
fn generate_daily(path: &Path, rows: u32) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "sku,qty,rrp,store_price").unwrap();
    for row in 0..rows {
        // A prime that divides no size, so that every product comes once.
        let product = u64::from(row) * 7_919 % u64::from(rows) * 10;
        writeln!(
            out,
            "SKU-{product:07},{},{}.75,{}.45",
            200 + product % 61,
            product % 90 + 11,
            product % 80 + 10,
        )
        .unwrap();
    }
}

/// The same rows, loaded by the shell of SQLite into a workspace made by us: into a temporary
/// table, then with one statement into the products, the indexes and the search index.
async fn load_by_shell(folder: &Path, file: &Path, rows: u32) -> Duration {
    let database = folder.join("shell.backstock");
    let store = Store::open_sqlite(&database, Arc::new(SystemClock))
        .await
        .unwrap();
    store.close().await;
    let script = format!(
        "pragma synchronous = normal;\npragma cache_size = -65536;\npragma temp_store = memory;\n\
         create temp table csv (sku, name, subtitle, brand, category, description, barcode, qty, rrp, \
         cost, price, weight, active, seo_title, seo_description);\n\
         .mode csv\n.import --skip 1 --schema temp {} csv\nbegin;\n\
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
    let store = Store::open_sqlite(&database, Arc::new(SystemClock))
        .await
        .unwrap();
    let loaded = store.count(&ProductFilter::default()).await.unwrap().count;
    assert_eq!(loaded, i64::from(rows), "the shell loaded every row");
    store.close().await;
    took
}

/// The new prices and stock, written by the shell into the workspace that it loaded: one statement
/// that touches only what is different.
async fn update_by_shell(folder: &Path, file: &Path, rows: u32) -> Duration {
    let database = folder.join("shell.backstock");
    let script = format!(
        "pragma synchronous = normal;\npragma cache_size = -65536;\npragma temp_store = memory;\n\
         create temp table csv (sku, qty, rrp, price);\n\
         .mode csv\n.import --skip 1 --schema temp {} csv\nbegin;\n\
         update products set stock = c.qty, rrp = c.rrp * 10000, store_price = c.price * 10000, \
         version = version + 1, updated_at = 1, tx_id = 2 from csv c where products.sku = c.sku and \
         (stock is not c.qty or products.rrp is not c.rrp * 10000 or store_price is not c.price * 10000);\n\
         commit;\n",
        file.display()
    );
    let took = run_shell(&database, &script);
    let written = Command::new("sqlite3")
        .arg(&database)
        .arg("select count(*) from products where version = 2 and stock >= 200")
        .output()
        .unwrap();
    let written = String::from_utf8(written.stdout).unwrap();
    assert_eq!(
        written.trim(),
        rows.to_string(),
        "the shell wrote every row"
    );
    took
}

/// Runs a script in the shell of SQLite.
fn run_shell(database: &Path, script: &str) -> Duration {
    let started = Instant::now();
    let mut shell = Command::new("sqlite3")
        .arg(database)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    shell
        .stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    assert!(shell.wait().unwrap().success(), "the shell does its part");
    started.elapsed()
}

/// How long an import took, and how many records it changed.
struct Imported {
    plan: Duration,
    apply: Duration,
    updated: i64,
}

struct Bench {
    plans: PathBuf,
    jobs: Jobs,
    author: Author,
}

impl Bench {
    fn new(folder: &Path) -> Self {
        Self {
            plans: folder.join("plans"),
            jobs: Jobs::new(Arc::new(SystemClock), Arc::new(|_| {})),
            author: Author {
                id: UserId::new(),
                name: "Ada".to_owned(),
            },
        }
    }

    /// Opens and plans a file, then applies the plan.
    async fn import(&self, store: &Store, file: &Path) -> Imported {
        let started = Instant::now();
        let draft = Draft::open(
            &self.plans,
            file,
            true,
            Rows {
                kind: PRODUCT,
                currency: "",
                schema: &std::sync::Arc::default(),
            },
        )
        .unwrap();
        let plan = Plan::create(&self.plans, PlanId::new()).await.unwrap();
        let (shop, made) = (store.clone(), plan.clone());
        self.run(move |progress| async move {
            plan_import(&progress, &shop, &made, draft.source()?, Timestamp(0)).await
        })
        .await;
        let planned = started.elapsed();
        let started = Instant::now();
        let (shop, author, made) = (store.clone(), self.author.clone(), plan.clone());
        self.run(move |progress| async move {
            apply_plan(&progress, &shop, &made, &author).await.map(drop)
        })
        .await;
        let apply = started.elapsed();
        let applied = plan.meta().await.unwrap().applied;
        Imported {
            plan: planned,
            apply,
            updated: applied.updated,
        }
    }

    async fn run<F>(&self, work: impl FnOnce(Progress) -> F)
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let subject = JobSubject {
            kind: JobKind::PlanImport,
            label: String::new(),
            plan: None,
        };
        let id = self.jobs.start(subject, work);
        let ended = self.jobs.wait(id).await.unwrap();
        assert!(ended.error.is_none(), "{:?}", ended.error);
    }
}

/// The most memory that this process ever had, in megabytes; 0 where the system does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
