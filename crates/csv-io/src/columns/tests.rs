//! Tests of the maps that headers suggest.

use super::*;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;

fn guessed(header: &str) -> Vec<(String, Option<&'static str>)> {
    let names: Vec<&str> = header.split(',').collect();
    ColumnMap::guess(&names)
        .columns()
        .iter()
        .map(|column| (column.name.clone(), column.target.map(Target::key)))
        .collect()
}

fn check(header: &str, expected: &[Option<&str>]) {
    let targets: Vec<_> = guessed(header)
        .into_iter()
        .map(|(_, target)| target)
        .collect();
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
fn units_that_are_not_ours_are_left_to_a_person() {
    check(
        "Weight (lb),Length (cm),Weight (kg)",
        &[None, None, Some("weight")],
    );
}

#[test]
fn shopifys_classic_headers_are_understood() {
    check(
        "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,\
         Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,\
         Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Taxable,\
         Variant Barcode,Image Src,Image Alt Text,SEO Title,SEO Description,\
         Google Shopping / Google Record Category,Google Shopping / MPN,Variant Image,\
         Variant Weight Unit,Variant Tax Code,Cost per item,Price / International,\
         Compare At Price / International,Included / International,Status",
        &[
            Some("handle"),
            Some("name"),
            Some("description"),
            Some("brand"),
            None,
            Some("category"),
            Some("tags"),
            None,
            Some("option1_name"),
            Some("option1_value"),
            Some("sku"),
            Some("grams"),
            None,
            Some("stock"),
            Some("store_price"),
            Some("rrp"),
            Some("taxable"),
            Some("barcode"),
            None,
            None,
            Some("seo_title"),
            Some("seo_description"),
            None,
            None,
            None,
            None,
            None,
            Some("cost"),
            None,
            None,
            None,
            Some("active"),
        ],
    );
}

#[test]
fn shopifys_newer_headers_are_understood() {
    check(
        "URL handle,Title,Description,Vendor,Product category,Type,Tags,\
         Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,\
         Option1 Linked To,Price,Compare-at price,Cost per item,Charge tax,Tax code,\
         Inventory tracker,Inventory quantity,Weight value (grams),Weight unit for display,\
         Record image URL,Image position,SEO title,SEO description,Gift card,\
         Compare-at price / International",
        &[
            Some("handle"),
            Some("name"),
            Some("description"),
            Some("brand"),
            None,
            Some("category"),
            Some("tags"),
            None,
            Some("active"),
            Some("sku"),
            Some("barcode"),
            Some("option1_name"),
            Some("option1_value"),
            None,
            Some("store_price"),
            Some("rrp"),
            Some("cost"),
            Some("taxable"),
            None,
            None,
            Some("stock"),
            Some("grams"),
            None,
            None,
            None,
            Some("seo_title"),
            Some("seo_description"),
            None,
            None,
        ],
    );
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
        &names,
        &[
            sku,
            Some(Target::Grams),
            Some(Target::Field(product::WEIGHT)),
        ],
    )
    .unwrap_err();
    assert!(error.message.contains("\"A\" and \"B\""), "{error}");
    let map = ColumnMap::chosen(&names, &[sku, Some(Target::Grams), None]).unwrap();
    assert_eq!(map.columns()[1].target, Some(Target::Grams));
    assert!(ColumnMap::chosen(&names, &[sku]).is_err());
}

#[test]
fn a_target_is_its_key_in_json() {
    for target in Target::all() {
        let json = serde_json::to_value(target).unwrap();
        assert_eq!(json, serde_json::Value::from(target.key()));
        assert_eq!(serde_json::from_value::<Target>(json).unwrap(), target);
        assert_eq!(Target::from_key(target.key()), Some(target));
    }
}
