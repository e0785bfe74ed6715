//! The end of the window. While jobs run the user is asked first what becomes of them.

use backstock::commands::App;
use backstock::commands::events::Event;
use domain::error::Error;
use tauri::{State, WebviewWindow, WindowEvent};

/// While jobs run, a request to close `window` becomes a question in its page.
pub fn ask_first(window: &WebviewWindow, app: App) {
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && app.jobs().are_running()
        {
            api.prevent_close();
            app.emit(Event::CloseAsked);
        }
    });
}

/// Closes the window, and with it the program, once no job runs any more. Jobs stop after what they
/// are writing, or go on while the window is not to be seen.
#[tauri::command]
pub async fn close(
    window: WebviewWindow,
    app: State<'_, App>,
    stops_jobs: bool,
) -> Result<(), Error> {
    if stops_jobs {
        app.jobs().cancel_all();
    } else {
        // One that cannot be hidden stays until the jobs have ended.
        let _ = window.hide();
    }
    app.jobs().wait_for_all().await;
    window
        .destroy()
        .map_err(|_| Error::internal("The window does not close.").hint("Close it once more."))
}
