//! Suppliers' price files: matched by our SKU, the supplier's SKU or a barcode; reviewed, applied,
//! undone. Nothing is guessed, and costs stay hidden from those who may not see them.

use std::sync::Mutex;

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

async fn supplier(desktop: &TestApp, code: &str, more: Json) -> Json {
    let mut fields = json!({ "supplier.code": code, "supplier.name": code });
    for (key, value) in more.as_object().unwrap() {
        fields[key] = value.clone();
    }
    let request = json!({ "fields": fields });
    desktop.ok("suppliers.create", request).await["record"].clone()
}

async fn product(desktop: &TestApp, sku: &str, barcode: &str, price: i64) -> Json {
    let fields = json!({ "sku": sku, "name": sku, "barcode": barcode, "store_price": price });
    desktop.create(fields).await
}

/// A price file as it is opened.
async fn opened(desktop: &TestApp, from: &Json, content: &str) -> Json {
    let path = desktop.data.path().join("prices.csv");
    std::fs::write(&path, content).unwrap();
    let file = desktop.app.grant_file(&path).token;
    let request = json!({ "file": file, "sender": from["id"] });
    desktop.ok("imports.open", request).await
}

/// The plan of a draft: what is known of it, and its rows.
async fn planned(desktop: &TestApp, draft: &Json) -> (Json, Vec<Json>) {
    let id = &draft["id"];
    let started = desktop.ok("imports.plan", json!({ "id": id })).await;
    desktop.finish(&started).await;
    let plan = desktop.ok("plans.get", json!({ "id": id })).await;
    let request = json!({ "id": id, "offset": 0, "limit": 100 });
    let rows = desktop.ok("plans.rows", request).await;
    (plan, rows["rows"].as_array().unwrap().clone())
}

async fn applied(desktop: &TestApp, draft: &Json) -> Json {
    let request = json!({ "id": draft["id"] });
    let started = desktop.ok("plans.apply", request.clone()).await;
    desktop.finish(&started).await;
    desktop.ok("plans.get", request).await["batchId"].clone()
}

async fn answered(desktop: &TestApp, draft: &Json, answers: Json) -> Json {
    let mut settings = draft["settings"].clone();
    for (key, value) in answers.as_object().unwrap() {
        settings[key] = value.clone();
    }
    let request = json!({ "id": draft["id"], "settings": settings });
    desktop.ok("imports.configure", request).await
}

fn said(row: &Json) -> String {
    let problems = row["problems"].as_array().unwrap().iter();
    let told: Vec<&str> = problems.map(|p| p["message"].as_str().unwrap()).collect();
    format!("{} {}", row["outcome"].as_str().unwrap(), told.join(" "))
        .trim()
        .to_owned()
}

async fn covered(desktop: &TestApp, coverage: &str) -> Vec<String> {
    let request = json!({ "filter": { "coverage": coverage }, "offset": 0, "limit": 100 });
    let page = desktop.ok("products.list", request).await;
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| row["sku"].as_str().unwrap().to_owned())
        .collect()
}

/// The first file of a supplier, of which nothing is known yet: matched by barcodes. Gives its batch.
async fn read_by_barcode(desktop: &TestApp, acme: &Json) -> Json {
    // Nothing is known of what ACME calls them, so the first file is matched by barcodes.
    let first = "Item code;EAN;Description;Price;Pack\n\
                 A-1;4006381333931;Cup, white;4,91;1\nA-2;12345678905;Mug;5,00;1\n\
                 A-3;9999999999994;Vase;7,00;1\n";
    let draft = opened(desktop, acme, first).await;
    assert_eq!(draft["questions"], json!([]));
    assert_eq!(draft["matching"]["by"], "supplier_sku");
    let note = draft["notes"][0].as_str().unwrap();
    assert!(
        note.contains("then by Barcode") || note.contains("by Barcode (column \"EAN\")"),
        "{note}"
    );
    let (plan, rows) = planned(desktop, &draft).await;
    assert_eq!(
        rows.iter().map(said).collect::<Vec<_>>(),
        [
            "create",
            "create",
            "error No product is known by this Supplier's SKU.",
        ]
    );
    assert_eq!(
        plan["warnings"][0],
        json!({
            "mark": { "kind": "notFound" }, "count": 1,
            "text": "1 row is about products that are not there: \"A-3\"",
        })
    );
    assert_eq!(rows[0]["code"], "ACME/CUP");
    assert!(
        rows[0]["notes"]
            .to_string()
            .contains("Margin 48.3 % at the price of 9.50."),
        "{}",
        rows[0]
    );
    assert!(
        rows[1]["notes"]
            .to_string()
            .contains("barcode 0012345678905"),
        "{}",
        rows[1]
    );
    applied(desktop, &draft).await
}

