//! Days since 1970 and the calendar, in UTC: the era-based algorithm in which a year begins in
//! March, so that the leap day is its last.

use super::clock::Timestamp;
use super::date::Date;

const DAY: i64 = 86_400_000;

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
    /// The moment in the calendar, in UTC.
    pub fn utc(self) -> Utc {
        let (days, millis) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        Utc {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * from_march + 2) / 5 + 1,
            second: millis / 1_000,
        }
    }

    /// The first moment of a day, in UTC.
    pub fn start_of(date: Date) -> Self {
        let (year, month, day) = date.parts();
        let (month, day) = (i64::from(month), i64::from(day));
        let year = i64::from(year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let from_march = (month + 9) % 12;
        let day_of_year = (153 * from_march + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self((era * 146_097 + day_of_era - 719_468) * DAY)
    }

    /// The moment as text, to the second: `2026-11-22 16:38:40`.
    pub fn to_utc_text(self) -> String {
        let utc = self.utc();
        let (hour, minute) = (utc.second / 3_600, utc.second / 60 % 60);
        format!(
            "{:04}-{:02}-{:02} {hour:02}:{minute:02}:{:02}",
            utc.year,
            utc.month,
            utc.day,
            utc.second % 60
        )
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
    fn every_day_is_found_again() {
        for days in (-20_000..80_000).step_by(13) {
            let start = Timestamp(days * 86_400_000);
            let date = Date::parse_iso(&start.to_utc_text()[..10]).unwrap();
            assert_eq!(Timestamp::start_of(date), start);
        }
    }
}
