//! The fields that the merchant made.

use std::collections::BTreeMap;

use domain::channel::{FieldLevel, ShopField, ShopFieldDef, ShopValues};
use domain::record::{FieldKind, Value as Held};
use domain::values::{Date, Decimal};
use serde_json::{Value, json};

use super::documents::METAFIELD_DEFINITIONS;
use super::json::{next_of, nodes, text};
use super::transport::{Repeat, Transport};
use crate::failure::Answered;

/// What the key of such a field begins with.
const PREFIX: &str = "metafield:";

/// The merchant's fields by their keys: `custom.material`.
pub(super) type Metafields = BTreeMap<String, Metafield>;

/// A field that the merchant made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metafield {
    label: String,
    /// What the platform calls its type.
    pub(super) sort: String,
    kind: FieldKind,
}

/// Asks which there are. Those of types that a product here cannot hold are left out.
pub(super) async fn defined(transport: &Transport) -> Answered<Metafields> {
    let mut defined = Metafields::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({"after": after});
        let asked = transport.ask(METAFIELD_DEFINITIONS, variables, Repeat::Question);
        let data = asked.await?.data;
        let page = &data["metafieldDefinitions"];
        defined.extend(nodes(page).iter().filter_map(read));
        match next_of(page) {
            Some(next) => after = Value::from(next),
            None => return Ok(defined),
        }
    }
}

fn read(definition: &Value) -> Option<(String, Metafield)> {
    let sort = text(&definition["type"], "name");
    let field = Metafield {
        label: text(definition, "name").to_owned(),
        sort: sort.to_owned(),
        kind: kind_of(sort)?,
    };
    Some((key_of(definition), field))
}

fn key_of(metafield: &Value) -> String {
    format!(
        "{}.{}",
        text(metafield, "namespace"),
        text(metafield, "key")
    )
}

fn kind_of(sort: &str) -> Option<FieldKind> {
    Some(match sort {
        "single_line_text_field" => FieldKind::Text,
        "multi_line_text_field" => FieldKind::LongText,
        "number_integer" => FieldKind::Integer,
        "number_decimal" => FieldKind::Decimal,
        "date" => FieldKind::Date,
        "boolean" => FieldKind::Flag,
        _ => return None,
    })
}

/// How they are offered.
pub(super) fn defs(metafields: &Metafields) -> impl Iterator<Item = ShopFieldDef> + '_ {
    metafields.iter().map(|(key, field)| ShopFieldDef {
        field: field_of(key),
        label: match field.label.is_empty() {
            true => key.clone(),
            false => field.label.clone(),
        },
        kind: field.kind,
        level: FieldLevel::Product,
        writable: true,
        max_chars: 0,
        places: match field.kind {
            FieldKind::Decimal => 4,
            _ => 0,
        },
    })
}

fn field_of(key: &str) -> ShopField {
    ShopField(format!("{PREFIX}{key}"))
}

/// The key of a merchant's field, if the field is one.
pub(super) fn key_in(field: &ShopField) -> Option<&str> {
    field.key().strip_prefix(PREFIX)
}

/// Adds what a product holds of the merchant's fields, given all that it has. One that cannot be read
/// exactly is left out, so that nothing is compared with it or written over it.
pub(super) fn add_values(values: &mut ShopValues, defined: &Metafields, there: &[Value]) {
    let there: BTreeMap<String, &str> = there
        .iter()
        .map(|one| (key_of(one), text(one, "value")))
        .collect();
    for (key, field) in defined {
        let value = match there.get(key) {
            None => Some(Held::Empty),
            Some(written) => field.value(written),
        };
        if let Some(value) = value {
            values.insert(field_of(key), value);
        }
    }
}

impl Metafield {
    fn value(&self, written: &str) -> Option<Held> {
        match self.kind {
            FieldKind::Integer => written.parse().ok().map(Held::Number),
            FieldKind::Decimal => {
                let exact = Decimal::parse_plain(written)?;
                Some(Held::Number(exact.units()))
            }
            FieldKind::Flag => match written {
                "true" => Some(Held::Flag(true)),
                "false" => Some(Held::Flag(false)),
                _ => None,
            },
            FieldKind::Date => Date::parse_iso(written).map(|_| Held::text(written)),
            _ => Some(Held::text(written)),
        }
    }

    /// A value as the platform takes it; none to take the field away.
    pub(super) fn written(&self, value: &Held) -> Option<String> {
        match value {
            Held::Empty => None,
            value => Some(value.display(self.kind)),
        }
    }
}

/// Namespace and key of `custom.material`.
pub(super) fn parts(key: &str) -> (&str, &str) {
    key.rsplit_once('.').unwrap_or(("custom", key))
}

#[cfg(test)]
mod tests {
    use domain::record::Value as Held;

    use super::{Metafield, kind_of};

    #[test]
    fn values_are_read_exactly_or_not_at_all() {
        for (sort, written, value) in [
            ("number_decimal", "1.50", Some(Held::Number(15_000))),
            ("number_decimal", "1.00001", None),
            ("number_integer", "-7", Some(Held::Number(-7))),
            ("number_integer", "7.5", None),
            ("boolean", "false", Some(Held::Flag(false))),
            ("date", "2026-12-31", Some(Held::text("2026-12-31"))),
            ("date", "2026-12-32", None),
            ("single_line_text_field", "Oak", Some(Held::text("Oak"))),
        ] {
            let field = Metafield {
                label: String::new(),
                sort: sort.to_owned(),
                kind: kind_of(sort).unwrap(),
            };
            assert_eq!(field.value(written), value, "{sort} {written}");
        }
        assert_eq!(kind_of("rich_text_field"), None);
    }

    #[test]
    fn what_was_read_is_written_as_it_was() {
        for (sort, written) in [
            ("number_decimal", "1.5"),
            ("number_integer", "-7"),
            ("boolean", "true"),
            ("date", "2026-12-31"),
        ] {
            let field = Metafield {
                label: String::new(),
                sort: sort.to_owned(),
                kind: kind_of(sort).unwrap(),
            };
            let value = field.value(written).unwrap();
            assert_eq!(field.written(&value).as_deref(), Some(written));
        }
    }
}
