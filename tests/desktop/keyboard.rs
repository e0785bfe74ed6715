//! The main job without a mouse: a file is imported, reviewed, applied, its products are looked at
//! and changed, and the import is undone.

use thirtyfour::Key;

use crate::harness::DesktopApp;
use crate::shop;

const FILE: &str = "SKU,Name,Stock on hand,Store price
LAMP-1,Desk lamp,4,49.00
MUG-1,\"Mug, blue\",40,12.90
MUG-2,\"Mug, red\",25,12.90
TEA-1,Green tea,1O,6.50
";

#[tokio::test]
async fn the_main_job_can_be_done_without_a_mouse() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("june.csv");
    std::fs::write(&path, FILE).unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;

    palette(&app, "import a", "Import a CSV file").await;
    wait_for_focus(&app, "[data-testid=import-choose]").await;
    app.press(Key::Enter).await;
    app.answer_file_dialog("Choose a file", &path);
    app.by_test_id("import-draft").await;
    app.press(Key::Control + Key::Enter).await;

    app.by_test_id("review").await;
    app.press("j").await;
    app.press(Key::Enter).await;
    wait_for(&app, "plan-record", "Desk lamp").await;
    app.press("j").await;
    wait_for(&app, "plan-record", "Mug, blue").await;
    app.press(Key::Escape).await;
    wait_until_gone(&app, "plan-record").await;
    app.press(Key::Control + Key::Enter).await;
    app.by_test_id("plan-done").await;

    search_and_select(&app).await;
    edit(&app).await;
    glance_at_forms(&app).await;
    app.press(Key::Control + "z").await;
    app.wait_text("Undo MUG-2").await;
    apply(&app).await;
    app.press(Key::Control + "z").await;
    app.wait_text("Undo june.csv").await;
    apply(&app).await;
}

#[tokio::test]
async fn a_page_in_large_type_folds_what_it_has_no_room_for() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    shop::add_mug(&app).await;
    app.resize(1280, 800).await;
    app.click_test_id("area-products").await;
    app.wait_text("Mug, blue").await;
    let folded = "return document.querySelector('[data-testid=filters-toggle]').offsetWidth > 0";
    assert_eq!(
        app.run(folded).await,
        false,
        "there is room for all filters"
    );

    app.press(Key::Control + "+").await;
    app.press(Key::Control + "+").await;
    app.by_test_id("filters-toggle").await;
    app.picture("zoomed");
    app.press(Key::Control + "0").await;
    app.wait_value(&format!("{folded} ? null : 1"), "the row of filters")
        .await;
}

/// Goes to what the palette finds first.
async fn palette(app: &DesktopApp, words: &str, found: &str) {
    app.press(Key::Control + "k").await;
    app.fill_test_id("palette-search", words).await;
    app.wait_text(found).await;
    app.press(Key::Enter).await;
    wait_until_gone(app, "palette-search").await;
}

async fn apply(app: &DesktopApp) {
    app.by_test_id("plan-apply").await;
    app.press(Key::Control + Key::Enter).await;
    app.by_test_id("plan-done").await;
}

async fn search_and_select(app: &DesktopApp) {
    palette(app, "go to prod", "Go to Products").await;
    app.by_test_id("new-product").await;
    wait_for(app, "grid", "Desk lamp").await;
    app.press("/").await;
    app.press("mug").await;
    app.wait_text_gone("Desk lamp").await;
    app.press(Key::Down).await;
    app.press(" ").await;
    app.press("j").await;
    app.press(" ").await;
    app.wait_text("2 selected").await;
    app.press(Key::Escape).await;
    wait_until_gone(app, "selection-bar").await;
}

/// Changes the product that the cursor is at, and goes back to the list one Escape at a time.
async fn edit(app: &DesktopApp) {
    app.press(Key::Enter).await;
    wait_for(app, "product-panel", "Mug, red").await;
    app.by_test_id("field-name").await;
    app.press("e").await;
    wait_for_focus(app, "[data-testid=field-name]").await;
    app.press(Key::Control + "a").await;
    app.press("Mug, deep red").await;
    app.press(Key::Control + "s").await;
    app.wait_text("MUG-2 saved").await;
    app.press(Key::Escape).await;
    app.by_test_id("product-panel").await;
    app.press(Key::Escape).await;
    wait_until_gone(app, "product-panel").await;
    wait_for_focus(app, "[role=grid]").await;
}

/// Opens what opens over the list, and closes it again.
async fn glance_at_forms(app: &DesktopApp) {
    app.press("n").await;
    wait_for_focus(app, "[data-testid=field-name]").await;
    app.press(Key::Escape).await;
    app.press(Key::Escape).await;
    wait_until_gone(app, "product-panel").await;
    wait_for(app, "grid", "Mug, blue").await;
    let shown = app.text().await;
    assert!(
        !shown.contains("Desk lamp"),
        "the search narrows the list still"
    );
    app.press("?").await;
    app.by_test_id("shortcuts").await;
    app.press(Key::Escape).await;
    wait_until_gone(app, "shortcuts").await;
    columns(app).await;
}

/// A menu closes by itself with Escape, and leaves what is under it open.
async fn columns(app: &DesktopApp) {
    palette(app, "mug-1", "40 in stock").await;
    app.by_test_id("product-panel").await;
    app.click_test_id("columns-menu").await;
    wait_for_focus(app, "[role=menuitemcheckbox]").await;
    app.press(Key::Escape).await;
    wait_for_focus(app, "[data-testid=columns-menu]").await;
    app.by_test_id("product-panel").await;
    app.press(Key::Escape).await;
    wait_until_gone(app, "product-panel").await;
}

/// Waits until what has a `data-testid` says something.
async fn wait_for(app: &DesktopApp, id: &str, text: &str) {
    let script = format!(
        "const texts = (each) => [each.innerText, ...[...each.querySelectorAll('input')].map((one) => one.value)];
         const found = document.querySelector('[data-testid={id}]');
         return (found && texts(found).join(' ').includes('{text}')) || null"
    );
    app.wait_value(&script, &format!("\"{text}\" in {id}"))
        .await;
}

async fn wait_until_gone(app: &DesktopApp, id: &str) {
    let script = format!("return document.querySelector('[data-testid={id}]') === null || null");
    app.wait_value(&script, &format!("the end of {id}")).await;
}

/// Waits until the focus is on what a selector finds.
async fn wait_for_focus(app: &DesktopApp, selector: &str) {
    let script = format!("return document.activeElement.matches('{selector}') || null");
    app.wait_value(&script, selector).await;
}
