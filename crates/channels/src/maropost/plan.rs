//! The plan of a reading: which items there are, by families, before any of them is read whole. Pages
//! of the platform may shift while they are read, so ids come first, pass after pass until one finds
//! nothing new.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::values::Timestamp;
use serde::{Deserialize, Serialize};

use super::decode::Row;
use super::order_row::OrderRow;

/// Where a reading goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// Since when what may have changed is read; everything without.
    pub(super) since: Option<Timestamp>,
    /// The time in the shop when the reading began.
    pub(super) as_of: Option<Timestamp>,
    /// The family that was read last, by its key.
    pub(super) after: String,
}

/// Which items are read, by families.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Which reading it is of: the place at its beginning.
    pub(super) since: Option<Timestamp>,
    /// The same.
    pub(super) as_of: Option<Timestamp>,
    families: BTreeMap<String, Family>,
    seen: HashSet<u64>,
}

#[derive(Debug, Default)]
struct Family {
    parents: Vec<u64>,
    variants: Vec<u64>,
}

impl Plan {
    /// The plan of the reading that began there, still without items.
    pub(super) fn of(place: &Place) -> Self {
        Self {
            since: place.since,
            as_of: place.as_of,
            ..Self::default()
        }
    }

    /// Adds an item with the variants that it names, and says whether it was not there.
    pub(super) fn add(&mut self, row: &Row) -> bool {
        let is_new = self.seen.insert(row.id);
        let named = row.variants().into_iter();
        let named: Vec<u64> = named.filter(|id| self.seen.insert(*id)).collect();
        if !named.is_empty() {
            self.family(&row.sku).variants.extend(named);
        }
        if !is_new {
            return false;
        }
        let parent = row.parent();
        let is_variant = !parent.is_empty();
        let root = if is_variant { &parent } else { &row.sku };
        let family = self.family(root);
        match is_variant {
            true => family.variants.push(row.id),
            false => family.parents.push(row.id),
        }
        true
    }

    /// The family of the item with this SKU. Whether the case of SKUs matters is not known: both belong
    /// together either way.
    fn family(&mut self, root: &str) -> &mut Family {
        self.families.entry(root.to_lowercase()).or_default()
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whole families behind `after`, about as many items as `most`, and the key of the last one; none
    /// at the end. The order of families is that of their SKUs, which is the same however often the plan
    /// is made; parents come before variants.
    pub(super) fn next(&self, after: &str, most: usize) -> Option<(Vec<u64>, String)> {
        use std::ops::Bound::{Excluded, Unbounded};
        let (mut ids, mut last) = (Vec::new(), None);
        let behind = self.families.range::<str, _>((Excluded(after), Unbounded));
        for (key, family) in behind {
            let count = family.parents.len() + family.variants.len();
            if last.is_some() && ids.len() + count > most {
                break;
            }
            ids.extend(&family.parents);
            ids.extend(&family.variants);
            last = Some(key.clone());
        }
        last.map(|last| (ids, last))
    }
}

/// Where a reading of orders goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OrderPlace {
    /// Since when what may have changed is read; everything without.
    pub(super) since: Option<Timestamp>,
    /// The time in the shop when the reading began.
    pub(super) as_of: Option<Timestamp>,
    /// The order that was read last; none at the beginning.
    pub(super) after: Option<OrderKey>,
}

/// When an order was changed last, in milliseconds, and its id. An order that changes moves behind the others, and so
/// never to where a reading already was.
pub(super) type OrderKey = (i64, String);

/// Which orders are read.
#[derive(Debug, Default)]
pub(super) struct OrderPlan {
    /// Which reading it is of: the place at its beginning.
    pub(super) since: Option<Timestamp>,
    /// The same.
    pub(super) as_of: Option<Timestamp>,
    keys: BTreeSet<OrderKey>,
    seen: HashMap<String, i64>,
}

impl OrderPlan {
    /// The plan of the reading that began there, still without orders.
    pub(super) fn of(place: &OrderPlace) -> Self {
        Self {
            since: place.since,
            as_of: place.as_of,
            ..Self::default()
        }
    }

    /// Adds an order, or moves it to where it belongs now. One that does not say when it was changed comes last.
    pub(super) fn add(&mut self, row: &OrderRow) {
        let updated = row.updated().map_or(i64::MAX, |moment| moment.0);
        if let Some(before) = self.seen.insert(row.id.clone(), updated) {
            self.keys.remove(&(before, row.id.clone()));
        }
        self.keys.insert((updated, row.id.clone()));
    }

    /// How many orders there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// So many orders behind `after`, those that were changed first before the others.
    pub(super) fn next(&self, after: Option<&OrderKey>, most: usize) -> Vec<OrderKey> {
        use std::ops::Bound::{Excluded, Unbounded};
        let begin = after.map_or(Unbounded, Excluded);
        let behind = self.keys.range::<OrderKey, _>((begin, Unbounded));
        behind.take(most).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{Plan, Row};

    fn row(id: u64, sku: &str, parent: &str) -> Row {
        let record = json!({"InventoryID": id.to_string(), "SKU": sku, "ParentSKU": parent});
        Row::of(record.as_object().unwrap().clone()).unwrap()
    }

    proptest! {
        #[test]
        fn every_item_comes_once_with_its_family_and_behind_its_parent(
            parents in prop::collection::vec(0usize..8, 1..120), most in 1usize..30,
        ) {
            let mut plan = Plan::default();
            let rows: Vec<Row> = parents.iter().enumerate().map(|(at, parent)| {
                let parent = if *parent == 0 { String::new() } else { format!("F{parent}") };
                row(at as u64, &format!("F{at}"), &parent)
            }).collect();
            for row in rows.iter().rev() {
                prop_assert!(plan.add(row));
                prop_assert!(!plan.add(row));
            }
            let (mut after, mut read) = (String::new(), Vec::new());
            while let Some((ids, last)) = plan.next(&after, most) {
                for row in ids.iter().map(|id| &rows[*id as usize]) {
                    let parent = rows.iter().find(|other| other.sku == row.parent() && other.parent().is_empty());
                    if let Some(parent) = parent {
                        let at = |row: &Row| ids.iter().position(|id| *id == row.id);
                        prop_assert!(at(parent) < at(row));
                    }
                }
                read.extend(ids);
                after = last;
            }
            read.sort_unstable();
            prop_assert_eq!(read, (0..parents.len() as u64).collect::<Vec<_>>());
            prop_assert_eq!(plan.len(), parents.len());
        }
    }
}
