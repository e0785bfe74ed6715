//! The review acts: rows and columns are left out, values corrected, look-alikes resolved.

use backstock::jobs::{JobId, JobState};
use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

/// Waits for the end of a job.
async fn ended(desktop: &TestApp, started: &Json) -> JobState {
    let job = JobId(started["job"].as_i64().unwrap());
    desktop.app.jobs().wait(job).await.unwrap().state
}

/// Opens and plans a file.
async fn plan(desktop: &TestApp, content: &str) -> Json {
    let path = desktop.data.path().join("june.csv");
    std::fs::write(&path, content).unwrap();
    let file = desktop.app.grant_file(&path).token;
    let draft = desktop.ok("imports.open", json!({ "file": file })).await;
    let id = draft["id"].clone();
    let started = desktop.ok("imports.plan", json!({ "id": id })).await;
    assert_eq!(ended(desktop, &started).await, JobState::Done);
    id
}

async fn revise(desktop: &TestApp, id: &Json, revision: Json) -> Json {
    let request = json!({ "id": id, "revision": revision });
    let started = desktop.ok("plans.revise", request).await;
    assert_eq!(ended(desktop, &started).await, JobState::Done);
    desktop.ok("plans.get", json!({ "id": id })).await
}

async fn apply(desktop: &TestApp, id: &Json) -> Json {
    let started = desktop.ok("plans.apply", json!({ "id": id })).await;
    assert_eq!(ended(desktop, &started).await, JobState::Done);
    let summary = desktop.ok("plans.get", json!({ "id": id })).await;
    let batch = json!({ "id": summary["batchId"] });
    desktop.ok("batches.get", batch).await["counts"].clone()
}

async fn rows(desktop: &TestApp, id: &Json, filter: Json) -> Json {
    let mut request = json!({ "id": id, "offset": 0, "limit": 50 });
    for (key, value) in filter.as_object().unwrap() {
        request[key] = value.clone();
    }
    desktop.ok("plans.rows", request).await
}

