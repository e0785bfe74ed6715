//! A buyer makes a supplier in the window, says what it sells, and finds both in the lists.

use thirtyfour::Key;

use crate::harness::DesktopApp;
use crate::shop;

#[tokio::test]
async fn a_supplier_and_what_it_sells_are_made_by_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    shop::add_mug(&app).await;

    app.click_test_id("area-purchasing").await;
    app.wait_text("No suppliers yet").await;
    assert_eq!(app.title().as_deref(), Some("Shop North – Suppliers"));
    app.press("n").await;
    app.fill_test_id("field-supplier.name", "Acme Textiles")
        .await;
    app.fill_test_id("field-supplier.code", "ACME").await;
    app.press(Key::Control + "s").await;
    app.wait_text("ACME created.").await;

    app.click_test_id("tab-products").await;
    app.fill_test_id("add-link", "MUG-1").await;
    app.press(Key::Enter).await;
    app.wait_text("ACME/MUG-1 created.").await;
    app.click_test_id("cell-supplier_product.cost").await;
    app.press("4.2").await;
    app.press(Key::Enter).await;
    app.wait_text("€4.20").await;
    app.picture("supplier");

    app.press(Key::Escape).await;
    app.wait_text_gone("€4.20").await;
    app.click_text("Supplier products").await;
    app.click_cell("supplier_product.product_sku").await;
    app.by_test_id("record-panel").await;
    assert_eq!(
        app.title().as_deref(),
        Some("Shop North – Supplier products")
    );
    let sold = app.text().await;
    assert!(sold.contains("ACME/MUG-1"), "{sold}");
}
