//! Mappings are remembered by the shape of a file, and kept under names.

use backstock::jobs::JobId;
use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

async fn open(desktop: &TestApp, name: &str, content: &str) -> Json {
    let path = desktop.data.path().join(name);
    std::fs::write(&path, content).unwrap();
    let file = desktop.app.grant_file(&path).token;
    desktop.ok("imports.open", json!({ "file": file })).await
}

/// Maps the columns like this and plans.
async fn plan_as(desktop: &TestApp, draft: &Json, columns: Json) {
    let mut settings = draft["settings"].clone();
    settings["columns"] = columns;
    let id = &draft["id"];
    let request = json!({ "id": id, "settings": settings });
    desktop.ok("imports.configure", request).await;
    let started = desktop.ok("imports.plan", json!({ "id": id })).await;
    let job = JobId(started["job"].as_i64().unwrap());
    desktop.app.jobs().wait(job).await.unwrap();
}

const JUNE: &str = "Ref,What,Left,Buy\nA,Mug,5,1\n";

#[tokio::test]
async fn the_next_file_of_a_shape_is_mapped_as_the_last_one() {
    on_each_desktop(async |desktop| {
        let draft = open(desktop, "june.csv", JUNE).await;
        assert_eq!(draft["remembered"], Json::Null);
        plan_as(desktop, &draft, json!(["sku", "name", "stock", "cost"])).await;

        // The columns stand elsewhere: they are known by their names.
        let draft = open(desktop, "july.csv", "Left,buy,What,Ref\n5,1,Mug,A\n").await;
        assert_eq!(
            draft["settings"]["columns"],
            json!(["stock", "cost", "name", "sku"])
        );
        assert_eq!(draft["remembered"]["fileName"], "june.csv");
        let id = json!({ "id": draft["id"] });
        let again = desktop.ok("imports.start_over", id).await;
        assert_eq!(again["remembered"], Json::Null);
        assert_ne!(again["settings"]["columns"], draft["settings"]["columns"]);
        let other = open(desktop, "other.csv", "Ref,What,Left\nA,Mug,5\n").await;
        assert_eq!(other["remembered"], Json::Null, "it is another shape");
    })
    .await;
}

#[tokio::test]
async fn a_column_that_had_no_place_is_offered_the_field_that_was_made_for_it_since() {
    on_each_desktop(async |desktop| {
        let file = "SKU,Name,Season,Brand\nA,Mug,Summer,North\n";
        let draft = open(desktop, "june.csv", file).await;
        plan_as(desktop, &draft, json!(["sku", "name", null, null])).await;
        let field = json!({
            "custom_field.code": "season", "custom_field.label": "Season",
            "custom_field.record_kind": "product", "custom_field.type": "text",
        });
        let made = json!({ "fields": field });
        let made = desktop.ok("custom_fields.create", made).await;
        let season = format!("custom.{}", made["record"]["id"].as_str().unwrap());

        let draft = open(desktop, "july.csv", file).await;
        assert_eq!(draft["remembered"]["fileName"], "june.csv");
        let columns = &draft["settings"]["columns"];
        assert_eq!(columns[2], season, "there was no place for it");
        assert_eq!(columns[3], Json::Null, "it was left out by choice");
    })
    .await;
}

#[tokio::test]
async fn a_column_of_costs_is_remembered_for_those_who_may_see_them() {
    on_each_desktop(async |desktop| {
        let draft = open(desktop, "june.csv", JUNE).await;
        plan_as(desktop, &draft, json!(["sku", "name", "stock", "cost"])).await;
        desktop.set_role("operator").await;
        let draft = open(desktop, "july.csv", JUNE).await;
        let without = json!(["sku", "name", "stock", null]);
        assert_eq!(draft["settings"]["columns"], without);
        plan_as(desktop, &draft, without).await;
        desktop.set_role("owner").await;
        let draft = open(desktop, "august.csv", JUNE).await;
        assert_eq!(
            draft["settings"]["columns"][3], "cost",
            "it was not lost meanwhile"
        );
        assert_eq!(draft["remembered"]["fileName"], "july.csv");
    })
    .await;
}

#[tokio::test]
async fn a_profile_maps_a_file_of_another_shape_and_names_what_it_misses() {
    on_each_desktop(async |desktop| {
        let draft = open(desktop, "june.csv", JUNE).await;
        plan_as(desktop, &draft, json!(["sku", "name", "stock", "cost"])).await;
        let save = json!({ "id": draft["id"], "name": " Acme " });
        desktop.ok("imports.save_profile", save).await;
        let nameless = json!({ "id": draft["id"], "name": " " });
        desktop
            .refused("imports.save_profile", nameless, Code::Invalid)
            .await;

        let draft = open(desktop, "new.csv", "Ref,What,stock,RRP\nA,Mug,5,9\n").await;
        let used = json!({ "id": draft["id"], "name": "ACME" });
        let draft = desktop.ok("imports.use_profile", used).await;
        assert_eq!(
            draft["settings"]["columns"],
            json!(["sku", "name", "stock", "rrp"])
        );
        assert_eq!(draft["remembered"]["name"], "Acme");
        assert_eq!(draft["remembered"]["missing"], json!(["Left", "Buy"]));

        let kind = json!({ "kind": "product" });
        let listed = desktop.ok("imports.profiles", kind.clone()).await;
        assert_eq!(listed["profiles"][0]["name"], "Acme");
        let unknown = json!({ "id": draft["id"], "name": "Kiln" });
        let error = desktop
            .refused("imports.use_profile", unknown, Code::NotFound)
            .await;
        assert!(error.hint.unwrap().contains("Acme"));
        let forget = json!({ "kind": "product", "name": "acme" });
        desktop.ok("imports.forget_profile", forget).await;
        let listed = desktop.ok("imports.profiles", kind).await;
        assert_eq!(listed["profiles"], json!([]));
    })
    .await;
}
