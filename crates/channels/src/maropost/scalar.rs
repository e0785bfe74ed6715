//! Scalars: from the platform's texts to values, and back.

use std::borrow::Cow;

use domain::channel::ShopField;
use domain::record::Value;
use domain::values::{Date, Decimal};

use super::dates::{self, End};
use super::fields::{Holds, Scalar};
use super::loose::{Object, flag, text};
use crate::failure::{Answered, Failure, FailureKind};

/// What an item holds in a scalar; nothing when it was not told, or as something else than the platform
/// documents: it stays as it is then. A parent has no price of its own.
pub(super) fn read(scalar: &Scalar, row: &Object, is_parent: bool) -> Option<Value> {
    if scalar.holds == Holds::Promotion {
        // The days are the shop's own; UTC is as near as can be where those are missing.
        let twins = ["Local", "UTC"].map(|zone| text(row, &format!("{}{zone}", scalar.key)));
        let told = twins.into_iter().flatten().next()?;
        return dates::day(&told).map(day);
    }
    let told = text(row, &scalar.key)?;
    match scalar.holds {
        Holds::Code | Holds::Text | Holds::Lines | Holds::Html => Some(Value::text(told)),
        Holds::Price | Holds::Money | Holds::Measure => {
            let value = Value::Number(decimal(&told)?.units());
            Some(settled(scalar, value, is_parent))
        }
        Holds::Whole => whole(&told).map(Value::Number),
        Holds::Flag => flag(&told).map(Value::Flag),
        Holds::Day | Holds::Promotion => dates::day(&told).map(day),
    }
}

fn day(day: Option<String>) -> Value {
    day.map_or(Value::Empty, Value::Text)
}

/// The value as it will be read once it was written.
pub(super) fn settled(scalar: &Scalar, value: Value, is_parent: bool) -> Value {
    match (scalar.holds, value) {
        (Holds::Price, Value::Empty | Value::Number(0)) if is_parent => Value::Empty,
        (Holds::Price | Holds::Whole, Value::Empty) => Value::Number(0),
        (Holds::Money | Holds::Measure, Value::Number(0)) => Value::Empty,
        (_, Value::Text(text)) => Value::text(text),
        (_, value) => value,
    }
}

/// A value as it is written, where the shop is `ahead` minutes ahead of UTC as far as that is known.
pub(super) fn written(scalar: &Scalar, value: &Value, ahead: Option<i32>) -> Answered<String> {
    let wrong = || {
        let message = format!("{} cannot hold what it is to hold.", scalar.label);
        Failure::new(FailureKind::Rejected, message)
    };
    match (scalar.holds, value) {
        (Holds::Code | Holds::Text | Holds::Lines | Holds::Html, Value::Empty) => Ok(String::new()),
        (Holds::Code | Holds::Text | Holds::Lines | Holds::Html, Value::Text(text)) => {
            fits(&scalar.label, text, scalar.max_chars)?;
            Ok(text.clone())
        }
        (Holds::Price | Holds::Money | Holds::Measure, Value::Empty) => Ok("0.00".to_owned()),
        (Holds::Price | Holds::Money | Holds::Measure, Value::Number(units)) => {
            Ok(Decimal::from_units(*units).as_money())
        }
        (Holds::Whole, Value::Empty) => Ok("0".to_owned()),
        (Holds::Whole, Value::Number(number)) => Ok(number.to_string()),
        (Holds::Flag, Value::Flag(true)) => Ok("True".to_owned()),
        (Holds::Flag, Value::Flag(false)) => Ok("False".to_owned()),
        (Holds::Promotion, Value::Empty) => Ok(dates::NONE.to_owned()),
        (Holds::Day, Value::Empty) => Ok(dates::NONE[..10].to_owned()),
        (Holds::Promotion | Holds::Day, Value::Text(text)) => {
            let day = Date::parse_iso(text).ok_or_else(wrong)?.to_string();
            Ok(match scalar.holds {
                Holds::Day => day,
                _ if scalar.key.contains("Start") => dates::written(&day, End::First, ahead),
                _ => dates::written(&day, End::Last, ahead),
            })
        }
        _ => Err(wrong()),
    }
}

/// Refuses a text that the shop would refuse, or cut without a word.
pub(super) fn fits(label: &str, text: &str, most: u32) -> Answered<()> {
    let count = text.chars().count();
    if most == 0 || count <= most as usize {
        return Ok(());
    }
    let message = format!("{label} has {count} characters, and Maropost takes {most}.");
    let failure = Failure::new(FailureKind::Rejected, message);
    Err(failure.hint("Shorten it, or map another field to it."))
}

/// Whether the shop may keep a number with fewer decimals than it has: nothing says how many it keeps,
/// but that there are two.
pub(super) fn may_be_rounded(scalar: &Scalar, value: &Value) -> bool {
    let is_number = matches!(scalar.holds, Holds::Price | Holds::Money | Holds::Measure);
    is_number && value.as_number().is_some_and(|units| units % 100 != 0)
}

/// A number as the platform writes it, with up to nine decimals: to four, half away from zero.
pub(super) fn decimal(told: &str) -> Option<Decimal> {
    let told = told.trim();
    if told.is_empty() {
        return Some(Decimal::default());
    }
    let (kept, finer) = match told.split_once('.') {
        Some((whole, decimals)) if decimals.len() > 4 && decimals.is_ascii() => {
            let (kept, finer) = decimals.split_at(4);
            (Cow::Owned(format!("{whole}.{kept}")), finer)
        }
        _ => (Cow::Borrowed(told), ""),
    };
    if !finer.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let units = Decimal::parse_plain(&kept)?.units();
    let up = i64::from(finer.bytes().next().is_some_and(|digit| digit >= b'5'));
    let up = if told.starts_with('-') { -up } else { up };
    Some(Decimal::from_units(units + up))
}

