//! Suppliers: their fields, declared once, and what the fields must agree on.

use crate::record::{Field, Fields, Kind, KindDef, KindRights, Permission, fields, sections};
use crate::values::check_currency;

/// Suppliers.
pub const SUPPLIER: Kind = Kind::of(&DEF);

fields! {
    of SUPPLIER;
    CODE "code" Code "Code".required().help("What you call the supplier, short: ACME.");
    NAME "name" Text "Name".required();
    ACTIVE "active" Flag "Active".yes().help("An inactive supplier gets no new orders.");
    CONTACT "contact" Text "Contact".help("Whom to ask for.");
    EMAIL "email" Text "E-mail".help("Where purchase orders go.");
    PHONE "phone" Text "Phone".max(50);
    ADDRESS "address" LongText "Address";
    CURRENCY "currency" Text "Currency".max(3).help("In which the supplier's prices are: EUR. Empty for the workspace's own.");
    PAYMENT_TERMS "payment_terms" Text "Payment terms".help("Such as 30 days net.");
    LEAD_TIME "lead_time" Integer "Lead time".optional().help("Days from order to delivery.");
    ORDER_CUTOFF "order_cutoff" Text "Order cut-off".max(5).help("Orders sent until then leave the same day: 15:00.");
    MINIMUM_ORDER "minimum_order" Money "Minimum order".help("The least that one order is worth.");
    ORDERS_AS "orders_as" Text "Orders as".max(10).one_of(&ORDER_FORMS).help("How the supplier wants orders. Empty for PDF.");
    SHIP_TO "ship_to" LongText "Usual ship-to".help("Where deliveries go, when it is not your own address.");
    NOTES "notes" LongText "Notes".max(10_000);
}

sections! {
    "Basics": NAME, CODE, ACTIVE;
    "Contact": CONTACT, EMAIL, PHONE, ADDRESS;
    "Orders": ORDERS_AS, ORDER_CUTOFF, LEAD_TIME, MINIMUM_ORDER, CURRENCY, PAYMENT_TERMS, SHIP_TO;
    "Notes": NOTES;
}

static DEF: KindDef = KindDef {
    key: "supplier",
    label: "supplier",
    plural: "suppliers",
    area: "suppliers",
    place: "among the suppliers",
    fields: FIELDS,
    sections: SECTIONS,
    code: At::CODE as u8,
    title: At::NAME as u8,
    barcode: None,
    currency: Some(At::CURRENCY as u8),
    code_of: None,
    check,
    nesting: None,
    matching: None,
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::EditSuppliers,
        purge: Permission::PurgeProducts,
    },
};

/// In which form a supplier may want orders.
const ORDER_FORMS: [(&str, &str); 3] = [("pdf", "PDF"), ("csv", "CSV"), ("both", "Both")];

fn check(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems: Vec<(Field, String)> = Vec::new();
    let currency = fields.text(CURRENCY);
    if !currency.is_empty()
        && let Err(rule) = check_currency(currency)
    {
        problems.push((CURRENCY, rule.to_owned()));
    }
    let form = fields.text(ORDERS_AS);
    if !form.is_empty() && !ORDER_FORMS.iter().any(|(word, _)| *word == form) {
        problems.push((ORDERS_AS, "Orders go out as pdf, csv or both.".into()));
    }
    let cutoff = fields.text(ORDER_CUTOFF);
    if !cutoff.is_empty() && !is_time(cutoff) {
        problems.push((
            ORDER_CUTOFF,
            "Order cut-off needs a time such as 15:00.".into(),
        ));
    }
    let email = fields.text(EMAIL);
    if !email.is_empty() && !email.contains('@') {
        problems.push((
            EMAIL,
            "E-mail needs an address such as orders@example.com.".into(),
        ));
    }
    if fields
        .get(LEAD_TIME)
        .as_number()
        .is_some_and(|days| days < 0)
    {
        problems.push((LEAD_TIME, "Lead time cannot be below zero.".into()));
    }
    problems
}

/// Whether a text is a time of the day, `00:00` to `23:59`.
fn is_time(text: &str) -> bool {
    let Some((hours, minutes)) = text.split_once(':') else {
        return false;
    };
    let part = |digits: &str, most: u8| {
        let is_plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_plain && digits.parse::<u8>().is_ok_and(|number| number <= most)
    };
    part(hours, 23) && part(minutes, 59)
}

#[cfg(test)]
mod tests {
    use super::{
        CODE, CURRENCY, EMAIL, LEAD_TIME, NAME, ORDER_CUTOFF, ORDERS_AS, SUPPLIER, is_time,
    };
    use crate::record::{Fields, Schema, Value, check_record};

    fn acme() -> Fields {
        let mut fields = Fields::blank(SUPPLIER);
        fields.set(CODE, Value::text("ACME"));
        fields.set(NAME, Value::text("Acme Textiles"));
        fields
    }

    #[test]
    fn a_supplier_needs_a_code_and_a_name_alone() {
        let schema = Schema::default();
        assert_eq!(check_record(&schema, &acme()), vec![]);
        let told: Vec<String> = check_record(&schema, &Fields::blank(SUPPLIER))
            .into_iter()
            .map(|(_, rule)| rule)
            .collect();
        assert_eq!(told, ["Code is needed.", "Name is needed."]);
    }

    #[test]
    fn what_a_supplier_cannot_have_is_refused() {
        for (field, value) in [
            (CURRENCY, Value::text("E1")),
            (ORDERS_AS, Value::text("fax")),
            (ORDER_CUTOFF, Value::text("25:00")),
            (EMAIL, Value::text("nowhere")),
            (LEAD_TIME, Value::Number(-1)),
        ] {
            let mut fields = acme();
            fields.set(field, value);
            let problems = check_record(&Schema::default(), &fields);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(problems[0].0, field);
        }
    }

    #[test]
    fn a_time_has_two_digits_on_both_sides() {
        for time in ["00:00", "15:00", "23:59"] {
            assert!(is_time(time), "{time}");
        }
        for other in ["", "24:00", "7:00", "07:60", "+7:00", "15.00", "15:00:00"] {
            assert!(!is_time(other), "{other}");
        }
    }
}
