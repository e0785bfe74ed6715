//! Which kinds of record there are: the one list. A new kind is a line here, its description in its
//! room, its rules and tables in the store, and a page in the window.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use crate::catalog::product::PRODUCT;
use crate::channel::LISTING;
use crate::channel::channel_field::CHANNEL_FIELD;
use crate::channel::shop::CHANNEL;
use crate::people::kinds::{ROLE, USER, WORKSPACE};
use crate::purchasing::supplier::SUPPLIER;
use crate::purchasing::supplier_product::SUPPLIER_PRODUCT;
use crate::record::{Field, Kind};
use crate::workspace::custom_field::CUSTOM_FIELD;

/// The kinds of the product.
const KINDS: [Kind; 10] = [
    PRODUCT,
    SUPPLIER,
    SUPPLIER_PRODUCT,
    CUSTOM_FIELD,
    CHANNEL,
    CHANNEL_FIELD,
    LISTING,
    USER,
    ROLE,
    WORKSPACE,
];

/// A kind that is no part of the product.
static MADE_UP: OnceLock<Kind> = OnceLock::new();

/// Every kind of record.
pub fn all() -> impl Iterator<Item = Kind> {
    KINDS.into_iter().chain(MADE_UP.get().copied())
}

/// Adds a kind that is no part of the product, so that a test can show what one costs; once per
/// process, before anything else.
pub fn make_up(kind: Kind) {
    MADE_UP.get_or_init(|| kind);
}

/// The kinds whose records can have fields of the workspace's own. Their tables have a column for
/// the values.
pub fn with_custom_fields() -> impl Iterator<Item = Kind> {
    [PRODUCT].into_iter().chain(MADE_UP.get().copied())
}

/// Whether the keys of its fields are written without the kind: those of products, which came
/// first.
pub(crate) fn is_bare(kind: Kind) -> bool {
    kind == PRODUCT
}

/// The declared field with this key.
pub(crate) fn field(key: &str) -> Option<Field> {
    static BARE: LazyLock<HashMap<&str, Field>> = LazyLock::new(|| {
        let defs = PRODUCT.def().fields.iter();
        defs.map(|def| def.key).zip(PRODUCT.fields()).collect()
    });
    match key.split_once('.') {
        None => BARE.get(key).copied(),
        Some((kind, key)) => Kind::from_key(kind)?.field(key),
    }
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::record::Field;

    #[test]
    fn a_field_is_found_by_its_key_whatever_its_kind() {
        for kind in all() {
            for field in kind.fields() {
                assert_eq!(Field::from_key(&field.to_string()), Some(field));
                assert_eq!(kind.field(&field.short_key()), Some(field));
                let json = serde_json::to_string(&field).unwrap();
                assert_eq!(serde_json::from_str::<Field>(&json).unwrap(), field);
            }
        }
        for unknown in ["", "colour", "supplier", "paint.sku", "custom.1"] {
            assert_eq!(Field::from_key(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn codes_titles_and_references_stand_where_they_are_said_to() {
        for kind in all() {
            let def = kind.def();
            assert!(usize::from(def.code) < kind.len(), "{kind}");
            assert!(usize::from(def.title) < kind.len(), "{kind}");
            assert!(kind.references().count() <= crate::record::MAX_REFERENCES);
        }
    }
}
