//! What other programs and suppliers call our columns. English; the better name of a target first.

use crate::label_of;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::columns::Target;

/// Each target with its other names, separated by commas. Case, spaces and punctuation do not matter, so one spelling
/// of each is enough. `docs/csv-formats.md` prints this table; a test compares them.
pub(super) const SYNONYMS: &[(Target, &str)] = &[
    (
        Target::Field(product::SKU),
        "variant sku, product sku, sku code, item code, product code, stock code, \
         article code, part number, part no, part #, item number, item no, item #, \
         article number, article no, art no, product number, catalogue number, cat no, code",
    ),
    (
        Target::Field(product::PARENT_SKU),
        "parent, parent code, parent product sku, master sku, variant of, style code",
    ),
    (
        Target::Field(product::NAME),
        "title, product name, product title, item name, article name, product, item, \
         item description",
    ),
    (Target::Field(product::SUBTITLE), "sub title, tagline"),
    (
        Target::Field(product::BRAND),
        "brand name, vendor, manufacturer, maker",
    ),
    (
        Target::Field(product::CATEGORY),
        "category name, category path, categories, type, product type, department, \
         product group, product category, group",
    ),
    (Target::Field(product::TAGS), "tag, product tags, keywords"),
    (
        Target::Field(product::DESCRIPTION),
        "body (html), body html, product description, long description, full \
         description, description html, desc",
    ),
    (
        Target::Field(product::BARCODE),
        "variant barcode, barcode number, ean, ean code, ean13, ean 13, gtin, gtin 13, \
         upc, upc code, upc ean, ean upc, isbn, isbn 13",
    ),
    (
        Target::Field(product::ACTIVE),
        "is active, status, product status, enabled, published, published on online \
         store, visible",
    ),
    (
        Target::Field(product::TAX_FREE),
        "tax exempt, gst free, vat free, is tax free",
    ),
    (
        Target::Field(product::STOCK),
        "variant inventory qty, inventory quantity, inventory qty, stock, qty, \
         quantity, soh, on hand, qty on hand, quantity on hand, stock qty, stock \
         quantity, stock level, current stock, units in stock, inventory, on hand \
         (current), available, qty available, quantity available, available qty, \
         available quantity, available stock",
    ),
    (
        Target::Field(product::RRP),
        "recommended retail price, rrp price, msrp, srp, variant compare at price, \
         compare at price, retail price, retail, suggested retail price, suggested \
         retail, list price",
    ),
    (
        Target::Field(product::COST),
        "cost price, unit cost, cost per item, item cost, purchase price, buy price, \
         buying price, wholesale price, wholesale, trade price, dealer price, supplier \
         price, landed cost",
    ),
    (
        Target::Field(product::STORE_PRICE),
        "variant price, price, sell price, selling price, sales price, regular price, \
         web price, online price, our price",
    ),
    (
        Target::Field(product::PROMO_PRICE),
        "sale price, special price, promotional price, discount price, offer price",
    ),
    (
        Target::Field(product::PROMO_START),
        "promo start date, promotion start, promotion start date, sale start, sale \
         start date, sale starts, date sale price starts, special from date",
    ),
    (
        Target::Field(product::PROMO_END),
        "promo end date, promotion end, promotion end date, sale end, sale end date, \
         sale ends, date sale price ends, special to date",
    ),
    (
        Target::Field(product::WEIGHT),
        "weight (kg), weight in kg, weight kilograms, shipping weight",
    ),
    (
        Target::Field(product::LENGTH),
        "length (m), item length, product length",
    ),
    (
        Target::Field(product::WIDTH),
        "width (m), item width, product width",
    ),
    (
        Target::Field(product::HEIGHT),
        "height (m), item height, product height",
    ),
    (
        Target::Field(product::CUBIC),
        "cubic (m3), cubic metres, cubic meters, volume (m3), cbm",
    ),
    (
        Target::Field(product::OPTION1_NAME),
        "option name 1, attribute 1 name",
    ),
    (
        Target::Field(product::OPTION1_VALUE),
        "option value 1, attribute 1 value, attribute 1 value(s)",
    ),
    (
        Target::Field(product::OPTION2_NAME),
        "option name 2, attribute 2 name",
    ),
    (
        Target::Field(product::OPTION2_VALUE),
        "option value 2, attribute 2 value, attribute 2 value(s)",
    ),
    (
        Target::Field(product::OPTION3_NAME),
        "option name 3, attribute 3 name",
    ),
    (
        Target::Field(product::OPTION3_VALUE),
        "option value 3, attribute 3 value, attribute 3 value(s)",
    ),
    (
        Target::Field(product::SEO_TITLE),
        "meta title, page title, seo page title",
    ),
    (
        Target::Field(product::SEO_DESCRIPTION),
        "meta description, seo meta description",
    ),
    (Target::Handle, "url handle"),
    (
        Target::Grams,
        "variant grams, weight value (grams), weight (g), weight grams, weight in grams",
    ),
    (
        Target::Taxable,
        "variant taxable, charge tax, is taxable, charge taxes",
    ),
];

