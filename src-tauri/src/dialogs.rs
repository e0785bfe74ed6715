//! The native dialogs. They are opened from here and not from the page, so that the page never
//! sees a path.

use std::path::PathBuf;

use backstock::commands::{Host, KeyStore};
use rfd::{AsyncFileDialog, FileHandle};
use tauri::{AppHandle, Manager};

use crate::keys::SystemKeys;
use crate::window;

/// Opens dialogs over the window.
pub struct Dialogs {
    shell: AppHandle,
}

impl Dialogs {
    /// Dialogs of this shell.
    pub fn new(shell: AppHandle) -> Self {
        Self { shell }
    }

    fn dialog(&self, title: &str) -> AsyncFileDialog {
        let dialog = AsyncFileDialog::new()
            .set_title(title)
            .add_filter("CSV files", &["csv", "tsv", "txt"]);
        match self.shell.get_webview_window(window::LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

impl Host for Dialogs {
    fn choose_file(&self, title: &str) -> Option<PathBuf> {
        let dialog = self.dialog(title).add_filter("All files", &["*"]);
        answer(dialog.pick_file())
    }

    fn choose_save(&self, suggested_name: &str) -> Option<PathBuf> {
        let dialog = self.dialog("Save as").set_file_name(suggested_name);
        answer(dialog.save_file())
    }

    fn key_store(&self) -> &dyn KeyStore {
        &SystemKeys
    }
}

/// Waits for the person. Commands wait on threads where waiting is allowed.
fn answer(choice: impl Future<Output = Option<FileHandle>>) -> Option<PathBuf> {
    let file = tauri::async_runtime::block_on(choice)?;
    Some(file.path().to_path_buf())
}
