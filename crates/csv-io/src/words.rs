//! Words in place of values: what programs write for nothing, and what shops write for a stock they do
//! not count.

use crate::kind_of;
use domain::catalog::product;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::calendar::is_no_date;
use super::currency::{Beside, beside};
use super::number::{DecimalMark, parse_plain};
use super::target::Target;
use domain::record::{Field, FieldKind};

/// The field that shops fill with words where they do not count.
pub const COUNTED: Field = product::STOCK;

impl Target {
    /// Whether a cell that says this word, such as `NULL`, is empty.
    pub fn reads_as_empty(self, word: &str) -> bool {
        is_empty_word(self, word)
    }
}

/// Whether a cell of a column that feeds `target` says in a word that it is empty. Option values may well be
/// `None`, but no program's word for nothing.
pub(super) fn is_empty_word(target: Target, text: &str) -> bool {
    if is_no_date(text) {
        return target
            .field()
            .is_none_or(|field| kind_of(field) == FieldKind::Date);
    }
    // Nearly every cell starts with something else, which a look at its first byte tells.
    let may_be = matches!(
        text.as_bytes(),
        [b'n' | b'N' | b'\\' | b'<' | b'(' | b'-' | b'#' | 0xe2, ..]
    );
    if !may_be || text.len() > 12 {
        return false;
    }
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&["null", "nan", "<null>", "(null)", "<na>"]) || text == "\\N" {
        return true;
    }
    let is_option = |field: Field| {
        product::OPTIONS
            .iter()
            .any(|(n, v)| field == *n || field == *v)
    };
    let is_status = target == Target::Taxable && text.eq_ignore_ascii_case("none");
    is(&["none", "n/a", "-", "--", "–", "—", "#n/v"])
        && !is_status
        && !target.field().is_some_and(is_option)
}

/// Whether [`is_empty_word`] reads some cell that says this as empty.
pub(super) fn may_be_empty_word(text: &str) -> bool {
    is_empty_word(Target::Handle, text)
}

/// What a stock that is written in words means: `10+`, `in stock`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StockWords {
    /// Such rows are rejected.
    #[default]
    Refuse,
    /// The stock stays as it is.
    Keep,
    /// `10+` is 10, and `out of stock` is 0; words without a number are rejected.
    Number,
}

impl StockWords {
    /// Its name on the command line and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Keep => "keep",
            Self::Number => "number",
        }
    }

    /// The choice with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Refuse, Self::Keep, Self::Number]
            .into_iter()
            .find(|choice| choice.key() == key)
    }
}

const NOTHING_LEFT: &[&str] = &[
    "out of stock",
    "outofstock",
    "sold out",
    "unavailable",
    "not available",
    "no stock",
    "ausverkauft",
    "nicht lieferbar",
    "agotado",
    "esaurito",
    "epuise",
    "épuisé",
    "rupture de stock",
    "no",
    "none left",
];

/// A stock in words, and the number in it when there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenStock(pub Option<i64>);

/// The stock that a text writes in words: `10+`, `>100`, `5-10`, `10 pcs`, `in stock`. A letter among digits
/// is a typing error and no word, and so is `+5`, which says by how much and not how many.
pub(super) fn stock_in_words(text: &str) -> Option<WrittenStock> {
    if text.len() > 40 || text.starts_with(['+', '-', '\u{2212}', '#', '=']) {
        return None;
    }
    let has_number = text.contains(|c: char| c.is_numeric());
    let starts = ['>', '<', '~', '≥', '≤', '=', '≈', ' '];
    if has_number && !text.starts_with(|c: char| c.is_ascii_digit() || starts.contains(&c)) {
        return None;
    }
    let lower = text.to_lowercase();
    if !has_number {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let nothing = NOTHING_LEFT.contains(&lower.as_str()).then_some(0);
        return (letters > 1 || text == "∞").then_some(WrittenStock(nothing));
    }
    let bare = lower.trim_start_matches(starts);
    let end = bare
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'))
        .unwrap_or(bare.len());
    let (digits, rest) = bare.split_at(end);
    let number = parse_plain(digits, DecimalMark::Point)?;
    let whole = number.value.units() / domain::values::Decimal::SCALE;
    let rest = rest.trim();
    let is_dressed = bare.len() < lower.len();
    let is_range = rest
        .strip_prefix(['-', '–', '—'])
        .is_some_and(|to| parse_plain(to.trim(), DecimalMark::Point).is_some());
    let is_more = matches!(rest, "+" | "plus" | "or more" | "and more" | "oder mehr");
    let is_word = bare.len() > end
        && bare[end..].starts_with([' ', '('])
        && rest
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '(' | ')'));
    let is_word = is_word && !is_unit(rest) && beside(rest, false) == Beside::Other;
    let is_below = lower.starts_with('<') || lower.starts_with('≤');
    let known = (!is_below).then_some(whole);
    ((is_dressed && rest.is_empty()) || is_range || is_more || is_word)
        .then_some(WrittenStock(known))
}

/// Whether a word beside a stock measures and does not count.
fn is_unit(word: &str) -> bool {
    use super::units::{Measure, Unit};
    [Measure::Weight, Measure::Length, Measure::Volume]
        .into_iter()
        .any(|measure| Unit::named(word, measure).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_empty() {
        let brand = Target::Field(product::BRAND);
        for text in [
            "NULL", "null", "\\N", "nan", "NaN", "None", "N/A", "n/a", "-", "—",
        ] {
            assert!(is_empty_word(brand, text), "{text}");
        }
        for text in ["Nothing", "0", "\\n", "Nonesuch", "", "No"] {
            assert!(!is_empty_word(brand, text), "{text}");
        }
        let starts = Target::Field(product::PROMO_START);
        assert!(
            is_empty_word(starts, "0000-00-00 00:00:00") && !is_empty_word(brand, "0000-00-00")
        );
        let engraving = Target::Field(product::OPTION1_VALUE);
        assert!(!is_empty_word(engraving, "None") && is_empty_word(engraving, "NULL"));
    }

    #[test]
    fn a_stock_in_words_is_told_from_a_typing_error() {
        for (text, number) in [
            ("10+", Some(10)),
            (">100", Some(100)),
            ("> 1,000", Some(1000)),
            ("<5", None),
            ("5-10", Some(5)),
            ("10 pcs", Some(10)),
            ("10 or more", Some(10)),
            ("in stock", None),
            ("plenty", None),
            ("Out of stock", Some(0)),
            ("∞", None),
        ] {
            assert_eq!(stock_in_words(text), Some(WrittenStock(number)), "{text}");
        }
        for text in [
            "1O", "10", "+5", "-9", "10 ft", "12 kr", "x", "#REF!", "10/12", "1.2.3", "½", "",
        ] {
            assert_eq!(stock_in_words(text), None, "{text}");
        }
    }
}
