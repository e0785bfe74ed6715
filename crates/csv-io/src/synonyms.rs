//! What other programs and suppliers call our columns. English; the better name of a target first.

use crate::label_of;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::qualifiers::{may_say, qualifiers, words};
use super::target::Target;
use super::units::{Measure, Unit};

/// Each target with its other names, separated by commas. Case, spaces and punctuation do not matter, so one spelling
/// of each is enough. `docs/csv-formats.md` prints this table; a test compares them.
pub(super) const SYNONYMS: &[(Target, &str)] = &[
    (
        Target::Field(product::SKU),
        "variant sku, product sku, sku code, item code, product code, stock code, \
         article code, part number, part no, part #, item number, item no, item #, \
         article number, article no, art no, product number, catalogue number, cat no, \
         internal reference, default code, reference #, code",
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
        "category name, category path, categories, department, product group, \
         product category, group",
    ),
    (Target::Field(product::TAGS), "tag, product tags, keywords"),
    (
        Target::Field(product::DESCRIPTION),
        "body (html), body html, product description, long description, full \
         description, description html, desc",
    ),
    (
        Target::Field(product::MAIN_IMAGE),
        "main picture, main image url, image url, image link",
    ),
    (
        Target::Field(product::ALT_IMAGES),
        "alternate images, additional images, more images",
    ),
    (
        Target::Field(product::BARCODE),
        "variant barcode, barcode number, ean, ean code, ean13, ean 13, gtin, gtin 13, \
         upc, upc code, upc ean, ean upc, gtin upc ean or isbn, isbn, isbn 13",
    ),
    (
        Target::Field(product::ACTIVE),
        "is active, status, product status, enabled, published, published on online \
         store, product online, visible",
    ),
    (
        Target::Field(product::TAX_FREE),
        "tax exempt, gst free, vat free, is tax free, tax free item",
    ),
    (
        Target::Field(product::STOCK),
        "variant inventory qty, inventory quantity, inventory qty, stock, qty, \
         quantity, soh, on hand, qty on hand, quantity on hand, stock qty, stock \
         quantity, stock level, current stock, units in stock, inventory, on hand \
         (current), available, qty available, quantity available, available qty, \
         available quantity, available stock, qty in stock, quantity in stock, \
         qty in warehouse, quantity in warehouse",
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
         web price, online price, our price, price (a)",
    ),
    (
        Target::Field(product::PROMO_PRICE),
        "sale price, special price, promotional price, discount price, offer price",
    ),
    (
        Target::Field(product::PROMO_START),
        "promo start date, promotion start, promotion start date, sale start, sale \
         start date, sale starts, date sale price starts, special from date, special price from date",
    ),
    (
        Target::Field(product::PROMO_END),
        "promo end date, promotion end, promotion end date, promotion expiry date, sale \
         end, sale end date, sale ends, date sale price ends, special to date, special \
         price to date",
    ),
    (
        Target::Field(product::WEIGHT),
        "weight (kg), weight in kg, weight kilograms, shipping weight",
    ),
    (
        Target::Field(product::LENGTH),
        "length (m), item length, product length, shipping length, depth",
    ),
    (
        Target::Field(product::WIDTH),
        "width (m), item width, product width, shipping width",
    ),
    (
        Target::Field(product::HEIGHT),
        "height (m), item height, product height, shipping height",
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
        "variant taxable, charge tax, is taxable, charge taxes, tax status",
    ),
    (
        Target::WeightUnit,
        "unit of weight, variant weight unit, weight units, weight uom, shipping weight unit",
    ),
    (
        Target::DimensionUnit,
        "unit of length, length unit, dimensions unit, dimension units, unit of dimensions, \
         dimension uom, size unit",
    ),
    (
        Target::Images,
        "image src, image urls, product image url, picture urls",
    ),
    (Target::ImagePosition, "image position"),
    (Target::ImageShows, "image alt text, image alt"),
    (Target::VariantImage, "variant image, variant image url"),
    (
        Target::Currency,
        "currency code, price currency, iso currency, currency iso, valuta, währung",
    ),
];

/// From which program a file is, where that says what its names mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Any other.
    Plain,
    Shopify,
    Odoo,
}

/// What only Shopify means by these names; in the files of other programs they say what kind of record a row
/// is.
const SHOPIFYS: &[&str] = &["type", "producttype"];
/// What Odoo calls its columns, for programs. For people a list price is the recommended one.
const ODOOS: [(&str, Target); 3] = [
    ("list_price", Target::Field(product::STORE_PRICE)),
    ("standard_price", Target::Field(product::COST)),
    ("categ_id", Target::Field(product::CATEGORY)),
];

