//! What an SKU may be in Maropost.

use crate::failure::{Answered, Failure, FailureKind};

/// The longest, in characters.
const MOST_CHARS: usize = 25;

/// Refuses an SKU that the platform does not take. Its help says: no spaces, no special characters; which
/// ones those are it does not say, so the shop decides about the rest.
pub(super) fn check(sku: &str) -> Answered<()> {
    let odd = |char: char| {
        char.is_whitespace()
            || char.is_control()
            || matches!(char, ',' | ';' | '"' | '\'' | '<' | '>' | '\\' | '|')
    };
    let message = if sku.is_empty() {
        "Maropost takes no item without an SKU.".to_owned()
    } else if sku.chars().count() > MOST_CHARS {
        format!("The SKU {sku} is longer than the {MOST_CHARS} characters that Maropost takes.")
    } else if sku.contains(odd) {
        format!("The SKU \"{sku}\" has spaces or special characters, which Maropost does not take.")
    } else {
        return Ok(());
    };
    Err(Failure::new(FailureKind::Rejected, message).hint("Give the product another SKU."))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn an_sku_has_at_most_twenty_five_characters_and_no_spaces() {
        for sku in [
            "A",
            "TSHIRT-BLK-S",
            "a.b_c/d",
            &"x".repeat(25),
            &"ä".repeat(25),
        ] {
            assert_eq!(check(sku), Ok(()), "{sku}");
        }
        for sku in ["", "A B", "A\u{a0}B", "a,b", "\"", "a\n", &"x".repeat(26)] {
            assert!(check(sku).is_err(), "{sku}");
        }
    }
}
