//! Images of products: from a file into a plan, the catalogue and the history, and out again.

use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

const SHOPIFYS: &str = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,\
Image Position,Image Alt Text,Variant Image\n\
tee,Tee,Colour,Red,TEE-R,20,https://images.test/back.jpg,2,The back,https://images.test/red.jpg\n\
tee,,,Blue,TEE-B,20,https://images.test/front.jpg,1,,\n\
tee,,,,,,https://images.test/box.jpg,3,,\n\
mug,Mug,,,MUG,9,https://images.test/mug.jpg,1,A mug,\n";

async fn plan(desktop: &TestApp, content: &str) -> Json {
    let path = desktop.data.path().join("images.csv");
    std::fs::write(&path, content).unwrap();
    let file = desktop.app.grant_file(&path).token;
    let draft = desktop.ok("imports.open", json!({ "file": file })).await;
    let id = draft["id"].clone();
    let started = desktop.ok("imports.plan", json!({ "id": id })).await;
    desktop.finish(&started).await;
    id
}

async fn counts(desktop: &TestApp, plan: &Json) -> Json {
    desktop.ok("plans.get", json!({ "id": plan })).await["counts"].clone()
}

/// Applies a plan; the id of its batch.
async fn applied(desktop: &TestApp, plan: &Json) -> Json {
    let started = desktop.ok("plans.apply", json!({ "id": plan })).await;
    desktop.finish(&started).await;
    desktop.ok("plans.get", json!({ "id": plan })).await["batchId"].clone()
}

/// The main and the alternate images of a product.
async fn images(desktop: &TestApp, sku: &str) -> (Json, Json) {
    let request = json!({ "filter": { "search": sku }, "sort": "sku", "offset": 0, "limit": 50 });
    let page = desktop.ok("products.list", request).await;
    let rows = page["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["sku"] == sku).unwrap();
    let found = desktop.ok("products.get", json!({ "id": row["id"] })).await;
    let fields = &found["product"]["fields"];
    (fields["main_image"].clone(), fields["alt_images"].clone())
}

#[tokio::test]
async fn the_images_of_a_shop_come_with_its_products_and_go_with_an_undo() {
    on_each_desktop(async |desktop| {
        applied(desktop, &plan(desktop, SHOPIFYS).await).await;
        assert_eq!(
            images(desktop, "tee").await,
            (
                json!("https://images.test/front.jpg"),
                json!(["https://images.test/back.jpg The back", "https://images.test/box.jpg"])
            )
        );
        let (red, _) = images(desktop, "TEE-R").await;
        assert_eq!(red, "https://images.test/red.jpg");
        assert_eq!(images(desktop, "TEE-B").await, (Json::Null, Json::Null));

        let again = counts(desktop, &plan(desktop, SHOPIFYS).await).await;
        assert_eq!((&again["update"], &again["create"]), (&json!(0), &json!(0)), "{again}");

        let other = "sku,main_image,alt_images\n\
                     MUG,https://images.test/mug-2.jpg,https://images.test/a.jpg|https://images.test/b.jpg\n\
                     tee,,tee.jpg\n";
        let next = plan(desktop, other).await;
        let told = counts(desktop, &next).await;
        assert_eq!((&told["update"], &told["unchanged"]), (&json!(1), &json!(1)), "{told}");
        let rows = json!({ "id": next, "offset": 0, "limit": 10 });
        let rows = desktop.ok("plans.rows", rows).await;
        let notes = rows["rows"][1]["notes"].to_string();
        assert!(notes.contains("is no address of a picture and is left out"), "{rows}");
        let batch = applied(desktop, &next).await;
        assert_eq!(
            images(desktop, "MUG").await,
            (
                json!("https://images.test/mug-2.jpg"),
                json!(["https://images.test/a.jpg", "https://images.test/b.jpg"])
            )
        );
        let undo = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
        desktop.finish(&undo).await;
        applied(desktop, &undo["plan"]).await;
        assert_eq!(
            images(desktop, "MUG").await,
            (json!("https://images.test/mug.jpg A mug"), Json::Null)
        );
    })
    .await;
}

#[tokio::test]
async fn images_are_written_and_read_again_without_a_change() {
    on_each_desktop(async |desktop| {
        applied(desktop, &plan(desktop, SHOPIFYS).await).await;
        let path = desktop.data.path().join("export.csv");
        let file = desktop.app.grant_file(&path).token;
        let started = desktop.ok("exports.run", json!({ "file": file })).await;
        desktop.finish(&started).await;
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(
            written.contains("https://images.test/back.jpg The back"),
            "{written}"
        );
        let again = counts(desktop, &plan(desktop, &written).await).await;
        assert_eq!(again["unchanged"], 4, "{again}");
    })
    .await;
}
