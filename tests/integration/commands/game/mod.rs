//! A game: two workspaces that differ in costs alone are asked the same by a buyer who may not see
//! costs. Each answer is the same to the byte, whether it is a list, a plan, a file or a refusal.

mod left;
mod moves;
mod products;
mod questions;

use std::collections::{BTreeSet, HashMap};

use backstock::commands::list::COMMANDS;

use serde_json::{Value as Json, json};

use crate::support::TestApp;
use left::set_up;
use moves::{ask_moves, ask_variants};
use products::{ask_draft, ask_product_files, ask_product_forms, ask_product_lists, ask_revisions};
use questions::{ask_files, ask_forms, ask_history, ask_lists, ask_plan};
use testing::Place;

/// What each of three supplier products costs, first and after a change, and what a new price file says.
struct Costs {
    first: [i64; 3],
    then: i64,
    file: [&'static str; 3],
}

/// Rooms whose every command is asked in the game: the others answer nothing about records.
const ROOMS: [&str; 8] = [
    "products",
    "suppliers",
    "supplier_products",
    "imports",
    "plans",
    "batches",
    "history",
    "exports",
];

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
    /// The commands that were given.
    asked: BTreeSet<String>,
}

/// The records and plans that the owner leaves behind.
struct Left {
    ids: HashMap<&'static str, Vec<Json>>,
    batches: Vec<Json>,
    plans: Vec<Json>,
    /// A file with costs that was opened and not planned.
    draft: Json,
}

impl Player {
    /// Asks, and notes the question and the answer.
    async fn ask(&mut self, name: &str, request: Json) -> Option<Json> {
        self.asked.insert(name.to_owned());
        let answer = Box::pin(self.desktop.call(name, request.clone())).await;
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
    let left = Box::pin(set_up(&desktop, costs)).await;
    desktop.ok("session.sign_out", json!({})).await;
    desktop.sign_in("bob@example.com").await;
    let mut player = Player {
        desktop,
        told: Vec::new(),
        asked: BTreeSet::new(),
    };
    Box::pin(ask_lists(&mut player, &left)).await;
    Box::pin(ask_product_lists(&mut player, &left)).await;
    Box::pin(ask_history(&mut player, &left)).await;
    Box::pin(ask_draft(&mut player, &left.draft)).await;
    for plan in &left.plans {
        ask_plan(&mut player, plan).await;
        ask_revisions(&mut player, plan).await;
        player.run("plans.apply", json!({ "id": plan })).await;
    }
    for batch in &left.batches {
        if let Some(undo) = player.run("plans.undo", json!({ "batchId": batch })).await {
            ask_plan(&mut player, &undo["plan"]).await;
        }
    }
    Box::pin(ask_files(&mut player)).await;
    Box::pin(ask_product_files(&mut player)).await;
    Box::pin(ask_moves(&mut player)).await;
    Box::pin(ask_forms(&mut player, &left)).await;
    Box::pin(ask_product_forms(&mut player, &left)).await;
    Box::pin(ask_variants(&mut player, &left)).await;
    for plan in &left.plans {
        player.ask("plans.discard", json!({ "id": plan })).await;
    }
    let about_records = COMMANDS.iter().map(|command| command.name);
    for name in about_records.filter(|name| ROOMS.contains(&name.split('.').next().unwrap())) {
        assert!(
            player.asked.contains(name),
            "nobody asks {name} in the game"
        );
    }
    let told = player.without_ids();
    player.desktop.app.close().await;
    told
}

#[tokio::test]
async fn a_buyer_without_the_right_cannot_tell_costs_from_other_costs() {
    let places = Place::fresh().await.into_iter().zip(Place::fresh().await);
    for ((name, one), (_, other)) in places {
        let (of_one, of_other) =
            tokio::join!(Box::pin(heard(&one, &ONE)), Box::pin(heard(&other, &OTHER)),);
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
