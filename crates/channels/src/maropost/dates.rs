//! The days of a promotion, which the platform keeps as moments. It tells them in the shop's own zone
//! and in UTC, and nothing says in which of the two it reads them.

use domain::values::Date;

/// Minutes in a day.
const DAY: i32 = 24 * 60;
/// What summer time may change until the day comes, in minutes.
const SUMMER: i32 = 60;
/// No zone is further ahead of UTC, or behind it, in minutes.
const FURTHEST: i32 = 14 * 60;

/// The date that stands for none.
pub(super) const NONE: &str = "0000-00-00 00:00:00";

/// Which end of a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It begins on the day: as early as can be.
    First,
    /// It is the last day: as late as can be.
    Last,
}

/// The day as it is written, where the shop is `ahead` minutes ahead of UTC as far as that is known. In the
/// shop's own zone it is that day whichever zone the shop reads it in.
pub(super) fn written(day: &str, end: End, ahead: Option<i32>) -> String {
    let Some(ahead) = ahead.map(|ahead| ahead.clamp(-FURTHEST, FURTHEST)) else {
        return format!("{day} 12:00:00");
    };
    // Read in UTC, the day moves ahead with the shop; read in the shop's zone, it stays.
    let minutes = match end {
        End::First => (SUMMER - ahead).max(0),
        End::Last => DAY - 1 - (ahead + SUMMER).max(0),
    };
    let seconds = match end {
        End::First => 0,
        End::Last => 59,
    };
    format!("{day} {:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
}

/// The day of a moment as the platform tells it. The outer nothing is a text that is no date, the inner
/// one a date that stands for none.
pub(super) fn day(text: &str) -> Option<Option<String>> {
    let text = text.trim();
    if text.is_empty() || text.starts_with("0000") {
        return Some(None);
    }
    let date = Date::parse_iso(text.get(..10)?)?;
    Some(Some(date.to_string()))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::DateTime;
    use proptest::prelude::*;

    use super::{End, NONE, day, written};

    #[test]
    fn days_are_read_from_moments_and_none_is_none() {
        assert_eq!(day("2026-12-01 14:00:00"), Some(Some("2026-12-01".into())));
        assert_eq!(day("2026-12-01"), Some(Some("2026-12-01".into())));
        for none in ["", NONE, "0000-00-00", " "] {
            assert_eq!(day(none), Some(None), "{none}");
        }
        for wrong in ["soon", "2026-02-30 00:00:00", "2026-12", "é2026-12-01"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn in_brisbane_a_promotion_begins_at_midnight_if_the_shop_reads_its_own_zone() {
        let first = written("2026-12-01", End::First, Some(600));
        assert_eq!(first, "2026-12-01 00:00:00");
        let last = written("2026-12-31", End::Last, Some(600));
        assert_eq!(last, "2026-12-31 12:59:59");
        let unknown = written("2026-12-31", End::Last, None);
        assert_eq!(unknown, "2026-12-31 12:00:00");
    }

    proptest! {
        #[test]
        fn the_day_is_right_in_every_zone_and_season_however_it_is_read(
            quarters in -48i32..=56, summer in prop::sample::select(vec![-60, 0, 60]), last: bool,
        ) {
            let ahead = quarters * 15;
            let end = if last { End::Last } else { End::First };
            let text = written("2026-12-01", end, Some(ahead));
            prop_assert_eq!(day(&text), Some(Some("2026-12-01".to_owned())));
            let local: DateTime = text.parse().unwrap();
            // Read in UTC, it is told in the shop's zone of that season.
            let shifted = local + (ahead + summer).minutes();
            prop_assert_eq!(shifted.date().to_string(), "2026-12-01", "{} {}", text, ahead);
        }
    }
}
