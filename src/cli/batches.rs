//! `backstock batches`: what was applied.

use backstock::commands::batches::{BatchPage, ListBatches};
use domain::error::Result;
use domain::plan::Batch;
use serde_json::json;

use super::args::Batches;
use super::output::{Ended, Failure, Printed, table};
use super::session::Session;
use super::time::utc;

/// Lists batches, the latest first.
pub async fn run(session: &Session, args: &Batches) -> Result<Ended, Failure> {
    let request = ListBatches {
        origins: None,
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
        "Created",
        "Updated",
        "Rejected",
        "Undone by",
    ];
    let mut text = table(&head, page.rows.iter().map(row).collect(), &[6, 7, 8]);
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
        word(json!(batch.state)),
        batch.counts.created.to_string(),
        batch.counts.updated.to_string(),
        batch.counts.rejected.to_string(),
        batch.undone_by.map(|id| id.to_string()).unwrap_or_default(),
    ]
}
