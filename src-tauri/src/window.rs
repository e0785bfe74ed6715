//! The one window.

use std::path::Path;

use tauri::plugin::TauriPlugin;
use tauri::webview::{Color, NewWindowResponse};
use tauri::{App, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::{Builder, StateFlags};

use crate::{Result, platform};

/// The name that capabilities and events know the window by.
pub const LABEL: &str = "main";

/// Behind the page until it is painted, so that a dark window does not flash white.
const DARK: Color = Color(26, 27, 30, 255);
const LIGHT: Color = Color(255, 255, 255, 255);

/// Keeps the window's place and size in `file`, and brings them back.
pub fn remember_in(file: &Path) -> TauriPlugin<Wry> {
    Builder::default()
        // The plugin joins this to its own folder; joining an absolute path replaces it.
        .with_filename(file.to_string_lossy())
        .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
        .build()
}

/// Opens the window; what the page stores lies in `data_dir` too.
pub fn open(app: &App, data_dir: &Path) -> Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Backstock")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 560.0)
        .center()
        .data_directory(data_dir.join("page"))
        .on_navigation(is_ours)
        .on_document_title_changed(show_title)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let behind = match window.theme()? {
        Theme::Dark => DARK,
        _ => LIGHT,
    };
    window.set_background_color(Some(behind))?;
    platform::forget_what_was_shown(&window)?;
    Ok(window)
}

/// The window is called as its page is. It follows by itself, so that the page needs no right to name it.
fn show_title(window: WebviewWindow, title: String) {
    // A window that is closing has no title to change.
    let _ = window.set_title(&title);
}

/// The window shows the app and nothing else: a link elsewhere does not open in it.
fn is_ours(url: &Url) -> bool {
    let development = cfg!(dev) && url.host_str() == Some("localhost");
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || development
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn the_window_stays_with_the_app() {
        let cases = [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("https://example.com/", false),
            ("https://tauri.localhost.example.com/", false),
            ("file:///etc/passwd", false),
        ];
        for (url, expected) in cases {
            assert_eq!(is_ours(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
