//! Pages far from the start of lists that are sorted by a field of the workspace's own, on both
//! databases: the same as if the whole list had been read.

use std::time::Duration;

use domain::catalog::ProductFilter;
use domain::catalog::product::ACTIVE;
use domain::plan::{Change, Operation, Origin, Write};
use domain::record::{Field, Value};
use domain::values::RecordId;
use domain::workspace::custom_field::{CHOICES, CUSTOM_FIELD, FILTERABLE, LABEL, TYPE};
use testing::{TestStore, batch, create, number, on_each_database, text};

/// How many products there are, and how many are written together.
const PRODUCTS: i64 = 5_400;
const TOGETHER: usize = 2_700;

/// One in so many is inactive: more are active than are sorted rather than walked over.
const INACTIVE: i64 = 40;

async fn field(store: &TestStore, label: &str, kind: &str, choices: &str) -> Field {
    let id = RecordId::new();
    let new = [
        (LABEL, text(label)),
        (TYPE, text(kind)),
        (CHOICES, text(choices)),
        (FILTERABLE, Value::Flag(true)),
    ];
    let change = |(field, new)| Change {
        field,
        old: Value::Empty,
        new,
    };
    let write = Write {
        kind: CUSTOM_FIELD,
        id,
        operation: Operation::Create,
        expected_version: 0,
        changes: new.into_iter().map(change).collect(),
    };
    let batch = batch(store, Origin::Form).await;
    store.apply(batch, &[write]).await.unwrap();
    Field::Custom(id.uuid().into())
}

/// What a product has: a third has no year, the seasons are unequal, and one was taken off the list.
fn year(n: i64) -> Option<i64> {
    (n % 3 > 0).then_some(n * 7 % 611 - 300)
}

fn season(n: i64) -> Option<&'static str> {
    match n % 10 {
        0..5 => Some("s"),
        5 | 6 => Some("w"),
        7 => Some("x"),
        _ => None,
    }
}

fn is_active(n: i64) -> bool {
    n % INACTIVE > 0
}

/// The products in an order: what has a value by its key, then what has none.
fn in_order<K: Ord>(
    which: impl Fn(i64) -> bool,
    key: impl Fn(i64) -> Option<K>,
    descending: bool,
) -> Vec<String> {
    let mut valued: Vec<(K, i64)> = (0..PRODUCTS)
        .filter(|n| which(*n))
        .filter_map(|n| Some((key(n)?, n)))
        .collect();
    valued.sort();
    let mut none: Vec<i64> = (0..PRODUCTS)
        .filter(|n| which(*n) && key(*n).is_none())
        .collect();
    if descending {
        valued.reverse();
        none.reverse();
    }
    let valued = valued.into_iter().map(|(_, n)| n);
    valued.chain(none).map(|n| format!("S-{n:04}")).collect()
}

/// Where a season stands in the list of choices; what is not on it comes last.
fn rank(n: i64, descending: bool) -> Option<usize> {
    let places = if descending { [1, 2, 0] } else { [0, 1, 2] };
    let at = ["s", "w", "x"]
        .iter()
        .position(|known| Some(*known) == season(n))?;
    Some(places[at])
}

#[tokio::test]
async fn a_page_far_away_is_that_of_the_whole_list() {
    on_each_database(async |store| {
        let by_year = field(store, "Year", "integer", "").await;
        let by_season = field(store, "Season", "choice", "s = S\nw = W").await;
        let import = batch(store, Origin::Import).await;
        let writes: Vec<Write> = (0..PRODUCTS)
            .map(|n| {
                let mut more = vec![(ACTIVE, Value::Flag(is_active(n)))];
                more.extend(year(n).map(|year| (by_year, number(year))));
                more.extend(season(n).map(|season| (by_season, text(season))));
                create(&format!("S-{n:04}"), "Mug", &more)
            })
            .collect();
        for writes in writes.chunks(TOGETHER) {
            store.apply(import, writes).await.unwrap();
        }
        let all = ProductFilter::default();
        let active = ProductFilter {
            active: Some(true),
            ..ProductFilter::default()
        };
        for descending in [false, true] {
            for (filter, which) in [
                (&all, (|_| true) as fn(i64) -> bool),
                (&active, is_active as fn(i64) -> bool),
            ] {
                let orders = [
                    (by_year, in_order(which, year, descending)),
                    (
                        by_season,
                        in_order(which, |n| rank(n, descending), descending),
                    ),
                ];
                for (field, expected) in orders {
                    check(store, filter, (field, descending), &expected).await;
                }
            }
        }
        // Places may have been noted beside that by now.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let expected = in_order(|_| true, year, true);
        check(store, &all, (by_year, true), &expected).await;
    })
    .await;
}

/// Looks at pages here and there.
async fn check(store: &TestStore, filter: &ProductFilter, by: (Field, bool), expected: &[String]) {
    let end = expected.len();
    for offset in [0, end - 10, 2_000, 4_317, 2_650, end, end + 5_000] {
        let from = i64::try_from(offset).unwrap();
        let page = store.list_by(filter, by, from, 30).await.unwrap();
        let found: Vec<String> = page.rows.into_iter().map(|row| row.sku).collect();
        let from = offset.min(end);
        assert_eq!(
            found,
            expected[from..end.min(from + 30)],
            "{by:?} at {offset}, {}",
            store.name
        );
    }
}
