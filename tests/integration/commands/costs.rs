//! Costs are for people who may see them.

use backstock::jobs::JobId;
use domain::error::Code;
use serde_json::json;

use crate::support::on_each_desktop;

/// A cost that appears nowhere else in an answer.
const COST: i64 = 7_777_777;

#[tokio::test]
async fn an_operator_neither_sees_nor_sets_costs() {
    on_each_desktop(async |desktop| {
        let fields = json!({ "sku": "AB-1", "name": "Mug", "cost": COST, "store_price": 99_000 });
        let saved = desktop
            .ok("products.create", json!({ "fields": fields }))
            .await;
        let (product, batch) = (&saved["record"], &saved["batchId"]);
        let id = &product["id"];
        let variant = json!({
            "sku": "AB-1-R", "name": "Mug, red", "parent_sku": "AB-1", "cost": COST,
            "option1_name": "Colour", "option1_value": "Red",
        });
        desktop.create(variant).await;
        let questions = [
            ("products.list", json!({ "offset": 0, "limit": 10 })),
            ("products.get", json!({ "id": id })),
            ("products.find", json!({ "skus": ["AB-1"] })),
            ("products.history", json!({ "id": id })),
            (
                "batches.entries",
                json!({ "id": batch, "offset": 0, "limit": 10 }),
            ),
        ];
        for (name, request) in &questions {
            let answer = desktop.ok(name, request.clone()).await.to_string();
            assert!(
                answer.contains("7777777"),
                "the owner sees it in {name}: {answer}"
            );
        }
        desktop.set_role("operator").await;
        for (name, request) in &questions {
            let answer = desktop.ok(name, request.clone()).await.to_string();
            assert!(!answer.contains("7777777"), "{name}: {answer}");
        }
        let by_cost = json!({ "sort": "cost", "offset": 0, "limit": 10 });
        desktop
            .refused("products.list", by_cost, Code::Forbidden)
            .await;
        let costly = json!({ "fields": { "sku": "AB-2", "name": "Bowl", "cost": 1 } });
        desktop
            .refused("products.create", costly.clone(), Code::Forbidden)
            .await;
        desktop
            .refused("products.check", costly, Code::Forbidden)
            .await;
        let guess = json!({ "id": id, "seen": { "cost": 1 }, "typed": {} });
        desktop
            .refused("products.merge", guess, Code::Forbidden)
            .await;
        let change = json!([{ "field": "cost", "old": null, "new": 1 }]);
        let update = json!({ "id": id, "version": 1, "changes": change });
        let error = desktop
            .refused("products.update", update, Code::Forbidden)
            .await;
        assert!(error.fields.contains_key("cost"));

        let change = json!([{ "field": "name", "old": "Mug", "new": "Big mug" }]);
        let update = json!({ "id": id, "version": 1, "changes": change });
        let saved = desktop.ok("products.update", update).await;
        assert_eq!(saved["record"]["fields"]["cost"], json!(null));
        desktop.set_role("owner").await;
        let product = desktop.ok("products.get", json!({ "id": id })).await;
        assert_eq!(
            product["product"]["fields"]["cost"], COST,
            "an operator's save keeps it"
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_window_is_told_of_kinds_leaves_out_what_may_not_be_seen() {
    on_each_desktop(async |desktop| {
        desktop.set_role("operator").await;
        let state = desktop.ok("app.state", json!({})).await;
        let kinds = state["kinds"].to_string();
        for (key, is_told) in [
            ("\"store_price\"", true),
            ("\"supplier_product.pack_size\"", true),
            ("\"cost\"", false),
            ("\"supplier_product.cost\"", false),
            ("\"user.email\"", false),
        ] {
            assert_eq!(kinds.contains(key), is_told, "{key}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_conflict_about_a_cost_shows_it_only_to_those_who_may_see_it() {
    on_each_desktop(async |desktop| {
        let saved = desktop
            .ok(
                "products.create",
                json!({ "fields": { "sku": "AB-1", "name": "Mug", "cost": 10_000 } }),
            )
            .await;
        let id = &saved["record"]["id"];
        let mut batch = json!(null);
        for (version, old, new) in [(1, 10_000, COST), (2, COST, COST + 10_000)] {
            let changes = json!([{ "field": "cost", "old": old, "new": new }]);
            let update = json!({ "id": id, "version": version, "changes": changes });
            let saved = desktop.ok("products.update", update).await;
            if version == 1 {
                batch = saved["batchId"].clone();
            }
        }
        let started = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
        let job = JobId(started["job"].as_i64().unwrap());
        desktop.app.jobs().wait(job).await.unwrap();
        let plan = &started["plan"];
        let rows = json!({ "id": plan, "offset": 0, "limit": 10 });
        let seen = desktop.ok("plans.rows", rows.clone()).await;
        let conflicts = &seen["rows"][0]["conflicts"];
        assert_eq!(
            conflicts,
            &json!([{ "field": "cost", "base": COST, "current": COST + 10_000, "proposed": 10_000 }])
        );
        assert_eq!(seen["rows"][0]["changedBy"], "Ada");
        desktop.set_role("operator").await;
        let seen = desktop.ok("plans.rows", rows).await;
        assert_eq!(seen["rows"][0]["conflicts"], json!([]), "{seen}");
        let summary = desktop.ok("plans.get", json!({ "id": plan })).await;
        assert!(!summary["changedFields"].to_string().contains("cost"));
        let take = json!({ "id": plan, "resolution": "take", "numbers": [1] });
        for (command, request) in [
            ("plans.resolve", take.clone()),
            ("plans.apply", json!({ "id": plan })),
        ] {
            desktop.refused(command, request, Code::Forbidden).await;
        }
        desktop.set_role("owner").await;
        let summary = desktop.ok("plans.resolve", take).await;
        assert_eq!(summary["counts"]["taken"], 1);
        let nobody = json!({ "id": plan, "resolution": "take", "numbers": [7] });
        desktop
            .refused("plans.resolve", nobody, Code::Invalid)
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_cost_that_cannot_be_read_is_shown_only_to_those_who_may_see_it() {
    on_each_desktop(async |desktop| {
        let path = desktop.data.path().join("june.csv");
        std::fs::write(&path, "SKU,Name,Cost\nAB-1,Mug,777777O\n").unwrap();
        let file = desktop.app.grant_file(&path).token;
        let draft = desktop.ok("imports.open", json!({ "file": file })).await;
        let plan = &draft["id"];
        let started = desktop.ok("imports.plan", json!({ "id": plan })).await;
        let job = JobId(started["job"].as_i64().unwrap());
        desktop.app.jobs().wait(job).await.unwrap();
        let rows = json!({ "id": plan, "offset": 0, "limit": 10 });
        let seen = desktop.ok("plans.rows", rows.clone()).await;
        assert!(seen.to_string().contains("777777O"), "{seen}");
        desktop.set_role("operator").await;
        let seen = desktop.ok("plans.rows", rows).await;
        assert_eq!(seen["rows"][0]["problems"][0]["field"], "cost", "{seen}");
        assert!(!seen.to_string().contains("777777O"), "{seen}");
        let out = desktop
            .app
            .grant_file(&desktop.data.path().join("rejects.csv"));
        let save = json!({ "id": plan, "file": out.token });
        desktop
            .refused("plans.save_rejects", save.clone(), Code::Forbidden)
            .await;
        desktop.set_role("owner").await;
        desktop.ok("plans.save_rejects", save).await;
    })
    .await;
}
