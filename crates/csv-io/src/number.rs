//! Numbers as people and programs write them: `$1,234.50`, `1.234,50`, `12,90 €`, `1 234,5`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::currency::{Beside, Currency, beside};
use domain::values::Decimal;

/// Which character stands before the decimals; the other one groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.50
    #[default]
    Point,
    /// 1.234,50
    Comma,
}

impl DecimalMark {
    /// Its name on the command line and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    /// The mark with this name, or written as the character itself.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "point" | "." => Some(Self::Point),
            "comma" | "," => Some(Self::Comma),
            _ => None,
        }
    }

    const fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// The other one.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// A number that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// The number, with four decimals at most.
    pub value: Decimal,
    /// Whether decimals beyond the fourth were rounded away.
    pub rounded: bool,
}

/// What stands before, in and after the digits of a cell.
pub(super) struct Pieces<'a> {
    pub negative: bool,
    pub prefix: &'a str,
    pub digits: &'a str,
    pub suffix: &'a str,
}

/// Takes a cell apart; nothing when it has no digit.
pub(super) fn pieces(text: &str) -> Option<Pieces<'_>> {
    let text = text.trim();
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let is_digit = |c: char| c.is_ascii_digit();
    let first = text.find(is_digit)?;
    let last = text.rfind(is_digit)? + 1;
    // `.5` and `5.` keep their mark, `Fr. 5` does not.
    let starts =
        text[..first].ends_with(['.', ',']) && !text[..first - 1].ends_with(char::is_alphabetic);
    let start = if starts { first - 1 } else { first };
    let end = if text[last..].starts_with(is_part) {
        last + 1
    } else {
        last
    };
    let (prefix, digits) = (text[..start].trim(), &text[start..end]);
    let mut suffix = text[end..].trim();
    if digits.ends_with(['.', ',']) {
        // A whole amount, as in `12.-`.
        suffix = suffix.trim_start_matches(['-', '–', '—']).trim_start();
    }
    let minus = ['-', '\u{2212}'];
    let negative = prefix.contains(minus) || suffix.ends_with(minus);
    Some(Pieces {
        negative,
        prefix: prefix.trim_matches(minus).trim_start_matches('+').trim(),
        digits,
        suffix: suffix.trim_end_matches(minus).trim(),
    })
}

/// Reads a number with its currency, whichever that is, when it is written with this decimal mark.
pub(super) fn parse_number(text: &str, mark: DecimalMark) -> Option<Number> {
    parse_money(text, mark).map(|(number, _)| number)
}

/// Reads a number beside which nothing stands, when it is written with this decimal mark.
pub(super) fn parse_plain(text: &str, mark: DecimalMark) -> Option<Number> {
    let bare = parse_bare(text, mark).map(exact);
    bare.or_else(|| {
        let pieces = pieces(text)?;
        let is_bare = pieces.prefix.is_empty() && pieces.suffix.is_empty();
        is_bare.then(|| parse_digits(&pieces, mark))?
    })
}

/// What an amount says of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    before: Beside,
    after: Beside,
}

impl Spoken {
    const NOTHING: Self = Self {
        before: Beside::Nothing,
        after: Beside::Nothing,
    };

    /// That it is this currency.
    pub const fn code(currency: Currency) -> Self {
        Self {
            before: Beside::Code(currency),
            after: Beside::Nothing,
        }
    }

    /// Whether the amount is in `currency`, as far as it can be told.
    pub fn may_be(self, currency: Currency) -> bool {
        self.before.may_be(currency) && self.after.may_be(currency)
    }

    /// Whether it says nothing.
    pub fn is_nothing(self) -> bool {
        self == Self::NOTHING
    }

    /// Whether the amounts may all be in one currency.
    pub fn share_one(all: &[Self]) -> bool {
        Currency::all().any(|currency| all.iter().all(|spoken| spoken.may_be(currency)))
    }
}

/// What `text` says of a currency: beside its number, or without any number. Nothing when it is neither.
pub(super) fn spoken_in(text: &str) -> Option<Spoken> {
    if let Some(pieces) = pieces(text) {
        let spoken = Spoken {
            before: beside(pieces.prefix, true),
            after: beside(pieces.suffix, false),
        };
        let is_money = spoken.before != Beside::Other && spoken.after != Beside::Other;
        let reads = |mark| parse_digits(&pieces, mark).is_some();
        let is_amount = is_money && (reads(DecimalMark::Point) || reads(DecimalMark::Comma));
        return is_amount.then_some(spoken);
    }
    let before = beside(text, true);
    (before != Beside::Other).then_some(Spoken {
        before,
        after: Beside::Nothing,
    })
}

/// Reads an amount and what it says of its currency.
pub(super) fn parse_money(text: &str, mark: DecimalMark) -> Option<(Number, Spoken)> {
    if let Some(value) = parse_bare(text, mark) {
        return Some((exact(value), Spoken::NOTHING));
    }
    parse_dressed(text, mark)
}

