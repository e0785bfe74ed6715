//! `backstock pipe`: the app behind another program, which gives its commands as lines of JSON on
//! stdin and reads answers and events on stdout. The tests of the window talk to the core with it.
//!
//! A line in is `{"id", "command", "request"}`; a line out is `{"id", "ok"}`, `{"id", "error"}` or
//! `{"event"}`. Answers come in the order in which they are ready. Beside the commands of the app
//! there are two of the host: `host.grant` gives a token for the file at `path`, and `host.choose`
//! says what the next dialog answers, where a null `path` closes it.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use backstock::commands::events::Event;
use backstock::commands::{self, App};
use domain::error::{Error, Result};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use super::dialogs::Dialogs;
use super::output::{Ended, Failure, Printed, usage};
use super::session::Session;

/// What is written, line by line.
type Lines = mpsc::UnboundedSender<Json>;

/// One line of stdin.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    id: u64,
    command: String,
    request: Json,
}

/// What the commands of the host take.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    path: Option<PathBuf>,
}

/// What a command needs.
#[derive(Clone)]
struct Door {
    app: App,
    dialogs: Arc<Dialogs>,
}

/// Gives every command that comes in, until stdin ends and all of them are answered.
pub async fn run(session: &Session) -> std::result::Result<Ended, Failure> {
    if session.target().is_some() {
        session.open().await?;
    }
    let (lines, writer) = write_lines();
    let (end, ended) = oneshot::channel();
    let events = session.app().subscribe();
    let events = tokio::spawn(forward_events(events, lines.clone(), ended));
    let door = Door {
        app: session.app().clone(),
        dialogs: Arc::clone(session.dialogs()),
    };
    let answered = answer_all(&door, &lines).await;
    drop(end);
    // The writer ends with the last sender, which this task holds until it has told everything.
    events.await.ok();
    drop(lines);
    tokio::task::spawn_blocking(move || writer.join())
        .await
        .ok();
    answered.map(|()| Ended::Done(Printed::new(Json::Null, "")))
}

async fn answer_all(door: &Door, lines: &Lines) -> std::result::Result<(), Failure> {
    let mut asked = read_lines();
    let mut running = JoinSet::new();
    while let Some(line) = asked.recv().await {
        let asked: Asked = serde_json::from_str(&line).map_err(|error| {
            usage(
                format!("A line cannot be understood: {error}."),
                "Write {\"id\", \"command\", \"request\"} on one line.",
            )
        })?;
        let (door, lines) = (door.clone(), lines.clone());
        running.spawn(async move {
            let line = match door.answer(&asked.command, asked.request).await {
                Ok(answer) => json!({ "id": asked.id, "ok": answer }),
                Err(error) => json!({ "id": asked.id, "error": error }),
            };
            lines.send(line).ok();
        });
    }
    running.join_all().await;
    Ok(())
}

impl Door {
    async fn answer(&self, command: &str, request: Json) -> Result<Json> {
        match command {
            "host.grant" => {
                let path = named(request)?;
                let path = path.ok_or_else(|| Error::invalid("host.grant needs a path."))?;
                serde_json::to_value(self.app.grant_file(&path))
                    .map_err(|error| Error::internal(format!("The file: {error}.")))
            }
            "host.choose" => {
                self.dialogs.answer_next(named(request)?);
                Ok(Json::Null)
            }
            _ => commands::call(&self.app, command, request).await,
        }
    }
}

fn named(request: Json) -> Result<Option<PathBuf>> {
    serde_json::from_value(request)
        .map(|named: Named| named.path)
        .map_err(|error| Error::invalid(format!("The request: {error}.")))
}

/// The lines of stdin. Reading blocks, and cannot be cancelled: it has a thread of its own.
fn read_lines() -> mpsc::UnboundedReceiver<String> {
    let (found, lines) = mpsc::unbounded_channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(io::Result::ok) {
            if found.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

/// Writes lines until nothing can send any more, or the reader is gone.
fn write_lines() -> (Lines, thread::JoinHandle<()>) {
    let (lines, mut waiting) = mpsc::unbounded_channel::<Json>();
    let writer = thread::spawn(move || {
        let mut out = io::stdout().lock();
        while let Some(line) = waiting.blocking_recv() {
            let written = writeln!(out, "{line}").and_then(|()| out.flush());
            if written.is_err() {
                break;
            }
        }
    });
    (lines, writer)
}

/// Passes on what the core tells until the end, and what it told before.
async fn forward_events(
    mut events: Receiver<Event>,
    lines: Lines,
    mut ended: oneshot::Receiver<()>,
) {
    loop {
        let event = tokio::select! {
            biased;
            event = events.recv() => event,
            _ = &mut ended => break,
        };
        match event {
            Ok(event) => tell(&lines, &event),
            // Some were lost, so anything may have changed: the reader asks anew.
            Err(RecvError::Lagged(_)) => {
                tell(&lines, &Event::StateChanged);
                tell(&lines, &Event::anything_changed());
            }
            Err(RecvError::Closed) => break,
        }
    }
}

fn tell(lines: &Lines, event: &Event) {
    // A reader that is gone misses nothing.
    lines.send(json!({ "event": event })).ok();
}
