//! Answers that cost a walk over the whole catalogue, kept until something was committed.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use super::facets::Facets;
use super::filter::ProductFilter;
use super::list::Count;

/// How many counts are kept; a person looks at few filters at a time.
const KEPT: usize = 200;

/// The kept answers.
#[derive(Default)]
pub(super) struct Cache {
    pub(super) counts: Kept<ProductFilter, Count>,
    pub(super) facets: Kept<ProductFilter, Facets>,
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