/// Words at the end of a header that say which price it is, not what it is.
const QUALIFIERS: &[&str] = &[
    "aud",
    "nzd",
    "usd",
    "cad",
    "gbp",
    "eur",
    "sgd",
    "zar",
    "inc",
    "incl",
    "including",
    "ex",
    "excl",
    "excluding",
    "gst",
    "vat",
    "tax",
];
/// Words at the start of a header that say whose it is.
const OWNERS: &[&str] = &["product", "item", "variant"];

/// How well a header names a target: lower is better, 0 is our own name for it.
pub(super) type Rank = usize;

static NAMES: LazyLock<HashMap<String, (Target, Rank)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for field in PRODUCT.fields() {
        names.insert(
            letters(Target::Field(field).key()),
            (Target::Field(field), 0),
        );
        names.insert(letters(label_of(field)), (Target::Field(field), 0));
    }
    for (target, synonyms) in SYNONYMS {
        names.entry(letters(target.key())).or_insert((*target, 0));
        for (rank, synonym) in synonyms.split(", ").enumerate() {
            names.entry(letters(synonym)).or_insert((*target, rank + 1));
        }
    }
    names
});

/// The target that a header names.
pub(super) fn target_named(header: &str) -> Option<(Target, Rank)> {
    if let Some(found) = NAMES.get(&letters(header)) {
        return Some(*found);
    }
    let lower = header.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // A market's own price column, such as `Price / International`, is not the price.
    if header.contains(" / ") {
        return None;
    }
    while words.last().is_some_and(|word| QUALIFIERS.contains(word)) {
        words.pop();
    }
    let after = |words: &[&str]| {
        NAMES
            .get(&words.concat())
            .map(|(target, rank)| (*target, rank + 100))
    };
    after(&words).or_else(|| match words.split_first() {
        Some((first, rest)) if OWNERS.contains(first) => after(rest),
        _ => None,
    })
}

/// The letters and digits of a name in lower case; `#` counts as the word it stands for.
fn letters(name: &str) -> String {
    name.replace('#', " number")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{SYNONYMS, letters};

    #[test]
    fn no_synonym_names_two_targets() {
        let mut seen = HashMap::new();
        for (target, synonyms) in SYNONYMS {
            for synonym in synonyms.split(", ") {
                if let Some(other) = seen.insert(letters(synonym), *target) {
                    assert_eq!(other, *target, "\"{synonym}\" names two targets");
                }
            }
        }
    }

    #[test]
    fn the_document_lists_every_synonym() {
        let document = include_str!("../../../docs/csv-formats.md");
        for (target, synonyms) in SYNONYMS {
            let row = format!("| `{}` | {synonyms} |", target.key());
            assert!(document.contains(&row), "docs/csv-formats.md lacks: {row}");
        }
    }
}