/// A later file, which names what the supplier calls the products.
async fn read_by_their_codes(desktop: &TestApp, acme: &Json) {
    // The second one names what the supplier calls them; its prices rose.
    let second = "code,net price\nA-1,6.00\nA-2,5.00\n";
    let draft = opened(desktop, acme, second).await;
    let (plan, rows) = planned(desktop, &draft).await;
    assert_eq!(
        rows.iter().map(said).collect::<Vec<_>>(),
        ["update", "unchanged"]
    );
    assert_eq!(plan["warnings"][0]["mark"]["kind"], "jumps");
    assert!(
        rows[0]["notes"]
            .to_string()
            .contains("Margin 48.3 % → 36.8 % at the price of 9.50."),
        "{}",
        rows[0]
    );
    applied(desktop, &draft).await;
}

/// Takes a batch back, whatever changed since.
async fn taken_back(desktop: &TestApp, batch: &Json) {
    let undo = desktop.ok("plans.undo", json!({ "batchId": batch })).await;
    desktop.finish(&undo).await;
    let plan = json!({ "id": undo["plan"] });
    let rows = desktop
        .ok(
            "plans.rows",
            json!({ "id": undo["plan"], "offset": 0, "limit": 9 }),
        )
        .await;
    assert_eq!(
        rows["rows"][0]["outcome"], "conflict",
        "its cost changed since: {rows}"
    );
    let all = json!({ "id": undo["plan"], "resolution": "take" });
    desktop.ok("plans.resolve", all).await;
    let started = desktop.ok("plans.apply", plan).await;
    desktop.finish(&started).await;
}

#[tokio::test]
async fn a_buyer_reads_two_price_files_of_different_shape_and_takes_one_back() {
    on_each_desktop(async |desktop| {
        product(desktop, "CUP", "4006381333931", 95_000).await;
        product(desktop, "MUG", "0012345678905", 100_000).await;
        product(desktop, "POT", "", 0).await;
        let acme = supplier(desktop, "ACME", json!({})).await;
        let kiln = supplier(desktop, "KILN", json!({})).await;
        supplier(desktop, "IDLE", json!({ "supplier.active": false })).await;
        assert_eq!(covered(desktop, "none").await, ["CUP", "MUG", "POT"]);

        let first = read_by_barcode(desktop, &acme).await;
        assert_eq!(covered(desktop, "none").await, ["POT"]);
        assert_eq!(covered(desktop, "one").await, ["CUP", "MUG"]);

        read_by_their_codes(desktop, &acme).await;

        // Another supplier's file has our SKUs.
        let third = "Our SKU,SKU,Cost\nCUP,K1,5.50\nPOT,K2,1\n";
        let draft = opened(desktop, &kiln, third).await;
        assert_eq!(draft["matching"]["by"], "product_sku");
        planned(desktop, &draft).await;
        applied(desktop, &draft).await;
        assert_eq!(covered(desktop, "several").await, ["CUP"]);
        assert_eq!(covered(desktop, "none").await, [""; 0]);

        taken_back(desktop, &first).await;
        assert_eq!(covered(desktop, "none").await, ["MUG"]);
        assert_eq!(covered(desktop, "one").await, ["CUP", "POT"]);
        let request = json!({ "filter": { "kind": "supplier_product" } });
        let history = desktop.ok("history.list", request).await;
        let told = history["entries"].as_array().unwrap();
        assert_eq!(told.len(), 7, "2 + 1 + 2 from files, 2 undone: {history}");
    })
    .await;
}

