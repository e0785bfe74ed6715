//! Who has the last word on a field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who has the last word on a field between here and a shop.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// We: what is here goes to the shop.
    We,
    /// The shop: what is there comes here.
    They,
    /// Both: what one side changed goes to the other; what both changed is asked.
    #[default]
    Ask,
    /// Neither side: it is left alone.
    Nobody,
}

/// The words of the owners, each with its name for people.
pub const OWNER_WORDS: [(&str, &str); 4] = [
    ("we", "We"),
    ("they", "The shop"),
    ("ask", "Both, ask on conflict"),
    ("nobody", "Leave alone"),
];

impl Owner {
    /// Every owner, in the order of [`OWNER_WORDS`].
    const ALL: [Owner; 4] = [Owner::We, Owner::They, Owner::Ask, Owner::Nobody];

    /// The owner that a word stands for.
    pub fn of_word(word: &str) -> Option<Self> {
        let at = OWNER_WORDS.iter().position(|(known, _)| *known == word)?;
        Some(Self::ALL[at])
    }
}
