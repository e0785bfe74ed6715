//! Numbers as the platform writes them: texts with decimals. Kept as whole ten-thousandths.

/// Ten-thousandths in one.
const SCALE: i64 = 10_000;

/// Reads `12`, `12.5`, `-0.25` or `3.50000000` as ten-thousandths, rounding half away from zero
/// what is finer. Nothing when it is no number, or one that is too large.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.len() < 1 + usize::from(digits.contains('.'))
        || !all_digits(whole)
        || !all_digits(decimals)
    {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let kept: i64 = format!("{decimals:0<4}").get(..4)?.parse().ok()?;
    let up = i64::from(
        decimals
            .as_bytes()
            .get(4)
            .is_some_and(|digit| *digit >= b'5'),
    );
    let units = whole.checked_mul(SCALE)?.checked_add(kept + up)?;
    Some(if negative { -units } else { units })
}

/// Rounds ten-thousandths to `places` decimals, half away from zero.
pub fn round(units: i64, places: u32) -> i64 {
    let step = 10_i64.pow(4_u32.saturating_sub(places));
    let half = step / 2 * units.signum();
    units.saturating_add(half) / step * step
}

/// Writes ten-thousandths with at least two decimals, more only where they say something.
pub fn price(units: i64) -> String {
    let text = fixed(units, 4);
    let short = text.trim_end_matches('0');
    let decimals = short.len() - short.find('.').map_or(short.len(), |dot| dot + 1);
    text[..short.len() + 2_usize.saturating_sub(decimals)].to_owned()
}

/// Writes ten-thousandths with exactly `places` decimals.
pub fn fixed(units: i64, places: u32) -> String {
    let units = round(units, places);
    let sign = if units < 0 { "-" } else { "" };
    let whole = units.unsigned_abs() / SCALE.unsigned_abs();
    let rest = units.unsigned_abs() % SCALE.unsigned_abs();
    let places = places as usize;
    let decimals = format!("{rest:04}");
    let decimals = format!("{decimals:0<places$}");
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{}", &decimals[..places]),
    }
}

#[cfg(test)]
mod tests {
    use super::{fixed, parse, price, round};

    #[test]
    fn numbers_are_read_in_every_form_that_was_seen() {
        for (text, units) in [
            ("29.95", 299_500),
            ("3.50000000", 35_000),
            ("2.000", 20_000),
            ("7", 70_000),
            (".5", 5_000),
            ("-0.25", -2_500),
            ("0.00005", 1),
        ] {
            assert_eq!(parse(text), Some(units), "{text}");
        }
        for text in ["", ".", "-", "1,5", "$7", "1e3", "99999999999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_with_the_decimals_of_their_field() {
        assert_eq!(price(299_500), "29.95");
        assert_eq!(price(70_000), "7.00");
        assert_eq!(price(12_345), "1.2345");
        assert_eq!(price(-12_000), "-1.20");
        assert_eq!(fixed(35_000, 8), "3.50000000");
        assert_eq!(fixed(20_000, 0), "2");
        assert_eq!(round(12_345, 2), 12_300);
        assert_eq!(round(12_350, 2), 12_400);
        assert_eq!(round(-12_350, 2), -12_400);
    }
}
