//! Families of variants: a T-shirt from nothing to a whole family, and back by undo.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

fn colours_and_sizes() -> Json {
    json!([
        { "name": "Colour", "values": ["Red", "Blue", "Dark green"] },
        { "name": "Size", "values": ["S", "M", "L", "XL", "XXL"] },
    ])
}

async fn tee(desktop: &TestApp) -> Json {
    let fields = json!({
        "sku": "TEE", "name": "T-shirt", "brand": "Acme", "store_price": 199_500, "cost": 80_000,
        "stock": 12, "barcode": "4006381333931",
    });
    desktop.create(fields).await["id"].clone()
}

/// What undo can bring back of all products: everything but versions and times.
async fn everything(desktop: &TestApp) -> Vec<(String, Json)> {
    let request = json!({ "offset": 0, "limit": 500 });
    let list = desktop.ok("products.list", request).await;
    let skus: Vec<Json> = rows(&list).iter().map(|row| row["sku"].clone()).collect();
    let found = desktop.ok("products.find", json!({ "skus": skus })).await;
    let mut all: Vec<(String, Json)> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|record| (record["id"].to_string(), record["fields"].clone()))
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

fn rows(list: &Json) -> &Vec<Json> {
    list["rows"].as_array().unwrap()
}

async fn undo(desktop: &TestApp, changed: &Json) {
    let request = json!({ "batchId": changed["batchId"] });
    let planned = desktop.ok("plans.undo", request).await;
    desktop.finish(&planned).await;
    let plan = json!({ "id": planned["plan"] });
    let summary = desktop.ok("plans.get", plan.clone()).await;
    assert_eq!(summary["counts"]["conflict"], 0, "{summary}");
    let applied = desktop.ok("plans.apply", plan).await;
    desktop.finish(&applied).await;
}

async fn family(desktop: &TestApp, id: &Json) -> Vec<Json> {
    let list = desktop.ok("products.variants", json!({ "id": id })).await;
    list["variants"].as_array().unwrap().clone()
}

async fn skus(desktop: &TestApp, id: &Json) -> Vec<String> {
    let family = family(desktop, id).await;
    let sku = |variant: &Json| variant["fields"]["sku"].as_str().unwrap().to_owned();
    family.iter().map(sku).collect()
}

async fn generated(desktop: &TestApp, id: &Json, options: Json) -> Json {
    let request = json!({ "id": id, "options": options });
    desktop.ok("products.generate_variants", request).await
}

