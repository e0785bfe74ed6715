//! Chance that repeats itself: everything random in a practice shop comes from a seed.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng as _, SeedableRng as _};

/// A row of random numbers that is the same for the same seed, on every machine.
#[derive(Debug, Clone)]
pub struct Random(Xoshiro256PlusPlus);

impl Random {
    /// The row of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// The row of the `nth` thing of `seed`: any thing can be made without those before it.
    pub fn nth(seed: u64, nth: u64) -> Self {
        Self::new(seed ^ nth.wrapping_add(1).wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 to `below` - 1; 0 when `below` is 0.
    pub fn below(&mut self, below: u64) -> u64 {
        // The product of two 64-bit numbers fits: its upper half is below `below`.
        let wide = u128::from(self.number()) * u128::from(below);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// Whether something happens that does so `per_million` times in a million.
    pub fn happens(&mut self, per_million: u32) -> bool {
        self.below(1_000_000) < u64::from(per_million)
    }

    /// One of `choices`, of which there must be one at least.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let count = u64::try_from(choices.len()).unwrap_or(u64::MAX);
        &choices[usize::try_from(self.below(count)).unwrap_or_default()]
    }
}
