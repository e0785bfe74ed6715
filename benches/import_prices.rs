//! How long a supplier's price file takes against a large catalogue, beside the `sqlite3` shell
//! writing the same rows with one statement and no journal. Prints a Markdown table.
//!
//! `cargo bench --bench import_prices -- [--products 1000000] [--rows 100000]`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop at anything unexpected"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backstock::jobs::{
    Author, Draft, JobKind, JobSubject, Jobs, Plan, Progress, Rows, Sender, SentBy, apply_plan,
    plan_import,
};
use domain::catalog::product::PRODUCT;
use domain::catalog::{Coverage, ProductFilter};
use domain::error::Result;
use domain::plan::{BatchCounts, Change, Operation, Origin, Write as RecordWrite};
use domain::purchasing::supplier::{CODE, NAME, SUPPLIER};
use domain::purchasing::supplier_product::{SUPPLIER_CODE, SUPPLIER_PRODUCT};
use domain::record::Value;
use domain::values::{PlanId, RecordId, SystemClock, Timestamp, UserId};
use store::{NewBatch, Store};

/// The allocator of the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measure(
        argument("--products", 1_000_000),
        argument("--rows", 100_000),
    ));
}

fn argument(name: &str, otherwise: u32) -> u32 {
    let arguments: Vec<String> = std::env::args().collect();
    let given = arguments.iter().position(|argument| argument == name);
    let value = given.and_then(|at| arguments.get(at + 1));
    value.map_or(otherwise, |value| value.parse().unwrap())
}

async fn measure(products: u32, rows: u32) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.backstock");
    let store = Store::open_sqlite(&path, Arc::new(SystemClock))
        .await
        .unwrap();
    let bench = Bench::new(folder.path());
    let catalogue = folder.path().join("catalogue.csv");
    write_catalogue(&catalogue, products);
    bench.import(&store, &catalogue, None).await;
    let sender = supplier(&store).await;
    store.close().await;

    let (first, second) = (folder.path().join("1.csv"), folder.path().join("2.csv"));
    let step = (products / rows).max(1);
    write_prices(&first, "Item code,EAN,Description,Price", rows, |row| {
        let product = row * step;
        format!("A{row:07},2{product:012},Thing {row},{}.50", row % 40 + 1)
    });
    write_prices(&second, "Item code,Price", rows, |row| {
        format!("A{row:07},{}.75", row % 40 + 1)
    });
    let shell = by_shell(folder.path(), &path, (&first, &second));

    let store = Store::open_sqlite(&path, Arc::new(SystemClock))
        .await
        .unwrap();
    println!(
        "| {rows} rows, {products} products | what | seconds | rows per second | ratio to the shell |"
    );
    println!("|---|---|---|---|---|");
    let files = [
        (&first, "by barcode, all new", shell[0]),
        (&second, "by the supplier's SKU, all changed", shell[1]),
    ];
    for (file, what, shell) in files {
        let (plan, apply) = bench.import(&store, file, Some(&sender)).await;
        report(rows, (what, "plan"), plan, shell);
        report(rows, (what, "apply, with the journal"), apply, shell);
        report(
            rows,
            (what, "`sqlite3` shell, one statement, no journal"),
            shell,
            shell,
        );
    }
    let covered = ProductFilter {
        coverage: Some(Coverage::One),
        ..ProductFilter::default()
    };
    let count = store.count(&covered).await.unwrap().count;
    assert_eq!(count, i64::from(rows), "each row covers a product");
    store.close().await;
}

fn report(rows: u32, (file, what): (&str, &str), took: Duration, shell: Duration) {
    let seconds = took.as_secs_f64();
    let rate = f64::from(rows) / seconds;
    let ratio = shell.as_secs_f64() / seconds;
    println!("| {file} | {what} | {seconds:.1} | {rate:.0} | {ratio:.2} |");
}

fn write_catalogue(path: &Path, products: u32) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "sku,name,brand,barcode,qty,store_price").unwrap();
    for row in 0..products {
        let mixed = row.wrapping_mul(2_654_435_761);
        writeln!(
            out,
            "SKU-{row:07},Product {row} of kind {},Brand {},2{row:012},{},{}.95",
            mixed % 997,
            mixed % 300,
            mixed % 200,
            mixed % 900 + 100
        )
        .unwrap();
    }
}

