//! Tests of the maps that headers suggest.

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
fn a_type_is_a_category_in_shopifys_files_only() {
    check(
        "Handle,Title,Type",
        &[Some("handle"), Some("name"), Some("category")],
    );
    check("SKU,Name,Type", &[Some("sku"), Some("name"), None]);
    check(
        "Internal Reference,Name,Product Type",
        &[Some("sku"), Some("name"), None],
    );
}

#[test]
fn woocommerces_headers_are_understood() {
    check(
        "ID,Type,SKU,Name,Published,Short description,Description,Tax status,In stock?,Stock,\
         Weight (lbs),Length (in),Sale price,Regular price,Categories,Tags,Images,Parent,\
         Attribute 1 name,Attribute 1 value(s),Attribute 1 visible",
        &[
            None,
            None,
            Some("sku"),
            Some("name"),
            Some("active"),
            None,
            Some("description"),
            Some("taxable"),
            None,
            Some("stock"),
            Some("weight"),
            Some("length"),
            Some("promo_price"),
            Some("store_price"),
            Some("category"),
            Some("tags"),
            None,
            Some("parent_sku"),
            Some("option1_name"),
            Some("option1_value"),
            None,
        ],
    );
}

#[test]
fn prestashops_headers_are_understood() {
    check(
        "Product ID,Active (0/1),Name *,Categories (x,y,z...),Price tax excluded,Wholesale price,\
         Discount percent,Reference #,Manufacturer,EAN13,UPC,Width,Height,Depth,Weight,Quantity,Meta title"
            .replace("(x,y,z...)", "")
            .as_str(),
        &[
            None, Some("active"), Some("name"), Some("category"), Some("store_price"), Some("cost"),
            None, Some("sku"), Some("brand"), Some("barcode"), None, Some("width"), Some("height"),
            Some("length"), Some("weight"), Some("stock"), Some("seo_title"),
        ],
    );
}

#[test]
fn magentos_and_odoos_headers_are_understood() {
    check(
        "sku,attribute_set_code,product_type,categories,name,description,short_description,weight,\
         product_online,price,special_price,special_price_from_date,special_price_to_date,meta_title,qty",
        &[
            Some("sku"),
            None,
            None,
            Some("category"),
            Some("name"),
            Some("description"),
            None,
            Some("weight"),
            Some("active"),
            Some("store_price"),
            Some("promo_price"),
            Some("promo_start"),
            Some("promo_end"),
            Some("seo_title"),
            Some("stock"),
        ],
    );
    check(
        "Internal Reference,Name,Product Category,Sales Price,Cost,Quantity On Hand,Barcode",
        &[
            Some("sku"),
            Some("name"),
            Some("category"),
            Some("store_price"),
            Some("cost"),
            Some("stock"),
            Some("barcode"),
        ],
    );
}

#[test]
fn maroposts_headers_are_understood() {
    check(
        "SKU*,Parent SKU,Name,Subtitle,Brand,Category,Cost Price,RRP,Promo Price,Promotion Start Date,\
         Promotion Expiry Date,UPC/EAN,Active,Qty In Stock,Shipping Weight,Shipping Length,Cubic,Tax Free Item",
        &[
            Some("sku"),
            Some("parent_sku"),
            Some("name"),
            Some("subtitle"),
            Some("brand"),
            Some("category"),
            Some("cost"),
            Some("rrp"),
            Some("promo_price"),
            Some("promo_start"),
            Some("promo_end"),
            Some("barcode"),
            Some("active"),
            Some("stock"),
            Some("weight"),
            Some("length"),
            Some("cubic"),
            Some("tax_free"),
        ],
    );
    let map = ColumnMap::guess(&["Categories (x,y,z...)", "Discount from (yyyy-mm-dd)"]);
    let keys: Vec<_> = map.columns().iter().map(|c| c.target.map(key)).collect();
    assert_eq!(keys, [Some("category".to_owned()), None]);
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
