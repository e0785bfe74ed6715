//! The system's clipboard. The page's own does not work in every web view: WebKitGTK refuses it
//! without a word, and gives no pictures.

use std::sync::{Mutex, PoisonError};

use backstock::commands::images::StoredImages;
use backstock::commands::{App, Pixels, store_pixels};
use domain::error::{Code, Error};
use tauri::{AppHandle, Manager, State};

/// The clipboard, opened when something is first copied. It stays open: on Linux what was copied is
/// handed out by the program that it was copied from.
#[derive(Default)]
pub struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    fn with<T>(
        &self,
        work: impl FnOnce(&mut arboard::Clipboard) -> Result<T, arboard::Error>,
    ) -> Result<T, arboard::Error> {
        let mut opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *opened {
            Some(clipboard) => work(clipboard),
            None => work(opened.insert(arboard::Clipboard::new()?)),
        }
    }
}

/// What people know a picture by that came from the clipboard.
const PASTED: &str = "The picture on the clipboard";

/// Stores the picture on the clipboard in the workspace; null when there is none there. The page hears
/// what names it and never sees what lies there: web views do not give it to a page, or only to a text.
#[tauri::command]
pub async fn paste_image(
    shell: AppHandle,
    app: State<'_, App>,
) -> Result<Option<StoredImages>, Error> {
    let found = tauri::async_runtime::spawn_blocking(move || {
        let clipboard = shell.state::<Clipboard>();
        clipboard.with(arboard::Clipboard::get_image)
    });
    let Ok(Ok(found)) = found.await else {
        return Ok(None);
    };
    let side = |side: usize| u32::try_from(side).unwrap_or(0);
    let pixels = Pixels {
        width: side(found.width),
        height: side(found.height),
        bytes: found.bytes.into_owned(),
    };
    store_pixels(&app, PASTED, pixels).await.map(Some)
}

/// Puts a text on the clipboard. The page may write there, and not read.
#[tauri::command(async)]
pub fn copy_text(clipboard: State<'_, Clipboard>, text: String) -> Result<(), Error> {
    clipboard.with(|opened| opened.set_text(text)).map_err(|_| {
        Error::new(
            Code::Internal,
            "Nothing was copied: the clipboard does not answer.",
        )
        .hint("Another program may be holding it. Try again.")
    })
}
