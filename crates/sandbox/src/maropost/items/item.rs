//! An item: one SKU. A parent and its variants are items of their own.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::fields::FIELDS;
use crate::maropost::field::Values;

/// One SKU of the shop.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// `ID` and `InventoryID`, which never changes.
    pub(crate) id: u64,
    /// The key for writes, which the merchant may change.
    pub(crate) sku: String,
    /// Every scalar.
    pub(crate) values: Values,
    /// Names and values by which the item is told from others: options of a variant, too.
    pub(crate) specifics: Vec<Specific>,
    /// The ids of its categories, with their priorities.
    pub(crate) categories: BTreeMap<u64, i64>,
    /// Prices for groups of customers, by the group's id.
    pub(crate) prices: BTreeMap<u64, GroupPrice>,
    /// Pictures, the main one first.
    pub(crate) images: BTreeMap<Place, Image>,
    /// How many lie in each warehouse that has ever had some.
    pub(crate) stock: BTreeMap<u64, i64>,
    /// When it was made.
    pub(crate) added: Timestamp,
    /// When it was written last.
    pub(crate) updated: Timestamp,
}

impl Item {
    /// An item with nothing but its keys.
    pub(crate) fn new(id: u64, sku: &str, now: Timestamp) -> Self {
        Self {
            id,
            sku: sku.to_owned(),
            values: Values::default(),
            specifics: Vec::new(),
            categories: BTreeMap::new(),
            prices: BTreeMap::new(),
            images: BTreeMap::new(),
            stock: BTreeMap::new(),
            added: now,
            updated: now,
        }
    }

    /// The value of a scalar field, in its canonical form.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.of(&FIELDS, name)
    }

    /// Sets a scalar field.
    pub(crate) fn put(&mut self, name: &str, text: &str) {
        self.values.put(&FIELDS, name, text);
    }

    /// The SKU of its parent; empty when it has none.
    pub(crate) fn parent(&self) -> &str {
        self.value("ParentSKU")
    }
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Specific {
    /// Such as `Colour`.
    pub(crate) name: String,
    /// Such as `Red`.
    pub(crate) value: String,
}

/// What a group of customers pays, in the canonical form of numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GroupPrice {
    /// Its documented fields by name: `Price`, `PromotionPrice`, quantities.
    pub(crate) fields: BTreeMap<&'static str, String>,
}

/// Where a picture stands: the main one, or the how many-th alternative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// `Main`.
    Main,
    /// `Alt 1`, `Alt 2`, …
    Alternative(u16),
}

impl Place {
    /// The place of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        if name == "Main" {
            return Some(Self::Main);
        }
        let number = name.strip_prefix("Alt ")?;
        number
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .map(Self::Alternative)
    }

    /// Its name.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Main => "Main".to_owned(),
            Self::Alternative(number) => format!("Alt {number}"),
        }
    }

    /// The folder in which the platform keeps its pictures.
    pub(crate) fn folder(self) -> String {
        match self {
            Self::Main => "full".to_owned(),
            Self::Alternative(number) => format!("alt_{number}"),
        }
    }
}

/// A picture. The platform fetches it and keeps its own copy, so that its address is another one
/// than the one that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Image {
    /// The address that it came from, or `base64:` and its content.
    pub(crate) source: String,
    /// When it was written.
    pub(crate) written: Timestamp,
}
