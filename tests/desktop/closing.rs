//! The window is closed while an import is applied: it asks, and what was chosen is what happens.

use std::fmt::Write;

use crate::harness::DesktopApp;
use crate::shop::{self, EMAIL, PASSWORD};

/// Sets of 5,000 records: enough that the import still runs when the question is answered.
const ROWS: usize = 60_000;

#[tokio::test]
async fn an_import_that_is_stopped_by_closing_is_found_again_and_finished() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    start_to_apply(&app, folder.path()).await;

    app.ask_to_close();
    app.wait_text("Close Backstock?").await;
    app.picture("closing");
    app.click("button", "Stay").await;
    app.wait_text_gone("Close Backstock?").await;
    assert!(app.is_open(), "it stays");

    app.ask_to_close();
    close_by(&app, "close-stop").await;
    app.wait_until_ended();

    app.restart().await;
    sign_in(&app).await;
    app.click("link", "Imports").await;
    app.wait_text("Stopped").await;
    app.wait_text("Undo what was done").await;
    app.picture("stopped-in-imports");
    app.click("link", "Home").await;
    app.wait_text("Stopped").await;
    app.wait_text("Undo what was done").await;
    app.picture("stopped-on-home");
    app.click_test_id("batch-apply-rest").await;
    app.click_test_id("plan-apply-rest").await;
    app.by_test_id("plan-done").await;
    assert_eq!(products(&app).await, ROWS, "all of it, and nothing twice");
}

#[tokio::test]
async fn an_import_that_runs_on_behind_a_closed_window_is_done_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    start_to_apply(&app, folder.path()).await;

    app.ask_to_close();
    close_by(&app, "close-finish").await;
    app.wait_until_ended();

    app.restart().await;
    sign_in(&app).await;
    assert_eq!(products(&app).await, ROWS);
}

/// Chooses what becomes of the import. The window may be gone before a click of the driver is answered.
async fn close_by(app: &DesktopApp, id: &str) {
    app.by_test_id(id).await;
    let script =
        format!("setTimeout(() => document.querySelector('[data-testid={id}]').click(), 100)");
    app.run(&script).await;
}

/// Drops a long file, and begins to apply it.
async fn start_to_apply(app: &DesktopApp, folder: &std::path::Path) {
    let mut text = String::from("SKU,Name,Stock on hand\n");
    for row in 0..ROWS {
        writeln!(text, "P{row:05},Product {row},{}", row % 50).unwrap();
    }
    let file = folder.join("june.csv");
    std::fs::write(&file, text).unwrap();
    app.drop_files(&[&file]);
    app.click("button", "Review 60,000 rows").await;
    app.click("button", "Apply 60,000 changes").await;
    app.wait_text("Applying").await;
}

async fn sign_in(app: &DesktopApp) {
    app.wait_text("Sign in to Shop North").await;
    app.fill("E-mail", EMAIL).await;
    app.fill("Password", PASSWORD).await;
    app.press(thirtyfour::Key::Enter).await;
    app.by_role("link", "Products").await;
}

/// How many products there are.
async fn products(app: &DesktopApp) -> usize {
    app.begin_call("products.count", serde_json::json!({ "filter": {} }))
        .await;
    let count = app.answer().await.unwrap();
    usize::try_from(count["count"].as_u64().unwrap()).unwrap()
}
