//! Prepares what the shell embeds: configuration, permissions, and the user interface.

use std::fs;
use std::path::Path;

/// Shown by a shell that was compiled before the user interface was built.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Backstock</title>\
    <p>The user interface is not built yet. Run <code>cargo xtask run</code>.</p></html>";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = Path::new("../ui/dist/index.html");
    println!("cargo:rerun-if-changed=../ui/dist");
    if !page.exists() {
        fs::create_dir_all("../ui/dist")?;
        fs::write(page, NOT_BUILT)?;
    }
    let commands = tauri_build::AppManifest::new().commands(&[
        "call",
        "copy_text",
        "paste_image",
        "open_listing",
        "close",
    ]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    Ok(tauri_build::try_build(attributes)?)
}
