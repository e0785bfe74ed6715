//! Very many updates together: their mutations lie in files until all are there, and their results are told
//! some at a time, so that their number costs no memory.

use std::collections::{HashMap, VecDeque};

use async_trait::async_trait;

use super::bulk_result::BulkResult;
use super::calls::{Call, Outcome, together, unsaid};
use super::mass::{Batches, Line, run_together};
use super::spool::Spool;
use super::update::{Prepared, prepare, remove};
use super::{Shopify, mass};
use crate::channel::{BulkUpdate, ItemUpdate, Written};
use crate::failure::{Answered, Failure};

/// How many mutations are told together.
const PART: usize = 500;

/// Updates that were taken.
pub(super) struct Gathered<'a> {
    shop: &'a Shopify,
    batches: Batches,
    calls: Option<Spool>,
    /// The merchant's fields that are taken away.
    removed: Vec<(usize, String, String)>,
    told: Told,
    results: VecDeque<BulkResult>,
    is_sending: bool,
}

/// What is known of each update.
#[derive(Default)]
struct Told {
    /// Of how many of its parts nothing was heard yet.
    open: Vec<u16>,
    /// What was heard of those that are not done.
    before: HashMap<usize, Answered<Written>>,
    /// Of which everything was heard.
    ready: Vec<Outcome>,
}

impl<'a> Gathered<'a> {
    /// None yet, for this shop.
    pub(super) fn new(shop: &'a Shopify) -> Self {
        Self {
            shop,
            batches: Batches::default(),
            calls: None,
            removed: Vec::new(),
            told: Told::default(),
            results: VecDeque::new(),
            is_sending: false,
        }
    }

    async fn prepare(&self, first: usize, updates: &[ItemUpdate]) -> Answered<Prepared> {
        let own = self.shop.metafields(false).await?;
        prepare(&self.shop.transport, &own, (first, updates)).await
    }

    /// Keeps a mutation until it is sent, and what it is about until it is heard of.
    fn keep(&mut self, call: &Call) -> Answered<()> {
        let calls = match &mut self.calls {
            Some(calls) => calls,
            none => none.insert(Spool::new()?),
        };
        let line = Line {
            document: call.document(),
            variables: &call.variables,
        };
        let about = serde_json::to_vec(call).map_err(|_| unsaid())?;
        let number = calls.lines();
        calls.push(&about)?;
        self.batches.add(number, line)
    }

    /// Reads on in the results, or sends what was not sent yet; whether there was any.
    async fn go_on(&mut self) -> bool {
        let transport = &self.shop.transport;
        if let Some(result) = self.results.front_mut() {
            let (calls, told) = (&mut self.calls, &mut self.told);
            let hear: mass::Hear<'_> = &mut |number, answer| {
                let call = calls.as_mut().and_then(|calls| call(calls, number));
                for outcome in call.map_or_else(Vec::new, |call| of_call(&call, answer)) {
                    told.hear(outcome);
                }
            };
            if !result.tell(PART, hear) {
                self.results.pop_front();
            }
            return true;
        }
        let next = self.batches.next();
        if !next.is_empty() {
            self.results.extend(run_together(transport, next).await);
            return true;
        }
        let removed = std::mem::take(&mut self.removed);
        let is_any = !removed.is_empty();
        for outcome in remove(transport, removed).await {
            self.told.hear(outcome);
        }
        is_any
    }
}

#[async_trait]
impl BulkUpdate for Gathered<'_> {
    async fn add(&mut self, updates: &[ItemUpdate]) {
        let first = self.told.take(updates.len());
        match self.prepare(first, updates).await {
            Ok(prepared) => {
                for (number, outcome) in prepared.failed {
                    self.told.expect(number);
                    self.told.hear_early(number, outcome);
                }
                for (number, _, _) in &prepared.removed {
                    self.told.expect(*number);
                }
                self.removed.extend(prepared.removed);
                for call in prepared.calls {
                    for part in &call.parts {
                        self.told.expect(part.update);
                    }
                    if let Err(failure) = self.keep(&call) {
                        for (number, outcome) in call.failed(&failure) {
                            self.told.hear_early(number, outcome);
                        }
                    }
                }
            }
            Err(failure) => self.told.refuse(first, &failure),
        }
    }

    async fn next(&mut self) -> Option<Vec<Outcome>> {
        if !std::mem::replace(&mut self.is_sending, true) {
            self.told.begin();
        }
        loop {
            let went_on = self.go_on().await;
            if !went_on {
                self.told.end();
            }
            let ready = std::mem::take(&mut self.told.ready);
            match (ready.is_empty(), went_on) {
                (false, _) => return Some(ready),
                (true, true) => {}
                (true, false) => return None,
            }
        }
    }
}

impl Told {
    /// So many more; the number of the first.
    fn take(&mut self, count: usize) -> usize {
        let first = self.open.len();
        self.open.resize(first + count, 0);
        first
    }

    /// Something will be heard of an update.
    fn expect(&mut self, number: usize) {
        self.open[number] += 1;
    }

    /// Nothing of these is sent.
    fn refuse(&mut self, first: usize, failure: &Failure) {
        let refused = first..self.open.len();
        self.before
            .extend(refused.map(|number| (number, Err(failure.clone()))));
    }

    /// Something is known before anything is sent.
    fn hear_early(&mut self, number: usize, outcome: Answered<Written>) {
        self.open[number] -= 1;
        let before = self.before.remove(&number);
        let both = match before {
            Some(before) => together(before, outcome),
            None => outcome,
        };
        self.before.insert(number, both);
    }

    /// Sending begins: of what needs none, everything is known.
    fn begin(&mut self) {
        let open = self.open.iter().enumerate();
        for (number, _) in open.filter(|(_, open)| **open == 0) {
            let known = self.before.remove(&number);
            let outcome = known.unwrap_or_else(|| Ok(Written::default()));
            self.ready.push((number, outcome));
        }
    }

    /// Nothing more is heard: what is still open is lost.
    fn end(&mut self) {
        for (number, open) in self.open.iter_mut().enumerate() {
            if std::mem::take(open) > 0 {
                self.ready.push((number, Err(unsaid())));
            }
        }
    }

    fn hear(&mut self, (number, outcome): Outcome) {
        self.hear_early(number, outcome);
        if self.open[number] == 0 {
            let outcome = self.before.remove(&number).unwrap_or_else(|| Err(unsaid()));
            self.ready.push((number, outcome));
        }
    }
}

/// What the mutation of this number is about.
fn call(calls: &mut Spool, number: usize) -> Option<Call> {
    serde_json::from_slice(&calls.line(number).ok()?).ok()
}

fn of_call(call: &Call, answer: Answered<&serde_json::Value>) -> Vec<Outcome> {
    match answer {
        Ok(data) => call.told(data, None),
        Err(failure) => call.failed(&failure),
    }
}
