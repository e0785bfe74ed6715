//! Bulk operations as they are started, looked at and stopped.

use super::super::engine::{Args, Context, Key, Kinds, Refusal, Thing, Val, gid, page};
use super::super::store::{BulkJob, BulkState};
use super::bulk_rows;
use super::complaint::{Complaint, payload};
use crate::frame::Moment;

/// How many run at once, of either sort.
const AT_ONCE: usize = 5;
/// How long one waits and runs at least, in milliseconds.
const TAKES: i64 = 3000;
/// The largest file of variables, in bytes.
const LARGEST_INPUT: usize = 100 << 20;

/// The mutations that may be run in bulk.
const ALLOWED: [&str; 14] = [
    "productSet",
    "productCreate",
    "productUpdate",
    "productDelete",
    "productVariantsBulkCreate",
    "productVariantsBulkUpdate",
    "productVariantsBulkDelete",
    "productOptionsCreate",
    "productOptionUpdate",
    "inventoryItemUpdate",
    "metafieldsSet",
    "publishablePublish",
    "tagsAdd",
    "tagsRemove",
];

/// `bulkOperationRunQuery`.
pub(super) fn run_query(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = ("BulkOperationRunQueryPayload", "BulkOperationUserError");
    if args.flag("groupObjects").unwrap_or_default() {
        return Err(Refusal::unknown_here("bulk queries with groupObjects"));
    }
    let query = args.text("query").unwrap_or_default();
    let complaint = match bulk_rows::check_query(query) {
        Err(message) => Some(Complaint::new("INVALID", &["query"], message)),
        Ok(()) => busy(context, false)
            .map(|message| Complaint::new("OPERATION_IN_PROGRESS", &[], message)),
    };
    Ok(start(context, KINDS, complaint, (query, None)))
}

/// `bulkOperationRunMutation`.
pub(super) fn run_mutation(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = ("BulkOperationRunMutationPayload", "BulkMutationUserError");
    let mutation = args.text("mutation").unwrap_or_default();
    let key = args.text("stagedUploadPath").unwrap_or_default();
    let input = context.state().uploads.get(key).and_then(|upload| {
        (upload.resource == "BULK_MUTATION_VARIABLES")
            .then(|| upload.content.clone())
            .flatten()
    });
    let complaint = check_mutation(mutation).or_else(|| match &input {
        None => {
            let message = "The JSONL file could not be found. Try uploading the file again, and check that you've entered the URL correctly for the stagedUploadPath mutation argument.";
            Some(Complaint::new("NO_SUCH_FILE", &["stagedUploadPath"], message))
        }
        Some(content) if content.iter().all(u8::is_ascii_whitespace) => {
            Some(Complaint::new("INVALID_STAGED_UPLOAD_FILE", &[], "The input file is empty."))
        }
        Some(content) if content.len() > LARGEST_INPUT => {
            let message = "The input file size exceeds the maximum allowed size of 100 MB.";
            Some(Complaint::new("INVALID_STAGED_UPLOAD_FILE", &[], message))
        }
        Some(_) => {
            busy(context, true).map(|message| Complaint::new("OPERATION_IN_PROGRESS", &[], message))
        }
    });
    Ok(start(context, KINDS, complaint, (mutation, Some(key))))
}

fn check_mutation(mutation: &str) -> Option<Complaint> {
    let broken = |why: String| {
        let message = format!("Failed to parse the mutation - {why}");
        Some(Complaint::new("INVALID_MUTATION", &["mutation"], message))
    };
    let document = match bulk_rows::parse(mutation) {
        Ok(document) => document,
        Err(why) => return broken(why),
    };
    let Ok(operation) = document.operations.get(None) else {
        return broken(String::from("there must be one operation"));
    };
    let roots: Vec<String> = operation
        .root_fields(&document)
        .map(|one| one.name.to_string())
        .collect();
    let ([root], true) = (roots.as_slice(), operation.is_mutation()) else {
        return broken(String::from("there must be one mutation"));
    };
    if !ALLOWED.contains(&root.as_str()) {
        let message = "You must use an allowed mutation name.";
        return Some(Complaint::without_code(&["mutation"], message));
    }
    let connections = operation
        .all_fields(&document)
        .filter(|field| field.ty().inner_named_type().ends_with("Connection"))
        .count();
    (connections > 1).then(|| {
        let message = "Bulk mutations cannot contain more than 1 connection.";
        Complaint::new("INVALID_MUTATION", &["mutation"], message)
    })
}

/// What is said when as many are running as may.
fn busy(context: &Context<'_>, mutation: bool) -> Option<String> {
    let state = context.state();
    let running = state
        .bulk
        .values()
        .filter(|job| job.mutation == mutation && is_open(job));
    let ids: Vec<String> = running.map(|job| gid("BulkOperation", job.id)).collect();
    let sort = if mutation { "mutation" } else { "query" };
    (ids.len() >= AT_ONCE).then(|| {
        let ids = ids.join(", ");
        format!("A bulk {sort} operation for this app and shop is already in progress: {ids}.")
    })
}

