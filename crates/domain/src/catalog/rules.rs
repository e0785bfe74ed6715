//! The rules of a product: what each field accepts, and what fields must agree on.

use super::field::{Field, FieldKind};
use super::product::Fields;
use super::value::Value;
use crate::values::{Date, Decimal, Sku};

/// The most that can lie in stock; a larger number is a typing error.
const MAX_STOCK: i64 = 1_000_000_000;

/// Checks one value against its field. The error is a sentence that says the rule and what to do.
pub fn check_field(field: Field, value: &Value) -> Result<(), String> {
    if !value.fits(field.kind()) {
        return Err(format!("{} holds another kind of value.", field.label()));
    }
    match value {
        Value::Empty if field == Field::Sku => Sku::parse("").map(drop),
        Value::Empty | Value::Flag(_) => Ok(()),
        Value::Text(text) => check_text(field, text),
        Value::Number(number) => check_number(field, *number),
        Value::List(words) => {
            check_length(field, words.iter().map(|w| w.chars().count() + 2).sum())
        }
    }
}

fn check_text(field: Field, text: &str) -> Result<(), String> {
    match field.kind() {
        FieldKind::Sku => Sku::parse(text).map(drop),
        FieldKind::Date => Date::parse_iso(text)
            .map(drop)
            .ok_or_else(|| format!("{} needs a date such as 2026-12-31.", field.label())),
        FieldKind::Text if has_control(text, char::is_control) => Err(format!(
            "{} is one line. Remove the line break or other control character.",
            field.label()
        )),
        _ if has_control(text, is_control_of_text) => Err(format!(
            "{} holds a control character, which no program shows. Remove it.",
            field.label()
        )),
        _ => check_length(field, text.chars().count()),
    }
}

/// Whether one of the characters of a text is such a control character. An import asks this of every
/// cell, so it looks at bytes first, many at a time: a control character is one of these, or begins
/// with the last.
pub fn has_control(text: &str, is_control: fn(char) -> bool) -> bool {
    let may_be = |byte: u8| byte < 0x20 || byte == 0x7f || byte == 0xc2;
    let any = text.bytes().fold(false, |any, byte| any | may_be(byte));
    any && text.contains(is_control)
}

/// Whether text of several lines cannot hold the character.
pub fn is_control_of_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

fn check_length(field: Field, chars: usize) -> Result<(), String> {
    if chars <= field.max_chars() {
        return Ok(());
    }
    Err(format!(
        "{} has at most {} characters; this has {chars}. Shorten it.",
        field.label(),
        field.max_chars()
    ))
}

fn check_number(field: Field, number: i64) -> Result<(), String> {
    match field.kind() {
        FieldKind::Integer if number.unsigned_abs() > MAX_STOCK.unsigned_abs() => {
            Err(format!("{} is at most 1,000,000,000.", field.label()))
        }
        FieldKind::Money | FieldKind::Decimal if number < 0 => {
            Err(format!("{} cannot be below zero.", field.label()))
        }
        FieldKind::Money | FieldKind::Decimal if number > Decimal::MAX.units() => {
            Err(format!("{} is larger than 99,999,999,999.", field.label()))
        }
        _ => Ok(()),
    }
}

/// Checks what the fields of one record must agree on, field by field first.
/// Every broken rule is named with the field where a person would mend it.
pub fn check_record(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems: Vec<(Field, String)> = fields
        .iter()
        .filter_map(|(field, value)| Some((field, check_field(field, value).err()?)))
        .collect();
    if fields.get(Field::Name).is_empty() {
        problems.push((Field::Name, "A name is needed.".into()));
    }
    problems.extend(check_promotion(fields));
    problems.extend(check_options(fields));
    problems
}

fn check_promotion(fields: &Fields) -> Option<(Field, String)> {
    let (start, end) = (fields.text(Field::PromoStart), fields.text(Field::PromoEnd));
    let backwards = !start.is_empty() && !end.is_empty() && end < start;
    backwards.then(|| {
        (
            Field::PromoEnd,
            format!("The promotion ends on {end}, before it starts on {start}."),
        )
    })
}

