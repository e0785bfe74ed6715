//! Fields as they are typed on a command line: `field=value`.

use domain::catalog::Coverage;
use domain::catalog::{ProductFilter, StockFilter};
use domain::record::Schema;
use domain::record::{Field, FieldKind, Kind, Value};
use domain::values::{Date, Decimal};

use super::args::{CoveredBy, Filter, Stock};
use super::output::{Failure, plain, usage};

/// A field and its value.
pub fn assignment(kind: Kind, text: &str) -> Result<(Field, Value), Failure> {
    let (key, value) = text.split_once('=').ok_or_else(|| {
        usage(
            format!("\"{text}\" is no field with a value."),
            "Type field=value, such as stock=12.",
        )
    })?;
    let field = field(kind, key)?;
    let value = parse(field, value).map_err(|rule| {
        usage(
            format!("{}: \"{value}\" cannot be understood.", label(field)),
            rule,
        )
    })?;
    Ok((field, value))
}

/// The name of a field for people.
pub fn label(field: Field) -> String {
    Schema::default().label(field).to_owned()
}

/// What a field holds.
pub fn kind(field: Field) -> FieldKind {
    Schema::default().kind(field)
}

/// The field of a kind with this key.
pub fn field(kind: Kind, key: &str) -> Result<Field, Failure> {
    let key = key.trim();
    kind.field(key)
        .or_else(|| Field::from_key(key))
        .ok_or_else(|| {
            let keys: Vec<String> = kind.fields().map(Field::short_key).collect();
            usage(
                format!("There is no field \"{key}\"."),
                format!("The fields are: {}.", keys.join(", ")),
            )
        })
}

/// The value of a field; nothing when the text is empty. The error says what to type.
fn parse(field: Field, text: &str) -> Result<Value, &'static str> {
    let text = text.trim();
    let kind = kind(field);
    if text.is_empty() && kind != FieldKind::Flag {
        return Ok(Value::Empty);
    }
    match kind {
        FieldKind::Flag => match text {
            "true" | "yes" => Ok(Value::Flag(true)),
            "false" | "no" => Ok(Value::Flag(false)),
            _ => Err("Type true or false."),
        },
        FieldKind::Integer => text
            .parse()
            .map(Value::Number)
            .map_err(|_| "Type a whole number, such as 12."),
        FieldKind::Money | FieldKind::Decimal => Decimal::parse_plain(text)
            .map(|number| Value::Number(number.units()))
            .ok_or("Type digits with a point and at most four decimals, such as 12.50."),
        FieldKind::Date => Date::parse_iso(text)
            .map(|date| Value::text(date.to_string()))
            .ok_or("Type a date as 2026-12-31."),
        FieldKind::Tags => Ok(Value::list(text.split(','))),
        FieldKind::Code | FieldKind::Text | FieldKind::LongText | FieldKind::Html => {
            Ok(Value::text(text))
        }
    }
}

/// A value of the history as a person reads it.
pub fn shown(kind: FieldKind, value: &Value) -> String {
    match value {
        Value::Empty => "nothing".to_owned(),
        Value::Flag(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Text(text) => plain(text),
        value => plain(&value.display(kind)),
    }
}

/// Which products are meant.
pub fn filter(filter: &Filter) -> ProductFilter {
    let some = |values: &Vec<String>| (!values.is_empty()).then(|| values.clone());
    ProductFilter {
        search: filter.search.clone(),
        brands: some(&filter.brands),
        categories: some(&filter.categories),
        active: filter.active,
        stock: filter.stock.map(|stock| match stock {
            Stock::In => StockFilter::InStock,
            Stock::Out => StockFilter::OutOfStock,
            Stock::Low => StockFilter::Low,
        }),
        coverage: filter.coverage.map(|coverage| match coverage {
            CoveredBy::None => Coverage::None,
            CoveredBy::One => Coverage::One,
            CoveredBy::Several => Coverage::Several,
            CoveredBy::Preferred => Coverage::Preferred,
        }),
        family: None,
        trashed: filter.trash.then_some(true),
    }
}

/// The kind of record with this key, or with this name of many: `supplier`, `suppliers`.
pub fn record_kind(key: &str) -> Result<Kind, Failure> {
    let mut kinds = domain::kinds::all();
    let named = |kind: &Kind| kind.key() == key || kind.def().area == key;
    kinds.find(named).ok_or_else(|| {
        let keys: Vec<&str> = domain::kinds::all().map(Kind::key).collect();
        usage(
            format!("There is no kind of record \"{key}\"."),
            format!("The kinds are: {}.", keys.join(", ")),
        )
    })
}

#[cfg(test)]
mod tests {
    use domain::catalog::product;
    use domain::catalog::product::PRODUCT;
    use domain::record::Value;

    use super::assignment;

    #[test]
    fn a_value_is_read_as_its_field_wants_it() {
        for (text, field, value) in [
            ("stock=12", product::STOCK, Value::Number(12)),
            (
                "store_price=12.5",
                product::STORE_PRICE,
                Value::Number(125_000),
            ),
            ("active=no", product::ACTIVE, Value::Flag(false)),
            ("name=a=b ", product::NAME, Value::text("a=b")),
            ("brand=", product::BRAND, Value::Empty),
            ("tags=b, a,b", product::TAGS, Value::list(["a", "b"])),
            (
                "promo_end=2026-12-31",
                product::PROMO_END,
                Value::text("2026-12-31"),
            ),
        ] {
            let read = assignment(PRODUCT, text).ok();
            assert_eq!(read, Some((field, value)), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "stock",
            "stok=1",
            "stock=1.5",
            "active=",
            "cost=1,5",
            "promo_end=31/12/2026",
        ] {
            assert!(assignment(PRODUCT, text).is_err(), "{text}");
        }
    }
}
