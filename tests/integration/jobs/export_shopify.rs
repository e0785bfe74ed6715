//! Products as Shopify's file: exported, imported into an empty workspace and exported again, it is the same file.

use std::collections::HashSet;
use std::sync::Arc;

use backstock::jobs::{Export, Exported, export};
use csv_io::Shape;
use domain::catalog::ProductFilter;
use domain::catalog::product::{self, PRODUCT};
use domain::plan::Write;
use domain::record::{Field, Image, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use store::Store;
use testing::{applied, create, number, on_each_database, text};

use super::workbench::Workbench;

/// The products of a workspace in Shopify's shape, with these columns where the shape has them.
async fn written(store: &Store, bench: &Workbench, columns: Vec<Field>) -> String {
    let path = bench.path("export.csv");
    let wanted = Export {
        path: path.clone(),
        kind: PRODUCT,
        which: Exported::Products(ProductFilter::default()),
        except: HashSet::new(),
        ids: None,
        columns,
        shape: Shape::Shopify,
    };
    let shop = store.clone();
    bench
        .run(move |progress| async move { export(&progress, &shop, &wanted).await.map(drop) })
        .await
        .unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    written.trim_start_matches('\u{feff}').to_owned()
}

fn every_column() -> Vec<Field> {
    PRODUCT.fields().collect()
}

/// The cells of each row, by the names of their columns.
fn cells(file: &str, names: &[&str]) -> Vec<String> {
    let mut rows = csv::Reader::from_reader(file.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let at = |name: &&str| headers.iter().position(|header| header == *name).unwrap();
    let places: Vec<usize> = names.iter().map(at).collect();
    rows.records()
        .map(|row| {
            let row = row.unwrap();
            let cells: Vec<&str> = places.iter().map(|at| &row[*at]).collect();
            cells.join("|")
        })
        .collect()
}

fn option(names: [(&str, &str); 2]) -> Vec<(Field, Value)> {
    let pairs = product::OPTIONS.into_iter().zip(names);
    pairs
        .flat_map(|((name, value), (named, told))| [(name, text(named)), (value, text(told))])
        .collect()
}

fn variant(sku: &str, place: i64, options: [(&str, &str); 2], more: &[(Field, Value)]) -> Write {
    let mut fields = vec![
        (product::PARENT_SKU, text("TEE")),
        (product::VARIANT_POSITION, number(place)),
    ];
    fields.extend(option(options));
    fields.extend_from_slice(more);
    create(sku, "A name of its own", &fields)
}

/// A shirt, its variants out of order, and a mug.
fn shirt_and_mug() -> Vec<Write> {
    let shirt = [
        (product::DESCRIPTION, text("<p>Soft</p>")),
        (product::BRAND, text("=Loom")),
        (product::CATEGORY, text("Apparel > Shirts")),
        (product::ACTIVE, Value::Flag(false)),
        (
            product::MAIN_IMAGE,
            text("https://x.test/front.jpg The front, worn"),
        ),
        (
            product::ALT_IMAGES,
            Value::images(["https://x.test/back.jpg", "https://x.test/side.jpg A side"]),
        ),
    ];
    let small = [
        (product::STOCK, number(4)),
        (product::STORE_PRICE, number(199_500)),
        (product::COST, number(80_000)),
        (product::WEIGHT, number(1_805)),
        (product::MAIN_IMAGE, text("https://x.test/small.jpg Small")),
    ];
    vec![
        create("TEE", "T-shirt", &shirt),
        variant("TEE-R-M", 2, [("Size", "M"), ("Colour", "Red")], &[]),
        variant("TEE-R-S", 1, [("Colour", "Red"), ("Size", "S")], &small),
        create(
            "MUG",
            "Mug",
            &[
                (product::TAX_FREE, Value::Flag(true)),
                (product::MAIN_IMAGE, text("https://x.test/mug.jpg")),
            ],
        ),
    ]
}

#[tokio::test]
async fn a_family_is_a_handle_with_its_variants_and_images() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        applied(store, &shirt_and_mug()).await;
        let file = written(store, &bench, every_column()).await;
        let what = [
            "Handle",
            "Title",
            "Vendor",
            "Option1 Name",
            "Option1 Value",
            "Option2 Name",
            "Option2 Value",
            "Variant SKU",
            "Variant Grams",
            "Variant Price",
            "Variant Taxable",
            "Status",
        ];
        assert_eq!(
            cells(&file, &what),
            [
                "TEE|T-shirt|'=Loom|Colour|Red|Size|S|TEE-R-S|180.5|19.95|TRUE|draft",
                "TEE||||Red||M|TEE-R-M|||TRUE|",
                "TEE|||||||||||",
                "MUG|Mug||Title|Default Title|||MUG|||FALSE|active",
            ]
        );
        let images = [
            "Image Src",
            "Image Position",
            "Image Alt Text",
            "Variant Image",
        ];
        assert_eq!(
            cells(&file, &images),
            [
                "https://x.test/front.jpg|1|The front, worn|https://x.test/small.jpg",
                "https://x.test/back.jpg|2||",
                "https://x.test/side.jpg|3|A side|",
                "https://x.test/mug.jpg|1||",
            ]
        );
        let mut seen = every_column();
        seen.retain(|field| *field != product::COST);
        let without = written(store, &bench, seen).await;
        assert!(file.contains("Cost per item") && !without.contains("Cost per item"));

        let again = bench.plan(store, &file).await;
        let counts = again.meta.outline.counts;
        // The names of variants follow from their product's; a parent has no row of its own to be counted.
        assert_eq!(
            (counts.unchanged, counts.update, counts.error),
            (1, 2, 0),
            "{:#?}",
            again.rows().await
        );
    })
    .await;
}