fn check_options(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for (name_field, value_field) in Field::OPTIONS {
        let (name, value) = (fields.text(name_field), fields.text(value_field));
        if !value.is_empty() && name.is_empty() {
            problems.push((
                name_field,
                format!("The option \"{value}\" needs a name, such as Colour."),
            ));
        }
        if name.is_empty() {
            continue;
        }
        if names.contains(&name) {
            problems.push((name_field, format!("The option \"{name}\" stands twice.")));
        }
        names.push(name);
    }
    if fields.text(Field::ParentSku) == fields.text(Field::Sku)
        && !fields.text(Field::Sku).is_empty()
    {
        problems.push((
            Field::ParentSku,
            "A product cannot be a variant of itself.".into(),
        ));
    }
    problems
}

/// What makes a variant different from its siblings: its option values, without regard to case.
/// Nothing when it has no option value. Two variants of one parent may not share a key.
pub fn options_key(fields: &Fields) -> Option<String> {
    let values = Field::OPTIONS.map(|(_, value)| fields.text(value).to_lowercase());
    values
        .iter()
        .any(|value| !value.is_empty())
        .then(|| values.join("\u{1f}"))
}

#[cfg(test)]
mod tests {
    use super::{
        Field, Fields, Value, check_field, check_record, has_control, is_control_of_text,
        options_key,
    };

    fn shirt() -> Fields {
        let mut fields = Fields::blank();
        fields.set(Field::Sku, Value::text("SHIRT-1"));
        fields.set(Field::Name, Value::text("Shirt"));
        fields
    }

    #[test]
    fn a_control_character_is_found_wherever_it_stands() {
        for (text, has_any, has_one_of_text) in [
            ("Mug, 300 ml", false, false),
            ("Grüße, Ångström £5", false, false),
            ("two\nlines\tand a tab", true, false),
            ("bell \u{7}", true, true),
            ("\u{7f}", true, true),
            ("next line \u{85}", true, true),
        ] {
            assert_eq!(has_control(text, char::is_control), has_any, "{text:?}");
            assert_eq!(
                has_control(text, is_control_of_text),
                has_one_of_text,
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_plain_product_breaks_no_rule() {
        assert_eq!(check_record(&shirt()), vec![]);
    }

    #[test]
    fn each_field_says_which_rule_is_broken() {
        for (field, value, part) in [
            (Field::Sku, Value::Empty, "SKU is needed"),
            (Field::Name, Value::text("x".repeat(256)), "at most 255"),
            (Field::Name, Value::text("a\nb"), "one line"),
            (Field::Name, Value::text("a\0b"), "control character"),
            (Field::Description, Value::text("a\0b"), "control character"),
            (Field::StorePrice, Value::Number(-1), "below zero"),
            (Field::PromoStart, Value::text("1/2/2026"), "2026-12-31"),
            (Field::Stock, Value::Number(2_000_000_000), "1,000,000,000"),
            (Field::Stock, Value::Number(i64::MIN), "1,000,000,000"),
            (Field::Stock, Value::Number(i64::MAX), "1,000,000,000"),
            (Field::Active, Value::Number(1), "another kind"),
        ] {
            let message = check_field(field, &value).unwrap_err();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn fields_must_agree() {
        let mut fields = shirt();
        fields.set(Field::PromoStart, Value::text("2026-02-01"));
        fields.set(Field::PromoEnd, Value::text("2026-01-01"));
        fields.set(Field::Option1Value, Value::text("Black"));
        fields.set(Field::ParentSku, Value::text("SHIRT-1"));
        let at: Vec<Field> = check_record(&fields)
            .into_iter()
            .map(|(field, _)| field)
            .collect();
        assert_eq!(at, [Field::PromoEnd, Field::Option1Name, Field::ParentSku]);
    }

    #[test]
    fn variants_are_told_apart_by_their_option_values() {
        let mut black = shirt();
        black.set(Field::Option1Value, Value::text("Black"));
        let mut shouting = shirt();
        shouting.set(Field::Option1Value, Value::text("BLACK"));
        assert_eq!(options_key(&black), options_key(&shouting));
        assert_eq!(options_key(&shirt()), None);
    }
}
