//! What the history costs and how fast it is read: hashing the entries of an import beside writing
//! them, checking the chain, and pages of the history. Prints a Markdown table.
//!
//! `cargo bench --bench history -- [--rows 1000000]`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop at anything unexpected"
)]

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::people::kinds::USER;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use backstock::jobs::{JobKind, JobSubject, Jobs, verify_history};
use domain::plan::{BatchCounts, BatchState, Change, HistoryFilter, Operation, Origin, Write};
use domain::record::Value;
use domain::values::{RecordId, SystemClock, Timestamp, UserId};
use sha2::{Digest, Sha256};
use sqlx::{ConnectOptions, Connection};
use store::{NewBatch, Store, Visible};

/// The allocator of the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Writes per transaction, as an import has them.
const TOGETHER: usize = 5_000;

/// Saved forms beside the import.
const FORMS: i64 = 2_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    println!("| rows | what | seconds | note |");
    println!("|---|---|---|---|");
    runtime.block_on(measure(rows()));
}

fn rows() -> i64 {
    let arguments: Vec<String> = std::env::args().collect();
    let given = arguments.iter().position(|argument| argument == "--rows");
    let given = given.and_then(|at| arguments.get(at + 1));
    given.map_or(1_000_000, |rows| rows.parse().unwrap())
}

async fn measure(rows: i64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.backstock");
    let store = Store::open_sqlite(&file, Arc::new(SystemClock))
        .await
        .unwrap();
    let person = UserId::new();
    let started = Instant::now();
    let first = import(&store, rows, person).await;
    let applied = started.elapsed();
    report(rows, "apply, with journal and chain", applied, "");
    let hashed = hash(&file).await;
    let share = 100.0 * hashed.as_secs_f64() / (applied.as_secs_f64() - hashed.as_secs_f64());
    let note = format!("{share:.1} % of applying without it; done beside the writing");
    report(rows, "hashing the entries", hashed, &note);
    for number in 0..FORMS {
        form(&store, number, UserId::new()).await;
    }
    let started = Instant::now();
    check(&store).await;
    let note = format!("{FORMS} saved forms and the import");
    report(rows, "checking the history", started.elapsed(), &note);
    pages(&store, rows, person, first).await;
    store.close().await;
}

fn report(rows: i64, what: &str, took: Duration, note: &str) {
    println!("| {rows} | {what} | {:.3} | {note} |", took.as_secs_f64());
}

fn creation(number: i64) -> Write {
    let text = |text: String| Value::text(text);
    let fields = [
        (product::SKU, text(format!("SKU-{number:07}"))),
        (
            product::NAME,
            text(format!("Blue mug number {number} with a handle")),
        ),
        (product::BRAND, text(format!("Brand {}", number % 300))),
        (
            product::CATEGORY,
            text(format!("Kitchen > Mugs {}", number % 40)),
        ),
        (product::BARCODE, text(format!("93{number:011}"))),
        (product::STOCK, Value::Number(number % 90)),
        (product::COST, Value::Number(40_000 + number % 9_000)),
        (product::STORE_PRICE, Value::Number(90_000 + number % 9_000)),
        (product::WEIGHT, Value::Number(3_500)),
        (
            product::DESCRIPTION,
            text(format!(
                "<p>A mug for tea or coffee, glazed by hand. Item {number}.</p>"
            )),
        ),
    ];
    let change = |(field, new)| Change {
        field,
        old: Value::Empty,
        new,
    };
    Write {
        kind: PRODUCT,
        id: RecordId::new(),
        operation: Operation::Create,
        expected_version: 0,
        changes: fields.into_iter().map(change).collect(),
    }
}

fn batch(origin: Origin, person: UserId) -> NewBatch {
    NewBatch {
        origin,
        label: "supplier.csv".into(),
        user_id: Some(person),
        user_name: "Ada".into(),
        undo_of: None,
        counts: BatchCounts::default(),
    }
}