#[tokio::test]
async fn what_could_mean_two_products_is_an_error_and_never_guessed() {
    on_each_desktop(async |desktop| {
        product(desktop, "CUP", "4006381333931", 95_000).await;
        product(desktop, "MUG", "4006381333931", 95_000).await;
        product(desktop, "JAR", "5901234123457", 95_000).await;
        let acme = supplier(desktop, "ACME", json!({})).await;
        for sku in ["CUP", "MUG"] {
            let fields = json!({
                "supplier_product.supplier": "ACME", "supplier_product.product_sku": sku,
                "supplier_product.supplier_sku": "X",
            });
            desktop
                .ok("supplier_products.create", json!({ "fields": fields }))
                .await;
        }
        let file = "Our SKU,Supplier SKU,EAN,Cost\n\
                    ,,4006381333931,1\n,X,,1\nCUP,X,4006381333931,1\nJAR,,4006381333931,1\n\
                    ,,5901234123457,2\n,,5901234123457,3\n,,,4\nGONE,,5901234123457,1\n";
        let draft = opened(desktop, &acme, file).await;
        let (_, rows) = planned(desktop, &draft).await;
        assert_eq!(
            rows.iter().map(said).collect::<Vec<_>>(),
            [
                "error Several products have this Barcode: CUP, MUG.",
                "error Several products have this Supplier's SKU: CUP, MUG.",
                "update",
                "error The SKU is that of JAR, and the Barcode is not.",
                "create",
                "error The row on line 6 is about the same product, JAR.",
                "error The row does not say which product it is about.",
                "error The row on line 6 is about the same product, JAR.",
            ],
            "{}",
            json!(rows)
        );
        let out = desktop
            .app
            .grant_file(&desktop.data.path().join("rejects.csv"));
        let request = json!({ "id": draft["id"], "file": out.token });
        let saved = desktop.ok("plans.save_rejects", request).await;
        assert_eq!(saved["rows"], 6);
    })
    .await;
}

#[tokio::test]
async fn packs_and_currencies_are_asked_about() {
    on_each_desktop(async |desktop| {
        product(desktop, "CUP", "4006381333931", 95_000).await;
        let acme = supplier(desktop, "ACME", json!({ "supplier.currency": "EUR" })).await;
        let file = "EAN,Cost,Pack size,Currency\n4006381333931,12.00,6,EUR\n";
        let draft = opened(desktop, &acme, file).await;
        assert_eq!(draft["questions"], json!([
            { "kind": "amountFor", "amount": "Cost", "pack": "Pack size" },
        ]));
        let refused = desktop.refused("imports.plan", json!({ "id": draft["id"] }), Code::Invalid).await;
        assert!(refused.hint.unwrap().contains("--cost-per"));
        let draft = answered(desktop, &draft, json!({ "amountFor": "pack" })).await;
        let (_, rows) = planned(desktop, &draft).await;
        let cost = rows[0]["changes"].as_array().unwrap().iter().find(|c| c["field"] == "supplier_product.cost");
        assert_eq!(cost.unwrap()["new"], 20_000, "{}", rows[0]);
        assert!(rows[0]["notes"].to_string().contains("Cost: 12.00 for 6 is 2.00 each."), "{}", rows[0]);

        let file = "EAN,Price USD,Price GBP\n4006381333931,12.00,9.00\n";
        let draft = opened(desktop, &acme, file).await;
        assert_eq!(draft["questions"][0]["kind"], "priceColumn", "{draft}");
        let file = "EAN,Cost\n4006381333931,$12.00\n";
        let draft = opened(desktop, &acme, file).await;
        assert_eq!(draft["questions"][0]["kind"], "foreignMoney", "{draft}");
        assert_eq!(draft["questions"][0]["currency"], "EUR");
        let file = "Name,Cost\nCup,1\n";
        let draft = opened(desktop, &acme, file).await;
        assert_eq!(draft["questions"][0], json!({
            "kind": "codeColumn", "labels": ["SKU", "Supplier's SKU", "Barcode"],
        }));
        let by_name = json!({ "columns": ["barcode", "cost"], "matchBy": "barcode" });
        let draft = answered(desktop, &draft, by_name).await;
        assert_eq!(draft["matching"], json!({
            "by": "barcode", "chosen": true, "choices": [{ "key": "barcode", "label": "Barcode" }],
        }));
    })
    .await;
}

