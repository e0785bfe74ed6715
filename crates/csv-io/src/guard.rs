//! The guard against formula injection: an apostrophe before text that a spreadsheet program would
//! run or rewrite. What the writer adds, the reader takes away again.

use std::borrow::Cow;

use super::words::may_be_empty_word;
use domain::values::{is_invisible, is_shortened_number};

/// Whether a spreadsheet program would take `text` for a formula, or rewrite it, or our own reader would
/// take it for nothing.
fn is_live(text: &str) -> bool {
    would_run(text)
        || is_shortened_number(text)
        || is_formula_error(text)
        || may_be_empty_word(text)
        || whole_number(text).is_some()
}

/// The digits of a long number that a program wrote with a decimal: `4006381333931.0`.
pub(super) fn whole_number(text: &str) -> Option<&str> {
    let (whole, fraction) = text.split_once('.')?;
    let is_nothing = !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0');
    (whole.len() >= 8 && is_all_digits(whole) && is_nothing).then_some(whole)
}

/// Whether a spreadsheet program would run `text`: also behind what it drops from the start of a cell, and
/// in the wide letters of East Asia, which some take for the plain ones.
pub(super) fn would_run(text: &str) -> bool {
    let is_dropped = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
    text.starts_with(['\t', '\r', '\n', '\0'])
        || text.trim_start_matches(is_dropped).starts_with([
            '=', '+', '-', '@', '\u{2212}', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫',
        ])
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

/// Whether `text` needs an apostrophe in a file: it is live, or it starts with apostrophes that
/// [`unguarded`] would take for ours.
pub(super) fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    is_live(bare) || (bare.len() < text.len() && is_all_digits(bare))
}

/// `text` with the apostrophe that guards it, when it needs one.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    match needs_guard(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// `text` without the one apostrophe that guards it, or without the equals sign and the quotes by which
/// other programs keep a spreadsheet program from rewriting it. Shopify also guards long numbers by an
/// apostrophe.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(text) => rest,
        Some(_) => text,
        None => quoted_by_formula(text).unwrap_or(text),
    }
}

/// What stands inside `="…"`.
pub(super) fn quoted_by_formula(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("=\"")?.strip_suffix('"')?;
    (!inside.contains('"')).then_some(inside)
}

fn is_all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{needs_guard, unguarded};

    #[test]
    fn only_text_that_a_spreadsheet_would_run_or_rewrite_is_guarded() {
        for text in [
            "=1+1",
            "+x",
            "-x",
            "@sum",
            "'=x",
            "1.23E+12",
            "4e+05",
            "'123",
            "\t=x",
            "#N/A",
            "###",
            "\n=1",
            " =1",
            "\r\n@x",
            "\u{200b}=1",
            "\u{feff}+1",
            "\u{2066}-1",
            "\u{a0}=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{ad}＝1",
            "''=x",
            "NULL",
            "n/a",
            "\\N",
            "\0=1",
            "−5",
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
            ("=\"0017\"", "0017"),
            ("'=\"0017\"", "=\"0017\""),
            ("=\"a\"\"b\"", "=\"a\"\"b\""),
            ("=\"", "=\""),
            ("'NULL", "NULL"),
        ] {
            assert_eq!(unguarded(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_is_read_as_it_was(text in "['=+@a1E. -]{0,8}|['\"=＝＋a\u{200b}\n0]{0,6}|'{0,2}(NULL|n/a|-)") {
            let written = if needs_guard(&text) { format!("'{text}") } else { text.clone() };
            prop_assert_eq!(unguarded(&written), text);
        }
    }
}
