//! `backstock batches`: what was applied.

use backstock::commands::batches::{BatchPage, ListBatches};
use domain::error::Result;
use domain::plan::{Batch, BatchState};
use serde_json::json;

use super::args::Batches;
use super::output::{Ended, Failure, Printed, table};
use super::session::Session;
use super::time::utc;

/// Lists batches, the latest first.
pub async fn run(session: &Session, args: &Batches) -> Result<Ended, Failure> {
    let request = ListBatches {
        filter: None,
        sort: None,
        ascending: None,
        offset: args.offset,
        limit: args.limit,
    };
    let page: BatchPage = session.call("batches.list", &request).await?;
    let head = [
        "Batch",
        "Started",
        "Origin",
        "What",
        "Who",
        "State",
        "Result",
        "Undone by",
    ];
    let mut text = table(&head, page.rows.iter().map(row).collect(), &[]);
    text.push_str(&format!("{} of {} batches\n", page.rows.len(), page.total));
    Ok(Ended::Done(Printed::new(json!(page), text)))
}

fn row(batch: &Batch) -> Vec<String> {
    let word = |json: serde_json::Value| json.as_str().unwrap_or_default().replace('_', " ");
    vec![
        batch.id.to_string(),
        utc(batch.started_at),
        word(json!(batch.origin)),
        batch.title.clone(),
        batch.person.clone(),
        state(batch.state).to_owned(),
        result(batch),
        batch.undone_by.map(|id| id.to_string()).unwrap_or_default(),
    ]
}

/// How a batch stands, as the window says it.
const fn state(state: BatchState) -> &'static str {
    match state {
        BatchState::Running => "running",
        BatchState::Done => "done",
        BatchState::Cancelled => "stopped",
        BatchState::Failed => "failed",
    }
}

/// What a batch did, such as "2 created, 1 moved to the trash".
fn result(batch: &Batch) -> String {
    let told = batch.sums.iter().filter(|sum| sum.count > 0);
    let told: Vec<String> = told
        .map(|sum| format!("{} {}", sum.count, sum.words))
        .collect();
    told.join(", ")
}
