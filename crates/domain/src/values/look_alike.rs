//! What two codes have in common that a person, or a spreadsheet program, would take for the same:
//! `AB 1` and `ab1`, `17` and `0017`, `90.75` and `90.750`. They are pointed out, never merged.

use icu_casemap::CaseMapper;
use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, Dash, DefaultIgnorableCodePoint};
use unicode_normalization::UnicodeNormalization;

/// A spreadsheet program shows whole numbers of more digits than this in a shortened form.
const MOST_DIGITS_SHOWN: usize = 11;
/// How many digits of a number are left in that form.
const DIGITS_KEPT: usize = 6;

/// Whether a character has no width and no meaning in a code: spaces and joiners of width zero,
/// soft hyphens, marks of the writing direction, the byte order mark.
pub fn is_invisible(c: char) -> bool {
    // Nothing before the soft hyphen is.
    c >= '\u{ad}'
        && (CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
            || CodePointSetData::new::<BidiControl>().contains(c))
}

/// What codes have in common that look the same: the form of their letters, case, spaces,
/// characters that are not shown, the kind of a dash, and what a spreadsheet program makes of a
/// number.
pub fn look_alike_key(code: &str) -> String {
    if code.is_ascii() {
        let seen = code.bytes().filter(|byte| !byte.is_ascii_whitespace());
        return plain_number(
            seen.map(|byte| char::from(byte.to_ascii_uppercase()))
                .collect(),
        );
    }
    let seen: String = code.nfkc().filter(|c| !is_unseen(*c)).map(dash).collect();
    let folded = CaseMapper::new().fold_string(&seen);
    // Folding may leave what the compatible form would have put together.
    let upper = folded.nfkc().flat_map(char::to_uppercase);
    plain_number(upper.filter(|c| !is_unseen(*c)).collect())
}

/// The key of what a spreadsheet program shows in place of a long number: that of `4.00638E+12` for
/// `4006381333931`. Nothing for what it shows whole.
pub fn shortened_key(code: &str) -> Option<String> {
    let key = look_alike_key(code);
    if key.len() <= MOST_DIGITS_SHOWN || !is_digits(&key) {
        return None;
    }
    let (kept, rest) = key.split_at(DIGITS_KEPT);
    let rounds_up = rest.as_bytes()[0] >= b'5';
    let rounded = kept.parse::<u64>().ok()? + u64::from(rounds_up);
    let digits = rounded.to_string();
    // 999999.5 has one digit more when it is rounded.
    let exponent = key.len() - 1 + (digits.len() - DIGITS_KEPT);
    let (whole, fraction) = digits.split_at(1);
    Some(shortened(whole, fraction, exponent))
}

/// Whether `text` is a number the way a spreadsheet program shortens long ones, such as `1.23E+12`.
pub fn is_shortened_number(text: &str) -> bool {
    shortened_parts(text).is_some()
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn dash(c: char) -> char {
    match CodePointSetData::new::<Dash>().contains(c) {
        true => '-',
        false => c,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number without the zeros that a spreadsheet program drops or adds; any other text as it is.
fn plain_number(key: String) -> String {
    if let Some((whole, fraction, exponent)) = shortened_parts(&key) {
        return shortened(whole, fraction, exponent);
    }
    let (whole, fraction) = key.split_once('.').unwrap_or((&key, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return key;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

fn shortened(whole: &str, fraction: &str, exponent: usize) -> String {
    match fraction.trim_end_matches('0') {
        "" => format!("{whole}E+{exponent:02}"),
        fraction => format!("{whole}.{fraction}E+{exponent:02}"),
    }
}

/// Digit, decimals and exponent of a shortened number.
fn shortened_parts(text: &str) -> Option<(&str, &str, usize)> {
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let exponent = exponent
        .strip_prefix('+')
        .filter(|digits| digits.len() >= 2)?;
    let is_one = whole.len() == 1 && is_digits(whole) && is_digits(fraction);
    (is_one && is_digits(exponent))
        .then(|| exponent.parse().ok())?
        .map(|exponent| (whole, fraction, exponent))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_invisible, is_shortened_number, look_alike_key, shortened_key};

    #[test]
    fn what_a_person_or_a_spreadsheet_confuses_has_one_key() {
        for (one, other) in [
            ("AB 205", "ab205"),
            ("  AB-1", "ab-1 "),
            ("AB\u{a0}1", "AB 1"),
            ("AB\u{200b}1", "AB1"),
            ("AB\u{ad}1", "AB1"),
            ("\u{202a}AB1\u{202c}", "AB1"),
            ("AB\u{2066}1\u{2069}", "AB1"),
            ("A\u{fe0f}B", "AB"),
            ("A\u{180e}B", "AB"),
            ("AB–1", "AB-1"),
            ("AB‑1", "AB-1"),
            ("AB−1", "AB-1"),
            ("AB－1", "AB-1"),
            ("ＡＢ１", "AB1"),
            ("Caf\u{e9}", "Cafe\u{301}"),
            ("CAFÉ", "café"),
            ("STRASSE", "straße"),
            ("ﬁx", "FIX"),
            ("17", "0017"),
            ("000", "0"),
            ("1001", "1001.0"),
            ("90.75", "90.750"),
            ("090.75", "90.75"),
            ("００17", "17"),
            ("4.00638E+12", "4.006380e+12"),
            ("4E+12", "4.0E+12"),
        ] {
            assert_eq!(look_alike_key(one), look_alike_key(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_told_apart_has_keys_of_its_own() {
        for (one, other) in [
            ("AB-1", "AB1"),
            ("AB-17", "AB-0017"),
            ("17", "170"),
            ("1.5", "15"),
            ("1.05", "1.5"),
            ("1.2.0", "1.2"),
            ("90.75", "90,75"),
            ("", "0"),
            ("é", "e"),
            ("5E+12", "4E+12"),
        ] {
            assert_ne!(look_alike_key(one), look_alike_key(other), "{one} {other}");
        }
    }

    #[test]
    fn a_shortened_number_is_found_again_in_the_long_one() {
        for (long, shown) in [
            ("4006381333931", "4.00638E+12"),
            ("8720602828605", "8.7206E+12"),
            ("999999500000", "1E+12"),
            ("0036000291452", ""),
            ("123456789012", "1.23457E+11"),
        ] {
            let expected = (!shown.is_empty()).then(|| look_alike_key(shown));
            assert_eq!(shortened_key(long), expected, "{long}");
        }
        assert_eq!(shortened_key("AB4006381333931"), None);
    }

    #[test]
    fn a_shortened_number_is_told_from_a_code() {
        for text in ["8.72E+12", "8,72E+12", "4e+05"] {
            assert!(is_shortened_number(text), "{text}");
        }
        for text in ["8E12", "ABE+12", "1E5", "12E+10", "1.E+10", "E+10", ""] {
            assert!(!is_shortened_number(text), "{text}");
        }
    }

    #[test]
    fn letters_and_spaces_are_seen() {
        for c in ['a', ' ', '\u{a0}', '-', 'é', '漢', '\n'] {
            assert!(!is_invisible(c), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(code in "\\PC{0,12}|[0-9.]{0,8}|[0-9],[0-9]{1,3}E[+][0-9]{2}") {
            let key = look_alike_key(&code);
            prop_assert_eq!(look_alike_key(&key), key);
        }
    }
}
