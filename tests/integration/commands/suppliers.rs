//! Suppliers and what they sell: the same commands as products have, of other kinds.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

async fn supplier(desktop: &TestApp, code: &str, name: &str) -> Json {
    let fields = json!({ "supplier.code": code, "supplier.name": name });
    let saved = desktop
        .ok("suppliers.create", json!({ "fields": fields }))
        .await;
    saved["record"].clone()
}

async fn sells(desktop: &TestApp, supplier: &str, sku: &str, cost: i64) -> Json {
    let fields = json!({
        "supplier_product.supplier": supplier, "supplier_product.product_sku": sku,
        "supplier_product.cost": cost,
    });
    let request = json!({ "fields": fields });
    let saved = desktop.ok("supplier_products.create", request).await;
    saved["record"].clone()
}

async fn codes(desktop: &TestApp, list: &str, request: Json) -> Vec<String> {
    let mut request = request;
    request["offset"] = json!(0);
    request["limit"] = json!(100);
    let page = desktop.ok(list, request).await;
    let kind = list.trim_end_matches("s.list");
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let code = &row["fields"][format!("{kind}.code")];
        code.as_str().unwrap().to_owned()
    })
    .collect()
}

#[tokio::test]
async fn suppliers_are_made_found_changed_trashed_and_undone() {
    on_each_desktop(async |desktop| {
        let acme = supplier(desktop, "ACME", "Acme Textiles").await;
        supplier(desktop, "KILN", "Kiln & Co").await;
        supplier(desktop, "100%", "Hundred").await;
        for (request, found) in [
            (json!({}), vec!["100%", "ACME", "KILN"]),
            (json!({ "descending": true }), vec!["KILN", "ACME", "100%"]),
            (json!({ "sort": "supplier.name" }), vec!["ACME", "100%", "KILN"]),
            (json!({ "search": "textil ac" }), vec!["ACME"]),
            (json!({ "search": "0%" }), vec!["100%"]),
            (json!({ "search": "_" }), vec![]),
        ] {
            assert_eq!(codes(desktop, "suppliers.list", request).await, found);
        }
        let change = |old: Json, new: Json| json!([{ "field": "supplier.lead_time", "old": old, "new": new }]);
        let update = json!({ "id": acme["id"], "version": 1, "changes": change(json!(null), json!(5)) });
        let saved = desktop.ok("suppliers.update", update).await;
        assert_eq!(saved["record"]["fields"]["supplier.lead_time"], 5);

        let batch = saved["batchId"].clone();
        let undo = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
        desktop.finish(&undo).await;
        let plan = desktop.ok("plans.get", json!({ "id": undo["plan"] })).await;
        assert_eq!(plan["kinds"], json!(["supplier"]));
        let applied = desktop.ok("plans.apply", json!({ "id": undo["plan"] })).await;
        desktop.finish(&applied).await;
        let now = desktop.ok("suppliers.get", json!({ "id": acme["id"] })).await;
        assert_eq!(now["fields"]["supplier.lead_time"], json!(null));
        let history = desktop.ok("suppliers.history", json!({ "id": acme["id"] })).await;
        let told: Vec<&Json> = history.as_array().unwrap().iter().map(|e| &e["origin"]).collect();
        assert_eq!(told, ["undo", "form", "form"]);
        assert_eq!(history[1]["changes"][0]["label"], "Lead time");

        let one = json!({ "ids": [acme["id"]] });
        assert_eq!(desktop.ok("suppliers.trash", one.clone()).await["moved"], 1);
        assert_eq!(codes(desktop, "suppliers.list", json!({ "trashed": true })).await, ["ACME"]);
        assert_eq!(desktop.ok("suppliers.restore", one).await["moved"], 1);
        let request = json!({ "filter": { "kind": "supplier", "search": "acm" } });
        let all = desktop.ok("history.list", request).await;
        assert_eq!(all["entries"].as_array().unwrap().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn what_a_form_gets_wrong_is_told_at_its_field() {
    on_each_desktop(async |desktop| {
        supplier(desktop, "ACME", "Acme").await;
        for (fields, field, part) in [
            (json!({}), "supplier.code", "Code is needed"),
            (
                json!({ "supplier.code": "ACME", "supplier.name": "B" }),
                "supplier.code",
                "Acme has this Code already",
            ),
            (
                json!({ "supplier.code": "B" }),
                "supplier.name",
                "Name is needed",
            ),
            (
                json!({ "supplier.code": "B", "supplier.orders_as": "fax" }),
                "supplier.orders_as",
                "pdf, csv or both",
            ),
            (json!({ "sku": "B" }), "sku", "no field of a supplier"),
            (
                json!({ "supplier.active": 7 }),
                "supplier.active",
                "another kind of value",
            ),
        ] {
            let request = json!({ "fields": fields });
            let error = desktop
                .refused("suppliers.create", request, Code::Invalid)
                .await;
            assert!(error.fields[field].contains(part), "{error:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_supplier_sells_a_product_once_and_both_keep_their_names_in_step() {
    on_each_desktop(async |desktop| {
        let mug = desktop.create(json!({ "sku": "MUG", "name": "Mug" })).await;
        let acme = supplier(desktop, "ACME", "Acme").await;
        let sold = sells(desktop, "ACME", "MUG", 40_000).await;
        assert_eq!(sold["fields"]["supplier_product.code"], "ACME/MUG");
        let again = json!({ "fields": { "supplier_product.supplier": "ACME", "supplier_product.product_sku": "MUG" } });
        desktop.refused("supplier_products.create", again, Code::Invalid).await;
        let nobody = json!({ "fields": { "supplier_product.supplier": "NOBODY", "supplier_product.product_sku": "MUG" } });
        let error = desktop.refused("supplier_products.create", nobody, Code::Invalid).await;
        let told = &error.fields["supplier_product.supplier"];
        assert_eq!(told, "There is no supplier with the Code NOBODY.");

        let change = json!([{ "field": "sku", "old": "MUG", "new": "MUG-9" }]);
        let rename = json!({ "id": mug["id"], "version": 1, "changes": change });
        desktop.ok("products.update", rename).await;
        for (field, id) in [("supplier", &acme["id"]), ("product_sku", &mug["id"])] {
            let field = format!("supplier_product.{field}");
            let of = json!({ "of": { "field": field, "id": id } });
            assert_eq!(codes(desktop, "supplier_products.list", of).await, ["ACME/MUG-9"]);
        }
        let now = desktop.ok("supplier_products.get", json!({ "id": sold["id"] })).await;
        assert_eq!(now["fields"]["supplier_product.product_sku"], "MUG-9");

        let one = json!({ "ids": [mug["id"]] });
        desktop.ok("products.trash", one.clone()).await;
        let kept = desktop.ok("products.purge", one.clone()).await;
        assert_eq!(kept["moved"], 0);
        let reason = kept["kept"][0]["reason"].as_str().unwrap();
        assert_eq!(reason, "There are supplier products of it. Delete them first.");
        let link = json!({ "ids": [sold["id"]] });
        desktop.ok("supplier_products.trash", link.clone()).await;
        desktop.ok("supplier_products.purge", link).await;
        assert_eq!(desktop.ok("products.purge", one).await["moved"], 1);
    })
    .await;
}

#[tokio::test]
async fn the_cost_of_a_supplier_product_is_hidden_from_lists_sorts_and_forms() {
    on_each_desktop(async |desktop| {
        desktop.create(json!({ "sku": "MUG", "name": "Mug" })).await;
        supplier(desktop, "ACME", "Acme").await;
        let sold = sells(desktop, "ACME", "MUG", 40_000).await;
        let seen = desktop
            .ok("supplier_products.get", json!({ "id": sold["id"] }))
            .await;
        assert_eq!(seen["fields"]["supplier_product.cost"], 40_000);
        desktop.set_role("viewer").await;
        let page = json!({ "offset": 0, "limit": 10 });
        let list = desktop.ok("supplier_products.list", page).await;
        assert_eq!(
            list["rows"][0]["fields"]["supplier_product.cost"],
            json!(null)
        );
        let by_cost = json!({ "sort": "supplier_product.cost", "offset": 0, "limit": 10 });
        desktop
            .refused("supplier_products.list", by_cost, Code::Forbidden)
            .await;
        let history = desktop
            .ok("supplier_products.history", json!({ "id": sold["id"] }))
            .await;
        assert!(!history.to_string().contains("cost"), "{history}");
        let update = json!({ "id": sold["id"], "version": 1, "changes": [] });
        desktop
            .refused("supplier_products.update", update, Code::Forbidden)
            .await;
    })
    .await;
}

#[tokio::test]
async fn the_supplier_to_order_from_first_is_one_and_one_undo_brings_the_others_back() {
    on_each_desktop(async |desktop| {
        desktop.create(json!({ "sku": "MUG", "name": "Mug" })).await;
        let mut sold = Vec::new();
        for code in ["A", "B", "C"] {
            supplier(desktop, code, code).await;
            sold.push(sells(desktop, code, "MUG", 1).await);
        }
        let ranks = async || {
            let mut ranks = Vec::new();
            for link in &sold {
                let now = desktop
                    .ok("supplier_products.get", json!({ "id": link["id"] }))
                    .await;
                ranks.push(now["fields"]["supplier_product.preference"].clone());
            }
            json!(ranks)
        };
        let mut batch = json!(null);
        for (at, after) in [
            (1, json!([null, 1, null])),
            (0, json!([1, 2, null])),
            (2, json!([2, 3, 1])),
        ] {
            let saved = desktop
                .ok("supplier_products.prefer", json!({ "id": sold[at]["id"] }))
                .await;
            assert_eq!(saved["record"]["fields"]["supplier_product.preference"], 1);
            assert_eq!(ranks().await, after);
            batch = saved["batchId"].clone();
        }
        let again = desktop
            .ok("supplier_products.prefer", json!({ "id": sold[2]["id"] }))
            .await;
        assert_eq!(again["batchId"], json!(null), "it is like that already");
        let undo = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
        desktop.finish(&undo).await;
        let applied = desktop
            .ok("plans.apply", json!({ "id": undo["plan"] }))
            .await;
        desktop.finish(&applied).await;
        assert_eq!(ranks().await, json!([1, 2, null]));

        desktop
            .ok("supplier_products.trash", json!({ "ids": [sold[1]["id"]] }))
            .await;
        let gone = json!({ "id": sold[1]["id"] });
        desktop
            .refused("supplier_products.prefer", gone.clone(), Code::Conflict)
            .await;
        desktop.set_role("operator").await;
        desktop
            .refused("supplier_products.prefer", gone, Code::Forbidden)
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_list_is_sorted_by_any_column_and_narrowed_by_what_its_fields_hold() {
    on_each_desktop(async |desktop| {
        for sku in ["BOWL", "MUG"] {
            desktop.create(json!({ "sku": sku, "name": sku })).await;
        }
        for (code, name) in [("A", "zed"), ("B", "Ypsilon"), ("C", "acme")] {
            supplier(desktop, code, name).await;
        }
        for (code, sku, cost) in [("A", "MUG", 3), ("B", "BOWL", 1), ("B", "MUG", 2)] {
            sells(desktop, code, sku, cost).await;
        }
        let b = &desktop.ok("suppliers.find", json!({ "codes": ["B"] })).await[0];
        let change = json!([{ "field": "supplier.active", "old": true, "new": false }]);
        let update = json!({ "id": b["id"], "version": 1, "changes": change });
        desktop.pass(1_000).await;
        desktop.ok("suppliers.update", update).await;
        let active = |any: Json| json!([{ "field": "supplier.active", "any": any }]);
        for (request, found) in [
            (json!({ "sort": "supplier.name" }), vec!["C", "B", "A"]),
            (json!({ "sort": "updated_at", "descending": true }), vec!["B", "C", "A"]),
            (json!({ "sort": "supplier.lead_time" }), vec!["A", "B", "C"]),
            (json!({ "filters": active(json!([true])) }), vec!["A", "C"]),
            (json!({ "filters": active(json!([false])) }), vec!["B"]),
            (json!({ "filters": active(json!([])) }), vec![]),
            (json!({ "filters": [{ "field": "supplier.name", "any": ["zed", "acme"] }] }), vec!["A", "C"]),
            (json!({ "filters": [{ "field": "supplier.lead_time", "any": [null] }], "search": "y" }), vec!["B"]),
        ] {
            let told = request.to_string();
            assert_eq!(codes(desktop, "suppliers.list", request).await, found, "{told}");
        }
        let sold = "supplier_products.list";
        let by_sku = json!({ "sort": "supplier_product.product_sku" });
        assert_eq!(codes(desktop, sold, by_sku).await, ["B/BOWL", "A/MUG", "B/MUG"]);
        let by_supplier = json!({ "sort": "supplier_product.supplier", "descending": true });
        assert_eq!(codes(desktop, sold, by_supplier).await, ["B/MUG", "B/BOWL", "A/MUG"]);
        let of = json!({ "field": "supplier_product.supplier", "id": b["id"] });
        let by_cost = json!({ "of": of, "sort": "supplier_product.cost" });
        assert_eq!(codes(desktop, sold, by_cost).await, ["B/BOWL", "B/MUG"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_list_cannot_be_asked_for_is_refused_with_a_sentence() {
    on_each_desktop(async |desktop| {
        let narrowed =
            |field: &str, any: Json| json!({ "filters": [{ "field": field, "any": any }] });
        let of = |field: &str| json!({ "of": { "field": field, "id": uuid::Uuid::nil() } });
        let many = vec!["x"; 101];
        for (list, request, told) in [
            (
                "suppliers",
                json!({ "sort": "name" }),
                "cannot be sorted by name",
            ),
            (
                "suppliers",
                narrowed("supplier.active", json!([7])),
                "Active",
            ),
            ("suppliers", narrowed("sku", json!(["A"])), "sku"),
            (
                "suppliers",
                narrowed("supplier.name", json!(many)),
                "at most 20 filters",
            ),
            (
                "suppliers",
                of("parent_sku"),
                "cannot be narrowed by parent_sku",
            ),
            (
                "suppliers",
                of("supplier.name"),
                "cannot be narrowed by supplier.name",
            ),
            (
                "supplier_products",
                narrowed("supplier_product.supplier", json!(["A"])),
                "cannot be narrowed",
            ),
        ] {
            let mut page = request.clone();
            page["offset"] = json!(0);
            page["limit"] = json!(10);
            let error = desktop
                .refused(&format!("{list}.list"), page, Code::Invalid)
                .await;
            let said = format!("{} {:?}", error.message, error.fields);
            assert!(said.contains(told), "{request}: {said}");
        }
        desktop.set_role("viewer").await;
        for request in [
            narrowed("supplier_product.cost", json!([1])),
            json!({ "sort": "supplier_product.cost" }),
        ] {
            let mut page = request;
            page["offset"] = json!(0);
            page["limit"] = json!(10);
            desktop
                .refused("supplier_products.list", page, Code::Forbidden)
                .await;
        }
    })
    .await;
}
