//! What the buyer asks in the game: lists, forms, the history, files and plans.

use serde_json::{Value as Json, json};

use super::{Left, Player};

/// What a text may be asked for: words, amounts of both workspaces, signs with a meaning elsewhere.
pub(super) const TEXTS: [&str; 15] = [
    "",
    "x3",
    "x99",
    "0.71",
    "acme",
    "MUG",
    "S-1",
    "cost",
    "1.1",
    "11000",
    "94000",
    "9.4",
    "%",
    "_",
    "\",\"cost\":",
];

const NOUNS: [(&str, &str); 2] = [
    ("suppliers", "supplier"),
    ("supplier_products", "supplier_product"),
];

async fn fields_of(player: &mut Player, kind: &str) -> Vec<String> {
    let state = player.desktop.ok("app.state", json!({})).await;
    let mut kinds = state["kinds"].as_array().unwrap().iter();
    let kind = kinds.find(|known| known["key"] == kind).unwrap();
    let fields = kind["fields"].as_array().unwrap().iter();
    fields
        .map(|field| field["key"].as_str().unwrap().to_owned())
        .collect()
}

pub(super) async fn ask_lists(player: &mut Player, left: &Left) {
    let page = json!({ "offset": 0, "limit": 50 });
    let with = |more: Json| {
        let mut request = page.clone();
        for (key, value) in more.as_object().unwrap() {
            request[key] = value.clone();
        }
        request
    };
    for (noun, kind) in NOUNS {
        let list = format!("{noun}.list");
        for text in TEXTS {
            player.ask(&list, with(json!({ "search": text }))).await;
        }
        player.ask(&list, with(json!({ "trashed": true }))).await;
        let mut fields = fields_of(player, kind).await;
        fields.extend(["supplier_product.cost", "cost", "updated_at"].map(str::to_owned));
        for field in fields {
            for descending in [false, true] {
                let sort = json!({ "sort": field, "descending": descending });
                player.ask(&list, with(sort)).await;
            }
            for any in [
                json!([null]),
                json!([11_000]),
                json!([94_000]),
                json!(["ACME"]),
                json!([true]),
            ] {
                let filters = json!({ "filters": [{ "field": field, "any": any }] });
                player.ask(&list, with(filters)).await;
            }
            let request = json!({ "filter": { "kind": kind, "field": field } });
            player.ask("history.list", request).await;
        }
        for (by, of) in [("supplier", "suppliers"), ("product_sku", "products")] {
            for id in &left.ids[of] {
                let of = json!({ "of": { "field": format!("supplier_product.{by}"), "id": id } });
                player.ask(&list, with(of)).await;
            }
        }
        let codes = json!({ "codes": ["ACME", "ACME/MUG", "KILN/MUG", "11000"] });
        player.ask(&format!("{noun}.find"), codes).await;
        for id in &left.ids[noun] {
            for verb in ["get", "history"] {
                player
                    .ask(&format!("{noun}.{verb}"), json!({ "id": id }))
                    .await;
            }
        }
    }
    for id in &left.ids["products"] {
        player.ask("products.get", json!({ "id": id })).await;
        player.ask("products.history", json!({ "id": id })).await;
    }
    player.ask("products.list", page.clone()).await;
}

/// Forms that guess at a cost, or leave it alone.
pub(super) async fn ask_forms(player: &mut Player, left: &Left) {
    let link = left.ids["supplier_products"][0].clone();
    let version = player
        .desktop
        .ok("supplier_products.get", json!({ "id": link }))
        .await["version"]
        .clone();
    for cost in [json!(null), json!(11_000), json!(94_000), json!("x")] {
        let seen = json!({ "supplier_product.cost": cost });
        let fields = json!({
            "supplier_product.supplier": "KILN", "supplier_product.product_sku": "CUP",
            "supplier_product.cost": cost,
        });
        player
            .ask(
                "supplier_products.check",
                json!({ "fields": fields, "id": link }),
            )
            .await;
        player
            .ask(
                "supplier_products.merge",
                json!({ "id": link, "seen": seen, "typed": {} }),
            )
            .await;
        player
            .ask(
                "supplier_products.merge",
                json!({ "id": link, "seen": {}, "typed": seen }),
            )
            .await;
        let change = json!([{ "field": "supplier_product.cost", "old": cost, "new": 1 }]);
        let update = json!({ "id": link, "version": version, "changes": change });
        player.ask("supplier_products.update", update).await;
    }
    let change = json!([{ "field": "supplier_product.minimum", "old": null, "new": 3 }]);
    let update = json!({ "id": link, "version": version, "changes": change });
    player.ask("supplier_products.update", update).await;
    player
        .ask(
            "supplier_products.prefer",
            json!({ "id": left.ids["supplier_products"][2] }),
        )
        .await;
    let ids = json!({ "ids": [left.ids["supplier_products"][1]] });
    for verb in ["trash", "restore", "trash", "restore"] {
        player
            .ask(&format!("supplier_products.{verb}"), ids.clone())
            .await;
    }
}

