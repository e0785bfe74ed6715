//! Changing what is there.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::channel::ShopField;
use domain::record::Value as Held;
use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::calls::{Call, Kind, Outcome, together};
use super::changes::{Changes, options_in};
use super::documents::{METAFIELDS_DELETE, OPTIONS};
use super::fields;
use super::mass::{self, Line};
use super::metafields::{self, Metafields};
use super::pictures::{self, Fetched};
use super::refusal::Complaint;
use super::transport::{Repeat, Transport};
use crate::channel::{ItemUpdate, Written};
use crate::failure::{Answered, Failure, FailureKind};

/// How many mutations are on their way at once: enough that no points lie idle.
pub(super) const AT_ONCE: usize = 4;
/// How many ids a question names, and how many fields are taken away by one request.
const IDS: usize = 250;
/// How often it is looked whether the shop has fetched new pictures.
const LOOKS: u32 = 6;

pub(super) async fn update(
    transport: &Transport,
    own: &Metafields,
    updates: &[ItemUpdate],
) -> Vec<Answered<Written>> {
    let mut results: Vec<Answered<Written>> = vec![Ok(Written::default()); updates.len()];
    let prepared = match prepare(transport, own, (0, updates)).await {
        Ok(prepared) => prepared,
        Err(failure) => return all_failed(results, &failure),
    };
    let calls = prepared.calls;
    add(&mut results, prepared.failed);
    let outcomes = match calls.len() > transport.bulk.updates {
        true => all_at_once(transport, &calls).await,
        false => one_by_one(transport, &calls).await,
    };
    add(&mut results, outcomes);
    add(&mut results, remove(transport, prepared.removed).await);
    settle(transport, &calls, &mut results).await;
    results
}

/// What updates come to.
pub(super) struct Prepared {
    /// The mutations.
    pub(super) calls: Vec<Call>,
    /// The merchant's fields that are taken away: of which update, product, and key.
    pub(super) removed: Vec<(usize, String, String)>,
    /// What cannot be sent at all.
    pub(super) failed: Vec<Outcome>,
}

/// Sorts updates into mutations; the first one has this number.
pub(super) async fn prepare(
    transport: &Transport,
    own: &Metafields,
    (first, updates): (usize, &[ItemUpdate]),
) -> Answered<Prepared> {
    let mut failed = Vec::new();
    let mut changes = Changes::default();
    for (place, update) in updates.iter().enumerate() {
        if let Err(failure) = changes.add(first + place, update, own) {
            failed.push((first + place, Err(failure)));
        }
    }
    let removed = changes.removed();
    let media = pictures::media(transport, &changes.with_pictures()).await?;
    let options = options(transport, &changes.with_options()).await?;
    let (calls, unmade) = changes.calls(&media, &options);
    let unmade = unmade.into_iter();
    failed.extend(unmade.map(|(place, failure)| (place, Err(failure))));
    Ok(Prepared {
        calls,
        removed,
        failed,
    })
}

fn add(results: &mut [Answered<Written>], outcomes: impl IntoIterator<Item = Outcome>) {
    for (place, outcome) in outcomes {
        if let Some(result) = results.get_mut(place) {
            let before = std::mem::replace(result, Ok(Written::default()));
            *result = together(before, outcome);
        }
    }
}

fn all_failed(mut results: Vec<Answered<Written>>, failure: &Failure) -> Vec<Answered<Written>> {
    for result in &mut results {
        if result.is_ok() {
            *result = Err(failure.clone());
        }
    }
    results
}

async fn options(
    transport: &Transport,
    variants: &[String],
) -> Answered<HashMap<String, Vec<Value>>> {
    let mut options = HashMap::new();
    for ids in variants.chunks(IDS) {
        let asked = transport.ask(OPTIONS, json!({"ids": ids}), Repeat::Question);
        options.extend(options_in(&asked.await?.data));
    }
    Ok(options)
}

/// Makes mutations by requests of their own, one kind after the other, so that two about one product are
/// not on their way at once.
async fn one_by_one(transport: &Transport, calls: &[Call]) -> Vec<Outcome> {
    let stopped = OnceLock::new();
    let mut outcomes = Vec::new();
    for kind in [Kind::Product, Kind::Files, Kind::Variants] {
        // What is sent stands in a list before it is: a stream over closures cannot change threads.
        let mut sent = Vec::new();
        for call in calls {
            if call.kind == kind {
                sent.push(send(transport, call, &stopped));
            }
        }
        let mut told = futures_util::stream::iter(sent).buffered(AT_ONCE);
        while let Some(told) = told.next().await {
            outcomes.extend(told);
        }
    }
    outcomes
}

