//! Of what kind the rows of a file are, when it is not said.

use std::sync::Arc;

use domain::catalog::product::PRODUCT;
use domain::record::{Kind, Schema};

use super::columns::ColumnMap;

/// Of which of these kinds the rows of a file are by the names of its columns; products, unless another
/// kind is named without doubt: by all that identifies it, and by more columns.
pub fn likely_kind<S: AsRef<str>>(
    schema: &Arc<Schema>,
    names: &[S],
    kinds: impl IntoIterator<Item = Kind>,
) -> Kind {
    let fed = |kind: Kind| {
        let (map, contests) = ColumnMap::guess_for((kind, schema), names, None);
        let columns = map.columns().iter();
        let fed = columns.filter(|column| column.target.is_some()).count();
        let contested = contests.iter().map(|contest| contest.columns.len());
        (map.identifies_records(), fed + contested.sum::<usize>())
    };
    let (_, mut most) = fed(PRODUCT);
    let mut likely = PRODUCT;
    for kind in kinds.into_iter().filter(|kind| *kind != PRODUCT) {
        let (is_identified, count) = fed(kind);
        if is_identified && count > most {
            (likely, most) = (kind, count);
        }
    }
    likely
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::catalog::product::PRODUCT;

    use super::likely_kind;

    #[test]
    fn a_file_is_of_the_kind_that_its_columns_name_without_doubt() {
        use domain::purchasing::supplier::SUPPLIER;
        use domain::purchasing::supplier_product::SUPPLIER_PRODUCT;
        for (header, kind) in [
            ("code,name", PRODUCT),
            ("Code,Name,E-mail,Lead time", SUPPLIER),
            ("code,name,active,contact,currency", SUPPLIER),
            ("name,E-mail,Lead time,Contact", PRODUCT),
            ("Supplier,SKU,Supplier's SKU,Cost", SUPPLIER_PRODUCT),
            ("supplier,product_sku,cost", SUPPLIER_PRODUCT),
            ("SKU,Name,Vendor,Cost,Price,Barcode", PRODUCT),
            ("", PRODUCT),
        ] {
            let names: Vec<&str> = header.split(',').collect();
            let kinds = [PRODUCT, SUPPLIER, SUPPLIER_PRODUCT];
            assert_eq!(
                likely_kind(&Arc::default(), &names, kinds),
                kind,
                "{header}"
            );
        }
    }
}
