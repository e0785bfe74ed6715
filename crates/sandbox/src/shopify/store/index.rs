//! Finding things.

use super::model::{Level, Metafield, Product, ShopFacts, State, Variant};
use crate::frame::Moment;

impl State {
    /// An empty shop. Ids begin beyond what a float can carry, as the real ones may.
    pub(crate) fn empty(facts: ShopFacts, seed: u64) -> Self {
        Self {
            facts,
            products: Default::default(),
            variants: Default::default(),
            locations: Default::default(),
            files: Default::default(),
            collections: Default::default(),
            publications: Default::default(),
            definitions: Default::default(),
            events: Vec::new(),
            operations: Default::default(),
            bulk: Default::default(),
            uploads: Default::default(),
            idempotent: Default::default(),
            orders: Default::default(),
            customers: Default::default(),
            cancelling: Default::default(),
            next_order: 1001,
            orders_by_updated: Default::default(),
            open_fulfillment_orders: Default::default(),
            order_of: Default::default(),
            by_updated: Default::default(),
            by_sku: Default::default(),
            by_handle: Default::default(),
            by_item: Default::default(),
            next: 10_000_000_000_000_001 + (seed % 1_000_000) * 1_000_000_000,
        }
    }

    /// A number that nothing had before.
    pub(crate) fn number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1 + number % 7;
        number
    }

    /// Products as they were changed, the longest unchanged first.
    pub(crate) fn by_updated(&self) -> impl DoubleEndedIterator<Item = (Moment, u64)> + '_ {
        self.by_updated.iter().copied()
    }

    pub(crate) fn product_of_handle(&self, handle: &str) -> Option<u64> {
        self.by_handle.get(handle).copied()
    }

    pub(crate) fn variant_of_item(&self, item: u64) -> Option<&Variant> {
        self.variants.get(self.by_item.get(&item)?)
    }

    /// The variants whose SKU begins with `start`, whatever the case.
    pub(crate) fn skus_from<'a>(&'a self, start: &'a str) -> impl Iterator<Item = u64> + 'a {
        let from = (start.to_lowercase(), 0);
        let lower = from.0.clone();
        self.by_sku
            .range(from..)
            .take_while(move |(sku, _)| sku.starts_with(&lower))
            .map(|(_, variant)| *variant)
    }

    /// How many other variants have exactly this SKU.
    pub(crate) fn twins(&self, variant: &Variant) -> usize {
        let Some(sku) = &variant.sku else {
            return 0;
        };
        let lower = sku.to_lowercase();
        self.by_sku
            .range((lower.clone(), 0)..=(lower, u64::MAX))
            .filter(|(_, id)| *id != variant.id)
            .filter(|(_, id)| {
                self.variants
                    .get(id)
                    .is_some_and(|one| one.sku == variant.sku)
            })
            .count()
    }

    /// What an [`Edit`](crate::Edit) is about: the id of a product or a variant, or a SKU.
    pub(crate) fn named(&self, on: &str) -> Option<(u64, u64)> {
        use super::super::engine::number_of;
        if let Some(product) = number_of("Product", on) {
            let first = self.products.get(&product)?.variants.first()?;
            return Some((product, *first));
        }
        if let Some(variant) = number_of("ProductVariant", on) {
            return Some((self.variants.get(&variant)?.product, variant));
        }
        let lower = on.to_lowercase();
        let same = self.by_sku.range((lower.clone(), 0)..=(lower, u64::MAX));
        let found = same
            .filter_map(|(_, id)| self.variants.get(id))
            .find(|one| one.sku.as_deref() == Some(on))?;
        Some((found.product, found.id))
    }
}

impl Product {
    pub(crate) fn has_only_default(&self) -> bool {
        self.options.len() == 1
            && self.options[0].name == "Title"
            && self.options[0].values.len() == 1
            && self.options[0].values[0].name == "Default Title"
    }

    /// The option's name, the value's name and the value's id of each of a variant's values.
    pub(crate) fn chosen<'a>(
        &'a self,
        values: &'a [u64],
    ) -> impl Iterator<Item = (&'a str, &'a str, u64)> + 'a {
        self.options.iter().zip(values).map(|(option, id)| {
            let value = option.values.iter().find(|value| value.id == *id);
            (
                option.name.as_str(),
                value.map_or("", |value| value.name.as_str()),
                *id,
            )
        })
    }

    /// `S / Red`.
    pub(crate) fn title_of(&self, values: &[u64]) -> String {
        self.chosen(values)
            .map(|(_, value, _)| value)
            .collect::<Vec<_>>()
            .join(" / ")
    }
}

impl Variant {
    /// What all active locations have together.
    pub(crate) fn available(&self) -> i64 {
        self.levels
            .iter()
            .filter(|level| level.active)
            .map(|level| level.available)
            .sum()
    }

    pub(crate) fn level(&self, location: u64) -> Option<&Level> {
        self.levels.iter().find(|level| level.location == location)
    }
}

/// The names of quantities.
pub(crate) const QUANTITIES: [&str; 8] = [
    "available",
    "on_hand",
    "committed",
    "incoming",
    "reserved",
    "damaged",
    "safety_stock",
    "quality_control",
];

impl Level {
    pub(crate) fn empty(location: u64, now: Moment) -> Self {
        Self {
            location,
            active: true,
            available: 0,
            committed: 0,
            incoming: 0,
            reserved: 0,
            damaged: 0,
            safety_stock: 0,
            quality_control: 0,
            updated: now,
        }
    }

    /// The quantity of that name.
    pub(crate) fn quantity(&self, name: &str) -> Option<i64> {
        Some(match name {
            "available" => self.available,
            "on_hand" => self.on_hand(),
            "committed" => self.committed,
            "incoming" => self.incoming,
            "reserved" => self.reserved,
            "damaged" => self.damaged,
            "safety_stock" => self.safety_stock,
            "quality_control" => self.quality_control,
            _ => return None,
        })
    }

    /// What lies there.
    pub(crate) fn on_hand(&self) -> i64 {
        self.available
            + self.committed
            + self.reserved
            + self.damaged
            + self.safety_stock
            + self.quality_control
    }
}

impl Metafield {
    /// What changes when the value does.
    pub(crate) fn digest(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in self.sort.bytes().chain([0]).chain(self.value.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }
}
