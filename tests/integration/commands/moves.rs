//! Moves of all that a list shows: planned, read, applied, undone.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

/// A shirt with two variants and a mug of one brand, a lamp of none.
async fn shop(desktop: &TestApp) {
    for fields in [
        json!({ "sku": "SHIRT", "name": "Shirt", "brand": "Kiln" }),
        json!({ "sku": "SHIRT-S", "name": "Shirt", "parent_sku": "SHIRT",
                "option1_name": "Size", "option1_value": "S" }),
        json!({ "sku": "SHIRT-M", "name": "Shirt", "parent_sku": "SHIRT",
                "option1_name": "Size", "option1_value": "M" }),
        json!({ "sku": "MUG", "name": "Mug", "brand": "Kiln" }),
        json!({ "sku": "LAMP", "name": "Lamp" }),
    ] {
        desktop.create(fields).await;
    }
}

/// The SKUs that a list shows.
async fn skus(desktop: &TestApp, filter: Json) -> Vec<String> {
    let request = json!({ "filter": filter, "sort": "sku", "offset": 0, "limit": 50 });
    let page = desktop.ok("products.list", request).await;
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| row["sku"].as_str().unwrap().to_owned())
        .collect()
}

async fn planned(desktop: &TestApp, operation: &str, filter: Json) -> Json {
    let request = json!({ "kind": "product", "operation": operation, "filter": filter });
    let started = desktop.ok("plans.move", request).await;
    desktop.finish(&started).await;
    started["plan"].clone()
}

/// Applies a plan, and what it did.
async fn applied(desktop: &TestApp, plan: &Json) -> Json {
    let started = desktop.ok("plans.apply", json!({ "id": plan })).await;
    desktop.finish(&started).await;
    let plan = desktop.ok("plans.get", json!({ "id": plan })).await;
    desktop
        .ok("batches.get", json!({ "id": plan["batchId"] }))
        .await
}

