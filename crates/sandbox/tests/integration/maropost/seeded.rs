//! The shop as it is filled from the neutral catalogue.

use std::collections::{BTreeMap, BTreeSet};

use sandbox::Catalogue;
use serde_json::{Value, json};

use super::Practice;

async fn items(shop: &Practice, selectors: &[&str]) -> Vec<Value> {
    let filter = json!({ "OutputSelector": selectors });
    let answer = shop.done("GetItem", json!({ "Filter": filter })).await;
    answer["Item"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_variant_is_an_item_with_a_sku_of_its_own() {
    let catalogue = Catalogue::new(1, 100);
    let shop = Practice::filled(&catalogue, |_| {});
    let items = items(&shop, &["ParentSKU", "Name"]).await;
    let skus: BTreeSet<&str> = items
        .iter()
        .map(|item| item["SKU"].as_str().unwrap())
        .collect();
    assert_eq!(skus.len(), items.len());
    let plain = |sku: &&str| {
        let char = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
        sku.len() <= 25 && sku.chars().all(char)
    };
    assert!(skus.iter().all(plain));
    let families = catalogue
        .products()
        .filter(|product| !product.options.is_empty())
        .count();
    let variants: usize = catalogue
        .products()
        .map(|product| product.variants.len())
        .sum();
    assert_eq!(items.len(), variants + families);
    let parents: BTreeSet<&str> = items
        .iter()
        .filter_map(|item| item["ParentSKU"].as_str())
        .collect();
    assert!(
        parents
            .iter()
            .all(|parent| parent.is_empty() || skus.contains(parent))
    );
}

#[tokio::test]
async fn the_giant_has_2048_variants() {
    let place = Catalogue::GIANT;
    let shop = Practice::filled(&Catalogue::range(1, place..place + 1), |_| {});
    let parents = shop.skus(json!({ "ParentSKU": "" })).await;
    assert_eq!(parents.len(), 1);
    let filter = json!({ "ParentSKU": parents[0], "Limit": 1000, "Page": 2 });
    assert_eq!(shop.skus(filter).await.len(), 48);
}

#[tokio::test]
async fn the_odd_things_of_the_catalogue_are_there() {
    let catalogue = Catalogue::new(1, 100);
    let shop = Practice::filled(&catalogue, |_| {});
    let selectors = [
        "Name",
        "Description",
        "DefaultPrice",
        "IsInventoried",
        "IsActive",
        "Approved",
        "UPC",
    ];
    let items = items(&shop, &selectors).await;
    let has = |name: &str, test: &dyn Fn(&str) -> bool| {
        items.iter().any(|item| test(item[name].as_str().unwrap()))
    };
    assert!(has("Name", &|name| name.contains('☕')));
    assert!(has("Description", &str::is_empty));
    assert!(has("DefaultPrice", &|price| price == "0.00"));
    assert!(has("IsInventoried", &|word| word == "False"));
    assert!(has("IsActive", &|word| word == "False"));
    let draft = |item: &&Value| item["IsActive"] == "True" && item["Approved"] == "False";
    assert!(items.iter().any(|item| draft(&item)));
    let mut barcodes: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &items {
        *barcodes.entry(item["UPC"].as_str().unwrap()).or_default() += 1;
    }
    assert!(
        barcodes
            .iter()
            .any(|(code, count)| !code.is_empty() && *count > 1)
    );
}

#[tokio::test]
async fn two_shops_of_one_catalogue_are_the_same_and_overlapping_ones_overlap() {
    let read = async |catalogue: Catalogue| {
        let shop = Practice::filled(&catalogue, |_| {});
        items(
            &shop,
            &[
                "Name",
                "DefaultPrice",
                "DateUpdatedUTC",
                "WarehouseQuantity",
            ],
        )
        .await
    };
    let first = read(Catalogue::new(5, 40)).await;
    assert_eq!(first, read(Catalogue::new(5, 40)).await);
    let later = read(Catalogue::range(5, 20..60)).await;
    let skus = |items: &[Value]| -> BTreeSet<String> {
        items.iter().map(|item| item["SKU"].to_string()).collect()
    };
    assert!(skus(&first).intersection(&skus(&later)).count() >= 20);
}

#[tokio::test]
async fn what_was_there_before_is_older_than_the_shop() {
    let shop = Practice::filled(&Catalogue::new(1, 100), |_| {});
    let before = shop
        .skus(json!({ "DateUpdatedTo": "2026-11-01 00:00:00" }))
        .await;
    assert_eq!(before.len(), shop.skus(json!({})).await.len());
    let recent = shop
        .skus(json!({ "DateUpdatedFrom": "2026-09-01 00:00:00" }))
        .await;
    assert!(!recent.is_empty() && recent.len() < before.len());
}

#[tokio::test]
async fn a_shop_of_ten_thousand_products_is_read_page_by_page() {
    let catalogue = Catalogue::range(2, 1_000..11_000);
    let shop = Practice::filled(&catalogue, |_| {});
    let mut seen = BTreeSet::new();
    for page in 0.. {
        let skus = shop.skus(json!({ "Page": page, "Limit": 1000 })).await;
        let before = seen.len();
        seen.extend(skus);
        if seen.len() == before {
            break;
        }
    }
    assert!(seen.len() > 10_000);
}
