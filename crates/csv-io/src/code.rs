//! Codes: SKUs, barcodes and handles. What identifies a product must be whole, so nothing in it is mended
//! without a word.

use super::cell::{CellProblem, Parsed};
use super::guard::{quoted_by_formula, unguarded, whole_number};
use crate::label_of;
use domain::catalog::product;
use domain::record::Value;
use domain::values::{BarcodeFault, barcode_fault, is_invisible, is_shortened_number};

/// A SKU, or a handle.
pub(super) fn code(what: &str, written: &str) -> Result<Parsed, CellProblem> {
    let bare = unguarded(written).trim();
    check_code(what, written, bare)?;
    Ok(Value::text(bare).into())
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
    let digits: String = bare
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{a0}'))
        .collect();
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
