//! The search finds what a person types.

use domain::catalog::product;
use domain::catalog::{ProductFilter, SortField, StockFilter};
use domain::plan::Write;
use domain::record::Value;
use store::Store;

use testing::{applied, create, on_each_database, text, trash, update};

async fn found(store: &Store, search: &str) -> Vec<String> {
    let filter = ProductFilter {
        search: Some(search.into()),
        ..ProductFilter::default()
    };
    let page = store
        .list(&filter, SortField::Sku, false, 0, 100)
        .await
        .unwrap();
    let count = store.count(&filter).await.unwrap();
    assert!(page.sorted && count.exact);
    assert_eq!(usize::try_from(count.count).unwrap(), page.rows.len());
    page.rows.into_iter().map(|row| row.sku).collect()
}

#[tokio::test]
async fn words_and_parts_of_codes_are_found() {
    on_each_database(async |store| {
        let tags = |tags: &[&str]| (product::TAGS, Value::list(tags));
        applied(
            store,
            &[
                create(
                    "TSHIRT-BLK-S",
                    "Cotton T-Shirt, black",
                    &[(product::BRAND, text("TeeCo"))],
                ),
                create(
                    "MUG-0042/X",
                    "Crème brûlée mug",
                    &[(product::BARCODE, text("9312345678907"))],
                ),
                create(
                    "LAMP_7",
                    "Lamp for the desk, XL",
                    &[(product::CATEGORY, text("Home > Lighting"))],
                ),
                create("SOCK'5\"%", "Socks 100% wool", &[tags(&["winter sale"])]),
            ],
        )
        .await;
        for (search, skus) in [
            ("cotton", vec!["TSHIRT-BLK-S"]),
            ("COT", vec!["TSHIRT-BLK-S"]),
            ("co", vec!["TSHIRT-BLK-S"]),
            ("t-shirt", vec!["TSHIRT-BLK-S"]),
            ("teeco black", vec!["TSHIRT-BLK-S"]),
            ("black wool", vec![]),
            ("creme brulee", vec!["MUG-0042/X"]),
            ("Brûlée", vec!["MUG-0042/X"]),
            ("0042", vec!["MUG-0042/X"]),
            ("g-0042/x", vec!["MUG-0042/X"]),
            ("mug 042", vec!["MUG-0042/X"]),
            ("xl", vec!["LAMP_7"]),
            ("for", vec!["LAMP_7"]),
            ("93123", vec!["MUG-0042/X"]),
            ("shirt", vec!["TSHIRT-BLK-S"]),
            ("hirt", vec!["TSHIRT-BLK-S"]),
            ("the lamp", vec!["LAMP_7"]),
            ("lighting", vec!["LAMP_7"]),
            ("p_7", vec!["LAMP_7"]),
            ("winter", vec!["SOCK'5\"%"]),
            ("100%", vec!["SOCK'5\"%"]),
            ("'5\"%", vec!["SOCK'5\"%"]),
            ("s", vec!["SOCK'5\"%", "TSHIRT-BLK-S"]),
            ("nothing of the kind", vec![]),
            (
                "-- ***",
                vec!["LAMP_7", "MUG-0042/X", "SOCK'5\"%", "TSHIRT-BLK-S"],
            ),
        ] {
            assert_eq!(
                found(store, search).await,
                skus,
                "{search} on {}",
                store.name
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_renamed_is_found_by_its_new_name_only() {
    on_each_database(async |store| {
        let mug = create("A-100", "Mug", &[]);
        applied(store, std::slice::from_ref(&mug)).await;
        applied(
            store,
            &[update(mug.id, 1, &[(product::STOCK, Value::Number(3))])],
        )
        .await;
        assert_eq!(found(store, "mug").await, ["A-100"]);
        let renamed = [(product::NAME, text("Cup")), (product::SKU, text("B-200"))];
        applied(store, &[update(mug.id, 2, &renamed)]).await;
        assert_eq!(found(store, "mug").await, Vec::<String>::new());
        assert_eq!(found(store, "A-1").await, Vec::<String>::new());
        assert_eq!(found(store, "cup").await, ["B-200"]);
        assert_eq!(found(store, "b-2").await, ["B-200"]);
        applied(store, &[trash(mug.id, 3)]).await;
        assert_eq!(found(store, "cup").await, Vec::<String>::new());
        let in_trash = ProductFilter {
            search: Some("cup".into()),
            trashed: Some(true),
            ..ProductFilter::default()
        };
        assert_eq!(store.count(&in_trash).await.unwrap().count, 1);
    })
    .await;
}

#[tokio::test]
async fn filters_and_words_narrow_together() {
    on_each_database(async |store| {
        let of = |brand: &str, category: &str| {
            [
                (product::BRAND, text(brand)),
                (product::CATEGORY, text(category)),
            ]
        };
        applied(
            store,
            &[
                create("A-1", "Copper kettle", &of("Ace & Sons", "Home > Kitchen")),
                create("A-2", "Copper kettledrum", &of("Ace", "Music")),
                create("B-1", "Coppery lamp", &of("Ace & Sons", "Home > Kitchen")),
            ],
        )
        .await;
        for (brand, category, search, skus) in [
            (Some("Ace & Sons"), None, "copper", vec!["A-1", "B-1"]),
            (Some("Ace"), None, "copper", vec!["A-2"]),
            (None, Some("Home > Kitchen"), "copper kett", vec!["A-1"]),
            (
                Some("Ace & Sons"),
                Some("Home > Kitchen"),
                "b-1",
                vec!["B-1"],
            ),
            (Some("Ace & Sons"), Some("Music"), "copper", vec![]),
            (Some(""), None, "copper", vec![]),
            (None, None, "copper kettled", vec!["A-2"]),
        ] {
            let only = |value: Option<&str>| value.map(|value| vec![value.to_owned()]);
            let filter = ProductFilter {
                search: Some(search.into()),
                brands: only(brand),
                categories: only(category),
                ..ProductFilter::default()
            };
            let page = store
                .list(&filter, SortField::Sku, false, 0, 10)
                .await
                .unwrap();
            let found: Vec<&str> = page.rows.iter().map(|row| row.sku.as_str()).collect();
            assert_eq!(found, skus, "{filter:?} on {}", store.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_within_a_large_brand_finds_what_is_in_it() {
    on_each_database(async |store| {
        for first in (0..6000).step_by(3000) {
            let many: Vec<_> = (first..first + 3000)
                .map(|n| {
                    let brand = [(product::BRAND, text("Big & Co"))];
                    let name = if n % 1000 == 7 {
                        "Rare thing"
                    } else {
                        "Common thing"
                    };
                    create(&format!("S-{n:05}"), name, &brand)
                })
                .collect();
            applied(store, &many).await;
        }
        applied(
            store,
            &[create(
                "T-1",
                "Rare thing by another",
                &[(product::BRAND, text("Big"))],
            )],
        )
        .await;
        for (search, count, exact) in [
            ("rare", 6, true),
            ("thing", 1000, false),
            ("rare thi", 6, true),
            ("s-01007", 1, true),
        ] {
            let filter = ProductFilter {
                search: Some(search.into()),
                brands: Some(vec!["Big & Co".into()]),
                ..ProductFilter::default()
            };
            let found = store.count(&filter).await.unwrap();
            assert_eq!(
                (found.count, found.exact),
                (count, exact),
                "{search} on {}",
                store.name
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_word_is_found_among_thousands_that_begin_alike() {
    on_each_database(async |store| {
        let like = (0..2500).map(|n| create(&format!("L-{n:04}"), "Planter", &[]));
        let meant = ["P-1", "P-2"].map(|sku| create(sku, "Plantation chair", &[]));
        let products: Vec<Write> = like.chain(meant).collect();
        applied(store, &products).await;
        for search in ["plantat", "chair plantation", "Plantation"] {
            assert_eq!(found(store, search).await, ["P-1", "P-2"], "{search}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_search_finds_what_was_added_meanwhile() {
    on_each_database(async |store| {
        applied(store, &[create("A-1", "Copper kettle", &[])]).await;
        assert_eq!(found(store, "copper").await, ["A-1"]);
        let second = create("A-2", "Copper pan", &[]);
        applied(store, std::slice::from_ref(&second)).await;
        assert_eq!(found(store, "copper").await, ["A-1", "A-2"]);
        applied(store, &[trash(second.id, 1)]).await;
        assert_eq!(found(store, "copper").await, ["A-1"]);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_thousands_have_means_the_code() {
    on_each_database(async |store| {
        let filter = |search: &str| ProductFilter {
            search: Some(search.into()),
            ..ProductFilter::default()
        };
        let numbered = |n: usize| create(&format!("93000{n:05}"), &format!("Mug {n}"), &[]);
        let products: Vec<Write> = (0..1200).map(numbered).collect();
        applied(store, &products).await;
        let named = create("A-1", "Model 930000 of a mug", &[]);
        applied(store, std::slice::from_ref(&named)).await;
        let count = store.count(&filter("930000")).await.unwrap();
        assert_eq!((count.count, count.exact), (1000, false));
        assert_eq!(found(store, "9300000777").await, ["9300000777"]);
        assert_eq!(found(store, "930000 model").await, ["A-1"]);
    })
    .await;
}

#[tokio::test]
async fn a_search_that_finds_thousands_says_that_it_is_not_sorted() {
    on_each_database(async |store| {
        let many: Vec<_> = (0..2500)
            .map(|n| create(&format!("S-{n:05}"), &format!("Thing {}", 9999 - n), &[]))
            .collect();
        applied(store, &many).await;
        let filter = ProductFilter {
            search: Some("thing".into()),
            ..ProductFilter::default()
        };
        let count = store.count(&filter).await.unwrap();
        assert_eq!((count.count, count.exact), (1000, false));
        let mut skus = Vec::new();
        for offset in (0..2500).step_by(500) {
            let page = store
                .list(&filter, SortField::Name, false, offset, 500)
                .await
                .unwrap();
            assert!(!page.sorted);
            skus.extend(page.rows.into_iter().map(|row| row.sku));
        }
        skus.sort();
        skus.dedup();
        assert_eq!(skus.len(), 2500, "every one can be reached all the same");

        // A word is a word, even where it is also part of a SKU.
        applied(store, &[create("THING-X", "Oddity", &[])]).await;
        let page = store
            .list(&filter, SortField::Name, false, 0, 10)
            .await
            .unwrap();
        assert_eq!(page.rows.len(), 10);

        // A user who types a whole code means the code.
        let filter = ProductFilter {
            search: Some("s-00042".into()),
            ..ProductFilter::default()
        };
        let page = store
            .list(&filter, SortField::Name, false, 0, 10)
            .await
            .unwrap();
        assert_eq!(page.rows.len(), 1);

        let mut stream = store.stream(ProductFilter {
            search: Some("thing".into()),
            ..ProductFilter::default()
        });
        let mut streamed = 0;
        loop {
            let page = stream.next().await.unwrap();
            if page.is_empty() {
                break;
            }
            streamed += page.len();
        }
        assert_eq!(streamed, 2501, "an export is not cut off");
    })
    .await;
}

/// What a search must find, by the rule itself: every word typed begins a word of the product.
fn has_words(words: &[&str], search: &str) -> bool {
    search
        .split(' ')
        .all(|typed| words.iter().any(|word| word.starts_with(typed)))
}

/// A product as the rule sees it: its SKU, words, brand, stock, and whether it lies in the trash.
type Seen = (String, Vec<&'static str>, &'static str, i64, bool);

/// Products whose names begin alike, some of them for the trash.
fn kettles() -> (Vec<Write>, Vec<Write>, Vec<Seen>) {
    let endings = ["kettle", "kettledrum", "kettles", "kett", "lamp"];
    let looks = ["copper", "coppery", "soft", "red"];
    let brands = ["Ace & Sons", "Ace", "Kettle"];
    let (mut writes, mut trashed) = (Vec::new(), Vec::new());
    let mut products = Vec::new();
    for n in 0..2400_usize {
        let (look, ending) = (looks[n % 4], endings[n * 7 % 5 * usize::from(n % 3 > 0)]);
        let (brand, stock) = (brands[n / 5 % 3], i64::try_from(n % 4).unwrap());
        let fields = [
            (product::BRAND, text(brand)),
            (product::STOCK, Value::Number(stock)),
        ];
        let write = create(&format!("S-{n:04}"), &format!("{look} {ending}"), &fields);
        let is_trashed = n % 11 == 0;
        if is_trashed {
            trashed.push(trash(write.id, 1));
        }
        writes.push(write);
        let mut words = vec![look, ending];
        words.extend(match brand {
            "Ace & Sons" => vec!["ace", "sons"],
            "Ace" => vec!["ace"],
            _ => vec!["kettle"],
        });
        products.push((format!("S-{n:04}"), words, brand, stock, is_trashed));
    }
    (writes, trashed, products)
}

#[tokio::test]
async fn whatever_the_filter_and_the_trash_a_search_finds_what_has_the_words() {
    on_each_database(async |store| {
        let (writes, trashed, products) = kettles();
        for part in writes.chunks(1000) {
            applied(store, part).await;
        }
        applied(store, &trashed).await;
        for search in [
            "soft kettles",
            "copper kettled",
            "copp kett",
            "coppery lam",
            "red ace",
            "kettledr",
            "soft xyz",
        ] {
            for brand in [None, Some("Ace"), Some("Kettle")] {
                for (stock, trashed) in [
                    (None, None),
                    (Some(StockFilter::OutOfStock), None),
                    (None, Some(true)),
                ] {
                    let filter = ProductFilter {
                        search: Some(search.into()),
                        brands: brand.map(|brand| vec![brand.to_owned()]),
                        stock,
                        trashed,
                        ..ProductFilter::default()
                    };
                    let expected: Vec<&str> = products
                        .iter()
                        .filter(|(_, words, of, left, is_trashed)| {
                            has_words(words, search)
                                && brand.is_none_or(|brand| brand == *of)
                                && (stock.is_none() || *left == 0)
                                && *is_trashed == trashed.unwrap_or(false)
                        })
                        .map(|(sku, ..)| sku.as_str())
                        .collect();
                    assert!(expected.len() <= 1000, "sorted");
                    let page = store
                        .list(&filter, SortField::Sku, false, 0, 1000)
                        .await
                        .unwrap();
                    let found: Vec<&str> = page.rows.iter().map(|row| row.sku.as_str()).collect();
                    assert_eq!(found, expected, "{filter:?} on {}", store.name);
                    let count = store.count(&filter).await.unwrap();
                    assert_eq!(usize::try_from(count.count).unwrap(), expected.len());
                }
            }
        }
    })
    .await;
}
