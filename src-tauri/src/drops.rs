//! Files that are dragged onto the window: the page learns their names, and a token when they drop.

use std::path::{Path, PathBuf};

use backstock::commands::App;
use backstock::commands::events::Event;
use tauri::{DragDropEvent, WebviewWindow, WindowEvent};

/// Tells of every drag over `window`.
pub fn listen(window: &WebviewWindow, app: App) {
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(drag) = event {
            tell(&app, drag);
        }
    });
}

fn tell(app: &App, drag: &DragDropEvent) {
    match drag {
        DragDropEvent::Enter { paths, .. } => {
            let names = paths.iter().map(|path| name(path)).collect();
            app.emit(Event::DragEntered { names });
        }
        DragDropEvent::Leave => app.emit(Event::DragLeft),
        DragDropEvent::Drop { paths, .. } => {
            let (app, paths) = (app.clone(), paths.clone());
            // A file may lie on a slow network drive; the window must not wait for it.
            tauri::async_runtime::spawn_blocking(move || grant(&app, &paths));
        }
        _ => {}
    }
}

/// Folders are left out: there is nothing to read in them.
fn grant(app: &App, paths: &[PathBuf]) {
    let files = paths.iter().filter(|path| path.is_file());
    let files = files.map(|path| app.grant_file(path)).collect();
    app.emit(Event::FilesDropped { files });
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
