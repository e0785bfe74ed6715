//! Supplier products: which supplier sells which product, and on what terms. Their code is made of
//! the codes of the two.

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
        currency: "currency",
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

#[cfg(test)]
mod tests {
    use super::{CODE, PACK_SIZE, PREFERENCE, PRODUCT_SKU, SUPPLIER_CODE, SUPPLIER_PRODUCT};
    use crate::record::{Fields, Schema, Value, check_record};

    #[test]
    fn the_code_is_made_of_the_supplier_and_the_sku() {
        let mut fields = Fields::blank(SUPPLIER_PRODUCT);
        fields.set(SUPPLIER_CODE, Value::text("ACME"));
        fields.settle_code();
        assert!(fields.get(CODE).is_empty());
        fields.set(PRODUCT_SKU, Value::text("TS-1"));
        fields.settle_code();
        assert_eq!(fields.text(CODE), "ACME/TS-1");
        assert_eq!(check_record(&Schema::default(), &fields), vec![]);
    }

    #[test]
    fn numbers_that_mean_nothing_are_refused() {
        let mut fields = Fields::blank(SUPPLIER_PRODUCT);
        for (field, value) in [(SUPPLIER_CODE, "A"), (PRODUCT_SKU, "B")] {
            fields.set(field, Value::text(value));
        }
        fields.settle_code();
        fields.set(PACK_SIZE, Value::Number(0));
        fields.set(PREFERENCE, Value::Number(-1));
        let problems = check_record(&Schema::default(), &fields);
        let at: Vec<_> = problems.iter().map(|(field, _)| *field).collect();
        assert_eq!(at, [PACK_SIZE, PREFERENCE]);
    }
}
