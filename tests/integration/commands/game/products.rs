//! What the buyer asks in the game of products, of files with their costs, and of plans that are changed.

use serde_json::{Value as Json, json};

use super::questions::{TEXTS, ask_plan};
use super::{Left, Player};

pub(super) async fn ask_product_lists(player: &mut Player, left: &Left) {
    let with = |filter: Json, sort: &str, by: Json, descending: bool| {
        json!({
            "filter": filter, "sort": sort, "sortBy": by, "descending": descending,
            "offset": 0, "limit": 50,
        })
    };
    for text in TEXTS {
        let filter = json!({ "search": text });
        player
            .ask("products.count", json!({ "filter": filter }))
            .await;
        let list = with(filter, "name", json!(null), false);
        player.ask("products.list", list).await;
        let request = json!({ "filter": { "kind": "product", "field": "cost", "search": text } });
        player.ask("history.list", request).await;
    }
    for descending in [false, true] {
        for sort in ["cost", "rrp", "updated_at"] {
            let list = with(json!({}), sort, json!(null), descending);
            player.ask("products.list", list).await;
        }
        let list = with(json!({}), "name", json!("cost"), descending);
        player.ask("products.list", list).await;
    }
    for filter in [
        json!({ "custom": [{ "field": "cost", "any": [11_000] }] }),
        json!({ "custom": [{ "field": "cost", "from": 50_000 }] }),
        json!({ "custom": [{ "field": "cost", "empty": true }] }),
        json!({ "price": { "from": 1, "to": 60_000 } }),
        json!({ "trashed": true }),
    ] {
        player
            .ask("products.count", json!({ "filter": filter }))
            .await;
        let list = with(filter, "name", json!(null), false);
        player.ask("products.list", list).await;
    }
    player.ask("products.facets", json!({})).await;
    let skus = json!({ "skus": ["MUG", "11000", "JUG"] });
    player.ask("products.find", skus).await;
    for id in &left.ids["products"] {
        let request = json!({ "filter": { "record": id, "kind": "product" } });
        player.ask("history.list", request).await;
    }
    player.ask("history.verify", json!({})).await;
    player.ask("history.verification", json!({})).await;
}

/// A file that the owner opened and did not plan: the buyer takes it up.
pub(super) async fn ask_draft(player: &mut Player, draft: &Json) {
    let mut settings = draft["settings"].clone();
    settings["columns"] = json!(["sku", null, "brand"]);
    let draft = &draft["id"];
    let one = json!({ "id": draft });
    player
        .ask(
            "imports.configure",
            json!({ "id": draft, "settings": settings }),
        )
        .await;
    for name in ["With costs", "Of the buyer"] {
        let named = json!({ "id": draft, "name": name });
        player.ask("imports.save_profile", named.clone()).await;
        player.ask("imports.use_profile", named).await;
    }
    player.ask("imports.start_over", one.clone()).await;
    let make = json!({ "id": draft, "columns": [{ "column": 1 }] });
    player.ask("imports.make_fields", make).await;
    player.run("imports.plan", one).await;
    ask_plan(player, draft).await;
    player
        .ask("imports.profiles", json!({ "kind": "product" }))
        .await;
    let forget = json!({ "kind": "product", "name": "Of the buyer" });
    player.ask("imports.forget_profile", forget).await;
}

/// Changes of a plan that the owner made.
pub(super) async fn ask_revisions(player: &mut Player, plan: &Json) {
    let problem = json!({
        "kind": "problem", "field": "cost", "column": "Cost", "rule": "This is not a number.",
    });
    for records in [
        json!({ "numbers": [1] }),
        json!({ "mark": { "kind": "noted" } }),
        json!({ "mark": problem }),
        json!({ "search": "1.2" }),
    ] {
        for kind in ["leaveOut", "putBack", "takeAlike"] {
            let revision = json!({ "kind": kind, "records": records });
            player
                .run("plans.revise", json!({ "id": plan, "revision": revision }))
                .await;
        }
        let mut request = records.clone();
        request["id"] = plan.clone();
        request["resolution"] = json!("take");
        player.ask("plans.resolve", request).await;
    }
    for field in ["cost", "supplier_product.cost", "brand"] {
        for revision in [
            json!({ "kind": "leaveColumnOut", "field": field }),
            json!({ "kind": "fix", "number": 1, "field": field, "text": "1.20" }),
        ] {
            player
                .run("plans.revise", json!({ "id": plan, "revision": revision }))
                .await;
        }
    }
    let revision = json!({ "kind": "putColumnsBack" });
    player
        .run("plans.revise", json!({ "id": plan, "revision": revision }))
        .await;
}

