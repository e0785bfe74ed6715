//! Moments and days as the platform writes them: `2025-11-01 00:48:47` in UTC, and days without a
//! time, which are not shifted into any zone.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::settings::{NoDate, Zone};

/// The date that stands for none.
const ZERO: &str = "0000-00-00 00:00:00";
/// The platform's form of a moment.
const FORM: &str = "%Y-%m-%d %H:%M:%S";

/// Reads a moment in UTC: the documented form, ISO with `T` and with a zone, or a bare date.
/// `Some(None)` is the date that stands for none.
pub fn parse(text: &str) -> Option<Option<Timestamp>> {
    let text = text.trim();
    if text.is_empty() || text == ZERO || text == &ZERO[..10] {
        return Some(None);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(Some(whole_seconds(moment)));
    }
    let local: DateTime = text.parse().ok()?;
    let moment = Offset::UTC.to_timestamp(local).ok()?;
    Some(Some(whole_seconds(moment)))
}

/// Reads a day; `Some(None)` is none.
pub fn parse_day(text: &str) -> Option<Option<Date>> {
    let text = text.trim();
    if text.is_empty() || text == &ZERO[..10] || text == ZERO {
        return Some(None);
    }
    let day = text.get(..10)?;
    day.parse().ok().map(Some)
}

/// The moment in the platform's form, in `zone`, where the shop is `minutes` ahead of UTC.
pub fn show(moment: Timestamp, zone: Zone, minutes: i32) -> String {
    let moment = match zone {
        Zone::Utc => moment,
        Zone::Shop => shift(moment, i64::from(minutes)),
    };
    Offset::UTC.to_datetime(moment).strftime(FORM).to_string()
}

/// What stands for no date.
pub fn none(no_date: NoDate) -> &'static str {
    match no_date {
        NoDate::Empty => "",
        NoDate::Zero => ZERO,
    }
}

/// The moment `minutes` later.
pub fn shift(moment: Timestamp, minutes: i64) -> Timestamp {
    moment
        .saturating_add(SignedDuration::from_mins(minutes))
        .unwrap_or(moment)
}

/// The moment `millis` milliseconds after 1970 began, in whole seconds, as the platform keeps it.
pub fn of_millis(millis: i64) -> Timestamp {
    Timestamp::from_second(millis.div_euclid(1000)).unwrap_or(Timestamp::MAX)
}

fn whole_seconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::{NoDate, Zone, none, of_millis, parse, parse_day, show};

    #[test]
    fn moments_are_read_in_the_forms_that_filters_take() {
        let noon = of_millis(1_761_998_400_000);
        for text in [
            "2025-11-01 12:00:00",
            "2025-11-01T12:00:00",
            "2025-11-01T12:00:00.000Z",
            "2025-11-01T22:00:00+10:00",
        ] {
            assert_eq!(parse(text), Some(Some(noon)), "{text}");
        }
        let midnight = parse("2025-11-01 00:00:00");
        assert_eq!(parse("2025-11-01"), midnight);
        assert_eq!(parse("1 November"), None);
        assert_eq!(parse("2025-13-01 00:00:00"), None);
    }

    #[test]
    fn the_zero_date_is_no_date() {
        assert_eq!(parse("0000-00-00 00:00:00"), Some(None));
        assert_eq!(parse(""), Some(None));
        assert_eq!(parse_day("0000-00-00"), Some(None));
        assert_eq!(parse(none(NoDate::Zero)), Some(None));
        assert_eq!(parse(none(NoDate::Empty)), Some(None));
    }

    #[test]
    fn the_shop_has_its_own_time_and_answers_utc() {
        let moment = parse("2025-11-30 23:30:00").flatten().expect("a moment");
        assert_eq!(show(moment, Zone::Utc, 600), "2025-11-30 23:30:00");
        assert_eq!(show(moment, Zone::Shop, 600), "2025-12-01 09:30:00");
    }
}
