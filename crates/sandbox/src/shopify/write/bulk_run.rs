//! Bulk operations as they are executed: when the clock says that they are done.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::super::engine::{Bulk, Context, Prepared, execute, prepare};
use super::super::store::{BulkJob, BulkState, State};
use super::bulk::is_open;
use super::bulk_rows::Rows;
use crate::frame::Moment;

/// How many root nodes are executed at a time.
const CHUNK: usize = 1000;

/// Brings what runs in the background to where it is at `now`.
pub(crate) fn settle(state: &mut State, origin: &str, scopes: &[String], now: Moment) {
    super::order_cancel::settle(state, now);
    let open: Vec<u64> = state
        .bulk
        .values()
        .filter(|job| is_open(job))
        .map(|job| job.id)
        .collect();
    for id in open {
        let Some(job) = state.bulk.get_mut(&id) else {
            continue;
        };
        if now < job.done {
            if now > job.created {
                job.state = BulkState::Running;
            }
            continue;
        }
        let job = job.clone();
        let outcome = match &job.input {
            Some(key) => run_lines(state, &job, key, (origin, scopes)),
            None => run_pages(state, &job, (origin, scopes)),
        };
        let Some(job) = state.bulk.get_mut(&id) else {
            continue;
        };
        match outcome {
            Some(rows) => {
                job.state = BulkState::Completed;
                job.objects = rows.objects;
                job.roots = rows.roots;
                job.result = (!rows.text.is_empty()).then_some(rows.text);
            }
            None => job.state = BulkState::Failed,
        }
    }
}

/// Executes a bulk query, some root nodes at a time.
fn run_pages(
    state: &mut State,
    job: &BulkJob,
    (origin, scopes): (&str, &[String]),
) -> Option<Rows> {
    let prepared = prepare(&job.query, None, &Map::new()).ok()?;
    let mut rows = Rows::default();
    let window = Cell::new(Bulk {
        count: CHUNK,
        ..Bulk::default()
    });
    loop {
        let mut context = Context::new(state, job.done, origin, scopes, &prepared.variables);
        context.bulk = Some(&window);
        let executed = execute(&prepared, &context);
        if !executed.errors.is_empty() {
            return None;
        }
        rows.add(&prepared, &executed.data);
        let mut next = window.get();
        if !next.more {
            return Some(rows);
        }
        next.from += CHUNK;
        next.more = false;
        window.set(next);
    }
}

/// Executes a bulk mutation for each line of its file.
fn run_lines(
    state: &mut State,
    job: &BulkJob,
    key: &str,
    (origin, scopes): (&str, &[String]),
) -> Option<Rows> {
    let input = state.uploads.get(key)?.content.clone()?;
    let text = String::from_utf8(input).ok()?;
    let mut answers: Vec<(usize, Value)> = Vec::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let variables: Result<Map<String, Value>, _> = serde_json::from_str(line);
        let prepared: Result<Prepared, Vec<Value>> = match &variables {
            Ok(variables) => prepare(&job.query, None, variables),
            Err(why) => Err(vec![json!({"message": format!("Invalid JSON: {why}")})]),
        };
        let answer = match prepared {
            Ok(prepared) => {
                let window = Cell::new(Bulk {
                    count: usize::MAX - 1,
                    ..Bulk::default()
                });
                let mut context =
                    Context::new(state, job.done, origin, scopes, &prepared.variables);
                context.bulk = Some(&window);
                let executed = execute(&prepared, &context);
                if executed.errors.is_empty() {
                    json!({"data": executed.data})
                } else {
                    json!({"data": executed.data, "errors": executed.errors})
                }
            }
            Err(errors) => json!({"errors": errors}),
        };
        answers.push((number, answer));
    }
    let count = answers.len();
    // Lines are done side by side on the platform: their answers come in any order.
    answers.sort_by_key(|(number, _)| (number.wrapping_mul(7919) + count / 2) % count.max(1));
    let mut rows = Rows::default();
    for (number, mut answer) in answers {
        answer["__lineNumber"] = json!(number);
        rows.push(&answer);
        rows.roots += 1;
    }
    Some(rows)
}
