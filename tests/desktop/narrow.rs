//! What is never cut, and who gives way for it, in a window as narrow as it may be.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::DesktopApp;
use crate::shop;

/// The texts in the cells of a column of which not all is seen.
fn cut_in(column: &str) -> String {
    format!(
        "const isCut = (each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth;
         return [...document.querySelectorAll('[data-testid=grid-row] [data-key={column}]')]
             .filter((cell) => isCut(cell) || [...cell.querySelectorAll('*')].some(isCut))
             .map((cell) => cell.innerText)"
    )
}

/// Codes as long as they are in real shops, and more products than three digits.
fn file() -> String {
    let mut file = String::from("SKU,Name,Price\n");
    for at in 0..1_200 {
        file.push_str(&format!("TSHIRT-{at:04}-BLACK-S,T-shirt {at},9.50\n"));
    }
    file
}

async fn import(app: &DesktopApp, folder: &std::path::Path, file: &str) {
    let path = folder.join("june.csv");
    std::fs::write(&path, file).unwrap();
    app.drop_files(&[&path]);
    app.click_test_id("import-continue").await;
    app.click_test_id("plan-apply").await;
    app.by_test_id("plan-done").await;
}

async fn move_two_to_the_trash(app: &DesktopApp) {
    let list = json!({
        "filter": {}, "sort": "sku", "descending": false, "offset": 0, "limit": 2
    });
    app.begin_call("products.list", list).await;
    let page = app.answer().await.unwrap();
    let rows = page["rows"].as_array().unwrap();
    let ids: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
    app.begin_call("products.trash", json!({ "ids": ids }))
        .await;
    app.answer().await.unwrap();
}

#[tokio::test]
async fn in_a_narrow_window_codes_and_counts_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    app.resize(1024, 700).await;
    import(&app, folder.path(), &file()).await;
    move_two_to_the_trash(&app).await;

    app.run("location.hash = '/imports?show=all'").await;
    app.wait_text("1,200 created").await;
    app.wait_text("TSHIRT-0000-BLACK-S and 1 more").await;
    assert_eq!(app.run(&cut_in("counts")).await, json!([]), "results");
    let overflow = "const grid = document.querySelector('[role=grid]');
        return grid.scrollWidth - grid.clientWidth";
    assert_eq!(app.run(overflow).await, 0, "all of the list is seen");
    let end_of_code = "const titles = [...document.querySelectorAll('[data-key=what]')];
        const cell = titles.find((each) => each.innerText.includes('BLACK-S and 1 more'));
        const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        let last; while (text.nextNode()) last = text.currentNode;
        const range = document.createRange(); range.selectNode(last);
        return range.getBoundingClientRect().right <= cell.getBoundingClientRect().right";
    assert_eq!(app.run(end_of_code).await, true, "codes in titles");

    app.run("location.hash = '/history'").await;
    app.wait_text("1,200 records").await;
    assert_eq!(app.run(&cut_in("operation")).await, json!([]), "counts");
}

const FAMILIES: &str = "SKU,Parent SKU,Name,Option 1 name,Option 1 value,Price
APRON,,Apron with pockets,,,
APRON-C,APRON,\"Apron with pockets, charcoal\",Colour,Charcoal,9
APRON-S,APRON,\"Apron with pockets, sage\",Colour,Sage,3
MUG,,Mug,,,5
PEN,,Pen,,,2
";

/// The cells in which the name of a parent is seen.
const NAMED: &str = "[...document.querySelectorAll('[data-key=name]')]
    .filter((cell) => [...cell.querySelectorAll('[title^=\"Variant of\"]')].some((parent) =>
        parent.getBoundingClientRect().top < parent.parentElement.getBoundingClientRect().bottom))";

#[tokio::test]
async fn the_name_of_a_variant_has_room_before_that_of_its_parent() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    import(&app, folder.path(), FAMILIES).await;

    app.resize(1920, 1080).await;
    app.run("location.hash = '/products'").await;
    app.wait_text("charcoal").await;
    let count = format!("return {NAMED}.length");
    assert_eq!(app.run(&count).await, 0, "the parent stands above");
    app.run("location.hash = '/products?sort=store_price'")
        .await;
    let named = format!("return {NAMED}.length === 2 || null");
    app.wait_value(&named, "the parent of both").await;

    app.resize(1024, 700).await;
    // A name that is longer than any column.
    let long = "document.querySelectorAll('[data-key=name] [title]').forEach((name) => {
        if (!name.title.startsWith('Variant')) name.firstChild.textContent = 'Apron '.repeat(90); })";
    app.run(long).await;
    assert_eq!(app.run(&count).await, 0, "it gives way first");
}

#[tokio::test]
async fn the_cursor_is_seen_wherever_the_keys_lead() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    shop::add_mug(&app).await;
    app.resize(1024, 700).await;
    app.run("location.hash = '/products'").await;
    app.wait_text("Mug, blue").await;
    // What a list shows beyond its edge: all columns that there are.
    app.click_test_id("columns-menu").await;
    for column in ["Barcode", "Promotion", "RRP", "Cost"] {
        app.click("menuitemcheckbox", column).await;
    }
    app.press(Key::Escape).await;
    app.press(Key::Escape).await;
    app.run("document.activeElement.blur()").await;
    let is_seen = "const grid = document.querySelector('[role=grid]');
        const cell = document.querySelector('[role=gridcell][data-active]');
        const [place, around] = [cell, grid].map((each) => each?.getBoundingClientRect());
        return place?.left >= around.left && place.right <= around.right && cell.dataset.key";
    app.press(Key::End).await;
    assert_eq!(app.run(is_seen).await, "updatedAt");
    app.press(Key::Home).await;
    assert_eq!(app.run(is_seen).await, "image");
}
