//! What a practice shop was asked.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use super::clock::Moment;
use super::faults::Fault;

/// How many requests are remembered one by one; the totals count all.
const REMEMBERED: usize = 10_000;

/// One request and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct Exchange {
    /// Counted from 1.
    pub number: u64,
    /// When it came.
    pub at: Moment,
    /// `POST`, …
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// What kind of request it was.
    pub operation: String,
    /// The status of the answer, also of one that was lost on its way. Nothing if the request itself
    /// was lost.
    pub status: Option<u16>,
    /// What it cost, in the platform's own points.
    pub points: f64,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// The sums of the requests of one operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Totals {
    /// How many requests.
    pub requests: u64,
    /// What they cost together.
    pub points: f64,
    /// How many of them a fault hit.
    pub faults: u64,
}

/// The journal of one shop. It has no bodies and no headers, so no secrets.
#[derive(Debug, Default)]
pub struct Journal {
    count: u64,
    recent: VecDeque<Exchange>,
    totals: BTreeMap<String, Totals>,
}

impl Journal {
    /// The number that the next request will have.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    pub(crate) fn note(&mut self, exchange: Exchange) {
        let totals = self.totals.entry(exchange.operation.clone()).or_default();
        totals.requests += 1;
        totals.points += exchange.points;
        totals.faults += u64::from(exchange.fault.is_some());
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(exchange);
    }

    /// The last ten thousand requests, oldest first.
    pub fn recent(&self) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.recent.iter()
    }

    /// The sums of one operation.
    pub fn of(&self, operation: &str) -> Totals {
        self.totals.get(operation).copied().unwrap_or_default()
    }

    /// The sums of every operation that was asked for.
    pub fn totals(&self) -> &BTreeMap<String, Totals> {
        &self.totals
    }

    /// The sums of all together.
    pub fn all(&self) -> Totals {
        let add = |sum: Totals, one: &Totals| Totals {
            requests: sum.requests + one.requests,
            points: sum.points + one.points,
            faults: sum.faults + one.faults,
        };
        self.totals.values().fold(Totals::default(), add)
    }

    /// Begins to count anew. Numbers go on.
    pub fn forget(&mut self) {
        self.recent.clear();
        self.totals.clear();
    }
}
