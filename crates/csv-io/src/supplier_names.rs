//! What other programs call the columns of a list of suppliers; the better name of a field first.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::purchasing::supplier::{
    ACTIVE, ADDRESS, CODE, CONTACT, CURRENCY, EMAIL, LEAD_TIME, MINIMUM_ORDER, NAME, NOTES,
    ORDER_CUTOFF, PAYMENT_TERMS, PHONE,
};
use domain::record::Field;

use super::synonyms::{Named, Rank, letters};
use super::target::Target;

/// Each field with its other names, separated by commas. `docs/csv-formats.md` prints this table; a test compares
/// them.
const NAMES: &[(Field, &str)] = &[
    (
        CODE,
        "supplier code, supplier no, supplier number, supplier id, vendor code, vendor no, \
         vendor number, vendor id, lieferantennummer, lieferanten nr, lieferantencode, \
         kreditorennummer, code fournisseur, código proveedor, codice fornitore, leverancierscode",
    ),
    (
        NAME,
        "supplier name, vendor name, company name, company, supplier, vendor, firma, firmenname, \
         lieferantenname, lieferant, fournisseur, proveedor, fornitore, leverancier",
    ),
    (
        ACTIVE,
        "is active, enabled, aktiv, actif, activo, attivo, actief",
    ),
    (
        CONTACT,
        "contact name, contact person, ansprechpartner, kontakt, persona de contacto, \
         contactpersoon",
    ),
    (
        EMAIL,
        "e-mail address, order email, orders email, mail, e-mail adresse, correo electrónico",
    ),
    (
        PHONE,
        "phone number, phone no, telephone, telephone number, tel, tel no, telefon, telefonnummer, \
         téléphone, teléfono, telefono, telefoon",
    ),
    (
        ADDRESS,
        "postal address, full address, anschrift, adresse, dirección, indirizzo, adres",
    ),
    (CURRENCY, "currency code, währung, devise, moneda, valuta"),
    (
        PAYMENT_TERMS,
        "terms, terms of payment, payment term, zahlungsbedingungen, zahlungsziel, \
         conditions de paiement, condiciones de pago, condizioni di pagamento, betalingsvoorwaarden",
    ),
    (
        LEAD_TIME,
        "lead time (days), lead time days, lead days, delivery days, delivery time, lieferzeit, \
         lieferzeit (tage), lieferzeit in tagen, délai de livraison, plazo de entrega, \
         tempi di consegna, levertijd",
    ),
    (
        ORDER_CUTOFF,
        "order cutoff time, cut-off, cut-off time, bestellschluss",
    ),
    (
        MINIMUM_ORDER,
        "minimum order value, minimum order amount, min order value, mov, mindestbestellwert, \
         minimum de commande, importe mínimo de pedido, ordine minimo, minimum orderbedrag",
    ),
    (NOTES, "note, comments, remarks, bemerkungen, bemerkung"),
];

static BY_NAME: LazyLock<HashMap<String, (Field, Rank)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for (field, synonyms) in NAMES {
        for (rank, synonym) in synonyms.split(", ").enumerate() {
            names.entry(letters(synonym)).or_insert((*field, rank + 1));
        }
    }
    names
});

/// What a header names in a list of suppliers, besides the names of its fields.
pub(super) fn named(header: &str) -> Option<Named> {
    let (field, rank) = BY_NAME.get(&letters(header)).copied()?;
    let target = Target::Field(field);
    Some(Named { target, rank })
}

/// Whether a header says that it is the code of a supplier.
pub(super) fn is_code(header: &str) -> bool {
    named(header).is_some_and(|named| named.target == Target::Field(CODE))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;

    use domain::purchasing::supplier::SUPPLIER;

    use super::{NAMES, letters};
    use crate::{ColumnMap, Target};

    fn guessed(header: &str) -> Vec<String> {
        let names: Vec<&str> = header.split(',').collect();
        let (map, _) = ColumnMap::guess_for((SUPPLIER, &Arc::default()), &names, None);
        let columns = map.columns().iter();
        columns
            .map(|column| column.target.map_or("-".into(), Target::key).into_owned())
            .collect()
    }

    #[test]
    fn the_columns_of_lists_of_suppliers_are_understood() {
        assert_eq!(
            guessed("Supplier code,Company,Contact,E-mail address,Phone number,Terms,Lead time"),
            [
                "code",
                "name",
                "contact",
                "email",
                "phone",
                "payment_terms",
                "lead_time"
            ]
        );
        assert_eq!(
            guessed(
                "Lieferantennummer,Firma,E-Mail,Telefon,Währung,Zahlungsziel,Mindestbestellwert"
            ),
            [
                "code",
                "name",
                "email",
                "phone",
                "currency",
                "payment_terms",
                "minimum_order"
            ]
        );
        assert_eq!(guessed("Supplier,Code,Name"), ["-", "code", "name"]);
    }

    #[test]
    fn a_part_of_something_else_is_left_to_a_person() {
        let header = "Street,City,Straße,PLZ,Ort,Website,Account no,VAT no,Fax,Lead time (weeks),SKU,Minimum";
        assert!(guessed(header).iter().all(|target| target == "-"));
    }

    #[test]
    fn no_name_is_of_two_fields_and_the_document_lists_all() {
        let document = include_str!("../../../docs/csv-formats.md");
        let mut seen = HashMap::new();
        for (field, synonyms) in NAMES {
            for synonym in synonyms.split(", ") {
                let other = seen.insert(letters(synonym), *field);
                assert!(other.is_none_or(|other| other == *field), "{synonym}");
            }
            let row = format!("| `{}` | {synonyms} |", Target::Field(*field).key());
            assert!(document.contains(&row), "docs/csv-formats.md lacks: {row}");
        }
    }
}
