//! Tests of the maps that headers suggest.

mod shops;

use super::*;
use crate::label_of;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;

fn key(target: Target) -> String {
    target.key().into_owned()
}

fn guessed(header: &str) -> Vec<(String, Option<String>)> {
    let names: Vec<&str> = header.split(',').collect();
    ColumnMap::guess(&names)
        .columns()
        .iter()
        .map(|column| (column.name.clone(), column.target.map(key)))
        .collect()
}

fn check(header: &str, expected: &[Option<&str>]) {
    let targets: Vec<_> = guessed(header)
        .into_iter()
        .map(|(_, target)| target)
        .collect();
    let targets: Vec<Option<&str>> = targets.iter().map(Option::as_deref).collect();
    assert_eq!(targets, expected, "{header}");
}

#[test]
fn our_own_keys_and_labels_map_to_themselves() {
    for field in PRODUCT.fields() {
        for name in [field.short_key().as_str(), label_of(field)] {
            let map = ColumnMap::guess(&[name]);
            assert_eq!(
                map.columns()[0].target,
                Some(Target::Field(field)),
                "{name}"
            );
        }
    }
}

#[test]
fn a_suppliers_headers_are_understood() {
    check(
        "Item Code,Product Name,Qty,RRP (AUD),Cost ex GST,EAN,Manufacturer",
        &[
            Some("sku"),
            Some("name"),
            Some("stock"),
            Some("rrp"),
            Some("cost"),
            Some("barcode"),
            Some("brand"),
        ],
    );
    check(
        "Part #,TITLE,SOH,Sell Price inc. GST,Unit Cost,UPC,Weight (g),Product Colour",
        &[
            Some("sku"),
            Some("name"),
            Some("stock"),
            Some("store_price"),
            Some("cost"),
            Some("barcode"),
            Some("grams"),
            None,
        ],
    );
}

#[test]
fn a_unit_in_a_header_belongs_to_its_column() {
    check(
        "Weight (lb),Length (cm),Width in mm,height_in,Volume (cubic feet),Cubic (l)",
        &[
            Some("weight"),
            Some("length"),
            Some("width"),
            Some("height"),
            None,
            Some("cubic"),
        ],
    );
    check("Weight (cm),Length (kg)", &[None, None]);
    let names = [
        "Weight (lb)",
        "Length (cm)",
        "height_in",
        "Width",
        "Price (kg)",
    ];
    let map = ColumnMap::guess(&names);
    let units: Vec<_> = map
        .columns()
        .iter()
        .map(|c| c.unit().map(|unit| unit.name))
        .collect();
    assert_eq!(units, [Some("lb"), Some("cm"), Some("in"), None, None]);
}

#[test]
fn a_column_of_units_counts_only_beside_what_it_measures() {
    check(
        "SKU,Weight,Weight Unit,Length,Dimension unit,Currency",
        &[
            Some("sku"),
            Some("weight"),
            Some("weight_unit"),
            Some("length"),
            Some("dimension_unit"),
            Some("currency"),
        ],
    );
    check(
        "SKU,Variant Grams,Variant Weight Unit",
        &[Some("sku"), Some("grams"), None],
    );
    check("SKU,Dimension unit", &[Some("sku"), None]);
    check(
        "Variant SKU,Variant Weight,Variant Weight Unit",
        &[Some("sku"), Some("weight"), Some("weight_unit")],
    );
}

#[test]
fn which_of_several_prices_is_meant_is_left_to_a_person() {
    let contest = |header: &str, own: Option<&str>| {
        let names: Vec<&str> = header.split(',').collect();
        let own = own.and_then(Currency::parse);
        let (map, contests) =
            ColumnMap::guess_for((PRODUCT, &std::sync::Arc::default()), &names, own);
        let price = map.index_of(product::STORE_PRICE);
        let found: Vec<_> = contests
            .into_iter()
            .map(|contest| contest.columns)
            .collect();
        (price, found)
    };
    for (header, own, price, contests) in [
        (
            "sku,Price USD,Price AUD,Price GBP",
            None,
            None,
            vec![vec![1, 2, 3]],
        ),
        (
            "sku,Price USD,Price AUD,Price GBP",
            Some("GBP"),
            Some(3),
            vec![],
        ),
        (
            "sku,Price USD,Price AUD",
            Some("GBP"),
            None,
            vec![vec![1, 2]],
        ),
        (
            "sku,Price ex GST,Price inc GST",
            Some("AUD"),
            None,
            vec![vec![1, 2]],
        ),
        ("sku,Price ex GST", Some("AUD"), Some(1), vec![]),
        ("sku,Price,Price USD", Some("GBP"), Some(1), vec![]),
        ("sku,Price,Price", None, Some(1), vec![]),
        ("sku,price_usd,price_eur", Some("EUR"), Some(2), vec![]),
    ] {
        assert_eq!(contest(header, own), (price, contests), "{header} {own:?}");
    }
}

#[test]
fn the_handle_of_a_knife_is_not_shopifys() {
    check(
        "sku,name,Handle,price",
        &[Some("sku"), Some("name"), None, Some("store_price")],
    );
    for header in [
        "Handle,Title",
        "Handle,Variant SKU",
        "Handle,SKU,Option1 Value",
        "URL handle,SKU",
    ] {
        let names: Vec<&str> = header.split(',').collect();
        assert_eq!(
            ColumnMap::guess(&names).layout(),
            Layout::Shopify,
            "{header}"
        );
    }
}

#[test]
fn the_better_name_wins_and_the_other_column_is_left_out() {
    let map = ColumnMap::guess(&["Code", "SKU", "Weight (g)", "weight"]);
    let found: Vec<_> = map.columns().iter().map(|column| column.target).collect();
    let (sku, weight) = (Target::Field(product::SKU), Target::Field(product::WEIGHT));
    assert_eq!(found, [None, Some(sku), None, Some(weight)]);
}

#[test]
fn two_columns_may_not_be_chosen_for_one_field() {
    let names = ["SKU", "A", "B"];
    let sku = Some(Target::Field(product::SKU));
    let error = ColumnMap::chosen(
        (PRODUCT, &std::sync::Arc::default()),
        &names,
        &[
            sku,
            Some(Target::Grams),
            Some(Target::Field(product::WEIGHT)),
        ],
    )
    .unwrap_err();
    assert!(error.message.contains("\"A\" and \"B\""), "{error}");
    let map = ColumnMap::chosen(
        (PRODUCT, &std::sync::Arc::default()),
        &names,
        &[sku, Some(Target::Grams), None],
    )
    .unwrap();
    assert_eq!(map.columns()[1].target, Some(Target::Grams));
    assert!(ColumnMap::chosen((PRODUCT, &std::sync::Arc::default()), &names, &[sku]).is_err());
}
