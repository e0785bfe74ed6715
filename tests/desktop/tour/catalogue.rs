//! Products: the practice catalogue, lists, filters, one product, new ones, the trash, exports.

use thirtyfour::Key;

use super::Tour;

/// Loads the practice catalogue and looks at it from all sides.
pub async fn visit(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("area-home").await;
    app.click_test_id("step-practice").await;
    app.wait_text_gone("Shop North has no products yet").await;
    tour.see("home-practice").await;
    app.click_test_id("area-products").await;
    app.by_test_id("grid-row").await;
    tour.see("products").await;
    list(tour).await;
    product(tour).await;
    new_product(tour).await;
    trash(tour).await;
}

async fn list(tour: &Tour) {
    let app = &tour.app;
    for filter in ["view", "brand", "category", "active", "stock"] {
        tour.open_filter(&format!("filter-{filter}")).await;
        tour.see(&format!("filter-{filter}")).await;
        tour.escape().await;
    }
    app.click_test_id("columns-menu").await;
    tour.see("columns").await;
    for column in ["Barcode", "Promotion", "RRP", "Cost"] {
        app.click("menuitemcheckbox", column).await;
    }
    tour.escape().await;
    tour.see("products-all-columns").await;
    app.click_test_id("columns-menu").await;
    for column in ["Barcode", "Promotion", "RRP", "Cost"] {
        app.click("menuitemcheckbox", column).await;
    }
    tour.escape().await;

    app.fill_test_id("product-search", "no such thing").await;
    app.by_test_id("empty-state").await;
    tour.see("products-nothing-found").await;
    app.fill_test_id("product-search", "towel").await;
    app.by_test_id("grid-row").await;
    app.press(Key::Down).await;
    for _ in 0..3 {
        app.press(" ").await;
        app.press("j").await;
    }
    app.by_test_id("selection-bar").await;
    tour.see("products-selected").await;
    app.click_test_id("export-selected").await;
    app.by_test_id("export-dialog").await;
    tour.see("export").await;
    tour.escape().await;
    app.click("button", "Clear selection").await;
}

async fn product(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("grid-row").await;
    app.by_test_id("close-panel").await;
    tour.see("product").await;
    app.run(
        "for (const each of document.querySelectorAll('[data-testid=product-panel] *'))
            if (each.scrollHeight > each.clientHeight + 40) each.scrollTop = each.scrollHeight;",
    )
    .await;
    tour.see("product-end").await;
    app.fill_test_id("field-barcode", "12 x").await;
    app.fill_test_id("field-name", "B").await;
    app.press(Key::Backspace).await;
    app.press(Key::Tab).await;
    tour.see("product-changed").await;
    app.click("button", "Discard").await;
    app.click_test_id("tab-variants").await;
    tour.see("product-variants").await;
    for (button, dialog) in [
        ("generate-variants", "generate-dialog"),
        ("rename-options", "rename-dialog"),
    ] {
        app.click_test_id(button).await;
        app.by_test_id(dialog).await;
        tour.see(dialog).await;
        tour.escape().await;
    }
    app.click_test_id("tab-history").await;
    tour.see("product-history").await;
    app.click_test_id("record-menu").await;
    tour.see("product-menu").await;
    tour.escape().await;
    app.click_test_id("close-panel").await;
    tour.rest().await;
}

async fn new_product(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("new-product").await;
    app.by_test_id("field-name").await;
    tour.see("new-product").await;
    app.fill_test_id("field-name", "Desk lamp").await;
    app.fill_test_id("field-sku", "LAMP-1").await;
    app.fill_test_id("field-store_price", "12,9o").await;
    app.fill_test_id("field-stock", "many").await;
    app.press(Key::Tab).await;
    tour.see("new-product-errors").await;
    app.fill_test_id("field-store_price", "49").await;
    app.fill_test_id("field-stock", "4").await;
    app.click_test_id("create-product").await;
    app.wait_text("LAMP-1 created").await;
    tour.see("new-product-created").await;
}

async fn trash(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("record-menu").await;
    app.click_test_id("trash-record").await;
    app.wait_text("trash").await;
    tour.see("product-trashed").await;
    app.click_test_id("area-products").await;
    tour.open_filter("filter-view").await;
    app.click_text("Trash").await;
    app.wait_text("LAMP-1").await;
    tour.see("trash").await;
    app.click_test_id("grid-row").await;
    app.by_test_id("close-panel").await;
    tour.see("product-in-trash").await;
    app.click_test_id("record-menu").await;
    app.click_test_id("purge-record").await;
    app.by_test_id("confirm-dialog").await;
    tour.see("delete-for-good").await;
    app.click("button", "Delete LAMP-1 for good").await;
    app.wait_text("The trash is empty").await;
    tour.see("trash-empty").await;
}
