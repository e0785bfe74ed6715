//! Tests of numbers.

use proptest::prelude::*;

use super::*;
use DecimalMark::{Comma, Point};

fn read(text: &str, mark: DecimalMark) -> Option<String> {
    parse_number(text, mark).map(|number| number.value.to_string())
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, mark, expected) in [
        ("12.9", Point, "12.9"),
        ("$1,234.50", Point, "1234.5"),
        ("1.234,50", Comma, "1234.5"),
        ("12,90 €", Comma, "12.9"),
        ("1 234,5", Comma, "1234.5"),
        ("1\u{202f}234,5", Comma, "1234.5"),
        ("1'234.50", Point, "1234.5"),
        ("1,23,456.70", Point, "123456.7"),
        ("A$ 10", Point, "10"),
        ("AUD 10.00", Point, "10"),
        ("10 kr", Point, "10"),
        ("Fr. 5.20", Point, "5.2"),
        ("-$5", Point, "-5"),
        ("$-5.00", Point, "-5"),
        ("5-", Point, "-5"),
        ("12.-", Point, "12"),
        ("Fr. 1'250.– ", Point, "1250"),
        ("12,-- €", Comma, "12"),
        ("\u{2212}5", Point, "-5"),
        ("+5", Point, "5"),
        (".5", Point, "0.5"),
        ("5.", Point, "5"),
        ("1,234,567", Point, "1234567"),
        ("1.234.567", Comma, "1234567"),
        ("0012", Point, "12"),
    ] {
        assert_eq!(read(text, mark).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_number_with_this_mark_is_refused() {
    for (text, mark) in [
        ("12,90", Point),
        ("12.90", Comma),
        ("1.234,50", Point),
        ("1,234.50", Comma),
        ("1,2345", Point),
        ("12,34", Point),
        ("1.2.3", Point),
        ("1O", Point),
        ("l0", Point),
        ("10 pcs", Point),
        ("6 ft", Point),
        ("10 O", Point),
        ("10 R", Point),
        ("abc", Point),
        ("", Point),
        ("$", Point),
        ("1 2", Point),
        ("1,234 567", Point),
        ("1e3", Point),
        ("10/12", Point),
        ("100,000,000,000", Point),
        ("99999999999999999999", Point),
        ("٣", Point),
    ] {
        assert_eq!(read(text, mark), None, "{text}");
    }
}

#[test]
fn decimals_beyond_the_fourth_are_rounded_and_said_so() {
    for (text, expected, rounded) in [
        ("12.949999999999999", "12.95", true),
        ("3.33334", "3.3333", true),
        ("3.33335", "3.3334", true),
        ("3.333300000", "3.3333", false),
        ("0.99999", "1", true),
    ] {
        let number = parse_number(text, Point).unwrap();
        assert_eq!(
            (number.value.to_string().as_str(), number.rounded),
            (expected, rounded)
        );
    }
}

#[test]
fn a_number_says_which_mark_it_has_or_that_it_cannot() {
    use MarkEvidence::{Ambiguous, Certain};
    for (text, expected) in [
        ("12.90", Some(Certain(Point))),
        ("12,90 €", Some(Certain(Comma))),
        ("1,234.50", Some(Certain(Point))),
        ("1.234.567", Some(Certain(Comma))),
        ("0,125", Some(Certain(Comma))),
        ("1234.567", Some(Certain(Point))),
        ("1 234,567", Some(Certain(Comma))),
        ("1,234", Some(Ambiguous)),
        ("$1.234", Some(Ambiguous)),
        ("1234", None),
        ("see page 1,2", None),
    ] {
        assert_eq!(mark_evidence(text), expected, "{text}");
    }
}

#[test]
fn a_mark_is_named_by_its_key_or_its_character() {
    for (mark, character) in [(Point, "."), (Comma, ",")] {
        assert_eq!(DecimalMark::from_key(mark.key()), Some(mark));
        assert_eq!(DecimalMark::from_key(character), Some(mark));
        assert_eq!(serde_json::to_value(mark).unwrap(), mark.key());
    }
    assert_eq!(DecimalMark::from_key("dot"), None);
}

proptest! {
    #[test]
    fn the_short_way_reads_what_the_long_way_reads(text in "[0-9.,]{0,13}") {
        for mark in [Point, Comma] {
            let dressed = parse_dressed(&text, mark).map(|(number, _)| number);
            prop_assert_eq!(parse_number(&text, mark), dressed);
        }
    }

    #[test]
    fn plain_numbers_are_always_read(units in -999_999_999_999_999i64..=999_999_999_999_999) {
        let number = Decimal::from_units(units);
        let expected = Some(Number { value: number, rounded: false });
        prop_assert_eq!(parse_number(&number.to_string(), Point), expected);
    }

    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,12}") {
        parse_number(&text, Point);
        mark_evidence(&text);
    }
}
