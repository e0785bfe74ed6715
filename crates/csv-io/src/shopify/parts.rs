//! Which cells of a row belong to the product, to all its variants, or to one.

use domain::catalog::product;
use domain::record::{Field, Value};

use crate::item::Row;
use crate::row_cells::CellRow;

/// The fields that belong to the product and not to its variants.
pub(super) const PRODUCT_FIELDS: [Field; 9] = [
    product::NAME,
    product::SUBTITLE,
    product::BRAND,
    product::CATEGORY,
    product::TAGS,
    product::DESCRIPTION,
    product::ACTIVE,
    product::SEO_TITLE,
    product::SEO_DESCRIPTION,
];
/// What a variant has in common with its product.
pub(super) const INHERITED: [Field; 3] = [product::BRAND, product::CATEGORY, product::ACTIVE];

/// What the variants take from the first row.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The name of the product.
    pub(super) title: String,
    /// Values that every variant has, too.
    pub(super) inherited: Vec<(Field, Value)>,
    /// What the options are called.
    pub(super) option_names: [Option<Value>; 3],
}

impl Shared {
    /// What the values of the product, and the first row of it, share with its variants.
    pub(super) fn of(product: &[(Field, Value)], first: &Row) -> Self {
        let is_inherited = |value: &&(Field, Value)| INHERITED.contains(&value.0);
        Self {
            title: text_of(product, product::NAME).to_owned(),
            inherited: product.iter().filter(is_inherited).cloned().collect(),
            option_names: product::OPTIONS
                .map(|(name, _)| first.get(name).filter(|name| !name.is_empty()).cloned()),
        }
    }
}

/// What a row is told that has no SKU.
pub(super) fn no_sku(made: &str) -> String {
    format!("The row has no SKU; \"{made}\" is used.")
}

/// Whether a row stands for a variant: it has a SKU, a price or an option value.
pub(super) fn is_variant(row: &CellRow) -> bool {
    row.fills(product::SKU)
        || row.fills(product::STORE_PRICE)
        || product::OPTIONS.iter().any(|(_, value)| row.fills(*value))
}

/// Whether a field is a name or a value of an option.
pub(super) fn is_option(field: Field) -> bool {
    product::OPTIONS
        .iter()
        .any(|(name, value)| field == *name || field == *value)
}

/// The option values of a row, without the stand-in of a product that has no options.
pub(super) fn options(read: &CellRow) -> Vec<String> {
    let name = read.row.text(product::OPTION1_NAME);
    let default = read.row.text(product::OPTION1_VALUE) == "Default Title"
        && (name.is_empty() || name == "Title");
    product::OPTIONS
        .iter()
        .filter(|(_, value)| !(default && *value == product::OPTION1_VALUE))
        .map(|(_, value)| read.row.text(*value).to_owned())
        .filter(|value| !value.is_empty())
        .collect()
}

/// The text of a field among these values.
pub(super) fn text_of(values: &[(Field, Value)], field: Field) -> &str {
    let found = values.iter().find(|(other, _)| *other == field);
    found
        .and_then(|(_, value)| value.as_text())
        .unwrap_or_default()
}

/// The letters and digits of a text in lower case, with a dash for anything between them.
pub(super) fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}