/// Makes mutations by bulk operations.
async fn all_at_once(transport: &Transport, calls: &[Call]) -> Vec<Outcome> {
    let line = |call| Line {
        document: Call::document(call),
        variables: &call.variables,
    };
    let lines: Vec<Line<'_>> = calls.iter().map(line).collect();
    let mut outcomes = Vec::new();
    let mut hear = |place: usize, answer: Answered<&Value>| {
        outcomes.extend(match answer {
            Ok(data) => calls[place].told(data, None),
            Err(failure) => calls[place].failed(&failure),
        });
    };
    mass::run(transport, &lines, &mut hear).await;
    outcomes
}

async fn send(transport: &Transport, call: &Call, stopped: &OnceLock<Failure>) -> Vec<Outcome> {
    if let Some(failure) = stopped.get() {
        return call.failed(failure);
    }
    let asked = transport.ask(call.document(), call.variables.clone(), Repeat::Once);
    match asked.await {
        Ok(said) => call.told(&said.data, said.request_id.as_deref()),
        Err(unsaid) => {
            let failure = unsaid.failure;
            if matches!(failure.kind, FailureKind::Denied | FailureKind::Later) {
                // What keeps one out keeps all out.
                let _ = stopped.set(failure.clone());
            }
            call.failed(&failure)
        }
    }
}

/// Takes fields of the merchant's away.
pub(super) async fn remove(
    transport: &Transport,
    removed: Vec<(usize, String, String)>,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for part in removed.chunks(IDS) {
        let name = |(_, product, key): &(usize, String, String)| {
            let (namespace, key) = metafields::parts(key);
            json!({"ownerId": product, "namespace": namespace, "key": key})
        };
        let named: Vec<Value> = part.iter().map(name).collect();
        let variables = json!({"metafields": named});
        let asked = transport.ask(METAFIELDS_DELETE, variables, Repeat::Once);
        let outcome = match asked.await {
            Err(unsaid) => Err(unsaid.failure),
            Ok(said) => {
                let errors = Complaint::all(&said.data["metafieldsDelete"]["userErrors"]);
                match errors.first() {
                    Some(complaint) => Err(complaint.failure()),
                    None => Ok(Written::default()),
                }
            }
        };
        outcomes.extend(part.iter().map(|(place, _, _)| (*place, outcome.clone())));
    }
    outcomes
}

/// Waits a while until the shop has fetched new pictures, and says where they lie then.
async fn settle(transport: &Transport, calls: &[Call], results: &mut [Answered<Written>]) {
    let is_done = |place: usize| results.get(place).is_some_and(Result::is_ok);
    let mut waiting: HashMap<String, usize> = calls
        .iter()
        .filter(|call| call.kind == Kind::Files)
        .flat_map(|call| &call.parts)
        .filter(|part| is_done(part.update))
        .map(|part| (part.id.clone(), part.update))
        .collect();
    for look in 0..LOOKS {
        // Very many are not waited for: what was sent holds until they are read again.
        if waiting.is_empty() || waiting.len() > pictures::AT_ONCE {
            return;
        }
        tokio::time::sleep(transport.pace.look(look)).await;
        let ids: Vec<String> = waiting.keys().cloned().collect();
        let Ok(media) = pictures::media(transport, &ids).await else {
            return;
        };
        for (id, media) in media {
            let Fetched::Settled(there, failed) = pictures::fetched(&media) else {
                continue;
            };
            if let Some(Ok(written)) = waiting.remove(&id).and_then(|place| results.get_mut(place))
            {
                say_pictures(written, there, failed);
            }
        }
    }
    for place in waiting.into_values() {
        if let Some(Ok(written)) = results.get_mut(place) {
            let warning = "Shopify is still fetching the pictures.";
            written.warnings.push(warning.to_owned());
        }
    }
}

fn say_pictures(written: &mut Written, there: Vec<String>, failed: usize) {
    let mut there = there.into_iter();
    let main = there.next().map_or(Held::Empty, Held::Text);
    let others = Held::images(there.collect::<Vec<_>>());
    let values = [(fields::MAIN_IMAGE, main), (fields::OTHER_IMAGES, others)];
    let values = values.map(|(key, value)| (ShopField::new(key), value));
    written.values.extend(values);
    if failed > 0 {
        let warning = format!("Shopify could not fetch {failed} of the pictures.");
        written.warnings.push(warning);
    }
}
