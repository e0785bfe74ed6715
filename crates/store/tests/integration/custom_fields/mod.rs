//! Lists by fields of the workspace's own: what a filter finds and how many, in which order, on both
//! databases; and that the index of values follows whatever happens to records and fields.

mod index;
mod long;

use domain::catalog::product::{NAME, PRODUCT};
use domain::catalog::{CustomFilter, ProductFilter};
use domain::plan::{Change, Operation, Origin, Write};
use domain::record::{Field, Value};
use domain::values::RecordId;
use domain::workspace::custom_field::{CHOICES, CODE, CUSTOM_FIELD, FILTERABLE, LABEL, TYPE};
use store::{Store, WriteOutcome};

use testing::{
    TestStore, applied, batch, create, number, on_each_database, restore, text, trash, update,
};

async fn write_field(
    store: &Store,
    which: (RecordId, i64),
    operation: Operation,
    new: &[(Field, Value)],
) {
    let change = |(field, new): &(Field, Value)| Change {
        field: *field,
        old: Value::Empty,
        new: new.clone(),
    };
    let write = Write {
        kind: CUSTOM_FIELD,
        id: which.0,
        operation,
        expected_version: which.1,
        changes: new.iter().map(change).collect(),
    };
    let batch = batch(store, Origin::Form).await;
    let outcome = store.apply(batch, &[write]).await.unwrap();
    assert!(outcome[0].is_applied(), "{outcome:?}");
}

/// Makes a field that lists can be filtered by.
async fn field(store: &Store, label: &str, kind: &str, choices: &str) -> (RecordId, Field) {
    let id = RecordId::new();
    let new = [
        (LABEL, text(label)),
        (TYPE, text(kind)),
        (CHOICES, text(choices)),
        (FILTERABLE, Value::Flag(true)),
    ];
    write_field(store, (id, 0), Operation::Create, &new).await;
    (id, Field::Custom(id.uuid().into()))
}

async fn skus(store: &Store, filter: &ProductFilter, by: Option<(Field, bool)>) -> Vec<String> {
    let page = match by {
        Some(by) => store.list_by(filter, by, 0, 100).await.unwrap(),
        None => {
            let sort = domain::catalog::SortField::Sku;
            store.list(filter, sort, false, 0, 100).await.unwrap()
        }
    };
    let found: Vec<String> = page.rows.into_iter().map(|row| row.sku).collect();
    let count = store.count(filter).await.unwrap();
    assert_eq!(
        count.count,
        i64::try_from(found.len()).unwrap(),
        "{filter:?}"
    );
    assert!(count.exact);
    let mut stream = store.stream(filter.clone());
    let mut exported: Vec<String> = Vec::new();
    loop {
        let page = stream.next().await.unwrap();
        if page.is_empty() {
            break;
        }
        exported.extend(page.iter().map(|record| record.code().to_owned()));
    }
    exported.sort();
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(exported, sorted, "an export finds the same");
    found
}

fn on(filter: CustomFilter) -> ProductFilter {
    ProductFilter {
        custom: Some(vec![filter]),
        ..ProductFilter::default()
    }
}

fn any(field: Field, values: &[Value]) -> ProductFilter {
    on(CustomFilter {
        any: Some(values.to_vec()),
        ..CustomFilter::on(field)
    })
}

fn empty(field: Field, empty: bool) -> ProductFilter {
    on(CustomFilter {
        empty: Some(empty),
        ..CustomFilter::on(field)
    })
}

/// How many values stand in the index.
async fn indexed(store: &TestStore) -> i64 {
    let rows = store
        .place
        .rows("select 'values', count(*) from custom_values")
        .await;
    rows[0].1
}

/// Fields of several types, and products A to E that hold something in them.
struct Shop {
    season: Field,
    rooms: Field,
    year: Field,
    since: Field,
    maker: Field,
    fragile: Field,
}

impl Shop {
    async fn open(store: &Store) -> Self {
        let shop = Self {
            season: field(store, "Season", "choice", "w = Winter\ns = Summer")
                .await
                .1,
            rooms: field(store, "Rooms", "choices", "a = Attic\nb = Bath")
                .await
                .1,
            year: field(store, "Year", "integer", "").await.1,
            since: field(store, "Since", "date", "").await.1,
            maker: field(store, "Maker", "text", "").await.1,
            fragile: field(store, "Fragile", "flag", "").await.1,
        };
        let products: [(&str, Vec<(Field, Value)>); 5] = [
            (
                "A",
                vec![
                    (shop.season, text("s")),
                    (shop.year, number(2024)),
                    (shop.maker, text("Été")),
                ],
            ),
            (
                "B",
                vec![
                    (shop.season, text("w")),
                    (shop.rooms, Value::list(["a", "b"])),
                    (shop.fragile, Value::Flag(false)),
                ],
            ),
            (
                "C",
                vec![
                    (shop.year, number(-5)),
                    (shop.since, text("2026-02-01")),
                    (shop.fragile, Value::Flag(true)),
                ],
            ),
            (
                "D",
                vec![
                    (shop.season, text("s")),
                    (shop.rooms, Value::list(["b"])),
                    (shop.since, text("2025-12-31")),
                ],
            ),
            ("E", vec![(shop.maker, text("zebra"))]),
        ];
        let made = products
            .iter()
            .map(|(sku, values)| create(sku, sku, values));
        applied(store, &made.collect::<Vec<_>>()).await;
        shop
    }
}

