//! Moments as a terminal shows them.

use backstock::values::Timestamp;

const DAY: i64 = 86_400_000;

/// A moment in UTC, such as `2026-11-22 13:45 UTC`.
pub fn utc(at: Timestamp) -> String {
    let (day, millis) = (at.0.div_euclid(DAY), at.0.rem_euclid(DAY));
    let (year, month, date) = civil(day);
    let minutes = millis / 60_000;
    format!(
        "{year:04}-{month:02}-{date:02} {:02}:{:02} UTC",
        minutes / 60,
        minutes % 60
    )
}

/// Year, month and day of the month of a number of days since 1970: the era-based algorithm in
/// which a year begins in March, so that the leap day is its last.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use backstock::values::Timestamp;

    use super::utc;

    #[test]
    fn moments_are_told_in_utc() {
        for (millis, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400_000, "2000-02-29 00:00 UTC"),
            (1_709_251_199_999, "2024-02-29 23:59 UTC"),
            (1_795_354_699_000, "2026-11-22 13:38 UTC"),
            (-60_000, "1969-12-31 23:59 UTC"),
        ] {
            assert_eq!(utc(Timestamp(millis)), text);
        }
    }
}
