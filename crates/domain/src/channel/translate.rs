//! A value of ours in the form of a shop's field, and back.

use super::shop_field::ShopFieldDef;
use crate::record::{FieldKind, FieldView, Value};
use crate::values::Decimal;

/// Decimals of money and measures as they are kept here.
const PLACES: u8 = 4;

/// A value of ours as a shop's field would hold it. The error is a sentence.
pub fn to_shop(ours: FieldView<'_>, value: &Value, theirs: &ShopFieldDef) -> Result<Value, String> {
    let told = ours.told(value);
    let value = match (theirs.kind, told) {
        (_, Value::Empty) => Value::Empty,
        (FieldKind::Money | FieldKind::Decimal, Value::Number(number)) => {
            Value::Number(rounded(scaled(ours.kind, number), theirs.places))
        }
        (FieldKind::Integer, Value::Number(number)) => match is_scaled(ours.kind) {
            true => Value::Number(rounded(number, 0) / 10_000),
            false => Value::Number(number),
        },
        (FieldKind::Flag, Value::Flag(flag)) => Value::Flag(flag),
        (FieldKind::Tags | FieldKind::Choices, Value::List(words)) => Value::list(words),
        (FieldKind::Tags | FieldKind::Choices, Value::Text(word)) => Value::list([word]),
        (FieldKind::Image, Value::Text(image)) => Value::Text(image),
        (FieldKind::Images, Value::List(images)) => Value::images(images),
        (FieldKind::Date, Value::Text(date)) if ours.kind == FieldKind::Date => Value::Text(date),
        (kind, told) if is_text(kind) => Value::text(told.display(ours.kind)),
        _ => return Err(format!("{} cannot hold it.", theirs.label)),
    };
    check_length(&value, theirs)?;
    Ok(value)
}

/// A value of a shop as our field would hold it. The error is a sentence.
pub fn from_shop(
    ours: FieldView<'_>,
    value: &Value,
    theirs: &ShopFieldDef,
) -> Result<Value, String> {
    let taken = match (ours.kind, value) {
        (_, Value::Empty) => Value::Empty,
        (FieldKind::Money | FieldKind::Decimal, Value::Number(number)) => {
            Value::Number(scaled(theirs.kind, *number))
        }
        (FieldKind::Integer, Value::Number(number)) if !is_scaled(theirs.kind) => {
            Value::Number(*number)
        }
        (FieldKind::Integer, Value::Number(number)) if number % 10_000 == 0 => {
            Value::Number(number / 10_000)
        }
        (FieldKind::Flag, Value::Flag(flag)) => Value::Flag(*flag),
        (FieldKind::Choice, Value::Text(text)) => match ours.find_choice(text.trim()) {
            Some(key) => Value::text(key),
            None => return Err(format!("\"{text}\" is none of the choices.")),
        },
        (FieldKind::Choices, value) => choices(ours, value)?,
        (FieldKind::Tags, value) => Value::list(words_of(value)),
        (FieldKind::Image, Value::Text(image)) => Value::Text(image.clone()),
        (FieldKind::Images, Value::List(images)) => Value::images(images),
        (FieldKind::Date, Value::Text(date)) => Value::Text(date.clone()),
        (kind, Value::Text(text)) => read_text(kind, text)?,
        (kind, other) if is_text(kind) => Value::text(other.display(theirs.kind)),
        (_, other) => {
            let shown = other.display(theirs.kind);
            return Err(format!("\"{shown}\" is no value for {}.", ours.label));
        }
    };
    let taken = taken.tidied(ours.kind, ours.blank);
    match taken.is_empty() {
        true => Ok(ours.blank.value()),
        false => Ok(taken),
    }
}

/// Text that stands for a value of another kind.
fn read_text(kind: FieldKind, text: &str) -> Result<Value, String> {
    let text = text.trim();
    let number = || Decimal::parse_plain(text).map(Decimal::units);
    let read = match kind {
        FieldKind::Money | FieldKind::Decimal => number().map(Value::Number),
        FieldKind::Integer => number()
            .filter(|number| number % 10_000 == 0)
            .map(|number| Value::Number(number / 10_000)),
        FieldKind::Flag => flag(text).map(Value::Flag),
        kind if is_text(kind) => Some(Value::text(text)),
        _ => None,
    };
    read.ok_or_else(|| format!("\"{text}\" cannot be taken."))
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

fn choices(ours: FieldView<'_>, value: &Value) -> Result<Value, String> {
    let mut keys = Vec::new();
    for word in words_of(value) {
        match ours.find_choice(word) {
            Some(key) => keys.push(key),
            None => return Err(format!("\"{word}\" is none of the choices.")),
        }
    }
    Ok(Value::list(keys))
}

fn words_of(value: &Value) -> Vec<&str> {
    match value {
        Value::List(words) => words.iter().map(String::as_str).collect(),
        Value::Text(text) => text.split(',').map(str::trim).collect(),
        _ => Vec::new(),
    }
}

const fn is_text(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Html
            | FieldKind::Code
            | FieldKind::Choice
    )
}

