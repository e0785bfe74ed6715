//! The headers of the files that other shops export.

use super::*;

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
            Some("images"),
            Some("parent_sku"),
            Some("option1_name"),
            Some("option1_value"),
            None,
        ],
    );
}

#[test]
fn odoos_prices_are_its_own_and_a_list_price_elsewhere_is_the_recommended_one() {
    check(
        "default_code,name,list_price,standard_price,categ_id,qty_available",
        &[
            Some("sku"),
            Some("name"),
            Some("store_price"),
            Some("cost"),
            Some("category"),
            Some("stock"),
        ],
    );
    check(
        "SKU,Name,List price,Standard price",
        &[Some("sku"), Some("name"), Some("rrp"), None],
    );
    check(
        "sku,name,list_price",
        &[Some("sku"), Some("name"), Some("rrp")],
    );
}

#[test]
fn maroposts_first_price_is_the_store_price_where_no_other_is() {
    check(
        "SKU*,Name,RRP,Price (A),Price (B)",
        &[
            Some("sku"),
            Some("name"),
            Some("rrp"),
            Some("store_price"),
            None,
        ],
    );
    check(
        "SKU,Name,Price (A),Price",
        &[Some("sku"), Some("name"), None, Some("store_price")],
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
            Some("images"),
            Some("image_shows"),
            Some("seo_title"),
            Some("seo_description"),
            None,
            None,
            Some("variant_image"),
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
         Product image URL,Image position,SEO title,SEO description,Gift card,\
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
            Some("images"),
            Some("image_position"),
            Some("seo_title"),
            Some("seo_description"),
            None,
            None,
        ],
    );
}
