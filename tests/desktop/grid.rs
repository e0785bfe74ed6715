//! What can be done in a list with the mouse and the clipboard.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::DesktopApp;
use crate::shop;

const FILE: &str = "SKU,Name,Store price
LAMP-1,Desk lamp,49.00
MUG-1,\"Mug, blue\",12.90
MUG-2,\"Mug, red\",12.90
TEA-1,Green tea,6.50
";

/// The list of products, with these four in it.
async fn open_list(app: &DesktopApp, folder: &std::path::Path) {
    shop::open(app).await;
    let path = folder.join("june.csv");
    std::fs::write(&path, FILE).unwrap();
    app.drop_files(&[&path]);
    app.click_test_id("import-continue").await;
    app.click_test_id("plan-apply").await;
    app.by_test_id("plan-done").await;
    app.click_test_id("area-products").await;
    app.by_test_id("new-product").await;
    app.wait_text("Green tea").await;
}

/// The middle of a cell, in the page.
async fn middle_of(app: &DesktopApp, row: usize, column: &str) -> (i32, i32) {
    let script = format!(
        "const box = document.querySelector('[data-row=\"{row}\"] [data-key={column}]')
             .getBoundingClientRect();
         return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round)"
    );
    let middle = app.run(&script).await;
    let part = |at: usize| i32::try_from(middle[at].as_i64().unwrap()).unwrap();
    (part(0), part(1))
}

#[tokio::test]
async fn cells_are_selected_by_a_drag_and_reach_the_clipboard() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    open_list(&app, folder.path()).await;
    assert_eq!(app.title().as_deref(), Some("Shop North – Products"));

    let from = middle_of(&app, 1, "sku").await;
    let to = middle_of(&app, 2, "name").await;
    app.drag(from, to);
    let selected = "return String(getSelection()).trim()";
    assert_eq!(app.run(selected).await, "", "no text of the page");
    let shown = app.run("return location.hash").await;
    assert_eq!(shown, "#/products", "a drag opens nothing");
    let title = app
        .run(
            "const box = document.querySelector('h1').getBoundingClientRect();
             return [box.x + 4, box.y + 8].map(Math.round)",
        )
        .await;
    let part = |at: usize| i32::try_from(title[at].as_i64().unwrap()).unwrap();
    app.drag((part(0), part(1)), (part(0) + 300, part(1) + 60));
    assert_eq!(app.run(selected).await, "", "no heading, no button");
    app.drag(from, to);
    app.press(Key::Control + "c").await;
    app.wait_text("2 rows copied.").await;
    assert_eq!(app.clipboard(), "TEA-1\tGreen tea\nMUG-1\tMug, blue");
}

#[tokio::test]
async fn the_page_writes_the_clipboard_and_cannot_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    app.wait_text("Welcome to Backstock").await;
    assert_eq!(app.title().as_deref(), Some("Backstock"));
    let text = "Süße Preise \u{1f4b6}\tand \"quotes\"";
    let invoke = |command: &str, request: Value| {
        format!(
            "return window.__TAURI_INTERNALS__.invoke('{command}', {request}).then(
                () => 'done', () => 'refused')"
        )
    };
    let copied = app.run(&invoke("copy_text", json!({ "text": text }))).await;
    assert_eq!(copied, "done");
    assert_eq!(app.clipboard(), text);
    for command in ["read_text", "plugin:clipboard-manager|read_text"] {
        assert_eq!(app.run(&invoke(command, json!({}))).await, "refused");
    }
}