pub(super) fn is_open(job: &BulkJob) -> bool {
    matches!(job.state, BulkState::Created | BulkState::Running)
}

fn start(
    context: &Context<'_>,
    kinds: (&'static str, &'static str),
    complaint: Option<Complaint>,
    (query, input): (&str, Option<&str>),
) -> Val {
    if let Some(complaint) = complaint {
        return payload(
            kinds.0,
            kinds.1,
            vec![("bulkOperation", Val::NULL)],
            &[complaint],
        );
    }
    let mut state = context.change();
    let id = state.number();
    let job = BulkJob {
        id,
        mutation: input.is_some(),
        query: String::from(query),
        state: BulkState::Created,
        created: context.now,
        done: context.now.plus(TAKES),
        objects: 0,
        roots: 0,
        result: None,
        input: input.map(String::from),
    };
    let told = tell(&job, context);
    state.bulk.insert(id, job);
    payload(kinds.0, kinds.1, vec![("bulkOperation", told)], &[])
}

/// `bulkOperationCancel`.
pub(super) fn cancel(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = ("BulkOperationCancelPayload", "UserError");
    let id = args.must_id("id", "BulkOperation")?;
    let mut state = context.change();
    let (told, complaints) = match state.bulk.get_mut(&id) {
        Some(job) if is_open(job) => {
            job.state = BulkState::Canceled;
            job.done = context.now;
            (tell(job, context), Vec::new())
        }
        Some(job) => {
            let message = "A bulk operation cannot be canceled when it is completed";
            (
                tell(job, context),
                vec![Complaint::without_code(&[], message)],
            )
        }
        None => {
            let message = "Bulk operation does not exist";
            (Val::NULL, vec![Complaint::without_code(&["id"], message)])
        }
    };
    drop(state);
    Ok(payload(
        KINDS.0,
        KINDS.1,
        vec![("bulkOperation", told)],
        &complaints,
    ))
}

/// `bulkOperation`.
pub(crate) fn bulk_operation(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let id = args.must_id("id", "BulkOperation")?;
    let state = context.state();
    Ok(state
        .bulk
        .get(&id)
        .map_or(Val::NULL, |job| tell(job, context)))
}

/// `bulkOperations`, the oldest first.
pub(crate) fn bulk_operations(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let query = args.text("query").unwrap_or_default();
    let known = ["id", "status", "created_at", "operation_type"];
    let search = super::super::read::search(context, "bulkOperations", query, &known)?;
    let state = context.state();
    let found = state.bulk.values().filter(|job| {
        search.finds(|term| {
            Some(match term.field.as_deref()? {
                "status" => term.is(status(job)),
                "id" => term.is(&job.id.to_string()),
                "operation_type" => term.is(if job.mutation { "MUTATION" } else { "QUERY" }),
                "created_at" => term.compares(&job.created, &Moment::parse(&term.value)?),
                _ => return None,
            })
        })
    });
    let node = |job: &BulkJob| match tell(job, context) {
        Val::Thing(thing) => (Key::Number(job.created.0, job.id), thing),
        _ => (Key::Number(job.created.0, job.id), Thing::Query),
    };
    let nodes: Vec<(Key, Thing)> = found.map(node).collect();
    let kinds = Kinds {
        connection: "BulkOperationConnection",
        edge: "BulkOperationEdge",
        root: true,
    };
    page(context, kinds, args, nodes.into_iter(), |_| true)
}

fn status(job: &BulkJob) -> &'static str {
    match job.state {
        BulkState::Created => "CREATED",
        BulkState::Running => "RUNNING",
        BulkState::Completed => "COMPLETED",
        BulkState::Canceled => "CANCELED",
        BulkState::Failed => "FAILED",
    }
}

fn tell(job: &BulkJob, context: &Context<'_>) -> Val {
    let url = job
        .result
        .as_ref()
        .map(|_| format!("{}/bulk-results/{}", context.origin, job.id));
    let ended = !is_open(job);
    let sort = if job.mutation { "MUTATION" } else { "QUERY" };
    let size = job.result.as_ref().map(|result| result.len().to_string());
    Val::record(
        "BulkOperation",
        vec![
            ("id", Val::from(gid("BulkOperation", job.id))),
            ("type", Val::from(sort)),
            ("status", Val::from(status(job))),
            (
                "errorCode",
                Val::from((job.state == BulkState::Failed).then_some("INTERNAL_SERVER_ERROR")),
            ),
            ("createdAt", Val::from(job.created.rfc3339())),
            ("completedAt", Val::from(ended.then(|| job.done.rfc3339()))),
            ("objectCount", Val::from(job.objects.to_string())),
            ("rootObjectCount", Val::from(job.roots.to_string())),
            ("fileSize", Val::from(size)),
            ("url", Val::from(url)),
            ("partialDataUrl", Val::NULL),
            ("query", Val::from(job.query.as_str())),
        ],
    )
}
