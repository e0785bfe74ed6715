//! Between the page and the core: commands in, events out.

use backstock::commands::events::Event;
use backstock::commands::{self, App};
use domain::error::Error;
use serde_json::Value;
use tauri::{AppHandle, Emitter, State};
use tokio::sync::broadcast::error::RecvError;

/// The name that the page hears events under.
const EVENT: &str = "backstock";

/// Gives a command of the core.
#[tauri::command]
pub async fn call(app: State<'_, App>, name: String, request: Value) -> Result<Value, Error> {
    let app = app.inner().clone();
    // On a task of its own, because the page would wait for ever on a command that panicked.
    let answer =
        tauri::async_runtime::spawn(async move { commands::call(&app, &name, request).await });
    answer.await.unwrap_or_else(|_| {
        Err(
            Error::internal("This could not be finished, because of a defect in Backstock.")
                .hint("Try again. When it happens again, restart Backstock and report it."),
        )
    })
}

/// Passes on what the core tells, for as long as the app runs.
pub fn forward_events(shell: &AppHandle, app: &App) {
    let shell = shell.clone();
    let mut events = app.subscribe();
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => send(&shell, &event),
                // Some were lost, so anything may have changed: the page asks anew.
                Err(RecvError::Lagged(_)) => {
                    send(&shell, &Event::StateChanged);
                    send(&shell, &Event::anything_changed());
                }
                Err(RecvError::Closed) => break,
            }
        }
    });
}

/// Tells the page. One that is closed does not miss it.
fn send(shell: &AppHandle, event: &Event) {
    let _ = shell.emit(EVENT, event);
}
