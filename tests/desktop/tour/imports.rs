//! Imports: the drop, the mapping, questions, the review, what was done and its undo.

use serde_json::json;

use super::Tour;
use crate::dirty;

const JUNE: &str =
    "Item code;Product name;Qty;RRP;Store price;Promo price;Promo start;Colour of the box;Brand
MUG-BLUE;Mug, blue;40;12,90;11,90;9,90;05/06/2026;white;Kiln & Co
MUG-RED;Mug, red;25;12,90;11,90;;;white;Kiln & Co
MUG-GREY;Mug, grey;7;12,90;11,90;;;;Kiln & Co
TEA-100;Grüner Tee 100 g;120;6,50;6,50;;07/08/2026;green;Leaf
LAMP-1;Desk lamp;1O;49,00;45,00;;;;Glow
;No key;3;1,00;1,00;;;;Glow
MUG-RED;Mug, red again;25;12,90;11,90;;;;Kiln & Co
";

const JULY: &str = "Item code;Product name;Qty;RRP;Store price;Brand
MUG-BLUE;Mug, blue;0;19,90;18,50;Kiln & Co
MUG-RED;Mug, red;25;12,90;11,90;Kiln & Co
MUG-GREY;Mug, grey with a handle and a very long name that hardly fits anywhere;70;15,90;13,90;Kiln and Company
TEA-100;Grüner Tee 100 g;64;6,50;6,50;Leaf
LAMP-1;Desk lamp;10;49,00;45,00;Glow
LAMP-2;Floor lamp;1x;99,00;95,00;Glow
";

const LOOK_ALIKES: &str = "SKU,Name,Store price
mug-blue,Mug of another file,11.90
MUG- RED,Mug with a space,11.90
mug-yellow,Mug that nothing looks like,11.90
";

/// Imports two files of a supplier, a large one, and takes the second back.
pub async fn visit(tour: &Tour) {
    choose(tour).await;
    june(tour).await;
    july(tour).await;
    look_alikes(tour).await;
    large(tour).await;
    list_and_undo(tour).await;
}

async fn choose(tour: &Tour) {
    let app = &tour.app;
    tour.dismiss().await;
    tour.go("/imports/new").await;
    tour.see("import-choose").await;
    let files = [
        tour.file("prices.xlsx", "no table"),
        tour.file("empty.csv", ""),
        tour.file("june.csv", JUNE),
    ];
    let held = app.hold_files(&[&files[2]]);
    tour.see("drop").await;
    held.drop_them();
    app.by_test_id("import-draft").await;
    let held = app.hold_files(&[&files[0]]);
    tour.see("drop-refused").await;
    held.drop_them();
    tour.see("drop-refused-toast").await;
    tour.dismiss().await;
    app.drop_files(&[&files[1]]);
    app.wait_text("empty").await;
    tour.see("import-unreadable").await;
}

async fn june(tour: &Tour) {
    let app = &tour.app;
    app.drop_files(&[&tour.file("june.csv", JUNE)]);
    app.by_test_id("question-date-order").await;
    tour.see("import-question").await;
    app.click_test_id("answer-dmy").await;
    tour.see("import-answered").await;
    app.run("document.querySelector('[data-testid=import-preview]').scrollIntoView()")
        .await;
    tour.see("import-preview").await;
    app.click_test_id("mapping-7").await;
    tour.see("import-target").await;
    tour.escape().await;
    app.click_test_id("import-continue").await;
    app.by_test_id("review").await;
    tour.see("review").await;
    for tab in ["create", "update", "unchanged", "conflict", "error"] {
        // In a narrow window those that hold nothing make room.
        let has_room = format!(
            "return document.querySelector('[data-testid=plan-tab-{tab}]').offsetWidth > 0"
        );
        if app.run(&has_room).await != true {
            continue;
        }
        app.click_test_id(&format!("plan-tab-{tab}")).await;
        tour.see(&format!("review-{tab}")).await;
    }
    app.click_test_id("grid-row").await;
    app.by_test_id("plan-record").await;
    tour.see("review-error-record").await;
    tour.escape().await;
    apply(tour, "4").await;
    tour.see("done").await;
}

