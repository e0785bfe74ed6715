//! How many decimals the amounts of a currency have.

const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";

/// The decimals of a currency, as ISO 4217 has them.
pub(super) fn places(currency: &str) -> u8 {
    let is_in = |list: &str| list.split(' ').any(|code| code == currency);
    match (is_in(NONE), is_in(THREE)) {
        (true, _) => 0,
        (_, true) => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn most_currencies_have_two_decimals() {
        for (code, expected) in [("EUR", 2), ("JPY", 0), ("KWD", 3), ("", 2), ("JP", 2)] {
            assert_eq!(places(code), expected, "{code}");
        }
    }
}
