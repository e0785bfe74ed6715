//! A hash in place of a text, where a whole file is kept in mind.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The hash by which SKUs and handles are told apart. At a million of them two different ones share
/// a hash with a probability of one in thirty million; the second would then be reported as the same.
pub fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
