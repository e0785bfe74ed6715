//! Barcodes: what can be told of one from its digits alone. Any text may be a barcode of a shop's
//! own; a number that looks like one of the trade's and is none is pointed out.

use super::look_alike::look_alike_key;

/// What is odd about a barcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarcodeFault {
    /// Its last digit does not fit the others.
    CheckDigit,
    /// It lacks a zero at its start, as a spreadsheet program leaves it: with the zero it is a UPC.
    LostZero,
}

/// What is odd about the number, when its length says that it is one of the trade's: EAN-8, UPC, EAN-13
/// (ISBN among them) or GTIN-14.
pub fn barcode_fault(number: &str) -> Option<BarcodeFault> {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match number.len() {
        8 | 12 | 13 | 14 if !checks(number) => Some(BarcodeFault::CheckDigit),
        11 if checks(number) => Some(BarcodeFault::LostZero),
        _ => None,
    }
}

/// A barcode without what people put between its digits.
pub fn barcode_digits(barcode: &str) -> String {
    let between = |c: &char| matches!(c, '-' | ' ' | '\u{a0}');
    barcode.chars().filter(|c| !between(c)).collect()
}

/// What barcodes have in common that a person takes for the same one.
pub fn barcode_key(barcode: &str) -> String {
    let digits = barcode_digits(barcode);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    look_alike_key(if is_number { &digits } else { barcode })
}

/// Whether `new` is `kept` without the zeros at its start: what a spreadsheet program makes of a barcode, and
/// no reason to overwrite the whole one unasked.
pub fn lost_its_zeros(kept: &str, new: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let zeros = kept.strip_suffix(new).unwrap_or_default();
    is_number(new) && !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0')
}

/// Whether the digits, weighted three and one from the right, add up to a multiple of ten.
fn checks(digits: &str) -> bool {
    let weighted = digits.bytes().rev().zip([1, 3].into_iter().cycle());
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::{BarcodeFault, barcode_fault, barcode_key, lost_its_zeros};

    #[test]
    fn what_stands_between_digits_makes_no_other_barcode() {
        for other in ["400-6381-333931", " 4006381 333931", "04006381333931"] {
            assert_eq!(barcode_key(other), barcode_key("4006381333931"), "{other}");
        }
        assert_ne!(barcode_key("AB-1"), barcode_key("AB1"));
    }

    #[test]
    fn a_number_of_the_trade_is_checked_and_any_other_is_a_shops_own() {
        use BarcodeFault::{CheckDigit, LostZero};
        for (number, fault) in [
            ("4006381333931", None),
            ("4006381333932", Some(CheckDigit)),
            ("036000291452", None),
            ("36000291452", Some(LostZero)),
            ("36000291453", None),
            ("96385074", None),
            ("96385075", Some(CheckDigit)),
            ("10012345678902", None),
            ("9780306406157", None),
            ("123456", None),
            ("ABC-123", None),
            ("400638133393X", None),
            ("", None),
        ] {
            assert_eq!(barcode_fault(number), fault, "{number}");
        }
    }

    #[test]
    fn a_barcode_without_its_zeros_is_a_shorter_form_of_the_whole_one() {
        for (kept, new, lost) in [
            ("036000291452", "36000291452", true),
            ("0036000291452", "36000291452", true),
            ("36000291452", "036000291452", false),
            ("036000291452", "036000291452", false),
            ("136000291452", "36000291452", false),
            ("00", "", false),
            ("0AB", "AB", false),
        ] {
            assert_eq!(lost_its_zeros(kept, new), lost, "{kept} {new}");
        }
    }
}