pub(super) async fn ask_history(player: &mut Player, left: &Left) {
    for text in TEXTS {
        player
            .ask("history.list", json!({ "filter": { "search": text } }))
            .await;
    }
    player
        .ask("batches.list", json!({ "offset": 0, "limit": 50 }))
        .await;
    for (standing, sort) in [("done", "started"), ("undone", "origin")] {
        let filter = json!({ "standing": standing, "origins": ["import", "form", "sign_in"] });
        let sorted =
            json!({ "filter": filter, "sort": sort, "ascending": true, "offset": 0, "limit": 50 });
        player.ask("batches.list", sorted).await;
        let filter = json!({ "standing": standing, "from": 0 });
        let listed = json!({ "filter": filter, "offset": 0, "limit": 50 });
        player.ask("batches.list", listed).await;
    }
    for batch in &left.batches {
        player.ask("batches.get", json!({ "id": batch })).await;
        player
            .ask(
                "batches.entries",
                json!({ "id": batch, "offset": 0, "limit": 50 }),
            )
            .await;
        let filter = json!({ "filter": { "batch": batch } });
        player.ask("history.list", filter).await;
    }
    let path = player.desktop.data.path().join("history.csv");
    let file = player.desktop.app.grant_file(&path).token;
    let filter = json!({ "kind": "supplier_product" });
    player
        .run("history.export", json!({ "filter": filter, "file": file }))
        .await;
    player.told.push(std::fs::read_to_string(path).unwrap());
}

pub(super) async fn ask_files(player: &mut Player) {
    let path = player.desktop.data.path().join("out.csv");
    for (kind, columns) in [
        ("supplier", json!(null)),
        ("supplier_product", json!(null)),
        ("supplier_product", json!(["supplier_product.cost"])),
        ("supplier_product", json!(["supplier_product.supplier_sku"])),
    ] {
        let file = player.desktop.app.grant_file(&path).token;
        let request = json!({ "kind": kind, "columns": columns, "file": file });
        player.run("exports.run", request).await;
        player
            .told
            .push(std::fs::read_to_string(&path).unwrap_or_default());
        std::fs::remove_file(&path).ok();
    }
    // A file of the buyer's own, that guesses at costs.
    let guess = player.desktop.data.path().join("guess.csv");
    std::fs::write(
        &guess,
        "Supplier,SKU,Cost,Minimum\nACME,MUG,1.20,2\nACME,CUP,0.71,2\n",
    )
    .unwrap();
    let file = player.desktop.app.grant_file(&guess).token;
    let request = json!({ "file": file, "kind": "supplier_product" });
    let draft = player.ask("imports.open", request).await.unwrap();
    let mut settings = draft["settings"].clone();
    let wanted = [
        "supplier_product.supplier",
        "supplier_product.product_sku",
        "supplier_product.cost",
        "supplier_product.minimum",
    ];
    settings["columns"] = json!(wanted);
    let id = draft["id"].clone();
    player
        .ask(
            "imports.configure",
            json!({ "id": id, "settings": settings }),
        )
        .await;
    player.run("imports.plan", json!({ "id": id })).await;
    ask_plan(player, &id).await;
}

pub(super) async fn ask_plan(player: &mut Player, id: &Json) {
    player.ask("plans.get", json!({ "id": id })).await;
    player.ask("plans.marks", json!({ "id": id })).await;
    let page = json!({ "id": id, "offset": 0, "limit": 50 });
    let with = |key: &str, value: Json| {
        let mut request = page.clone();
        request[key] = value;
        request
    };
    player.ask("plans.rows", page.clone()).await;
    for text in TEXTS {
        player.ask("plans.rows", with("search", json!(text))).await;
    }
    for outcome in ["create", "update", "unchanged", "conflict", "error"] {
        player
            .ask("plans.rows", with("outcome", json!(outcome)))
            .await;
    }
    player.ask("plans.rows", with("bySize", json!(true))).await;
    for field in ["supplier_product.cost", "supplier_product.pack_size"] {
        for kind in ["jumps", "fallsToZero"] {
            let mark = json!({ "kind": kind, "field": field });
            player.ask("plans.rows", with("mark", mark)).await;
        }
    }
    for kind in ["noted", "notFound"] {
        player
            .ask("plans.rows", with("mark", json!({ "kind": kind })))
            .await;
    }
    for number in 1..=4 {
        player
            .ask(
                "plans.resolve",
                json!({ "id": id, "resolution": "take", "numbers": [number] }),
            )
            .await;
    }
    let path = player.desktop.data.path().join("rejects.csv");
    let file = player.desktop.app.grant_file(&path).token;
    player
        .ask("plans.save_rejects", json!({ "id": id, "file": file }))
        .await;
    player
        .told
        .push(std::fs::read_to_string(path).unwrap_or_default());
}