#[tokio::test]
async fn all_that_a_filter_shows_goes_to_the_trash_and_comes_back_with_its_variants() {
    on_each_desktop(async |desktop| {
        shop(desktop).await;
        let kiln = json!({ "brands": ["Kiln"] });
        let plan = planned(desktop, "trash", kiln.clone()).await;
        let rows = json!({ "id": plan, "offset": 0, "limit": 10 });
        let rows = desktop.ok("plans.rows", rows).await;
        assert_eq!(rows["rows"].as_array().unwrap().len(), 4, "{rows}");
        assert_eq!(
            skus(desktop, json!({})).await.len(),
            5,
            "nothing is done yet"
        );

        let batch = applied(desktop, &plan).await;
        assert_eq!(
            (&batch["origin"], &batch["counts"]["trashed"]),
            (&json!("trash"), &json!(4))
        );
        assert_eq!(skus(desktop, json!({})).await, ["LAMP"]);

        let trash = json!({ "trashed": true });
        let in_trash = json!({ "brands": ["Kiln"], "trashed": true });
        let plan = planned(desktop, "restore", in_trash).await;
        let batch = applied(desktop, &plan).await;
        assert_eq!(batch["counts"]["restored"], 4, "the variants, too");
        assert!(skus(desktop, trash.clone()).await.is_empty());

        let plan = planned(desktop, "trash", kiln).await;
        let batch = applied(desktop, &plan).await;
        let undo = desktop
            .ok("plans.undo", json!({ "batchId": batch["id"] }))
            .await;
        desktop.finish(&undo).await;
        applied(desktop, &undo["plan"]).await;
        assert_eq!(skus(desktop, json!({})).await.len(), 5);

        applied(desktop, &planned(desktop, "trash", json!({})).await).await;
        let batch = applied(desktop, &planned(desktop, "purge", trash.clone()).await).await;
        assert_eq!(batch["counts"]["updated"], 5);
        assert!(skus(desktop, trash).await.is_empty(), "gone for good");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_delete_for_good_neither_plans_nor_applies_it() {
    on_each_desktop(async |desktop| {
        shop(desktop).await;
        applied(desktop, &planned(desktop, "trash", json!({})).await).await;
        let plan = planned(desktop, "purge", json!({ "trashed": true })).await;
        desktop.set_role("operator").await;
        let again =
            json!({ "kind": "product", "operation": "purge", "filter": { "trashed": true } });
        desktop.refused("plans.move", again, Code::Forbidden).await;
        desktop
            .refused("plans.apply", json!({ "id": plan }), Code::Forbidden)
            .await;
        let restored = planned(desktop, "restore", json!({ "trashed": true })).await;
        applied(desktop, &restored).await;
        assert_eq!(skus(desktop, json!({})).await.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_move_is_refused() {
    on_each_desktop(async |desktop| {
        let request = json!({ "kind": "product", "operation": "update" });
        desktop.refused("plans.move", request, Code::Invalid).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_out_of_a_whole_list_is_neither_moved_nor_exported() {
    on_each_desktop(async |desktop| {
        shop(desktop).await;
        let page = json!({ "filter": { "search": "MUG" }, "sort": "sku", "offset": 0, "limit": 1 });
        let mug = desktop.ok("products.list", page).await["rows"][0]["id"].clone();
        let path = desktop.data.path().join("but-one.csv");
        let file = desktop.app.grant_file(&path).token;
        let request = json!({ "file": file, "except": [mug], "columns": ["sku"] });
        let started = desktop.ok("exports.run", request).await;
        desktop.finish(&started).await;
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(
            !written.contains("MUG") && written.contains("LAMP"),
            "{written}"
        );
        assert_eq!(written.lines().count(), 5, "{written}");

        let request = json!({ "kind": "product", "operation": "trash", "except": [mug] });
        let started = desktop.ok("plans.move", request).await;
        desktop.finish(&started).await;
        applied(desktop, &started["plan"]).await;
        assert_eq!(skus(desktop, json!({})).await, ["MUG"]);

        let many = vec![mug; 5_001];
        let request = json!({ "kind": "product", "operation": "trash", "except": many });
        desktop.refused("plans.move", request, Code::Invalid).await;
    })
    .await;
}

#[tokio::test]
async fn a_parent_that_got_a_variant_since_it_was_planned_stays_with_it() {
    on_each_desktop(async |desktop| {
        shop(desktop).await;
        let plan = planned(desktop, "trash", json!({ "brands": ["Kiln"] })).await;
        let variant = json!({ "sku": "SHIRT-L", "name": "Shirt", "parent_sku": "SHIRT",
                              "option1_name": "Size", "option1_value": "L" });
        desktop.create(variant).await;
        let batch = applied(desktop, &plan).await;
        let counts = &batch["counts"];
        assert_eq!(
            (&counts["trashed"], &counts["kept"]),
            (&json!(3), &json!(1))
        );
        assert_eq!(skus(desktop, json!({})).await, ["LAMP", "SHIRT", "SHIRT-L"]);
        let request = json!({ "id": plan, "outcome": "conflict", "offset": 0, "limit": 10 });
        let kept = desktop.ok("plans.rows", request).await;
        assert_eq!(kept["rows"][0]["code"], "SHIRT");
        let notes = kept["rows"][0]["notes"].to_string();
        assert!(notes.contains("variants of its own meanwhile"), "{notes}");
    })
    .await;
}

#[tokio::test]
async fn many_are_counted_as_people_write_numbers() {
    on_each_desktop(async |desktop| {
        let path = desktop.data.path().join("many.csv");
        let rows: String = (1..=1_002)
            .map(|row| format!("B-{row:04},Bowl\n"))
            .collect();
        std::fs::write(&path, format!("sku,name\n{rows}")).unwrap();
        let file = desktop.app.grant_file(&path).token;
        let draft = desktop.ok("imports.open", json!({ "file": file })).await;
        let id = &draft["id"];
        let started = desktop.ok("imports.plan", json!({ "id": id })).await;
        desktop.finish(&started).await;
        applied(desktop, id).await;

        let plan = planned(desktop, "trash", json!({})).await;
        let told = desktop.ok("plans.get", json!({ "id": plan })).await;
        let title = told["title"].as_str().unwrap();
        assert!(title.contains("and 1,001 more"), "{title}");
    })
    .await;
}