#[tokio::test]
async fn fifteen_variants_are_planned_read_made_and_taken_back() {
    on_each_desktop(async |desktop| {
        let id = tee(desktop).await;
        let before = everything(desktop).await;
        let mut request = json!({
            "id": id, "options": colours_and_sizes(), "skuPattern": "{sku}-{colour:3:upper}-{size}",
            "except": [["dark green", "XXL"]],
            "edits": [{ "values": ["Red", "S"], "fields": { "store_price": 149_500, "stock": 3 } }],
        });
        let plan = desktop.ok("products.plan_variants", request.clone()).await;
        assert_eq!(
            (&plan["created"], &plan["skipped"]),
            (&json!(14), &json!(1)),
            "{plan}"
        );
        let first = &rows(&plan)[0];
        assert_eq!(first["fields"]["sku"], "TEE-RED-S");
        assert_eq!(first["fields"]["name"], "T-shirt - Red / S");
        assert_eq!(first["fields"]["store_price"], 149_500);
        let second = &rows(&plan)[1]["fields"];
        assert_eq!(
            (&second["store_price"], &second["stock"]),
            (&json!(199_500), &json!(0))
        );
        assert_eq!(second["barcode"], json!(null), "each has its own");
        assert_eq!(rows(&plan)[14]["outcome"], "skipped");

        let made = desktop
            .ok("products.generate_variants", request.clone())
            .await;
        assert_eq!((&made["changed"], &made["kept"]), (&json!(14), &json!([])));
        assert_eq!(
            skus(desktop, &id).await[..3],
            ["TEE-RED-S", "TEE-RED-M", "TEE-RED-L"]
        );
        let detail = desktop.ok("products.get", json!({ "id": id })).await;
        assert_eq!(
            detail["product"]["fields"]["stock"], 3,
            "the sum of its variants"
        );

        // What is there stays as it is; only what is missing is made.
        request["except"] = json!([]);
        let plan = desktop.ok("products.plan_variants", request).await;
        assert_eq!(
            (&plan["created"], &plan["unchanged"]),
            (&json!(1), &json!(14))
        );
        undo(desktop, &made).await;
        assert_eq!(everything(desktop).await, before, "its stock, too");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_made_is_told_before() {
    on_each_desktop(async |desktop| {
        let id = tee(desktop).await;
        desktop
            .create(json!({ "sku": "TEE-RED-M", "name": "Another" }))
            .await;
        let plan = async |pattern: &str| {
            let request = json!({
                "id": id, "options": colours_and_sizes(), "skuPattern": pattern,
            });
            desktop.call("products.plan_variants", request).await
        };
        let taken = plan("{sku}-{colour:upper}-{size}").await.unwrap();
        assert_eq!(taken["errors"], 1);
        let problem = rows(&taken)[1]["problems"][0].clone();
        assert_eq!(problem["field"], "sku");
        assert!(
            problem["message"]
                .as_str()
                .unwrap()
                .contains("Another has this SKU"),
            "{problem}"
        );
        let same = plan("{sku}-{size}").await.unwrap();
        assert_eq!(same["errors"], 10, "each size stands three times");
        let problem = &rows(&same)[5]["problems"][0]["message"];
        assert!(
            problem
                .as_str()
                .unwrap()
                .starts_with("Red / S would have this SKU, too.")
        );
        let error = plan("{sku}-{fabric}").await.unwrap_err();
        assert!(error.fields["skuPattern"].contains("{fabric} stands for nothing"));

        let request = json!({ "id": id, "options": colours_and_sizes() });
        let error = desktop
            .refused("products.generate_variants", request, Code::Invalid)
            .await;
        assert!(
            error
                .message
                .starts_with("Red / M cannot be created: Another has"),
            "{error}"
        );
        let many: Vec<String> = (0..2_049).map(|number| number.to_string()).collect();
        let request = json!({ "id": id, "options": [{ "name": "Size", "values": many }] });
        let error = desktop
            .refused("products.plan_variants", request, Code::Invalid)
            .await;
        assert!(error.message.contains("more than 2048"), "{error}");
        generated(desktop, &id, json!([{ "name": "Size", "values": ["S"] }])).await;
        let others = json!([
            { "name": "A", "values": ["1"] }, { "name": "B", "values": ["1"] },
            { "name": "C", "values": ["1"] },
        ]);
        let request = json!({ "id": id, "options": others });
        let error = desktop
            .refused("products.plan_variants", request, Code::Invalid)
            .await;
        assert!(
            error.message.contains("more than 3 options: Size, A, B, C"),
            "{error}"
        );
    })
    .await;
}

#[tokio::test]
async fn options_and_values_are_renamed_over_the_family_and_never_clash() {
    on_each_desktop(async |desktop| {
        let id = tee(desktop).await;
        generated(desktop, &id, colours_and_sizes()).await;
        let before = everything(desktop).await;
        let request = json!({ "id": id, "option": "colour", "to": " Shade " });
        let renamed = desktop.ok("products.rename_option", request).await;
        assert_eq!(renamed["changed"], 15);
        let list = desktop.ok("products.variants", json!({ "id": id })).await;
        assert_eq!(list["options"][0]["name"], "Shade");
        let request = json!({ "id": id, "option": "Shade", "value": "Blue", "to": "Navy" });
        let value = desktop.ok("products.rename_option_value", request).await;
        assert_eq!(value["changed"], 5);
        let request = json!({ "id": id, "option": "Shade", "value": "navy", "to": "Red" });
        let error = desktop.refused("products.rename_option_value", request, Code::Invalid).await;
        assert_eq!(
            error.message,
            "TEE-RED-S and TEE-BLUE-S would both be Shade Red, Size S. Move or delete one of them first."
        );
        for (option, value, part) in [
            ("Fabric", "Red", "has the option Fabric"),
            ("Shade", "Pink", "has the Shade Pink"),
        ] {
            let request = json!({ "id": id, "option": option, "value": value, "to": "X" });
            let error = desktop.refused("products.rename_option_value", request, Code::NotFound);
            let error = error.await;
            assert!(error.message.contains(part), "{error}");
        }
        undo(desktop, &value).await;
        undo(desktop, &renamed).await;
        assert_eq!(everything(desktop).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_order_is_kept_and_taken_back() {
    on_each_desktop(async |desktop| {
        let id = tee(desktop).await;
        generated(
            desktop,
            &id,
            json!([{ "name": "Size", "values": ["S", "M", "L"] }]),
        )
        .await;
        let ids: Vec<Json> = family(desktop, &id)
            .await
            .iter()
            .map(|of| of["id"].clone())
            .collect();
        let request = json!({ "id": id, "ids": [ids[2]] });
        let ordered = desktop.ok("products.order_variants", request).await;
        assert_eq!(ordered["changed"], 3);
        assert_eq!(skus(desktop, &id).await, ["TEE-L", "TEE-S", "TEE-M"]);
        let detail = desktop.ok("products.get", json!({ "id": id })).await;
        assert_eq!(detail["variants"][0]["sku"], "TEE-L", "everywhere");
        let again = json!({ "id": id, "ids": [ids[2], ids[0]] });
        assert_eq!(
            desktop.ok("products.order_variants", again).await["batchId"],
            json!(null)
        );
        undo(desktop, &ordered).await;
        assert_eq!(skus(desktop, &id).await, ["TEE-S", "TEE-M", "TEE-L"]);
    })
    .await;
}

#[tokio::test]
async fn a_single_product_becomes_a_parent_and_single_again() {
    on_each_desktop(async |desktop| {
        let id = tee(desktop).await;
        let before = everything(desktop).await;
        let options =
            json!([{ "name": "Colour", "value": "Red" }, { "name": "Size", "value": "M" }]);
        let request = json!({ "id": id, "sku": "TEES", "options": options });
        let made = desktop.ok("products.make_parent", request.clone()).await;
        assert_eq!((&made["changed"], &made["kept"]), (&json!(2), &json!([])));
        let parent = desktop
            .ok("products.find", json!({ "skus": ["TEES"] }))
            .await[0]
            .clone();
        let fields = &parent["fields"];
        assert_eq!(
            (&fields["name"], &fields["brand"]),
            (&json!("T-shirt"), &json!("Acme"))
        );
        assert_eq!(
            (&fields["barcode"], &fields["stock"]),
            (&json!(null), &json!(12))
        );
        let variant = &family(desktop, &parent["id"]).await[0];
        assert_eq!(variant["id"], id, "what was sold is the variant");
        let fields = &variant["fields"];
        assert_eq!(
            (&fields["sku"], &fields["stock"]),
            (&json!("TEE"), &json!(12))
        );
        assert_eq!(fields["barcode"], "4006381333931");
        assert_eq!(fields["name"], "T-shirt - Red / M");
        let error = desktop
            .refused("products.make_parent", request, Code::Invalid)
            .await;
        assert!(error.message.contains("TEE is a variant itself"), "{error}");

        undo(desktop, &made).await;
        assert_eq!(everything(desktop).await, before);
        // And forth again: the undo of the undo.
        let batches = desktop
            .ok("batches.list", json!({ "offset": 0, "limit": 1 }))
            .await;
        undo(desktop, &json!({ "batchId": rows(&batches)[0]["id"] })).await;
        assert_eq!(skus(desktop, &parent["id"]).await, ["TEE"]);
    })
    .await;
}

#[tokio::test]
async fn products_move_under_a_parent_to_another_and_out() {
    on_each_desktop(async |desktop| {
        let id = tee(desktop).await;
        let sizes = json!([{ "name": "Size", "values": ["S", "M"] }]);
        generated(desktop, &id, sizes.clone()).await;
        let fields = json!({ "sku": "POLO", "name": "Polo", "stock": 7 });
        let polo = desktop.create(fields).await["id"].clone();
        let before = everything(desktop).await;
        let to = |value: &str, parent: Json| {
            let options = json!([{ "name": "Size", "value": value }]);
            json!({ "variants": [{ "id": polo, "options": options }], "parent": parent })
        };
        let error = desktop
            .refused("products.move_to", to("m", json!("TEE")), Code::Conflict)
            .await;
        assert_eq!(error.message, "POLO would be Size m, as TEE-M of TEE is.");
        let bare = json!({ "variants": [{ "id": polo }], "parent": "TEE" });
        let error = desktop
            .refused("products.move_to", bare, Code::Invalid)
            .await;
        assert!(error.message.contains("POLO needs an option"), "{error}");
        let under = desktop.ok("products.move_to", to("L", json!("TEE"))).await;
        assert_eq!(skus(desktop, &id).await, ["TEE-S", "TEE-M", "POLO"]);
        let detail = desktop.ok("products.get", json!({ "id": id })).await;
        assert_eq!(detail["product"]["fields"]["stock"], 7);

        desktop
            .create(json!({ "sku": "COAT", "name": "Coat", "stock": 5 }))
            .await;
        let moved = json!({ "variants": [{ "id": polo }], "parent": "COAT" });
        let moved = desktop.ok("products.move_to", moved).await;
        let found = desktop
            .ok("products.find", json!({ "skus": ["COAT", "TEE", "POLO"] }))
            .await;
        let stock = |at: usize| found[at]["fields"]["stock"].clone();
        assert_eq!([stock(0), stock(1)], [json!(7), json!(0)]);
        assert_eq!(
            found[2]["fields"]["option1_value"], "L",
            "it keeps its options"
        );
        undo(desktop, &moved).await;
        let coat = desktop
            .ok("products.find", json!({ "skus": ["COAT"] }))
            .await;
        assert_eq!(coat[0]["fields"]["stock"], 5, "what it had before");
        assert_eq!(skus(desktop, &id).await, ["TEE-S", "TEE-M", "POLO"]);

        let out = json!({ "variants": [{ "id": polo }], "parent": null });
        desktop.ok("products.move_to", out).await;
        let single = desktop
            .ok("products.find", json!({ "skus": ["POLO"] }))
            .await;
        assert_eq!(single[0]["fields"]["parent_sku"], json!(null));
        assert_eq!(single[0]["fields"]["option1_value"], json!(null));
        desktop
            .ok("products.trash", json!({ "ids": [coat[0]["id"]] }))
            .await;
        let batches = desktop
            .ok("batches.list", json!({ "offset": 1, "limit": 1 }))
            .await;
        undo(desktop, &json!({ "batchId": rows(&batches)[0]["id"] })).await;
        undo(desktop, &under).await;
        assert_eq!(everything(desktop).await, before);
    })
    .await;
}

#[tokio::test]
async fn cells_are_saved_as_one_batch_and_refused_ones_are_told() {
    on_each_desktop(async |desktop| {
        let id = tee(desktop).await;
        generated(desktop, &id, json!([{ "name": "Size", "values": ["S", "M", "L"] }])).await;
        desktop.create(json!({ "sku": "HAT", "name": "Hat" })).await;
        let before = everything(desktop).await;
        let family_before = family(desktop, &id).await;
        let cells = |at: usize, changes: &[(&str, Json)]| {
            let of = &family_before[at];
            let change = |(field, new): &(&str, Json)| {
                json!({ "field": field, "old": of["fields"][field], "new": new })
            };
            let changes: Vec<Json> = changes.iter().map(change).collect();
            json!({ "id": of["id"], "version": of["version"], "changes": changes })
        };
        // Two change their options with each other; one SKU is taken, one price is no price.
        let records = json!([
            cells(0, &[("option1_value", json!("M")), ("stock", json!(4)), ("sku", json!("HAT"))]),
            cells(1, &[("option1_value", json!("S")), ("store_price", json!(-1))]),
            cells(2, &[("barcode", json!("12345670"))]),
            { "id": id, "version": 1, "changes": [{ "field": "stock", "old": 0, "new": 9 }] },
        ]);
        let saved = desktop.ok("products.update_many", json!({ "records": records })).await;
        assert_eq!(saved["changed"], 3, "{saved}");
        let told: Vec<(&str, &str, &str)> = saved["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|refused| {
                let problem = &refused["problems"][0];
                (
                    refused["code"].as_str().unwrap(),
                    problem["field"].as_str().unwrap(),
                    problem["message"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(told[0].1, "sku");
        assert!(told[0].2.contains("Hat has this SKU already"), "{told:?}");
        assert_eq!(told[1], ("TEE-M", "store_price", "Store price cannot be below zero."));
        assert_eq!(told[2].1, "stock");
        let after = family(desktop, &id).await;
        let value = |at: usize, field: &str| after[at]["fields"][field].clone();
        assert_eq!([value(0, "option1_value"), value(1, "option1_value")], [json!("M"), json!("S")]);
        assert_eq!([value(0, "stock"), value(2, "barcode")], [json!(4), json!("12345670")]);

        // What another desktop saved meanwhile is no cell to write over.
        let stale = json!({ "records": [cells(0, &[("stock", json!(8)), ("rrp", json!(5))])] });
        let saved = desktop.ok("products.update_many", stale).await;
        assert_eq!(saved["refused"][0]["problems"][0]["message"], "You set it to 4.");
        assert_eq!(saved["changed"], 1, "the other cell is saved");
        undo(desktop, &saved).await;
        let batches = desktop.ok("batches.list", json!({ "offset": 2, "limit": 1 })).await;
        undo(desktop, &json!({ "batchId": rows(&batches)[0]["id"] })).await;
        assert_eq!(everything(desktop).await, before);
    })
    .await;
}
