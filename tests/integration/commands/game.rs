//! A game: two workspaces that differ in costs alone are asked the same by a buyer who may not see
//! costs. Each answer is the same to the byte, whether it is a list, a plan, a file or a refusal.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use crate::support::TestApp;
use testing::Place;

/// What each of three supplier products costs, first and after a change, and what a new price file says.
struct Costs {
    first: [i64; 3],
    then: i64,
    file: [&'static str; 3],
}

/// In another order, with another jump, above the price and below it.
const ONE: Costs = Costs {
    first: [10_000, 20_000, 30_000],
    then: 11_000,
    file: ["1.20", "2.10", "3.10"],
};
const OTHER: Costs = Costs {
    first: [95_000, 7_000, 3_000],
    then: 94_000,
    file: ["88.10", "0.71", "99.00"],
};

/// What the game is played with.
struct Player {
    desktop: TestApp,
    /// Each question with its answer.
    told: Vec<String>,
}

/// The records and plans that the owner leaves behind.
struct Left {
    ids: HashMap<&'static str, Vec<Json>>,
    batches: Vec<Json>,
    plans: Vec<Json>,
}

impl Player {
    /// Asks, and notes the question and the answer.
    async fn ask(&mut self, name: &str, request: Json) -> Option<Json> {
        let answer = self.desktop.call(name, request.clone()).await;
        let told = match &answer {
            Ok(answer) => answer.to_string(),
            Err(error) => json!(error).to_string(),
        };
        self.told.push(format!("{name} {request}: {told}"));
        answer.ok()
    }

    /// Asks for a job, and waits for its end.
    async fn run(&mut self, name: &str, request: Json) -> Option<Json> {
        let started = self.ask(name, request).await?;
        let id = backstock::jobs::JobId(started["job"].as_i64().unwrap());
        let ended = self.desktop.app.jobs().wait(id).await.unwrap();
        self.told
            .push(json!([ended.state, ended.done, ended.total, ended.error]).to_string());
        Some(started)
    }

