//! The history: who reads what of it.

use backstock::jobs::{JobId, JobState};
use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

/// A workspace with a history: three products, some of them changed.
pub(super) async fn with_history(desktop: &TestApp) {
    for sku in ["AB-1", "AB-2", "AB-3"] {
        let made = desktop
            .create(json!({ "sku": sku, "name": format!("Mug {sku}"), "cost": 50_000 }))
            .await;
        desktop.clock.advance(60_000);
        let change = |field: &str, old: Json, new: Json| json!({ "id": made["id"], "version": made["version"], "changes": [{ "field": field, "old": old, "new": new }] });
        desktop
            .ok("products.update", change("stock", json!(0), json!(7)))
            .await;
        desktop.clock.advance(60_000);
    }
}

pub(super) async fn run(desktop: &TestApp, name: &str, request: Json) {
    let started = desktop.ok(name, request).await;
    let job = JobId(started["job"].as_i64().unwrap());
    let ended = desktop.app.jobs().wait(job).await.unwrap();
    assert_eq!(ended.state, JobState::Done, "{:?}", ended.error);
}

/// What a check finds.
pub(super) async fn verified(desktop: &TestApp) -> Json {
    run(desktop, "history.verify", json!({})).await;
    desktop.ok("history.verification", json!({})).await
}

/// The sentences of a check that finds something.
pub(super) async fn problems(desktop: &TestApp) -> Vec<String> {
    let found = verified(desktop).await;
    let problems = found["problems"].as_array().unwrap();
    assert_eq!(found["problemCount"], problems.len());
    problems
        .iter()
        .map(|problem| problem["what"].as_str().unwrap().to_owned())
        .collect()
}

