//! Many mutations at once, by bulk operations: their variables are uploaded as one file, and their
//! results fetched as another, each line telling of which it is the result.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};

use serde_json::{Value, json};

use super::calls::unsaid;
use super::documents::{Document, OPERATIONS, RUN_MUTATION, STAGE};
use super::download::download;
use super::json::{broken, text};
use super::refusal::{self, Complaint, Why};
use super::transport::{Repeat, Transport};
use super::upload::upload;
use crate::failure::{Answered, Failure, FailureKind};

/// The largest file of variables. The shop takes 100 MB, and memory is to stay flat.
const LARGEST: usize = 25_000_000;
/// How many bulk operations run at once.
const AT_ONCE: usize = 5;
/// How often it is tried to start one while others run.
const STARTS: u32 = 12;
/// How often in a row it may fail to look how they fare.
const UNANSWERED: u32 = 5;
/// The longest line of a result.
const LONGEST: u64 = 128 << 20;

/// A mutation that is to be made.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) document: Document,
    pub(super) variables: &'a Value,
}

/// Who hears what became of each: its place among the lines, and the data of its answer.
pub(super) type Hear<'a> = &'a mut (dyn FnMut(usize, Answered<&Value>) + Send);

/// The mutations of one bulk operation.
struct Batch {
    document: Document,
    /// Their places among all of them.
    places: Vec<usize>,
    file: Vec<u8>,
}

/// A bulk operation that was started.
struct Started {
    id: String,
    places: Vec<usize>,
}

/// Makes mutations by bulk operations. Each is heard of once.
pub(super) async fn run(transport: &Transport, lines: &[Line<'_>], hear: Hear<'_>) {
    let mut batches = batches(lines);
    while !batches.is_empty() {
        let rest = batches.split_off(batches.len().min(AT_ONCE));
        run_some(transport, batches, hear).await;
        batches = rest;
    }
}

fn batches(lines: &[Line<'_>]) -> Vec<Batch> {
    let mut full: Vec<Batch> = Vec::new();
    let mut open: Vec<Batch> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let text = line.variables.to_string();
        let at = open
            .iter()
            .position(|batch| batch.document == line.document);
        let at = match at {
            Some(at) if open[at].file.len() + text.len() < LARGEST => at,
            at => {
                full.extend(at.map(|at| open.swap_remove(at)));
                open.push(Batch {
                    document: line.document,
                    places: Vec::new(),
                    file: Vec::new(),
                });
                open.len() - 1
            }
        };
        open[at].file.extend_from_slice(text.as_bytes());
        open[at].file.push(b'\n');
        open[at].places.push(place);
    }
    full.extend(open);
    full
}

async fn run_some(transport: &Transport, batches: Vec<Batch>, hear: Hear<'_>) {
    let mut fail = |places: &[usize], failure: &Failure| {
        for place in places {
            hear(*place, Err(failure.clone()));
        }
    };
    let targets = match stage(transport, &batches).await {
        Ok(targets) => targets,
        Err(failure) => {
            return batches
                .iter()
                .for_each(|batch| fail(&batch.places, &failure));
        }
    };
    let mut started = Vec::new();
    for (batch, target) in batches.into_iter().zip(targets) {
        let Batch {
            document,
            places,
            file,
        } = batch;
        match start(transport, document, file, &target).await {
            Ok(id) => started.push(Started { id, places }),
            Err(failure) => fail(&places, &failure),
        }
    }
    let ended = wait(transport, &started).await;
    for one in started {
        let operation = ended.get(&one.id);
        let mut said = vec![false; one.places.len()];
        let read = results(transport, operation, (&one.places, &mut said), hear).await;
        // What the result says nothing of is not known.
        let failure = read.err().unwrap_or_else(lost);
        for (place, said) in one.places.iter().zip(said) {
            if !said {
                hear(*place, Err(failure.clone()));
            }
        }
    }
}

async fn stage(transport: &Transport, batches: &[Batch]) -> Answered<Vec<Value>> {
    let input = |(place, batch): (usize, &Batch)| {
        json!({
            "resource": "BULK_MUTATION_VARIABLES",
            "filename": format!("changes-{place}.jsonl"),
            "mimeType": "text/jsonl",
            "httpMethod": "POST",
            "fileSize": batch.file.len().to_string(),
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
    file: Vec<u8>,
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
async fn wait(transport: &Transport, started: &[Started]) -> HashMap<String, Value> {
    let mut ended = HashMap::new();
    let (mut number, mut unanswered) = (0, 0);
    loop {
        let open: Vec<&str> = started
            .iter()
            .map(|one| one.id.as_str())
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

/// Says what the lines of a result say, and marks what was said.
async fn results(
    transport: &Transport,
    operation: Option<&Value>,
    (places, said): (&[usize], &mut [bool]),
    hear: Hear<'_>,
) -> Answered<()> {
    let operation = operation.ok_or_else(lost)?;
    let url = operation["url"]
        .as_str()
        .or_else(|| operation["partialDataUrl"].as_str());
    let Some(url) = url else {
        return Ok(());
    };
    let file = download(transport, url).await.map_err(|_| lost())?;
    let mut lines = Lines::new(file)?;
    while let Some(line) = lines.next()? {
        let number = line["__lineNumber"].as_u64();
        let number = number.and_then(|number| usize::try_from(number).ok());
        let Some((number, place)) = number.and_then(|number| Some((number, places.get(number)?)))
        else {
            continue;
        };
        if !std::mem::replace(&mut said[number], true) {
            hear(*place, of_line(&line));
        }
    }
    Ok(())
}

fn of_line(line: &Value) -> Answered<&Value> {
    if line["errors"].is_null() {
        return Ok(&line["data"]);
    }
    let (why, failure) = refusal::of_errors(&line["errors"]);
    if why != Why::Down && !refusal::is_done_in_part(&line["data"]) {
        return Err(failure);
    }
    Err(Failure {
        kind: FailureKind::Lost,
        ..failure
    })
}

fn lost() -> Failure {
    let message = "Shopify's bulk operation does not tell what became of it.";
    Failure::new(FailureKind::Lost, message)
}

/// The lines of a result.
struct Lines(BufReader<File>, Vec<u8>);

impl Lines {
    fn new(file: File) -> Answered<Self> {
        let mut reader = BufReader::with_capacity(1 << 20, file);
        reader.seek(SeekFrom::Start(0)).map_err(|_| lost())?;
        Ok(Self(reader, Vec::new()))
    }

    fn next(&mut self) -> Answered<Option<Value>> {
        loop {
            self.1.clear();
            let mut limited = self.0.by_ref().take(LONGEST);
            let read = limited.read_until(b'\n', &mut self.1);
            match read.map_err(|_| lost())? {
                0 => return Ok(None),
                _ if self.1.iter().all(u8::is_ascii_whitespace) => {}
                // A line that cannot be read says nothing: its mutation is lost.
                _ => {
                    if let Ok(line) = serde_json::from_slice(&self.1) {
                        return Ok(Some(line));
                    }
                }
            }
        }
    }
}
