//! The story of a field: an owner fills it by file for 20,000 products, filters and sorts by it, renames
//! a choice, removes it, thinks better of it, and deletes it for good.

use std::fmt::Write as _;

use domain::error::Code;
use serde_json::{Value as Json, json};

use testing::Place;

use crate::support::{TestApp, on_each_desktop};

/// How many products: a server that tests share gets fewer.
fn how_many(desktop: &TestApp) -> usize {
    match desktop.place {
        Place::File(_) => 20_000,
        Place::Server(_) => 2_000,
    }
}

async fn open(desktop: &TestApp, name: &str, text: &str) -> Json {
    let path = desktop.data.path().join(name);
    std::fs::write(&path, text).unwrap();
    let file = desktop.app.grant_file(&path).token;
    desktop.ok("imports.open", json!({ "file": file })).await
}

async fn planned(desktop: &TestApp, draft: &Json) -> Json {
    let started = desktop
        .ok("imports.plan", json!({ "id": draft["id"] }))
        .await;
    desktop.finish(&started).await;
    desktop.ok("plans.get", json!({ "id": draft["id"] })).await
}

async fn applied(desktop: &TestApp, plan: &Json) -> Json {
    let started = desktop.ok("plans.apply", json!({ "id": plan })).await;
    desktop.finish(&started).await;
    desktop.ok("plans.get", json!({ "id": plan })).await
}

async fn count(desktop: &TestApp, filter: Json) -> Json {
    let counted = desktop
        .ok("products.count", json!({ "filter": filter }))
        .await;
    assert_eq!(counted["exact"], true);
    counted["count"].clone()
}

fn products(many: usize) -> String {
    let mut file = "SKU,Name,Season,Misc01,Rooms\r\n".to_owned();
    for at in 0..many {
        let season = ["Summer", "Winter"][at % 2];
        let rooms = ["Attic; Bath", "Bath", ""][at % 3];
        write!(file, "P{at:05},Product {at},{season},note {at},{rooms}\r\n").unwrap();
    }
    file
}

#[tokio::test]
async fn an_owner_keeps_the_season_of_twenty_thousand_products() {
    on_each_desktop(async |ada| {
        let many = how_many(ada);
        let fields = json!({
            "custom_field.label": "Season", "custom_field.type": "choice",
            "custom_field.choices": "Winter\nSummer", "custom_field.filterable": true,
        });
        let made = ada.ok("custom_fields.create", json!({ "fields": fields })).await;
        let season = made["record"].clone();
        let key = format!("custom.{}", season["id"].as_str().unwrap());

        // The file's columns are known by their names, and fields are offered for the others.
        let draft = open(ada, "products.csv", &products(many)).await;
        assert_eq!(draft["settings"]["columns"][2], key.as_str());
        assert_eq!(draft["columns"][2]["offer"], json!(null));
        let offers = [("Misc01", "text"), ("Rooms", "text")];
        for (at, (label, kind)) in offers.into_iter().enumerate() {
            assert_eq!(draft["columns"][at + 3]["offer"], json!({ "label": label, "type": kind }));
        }
        let columns = json!([{ "column": 3 }, { "column": 4, "type": "choices", "label": "Where" }]);
        let request = json!({ "id": draft["id"], "columns": columns });
        let draft = ada.ok("imports.make_fields", request).await;
        assert!(draft["settings"]["columns"][4].as_str().unwrap().starts_with("custom."));
        let rooms = draft["settings"]["columns"][4].as_str().unwrap().to_owned();
        let plan = planned(ada, &draft).await;
        assert_eq!(plan["counts"]["create"], many, "{plan}");
        applied(ada, &draft["id"]).await;

        // Filtered and sorted: choices come in the order of their list.
        let summer = json!({ "custom": [{ "field": key, "any": ["summer"] }] });
        assert_eq!(count(ada, summer.clone()).await, many / 2);
        let bath = json!({ "custom": [{ "field": rooms, "any": ["bath"] }] });
        let either = json!({ "custom": [{ "field": rooms, "any": ["bath", "attic"] }] });
        assert_eq!(count(ada, bath).await, count(ada, either).await);
        let request = json!({ "sortBy": key, "offset": many / 2 - 1, "limit": 2 });
        let page = ada.ok("products.list", request).await;
        let seen: Vec<&Json> = page["rows"].as_array().unwrap().iter().map(|row| &row["custom"][&key]).collect();
        assert_eq!(seen, ["winter", "summer"]);
        let facets = ada.ok("products.facets", json!({})).await;
        let told = facets["custom"].as_array().unwrap().iter();
        let told = told.clone().find(|facet| facet["field"] == key.as_str()).unwrap();
        assert_eq!(told["values"][0], json!({ "value": "winter", "count": many / 2 }));

        // Another name for a choice leaves the values; an exported file changes nothing.
        let renamed = json!("winter = Cold, wet season\nsummer = High summer");
        let request = json!({ "id": season["id"], "version": 1, "changes": [
            { "field": "custom_field.choices", "old": season["fields"]["custom_field.choices"], "new": renamed },
        ]});
        ada.ok("custom_fields.update", request).await;
        assert_eq!(count(ada, summer.clone()).await, many / 2);
        let path = ada.data.path().join("out.csv");
        let file = ada.app.grant_file(&path).token;
        let started = ada.ok("exports.run", json!({ "file": file })).await;
        ada.finish(&started).await;
        let out = std::fs::read_to_string(&path).unwrap();
        assert!(out.contains("High summer") && out.contains(",Where"), "{}", &out[..400]);
        let again = open(ada, "again.csv", &out).await;
        let plan = planned(ada, &again).await;
        assert_eq!(plan["counts"]["unchanged"], many, "{plan}");

        // Removed, it is no filter; the undo of that brings it back with its values.
        let one = json!({ "ids": [season["id"]] });
        let removed = ada.ok("custom_fields.trash", one.clone()).await;
        let request = json!({ "filter": summer });
        ada.refused("products.count", request, Code::Invalid).await;
        let undo = ada.ok("plans.undo", json!({ "batchId": removed["batchId"] })).await;
        ada.finish(&undo).await;
        applied(ada, &undo["plan"]).await;
        assert_eq!(count(ada, summer.clone()).await, many / 2);

        // Deleted for good, its values go with it.
        ada.ok("custom_fields.trash", one.clone()).await;
        let values = ada.ok("custom_fields.values", json!({ "id": season["id"] })).await;
        assert_eq!(values["count"], many);
        ada.ok("custom_fields.purge", one).await;
        let values = ada.ok("custom_fields.values", json!({ "id": season["id"] })).await;
        assert_eq!(values["count"], 0);
        assert_eq!(count(ada, json!({})).await, many);
    })
    .await;
}
