//! What suppliers call the columns of their price files, in English, German, French, Spanish, Italian and
//! Dutch; the better name of a target first.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::purchasing::supplier_product::{
    COST, DROP_SHIP, LEAD_TIME, MINIMUM, PACK_SIZE, PRODUCT_SKU, SUPPLIER_NAME, SUPPLIER_PRODUCT,
    SUPPLIER_SKU,
};
use domain::record::{Kind, Schema};

use super::column::Column;
use super::qualifiers::qualifiers;
use super::synonyms::{BESIDE, Named, Rank, letters};
use super::target::Target;

/// Each target with its other names, separated by commas. `docs/csv-formats.md` prints this table; a test compares
/// them.
const NAMES: &[(Target, &str)] = &[
    (
        Target::Field(PRODUCT_SKU),
        "our sku, your sku, your code, your item no, your reference, customer sku, \
         customer code, customer item no, customer part number, customer reference, buyer sku, \
         ihre artikelnummer, ihre art nr, ihre artikel nr, kundenartikelnummer, kunden artikel nr, \
         votre référence, votre code, su referencia, vostro codice, uw artikelnummer",
    ),
    (
        Target::Field(SUPPLIER_SKU),
        "their sku, their code, their item no, vendor sku, vendor item no, vendor part number, \
         supplier code, vendor code, supplier part number, supplier item code, supplier product code, \
         supplier item no, supplier reference, supplier ref, lieferantenartikelnummer, \
         lieferanten artikel nr, lieferanten artikelnr, lieferanten art nr, référence fournisseur, \
         ref fournisseur, referencia proveedor, codice fornitore, artikelnummer leverancier, \
         item code, item no, item number, item #, article no, article number, \
         article code, art no, part no, part number, part #, product code, product no, \
         product number, stock code, catalogue number, cat no, artikelnummer, artikel nr, artikelnr, \
         art nr, bestellnummer, bestell nr, bestellnr, référence, code article, referencia, \
         código artículo, codice articolo, cod articolo, artikelcode, reference, ref, model number, \
         model, code, sku, product sku, item sku",
    ),
    (
        Target::Barcode,
        "ean, ean code, ean13, ean 13, gtin, gtin 13, upc, upc code, barcode number, upc ean, \
         ean upc, isbn, isbn 13, ean nr, ean nummer, ean gtin, gtin ean, strichcode, code ean, \
         code barre, code barres, código de barras, código ean, codice a barre, codice ean, \
         streepjescode",
    ),
    (
        Target::Field(COST),
        "cost price, unit cost, net price, net cost, your price, your cost, trade price, \
         dealer price, wholesale price, wholesale, buy price, buying price, purchase price, \
         ek netto, netto ek, ek preis netto, ek, ek preis, einkaufspreis netto, einkaufspreis, \
         nettopreis, händlerpreis, händler ek, ihr preis, prix d'achat ht, prix d'achat, prix net, \
         prix net ht, precio de coste, precio de compra, precio neto, prezzo di acquisto, \
         prezzo d'acquisto, prezzo netto, inkoopprijs, nettoprijs, price each, unit price, price, \
         stückpreis, einzelpreis, preis, prix unitaire ht, prix unitaire, prix ht, prix, \
         precio unitario, precio, prezzo unitario, prezzo, prijs, net, trade",
    ),
    (
        Target::Field(SUPPLIER_NAME),
        "product name, item name, article name, product description, item description, \
         description, title, name, product, item, desc, artikelbezeichnung, artikelname, \
         bezeichnung, beschreibung, artikel, désignation, libellé, descripción, denominación, \
         descrizione, omschrijving",
    ),
    (
        Target::Field(PACK_SIZE),
        "pack, pack of, pack qty, pack quantity, qty per pack, units per pack, pcs per pack, \
         pieces per pack, case size, case qty, case quantity, units per case, carton size, \
         carton qty, units per carton, outer, outer qty, inner, inner qty, vpe, \
         verpackungseinheit, verpackungseinheit (vpe), verpackungseinheit (stück), vpe (stück), \
         stück pro vpe, stück je vpe, packungsgröße, gebindegröße, colisage, quantité par carton, \
         unidades por caja, uds caja, pezzi per confezione, pezzi per cartone, \
         verpakkingseenheid, aantal per verpakking, aantal per doos",
    ),
    (
        Target::Field(MINIMUM),
        "moq, min qty, minimum qty, minimum quantity, min order, min order qty, \
         minimum order, minimum order qty, minimum order quantity, mindestbestellmenge, \
         mindestmenge, mindestabnahme, mindestabnahmemenge, quantité minimum, quantité minimale, \
         cantidad mínima, quantità minima, minimum bestelaantal, minimale afname",
    ),
    (
        Target::Field(LEAD_TIME),
        "lead time (days), lead time days, lead days, delivery days, delivery time, lieferzeit, \
         lieferzeit (tage), lieferzeit in tagen, lieferfrist, délai de livraison, \
         délai de livraison (jours), plazo de entrega, plazo de entrega (días), tempi di consegna, \
         tempo di consegna, levertijd, levertijd (dagen)",
    ),
    (
        Target::Field(DROP_SHIP),
        "dropship, drop shipping, dropshipping",
    ),
    (
        Target::Currency,
        "currency code, price currency, iso currency, valuta, währung, devise, moneda, divisa",
    ),
];