/// A word that a shop may write: spreadsheets, other programs and our own reader may take it for something else.
fn word() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        4 => "[A-Za-zé]{1,6}( [a-z0-9]{1,4})?",
        1 => "['=+@-]{0,2}[a-z0-9]{1,4}",
        1 => prop::sample::select(vec!["NULL", "None", "N/A", "-", "1.5E+10", "0017", "#N/A", "4006381333931.0"])
            .prop_map(str::to_owned),
    ];
    words
        .prop_map(|word: String| word.trim().to_owned())
        .prop_filter("a word", |word| !word.is_empty())
}

fn image() -> impl Strategy<Value = String> {
    (
        "https://[a-z]\\.test/[0-9a-z,;=+'-]{0,6}",
        prop_oneof![Just(String::new()), word()],
    )
        .prop_map(|(address, shows)| {
            let (address, shows) = (address.as_str(), shows.as_str());
            Image { address, shows }.text()
        })
}

fn amount() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        (1..9_999_999i64).prop_map(Value::Number)
    ]
}

/// What a product and a variant may have alike.
fn details() -> impl Strategy<Value = Vec<(Field, Value)>> {
    (
        prop::option::of(image()),
        prop::collection::vec(image(), 0..3),
        [amount(), amount(), amount(), amount()],
        -9..99i64,
        any::<(bool, bool)>(),
        prop::option::of((word(), word())),
    )
        .prop_map(
            |(main, others, [price, rrp, cost, weight], stock, (active, tax_free), words)| {
                let (brand, tag) = words.unzip();
                vec![
                    (product::MAIN_IMAGE, main.map_or(Value::Empty, Value::text)),
                    (product::ALT_IMAGES, Value::images(others)),
                    (product::STORE_PRICE, price),
                    (product::RRP, rrp),
                    (product::COST, cost),
                    (product::WEIGHT, weight),
                    (product::STOCK, number(stock)),
                    (product::ACTIVE, Value::Flag(active)),
                    (product::TAX_FREE, Value::Flag(tax_free)),
                    (product::BRAND, brand.map_or(Value::Empty, Value::text)),
                    (product::TAGS, Value::list(tag)),
                ]
            },
        )
}

/// Some of the options of a family, each variant with others.
type Chosen = (Vec<(Field, Value)>, Vec<(usize, u8)>, i64);

/// A family: its name, what its parent says, the names of its options, its variants.
type Family = (String, Vec<(Field, Value)>, Vec<String>, Vec<Chosen>);

fn family() -> impl Strategy<Value = Family> {
    let chosen = (
        details(),
        prop::collection::vec((0..3usize, 0..4u8), 0..4),
        0..6i64,
    );
    (
        word(),
        details(),
        prop::collection::vec(word(), 3),
        prop::collection::vec(chosen, 0..6),
    )
}

/// The writes that make a family; two variants have other options each, where they have any.
fn writes(at: usize, (name, details, names, variants): Family) -> Vec<Write> {
    let sku = format!("{name}{at}");
    let mut made = vec![create(&sku, &name, &details)];
    let mut taken = HashSet::new();
    for (number_of, (details, options, place)) in variants.into_iter().enumerate() {
        let mut fields = details;
        let mut used: Vec<(String, String)> = Vec::new();
        for (which, value) in options {
            let name = &names[which];
            if !used
                .iter()
                .any(|(known, _)| known.to_lowercase() == name.to_lowercase())
            {
                used.push((name.clone(), format!("{name}{value}")));
            }
        }
        let mut key: Vec<String> = used.iter().map(|(_, value)| value.to_lowercase()).collect();
        key.sort();
        if !used.is_empty() && !taken.insert(key) {
            continue;
        }
        for ((name_field, value_field), (name, value)) in product::OPTIONS.into_iter().zip(used) {
            fields.push((name_field, text(&name)));
            fields.push((value_field, text(&value)));
        }
        fields.push((product::PARENT_SKU, text(&sku)));
        fields.push((product::VARIANT_POSITION, number(place)));
        made.push(create(&format!("{sku}/{number_of}"), "Variant", &fields));
    }
    made
}

#[tokio::test]
async fn what_goes_out_comes_back_and_goes_out_the_same() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..12 {
        let families = prop::collection::vec(family(), 1..9);
        let families = families.new_tree(&mut runner).unwrap().current();
        let made: Vec<Write> = families
            .into_iter()
            .enumerate()
            .flat_map(|(at, family)| writes(at, family))
            .collect();
        let bench = Workbench::new();
        let files = std::sync::Mutex::new(Vec::<Arc<str>>::new());
        on_each_database(async |store| {
            let outcomes = applied(store, &made).await;
            assert!(
                outcomes.iter().all(store::WriteOutcome::is_applied),
                "{outcomes:?}\n{made:#?}"
            );
            let file = written(store, &bench, every_column()).await;
            files.lock().unwrap().push(file.into());
        })
        .await;
        let files = files.into_inner().unwrap();
        assert!(
            files.iter().all(|file| *file == files[0]),
            "both databases write the same"
        );
        on_each_database(async |store| {
            let planned = bench.plan(store, &files[0]).await;
            assert_eq!(
                planned.meta.outline.counts.error,
                0,
                "{:#?}\n{}",
                planned.rows().await,
                files[0]
            );
            bench.apply(store, &planned).await.unwrap();
            let again = written(store, &bench, every_column()).await;
            assert_eq!(again, *files[0]);
        })
        .await;
    }
}
