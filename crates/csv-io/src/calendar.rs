//! Dates as people and programs write them: `31/12/2026`, `12-31-26`, `31 Dec 2026`, ISO with time.

use domain::values::{Date, DateOrder};

/// A date as it is written, before anyone knows which number is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WrittenDate {
    /// The same day whatever the order: the year stands first, or the month is a word.
    Plain(Date),
    /// Two numbers and a year with four digits at the end.
    YearLast(u8, u8, u16),
    /// Three numbers of at most two digits.
    Short(u8, u8, u8),
}

/// Takes a cell apart; nothing when it is not written like a date. A time behind it is dropped.
pub(super) fn written_date(text: &str) -> Option<WrittenDate> {
    if text.len() > 60 {
        return None;
    }
    if let Some(date) = Date::parse_iso(text) {
        return Some(WrittenDate::Plain(date));
    }
    let text = without_time(text.trim());
    let is_break = |c: char| matches!(c, '/' | '-' | '.' | ',' | ' ' | '\u{a0}');
    let mut parts: Vec<&str> = text
        .split(is_break)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() == 4 && is_weekday(parts[0]) {
        parts.remove(0);
    }
    match parts[..] {
        [a, b, c] => three_parts(a, b, c),
        [compact] if compact.len() == 8 && is_digits(compact) => {
            let (year, rest) = compact.split_at(4);
            plain(
                year.parse().ok()?,
                rest[..2].parse().ok()?,
                rest[2..].parse().ok()?,
            )
        }
        _ => None,
    }
}

/// Whether `text` is what a database writes for no date: zeros for year, month and day.
pub(super) fn is_no_date(text: &str) -> bool {
    if !text.starts_with('0') || text.len() > 40 {
        return false;
    }
    let day = without_time(text.trim());
    let digits = day.bytes().filter(u8::is_ascii_digit).count();
    let is_part = |c: char| matches!(c, '0' | '-' | '/' | '.');
    digits == 8 && day.len() == 10 && day.chars().all(is_part)
}

fn three_parts(a: &str, b: &str, c: &str) -> Option<WrittenDate> {
    if let Some(month) = month(b) {
        return match a.len() {
            4 if is_digits(a) => plain(a.parse().ok()?, month, day(c)?),
            _ => plain(year(c)?, month, day(a)?),
        };
    }
    if let Some(month) = month(a) {
        return plain(year(c)?, month, day(b)?);
    }
    if ![a, b, c].into_iter().all(is_digits) {
        return None;
    }
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => plain(a.parse().ok()?, b.parse().ok()?, c.parse().ok()?),
        (1..=2, 1..=2, 4) => Some(WrittenDate::YearLast(
            a.parse().ok()?,
            b.parse().ok()?,
            c.parse().ok()?,
        )),
        (1..=2, 1..=2, 1..=2) => Some(WrittenDate::Short(
            a.parse().ok()?,
            b.parse().ok()?,
            c.parse().ok()?,
        )),
        _ => None,
    }
}

fn plain(year: u16, month: u8, day: u8) -> Option<WrittenDate> {
    Date::new(year, month, day).map(WrittenDate::Plain)
}

impl WrittenDate {
    /// The day it means in a file that writes dates in this order, when there is such a day.
    pub(super) fn in_order(self, order: DateOrder) -> Option<Date> {
        let (year, month, day) = match (self, order) {
            (Self::Plain(date), _) => return Some(date),
            (Self::YearLast(day, month, year), DateOrder::Dmy)
            | (Self::YearLast(month, day, year), DateOrder::Mdy) => (year, month, day),
            (Self::YearLast(..), DateOrder::Ymd) => return None,
            (Self::Short(day, month, year), DateOrder::Dmy)
            | (Self::Short(month, day, year), DateOrder::Mdy)
            | (Self::Short(year, month, day), DateOrder::Ymd) => (full_year(year), month, day),
        };
        Date::new(year, month, day)
    }

    /// Whether it means different days in the orders in which it can be read.
    pub(super) fn depends_on_order(self) -> bool {
        let mut days = self.days();
        let first = days.next();
        days.any(|day| Some(day) != first)
    }

    /// Whether there is such a day in any order.
    pub(super) fn is_a_day(self) -> bool {
        self.days().next().is_some()
    }

    fn days(self) -> impl Iterator<Item = Date> {
        let orders = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];
        orders
            .into_iter()
            .filter_map(move |order| self.in_order(order))
    }
}

