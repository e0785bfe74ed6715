//! What the filters of the list let through.

use domain::catalog::{PriceRange, ProductFilter, ProductRow, SortField, StockFilter};
use store::Store;

use crate::list::catalogue;
use testing::{applied, on_each_database};

fn fits(row: &ProductRow, filter: &ProductFilter) -> bool {
    let any = |values: &Option<Vec<String>>, value: &String| {
        values.as_ref().is_none_or(|values| values.contains(value))
    };
    any(&filter.brands, &row.brand)
        && any(&filter.categories, &row.category)
        && filter.active.is_none_or(|active| row.active == active)
        && filter.stock.is_none_or(|stock| match stock {
            StockFilter::InStock => row.stock > 0,
            StockFilter::OutOfStock => row.stock <= 0,
            StockFilter::Low => (1..=5).contains(&row.stock),
        })
        && filter.price.is_none_or(|price| {
            row.store_price.is_some_and(|is| {
                price.from.is_none_or(|from| from <= is) && price.to.is_none_or(|to| is <= to)
            })
        })
}

#[tokio::test]
async fn filters_let_through_what_they_say_and_count_it() {
    on_each_database(async |store| {
        applied(store, &catalogue()).await;
        let all = store
            .list(&ProductFilter::default(), SortField::Sku, false, 0, 1000)
            .await
            .unwrap()
            .rows;
        let texts =
            |texts: &[&str]| Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>());
        for brands in [None, texts(&["Ace"]), texts(&["", "Zed"])] {
            for categories in [None, texts(&[""])] {
                for active in [None, Some(true), Some(false)] {
                    for stock in [
                        None,
                        Some(StockFilter::InStock),
                        Some(StockFilter::OutOfStock),
                        Some(StockFilter::Low),
                    ] {
                        let filter = ProductFilter {
                            brands: brands.clone(),
                            categories: categories.clone(),
                            active,
                            stock,
                            ..ProductFilter::default()
                        };
                        lets_through(store, &filter, &all).await;
                    }
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn prices_are_filtered_by_a_range() {
    on_each_database(async |store| {
        applied(store, &catalogue()).await;
        let every = ProductFilter::default();
        let all = store.list(&every, SortField::Sku, false, 0, 1000).await;
        let all = all.unwrap().rows;
        let ends = [None, Some(0), Some(10_000), Some(25_000), Some(40_000)];
        for from in ends {
            for to in ends {
                for active in [None, Some(true)] {
                    let filter = ProductFilter {
                        price: Some(PriceRange { from, to }),
                        active,
                        ..ProductFilter::default()
                    };
                    lets_through(store, &filter, &all).await;
                }
            }
        }
    })
    .await;
}

/// A filter lets through what fits it of all products, counts it, and has it in order of the price.
async fn lets_through(store: &Store, filter: &ProductFilter, all: &[ProductRow]) {
    let expected: Vec<&ProductRow> = all.iter().filter(|row| fits(row, filter)).collect();
    let found = store.list(filter, SortField::Sku, false, 0, 1000).await;
    let found = found.unwrap().rows;
    assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter:?}");
    let count = store.count(filter).await.unwrap();
    assert_eq!(
        (count.count, count.exact),
        (i64::try_from(found.len()).unwrap(), true)
    );
    let by_price = store
        .list(filter, SortField::StorePrice, false, 0, 1000)
        .await;
    let prices: Vec<_> = by_price.unwrap().rows;
    assert_eq!(prices.len(), found.len());
    assert!(prices.is_sorted_by_key(|row| row.store_price), "{filter:?}");
}
