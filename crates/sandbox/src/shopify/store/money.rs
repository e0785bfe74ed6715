//! Amounts of money.

/// The first amount that is too large.
const TOO_LARGE: i128 = 100_000_000_000_000_000_000;

/// An amount in hundredths of the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Money(pub(crate) i128);

impl Money {
    /// Reads `9.9`, with any number of decimals, of which the third and further ones are rounded.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + decimals.len() == 0 || !is_number(whole) || !is_number(decimals) {
            return None;
        }
        let whole: i128 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        let digit = |place: usize| {
            decimals
                .as_bytes()
                .get(place)
                .map_or(0, |byte| i128::from(byte - b'0'))
        };
        let rounded = i128::from(digit(2) >= 5);
        let amount = whole.checked_mul(100)? + digit(0) * 10 + digit(1) + rounded;
        Some(Self(if negative { -amount } else { amount }))
    }

    pub(crate) fn is_too_large(self) -> bool {
        self.0 >= TOO_LARGE
    }

    /// As the scalar `Money`: `9.90`.
    pub(crate) fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let amount = self.0.abs();
        format!("{sign}{}.{:02}", amount / 100, amount % 100)
    }

    /// As the amount of a `MoneyV2`: `9.9`, `10.0`.
    pub(crate) fn short(self) -> String {
        let plain = self.plain();
        match plain.strip_suffix('0') {
            Some(short) => String::from(short),
            None => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn amounts_are_read_and_written() {
        for (text, plain, short) in [
            ("9.9", "9.90", "9.9"),
            ("10", "10.00", "10.0"),
            ("0.005", "0.01", "0.01"),
            ("-1.5", "-1.50", "-1.5"),
            (".5", "0.50", "0.5"),
        ] {
            let money = Money::parse(text).unwrap();
            assert_eq!(
                (money.plain().as_str(), money.short().as_str()),
                (plain, short)
            );
        }
        for text in ["", ".", "1,5", "1e3", "--1", "€1"] {
            assert_eq!(Money::parse(text), None, "{text}");
        }
        assert!(Money::parse("1000000000000000000").unwrap().is_too_large());
        assert!(
            !Money::parse("999999999999999999.99")
                .unwrap()
                .is_too_large()
        );
    }
}
