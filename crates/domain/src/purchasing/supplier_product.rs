//! Supplier products: which supplier sells which product, and on what terms. Their code is made of
//! the codes of the two.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{
    Field, Fields, Kind, KindDef, KindRights, MatchBy, Matching, Permission, Watch, fields,
    sections,
};

/// Supplier products.
pub const SUPPLIER_PRODUCT: Kind = Kind::of(&DEF);

fields! {
    of SUPPLIER_PRODUCT;
    CODE "code" Code "Supplier product".max(201).required().help("The supplier's code and the SKU.");
    SUPPLIER_CODE "supplier" Code "Supplier".required().refers("supplier_id", "supplier").help("The supplier's code.");
    PRODUCT_SKU "product_sku" Code "SKU".required().refers("product_id", "product").help("The product's SKU.");
    SUPPLIER_SKU "supplier_sku" Text "Supplier's SKU".max(100).help("What the supplier calls the product.");
    SUPPLIER_NAME "supplier_name" Text "Supplier's name for it";
    COST "cost" Money "Cost".needs(Permission::SeeCosts).watch(Watch::Jumps).help("What one costs, in the supplier's currency.");
    PACK_SIZE "pack_size" Integer "Pack size".optional().help("How many come in one pack. Empty for single ones.");
    MINIMUM "minimum" Integer "Minimum".optional().help("The least that can be ordered.");
    LEAD_TIME "lead_time" Integer "Lead time".optional().help("Days, where it is not the supplier's usual one.");
    PREFERENCE "preference" Integer "Preference".optional().help("1 for the supplier to order from first.");
    DROP_SHIP "drop_ship" Flag "Drop-ship".help("The supplier sends it to your customers.");
}

sections! {
    "Basics": SUPPLIER_CODE, PRODUCT_SKU, SUPPLIER_SKU, SUPPLIER_NAME;
    "Terms": COST, PACK_SIZE, MINIMUM, LEAD_TIME, PREFERENCE, DROP_SHIP;
}

static DEF: KindDef = KindDef {
    key: "supplier_product",
    label: "supplier product",
    plural: "supplier products",
    area: "supplier_products",
    place: "among the supplier products",
    fields: FIELDS,
    sections: SECTIONS,
    code: At::CODE as u8,
    title: At::SUPPLIER_NAME as u8,
    barcode: None,
    currency: Some(At::SUPPLIER_CODE as u8),
    code_of: Some(code_of),
    check,
    nesting: None,
    matching: Some(Matching {
        from: At::SUPPLIER_CODE as u8,
        to: At::PRODUCT_SKU as u8,
        by: &[
            MatchBy::Code,
            MatchBy::Sent(At::SUPPLIER_SKU as u8),
            MatchBy::Barcode,
        ],
        amount: At::COST as u8,
        pack: At::PACK_SIZE as u8,
        price: "store_price",
    }),
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::EditSuppliers,
        purge: Permission::PurgeProducts,
    },
};

/// The code of a supplier product: `ACME/TSHIRT-001`. Empty while a part of it is missing.
fn code_of(fields: &Fields) -> String {
    let (supplier, sku) = (fields.text(SUPPLIER_CODE), fields.text(PRODUCT_SKU));
    if supplier.is_empty() || sku.is_empty() {
        return String::new();
    }
    format!("{supplier}/{sku}")
}

fn check(fields: &Fields) -> Vec<(Field, String)> {
    let least = [
        (PACK_SIZE, 1),
        (MINIMUM, 1),
        (LEAD_TIME, 0),
        (PREFERENCE, 1),
    ];
    let mut problems = Vec::new();
    for (field, least) in least {
        let label = field.def().map_or("", |def| def.label);
        if fields
            .get(field)
            .as_number()
            .is_some_and(|number| number < least)
        {
            problems.push((field, format!("{label} is at least {least}.")));
        }
    }
    problems
}

/// The preferences of a product's suppliers once the one at `first` is to be ordered from first: it
/// gets 1, those that would stand beside it or before it move down, and their order stays.
pub fn preferring(first: usize, preferences: &[Option<i64>]) -> Vec<Option<i64>> {
    let others = preferences
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != first);
    let ranks: BTreeSet<i64> = others.filter_map(|(_, preference)| *preference).collect();
    let mut moved = BTreeMap::new();
    let mut last: i64 = 1;
    for rank in ranks {
        last = rank.max(last.saturating_add(1));
        moved.insert(rank, last);
    }
    let preferences = preferences.iter().enumerate();
    let settled = preferences.map(|(at, preference)| match preference {
        _ if at == first => Some(1),
        Some(rank) => moved.get(rank).copied(),
        None => None,
    });
    settled.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        CODE, PACK_SIZE, PREFERENCE, PRODUCT_SKU, SUPPLIER_CODE, SUPPLIER_PRODUCT, preferring,
    };
    use crate::record::{Fields, Schema, Value, check_record};

    #[test]
    fn the_code_is_made_of_the_supplier_and_the_sku() {
        let mut fields = Fields::blank(SUPPLIER_PRODUCT);
        fields.set(SUPPLIER_CODE, Value::text("ACME"));
        fields.derive();
        assert!(fields.get(CODE).is_empty());
        fields.set(PRODUCT_SKU, Value::text("TS-1"));
        fields.derive();
        assert_eq!(fields.text(CODE), "ACME/TS-1");
        assert_eq!(check_record(&Schema::default(), &fields), vec![]);
    }

    #[test]
    fn the_preferred_supplier_comes_first_and_the_others_keep_their_order() {
        for (first, before, after) in [
            (2, [Some(1), Some(2), Some(3)], [Some(2), Some(3), Some(1)]),
            (2, [Some(1), None, None], [Some(2), None, Some(1)]),
            (0, [None, Some(4), Some(4)], [Some(1), Some(4), Some(4)]),
            (0, [Some(1), Some(2), None], [Some(1), Some(2), None]),
        ] {
            assert_eq!(preferring(first, &before), after, "{first} of {before:?}");
        }
    }

    proptest! {
        #[test]
        fn one_supplier_alone_is_preferred_whatever_stood_before(
            before in prop::collection::vec(prop::option::of(1_i64..6), 1..8),
            at in 0_usize..8,
        ) {
            let first = at % before.len();
            let after = preferring(first, &before);
            prop_assert_eq!(after[first], Some(1));
            let others = || (0..before.len()).filter(|at| *at != first);
            for one in others() {
                prop_assert_eq!(before[one].is_none(), after[one].is_none());
                prop_assert!(after[one] != Some(1));
                for other in others() {
                    prop_assert_eq!(before[one].cmp(&before[other]), after[one].cmp(&after[other]));
                }
            }
            prop_assert_eq!(preferring(first, &after), after.clone());
        }
    }

    #[test]
    fn numbers_that_mean_nothing_are_refused() {
        let mut fields = Fields::blank(SUPPLIER_PRODUCT);
        for (field, value) in [(SUPPLIER_CODE, "A"), (PRODUCT_SKU, "B")] {
            fields.set(field, Value::text(value));
        }
        fields.derive();
        fields.set(PACK_SIZE, Value::Number(0));
        fields.set(PREFERENCE, Value::Number(-1));
        let problems = check_record(&Schema::default(), &fields);
        let at: Vec<_> = problems.iter().map(|(field, _)| *field).collect();
        assert_eq!(at, [PACK_SIZE, PREFERENCE]);
    }
}
