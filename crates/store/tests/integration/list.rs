//! The list: every order, every filter, every page.

use domain::catalog::product;
use domain::catalog::{FamilyFilter, ProductFilter, SortField};
use domain::plan::Write;
use domain::record::Value;
use domain::values::RecordId;
use store::Store;

use testing::{applied, create, number, on_each_database, text, trash, update};

/// The orders that an index has, and after them the others.
const ORDERS: [SortField; 13] = [
    SortField::Name,
    SortField::Sku,
    SortField::Brand,
    SortField::Category,
    SortField::Active,
    SortField::Stock,
    SortField::StorePrice,
    SortField::Coverage,
    SortField::UpdatedAt,
    SortField::Barcode,
    SortField::Rrp,
    SortField::Cost,
    SortField::PromoPrice,
];
const INDEXED: usize = 9;

/// Products with many equal names, brands, stocks, barcodes and prices, and some without a price.
pub(crate) fn catalogue() -> Vec<Write> {
    (0..300i64)
        .map(|n| {
            let price = if n % 7 == 0 {
                Value::Empty
            } else {
                number(n % 5 * 10_000)
            };
            let fields = [
                (
                    product::BRAND,
                    text(["", "Ace", "ace", "Zed"][usize::try_from(n % 4).unwrap()]),
                ),
                (
                    product::CATEGORY,
                    text(["", "A > B"][usize::try_from(n % 2).unwrap()]),
                ),
                (product::STOCK, number(n % 9 - 1)),
                (product::RRP, price.clone()),
                (product::COST, price.clone()),
                (product::PROMO_PRICE, price.clone()),
                (product::STORE_PRICE, price),
                (product::BARCODE, text(&format!("{}", n % 13))),
                (product::ACTIVE, Value::Flag(n % 3 != 0)),
            ];
            create(
                &format!("S{}", n * 7919 % 1000),
                &format!("Näme {}", n % 11),
                &fields,
            )
        })
        .collect()
}