async fn list(desktop: &TestApp, filter: Json) -> Vec<Json> {
    let page = desktop
        .ok("history.list", json!({ "filter": filter }))
        .await;
    page["entries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_batch_of_many_records_is_one_entry_when_asked_for() {
    on_each_desktop(async |desktop| {
        run(desktop, "practice.load", json!({})).await;
        with_history(desktop).await;
        let every = list(desktop, json!({ "byBatch": true, "origins": ["form"] })).await;
        assert_eq!(every.len(), 6);
        assert!(every.iter().all(|entry| entry["batch"].is_null()));
        let practice = list(desktop, json!({ "byBatch": true, "origins": ["practice"] })).await;
        let [loaded] = &practice[..] else {
            panic!("one entry stands for all: {practice:?}")
        };
        assert_eq!(loaded["batch"]["counts"]["created"], 117);
        assert_eq!(loaded["batch"]["id"], loaded["batchId"]);

        let mut seen = Vec::new();
        let mut before = json!(null);
        loop {
            let request = json!({ "filter": { "byBatch": true }, "before": before, "limit": 3 });
            let page = desktop.ok("history.list", request).await;
            let entries = page["entries"].as_array().unwrap();
            seen.extend(entries.iter().map(|entry| entry["batchId"].clone()));
            before = page["next"].clone();
            if before.is_null() {
                break;
            }
        }
        let whole = list(desktop, json!({ "byBatch": true })).await;
        let whole: Vec<Json> = whole.iter().map(|each| each["batchId"].clone()).collect();
        assert_eq!(seen, whole);
        assert!(whole.contains(&every[0]["batchId"]) && whole.contains(&loaded["batchId"]));
    })
    .await;
}

#[tokio::test]
async fn the_history_is_filtered_and_paged() {
    on_each_desktop(async |desktop| {
        let start = desktop.clock_now();
        with_history(desktop).await;
        let product = list(desktop, json!({ "kind": "product" })).await;
        assert_eq!(product.len(), 6);
        assert_eq!(product[0]["label"], "AB-3");
        assert_eq!(product[0]["changes"][0]["label"], "Stock on hand");
        assert_eq!(product[0]["person"], "Ada");
        let numbers: Vec<i64> = product
            .iter()
            .map(|entry| entry["number"].as_i64().unwrap())
            .collect();
        assert!(numbers.is_sorted_by(|a, b| a > b), "{numbers:?}");
        let (person, batch, id) = (
            &product[0]["personId"],
            &product[0]["batchId"],
            &product[0]["recordId"],
        );
        for (filter, count) in [
            (json!({ "kind": "product", "field": "stock" }), 3),
            (json!({ "field": "cost" }), 3),
            (json!({ "field": "brand" }), 0),
            (json!({ "search": "b-2" }), 2),
            (json!({ "search": "100%" }), 0),
            (json!({ "batch": batch }), 1),
            (json!({ "record": id }), 2),
            (json!({ "kind": "product", "person": person }), 6),
            (json!({ "person": uuid::Uuid::now_v7() }), 0),
            (json!({ "origins": ["form"] }), 6),
            (json!({ "origins": ["import"] }), 0),
            (json!({ "origins": [] }), 0),
            (json!({ "kind": "product", "from": start + 60_000 }), 5),
            (json!({ "kind": "product", "to": start + 60_000 }), 2),
            (
                json!({ "from": start + 60_000, "to": start + 119_999, "person": person }),
                1,
            ),
        ] {
            let found = list(desktop, filter.clone()).await;
            assert_eq!(found.len(), count, "{filter}: {found:?}");
        }
        let mut seen = Vec::new();
        let mut before = Json::Null;
        loop {
            let request = json!({ "filter": { "kind": "product" }, "before": before, "limit": 4 });
            let page = desktop.ok("history.list", request).await;
            seen.extend(page["entries"].as_array().unwrap().clone());
            before = page["next"].clone();
            if before.is_null() {
                break;
            }
        }
        assert_eq!(seen, product, "pages show what one page shows");
    })
    .await;
}

#[tokio::test]
async fn each_reads_what_they_may() {
    on_each_desktop(async |desktop| {
        with_history(desktop).await;
        desktop.set_role("viewer").await;
        let all = list(desktop, json!({})).await;
        assert_eq!(all.len(), 6, "sign-ins and people are left out");
        assert!(!json!(all).to_string().contains("cost"), "{all:?}");
        for filter in [
            json!({ "kind": "user" }),
            json!({ "kind": "workspace" }),
            json!({ "field": "cost" }),
        ] {
            desktop
                .refused("history.list", json!({ "filter": filter }), Code::Forbidden)
                .await;
        }
        desktop
            .refused("history.verify", json!({}), Code::Forbidden)
            .await;
    })
    .await;
}

#[tokio::test]
async fn an_export_has_a_line_for_each_changed_field() {
    on_each_desktop(async |desktop| {
        with_history(desktop).await;
        let path = desktop.data.path().join("history.csv");
        for (role, costs) in [("owner", true), ("operator", false)] {
            desktop.set_role(role).await;
            let file = desktop.app.grant_file(&path).token;
            let filter = json!({ "kind": "product" });
            run(
                desktop,
                "history.export",
                json!({ "filter": filter, "file": file }),
            )
            .await;
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().count() - 1;
            assert_eq!(text.contains("Cost"), costs, "{text}");
            assert_eq!(lines, if costs { 12 } else { 9 }, "{text}");
            assert!(text.contains(",Ada,form,product,AB-1,"), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_signs_in_and_who_fails_to_is_told() {
    on_each_desktop(async |desktop| {
        desktop.ok("session.sign_out", json!({})).await;
        let wrong = json!({ "email": "ada@example.com", "password": "not her password" });
        for _ in 0..5 {
            desktop
                .refused("session.sign_in", wrong.clone(), Code::SignInFailed)
                .await;
        }
        let nobody = json!({ "email": "eve@example.com", "password": "not a password" });
        desktop
            .refused("session.sign_in", nobody, Code::SignInFailed)
            .await;
        desktop.pass(60_000).await;
        desktop.sign_in("ada@example.com").await;
        let told = list(desktop, json!({ "origins": ["sign_in"] })).await;
        let told: Vec<String> = told
            .iter()
            .map(|entry| {
                let word = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
                format!("{} {} {}", word("operation"), word("label"), word("person"))
            })
            .collect();
        assert_eq!(
            told,
            [
                "sign_in Ada Ada",
                "sign_in_failed eve@example.com ",
                "locked_out Ada ",
                "sign_in_failed Ada ",
                "sign_in_failed Ada ",
                "sign_in_failed Ada ",
                "sign_in_failed Ada ",
                "sign_out Ada Ada",
            ]
        );
        let page = json!({ "offset": 0, "limit": 10 });
        let batches = desktop.ok("batches.list", page).await;
        assert_eq!(batches["total"], 0, "these stand in the history only");
        assert_eq!(problems(desktop).await, [""; 0]);
    })
    .await;
}

/// Undoes a batch and gives the title of the plan and the batch of the undo.
async fn undo(desktop: &TestApp, batch: &Json) -> (Json, Json) {
    let started = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
    desktop.finish(&started).await;
    let plan = json!({ "id": started["plan"] });
    let title = desktop.ok("plans.get", plan.clone()).await["title"].clone();
    let applied = desktop.ok("plans.apply", plan.clone()).await;
    desktop.finish(&applied).await;
    let batch = desktop.ok("plans.get", plan).await["batchId"].clone();
    (title, batch)
}

#[tokio::test]
async fn what_is_undone_and_done_again_is_called_by_what_it_was() {
    on_each_desktop(async |desktop| {
        let made = desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        let change = json!([{ "field": "stock", "old": 0, "new": 7 }]);
        let update = json!({ "id": made["id"], "version": 1, "changes": change });
        let edit = desktop.ok("products.update", update).await["batchId"].clone();
        let mut batch = edit;
        let called = [
            "Undo AB-1",
            "Redo edit of AB-1",
            "Undo AB-1",
            "Redo edit of AB-1",
        ];
        for told in called {
            let before = desktop.ok("batches.get", json!({ "id": batch })).await;
            assert_eq!(before["undoTitle"], told);
            let (title, undone) = undo(desktop, &batch).await;
            assert_eq!(title, told);
            batch = undone;
        }
        let one = json!({ "ids": [made["id"]] });
        let trashed = desktop.ok("products.trash", one).await["batchId"].clone();
        let (_, back) = undo(desktop, &trashed).await;
        undo(desktop, &back).await;
        let page = json!({ "offset": 0, "limit": 20 });
        let batches = desktop.ok("batches.list", page).await;
        let titles = |rows: &Json| -> Vec<String> {
            let rows = rows.as_array().unwrap().iter();
            rows.map(|row| row["title"].as_str().unwrap().to_owned())
                .collect()
        };
        let told = [
            "Redo move to the trash: AB-1",
            "Undo AB-1",
            "Move to the trash: AB-1",
            "Redo edit of AB-1",
            "Undo AB-1",
            "Redo edit of AB-1",
            "Undo AB-1",
            "Edit AB-1",
            "Create AB-1",
        ];
        assert_eq!(titles(&batches["rows"]), told);
        let entries = list(desktop, json!({ "kind": "product" })).await;
        assert_eq!(titles(&json!(entries)), told);
    })
    .await;
}

#[tokio::test]
async fn the_list_of_batches_tells_of_records_whatever_origin_is_asked_for() {
    on_each_desktop(async |desktop| {
        desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        let asked = |origin: &str| {
            let filter = json!({ "origins": [origin] });
            json!({ "filter": filter, "offset": 0, "limit": 10 })
        };
        desktop.ok("batches.list", asked("sign_in")).await;
        desktop.set_role("viewer").await;
        for origin in ["people", "settings", "sign_in"] {
            desktop
                .refused("batches.list", asked(origin), Code::Forbidden)
                .await;
        }
        let listed = desktop.ok("batches.list", asked("form")).await;
        assert_eq!(listed["rows"][0]["sums"][0]["words"], "created");
        assert_eq!(listed["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn an_undo_says_what_it_did_to_how_many() {
    on_each_desktop(async |desktop| {
        desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        let page = json!({ "offset": 0, "limit": 1 });
        let made = desktop.ok("batches.list", page.clone()).await["rows"][0]["id"].clone();
        let started = desktop.ok("plans.undo", json!({ "batchId": made })).await;
        desktop.finish(&started).await;
        let plan = json!({ "id": started["plan"] });
        let told = |sums: &Json| -> Vec<String> {
            let sums = sums.as_array().unwrap().iter();
            sums.filter(|sum| sum["count"] != 0)
                .map(|sum| format!("{} {}", sum["count"], sum["words"].as_str().unwrap()))
                .collect()
        };
        let planned = desktop.ok("plans.get", plan.clone()).await;
        assert_eq!(told(&planned["sums"]), ["1 move to the trash"]);
        let rows = |operation: &str| {
            json!({
                "id": started["plan"], "outcome": "update", "operation": operation,
                "offset": 0, "limit": 10,
            })
        };
        let trashed = desktop.ok("plans.rows", rows("trash")).await;
        assert_eq!(trashed["total"], 1);
        let updated = desktop.ok("plans.rows", rows("update")).await;
        assert_eq!(updated["total"], 0);
        let applied = desktop.ok("plans.apply", plan).await;
        desktop.finish(&applied).await;
        let listed = desktop.ok("batches.list", page).await;
        assert_eq!(
            told(&listed["rows"][0]["sums"]),
            ["1 moved to the trash"],
            "{listed}"
        );
    })
    .await;
}
