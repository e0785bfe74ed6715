//! Files of any kind of record: what is written is read again without changing anything, is safe in
//! spreadsheets, and holds nothing that the user may not see.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

async fn shop(desktop: &TestApp) {
    for sku in ["MUG", "CUP"] {
        desktop.create(json!({ "sku": sku, "name": sku })).await;
    }
    for (code, more) in [
        (
            "ACME",
            json!({ "supplier.name": "=1+1", "supplier.notes": "two\nlines, \"quoted\"" }),
        ),
        (
            "-KILN",
            json!({ "supplier.name": "Kiln", "supplier.lead_time": 5, "supplier.active": false,
                          "supplier.currency": "EUR", "supplier.minimum_order": 1_005_000,
                          "supplier.phone": "+49 30 1", "supplier.order_cutoff": "15:00" }),
        ),
    ] {
        let mut fields = more;
        fields["supplier.code"] = json!(code);
        desktop
            .ok("suppliers.create", json!({ "fields": fields }))
            .await;
    }
    for (supplier, sku, more) in [
        (
            "ACME",
            "MUG",
            json!({ "supplier_product.cost": 77_777, "supplier_product.pack_size": 6,
                                "supplier_product.supplier_sku": "@A1" }),
        ),
        (
            "ACME",
            "CUP",
            json!({ "supplier_product.preference": 1, "supplier_product.drop_ship": true }),
        ),
        (
            "-KILN",
            "CUP",
            json!({ "supplier_product.lead_time": 0, "supplier_product.minimum": 12 }),
        ),
    ] {
        let mut fields = more;
        fields["supplier_product.supplier"] = json!(supplier);
        fields["supplier_product.product_sku"] = json!(sku);
        desktop
            .ok("supplier_products.create", json!({ "fields": fields }))
            .await;
    }
}

async fn written(desktop: &TestApp, mut request: Json) -> String {
    let path = desktop.data.path().join("export.csv");
    request["file"] = json!(desktop.app.grant_file(&path).token);
    let started = desktop.ok("exports.run", request).await;
    desktop.finish(&started).await;
    std::fs::read_to_string(path).unwrap()
}

/// The outcomes of importing the file that was written.
async fn read_again(desktop: &TestApp, kind: Option<&str>) -> (Json, Json) {
    let path = desktop.data.path().join("export.csv");
    let file = desktop.app.grant_file(&path).token;
    let mut request = json!({ "file": file });
    if let Some(kind) = kind {
        request["kind"] = json!(kind);
    }
    let draft = desktop.ok("imports.open", request).await;
    let id = &draft["id"];
    let mut settings = draft["settings"].clone();
    settings["emptyCells"] = json!("clear");
    let answer = json!({ "id": id, "settings": settings });
    desktop.ok("imports.configure", answer).await;
    let started = desktop.ok("imports.plan", json!({ "id": id })).await;
    desktop.finish(&started).await;
    let plan = desktop.ok("plans.get", json!({ "id": id })).await;
    (draft.clone(), plan)
}

#[tokio::test]
async fn what_is_exported_of_any_kind_is_imported_without_a_change() {
    on_each_desktop(async |desktop| {
        shop(desktop).await;
        for (kind, rows) in [("supplier", 2), ("supplier_product", 3), ("product", 2)] {
            let text = written(desktop, json!({ "kind": kind })).await;
            // Only text is guarded; numbers and phone numbers among the text.
            assert!(
                !text.contains(",=1")
                    && !text.contains(",@")
                    && !text.contains(",-K")
                    && !text.contains(",+49"),
                "{text}"
            );
            let (draft, plan) = read_again(desktop, Some(kind)).await;
            assert_eq!(draft["leftOut"], json!([]), "{kind}");
            let counts = &plan["counts"];
            assert_eq!(counts["unchanged"], rows, "{kind}: {counts} of {text}");
            assert_eq!(counts["update"], 0, "{kind}: {counts}");
            let (draft, _) = read_again(desktop, None).await;
            assert_eq!(draft["kind"], kind, "the columns say what the file holds");
            assert_eq!(draft["kindGuessed"], kind != "product");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_holds_what_was_asked_for_and_what_the_user_may_see() {
    on_each_desktop(async |desktop| {
        shop(desktop).await;
        let acme = desktop
            .ok("suppliers.find", json!({ "codes": ["ACME"] }))
            .await[0]
            .clone();
        let of = json!({ "field": "supplier_product.supplier", "id": acme["id"] });
        let text = written(desktop, json!({ "kind": "supplier_product", "of": of })).await;
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("7.7777") && !text.contains("KILN"), "{text}");
        let kiln = json!({ "kind": "supplier", "search": "kil",
                           "filters": [{ "field": "supplier.active", "any": [false] }] });
        let text = written(desktop, kiln.clone()).await;
        assert!(text.contains("-KILN") && !text.contains("ACME"), "{text}");
        let mut active = kiln;
        active["filters"][0]["any"] = json!([true]);
        assert_eq!(written(desktop, active).await.lines().count(), 1);
        let columns = json!(["supplier.name", "supplier.code"]);
        let ids = json!([acme["id"]]);
        let text = written(
            desktop,
            json!({ "kind": "supplier", "columns": columns, "ids": ids }),
        )
        .await;
        assert_eq!(text, "\u{feff}Name,Code\r\n'=1+1,ACME\r\n");
        let trash = json!({ "ids": [acme["id"]] });
        desktop.ok("suppliers.trash", trash).await;
        let trashed = json!({ "kind": "supplier", "filter": { "trashed": true } });
        assert_eq!(
            written(desktop, trashed).await.lines().count(),
            2 + 1,
            "a note has two lines"
        );

        let path = desktop.data.path().join("other.csv");
        for (request, part) in [
            (
                json!({ "kind": "user" }),
                "A file of people cannot be written.",
            ),
            (
                json!({ "kind": "supplier", "filter": { "search": "a" } }),
                "cannot be filtered",
            ),
            (
                json!({ "kind": "supplier", "columns": ["sku"] }),
                "sku is no field of a supplier",
            ),
            (
                json!({ "kind": "supplier", "columns": [] }),
                "at least one column",
            ),
        ] {
            let mut request = request;
            request["file"] = json!(desktop.app.grant_file(&path).token);
            let error = desktop.refused("exports.run", request, Code::Invalid).await;
            assert!(error.message.contains(part), "{error:?}");
        }
        desktop.set_role("operator").await;
        let all = json!({ "kind": "supplier_product" });
        let text = written(desktop, all).await;
        assert!(!text.contains("7.7777") && !text.contains("Cost"), "{text}");
        let costs = json!({ "kind": "supplier_product", "columns": ["supplier_product.cost"],
                            "file": desktop.app.grant_file(&path).token });
        desktop.refused("exports.run", costs, Code::Forbidden).await;
        let guess = json!({ "kind": "supplier_product",
                            "filters": [{ "field": "supplier_product.cost", "any": [77_777] }],
                            "file": desktop.app.grant_file(&path).token });
        desktop.refused("exports.run", guess, Code::Forbidden).await;
    })
    .await;
}
