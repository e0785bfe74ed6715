//! Tests of reading cells.

use super::*;
use crate::{Currency, ForeignMoney, StockWords};
use domain::catalog::product::PRODUCT;
use domain::record::Schema;

fn read(key: &str, text: &str) -> Result<Parsed, CellProblem> {
    let options = ReadOptions {
        date_order: DateOrder::Dmy,
        ..ReadOptions::default()
    };
    read_by(key, text, &options)
}

fn read_by(key: &str, text: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    let schema = Schema::default();
    let target = Target::from_key(&schema, PRODUCT, key).unwrap();
    let view = target.field().map(|field| schema.view(field));
    parse(target.into(), view, text, options)
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
        ("weight", "1.5 KG", Value::Number(15_000)),
        ("length", "6 ft", Value::Number(18_288)),
        ("length", "12\"", Value::Number(3_048)),
        ("cubic", "2 l", Value::Number(20)),
        ("sku", "=\"0017\"", Value::text("0017")),
        ("store_price", "=\"12.50\"", Value::Number(125_000)),
        (
            "barcode",
            "=\"4006381333931\"",
            Value::text("4006381333931"),
        ),
        ("brand", "NULL", Value::Empty),
        ("brand", "\\N", Value::Empty),
        ("brand", "'NULL", Value::text("NULL")),
        ("store_price", "N/A", Value::Empty),
        ("stock", "-", Value::Empty),
        ("option1_value", "None", Value::text("None")),
        ("promo_end", "0000-00-00", Value::Empty),
        ("promo_end", "0000-00-00 00:00:00", Value::Empty),
        ("taxable", "none", Value::Flag(true)),
        ("taxable", "taxable", Value::Flag(false)),
        ("tags", "x;y", Value::list(["x", "y"])),
        ("tags", "x|y", Value::list(["x", "y"])),
        ("tags", "1;5 m, 2 m", Value::list(["1;5 m", "2 m"])),
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
        (
            "promo_end",
            "46022.5",
            "is not a date",
            "here perhaps 2025-12-31",
        ),
        ("promo_end", "30/02/2026", "There is no day", "2026-12-31"),
    ] {
        assert_refused(key, text, message, hint);
    }
}

#[test]
fn an_amount_with_something_else_beside_it_is_a_problem() {
    for (key, text, message, hint) in [
        ("weight", "3 stone", "is not a weight", "or 500 g"),
        ("weight", "3 cm", "is not a weight", "or 500 g"),
        ("length", "$3", "is not a length", "or 20 cm"),
        ("length", "3 R$", "is not a length", "or 20 cm"),
        (
            "length",
            "long",
            "is not a number",
            "Write the number alone",
        ),
        (
            "stock",
            "10 ft",
            "is not a number",
            "Write the number alone",
        ),
        (
            "stock",
            "5 php",
            "is not a number",
            "Write the number alone",
        ),
        ("stock", "10+", "is not a number", "Write the number alone"),
        ("stock", "+5", "by how much", "without a sign"),
        (
            "store_price",
            "6 ft",
            "is not a number",
            "Write the number alone",
        ),
        (
            "store_price",
            "0.00004",
            "less than 0.0001",
            "larger quantity",
        ),
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
        ("barcode", "=\"4.00638E+12\"", "digits are lost", "as text"),
        ("sku", "AB\tC", "control character", "one line"),
        ("sku", "AB\0C", "control character", "one line"),
        ("sku", "\0AB", "control character", "one line"),
        ("parent_sku", "AB\nC", "control character", "one line"),
        ("barcode", "4006\r\n381", "control character", "one line"),
        ("handle", "a\u{7f}b", "control character", "one line"),
        ("sku", "A\u{200b}1", "visible characters", "web page"),
        (
            "barcode",
            "4006\u{ad}381333931",
            "visible characters",
            "web page",
        ),
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
            Value::text("Shirt blue"),
            "control characters",
        ),
        (
            "description",
            "<p>a\0</p>\r\n\tb",
            Value::text("<p>a</p>\n\tb"),
            "control characters",
        ),
    ] {
        assert_noted(key, text, &expected, note);
    }
}

