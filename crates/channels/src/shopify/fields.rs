//! The fields of a Shopify shop, and which of our own usually go where.

use domain::catalog::product;
use domain::channel::{FieldLevel, ShopField, ShopFieldDef};
use domain::record::{Field, FieldKind};

pub(super) const TITLE: &str = "title";
pub(super) const HANDLE: &str = "handle";
pub(super) const HTML: &str = "descriptionHtml";
pub(super) const VENDOR: &str = "vendor";
pub(super) const TYPE: &str = "productType";
pub(super) const CATEGORY: &str = "category";
pub(super) const TAGS: &str = "tags";
pub(super) const STATUS: &str = "status";
pub(super) const SEO_TITLE: &str = "seo.title";
pub(super) const SEO_DESCRIPTION: &str = "seo.description";
pub(super) const MAIN_IMAGE: &str = "image.main";
pub(super) const OTHER_IMAGES: &str = "image.others";
pub(super) const SKU: &str = "variant.sku";
pub(super) const BARCODE: &str = "variant.barcode";
pub(super) const PRICE: &str = "variant.price";
pub(super) const COMPARE_AT: &str = "variant.compareAtPrice";
pub(super) const TAXABLE: &str = "variant.taxable";
pub(super) const POSITION: &str = "variant.position";
pub(super) const COST: &str = "inventoryItem.cost";
pub(super) const WEIGHT: &str = "inventoryItem.weight";
pub(super) const TRACKED: &str = "inventoryItem.tracked";
pub(super) const SHIPS: &str = "inventoryItem.requiresShipping";
pub(super) const ORIGIN: &str = "inventoryItem.countryCodeOfOrigin";
pub(super) const HARMONIZED: &str = "inventoryItem.harmonizedSystemCode";
pub(super) const OPTIONS: [(&str, &str); 3] = [
    ("option1.name", "option1.value"),
    ("option2.name", "option2.value"),
    ("option3.name", "option3.value"),
];

/// Key, label, kind, longest text.
type Line = (&'static str, &'static str, FieldKind, u32);

const OF_PRODUCTS: [Line; 12] = [
    (TITLE, "Title", FieldKind::Text, 255),
    (HTML, "Description", FieldKind::Html, 0),
    (VENDOR, "Vendor", FieldKind::Text, 255),
    (TYPE, "Product type", FieldKind::Text, 255),
    (CATEGORY, "Category", FieldKind::Text, 0),
    (TAGS, "Tags", FieldKind::Tags, 255),
    (STATUS, "Status", FieldKind::Text, 0),
    (HANDLE, "URL handle", FieldKind::Text, 255),
    (SEO_TITLE, "Page title", FieldKind::Text, 255),
    (SEO_DESCRIPTION, "Meta description", FieldKind::LongText, 0),
    (MAIN_IMAGE, "Main image", FieldKind::Image, 0),
    (OTHER_IMAGES, "Other images", FieldKind::Images, 0),
];

const OF_VARIANTS: [Line; 18] = [
    (SKU, "SKU", FieldKind::Text, 255),
    (BARCODE, "Barcode", FieldKind::Text, 255),
    (PRICE, "Price", FieldKind::Money, 0),
    (COMPARE_AT, "Compare-at price", FieldKind::Money, 0),
    (COST, "Cost per item", FieldKind::Money, 0),
    (TAXABLE, "Charge tax", FieldKind::Flag, 0),
    (WEIGHT, "Weight", FieldKind::Decimal, 0),
    (TRACKED, "Track quantity", FieldKind::Flag, 0),
    (SHIPS, "Physical product", FieldKind::Flag, 0),
    (ORIGIN, "Country of origin", FieldKind::Text, 2),
    (HARMONIZED, "HS code", FieldKind::Text, 0),
    (POSITION, "Position", FieldKind::Integer, 0),
    ("option1.name", "Option 1 name", FieldKind::Text, 255),
    ("option1.value", "Option 1 value", FieldKind::Text, 255),
    ("option2.name", "Option 2 name", FieldKind::Text, 255),
    ("option2.value", "Option 2 value", FieldKind::Text, 255),
    ("option3.name", "Option 3 name", FieldKind::Text, 255),
    ("option3.value", "Option 3 value", FieldKind::Text, 255),
];

/// What can only be read: the category by its name, places among siblings, and the names of options,
/// which belong to the product as a whole and are given when it is created.
const READ_ONLY: [&str; 5] = [
    CATEGORY,
    POSITION,
    "option1.name",
    "option2.name",
    "option3.name",
];

/// The fields that every shop has, with money of `places` decimals.
pub(super) fn defs(places: u8) -> Vec<ShopFieldDef> {
    let of_products = OF_PRODUCTS.iter().map(|line| (line, FieldLevel::Product));
    let of_variants = OF_VARIANTS.iter().map(|line| (line, FieldLevel::Variant));
    of_products
        .chain(of_variants)
        .map(|((key, label, kind, max_chars), level)| ShopFieldDef {
            field: ShopField::new(*key),
            label: String::from(*label),
            kind: *kind,
            level,
            writable: !READ_ONLY.contains(key),
            max_chars: *max_chars,
            places: match kind {
                FieldKind::Money => places,
                FieldKind::Decimal => 4,
                _ => 0,
            },
        })
        .collect()
}

/// Which of our fields goes to which of a Shopify shop, unless a merchant wants it otherwise.
pub fn usual_fields() -> Vec<(Field, ShopField)> {
    let pairs = [
        (product::NAME, TITLE),
        (product::SKU, SKU),
        (product::BRAND, VENDOR),
        (product::CATEGORY, TYPE),
        (product::TAGS, TAGS),
        (product::DESCRIPTION, HTML),
        (product::MAIN_IMAGE, MAIN_IMAGE),
        (product::ALT_IMAGES, OTHER_IMAGES),
        (product::BARCODE, BARCODE),
        (product::STORE_PRICE, PRICE),
        (product::RRP, COMPARE_AT),
        (product::COST, COST),
        (product::WEIGHT, WEIGHT),
        (product::SEO_TITLE, SEO_TITLE),
        (product::SEO_DESCRIPTION, SEO_DESCRIPTION),
    ];
    let options = product::OPTIONS.iter().zip(OPTIONS);
    let options = options
        .flat_map(|((name, value), (to_name, to_value))| [(*name, to_name), (*value, to_value)]);
    pairs
        .into_iter()
        .chain(options)
        .map(|(field, key)| (field, ShopField::new(key)))
        .collect()
}