/// What a column of money or of codes is also called that is no supplier's.
const BARE: &str = "price each, unit price, price, stückpreis, einzelpreis, preis, prix unitaire ht, \
                    prix unitaire, prix ht, prix, precio unitario, precio, prezzo unitario, prezzo, \
                    prijs, net, trade";
/// With these words a code is the supplier's, in a file of several suppliers, too.
const WHOSE: [&str; 5] = ["their", "vendor", "supplier", "lieferant", "fournisseur"];

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
        Some((*target, rank + BESIDE))
    };
    let (target, rank) = found.or_else(beside)?;
    Some(Named { target, rank })
}

/// What a header names in a file of several suppliers' products: only what no list of products calls so.
pub(super) fn named_surely(kind: Kind, header: &str) -> Option<Named> {
    let bare = letters(header);
    let named = named(kind, header).filter(|named| named.rank < BESIDE)?;
    let is_bare = || BARE.split(", ").any(|name| letters(name) == bare);
    let is_whose = || {
        bare != "suppliercode" && bare != "vendorcode" && WHOSE.iter().any(|who| bare.contains(who))
    };
    let field = named.target.field()?;
    let is_sure = (field == PRODUCT_SKU && bare == "oursku")
        || (field == SUPPLIER_SKU && is_whose())
        || (field == COST && !is_bare())
        || [PACK_SIZE, MINIMUM, LEAD_TIME, DROP_SHIP].contains(&field);
    is_sure.then_some(named)
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

/// A column that is called `Product` alone has our codes, where its values look like codes and no other column
/// has them.
pub(super) fn take_product_codes<'a>(
    kind: Kind,
    columns: &mut [Column],
    samples: impl Fn(usize) -> &'a [String],
) {
    let ours = Target::Field(PRODUCT_SKU);
    if kind != SUPPLIER_PRODUCT || columns.iter().any(|column| column.target == Some(ours)) {
        return;
    }
    let may_be = |column: &Column| {
        let says = column.target.is_none() || column.target == Some(Target::Field(SUPPLIER_NAME));
        says && letters(&column.name) == "product"
    };
    let mut found = columns.iter_mut().enumerate();
    let found = found.find(|(index, column)| may_be(column) && are_codes(samples(*index)));
    if let Some((_, column)) = found {
        column.target = Some(ours);
    }
}

