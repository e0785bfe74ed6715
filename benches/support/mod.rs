//! What the benches of imports share: a file that is planned and applied, the shell of SQLite beside
//! it, records that must stand before, and figures as Markdown.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backstock::jobs::{
    Author, Draft, JobKind, JobSubject, Jobs, Plan, Progress, Rows, Sender, SentBy, apply_plan,
    plan_import,
};
use domain::catalog::product::PRODUCT;
use domain::error::Result;
use domain::plan::{BatchCounts, Change, Operation, Origin, Write};
use domain::purchasing::supplier_product::SUPPLIER_PRODUCT;
use domain::record::{Field, Kind, Value};
use domain::values::{PlanId, RecordId, SystemClock, Timestamp, UserId};
use store::{NewBatch, Store};

/// What the shell of SQLite is told before it works, so that it may use what the app uses.
pub const PRELUDE: &str = "pragma synchronous = normal;\npragma cache_size = -65536;\n\
    pragma temp_store = memory;\n.mode csv\n";

/// The number after an argument of the bench.
pub fn argument(name: &str, otherwise: u32) -> u32 {
    argument_text(name).map_or(otherwise, |value| value.parse().unwrap())
}

/// What stands after an argument of the bench.
pub fn argument_text(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)
}

/// A CSV file with a line for each number below `rows`.
pub fn write_csv(path: &Path, header: &str, rows: u32, line: impl Fn(u32) -> String) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "{header}").unwrap();
    for row in 0..rows {
        writeln!(out, "{}", line(row)).unwrap();
    }
}

/// The barcode of a number, with the right check digit: a wrong one is a note on its row.
pub fn barcode(number: u32) -> String {
    let digits = format!("2{number:011}");
    let weighted = digits.bytes().enumerate().map(|(at, digit)| {
        let weight = if at % 2 == 0 { 1 } else { 3 };
        u32::from(digit - b'0') * weight
    });
    let check = (10 - weighted.sum::<u32>() % 10) % 10;
    format!("{digits}{check}")
}

/// Opens a workspace in a file.
pub async fn open(path: &Path) -> Store {
    Store::open_sqlite(path, Arc::new(SystemClock))
        .await
        .unwrap()
}

/// Creates a record of a kind, as a form does.
pub async fn create(store: &Store, kind: Kind, new: Vec<(Field, Value)>) -> RecordId {
    let id = RecordId::new();
    let change = |(field, new)| Change {
        field,
        old: Value::Empty,
        new,
    };
    let write = Write {
        kind,
        id,
        operation: Operation::Create,
        expected_version: 0,
        changes: new.into_iter().map(change).collect(),
    };
    let batch = NewBatch {
        origin: Origin::Form,
        label: "bench".into(),
        user_id: None,
        user_name: "Ada".into(),
        undo_of: None,
        counts: BatchCounts::default(),
    };
    let batch = store.begin_batch(&batch).await.unwrap();
    let outcomes = store.apply(batch, &[write]).await.unwrap();
    assert!(outcomes[0].is_applied(), "{outcomes:?}");
    id
}

/// How long an import took, and how many records it changed.
pub struct Imported {
    pub plan: Duration,
    pub apply: Duration,
    pub created: i64,
    pub updated: i64,
}

/// Plans and applies files.
pub struct Importer {
    plans: PathBuf,
    jobs: Jobs,
    author: Author,
}

impl Importer {
    pub fn new(folder: &Path) -> Self {
        Self {
            plans: folder.join("plans"),
            jobs: Jobs::new(Arc::new(SystemClock), Arc::new(|_| {})),
            author: Author {
                id: UserId::new(),
                name: "Ada".to_owned(),
            },
        }
    }

    /// Opens and plans a file, then applies the plan: a file of products, or the price file of a
    /// supplier.
    pub async fn import(&self, store: &Store, file: &Path, sender: Option<&Sender>) -> Imported {
        let started = Instant::now();
        let kind = sender.map_or(PRODUCT, |_| SUPPLIER_PRODUCT);
        let rows = Rows {
            kind,
            currency: "",
            schema: &store.schema(),
            progress: None,
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
            created: applied.created,
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
        let id = self.jobs.start(subject, work).unwrap();
        let ended = self.jobs.wait(id).await.unwrap();
        assert!(ended.error.is_none(), "{:?}", ended.error);
    }
}

/// Runs a script in the shell of SQLite.
pub fn run_shell(database: &Path, script: &str) -> Duration {
    let started = Instant::now();
    let mut shell = Command::new("sqlite3")
        .arg(database)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = shell.stdin.take().unwrap();
    input.write_all(PRELUDE.as_bytes()).unwrap();
    input.write_all(script.as_bytes()).unwrap();
    drop(input);
    assert!(shell.wait().unwrap().success(), "the shell does its part");
    started.elapsed()
}

/// One number that the shell of SQLite is asked for.
pub fn number(database: &Path, query: &str) -> u32 {
    let asked = Command::new("sqlite3")
        .arg(database)
        .arg(query)
        .output()
        .unwrap();
    String::from_utf8(asked.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

/// The head of a table of `report` lines.
pub const REPORT_HEAD: &str =
    "| rows | what | seconds | rows per second | ratio to the shell |\n|---|---|---|---|---|";

/// A line of a table: what took how long, and how it stands to the shell.
pub fn report(rows: u32, what: &str, took: Duration, shell: Duration) {
    let seconds = took.as_secs_f64();
    let rate = f64::from(rows) / seconds;
    let ratio = shell.as_secs_f64() / seconds;
    println!("| {rows} | {what} | {seconds:.1} | {rate:.0} | {ratio:.2} |");
}

/// The most memory that this process ever had, in megabytes; 0 where the system does not tell.
pub fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// The head of a table of `Times` lines.
pub const TIMES_HEAD: &str =
    "| what | p50 ms | p99 ms | longest ms | rows |\n|---|---|---|---|---|";

/// How long a question took each time it was asked.
#[derive(Default)]
pub struct Times {
    milliseconds: Vec<f64>,
    found: usize,
}

impl Times {
    /// Asked once more.
    pub fn add(&mut self, took: Duration, found: usize) {
        self.milliseconds.push(took.as_secs_f64() * 1000.0);
        self.found += found;
    }

    /// A line of a table: the middle, the 99th of a hundred, the longest, and what it found on average.
    pub fn report(mut self, what: &str) {
        self.milliseconds.sort_by(f64::total_cmp);
        let count = self.milliseconds.len();
        let at = |part: usize| self.milliseconds[(count * part / 100).min(count - 1)];
        println!(
            "| {what} | {:.2} | {:.2} | {:.2} | {} |",
            at(50),
            at(99),
            at(100),
            self.found / count
        );
    }
}
