//! The system's clipboard. The page's own does not work in every web view: WebKitGTK refuses it
//! without a word.

use std::sync::{Mutex, PoisonError};

use domain::error::{Code, Error};
use tauri::State;

/// The clipboard, opened when something is first copied. It stays open: on Linux what was copied is
/// handed out by the program that it was copied from.
#[derive(Default)]
pub struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    fn write(&self, text: String) -> Result<(), arboard::Error> {
        let mut opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *opened {
            Some(clipboard) => clipboard.set_text(text),
            None => opened.insert(arboard::Clipboard::new()?).set_text(text),
        }
    }
}

/// Puts a text on the clipboard. The page may write there, and not read.
#[tauri::command(async)]
pub fn copy_text(clipboard: State<'_, Clipboard>, text: String) -> Result<(), Error> {
    clipboard.write(text).map_err(|_| {
        Error::new(
            Code::Internal,
            "Nothing was copied: the clipboard does not answer.",
        )
        .hint("Another program may be holding it. Try again.")
    })
}
