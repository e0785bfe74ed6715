//! Files that are dragged onto the window: the page learns their names, and a token when they drop.

use std::fs;
use std::path::{Path, PathBuf};

use crate::stand_in::App;
use backstock::commands::events::Event;
use backstock::commands::files::ChosenFile;
use tauri::{AppHandle, DragDropEvent, Manager, WebviewWindow, WindowEvent};

use crate::bridge::send;

/// Tells the page of every drag over `window`.
pub fn listen(window: &WebviewWindow, app: App) {
    let shell = window.app_handle().clone();
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(drag) = event {
            tell(&shell, &app, drag);
        }
    });
}

fn tell(shell: &AppHandle, app: &App, drag: &DragDropEvent) {
    match drag {
        DragDropEvent::Enter { paths, .. } => {
            let names = paths.iter().map(|path| name(path)).collect();
            send(shell, &Event::DragEntered { names });
        }
        DragDropEvent::Leave => send(shell, &Event::DragLeft),
        DragDropEvent::Drop { paths, .. } => {
            let (shell, app, paths) = (shell.clone(), app.clone(), paths.clone());
            // A file's size may come from a slow network drive; the window must not wait for it.
            tauri::async_runtime::spawn_blocking(move || {
                let files = paths.into_iter().filter_map(|path| grant(&app, path));
                let files = files.collect();
                send(&shell, &Event::FilesDropped { files });
            });
        }
        _ => {}
    }
}

/// A token for a file; nothing for a folder or for what is gone.
fn grant(app: &App, path: PathBuf) -> Option<ChosenFile> {
    let facts = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
    Some(ChosenFile {
        name: name(&path),
        size: i64::try_from(facts.len()).unwrap_or(i64::MAX),
        token: app.grant_file(path),
    })
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