pub(super) async fn ask_product_files(player: &mut Player) {
    let path = player.desktop.data.path().join("products.csv");
    for columns in [json!(null), json!(["sku", "cost"]), json!(["sku", "name"])] {
        let file = player.desktop.app.grant_file(&path).token;
        let request = json!({ "kind": "product", "columns": columns, "file": file, "filter": {} });
        player.run("exports.run", request).await;
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        player.told.push(written);
        std::fs::remove_file(&path).ok();
    }
    for field in [json!(null), json!("cost")] {
        let file = player.desktop.app.grant_file(&path).token;
        let filter = json!({ "kind": "product", "field": field });
        player
            .run("history.export", json!({ "filter": filter, "file": file }))
            .await;
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        player.told.push(written);
        std::fs::remove_file(&path).ok();
    }
}

/// Forms that guess at the cost of a product, or leave it alone.
pub(super) async fn ask_product_forms(player: &mut Player, left: &Left) {
    let mug = left.ids["products"][0].clone();
    let got = player.ask("products.get", json!({ "id": mug })).await;
    let version = got.unwrap()["product"]["version"].clone();
    for cost in [json!(null), json!(11_000), json!(94_000), json!("x")] {
        let seen = json!({ "cost": cost });
        let fields = json!({ "sku": "NEW", "name": "New", "cost": cost });
        let check = json!({ "fields": fields, "id": mug });
        player.ask("products.check", check).await;
        player
            .ask("products.create", json!({ "fields": fields }))
            .await;
        for (seen, typed) in [(&seen, &json!({})), (&json!({}), &seen)] {
            let merge = json!({ "id": mug, "seen": seen, "typed": typed });
            player.ask("products.merge", merge).await;
        }
        let change = json!([{ "field": "cost", "old": cost, "new": 1 }]);
        let update = json!({ "id": mug, "version": version, "changes": change });
        player.ask("products.update", update).await;
    }
    let change = json!([{ "field": "brand", "old": null, "new": "Acme" }]);
    let stale = json!({ "id": mug, "version": 1, "changes": change });
    player.ask("products.update", stale).await;
    let ids = json!({ "ids": [left.ids["products"][1]] });
    for verb in ["trash", "restore", "purge"] {
        player.ask(&format!("products.{verb}"), ids.clone()).await;
    }
    let fields = json!({ "supplier.code": "NORD", "supplier.name": "Nord" });
    let supplier = json!({ "fields": fields });
    player.ask("suppliers.check", supplier.clone()).await;
    let made = player.ask("suppliers.create", supplier).await.unwrap();
    let id = made["record"]["id"].clone();
    let typed = json!({ "id": id, "seen": {}, "typed": { "supplier.notes": "x" } });
    player.ask("suppliers.merge", typed).await;
    let change = json!([{ "field": "supplier.notes", "old": null, "new": "x" }]);
    let update = json!({ "id": id, "version": 1, "changes": change });
    player.ask("suppliers.update", update).await;
    for verb in ["trash", "restore", "trash", "purge"] {
        let one = json!({ "ids": [id] });
        player.ask(&format!("suppliers.{verb}"), one).await;
    }
    let fields = json!({
        "supplier_product.supplier": "KILN", "supplier_product.product_sku": "CUP",
    });
    player
        .ask("supplier_products.create", json!({ "fields": fields }))
        .await;
    let ids = json!({ "ids": [left.ids["supplier_products"][1]] });
    player.ask("supplier_products.purge", ids).await;
}
