//! Fields as they are typed on a command line: `field=value`.

use domain::catalog::product::PRODUCT;
use domain::catalog::{Coverage, CustomFilter, PriceRange, ProductFilter, StockFilter};
use domain::record::{Field, FieldKind, FieldView, Kind, Schema, Value};
use domain::values::{Date, Decimal};

use super::filter_args::{CoveredBy, Filter, Stock};
use super::output::{Failure, plain, usage};

/// How many choices are named to a user who typed another.
const NAMED_CHOICES: usize = 20;

/// A field and its value.
pub fn assignment(schema: &Schema, kind: Kind, text: &str) -> Result<(Field, Value), Failure> {
    let (key, value) = text.split_once('=').ok_or_else(|| {
        usage(
            format!("\"{text}\" is no field with a value."),
            "Type field=value, such as stock=12.",
        )
    })?;
    let field = field(schema, kind, key)?;
    let view = schema.view(field);
    let value = parse(view, value).map_err(|rule| {
        usage(
            format!("{}: \"{value}\" cannot be understood.", view.label),
            rule,
        )
    })?;
    Ok((field, value))
}

/// The field of a kind with this key: that of another one, too, since the kind that owns it says more
/// about it than a terminal can.
pub fn field(schema: &Schema, kind: Kind, key: &str) -> Result<Field, Failure> {
    let key = key.trim();
    schema
        .find(kind, key)
        .or_else(|| Field::from_key(key))
        .ok_or_else(|| {
            let keys: Vec<String> = schema
                .fields(kind)
                .map(|field| schema.code(field))
                .collect();
            usage(
                format!("There is no field \"{key}\"."),
                format!("The fields are: {}.", keys.join(", ")),
            )
        })
}

/// The value of a field; nothing when the text is empty. The error says what to type.
fn parse(view: FieldView<'_>, text: &str) -> Result<Value, String> {
    let text = text.trim();
    if text.is_empty() && view.holds(&Value::Empty) {
        return Ok(Value::Empty);
    }
    let chosen = |text: &str| {
        let key = view.find_choice(text).map(str::to_owned);
        key.ok_or_else(|| {
            let labels = view.choices.iter().map(|choice| choice.label.as_str());
            let labels: Vec<&str> = labels.take(NAMED_CHOICES).collect();
            format!("Type one of its choices, such as {}.", labels.join(", "))
        })
    };
    let read = match view.kind {
        FieldKind::Choice => return chosen(text).map(Value::text),
        FieldKind::Choices => {
            let keys = text
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty());
            let keys = keys.map(chosen).collect::<Result<Vec<_>, _>>()?;
            return Ok(Value::list(keys));
        }
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
        FieldKind::Images => Ok(Value::images(text.lines())),
        FieldKind::Code
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Html
        | FieldKind::Image => Ok(Value::text(text)),
    };
    read.map_err(str::to_owned)
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
pub fn filter(schema: &Schema, filter: &Filter) -> Result<ProductFilter, Failure> {
    let some = |values: &Vec<String>| (!values.is_empty()).then(|| values.clone());
    Ok(ProductFilter {
        search: filter.search.clone(),
        brands: some(&filter.brands),
        categories: some(&filter.categories),
        active: filter.active,
        stock: filter.stock.map(|stock| match stock {
            Stock::In => StockFilter::InStock,
            Stock::Out => StockFilter::OutOfStock,
            Stock::Low => StockFilter::Low,
        }),
        price: (filter.price_from.is_some() || filter.price_to.is_some()).then(|| PriceRange {
            from: filter.price_from.map(Decimal::units),
            to: filter.price_to.map(Decimal::units),
        }),
        coverage: filter.coverage.map(|coverage| match coverage {
            CoveredBy::None => Coverage::None,
            CoveredBy::One => Coverage::One,
            CoveredBy::Several => Coverage::Several,
            CoveredBy::Preferred => Coverage::Preferred,
        }),
        family: None,
        custom: customs(schema, &filter.wheres)?,
        trashed: filter.trash.then_some(true),
    })
}

/// What is asked of fields of the workspace's own; several values of one field are alternatives.
fn customs(schema: &Schema, typed: &[String]) -> Result<Option<Vec<CustomFilter>>, Failure> {
    let mut filters: Vec<CustomFilter> = Vec::new();
    for text in typed {
        let (key, sign, value) = split_where(text)?;
        let field = field(schema, PRODUCT, key)?;
        let read = |value: &str| {
            let view = schema.view(field);
            parse(view, value).map_err(|rule| {
                let message = format!("{}: \"{value}\" cannot be understood.", view.label);
                usage(message, rule)
            })
        };
        let known = filters.iter().position(|filter| filter.field == field);
        let at = known.unwrap_or_else(|| {
            filters.push(CustomFilter::on(field));
            filters.len() - 1
        });
        let filter = &mut filters[at];
        match sign {
            "=" if value.is_empty() => filter.empty = Some(true),
            "!=" if value.is_empty() => filter.empty = Some(false),
            ">=" => filter.from = Some(read(value)?),
            "<=" => filter.to = Some(read(value)?),
            "=" => filter.any.get_or_insert_default().push(read(value)?),
            _ => return Err(not_a_where(text)),
        }
    }
    Ok((!filters.is_empty()).then_some(filters))
}

fn split_where(text: &str) -> Result<(&str, &'static str, &str), Failure> {
    let signs = [">=", "<=", "!=", "="];
    let found = signs
        .iter()
        .filter_map(|sign| Some((text.find(sign)?, *sign)));
    let (at, sign) = found
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.len())))
        .ok_or_else(|| not_a_where(text))?;
    let (key, rest) = text.split_at(at);
    Ok((key.trim(), sign, rest[sign.len()..].trim()))
}

fn not_a_where(text: &str) -> Failure {
    usage(
        format!("\"{text}\" says nothing of a field."),
        "Type field=value, field>=value or field<=value; field= for none, field!= for any.",
    )
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
    use domain::record::{Schema, Value};

    use super::{PRODUCT, assignment};

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
            let read = assignment(&Schema::default(), PRODUCT, text).ok();
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
            assert!(
                assignment(&Schema::default(), PRODUCT, text).is_err(),
                "{text}"
            );
        }
    }
}