fn codes(page: &Json) -> Vec<&str> {
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| row["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_look_alike_is_taken_for_what_it_looks_like_one_by_one_or_all_at_once() {
    on_each_desktop(async |desktop| {
        for sku in ["0017", "0018", "AB-1", "AB 1", "A B1"] {
            desktop
                .create(json!({ "sku": sku, "name": format!("Mug {sku}") }))
                .await;
        }
        let file = "sku,name,stock\n17,Mug,5\n18.0,Mug,6\nab-1,Mug,7\nnew,Mug,8\nab1,Mug,9\n";
        let id = plan(desktop, file).await;
        let alike = json!({ "kind": "looksLikeExisting" });
        let page = rows(desktop, &id, json!({ "mark": alike })).await;
        assert_eq!(codes(&page), ["17", "18.0", "ab-1", "ab1"]);
        assert_eq!(page["rows"][0]["alike"], json!(["0017"]));

        let one = json!({ "kind": "takeAlike", "records": { "numbers": [1] } });
        let summary = revise(desktop, &id, one).await;
        assert_eq!(summary["revision"]["fixed"], 1);
        assert_eq!(
            (&summary["counts"]["update"], &summary["counts"]["create"]),
            (&json!(1), &json!(4))
        );
        let fixed = rows(desktop, &id, json!({ "mark": { "kind": "fixed" } })).await;
        assert_eq!(codes(&fixed), ["0017"]);
        let note = fixed["rows"][0]["notes"].to_string();
        assert!(
            note.contains("corrected") && note.contains("0017"),
            "{note}"
        );

        let all = json!({ "kind": "takeAlike", "records": { "mark": alike } });
        let summary = revise(desktop, &id, all.clone()).await;
        assert_eq!(summary["counts"]["update"], 3, "{summary}");
        // What looks like two is decided by a person.
        assert_eq!(summary["warnings"][0]["count"], 1, "{summary}");
        desktop
            .refused(
                "plans.revise",
                json!({ "id": id, "revision": all }),
                Code::Invalid,
            )
            .await;
        let counts = apply(desktop, &id).await;
        assert_eq!(
            (&counts["updated"], &counts["created"]),
            (&json!(3), &json!(2))
        );
    })
    .await;
}

#[tokio::test]
async fn rows_and_columns_are_left_out_and_values_corrected_before_applying() {
    on_each_desktop(async |desktop| {
        let file = "sku,name,stock,store_price\nA,Mug,1O,1\nB,Cup,2O,2\nC,Jug,3,x\nD,Pot,4,4\n\
                    A,Mug again,1,1\n";
        let id = plan(desktop, file).await;
        let marks = desktop.ok("plans.marks", json!({ "id": id })).await;
        let stock = marks["marks"][0].clone();
        assert_eq!(stock["count"], 2, "the most frequent problem comes first: {marks}");
        assert_eq!(stock["mark"]["column"], "stock");
        let page = rows(desktop, &id, json!({ "mark": stock["mark"] })).await;
        assert_eq!(codes(&page), ["A", "B"]);

        // The value is read as if the file had it: the same checks, and a note.
        let fix = |number: i64, field: &str, text: &str| json!({ "kind": "fix", "number": number, "field": field, "text": text });
        let summary = revise(desktop, &id, fix(3, "store_price", "3.5")).await;
        assert_eq!((&summary["counts"]["create"], &summary["counts"]["error"]), (&json!(2), &json!(3)));
        let summary = revise(desktop, &id, fix(3, "store_price", "nothing")).await;
        assert_eq!(summary["counts"]["error"], 4, "a correction is checked, too");
        revise(desktop, &id, fix(3, "store_price", "3.5")).await;

        // The first row of A is left out: the second one is the only one then.
        let first = json!({ "kind": "leaveOut", "records": { "numbers": [1] } });
        let summary = revise(desktop, &id, first).await;
        assert_eq!(summary["revision"]["leftOut"], 1);
        assert_eq!((&summary["counts"]["create"], &summary["counts"]["skipped"]), (&json!(3), &json!(1)));
        // All that the filter shows.
        let group = json!({ "kind": "leaveOut", "records": { "mark": stock["mark"] } });
        let summary = revise(desktop, &id, group).await;
        assert_eq!((&summary["counts"]["error"], &summary["counts"]["skipped"]), (&json!(0), &json!(2)));
        let back = json!({ "kind": "putBack", "records": { "mark": { "kind": "leftOut" } } });
        let summary = revise(desktop, &id, back).await;
        assert_eq!(summary["counts"]["error"], 3, "{summary}");

        let column = json!({ "kind": "leaveColumnOut", "field": "stock" });
        let summary = revise(desktop, &id, column).await;
        assert_eq!(summary["revision"]["columns"], json!(["stock"]));
        assert_eq!((&summary["counts"]["create"], &summary["counts"]["error"]), (&json!(4), &json!(1)));
        let code = json!({ "id": id, "revision": { "kind": "leaveColumnOut", "field": "sku" } });
        desktop.refused("plans.revise", code, Code::Invalid).await;
        let summary = revise(desktop, &id, json!({ "kind": "putColumnsBack" })).await;
        assert_eq!(summary["counts"]["error"], 3);
        revise(desktop, &id, json!({ "kind": "leaveColumnOut", "field": "stock" })).await;

        let counts = apply(desktop, &id).await;
        assert_eq!((&counts["created"], &counts["rejected"]), (&json!(4), &json!(1)));
        let late = json!({ "id": id, "revision": { "kind": "putColumnsBack" } });
        desktop.refused("plans.revise", late, Code::Invalid).await;
    })
    .await;
}

#[tokio::test]
async fn costs_cannot_be_told_from_marks_notes_or_the_order() {
    on_each_desktop(async |desktop| {
        for sku in ["A", "B"] {
            desktop
                .create(json!({ "sku": sku, "name": sku, "cost": 10_000, "store_price": 10_000 }))
                .await;
        }
        let file = "sku,cost,store_price\nA,1.23456,1.10\nB,9,1.20\nC,1O,1\n";
        let id = plan(desktop, file).await;
        let by_size = json!({ "bySize": true, "outcome": "update" });
        let page = rows(desktop, &id, by_size.clone()).await;
        assert_eq!(codes(&page), ["B", "A"]);
        let marks = desktop.ok("plans.marks", json!({ "id": id })).await;
        assert!(marks.to_string().contains("cost"), "{marks}");

        desktop.set_role("operator").await;
        let marks = desktop.ok("plans.marks", json!({ "id": id })).await;
        assert!(!marks.to_string().contains("cost"), "{marks}");
        assert!(!marks.to_string().contains("noted"), "{marks}");
        for mark in [
            json!({ "kind": "jumps", "field": "cost" }),
            json!({ "kind": "noted" }),
        ] {
            let page = rows(desktop, &id, json!({ "mark": mark })).await;
            assert_eq!(page, json!({ "rows": [], "total": 0 }));
        }
        let page = rows(desktop, &id, by_size).await;
        assert!(!page.to_string().contains("rounded"), "{page}");
        let revision = json!({ "kind": "fix", "number": 1, "field": "cost", "text": "1" });
        let request = json!({ "id": id, "revision": revision });
        desktop
            .refused("plans.revise", request, Code::Forbidden)
            .await;
    })
    .await;
}

#[tokio::test]
async fn the_largest_changes_and_returns_from_the_trash_are_found() {
    on_each_desktop(async |desktop| {
        let mut trashed = Json::Null;
        for (sku, price) in [("A", 10_000), ("B", 10_000), ("C", 10_000)] {
            let fields = json!({ "sku": sku, "name": sku, "store_price": price });
            let saved = desktop
                .ok("products.create", json!({ "fields": fields }))
                .await;
            trashed = saved["record"]["id"].clone();
        }
        desktop
            .ok("products.trash", json!({ "ids": [trashed] }))
            .await;
        let id = plan(desktop, "sku,store_price\nA,1.50\nB,3\nC,1\n").await;
        let page = rows(desktop, &id, json!({ "bySize": true })).await;
        assert_eq!(codes(&page), ["B", "A", "C"]);
        let summary = desktop.ok("plans.get", json!({ "id": id })).await;
        let restores = json!({ "kind": "restores" });
        let texts = summary["warnings"].to_string();
        assert!(
            texts.contains("1 product comes back from the trash"),
            "{texts}"
        );
        let page = rows(desktop, &id, json!({ "mark": restores })).await;
        assert_eq!(codes(&page), ["C"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_applied_is_neither_understood_anew_nor_planned_again() {
    on_each_desktop(async |desktop| {
        let path = desktop.data.path().join("june.csv");
        std::fs::write(&path, "sku,name,stock\nMUG,Mug,5\nCUP,,6\n").unwrap();
        let file = desktop.app.grant_file(&path).token;
        let draft = desktop.ok("imports.open", json!({ "file": file })).await;
        let select = json!({ "id": draft["id"] });
        let again = json!({ "id": draft["id"], "settings": draft["settings"] });
        for _ in 0..2 {
            let started = desktop.ok("imports.plan", select.clone()).await;
            assert_eq!(ended(desktop, &started).await, JobState::Done);
            desktop.ok("imports.configure", again.clone()).await;
        }
        apply(desktop, &draft["id"]).await;
        let before = desktop.ok("plans.get", select.clone()).await;
        let refused = [("imports.plan", &select), ("imports.configure", &again)];
        for (command, request) in refused {
            desktop
                .refused(command, request.clone(), Code::Invalid)
                .await;
        }
        let after = desktop.ok("plans.get", select).await;
        assert_eq!(
            after, before,
            "the plan and its rejected row are still there"
        );
        assert_eq!(after["counts"]["error"], 1);
    })
    .await;
}
