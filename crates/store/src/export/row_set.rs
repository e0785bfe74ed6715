//! A set of row numbers: a bit each where they lie close together, which they do.

use std::collections::BTreeMap;

/// How many row numbers stand in one piece.
const PIECE: i64 = 1 << 16;
const WORDS: usize = 1 << 10;

/// The set. A million neighbours take 128 KB.
#[derive(Debug, Default)]
pub(super) struct RowSet {
    pieces: BTreeMap<i64, Box<[u64; WORDS]>>,
    len: i64,
}

impl RowSet {
    /// How many there are.
    pub(super) const fn len(&self) -> i64 {
        self.len
    }

    /// Adds one; false when it is in there already.
    pub(super) fn insert(&mut self, row: i64) -> bool {
        let (word, bit) = place(row);
        let piece = self.pieces.entry(row.div_euclid(PIECE));
        let word = &mut piece.or_insert_with(|| Box::new([0; WORDS]))[word];
        let is_new = *word & bit == 0;
        *word |= bit;
        self.len += i64::from(is_new);
        is_new
    }

    /// Takes one out; false when it was not in there.
    pub(super) fn remove(&mut self, row: i64) -> bool {
        let (word, bit) = place(row);
        let at = row.div_euclid(PIECE);
        let Some(piece) = self.pieces.get_mut(&at) else {
            return false;
        };
        let was_there = piece[word] & bit != 0;
        piece[word] &= !bit;
        self.len -= i64::from(was_there);
        was_there
    }

    /// The least ones, rising, at most so many. What stands before `from` is known to be out, and is let go.
    pub(super) fn first(&mut self, from: i64, most: usize) -> Vec<i64> {
        self.pieces = self.pieces.split_off(&from.div_euclid(PIECE));
        let rows = self.pieces.iter().flat_map(|(at, piece)| {
            let first = at * PIECE;
            piece
                .iter()
                .zip((first..).step_by(64))
                .flat_map(|(word, start)| {
                    (0..64).filter_map(move |bit| (word >> bit & 1 == 1).then_some(start + bit))
                })
        });
        rows.take(most).collect()
    }
}

fn place(row: i64) -> (usize, u64) {
    let within = row.rem_euclid(PIECE);
    (
        usize::try_from(within / 64).unwrap_or_default(),
        1 << (within % 64),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::RowSet;

    proptest! {
        #[test]
        fn it_holds_what_a_set_holds(
            rows in prop::collection::vec((any::<bool>(), prop_oneof![0..200_000i64, any::<i64>()]), 0..60),
        ) {
            let (mut set, mut known) = (RowSet::default(), std::collections::BTreeSet::new());
            for (comes, row) in rows {
                let row = row >> 2;
                match comes {
                    true => prop_assert_eq!(set.insert(row), known.insert(row)),
                    false => prop_assert_eq!(set.remove(row), known.remove(&row)),
                }
            }
            prop_assert_eq!(set.len(), i64::try_from(known.len()).unwrap());
            let from = known.first().copied().unwrap_or_default();
            prop_assert_eq!(set.first(from, 40), known.into_iter().take(40).collect::<Vec<_>>());
        }
    }
}
