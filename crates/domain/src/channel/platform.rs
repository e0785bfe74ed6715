//! Which kinds of shop can be connected.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The platform of a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Shopify, by its Admin GraphQL API.
    Shopify,
    /// Maropost Commerce Cloud, once called Neto.
    Maropost,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Platform; 2] = [Platform::Shopify, Platform::Maropost];

    /// Its name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Platform::Shopify => "Shopify",
            Platform::Maropost => "Maropost",
        }
    }
}
