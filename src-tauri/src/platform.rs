//! What has to be right before there can be a window.

#[cfg(target_os = "linux")]
pub use linux::{forget_what_was_shown, has_display, prepare};

#[cfg(target_os = "linux")]
mod linux {
    use tauri::WebviewWindow;
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};

    use crate::Result;

    /// Chooses how WebKit draws, and connects to the display.
    ///
    /// WebKit's default way leaves lists blank below 16 million pixels, is slower without a
    /// graphics card and takes more memory. Only the start of the program can choose the other way.
    pub fn prepare() -> Result {
        gtk::glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false)?;
        if has_display() {
            Ok(())
        } else {
            Err("There is no display to open a window on. The command line, `backstock`, needs none.".into())
        }
    }

    /// Lets the page forget pictures that it does not show any more: after some minutes of scrolling, WebKit
    /// would keep hundreds of megabytes of them, and the core has them at hand.
    pub fn forget_what_was_shown(window: &WebviewWindow) -> Result {
        window.with_webview(|webview| {
            if let Some(context) = webview.inner().context() {
                context.set_cache_model(CacheModel::DocumentViewer);
            }
        })?;
        Ok(())
    }

    /// Whether there is a display, and it lets this program in.
    pub fn has_display() -> bool {
        gtk::init().is_ok()
    }
}

/// Other systems have nothing to prepare.
#[cfg(not(target_os = "linux"))]
pub fn prepare() -> crate::Result {
    Ok(())
}

/// Other systems always have a display.
#[cfg(not(target_os = "linux"))]
pub fn has_display() -> bool {
    true
}

/// Other systems keep few pictures by themselves.
#[cfg(not(target_os = "linux"))]
pub fn forget_what_was_shown(_: &tauri::WebviewWindow) -> crate::Result {
    Ok(())
}
