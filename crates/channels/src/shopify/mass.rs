//! Many mutations at once, by bulk operations: their variables are uploaded as one file, and their
//! results fetched as another, each line telling of which it is the result.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::bulk_result::BulkResult;
use super::calls::unsaid;
use super::documents::{Document, OPERATIONS, RUN_MUTATION, STAGE};
use super::json::{broken, text};
use super::refusal::Complaint;
use super::spool::Spool;
use super::transport::{Repeat, Transport};
use super::upload::upload;
use crate::failure::{Answered, Failure, FailureKind};

/// The largest file of variables, in bytes. The shop takes 100 MB.
const LARGEST: u64 = 90_000_000;
/// How many bulk operations run at once.
const AT_ONCE: usize = 5;
/// How often it is tried to start one while others run.
const STARTS: u32 = 12;
/// How often in a row it may fail to look how they fare.
const UNANSWERED: u32 = 5;

/// A mutation that is to be made.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) document: Document,
    pub(super) variables: &'a Value,
}

/// Who hears what became of each: its place among the lines, and the data of its answer.
pub(super) type Hear<'a> = &'a mut (dyn FnMut(usize, Answered<&Value>) + Send);

/// Mutations that are to be made, sorted into bulk operations.
#[derive(Debug, Default)]
pub(super) struct Batches {
    full: Vec<Batch>,
    open: Vec<Batch>,
}

/// The mutations of one bulk operation.
#[derive(Debug)]
pub(super) struct Batch {
    document: Document,
    /// Their places among all of them.
    places: Vec<usize>,
    file: Spool,
}

/// A bulk operation that was started, or why it was not.
struct Started {
    places: Vec<usize>,
    id: Answered<String>,
}

impl Batches {
    /// Adds a mutation at this place among all of them.
    pub(super) fn add(&mut self, place: usize, line: Line<'_>) -> Answered<()> {
        let text = line.variables.to_string();
        let mut open = self.open.iter();
        let open = open.position(|batch| batch.document == line.document);
        let at = match open {
            Some(at) if self.open[at].file.bytes() + (text.len() as u64) < LARGEST => at,
            at => {
                let file = Spool::new()?;
                self.full.extend(at.map(|at| self.open.swap_remove(at)));
                self.open.push(Batch {
                    document: line.document,
                    places: Vec::new(),
                    file,
                });
                self.open.len() - 1
            }
        };
        self.open[at].file.push(text.as_bytes())?;
        self.open[at].places.push(place);
        Ok(())
    }

    /// Those that run at once next; none when all ran.
    pub(super) fn next(&mut self) -> Vec<Batch> {
        self.full.append(&mut self.open);
        let next = self.full.len().min(AT_ONCE);
        self.full.drain(..next).collect()
    }
}

