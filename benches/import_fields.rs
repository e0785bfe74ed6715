//! How long a first import into ten fields of the workspace's own takes, three of which are in
//! filters, beside the `sqlite3` shell loading the same values; then how fast lists are filtered and
//! sorted by them. Prints Markdown tables.
//!
//! `cargo bench --bench import_fields -- [--rows 1000000]`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench may stop at anything unexpected"
)]

#[expect(dead_code, reason = "each bench uses its part of what they share")]
mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::catalog::{CustomFilter, ProductFilter};
use domain::record::{Field, Value};
use domain::values::CustomFieldId;
use domain::workspace::custom_field::{CHOICES, CODE, CUSTOM_FIELD, FILTERABLE, LABEL, TYPE};
use store::Store;
use support::{
    Importer, REPORT_HEAD, TIMES_HEAD, Times, argument, create, number, open, peak_memory, report,
    run_shell, write_csv,
};

/// The allocator of the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A field of the workspace's own, and what the shell makes of its column.
struct Own {
    label: &'static str,
    kind: &'static str,
    filterable: bool,
    /// The value in the JSON of a record, in SQL.
    json: &'static str,
    /// What the index holds: a number and a text, in SQL.
    keys: (&'static str, &'static str),
}

const fn own(label: &'static str, kind: &'static str, json: &'static str) -> Own {
    Own {
        label,
        kind,
        filterable: false,
        json,
        keys: ("", ""),
    }
}

const fn in_filters(of: Own, keys: (&'static str, &'static str)) -> Own {
    Own {
        filterable: true,
        keys,
        ..of
    }
}

const OWN: [Own; 10] = [
    in_filters(own("Season", "choice", "season"), ("0", "season")),
    in_filters(
        own("Year", "integer", "cast(year as integer)"),
        ("cast(year as integer)", "''"),
    ),
    in_filters(own("Maker", "text", "maker"), ("0", "lower(maker)")),
    own("Material", "text", "material"),
    own("Care", "long_text", "care"),
    own("Since", "date", "since"),
    own("Fragile", "flag", "json('true')"),
    own("Deposit", "money", "cast(deposit * 10000 as integer)"),
    own("Ratio", "decimal", "cast(ratio * 10000 as integer)"),
    own("Rooms", "choices", "json_array(rooms)"),
];

const HEADER: &str = "sku,name,brand,qty,store_price,Season,Year,Maker,Material,Care,Since,Fragile,Deposit,Ratio,Rooms";

