//! Two people on one product: different fields both win, the same field is a conflict, and nothing
//! is lost.

use backstock::commands::events::Event;
use domain::catalog::product::PRODUCT;
use domain::error::Code;
use domain::purchasing::supplier::SUPPLIER;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

async fn ada_and_vic(ada: &TestApp) -> (TestApp, Json) {
    let fields = json!({ "sku": "AB-1", "name": "Mug", "store_price": 90_000, "brand": "Kiln" });
    let mug = ada.create(fields).await;
    ada.add_vic().await;
    let vic = ada.second_desktop().await;
    vic.sign_in("vic@example.com").await;
    (vic, mug)
}

fn update(mug: &Json, changes: Json) -> Json {
    json!({ "id": mug["id"], "version": mug["version"], "changes": changes })
}

#[tokio::test]
async fn changes_of_different_fields_both_win() {
    on_each_desktop(async |ada| {
        let (vic, mug) = ada_and_vic(ada).await;
        let price = json!([{ "field": "store_price", "old": 90_000, "new": 95_000 }]);
        vic.ok("products.update", update(&mug, price)).await;
        let name = json!([{ "field": "name", "old": "Mug", "new": "Big mug" }]);
        let saved = ada.ok("products.update", update(&mug, name)).await;
        let fields = &saved["record"]["fields"];
        assert_eq!(fields["name"], "Big mug");
        assert_eq!(fields["store_price"], 95_000, "Vic's change stays");
        let history = ada.ok("products.history", json!({ "id": mug["id"] })).await;
        let who: Vec<_> = history
            .as_array()
            .unwrap()
            .iter()
            .map(|e| &e["person"])
            .collect();
        assert_eq!(who, ["Ada", "Vic", "Ada"]);
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_field_is_a_conflict_that_names_who_and_what() {
    on_each_desktop(async |ada| {
        let (vic, mug) = ada_and_vic(ada).await;
        let vics = json!([
            { "field": "store_price", "old": 90_000, "new": 95_000 },
            { "field": "brand", "old": "Kiln", "new": null },
        ]);
        vic.ok("products.update", update(&mug, vics)).await;
        let adas = json!([
            { "field": "store_price", "old": 90_000, "new": 80_000 },
            { "field": "brand", "old": "Kiln", "new": "Oven" },
            { "field": "name", "old": "Mug", "new": "Big mug" },
        ]);
        let request = update(&mug, adas);
        let error = ada
            .refused("products.update", request, Code::Conflict)
            .await;
        assert_eq!(error.message, "Vic changed the same fields of AB-1.");
        assert_eq!(error.fields["store_price"], "Vic set it to 9.50.");
        assert_eq!(error.fields["brand"], "Vic cleared it.");
        assert!(!error.fields.contains_key("name"), "{error:?}");
        let now = ada.ok("products.get", json!({ "id": mug["id"] })).await;
        assert_eq!(
            now["product"]["fields"]["name"], "Mug",
            "nothing of it was saved"
        );

        let decided = json!([{ "field": "store_price", "old": 95_000, "new": 80_000 }]);
        let saved = ada
            .ok("products.update", update(&now["product"], decided))
            .await;
        assert_eq!(saved["record"]["fields"]["store_price"], 80_000);
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_form_over_a_newer_version_is_told_what_came_in_and_who_set_it() {
    on_each_desktop(async |ada| {
        let (vic, mug) = ada_and_vic(ada).await;
        let vics = json!([
            { "field": "store_price", "old": 90_000, "new": 95_000 },
            { "field": "brand", "old": "Kiln", "new": "Oven" },
            { "field": "subtitle", "old": null, "new": "Blue" },
            { "field": "rrp", "old": null, "new": 120_000 },
        ]);
        vic.ok("products.update", update(&mug, vics)).await;
        let form = json!({
            "id": mug["id"],
            "seen": mug["fields"],
            "typed": { "store_price": 80_000, "brand": " Oven ", "rrp": "12,O", "name": "Big mug" },
        });
        let merged = ada.ok("products.merge", form.clone()).await;
        assert_eq!(merged["record"]["version"], 2);
        assert_eq!(merged["takenOver"][0]["field"], "subtitle");
        assert_eq!(merged["takenOver"][0]["by"]["person"], "Vic");
        assert_eq!(merged["agreed"], json!(["brand"]));
        let overlaps = merged["conflicts"].as_array().unwrap();
        let told: Vec<Json> = overlaps
            .iter()
            .map(|o| {
                json!([
                    o["field"],
                    o["seen"],
                    o["current"],
                    o["typed"],
                    o["by"]["you"]
                ])
            })
            .collect();
        let price = json!(["store_price", 90_000, 95_000, 80_000, false]);
        assert_eq!(told, [json!(["rrp", null, 120_000, "12,O", false]), price]);
        assert!(overlaps.iter().all(|overlap| overlap["by"]["at"].is_i64()));
        let vics_own = vic.ok("products.merge", form).await;
        assert_eq!(vics_own["conflicts"][0]["by"]["you"], true);
        let now = ada.ok("products.get", json!({ "id": mug["id"] })).await;
        assert_eq!(now["product"]["version"], 2, "nothing is written");
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_change_twice_changes_nothing() {
    on_each_desktop(async |ada| {
        let (vic, mug) = ada_and_vic(ada).await;
        let same = json!([{ "field": "store_price", "old": 90_000, "new": 95_000 }]);
        vic.ok("products.update", update(&mug, same.clone())).await;
        let saved = ada.ok("products.update", update(&mug, same)).await;
        assert_eq!(saved["batchId"], json!(null));
        assert_eq!(saved["record"]["version"], 2);
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn many_at_once_lose_nothing() {
    on_each_desktop(async |ada| {
        let (vic, mug) = ada_and_vic(ada).await;
        let fields = [
            "name",
            "subtitle",
            "brand",
            "category",
            "seo_title",
            "barcode",
        ];
        let saves = fields.iter().enumerate().map(|(number, field)| {
            let desktop = if number % 2 == 0 { ada } else { &vic };
            let old = mug["fields"][field].clone();
            let change = json!([{ "field": field, "old": old, "new": format!("new {field}") }]);
            desktop.ok("products.update", update(&mug, change))
        });
        futures_util::future::join_all(saves).await;
        let now = ada.ok("products.get", json!({ "id": mug["id"] })).await;
        for field in fields {
            assert_eq!(now["product"]["fields"][field], format!("new {field}"));
        }
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn two_desktops_make_no_twins_at_the_same_moment() {
    on_each_desktop(async |ada| {
        let (vic, _) = ada_and_vic(ada).await;
        let made = (0..8).map(|number| {
            let desktop = if number % 2 == 0 { ada } else { &vic };
            let fields = json!({
                "sku": format!("AB-1-{number}"), "name": "Mug", "parent_sku": "AB-1",
                "option1_name": "Colour", "option1_value": "Blue",
            });
            desktop.call("products.create", json!({ "fields": fields }))
        });
        let made = futures_util::future::join_all(made).await;
        let stand = made.iter().filter(|made| made.is_ok()).count();
        assert_eq!(stand, 1, "{made:?}");
        for refused in made.into_iter().filter_map(Result::err) {
            let told = &refused.fields["option1_value"];
            assert!(told.contains("has the same options"), "{refused:?}");
        }
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_window_hears_of_the_changes_of_others() {
    on_each_desktop(async |ada| {
        let (vic, mug) = ada_and_vic(ada).await;
        let mut events = ada.app.subscribe();
        let change = json!([{ "field": "name", "old": "Mug", "new": "Big mug" }]);
        vic.ok("products.update", update(&mug, change)).await;
        // What else happened a moment before, such as Vic's sign-in, may be told with it; that suppliers
        // changed is not.
        let is_told = |event: Event| match event {
            Event::DataChanged { kinds } => kinds.contains(&PRODUCT) && !kinds.contains(&SUPPLIER),
            _ => false,
        };
        let heard = async { while !is_told(events.recv().await.unwrap()) {} };
        let patience = std::time::Duration::from_secs(10);
        assert!(tokio::time::timeout(patience, heard).await.is_ok());
        vic.app.close().await;
    })
    .await;
}
