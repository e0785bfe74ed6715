//! Tests of the names that other programs have for our columns.

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
fn a_price_with_and_without_tax_is_a_price_and_a_weight_with_and_without_its_packing_is_not() {
    for header in ["Net price", "Gross price", "Price (net)", "RRP gross"] {
        assert!(super::target_named(header).is_some(), "{header}");
    }
    for header in [
        "Net weight",
        "Gross weight",
        "Weight net",
        "Stock (gross)",
        "Net",
    ] {
        assert_eq!(super::target_named(header), None, "{header}");
    }
}

#[test]
fn the_document_lists_every_synonym() {
    let document = include_str!("../../../../docs/csv-formats.md");
    for (target, synonyms) in SYNONYMS {
        let row = format!("| `{}` | {synonyms} |", target.key());
        assert!(document.contains(&row), "docs/csv-formats.md lacks: {row}");
    }
}