async fn july(tour: &Tour) {
    let app = &tour.app;
    app.drop_files(&[&tour.file("july.csv", JULY)]);
    app.click_test_id("import-continue").await;
    app.by_test_id("review").await;
    tour.see("review-second").await;
    app.click_test_id("plan-tab-update").await;
    app.click_test_id("grid-row").await;
    tour.see("review-update-record").await;
    tour.escape().await;
    // A colleague sells a box of tea meanwhile.
    let id = tour.product("TEA-100").await;
    let detail = tour.call("products.get", json!({ "id": id })).await;
    let product = &detail["product"];
    let change = json!({ "field": "stock", "old": product["fields"]["stock"], "new": 119 });
    let update = json!({ "id": id, "version": product["version"], "changes": [change] });
    tour.call("products.update", update).await;
    apply(tour, "4").await;
    app.by_test_id("plan-held-back").await;
    tour.see("done-held-back").await;
    app.click_test_id("plan-tab-conflict").await;
    tour.see("done-conflict").await;
    // The middle of the row may be one of its buttons.
    app.click_cell("code").await;
    app.by_test_id("plan-conflict").await;
    tour.see("done-conflict-record").await;
    app.press("1").await;
    app.by_role("button", "Apply 1 decision").await;
    tour.see("done-conflict-taken").await;
    app.press("2").await;
    app.wait_text_gone("Apply 1 decision").await;
    tour.see("done-conflict-kept").await;
    tour.escape().await;
}

/// Three products that the file would create, of which two look like ones that are there.
async fn look_alikes(tour: &Tour) {
    let app = &tour.app;
    app.drop_files(&[&tour.file("look-alikes.csv", LOOK_ALIKES)]);
    app.click_test_id("import-continue").await;
    app.by_test_id("review").await;
    tour.see("review-look-alikes").await;
    app.click_test_id("grid-row").await;
    app.by_test_id("plan-record").await;
    tour.see("review-look-alike-record").await;
    tour.escape().await;
    app.click("button", "Cancel").await;
    app.by_test_id("grid-row").await;
}

/// Twenty thousand rows, whose plan and application can be watched.
async fn large(tour: &Tour) {
    let app = &tour.app;
    let (bytes, _) = dirty::file();
    app.drop_files(&[&tour.file("supplier.csv", bytes)]);
    app.by_test_id("import-draft").await;
    tour.see("import-large").await;
    app.click_test_id("answer-take_as_is").await;
    app.click_test_id("import-continue").await;
    // A quick machine may have planned, and even applied, before the driver has found anything.
    tour.picture("planning");
    app.by_test_id("review").await;
    tour.see("review-large").await;
    app.click_test_id("plan-apply").await;
    tour.picture("applying");
    app.click_test_id("area-products").await;
    app.by_test_id("new-product").await;
    tour.picture("applying-elsewhere");
    app.wait_text_gone("Cancel Import supplier.csv").await;
    app.click("button", "Activity : show details").await;
    tour.see("activity").await;
    tour.escape().await;
}

async fn list_and_undo(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("area-home").await;
    tour.see("home").await;
    app.click_test_id("area-imports").await;
    app.by_test_id("grid-row").await;
    tour.see("imports").await;
    app.click_text("All changes").await;
    tour.see("all-changes").await;
    tour.open_row("Import july.csv").await;
    app.by_test_id("batch-summary").await;
    tour.see("batch").await;
    app.click("button", "Undo: Import july.csv").await;
    app.by_test_id("review").await;
    tour.see("undo").await;
    app.click_test_id("plan-apply").await;
    app.by_test_id("plan-done").await;
    tour.see("undo-done").await;
    app.click_test_id("area-imports").await;
    app.by_test_id("grid-row").await;
    tour.see("imports-undone").await;
}

async fn apply(tour: &Tour, changes: &str) {
    let apply = format!("Apply {changes} changes");
    tour.app.click("button", &apply).await;
    tour.app.by_test_id("plan-done").await;
}
