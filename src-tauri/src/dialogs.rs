//! The native dialogs. They are opened from here and not from the page, so that the page never
//! sees a path.

use std::path::PathBuf;

use backstock::commands::{Host, KeyStore};
use rfd::{AsyncFileDialog, FileHandle};
use tauri::{AppHandle, Manager};

use crate::keys::SystemKeys;
use crate::window;

/// What a dialog shows of a folder at first.
#[derive(Clone, Copy)]
enum Files {
    Csv,
    Images,
}

/// What files of pictures are called.
const IMAGES: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "avif"];

/// Opens dialogs over the window.
pub struct Dialogs {
    shell: AppHandle,
}

impl Dialogs {
    /// Dialogs of this shell.
    pub fn new(shell: AppHandle) -> Self {
        Self { shell }
    }

    fn dialog(&self, title: &str, files: Files) -> AsyncFileDialog {
        let dialog = AsyncFileDialog::new().set_title(title);
        let dialog = match files {
            Files::Csv => dialog.add_filter("CSV files", &["csv", "tsv", "txt"]),
            Files::Images => dialog.add_filter("Pictures", IMAGES),
        };
        match self.shell.get_webview_window(window::LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

impl Host for Dialogs {
    fn choose_file(&self, title: &str) -> Option<PathBuf> {
        let dialog = self
            .dialog(title, Files::Csv)
            .add_filter("All files", &["*"]);
        answer(dialog.pick_file()).map(|file| path_of(&file))
    }

    fn choose_images(&self, title: &str) -> Vec<PathBuf> {
        let dialog = self
            .dialog(title, Files::Images)
            .add_filter("All files", &["*"]);
        let chosen = answer(dialog.pick_files()).unwrap_or_default();
        chosen.iter().map(path_of).collect()
    }

    fn choose_save(&self, suggested_name: &str) -> Option<PathBuf> {
        let ending = suggested_name.rsplit('.').next().unwrap_or_default();
        let files = if IMAGES.contains(&ending) {
            Files::Images
        } else {
            Files::Csv
        };
        let dialog = self.dialog("Save as", files).set_file_name(suggested_name);
        answer(dialog.save_file()).map(|file| path_of(&file))
    }

    fn key_store(&self) -> &dyn KeyStore {
        &SystemKeys
    }
}

/// Waits for the person. Commands wait on threads where waiting is allowed.
fn answer<T>(choice: impl Future<Output = Option<T>>) -> Option<T> {
    tauri::async_runtime::block_on(choice)
}

fn path_of(file: &FileHandle) -> PathBuf {
    file.path().to_path_buf()
}
