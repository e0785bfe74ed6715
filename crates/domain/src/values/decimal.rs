//! Money and measures: an exact number with four decimals, never a float.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An exact number with at most four decimals, kept as an integer of 1/10000.
///
/// Money is a `Decimal` of the workspace's currency unit (Maropost carries up to four decimals);
/// measures are a `Decimal` of their unit (kilograms, metres, cubic metres).
/// In JSON and TypeScript it is the integer of 1/10000, which stays exact below 2⁵³.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS,
)]
#[serde(transparent)]
pub struct Decimal(i64);

impl Decimal {
    /// How many units of the integer make one.
    pub const SCALE: i64 = 10_000;
    /// The largest magnitude, 99,999,999,999.9999: enough for any price, safe in a JavaScript number.
    pub const MAX: Decimal = Decimal(999_999_999_999_999);

    /// The number of `units` ten-thousandths.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// The ten-thousandths.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The number as people write an amount of money: with two decimals, more only when it has
    /// them.
    pub fn as_money(self) -> String {
        let text = self.to_string();
        match text.split_once('.') {
            None => format!("{text}.00"),
            Some((whole, decimals)) => format!("{whole}.{decimals:0<2}"),
        }
    }

    /// Parses plain digits with at most one decimal point and at most four decimals, such as
    /// `1234.5` or `-0.25`. Grouping and currency signs are the reader's business (`csv_io`).
    pub fn parse_plain(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && !digits.contains('.'))
            || !all_digits(whole)
            || !all_digits(fraction)
        {
            return None;
        }
        if digits == "." || fraction.len() > 4 || whole.trim_start_matches('0').len() > 11 {
            return None;
        }
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        let fraction: i64 = format!("{fraction:0<4}").parse().ok()?;
        let units = whole * Self::SCALE + fraction;
        Some(Self(if negative { -units } else { units }))
    }
}

impl fmt::Display for Decimal {
    /// Plain digits with as many decimals as it has: `12.9`, `0.125`, `-3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let (whole, fraction) = (units / 10_000, units % 10_000);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:04}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Decimal;

    #[test]
    fn plain_numbers_are_read_exactly() {
        for (text, units) in [
            ("0", 0),
            ("12", 120_000),
            ("12.9", 129_000),
            ("12.9000", 129_000),
            ("0.0001", 1),
            (".5", 5_000),
            ("5.", 50_000),
            ("-3.25", -32_500),
            ("99999999999.9999", 999_999_999_999_999),
        ] {
            assert_eq!(
                Decimal::parse_plain(text).map(Decimal::units),
                Some(units),
                "{text}"
            );
        }
    }

    #[test]
    fn money_has_two_decimals_or_more() {
        for (units, text) in [
            (0, "0.00"),
            (125_000, "12.50"),
            (-5_000, "-0.50"),
            (12_345, "1.2345"),
        ] {
            assert_eq!(Decimal::from_units(units).as_money(), text);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "-",
            ".",
            "1e3",
            "1,5",
            "1.00001",
            "100000000000",
            "1.2.3",
            "NaN",
            "٣",
            "--1",
            "-+1",
            "9223372036854775808",
        ] {
            assert_eq!(Decimal::parse_plain(text), None, "{text}");
        }
    }

    #[test]
    fn every_integer_can_be_written() {
        for (units, text) in [
            (i64::MIN, "-922337203685477.5808"),
            (i64::MAX, "922337203685477.5807"),
            (-1, "-0.0001"),
        ] {
            let number = Decimal::from_units(units);
            assert_eq!(number.to_string(), text);
            assert_eq!(number.as_money(), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(units in -999_999_999_999_999i64..=999_999_999_999_999) {
            let number = Decimal::from_units(units);
            prop_assert_eq!(Decimal::parse_plain(&number.to_string()), Some(number));
        }
    }
}