async fn import(store: &Store, rows: i64, person: UserId) -> RecordId {
    let import = store
        .begin_batch(&batch(Origin::Import, person))
        .await
        .unwrap();
    let writes: Vec<Write> = (0..rows).map(creation).collect();
    for writes in writes.chunks(TOGETHER) {
        store.apply(import, writes).await.unwrap();
    }
    let counts = BatchCounts::default();
    store
        .finish_batch(import, BatchState::Done, &counts)
        .await
        .unwrap();
    store.analyze().await.unwrap();
    writes[0].id
}

async fn form(store: &Store, number: i64, person: UserId) {
    let form = store
        .begin_batch(&batch(Origin::Form, person))
        .await
        .unwrap();
    let write = creation(10_000_000 + number);
    store.apply(form, &[write]).await.unwrap();
    let counts = BatchCounts::default();
    store
        .finish_batch(form, BatchState::Done, &counts)
        .await
        .unwrap();
}

/// Hashes what the journal holds, as it was hashed when it was written.
async fn hash(file: &Path) -> Duration {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut conn = options.connect().await.unwrap();
    let (mut digest, mut took, mut last) = ([0_u8; 32], Duration::ZERO, 0);
    loop {
        let page: Vec<(i64, Vec<u8>, i64, String)> = sqlx::query_as(
            "select id, entity_id, version, changes from journal where id > ? order by id limit 5000",
        )
        .bind(last)
        .fetch_all(&mut conn)
        .await
        .unwrap();
        let Some(end) = page.last() else { break };
        last = end.0;
        let started = Instant::now();
        for (_, id, version, changes) in &page {
            digest = entry(digest, id, *version, changes);
        }
        took += started.elapsed();
    }
    conn.close().await.unwrap();
    std::hint::black_box(digest);
    took
}

fn entry(previous: [u8; 32], id: &[u8], version: i64, changes: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    let mut text = |text: &str| {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    };
    text("backstock entry");
    text("product");
    text("create");
    text(changes);
    hasher.update(previous);
    hasher.update(id);
    hasher.update(version.to_be_bytes());
    hasher.update(version.to_be_bytes());
    hasher.finalize().into()
}

async fn check(store: &Store) {
    let jobs = Jobs::new(Arc::new(SystemClock), Arc::new(|_| {}));
    let subject = JobSubject {
        kind: JobKind::VerifyHistory,
        label: String::new(),
        plan: None,
    };
    let store = store.clone();
    let started = jobs.start(subject, move |progress| async move {
        let found = verify_history(&progress, &store, None, Timestamp(0)).await?;
        assert_eq!(found.problem_count, 0, "{:?}", found.problems);
        Ok(())
    });
    let job = started.unwrap();
    let ended = jobs.wait(job).await.unwrap();
    assert_eq!(ended.error, None);
}

fn filters(person: UserId, product: RecordId) -> Vec<(&'static str, HistoryFilter)> {
    let all = HistoryFilter::default;
    let origins = Some(vec![Origin::SignIn]);
    let nobody = Some(UserId::new());
    let later = Some(Timestamp(i64::MAX / 2));
    let field = |field| HistoryFilter {
        field: Some(field),
        ..all()
    };
    let one = |record| HistoryFilter { record, ..all() };
    let by = |person| HistoryFilter { person, ..all() };
    let kind = Some(USER);
    let search = Some("SKU-0000001".into());
    vec![
        ("first page", all()),
        ("of one record", one(Some(product))),
        ("of one person", by(Some(person))),
        ("of nobody", by(nobody)),
        (
            "sign-ins, of which there are none",
            HistoryFilter { origins, ..all() },
        ),
        (
            "people, of whom there are none",
            HistoryFilter { kind, ..all() },
        ),
        ("of one field", field(product::STOCK)),
        ("of a field that never changed", field(product::SEO_TITLE)),
        ("an SKU that is there", HistoryFilter { search, ..all() }),
        (
            "in the future",
            HistoryFilter {
                from: later,
                ..all()
            },
        ),
    ]
}

async fn pages(store: &Store, rows: i64, person: UserId, product: RecordId) {
    let visible = Visible(domain::kinds::all().collect());
    for (what, filter) in filters(person, product) {
        let started = Instant::now();
        let page = store.history(&filter, &visible, None, 100).await.unwrap();
        let note = format!("{} entries", page.len());
        report(rows, &format!("page: {what}"), started.elapsed(), &note);
    }
}
