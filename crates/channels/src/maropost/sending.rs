//! Rows on their way to the shop: fifty at once, halves where all of them are refused, so that a bad row
//! does not keep its neighbours back.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::client::Maropost;
use super::door::Action;
use super::envelope::{Ack, Reply, sentence};
use super::loose::{each, scalar, text};
use crate::failure::{Failure, FailureKind};

/// How many rows are sent at once.
pub(super) const AT_ONCE: usize = 50;
/// How many bytes are sent at once, more only for a single row.
const MOST_BYTES: usize = 4 << 20;
/// After so many lost answers one after the other nothing more is tried.
const MOST_LOST: u32 = 2;

/// A row to send.
#[derive(Debug, Clone)]
pub(super) struct Outgoing {
    /// The SKU that it is about.
    pub(super) sku: String,
    /// The row itself.
    pub(super) row: Json,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// The shop names it among what it wrote.
    Named(Said),
    /// The shop wrote something and does not name it.
    Unnamed(Said),
    /// It failed.
    Failed(Failure),
}

/// What the shop says about the rows that were sent together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Said {
    /// Its messages; none when all went well.
    pub(super) messages: Vec<String>,
    /// Whether it says that all went well.
    pub(super) is_sure: bool,
    /// What the request is called on the way.
    pub(super) request_id: Option<String>,
}

impl Said {
    /// What is said about a SKU: the messages that name it, or all of them where none does.
    pub(super) fn about(&self, sku: &str) -> String {
        let named = |message: &&String| message.contains(sku);
        let named: Vec<&String> = self.messages.iter().filter(named).collect();
        match named.is_empty() {
            true => sentence(&self.messages),
            false => sentence(&named),
        }
    }

    /// The row was not written, for what is said about it.
    pub(super) fn rejected(&self, sku: &str) -> Failure {
        let message = format!("The shop did not take it: {}.", self.about(sku));
        Failure {
            request_id: self.request_id.clone(),
            ..Failure::new(FailureKind::Rejected, message)
        }
    }
}

/// Sends rows until the shop lets nothing more through.
#[derive(Debug)]
pub(super) struct Sending<'a> {
    client: &'a Maropost,
    lost: u32,
    halted: Option<Failure>,
}

impl<'a> Sending<'a> {
    /// Nothing was sent yet.
    pub(super) fn new(client: &'a Maropost) -> Self {
        Self {
            client,
            lost: 0,
            halted: None,
        }
    }

    /// Why nothing more is tried, if so.
    pub(super) fn halted(&self) -> Option<&Failure> {
        self.halted.as_ref()
    }

    /// Notes a failure, which may be one after which nothing more is tried.
    pub(super) fn note(&mut self, failure: &Failure) {
        match failure.kind {
            FailureKind::Denied | FailureKind::Later => self.halted = Some(failure.clone()),
            FailureKind::Lost => {
                self.lost += 1;
                if self.lost >= MOST_LOST {
                    let message = "It was not tried: the shop answers nothing any more.";
                    self.halted = Some(Failure::new(FailureKind::Later, message));
                }
            }
            _ => self.lost = 0,
        }
    }

    /// Sends rows; what became of each, in their order. No SKU stands among them twice.
    pub(super) async fn send(&mut self, action: Action, rows: &[Outgoing]) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(rows.len());
        let mut waiting = batches(rows);
        waiting.reverse();
        while let Some(batch) = waiting.pop() {
            if let Some(halted) = &self.halted {
                outcomes.extend(batch.iter().map(|_| Outcome::Failed(halted.clone())));
                continue;
            }
            let sent: Vec<&Json> = batch.iter().map(|row| &row.row).collect();
            let answered = self.client.door.ask(action, &json!({ "Item": sent })).await;
            let failure = match answered {
                Ok(reply) if reply.ack != Ack::Error => {
                    self.lost = 0;
                    outcomes.extend(told(&reply, batch));
                    continue;
                }
                // Nothing of the batch was written.
                Ok(reply) => said(&reply).rejected(&batch[0].sku),
                Err(failure) => failure,
            };
            self.note(&failure);
            if failure.kind == FailureKind::Rejected && batch.len() > 1 {
                let (first, second) = batch.split_at(batch.len() / 2);
                waiting.extend([second, first]);
                continue;
            }
            outcomes.extend(batch.iter().map(|_| Outcome::Failed(failure.clone())));
        }
        outcomes
    }
}

/// Rows in batches that are not too large.
fn batches(rows: &[Outgoing]) -> Vec<&[Outgoing]> {
    let (mut batches, mut rest) = (Vec::new(), rows);
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = |row: &&Outgoing| {
            bytes += row.row.to_string().len();
            bytes <= MOST_BYTES
        };
        let count = rest.iter().take(AT_ONCE).take_while(fits).count().max(1);
        let (batch, behind) = rest.split_at(count);
        batches.push(batch);
        rest = behind;
    }
    batches
}

fn said(reply: &Reply) -> Said {
    Said {
        messages: reply.messages.clone(),
        is_sure: reply.ack == Ack::Success && reply.messages.is_empty(),
        request_id: reply.request_id.clone(),
    }
}

/// What became of each row of an answer: some shops name an item by its SKU alone.
fn told(reply: &Reply, batch: &[Outgoing]) -> Vec<Outcome> {
    let records = reply.records.as_ref().map(each).unwrap_or_default();
    let name = |record: &&Json| match record {
        Json::Object(object) => text(object, "SKU").map(|sku| sku.into_owned()),
        other => scalar(other).map(|sku| sku.into_owned()),
    };
    let named: HashSet<String> = records.iter().filter_map(name).collect();
    let outcome = |row: &Outgoing| match named.contains(&row.sku) {
        true => Outcome::Named(said(reply)),
        false => Outcome::Unnamed(said(reply)),
    };
    batch.iter().map(outcome).collect()
}
