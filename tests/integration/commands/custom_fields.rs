//! Fields that a workspace has of its own: made, filled, renamed, removed, brought back, deleted for
//! good, by two people at once.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

/// Makes a field and tells its record and its key.
async fn field(desktop: &TestApp, fields: Json) -> (Json, String) {
    let request = json!({ "fields": fields });
    let saved = desktop.ok("custom_fields.create", request).await;
    let record = saved["record"].clone();
    let key = format!("custom.{}", record["id"].as_str().unwrap());
    (record, key)
}

async fn season(desktop: &TestApp) -> (Json, String) {
    let fields = json!({
        "custom_field.label": "Season", "custom_field.type": "choice",
        "custom_field.choices": "Summer\nWinter", "custom_field.filterable": true,
    });
    field(desktop, fields).await
}

async fn get(desktop: &TestApp, record: &Json) -> Json {
    let got = desktop
        .ok("products.get", json!({ "id": record["id"] }))
        .await;
    got["product"].clone()
}

/// Changes one field of a record of a kind.
async fn set(desktop: &TestApp, noun: &str, record: &Json, change: (&str, Json)) -> Json {
    let (field, new) = change;
    let request = json!({
        "id": record["id"], "version": record["version"],
        "changes": [{ "field": field, "old": record["fields"][field], "new": new }],
    });
    desktop.ok(&format!("{noun}.update"), request).await
}

async fn known(desktop: &TestApp) -> Vec<String> {
    let state = desktop.ok("app.state", json!({})).await;
    let mut kinds = state["kinds"].as_array().unwrap().iter();
    let product = kinds.find(|kind| kind["key"] == "product").unwrap();
    let fields = product["fields"].as_array().unwrap().iter();
    let custom = fields.filter(|field| field["key"].as_str().unwrap().starts_with("custom."));
    custom
        .map(|field| field["label"].as_str().unwrap().to_owned())
        .collect()
}

async fn undo(desktop: &TestApp, batch: &Json) {
    let undo = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
    desktop.finish(&undo).await;
    let applied = desktop
        .ok("plans.apply", json!({ "id": undo["plan"] }))
        .await;
    desktop.finish(&applied).await;
}

#[tokio::test]
async fn a_field_is_made_filled_renamed_removed_and_brought_back() {
    on_each_desktop(async |ada| {
        let (season, key) = season(ada).await;
        assert_eq!(season["fields"]["custom_field.code"], "season");
        assert_eq!(season["fields"]["custom_field.record_kind"], "product");
        let choices = &season["fields"]["custom_field.choices"];
        assert_eq!(choices, "summer = Summer\nwinter = Winter");
        assert_eq!(known(ada).await, ["Season"]);

        let mug = ada.create(json!({ "sku": "MUG", "name": "Mug", &key: "summer" })).await;
        assert_eq!(mug["fields"][&key], "summer");
        let request = json!({ "fields": { "sku": "CUP", "name": "Cup", &key: "spring" } });
        let error = ada.refused("products.create", request, Code::Invalid).await;
        assert!(error.fields[&key].contains("Choose one of: Summer, Winter"), "{error:?}");

        // Another label keeps the values, and the history tells it.
        let renamed = json!("summer = High summer\nwinter = Winter\nSpring");
        let saved = set(ada, "custom_fields", &season, ("custom_field.choices", renamed)).await;
        let choices = &saved["record"]["fields"]["custom_field.choices"];
        assert_eq!(choices, "summer = High summer\nwinter = Winter\nspring = Spring");
        assert_eq!(get(ada, &mug).await["fields"][&key], "summer");
        let history = ada.ok("products.history", json!({ "id": mug["id"] })).await;
        let told = history[0]["changes"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&told["label"], &told["new"]), (&json!("Season"), &json!("High summer")));
        assert_eq!(told["kind"], "text");

        // What it holds, and where, cannot change under the values.
        let season = saved["record"].clone();
        for (field, new) in [("type", "text"), ("code", "saison"), ("record_kind", "supplier")] {
            let field = format!("custom_field.{field}");
            let change = |field: &str, new: Json| {
                json!({ "field": field, "old": season["fields"][field], "new": new })
            };
            let mut changes = vec![change(&field, json!(new))];
            if new == "text" {
                changes.push(change("custom_field.choices", json!(null)));
            }
            let (id, version) = (&season["id"], &season["version"]);
            let request = json!({ "id": id, "version": version, "changes": changes });
            let error = ada.refused("custom_fields.update", request, Code::Invalid).await;
            let told = &error.fields[&field];
            assert!(told.contains("cannot be changed") || told.contains("no custom fields"), "{told}");
        }

        // Removed, it is gone from forms and records; brought back, it has its values.
        let one = json!({ "ids": [season["id"]] });
        let values = ada.ok("custom_fields.values", json!({ "id": season["id"] })).await;
        assert_eq!(values["count"], 1);
        let removed = ada.ok("custom_fields.trash", one.clone()).await;
        assert_eq!(known(ada).await, Vec::<String>::new());
        assert_eq!(get(ada, &mug).await["fields"].get(&key), None);
        let now = get(ada, &mug).await;
        set(ada, "products", &now, ("name", json!("Big mug"))).await;
        undo(ada, &removed["batchId"]).await;
        assert_eq!(known(ada).await, ["Season"]);
        assert_eq!(get(ada, &mug).await["fields"][&key], "summer");

        // Deleted for good, its values are gone, and what it was can still be read.
        ada.ok("custom_fields.trash", one.clone()).await;
        assert_eq!(ada.ok("custom_fields.purge", one.clone()).await["moved"], 1);
        let values = ada.ok("custom_fields.values", json!({ "id": season["id"] })).await;
        assert_eq!(values["count"], 0);
        let history = ada.ok("products.history", json!({ "id": mug["id"] })).await;
        let first = history.as_array().unwrap().last().unwrap().clone();
        let told = first["changes"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&told["label"], &told["new"]), (&json!("Season"), &json!("High summer")));
        let verified = ada.ok("history.verify", json!({})).await;
        ada.finish(&verified).await;
        let found = ada.ok("history.verification", json!({})).await;
        assert_eq!(found["problemCount"], 0, "{found}");
    })
    .await;
}

