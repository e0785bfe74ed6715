//! `backstock queue` and `failures`: what waits for the shops, and what failed with them.

use backstock::commands::listings::{ListingFilter, ListingInfo};
use domain::channel::LinkState;
use domain::error::Result;
use domain::record::Field;
use serde_json::json;

use super::channels::{all, listings};
use super::output::{Ended, Failure, Printed, table};
use super::session::Session;
use super::time::utc;

/// What waits for each shop: what it is, since when, and why it did not go yet.
pub async fn queue(session: &Session) -> Result<Ended, Failure> {
    let heads = ["Shop", "SKU", "What waits", "Changed", "Why not yet"];
    let row = |listing: &ListingInfo| {
        let since = listing.waits.as_ref().and_then(|waits| waits.since);
        [
            what_waits(listing),
            since.map_or_else(String::new, utc),
            listing.why_not_yet.clone().unwrap_or_default(),
        ]
    };
    told_of_all(session, (ListingFilter::Waiting, "waiting"), heads, row).await
}

/// What failed with each shop, and why.
pub async fn failures(session: &Session) -> Result<Ended, Failure> {
    let heads = ["Shop", "SKU", "Since", "Why", "What to do"];
    let row = |listing: &ListingInfo| match &listing.problem {
        Some(problem) => [
            utc(problem.at),
            problem.message.clone(),
            problem.hint.clone(),
        ],
        None => [const { String::new() }; 3],
    };
    told_of_all(session, (ListingFilter::Failed, "failed"), heads, row).await
}

async fn told_of_all(
    session: &Session,
    (filter, word): (ListingFilter, &str),
    heads: [&str; 5],
    row: impl Fn(&ListingInfo) -> [String; 3],
) -> Result<Ended, Failure> {
    let (mut rows, mut found) = (Vec::new(), Vec::new());
    for channel in all(session).await? {
        let name = channel.record.code().to_owned();
        for listing in listings(session, channel.record.id, filter).await? {
            let record = listing.record.as_ref();
            let sku = record.map_or(listing.sku.as_str(), |record| record.sku.as_str());
            let mut cells = vec![name.clone(), sku.to_owned()];
            cells.extend(row(&listing));
            rows.push(cells);
            found.push(json!({ "channel": name, "listing": listing }));
        }
    }
    let count = rows.len();
    let mut text = table(&heads, rows, &[]);
    text.push_str(&format!("{count} {word}\n"));
    Ok(Ended::Done(Printed::new(json!(found), text)))
}

/// Which fields wait, and where they go.
fn what_waits(listing: &ListingInfo) -> String {
    match (listing.link, &listing.waits) {
        (LinkState::WantedThere, _) => "→ Create it in the shop".to_owned(),
        (LinkState::WantedHere, _) => "← Create it here".to_owned(),
        (_, None) => "No field differs".to_owned(),
        (_, Some(waits)) => {
            let parts = [
                ("→", &waits.to_shop),
                ("←", &waits.to_here),
                ("⇄", &waits.disputed),
            ];
            let parts = parts.into_iter().filter(|(_, fields)| !fields.is_empty());
            let parts: Vec<String> = parts
                .map(|(mark, fields)| format!("{mark} {}", named(fields)))
                .collect();
            parts.join(" ")
        }
    }
}

fn named(fields: &[Field]) -> String {
    let name = |field: &Field| match field.def() {
        Some(def) => def.label.to_owned(),
        None => field.to_string(),
    };
    fields.iter().map(name).collect::<Vec<_>>().join(", ")
}