/// What a person without the right is told of a shop with these costs, of which another person made
/// a plan.
async fn told_of_costs(desktop: &TestApp, cost: i64, file: &str) -> String {
    product(desktop, "CUP", "4006381333931", 95_000).await;
    let acme = supplier(desktop, "ACME", json!({})).await;
    let fields = json!({
        "supplier_product.supplier": "ACME", "supplier_product.product_sku": "CUP",
        "supplier_product.cost": cost,
    });
    let link = desktop
        .ok("supplier_products.create", json!({ "fields": fields }))
        .await;
    let draft = opened(desktop, &acme, file).await;
    let (_, _) = planned(desktop, &draft).await;
    desktop.set_role("operator").await;
    let plan = &draft["id"];
    let mut told = String::new();
    for (name, request) in [
        (
            "plans.rows",
            json!({ "id": plan, "offset": 0, "limit": 10 }),
        ),
        (
            "plans.rows",
            json!({ "id": plan, "search": "4", "offset": 0, "limit": 10 }),
        ),
        (
            "plans.rows",
            json!({ "id": plan, "search": "Margin", "offset": 0, "limit": 10 }),
        ),
        ("plans.get", json!({ "id": plan })),
        (
            "supplier_products.get",
            json!({ "id": link["record"]["id"] }),
        ),
        (
            "supplier_products.list",
            json!({ "search": "4", "offset": 0, "limit": 10 }),
        ),
        (
            "supplier_products.history",
            json!({ "id": link["record"]["id"] }),
        ),
        (
            "products.list",
            json!({ "filter": { "coverage": "one" }, "offset": 0, "limit": 10 }),
        ),
    ] {
        told += &desktop.ok(name, request).await.to_string();
        told += "\n";
    }
    let ids: Vec<&Json> = vec![plan, &link["record"]["id"], &acme["id"], &link["batchId"]];
    for id in ids {
        told = told.replace(id.as_str().unwrap(), "ID");
    }
    // What is left of ids is made anew in each shop.
    let is_id = |word: &str| word.len() == 36 && word.matches('-').count() == 4;
    let words = told
        .split('"')
        .map(|word| if is_id(word) { "ID" } else { word });
    words.collect::<Vec<_>>().join("\"")
}

#[tokio::test]
async fn two_shops_that_differ_only_in_costs_look_the_same_without_the_right() {
    let mut shops: Vec<Vec<String>> = Vec::new();
    for (cost, file) in [
        (40_000, "EAN,Cost\n4006381333931,4.43333\n"),
        (42_000, "EAN,Cost\n4006381333931,4.77777\n"),
    ] {
        let told = Mutex::new(Vec::new());
        on_each_desktop(async |desktop| {
            let answers = told_of_costs(desktop, cost, file).await;
            for secret in ["Margin", "4.43", "4.77", "rounded"] {
                assert!(!answers.contains(secret), "{secret}: {answers}");
            }
            told.lock().unwrap().push(answers);
        })
        .await;
        shops.push(told.into_inner().unwrap());
    }
    assert_eq!(shops[0], shops[1]);
}

#[tokio::test]
async fn a_price_file_needs_the_right_to_edit_suppliers_and_a_cost_the_right_to_see_it() {
    on_each_desktop(async |desktop| {
        product(desktop, "CUP", "4006381333931", 95_000).await;
        let acme = supplier(desktop, "ACME", json!({})).await;
        let path = desktop.data.path().join("prices.csv");
        std::fs::write(&path, "EAN,Cost\n4006381333931,1\n").unwrap();
        desktop.set_role("viewer").await;
        let file = desktop.app.grant_file(&path).token;
        let request = json!({ "file": file, "sender": acme["id"] });
        desktop
            .refused("imports.open", request, Code::Forbidden)
            .await;
        desktop.set_role("owner").await;
        let request = json!({ "ids": [acme["id"]] });
        desktop.ok("suppliers.trash", request).await;
        let file = desktop.app.grant_file(&path).token;
        let request = json!({ "file": file, "sender": acme["id"] });
        let refused = desktop
            .refused("imports.open", request, Code::Invalid)
            .await;
        assert!(refused.message.contains("in the trash"));
    })
    .await;
}

#[tokio::test]
async fn the_draft_of_a_price_file_is_for_those_who_may_edit_suppliers() {
    on_each_desktop(async |desktop| {
        product(desktop, "CUP", "4006381333931", 95_000).await;
        let acme = supplier(desktop, "ACME", json!({})).await;
        let draft = opened(desktop, &acme, "EAN,MOQ\n4006381333931,2\n").await;
        let rights = ["view_products", "edit_products", "import"];
        let role = json!({ "name": "Cataloguer", "permissions": rights });
        let role = desktop.ok("roles.create", role).await;
        desktop.set_role(role["key"].as_str().unwrap()).await;
        let id = &draft["id"];
        let configure = json!({ "id": id, "settings": draft["settings"] });
        let column = json!({ "column": 1 });
        for (command, request) in [
            ("imports.configure", configure),
            ("imports.start_over", json!({ "id": id })),
            ("imports.save_profile", json!({ "id": id, "name": "June" })),
            ("imports.use_profile", json!({ "id": id, "name": "June" })),
            (
                "imports.make_fields",
                json!({ "id": id, "columns": [column] }),
            ),
            ("imports.plan", json!({ "id": id })),
        ] {
            desktop.refused(command, request, Code::Forbidden).await;
        }
    })
    .await;
}
