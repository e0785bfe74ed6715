//! How answers are kept until something is committed.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::order::Order;
use domain::catalog::ProductFilter;

/// How many counts are kept; a person looks at few filters at a time.
const KEPT: usize = 200;

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

/// The last answers to questions that are dear, at most `MOST`, until something is committed. Callers who
/// ask the same wait for one answer, and no others.
pub(super) struct Recent<K, V, const MOST: usize>(Mutex<VecDeque<Asked<K, V>>>);

/// Where an answer stands, or will.
pub(super) type Answer<V> = Arc<OnceCell<Arc<V>>>;

struct Asked<K, V> {
    moment: i64,
    question: K,
    answer: Answer<V>,
}

impl<K, V, const MOST: usize> Default for Recent<K, V, MOST> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq + Clone, V, const MOST: usize> Recent<K, V, MOST> {
    /// Where the answer to `question` stands, or will, when nothing was committed since `moment`.
    pub(super) fn slot(&self, moment: i64, question: &K) -> Answer<V> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|asked| asked.moment == moment);
        let known = kept.iter().find(|asked| asked.question == *question);
        if let Some(known) = known {
            return Arc::clone(&known.answer);
        }
        kept.truncate(MOST - 1);
        let answer = Answer::default();
        kept.push_front(Asked {
            moment,
            question: question.clone(),
            answer: Arc::clone(&answer),
        });
        answer
    }
}

/// A list: which products in which order.
pub(super) type List = (ProductFilter, Order);

/// Pages of lists `L` that were looked at: where they begin, to find pages near them quickly.
pub(super) struct Cursors<L, P>(Kept<L, BTreeMap<i64, P>>);

impl<L, P> Default for Cursors<L, P> {
    fn default() -> Self {
        Self(Kept::default())
    }
}

/// How many cursors of one list are kept.
const CURSORS: usize = 2000;

impl<L: Hash + Eq + Clone, P: Clone> Cursors<L, P> {
    /// The kept cursors next to `offset`, before it and after it.
    pub(super) fn around(&self, moment: i64, list: &L, offset: i64) -> Vec<(i64, P)> {
        let kept = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cursors = kept.1.get(list).filter(|_| kept.0 == moment);
        let Some(cursors) = cursors else {
            return Vec::new();
        };
        let before = cursors.range(..=offset).next_back();
        let after = cursors.range(offset + 1..).take(3);
        before
            .into_iter()
            .chain(after)
            .map(|(at, cursor)| (*at, cursor.clone()))
            .collect()
    }

    /// Keeps where the product at `offset` stands.
    pub(super) fn put(&self, moment: i64, list: &L, offset: i64, cursor: P) {
        let mut kept = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != moment || kept.1.len() >= KEPT {
            *kept = (moment, HashMap::new());
        }
        let cursors = kept.1.entry(list.clone()).or_default();
        if cursors.len() < CURSORS {
            cursors.insert(offset, cursor);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Recent;

    #[test]
    fn a_question_waits_for_the_same_one_and_for_no_other() {
        let recent = Recent::<String, (), 8>::default();
        let (mug, cup) = ("mug".to_owned(), "cup".to_owned());
        let slot = recent.slot(1, &mug);
        let is_same = |moment, question| Arc::ptr_eq(&slot, &recent.slot(moment, question));
        assert!(is_same(1, &mug));
        assert!(!is_same(1, &cup));
        assert!(is_same(1, &mug), "both are kept");
        assert!(!is_same(2, &mug), "something was committed");
        for other in 0..8 {
            recent.slot(2, &other.to_string());
        }
        assert_eq!(recent.0.lock().unwrap().len(), 8);
    }
}
