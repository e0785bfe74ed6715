//! Backstock's desktop shell: a window around the core.
//!
//! It brings what only a program with a window can: the window itself, native dialogs, files that
//! are dropped. Everything else is a command of the core, which [`bridge`] passes on. There is no
//! rule of the product here, no SQL and no network.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod clipboard;
mod closing;
mod dialogs;
mod drops;
mod failure;
mod keys;
mod pictures;
mod platform;
mod shops;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use backstock::commands::{App, AppConfig, FetchImages, Pauses, data_dir, from_the_internet};
use domain::values::SystemClock;
use tauri::Manager;

/// Imports make and drop millions of small texts: a third faster than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T = (), E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

fn main() -> ExitCode {
    if let Some(failure) = failure::to_show() {
        failure.show();
        return ExitCode::SUCCESS;
    }
    failure::report_panics();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            failure::report("Backstock cannot start", &error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result {
    platform::prepare()?;
    let data_dir = data_dir()?;
    let state_file = data_dir.join("window.json");
    tauri::Builder::default()
        .plugin(window::remember_in(&state_file))
        .register_asynchronous_uri_scheme_protocol(pictures::SCHEME, pictures::answer)
        .invoke_handler(tauri::generate_handler![
            bridge::call,
            clipboard::copy_text,
            clipboard::paste_image,
            shops::open_listing,
            closing::close
        ])
        .setup(move |shell| {
            let app = start_core(shell.handle(), data_dir.clone());
            bridge::forward_events(shell.handle(), &app);
            shell.manage(app.clone());
            shell.manage(clipboard::Clipboard::default());
            let window = window::open(shell, &data_dir)?;
            drops::listen(&window, app.clone());
            closing::ask_first(&window, app);
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

fn start_core(shell: &tauri::AppHandle, data_dir: PathBuf) -> App {
    let runtime = tauri::async_runtime::handle();
    let _entered = runtime.inner().enter();
    App::new(AppConfig {
        data_dir,
        host: Arc::new(dialogs::Dialogs::new(shell.clone())),
        clock: Arc::new(SystemClock),
        images: FetchImages::Always(Arc::new(from_the_internet)),
        stays: true,
        pauses: Pauses::Real,
    })
}
