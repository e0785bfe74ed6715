//! Answers that cost a walk over the whole catalogue, kept until something was committed.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use super::order::{Order, Place};
use super::search::LastSearches;
use super::survey::Surveys;
use domain::catalog::{Count, Facets, ProductFilter};

/// How many counts are kept; a person looks at few filters at a time.
const KEPT: usize = 200;

/// The kept answers.
#[derive(Default)]
pub(crate) struct Cache {
    pub(super) counts: Kept<ProductFilter, Count>,
    pub(super) facets: Kept<(), Facets>,
    /// How many products of a list have a value of the field that it is sorted by.
    pub(super) with_value: Kept<ProductFilter, i64>,
    pub(super) places: Places,
    pub(super) last_searches: LastSearches,
    pub(super) surveys: Surveys,
}

/// Answers of one kind, all of the same moment.
pub(super) struct Kept<K, V>(Mutex<(i64, HashMap<K, V>)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new((-1, HashMap::new())))
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Kept<K, V> {
    /// The answer to `question`, when nothing was committed since `moment`.
    pub(super) fn get(&self, moment: i64, question: &K) -> Option<V> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (kept.0 == moment)
            .then(|| kept.1.get(question).cloned())
            .flatten()
    }

    /// Keeps an answer that was true at `moment` or later.
    pub(super) fn put(&self, moment: i64, question: &K, answer: V) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != moment || kept.1.len() >= KEPT {
            *kept = (moment, HashMap::new());
        }
        kept.1.insert(question.clone(), answer);
    }
}

/// A list: which products in which order.
pub(super) type List = (ProductFilter, Order);

/// Pages that were looked at: where they begin, to find pages near them quickly.
#[derive(Default)]
pub(super) struct Places(Kept<List, BTreeMap<i64, Place>>);

/// How many places of one list are kept.
const PLACES: usize = 2000;

impl Places {
    /// The kept places next to `offset`, before it and after it.
    pub(super) fn around(&self, moment: i64, list: &List, offset: i64) -> Vec<(i64, Place)> {
        let kept = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let places = kept.1.get(list).filter(|_| kept.0 == moment);
        let Some(places) = places else {
            return Vec::new();
        };
        let before = places.range(..=offset).next_back();
        let after = places.range(offset + 1..).take(3);
        before
            .into_iter()
            .chain(after)
            .map(|(at, place)| (*at, place.clone()))
            .collect()
    }

    /// Keeps where the product at `offset` stands.
    pub(super) fn put(&self, moment: i64, list: &List, offset: i64, place: Place) {
        let mut kept = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != moment || kept.1.len() >= KEPT {
            *kept = (moment, HashMap::new());
        }
        let places = kept.1.entry(list.clone()).or_default();
        if places.len() < PLACES {
            places.insert(offset, place);
        }
    }
}
