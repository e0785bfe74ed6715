//! Ctrl-C. Windows has no signal that another program could send.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Terminal, files_below, ran};

#[test]
fn an_interrupted_import_tells_what_it_did_and_is_finished_by_giving_it_again() {
    let rows = 15_000;
    let terminal = Terminal::ready();
    let mut text = String::from("SKU,Name\n");
    for number in 0..rows {
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
    let stopped = ran(running.wait_with_output()).json(130);
    let (created, left) = (
        stopped["created"].as_i64().unwrap(),
        stopped["notReached"].as_i64().unwrap(),
    );
    assert!(left > 0 && created + left == rows, "{stopped}");
    assert_eq!(stopped["interrupted"], true);

    let rest = terminal.run(&["import", &file, "--yes", "--json"]).json(0);
    assert_eq!(
        (&rest["created"], &rest["unchanged"]),
        (&json!(left), &json!(created))
    );
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