    /// What was told, with each id in the place of which it first stood.
    fn without_ids(&self) -> Vec<String> {
        let mut known = HashMap::new();
        let told = self.told.iter();
        told.map(|text| without_ids(text, &mut known)).collect()
    }
}

fn without_ids(text: &str, known: &mut HashMap<String, usize>) -> String {
    let (mut told, mut at) = (String::new(), 0);
    while let Some(letter) = text[at..].chars().next() {
        match id_at(text, at) {
            Some(id) => {
                let next = known.len();
                let number = known.entry(id.to_owned()).or_insert(next);
                told.push_str(&format!("id {number}"));
                at += id.len();
            }
            None => {
                told.push(letter);
                at += letter.len_utf8();
            }
        }
    }
    told
}

/// The id or the token of a file that stands there, if one does.
fn id_at(text: &str, at: usize) -> Option<&str> {
    let is_digit = |letter: char| letter.is_ascii_hexdigit();
    let token = text
        .get(at..at + 32)
        .filter(|part| part.chars().all(is_digit));
    let is_id = |part: &&str| {
        let mut letters = part.char_indices();
        letters.all(|(at, letter)| match at {
            8 | 13 | 18 | 23 => letter == '-',
            _ => is_digit(letter),
        })
    };
    token.or_else(|| text.get(at..at + 36).filter(is_id))
}

async fn made(desktop: &TestApp, noun: &str, fields: Json) -> Json {
    let request = json!({ "fields": fields });
    desktop.ok(&format!("{noun}.create"), request).await["record"].clone()
}

/// What the owner does: the same in both workspaces, but for the costs.
async fn set_up(desktop: &TestApp, costs: &Costs) -> Left {
    let mut ids: HashMap<&str, Vec<Json>> = HashMap::new();
    for (code, name) in [("ACME", "Acme Textiles"), ("KILN", "Kiln & Co")] {
        let fields = json!({ "supplier.code": code, "supplier.name": name, "supplier.minimum_order": 500_000 });
        let supplier = made(desktop, "suppliers", fields).await;
        ids.entry("suppliers")
            .or_default()
            .push(supplier["id"].clone());
    }
    for sku in ["MUG", "CUP"] {
        let fields = json!({ "sku": sku, "name": sku, "store_price": 50_000 });
        let product = made(desktop, "products", fields).await;
        ids.entry("products")
            .or_default()
            .push(product["id"].clone());
    }
    let (links, mut batches) = link(desktop, costs).await;
    ids.insert("supplier_products", links);
    let (plans, imported) = import(desktop, costs).await;
    batches.push(imported);
    Left {
        ids,
        batches,
        plans,
    }
}

/// Who sells what at which cost; one cost is changed, one link goes to the trash and comes back. Gives the
/// links and the batches.
async fn link(desktop: &TestApp, costs: &Costs) -> (Vec<Json>, Vec<Json>) {
    let mut links = Vec::new();
    let sold = [("ACME", "MUG"), ("ACME", "CUP"), ("KILN", "MUG")];
    for (at, (supplier, sku)) in sold.iter().enumerate() {
        let fields = json!({
            "supplier_product.supplier": supplier, "supplier_product.product_sku": sku,
            "supplier_product.cost": costs.first[at], "supplier_product.preference": at + 1,
            "supplier_product.supplier_sku": format!("S-{at}"),
        });
        links.push(made(desktop, "supplier_products", fields).await["id"].clone());
    }
    let change =
        json!([{ "field": "supplier_product.cost", "old": costs.first[0], "new": costs.then }]);
    let update = json!({ "id": links[0], "version": 1, "changes": change });
    let changed = desktop.ok("supplier_products.update", update).await;
    let one = json!({ "ids": [links[2]] });
    let trashed = desktop.ok("supplier_products.trash", one.clone()).await;
    desktop.ok("supplier_products.restore", one).await;
    let batches = vec![changed["batchId"].clone(), trashed["batchId"].clone()];
    (links, batches)
}

/// Plans two price files and applies one; the other is left for the buyer to find. Gives the plans and
/// the batch.
async fn import(desktop: &TestApp, costs: &Costs) -> (Vec<Json>, Json) {
    let [first, second, third] = costs.file;
    let list = format!(
        "Supplier,SKU,Cost,Pack size\nACME,MUG,{first},6\nACME,CUP,{second},6\nKILN,MUG,{third},6\n"
    );
    let rejected = format!("{list}KILN,NONE,{first},6\n");
    let mut plans = Vec::new();
    for (name, content) in [("left.csv", rejected), ("applied.csv", list)] {
        let path = desktop.data.path().join(name);
        std::fs::write(&path, content).unwrap();
        let file = desktop.app.grant_file(&path).token;
        let request = json!({ "file": file, "kind": "supplier_product" });
        let draft = desktop.ok("imports.open", request).await;
        let planned = desktop
            .ok("imports.plan", json!({ "id": draft["id"] }))
            .await;
        desktop.finish(&planned).await;
        plans.push(draft["id"].clone());
    }
    let applied = json!({ "id": plans[1] });
    let applying = desktop.ok("plans.apply", applied.clone()).await;
    desktop.finish(&applying).await;
    let batch = desktop.ok("plans.get", applied).await["batchId"].clone();
    (plans, batch)
}

/// What a text may be asked for: words, amounts of both workspaces, signs with a meaning elsewhere.
const TEXTS: [&str; 12] = [
    "",
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

async fn ask_lists(player: &mut Player, left: &Left) {
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
async fn ask_forms(player: &mut Player, left: &Left) {
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

async fn ask_history(player: &mut Player, left: &Left) {
    for text in TEXTS {
        player
            .ask("history.list", json!({ "filter": { "search": text } }))
            .await;
    }
    player
        .ask("batches.list", json!({ "offset": 0, "limit": 50 }))
        .await;
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

async fn ask_files(player: &mut Player) {
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

async fn ask_plan(player: &mut Player, id: &Json) {
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

/// Everything that the buyer hears in a workspace with these costs.
async fn heard(place: &Place, costs: &Costs) -> Vec<String> {
    let desktop = TestApp::start(place).with_owner().await;
    let rights = [
        "view_products",
        "edit_products",
        "edit_suppliers",
        "import",
        "export",
    ];
    let role = json!({ "name": "Buyer", "permissions": rights });
    let role = desktop.ok("roles.create", role).await["key"].clone();
    desktop.hire("Bob", role.as_str().unwrap()).await;
    let left = set_up(&desktop, costs).await;
    desktop.ok("session.sign_out", json!({})).await;
    desktop.sign_in("bob@example.com").await;
    let mut player = Player {
        desktop,
        told: Vec::new(),
    };
    ask_lists(&mut player, &left).await;
    ask_history(&mut player, &left).await;
    for plan in &left.plans {
        ask_plan(&mut player, plan).await;
        player.run("plans.apply", json!({ "id": plan })).await;
    }
    for batch in &left.batches {
        if let Some(undo) = player.run("plans.undo", json!({ "batchId": batch })).await {
            ask_plan(&mut player, &undo["plan"]).await;
        }
    }
    ask_files(&mut player).await;
    ask_forms(&mut player, &left).await;
    let told = player.without_ids();
    player.desktop.app.close().await;
    told
}

#[tokio::test]
async fn a_buyer_without_the_right_cannot_tell_costs_from_other_costs() {
    let places = Place::fresh().await.into_iter().zip(Place::fresh().await);
    for ((name, one), (_, other)) in places {
        let (of_one, of_other) = (heard(&one, &ONE).await, heard(&other, &OTHER).await);
        let asked = of_one
            .iter()
            .filter(|told| told.contains("\"rows\":[{"))
            .count();
        assert!(asked > 40, "{name}: {asked} lists had something to tell");
        for (told, other) in of_one.iter().zip(&of_other) {
            assert_eq!(told, other, "{name}");
        }
        assert_eq!(of_one.len(), of_other.len());
        one.remove().await;
        other.remove().await;
    }
}
