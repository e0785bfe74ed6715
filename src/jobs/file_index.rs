//! What one must know of a whole file before its first row can be planned: which code stands where,
//! which are parents, which look alike. Only hashes are kept, so that a million rows stay small.

use std::collections::{HashMap, HashSet};

use csv_io::{Body, Item};
use domain::record::Kind;
use domain::values::{Sku, hash};

/// How many pairs of look-alikes are named.
pub(super) const EXAMPLES: usize = 5;

/// Where a code stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of the item.
    pub number: u32,
    /// The line of the file.
    pub line: u32,
}

/// The index of a file.
#[derive(Debug, Default)]
pub struct FileIndex {
    /// Items that stand for a row of the file.
    pub rows: i64,
    first: HashMap<u64, Place>,
    parents: HashSet<u64>,
    children: HashSet<u64>,
    /// What codes look like that are not written that way themselves, which few are.
    look_alikes: HashMap<u64, u64>,
    /// How many codes look like another one of the file.
    pub look_alike_count: i64,
    /// Some of them.
    pub look_alike_examples: Vec<String>,
}

impl FileIndex {
    /// Takes in the next item; items are numbered from 1 in the order of the file.
    pub fn add(&mut self, kind: Kind, number: u32, item: &Item) {
        self.rows += i64::from(!item.implied);
        let Body::Record(row) = &item.body else {
            return;
        };
        let sku = row.text(kind.code());
        if sku.is_empty() {
            return;
        }
        let key = hash(sku);
        let line = u32::try_from(item.line).unwrap_or(u32::MAX);
        let is_new = !self.first.contains_key(&key);
        self.first.entry(key).or_insert(Place { number, line });
        if is_new {
            self.note_look_alike(sku, key);
        }
        let parent = kind.parent_field().map_or("", |field| row.text(field));
        if !parent.is_empty() {
            self.parents.insert(hash(parent));
            self.children.insert(key);
        }
    }

    fn note_look_alike(&mut self, sku: &str, key: u64) {
        let Ok(parsed) = Sku::parse(sku) else { return };
        let plain = hash(&parsed.look_alike_key());
        let looks_like_another = if plain == key {
            self.look_alikes.contains_key(&plain)
        } else {
            let other = *self.look_alikes.entry(plain).or_insert(key);
            other != key || self.first.contains_key(&plain)
        };
        if looks_like_another {
            self.look_alike_count += 1;
            if self.look_alike_examples.len() < EXAMPLES {
                self.look_alike_examples.push(sku.to_owned());
            }
        }
    }

    /// Where the code stands first.
    pub fn first(&self, sku: &str) -> Option<Place> {
        self.first.get(&hash(sku)).copied()
    }

    /// Whether a row of the file names it as its parent.
    pub fn is_parent(&self, sku: &str) -> bool {
        self.parents.contains(&hash(sku))
    }

    /// Whether its row names a parent.
    pub fn is_child(&self, code: &str) -> bool {
        self.children.contains(&hash(code))
    }

    /// Whether any row names a parent.
    pub fn has_children(&self) -> bool {
        !self.children.is_empty()
    }
}
