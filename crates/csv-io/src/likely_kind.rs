//! Of what kind the rows of a file are, when it is not said.

use std::sync::Arc;

use domain::catalog::product::{PRODUCT, SKU};
use domain::purchasing::supplier::SUPPLIER;
use domain::record::{Kind, Schema};

use super::columns::{ColumnMap, called};
use super::supplier_names::is_code;

/// Of which of these kinds the rows of a file are by the names of its columns; products, unless another
/// kind is named without doubt: by all that identifies it, and by more columns.
pub fn likely_kind<S: AsRef<str>>(
    schema: &Arc<Schema>,
    names: &[S],
    kinds: impl IntoIterator<Item = Kind>,
) -> Kind {
    let lists_suppliers = lists_suppliers(schema, names);
    let fed = |kind: Kind| {
        let (map, contests) = ColumnMap::guess_for((kind, schema), names, None);
        let columns = map.columns().iter();
        let counts =
            |name: &str| kind != SUPPLIER || lists_suppliers || called(kind, name).is_some();
        let fed = columns.filter(|column| column.target.is_some() && counts(&column.name));
        let fed = fed.count();
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

/// Whether a column is the code of a supplier without doubt, and none is that of a product: then what else may
/// be a name for many things is about suppliers, too.
fn lists_suppliers<S: AsRef<str>>(schema: &Arc<Schema>, names: &[S]) -> bool {
    let (products, _) = ColumnMap::guess_for((PRODUCT, schema), names, None);
    products.index_of(SKU).is_none() && names.iter().any(|name| is_code(name.as_ref()))
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
            (
                "Supplier code,Company,E-mail address,Phone number",
                SUPPLIER,
            ),
            ("Lieferantennummer,Firma,Telefon,Währung", SUPPLIER),
            ("Code,Name,Supplier,Status,Remarks,Mail,Currency", PRODUCT),
            (
                "Item no,Description,Supplier no,Supplier,Lead time,Currency",
                PRODUCT,
            ),
            ("SKU,Name,Price,Pack size,Supplier,Stock", PRODUCT),
            ("Supplier,Our SKU,Their SKU,EK netto,VPE", SUPPLIER_PRODUCT),
            ("Supplier,SKU,Their SKU,EK netto,VPE", SUPPLIER_PRODUCT),
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