const fn is_scaled(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Money | FieldKind::Decimal)
}

/// A number of a kind in 1/10000.
const fn scaled(kind: FieldKind, number: i64) -> i64 {
    match is_scaled(kind) {
        true => number,
        false => number.saturating_mul(10_000),
    }
}

/// A number in 1/10000 with so many decimals, halves away from zero.
fn rounded(number: i64, places: u8) -> i64 {
    let step = 10_i64.pow(u32::from(PLACES.saturating_sub(places)));
    let half = step / 2 * number.signum();
    number.saturating_add(half) / step * step
}

fn check_length(value: &Value, theirs: &ShopFieldDef) -> Result<(), String> {
    let most = theirs.max_chars as usize;
    match value {
        Value::Text(text) if most > 0 && text.chars().count() > most => Err(format!(
            "{} holds {most} characters, this is {}. Shorten it, or give the shop a text of its own.",
            theirs.label,
            text.chars().count()
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{from_shop, rounded, to_shop};
    use crate::catalog::product::{ACTIVE, NAME, STOCK, STORE_PRICE, TAGS};
    use crate::channel::{FieldLevel, ShopField, ShopFieldDef};
    use crate::record::{Field, FieldKind, Schema, Value};

    fn theirs(kind: FieldKind, places: u8, max_chars: u32) -> ShopFieldDef {
        ShopFieldDef {
            field: ShopField::new("field"),
            label: "Field".into(),
            kind,
            level: FieldLevel::Both,
            writable: true,
            max_chars,
            places,
        }
    }

    #[test]
    fn a_value_takes_the_form_of_the_field_in_the_shop() {
        let schema = Schema::default();
        for (field, value, kind, sent) in [
            (
                STORE_PRICE,
                Value::Number(99_950),
                FieldKind::Money,
                Value::Number(100_000),
            ),
            (
                STORE_PRICE,
                Value::Number(99_950),
                FieldKind::Text,
                Value::text("9.995"),
            ),
            (
                STOCK,
                Value::Number(5),
                FieldKind::Integer,
                Value::Number(5),
            ),
            (
                STOCK,
                Value::Number(5),
                FieldKind::Decimal,
                Value::Number(50_000),
            ),
            (
                ACTIVE,
                Value::Flag(true),
                FieldKind::Flag,
                Value::Flag(true),
            ),
            (NAME, Value::Empty, FieldKind::Text, Value::Empty),
            (
                TAGS,
                Value::list(["b", "a"]),
                FieldKind::Text,
                Value::text("a, b"),
            ),
        ] {
            let got = to_shop(schema.view(field), &value, &theirs(kind, 2, 255));
            assert_eq!(got, Ok(sent), "{value:?} as {kind:?}");
        }
        let long = to_shop(
            schema.view(NAME),
            &Value::text("abcd"),
            &theirs(FieldKind::Text, 2, 3),
        );
        assert!(long.unwrap_err().contains("holds 3 characters, this is 4"));
    }

    #[test]
    fn what_the_shop_has_is_read_as_our_field_or_refused() {
        let schema = Schema::default();
        let read = |field: Field, value: Value, kind| {
            from_shop(schema.view(field), &value, &theirs(kind, 2, 0))
        };
        let price = read(STORE_PRICE, Value::text("9.90"), FieldKind::Text);
        assert_eq!(price, Ok(Value::Number(99_000)));
        assert_eq!(
            read(STOCK, Value::Empty, FieldKind::Integer),
            Ok(Value::Number(0))
        );
        assert_eq!(
            read(ACTIVE, Value::text("Yes"), FieldKind::Text),
            Ok(Value::Flag(true))
        );
        assert_eq!(
            read(STOCK, Value::Number(50_000), FieldKind::Decimal),
            Ok(Value::Number(5))
        );
        for (field, value, kind) in [
            (STORE_PRICE, Value::text("cheap"), FieldKind::Text),
            (ACTIVE, Value::text("maybe"), FieldKind::Text),
            (STOCK, Value::Number(55_000), FieldKind::Decimal),
        ] {
            assert!(read(field, value, kind).is_err(), "{field}");
        }
    }

    proptest! {
        #[test]
        fn what_a_shop_rounded_stays_as_it_is(number: i64, places in 0u8..=4) {
            let once = rounded(number, places);
            prop_assert_eq!(rounded(once, places), once);
        }

        #[test]
        fn money_with_all_its_decimals_comes_back(number: i64) {
            let schema = Schema::default();
            let (view, theirs) = (schema.view(STORE_PRICE), theirs(FieldKind::Money, 4, 0));
            let sent = to_shop(view, &Value::Number(number), &theirs).unwrap();
            prop_assert_eq!(from_shop(view, &sent, &theirs), Ok(Value::Number(number)));
        }
    }
}