/// Whether values look like codes and not like names: no words, and digits in most of them.
fn are_codes(values: &[String]) -> bool {
    let values = || values.iter().map(|value| value.trim());
    let with_digits = values().filter(|value| value.contains(|c: char| c.is_ascii_digit()));
    let is_one = |value: &str| !value.is_empty() && !value.contains(char::is_whitespace);
    values().all(is_one) && with_digits.count() * 2 > values().count()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use domain::purchasing::supplier_product::SUPPLIER_PRODUCT;

    use super::{NAMES, letters};
    use crate::{ColumnMap, Currency, Target};

    /// Headers, and what their columns feed.
    const UNDERSTOOD: &[(&str, &str)] = &[
        (
            "Item code,EAN,Description,Price EUR,Pack,MOQ",
            "supplier_sku,barcode,supplier_name,cost,pack_size,minimum",
        ),
        ("SKU,RRP,Your price", "supplier_sku,-,cost"),
        ("Supplier's SKU,SKU,Cost", "supplier_sku,product_sku,cost"),
        ("Your code,Our code,Net price", "product_sku,-,cost"),
        (
            "Their SKU,Title,Unit cost,Pack of,MOQ,Lead time",
            "supplier_sku,supplier_name,cost,pack_size,minimum,lead_time",
        ),
        (
            "Artikelnummer,Ihre Art.-Nr.,Bezeichnung,EK netto,EK brutto,UVP,VPE,Mindestbestellmenge,Lieferzeit (Tage),Währung",
            "supplier_sku,product_sku,supplier_name,cost,-,-,pack_size,minimum,lead_time,currency",
        ),
        (
            "Art.-Nr.,Bestellnummer,Artikelbezeichnung,Preis,Einkaufspreis,Verpackungseinheit",
            "supplier_sku,-,supplier_name,-,cost,pack_size",
        ),
        (
            "Lieferanten-Artikelnr.,Bestell-Nr.,EK,Listenpreis",
            "supplier_sku,-,cost,-",
        ),
        (
            "Référence,Désignation,Code EAN,Prix d'achat HT,Prix public TTC,Colisage",
            "supplier_sku,supplier_name,barcode,cost,-,pack_size",
        ),
        (
            "Referencia,Descripción,Precio de coste,PVP,Unidades por caja",
            "supplier_sku,supplier_name,cost,-,pack_size",
        ),
        (
            "Codice articolo,Prezzo di acquisto,Quantità minima,Codice a barre",
            "supplier_sku,cost,minimum,barcode",
        ),
        (
            "Artikelnummer,Omschrijving,Inkoopprijs,Verpakkingseenheid,Levertijd",
            "supplier_sku,supplier_name,cost,pack_size,lead_time",
        ),
        (
            "Barcode,Name,Price,Net price,Currency",
            "barcode,supplier_name,-,cost,currency",
        ),
    ];

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
        for (header, expected) in UNDERSTOOD {
            assert_eq!(guessed(header).join(","), *expected, "{header}");
        }
    }

    #[test]
    fn what_only_looks_like_a_column_of_price_files_is_left_to_a_person() {
        for header in [
            "UVP",
            "VK",
            "VK brutto",
            "PVP",
            "Prix public TTC",
            "RRP inc VAT",
            "List price",
            "Listenpreis",
            "Discount",
            "Rabatt",
            "Lead time (weeks)",
            "Lieferzeit (Wochen)",
            "Verpackung",
            "Pack weight",
            "Pack price",
            "Mindestbestellwert",
            "Herstellernummer",
            "Hersteller",
            "EK-Datum",
            "Lieferant",
            "Preis gültig ab",
        ] {
            assert_eq!(guessed(header), ["-"], "{header}");
        }
    }

    #[test]
    fn a_column_that_is_called_product_is_what_its_values_say() {
        for (header, values, expected) in [
            (
                "Product,Supplier SKU",
                &["MUG-1", "0017"][..],
                "product_sku,supplier_sku",
            ),
            (
                "Product,Supplier SKU",
                &["Blue mug", "Lamp 2"],
                "supplier_name,supplier_sku",
            ),
            (
                "Product,Supplier SKU",
                &["Mug", "Lamp"],
                "supplier_name,supplier_sku",
            ),
            (
                "Product,Supplier SKU",
                &["MUG-1", "Lamp", "Cup"],
                "supplier_name,supplier_sku",
            ),
            ("Product,Supplier SKU", &[], "supplier_name,supplier_sku"),
            ("Product,Our SKU", &["MUG-1"], "supplier_name,product_sku"),
            (
                "Product,Supplier's name for it",
                &["MUG-1"],
                "product_sku,supplier_name",
            ),
            (
                "Item,Supplier SKU",
                &["MUG-1"],
                "supplier_name,supplier_sku",
            ),
        ] {
            let names: Vec<&str> = header.split(',').collect();
            let of = (SUPPLIER_PRODUCT, &std::sync::Arc::default());
            let (mut map, _) = ColumnMap::guess_matched(of, &names, None);
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            map.take_product_codes(|index| if index == 0 { &values } else { &[] });
            let keys = map.columns().iter();
            let keys: Vec<_> = keys
                .map(|column| column.target.map_or("-".into(), Target::key))
                .collect();
            assert_eq!(keys.join(","), expected, "{header}: {values:?}");
        }
    }

    #[test]
    fn in_a_file_of_several_suppliers_only_sure_names_count() {
        let targets = |header: &str| -> Vec<String> {
            let names: Vec<&str> = header.split(',').collect();
            let of = (SUPPLIER_PRODUCT, &std::sync::Arc::default());
            let (map, _) = ColumnMap::guess_for(of, &names, None);
            let columns = map.columns().iter();
            columns
                .map(|column| column.target.map_or("-".into(), Target::key).into_owned())
                .collect()
        };
        assert_eq!(
            targets("Supplier,SKU,Their SKU,EK netto,VPE,MOQ,Price,Title,Code"),
            [
                "supplier",
                "product_sku",
                "supplier_sku",
                "cost",
                "pack_size",
                "minimum",
                "-",
                "-",
                "code"
            ]
        );
        assert_eq!(targets("Supplier code,Item no,Net"), ["-", "-", "-"]);
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
