//! Ctrl-C. Windows has no signal that another program could send.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::terminal::Ran;
use super::{Terminal, files_below, ran};

/// How many rows the file has that is interrupted.
const ROWS: i64 = 15_000;

/// An import that Ctrl-C stopped half-way: what it said, as JSON and as it was printed.
struct Stopped {
    terminal: Terminal,
    file: String,
    told: Json,
    created: i64,
    ran: Ran,
}

fn stopped() -> Stopped {
    let terminal = Terminal::ready();
    let mut text = String::from("SKU,Name\n");
    for number in 0..ROWS {
        text.push_str(&format!("MUG-{number:05},Mug {number}\n"));
    }
    let file = terminal.file("june.csv", text);
    let running = terminal
        .command()
        .args(["import", &file, "--yes", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until_a_batch_begins(&terminal);
    let pid = running.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().unwrap();
    let ran = ran(running.wait_with_output());
    let told = ran.json(130);
    let created = told["created"].as_i64().unwrap();
    let left = told["notReached"].as_i64().unwrap();
    assert!(left > 0 && created + left == ROWS, "{told}");
    assert_eq!(told["interrupted"], true);
    Stopped {
        terminal,
        file,
        told,
        created,
        ran,
    }
}

impl Stopped {
    /// The states of all batches, the latest first.
    fn states(&self) -> Vec<Json> {
        let batches = self.terminal.run(&["batches", "--json"]).json(0);
        let rows = batches["rows"].as_array().unwrap().iter();
        rows.map(|row| json!([row["origin"], row["state"], row["counts"]["created"]]))
            .collect()
    }

    fn products(&self) -> i64 {
        let list = self.terminal.run(&["products", "list", "--json"]).json(0);
        list["total"]["count"].as_i64().unwrap()
    }
}

#[test]
fn an_interrupted_import_tells_what_it_did_and_is_finished_by_giving_it_again() {
    let stopped = stopped();
    let again = ["import", &stopped.file, "--yes", "--json"];
    let rest = stopped.terminal.run(&again).json(0);
    assert_eq!(
        (&rest["created"], &rest["unchanged"]),
        (&json!(ROWS - stopped.created), &json!(stopped.created))
    );
}

#[test]
fn the_rest_of_an_interrupted_import_is_applied_by_the_command_that_it_names() {
    let stopped = stopped();
    assert_eq!(
        stopped.states(),
        [json!(["import", "cancelled", stopped.created])]
    );
    let (_, request) = stopped.ran.err.split_once("plans.apply '").unwrap();
    let (request, _) = request.split_once('\'').unwrap();
    let apply = ["call", "plans.apply", request];
    let applied = stopped.terminal.run(&apply);
    assert_eq!(applied.code, 0, "{}", applied.err);
    assert_eq!(stopped.states(), [json!(["import", "done", ROWS])]);
    assert_eq!(stopped.products(), ROWS);
    let verified = stopped.terminal.run(&["verify-history", "--json"]).json(0);
    assert_eq!(verified["records"], ROWS);
}

#[test]
fn what_an_interrupted_import_did_is_undone() {
    let stopped = stopped();
    let batch = stopped.told["batch"].as_str().unwrap();
    let undo = ["undo", batch, "--yes", "--json"];
    let undone = stopped.terminal.run(&undo).json(0);
    assert_eq!(undone["updated"], stopped.created, "{undone}");
    assert_eq!(stopped.products(), 0);
    stopped.terminal.run(&undo).refused(1, "undone already");
}

fn wait_until_a_batch_begins(terminal: &Terminal) {
    let is_mark = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with("batch-")
    };
    let started = Instant::now();
    while !files_below(&terminal.path("data/plans"))
        .iter()
        .any(is_mark)
    {
        assert!(started.elapsed().as_secs() < 120, "no batch began");
        std::thread::sleep(Duration::from_millis(5));
    }
}