/// Makes mutations by bulk operations. Each is heard of once.
pub(super) async fn run(transport: &Transport, lines: &[Line<'_>], hear: Hear<'_>) {
    let mut batches = Batches::default();
    for (place, line) in lines.iter().enumerate() {
        if let Err(failure) = batches.add(place, *line) {
            hear(place, Err(failure));
        }
    }
    loop {
        let next = batches.next();
        if next.is_empty() {
            return;
        }
        for mut result in run_together(transport, next).await {
            while result.tell(lines.len(), hear) {}
        }
    }
}

/// Runs bulk operations beside each other; what they came to.
pub(super) async fn run_together(
    transport: &Transport,
    mut batches: Vec<Batch>,
) -> Vec<BulkResult> {
    let targets = match stage(transport, &batches).await {
        Ok(targets) => targets,
        Err(failure) => {
            let failed = |batch: Batch| BulkResult::failed(batch.places, failure.clone());
            return batches.into_iter().map(failed).collect();
        }
    };
    let mut all = Vec::new();
    for (batch, target) in batches.iter_mut().zip(targets) {
        let places = std::mem::take(&mut batch.places);
        let id = start(transport, batch.document, &mut batch.file, &target).await;
        all.push(Started { places, id });
    }
    drop(batches);
    let started: Vec<&str> = all
        .iter()
        .filter_map(|one| Some(one.id.as_ref().ok()?.as_str()))
        .collect();
    let ended = wait(transport, &started).await;
    let mut results = Vec::new();
    for Started { places, id } in all {
        results.push(match id {
            Ok(id) => BulkResult::of(transport, ended.get(&id), places).await,
            Err(failure) => BulkResult::failed(places, failure),
        });
    }
    results
}

async fn stage(transport: &Transport, batches: &[Batch]) -> Answered<Vec<Value>> {
    let input = |(place, batch): (usize, &Batch)| {
        json!({
            "resource": "BULK_MUTATION_VARIABLES",
            "filename": format!("changes-{place}.jsonl"),
            "mimeType": "text/jsonl",
            "httpMethod": "POST",
            "fileSize": batch.file.bytes().to_string(),
        })
    };
    let input: Vec<Value> = batches.iter().enumerate().map(input).collect();
    // A place for a file that is never sent does no harm.
    let asked = transport.ask(STAGE, json!({"input": input}), Repeat::Question);
    let mut data = asked.await?.data;
    let payload = &mut data["stagedUploadsCreate"];
    if let Some(complaint) = Complaint::all(&payload["userErrors"]).first() {
        return Err(complaint.failure());
    }
    match payload["stagedTargets"].take() {
        Value::Array(targets) if targets.len() == batches.len() => Ok(targets),
        _ => Err(broken("places for files")),
    }
}

/// Uploads the variables and starts the operation; its id.
async fn start(
    transport: &Transport,
    document: Document,
    file: &mut Spool,
    target: &Value,
) -> Answered<String> {
    let path = upload(transport, file, target).await?;
    let mutation = document.text;
    for number in 0..STARTS {
        let variables = json!({"mutation": mutation, "path": path});
        let asked = transport.ask(RUN_MUTATION, variables, Repeat::Once);
        let data = asked.await?.data;
        let run = &data["bulkOperationRunMutation"];
        let complaints = Complaint::all(&run["userErrors"]);
        let Some(complaint) = complaints.first() else {
            let id = text(&run["bulkOperation"], "id");
            return match id.is_empty() {
                true => Err(unsaid()),
                false => Ok(id.to_owned()),
            };
        };
        if !matches!(
            complaint.code.as_str(),
            "OPERATION_IN_PROGRESS" | "LIMIT_REACHED"
        ) {
            return Err(complaint.failure());
        }
        tokio::time::sleep(transport.pace.look(number)).await;
    }
    let message = "Shopify is busy with other bulk operations.";
    Err(Failure::new(FailureKind::Later, message))
}

/// Waits until all of them ended, or until it cannot be known.
pub(super) async fn wait(transport: &Transport, started: &[&str]) -> HashMap<String, Value> {
    let mut ended = HashMap::new();
    let (mut number, mut unanswered) = (0, 0);
    loop {
        let open: Vec<&str> = started
            .iter()
            .copied()
            .filter(|id| !ended.contains_key(*id))
            .collect();
        let Some(first) = open.first() else {
            return ended;
        };
        tokio::time::sleep(transport.pace.look(number)).await;
        number += 1;
        let id = |place: usize| open.get(place).unwrap_or(first);
        let variables =
            json!({"one": id(0), "two": id(1), "three": id(2), "four": id(3), "five": id(4)});
        let asked = transport.ask(OPERATIONS, variables, Repeat::Question);
        let said = match asked.await {
            Ok(said) => said,
            Err(unsaid) if unsaid.failure.kind == FailureKind::Later && unanswered < UNANSWERED => {
                unanswered += 1;
                continue;
            }
            Err(_) => return ended,
        };
        unanswered = 0;
        let Some(operations) = said.data.as_object() else {
            return ended;
        };
        let mut known = false;
        for operation in operations.values().filter(|one| one.is_object()) {
            known = true;
            if !is_open(text(operation, "status")) {
                ended.insert(text(operation, "id").to_owned(), operation.clone());
            }
        }
        if !known {
            return ended;
        }
    }
}

fn is_open(status: &str) -> bool {
    !matches!(status, "COMPLETED" | "CANCELED" | "FAILED" | "EXPIRED")
}