#[tokio::main]
async fn main() {
    let rows = argument("--rows", 1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("supplier.csv");
    generate(&file, rows);
    let shell = load_by_shell(folder.path(), &file, rows).await;
    println!("{REPORT_HEAD}");
    report(rows, "`sqlite3` shell", shell, shell);

    let store = open(&folder.path().join("ours.backstock")).await;
    let fields = make_fields(&store).await;
    let ours = Importer::new(folder.path())
        .import(&store, &file, None)
        .await;
    assert_eq!(ours.created, i64::from(rows), "each row is a product");
    report(rows, "plan", ours.plan, shell);
    report(rows, "apply, with the journal", ours.apply, shell);
    report(rows, "**plan + apply**", ours.plan + ours.apply, shell);
    println!(
        "\nMost memory of the process: {} MB.\n\nBefore the pages of a list its first one is shown for 2 s.\n\n{TIMES_HEAD}",
        peak_memory()
    );
    lists(&store, &fields, rows).await;
    store.close().await;
}

async fn make_fields(store: &Store) -> Vec<Field> {
    let mut fields = Vec::new();
    for own in &OWN {
        let choices = match own.kind {
            "choice" => "spring = Spring\nsummer = Summer\nautumn = Autumn\nwinter = Winter",
            "choices" => "attic = Attic\nbath = Bath\nkitchen = Kitchen",
            _ => "",
        };
        let new = vec![
            (LABEL, Value::text(own.label)),
            (CODE, Value::text(own.label.to_lowercase())),
            (TYPE, Value::text(own.kind)),
            (CHOICES, Value::text(choices)),
            (FILTERABLE, Value::Flag(own.filterable)),
        ];
        let id = create(store, CUSTOM_FIELD, new).await;
        fields.push(Field::Custom(CustomFieldId::from(id.uuid())));
    }
    fields
}

const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
const ROOMS: [&str; 3] = ["attic", "bath", "kitchen"];

fn generate(path: &Path, rows: u32) {
    write_csv(path, HEADER, rows, |row| {
        let mixed = row.wrapping_mul(2_654_435_761);
        let of =
            |words: &[&'static str], shift: u32| words[(mixed >> shift) as usize % words.len()];
        format!(
            "SKU-{row:07},Product {row} of kind {},Brand {},{},{}.95,{},{},Maker {},Material {},\
             \"Wash number {row} warm, dry it in the air.\",2025-{:02}-{:02},yes,{}.50,0.{:04},{}",
            mixed % 997,
            mixed % 300,
            mixed % 200,
            mixed % 900 + 100,
            of(&SEASONS, 3),
            1950 + mixed % 75,
            mixed % 5_000,
            mixed % 90,
            mixed % 12 + 1,
            mixed % 28 + 1,
            mixed % 9,
            mixed % 9_000 + 1,
            of(&ROOMS, 5),
        )
    });
}

/// The same rows, loaded by the shell of SQLite: the values of the fields into the column of the
/// record as JSON, those that are in filters into their index, too.
async fn load_by_shell(folder: &Path, file: &Path, rows: u32) -> Duration {
    let database = folder.join("shell.backstock");
    let store = open(&database).await;
    let fields = make_fields(&store).await;
    store.close().await;
    let took = run_shell(&database, &script(file, &fields));
    let loaded = number(
        &database,
        "select count(*) from products where custom <> ''",
    );
    assert_eq!(loaded, rows, "the shell loaded every row");
    let indexed = number(&database, "select count(*) from custom_values");
    assert_eq!(indexed, 3 * rows, "the shell filled the index");
    took
}

fn script(file: &Path, fields: &[Field]) -> String {
    let pairs: Vec<String> = OWN
        .iter()
        .zip(fields)
        .map(|(own, field)| format!("'{}', {}", id(*field), own.json))
        .collect();
    let mut script = format!(
        "create temp table csv (sku, name, brand, qty, price, season, year, maker, material, care, \
         since, fragile, deposit, ratio, rooms);\n\
         .import --skip 1 --schema temp {} csv\nbegin;\n\
         insert into products (id, version, sku, name, brand, stock, store_price, custom, name_key, words, \
         created_at, updated_at, tx_id) \
         select cast(printf('%016d', rowid) as blob), 1, sku, name, brand, qty, price * 10000, \
         json_object({}), lower(name), lower(name || ' ' || brand || ' ' || sku), 0, 0, 1 from csv;\n\
         insert into products_words (rowid, words) select pk, words from products;\n\
         insert into products_codes (rowid, sku, barcode) select pk, sku, barcode from products;\n",
        file.display(),
        pairs.join(", ")
    );
    for own in OWN.iter().filter(|own| own.filterable) {
        let (number, text) = own.keys;
        writeln!(
            script,
            "insert into custom_values (field, deleted, number_key, text_key, record) \
             select (select pk from custom_fields where code = '{}') as f, 0, {number}, {text}, p.pk \
             from csv join products p on p.sku = csv.sku order by 3, 4, 5;",
            own.label.to_lowercase()
        )
        .unwrap();
    }
    script.push_str("commit;\n");
    script
}

fn id(field: Field) -> CustomFieldId {
    match field {
        Field::Custom(id) => id,
        Field::Fixed(..) => unreachable!("the bench makes fields of the workspace's own"),
    }
}

/// Lists that are filtered and sorted by the fields.
async fn lists(store: &Store, fields: &[Field], rows: u32) {
    let season = CustomFilter {
        any: Some(vec![Value::text("summer")]),
        ..CustomFilter::on(fields[0])
    };
    let year = CustomFilter {
        any: Some(vec![Value::Number(1984)]),
        ..CustomFilter::on(fields[1])
    };
    let maker = CustomFilter {
        any: Some(vec![Value::text("Maker 77")]),
        ..CustomFilter::on(fields[2])
    };
    let rows = i64::from(rows);
    let (by_year, by_maker) = (Some(fields[1]), Some(fields[2]));
    page(
        store,
        "a season, by name",
        vec![season.clone()],
        None,
        9_700,
    )
    .await;
    page(
        store,
        "a season, by year",
        vec![season.clone()],
        by_year,
        9_700,
    )
    .await;
    page(store, "a year, by name", vec![year.clone()], None, 9_700).await;
    page(store, "a maker, by name", vec![maker], None, 100).await;
    page(
        store,
        "a season and a year, by name",
        vec![season.clone(), year],
        None,
        1_000,
    )
    .await;
    page(
        store,
        "all by year, near the top",
        Vec::new(),
        by_year,
        9_700,
    )
    .await;
    page(
        store,
        "all by year, at any place",
        Vec::new(),
        by_year,
        rows,
    )
    .await;
    page(
        store,
        "all by maker, at any place",
        Vec::new(),
        by_maker,
        rows,
    )
    .await;
    count(store, "count of a season", season).await;
}

fn with(custom: Vec<CustomFilter>) -> ProductFilter {
    ProductFilter {
        custom: Some(custom),
        ..ProductFilter::default()
    }
}

/// How long the first page of a list is shown before a user jumps into it.
const FIRST_LOOK: Duration = Duration::from_secs(2);

/// 200 pages of a list, each at a place of its own below `deepest`; the first page is shown before.
async fn page(
    store: &Store,
    what: &str,
    custom: Vec<CustomFilter>,
    by: Option<Field>,
    deepest: i64,
) {
    let filter = with(custom);
    let rows_at = async |offset| {
        let page = match by {
            Some(field) => store.list_by(&filter, (field, false), offset, 100).await,
            None => {
                let sort = domain::catalog::SortField::Name;
                store.list(&filter, sort, false, offset, 100).await
            }
        };
        page.unwrap().rows.len()
    };
    rows_at(0).await;
    tokio::time::sleep(FIRST_LOOK).await;
    let mut times = Times::default();
    for turn in 0..200 {
        let started = Instant::now();
        let rows = rows_at(turn * 7_919 % deepest).await;
        times.add(started.elapsed(), rows);
    }
    times.report(what);
}

async fn count(store: &Store, what: &str, custom: CustomFilter) {
    let filter = with(vec![custom]);
    let mut times = Times::default();
    for _ in 0..100 {
        let started = Instant::now();
        let count = store.count(&filter).await.unwrap();
        times.add(started.elapsed(), usize::try_from(count.count).unwrap());
    }
    times.report(what);
}
