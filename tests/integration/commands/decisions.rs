//! Decisions by command: a plan is left, found again from its batch, decided and applied.

use backstock::jobs::{JobId, JobState};
use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

/// Gives a command that starts a job, and waits for its end.
async fn run(desktop: &TestApp, name: &str, request: Json) -> Json {
    let started = desktop.ok(name, request).await;
    let job = JobId(started["job"].as_i64().unwrap());
    let ended = desktop.app.jobs().wait(job).await.unwrap();
    assert_eq!(ended.state, JobState::Done, "{:?}", ended.error);
    started["plan"].clone()
}

/// A product whose name was changed twice, and the undo of the first change.
async fn contested(desktop: &TestApp) -> Json {
    let product = desktop.create(json!({ "sku": "A", "name": "Mug" })).await;
    let mut batches = Vec::new();
    for (version, old, new) in [(1, "Mug", "Cup"), (2, "Cup", "Bowl")] {
        let changes = json!([{ "field": "name", "old": old, "new": new }]);
        let update = json!({ "id": product["id"], "version": version, "changes": changes });
        let saved = desktop.ok("products.update", update).await;
        batches.push(saved["batchId"].clone());
    }
    run(desktop, "plans.undo", json!({ "batchId": batches[0] })).await
}

#[tokio::test]
async fn what_was_kept_can_be_decided_later() {
    on_each_desktop(async |desktop| {
        let id = contested(desktop).await;
        let plan = json!({ "id": id });
        run(desktop, "plans.apply", plan.clone()).await;
        let summary = desktop.ok("plans.get", plan.clone()).await;
        let counts = &summary["counts"];
        assert_eq!(
            (&counts["conflict"], &counts["resolvable"]),
            (&json!(1), &json!(1))
        );
        let first = json!({ "id": summary["batchId"] });
        let batch = desktop.ok("batches.get", first.clone()).await;
        assert_eq!((&batch["state"], &batch["plan"]), (&json!("done"), &id));

        let take = json!({ "id": id, "resolution": "take", "search": "Bowl" });
        let summary = desktop.ok("plans.resolve", take).await;
        assert_eq!(summary["counts"]["taken"], 1);
        run(desktop, "plans.apply", plan.clone()).await;
        let summary = desktop.ok("plans.get", plan).await;
        assert_eq!(summary["isFollowUp"], true);
        let found = desktop.ok("products.find", json!({ "skus": ["A"] })).await;
        assert_eq!(found[0]["fields"]["name"], "Mug");
        let batch = desktop.ok("batches.get", first).await;
        assert_eq!(batch["plan"], json!(null), "nothing is left to decide");
    })
    .await;
}

#[tokio::test]
async fn a_decision_can_be_taken_back_and_nothing_else_can_be_decided() {
    on_each_desktop(async |desktop| {
        let id = contested(desktop).await;
        for (resolution, taken) in [(json!("take"), 1), (json!("keep"), 0), (json!(null), 0)] {
            let request = json!({ "id": id, "resolution": resolution, "numbers": [1] });
            let summary = desktop.ok("plans.resolve", request).await;
            assert_eq!(summary["counts"]["taken"], taken, "{resolution}");
            assert_eq!(summary["counts"]["conflict"], 1, "it stays where it is");
        }
        let nobody = json!({ "id": id, "resolution": "take", "numbers": [7] });
        desktop
            .refused("plans.resolve", nobody, Code::Invalid)
            .await;
    })
    .await;
}
