//! Tests of reading cells.

use super::*;

fn read(key: &str, text: &str) -> Result<Parsed, CellProblem> {
    let options = ReadOptions {
        date_order: DateOrder::Dmy,
        ..ReadOptions::default()
    };
    parse(Target::from_key(key).unwrap(), text, &options)
}

fn value(key: &str, text: &str) -> Value {
    read(key, text).unwrap().value
}

/// The cell is a problem that says this, with a hint that says that.
fn assert_refused(key: &str, text: &str, message: &str, hint: &str) {
    let problem = read(key, text).unwrap_err();
    assert!(problem.message.contains(message), "{text}: {problem:?}");
    assert!(
        problem.hint.as_deref().unwrap().contains(hint),
        "{text}: {problem:?}"
    );
}

#[test]
fn each_kind_of_cell_is_read() {
    for (key, text, expected) in [
        ("sku", "  AB 1 ", Value::text("AB 1")),
        ("sku", "007", Value::text("007")),
        ("barcode", "'8720602828605", Value::text("8720602828605")),
        ("barcode", "'1.23E+12", Value::text("1.23E+12")),
        ("name", "'=Shirt", Value::text("=Shirt")),
        ("name", "'90s shirt", Value::text("'90s shirt")),
        (
            "description",
            " <p>a</p>\n<p>b</p> ",
            Value::text("<p>a</p>\n<p>b</p>"),
        ),
        ("store_price", "$1,234.50", Value::Number(12_345_000)),
        ("store_price", "'12", Value::Number(120_000)),
        ("length", "0.25", Value::Number(2_500)),
        ("weight", "1.5", Value::Number(15_000)),
        ("weight", "1.5 kg", Value::Number(15_000)),
        ("weight", "250 g", Value::Number(2_500)),
        ("grams", "250", Value::Number(2_500)),
        ("grams", "250g", Value::Number(2_500)),
        ("stock", "10", Value::Number(10)),
        ("stock", "10.0", Value::Number(10)),
        ("stock", "1,000", Value::Number(1000)),
        ("stock", "-3", Value::Number(-3)),
        ("promo_start", "11/9/2025", Value::text("2025-09-11")),
        ("promo_start", "31 Dec 2026", Value::text("2026-12-31")),
        ("active", "Draft", Value::Flag(false)),
        ("active", "YES", Value::Flag(true)),
        ("taxable", "true", Value::Flag(false)),
        ("tax_free", "1", Value::Flag(true)),
        ("tags", "b, a,,b", Value::list(["a", "b"])),
        ("tags", "b\na\0", Value::list(["a", "b"])),
        ("stock", "   ", Value::Empty),
        ("sku", "\u{feff}AB-1\u{200b}", Value::text("AB-1")),
        ("stock", "\u{202a}10\u{202c}", Value::Number(10)),
        ("barcode", "'#N/A", Value::text("#N/A")),
    ] {
        assert_eq!(value(key, text), expected, "{key} {text:?}");
    }
}

#[test]
fn a_problem_names_the_rule_and_says_what_to_do() {
    for (key, text, message, hint) in [
        (
            "stock",
            "1O",
            "is not a number",
            "letters in place of digits",
        ),
        ("stock", "1.5", "not a whole number", "without decimals"),
        (
            "stock",
            "plenty",
            "is not a number",
            "Write the number alone",
        ),
        ("stock", "1.2E+05", "is not a number", "Write it out"),
        (
            "store_price",
            "12,90",
            "decimal comma",
            "Choose decimal comma",
        ),
        (
            "store_price",
            "12 each",
            "is not a number",
            "Write the number alone",
        ),
        (
            "promo_end",
            "12/31/2026",
            "order day, month, year",
            "Choose the order",
        ),
        (
            "promo_end",
            "46022",
            "is not a date",
            "here perhaps 2025-12-31",
        ),
        ("promo_end", "soon", "is not a date", "2026-12-31"),
        ("active", "maybe", "neither yes nor no", "true or false"),
        ("weight", "3 lb", "is not a weight", "kg or g"),
        ("promo_end", "30/02/2026", "There is no day", "2026-12-31"),
    ] {
        assert_refused(key, text, message, hint);
    }
}

#[test]
fn what_another_program_lost_is_no_value() {
    let formula = "error of a spreadsheet";
    for (key, text, message, hint) in [
        ("sku", "1.23E+12", "digits are lost", "as text"),
        ("barcode", "9,31E+12", "digits are lost", "as text"),
        ("sku", "CAF\u{fffd}-1", "could not be read", "encoding"),
        ("handle", "caf\u{fffd}", "could not be read", "encoding"),
        ("name", "#REF!", formula, "export the file again"),
        ("stock", "#DIV/0!", formula, "export the file again"),
        ("handle", "########", formula, "export the file again"),
    ] {
        assert_refused(key, text, message, hint);
    }
}

#[test]
fn the_rules_of_the_field_hold() {
    for (key, text, message) in [
        ("name", "x".repeat(256), "at most 255"),
        ("store_price", "-1".into(), "below zero"),
        ("sku", "x".repeat(101), "at most 100"),
    ] {
        let problem = read(key, &text).unwrap_err();
        assert!(problem.message.contains(message), "{problem:?}");
    }
}

#[test]
fn what_was_changed_is_noted() {
    for (key, text, expected, note) in [
        (
            "cost",
            "3.333333",
            Value::Number(33_333),
            "rounded to 3.3333",
        ),
        ("grams", "0.01", Value::Number(0), "rounded to 0"),
        (
            "name",
            "Shirt\r\n blue",
            Value::text("Shirt blue"),
            "line breaks",
        ),
        (
            "name",
            "Shi\0rt\u{b}blue",
            Value::text("Shi rt blue"),
            "control characters",
        ),
        (
            "description",
            "<p>a\0</p>\r\n\tb",
            Value::text("<p>a</p>\n\tb"),
            "control characters",
        ),
    ] {
        let parsed = read(key, text).unwrap();
        assert_eq!(parsed.value, expected);
        assert!(parsed.note.unwrap().contains(note));
    }
}