/// A whole number, which the platform may write with decimals: `2.000`.
pub(super) fn whole(told: &str) -> Option<i64> {
    let units = decimal(told)?.units();
    Some(units.div_euclid(Decimal::SCALE))
}

/// Names a field in a message.
pub(super) fn unknown(field: &ShopField) -> Failure {
    let message = format!("Maropost has no field {field} that can be written.");
    let failure = Failure::new(FailureKind::Rejected, message);
    failure.hint("Map another field of the shop.")
}

#[cfg(test)]
mod tests {
    use domain::record::Value;
    use domain::values::Decimal;
    use proptest::prelude::*;
    use serde_json::json;

    use super::{decimal, fits, may_be_rounded, read, settled, whole, written};
    use crate::maropost::fields::{Scalar, scalars};

    fn scalar(key: &str) -> &'static Scalar {
        scalars().iter().find(|scalar| scalar.key == key).unwrap()
    }

    #[test]
    fn numbers_are_read_exactly_with_any_number_of_decimals() {
        for (text, units) in [
            ("29.95", Some(299_500)),
            ("3.50000000", Some(35_000)),
            ("0.123450000", Some(1_235)),
            ("-0.00005", Some(-1)),
            ("", Some(0)),
            (" 7 ", Some(70_000)),
            (".5", Some(5_000)),
            ("1,5", None),
            ("$7", None),
            ("1.0000x", None),
            ("1.00000x", None),
            ("99999999999999", None),
        ] {
            assert_eq!(decimal(text).map(Decimal::units), units, "{text}");
        }
        assert_eq!(whole("2.000"), Some(2));
        assert_eq!(whole("-3"), Some(-3));
    }

    #[test]
    fn a_price_of_zero_is_a_price_and_a_parent_has_none() {
        let row = json!({"DefaultPrice": "0.00", "RRP": "0.00", "ShippingWeight": "0.0000"});
        let row = row.as_object().unwrap();
        assert_eq!(
            read(scalar("DefaultPrice"), row, false),
            Some(Value::Number(0))
        );
        assert_eq!(read(scalar("DefaultPrice"), row, true), Some(Value::Empty));
        assert_eq!(read(scalar("RRP"), row, false), Some(Value::Empty));
        assert_eq!(
            read(scalar("ShippingWeight"), row, false),
            Some(Value::Empty)
        );
        assert_eq!(read(scalar("CostPrice"), row, false), None);
    }

    #[test]
    fn the_day_of_a_promotion_is_the_shops_own() {
        let start = scalar("PromotionStartDate");
        let told = |json: serde_json::Value| read(start, json.as_object().unwrap(), false);
        let both = json!({"PromotionStartDateLocal": "2026-12-01 00:00:00", "PromotionStartDateUTC": "2026-11-30 14:00:00"});
        assert_eq!(told(both), Some(Value::text("2026-12-01")));
        let utc = json!({"PromotionStartDateUTC": "2026-12-01 02:00:00"});
        assert_eq!(told(utc), Some(Value::text("2026-12-01")));
        assert_eq!(
            told(json!({"PromotionStartDateLocal": ""})),
            Some(Value::Empty)
        );
        assert_eq!(told(json!({"PromotionStartDateLocal": "soon"})), None);
        assert_eq!(told(json!({})), None);
    }

    #[test]
    fn a_text_that_is_too_long_is_refused_and_never_cut() {
        let name = scalar("Name");
        let failure = written(name, &Value::text("ä".repeat(151)), None).unwrap_err();
        assert!(failure.message.contains("151") && failure.message.contains("150"));
        assert!(written(name, &Value::text("ä".repeat(150)), None).is_ok());
        assert!(fits("Misc 01", &"x".repeat(100_000), 0).is_ok());
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        for (key, value) in [
            ("Name", Value::Number(1)),
            ("RRP", Value::text("cheap")),
            ("IsActive", Value::Empty),
            ("PromotionStartDate", Value::text("1.12.2026")),
            ("Description", Value::List(vec!["a".into()])),
        ] {
            assert!(written(scalar(key), &value, None).is_err(), "{key}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(units in 0i64..10_000_000, yes: bool, text in "[a-zA-Z <>&\"ä\\n]{0,40}") {
            for (key, value) in [
                ("DefaultPrice", Value::Number(units)),
                ("RRP", Value::Number(units)),
                ("CubicWeight", Value::Number(units)),
                ("SortOrder1", Value::Number(units)),
                ("IsActive", Value::Flag(yes)),
                ("Misc01", Value::text(text.clone())),
                ("RRP", Value::Empty),
                ("DateArrival", Value::Empty),
                ("DateArrival", Value::text("2026-12-01")),
            ] {
                let scalar = scalar(key);
                let row = json!({ key: written(scalar, &value, None).unwrap() });
                let read = read(scalar, row.as_object().unwrap(), false);
                prop_assert_eq!(read, Some(settled(scalar, value.clone(), false)));
                prop_assert_eq!(may_be_rounded(scalar, &value) && key == "Misc01", false);
            }
        }
    }
}
