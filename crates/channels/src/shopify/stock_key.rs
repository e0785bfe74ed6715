//! The key of a request that changes stock, made of the keys of its changes.

use uuid::Uuid;

/// A key in the making: FNV-1a of 128 bits. What it is made of is random, so that mixing is enough.
#[derive(Debug)]
pub(super) struct Key(u128);

impl Default for Key {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Key {
    /// Adds a part. Parts are told apart by their lengths.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        let length = bytes.len().to_le_bytes();
        for byte in length.iter().chain(bytes) {
            self.0 ^= u128::from(*byte);
            self.0 = self
                .0
                .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    /// The key.
    pub(super) fn done(self) -> Uuid {
        Uuid::from_u128(self.0)
    }
}
