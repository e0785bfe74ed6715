//! The stock keeping unit: what a product is called in every file and on every channel.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::look_alike::{is_invisible, look_alike_key};

/// A SKU: trimmed, otherwise exactly as written. `ab-1` and `AB-1` are different SKUs that look
/// alike; see [`Sku::look_alike_key`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Sku(String);

impl Sku {
    /// The longest SKU, in characters (Maropost's and Shopify's limits are higher or equal).
    pub const MAX_CHARS: usize = 100;

    /// The SKU in `text`, trimmed. The rule broken, in words, when there is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("A SKU is needed: it is what identifies the product.".into());
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(format!("A SKU has at most {} characters.", Self::MAX_CHARS));
        }
        if text.chars().any(char::is_control) {
            return Err("A SKU is one line of visible characters.".into());
        }
        if text.contains(is_invisible) {
            return Err(
                "A SKU has visible characters only. Type it anew: it holds one that \
                        is not seen, as text copied from a web page may."
                    .into(),
            );
        }
        Ok(Self(text.to_owned()))
    }

    /// The SKU as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two SKUs that a person or a spreadsheet program would confuse have in common.
    pub fn look_alike_key(&self) -> String {
        look_alike_key(&self.0)
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Sku;

    #[test]
    fn a_sku_is_trimmed_and_otherwise_kept() {
        assert_eq!(Sku::parse("  AB 1 ").unwrap().as_str(), "AB 1");
    }

    #[test]
    fn an_empty_or_overlong_sku_is_refused() {
        assert!(Sku::parse("   ").is_err());
        assert!(Sku::parse(&"x".repeat(101)).is_err());
        assert!(Sku::parse("a\nb").is_err());
        for hidden in [
            "\u{200b}", "\u{ad}", "\u{2066}", "\u{fe0f}", "\t", "\0", "\u{85}",
        ] {
            assert!(Sku::parse(&format!("a{hidden}b")).is_err(), "{hidden:?}");
        }
    }

    #[test]
    fn look_alikes_share_a_key() {
        assert_eq!(
            Sku::parse("AB 205").unwrap().look_alike_key(),
            Sku::parse("ab205").unwrap().look_alike_key()
        );
    }
}
