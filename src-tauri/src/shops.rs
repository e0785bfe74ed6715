//! The shops' own windows, in the browser of the system.

use backstock::commands::{self, App};
use domain::error::Error;
use serde_json::json;
use tauri::State;

/// Shows a listing in its shop's own window. The page names the listing alone: the address is the core's, which
/// gives none that leads anywhere else than to that shop.
#[tauri::command]
pub async fn open_listing(app: State<'_, App>, listing: String) -> Result<(), Error> {
    let asked = json!({ "id": listing });
    let answer = commands::call(&app, "listings.address", asked).await?;
    let address = answer["address"].as_str().unwrap_or_default().to_owned();
    let opened = tauri::async_runtime::spawn_blocking(move || open::that_detached(address));
    match opened.await {
        Ok(Ok(())) => Ok(()),
        _ => Err(Error::internal("The browser does not open.")
            .hint("Copy the address, and open it in a browser yourself.")),
    }
}