async fn page(
    store: &Store,
    filter: &ProductFilter,
    order: (SortField, bool),
    offset: i64,
    limit: i64,
) -> Vec<RecordId> {
    let page = store
        .list(filter, order.0, order.1, offset, limit)
        .await
        .unwrap();
    page.rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn page_after_page_shows_every_product_once_in_every_order() {
    on_each_database(async |store| {
        let writes = catalogue();
        for part in writes.chunks(50) {
            applied(store, part).await;
            store.clock.advance(1);
        }
        let all = ProductFilter::default();
        for field in ORDERS {
            for descending in [false, true] {
                let order = (field, descending);
                let whole = page(store, &all, order, 0, 1000).await;
                assert_eq!(whole.len(), writes.len());
                let mut paged = Vec::new();
                for offset in (0..300).step_by(37) {
                    paged.extend(page(store, &all, order, offset, 37).await);
                }
                assert_eq!(paged, whole, "{order:?} on {}", store.name);
                let mut other_way = page(store, &all, (field, !descending), 0, 1000).await;
                other_way.reverse();
                assert_eq!(other_way, whole, "{order:?} on {}", store.name);
            }
        }
        assert_eq!(
            page(store, &all, (SortField::Name, false), 300, 10).await,
            []
        );
    })
    .await;
}

#[tokio::test]
async fn every_order_is_by_what_it_is_called_after() {
    on_each_database(async |store| {
        applied(store, &catalogue()).await;
        let all = ProductFilter::default();
        for field in ORDERS {
            let rows = store.list(&all, field, false, 0, 1000).await.unwrap().rows;
            let is_sorted = rows.is_sorted_by_key(|row| match field {
                SortField::Brand => (0, row.brand.clone()),
                SortField::Category => (0, row.category.clone()),
                SortField::Barcode => (0, row.barcode.clone()),
                SortField::Sku => (0, row.sku.clone()),
                SortField::Active => (i64::from(row.active), String::new()),
                SortField::Stock => (row.stock, String::new()),
                SortField::Rrp => (row.rrp.unwrap_or(-1), String::new()),
                SortField::Cost => (row.cost.unwrap_or(-1), String::new()),
                SortField::StorePrice => (row.store_price.unwrap_or(-1), String::new()),
                SortField::PromoPrice => (row.promo_price.unwrap_or(-1), String::new()),
                SortField::Coverage => (row.coverage.rank(), String::new()),
                SortField::UpdatedAt => (row.updated_at.0, String::new()),
                // People sort names in a way of their own, which has its own test.
                SortField::Name => (0, String::new()),
            });
            assert!(is_sorted, "{field:?} on {}", store.name);
        }
    })
    .await;
}

#[tokio::test]
async fn far_pages_are_the_same_from_whichever_place_they_are_reached() {
    on_each_database(async |store| {
        for first in (0..4000).step_by(2000) {
            let part: Vec<_> = (first..first + 2000)
                .map(|n| {
                    let brand = [
                        (product::BRAND, text(&format!("B{}", n % 3))),
                        (product::STOCK, number(n % 50)),
                    ];
                    create(
                        &format!("S{:04}", n * 7919 % 10_007),
                        &format!("Name {}", n % 40),
                        &brand,
                    )
                })
                .collect();
            applied(store, &part).await;
        }
        let one_brand = ProductFilter {
            brands: Some(vec!["B1".into()]),
            ..ProductFilter::default()
        };
        for (filter, total) in [(ProductFilter::default(), 4000), (one_brand, 1333)] {
            for field in &ORDERS[..INDEXED] {
                for descending in [false, true] {
                    let order = (*field, descending);
                    let mut whole = Vec::new();
                    for offset in (0..total).step_by(1000) {
                        whole.extend(page(store, &filter, order, offset, 1000).await);
                    }
                    assert_eq!(i64::try_from(whole.len()).unwrap(), total);
                    // With the total known and more and more places known.
                    store.count(&filter).await.unwrap();
                    for offset in [3990, 2500, 2600, 2450, 3300, 2100, 3999, 2000] {
                        let from = usize::try_from(offset.min(total)).unwrap();
                        let to = (from + 30).min(whole.len());
                        let reached = page(store, &filter, order, offset, 30).await;
                        assert_eq!(
                            reached,
                            whole[from..to],
                            "{order:?} at {offset} on {}",
                            store.name
                        );
                    }
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn names_are_sorted_as_people_sort_them() {
    on_each_database(async |store| {
        let names = [
            "zebra", "Éclair", "apple", "Banana", "eclair b", "Äpfel", "10 forks",
        ];
        let writes: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(n, name)| create(&format!("S{n}"), name, &[]))
            .collect();
        applied(store, &writes).await;
        let rows = store
            .list(&ProductFilter::default(), SortField::Name, false, 0, 10)
            .await
            .unwrap()
            .rows;
        let sorted: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(
            sorted,
            [
                "10 forks", "Äpfel", "apple", "Banana", "Éclair", "eclair b", "zebra"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_row_shows_its_family() {
    on_each_database(async |store| {
        let of = |n: i64| {
            vec![
                (product::PARENT_SKU, text("P")),
                (product::STOCK, number(n)),
            ]
        };
        let variants = [create("P-2", "Two", &of(2)), create("P-1", "One", &of(1))];
        let writes = [
            create("P", "Parent", &[]),
            variants[0].clone(),
            variants[1].clone(),
            create("Q", "Alone", &[]),
        ];
        applied(store, &writes).await;
        let of_family = async |family| {
            let filter = ProductFilter {
                family: Some(family),
                ..ProductFilter::default()
            };
            let rows = store
                .list(&filter, SortField::Sku, false, 0, 10)
                .await
                .unwrap()
                .rows;
            rows.into_iter()
                .map(|row| (row.sku, row.variants, row.parent_sku, row.stock))
                .collect::<Vec<_>>()
        };
        let top = of_family(FamilyFilter::TopLevel).await;
        assert_eq!(top, [("P".into(), 2, None, 3), ("Q".into(), 0, None, 0)]);
        let below = of_family(FamilyFilter::Variants).await;
        assert_eq!(
            below,
            [
                ("P-1".into(), 0, Some("P".into()), 1),
                ("P-2".into(), 0, Some("P".into()), 2)
            ]
        );
        let all = ProductFilter::default();
        let list = store.list(&all, SortField::Sku, false, 0, 10);
        let names = list.await.unwrap().rows.into_iter();
        let names: Vec<Option<String>> = names.map(|row| row.parent_name).collect();
        let parent = Some("Parent".to_owned());
        assert_eq!(names, [None, parent.clone(), parent, None]);
        let family = store.variants_of(writes[0].id).await.unwrap();
        assert_eq!(
            family
                .iter()
                .map(|row| row.sku.as_str())
                .collect::<Vec<_>>(),
            ["P-2", "P-1"]
        );
    })
    .await;
}

#[tokio::test]
async fn facets_and_counts_follow_what_is_written() {
    on_each_database(async |store| {
        let brand = |brand| [(product::BRAND, text(brand))];
        let (one, two) = (
            create("1", "One", &brand("Zed")),
            create("2", "Two", &brand("ace")),
        );
        applied(
            store,
            &[
                one.clone(),
                two.clone(),
                create("3", "Three", &brand("ace")),
            ],
        )
        .await;
        let brands = async || {
            let facets = store.facets().await.unwrap();
            facets
                .brands
                .into_iter()
                .map(|facet| (facet.value, facet.count))
                .collect::<Vec<_>>()
        };
        assert_eq!(brands().await, [("ace".into(), 2), ("Zed".into(), 1)]);
        assert_eq!(
            store.count(&ProductFilter::default()).await.unwrap().count,
            3
        );
        applied(store, &[update(two.id, 1, &brand("")), trash(one.id, 1)]).await;
        assert_eq!(brands().await, [(String::new(), 1), ("ace".into(), 1)]);
        assert_eq!(
            store.count(&ProductFilter::default()).await.unwrap().count,
            2
        );
    })
    .await;
}