const fn exact(value: Decimal) -> Number {
    Number {
        value,
        rounded: false,
    }
}

/// The long way: with a currency, groups, more decimals.
fn parse_dressed(text: &str, mark: DecimalMark) -> Option<(Number, Spoken)> {
    let pieces = pieces(text)?;
    let spoken = Spoken {
        before: beside(pieces.prefix, true),
        after: beside(pieces.suffix, false),
    };
    if spoken.before == Beside::Other || spoken.after == Beside::Other {
        return None;
    }
    Some((parse_digits(&pieces, mark)?, spoken))
}

/// The short way for what nearly every cell is: digits, perhaps with a mark and a few more.
fn parse_bare(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let mut units: i64 = 0;
    let mut decimals = None;
    if text.len() > 12 {
        return None;
    }
    for byte in text.bytes() {
        match (byte, decimals) {
            (b'0'..=b'9', Some(4)) => return None,
            (b'0'..=b'9', _) => {
                units = units * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|count| count + 1);
            }
            (_, None) if char::from(byte) == mark.character() => decimals = Some(0),
            _ => return None,
        }
    }
    let bare_mark = text.len() < 2 && decimals.is_some();
    let missing = 4 - decimals.unwrap_or(0);
    (!text.is_empty() && !bare_mark).then(|| Decimal::from_units(units * 10_i64.pow(missing)))
}

/// Reads the digits of a cell, whatever stands around them.
pub(super) fn parse_digits(pieces: &Pieces<'_>, mark: DecimalMark) -> Option<Number> {
    let (whole, fraction) = match pieces.digits.split_once(mark.character()) {
        Some((whole, fraction)) => (whole, fraction),
        None => (pieces.digits, ""),
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = ungrouped(whole, mark)?;
    let mut units = whole.checked_mul(Decimal::SCALE)?;
    let mut place = Decimal::SCALE / 10;
    for digit in fraction.bytes().take(4) {
        units += i64::from(digit - b'0') * place;
        place /= 10;
    }
    let beyond = fraction.as_bytes().get(4..).unwrap_or_default();
    let rounded = beyond.iter().any(|digit| *digit != b'0');
    units += i64::from(beyond.first().is_some_and(|digit| *digit >= b'5'));
    if units > Decimal::MAX.units() {
        return None;
    }
    let value = Decimal::from_units(if pieces.negative { -units } else { units });
    Some(Number { value, rounded })
}

/// The whole number before the decimal mark. Groups must be whole groups: three digits, or two as
/// in India, with three at the end; `12,90` is no number with a decimal point.
fn ungrouped(text: &str, mark: DecimalMark) -> Option<i64> {
    let is_separator = |c: char| {
        c == mark.other().character()
            || matches!(c, ' ' | '\'' | '’' | '\u{a0}' | '\u{2009}' | '\u{202f}')
    };
    let mut whole: i64 = 0;
    let mut separator = None;
    let mut group = 0;
    for c in text.chars() {
        if let Some(digit) = c.to_digit(10) {
            whole = whole.checked_mul(10)?.checked_add(i64::from(digit))?;
            group += 1;
            continue;
        }
        let first = separator.is_none();
        let sized = if first {
            (1..=3).contains(&group)
        } else {
            (2..=3).contains(&group)
        };
        if !is_separator(c) || !sized || *separator.get_or_insert(c) != c {
            return None;
        }
        group = 0;
    }
    (separator.is_none() || group == 3).then_some(whole)
}

/// What a number says about the decimal mark of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkEvidence {
    /// It reads with this mark only.
    Certain(DecimalMark),
    /// It reads with both, and means different numbers.
    Ambiguous,
}

/// What `text` says about the decimal mark; nothing when it has none, or is no number.
pub(super) fn mark_evidence(text: &str) -> Option<MarkEvidence> {
    let is_mark = |byte: u8| byte == b'.' || byte == b',';
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    if text.len() > 40 || letters > 6 || !text.bytes().any(is_mark) {
        return None;
    }
    let pieces = pieces(text)?;
    // A currency or a unit may stand beside the number, but no sentence.
    if pieces.prefix.len() + pieces.suffix.len() > 6 {
        return None;
    }
    let point = parse_digits(&pieces, DecimalMark::Point);
    let comma = parse_digits(&pieces, DecimalMark::Comma);
    match (point, comma) {
        (Some(point), Some(comma)) if point.value != comma.value => {
            // Thousands are not grouped behind a zero: 0,125 has decimals.
            let zero = pieces.digits.starts_with('0');
            let smaller = if point.value.units().abs() < comma.value.units().abs() {
                DecimalMark::Point
            } else {
                DecimalMark::Comma
            };
            Some(if zero {
                MarkEvidence::Certain(smaller)
            } else {
                MarkEvidence::Ambiguous
            })
        }
        (Some(_), None) => Some(MarkEvidence::Certain(DecimalMark::Point)),
        (None, Some(_)) => Some(MarkEvidence::Certain(DecimalMark::Comma)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
