//! The main job in the real window: a supplier's file is dropped, mapped, reviewed, applied, undone.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::harness::{DesktopApp, Scheme};
use crate::shop;

const JUNE: &str = "SKU,Name,Brand,RRP,Stock on hand
MUG-BLUE,\"Mug, blue\",Kiln & Co,12.90,40
MUG-RED,\"Mug, red\",Kiln & Co,12.90,25
TEA-100,Grüner Tee 100 g,Leaf,6.50,120
LAMP-1,Desk lamp,Glow,49.00,1O
";

const JULY: &str = "SKU,Name,Brand,RRP,Stock on hand
MUG-BLUE,\"Mug, blue\",Kiln & Co,14.50,40
MUG-RED,\"Mug, red\",Kiln & Co,12.90,25
TEA-100,Grüner Tee 100 g,Leaf,6.50,64
LAMP-1,Desk lamp,Glow,49.00,10
";

#[tokio::test]
async fn a_dropped_file_becomes_products_and_can_be_undone() {
    import_and_undo(Scheme::Light).await;
}

#[tokio::test]
async fn the_same_in_the_dark() {
    import_and_undo(Scheme::Dark).await;
}

async fn import_and_undo(scheme: Scheme) {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start_with(folder.path(), scheme).await;
    let picture = |name: &str| app.picture(&format!("{name}-{scheme:?}").to_lowercase());
    shop::open(&app).await;
    picture("first-steps");

    app.drop_files(&[&file(&folder, "june.csv", JUNE)]);
    app.wait_text("Import june.csv").await;
    app.by_role("button", "Review 4 rows").await;
    picture("import-map");
    app.click("button", "Review 4 rows").await;
    assert_eq!(
        shop::plan_counts(&app, ["create", "update", "error"]).await,
        ["3", "0", "1"]
    );
    app.click("button", "Apply 3 changes").await;
    app.by_test_id("plan-done").await;

    app.drop_files(&[&file(&folder, "july.csv", JULY)]);
    app.click("button", "Review 4 rows").await;
    let outcomes = ["create", "update", "unchanged", "error"];
    assert_eq!(
        shop::plan_counts(&app, outcomes).await,
        ["1", "2", "1", "0"]
    );
    app.wait_text("14.50").await;
    picture("import-review");
    app.click("button", "Apply 3 changes").await;
    app.by_test_id("plan-done").await;
    picture("import-done");

    app.click("link", "Show products").await;
    app.wait_text("View: Catalogue").await;
    app.wait_text("Grüner Tee 100 g").await;
    picture("products");

    app.click("link", "Imports").await;
    app.wait_text("july.csv").await;
    picture("imports");
    app.click("button", "Undo: Import july.csv").await;
    app.wait_text("Apply 3 changes").await;
    picture("undo-review");
    app.click("button", "Apply 3 changes").await;
    app.by_test_id("plan-done").await;
    app.click("link", "Products").await;
    app.wait_text_gone("Desk lamp").await;
    app.wait_text("120").await;
}

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}
