//! The guard against formula injection: an apostrophe before text that a spreadsheet program would
//! run or rewrite. What the writer adds, the reader takes away again.

/// Whether a spreadsheet program would take `text` for a formula, or rewrite it.
fn is_live(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
        || is_scientific(text)
        || is_formula_error(text)
}

/// Whether `text` is what a spreadsheet program writes in place of a value: the error of a
/// formula, or the fence of a column that is too narrow.
pub(super) fn is_formula_error(text: &str) -> bool {
    const ERRORS: [&str; 9] = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    ];
    let is_fence = text.len() > 2 && text.bytes().all(|byte| byte == b'#');
    is_fence || ERRORS.contains(&text)
}

/// Whether `text` is a number the way Excel shortens long ones, such as `1.23E+12`.
pub(super) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix('+').unwrap_or("");
    whole.len() == 1 && digits(whole) && digits(fraction) && exponent.len() >= 2 && digits(exponent)
}

/// Whether `text` needs an apostrophe in a file: it is live, or it starts with apostrophes that
/// [`unguarded`] would take for ours.
pub(super) fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    is_live(bare) || (bare.len() < text.len() && is_all_digits(bare))
}

/// `text` without the one apostrophe that guards it. Shopify also guards long numbers so.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(text) => rest,
        _ => text,
    }
}

fn is_all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_scientific, needs_guard, unguarded};

    #[test]
    fn only_text_that_a_spreadsheet_would_run_or_rewrite_is_guarded() {
        for text in [
            "=1+1", "+x", "-x", "@sum", "'=x", "1.23E+12", "4e+05", "'123", "\t=x", "#N/A", "###",
        ] {
            assert!(needs_guard(text), "{text}");
        }
        for text in [
            "",
            "shirt",
            "'90s shirt",
            "'",
            "123",
            "1E5",
            "12E+10",
            "1.E+10",
            "E+10",
            "#N/A ",
            "##",
            "#1",
        ] {
            assert!(!needs_guard(text), "{text}");
        }
    }

    #[test]
    fn one_apostrophe_is_taken_away_and_only_where_it_guards() {
        for (text, expected) in [
            ("'=1+1", "=1+1"),
            ("''=1+1", "'=1+1"),
            ("'8720602828605", "8720602828605"),
            ("'90s shirt", "'90s shirt"),
            ("'", "'"),
            ("=1+1", "=1+1"),
        ] {
            assert_eq!(unguarded(text), expected, "{text}");
        }
    }

    #[test]
    fn a_scientific_number_is_told_from_a_sku() {
        assert!(is_scientific("8.72E+12"));
        assert!(is_scientific("8,72E+12"));
        assert!(!is_scientific("8E12"));
        assert!(!is_scientific("ABE+12"));
    }

    proptest! {
        #[test]
        fn what_is_guarded_is_read_as_it_was(text in "['=+@a1E. -]{0,8}") {
            let written = if needs_guard(&text) { format!("'{text}") } else { text.clone() };
            prop_assert_eq!(unguarded(&written), text);
        }
    }
}