fn range(field: Field, from: Option<Value>, to: Option<Value>) -> ProductFilter {
    on(CustomFilter {
        from,
        to,
        ..CustomFilter::on(field)
    })
}

#[tokio::test]
async fn lists_are_filtered_by_every_type() {
    on_each_database(async |store| {
        let Shop {
            season,
            rooms,
            year,
            since,
            maker,
            fragile,
        } = Shop::open(store).await;
        for (filter, found) in [
            (any(season, &[text("s")]), vec!["A", "D"]),
            (any(season, &[text("s"), text("w")]), vec!["A", "B", "D"]),
            (any(rooms, &[text("b")]), vec!["B", "D"]),
            (any(rooms, &[text("a"), text("b")]), vec!["B", "D"]),
            (any(maker, &[text("ETE")]), vec!["A"]),
            (any(fragile, &[Value::Flag(false)]), vec!["B"]),
            (any(year, &[number(2024)]), vec!["A"]),
            (empty(season, true), vec!["C", "E"]),
            (empty(rooms, false), vec!["B", "D"]),
            (range(year, None, Some(number(0))), vec!["C"]),
            (
                range(year, Some(number(-5)), Some(number(2024))),
                vec!["A", "C"],
            ),
            (range(since, Some(text("2026-01-01")), None), vec!["C"]),
        ] {
            assert_eq!(skus(store, &filter, None).await, found, "{filter:?}");
            let trash = ProductFilter {
                trashed: Some(true),
                ..filter
            };
            assert_eq!(skus(store, &trash, None).await, Vec::<String>::new());
        }
    })
    .await;
}

#[tokio::test]
async fn lists_are_sorted_by_a_field_and_what_has_no_value_comes_last() {
    on_each_database(async |store| {
        let shop = Shop::open(store).await;
        let (season, year) = (shop.season, shop.year);
        let all = ProductFilter::default();
        let named = ProductFilter {
            search: Some("d".into()),
            ..any(season, &[text("s")])
        };
        let active = ProductFilter {
            active: Some(true),
            ..empty(season, false)
        };
        for (filter, by, order) in [
            (&all, (season, false), "BADCE"),
            (&all, (season, true), "DABEC"),
            (&all, (year, false), "CABDE"),
            (&all, (year, true), "ACEDB"),
            (&all, (shop.since, false), "DCABE"),
            (&all, (shop.maker, true), "EADCB"),
            (&all, (shop.fragile, false), "BCADE"),
            (&any(season, &[text("s")]), (year, false), "AD"),
            (&named, (season, false), "D"),
            (&active, (season, false), "BAD"),
        ] {
            let found = skus(store, filter, Some(by)).await.concat();
            assert_eq!(found, order, "{by:?}");
            for at in 0..order.len() {
                let offset = i64::try_from(at).unwrap();
                let page = store.list_by(filter, by, offset, 2).await.unwrap();
                let page: Vec<String> = page.rows.into_iter().map(|row| row.sku).collect();
                let expected = &order[at..order.len().min(at + 2)];
                assert_eq!(page.concat(), expected, "{by:?} at {at}");
            }
        }
        let several = store.list_by(&all, (shop.rooms, false), 0, 10).await;
        assert!(several.is_err(), "several choices have no order");
    })
    .await;
}

#[tokio::test]
async fn choices_are_counted_and_senseless_filters_refused() {
    on_each_database(async |store| {
        let shop = Shop::open(store).await;
        let (season, year) = (shop.season, shop.year);
        let facets = store.facets().await.unwrap().custom;
        let counts = |field: Field| -> Vec<(String, i64)> {
            let facet = facets.iter().find(|facet| facet.field == field);
            let values = facet.unwrap().values.iter();
            values
                .map(|value| (value.value.clone(), value.count))
                .collect()
        };
        let told = |value: &str, count| (value.to_owned(), count);
        assert_eq!(counts(shop.fragile), [told("false", 1), told("true", 1)]);
        assert_eq!(counts(shop.rooms), [told("a", 1), told("b", 2)]);
        assert_eq!(counts(season), [told("w", 1), told("s", 2)]);
        let both = CustomFilter {
            any: Some(vec![text("s")]),
            empty: Some(true),
            ..CustomFilter::on(season)
        };
        for wrong in [
            any(season, &[number(1)]),
            range(season, Some(text("a")), None),
            range(year, Some(text("a")), None),
            empty(NAME, true),
            on(both),
        ] {
            assert!(store.count(&wrong).await.is_err(), "{wrong:?}");
        }
    })
    .await;
}
