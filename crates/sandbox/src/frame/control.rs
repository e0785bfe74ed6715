//! The addresses below `/practice/`, by which a practice shop itself is looked at and changed. They
//! are no part of the platform, meet no faults and are not counted.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::faults::{Aim, Chance};
use super::message::{Reply, Request};
use super::shared::Shared;
use super::shop::Shop;

/// How many of the last requests are shown.
const SHOWN: usize = 200;

/// The answer to a request below `/practice`; nothing for any other one.
pub(crate) fn answer<S: Shop>(shared: &Shared<S>, request: &Request) -> Option<Reply> {
    let path = request.path.strip_prefix("/practice")?;
    if !path.is_empty() && !path.starts_with('/') {
        return None;
    }
    let path = path.trim_matches('/');
    let done = match (request.method.as_str(), path) {
        ("GET", "") => Ok(about(shared)),
        ("GET", "journal") => Ok(journal(shared)),
        ("DELETE", "journal") => {
            shared.journal().forget();
            Ok(journal(shared))
        }
        ("GET", "faults") => Ok(faults(shared)),
        ("POST", "faults") => read(request)
            .map(|aims: OneOrMany<Aim>| {
                let mut faults = shared.faults();
                aims.into_vec().into_iter().for_each(|aim| faults.aim(aim));
            })
            .map(|()| faults(shared)),
        ("POST", "chance") => read(request).map(|chance: Chance| {
            shared.faults().by_chance(chance);
            faults(shared)
        }),
        ("DELETE", "faults") => {
            shared.faults().clear();
            Ok(faults(shared))
        }
        ("GET", "clock") => Ok(clock(shared)),
        ("POST", "clock") => read(request).map(|by: Advance| {
            shared.clock.advance(by.millis);
            clock(shared)
        }),
        ("POST", "edits") => read(request).and_then(|edits| edit(shared, edits)),
        ("POST", "edits/chance") => read(request)
            .map(|by: ByChance| json!({"made": shared.edit_by_chance(by.seed, by.count)})),
        _ => return Some(other(shared, path, request)),
    };
    Some(match done {
        Ok(value) => Reply::json(200, &value),
        Err(why) => Reply::json(422, &json!({"error": why})),
    })
}

/// How far the clock is moved.
#[derive(Deserialize)]
struct Advance {
    millis: i64,
}

/// Edits by chance.
#[derive(Deserialize)]
struct ByChance {
    seed: u64,
    count: u32,
}

/// One thing, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            Self::Many(many) => many,
            Self::One(one) => vec![one],
        }
    }
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, String> {
    serde_json::from_slice(&request.body).map_err(|why| {
        format!(
            "The body of {} {} is not what it must be: {why}.",
            request.method, request.path
        )
    })
}

fn edit<S: Shop>(shared: &Shared<S>, edits: OneOrMany<super::edit::Edit>) -> Result<Value, String> {
    let edits = edits.into_vec();
    for (place, edit) in edits.iter().enumerate() {
        shared
            .edit(edit)
            .map_err(|why| format!("{why} ({place} edits before it were made.)"))?;
    }
    Ok(json!({"made": edits}))
}

fn about<S: Shop>(shared: &Shared<S>) -> Value {
    let shop = shared.shop();
    json!({
        "platform": shop.platform(),
        "url": shared.origin,
        "now": shared.clock.now().rfc3339(),
        "shop": shop.about(),
    })
}

fn journal<S: Shop>(shared: &Shared<S>) -> Value {
    let journal = shared.journal();
    let mut recent: Vec<_> = journal.recent().rev().take(SHOWN).collect();
    recent.reverse();
    json!({"all": journal.all(), "operations": journal.totals(), "recent": recent})
}

fn faults<S: Shop>(shared: &Shared<S>) -> Value {
    let faults = shared.faults();
    json!({"to_come": faults.aims(), "chance": faults.chance(), "happened": faults.happened()})
}

fn clock<S: Shop>(shared: &Shared<S>) -> Value {
    let now = shared.clock.now();
    json!({"now": now.rfc3339(), "millis": now})
}

fn other<S: Shop>(shared: &Shared<S>, path: &str, request: &Request) -> Reply {
    let now = shared.clock.now();
    let known = shared.shop().control(path, request, now);
    known.unwrap_or_else(|| {
        let why = format!(
            "A practice shop has no {} /practice/{path}. See docs/practice-shops.md.",
            request.method
        );
        Reply::json(404, &json!({"error": why}))
    })
}
