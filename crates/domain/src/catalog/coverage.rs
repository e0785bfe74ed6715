//! How well suppliers cover a product: whether it can be ordered, and whether it is said from whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How well suppliers cover a product. What counts are its supplier products that are not in the
/// trash, of suppliers that are active and not in the trash. A product with variants is ordered by
/// its variants, so it is covered as its least covered one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// No supplier sells it.
    None,
    /// One sells it.
    One,
    /// Several sell it, and none of them is preferred.
    Several,
    /// One of them is preferred: its preference is 1.
    Preferred,
}

impl Coverage {
    /// Every coverage, the least one first.
    pub const ALL: [Self; 4] = [Self::None, Self::One, Self::Several, Self::Preferred];

    /// Its place among them, as the database keeps it.
    pub const fn rank(self) -> i64 {
        self as i64
    }

    /// The coverage at this place. What only a later version knows is taken for the best one.
    pub fn from_rank(rank: i64) -> Self {
        let at = usize::try_from(rank).unwrap_or_default();
        Self::ALL.get(at).copied().unwrap_or(Self::Preferred)
    }
}

#[cfg(test)]
mod tests {
    use super::Coverage;

    #[test]
    fn a_coverage_is_found_again_by_its_rank_and_the_least_one_comes_first() {
        for coverage in Coverage::ALL {
            assert_eq!(Coverage::from_rank(coverage.rank()), coverage);
        }
        assert!(Coverage::ALL.is_sorted());
        assert_eq!(Coverage::from_rank(-1), Coverage::None);
        assert_eq!(Coverage::from_rank(9), Coverage::Preferred);
    }
}
