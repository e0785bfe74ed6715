//! The search finds what a person types.

mod rule;

use domain::catalog::product;
use domain::catalog::{ProductFilter, SortField, StockFilter};
use domain::plan::Write;
use domain::record::Value;
use store::Store;

use testing::{Place, applied, create, on_each_database, text, trash, update};

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
            ("thing", 6000, true),
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
        assert_eq!((count.count, count.exact), (1200, true));
        assert_eq!(found(store, "9300000777").await, ["9300000777"]);
        assert_eq!(found(store, "930000 model").await, ["A-1"]);
    })
    .await;
}

#[tokio::test]
async fn a_search_that_finds_thousands_is_sorted_and_reaches_each_of_them() {
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
        assert_eq!((count.count, count.exact), (2500, true));
        let mut skus = Vec::new();
        for offset in (0..2500).step_by(500) {
            let page = store
                .list(&filter, SortField::Name, false, offset, 500)
                .await
                .unwrap();
            assert!(page.sorted);
            skus.extend(page.rows.into_iter().map(|row| row.sku));
        }
        let names_fall: Vec<String> = (0..2500).rev().map(|n| format!("S-{n:05}")).collect();
        assert_eq!(skus, names_fall, "by name, and every one can be reached");

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

/// Puts so many products called "Bulk" into a file past the journal, with what finds them.
async fn bulk(place: &Place, count: i64) {
    let fill = format!(
        "with recursive n(n) as (select 1 union all select n + 1 from n where n < {count}) \
         insert into products (id, version, sku, name, name_key, barcode, words, created_at, updated_at, tx_id) \
         select randomblob(16), 1, 'X' || n, 'Bulk', 'bulk' || (100000 - n), '', ' bulk ', 0, 0, 0 from n"
    );
    place.execute(&fill).await;
    rebuild(place).await;
}

async fn rebuild(place: &Place) {
    place
        .execute("insert into products_words (products_words) values ('rebuild')")
        .await;
}

#[tokio::test]
async fn thousands_that_are_found_in_a_large_catalogue_are_sorted_too() {
    on_each_database(async |store| {
        let things: Vec<Write> = (0..2500)
            .map(|n| create(&format!("S-{n:05}"), &format!("Thing {}", 9999 - n), &[]))
            .collect();
        applied(store, &things).await;
        let search = ProductFilter {
            search: Some("thing".into()),
            ..ProductFilter::default()
        };
        let first = async |descending, offset| {
            let page = store
                .list(&search, SortField::Name, descending, offset, 1)
                .await;
            let page = page.unwrap();
            (page.sorted, page.rows[0].sku.clone())
        };
        let Place::File(_) = store.place else {
            assert_eq!(first(false, 0).await, (true, "S-02499".into()));
            return;
        };
        bulk(&store.place, 50_001).await;
        applied(store, &[create("LAST", "Another", &[])]).await;
        for (descending, offset, sku) in [
            (false, 0, "S-02499"),
            (false, 2499, "S-00000"),
            (true, 0, "S-00000"),
            (true, 2499, "S-02499"),
        ] {
            assert_eq!(first(descending, offset).await, (true, sku.into()));
        }
        store
            .place
            .execute("delete from products where sku like 'X%'")
            .await;
        rebuild(&store.place).await;
    })
    .await;
}

#[tokio::test]
async fn a_search_that_finds_too_many_says_that_it_is_not_sorted_until_a_filter_narrows_it() {
    on_each_database(async |store| {
        let Place::File(_) = store.place else {
            return;
        };
        bulk(&store.place, 50_001).await;
        let thing = |n: usize| {
            let ace = [(product::BRAND, text("Ace"))];
            create(&format!("S-{n:05}"), &format!("Bulk {}", 9999 - n), &ace)
        };
        let things: Vec<Write> = (0..1500).map(thing).collect();
        applied(store, &things).await;
        let search = ProductFilter {
            search: Some("bulk".into()),
            ..ProductFilter::default()
        };
        let narrowed = ProductFilter {
            brands: Some(vec!["Ace".into()]),
            ..search.clone()
        };
        let first = async |filter: &ProductFilter, offset| {
            let page = store.list(filter, SortField::Name, false, offset, 1).await;
            let page = page.unwrap();
            (page.sorted, page.rows[0].sku.clone())
        };
        let count = store.count(&search).await.unwrap();
        assert_eq!((count.count, count.exact), (51_501, true));
        assert_eq!(first(&search, 0).await, (false, "X1".into()));
        assert_eq!(first(&search, 51_500).await, (false, "S-01499".into()));
        assert_eq!(first(&narrowed, 0).await, (true, "S-01499".into()));
        store
            .place
            .execute("delete from products where sku like 'X%'")
            .await;
        rebuild(&store.place).await;
    })
    .await;
}
