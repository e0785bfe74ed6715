//! Products in their table.

use std::collections::HashSet;
use std::sync::OnceLock;

use domain::catalog::product::{
    self, BARCODE, BRAND, CATEGORY, NAME, OPTION1_NAME, OPTION1_VALUE, OPTION2_NAME, OPTION2_VALUE,
    OPTION3_NAME, OPTION3_VALUE, PARENT_SKU, PRODUCT, SKU, TAGS,
};
use domain::purchasing::{supplier, supplier_product};
use domain::record::{Field, Fields, Record};

use super::{CUSTOM, Derived, FillRules, Gathered, KindRules, Unique};
use crate::bind::Bind;
use crate::fold::{padded, sort_key, words};

/// Products and variants.
pub(crate) static PRODUCTS: KindRules = KindRules {
    kind: PRODUCT,
    table: "products",
    derived: &[
        Derived {
            column: "name_key",
            from: &[NAME],
            value: |record| Bind::Text(sort_key(record.fields.text(NAME))),
        },
        Derived {
            column: "options_key",
            from: OPTIONS,
            value: |record| Bind::OptionalText(options_key(record)),
        },
        Derived {
            column: "words",
            from: SEARCHED,
            value: |record| Bind::Text(searched_words(&record.fields)),
        },
        CUSTOM,
    ],
    unique: &[Unique {
        column: "options_key",
        within: PARENT_SKU,
        from: OPTIONS,
        what: "options",
        value: options_key,
    }],
    gathered: &[Gathered {
        column: "coverage",
        by: supplier_product::PRODUCT_SKU,
        from: &[supplier_product::PREFERENCE],
        through: supplier_product::SUPPLIER_CODE,
        through_from: &[supplier::ACTIVE],
        counts: "t.active = 1",
        value: "case when max(case when r.preference = 1 then 1 else 0 end) = 1 then 3 \
                when count(*) > 1 then 2 else 1 end",
    }],
    search_tables: &[
        ("products_words", "words"),
        ("products_codes", "sku, barcode"),
    ],
    searched: SEARCHED,
    fill: Some(FillRules {
        mark: "products_by_name",
        kept: &["products_by_parent"],
    }),
    select: OnceLock::new(),
};

const SEARCHED: &[Field] = &[SKU, NAME, BRAND, CATEGORY, TAGS, BARCODE];

const OPTIONS: &[Field] = &[
    OPTION1_VALUE,
    OPTION1_NAME,
    OPTION2_VALUE,
    OPTION2_NAME,
    OPTION3_VALUE,
    OPTION3_NAME,
];

/// The longest key of options, in characters: what the column holds.
const OPTIONS_KEY_CHARS: usize = 1_000;

fn options_key(record: &Record) -> Option<String> {
    let key = product::options_key(&record.fields)?;
    Some(key.chars().take(OPTIONS_KEY_CHARS).collect())
}

/// The most bytes of words by which a product is found: what the column holds on a server.
const WORDS_BYTES: usize = 65_000;

/// The words by which a product is found: each once, with a space before and after each.
fn searched_words(fields: &Fields) -> String {
    let mut found: Vec<String> = Vec::new();
    for field in [NAME, SKU, BRAND, CATEGORY, BARCODE] {
        found.extend(words(fields.text(field)));
    }
    for tag in fields.get(TAGS).as_list() {
        found.extend(words(tag));
    }
    let mut text = String::from(" ");
    let mut seen = HashSet::new();
    for word in &found {
        if !seen.insert(word.as_str()) {
            continue;
        }
        let word = padded(word);
        if text.len() + word.len() >= WORDS_BYTES {
            break;
        }
        text.push_str(&word);
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{BRAND, Fields, NAME, PRODUCT, PRODUCTS, SKU, TAGS, searched_words};
    use domain::record::Value;

    #[test]
    fn a_product_is_found_by_the_words_of_its_names_codes_and_tags() {
        let mut fields = Fields::blank(PRODUCT);
        fields.set(SKU, Value::text("TS-01"));
        fields.set(NAME, Value::text("Crème T-Shirt"));
        fields.set(BRAND, Value::text("Shirt & Co"));
        fields.set(TAGS, Value::list(["summer", "sale"]));
        assert_eq!(
            searched_words(&fields),
            " creme t__ shirt ts_ 01_ co_ sale summer "
        );
    }

    #[test]
    fn every_field_but_the_parents_sku_is_a_column() {
        assert_eq!(PRODUCTS.stored().count(), PRODUCT.len() - 1);
    }
}