fn write_prices(path: &Path, header: &str, rows: u32, line: impl Fn(u32) -> String) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "{header}").unwrap();
    for row in 0..rows {
        writeln!(out, "{}", line(row)).unwrap();
    }
}

async fn supplier(store: &Store) -> Sender {
    let id = RecordId::new();
    let change = |field, text: &str| Change {
        field,
        old: Value::Empty,
        new: Value::text(text),
    };
    let write = RecordWrite {
        kind: SUPPLIER,
        id,
        operation: Operation::Create,
        expected_version: 0,
        changes: vec![change(CODE, "ACME"), change(NAME, "Acme")],
    };
    let batch = NewBatch {
        origin: Origin::Form,
        label: "ACME".into(),
        user_id: None,
        user_name: "Ada".into(),
        undo_of: None,
        counts: BatchCounts::default(),
    };
    let batch = store.begin_batch(&batch).await.unwrap();
    store.apply(batch, &[write]).await.unwrap();
    Sender {
        field: SUPPLIER_CODE,
        id,
        code: "ACME".into(),
        title: "Acme".into(),
    }
}

/// The same two files, written by the shell of SQLite into a copy of the workspace.
fn by_shell(folder: &Path, path: &Path, (first, second): (&Path, &Path)) -> [Duration; 2] {
    let copy = folder.join("shell.backstock");
    std::fs::copy(path, &copy).unwrap();
    let prelude =
        "pragma synchronous = normal;\npragma cache_size = -65536;\npragma temp_store = memory;\n";
    let insert = format!(
        "{prelude}create temp table csv (code, ean, name, price);\n\
         .mode csv\n.import --skip 1 --schema temp {} csv\nbegin;\n\
         insert into supplier_products (id, version, supplier_id, product_id, code, supplier_sku, \
         supplier_name, cost, created_at, updated_at, tx_id) \
         select randomblob(16), 1, (select id from suppliers), p.id, 'ACME/' || p.sku, csv.code, \
         csv.name, cast(csv.price * 10000 as integer), 0, 0, 1 from csv join products p on p.barcode = csv.ean;\n\
         update products set coverage = 1 where id in (select product_id from supplier_products);\n\
         commit;\n",
        first.display()
    );
    let update = format!(
        "{prelude}create temp table csv (code, price);\n\
         .mode csv\n.import --skip 1 --schema temp {} csv\nbegin;\n\
         update supplier_products set cost = cast(csv.price * 10000 as integer), version = version + 1, \
         updated_at = 1, tx_id = 2 from csv where supplier_id = (select id from suppliers) \
         and deleted = 0 and supplier_sku = csv.code;\ncommit;\n",
        second.display()
    );
    [insert, update].map(|script| {
        let started = Instant::now();
        let mut shell = Command::new("sqlite3")
            .arg(&copy)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = shell.stdin.take().unwrap();
        input.write_all(script.as_bytes()).unwrap();
        drop(input);
        assert!(shell.wait().unwrap().success(), "the shell writes the rows");
        started.elapsed()
    })
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
    async fn import(
        &self,
        store: &Store,
        file: &Path,
        sender: Option<&Sender>,
    ) -> (Duration, Duration) {
        let started = Instant::now();
        let rows = Rows {
            kind: if sender.is_some() {
                SUPPLIER_PRODUCT
            } else {
                PRODUCT
            },
            currency: "",
            schema: &store.schema(),
        };
        let by = sender.map(|sender| SentBy {
            sender: sender.clone(),
            currency: String::new(),
        });
        let draft = Draft::open_sent(&self.plans, file, true, rows, by).unwrap();
        let plan = Plan::create(&self.plans, PlanId::new()).await.unwrap();
        let (shop, made) = (store.clone(), plan.clone());
        self.run(move |progress| async move {
            plan_import(&progress, &shop, &made, draft.source()?, Timestamp(0)).await
        })
        .await;
        let planned = started.elapsed();
        let started = Instant::now();
        let (shop, author) = (store.clone(), self.author.clone());
        self.run(move |progress| async move {
            apply_plan(&progress, &shop, &plan, &author).await.map(drop)
        })
        .await;
        (planned, started.elapsed())
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
