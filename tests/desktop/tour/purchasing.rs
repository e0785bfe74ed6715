//! Suppliers and what they sell: empty, made by hand, looked at from both sides, narrowed.

use serde_json::{Value, json};

use super::Tour;

const SUPPLIERS: [(&str, &str, &str); 3] = [
    ("KILN", "Kiln & Co", "EUR"),
    ("NORTH", "Northern Textile Mills and Dye Works", ""),
    ("ZED", "zed imports", "USD"),
];

/// Makes a few suppliers, and looks at all the pages of purchasing.
pub async fn visit(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("area-purchasing").await;
    app.by_test_id("empty-state").await;
    tour.see("suppliers-empty").await;
    app.click_test_id("first-record").await;
    app.fill_test_id("field-supplier.code", "ACME").await;
    app.fill_test_id("field-supplier.name", "Acme Textiles")
        .await;
    app.fill_test_id("field-supplier.email", "orders").await;
    app.wait_text("E-mail needs an address").await;
    tour.see("new-supplier").await;
    app.fill_test_id("field-supplier.email", "orders@acme.example")
        .await;
    app.click_test_id("create-record").await;
    app.wait_text("ACME created").await;
    tour.see("supplier").await;
    for (code, name, currency) in SUPPLIERS {
        let fields = json!({
            "supplier.code": code, "supplier.name": name, "supplier.currency": currency,
            "supplier.lead_time": 5, "supplier.minimum_order": 1_500_000,
        });
        tour.call("suppliers.create", json!({ "fields": fields }))
            .await;
    }
    sold(tour).await;
    lists(tour).await;
    price_file(tour).await;
    product(tour).await;
}

/// What a supplier sells, added in its panel.
async fn sold(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("tab-products").await;
    app.wait_text("ACME sells nothing yet").await;
    tour.see("supplier-sells-nothing").await;
    app.fill_test_id("add-link", "KIT-1001").await;
    tour.rest().await;
    tour.see("supplier-add-product").await;
    app.press(thirtyfour::Key::Enter).await;
    app.wait_text("ACME/KIT-1001 created").await;
    for (supplier, sku, cost) in [
        ("ACME", "KIT-1008", 42_000),
        ("KILN", "KIT-1001", 39_900),
        ("NORTH", "KIT-1001", 4_512_500),
    ] {
        let sold = sells(supplier, sku, cost);
        tour.call("supplier_products.create", sold).await;
    }
    app.by_test_id("link").await;
    tour.see("supplier-products-of-one").await;
    app.click_test_id("cell-supplier_product.cost").await;
    tour.see("supplier-product-edited-in-place").await;
    tour.escape().await;
    app.click_test_id("close-panel").await;
    tour.rest().await;
}

fn sells(supplier: &str, sku: &str, cost: i64) -> Value {
    json!({ "fields": {
        "supplier_product.supplier": supplier, "supplier_product.product_sku": sku,
        "supplier_product.supplier_sku": format!("{supplier}-{sku}"),
        "supplier_product.cost": cost, "supplier_product.pack_size": 12,
    } })
}

async fn lists(tour: &Tour) {
    let app = &tour.app;
    app.wait_text("Northern Textile Mills").await;
    tour.see("suppliers").await;
    tour.open_filter("filter-active").await;
    tour.see("suppliers-filter-status").await;
    tour.escape().await;
    app.click_text("Supplier products").await;
    app.wait_text("KILN-KIT-1001").await;
    tour.see("supplier-products").await;
    tour.open_filter("filter-supplier").await;
    tour.see("supplier-products-filter").await;
    tour.escape().await;
    tour.open_row("KILN-KIT-1001").await;
    app.by_test_id("record-panel").await;
    tour.see("supplier-product").await;
    // In a narrow window the panel lies over the button.
    tour.escape().await;
    app.click_test_id("new-record").await;
    app.wait_text("Create supplier product").await;
    tour.see("new-supplier-product").await;
    tour.escape().await;
    tour.escape().await;
}

const PRICES: &str = "Item no;EAN;Our SKU;Cost;Pack of;Lead days
K-1;;KIT-1001;4,15;12;5
K-2;;KIT-1002;12.345,60;6;5
K-3;;KIT-1008;1,10;24;9
K-4;;NO-SUCH;9,99;1;5
";

/// The price file of a supplier whose currency is not the workspace's, and what it changed.
async fn price_file(tour: &Tour) {
    let app = &tour.app;
    tour.go("/purchasing/suppliers").await;
    tour.open_row("Kiln & Co").await;
    app.click_test_id("record-menu").await;
    tour.see("supplier-menu").await;
    app.click_test_id("menu-price-file").await;
    app.wait_text("Drop the price file of KILN").await;
    tour.see("price-file-choose").await;
    app.drop_files(&[&tour.file("kiln-june.csv", PRICES)]);
    app.by_test_id("import-draft").await;
    tour.see("price-file").await;
    app.run("document.querySelector('[data-testid=import-holds]').scrollIntoView()")
        .await;
    tour.see("price-file-settings").await;
    app.click_text("For one").await;
    app.click_test_id("import-continue").await;
    app.by_test_id("review").await;
    tour.see("price-file-review").await;
    app.click_test_id("grid-row").await;
    app.by_test_id("plan-record").await;
    tour.see("price-file-record").await;
    tour.escape().await;
    app.click_test_id("plan-apply").await;
    app.by_test_id("plan-done").await;
    tour.dismiss().await;
    tour.go("/history?kind=supplier_product").await;
    app.by_test_id("grid-row").await;
    tour.see("history-of-supplier-products").await;
}

/// Who sells a product, in its panel.
async fn product(tour: &Tour) {
    let app = &tour.app;
    let id = tour.product("KIT-1001").await;
    tour.go(&format!("/products/{id}")).await;
    app.click_test_id("tab-suppliers").await;
    app.by_test_id("link").await;
    app.click_test_id("prefer").await;
    app.by_test_id("preferred").await;
    tour.dismiss().await;
    tour.see("product-suppliers").await;
    tour.go("/products").await;
    app.by_test_id("grid-row").await;
    tour.see("products-with-suppliers").await;
}
