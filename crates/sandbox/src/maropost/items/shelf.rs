//! All items of a shop, found by id, by SKU and by parent.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::item::Item;
use crate::maropost::settings::SkuCase;

/// The id of the first item of a shop.
const FIRST_ID: u64 = 1001;

/// The items.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    items: BTreeMap<u64, Item>,
    by_sku: HashMap<String, u64>,
    by_parent: HashMap<String, BTreeSet<u64>>,
    next_id: u64,
    case: SkuCase,
}

impl Shelf {
    /// A shelf without items, on which SKUs are told apart as `case` says.
    pub(crate) fn new(case: SkuCase) -> Self {
        Self {
            items: BTreeMap::new(),
            by_sku: HashMap::new(),
            by_parent: HashMap::new(),
            next_id: FIRST_ID,
            case,
        }
    }

    /// Tells SKUs apart as `case` says from now on.
    pub(crate) fn set_case(&mut self, case: SkuCase) {
        if self.case == case {
            return;
        }
        self.case = case;
        self.by_sku.clear();
        self.by_parent.clear();
        let keys: Vec<_> = self
            .items
            .values()
            .map(|item| (item.id, item.sku.clone(), item.parent().to_owned()))
            .collect();
        for (id, sku, parent) in keys {
            let sku = self.key(&sku);
            self.by_sku.entry(sku).or_insert(id);
            self.index_parent(id, &parent);
        }
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// All items, in the order of their ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// The item of that id.
    pub(crate) fn get(&self, id: u64) -> Option<&Item> {
        self.items.get(&id)
    }

    /// The `nth` item in the order of ids.
    pub(crate) fn nth(&self, nth: usize) -> Option<&Item> {
        self.items.values().nth(nth)
    }

    /// The id of the item of that SKU.
    pub(crate) fn find(&self, sku: &str) -> Option<u64> {
        self.by_sku.get(&self.key(sku)).copied()
    }

    /// The ids of the variants of the item of that SKU.
    pub(crate) fn variants(&self, parent: &str) -> Vec<u64> {
        if parent.is_empty() {
            return Vec::new();
        }
        let found = self.by_parent.get(&self.key(parent));
        found
            .map(|ids| ids.iter().copied().collect())
            .unwrap_or_default()
    }

    /// Puts a new item on the shelf and returns its id. The SKU must be free.
    pub(crate) fn add(&mut self, sku: &str, now: Timestamp) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.items.insert(id, Item::new(id, sku, now));
        let key = self.key(sku);
        self.by_sku.insert(key, id);
        id
    }

    /// Changes the item of that id, which keeps its SKU.
    pub(crate) fn change<T>(&mut self, id: u64, change: impl FnOnce(&mut Item) -> T) -> Option<T> {
        let item = self.items.get_mut(&id)?;
        let before = item.parent().to_owned();
        let result = change(item);
        let after = item.parent().to_owned();
        if before != after {
            self.unindex_parent(id, &before);
            self.index_parent(id, &after);
        }
        Some(result)
    }

    /// Gives an item another SKU, which must be free. Its variants follow.
    pub(crate) fn rename(&mut self, id: u64, sku: &str) {
        let Some(item) = self.items.get_mut(&id) else {
            return;
        };
        let before = std::mem::replace(&mut item.sku, sku.to_owned());
        self.by_sku.remove(&self.key(&before));
        let key = self.key(sku);
        self.by_sku.insert(key, id);
        for variant in self.variants(&before) {
            self.change(variant, |item| item.put("ParentSKU", sku));
        }
    }

    /// Takes an item away, as only the merchant can.
    pub(crate) fn remove(&mut self, id: u64) {
        if let Some(item) = self.items.remove(&id) {
            self.by_sku.remove(&self.key(&item.sku));
            self.unindex_parent(id, item.parent());
        }
    }

    fn index_parent(&mut self, id: u64, parent: &str) {
        if !parent.is_empty() {
            let key = self.key(parent);
            self.by_parent.entry(key).or_default().insert(id);
        }
    }

    fn unindex_parent(&mut self, id: u64, parent: &str) {
        let key = self.key(parent);
        if let Some(ids) = self.by_parent.get_mut(&key) {
            ids.remove(&id);
            if ids.is_empty() {
                self.by_parent.remove(&key);
            }
        }
    }

    /// What SKUs are compared by.
    pub(crate) fn key(&self, sku: &str) -> String {
        match self.case {
            SkuCase::Matters => sku.to_owned(),
            SkuCase::Ignored => sku.to_lowercase(),
        }
    }
}
