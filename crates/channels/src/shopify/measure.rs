//! Money and weights, exactly.

use domain::values::Decimal;
use serde_json::Value;

/// An amount of money as the shop writes it: `"7.5"`. None where it is more than can be held.
pub(super) fn money(written: &Value) -> Option<i64> {
    let exact = Decimal::parse_plain(written.as_str()?)?;
    Some(exact.units())
}

/// One of a unit in kilograms, as a fraction.
fn kilograms(unit: &str) -> Option<(i128, i128)> {
    Some(match unit {
        "KILOGRAMS" => (1, 1),
        "GRAMS" => (1, 1_000),
        "POUNDS" => (45_359_237, 100_000_000),
        "OUNCES" => (28_349_523_125, 1_000_000_000_000),
        _ => return None,
    })
}

/// A weight in 1/10000 of a kilogram, rounded half up. None where the unit is not known or it is more
/// than can be held.
pub(super) fn weight(weight: &Value) -> Option<i64> {
    let (digits, decimals) = number(&weight["value"].as_number()?.to_string())?;
    let (times, by) = kilograms(weight["unit"].as_str()?)?;
    let above = digits.checked_mul(times)?.checked_mul(10_000)?;
    let below = by.checked_mul(10_i128.checked_pow(decimals)?)?;
    let rounded = above
        .checked_mul(2)?
        .checked_add(below)?
        .div_euclid(below * 2);
    let units = i64::try_from(rounded).ok()?;
    (units.abs() <= Decimal::MAX.units()).then_some(units)
}

/// A number as JSON writes it, as digits and how many of them are decimals: `12.5e-1` as 125 and 2.
fn number(written: &str) -> Option<(i128, u32)> {
    let lower = written.to_ascii_lowercase();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{decimals}").parse().ok()?;
    let places = i32::try_from(decimals.len()).ok()? - exponent;
    match u32::try_from(places) {
        Ok(places) if places <= 20 => Some((digits, places)),
        // Less than anything that is kept.
        Ok(_) => Some((0, 0)),
        Err(_) => {
            let zeros = u32::try_from(-places).ok()?;
            Some((digits.checked_mul(10_i128.checked_pow(zeros)?)?, 0))
        }
    }
}

/// A weight in kilograms for the shop.
pub(super) fn written_weight(units: i64) -> Option<Value> {
    let exact = Decimal::from_units(units).to_string();
    let number = serde_json::Number::from_f64(exact.parse().ok()?)?;
    Some(serde_json::json!({"value": number, "unit": "KILOGRAMS"}))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{money, weight, written_weight};

    #[test]
    fn weights_of_any_unit_are_kilograms_exactly() {
        for (value, unit, units) in [
            (json!(0.35), "KILOGRAMS", Some(3_500)),
            (json!(350), "GRAMS", Some(3_500)),
            (json!(0.05), "GRAMS", Some(1)),
            (json!(0.049), "GRAMS", Some(0)),
            (json!(1.0), "POUNDS", Some(4_536)),
            (json!(2.5), "OUNCES", Some(709)),
            (json!(1e-7), "KILOGRAMS", Some(0)),
            (json!(1e-30), "KILOGRAMS", Some(0)),
            (json!(1e3), "KILOGRAMS", Some(10_000_000)),
            (json!(1e300), "KILOGRAMS", None),
            (json!(1), "STONES", None),
            (json!(null), "GRAMS", None),
        ] {
            let read = weight(&json!({"value": value, "unit": unit}));
            assert_eq!(read, units, "{value} {unit}");
        }
    }

    #[test]
    fn money_is_read_as_it_is_written() {
        for (written, units) in [
            (json!("7.5"), Some(75_000)),
            (json!("10.0"), Some(100_000)),
            (json!("1000"), Some(10_000_000)),
            (json!("999999999999999999"), None),
            (json!(7.5), None),
        ] {
            assert_eq!(money(&written), units, "{written}");
        }
    }

    proptest! {
        #[test]
        fn a_weight_that_was_written_is_read_again(units in 0_i64..=1_000_000_000_000) {
            prop_assert_eq!(weight(&written_weight(units).unwrap()), Some(units));
        }

        #[test]
        fn any_number_is_read_or_refused(value in any::<f64>(), unit in 0_usize..4) {
            let unit = ["KILOGRAMS", "GRAMS", "POUNDS", "OUNCES"][unit];
            weight(&json!({"value": value, "unit": unit}));
        }
    }
}
