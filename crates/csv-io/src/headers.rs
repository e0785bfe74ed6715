//! What headers say beside the field that they name: a unit, a currency, with or without tax.

use serde::{Deserialize, Serialize};

use super::currency::{Currency, in_header};
use super::qualifiers::qualifiers;
use super::synonyms::{BESIDE, Named};
use super::target::Target;
use super::units::{Measure, Unit};
use crate::kind_of;
use domain::record::FieldKind;

/// The unit that the name of a column ends with.
pub(super) fn unit_in_name(name: &str, measure: Measure) -> Option<Unit> {
    let words: Vec<&str> = words_of(name).collect();
    let two = words.len().checked_sub(2).map(|at| words[at..].join(" "));
    let two = two.and_then(|last| Unit::named(&last, measure));
    two.or_else(|| Unit::named(words.last().filter(|_| words.len() > 1)?, measure))
}

/// The currency that the name of a column says.
pub(super) fn currency_in_name(name: &str) -> Option<Currency> {
    words_of(name).rev().find_map(in_header)
}

/// The words of a header; a power belongs to its unit.
fn words_of(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    let is_break = |c: char| !c.is_alphanumeric() && !matches!(c, '"' | '\'' | '$' | '€' | '£');
    name.split(is_break).filter(|word| !word.is_empty())
}

/// Columns of money that tell the same price in several currencies, or with and without tax: which of them
/// is meant only a person can say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// What they would feed.
    pub target: Target,
    /// Where they stand.
    pub columns: Vec<usize>,
}

/// Columns that name one target in the same words, each with what its name says beside.
struct Group {
    target: Target,
    base: String,
    columns: Vec<(usize, String)>,
    /// Whether one of them is called exactly as the target is.
    is_named: bool,
}

/// Takes out of the matches what only a person can decide: columns of one price whose names differ in
/// currency or tax alone. That of the workspace's own currency is none of them.
pub(super) fn contests<S: AsRef<str>>(
    names: &[S],
    matches: &mut Vec<(usize, Named)>,
    own: Option<Currency>,
) -> Vec<Contest> {
    let mut found: Vec<Group> = Vec::new();
    let is_money = |named: &Named| {
        let kind = named.target.field().map(kind_of);
        kind == Some(FieldKind::Money)
    };
    for (index, named) in matches.iter().filter(|(_, named)| is_money(named)) {
        let (base, said) = qualifiers(names[*index].as_ref());
        let target = named.target;
        let group = found
            .iter_mut()
            .find(|group| group.target == target && group.base == base);
        let is_named = named.rank < BESIDE;
        match group {
            Some(group) => {
                group.columns.push((*index, said));
                group.is_named |= is_named;
            }
            None => found.push(Group {
                target,
                base,
                columns: vec![(*index, said)],
                is_named,
            }),
        }
    }
    let mut contests = Vec::new();
    for group in found {
        let (target, columns) = (group.target, group.columns);
        let differ = columns.iter().any(|(_, said)| *said != columns[0].1);
        if !differ || group.is_named {
            continue;
        }
        let is_own =
            |index: &usize| own.is_some() && currency_in_name(names[*index].as_ref()) == own;
        let indices: Vec<usize> = columns.iter().map(|(index, _)| *index).collect();
        let owned: Vec<usize> = indices.iter().copied().filter(is_own).collect();
        let winner = (owned.len() == 1).then(|| owned[0]);
        matches.retain(|(index, _)| !indices.contains(index) || Some(*index) == winner);
        if winner.is_none() {
            contests.push(Contest {
                target,
                columns: indices,
            });
        }
    }
    contests
}
