//! Ctrl-C. Windows has no signal that another program could send.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::terminal::Ran;
use super::{Terminal, ran};

/// How many rows the file has that is interrupted: more than two transactions write.
const ROWS: i64 = 24_000;

/// An import that Ctrl-C stopped half-way: what it said, as JSON and as it was printed.
struct Stopped {
    terminal: Terminal,
    file: String,
    told: Json,
    created: i64,
    ran: Ran,
}

async fn stopped() -> Stopped {
    let terminal = Terminal::ready();
    // An empty workspace would be filled in one transaction.
    let first = ["products", "create", "sku=FIRST", "name=First", "--json"];
    terminal.run(&first).json(0);
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
    wait_until_some_is_written(&terminal).await;
    let pid = running.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().unwrap();
    let ran = ran(running.wait_with_output());
    let told = ran.json(130);
    let created = told["created"].as_i64().unwrap();
    let left = told["notReached"].as_i64().unwrap();
    assert!(created > 0 && left > 0, "{told}");
    assert_eq!(created + left, ROWS, "{told}");
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
    /// What the latest batch is, how it stands and how many it created.
    fn batch(&self) -> Json {
        let batches = self.terminal.run(&["batches", "--json"]).json(0);
        let row = &batches["rows"][0];
        json!([row["origin"], row["state"], row["counts"]["created"]])
    }

    fn products(&self) -> i64 {
        let list = self.terminal.run(&["products", "list", "--json"]).json(0);
        list["total"]["count"].as_i64().unwrap()
    }
}

#[tokio::test]
async fn an_interrupted_import_tells_what_it_did_and_is_finished_by_giving_it_again() {
    let stopped = stopped().await;
    let again = ["import", &stopped.file, "--yes", "--json"];
    let rest = stopped.terminal.run(&again).json(0);
    assert_eq!(
        (&rest["created"], &rest["unchanged"]),
        (&json!(ROWS - stopped.created), &json!(stopped.created))
    );
}

#[tokio::test]
async fn the_rest_of_an_interrupted_import_is_applied_by_the_command_that_it_names() {
    let stopped = stopped().await;
    assert_eq!(
        stopped.batch(),
        json!(["import", "cancelled", stopped.created])
    );
    let (_, request) = stopped.ran.err.split_once("plans.apply '").unwrap();
    let (request, _) = request.split_once('\'').unwrap();
    let applied = stopped.terminal.run(&["call", "plans.apply", request]);
    assert_eq!(applied.code, 0, "{}", applied.err);
    assert_eq!(stopped.batch(), json!(["import", "done", ROWS]));
    assert_eq!(stopped.products(), ROWS + 1);
    let verified = stopped.terminal.run(&["verify-history", "--json"]).json(0);
    assert_eq!(verified["records"], ROWS + 1);
}

#[tokio::test]
async fn what_an_interrupted_import_did_is_undone() {
    let stopped = stopped().await;
    let batch = stopped.told["batch"].as_str().unwrap();
    let undo = ["undo", batch, "--yes", "--json"];
    let undone = stopped.terminal.run(&undo).json(0);
    assert_eq!(undone["updated"], stopped.created, "{undone}");
    assert_eq!(stopped.products(), 1);
    stopped.terminal.run(&undo).refused(1, "undone already");
}

async fn wait_until_some_is_written(terminal: &Terminal) {
    let file = SqliteConnectOptions::new().filename(&terminal.workspace);
    let mut conn = file.connect().await.unwrap();
    let written = "select count(*) from batches where origin = 'import' and created > 0";
    let started = Instant::now();
    loop {
        let batches: i64 = sqlx::query_scalar(written)
            .fetch_one(&mut conn)
            .await
            .unwrap();
        if batches > 0 {
            break;
        }
        assert!(started.elapsed().as_secs() < 120, "nothing was written");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    conn.close().await.unwrap();
}
