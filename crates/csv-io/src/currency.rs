//! Currencies beside numbers and in headers: `US$ 12`, `12,90 €`, `RRP (AUD)`. A sign may stand for more
//! than one: the dollar for twenty.

use serde::{Deserialize, Serialize};

use domain::values::is_currency;

/// A currency, by its code of three letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency with this code, such as `AUD`.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim();
        if code.len() != 3 {
            return None;
        }
        let code = code.to_ascii_uppercase();
        is_currency(&code).then(|| code.as_bytes().try_into().ok().map(Self))?
    }

    /// All that the signs speak of.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let codes = SIGNS.iter().flat_map(|(_, codes)| codes.split(' '));
        codes.chain(COMMON.iter().copied()).filter_map(Self::parse)
    }

    /// Its code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        Self::parse(&code).ok_or_else(|| format!("\"{code}\" is no currency"))
    }
}

/// Signs and abbreviations with the currencies that they may mean.
const SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("£", "GBP EGP FKP GIP LBP SHP SSP SYP"),
    ("¥", "JPY CNY"),
    ("￥", "JPY CNY"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("₴", "UAH"),
    ("₱", "PHP"),
    (
        "$",
        "USD AUD CAD NZD SGD HKD TWD MXN ARS CLP COP UYU BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD",
    ),
    ("us$", "USD"),
    ("u.s.$", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("can$", "CAD"),
    ("nz$", "NZD"),
    ("s$", "SGD"),
    ("hk$", "HKD"),
    ("nt$", "TWD"),
    ("mx$", "MXN"),
    ("r$", "BRL"),
    ("r", "ZAR"),
    ("rm", "MYR"),
    ("rp", "IDR"),
    ("rs", "INR PKR LKR NPR MUR"),
    ("kr", "SEK NOK DKK ISK"),
    ("kč", "CZK"),
    ("zł", "PLN"),
    ("lei", "RON MDL"),
    ("fr", "CHF"),
    ("sfr", "CHF"),
    ("лв", "BGN"),
    ("руб", "RUB"),
    ("tl", "TRY"),
    ("dhs", "AED"),
];

/// What stands beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// Nothing.
    Nothing,
    /// A currency.
    Money(&'static str),
    /// The code of a currency.
    Code(Currency),
    /// Something else, such as a unit or a word.
    Other,
}

impl Beside {
    /// Whether the amount is in `currency`, as far as it can be told.
    pub(super) fn may_be(self, currency: Currency) -> bool {
        match self {
            Self::Nothing => true,
            Self::Money(codes) => codes.split(' ').any(|code| code == currency.code()),
            Self::Code(code) => code == currency,
            Self::Other => false,
        }
    }
}

/// What `text` before or after a number says. `Ft` is the forint and `ft` a foot; one letter is a
/// currency only where it is South Africa's before the number, which `1O` is not.
pub(super) fn beside(text: &str, before: bool) -> Beside {
    if text.is_empty() {
        return Beside::Nothing;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_matches('.');
    if bare.is_empty() {
        return Beside::Nothing;
    }
    if bare == "Ft" {
        return Beside::Money("HUF");
    }
    let lower = bare.to_lowercase();
    let is_letter = lower.len() == 1 && lower.is_ascii() && lower != "$";
    let sign = SIGNS.iter().find(|(sign, _)| *sign == lower);
    if let Some((_, codes)) = sign.filter(|_| !is_letter || before) {
        return Beside::Money(codes);
    }
    // `AUD $` and `$AUD` say it twice.
    let word = lower.trim_matches(|c: char| !c.is_alphabetic());
    let is_doubled = word.len() == 3 && word.len() < lower.len();
    match Currency::parse(if is_doubled { word } else { &lower }) {
        Some(currency) => Beside::Code(currency),
        None => Beside::Other,
    }
}

/// Codes that stand in headers in small letters; other small words are words.
const COMMON: &[&str] = &[
    "aud", "nzd", "usd", "cad", "gbp", "eur", "sgd", "zar", "chf", "sek", "nok", "dkk", "pln",
    "czk", "huf", "jpy", "cny", "inr", "hkd", "mxn", "brl", "thb", "myr", "aed",
];

/// The currency that a word of a header names.
pub(super) fn in_header(word: &str) -> Option<Currency> {
    let is_code = word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_known = is_code || COMMON.contains(&word.to_ascii_lowercase().as_str());
    is_known.then(|| Currency::parse(word))?
}

#[cfg(test)]
mod tests {
    use super::{Beside, Currency, beside, in_header};

    #[test]
    fn what_stands_beside_an_amount_is_a_currency_or_not() {
        let is = |text: &str, code: &str| beside(text, true).may_be(Currency::parse(code).unwrap());
        for (text, codes, others) in [
            ("", "GBP USD", ""),
            ("$", "USD AUD CAD", "GBP EUR BRL"),
            ("US$", "USD", "AUD GBP"),
            ("A$", "AUD", "USD"),
            ("R$", "BRL", "ZAR USD"),
            ("R", "ZAR", "BRL"),
            ("€", "EUR", "GBP"),
            ("£", "GBP", "USD"),
            ("kr.", "SEK NOK DKK", "EUR"),
            ("Fr.", "CHF", "EUR"),
            ("aud", "AUD", "USD"),
            ("AUD $", "AUD", "USD"),
            ("zł", "PLN", "EUR"),
            ("Ft", "HUF", "EUR"),
        ] {
            for code in codes.split(' ') {
                assert!(is(text, code), "{text} may be {code}");
            }
            for code in others.split(' ').filter(|code| !code.is_empty()) {
                assert!(!is(text, code), "{text} is not {code}");
            }
        }
    }

    #[test]
    fn units_and_words_are_no_currencies() {
        for text in ["ft", "kg", "m", "pcs", "each", "O", "x", "ABC", "$$$"] {
            assert_eq!(beside(text, true), Beside::Other, "{text}");
        }
        assert_eq!(beside("R", false), Beside::Other);
    }

    #[test]
    fn a_header_names_a_currency_by_its_code() {
        let code = |word: &str| in_header(word).map(|currency| currency.code().to_owned());
        assert_eq!(code("USD").as_deref(), Some("USD"));
        assert_eq!(code("eur").as_deref(), Some("EUR"));
        assert_eq!(code("TOP").as_deref(), Some("TOP"));
        for word in ["top", "all", "Top", "RRP", ""] {
            assert_eq!(code(word), None, "{word}");
        }
    }
}
