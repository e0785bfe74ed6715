//! A T-shirt in three colours and five sizes, set up by keyboard and mouse.

use std::path::{Path, PathBuf};

use thirtyfour::Key;

use crate::harness::DesktopApp;
use crate::pictures;
use crate::shop;

/// Puts the cursor of the table of variants on a cell.
async fn go_to(app: &DesktopApp, row: usize, column: &str) {
    let cell = format!("[aria-label=Variants] [data-row=\"{row}\"] [data-key={column}]");
    let script = format!(
        "const cell = document.querySelector('{cell}'); const box = cell.getBoundingClientRect();
         const at = {{ bubbles: true, button: 0, clientX: box.x + 4, clientY: box.y + 4 }};
         cell.dispatchEvent(new MouseEvent('mousedown', at));
         document.dispatchEvent(new MouseEvent('mouseup', at));
         cell.closest('[role=grid]').focus(); return true"
    );
    app.wait_value(&script, "a cell").await;
}

/// Where the grip of a row is, by which it is dragged.
async fn grip(app: &DesktopApp, row: usize) -> (i32, i32) {
    let script = format!(
        "const box = document.querySelector('[aria-label=Variants] [data-row=\"{row}\"] [data-testid=grip]')
             .getBoundingClientRect();
         return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round)"
    );
    let middle = app.run(&script).await;
    let part = |at: usize| i32::try_from(middle[at].as_i64().unwrap()).unwrap();
    (part(0), part(1))
}

/// What stands in a column of the table of variants.
async fn column(app: &DesktopApp, name: &str) -> Vec<String> {
    let script = format!(
        "return [...document.querySelectorAll('[aria-label=Variants] [data-row] [data-key={name}]')]
             .map((cell) => cell.textContent)"
    );
    serde_json::from_value(app.run(&script).await).unwrap()
}

#[tokio::test]
async fn a_shirt_in_three_colours_and_five_sizes_is_set_up_by_keyboard_and_mouse() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    app.resize(1280, 800).await;
    app.click_test_id("area-products").await;
    app.press("n").await;
    app.fill_test_id("field-name", "T-shirt").await;
    app.fill_test_id("field-sku", "TEE").await;
    app.fill_test_id("field-store_price", "19.95").await;
    let files = pictures::files(folder.path(), ["tee-red", "tee-blue", "tee-dark-green"]);
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    app.drop_files(&files);
    pictures::painted(&app, "[role=listbox]", 3).await;
    app.picture("variants-product");
    app.press(Key::Control + "s").await;
    app.wait_text("TEE created.").await;

    app.click_test_id("tab-variants").await;
    app.wait_text("No variants").await;
    app.picture("variants-none");
    app.click_test_id("generate-variants").await;
    app.fill_test_id("option-name-1", "Colour").await;
    app.press(Key::Tab).await;
    app.press("Red,Blue,Dark green,").await;
    app.click_test_id("add-option").await;
    app.fill_test_id("option-name-2", "Size").await;
    app.press(Key::Tab).await;
    app.press("S,M,L,XL,XXL,").await;
    app.wait_text("15 to create").await;
    app.fill_test_id("sku-pattern", "{sku}-{colour:3:upper}-{size}")
        .await;
    app.wait_text("TEE-RED-XXL").await;
    app.picture("variants-plan");
    app.click_test_id("create-variants").await;
    app.wait_text("15 variants created.").await;
    app.wait_text("15 variants · 0 in stock").await;
    app.picture("variants-made");

    // Files that are called like a value go to it, whatever their order.
    app.click_test_id("option-pictures-open").await;
    app.by_test_id("option-pictures").await;
    app.drop_files(&[files[2], files[0], files[1]]);
    pictures::painted(&app, "[data-testid^=picture-of-]", 3).await;
    app.wait_text("Save for 15 variants").await;
    app.picture("variants-pictures");
    app.click_test_id("save-pictures").await;
    app.wait_text("15 variants saved.").await;
    pictures::painted(&app, "[aria-label=Variants]", 15).await;
    app.picture("variants-with-pictures");

    type_and_paste(&app).await;
    reorder(&app).await;

    app.click_test_id("rename-options").await;
    app.by_test_id("rename-dialog").await;
    app.picture("variants-options");
    app.press(Key::Escape).await;
    app.press(Key::Escape).await;
    app.wait_text("T-shirt - Dark green / M").await;
    app.picture("variants-list");
}

/// Stock and price are typed along the row, and a block comes from a spreadsheet.
async fn type_and_paste(app: &DesktopApp) {
    go_to(app, 0, "stock").await;
    app.press("5").await;
    app.press(Key::Tab).await;
    app.press("21.5").await;
    app.press(Key::Enter).await;
    app.wait_text("€19.95 – €21.50").await;
    let script =
        "return window.__TAURI_INTERNALS__.invoke('copy_text', { text: '7\\t18\\n8\\tmuch\\n' })
        .then(() => 'done')";
    assert_eq!(app.run(script).await, "done");
    go_to(app, 1, "stock").await;
    app.press(Key::Control + "v").await;
    app.wait_text("€18.00").await;
    app.by_test_id("refused-cells").await;
    app.picture("variants-pasted");
    assert_eq!(column(app, "stock").await[..3], ["5", "7", "8"]);
}

/// One row is moved by keys, another one by the mouse.
async fn reorder(app: &DesktopApp) {
    go_to(app, 4, "sku").await;
    app.press(Key::Alt + Key::Up).await;
    app.wait_text("Order saved.").await;
    assert_eq!(column(app, "sku").await[3], "TEE-RED-XXL");

    app.wait_text_gone("Order saved.").await;
    let (from, to) = (grip(app, 0).await, grip(app, 2).await);
    app.drag(from, to);
    app.wait_text("Order saved.").await;
    assert_eq!(
        column(app, "sku").await[..3],
        ["TEE-RED-M", "TEE-RED-L", "TEE-RED-S"]
    );
}