#[tokio::test]
async fn two_people_who_set_one_field_are_told_of_each_other() {
    on_each_desktop(async |ada| {
        let (_, key) = season(ada).await;
        let mug = ada.create(json!({ "sku": "MUG", "name": "Mug" })).await;
        ada.add_vic().await;
        let vic = ada.second_desktop().await;
        vic.sign_in("vic@example.com").await;
        assert_eq!(known(&vic).await, ["Season"]);
        set(&vic, "products", &mug, (&key, json!("winter"))).await;
        let request = json!({ "id": mug["id"], "version": mug["version"], "changes": [
            { "field": key, "old": null, "new": "summer" },
        ]});
        let error = ada
            .refused("products.update", request, Code::Conflict)
            .await;
        assert_eq!(error.fields[&key], "Vic set it to Winter.");
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_field_of_another_desktop_appears_by_itself() {
    on_each_desktop(async |ada| {
        ada.add_vic().await;
        let vic = ada.second_desktop().await;
        vic.sign_in("vic@example.com").await;
        let mut events = vic.app.subscribe();
        season(ada).await;
        while events.recv().await.unwrap() != backstock::commands::events::Event::StateChanged {}
        assert_eq!(known(&vic).await, ["Season"]);
        vic.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_required_is_asked_of_new_products_and_never_taken_away() {
    on_each_desktop(async |ada| {
        let old = ada.create(json!({ "sku": "OLD", "name": "Old" })).await;
        let fields = json!({
            "custom_field.label": "Origin", "custom_field.type": "text", "custom_field.required": true,
        });
        let (_, key) = field(ada, fields).await;
        let new = json!({ "fields": { "sku": "NEW", "name": "New" } });
        let error = ada.refused("products.create", new, Code::Invalid).await;
        assert_eq!(error.fields[&key], "Origin is needed.");
        // One that was there before can be changed all the same, and filled; not emptied again.
        let saved = set(ada, "products", &old, ("name", json!("Older"))).await;
        let saved = set(ada, "products", &saved["record"], (&key, json!(" Kenya "))).await;
        assert_eq!(saved["record"]["fields"][&key], "Kenya");
        let request = json!({ "id": old["id"], "version": 3, "changes": [
            { "field": key, "old": "Kenya", "new": null },
        ]});
        ada.refused("products.update", request, Code::Invalid).await;
    })
    .await;
}

#[tokio::test]
async fn values_of_every_type_are_kept_as_they_are() {
    on_each_desktop(async |ada| {
        for (kind, value) in [
            ("text", json!("Ünïcode '\" % _ \\")),
            ("long_text", json!("two\nlines")),
            ("html", json!("<p>a</p>")),
            ("integer", json!(-7)),
            ("decimal", json!(12_345)),
            ("money", json!(199_500)),
            ("date", json!("2026-12-31")),
            ("flag", json!(false)),
            ("choice", json!("b")),
            ("choices", json!(["b", "a"])),
        ] {
            let mut fields =
                json!({ "custom_field.label": format!("My {kind}"), "custom_field.type": kind });
            if kind.starts_with("choice") {
                fields["custom_field.choices"] = json!("b = Second\na = First");
            }
            let (_, key) = field(ada, fields).await;
            let sku = kind.to_uppercase();
            let made = ada
                .create(json!({ "sku": sku, "name": kind, &key: value }))
                .await;
            let mut kept = value.clone();
            if kind == "choices" {
                kept = json!(["a", "b"]);
            }
            assert_eq!(get(ada, &made).await["fields"][&key], kept, "{kind}");
            let cleared = set(ada, "products", &made, (&key, json!(null))).await;
            assert_eq!(cleared["record"]["fields"].get(&key), None, "{kind}");
            undo(ada, &cleared["batchId"]).await;
            assert_eq!(get(ada, &made).await["fields"][&key], kept, "{kind}");
            let wrong = json!({ "fields": { "sku": "X", "name": "X", &key: { "a": 1 } } });
            ada.refused("products.create", wrong, Code::Invalid).await;
        }
    })
    .await;
}
