//! The client: one shop, opened.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use super::door::{Action, Door};
use super::envelope::{Ack, Reply};
use super::loose::{Object, each};
use super::pace::{RealTime, Time};
use super::plan::{OrderPlan, Plan};
use super::tree::Tree;
use crate::exchange::ExchangeLog;
use crate::failure::{Answered, Failure, FailureKind};
use crate::http::{Http, Patience};

/// A shop of Maropost Commerce Cloud.
pub struct Maropost {
    pub(super) door: Door,
    pub(super) memory: Mutex<Memory>,
}

/// What is remembered of the shop while it is open.
#[derive(Default)]
pub(super) struct Memory {
    /// Its categories, where they may be read, and when they were.
    pub(super) tree: Option<(Duration, Option<Arc<Tree>>)>,
    /// The groups with prices of their own that were seen, their ids by their names.
    pub(super) groups: Arc<BTreeMap<String, String>>,
    /// How many minutes the shop's zone was ahead of UTC when an item was changed that was read.
    pub(super) ahead: Option<i32>,
    /// The reading that is going on.
    pub(super) plan: Option<Arc<Plan>>,
    /// The reading of orders that is going on.
    pub(super) order_plan: Option<Arc<OrderPlan>>,
}

impl fmt::Debug for Maropost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Maropost").field(&self.door).finish()
    }
}

/// What a client may be told besides the way to the shop.
pub struct Options {
    /// Who keeps the log of exchanges.
    pub log: ExchangeLog,
    /// How long an exchange may take.
    pub patience: Patience,
    /// By what time it goes.
    pub time: Arc<dyn Time>,
}

impl Options {
    /// The usual ones, with this log.
    pub fn logged(log: ExchangeLog) -> Self {
        Self {
            log,
            patience: Patience::default(),
            time: Arc::new(RealTime::default()),
        }
    }
}

impl Maropost {
    /// Opens the shop at `address` by a key. A key that belongs to a user needs their name; for the key
    /// of the shop it is empty. Nothing is asked yet.
    pub fn open(
        address: &str,
        key: Zeroizing<String>,
        username: &str,
        log: ExchangeLog,
    ) -> Answered<Self> {
        Self::open_with(address, key, username, Options::logged(log))
    }

    /// The same with other options than the usual ones.
    pub fn open_with(
        address: &str,
        key: Zeroizing<String>,
        username: &str,
        options: Options,
    ) -> Answered<Self> {
        let http = Http::new(options.patience, options.log)?;
        Ok(Self {
            door: Door::new(address, key, username, http, options.time)?,
            memory: Mutex::default(),
        })
    }

    /// What is remembered. It is held only as long as one expression takes.
    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for records. A list that is missing or comes with a complaint is a failure and never an
    /// empty one.
    pub(super) async fn find(&self, action: Action, filter: Json) -> Answered<Found> {
        let reply = self.door.ask(action, &json!({ "Filter": filter })).await?;
        found(action, reply)
    }

    /// Asks for the records of a filter page by page and hands each page on. It ends with a page of which
    /// nothing was new, as `take` says: a short page is not the last one for certain.
    pub(super) async fn pages(
        &self,
        action: Action,
        filter: &Object,
        limit: usize,
        mut take: impl FnMut(Found) -> Answered<bool> + Send,
    ) -> Answered<()> {
        for page in 0..MOST_PAGES {
            let mut filter = filter.clone();
            filter.insert("Page".to_owned(), json!(page));
            filter.insert("Limit".to_owned(), json!(limit));
            let found = self.find(action, Json::Object(filter)).await?;
            if !take(found)? {
                return Ok(());
            }
        }
        let message = "The shop's list has no end.";
        Err(Failure::new(FailureKind::Broken, message))
    }
}

/// So many pages are the most: more than the largest shop has.
const MOST_PAGES: usize = 100_000;

/// What was found.
#[derive(Debug)]
pub(super) struct Found {
    /// The records.
    pub(super) records: Vec<Object>,
    /// The answer without them.
    pub(super) reply: Reply,
}

fn found(action: Action, mut reply: Reply) -> Answered<Found> {
    let unsure = |message: String| Failure {
        request_id: reply.request_id.clone(),
        ..Failure::new(FailureKind::Broken, message)
    };
    if reply.ack != Ack::Success {
        let (name, words) = (action.name, reply.words());
        return Err(unsure(format!("The shop does not answer {name}: {words}.")));
    }
    let Some(records) = &reply.records else {
        let message = "The shop's answer lacks what was asked for.".to_owned();
        return Err(unsure(message));
    };
    let count = each(records).len();
    let records = owned(reply.records.take());
    if records.len() < count {
        let message = "The shop's answer holds something else than records.".to_owned();
        return Err(unsure(message));
    }
    Ok(Found { records, reply })
}

/// The records of an answer, each once as an object.
fn owned(records: Option<Json>) -> Vec<Object> {
    let object = |one: Json| match one {
        Json::Object(object) => Some(object),
        _ => None,
    };
    match records {
        Some(Json::Array(all)) => all.into_iter().filter_map(object).collect(),
        one => one.and_then(object).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Action, Reply, found};
    use crate::failure::FailureKind;

    #[test]
    fn a_list_that_is_missing_or_comes_with_a_complaint_is_never_an_empty_one() {
        for body in [
            json!({"Ack": "Success"}),
            json!({"Ack": "Success", "Item": ["plain"]}),
            json!({"Ack": "Success", "Item": "plain"}),
            json!({"Ack": "Success", "Item": [{"SKU": "A"}, 7]}),
            json!({"Ack": "Warning", "Item": [], "Messages": {"Warning": {"Message": "Some were left out"}}}),
            json!({"Ack": "Error", "Item": "", "Messages": [{"Error": {"Message": "JSON Error"}}]}),
        ] {
            let reply = Reply::read(&body.to_string(), "Item").unwrap();
            let failure = found(Action::GET_ITEM, reply).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Broken, "{body}");
        }
        for (items, count) in [
            (json!([]), 0),
            (json!(""), 0),
            (json!([""]), 0),
            (json!({"SKU": "A"}), 1),
            (json!([{"SKU": "A"}]), 1),
        ] {
            let body = json!({"Ack": "success", "Item": items}).to_string();
            let reply = Reply::read(&body, "Item").unwrap();
            assert_eq!(
                found(Action::GET_ITEM, reply).unwrap().records.len(),
                count,
                "{items}"
            );
        }
    }
}
