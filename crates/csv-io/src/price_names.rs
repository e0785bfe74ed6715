//! What suppliers call the columns of their price files. English; the better name of a target first.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::purchasing::supplier_product::{
    COST, DROP_SHIP, LEAD_TIME, MINIMUM, PACK_SIZE, PRODUCT_SKU, SUPPLIER_NAME, SUPPLIER_PRODUCT,
    SUPPLIER_SKU,
};
use domain::record::{Kind, Schema};

use super::columns::Column;
use super::synonyms::{Named, Rank, letters, qualifiers};
use super::target::Target;

/// Each target with its other names, separated by commas. `docs/csv-formats.md` prints this table; a test compares
/// them.
const NAMES: &[(Target, &str)] = &[
    (
        Target::Field(PRODUCT_SKU),
        "our sku, your sku, your code, your item no, your reference, customer sku, \
         customer code, customer item no, customer part number, customer reference, buyer sku",
    ),
    (
        Target::Field(SUPPLIER_SKU),
        "vendor sku, supplier code, vendor code, supplier part number, supplier item code, \
         supplier item no, item code, item no, item number, item #, article no, article number, \
         article code, art no, part no, part number, part #, product code, product no, \
         product number, stock code, catalogue number, cat no, reference, ref, model number, \
         model, code, sku, product sku, item sku",
    ),
    (
        Target::Barcode,
        "ean, ean code, ean13, ean 13, gtin, gtin 13, upc, upc code, barcode number, upc ean, \
         ean upc, isbn, isbn 13",
    ),
    (
        Target::Field(COST),
        "cost price, unit cost, net price, net cost, your price, your cost, trade price, \
         dealer price, wholesale price, wholesale, buy price, buying price, purchase price, \
         price each, unit price, price, net, trade",
    ),
    (
        Target::Field(SUPPLIER_NAME),
        "product name, item name, article name, product description, item description, \
         description, title, name, product, item, desc",
    ),
    (
        Target::Field(PACK_SIZE),
        "pack, pack qty, pack quantity, qty per pack, units per pack, pcs per pack, \
         pieces per pack, case size, case qty, case quantity, units per case, carton size, \
         carton qty, units per carton, outer, outer qty, inner, inner qty, vpe",
    ),
    (
        Target::Field(MINIMUM),
        "moq, min qty, minimum qty, minimum quantity, min order, min order qty, \
         minimum order, minimum order qty, minimum order quantity",
    ),
    (
        Target::Field(LEAD_TIME),
        "lead time (days), lead time days, lead days, delivery days, delivery time",
    ),
    (
        Target::Field(DROP_SHIP),
        "dropship, drop shipping, dropshipping",
    ),
    (
        Target::Currency,
        "currency code, price currency, iso currency, valuta",
    ),
];

/// What both sides call their own: it is the sender's, unless another column is.
const EITHER: [&str; 3] = ["sku", "productsku", "itemsku"];

static BY_NAME: LazyLock<HashMap<String, (Target, Rank)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let schema = Schema::default();
    for target in Target::all_matched(&schema, SUPPLIER_PRODUCT) {
        names.insert(letters(&target.key()), (target, 0));
        if target != Target::Field(PRODUCT_SKU) {
            names.insert(letters(target.label(&schema)), (target, 0));
        }
    }
    for (target, synonyms) in NAMES {
        for (rank, synonym) in synonyms.split(", ").enumerate() {
            names.entry(letters(synonym)).or_insert((*target, rank + 1));
        }
    }
    names
});

/// What a header names in a file of this kind.
pub(super) fn named(kind: Kind, header: &str) -> Option<Named> {
    if kind != SUPPLIER_PRODUCT {
        return None;
    }
    let found = BY_NAME.get(&letters(header)).copied();
    let beside = || {
        let (base, _) = qualifiers(header);
        let (target, rank) = BY_NAME.get(&base)?;
        Some((*target, rank + 100))
    };
    let (target, rank) = found.or_else(beside)?;
    Some(Named { target, rank })
}

/// Where the sender's code has a column of its own, one that is called `SKU` alone is ours.
pub(super) fn take_the_other_code(kind: Kind, columns: &mut [Column]) {
    let ours = Target::Field(PRODUCT_SKU);
    let feeds = |target| columns.iter().any(|column| column.target == Some(target));
    if kind != SUPPLIER_PRODUCT || feeds(ours) || !feeds(Target::Field(SUPPLIER_SKU)) {
        return;
    }
    let is_free = |column: &&mut Column| {
        column.target.is_none() && EITHER.contains(&letters(&column.name).as_str())
    };
    if let Some(column) = columns.iter_mut().find(is_free) {
        column.target = Some(ours);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use domain::purchasing::supplier_product::SUPPLIER_PRODUCT;

    use super::{NAMES, letters};
    use crate::{ColumnMap, Currency, Target};

    fn guessed(header: &str) -> Vec<std::borrow::Cow<'static, str>> {
        let names: Vec<&str> = header.split(',').collect();
        let own = Currency::parse("EUR");
        let (map, _) =
            ColumnMap::guess_matched((SUPPLIER_PRODUCT, &std::sync::Arc::default()), &names, own);
        let columns = map.columns().iter();
        columns
            .map(|column| column.target.map_or("-".into(), Target::key))
            .collect()
    }

    #[test]
    fn the_columns_of_price_files_are_understood() {
        for (header, expected) in [
            (
                "Item code,EAN,Description,Price EUR,Pack,MOQ",
                vec![
                    "supplier_sku",
                    "barcode",
                    "supplier_name",
                    "cost",
                    "pack_size",
                    "minimum",
                ],
            ),
            ("SKU,RRP,Your price", vec!["supplier_sku", "-", "cost"]),
            (
                "Supplier's SKU,SKU,Cost",
                vec!["supplier_sku", "product_sku", "cost"],
            ),
            (
                "Your code,Our code,Net price",
                vec!["product_sku", "-", "cost"],
            ),
            (
                "Barcode,Name,Price,Net price,Currency",
                vec!["barcode", "supplier_name", "-", "cost", "currency"],
            ),
        ] {
            assert_eq!(guessed(header), expected, "{header}");
        }
    }

    #[test]
    fn which_of_several_prices_is_meant_is_left_to_a_person() {
        let names = ["Code", "Price USD", "Price GBP"];
        let own = Currency::parse("EUR");
        let (map, contests) =
            ColumnMap::guess_matched((SUPPLIER_PRODUCT, &std::sync::Arc::default()), &names, own);
        assert_eq!(contests.len(), 1);
        assert_eq!(contests[0].columns, [1, 2]);
        assert_eq!(map.columns()[1].target, None);
    }

    #[test]
    fn no_name_is_of_two_targets_and_the_document_lists_all() {
        let document = include_str!("../../../docs/csv-formats.md");
        let mut seen = HashMap::new();
        for (target, synonyms) in NAMES {
            for synonym in synonyms.split(", ") {
                let other = seen.insert(letters(synonym), *target);
                assert!(other.is_none_or(|other| other == *target), "{synonym}");
            }
            let row = format!("| `{}` | {synonyms} |", target.key());
            assert!(document.contains(&row), "docs/csv-formats.md lacks: {row}");
        }
    }
}