#[test]
fn what_was_understood_is_noted() {
    for (key, text, expected, note) in [
        (
            "weight",
            "2 lb",
            Value::Number(9_072),
            "2 lb was rounded to 0.9072 kg",
        ),
        (
            "length",
            "20 cm",
            Value::Number(2_000),
            "20 cm was read as 0.2 m",
        ),
        (
            "store_price",
            "0.00005",
            Value::Number(1),
            "rounded to 0.0001",
        ),
        (
            "category",
            "Gear\nBags",
            Value::text("Gear"),
            "the cell holds 2",
        ),
        (
            "barcode",
            "4006381333931.0",
            Value::text("4006381333931"),
            "was read as",
        ),
        (
            "barcode",
            "4006381333932",
            Value::text("4006381333932"),
            "does not fit",
        ),
        (
            "barcode",
            "36000291452",
            Value::text("36000291452"),
            "lost its zero",
        ),
        (
            "barcode",
            "400-6381-333931",
            Value::text("400-6381-333931"),
            "separators",
        ),
    ] {
        assert_noted(key, text, &expected, note);
    }
}

/// The cell is read as this, with a note that says that.
fn assert_noted(key: &str, text: &str, expected: &Value, note: &str) {
    let parsed = read(key, text).unwrap();
    assert_eq!(&parsed.value, expected, "{text}");
    let told = parsed.note.unwrap();
    assert!(told.contains(note), "{text}: {told}");
}

#[test]
fn an_amount_in_another_currency_is_refused_or_taken_as_a_person_said() {
    let mut options = ReadOptions {
        currency: Currency::parse("GBP"),
        ..ReadOptions::default()
    };
    let price = |text: &str, options: &ReadOptions| {
        read_by("store_price", text, options).map(|parsed| parsed.value)
    };
    for text in ["£12.00", "12 GBP", "12", "gbp 12"] {
        assert_eq!(price(text, &options), Ok(Value::Number(120_000)), "{text}");
    }
    for text in ["US$ 12.00", "€12.00", "12.00 SEK", "$12"] {
        let problem = price(text, &options).unwrap_err();
        assert!(problem.message.contains("is not in GBP"), "{problem:?}");
    }
    options.foreign_money = ForeignMoney::TakeAsIs;
    assert_eq!(price("€12.00", &options), Ok(Value::Number(120_000)));
    let unknown = ReadOptions::default();
    assert_eq!(price("€12.00", &unknown), Ok(Value::Number(120_000)));
}

#[test]
fn a_stock_in_words_is_what_a_person_said() {
    let read = |text: &str, stock_words: StockWords| {
        let options = ReadOptions {
            stock_words,
            ..ReadOptions::default()
        };
        read_by("stock", text, &options).map(|parsed| parsed.value)
    };
    for (text, kept, number) in [
        ("10+", Some(Value::Empty), Some(Value::Number(10))),
        ("in stock", Some(Value::Empty), None),
        ("sold out", Some(Value::Empty), Some(Value::Number(0))),
        ("+5", None, None),
        ("1O", None, None),
        ("7", Some(Value::Number(7)), Some(Value::Number(7))),
    ] {
        assert_eq!(read(text, StockWords::Keep).ok(), kept, "{text}");
        assert_eq!(read(text, StockWords::Number).ok(), number, "{text}");
    }
}

#[test]
fn numbers_are_refused_at_their_edges() {
    for text in [
        "-9223372036854775808",
        "9223372036854775807",
        "-1000000001",
        "99999999999999999999",
    ] {
        assert!(read("stock", text).is_err(), "{text}");
    }
    assert_eq!(value("stock", "-1000000000"), Value::Number(-1_000_000_000));
}