/// Two digits mean the years 1970 to 2069.
fn full_year(year: u8) -> u16 {
    u16::from(year) + if year < 70 { 2000 } else { 1900 }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn year(text: &str) -> Option<u16> {
    let text = text.trim_start_matches('\'');
    match (is_digits(text), text.len()) {
        (true, 4) => text.parse().ok(),
        (true, 2) => text.parse().ok().map(full_year),
        _ => None,
    }
}

fn day(text: &str) -> Option<u8> {
    let suffixes = ["st", "nd", "rd", "th"];
    let lower = text.to_ascii_lowercase();
    let bare = suffixes
        .iter()
        .find_map(|suffix| lower.strip_suffix(suffix))
        .unwrap_or(&lower);
    (is_digits(bare) && bare.len() <= 2)
        .then(|| bare.parse().ok())
        .flatten()
}

fn month(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = text.to_ascii_lowercase();
    let index = MONTHS.iter().position(|name| name.starts_with(&lower))?;
    (lower.len() >= 3)
        .then(|| u8::try_from(index + 1).ok())
        .flatten()
}

fn is_weekday(text: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let lower = text.to_ascii_lowercase();
    lower.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&lower))
}

/// `2026-12-31T10:00:00Z` and `31/12/2026 10:00` without their time.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return text;
    };
    match text[..colon].rfind([' ', 'T', 't', '\u{a0}']) {
        Some(at) => text[..at].trim_end(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        let date = written_date(text)?.in_order(order)?;
        Some(date.to_string())
    }

    #[test]
    fn a_date_is_read_in_the_order_of_its_file() {
        use DateOrder::{Dmy, Mdy, Ymd};
        for (text, order, expected) in [
            ("11/9/2025", Dmy, Some("2025-09-11")),
            ("11/9/2025", Mdy, Some("2025-11-09")),
            ("11/9/2025", Ymd, None),
            ("31.12.26", Dmy, Some("2026-12-31")),
            ("26-12-31", Ymd, Some("2026-12-31")),
            ("31/12/1999 14:30", Dmy, Some("1999-12-31")),
            ("12/31/2026 2:30:00 PM", Mdy, Some("2026-12-31")),
            ("31/12/2026", Mdy, None),
            ("30/2/2026", Dmy, None),
            ("1/1/85", Dmy, Some("1985-01-01")),
        ] {
            assert_eq!(read(text, order).as_deref(), expected, "{text} {order:?}");
        }
    }

    #[test]
    fn some_dates_are_the_same_in_every_order() {
        for text in [
            "2026-12-31",
            "2026/12/31",
            "2026.12.31",
            "2026-12-31T10:00:00Z",
            "2026-12-31 10:00:00 +1000",
            "20261231",
            "31 Dec 2026",
            "31-Dec-26",
            "Dec 31, 2026",
            "31st December 2026",
            "Thursday, 31 December 2026",
            "2026-Dec-31",
            "DEC 31 2026",
        ] {
            for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
                assert_eq!(read(text, order).as_deref(), Some("2026-12-31"), "{text}");
            }
            assert!(!written_date(text).unwrap().depends_on_order());
        }
        assert_eq!(
            read("9 Sept 2026", DateOrder::Ymd).as_deref(),
            Some("2026-09-09")
        );
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "soon",
            "46022",
            "12/2026",
            "1/2/3/4",
            "2026-13-01",
            "1.5",
            "Ma 3 2026",
        ] {
            assert_eq!(written_date(text), None, "{text}");
        }
    }

    #[test]
    fn only_some_dates_depend_on_the_order() {
        for (text, depends) in [
            ("11/9/2025", true),
            ("31/12/2026", false),
            ("5/5/2026", false),
            ("1/2/3", true),
        ] {
            assert_eq!(
                written_date(text).unwrap().depends_on_order(),
                depends,
                "{text}"
            );
        }
    }

    #[test]
    fn zeros_are_no_date() {
        for text in [
            "0000-00-00",
            "0000-00-00 00:00:00",
            "00/00/0000",
            "00.00.0000",
        ] {
            assert!(is_no_date(text), "{text}");
        }
        for text in ["0", "00000000", "0000-00-01", "2026-12-31", "0.00", ""] {
            assert!(!is_no_date(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,24}") {
            written_date(&text);
        }
    }
}
