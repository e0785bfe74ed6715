//! What one must know of a whole file before its first row can be planned: which code stands where,
//! which are parents, which look alike. Only hashes are kept, so that a million rows stay small.

use std::collections::{HashMap, HashSet};

use csv_io::{Body, Item};
use domain::record::Kind;
use domain::values::{hash, look_alike_key};

/// How many pairs of look-alikes are named.
pub(super) const EXAMPLES: usize = 5;

/// Where a code stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPosition {
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
    first: HashMap<u64, RowPosition>,
    parents: HashSet<u64>,
    children: HashSet<u64>,
    /// What codes look like that are not written that way themselves, which few are.
    look_alikes: HashMap<u64, u64>,
    /// The numbers of items whose codes look like another one of the file, with the line of that.
    pub look_alike_places: Vec<(u32, u32)>,
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
        let code = row.text(kind.code());
        if code.is_empty() {
            return;
        }
        let key = hash(code);
        let line = u32::try_from(item.line).unwrap_or(u32::MAX);
        let is_new = !self.first.contains_key(&key);
        self.first
            .entry(key)
            .or_insert(RowPosition { number, line });
        if is_new {
            self.note_look_alike(code, key, number);
        }
        let parent = kind.parent_field().map_or("", |field| row.text(field));
        if !parent.is_empty() {
            self.parents.insert(hash(parent));
            self.children.insert(key);
        }
    }

    fn note_look_alike(&mut self, code: &str, key: u64, number: u32) {
        let plain = hash(&look_alike_key(code));
        let another = if plain == key {
            self.look_alikes.get(&plain).copied()
        } else {
            let other = *self.look_alikes.entry(plain).or_insert(key);
            let plain = Some(plain).filter(|plain| self.first.contains_key(plain));
            Some(other).filter(|other| *other != key).or(plain)
        };
        if let Some(another) = another.and_then(|key| self.first.get(&key)) {
            self.look_alike_places.push((number, another.line));
            if self.look_alike_examples.len() < EXAMPLES {
                self.look_alike_examples.push(code.to_owned());
            }
        }
    }

    /// Where the code stands first.
    pub fn first(&self, code: &str) -> Option<RowPosition> {
        self.first.get(&hash(code)).copied()
    }

    /// Whether a row of the file names it as its parent.
    pub fn is_parent(&self, code: &str) -> bool {
        self.parents.contains(&hash(code))
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
