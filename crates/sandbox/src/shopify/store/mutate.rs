//! Changing things so that what finds them stays right.

use super::model::{Event, Product, State, Variant};
use crate::frame::Moment;

impl State {
    /// Puts in a product whose variants are put in beside.
    pub(crate) fn insert_product(&mut self, product: Product) {
        self.by_updated.insert((product.updated, product.id));
        self.by_handle.insert(product.handle.clone(), product.id);
        self.products.insert(product.id, product);
    }

    /// Puts in a variant, which its product must name.
    pub(crate) fn insert_variant(&mut self, variant: Variant) {
        if let Some(sku) = &variant.sku {
            self.by_sku.insert((sku.to_lowercase(), variant.id));
        }
        self.by_item.insert(variant.item, variant.id);
        self.variants.insert(variant.id, variant);
    }

    /// Changes a product, which counts as an update.
    pub(crate) fn change_product(
        &mut self,
        id: u64,
        now: Moment,
        change: impl FnOnce(&mut Product),
    ) {
        let Some(product) = self.products.get_mut(&id) else {
            return;
        };
        self.by_updated.remove(&(product.updated, id));
        let handle = product.handle.clone();
        change(product);
        product.updated = now;
        self.by_updated.insert((now, id));
        if product.handle != handle {
            self.by_handle.remove(&handle);
            self.by_handle.insert(product.handle.clone(), id);
        }
    }

    /// Changes a variant and its item. Its product is left alone.
    pub(crate) fn change_variant(&mut self, id: u64, change: impl FnOnce(&mut Variant)) {
        let Some(variant) = self.variants.get_mut(&id) else {
            return;
        };
        let before = variant.sku.clone();
        change(variant);
        if variant.sku != before {
            if let Some(sku) = before {
                self.by_sku.remove(&(sku.to_lowercase(), id));
            }
            if let Some(sku) = &variant.sku {
                self.by_sku.insert((sku.to_lowercase(), id));
            }
        }
    }

    /// Takes a variant out. Its product must not name it any more.
    pub(crate) fn remove_variant(&mut self, id: u64) {
        let Some(variant) = self.variants.remove(&id) else {
            return;
        };
        self.by_item.remove(&variant.item);
        if let Some(sku) = variant.sku {
            self.by_sku.remove(&(sku.to_lowercase(), id));
        }
    }

    /// Takes a product and its variants out, which is an event.
    pub(crate) fn remove_product(&mut self, id: u64, now: Moment) -> bool {
        let Some(product) = self.products.remove(&id) else {
            return false;
        };
        self.by_updated.remove(&(product.updated, id));
        self.by_handle.remove(&product.handle);
        for variant in product.variants {
            self.remove_variant(variant);
        }
        let number = self.number();
        self.events.push(Event {
            id: number,
            action: "destroy",
            at: now,
            kind: "PRODUCT",
            subject: id,
        });
        true
    }

    /// A handle made of `text` that no other product has: a number is put behind it where needed.
    pub(crate) fn free_handle(&self, text: &str) -> String {
        let base = handle_of(text);
        let base = if base.is_empty() {
            String::from("product")
        } else {
            base
        };
        let mut handle = base.clone();
        let mut number = 0;
        while self.by_handle.contains_key(&handle) {
            number += 1;
            handle = format!("{base}-{number}");
        }
        handle
    }
}

/// Lower case, with a hyphen for whatever is no letter or digit.
pub(crate) fn handle_of(text: &str) -> String {
    let mut handle = String::new();
    for character in text.trim().chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || character == '_' {
            handle.push(character);
        } else if !handle.ends_with('-') && !handle.is_empty() {
            handle.push('-');
        }
    }
    String::from(handle.trim_end_matches('-'))
}

/// Tags as Shopify keeps them: trimmed, none twice whatever the case, sorted.
pub(crate) fn sorted_tags(tags: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let tag = tag.trim();
        let twice = kept
            .iter()
            .any(|one| one.to_lowercase() == tag.to_lowercase());
        if !tag.is_empty() && !twice {
            kept.push(String::from(tag));
        }
    }
    kept.sort_by_key(|tag| tag.to_lowercase());
    kept
}