impl Dialect {
    /// That of a file with these columns.
    pub fn of<S: AsRef<str>>(names: &[S]) -> Self {
        let has = |is: fn(&str) -> bool| names.iter().any(|name| is(name.as_ref()));
        if has(is_of_shopify) {
            Self::Shopify
        } else if has(|name| ["default_code", "standard_price", "categ_id"].contains(&name)) {
            Self::Odoo
        } else {
            Self::Plain
        }
    }
}

/// What stands in brackets in some programs' headers and says how a value is written.
const NOISE: &[&str] = &[
    "(0/1)",
    "(x,y,z...)",
    "(yyyy-mm-dd)",
    "(required)",
    "(optional)",
    "(yes/no)",
];
/// Words at the start of a header that say whose it is.
const OWNERS: &[&str] = &["product", "item", "variant"];

/// Is added to the rank of a header that says more than the name.
pub(super) const BESIDE: Rank = 100;

/// How well a header names a target: lower is better, 0 is our own name for it.
pub(super) type Rank = usize;

static NAMES: LazyLock<HashMap<String, (Target, Rank)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for field in PRODUCT.fields() {
        names.insert(
            letters(&Target::Field(field).key()),
            (Target::Field(field), 0),
        );
        names.insert(letters(label_of(field)), (Target::Field(field), 0));
    }
    for (target, synonyms) in SYNONYMS {
        names.entry(letters(&target.key())).or_insert((*target, 0));
        for (rank, synonym) in synonyms.split(", ").enumerate() {
            names.entry(letters(synonym)).or_insert((*target, rank + 1));
        }
    }
    names
});

/// What a header names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub target: Target,
    pub rank: Rank,
}

/// The target that a header names, wherever the file comes from.
pub(super) fn target_named(header: &str) -> Option<Target> {
    named(header, Dialect::Plain).map(|named| named.target)
}

/// What a header names in a file of this program.
pub(super) fn named(header: &str, dialect: Dialect) -> Option<Named> {
    let odoos = ODOOS.iter().find(|(name, _)| *name == header);
    if let Some((_, target)) = odoos.filter(|_| dialect == Dialect::Odoo) {
        return Some(Named {
            target: *target,
            rank: 0,
        });
    }
    let header = &without_noise(header);
    if let Some((target, rank)) = NAMES.get(&letters(header)) {
        return Some(Named {
            target: *target,
            rank: *rank,
        });
    }
    // A market's own price column, such as `Price / International`, is not the price.
    if header.contains(" / ") {
        return None;
    }
    let (base, said) = qualifiers(header);
    if dialect == Dialect::Shopify && SHOPIFYS.contains(&base.as_str()) {
        return Some(Named {
            target: Target::Field(product::CATEGORY),
            rank: 3,
        });
    }
    let lower = header.to_lowercase();
    let words: Vec<&str> = words(&lower).collect();
    let owned = words
        .split_first()
        .filter(|(first, _)| OWNERS.contains(first));
    let found = NAMES
        .get(&base)
        .or_else(|| NAMES.get(base.strip_prefix(*owned?.0)?))
        .or_else(|| measure_named(&words));
    let found = found.filter(|(target, _)| may_say(*target, &said));
    found.map(|(target, rank)| Named {
        target: *target,
        rank: rank + BESIDE,
    })
}

/// The measure that words name whose last one or two are a unit of it: `weight lbs`, `length in cm`.
fn measure_named(words: &[&str]) -> Option<&'static (Target, Rank)> {
    (1..=2)
        .rev()
        .filter(|count| *count < words.len())
        .find_map(|count| {
            let (base, unit) = words.split_at(words.len() - count);
            let base = match base {
                [base @ .., "in"] if !base.is_empty() => base,
                base => base,
            };
            let found = NAMES.get(&base.concat())?;
            let measure = Measure::of(found.0.field()?)?;
            Unit::named(&unit.join(" "), measure).map(|_| found)
        })
}

/// Whether a header is one that only Shopify's product files have.
fn is_of_shopify(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let known = [
        "handle",
        "urlhandle",
        "bodyhtml",
        "variantsku",
        "variantprice",
    ];
    known.contains(&letters.to_lowercase().as_str())
}

fn without_noise(header: &str) -> String {
    let lower = header.to_lowercase();
    let noise = NOISE
        .iter()
        .find(|noise| lower.trim_end().ends_with(**noise));
    match noise.filter(|_| lower.len() == header.len()) {
        Some(noise) => header.trim_end()[..header.trim_end().len() - noise.len()].to_owned(),
        None => header.to_owned(),
    }
}

/// The letters and digits of a name in lower case; `#` counts as the word it stands for.
pub(super) fn letters(name: &str) -> String {
    name.replace('#', " number")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests;
