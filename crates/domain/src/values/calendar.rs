//! Moments and the calendar, in UTC.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::clock::Timestamp;
use super::date::Date;

/// A moment of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utc {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
    /// The second of the day, from 0.
    pub second: i64,
}

impl Timestamp {
    /// The moment in the calendar, in UTC. One before the year -9999 or after 9999 is the first or the
    /// last that the calendar knows.
    pub fn utc(self) -> Utc {
        let moment = self.civil();
        Utc {
            year: moment.year().into(),
            month: moment.month().into(),
            day: moment.day().into(),
            second: i64::from(moment.hour()) * 3_600
                + i64::from(moment.minute()) * 60
                + i64::from(moment.second()),
        }
    }

    /// The first moment of a day, in UTC.
    pub fn start_of(date: Date) -> Self {
        let start = date.civil().at(0, 0, 0, 0);
        let end_of_time = Self(jiff::Timestamp::MAX.as_millisecond());
        let moment = Offset::UTC.to_timestamp(start);
        moment.map_or(end_of_time, |moment| Self(moment.as_millisecond()))
    }

    /// The moment as text, to the second: `2026-11-22 16:38:40`.
    pub fn to_utc_text(self) -> String {
        self.civil().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn civil(self) -> DateTime {
        let ends = match self.0 < 0 {
            true => jiff::Timestamp::MIN,
            false => jiff::Timestamp::MAX,
        };
        let moment = jiff::Timestamp::from_millisecond(self.0).unwrap_or(ends);
        Offset::UTC.to_datetime(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Timestamp};

    #[test]
    fn moments_and_the_calendar_agree() {
        for (millis, text) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_400_000, "2000-02-29 00:00:00"),
            (1_709_251_199_999, "2024-02-29 23:59:59"),
            (1_795_354_699_000, "2026-11-22 13:38:19"),
            (-60_000, "1969-12-31 23:59:00"),
        ] {
            assert_eq!(Timestamp(millis).to_utc_text(), text);
        }
    }

    #[test]
    fn a_clock_gone_wild_has_a_moment_too() {
        assert!(Timestamp(i64::MAX).to_utc_text().starts_with("9999-12-30"));
        assert_eq!(Timestamp(i64::MIN).utc().year, -9999);
    }

    #[test]
    fn every_day_is_found_again() {
        for days in (-20_000..80_000).step_by(13) {
            let start = Timestamp(days * 86_400_000);
            let date = Date::parse_iso(&start.to_utc_text()[..10]).unwrap();
            assert_eq!(Timestamp::start_of(date), start);
            assert_eq!(start.utc().second, 0);
        }
    }
}
