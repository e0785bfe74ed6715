//! Moments as a terminal shows them.

use domain::values::Timestamp;

/// A moment in UTC, such as `2026-11-22 13:45 UTC`.
pub fn utc(at: Timestamp) -> String {
    let text = at.to_utc_text();
    format!("{} UTC", &text[..text.len() - 3])
}

#[cfg(test)]
mod tests {
    use domain::values::Timestamp;

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
