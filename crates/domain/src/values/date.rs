//! Calendar dates, such as the first and last day of a promotion in the shop's own calendar.

use std::fmt;

use jiff::civil;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// In which order a file writes day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Day, month, year: 31/12/2026.
    Dmy,
    /// Month, day, year: 12/31/2026.
    Mdy,
    /// Year, month, day: 2026-12-31.
    Ymd,
}

/// A day of the calendar, written `2026-12-31`; no time, no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The date, when there is such a day between the years 1900 and 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let part = |part: u8| i8::try_from(part).ok();
        let year = i16::try_from(year).ok().filter(|year| *year >= 1900)?;
        let day = civil::Date::new(year, part(month)?, part(day)?).ok()?;
        Some(Self(day))
    }

    /// Reads `2026-12-31`: digits and dashes, and nothing else.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_dash = |at: usize| at == 4 || at == 7;
        let is_written = |(at, byte): (usize, &u8)| match is_dash(at) {
            true => *byte == b'-',
            false => byte.is_ascii_digit(),
        };
        if bytes.len() != 10 || !bytes.iter().enumerate().all(is_written) {
            return None;
        }
        Self::new(
            text[..4].parse().ok()?,
            text[5..7].parse().ok()?,
            text[8..].parse().ok()?,
        )
    }

    /// The day that a spreadsheet program means by a number: days since 30 December 1899. Those
    /// before March 1900 are left out, which programs do not agree about.
    pub fn from_serial(days: u32) -> Option<Self> {
        let days = i64::from(days);
        let first = civil::date(1899, 12, 30);
        let day = first
            .checked_add(jiff::Span::new().try_days(days).ok()?)
            .ok()?;
        (days > 60 && day.year() >= 1900).then_some(Self(day))
    }

    pub(super) const fn civil(self) -> civil::Date {
        self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_days_that_exist_are_dates() {
        assert_eq!(
            Date::parse_iso("2024-02-29").unwrap().to_string(),
            "2024-02-29"
        );
        for text in [
            "2023-02-29",
            "1900-02-29",
            "1899-12-31",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "26-1-1",
            "2026/01/01",
            "２026-1-1",
            "2026-+1-+1",
            "+026-01-01",
            "2026-01- 1",
            "0000-00-00",
        ] {
            assert_eq!(Date::parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_spreadsheets_number_is_a_day() {
        for (serial, day) in [
            (61, Some("1900-03-01")),
            (36_525, Some("1999-12-31")),
            (46_022, Some("2025-12-31")),
            (2_958_465, Some("9999-12-31")),
            (2_958_466, None),
            (u32::MAX, None),
            (0, None),
            (60, None),
        ] {
            let read = Date::from_serial(serial).map(|date| date.to_string());
            assert_eq!(read.as_deref(), day, "{serial}");
        }
    }
}
