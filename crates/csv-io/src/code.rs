//! Codes: SKUs, barcodes and handles. What identifies a product must be whole, so nothing in it is mended
//! without a word.

use super::calendar::written_date;
use super::guard::{quoted_by_formula, unguarded, whole_number};
use super::parsed::{CellProblem, Parsed};
use crate::label_of;
use domain::catalog::product;
use domain::record::Value;
use domain::values::{
    BarcodeFault, barcode_digits, barcode_fault, is_invisible, is_shortened_number,
};

/// A SKU, or a handle.
pub(super) fn code(what: &str, written: &str) -> Result<Parsed, CellProblem> {
    let bare = unguarded(written).trim();
    check_code(what, written, bare)?;
    Ok(Value::text(bare).into())
}

/// The same, with a note where a spreadsheet program seems to have made something else of it.
pub(super) fn whole_code(label: &str, written: &str) -> Result<Parsed, CellProblem> {
    let parsed = code(&format!("The {label}"), written)?;
    let bare = parsed.value.as_text().unwrap_or_default();
    // An apostrophe says that it is meant as it stands.
    let is_digits = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let made = (bare == written).then(|| match bare.strip_suffix(".0").filter(is_digits) {
        Some(whole) => Some(format!("{whole} as a program writes a number")),
        None => is_made_date(bare).then(|| "a date that a spreadsheet program made".to_owned()),
    });
    let made = made.flatten().map(|what| format!("may be {what}"));
    let is_formula = bare == written && bare.starts_with('=');
    let note = made
        .or_else(|| is_formula.then(|| "is a formula, not a value".to_owned()))
        .or_else(|| odd_sign(bare).map(str::to_owned))
        .map(|what| format!("{label}: \"{bare}\" {what}; it is taken as it is."));
    Ok(Parsed { note, ..parsed })
}

/// What is odd about the signs of a code that no user would type so.
fn odd_sign(code: &str) -> Option<&'static str> {
    const QUOTES: [(char, char); 4] = [('\'', '\''), ('"', '"'), ('“', '”'), ('‘', '’')];
    let is_quoted = |(open, close): &(char, char)| {
        let inside = code
            .strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close));
        inside.is_some_and(|inside| !inside.is_empty())
    };
    if QUOTES.iter().any(is_quoted) {
        return Some("has quotes around it that belong to it");
    }
    let is_other_space = |c: char| c.is_whitespace() && c != ' ';
    code.contains(is_other_space)
        .then_some("has a space in it that is not the one of the keyboard")
}

/// Whether a code looks like the date that a spreadsheet program makes of `MAR1` or `3-1`: `1-Mar`, `Mar-01`, or a
/// day with midnight.
fn is_made_date(code: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    if let Some(day) = code.strip_suffix(" 00:00:00") {
        return written_date(day).is_some();
    }
    let is_number = |text: &str| {
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    code.split_once('-').is_some_and(|(first, second)| {
        let is_month = |text: &str| MONTHS.contains(&text);
        (is_number(first) && is_month(second)) || (is_month(first) && is_number(second))
    })
}

/// A barcode; what is odd about it is noted.
pub(super) fn barcode(written: &str) -> Result<Parsed, CellProblem> {
    let label = label_of(product::BARCODE);
    let bare = unguarded(written).trim();
    check_code("The barcode", written, bare)?;
    // An apostrophe says that it is meant as it stands.
    if let Some(whole) = whole_number(bare).filter(|_| bare == written) {
        return Ok(Parsed {
            value: Value::text(whole),
            note: Some(format!("{label}: {bare} was read as {whole}.")),
        });
    }
    let digits = barcode_digits(bare);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let note = match barcode_fault(&digits) {
        Some(BarcodeFault::CheckDigit) => Some(format!(
            "{label}: the last digit of {bare} does not fit the others."
        )),
        Some(BarcodeFault::LostZero) => Some(format!(
            "{label}: {bare} seems to have lost its zero; 0{digits} is a UPC."
        )),
        None if is_number && digits.len() > 7 && digits != bare => Some(format!(
            "{label}: \"{bare}\" is kept with its separators; without them it is {digits}."
        )),
        None => None,
    };
    Ok(Parsed {
        value: Value::text(bare),
        note,
    })
}

/// A control character inside, a letter that could not be read or digits that are lost make it the code of
/// something else. An apostrophe says that a shortened number is meant as it stands.
fn check_code(what: &str, written: &str, bare: &str) -> Result<(), CellProblem> {
    let is_lost = is_shortened_number(written)
        || (quoted_by_formula(written).is_some() && is_shortened_number(bare));
    if is_lost {
        return Err(CellProblem::new(
            format!(
                "\"{bare}\" is a number that a spreadsheet program shortened; digits are lost."
            ),
            "Format the column as text or as a number without decimals, and export the file again.",
        ));
    }
    if bare.contains(char::REPLACEMENT_CHARACTER) {
        return Err(CellProblem::new(
            format!("A character of \"{bare}\" could not be read in the file's encoding."),
            "Try another encoding, or correct it in the file.",
        ));
    }
    if bare.contains(char::is_control) {
        return Err(CellProblem::new(
            format!("{what} holds a line break, a tabulator or another control character."),
            "Remove it; a code is one line of visible characters.",
        ));
    }
    if bare.contains(is_invisible) {
        return Err(CellProblem::new(
            format!(
                "{what} has visible characters only; this one holds a character that nothing shows."
            ),
            "Type it anew: text copied from a web page may hold such characters.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::whole_code;

    #[test]
    fn a_code_that_a_program_seems_to_have_changed_is_noted_and_kept() {
        for (written, part) in [
            ("1001.0", "may be 1001 as"),
            ("1-Mar", "a date"),
            ("Mar-01", "a date"),
            ("2026-03-01 00:00:00", "a date"),
            ("'A1'", "has quotes"),
            ("“A1”", "has quotes"),
            ("=0017", "is a formula"),
            ("A\u{a0}1", "has a space"),
        ] {
            let parsed = whole_code("SKU", written).unwrap();
            assert_eq!(parsed.value.as_text(), Some(written));
            let note = parsed.note.unwrap_or_default();
            assert!(note.contains(part), "{written}: {note}");
        }
        for written in [
            "0017",
            "A-1",
            "90.75",
            "1-MAR",
            "MAR1",
            "2026-03-01",
            "Mar-2026",
            "1-Mars",
            "'1001.0",
            "10.00",
        ] {
            assert_eq!(whole_code("SKU", written).unwrap().note, None, "{written}");
        }
    }
}
